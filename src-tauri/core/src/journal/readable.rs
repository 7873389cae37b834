//! Journals that can only be read: in a folder on a CD, in a read-only mount, or of another user. SQLite wants to keep
//! files beside a journal even to read it, so such a journal is read as one that nobody changes; when entries are still
//! in its log, it is read as a copy in a private folder.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use super::backup::open_to_read;
use super::entries::first_entry;
use super::error::JournalError;
use super::file::JournalFile;
use super::schema::{self, FileKind};
use crate::files::{self, with_suffix};
use crate::sale::Purpose;

/// The name of a copy in its private folder.
const COPIED: &str = "journal.sqlite";

/// A journal that is open to be read.
pub(super) struct Readable {
    pub(super) connection: Connection,
    /// Where it was copied to. Removed after the connection is closed.
    pub(super) copied: Option<TempDir>,
}

/// Opens a journal to read it, wherever it lies. It is not changed, and no file beside it is left behind that would be
/// needed.
///
/// # Errors
/// What SQLite reports of the file; [`JournalError::Unwritable`] when a copy is needed and there is no room for it.
pub(super) fn open_readable(path: &Path) -> Result<Readable, JournalError> {
    let usual = open_to_read(path)?;
    schema::set_busy_timeout(&usual)?;
    match schema::kind(&usual) {
        Err(JournalError::Unwritable(_)) => {}
        other => {
            return other.map(|_| Readable {
                connection: usual,
                copied: None,
            });
        }
    }
    drop(usual);
    let log = with_suffix(path, "-wal");
    let has_log = files::file_state(&log)?.is_some_and(|log| log.size > 0);
    if has_log {
        let folder = TempDir::with_prefix("ringup-")?;
        let copy = folder.path().join(COPIED);
        files::copy_private(path, &copy)?;
        files::copy_private(&log, &with_suffix(&copy, "-wal"))?;
        let connection = open_to_read(&copy)?;
        schema::kind(&connection)?;
        return Ok(Readable {
            connection,
            copied: Some(folder),
        });
    }
    open_unchanging(path)
}

/// Opens a journal to look into it for a moment. Where it has no log, SQLite is not let make one: a copy must look
/// afterwards as it did before.
///
/// # Errors
/// As [`open_readable`].
pub(super) fn open_to_look(path: &Path) -> Result<Readable, JournalError> {
    if with_suffix(path, "-wal").exists() {
        return open_readable(path);
    }
    open_unchanging(path)
}

/// Opens a journal that nobody changes.
fn open_unchanging(path: &Path) -> Result<Readable, JournalError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(immutable(path), flags)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    schema::kind(&connection)?;
    Ok(Readable {
        connection,
        copied: None,
    })
}

/// The address of a file that nobody changes (SQLite, *URI Filenames*). A path is bytes; all but plain letters are
/// written as their numbers.
fn immutable(path: &Path) -> String {
    use std::fmt::Write as _;
    let mut address = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.".contains(byte) {
            address.push(char::from(*byte));
        } else {
            // Writing to a String cannot fail.
            write!(address, "%{byte:02x}").ok();
        }
    }
    address + "?immutable=1"
}

impl JournalFile {
    /// Opens a journal that can only be read. Every method that writes returns [`JournalError::Unwritable`].
    ///
    /// # Errors
    /// As [`JournalFile::open`]; a journal of an earlier format is [`JournalError::Unreadable`], because it would have to
    /// be changed.
    pub fn open_to_read(path: &Path, purpose: Purpose) -> Result<Self, JournalError> {
        let Readable { connection, copied } = open_readable(path)?;
        match schema::kind(&connection)? {
            FileKind::Journal => {}
            FileKind::Empty => return Err(JournalError::NotAJournal),
            FileKind::Older(format) => {
                return Err(JournalError::Unreadable(format!(
                    "it has format {format}: copy it to a folder that can be written"
                )));
            }
        }
        first_entry(&connection, purpose)?;
        Self::of_readable(connection, copied, purpose)
    }
}
