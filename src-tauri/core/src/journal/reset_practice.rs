//! Deletes a practice journal, which holds no real money. A shop's journal is never deleted.

use std::io;
use std::path::Path;

use super::backup::open_to_read;
use super::entries::first_entry;
use super::error::JournalError;
use super::noted_head::noted_head_file;
use crate::files::{self, with_suffix};
use crate::sale::Purpose;

/// Why a practice journal was not deleted.
#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    /// Another program has the journal open, or this one has not closed it yet.
    #[error("another program has the journal open")]
    InUse,
    /// The file is not a practice journal.
    #[error("this is not a practice journal")]
    NotPractice,
    /// The disk failed, or permission was denied.
    #[error("the practice journal cannot be removed: {0}")]
    Unwritable(#[from] io::Error),
}

/// Deletes the practice journal at `journal`, if there is one; also a damaged one.
///
/// # Errors
/// [`ResetError::InUse`] and [`ResetError::NotPractice`]: nothing was deleted. [`ResetError::Unwritable`]: perhaps
/// a part of it was.
pub fn reset_practice(journal: &Path) -> Result<(), ResetError> {
    let folder = files::folder_of(journal);
    files::make_private_folder(folder)?;
    let presence = files::open_lock(&folder.join(files::PRESENCE))?;
    presence.try_lock().or(Err(ResetError::InUse))?;
    let first = open_to_read(journal).and_then(|file| first_entry(&file, Purpose::Practice));
    if matches!(first, Err(JournalError::NotAJournal)) && journal.exists() {
        return Err(ResetError::NotPractice);
    }
    // The journal goes last: SQLite would apply a log that is left beside a new journal.
    for path in [
        noted_head_file(journal),
        with_suffix(journal, "-wal"),
        with_suffix(journal, "-shm"),
        journal.to_owned(),
    ] {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    files::sync_folder(folder)?;
    Ok(())
}
