//! The book as double entries: each movement of money is a document whose debits and credits are alike
//! (docs/export.md, *Bookings*). DATEV's cash book is made of the same documents.

use std::collections::{BTreeMap, BTreeSet};

use super::ExportQuery;
use super::spreadsheet::Cell;
use super::table::Table;
use crate::calendar::day_of;
use crate::clock::UnixMs;
use crate::i18n::Messages;
use crate::journal::{BookRow, CashRow, CashRowKind};
use crate::money::{BasisPoints, Currency, Money};
use crate::sale::{Brought, CRYPTO, LedgerKind, LedgerLine, label};

pub(super) const TABLE: Table = Table {
    sheet: "Bookings",
    columns: &[
        "date", "document", "entry", "account", "debit", "credit", "currency", "text", "tax",
        "what", "cashier", "z",
    ],
};

/// What the accounts of the settings are for (docs/export.md, *Accounts*).
pub(super) mod account {
    pub(in crate::export) const CASH: &str = "cash";
    pub(in crate::export) const UNTAXED: &str = "sales";
    pub(in crate::export) const TIPS: &str = "tips";
    pub(in crate::export) const OVERPAID: &str = "overpaid";
    pub(in crate::export) const ROUNDING: &str = "rounding";
    pub(in crate::export) const DIFFERENCE: &str = "difference";
    pub(in crate::export) const FLOAT: &str = "float";
    pub(in crate::export) const PAY_IN: &str = "in";
    pub(in crate::export) const PAY_OUT: &str = "out";
    pub(in crate::export) const DROP: &str = "drop";
}

/// A movement of money, with what it was for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) at: UnixMs,
    pub(super) seq: u64,
    /// `A-000042` of a sale, `A-E000017` of an entry without one.
    pub(super) number: String,
    pub(super) text: String,
    pub(super) currency: Currency,
    /// What the account is for that the money came to, or went from: `cash`, `crypto`, `own:voucher`.
    pub(super) money: String,
    /// For what; their sum is what came. Negative where it went.
    pub(super) parts: Vec<Part>,
    cashier: Option<String>,
    z: Option<u32>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// What its account is for.
    pub(super) what: String,
    /// Tax included, minor units; negative where it went back.
    pub(super) minor: i64,
    /// The rate of the tax in it, and the tax, minor units.
    pub(super) tax: Option<(BasisPoints, i64)>,
}

impl Part {
    fn of(what: &str, minor: i64) -> Self {
        Self {
            what: what.to_owned(),
            minor,
            tax: None,
        }
    }
}

impl Document {
    /// The document of a ledger line; `None` for test money, and for a sale without one.
    pub(super) fn of_row(row: BookRow, query: &ExportQuery, messages: &Messages) -> Option<Self> {
        let line = row.ledger_line.filter(|_| !row.test)?;
        let code = row.code.as_ref().unwrap_or(&query.code);
        let number = label(code, row.sale);
        let (money, rounding) = (money_of(&line), line.rounding_minor());
        let mut text = messages.text(match line.kind {
            LedgerKind::Paid { .. } | LedgerKind::Tendered(_) => "booking-sale",
            LedgerKind::TenderTakenBack(_) => "booking-taken-back",
            LedgerKind::Refunded(_) => "booking-refund",
            LedgerKind::RefundTakenBack(_) => "booking-refund-taken-back",
        });
        for more in [Some(number.clone()), row.reason].into_iter().flatten() {
            text.push_str(", ");
            text.push_str(&more);
        }
        let mut parts = parts_of(&line.brings());
        parts.push(Part::of(account::ROUNDING, rounding));
        parts.retain(|part| part.minor != 0);
        Some(Self {
            at: line.at,
            seq: line.seq,
            number,
            text,
            currency: line.amount.currency(),
            money,
            parts,
            cashier: row.cashier,
            z: row.z,
        })
    }

    /// The document of cash that moved without a sale; `None` for what has a ledger line, and for what moves nothing.
    pub(super) fn of_cash(row: CashRow, query: &ExportQuery, messages: &Messages) -> Option<Self> {
        let (what, text) = match row.kind {
            CashRowKind::In => (account::PAY_IN, "booking-in"),
            CashRowKind::Out => (account::PAY_OUT, "booking-out"),
            CashRowKind::Drop => (account::DROP, "booking-drop"),
            CashRowKind::Removed => (account::DROP, "booking-removed"),
            CashRowKind::Float { .. } => (account::FLOAT, "booking-float"),
            CashRowKind::Count { .. } => (account::DIFFERENCE, "booking-count"),
            CashRowKind::Tendered
            | CashRowKind::TenderTakenBack
            | CashRowKind::Refunded
            | CashRowKind::RefundTakenBack => return None,
        };
        let mut text = messages.text(text);
        if let Some(reason) = &row.reason {
            text.push_str(", ");
            text.push_str(reason);
        }
        (row.amount_minor != 0).then(|| Self {
            at: row.at,
            seq: row.seq,
            number: format!("{}-E{:06}", query.code, row.seq),
            text,
            currency: row.currency,
            money: account::CASH.to_owned(),
            parts: vec![Part::of(what, row.amount_minor)],
            cashier: row.cashier,
            z: row.z,
        })
    }

    /// What the accounts are for that it needs.
    pub(super) fn needs(&self) -> BTreeSet<String> {
        let parts = self.parts.iter().flat_map(|part| {
            let tax = part.tax.filter(|(_, tax)| *tax != 0);
            let tax = tax.map(|(rate, _)| tax_account(rate));
            std::iter::once(part.what.clone()).chain(tax)
        });
        parts.chain([self.money.clone()]).collect()
    }

    /// Its rows: what the money came to, and each part against it, the tax apart.
    pub(super) fn rows(&self, query: &ExportQuery) -> Vec<Vec<Cell>> {
        let sum = self
            .parts
            .iter()
            .fold(0, |sum: i64, part| sum.saturating_add(part.minor));
        let mut rows = vec![self.row(&self.money, sum, None, query)];
        for part in &self.parts {
            let tax = part.tax.map_or(0, |(_, tax)| tax);
            let net = part.minor.saturating_sub(tax);
            let rate = part.tax.map(|(rate, _)| rate);
            rows.push(self.row(&part.what, net.saturating_neg(), rate, query));
            if let Some(rate) = rate.filter(|_| tax != 0) {
                let what = tax_account(rate);
                rows.push(self.row(&what, tax.saturating_neg(), Some(rate), query));
            }
        }
        rows
    }

    /// A row; what is below 0 is a credit.
    fn row(
        &self,
        what: &str,
        minor: i64,
        rate: Option<BasisPoints>,
        query: &ExportQuery,
    ) -> Vec<Cell> {
        let amount = |minor: i64| Cell::Amount(Money::from_minor(minor, self.currency));
        let debit = Some(minor).filter(|minor| *minor >= 0);
        let credit = Some(minor.saturating_neg()).filter(|minor| *minor > 0);
        vec![
            Cell::Day(day_of(self.at, &query.zone).to_string()),
            Cell::Outside(self.number.clone()),
            Cell::Count(self.seq),
            Cell::Outside(query.account(what).unwrap_or_default().to_owned()),
            Cell::of(debit, amount),
            Cell::of(credit, amount),
            Cell::text(self.currency.code()),
            Cell::Outside(self.text.clone()),
            Cell::of(rate, |rate| Cell::Decimal(rate.to_string())),
            Cell::text(what),
            Cell::outside(self.cashier.clone()),
            Cell::of(self.z.map(u64::from), Cell::Count),
        ]
    }
}

/// What a rate's sales are booked to, and its tax.
fn sales_account(rate: BasisPoints) -> String {
    format!("sales:{rate}")
}

fn tax_account(rate: BasisPoints) -> String {
    format!("tax:{rate}")
}

/// The word of the tender that a line's money came by, or went back by.
fn money_of(line: &LedgerLine) -> String {
    match &line.kind {
        LedgerKind::Paid { .. } => CRYPTO.to_owned(),
        LedgerKind::Tendered(line) | LedgerKind::TenderTakenBack(line) => line.sum_name(),
        LedgerKind::Refunded(line) | LedgerKind::RefundTakenBack(line) => line.tender_name(),
    }
}

/// What a line brings, part by part; negative when it goes back.
fn parts_of(brings: &Brought) -> Vec<Part> {
    let taxes: &BTreeMap<_, _> = &brings.taxes;
    let taxed = taxes.iter().map(|(rate, taxed)| Part {
        what: sales_account(*rate),
        minor: taxed.gross_minor,
        tax: Some((*rate, taxed.tax_minor)),
    });
    let others = [
        Part::of(account::UNTAXED, brings.untaxed_minor()),
        Part::of(account::TIPS, brings.tip_minor),
        Part::of(account::OVERPAID, brings.beyond_minor),
    ];
    taxed.chain(others).collect()
}
