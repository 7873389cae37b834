//! Which parts of a sale a refund takes back, and the tax in them.
//!
//! The money of a sale has parts: what was sold at each rate of tax, what was sold without a rate, the tip, and what
//! was received beyond the sale's amount because it was paid more than once. Goods that come back take from the rate
//! of their line, at the price that was paid for them. An amount goes first against what was paid twice, which
//! nothing was sold for, and then against all other parts in proportion, with the largest remainders. The till
//! decides that once, when the refund is entered, and the entry keeps it.
//!
//! The tax that is left in a sale at a rate is the tax contained in the gross that is left at it. So the tax of a
//! refund is the tax before it less the tax after it, and nothing is left over by rounding, whatever the order.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::basket::is_zero;
use super::fold::Sale;
use super::tax::{Sort, Taxed, split};
use crate::money::BasisPoints;

/// Goods that come back: a line of the sale, or some of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct ReturnedLine {
    /// The line's place in the sale, from 1.
    pub line: u32,
    /// How many of it come back.
    pub quantity: u32,
}

/// The parts that a refund takes back; their sum is its amount. Part of the journal's format (docs/journal.md,
/// *Entries*, row `sale_refunded`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundParts {
    /// Of what was sold at each rate, tax included, minor units.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gross_by_rate: BTreeMap<BasisPoints, i64>,
    /// Of what was sold without a rate, minor units.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub untaxed_minor: i64,
    /// Of the tip, minor units.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tip_minor: i64,
    /// Of what was received beyond the sale's amount, minor units.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub twice_minor: i64,
}

/// A part of what was sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Tip,
    Untaxed,
    Rate(BasisPoints),
}

impl RefundParts {
    /// Their sum, minor units; `None` when one is negative or the sum does not fit into an `i64`.
    pub(super) fn sum(&self) -> Option<i64> {
        let parts = self.gross_by_rate.values();
        let others = [self.untaxed_minor, self.tip_minor, self.twice_minor];
        parts.chain(&others).try_fold(0_i64, |sum, part| {
            sum.checked_add(*part).filter(|_| *part >= 0)
        })
    }

    /// What of them was sold: by rate, and without one.
    pub(super) fn sold(&self) -> impl Iterator<Item = (Option<BasisPoints>, i64)> {
        let rates = self.gross_by_rate.iter();
        let rates = rates.map(|(rate, gross)| (Some(*rate), *gross));
        rates.chain([(None, self.untaxed_minor)])
    }

    /// What is left of these parts when others are taken; `None` when they are more.
    pub(super) fn less(&self, taken: &Self) -> Option<Self> {
        let minus = |part: i64, taken: i64| part.checked_sub(taken).filter(|left| *left >= 0);
        let mut left = Self {
            gross_by_rate: self.gross_by_rate.clone(),
            untaxed_minor: minus(self.untaxed_minor, taken.untaxed_minor)?,
            tip_minor: minus(self.tip_minor, taken.tip_minor)?,
            twice_minor: minus(self.twice_minor, taken.twice_minor)?,
        };
        for (rate, taken) in &taken.gross_by_rate {
            let gross = left.gross_by_rate.get_mut(rate)?;
            *gross = minus(*gross, *taken)?;
        }
        Some(left)
    }

    /// Both together.
    pub(super) fn plus(&self, more: &Self) -> Self {
        let mut sum = Self {
            gross_by_rate: self.gross_by_rate.clone(),
            untaxed_minor: self.untaxed_minor.saturating_add(more.untaxed_minor),
            tip_minor: self.tip_minor.saturating_add(more.tip_minor),
            twice_minor: self.twice_minor.saturating_add(more.twice_minor),
        };
        for (rate, more) in &more.gross_by_rate {
            let gross = sum.gross_by_rate.entry(*rate).or_default();
            *gross = gross.saturating_add(*more);
        }
        sum
    }

    /// Whether a refund of this amount may take these parts when so much is left.
    pub(super) fn are_of(&self, amount_minor: i64, left: &Self) -> bool {
        self.sum() == Some(amount_minor) && left.less(self).is_some()
    }

    /// The parts that an amount takes of what is left.
    pub(super) fn share(&self, amount_minor: i64) -> Self {
        let twice_minor = amount_minor.min(self.twice_minor);
        let mut sold = BTreeMap::from([
            (Part::Tip, self.tip_minor),
            (Part::Untaxed, self.untaxed_minor),
        ]);
        let rates = self.gross_by_rate.iter();
        sold.extend(rates.map(|(rate, gross)| (Part::Rate(*rate), *gross)));
        let mut shares = Self {
            twice_minor,
            ..Self::default()
        };
        for (part, minor) in split(&sold, amount_minor.saturating_sub(twice_minor)) {
            match part {
                Part::Tip => shares.tip_minor = minor,
                Part::Untaxed => shares.untaxed_minor = minor,
                Part::Rate(rate) if minor > 0 => drop(shares.gross_by_rate.insert(rate, minor)),
                Part::Rate(_) => {}
            }
        }
        shares
    }

    fn gross(&self, rate: BasisPoints) -> i64 {
        self.gross_by_rate.get(&rate).copied().unwrap_or_default()
    }

    /// What is less in `after`, by rate, and the tax in it.
    pub(super) fn taxed_less(&self, after: &Self) -> BTreeMap<BasisPoints, Taxed> {
        let of_rate = |(rate, before): (&BasisPoints, &i64)| {
            let after = after.gross(*rate);
            let taxed = Taxed {
                gross_minor: before.saturating_sub(after),
                tax_minor: rate
                    .contained_in(*before)
                    .saturating_sub(rate.contained_in(after)),
            };
            (taxed.gross_minor != 0).then_some((*rate, taxed))
        };
        self.gross_by_rate.iter().filter_map(of_rate).collect()
    }
}

impl Sale {
    /// The parts of the whole sale.
    pub(super) fn sold(&self) -> RefundParts {
        let mut sold = RefundParts {
            tip_minor: self.breakdown.tip_minor,
            ..RefundParts::default()
        };
        for (rate, gross) in self.sold_by_rate() {
            match rate {
                Some(rate) => drop(sold.gross_by_rate.insert(rate, gross)),
                None => sold.untaxed_minor = gross,
            }
        }
        sold
    }

    /// What is left of these parts when the refunds are taken off.
    fn less_refunds(&self, mut left: RefundParts) -> RefundParts {
        for refund in self.standing_refunds() {
            let sold = RefundParts {
                twice_minor: 0,
                ..refund.parts.clone()
            };
            // The fold lets no refund take more than is left.
            left = left.less(&sold).unwrap_or_default();
        }
        left
    }

    /// What was counted and has not gone back.
    pub(super) fn counted_left(&self) -> RefundParts {
        self.less_refunds(self.counted_parts())
    }

    /// What may go back, part by part.
    pub(super) fn parts_left(&self) -> RefundParts {
        let sold = self.counted_left();
        let sold_minor = sold.sum().unwrap_or_default();
        RefundParts {
            twice_minor: self.refundable().minor().saturating_sub(sold_minor).max(0),
            ..sold
        }
    }

    /// The parts that a refund of an amount takes.
    pub fn parts_of_amount(&self, amount_minor: i64) -> RefundParts {
        self.parts_left().share(amount_minor)
    }

    /// The parts that go back with goods, and their sum; `None` when the sale has no such goods any more. They cost
    /// what was paid for them, so with their share of a discount; what went back as an amount before is not paid out
    /// again.
    pub fn parts_of_lines(&self, lines: &[ReturnedLine]) -> Option<(RefundParts, i64)> {
        let before = self.quantities_left();
        let mut after = before.clone();
        for returned in lines {
            let place = usize::try_from(returned.line).ok()?.checked_sub(1)?;
            let quantity = after.get_mut(place)?;
            *quantity = quantity
                .checked_sub(returned.quantity)
                .filter(|_| returned.quantity > 0)?;
        }
        let all: Vec<_> = self.breakdown.lines.iter().map(|it| it.quantity).collect();
        let (all, before, after) = (self.listed(&all), self.listed(&before), self.listed(&after));
        let left = self.parts_left();
        let mut by_rate: BTreeMap<_, i64> = BTreeMap::new();
        for (sort, sold) in self.sold_by_sort() {
            let of = |listed: &BTreeMap<_, i64>| listed.get(&sort).copied().unwrap_or_default();
            let price = |listed: i64| proportion(sold, listed, of(&all));
            let minor = price(of(&before)).saturating_sub(price(of(&after)));
            let gross = by_rate.entry(sort.rate).or_default();
            *gross = gross.saturating_add(minor);
        }
        let mut parts = RefundParts::default();
        for (rate, minor) in by_rate {
            match rate {
                None => parts.untaxed_minor = minor.min(left.untaxed_minor),
                Some(rate) => {
                    let minor = minor.min(left.gross(rate));
                    if minor > 0 {
                        parts.gross_by_rate.insert(rate, minor);
                    }
                }
            }
        }
        let sum = parts.sum()?;
        Some((parts, sum))
    }

    /// Of each line, how many have not come back.
    pub fn quantities_left(&self) -> Vec<u32> {
        let mut left: Vec<_> = self.breakdown.lines.iter().map(|it| it.quantity).collect();
        for returned in self.standing_refunds().flat_map(|refund| &refund.lines) {
            let place = usize::try_from(returned.line).ok();
            let quantity = place.and_then(|place| left.get_mut(place.checked_sub(1)?));
            if let Some(quantity) = quantity {
                *quantity = quantity.saturating_sub(returned.quantity);
            }
        }
        left
    }

    /// What so many of each line cost before the discount, minor units.
    fn listed(&self, quantities: &[u32]) -> BTreeMap<Sort, i64> {
        let mut listed = BTreeMap::new();
        for (line, quantity) in self.breakdown.lines.iter().zip(quantities) {
            let sum: &mut i64 = listed.entry(Sort::of(line)).or_default();
            *sum = sum.saturating_add(line.unit_minor.saturating_mul(i64::from(*quantity)));
        }
        listed
    }

    /// What a refund of these parts would take back at each rate, and the tax in it.
    pub fn taxes_of(&self, parts: &RefundParts) -> BTreeMap<BasisPoints, Taxed> {
        let left = self.counted_left();
        let sold = RefundParts {
            twice_minor: 0,
            ..parts.clone()
        };
        let after = left.less(&sold);
        after.map_or_else(BTreeMap::new, |after| left.taxed_less(&after))
    }

    /// The tax in what was sold and has not gone back, by rate; paid for or not.
    pub fn taxes_left(&self) -> BTreeMap<BasisPoints, Taxed> {
        self.less_refunds(self.sold())
            .taxed_less(&RefundParts::default())
    }
}

/// `part / whole` of an amount, rounded half up, all minor units and none negative; 0 of nothing.
fn proportion(amount_minor: i64, part: i64, whole: i64) -> i64 {
    if whole == 0 {
        return 0;
    }
    let (amount, part, whole) = (
        i128::from(amount_minor),
        i128::from(part),
        i128::from(whole),
    );
    i64::try_from((amount * part * 2 + whole) / (whole * 2)).unwrap_or(i64::MAX)
}
