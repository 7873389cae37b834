//! What a stretch of the journal adds up to: the sums of a day, of a close, of all closes. Pure; money as
//! sold, never rated anew.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::money::{BasisPoints, Currency};

/// Sums by currency. Practice and test money is never among them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(export)]
pub struct DayTotals(pub BTreeMap<Currency, CurrencyTotals>);

/// Sums of one currency, in minor units.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct CurrencyTotals {
    /// Payments received, late and double ones among them.
    #[ts(type = "number")]
    pub payments: i64,
    /// Their sum.
    #[ts(type = "number")]
    pub paid_minor: i64,
    /// The tips within it.
    #[ts(type = "number")]
    pub tips_minor: i64,
    /// Payments that came after the end, or after the cashier had stopped waiting.
    #[ts(type = "number")]
    pub late: i64,
    /// Their sum.
    #[ts(type = "number")]
    pub late_minor: i64,
    /// Payments of sales that had been paid before.
    #[ts(type = "number")]
    pub twice: i64,
    /// Their sum.
    #[ts(type = "number")]
    pub twice_minor: i64,
    /// Refunds, less those taken back.
    #[ts(type = "number")]
    pub refunds: i64,
    /// Their sum.
    #[ts(type = "number")]
    pub refunds_minor: i64,
    /// By coin and network, as the gateway names them.
    pub coins: BTreeMap<String, CoinTotals>,
    /// By the rate of tax contained; what was sold without a rate is not here.
    #[ts(as = "BTreeMap<String, TaxTotals>")]
    pub taxes: BTreeMap<BasisPoints, TaxTotals>,
}

/// What came in one coin over one network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct CoinTotals {
    /// Payments.
    #[ts(type = "number")]
    pub payments: i64,
    /// Their sum in the shop's currency, as sold.
    #[ts(type = "number")]
    pub paid_minor: i64,
}

/// What was sold at one rate of tax.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct TaxTotals {
    /// Tax included.
    #[ts(type = "number")]
    pub gross_minor: i64,
    /// The tax in it.
    #[ts(type = "number")]
    pub tax_minor: i64,
}
