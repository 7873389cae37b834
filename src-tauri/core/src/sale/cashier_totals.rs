//! What each cashier took and gave back. It is added up from the ledger lines and from who was at the till when each was
//! written; no close keeps it, because the entries prove it.

use std::collections::BTreeMap;

use super::ledger_line::{LedgerKind, LedgerLine};
use crate::money::Currency;

/// The sums of each cashier, test money left out. The lines that nobody's name stands by have a row of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CashierTotals(BTreeMap<(Option<String>, Currency), CashierSums>);

/// The sums of one cashier in one currency, minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CashierSums {
    /// How many payments, late and duplicate ones included.
    pub payments: i64,
    /// Their sum.
    pub paid_minor: i64,
    /// How many refunds, less the voided ones.
    pub refunds: i64,
    /// Their sum.
    pub refunds_minor: i64,
}

impl CashierTotals {
    /// Adds a ledger line that was written while this cashier was at the till. Test money is ignored.
    pub fn add(&mut self, by: Option<String>, line: &LedgerLine) {
        if line.test {
            return;
        }
        let sums = self.0.entry((by, line.amount.currency())).or_default();
        let minor = line.amount.minor();
        let (count, sum, sign) = match line.kind {
            LedgerKind::Paid { .. } | LedgerKind::Tendered(_) => {
                (&mut sums.payments, &mut sums.paid_minor, 1)
            }
            LedgerKind::TenderTakenBack(_) => (&mut sums.payments, &mut sums.paid_minor, -1),
            LedgerKind::Refunded(_) => (&mut sums.refunds, &mut sums.refunds_minor, 1),
            LedgerKind::RefundTakenBack(_) => (&mut sums.refunds, &mut sums.refunds_minor, -1),
        };
        *count = count.saturating_add(sign);
        *sum = sum.saturating_add(sign.saturating_mul(minor));
    }

    /// Each row, by name; none where no name stands by any line.
    pub fn rows(&self) -> impl Iterator<Item = (Option<&str>, Currency, CashierSums)> {
        let is_named = self.0.keys().any(|(by, _)| by.is_some());
        let rows = self.0.iter().filter(move |_| is_named);
        rows.map(|((by, currency), sums)| (by.as_deref(), *currency, *sums))
    }
}
