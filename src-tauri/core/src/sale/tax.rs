//! The tax within a sale, by rate. Prices include tax. Receipts and day reports both use this one rule.

use std::collections::BTreeMap;

use super::fold::Sale;
use crate::money::BasisPoints;

impl Sale {
    /// What was sold at each rate, tax included, minor units. What has no rate is left out, and so is the tip,
    /// which is given and not sold. A discount reduces all lines in proportion.
    pub fn gross_by_rate(&self) -> BTreeMap<BasisPoints, i64> {
        let breakdown = &self.breakdown;
        let mut by_rate: BTreeMap<Option<BasisPoints>, i64> = BTreeMap::new();
        for line in &breakdown.lines {
            let sum = line.sum_minor().unwrap_or(i64::MAX);
            let gross = by_rate.entry(line.tax).or_default();
            *gross = gross.saturating_add(sum);
        }
        deduct(&mut by_rate, breakdown.discount_minor);
        let listed = by_rate
            .values()
            .fold(0_i64, |sum, gross| sum.saturating_add(*gross));
        let sold = self.amount.minor().saturating_sub(breakdown.tip_minor);
        let typed = sold.saturating_sub(listed);
        if typed > 0 {
            let gross = by_rate.entry(breakdown.tax).or_default();
            *gross = gross.saturating_add(typed);
        }
        by_rate
            .into_iter()
            .filter_map(|(rate, gross)| Some((rate?, gross)).filter(|(_, gross)| *gross > 0))
            .collect()
    }
}

/// Deducts a discount from sums in proportion to them. The minor units that are left after rounding down go to
/// the largest remainders first.
fn deduct(sums: &mut BTreeMap<Option<BasisPoints>, i64>, discount_minor: i64) {
    let total: i128 = sums.values().map(|sum| i128::from(*sum)).sum();
    let discount = i128::from(discount_minor.max(0)).min(total);
    if total == 0 || discount == 0 {
        return;
    }
    let mut left = discount;
    let mut remainders = Vec::new();
    for (rate, sum) in sums.iter_mut() {
        let share = i128::from(*sum) * discount;
        left -= share / total;
        // A share is no more than the sum that it is deducted from.
        *sum -= i64::try_from(share / total).unwrap_or(*sum);
        remainders.push((share % total, *rate));
    }
    remainders.sort_by_key(|(remainder, rate)| (-remainder, *rate));
    for (_, rate) in remainders {
        if left == 0 {
            return;
        }
        if let Some(sum) = sums.get_mut(&rate).filter(|sum| **sum > 0) {
            *sum -= 1;
            left -= 1;
        }
    }
}
