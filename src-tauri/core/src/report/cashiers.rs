//! The cashiers' sums as screens and `--json` get them.

use serde::Serialize;

use crate::money::{Currency, Money};
use crate::sale::CashierTotals;

/// What one cashier took and gave back in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct CashierView {
    /// The name; `None`: nobody was signed on.
    pub cashier: Option<String>,
    /// The currency.
    pub currency: Currency,
    /// How many payments.
    pub payments: i64,
    /// Their sum.
    pub paid: Money,
    /// How many refunds, less the voided ones.
    pub refunds_count: i64,
    /// Their sum.
    pub refunds: Money,
}

/// One row for each cashier and currency; none where no name stands by any payment.
pub(crate) fn cashier_views(totals: &CashierTotals) -> Vec<CashierView> {
    let view = |(cashier, currency, sums): (Option<&str>, Currency, crate::sale::CashierSums)| {
        CashierView {
            cashier: cashier.map(str::to_owned),
            currency,
            payments: sums.payments,
            paid: Money::from_minor(sums.paid_minor, currency),
            refunds_count: sums.refunds,
            refunds: Money::from_minor(sums.refunds_minor, currency),
        }
    };
    totals.rows().map(view).collect()
}
