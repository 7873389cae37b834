//! What the back office has not got yet. The journal is its own outbox: entries are numbered and never change, so all
//! that has to be known is up to which one they have arrived.

use rusqlite::params;

use super::chain::{BEFORE_FIRST, Hash};
use super::entries::{corrupt, hash_of, seq_bound};
use super::error::JournalError;
use super::file::JournalFile;

/// Entries that follow one another, with the hashes at both ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// The hash that the first of them is chained to.
    pub(crate) previous: Hash,
    /// Their texts. There is at least one.
    pub(crate) bodies: Vec<String>,
    /// The hash of the last of them.
    pub(crate) last: Hash,
}

impl JournalFile {
    /// The hash of an entry; `None`: the journal does not reach that far.
    ///
    /// # Errors
    /// What SQLite reports of the journal.
    pub(crate) fn hash_at(&self, seq: u64) -> Result<Option<Hash>, JournalError> {
        hash_of(&self.connection, seq)
    }

    /// The entries after entry `seq`: as many as these limits allow, and one where it alone is larger. `None`: there are
    /// none, or the journal does not even reach that far.
    ///
    /// # Errors
    /// [`JournalError::Busy`], [`JournalError::Unreadable`], and what SQLite reports of the disk.
    pub(crate) fn entries_after(
        &self,
        seq: u64,
        max_entries: usize,
        max_bytes: usize,
    ) -> Result<Option<Stretch>, JournalError> {
        let previous = match seq {
            0 => BEFORE_FIRST,
            seq => match hash_of(&self.connection, seq)? {
                Some(hash) => hash,
                None => return Ok(None),
            },
        };
        let mut statement = self
            .connection
            .prepare_cached("SELECT body, hash FROM entry WHERE seq > ?1 ORDER BY seq LIMIT ?2")?;
        let limit = i64::try_from(max_entries).map_err(corrupt)?;
        let mut rows = statement.query(params![seq_bound(seq)?, limit])?;
        let (mut bodies, mut last, mut bytes) = (Vec::new(), previous, 0_usize);
        while let Some(row) = rows.next()? {
            let body: String = row.get(0)?;
            bytes = bytes.saturating_add(body.len());
            if bytes > max_bytes && !bodies.is_empty() {
                break;
            }
            bodies.push(body);
            last = row.get(1)?;
        }
        Ok((!bodies.is_empty()).then_some(Stretch {
            previous,
            bodies,
            last,
        }))
    }
}
