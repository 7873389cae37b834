//! The sums of ledger lines by currency. They are part of the journal's format: a close keeps its totals, and
//! `verify` adds up the same lines again and compares.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::basket::is_zero;
use super::ledger_line::{Brought, LedgerKind, LedgerLine, RefundLine};
use crate::money::{BasisPoints, Currency};

/// Sums by currency, test money left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DayTotals(pub BTreeMap<Currency, CurrencyTotals>);

/// The sums of one currency, in minor units.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurrencyTotals {
    /// How many payments were received, late and duplicate ones included.
    pub payments: i64,
    /// Their sum.
    pub paid_minor: i64,
    /// The tips within that sum.
    pub tips_minor: i64,
    /// How many payments came after the invoice's end, or after the cashier had stopped waiting.
    pub late: i64,
    /// Their sum.
    pub late_minor: i64,
    /// How many payments were more than what was left of their sales.
    #[serde(rename = "twice")]
    pub duplicate: i64,
    /// The sum of what was too much.
    #[serde(rename = "twice_minor")]
    pub duplicate_minor: i64,
    /// How many refunds were made, less the voided ones.
    pub refunds: i64,
    /// Their sum.
    pub refunds_minor: i64,
    /// By coin, as [`super::Report::coin`] names it.
    pub coins: BTreeMap<String, CoinTotals>,
    /// By the rate of the tax contained; what was sold without a rate is left out.
    pub taxes: BTreeMap<BasisPoints, TaxTotals>,
    /// The tips within the refunds.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub refunded_tips_minor: i64,
    /// The refunds by the word of [`super::RefundWay`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub refund_ways: BTreeMap<String, RefundWayTotals>,
    /// By tender: `crypto`, `cash`, `card`, `own:<id>`. Those that were taken back are left out, here and in all sums.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tenders: BTreeMap<String, TenderTotals>,
    /// By category of the goods, `""` for those without one; tips are in none. A close keeps them only when a category
    /// has a name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub categories: BTreeMap<String, CategoryTotals>,
    /// What cash was more than what it settled, because it is rounded. It is in no other sum.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rounding_minor: i64,
    /// How many tenders were taken back.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub taken_back: i64,
    /// Their sum.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub taken_back_minor: i64,
}

/// The word of crypto among the tenders.
pub const CRYPTO: &str = "crypto";

/// What was paid by one tender.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderTotals {
    /// How many payments.
    pub payments: i64,
    /// What they settled, minor units.
    pub paid_minor: i64,
    /// The tips within that, minor units.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tips_minor: i64,
    /// How many refunds went back by it, less the voided ones; crypto goes back by hand.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub refunds: i64,
    /// Their sum, minor units.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub refunds_minor: i64,
}

/// What was sold of one category.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryTotals {
    /// What was paid for it, tax included, minor units.
    pub sold_minor: i64,
    /// What refunds took back of that, minor units.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub refunded_minor: i64,
}

impl CategoryTotals {
    /// What was sold less what went back, minor units.
    pub fn net_minor(&self) -> i64 {
        self.sold_minor.saturating_sub(self.refunded_minor)
    }
}

/// What was paid in one coin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoinTotals {
    /// How many payments.
    pub payments: i64,
    /// Their sum in the currency of the sales, minor units.
    pub paid_minor: i64,
}

/// What went back in one way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundWayTotals {
    /// How many refunds, less the voided ones.
    pub refunds: i64,
    /// Their sum, minor units.
    pub refunds_minor: i64,
}

/// What was sold at one rate of tax, and what of it went back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxTotals {
    /// The sum with tax, minor units.
    pub gross_minor: i64,
    /// The tax contained, minor units.
    pub tax_minor: i64,
    /// What refunds took back of the sum, minor units.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub refunded_gross_minor: i64,
    /// What refunds took back of the tax, minor units.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub refunded_tax_minor: i64,
}

impl TaxTotals {
    /// What was sold less what went back, tax included, minor units.
    pub fn net_gross_minor(&self) -> i64 {
        self.gross_minor.saturating_sub(self.refunded_gross_minor)
    }

    /// The tax that remains, minor units.
    pub fn net_tax_minor(&self) -> i64 {
        self.tax_minor.saturating_sub(self.refunded_tax_minor)
    }
}

impl DayTotals {
    /// The sums of these lines.
    pub fn of<'l>(lines: impl IntoIterator<Item = &'l LedgerLine>) -> Self {
        let mut totals = Self::default();
        for line in lines {
            totals.add(line);
        }
        totals
    }

    /// Adds one line. Test money is ignored.
    pub fn add(&mut self, line: &LedgerLine) {
        if line.test {
            return;
        }
        let minor = line.amount.minor();
        let sums = self.0.entry(line.amount.currency()).or_default();
        add_to(&mut sums.rounding_minor, line.rounding_minor());
        match &line.kind {
            LedgerKind::Paid {
                coin, late, brings, ..
            } => {
                sums.paid(1, CRYPTO, minor, brings);
                if *late {
                    count(&mut sums.late, &mut sums.late_minor, minor);
                }
                if brings.beyond_minor > 0 {
                    let beyond = brings.beyond_minor;
                    count(&mut sums.duplicate, &mut sums.duplicate_minor, beyond);
                }
                let coin = sums.coins.entry(coin.clone()).or_default();
                count(&mut coin.payments, &mut coin.paid_minor, minor);
            }
            LedgerKind::Tendered(line) => sums.paid(1, &line.sum_name(), minor, &line.brings),
            LedgerKind::TenderTakenBack(line) => {
                sums.paid(-1, &line.sum_name(), minor, &line.brings);
                count(&mut sums.taken_back, &mut sums.taken_back_minor, minor);
            }
            LedgerKind::Refunded(line) => sums.refund(1, minor, line),
            LedgerKind::RefundTakenBack(line) => sums.refund(-1, minor, line),
        }
    }

    /// The sums of both.
    #[must_use]
    pub fn plus(mut self, others: &Self) -> Self {
        for (currency, others) in &others.0 {
            self.0.entry(*currency).or_default().add_all(others);
        }
        self
    }

    /// The same as a close of this rule has them ([`super::DayClose::sums_rule`]).
    #[must_use]
    pub fn by_rule(self, rule: u32) -> Self {
        match rule {
            1 => self.without_categories().by_second_rule().by_first_rule(),
            2 => self.without_categories().by_second_rule(),
            3 => self.without_categories(),
            _ => self.with_named_categories(),
        }
    }

    /// Whether anything of a category was sold or came back.
    pub fn has_categories(&self) -> bool {
        self.0.values().any(CurrencyTotals::has_categories)
    }

    /// Without sums by category, as all grand totals are.
    #[must_use]
    pub fn without_categories(mut self) -> Self {
        self.0.values_mut().for_each(|sums| sums.categories.clear());
        self
    }

    /// With sums by category only where one has a name.
    #[must_use]
    pub fn with_named_categories(mut self) -> Self {
        for sums in self.0.values_mut().filter(|sums| !sums.has_categories()) {
            sums.categories.clear();
        }
        self
    }

    /// Before there were tenders.
    fn by_second_rule(mut self) -> Self {
        for sums in self.0.values_mut() {
            sums.tenders.clear();
            sums.rounding_minor = 0;
            (sums.taken_back, sums.taken_back_minor) = (0, 0);
        }
        self
    }

    fn by_first_rule(mut self) -> Self {
        for sums in self.0.values_mut() {
            sums.refunded_tips_minor = 0;
            sums.refund_ways.clear();
            // A rate that nothing was sold at has a row of its own only because of what went back.
            sums.taxes.retain(|_, tax| tax.gross_minor != 0);
            for tax in sums.taxes.values_mut() {
                (tax.refunded_gross_minor, tax.refunded_tax_minor) = (0, 0);
            }
        }
        self
    }
}

impl CurrencyTotals {
    /// Adds money that came in, or with `sign` -1 takes a tender out again.
    fn paid(&mut self, sign: i64, tender: &str, minor: i64, brings: &Brought) {
        let tender = self.tenders.entry(tender.to_owned()).or_default();
        for (sum, more) in [
            (&mut self.payments, 1),
            (&mut self.paid_minor, minor),
            (&mut self.tips_minor, brings.tip_minor),
            (&mut tender.payments, 1),
            (&mut tender.paid_minor, minor),
            (&mut tender.tips_minor, brings.tip_minor),
        ] {
            add_to(sum, sign.saturating_mul(more));
        }
        for (category, sold) in &brings.categories {
            let category = self.categories.entry(category.clone()).or_default();
            add_to(&mut category.sold_minor, sign.saturating_mul(*sold));
        }
        for (rate, taxed) in &brings.taxes {
            let tax = self.taxes.entry(*rate).or_default();
            // Rounded for each sale, as on its receipt.
            let (gross, contained) = (taxed.gross_minor, taxed.tax_minor);
            add_to(&mut tax.gross_minor, sign.saturating_mul(gross));
            add_to(&mut tax.tax_minor, sign.saturating_mul(contained));
        }
    }

    /// Adds a refund, or with `sign` -1 takes a voided one out again.
    fn refund(&mut self, sign: i64, minor: i64, line: &RefundLine) {
        let tender = self.tenders.entry(line.tender_name()).or_default();
        let way = self.refund_ways.entry(line.sum_name()).or_default();
        for (sum, more) in [
            (&mut self.refunds, 1),
            (&mut self.refunds_minor, minor),
            (&mut way.refunds, 1),
            (&mut way.refunds_minor, minor),
            (&mut tender.refunds, 1),
            (&mut tender.refunds_minor, minor),
            (&mut self.refunded_tips_minor, line.takes.tip_minor),
        ] {
            add_to(sum, sign.saturating_mul(more));
        }
        for (category, sold) in &line.takes.categories {
            let category = self.categories.entry(category.clone()).or_default();
            add_to(&mut category.refunded_minor, sign.saturating_mul(*sold));
        }
        for (rate, taxed) in &line.takes.taxes {
            let tax = self.taxes.entry(*rate).or_default();
            let (gross, contained) = (taxed.gross_minor, taxed.tax_minor);
            add_to(&mut tax.refunded_gross_minor, sign.saturating_mul(gross));
            add_to(&mut tax.refunded_tax_minor, sign.saturating_mul(contained));
        }
    }

    fn add_all(&mut self, others: &Self) {
        for (sum, other) in [
            (&mut self.payments, others.payments),
            (&mut self.paid_minor, others.paid_minor),
            (&mut self.tips_minor, others.tips_minor),
            (&mut self.late, others.late),
            (&mut self.late_minor, others.late_minor),
            (&mut self.duplicate, others.duplicate),
            (&mut self.duplicate_minor, others.duplicate_minor),
            (&mut self.refunds, others.refunds),
            (&mut self.refunds_minor, others.refunds_minor),
            (&mut self.refunded_tips_minor, others.refunded_tips_minor),
            (&mut self.rounding_minor, others.rounding_minor),
            (&mut self.taken_back, others.taken_back),
            (&mut self.taken_back_minor, others.taken_back_minor),
        ] {
            add_to(sum, other);
        }
        for (word, other) in &others.tenders {
            let tender = self.tenders.entry(word.clone()).or_default();
            add_to(&mut tender.payments, other.payments);
            add_to(&mut tender.paid_minor, other.paid_minor);
            add_to(&mut tender.tips_minor, other.tips_minor);
            add_to(&mut tender.refunds, other.refunds);
            add_to(&mut tender.refunds_minor, other.refunds_minor);
        }
        for (name, other) in &others.categories {
            let category = self.categories.entry(name.clone()).or_default();
            add_to(&mut category.sold_minor, other.sold_minor);
            add_to(&mut category.refunded_minor, other.refunded_minor);
        }
        for (name, other) in &others.coins {
            let coin = self.coins.entry(name.clone()).or_default();
            add_to(&mut coin.payments, other.payments);
            add_to(&mut coin.paid_minor, other.paid_minor);
        }
        for (rate, other) in &others.taxes {
            let tax = self.taxes.entry(*rate).or_default();
            add_to(&mut tax.gross_minor, other.gross_minor);
            add_to(&mut tax.tax_minor, other.tax_minor);
            add_to(&mut tax.refunded_gross_minor, other.refunded_gross_minor);
            add_to(&mut tax.refunded_tax_minor, other.refunded_tax_minor);
        }
        for (name, other) in &others.refund_ways {
            let way = self.refund_ways.entry(name.clone()).or_default();
            add_to(&mut way.refunds, other.refunds);
            add_to(&mut way.refunds_minor, other.refunds_minor);
        }
    }

    /// The sums by category, as they are told: none where no category has a name.
    pub fn told_categories(&self) -> impl Iterator<Item = (&str, CategoryTotals)> {
        let told = self.categories.iter().filter(|_| self.has_categories());
        told.map(|(name, sums)| (name.as_str(), *sums))
    }

    /// Whether anything of a category was sold or came back.
    pub fn has_categories(&self) -> bool {
        let mut names = self.categories.keys();
        names.any(|name| !name.is_empty())
    }

    /// Whether anything but crypto was paid or went back by another tender than crypto's own ways.
    pub fn took_tenders(&self) -> bool {
        let mut tenders = self.tenders.iter();
        tenders.any(|(word, sums)| word != CRYPTO && (sums.payments != 0 || sums.paid_minor != 0))
    }

    /// The average payment, minor units, rounded half up; `None` without a payment.
    pub fn average_minor(&self) -> Option<i64> {
        (self.payments > 0).then(|| {
            let doubled = self
                .paid_minor
                .saturating_mul(2)
                .saturating_add(self.payments);
            doubled / self.payments.saturating_mul(2)
        })
    }

    /// What was paid, less what went back.
    pub fn net_minor(&self) -> i64 {
        self.paid_minor.saturating_sub(self.refunds_minor)
    }
}

/// Counts one more, and adds its amount to the sum.
fn count(count: &mut i64, sum_minor: &mut i64, minor: i64) {
    add_to(count, 1);
    add_to(sum_minor, minor);
}

/// A sum that would overflow stays at the largest number.
fn add_to(sum: &mut i64, more: i64) {
    *sum = sum.saturating_add(more);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::UnixMs;
    use crate::ids::{AttemptNumber, SaleNumber};
    use crate::money::Money;
    use crate::sale::Taxed;

    fn paid(minor: i64, rate: BasisPoints) -> LedgerLine {
        let taxed = Taxed {
            gross_minor: minor,
            tax_minor: rate.contained_in(minor),
        };
        LedgerLine {
            seq: 1,
            at: UnixMs(0),
            sale: SaleNumber(1),
            amount: Money::from_minor(minor, Currency::Eur),
            test: false,
            kind: LedgerKind::Paid {
                attempt: AttemptNumber(1),
                coin: "TON".to_owned(),
                late: false,
                duplicate: false,
                brings: Brought {
                    taxes: [(rate, taxed)].into(),
                    ..Brought::default()
                },
            },
        }
    }

    #[test]
    fn taxes_are_rounded_sale_by_sale_as_on_the_receipts() {
        let rate = BasisPoints(1900);
        // A third of a cent each, rounded to 0; of the sum it would be one cent.
        let lines = [paid(2, rate), paid(2, rate), paid(2, rate)];
        let totals = DayTotals::of(&lines);
        let taxes = totals.0[&Currency::Eur].taxes[&rate];
        assert_eq!(rate.contained_in(6), 1);
        assert_eq!((taxes.gross_minor, taxes.tax_minor), (6, 0));
    }

    #[test]
    fn sums_of_days_are_the_sums_of_all_their_lines() {
        let (rate, other) = (BasisPoints(1900), BasisPoints(700));
        let (one, two) = ([paid(1234, rate), paid(5, other)], [paid(999, rate)]);
        let together = DayTotals::of(&one).plus(&DayTotals::of(&two));
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
