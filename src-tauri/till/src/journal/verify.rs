//! Replays the whole journal and compares every field: the chain, the entries, and each row that was
//! made of them. A field outside the hash would be a field that anyone may change.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;

use super::chain::{self, Hash};
use super::error::JournalError;
use super::project::{self, Row};
use super::schema;
use crate::ids::{SaleId, SaleNumber};
use crate::sale::{Entry, Event, Sale};

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
pub struct Wrong {
    /// The entry, when one is wrong.
    pub entry: Option<u64>,
    /// Where, in words: `entry 12`, `sale 7, field state`.
    pub place: String,
    /// What.
    pub problem: String,
}

impl Wrong {
    pub(super) fn in_entry(seq: u64, problem: impl Into<String>) -> Self {
        Self {
            entry: Some(seq),
            place: format!("entry {seq}"),
            problem: problem.into(),
        }
    }

    fn in_row(place: String, problem: impl Into<String>) -> Self {
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
pub fn verify_file(path: &Path) -> Result<Result<Verified, Wrong>, JournalError> {
    // Writable, for SQLite shares its memory between programs through a file beside; never created.
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    match schema::kind(&connection)? {
        schema::FileKind::Empty => return Err(JournalError::NotAJournal),
        schema::FileKind::Older(format) => {
            let problem = format!("format {format}: opening it once with this program renews it");
            return Ok(Err(Wrong::in_row("the file".to_owned(), problem)));
        }
        schema::FileKind::Journal => {}
    }
    verify(&connection)
}

pub(super) fn verify(connection: &Connection) -> Result<Result<Verified, Wrong>, JournalError> {
    // One snapshot: another program may go on selling meanwhile.
    let transaction = connection.unchecked_transaction()?;
    let (sales, verified) = match replay(&transaction)? {
        Ok(replayed) => replayed,
        Err(wrong) => return Ok(Err(wrong)),
    };
    for check in [check_sales, check_invoices, check_refunds, check_movements] {
        if let Err(wrong) = check(&transaction, &sales)? {
            return Ok(Err(wrong));
        }
    }
    if let Err(wrong) = super::verify_day::check_closes(&transaction)? {
        return Ok(Err(wrong));
    }
    if let Err(wrong) = check_schema(&transaction)? {
        return Ok(Err(wrong));
    }
    Ok(Ok(verified))
}

/// By number, as the tables are ordered.
#[derive(Default)]
struct Sales {
    by_number: BTreeMap<SaleNumber, Sale>,
    numbers: HashMap<SaleId, SaleNumber>,
}

fn replay(connection: &Connection) -> Result<Result<(Sales, Verified), Wrong>, JournalError> {
    let mut statement = connection.prepare("SELECT seq, body, hash FROM entry ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut state = Replay::default();
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        if let Err(wrong) = state.take(seq, &row.get::<_, String>(1)?, row.get(2)?) {
            return Ok(Err(wrong));
        }
    }
    if state.entries == 0 {
        return Ok(Err(Wrong::in_entry(1, "it is missing")));
    }
    let verified = Verified {
        entries: state.entries,
        sales: u64::try_from(state.sales.by_number.len()).unwrap_or(u64::MAX),
        head: chain::hex(&state.head),
    };
    Ok(Ok((state.sales, verified)))
}

struct Replay {
    entries: u64,
    head: Hash,
    till: Option<crate::ids::TillId>,
    last_number: u32,
    sales: Sales,
}

impl Default for Replay {
    fn default() -> Self {
        Self {
            entries: 0,
            head: chain::BEFORE_ALL,
            till: None,
            last_number: 0,
            sales: Sales::default(),
        }
    }
}

impl Replay {
    fn take(&mut self, seq: i64, body: &str, hash: Hash) -> Result<(), Wrong> {
        let expected = self.entries + 1;
        let wrong = |problem: String| Wrong::in_entry(expected, problem);
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
        self.fold(&entry).map_err(wrong)?;
        self.entries = expected;
        self.head = hash;
        Ok(())
    }

    fn fold(&mut self, entry: &Entry) -> Result<(), String> {
        match (&entry.event, entry.event.sale()) {
            (Event::JournalOpened { .. }, _) if entry.seq == 1 => Ok(()),
            (Event::DayClosed { .. }, _) if entry.seq != 1 => Ok(()),
            (Event::JournalOpened { .. }, _) | (_, None) => {
                Err("the journal is opened twice".to_owned())
            }
            _ if entry.seq == 1 => Err("it does not open the journal".to_owned()),
            (Event::SaleOpened { number, .. }, Some(id)) => {
                self.last_number += 1;
                if number.0 != self.last_number {
                    return Err(format!("sale {number} follows {}", self.last_number - 1));
                }
                let sale = Sale::open(entry).map_err(|error| error.to_string())?;
                if self.sales.numbers.insert(id, *number).is_some() {
                    return Err("the sale is opened twice".to_owned());
                }
                self.sales.by_number.insert(*number, sale);
                Ok(())
            }
            (_, Some(id)) => {
                let number = self.sales.numbers.get(&id);
                number
                    .and_then(|number| self.sales.by_number.get_mut(number))
                    .ok_or_else(|| "its sale was not opened".to_owned())?
                    .apply(entry)
                    .map_err(|error| error.to_string())
            }
        }
    }
}

fn check_sales(connection: &Connection, sales: &Sales) -> Result<Result<(), Wrong>, JournalError> {
    let expected = sales.by_number.values().map(|sale| {
        let place = format!("sale {}", sale.number);
        (place, project::sale_row(sale))
    });
    compare(connection, "sale", "number", &[("number", 0)], expected)
}

fn check_invoices(
    connection: &Connection,
    sales: &Sales,
) -> Result<Result<(), Wrong>, JournalError> {
    let expected = sales.by_number.values().flat_map(|sale| {
        sale.attempts.iter().map(|attempt| {
            let place = format!("sale {}, invoice {}", sale.number, attempt.number);
            (place, project::invoice_row(sale, attempt))
        })
    });
    let keys = [("sale", 0), ("attempt", 1)];
    compare(connection, "invoice", "sale, attempt", &keys, expected)
}

fn check_refunds(
    connection: &Connection,
    sales: &Sales,
) -> Result<Result<(), Wrong>, JournalError> {
    let expected = sales.by_number.values().flat_map(|sale| {
        sale.refunds.iter().map(|refund| {
            let place = format!("sale {}, refund {}", sale.number, refund.number);
            (place, project::refund_row(sale, refund))
        })
    });
    let keys = [("sale", 0), ("refund", 1)];
    compare(connection, "refund", "sale, refund", &keys, expected)
}

fn check_movements(
    connection: &Connection,
    sales: &Sales,
) -> Result<Result<(), Wrong>, JournalError> {
    let expected = sales.by_number.values().flat_map(|sale| {
        sale.movements().into_iter().map(|movement| {
            let place = format!("sale {}, movement {}", sale.number, movement.seq);
            (place, project::movement_row(&movement))
        })
    });
    let keys = [("sale", 2), ("seq", 0)];
    compare(connection, "movement", "sale, seq", &keys, expected)
}

/// Compares a table with the rows it should have, both in the order of its key.
fn compare(
    connection: &Connection,
    table: &str,
    order: &str,
    keys: &[(&str, usize)],
    expected: impl Iterator<Item = (String, Row)>,
) -> Result<Result<(), Wrong>, JournalError> {
    let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY {order}"))?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query([])?;
    for (place, row) in expected {
        let Some(found) = rows.next()? else {
            return Ok(Err(Wrong::in_row(place, "its row is missing")));
        };
        for (key, column) in keys {
            let found: Value = found.get(*column)?;
            if row
                .iter()
                .any(|(name, value)| name == key && *value != found)
            {
                let problem = "its row is missing, or another stands in its place";
                return Ok(Err(Wrong::in_row(place, problem)));
            }
        }
        for (column, name) in names.iter().enumerate() {
            let found: Value = found.get(column)?;
            if !row
                .iter()
                .any(|(field, value)| field == name && *value == found)
            {
                let place = format!("{place}, field {name}");
                return Ok(Err(Wrong::in_row(place, "it is not what the entries say")));
            }
        }
    }
    if rows.next()?.is_some() {
        let place = format!("table {table}");
        return Ok(Err(Wrong::in_row(place, "a row has no entries")));
    }
    Ok(Ok(()))
}

/// The triggers that keep entries from being changed must still be there.
fn check_schema(connection: &Connection) -> Result<Result<(), Wrong>, JournalError> {
    let reference = Connection::open_in_memory()?;
    reference.execute_batch(&schema::tables())?;
    let (found, expected) = (
        schema::described(connection)?,
        schema::described(&reference)?,
    );
    for part in &expected {
        if !found.contains(part) {
            return Ok(Err(Wrong::in_row(
                part.0.clone(),
                "it is missing or altered",
            )));
        }
    }
    match found.iter().find(|part| !expected.contains(part)) {
        Some(extra) => Ok(Err(Wrong::in_row(extra.0.clone(), "it is not the till's"))),
        None => Ok(Ok(())),
    }
}
