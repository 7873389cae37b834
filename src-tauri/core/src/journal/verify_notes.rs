//! Verifies the full-text index over the notes: it must index exactly the notes of the sales. SQLite's own check
//! (FTS5, *integrity-check*) takes the writer's lock, and holds it for long at a million sales; this one only
//! reads.

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::error::JournalError;
use super::schema;
use super::verify::VerifyFailure;

/// How many notes are indexed at a time in memory.
const NOTES_AT_ONCE: u32 = 10_000;

/// Lists every position of every token of the index (SQLite, FTS5, *fts5vocab*).
const LIST_TOKENS: &str =
    "CREATE VIRTUAL TABLE temp.note_token USING fts5vocab (main, sale_note, instance)";

pub(super) fn check(connection: &Connection) -> Result<Result<(), VerifyFailure>, JournalError> {
    let failure = || {
        let problem = "it is not of the notes of the sales";
        Ok(Err(VerifyFailure::in_row(
            "table sale_note".to_owned(),
            problem,
        )))
    };
    let integrity: String =
        connection.query_row("PRAGMA integrity_check(sale_note)", [], |row| row.get(0))?;
    if integrity != "ok" {
        return failure();
    }
    connection.execute_batch(LIST_TOKENS)?;
    let found = IndexDigest::of(connection);
    connection.execute_batch("DROP TABLE temp.note_token")?;
    if found? == expected(connection)? {
        Ok(Ok(()))
    } else {
        failure()
    }
}

/// The digest of an index that is made again from the notes.
fn expected(connection: &Connection) -> Result<IndexDigest, JournalError> {
    let index = Connection::open_in_memory()?;
    index.execute_batch(&format!(
        "CREATE VIRTUAL TABLE sale_note USING fts5 (note, content = '', {});",
        schema::NOTE_TOKENS
    ))?;
    index.execute_batch(LIST_TOKENS)?;
    let mut insert = index.prepare("INSERT INTO sale_note (rowid, note) VALUES (?1, ?2)")?;
    let mut notes = connection.prepare("SELECT number, note FROM noted")?;
    let mut rows = notes.query([])?;
    let mut digest = IndexDigest::default();
    let mut indexed = 0;
    index.execute_batch("BEGIN")?;
    loop {
        let row = rows.next()?;
        if row.is_none() || indexed == NOTES_AT_ONCE {
            digest.add(IndexDigest::of(&index)?);
            index.execute_batch("INSERT INTO sale_note (sale_note) VALUES ('delete-all')")?;
            indexed = 0;
        }
        let Some(row) = row else { return Ok(digest) };
        insert.execute((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))?;
        indexed += 1;
    }
}

/// A digest of token positions that does not depend on their order.
#[derive(Debug, Default, PartialEq, Eq)]
struct IndexDigest {
    count: u64,
    /// The sum of the hashes of all positions.
    sum: u128,
}

impl IndexDigest {
    fn of(connection: &Connection) -> Result<Self, JournalError> {
        let mut statement = connection.prepare("SELECT term, doc, offset FROM temp.note_token")?;
        let mut rows = statement.query([])?;
        let mut digest = Self::default();
        while let Some(row) = rows.next()? {
            let mut hasher = Sha256::new();
            hasher.update(row.get::<_, i64>(1)?.to_le_bytes());
            hasher.update(row.get::<_, i64>(2)?.to_le_bytes());
            hasher.update(
                row.get_ref(0)?
                    .as_bytes()
                    .map_err(super::entries::corrupt)?,
            );
            let hash: [u8; 32] = hasher.finalize().into();
            let (half, _) = hash.split_at(16);
            let hash = half.try_into().map_or(0, u128::from_le_bytes);
            digest.add(Self {
                count: 1,
                sum: hash,
            });
        }
        Ok(digest)
    }

    fn add(&mut self, others: Self) {
        self.count += others.count;
        self.sum = self.sum.wrapping_add(others.sum);
    }
}
