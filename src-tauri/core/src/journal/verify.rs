//! Replays the whole journal and compares every field: the chain, the entries, and each row that was
//! made of them. A field outside the hash would be a field that anyone may change.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use serde::Serialize;

use super::chain::{self, Hash};
use super::entries::corrupt;
use super::error::JournalError;
use super::{schema, verify_closes, verify_notes, verify_sales};
use crate::failpoints::{self, Failpoint};
use crate::sale::{Entry, Event};

/// The journal is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// How many entries it holds.
    pub entries: u64,
    /// How many sales they make.
    pub sales: u64,
    /// The hash of the last, in hex: what a shop notes down to prove its journal later.
    pub head: String,
}

/// The first thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct VerifyFailure {
    /// The entry, when one is wrong.
    pub entry: Option<u64>,
    /// Where, in words: `entry 12`, `sale 7, field state`.
    pub place: String,
    /// What.
    pub problem: String,
}

impl VerifyFailure {
    pub(super) fn in_entry(seq: u64, problem: impl Into<String>) -> Self {
        Self {
            entry: Some(seq),
            place: format!("entry {seq}"),
            problem: problem.into(),
        }
    }

    pub(super) fn in_row(place: String, problem: impl Into<String>) -> Self {
        Self {
            entry: None,
            place,
            problem: problem.into(),
        }
    }
}

/// Verifies a journal that may be too damaged to be opened.
///
/// # Errors
/// [`JournalError`] when there is no journal of this program's format at `path`, or it cannot be read.
pub fn verify_file(path: &Path) -> Result<Result<Verified, VerifyFailure>, JournalError> {
    // Writable, for SQLite shares its memory between programs through a file beside; never created.
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    schema::wait_for_others(&connection)?;
    match schema::kind(&connection)? {
        schema::FileKind::Empty => return Err(JournalError::NotAJournal),
        schema::FileKind::Older(format) => {
            let problem = format!("format {format}: opening it once with this program renews it");
            return Ok(Err(VerifyFailure::in_row("the file".to_owned(), problem)));
        }
        schema::FileKind::Journal => {}
    }
    verify(&connection)
}

pub(super) fn verify(
    connection: &Connection,
) -> Result<Result<Verified, VerifyFailure>, JournalError> {
    // One snapshot, and nothing is written: selling goes on meanwhile.
    let transaction = connection.unchecked_transaction()?;
    check_all(&transaction)
}

/// One part of the check, of a journal whose chain is whole.
type Check = fn(&Connection, &Chained) -> Result<Result<(), VerifyFailure>, JournalError>;

/// The chain in its order, then sale by sale, so that a journal of any size takes
/// no more memory than its longest sale.
fn check_all(connection: &Connection) -> Result<Result<Verified, VerifyFailure>, JournalError> {
    let chained = match check_chain(connection)? {
        Ok(chained) => chained,
        Err(wrong) => return Ok(Err(wrong)),
    };
    failpoints::reached(Failpoint::ChainVerified);
    let checks: [Check; 4] = [
        verify_sales::check,
        |connection, _| verify_closes::check_closes(connection),
        |connection, _| check_schema(connection),
        |connection, _| verify_notes::check(connection),
    ];
    for check in checks {
        if let Err(wrong) = check(connection, &chained)? {
            return Ok(Err(wrong));
        }
    }
    Ok(Ok(Verified {
        entries: chained.entries,
        sales: u64::from(chained.sales),
        head: chain::hex(&chained.head),
    }))
}

/// A journal whose chain is whole.
pub(super) struct Chained {
    entries: u64,
    head: Hash,
    till: Option<crate::ids::TillId>,
    /// Sales opened, numbered from 1 without gaps.
    pub(super) sales: u32,
    /// Entries that name a sale.
    pub(super) of_sales: u64,
}

fn check_chain(connection: &Connection) -> Result<Result<Chained, VerifyFailure>, JournalError> {
    let mut statement = connection.prepare("SELECT seq, body, hash FROM entry ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut chained = Chained {
        entries: 0,
        head: chain::BEFORE_ALL,
        till: None,
        sales: 0,
        of_sales: 0,
    };
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        if let Err(wrong) =
            chained.take(seq, row.get_ref(1)?.as_str().map_err(corrupt)?, row.get(2)?)
        {
            return Ok(Err(wrong));
        }
    }
    if chained.entries == 0 {
        return Ok(Err(VerifyFailure::in_entry(1, "it is missing")));
    }
    Ok(Ok(chained))
}

impl Chained {
    fn take(&mut self, seq: i64, body: &str, hash: Hash) -> Result<(), VerifyFailure> {
        let expected = self.entries + 1;
        let wrong = |problem: String| VerifyFailure::in_entry(expected, problem);
        if u64::try_from(seq) != Ok(expected) {
            return Err(wrong(format!("it is missing; entry {seq} stands there")));
        }
        if chain::next(&self.head, body) != hash {
            return Err(wrong("its hash is not that of its text".to_owned()));
        }
        let entry: Entry =
            serde_json::from_str(body).map_err(|error| wrong(format!("not readable: {error}")))?;
        if chain::canonical(&entry).ok().as_deref() != Some(body) {
            return Err(wrong("its text is not as this till writes it".to_owned()));
        }
        if entry.seq != expected {
            return Err(wrong(format!("it calls itself entry {}", entry.seq)));
        }
        if *self.till.get_or_insert(entry.till) != entry.till {
            return Err(wrong("another till wrote it".to_owned()));
        }
        self.place(&entry).map_err(wrong)?;
        self.entries = expected;
        self.head = hash;
        Ok(())
    }

    /// Whether an entry may stand where it does, as far as can be told without its sale.
    fn place(&mut self, entry: &Entry) -> Result<(), String> {
        match (&entry.event, entry.event.sale()) {
            (Event::JournalOpened { .. }, _) if entry.seq == 1 => Ok(()),
            (Event::DayClosed { .. }, _) if entry.seq != 1 => Ok(()),
            (Event::JournalOpened { .. }, _) | (_, None) => {
                Err("the journal is opened twice".to_owned())
            }
            _ if entry.seq == 1 => Err("it does not open the journal".to_owned()),
            (event, Some(_)) => {
                self.of_sales += 1;
                if let Event::SaleOpened { number, .. } = event {
                    if self.sales.checked_add(1) != Some(number.0) {
                        return Err(format!("sale {number} follows {}", self.sales));
                    }
                    self.sales = number.0;
                }
                Ok(())
            }
        }
    }
}

/// The triggers that keep entries from being changed must still be there.
fn check_schema(connection: &Connection) -> Result<Result<(), VerifyFailure>, JournalError> {
    let reference = Connection::open_in_memory()?;
    reference.execute_batch(&schema::tables())?;
    let (found, expected) = (
        schema::described(connection)?,
        schema::described(&reference)?,
    );
    for part in &expected {
        if !found.contains(part) {
            return Ok(Err(VerifyFailure::in_row(
                part.0.clone(),
                "it is missing or altered",
            )));
        }
    }
    match found.iter().find(|part| !expected.contains(part)) {
        Some(extra) => Ok(Err(VerifyFailure::in_row(
            extra.0.clone(),
            "it is not the till's",
        ))),
        None => Ok(Ok(())),
    }
}
