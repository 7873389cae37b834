//! Verifies sale by sale that the entries follow from one another, and that the projections are what they add up
//! to. The chain must have been verified first.

use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Statement, params_from_iter};

use super::entries::corrupt;
use super::error::JournalError;
use super::ledger;
use super::projection::{self, Row};
use super::verify::{VerifiedChain, VerifyFailure};
use crate::sale::{Entry, Sale};

/// The wrong entry with the smallest number, and the first wrong row that was found.
#[derive(Default)]
pub(super) struct FirstFailures {
    entry: Option<(u64, VerifyFailure)>,
    row: Option<VerifyFailure>,
}

impl FirstFailures {
    pub(super) fn entry(&mut self, seq: u64, problem: impl ToString) {
        if self.entry.as_ref().is_none_or(|(first, _)| seq < *first) {
            self.entry = Some((seq, VerifyFailure::in_entry(seq, problem.to_string())));
        }
    }

    pub(super) fn row(&mut self, place: String, problem: &str) {
        self.row
            .get_or_insert_with(|| VerifyFailure::in_row(place, problem));
    }

    pub(super) fn first(self) -> Result<(), VerifyFailure> {
        // A wrong entry makes wrong rows, so it is named before them.
        let entry = self.entry.map(|(_, failure)| failure);
        entry.or(self.row).map_or(Ok(()), Err)
    }
}

const WRONG_FIELD: &str = "it is not what the entries say";

pub(super) fn check(
    connection: &Connection,
    verified_chain: &VerifiedChain,
) -> Result<Result<(), VerifyFailure>, JournalError> {
    let mut failures = FirstFailures::default();
    let mut tables = [
        Table::new(connection, "sale", &["number"])?,
        Table::new(connection, "invoice", &["sale", "attempt"])?,
        Table::new(connection, "refund", &["sale", "refund"])?,
        Table::new(connection, "movement", &["seq"])?,
    ];
    let mut ids = connection.prepare("SELECT id FROM sale WHERE number = ?1")?;
    let mut entries =
        connection.prepare("SELECT seq, body FROM entry WHERE sale = ?1 ORDER BY seq")?;
    let closes = close_seqs(connection)?;
    let mut folded = 0;
    for number in verified_chain.numbers.iter().cloned().flatten() {
        let id: Option<String> = ids.query_row([number], |row| row.get(0)).optional()?;
        let Some(id) = id else {
            failures.row(format!("sale {number}"), "its row is missing");
            continue;
        };
        match fold(&mut entries, &id, &mut folded)? {
            Folded::Refused(seq, problem) => failures.entry(seq, problem),
            Folded::Whole(sale) if sale.number.0 == number => {
                if let Some(seq) = taken_back_after_close(&sale, &closes) {
                    failures.entry(seq, "its tender was in a Z report already");
                }
                compare(&mut tables, &sale, &mut failures)?;
            }
            _ => failures.row(format!("sale {number}, field id"), WRONG_FIELD),
        }
    }
    if folded < verified_chain.of_sales
        && let Some(seq) = without_sale(connection)?
    {
        failures.entry(seq, "its sale was not opened");
    }
    for table in tables {
        if table.has_more(connection)? {
            failures.row(format!("table {}", table.name), "a row has no entries");
        }
    }
    if let Some((sale, attempt)) = invoice_of_two_attempts(connection)? {
        let place = format!("sale {sale}, attempt {attempt}, field invoice_id");
        failures.row(place, "another attempt has the same invoice");
    }
    Ok(failures.first())
}

/// The entries that close a day, in order.
fn close_seqs(connection: &Connection) -> Result<Vec<u64>, JournalError> {
    let mut statement =
        connection.prepare("SELECT seq FROM entry WHERE kind = 'day_closed' ORDER BY seq")?;
    let seqs = statement.query_map([], |row| row.get::<_, i64>(0).map(i64::unsigned_abs))?;
    Ok(seqs.collect::<Result<_, _>>()?)
}

/// The entry that takes a tender back which a close had counted before.
fn taken_back_after_close(sale: &Sale, closes: &[u64]) -> Option<u64> {
    let taken_back = sale.tenders.iter().filter_map(|tender| {
        let back = tender.taken_back.as_ref()?.seq;
        let next = closes.partition_point(|close| *close < tender.seq);
        let closed = closes.get(next).is_some_and(|close| *close < back);
        closed.then_some(back)
    });
    taken_back.min()
}

/// An attempt whose invoice belongs to an earlier attempt of the same gateway as well.
fn invoice_of_two_attempts(connection: &Connection) -> Result<Option<(u32, u32)>, JournalError> {
    let found = connection
        .query_row(
            "SELECT max(sale), attempt FROM invoice WHERE invoice_id IS NOT NULL
             GROUP BY invoice_id, gateway HAVING count(*) > 1 LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    Ok(found)
}

/// What the entries of a sale add up to.
enum Folded {
    /// There are none.
    Nothing,
    /// This sale.
    Whole(Box<Sale>),
    /// The entry of this number does not follow, for this reason.
    Refused(u64, String),
}

/// Folds the entries of the sale `id`, and adds to `folded` how many there were.
fn fold(entries: &mut Statement<'_>, id: &str, folded: &mut u64) -> Result<Folded, JournalError> {
    let mut sale: Option<Sale> = None;
    let mut rows = entries.query([id])?;
    while let Some(row) = rows.next()? {
        *folded += 1;
        let seq = row.get::<_, i64>(0)?.unsigned_abs();
        let body = row.get_ref(1)?.as_str().map_err(corrupt)?;
        let entry: Entry = match serde_json::from_str(body) {
            Ok(entry) => entry,
            Err(error) => return Ok(Folded::Refused(seq, error.to_string())),
        };
        let applied = match &mut sale {
            None => Sale::open(&entry).map(|opened| sale = Some(opened)),
            Some(sale) => sale.apply(&entry),
        };
        if let Err(error) = applied {
            return Ok(Folded::Refused(seq, error.to_string()));
        }
    }
    Ok(sale.map_or(Folded::Nothing, |sale| Folded::Whole(Box::new(sale))))
}

/// The first entry that is about a sale which no entry opened.
fn without_sale(connection: &Connection) -> Result<Option<u64>, JournalError> {
    let seq: Option<i64> = connection.query_row(
        "SELECT min(seq) FROM entry WHERE sale IS NOT NULL
           AND sale NOT IN (SELECT sale FROM entry WHERE kind = 'sale_opened')",
        [],
        |row| row.get(0),
    )?;
    Ok(seq.map(i64::unsigned_abs))
}

/// Compares the rows of a sale with what its entries say.
fn compare(
    [sales, invoices, refunds, lines]: &mut [Table<'_>; 4],
    sale: &Sale,
    failures: &mut FirstFailures,
) -> Result<(), JournalError> {
    let number = sale.number;
    sales.compare(&projection::sale_row(sale), failures, || {
        format!("sale {number}")
    })?;
    for attempt in &sale.attempts {
        let place = || format!("sale {number}, invoice {}", attempt.number);
        invoices.compare(&projection::invoice_row(number, attempt), failures, place)?;
    }
    for refund in &sale.refunds {
        let place = || format!("sale {number}, refund {}", refund.number);
        refunds.compare(&projection::refund_row(number, refund), failures, place)?;
    }
    for line in sale.ledger_lines() {
        let place = || format!("sale {number}, movement {}", line.seq);
        lines.compare(&ledger::line_row(&line), failures, place)?;
    }
    Ok(())
}

/// A table whose rows are compared one by one, and counted.
pub(super) struct Table<'c> {
    name: &'static str,
    keys: &'static [&'static str],
    row: CachedStatement<'c>,
    columns: Vec<String>,
    compared: i64,
}

impl<'c> Table<'c> {
    pub(super) fn new(
        connection: &'c Connection,
        name: &'static str,
        keys: &'static [&'static str],
    ) -> Result<Self, JournalError> {
        // Table and columns are constants of this file; values are bound.
        let keys_are = keys.iter().map(|key| format!("{key} = ?"));
        let keys_are: Vec<_> = keys_are.collect();
        let sql = format!("SELECT * FROM {name} WHERE {}", keys_are.join(" AND "));
        let row = connection.prepare_cached(&sql)?;
        let columns = row.column_names().map(str::to_owned).collect();
        Ok(Self {
            name,
            keys,
            row,
            columns,
            compared: 0,
        })
    }

    pub(super) fn compare(
        &mut self,
        expected: &Row,
        failures: &mut FirstFailures,
        place: impl Fn() -> String,
    ) -> Result<(), JournalError> {
        let value = |name: &str| {
            let field = expected.iter().find(|(field, _)| *field == name);
            field.map(|(_, value)| value)
        };
        let keys = self.keys.iter().filter_map(|key| value(key));
        let mut rows = self.row.query(params_from_iter(keys))?;
        let Some(found) = rows.next()? else {
            let problem = "its row is missing, or another stands in its place";
            failures.row(place(), problem);
            return Ok(());
        };
        self.compared += 1;
        for (column, name) in self.columns.iter().enumerate() {
            let found: Value = found.get(column)?;
            if value(name) != Some(&found) {
                failures.row(format!("{}, field {name}", place()), WRONG_FIELD);
                return Ok(());
            }
        }
        Ok(())
    }

    pub(super) fn has_more(&self, connection: &Connection) -> Result<bool, JournalError> {
        let sql = format!("SELECT count(*) FROM {}", self.name);
        let rows: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
        Ok(rows > self.compared)
    }
}
