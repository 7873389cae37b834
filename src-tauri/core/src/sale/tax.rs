//! The tax within a sale, by rate. Prices include tax. Receipts and day reports both use this one rule.

use std::collections::BTreeMap;

use super::basket::Line;
use super::fold::Sale;
use crate::money::BasisPoints;

/// Something that was sold at one rate, or went back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taxed {
    /// Its price, tax included, minor units.
    pub gross_minor: i64,
    /// The tax contained in it, minor units.
    pub tax_minor: i64,
}

impl Taxed {
    /// The same, taken back.
    pub(super) fn negated(self) -> Self {
        Self {
            gross_minor: self.gross_minor.saturating_neg(),
            tax_minor: self.tax_minor.saturating_neg(),
        }
    }
}

impl Sale {
    /// What was sold at each rate, tax included, minor units. What has no rate is left out, and so is the tip,
    /// which is given and not sold. A discount reduces all lines in proportion.
    pub fn gross_by_rate(&self) -> BTreeMap<BasisPoints, i64> {
        let by_rate = self.sold_by_rate().into_iter();
        by_rate
            .filter_map(|(rate, gross)| Some((rate?, gross)))
            .collect()
    }

    /// The same with what was sold without a rate. Their sum is the sale's amount less the tip.
    pub(super) fn sold_by_rate(&self) -> BTreeMap<Option<BasisPoints>, i64> {
        let mut by_rate: BTreeMap<Option<BasisPoints>, i64> = BTreeMap::new();
        for (sort, sold) in self.sold_by_sort() {
            let gross = by_rate.entry(sort.rate).or_default();
            *gross = gross.saturating_add(sold);
        }
        by_rate
    }

    /// The same, deposits apart: the discount reduces all other lines in proportion.
    pub(super) fn sold_by_sort(&self) -> BTreeMap<Sort, i64> {
        let breakdown = &self.breakdown;
        let mut sold: BTreeMap<Sort, i64> = BTreeMap::new();
        for line in &breakdown.lines {
            let sum = line.sum_minor().unwrap_or(i64::MAX);
            let gross = sold.entry(Sort::of(line)).or_default();
            *gross = gross.saturating_add(sum);
        }
        let goods = sold.iter().filter(|(sort, _)| !sort.deposit);
        let goods = goods.map(|(sort, gross)| (*sort, *gross)).collect();
        for (sort, discount) in split(&goods, breakdown.discount_minor) {
            let gross = sold.entry(sort).or_default();
            *gross = gross.saturating_sub(discount);
        }
        let listed = sold
            .values()
            .fold(0_i64, |sum, gross| sum.saturating_add(*gross));
        let charged = self.amount.minor().saturating_sub(breakdown.tip_minor);
        let typed = charged.saturating_sub(listed);
        if typed > 0 {
            let typed_at = Sort {
                deposit: false,
                rate: breakdown.tax,
            };
            let gross = sold.entry(typed_at).or_default();
            *gross = gross.saturating_add(typed);
        }
        sold.retain(|_, gross| *gross > 0);
        sold
    }
}

/// Lines that cost their share of the discount alike: those of one rate that are deposits, or are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sort {
    deposit: bool,
    pub(super) rate: Option<BasisPoints>,
}

impl Sort {
    pub(super) fn of(line: &Line) -> Self {
        Self {
            deposit: line.deposit,
            rate: line.tax,
        }
    }
}

/// The shares of an amount that fall to sums in proportion to them, minor units. What is left after rounding down
/// goes to the largest remainders first. No share is more than its sum; an amount that is more than all sums is cut.
pub(crate) fn split<K: Copy + Ord>(sums: &BTreeMap<K, i64>, amount_minor: i64) -> BTreeMap<K, i64> {
    let total: i128 = sums.values().map(|sum| i128::from(*sum)).sum();
    let amount = i128::from(amount_minor.max(0)).min(total);
    if total == 0 || amount == 0 {
        return BTreeMap::new();
    }
    let mut left = amount;
    let mut shares = BTreeMap::new();
    let mut remainders = Vec::new();
    for (key, sum) in sums {
        let share = i128::from(*sum) * amount;
        left -= share / total;
        // A share is no more than the sum that it is a part of.
        shares.insert(*key, i64::try_from(share / total).unwrap_or(*sum));
        remainders.push((share % total, *key));
    }
    remainders.sort_by_key(|(remainder, key)| (-remainder, *key));
    for (_, key) in remainders {
        if left == 0 {
            break;
        }
        let sum = sums.get(&key).copied().unwrap_or_default();
        if let Some(share) = shares.get_mut(&key).filter(|share| **share < sum) {
            *share += 1;
            left -= 1;
        }
    }
    shares
}
