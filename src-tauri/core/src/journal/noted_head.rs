//! The head as the till last noted it down beside the journal, in `journal.head.json`. It tells at the next start that
//! the journal's end was cut off or that an older file was put in its place, also in a shop without copies.
//!
//! Only entries that are on the disk are noted, so a power cut never makes it say more than the journal holds.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::chain::{self, Head};
use super::entries::hash_of;
use super::error::JournalError;
use super::file::JournalFile;
use super::readable::open_readable;
use crate::clock::UnixMs;
use crate::files;

/// A head that was noted down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotedHead {
    /// How many entries the journal held.
    pub entries: u64,
    /// The hash of the last of them, hexadecimal.
    pub head: String,
}

/// The file in which a journal's head is noted down.
pub fn noted_head_file(journal: &Path) -> PathBuf {
    journal.with_extension("head.json")
}

impl NotedHead {
    /// The head that was noted down for the journal at this path; `None`: none was, or it cannot be read.
    pub fn of_journal(journal: &Path) -> Option<Self> {
        let text = std::fs::read(noted_head_file(journal)).ok()?;
        match serde_json::from_slice(&text) {
            Ok(noted) => Some(noted),
            Err(error) => {
                tracing::warn!(%error, "the head that was noted down cannot be read");
                None
            }
        }
    }
}

impl JournalFile {
    /// Notes down the journal's head, unless it is only read.
    pub(super) fn note_head(&self) -> Result<(), JournalError> {
        if let Some(files) = &self.opened_files {
            note(files.path(), &self.head()?);
        }
        Ok(())
    }

    /// The head that was noted down, if this journal does not hold it: its end was cut off, or it is another one.
    ///
    /// # Errors
    /// As [`JournalFile::head`].
    pub(super) fn missing_noted_head(
        &self,
        path: &Path,
    ) -> Result<Option<NotedHead>, JournalError> {
        let Some(noted) = NotedHead::of_journal(path) else {
            return Ok(None);
        };
        let holds = holds(&self.connection, noted.entries, &noted.head)?;
        Ok((!holds).then_some(noted))
    }
}

/// Whether the journal holds that many entries, the last of them with that hash.
fn holds(connection: &Connection, entries: u64, head: &str) -> Result<bool, JournalError> {
    let hash = hash_of(connection, entries)?;
    Ok(hash.as_ref().map(chain::hex).as_deref() == Some(head))
}

/// Whether the journal goes on from a state that was seen before: it holds that many entries with that last hash, or
/// says that it was restored since. Otherwise its end was cut off, or an older copy was put in its place without a word.
pub(super) fn continues(
    connection: &Connection,
    entries: u64,
    head: &str,
    seen_at: UnixMs,
) -> Result<bool, JournalError> {
    if holds(connection, entries, head)? {
        return Ok(true);
    }
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM entry WHERE kind = 'journal_restored'
                            AND body ->> '$.at_unix_ms' >= ?1)",
        )?
        .query_row([seen_at.0], |row| row.get(0))?)
}

/// Whether the journal in this file goes on from a state of this many entries with this head, which was seen then;
/// `None`: a restore since changes nothing, because it would have noted down its own.
///
/// # Errors
/// What SQLite reports of the file.
pub fn goes_on_from(
    journal: &Path,
    entries: u64,
    head: &str,
    seen_at: Option<UnixMs>,
) -> Result<bool, JournalError> {
    let file = open_readable(journal)?;
    match seen_at {
        Some(seen_at) => continues(&file.connection, entries, head, seen_at),
        None => holds(&file.connection, entries, head),
    }
}

/// Notes down the head of the journal at this path, whose entries up to there are on the disk. It is no part of any
/// sale: that it cannot be written is told in the log alone.
pub(super) fn note(journal: &Path, head: &Head) {
    note_hex(journal, head.seq, head.hex());
}

/// The same with a hash in hexadecimal.
pub(super) fn note_hex(journal: &Path, entries: u64, head: String) {
    let noted = NotedHead { entries, head };
    let path = noted_head_file(journal);
    let written = serde_json::to_vec(&noted)
        .map_err(std::io::Error::from)
        .and_then(|text| files::replace(&path, &text));
    if let Err(error) = written {
        tracing::warn!(%error, "the journal's head cannot be noted down");
    }
}
