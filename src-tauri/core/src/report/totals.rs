//! Movements added up, one at a time and always in the order of their entries: the same movements give
//! the same totals, today and when the journal is verified in ten years.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::money::{BasisPoints, Currency};
use crate::sale::{LedgerKind, LedgerLine};

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

impl DayTotals {
    /// What these movements add up to.
    pub fn of<'m>(movements: impl IntoIterator<Item = &'m LedgerLine>) -> Self {
        let mut totals = Self::default();
        for movement in movements {
            totals.add(movement);
        }
        totals
    }

    /// One movement more. Test money counts for nothing.
    pub fn add(&mut self, movement: &LedgerLine) {
        if movement.test {
            return;
        }
        let minor = movement.amount.minor();
        let sums = self.0.entry(movement.amount.currency()).or_default();
        match &movement.moved {
            LedgerKind::Paid {
                coin,
                late,
                duplicate,
                tip_minor,
                gross_by_rate,
                ..
            } => {
                count(&mut sums.payments, &mut sums.paid_minor, minor);
                if *late {
                    count(&mut sums.late, &mut sums.late_minor, minor);
                }
                if *duplicate {
                    count(&mut sums.twice, &mut sums.twice_minor, minor);
                }
                sums.tips_minor = sums.tips_minor.saturating_add(*tip_minor);
                let coin = sums.coins.entry(coin.clone()).or_default();
                count(&mut coin.payments, &mut coin.paid_minor, minor);
                for (rate, gross) in gross_by_rate {
                    let tax = sums.taxes.entry(*rate).or_default();
                    tax.gross_minor = tax.gross_minor.saturating_add(*gross);
                    // Sale by sale, as on the receipts.
                    tax.tax_minor = tax.tax_minor.saturating_add(rate.contained_in(*gross));
                }
            }
            LedgerKind::Refunded { .. } => count(&mut sums.refunds, &mut sums.refunds_minor, minor),
            LedgerKind::RefundTakenBack { .. } => {
                sums.refunds = sums.refunds.saturating_sub(1);
                sums.refunds_minor = sums.refunds_minor.saturating_sub(minor);
            }
        }
    }

    /// These and those together.
    #[must_use]
    pub fn and(mut self, others: &Self) -> Self {
        for (currency, others) in &others.0 {
            self.0.entry(*currency).or_default().take_in(others);
        }
        self
    }
}

impl CurrencyTotals {
    fn take_in(&mut self, others: &Self) {
        for (sum, other) in [
            (&mut self.payments, others.payments),
            (&mut self.paid_minor, others.paid_minor),
            (&mut self.tips_minor, others.tips_minor),
            (&mut self.late, others.late),
            (&mut self.late_minor, others.late_minor),
            (&mut self.twice, others.twice),
            (&mut self.twice_minor, others.twice_minor),
            (&mut self.refunds, others.refunds),
            (&mut self.refunds_minor, others.refunds_minor),
        ] {
            *sum = sum.saturating_add(other);
        }
        for (name, other) in &others.coins {
            let coin = self.coins.entry(name.clone()).or_default();
            coin.payments = coin.payments.saturating_add(other.payments);
            coin.paid_minor = coin.paid_minor.saturating_add(other.paid_minor);
        }
        for (rate, other) in &others.taxes {
            let tax = self.taxes.entry(*rate).or_default();
            tax.gross_minor = tax.gross_minor.saturating_add(other.gross_minor);
            tax.tax_minor = tax.tax_minor.saturating_add(other.tax_minor);
        }
    }

    /// What an average payment was, minor units, rounded half up; none without a payment.
    pub fn average_minor(&self) -> Option<i64> {
        (self.payments > 0).then(|| {
            let twice = self
                .paid_minor
                .saturating_mul(2)
                .saturating_add(self.payments);
            twice / self.payments.saturating_mul(2)
        })
    }

    /// What stayed: paid, less what went back.
    pub fn net_minor(&self) -> i64 {
        self.paid_minor.saturating_sub(self.refunds_minor)
    }
}

fn count(payments: &mut i64, sum_minor: &mut i64, minor: i64) {
    *payments = payments.saturating_add(1);
    *sum_minor = sum_minor.saturating_add(minor);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::UnixMs;
    use crate::ids::{AttemptNumber, SaleNumber};
    use crate::money::Money;

    fn paid(minor: i64, rate: BasisPoints) -> LedgerLine {
        LedgerLine {
            seq: 1,
            at: UnixMs(0),
            sale: SaleNumber(1),
            amount: Money::from_minor(minor, Currency::Eur),
            test: false,
            moved: LedgerKind::Paid {
                attempt: AttemptNumber(1),
                coin: "TON".to_owned(),
                late: false,
                duplicate: false,
                tip_minor: 0,
                gross_by_rate: [(rate, minor)].into(),
            },
        }
    }

    #[test]
    fn taxes_are_rounded_sale_by_sale_as_on_the_receipts() {
        let rate = BasisPoints(1900);
        // A third of a cent each, rounded to nothing; of all together it would be one.
        let movements = [paid(2, rate), paid(2, rate), paid(2, rate)];
        let totals = DayTotals::of(&movements);
        let taxes = totals.0[&Currency::Eur].taxes[&rate];
        assert_eq!(rate.contained_in(6), 1);
        assert_eq!((taxes.gross_minor, taxes.tax_minor), (6, 0));
    }

    #[test]
    fn sums_of_days_are_the_sums_of_all_their_movements() {
        let (rate, other) = (BasisPoints(1900), BasisPoints(700));
        let (one, two) = ([paid(1234, rate), paid(5, other)], [paid(999, rate)]);
        let together = DayTotals::of(&one).and(&DayTotals::of(&two));
        assert_eq!(together, DayTotals::of(one.iter().chain(&two)));
    }

    #[test]
    fn an_average_is_rounded_half_up() {
        let of = |payments, paid_minor| {
            let sums = CurrencyTotals {
                payments,
                paid_minor,
                ..CurrencyTotals::default()
            };
            sums.average_minor()
        };
        assert_eq!((of(0, 0), of(2, 3), of(3, 4)), (None, Some(2), Some(1)));
    }
}
