//! What can be wrong with the journal, sorted by what the shop can do about it.

use rusqlite::ffi::ErrorCode;

/// Why the journal did not serve.
#[derive(Debug, Clone, thiserror::Error)]
pub enum JournalError {
    /// A later program made it: an older one must not touch it.
    #[error("the journal has format {found}; this program knows {known}")]
    Newer {
        /// The file's format.
        found: i64,
        /// This program's.
        known: i64,
    },
    /// The file is some other program's.
    #[error("the file is not a Ringup journal")]
    NotAJournal,
    /// It contradicts itself.
    #[error("the journal is damaged: {0}")]
    Corrupt(String),
    /// Disk full, read-only, no permission, an error of the disk.
    #[error("the journal cannot be written: {0}")]
    Unwritable(String),
    /// Another program held it for too long; nothing is wrong with it.
    #[error("the journal is held by another program: {0}")]
    Busy(String),
    /// It cannot be read.
    #[error("the journal cannot be read: {0}")]
    Unreadable(String),
    /// Its thread is gone; only at the program's end.
    #[error("the journal is closed")]
    Gone,
}

impl JournalError {
    /// Whether the file has to be looked at anew before anything more is done with it.
    pub(super) fn is_doubt(&self) -> bool {
        !matches!(self, Self::Busy(_) | Self::Gone)
    }
}

impl From<rusqlite::Error> for JournalError {
    fn from(error: rusqlite::Error) -> Self {
        let text = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt) => Self::Corrupt(text),
            Some(ErrorCode::NotADatabase) => Self::NotAJournal,
            Some(
                ErrorCode::DiskFull
                | ErrorCode::ReadOnly
                | ErrorCode::SystemIoFailure
                | ErrorCode::PermissionDenied
                | ErrorCode::CannotOpen
                | ErrorCode::FileLockingProtocolFailed,
            ) => Self::Unwritable(text),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(text),
            _ => Self::Unreadable(text),
        }
    }
}

impl From<std::io::Error> for JournalError {
    fn from(error: std::io::Error) -> Self {
        Self::Unwritable(error.to_string())
    }
}
