//! A practice journal may be thrown away: nobody's money is in it. A shop's never is.

use std::io;
use std::path::Path;

use super::backup::existing;
use super::entries::first_entry;
use super::error::JournalError;
use super::restore::with_suffix;
use crate::files;
use crate::sale::Purpose;

/// Why a practice journal was not thrown away.
#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    /// Another program has the journal open, or this one has not let it go yet.
    #[error("another program has the journal open")]
    InUse,
    /// What stands there is no practice journal.
    #[error("this is not a practice journal")]
    NotPractice,
    /// The disk.
    #[error("the practice journal cannot be removed: {0}")]
    Unwritable(#[from] io::Error),
}

/// Removes the practice journal at `journal`, if there is one; a damaged one goes too.
///
/// # Errors
/// [`ResetError`]; then it is all there still, except where the disk failed half-way.
pub fn reset_practice(journal: &Path) -> Result<(), ResetError> {
    let folder = files::folder_of(journal);
    files::make_private_folder(folder)?;
    let presence = files::open_lock(&folder.join(files::PRESENCE))?;
    presence.try_lock().or(Err(ResetError::InUse))?;
    let first = existing(journal).and_then(|file| first_entry(&file, Purpose::Practice));
    if matches!(first, Err(JournalError::NotAJournal)) && journal.exists() {
        return Err(ResetError::NotPractice);
    }
    // The journal last: beside a new one SQLite would take the old one's log for its own.
    for path in [
        with_suffix(journal, "-wal"),
        with_suffix(journal, "-shm"),
        journal.to_owned(),
    ] {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(files::sync_folder(folder)?)
}
