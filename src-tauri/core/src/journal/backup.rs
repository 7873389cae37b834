//! Copies of the journal. A copy is consistent although selling goes on; it is verified by a full replay, and
//! gets its name only then.

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;

use super::entries::{first_entry, hash_of, head};
use super::error::JournalError;
use super::verify::{Verified, VerifyFailure, verify_file};
use super::{Head, schema};
use crate::files::{FolderFlush, OutputPath, PRESENCE, ProtectedFile, folder_of, with_suffix};
use crate::ids::TillId;
use crate::sale::Purpose;

/// A verified copy of a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalCopy {
    /// Where it is.
    pub path: PathBuf,
    /// What it holds.
    #[serde(flatten)]
    pub verified: Verified,
    /// The copy is whole and on the disk, but its folder cannot be flushed, as on some network shares: a power cut
    /// soon after may take its name away. Left out of JSON when it is flushed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unflushed: bool,
}

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is no journal: nothing has been sold on this till yet.
    #[error("there is no journal to copy")]
    NoJournal,
    /// The journal cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The copy cannot be written where it should be.
    #[error("the copy cannot be written: {0}")]
    Unwritable(String),
    /// The file of that name is not an earlier copy of this journal.
    #[error("{0} is no earlier copy of this journal, and stays as it is")]
    Taken(PathBuf),
    /// What has that name must not be replaced by a copy either.
    #[error(transparent)]
    Protected(#[from] ProtectedFile),
    /// The copy was written, but verifying it failed; it was deleted.
    #[error("the copy is not whole: {0}")]
    Damaged(VerifyFailure),
}

/// Copies the journal to `to`. A file of that name is replaced only if it is an earlier copy of the same
/// journal. Programs can go on selling meanwhile.
///
/// # Errors
/// Every variant of [`BackupError`]; a file at `to` is unchanged then.
pub fn back_up(journal: &Path, purpose: Purpose, to: &Path) -> Result<JournalCopy, BackupError> {
    if !journal.exists() {
        return Err(BackupError::NoJournal);
    }
    let source = open_to_read(journal)?;
    schema::set_busy_timeout(&source)?;
    if schema::kind(&source)? != schema::FileKind::Journal {
        return Err(JournalError::NotAJournal.into());
    }
    let (till, _) = first_entry(&source, purpose)?;
    // Before the file is opened: it may be the journal by another name.
    let output = OutputPath::for_copy(to, journal)?;
    if !may_replace(&source, till, purpose, to) {
        return Err(BackupError::Taken(to.to_owned()));
    }
    let unwritable = |error: std::io::Error| BackupError::Unwritable(error.to_string());
    let copy = output.create().map_err(unwritable)?;
    // A path is bytes: SQLite opens what it is given.
    let name = copy.unfinished_path().as_os_str().as_encoded_bytes();
    let name = ToSqlOutput::Borrowed(ValueRef::Text(name));
    if let Err(error) = source.execute("VACUUM INTO ?1", [name]) {
        return Err(match JournalError::from(error) {
            JournalError::Unwritable(text) => BackupError::Unwritable(text),
            other => BackupError::Journal(other),
        });
    }
    let verified = verify_file(copy.unfinished_path())?.map_err(BackupError::Damaged)?;
    let flush = copy.commit().map_err(unwritable)?;
    Ok(JournalCopy {
        path: to.to_owned(),
        verified,
        unflushed: flush == FolderFlush::Refused,
    })
}

/// Whether `to` may be written: there is no file, an empty one, or an earlier copy of the same journal.
fn may_replace(source: &Connection, till: TillId, purpose: Purpose, to: &Path) -> bool {
    let Ok(file) = std::fs::metadata(to) else {
        return true;
    };
    if file.len() == 0 {
        return file.is_file();
    }
    let is_earlier = || {
        let copy = open_to_read(to)?;
        schema::kind(&copy)?;
        let last = head(&copy)?;
        let same = first_entry(&copy, purpose)?.0 == till;
        Ok::<bool, JournalError>(same && hash_of(source, last.seq)? == Some(last.hash))
    };
    is_earlier().unwrap_or(false)
}

/// How many entries the journal in this file holds, whatever its format.
///
/// # Errors
/// [`JournalError::NotAJournal`], and what SQLite reports of the file.
pub fn entry_count(path: &Path) -> Result<u64, JournalError> {
    let connection = open_to_read(path)?;
    schema::kind(&connection)?;
    Ok(head(&connection)?.seq)
}

/// How many entries `copy` holds, if `newest` begins with all of them; otherwise `None`.
///
/// # Errors
/// [`JournalError::NotAJournal`], and what SQLite reports of either file.
pub fn entries_if_prefix(copy: &Path, newest: &Path) -> Result<Option<u64>, JournalError> {
    let (copy, newest) = (open_to_read(copy)?, open_to_read(newest)?);
    schema::kind(&copy)?;
    let last = head(&copy)?;
    let is_prefix = last.seq > 0 && hash_of(&newest, last.seq)? == Some(last.hash);
    Ok(is_prefix.then_some(last.seq))
}

/// Whether a whole journal may lack its last entries all the same: it was copied by hand, out of a till's folder and
/// without its log, in which a till that is open keeps what it wrote last. The till's own copies need no log. A till
/// that was closed leaves none either, so nobody can be sure.
pub fn perhaps_incomplete(journal: &Path) -> bool {
    let is_tills = folder_of(journal).join(PRESENCE).exists();
    !is_tills && !with_suffix(journal, "-wal").exists() && wants_log(journal).unwrap_or(false)
}

/// Whether SQLite expects a log beside the file (SQLite, *Database File Format*, 1.3.2).
fn wants_log(file: &Path) -> std::io::Result<bool> {
    use std::io::Read as _;
    const READ_VERSION: usize = 19;
    let mut header = [0; 20];
    std::fs::File::open(file)?.read_exact(&mut header)?;
    Ok(header.get(READ_VERSION) == Some(&2))
}

/// Opens a file that exists, to read it. It may be anybody's: nothing is written, not even its log is moved into it,
/// and no function that its schema names is run (SQLite, *Defense Against The Dark Arts*).
pub(super) fn open_to_read(path: &Path) -> Result<Connection, JournalError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(connection)
}

/// How many entries two journals have in common, from the first on. Equal hashes prove that all entries before
/// are equal, so a binary search finds the last common one.
pub(super) fn common_entries(one: &Connection, other: &Connection) -> Result<u64, JournalError> {
    let last = |connection| head(connection).map(|head: Head| head.seq);
    let (mut common, mut differs) = (0, last(one)?.min(last(other)?).saturating_add(1));
    while differs.saturating_sub(common) > 1 {
        let middle = common + (differs - common) / 2;
        let hash = hash_of(one, middle)?;
        if hash.is_some() && hash == hash_of(other, middle)? {
            common = middle;
        } else {
            differs = middle;
        }
    }
    Ok(common)
}
