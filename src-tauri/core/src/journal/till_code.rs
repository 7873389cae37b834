//! The till's short code: the one that the journal was opened with, until an entry changes it. Sales bear the code that
//! held when they were opened; their numbers go on.

use rusqlite::Connection;

use super::entries::{append, commit, corrupt, seq_bound};
use super::error::JournalError;
use super::file::JournalFile;
use crate::clock::UnixMs;
use crate::ids::TillCode;
use crate::sale::Event;

/// The code that held when this entry was written.
pub(super) fn code_at(connection: &Connection, seq: u64) -> Result<TillCode, JournalError> {
    let code: String = connection
        .prepare_cached(
            "SELECT coalesce((SELECT body ->> '$.code' FROM entry
                              WHERE kind = 'till_code_changed' AND seq < ?1 ORDER BY seq DESC LIMIT 1),
                             (SELECT body ->> '$.code' FROM entry WHERE seq = 1))",
        )?
        .query_row([seq_bound(seq)?], |row| row.get(0))?;
    serde_json::from_value(code.into()).map_err(corrupt)
}

/// The code that holds now.
pub(super) fn current_code(connection: &Connection) -> Result<TillCode, JournalError> {
    code_at(connection, i64::MAX.unsigned_abs())
}

/// The code that holds now, if it is not `opening`.
pub(super) fn changed_code(
    connection: &Connection,
    opening: &TillCode,
) -> Result<Option<TillCode>, JournalError> {
    Ok(Some(current_code(connection)?).filter(|code| code != opening))
}

impl JournalFile {
    /// The till's short code.
    ///
    /// # Errors
    /// [`JournalError::Busy`], [`JournalError::Unreadable`], and what SQLite reports of the disk.
    pub fn current_code(&self) -> Result<TillCode, JournalError> {
        current_code(&self.connection)
    }

    /// Every code that the till has had, the present one last.
    ///
    /// # Errors
    /// As [`JournalFile::current_code`].
    pub(crate) fn codes(&self) -> Result<Vec<String>, JournalError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT body ->> '$.code' FROM entry WHERE kind = 'till_code_changed' ORDER BY seq",
        )?;
        let changes = statement.query_map([], |row| row.get(0))?;
        let mut codes = vec![self.code.to_string()];
        for code in changes {
            codes.push(code?);
        }
        Ok(codes)
    }

    /// Gives the till this code from now on, if it has another. Returns the one that holds.
    ///
    /// # Errors
    /// [`JournalError::Busy`] while another program holds the lock, and what SQLite reports of the disk.
    pub fn change_code(&mut self, code: TillCode, now: UnixMs) -> Result<TillCode, JournalError> {
        let author = self.author();
        let transaction = self.connection.transaction()?;
        if current_code(&transaction)? != code {
            let event = Event::TillCodeChanged { code: code.clone() };
            append(&transaction, &author, now, [event])?;
            commit(transaction)?;
        }
        Ok(code)
    }
}
