//! A copy of the journal: consistent while selling goes on, verified by a full replay once it is
//! written, and under its name only then.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use serde::Serialize;

use super::entries::{first_entry, hash_of, head};
use super::error::JournalError;
use super::verify::{Verified, VerifyFailure, verify_file};
use super::{Head, schema};
use crate::files;
use crate::ids::TillId;
use crate::sale::Purpose;

/// What an unfinished copy is called, so that one left behind by a power cut can be told.
pub(crate) const UNFINISHED: (&str, &str) = (".ringup-copy-", ".part");

/// A verified copy of a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalCopy {
    /// Where it is.
    pub path: PathBuf,
    /// What it holds.
    #[serde(flatten)]
    pub verified: Verified,
}

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Nothing has been sold on this till yet.
    #[error("there is no journal to copy")]
    NoJournal,
    /// The journal does not serve.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The place of the copy.
    #[error("the copy cannot be written: {0}")]
    Unwritable(String),
    /// Another file stands there.
    #[error("{0} is no earlier copy of this journal, and stays as it is")]
    Taken(PathBuf),
    /// It was written and is not whole.
    #[error("the copy is not whole: {0}")]
    Damaged(VerifyFailure),
}

/// Copies the journal to `to`. A file of that name is replaced only if it is an earlier copy of the same
/// journal. Other programs may go on selling meanwhile.
///
/// # Errors
/// [`BackupError`]; what stood at `to` stands there as before.
pub fn back_up(journal: &Path, purpose: Purpose, to: &Path) -> Result<JournalCopy, BackupError> {
    if !journal.exists() {
        return Err(BackupError::NoJournal);
    }
    let source = existing(journal)?;
    schema::wait_for_others(&source)?;
    if schema::kind(&source)? != schema::FileKind::Journal {
        return Err(JournalError::NotAJournal.into());
    }
    let (till, _) = first_entry(&source, purpose)?;
    if !is_free(&source, till, purpose, to) {
        return Err(BackupError::Taken(to.to_owned()));
    }
    let unwritable = |error: std::io::Error| BackupError::Unwritable(error.to_string());
    let folder = files::folder_of(to);
    let (before, after) = UNFINISHED;
    let copy = tempfile::Builder::new()
        .prefix(before)
        .suffix(after)
        .tempfile_in(folder)
        .map_err(unwritable)?;
    let name = copy.path().to_string_lossy().into_owned();
    if let Err(error) = source.execute("VACUUM INTO ?1", [name]) {
        return Err(match JournalError::from(error) {
            JournalError::Unwritable(text) => BackupError::Unwritable(text),
            other => BackupError::Journal(other),
        });
    }
    copy.as_file().sync_all().map_err(unwritable)?;
    let verified = verify_file(copy.path())?.map_err(BackupError::Damaged)?;
    copy.persist(to)
        .map_err(|error| BackupError::Unwritable(error.to_string()))?;
    files::sync_folder(folder).map_err(unwritable)?;
    Ok(JournalCopy {
        path: to.to_owned(),
        verified,
    })
}

/// Whether `to` may be written: nothing stands there, or an earlier copy of the same journal.
fn is_free(source: &Connection, till: TillId, purpose: Purpose, to: &Path) -> bool {
    let Ok(standing) = std::fs::metadata(to) else {
        return true;
    };
    if standing.len() == 0 {
        return standing.is_file();
    }
    let journal = source
        .path()
        .and_then(|path| std::fs::canonicalize(path).ok());
    if journal == std::fs::canonicalize(to).ok() {
        return false;
    }
    let earlier = || {
        let copy = existing(to)?;
        schema::kind(&copy)?;
        let last = head(&copy)?;
        let same = first_entry(&copy, purpose)?.0 == till;
        Ok::<bool, JournalError>(same && hash_of(source, last.seq)? == Some(last.hash))
    };
    earlier().unwrap_or(false)
}

/// A connection to a file that is there.
pub(super) fn existing(path: &Path) -> Result<Connection, JournalError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(path, flags)?)
}

/// How many entries two journals have in common, from the first on. A hash stands for all before it.
pub(super) fn common(one: &Connection, other: &Connection) -> Result<u64, JournalError> {
    let last = |connection| head(connection).map(|head: Head| head.seq);
    let (mut shared, mut differs) = (0, last(one)?.min(last(other)?).saturating_add(1));
    while differs.saturating_sub(shared) > 1 {
        let middle = shared + (differs - shared) / 2;
        let hash = hash_of(one, middle)?;
        if hash.is_some() && hash == hash_of(other, middle)? {
            shared = middle;
        } else {
            differs = middle;
        }
    }
    Ok(shared)
}
