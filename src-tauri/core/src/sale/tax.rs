//! The tax within a sale, by rate. Prices include it; the receipt and the day count it by this one rule.

use std::collections::BTreeMap;

use super::fold::Sale;
use crate::money::BasisPoints;

impl Sale {
    /// What was sold at each rate, tax included, minor units. What has no rate is not here, nor is the
    /// tip: it is given, not sold. A discount is taken off every line in proportion.
    pub fn gross_by_rate(&self) -> BTreeMap<BasisPoints, i64> {
        let mut by_rate: BTreeMap<Option<BasisPoints>, i64> = BTreeMap::new();
        for line in &self.lines {
            let sum = line.sum_minor().unwrap_or(i64::MAX);
            let rate = by_rate.entry(line.tax).or_default();
            *rate = rate.saturating_add(sum);
        }
        take_off(&mut by_rate, self.discount_minor);
        let named = by_rate
            .values()
            .fold(0_i64, |so_far, gross| so_far.saturating_add(*gross));
        let sold = self.amount.minor().saturating_sub(self.tip_minor);
        let rest = sold.saturating_sub(named);
        if rest > 0 {
            // Typed on the pad, not picked from items.
            let rate = by_rate.entry(self.tax).or_default();
            *rate = rate.saturating_add(rest);
        }
        by_rate
            .into_iter()
            .filter_map(|(rate, gross)| Some((rate?, gross)).filter(|(_, gross)| *gross > 0))
            .collect()
    }
}

/// Takes a discount off sums in proportion to them; to the minor unit, the largest remainders first.
fn take_off(sums: &mut BTreeMap<Option<BasisPoints>, i64>, discount_minor: i64) {
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
        // A share is no more than the sum it is taken off.
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
