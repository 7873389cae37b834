//! The table `movement`: one row for each ledger line, numbered as its entry. Days, closes and exports are
//! summed up from it.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params};

use super::entries::{corrupt, seq_bound};
use super::error::JournalError;
use super::file::JournalFile;
use super::projection::{self, seq_value, text};
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, RefundNumber, SaleNumber};
use crate::money::{BasisPoints, Money};
use crate::sale::{DayTotals, LedgerKind, LedgerLine, RefundWay, Taxed};

/// The columns that [`read_line`] reads, which must come first in a query. They are read by index: a day has
/// thousands of rows, and finding a column by its name takes longer than reading it.
pub(super) const COLUMNS: &str =
    "m.seq, m.at_unix_ms, m.sale, m.moved, m.currency, m.amount_minor, m.test,
    m.attempt, m.coin, m.late, m.again, m.tip_minor, m.gross_by_rate, m.refund, m.way, m.tax_by_rate";

/// How many they are.
pub(super) const COLUMN_COUNT: usize = 16;

/// A row of `movement`, whatever else is joined to it.
pub(super) fn read_line(row: &Row<'_>) -> Result<LedgerLine, JournalError> {
    let currency: String = row.get(4)?;
    let currency = currency.parse().map_err(corrupt)?;
    let kind: String = row.get(3)?;
    let gross_by_rate = by_rate(row, 12)?;
    let tip_minor = row.get(11)?;
    let kind = if kind == "paid" {
        LedgerKind::Paid {
            attempt: AttemptNumber(row.get(7)?),
            coin: row.get(8)?,
            late: row.get(9)?,
            duplicate: row.get(10)?,
            tip_minor,
            gross_by_rate,
        }
    } else {
        let refund = RefundNumber(row.get(13)?);
        let way: String = row.get(14)?;
        let way: RefundWay = way.parse().map_err(corrupt)?;
        let tax_by_rate = by_rate(row, 15)?;
        let taxed = |(rate, gross_minor): (BasisPoints, i64)| {
            let tax_minor = tax_by_rate.get(&rate).copied().unwrap_or_default();
            let taxed = Taxed {
                gross_minor,
                tax_minor,
            };
            (rate, taxed)
        };
        let taxes = gross_by_rate.into_iter().map(taxed).collect();
        match kind.as_str() {
            "refunded" => LedgerKind::Refunded {
                refund,
                way,
                tip_minor,
                taxes,
            },
            "refund_taken_back" => LedgerKind::RefundTakenBack {
                refund,
                way,
                tip_minor,
                taxes,
            },
            _ => return Err(corrupt(format!("{kind} is no kind of movement"))),
        }
    };
    Ok(LedgerLine {
        seq: row.get::<_, i64>(0)?.unsigned_abs(),
        at: UnixMs(row.get(1)?),
        sale: SaleNumber(row.get(2)?),
        amount: Money::from_minor(row.get(5)?, currency),
        test: row.get(6)?,
        kind,
    })
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
    row.extend(match &line.kind {
        LedgerKind::Paid {
            attempt,
            coin,
            late,
            duplicate,
            tip_minor,
            gross_by_rate,
        } => [
            ("attempt", Value::from(i64::from(attempt.0))),
            ("coin", text(coin)),
            ("late", Value::from(*late)),
            ("again", Value::from(*duplicate)),
            ("tip_minor", Value::from(*tip_minor)),
            ("gross_by_rate", by_rate_value(gross_by_rate)),
            ("refund", Value::Null),
            ("way", Value::Null),
            ("tax_by_rate", Value::Null),
        ],
        LedgerKind::Refunded {
            refund,
            way,
            tip_minor,
            taxes,
        }
        | LedgerKind::RefundTakenBack {
            refund,
            way,
            tip_minor,
            taxes,
        } => {
            let of = |minor: fn(&Taxed) -> i64| {
                let sums = taxes.iter().map(|(rate, taxed)| (*rate, minor(taxed)));
                by_rate_value(&sums.collect())
            };
            [
                ("attempt", Value::Null),
                ("coin", Value::Null),
                ("late", Value::from(false)),
                ("again", Value::from(false)),
                ("tip_minor", Value::from(*tip_minor)),
                ("gross_by_rate", of(|taxed| taxed.gross_minor)),
                ("refund", Value::from(i64::from(refund.0))),
                ("way", text(way.as_str())),
                ("tax_by_rate", of(|taxed| taxed.tax_minor)),
            ]
        }
    });
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
        totals.add(line)
    })?;
    Ok(totals)
}

/// Whether any real money moved after this entry.
pub(super) fn moved_after(connection: &Connection, seq: u64) -> Result<bool, JournalError> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM movement WHERE seq > ?1 AND NOT test)")?
        .query_row([seq_bound(seq)?], |row| row.get(0))?)
}
