//! Why the journal cannot be used, sorted by what the shop can do about it.

use std::path::PathBuf;

use rusqlite::ffi::ErrorCode;

use crate::drawer::CountError;
use crate::sale::CartError;

/// Why the journal could not be read or written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum JournalError {
    /// A newer program made it; this one must not touch it.
    #[error("the journal has format {found}; this program knows {known}")]
    Newer {
        /// The file's format.
        found: i64,
        /// The newest format that this program knows.
        known: i64,
    },
    /// The file is not a journal, or one of the other purpose or another till.
    #[error("the file is not a Ringup journal")]
    NotAJournal,
    /// It contradicts itself.
    #[error("the journal is damaged: {0}")]
    Corrupt(String),
    /// The disk is full, read-only or failing, or permission is denied.
    #[error("the journal cannot be written: {0}")]
    Unwritable(String),
    /// Another program held its lock for too long. Nothing is wrong with the file.
    #[error("the journal is held by another program: {0}")]
    Busy(String),
    /// It cannot be read for any other reason.
    #[error("the journal cannot be read: {0}")]
    Unreadable(String),
    /// An invoice of another gateway than the journal's was to be requested. Nothing is wrong with the file.
    #[error("the journal holds the money of {bound}; no invoice of {asked} belongs there")]
    OtherGateway {
        /// The journal's gateway.
        bound: String,
        /// The one that was to be asked.
        asked: String,
    },
    /// What was to be taken back is in a Z report already. Nothing is wrong with the file.
    #[error("the day was closed since: it is in a Z report")]
    DayClosedSince,
    /// Another file lies where the journal was opened, or none, or what SQLite keeps beside it was replaced. The till
    /// neither writes into it nor reads from it.
    #[error("the journal was replaced while it was open{}", .kept.as_ref().map(|kept| format!("; what it held is kept in {}", kept.display())).unwrap_or_default())]
    Replaced {
        /// Where the entries of the open journal are kept; `None`: they could not be kept yet.
        kept: Option<PathBuf>,
    },
    /// The drawer was counted in a way that cannot be right. Nothing is wrong with the file.
    #[error(transparent)]
    Count(#[from] CountError),
    /// A held cart was asked for that is held no more, or lines that do not follow from it. Nothing is wrong with the file.
    #[error(transparent)]
    Cart(#[from] CartError),
    /// Its thread has ended, which happens only when the program ends.
    #[error("the journal is closed")]
    Gone,
}

impl JournalError {
    /// Whether the file refused what was asked, and works.
    pub(super) fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::OtherGateway { .. } | Self::DayClosedSince | Self::Count(_) | Self::Cart(_)
        )
    }

    /// Whether the connection can no longer be trusted, so that the file has to be opened again.
    pub(super) fn needs_reopen(&self) -> bool {
        !self.is_refusal() && !matches!(self, Self::Busy(_) | Self::Gone)
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
