//! What was sold of each category of goods. A line of a sale keeps its item's category; what has none, and what was typed
//! on the pad, is under `""`.
//!
//! Money has categories as it has taxes: a payment pays for what is not paid for yet in proportion, goods that come back
//! take from their own category, an amount that goes back from all that are left at its rate. What is counted is kept by
//! rate and category ([`Goods`]), so that its sums by rate are those of the taxes, and whatever is taken back later takes
//! with it what it brought: nothing is left over by rounding.

use std::collections::BTreeMap;

use super::fold::Sale;
use super::refund_parts::{RefundParts, ReturnedLine};
use super::tax::{Sort, split};
use crate::money::BasisPoints;

/// Sums by category, minor units; `""` stands for none.
pub type ByCategory = BTreeMap<String, i64>;

/// What was sold by rate and category, minor units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Goods(BTreeMap<(Option<BasisPoints>, String), i64>);

impl Goods {
    /// The sums by category; those of 0 are left out.
    pub(super) fn by_category(&self) -> ByCategory {
        let mut sums = ByCategory::new();
        for ((_, category), minor) in self.0.iter().filter(|(_, minor)| **minor != 0) {
            let sum = sums.entry(category.clone()).or_default();
            *sum = sum.saturating_add(*minor);
        }
        sums
    }

    /// What of these goods the parts pay for: at each rate in proportion.
    pub(super) fn share(&self, parts: &RefundParts) -> Self {
        let mut share = Self::default();
        for (rate, minor) in parts.sold() {
            for (category, minor) in split(&self.at(rate), minor) {
                share.add(rate, category, minor);
            }
        }
        share
    }

    /// Both together.
    pub(super) fn plus(mut self, more: &Self) -> Self {
        for ((rate, category), minor) in &more.0 {
            self.add(*rate, category, *minor);
        }
        self
    }

    /// What is left when others are taken, never below 0.
    pub(super) fn less(mut self, taken: &Self) -> Self {
        for (cell, minor) in &taken.0 {
            if let Some(left) = self.0.get_mut(cell) {
                *left = left.saturating_sub(*minor).max(0);
            }
        }
        self
    }

    /// Whether all of these are among others.
    pub(super) fn are_in(&self, all: &Self) -> bool {
        let there = |cell| all.0.get(cell).copied().unwrap_or_default();
        self.0.iter().all(|(cell, minor)| *minor <= there(cell))
    }

    fn at(&self, rate: Option<BasisPoints>) -> BTreeMap<&str, i64> {
        let cells = self.0.iter().filter(|((other, _), _)| *other == rate);
        cells
            .map(|((_, category), minor)| (category.as_str(), *minor))
            .collect()
    }

    fn add(&mut self, rate: Option<BasisPoints>, category: &str, minor: i64) {
        if minor != 0 {
            let sum = self.0.entry((rate, category.to_owned())).or_default();
            *sum = sum.saturating_add(minor);
        }
    }

    /// These, but no more of each than there is of others, and no more at a rate than the parts take.
    fn within(&self, left: &Self, parts: &RefundParts) -> Self {
        let mut within = Self::default();
        for (rate, minor) in parts.sold() {
            let there = left.at(rate);
            for (category, minor) in split(&self.at(rate), minor) {
                let most = there.get(category).copied().unwrap_or_default();
                within.add(rate, category, minor.min(most));
            }
        }
        within
    }
}

impl Sale {
    /// What each line costs after its share of the discount, minor units, in the order of the lines. The discount is
    /// shared as for the taxes: first among the rates, then among the lines of a rate.
    pub fn line_prices(&self) -> Vec<i64> {
        let lines = &self.breakdown.lines;
        let mut prices = vec![0; lines.len()];
        for (sort, sold) in self.sold_by_sort() {
            let places = lines.iter().enumerate();
            let of_sort = places.filter(|(_, line)| Sort::of(line) == sort);
            let listed = of_sort.map(|(place, line)| (place, line.sum_minor().unwrap_or(i64::MAX)));
            for (place, minor) in split(&listed.collect(), sold) {
                if let Some(price) = prices.get_mut(place) {
                    *price = minor;
                }
            }
        }
        prices
    }

    /// What was sold by rate and category: the whole sale without the tip.
    pub(super) fn sold_goods(&self) -> Goods {
        let mut goods = Goods::default();
        let lines = &self.breakdown.lines;
        for (line, minor) in lines.iter().zip(self.line_prices()) {
            let category = line.category.as_deref().unwrap_or_default();
            goods.add(line.tax, category, minor);
        }
        // What is no line was typed as one amount.
        for (rate, minor) in self.sold_by_rate() {
            let listed = goods
                .at(rate)
                .values()
                .fold(0_i64, |sum, it| sum.saturating_add(*it));
            goods.add(rate, "", minor.saturating_sub(listed));
        }
        goods
    }

    /// What is counted of the sale and has not gone back.
    fn goods_left(&self) -> Goods {
        let refunds = self.standing_refunds();
        refunds.fold(self.counted_goods(), |left, refund| {
            left.less(&refund.goods)
        })
    }

    /// What a refund of these parts takes of the goods: first of those that come back.
    pub(super) fn goods_of_refund(&self, lines: &[ReturnedLine], parts: &RefundParts) -> Goods {
        let left = self.goods_left();
        let returned = self.returned_goods(lines).within(&left, parts);
        let rest = parts.less(&returned.parts()).unwrap_or_default();
        let others = left.less(&returned).share(&rest);
        returned.plus(&others)
    }

    /// What the goods cost that come back.
    fn returned_goods(&self, lines: &[ReturnedLine]) -> Goods {
        let prices = self.line_prices();
        let mut goods = Goods::default();
        for returned in lines {
            let place = usize::try_from(returned.line).ok();
            let Some(place) = place.and_then(|place| place.checked_sub(1)) else {
                continue;
            };
            if let (Some(line), Some(price)) = (self.breakdown.lines.get(place), prices.get(place))
            {
                let all = i64::from(line.quantity).max(1);
                // Rounded up: what of it is too much is cut by the parts of the refund.
                let part = price.saturating_mul(i64::from(returned.quantity));
                let minor = part.saturating_add(all.saturating_sub(1)) / all;
                let category = line.category.as_deref().unwrap_or_default();
                goods.add(line.tax, category, minor);
            }
        }
        goods
    }
}

impl Goods {
    /// Their sums by rate.
    fn parts(&self) -> RefundParts {
        let mut parts = RefundParts::default();
        for ((rate, _), minor) in &self.0 {
            match rate {
                Some(rate) => {
                    let gross = parts.gross_by_rate.entry(*rate).or_default();
                    *gross = gross.saturating_add(*minor);
                }
                None => parts.untaxed_minor = parts.untaxed_minor.saturating_add(*minor),
            }
        }
        parts
    }
}
