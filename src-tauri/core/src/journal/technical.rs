//! Technical events: the entries that are about no sale, apart from the closes. What moves the drawer's cash and
//! what becomes of held carts is none of them. They say what happened to the till
//! itself, and count in no sum.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::entries::{append, commit, corrupt, seq_bound};
use super::error::JournalError;
use super::file::JournalFile;
use crate::clock::UnixMs;
use crate::sale::{Entry, Event};

impl JournalFile {
    /// Sets the cashier whose name is written into each entry from now on.
    pub(crate) fn set_cashier(&mut self, name: Option<String>) {
        self.by = name;
    }

    /// Appends an entry that is about no sale.
    ///
    /// # Errors
    /// [`JournalError::Busy`] while another program holds the lock, and what SQLite reports of the disk. Nothing was
    /// written then.
    pub(crate) fn append_event(&mut self, event: Event, now: UnixMs) -> Result<(), JournalError> {
        let author = self.author();
        let transaction = self.connection.transaction()?;
        append(&transaction, &author, now, [event])?;
        commit(transaction)
    }

    /// Writes without changing anything, so that what must be journaled afterwards is not begun in vain.
    ///
    /// # Errors
    /// As [`JournalFile::append_event`].
    pub(crate) fn assert_writable(&self) -> Result<(), JournalError> {
        self.probe_write()
    }

    /// The technical events from one moment on and before another, oldest first.
    pub(crate) fn technical_entries(
        &self,
        from: UnixMs,
        before: UnixMs,
    ) -> Result<Vec<Entry>, JournalError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT body FROM entry WHERE sale IS NULL AND kind NOT IN ('day_closed', 'cash_moved', 'cash_counted',
             'cart_held', 'cart_split', 'cart_dropped')
             ORDER BY seq",
        )?;
        let bodies = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut entries = Vec::new();
        for body in bodies {
            let entry: Entry = serde_json::from_str(&body?).map_err(corrupt)?;
            if (from..before).contains(&entry.at) {
                entries.push(entry);
            }
        }
        Ok(entries)
    }

    /// When a start of the program was written down last, and of which version; `None` before the first.
    pub(crate) fn last_start(&self) -> Result<Option<(UnixMs, String)>, JournalError> {
        let last = last_of(&self.connection, "program_started", u64::MAX)?;
        Ok(last.and_then(|entry| match entry.event {
            Event::ProgramStarted { version, .. } => Some((entry.at, version)),
            _ => None,
        }))
    }

    /// The fingerprint of the settings that the journal knows of; `None` before the first.
    pub(crate) fn last_settings(&self) -> Result<Option<String>, JournalError> {
        let started = last_of(&self.connection, "program_started", u64::MAX)?;
        let changed = last_of(&self.connection, "settings_changed", u64::MAX)?;
        let last = started.into_iter().chain(changed).max_by_key(|it| it.seq);
        Ok(last.and_then(|entry| match entry.event {
            Event::ProgramStarted { settings, .. } | Event::SettingsChanged { settings, .. } => {
                Some(settings)
            }
            _ => None,
        }))
    }

    /// The fingerprint of the API key that the journal knows of; `None` when it knows of none.
    pub(crate) fn last_key(&self) -> Result<Option<String>, JournalError> {
        key_before(&self.connection, u64::MAX)
    }
}

/// The fingerprint of the API key that the entries before this one name.
pub(super) fn key_before(
    connection: &Connection,
    seq: u64,
) -> Result<Option<String>, JournalError> {
    let last = last_of(connection, "key_changed", seq)?;
    Ok(last.and_then(|entry| match entry.event {
        Event::KeyChanged { fingerprint } => fingerprint,
        _ => None,
    }))
}

/// How often each kind of technical event happened between two entries; of wrong PINs, how many were typed.
pub(super) fn count_between(
    connection: &Connection,
    after_seq: u64,
    before_seq: u64,
) -> Result<BTreeMap<String, u64>, JournalError> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, sum(CASE kind WHEN 'pin_refused' THEN body ->> '$.count' ELSE 1 END)
         FROM entry WHERE sale IS NULL AND seq > ?1 AND seq < ?2
           AND kind NOT IN ('day_closed', 'cash_moved', 'cash_counted', 'cart_held', 'cart_split', 'cart_dropped')
         GROUP BY kind",
    )?;
    let range = params![bound(after_seq), bound(before_seq)];
    let counts = statement.query_map(range, |row| {
        Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
    })?;
    Ok(counts.collect::<Result<_, _>>()?)
}

/// The last entry of a kind that is about no sale, before this one.
fn last_of(
    connection: &Connection,
    kind: &str,
    before_seq: u64,
) -> Result<Option<Entry>, JournalError> {
    let body: Option<String> = connection
        .prepare_cached(
            "SELECT body FROM entry WHERE sale IS NULL AND kind = ?1 AND seq < ?2
             ORDER BY seq DESC LIMIT 1",
        )?
        .query_row(params![kind, bound(before_seq)], |row| row.get(0))
        .optional()?;
    body.map(|body| serde_json::from_str(&body).map_err(corrupt))
        .transpose()
}

/// A bound of a range of entries; beyond all that SQLite counts there is no entry.
fn bound(seq: u64) -> i64 {
    seq_bound(seq).unwrap_or(i64::MAX)
}
