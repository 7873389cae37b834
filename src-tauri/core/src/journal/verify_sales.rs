//! Verifies sale by sale: its entries follow from one another, and its rows are what they add up to. The
//! chain must have been checked before.

use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection, OptionalExtension, params_from_iter};

use super::entries::corrupt;
use super::error::JournalError;
use super::projection::{self, Row};
use super::verify::{Chained, VerifyFailure};
use crate::sale::{Entry, Sale};

/// The first wrong entry; of rows, the first wrong one that was met.
#[derive(Default)]
struct Wrongs {
    entry: Option<(u64, VerifyFailure)>,
    row: Option<VerifyFailure>,
}

impl Wrongs {
    fn entry(&mut self, seq: u64, problem: impl ToString) {
        if self.entry.as_ref().is_none_or(|(first, _)| seq < *first) {
            self.entry = Some((seq, VerifyFailure::in_entry(seq, problem.to_string())));
        }
    }

    fn row(&mut self, place: String, problem: &str) {
        self.row
            .get_or_insert_with(|| VerifyFailure::in_row(place, problem));
    }

    fn first(self) -> Result<(), VerifyFailure> {
        // Entries are the book; a wrong entry makes wrong rows.
        let entry = self.entry.map(|(_, wrong)| wrong);
        entry.or(self.row).map_or(Ok(()), Err)
    }
}

const WRONG_FIELD: &str = "it is not what the entries say";

pub(super) fn check(
    connection: &Connection,
    chained: &Chained,
) -> Result<Result<(), VerifyFailure>, JournalError> {
    let mut wrongs = Wrongs::default();
    let mut tables = [
        Table::new(connection, "sale", &["number"])?,
        Table::new(connection, "invoice", &["sale", "attempt"])?,
        Table::new(connection, "refund", &["sale", "refund"])?,
        Table::new(connection, "movement", &["seq"])?,
    ];
    let mut ids = connection.prepare("SELECT id FROM sale WHERE number = ?1")?;
    let mut bodies =
        connection.prepare("SELECT seq, body FROM entry WHERE sale = ?1 ORDER BY seq")?;
    let mut folded = 0;
    for number in 1..=chained.sales {
        let id: Option<String> = ids.query_row([number], |row| row.get(0)).optional()?;
        let Some(id) = id else {
            wrongs.row(format!("sale {number}"), "its row is missing");
            continue;
        };
        let mut sale: Option<Sale> = None;
        let mut rows = bodies.query([&id])?;
        let mut follows = true;
        while let Some(row) = rows.next()? {
            folded += 1;
            let seq = row.get::<_, i64>(0)?.unsigned_abs();
            let entry: Entry =
                match serde_json::from_str(row.get_ref(1)?.as_str().map_err(corrupt)?) {
                    Ok(entry) => entry,
                    Err(error) => {
                        wrongs.entry(seq, error);
                        follows = false;
                        continue;
                    }
                };
            let taken = match &mut sale {
                None => Sale::open(&entry).map(|opened| sale = Some(opened)),
                Some(sale) => sale.apply(&entry),
            };
            if let Err(error) = taken {
                wrongs.entry(seq, error);
                follows = false;
                break;
            }
        }
        match sale {
            Some(sale) if sale.number.0 == number => {
                if follows {
                    compare(&mut tables, &sale, &mut wrongs)?;
                }
            }
            _ => wrongs.row(format!("sale {number}, field id"), WRONG_FIELD),
        }
    }
    if folded < chained.of_sales
        && let Some(seq) = of_no_sale(connection)?
    {
        wrongs.entry(seq, "its sale was not opened");
    }
    for table in tables {
        if table.has_more(connection)? {
            wrongs.row(format!("table {}", table.name), "a row has no entries");
        }
    }
    Ok(wrongs.first())
}

/// The first entry of a sale that no entry opened.
fn of_no_sale(connection: &Connection) -> Result<Option<u64>, JournalError> {
    let seq: Option<i64> = connection.query_row(
        "SELECT min(seq) FROM entry WHERE sale IS NOT NULL
           AND sale NOT IN (SELECT sale FROM entry WHERE kind = 'sale_opened')",
        [],
        |row| row.get(0),
    )?;
    Ok(seq.map(i64::unsigned_abs))
}

fn compare(
    [sales, invoices, refunds, movements]: &mut [Table<'_>; 4],
    sale: &Sale,
    wrongs: &mut Wrongs,
) -> Result<(), JournalError> {
    let number = sale.number;
    sales.compare(&projection::sale_row(sale), wrongs, || {
        format!("sale {number}")
    })?;
    for attempt in &sale.attempts {
        let place = || format!("sale {number}, invoice {}", attempt.number);
        invoices.compare(&projection::invoice_row(sale, attempt), wrongs, place)?;
    }
    for refund in &sale.refunds {
        let place = || format!("sale {number}, refund {}", refund.number);
        refunds.compare(&projection::refund_row(sale, refund), wrongs, place)?;
    }
    for movement in sale.ledger_lines() {
        let place = || format!("sale {number}, movement {}", movement.seq);
        movements.compare(&projection::movement_row(&movement), wrongs, place)?;
    }
    Ok(())
}

/// A table whose rows are compared one by one, and counted.
struct Table<'c> {
    name: &'static str,
    keys: &'static [&'static str],
    row: CachedStatement<'c>,
    columns: Vec<String>,
    compared: i64,
}

impl<'c> Table<'c> {
    fn new(
        connection: &'c Connection,
        name: &'static str,
        keys: &'static [&'static str],
    ) -> Result<Self, JournalError> {
        // Table and columns are words of this file; values are bound.
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

    fn compare(
        &mut self,
        expected: &Row,
        wrongs: &mut Wrongs,
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
            wrongs.row(place(), problem);
            return Ok(());
        };
        self.compared += 1;
        for (column, name) in self.columns.iter().enumerate() {
            let found: Value = found.get(column)?;
            if value(name) != Some(&found) {
                wrongs.row(format!("{}, field {name}", place()), WRONG_FIELD);
                return Ok(());
            }
        }
        Ok(())
    }

    fn has_more(&self, connection: &Connection) -> Result<bool, JournalError> {
        let sql = format!("SELECT count(*) FROM {}", self.name);
        let rows: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
        Ok(rows > self.compared)
    }
}
