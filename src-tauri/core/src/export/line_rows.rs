//! One row a line of the cart of each sale that money came for (docs/export.md, *One row a line*).

use std::collections::BTreeMap;

use super::ExportQuery;
use super::spreadsheet::Cell;
use super::table::Table;
use crate::calendar::{day_of, to_iso_8601};
use crate::journal::SoldCart;
use crate::money::{BasisPoints, Money};
use crate::sale::{Line, Sale, split};

pub(super) const TABLE: Table = Table {
    sheet: "Lines",
    columns: &[
        "sale",
        "label",
        "entry",
        "day",
        "time",
        "currency",
        "line",
        "name",
        "options",
        "category",
        "quantity",
        "weight_grams",
        "unit_price",
        "sum",
        "discount",
        "price",
        "tax_rate",
        "tax",
        "deposit",
        "returned",
        "state",
        "test",
        "cashier",
        "z",
        "till",
        "till_code",
    ],
};

/// What is a row: a line of the cart, or what was typed as one amount.
struct Priced<'s> {
    /// Its place in the cart, from 1; `None`: there is no cart.
    place: Option<u64>,
    line: std::borrow::Cow<'s, Line>,
    /// What was paid for it: the sum less its share of the discount, minor units.
    price: i64,
    returned: u32,
}

/// The rows of a sale.
pub(super) fn rows(cart: &SoldCart, query: &ExportQuery) -> Vec<Vec<Cell>> {
    let sale = &cart.sale;
    let priced = priced(sale);
    let taxes = tax_shares(sale, &priced);
    let rows = priced.iter().zip(taxes);
    rows.map(|(priced, tax)| cells(cart, priced, tax, query))
        .collect()
}

fn priced(sale: &Sale) -> Vec<Priced<'_>> {
    let lines = sale.breakdown.lines.iter().zip(sale.line_prices());
    let lines = lines.zip(sale.quantities_left()).zip(1..);
    let mut priced: Vec<_> = lines
        .map(|(((line, price), left), place)| Priced {
            place: Some(place),
            line: std::borrow::Cow::Borrowed(line),
            price,
            returned: line.quantity.saturating_sub(left),
        })
        .collect();
    if priced.is_empty() {
        let typed = sale.amount.minor().saturating_sub(sale.breakdown.tip_minor);
        priced.push(Priced {
            place: None,
            line: std::borrow::Cow::Owned(Line {
                quantity: 1,
                unit_minor: typed,
                tax: sale.breakdown.tax,
                ..Line::default()
            }),
            price: typed,
            returned: 0,
        });
    }
    priced
}

/// The tax of the sale at each rate, shared among its lines: their sum is what stands on the receipt.
fn tax_shares(sale: &Sale, priced: &[Priced<'_>]) -> Vec<Option<i64>> {
    let mut shares = vec![None; priced.len()];
    for (rate, gross) in sale.gross_by_rate() {
        let of_rate = priced.iter().enumerate();
        let of_rate = of_rate.filter(|(_, it)| it.line.tax == Some(rate));
        let prices: BTreeMap<usize, i64> = of_rate.map(|(place, it)| (place, it.price)).collect();
        let taxes = split(&prices, rate.contained_in(gross));
        for place in prices.keys() {
            if let Some(share) = shares.get_mut(*place) {
                *share = Some(taxes.get(place).copied().unwrap_or_default());
            }
        }
    }
    shares
}

fn cells(cart: &SoldCart, priced: &Priced<'_>, tax: Option<i64>, query: &ExportQuery) -> Vec<Cell> {
    let (sale, line) = (&cart.sale, &priced.line);
    let currency = sale.amount.currency();
    let amount = |minor: i64| Cell::Amount(Money::from_minor(minor, currency));
    let sum = line.sum_minor().unwrap_or(i64::MAX);
    let discount = sum.saturating_sub(priced.price);
    let count = |count: u32| Cell::Count(count.into());
    let code = sale.code.as_ref().unwrap_or(&query.code);
    vec![
        Cell::Count(sale.number.0.into()),
        Cell::Outside(sale.label(&query.code)),
        Cell::Count(cart.seq),
        Cell::Day(day_of(cart.at, &query.zone).to_string()),
        Cell::Text(to_iso_8601(cart.at, &query.zone)),
        Cell::text(currency.code()),
        Cell::of(priced.place, Cell::Count),
        Cell::outside(line.name.clone()),
        Cell::outside((!line.options.is_empty()).then(|| line.options.join(", "))),
        Cell::outside(line.category.clone()),
        count(line.quantity),
        Cell::of(line.weight, |weight| count(weight.grams)),
        amount(line.unit_minor),
        amount(sum),
        Cell::of(Some(discount).filter(|it| *it != 0), amount),
        amount(priced.price),
        Cell::of(line.tax, |rate: BasisPoints| {
            Cell::Decimal(rate.to_string())
        }),
        Cell::of(tax, amount),
        Cell::Flag(line.deposit),
        Cell::of(Some(priced.returned).filter(|it| *it != 0), count),
        Cell::text(sale.state().as_str()),
        Cell::Flag(cart.test),
        Cell::outside(cart.cashier.clone()),
        Cell::of(cart.z.map(u64::from), Cell::Count),
        Cell::text(query.till),
        Cell::Outside(code.to_string()),
    ]
}
