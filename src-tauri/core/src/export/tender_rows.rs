//! One row a tender: what was taken by which way to pay, what was handed over and given back, and what went back
//! (docs/export.md, *One row a tender*).

use super::ExportQuery;
use super::record::{tax_minor, taxes_text};
use super::spreadsheet::Cell;
use super::table::Table;
use crate::calendar::{day_of, to_iso_8601};
use crate::journal::BookRow;
use crate::money::Money;
use crate::sale::{CRYPTO, LedgerKind, LedgerLine, label};

pub(super) const TABLE: Table = Table {
    sheet: "Tenders",
    columns: &[
        "kind",
        "sale",
        "label",
        "entry",
        "day",
        "time",
        "currency",
        "way",
        "tender",
        "number",
        "amount",
        "given",
        "change",
        "rounding",
        "kept",
        "tip",
        "beyond",
        "tax",
        "taxes",
        "coin",
        "late",
        "test",
        "reason",
        "cashier",
        "z",
        "till",
        "till_code",
    ],
};

/// What one row says of its tender.
struct Tendered {
    /// The word in sums.
    way: String,
    number: u32,
    /// What was settled; negative when it goes back. Minor units, as all here.
    amount: i64,
    given: Option<i64>,
    rounding: i64,
    coin: Option<String>,
    late: bool,
}

impl Tendered {
    fn of(line: LedgerLine) -> Self {
        let (minor, rounding) = (line.amount.minor(), line.rounding_minor());
        let back = minor.saturating_neg();
        let of = |way, number, amount| Self {
            way,
            number,
            amount,
            given: None,
            rounding,
            coin: None,
            late: false,
        };
        match line.kind {
            LedgerKind::Paid {
                attempt,
                coin,
                late,
                ..
            } => Self {
                coin: Some(coin),
                late,
                ..of(CRYPTO.to_owned(), attempt.0, minor)
            },
            LedgerKind::Tendered(line) => Self {
                given: line.given_minor,
                ..of(line.sum_name(), line.tender.0, minor)
            },
            LedgerKind::TenderTakenBack(line) => of(line.sum_name(), line.tender.0, back),
            LedgerKind::Refunded(line) => of(line.tender_name(), line.refund.0, back),
            LedgerKind::RefundTakenBack(line) => of(line.tender_name(), line.refund.0, minor),
        }
    }
}

/// The row of a ledger line; `None` for a sale without one.
pub(super) fn cells(row: BookRow, query: &ExportQuery) -> Option<Vec<Cell>> {
    let currency = row.charged.currency();
    let amount = |minor: i64| Cell::Amount(Money::from_minor(minor, currency));
    let line = row.ledger_line?;
    let brings = line.brings();
    let word = line.kind.as_str();
    let entry = line.seq;
    let tendered = Tendered::of(line);
    let code = row.code.as_ref().unwrap_or(&query.code);
    let kept = tendered.amount.saturating_add(tendered.rounding);
    let change = tendered.given.map(|given| given.saturating_sub(kept));
    let if_any = |minor: i64| Cell::of(Some(minor).filter(|minor| *minor != 0), amount);
    Some(vec![
        Cell::text(word),
        Cell::Count(row.sale.0.into()),
        Cell::Outside(label(code, row.sale)),
        Cell::Count(entry),
        Cell::Day(day_of(row.at, &query.zone).to_string()),
        Cell::Text(to_iso_8601(row.at, &query.zone)),
        Cell::text(currency.code()),
        Cell::Text(tendered.way.clone()),
        Cell::Outside(query.tender_name(&tendered.way)),
        Cell::Count(tendered.number.into()),
        amount(tendered.amount),
        Cell::of(tendered.given, amount),
        Cell::of(change, amount),
        if_any(tendered.rounding),
        amount(kept),
        if_any(brings.tip_minor),
        if_any(brings.beyond_minor),
        Cell::of(tax_minor(&brings), amount),
        Cell::of(taxes_text(&brings, currency, query), Cell::Text),
        Cell::outside(tendered.coin),
        Cell::Flag(tendered.late),
        Cell::Flag(row.test),
        Cell::outside(row.reason),
        Cell::outside(row.cashier),
        Cell::of(row.z.map(u64::from), Cell::Count),
        Cell::text(query.till),
        Cell::Outside(code.to_string()),
    ])
}
