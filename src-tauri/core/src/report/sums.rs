//! The sums of a report as screens and `--json` get them: each one a [`Money`]. The journal keeps [`DayTotals`] in
//! bare minor units, which its hashes cover.
//!
//! A sum bears the plain name, and a count that would share it ends in `_count`. Only the count of payments is
//! `payments`, whose sum is `paid` (docs/contract.md, *JSON output*).

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::money::{BasisPoints, Currency, Money};
use crate::sale::{CurrencyTotals, DayTotals};

/// The sums of each currency: a projection of [`DayTotals`].
#[derive(Debug, Serialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(export)]
pub(super) struct Sums(BTreeMap<Currency, CurrencySums>);

/// The sums of one currency.
#[derive(Debug, Serialize, ts_rs::TS)]
#[ts(export)]
struct CurrencySums {
    /// How many payments were received, late and duplicate ones included.
    payments: i64,
    /// Their sum.
    paid: Money,
    /// The tips within that sum.
    tips: Money,
    /// How many payments came after the invoice's end, or after the cashier had stopped waiting.
    late_count: i64,
    /// Their sum.
    late: Money,
    /// How many payments were of sales that had been paid before.
    twice_count: i64,
    /// Their sum.
    twice: Money,
    /// How many refunds were made, less the voided ones.
    refunds_count: i64,
    /// Their sum.
    refunds: Money,
    /// By the coin that was paid in.
    coins: BTreeMap<String, CoinSums>,
    /// By the rate of the tax contained; what was sold without a rate is left out.
    #[ts(as = "BTreeMap<String, TaxSums>")]
    taxes: BTreeMap<BasisPoints, TaxSums>,
    /// Of the tips, what went back.
    refunded_tips: Money,
    /// The refunds by the way in which the money went back.
    refund_ways: BTreeMap<String, RefundWaySums>,
    /// By tender: `crypto`, `cash`, `card`, `own:<id>`. Those that were taken back are in no sum.
    tenders: BTreeMap<String, TenderSums>,
    /// By category of the goods, `""` for those without one; empty where none has a name. Tips are in none.
    categories: BTreeMap<String, CategorySums>,
    /// What cash was more than what it settled, because it is rounded; in no other sum.
    rounding: Money,
    /// How many tenders were taken back.
    taken_back_count: i64,
    /// Their sum.
    taken_back: Money,
}

/// What was paid by one tender.
#[derive(Debug, Serialize, ts_rs::TS)]
#[ts(export)]
struct TenderSums {
    /// How many payments.
    payments: i64,
    /// What they settled.
    paid: Money,
    /// The tips within that.
    tips: Money,
    /// How many refunds went back by it; crypto goes back by hand.
    refunds_count: i64,
    /// Their sum.
    refunds: Money,
}

/// What was sold of one category.
#[derive(Debug, Serialize, ts_rs::TS)]
#[ts(export)]
struct CategorySums {
    /// What was paid for it, tax included.
    sold: Money,
    /// What of that went back.
    refunded: Money,
}

/// What went back in one way.
#[derive(Debug, Serialize, ts_rs::TS)]
#[ts(export)]
struct RefundWaySums {
    /// How many refunds, less the voided ones.
    refunds_count: i64,
    /// Their sum.
    refunds: Money,
}

/// What was paid in one coin.
#[derive(Debug, Serialize, ts_rs::TS)]
#[ts(export)]
struct CoinSums {
    /// How many payments.
    payments: i64,
    /// Their sum in the currency of the sales.
    paid: Money,
}

/// What was sold at one rate of tax.
#[derive(Debug, Serialize, ts_rs::TS)]
#[ts(export)]
struct TaxSums {
    /// The sum with tax.
    gross: Money,
    /// The tax contained.
    tax: Money,
    /// What of `gross` went back.
    refunded_gross: Money,
    /// What of `tax` went back.
    refunded_tax: Money,
}

/// Serialises [`DayTotals`] as the reports tell them, money as decimals.
pub fn serialize<S: Serializer>(totals: &DayTotals, serializer: S) -> Result<S::Ok, S::Error> {
    let sums = totals.0.iter();
    let sums = sums.map(|(currency, totals)| (*currency, CurrencySums::of(totals, *currency)));
    Sums(sums.collect()).serialize(serializer)
}

impl CurrencySums {
    fn of(totals: &CurrencyTotals, currency: Currency) -> Self {
        // Every field is named, so that a new one is not forgotten here.
        let CurrencyTotals {
            payments,
            paid_minor,
            tips_minor,
            late,
            late_minor,
            duplicate,
            duplicate_minor,
            refunds,
            refunds_minor,
            coins,
            taxes,
            refunded_tips_minor,
            refund_ways,
            tenders,
            categories: _,
            rounding_minor,
            taken_back,
            taken_back_minor,
        } = totals;
        let money = |minor: &i64| Money::from_minor(*minor, currency);
        let coins = coins.iter().map(|(coin, sums)| {
            let paid = money(&sums.paid_minor);
            let payments = sums.payments;
            (coin.clone(), CoinSums { payments, paid })
        });
        let taxes = taxes.iter().map(|(rate, sums)| {
            let sums = TaxSums {
                gross: money(&sums.gross_minor),
                tax: money(&sums.tax_minor),
                refunded_gross: money(&sums.refunded_gross_minor),
                refunded_tax: money(&sums.refunded_tax_minor),
            };
            (*rate, sums)
        });
        let refund_ways = refund_ways.iter().map(|(way, sums)| {
            let (refunds_count, refunds) = (sums.refunds, money(&sums.refunds_minor));
            (
                way.clone(),
                RefundWaySums {
                    refunds_count,
                    refunds,
                },
            )
        });
        let tenders = tenders.iter().map(|(word, sums)| {
            let sums = TenderSums {
                payments: sums.payments,
                paid: money(&sums.paid_minor),
                tips: money(&sums.tips_minor),
                refunds_count: sums.refunds,
                refunds: money(&sums.refunds_minor),
            };
            (word.clone(), sums)
        });
        let categories = totals.told_categories().map(|(name, sums)| {
            let sums = CategorySums {
                sold: money(&sums.sold_minor),
                refunded: money(&sums.refunded_minor),
            };
            (name.to_owned(), sums)
        });
        Self {
            payments: *payments,
            paid: money(paid_minor),
            tips: money(tips_minor),
            late_count: *late,
            late: money(late_minor),
            twice_count: *duplicate,
            twice: money(duplicate_minor),
            refunds_count: *refunds,
            refunds: money(refunds_minor),
            coins: coins.collect(),
            taxes: taxes.collect(),
            refunded_tips: money(refunded_tips_minor),
            refund_ways: refund_ways.collect(),
            tenders: tenders.collect(),
            categories: categories.collect(),
            rounding: money(rounding_minor),
            taken_back_count: *taken_back,
            taken_back: money(taken_back_minor),
        }
    }
}
