//! The table `movement`: one row for each ledger line, numbered as its entry. Days, closes and exports are
//! summed up from it.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params};

use super::entries::{corrupt, seq_bound};
use super::error::JournalError;
use super::file::JournalFile;
use super::projection::{self, seq_value, text};
use crate::breaks::{self, Break};
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, RefundNumber, SaleNumber, TenderNumber};
use crate::money::{BasisPoints, Money};
use crate::sale::{
    Brought, ByCategory, CashierTotals, DayTotals, LedgerKind, LedgerLine, RefundLine, Taxed,
    TenderLine, TenderWay,
};

/// The columns that [`read_line`] reads, which must come first in a query. They are read by index: a day has
/// thousands of rows, and finding a column by its name takes longer than reading it.
pub(super) const COLUMNS: &str =
    "m.seq, m.at_unix_ms, m.sale, m.moved, m.currency, m.amount_minor, m.test,
    m.attempt, m.coin, m.late, m.again, m.tip_minor, m.gross_by_rate, m.refund, m.way, m.tax_by_rate,
    m.tender, m.own, m.given_minor, m.rounding_minor, m.beyond_minor,
    m.by_category";

/// How many they are.
pub(super) const COLUMN_COUNT: usize = 22;

/// A row of `movement`, whatever else is joined to it.
pub(super) fn read_line(row: &Row<'_>) -> Result<LedgerLine, JournalError> {
    let currency: String = row.get(4)?;
    let currency = currency.parse().map_err(corrupt)?;
    let kind: String = row.get(3)?;
    let amount = Money::from_minor(row.get(5)?, currency);
    let brings = brought(row, amount)?;
    let kind = match kind.as_str() {
        "paid" => LedgerKind::Paid {
            attempt: AttemptNumber(row.get(7)?),
            coin: row.get(8)?,
            late: row.get(9)?,
            duplicate: row.get(10)?,
            brings,
        },
        "tendered" | "tender_taken_back" => {
            let way: String = row.get(14)?;
            let line = TenderLine {
                tender: TenderNumber(row.get(16)?),
                way: way.parse().map_err(corrupt)?,
                own: row.get(17)?,
                given_minor: row.get(18)?,
                rounding_minor: row.get(19)?,
                brings,
            };
            match kind.as_str() {
                "tendered" => LedgerKind::Tendered(line),
                _ => LedgerKind::TenderTakenBack(line),
            }
        }
        "refunded" | "refund_taken_back" => {
            let way: String = row.get(14)?;
            let line = RefundLine {
                refund: RefundNumber(row.get(13)?),
                way: way.parse().map_err(corrupt)?,
                own: row.get(17)?,
                rounding_minor: row.get(19)?,
                takes: brings,
            };
            match kind.as_str() {
                "refunded" => LedgerKind::Refunded(line),
                _ => LedgerKind::RefundTakenBack(line),
            }
        }
        _ => return Err(corrupt(format!("{kind} is no kind of movement"))),
    };
    Ok(LedgerLine {
        seq: row.get::<_, i64>(0)?.unsigned_abs(),
        at: UnixMs(row.get(1)?),
        sale: SaleNumber(row.get(2)?),
        amount,
        test: row.get(6)?,
        kind,
    })
}

/// What the line brings of its sale, or takes back.
fn brought(row: &Row<'_>, amount: Money) -> Result<Brought, JournalError> {
    let (tip_minor, beyond_minor) = (row.get(11)?, row.get(20)?);
    let categories: Option<String> = row.get(21)?;
    let categories = match categories {
        Some(json) => serde_json::from_str(&json).map_err(corrupt)?,
        None => uncategorised(amount.minor(), tip_minor, beyond_minor),
    };
    Ok(Brought {
        tip_minor,
        taxes: taxes(row)?,
        beyond_minor,
        categories,
    })
}

/// The categories of a line whose goods have none.
fn uncategorised(minor: i64, tip_minor: i64, beyond_minor: i64) -> ByCategory {
    let sold = minor.saturating_sub(tip_minor).saturating_sub(beyond_minor);
    let sold = (sold != 0).then(|| (String::new(), sold));
    sold.into_iter().collect()
}

/// What the line sells at each rate, and the tax in it.
fn taxes(row: &Row<'_>) -> Result<BTreeMap<BasisPoints, Taxed>, JournalError> {
    let (gross_by_rate, tax_by_rate) = (by_rate(row, 12)?, by_rate(row, 15)?);
    let taxed = |(rate, gross_minor): (BasisPoints, i64)| {
        let tax_minor = tax_by_rate.get(&rate).copied().unwrap_or_default();
        let taxed = Taxed {
            gross_minor,
            tax_minor,
        };
        (rate, taxed)
    };
    Ok(gross_by_rate.into_iter().map(taxed).collect())
}

/// A column that holds sums by rate.
fn by_rate(row: &Row<'_>, column: usize) -> Result<BTreeMap<BasisPoints, i64>, JournalError> {
    let json: Option<String> = row.get(column)?;
    let sums = json.map(|json| serde_json::from_str(&json)).transpose();
    Ok(sums.map_err(corrupt)?.unwrap_or_default())
}

/// What such a column holds; nothing when there is no rate.
fn by_rate_value(sums: &BTreeMap<BasisPoints, i64>) -> Value {
    let json = (!sums.is_empty()).then(|| serde_json::to_string(sums).ok());
    Value::from(json.flatten())
}

/// The row of a ledger line.
pub(super) fn line_row(line: &LedgerLine) -> projection::Row {
    let mut row = vec![
        ("seq", seq_value(line.seq)),
        ("at_unix_ms", Value::from(line.at.0)),
        ("sale", Value::from(i64::from(line.sale.0))),
        ("moved", text(line.kind.as_str())),
        ("currency", text(line.amount.currency())),
        ("amount_minor", Value::from(line.amount.minor())),
        ("test", Value::from(line.test)),
    ];
    let numbers = |number: Option<u32>| number.map_or(Value::Null, |it| Value::from(i64::from(it)));
    let (mut attempt, mut tender, mut refund) = (None, None, None);
    let (mut coin, mut late, mut duplicate) = (None, false, false);
    let (mut way, mut own, mut given, mut rounding) = (None, None, None, 0);
    let brings = match &line.kind {
        LedgerKind::Paid {
            attempt: number,
            coin: paid_in,
            late: is_late,
            duplicate: is_duplicate,
            brings,
        } => {
            (attempt, coin) = (Some(number.0), Some(paid_in.clone()));
            (late, duplicate) = (*is_late, *is_duplicate);
            brings
        }
        LedgerKind::Tendered(line) | LedgerKind::TenderTakenBack(line) => {
            (tender, way) = (Some(line.tender.0), Some(line.way.as_str()));
            (own, given) = (line.own.clone(), line.given_minor);
            rounding = line.rounding_minor;
            &line.brings
        }
        LedgerKind::Refunded(line) | LedgerKind::RefundTakenBack(line) => {
            (refund, way) = (Some(line.refund.0), Some(line.way.as_str()));
            (own, rounding) = (line.own.clone(), line.rounding_minor);
            &line.takes
        }
    };
    let Brought {
        tip_minor,
        taxes,
        beyond_minor,
        categories,
    } = brings;
    let plain = uncategorised(line.amount.minor(), *tip_minor, *beyond_minor) == *categories;
    let categories = (!plain).then(|| serde_json::to_string(categories).ok());
    let of = |minor: fn(&Taxed) -> i64| {
        let sums = taxes.iter().map(|(rate, taxed)| (*rate, minor(taxed)));
        by_rate_value(&sums.collect())
    };
    row.extend([
        ("attempt", numbers(attempt)),
        ("coin", Value::from(coin)),
        ("late", Value::from(late)),
        ("again", Value::from(duplicate)),
        ("tip_minor", Value::from(*tip_minor)),
        ("gross_by_rate", of(|taxed| taxed.gross_minor)),
        ("refund", numbers(refund)),
        ("way", Value::from(way.map(str::to_owned))),
        ("tax_by_rate", of(|taxed| taxed.tax_minor)),
        ("tender", numbers(tender)),
        ("own", Value::from(own)),
        ("given_minor", Value::from(given)),
        ("rounding_minor", Value::from(rounding)),
        ("beyond_minor", Value::from(*beyond_minor)),
        ("by_category", Value::from(categories.flatten())),
    ]);
    row
}

impl JournalFile {
    /// Calls `each` for every ledger line from one moment (included) to another (excluded), in order of time,
    /// and says whether its payment is credited to the merchant.
    pub(crate) fn ledger_between(
        &self,
        from: UnixMs,
        to: UnixMs,
        mut each: impl FnMut(&LedgerLine, bool),
    ) -> Result<(), JournalError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS}, coalesce(i.settled, 0)
             FROM movement AS m LEFT JOIN invoice AS i ON i.sale = m.sale AND i.attempt = m.attempt
             WHERE m.at_unix_ms >= ?1 AND m.at_unix_ms < ?2 ORDER BY m.at_unix_ms, m.seq"
        ))?;
        let mut rows = statement.query([from.0, to.0])?;
        while let Some(row) = rows.next()? {
            each(&read_line(row)?, row.get(COLUMN_COUNT)?);
        }
        Ok(())
    }
}

impl JournalFile {
    /// What each cashier took and gave back from one moment (included) to another (excluded).
    pub(crate) fn cashiers_between(
        &self,
        from: UnixMs,
        to: UnixMs,
    ) -> Result<CashierTotals, JournalError> {
        let range = "m.at_unix_ms >= ?1 AND m.at_unix_ms < ?2";
        by_cashier(&self.connection, range, [from.0, to.0])
    }
}

/// What each cashier took and gave back after one entry and before another.
pub(super) fn cashiers_of_close(
    connection: &Connection,
    after_seq: u64,
    before_seq: u64,
) -> Result<CashierTotals, JournalError> {
    let bounds = [seq_bound(after_seq)?, seq_bound(before_seq)?];
    by_cashier(connection, "m.seq > ?1 AND m.seq < ?2", bounds)
}

/// A ledger line is numbered as its entry, which says who was at the till.
fn by_cashier(
    connection: &Connection,
    range: &str,
    bounds: [i64; 2],
) -> Result<CashierTotals, JournalError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, e.body ->> '$.by'
         FROM movement AS m JOIN entry AS e ON e.seq = m.seq WHERE {range}"
    ))?;
    let mut rows = statement.query(bounds)?;
    let mut totals = CashierTotals::default();
    while let Some(row) = rows.next()? {
        totals.add(row.get(COLUMN_COUNT)?, &read_line(row)?);
    }
    Ok(totals)
}

/// Calls `each` for the ledger lines after one entry and up to another, at most `limit`, in their order.
/// Returns how many there were.
pub(super) fn each_line(
    connection: &Connection,
    after_seq: u64,
    up_to_seq: u64,
    limit: u32,
    mut each: impl FnMut(&LedgerLine),
) -> Result<u32, JournalError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM movement AS m WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT ?3"
    ))?;
    let up_to = i64::try_from(up_to_seq).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![seq_bound(after_seq)?, up_to, limit])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        each(&read_line(row)?);
        count += 1;
    }
    Ok(count)
}

/// The sums of the ledger lines after one entry and up to another.
pub(super) fn sum_between(
    connection: &Connection,
    after_seq: u64,
    up_to_seq: u64,
) -> Result<DayTotals, JournalError> {
    let mut totals = DayTotals::default();
    each_line(connection, after_seq, up_to_seq, u32::MAX, |line| {
        let card = matches!(&line.kind, LedgerKind::Tendered(it) if it.way == TenderWay::Card);
        if !(card && breaks::is(Break::CloseLeavesOutCards)) {
            totals.add(line);
        }
    })?;
    Ok(totals)
}

/// Whether any real money moved after this entry.
pub(super) fn moved_after(connection: &Connection, seq: u64) -> Result<bool, JournalError> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM movement WHERE seq > ?1 AND NOT test)")?
        .query_row([seq_bound(seq)?], |row| row.get(0))?)
}
