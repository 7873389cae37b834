//! The cash drawer as reports and screens show it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::drawer::Balance;
use crate::money::{Currency, Money};

/// The drawer's cash of one currency since the last close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct DrawerView {
    /// What should have been in it at the beginning, or the first count of all; `None`: it was never counted.
    pub start: Option<Money>,
    /// What was kept of cash tenders.
    pub taken: Money,
    /// What went back to customers.
    pub refunded: Money,
    /// Pay-ins.
    pub paid_in: Money,
    /// Pay-outs.
    pub paid_out: Money,
    /// Bank drops.
    pub dropped: Money,
    /// How often it was counted.
    pub counts: u32,
    /// What the last count found.
    pub counted: Option<Money>,
    /// What was there more than should have been, all counts together.
    pub difference: Money,
    /// What was taken out at the counts, beyond what stayed.
    pub removed: Money,
    /// What should be in it at the end; `None`: never counted, or the shop counts blind and this is not the close.
    pub expected: Option<Money>,
}

impl DrawerView {
    /// The view of a balance.
    pub fn of(balance: &Balance, currency: Currency) -> Self {
        let money = |minor| Money::from_minor(minor, currency);
        Self {
            start: balance.start_minor.map(money),
            taken: money(balance.taken_minor),
            refunded: money(balance.refunded_minor),
            paid_in: money(balance.in_minor),
            paid_out: money(balance.out_minor),
            dropped: money(balance.dropped_minor),
            counts: balance.counts,
            counted: balance.counted_minor.map(money),
            difference: money(balance.difference_minor),
            removed: money(balance.removed_minor),
            expected: balance.expected_minor.map(money),
        }
    }

    /// The figures of a report in order, each with its word; what is 0 is left out, but for what was taken.
    pub fn figures(&self) -> impl Iterator<Item = (&'static str, Money)> + use<> {
        let moved = |money: Money| (money.minor() != 0).then_some(money);
        let counted = self.counted.is_some();
        [
            ("start", self.start),
            ("taken", Some(self.taken)),
            ("refunded", moved(self.refunded)),
            ("in", moved(self.paid_in)),
            ("out", moved(self.paid_out)),
            ("drop", moved(self.dropped)),
            ("counted", self.counted),
            ("difference", Some(self.difference).filter(|_| counted)),
            ("removed", moved(self.removed)),
            ("expected", self.expected),
        ]
        .into_iter()
        .filter_map(|(word, money)| Some((word, money?)))
    }
}

/// The views of these balances.
pub(crate) fn views(balances: &BTreeMap<Currency, Balance>) -> BTreeMap<Currency, DrawerView> {
    let views = balances.iter();
    views
        .map(|(currency, balance)| (*currency, DrawerView::of(balance, *currency)))
        .collect()
}
