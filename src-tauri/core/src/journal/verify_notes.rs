//! Verifies the index over the notes: it must be of the notes that stand there. SQLite's own check of that
//! (FTS5, *integrity-check*) takes the lock of a writer, and at a million sales keeps it for long; this one
//! only reads.

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::error::JournalError;
use super::schema;
use super::verify::VerifyFailure;

/// Notes indexed anew at once: so many are held in memory.
const NOTES_AT_ONCE: u32 = 10_000;

/// Every place of every word of an index, as SQLite lists them (FTS5, *fts5vocab*).
const WORDS: &str =
    "CREATE VIRTUAL TABLE temp.note_word USING fts5vocab (main, sale_note, instance)";

pub(super) fn check(connection: &Connection) -> Result<Result<(), VerifyFailure>, JournalError> {
    let wrong = || {
        let problem = "it is not of the notes of the sales";
        Ok(Err(VerifyFailure::in_row(
            "table sale_note".to_owned(),
            problem,
        )))
    };
    let sound: String =
        connection.query_row("PRAGMA integrity_check(sale_note)", [], |row| row.get(0))?;
    if sound != "ok" {
        return wrong();
    }
    connection.execute_batch(WORDS)?;
    let found = Words::of(connection);
    connection.execute_batch("DROP TABLE temp.note_word")?;
    if found? == wanted(connection)? {
        Ok(Ok(()))
    } else {
        wrong()
    }
}

/// The words of the notes that stand there, indexed anew.
fn wanted(connection: &Connection) -> Result<Words, JournalError> {
    let anew = Connection::open_in_memory()?;
    anew.execute_batch(&format!(
        "CREATE VIRTUAL TABLE sale_note USING fts5 (note, content = '', {});",
        schema::NOTE_WORDS
    ))?;
    anew.execute_batch(WORDS)?;
    let mut insert = anew.prepare("INSERT INTO sale_note (rowid, note) VALUES (?1, ?2)")?;
    let mut notes = connection.prepare("SELECT number, note FROM noted")?;
    let mut rows = notes.query([])?;
    let mut words = Words::default();
    let mut indexed = 0;
    anew.execute_batch("BEGIN")?;
    loop {
        let row = rows.next()?;
        if row.is_none() || indexed == NOTES_AT_ONCE {
            words.add(Words::of(&anew)?);
            anew.execute_batch("INSERT INTO sale_note (sale_note) VALUES ('delete-all')")?;
            indexed = 0;
        }
        let Some(row) = row else { return Ok(words) };
        insert.execute((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))?;
        indexed += 1;
    }
}

/// Places of words, whatever their order.
#[derive(Debug, Default, PartialEq, Eq)]
struct Words {
    count: u64,
    /// The sum of their hashes.
    sum: u128,
}

impl Words {
    fn of(connection: &Connection) -> Result<Self, JournalError> {
        let mut statement = connection.prepare("SELECT term, doc, offset FROM temp.note_word")?;
        let mut rows = statement.query([])?;
        let mut words = Self::default();
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
            words.add(Self {
                count: 1,
                sum: hash,
            });
        }
        Ok(words)
    }

    fn add(&mut self, others: Self) {
        self.count += others.count;
        self.sum = self.sum.wrapping_add(others.sum);
    }
}
