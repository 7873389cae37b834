//! One row a movement of the drawer's cash (docs/export.md, *One row a movement of cash*).

use super::ExportQuery;
use super::spreadsheet::Cell;
use super::table::Table;
use crate::calendar::{day_of, to_iso_8601};
use crate::journal::{CashRow, CashRowKind};
use crate::money::Money;
use crate::sale::label;

pub(super) const TABLE: Table = Table {
    sheet: "Cash",
    columns: &[
        "kind",
        "entry",
        "day",
        "time",
        "currency",
        "amount",
        "expected",
        "counted",
        "sale",
        "label",
        "reason",
        "cashier",
        "z",
        "till",
        "till_code",
    ],
};

/// The row of a movement.
pub(super) fn cells(row: CashRow, query: &ExportQuery) -> Vec<Cell> {
    let amount = |minor: i64| Cell::Amount(Money::from_minor(minor, row.currency));
    let code = row.code.as_ref().unwrap_or(&query.code);
    let counted = match row.kind {
        CashRowKind::Float { counted_minor } | CashRowKind::Count { counted_minor } => {
            Some(counted_minor)
        }
        _ => None,
    };
    vec![
        Cell::text(row.kind.as_str()),
        Cell::Count(row.seq),
        Cell::Day(day_of(row.at, &query.zone).to_string()),
        Cell::Text(to_iso_8601(row.at, &query.zone)),
        Cell::text(row.currency.code()),
        amount(row.amount_minor),
        Cell::of(row.expected_minor, amount),
        Cell::of(counted, amount),
        Cell::of(row.sale.map(|sale| sale.0.into()), Cell::Count),
        Cell::outside(row.sale.map(|sale| label(code, sale))),
        Cell::outside(row.reason),
        Cell::outside(row.cashier),
        Cell::of(row.z.map(u64::from), Cell::Count),
        Cell::text(query.till),
        Cell::Outside(code.to_string()),
    ]
}
