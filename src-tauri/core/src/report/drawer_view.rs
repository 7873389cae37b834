//! The cash drawer as reports and screens show it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::clock::UnixMs;
use crate::drawer::{Balance, CashWay, CountPurpose};
use crate::money::{Currency, Money};
use crate::sale::{DrawerReason, Entry, Event};

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

/// Something that somebody did with the drawer without a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct DrawerMoveView {
    /// The number of its entry in the journal.
    #[ts(type = "number")]
    pub seq: u64,
    /// When.
    #[ts(type = "number")]
    pub at_unix_ms: UnixMs,
    /// What was done.
    pub what: DrawerMoveKind,
    /// How much went in or out, or was counted; `None`: it was only opened.
    pub amount: Option<Money>,
    /// The reason, where one is asked for.
    pub reason: Option<String>,
    /// Who was at the till.
    pub by: Option<String>,
    /// Who lent the right to it.
    pub approved_by: Option<String>,
}

/// What was done with the drawer.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    serde::Deserialize,
    strum::IntoStaticStr,
    ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[ts(export)]
pub enum DrawerMoveKind {
    /// A pay-in.
    In,
    /// A pay-out.
    Out,
    /// A bank drop.
    Drop,
    /// It was counted as the float.
    Float,
    /// It was counted.
    Count,
    /// It was opened without a sale.
    Open,
}

impl DrawerMoveKind {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl DrawerMoveView {
    /// What an entry says of the drawer, if it is about it and about no sale.
    fn of(entry: &Entry) -> Option<Self> {
        let (what, amount, reason) = match &entry.event {
            Event::CashMoved(moved) => {
                let what = match moved.way {
                    CashWay::In => DrawerMoveKind::In,
                    CashWay::Out => DrawerMoveKind::Out,
                    CashWay::Drop => DrawerMoveKind::Drop,
                };
                let amount = Money::from_minor(moved.amount_minor, moved.currency);
                (what, Some(amount), Some(moved.reason.clone()))
            }
            Event::CashCounted(count) => {
                let what = match count.purpose {
                    CountPurpose::Float => DrawerMoveKind::Float,
                    CountPurpose::Count => DrawerMoveKind::Count,
                };
                let amount = Money::from_minor(count.counted_minor, count.currency);
                (what, Some(amount), None)
            }
            Event::DrawerOpened {
                why: DrawerReason::NoSale,
                reason,
                ..
            } => (DrawerMoveKind::Open, None, reason.clone()),
            _ => return None,
        };
        Some(Self {
            seq: entry.seq,
            at_unix_ms: entry.at,
            what,
            amount,
            reason,
            by: entry.by.clone(),
            approved_by: entry.approved_by.clone(),
        })
    }

    /// What was done, why, and who did it: `out, milk, by Anna`.
    pub fn name(&self) -> String {
        let mut name = self.what.as_str().to_owned();
        for (before, text) in [
            ("", &self.reason),
            ("by ", &self.by),
            ("approved by ", &self.approved_by),
        ] {
            if let Some(text) = text {
                name.push_str(&format!(", {before}{text}"));
            }
        }
        name
    }
}

/// What these entries say of the drawer.
pub(crate) fn move_views(entries: &[Entry]) -> Vec<DrawerMoveView> {
    entries.iter().filter_map(DrawerMoveView::of).collect()
}

/// The views of these balances.
pub(crate) fn views(balances: &BTreeMap<Currency, Balance>) -> BTreeMap<Currency, DrawerView> {
    let views = balances.iter();
    views
        .map(|(currency, balance)| (*currency, DrawerView::of(balance, *currency)))
        .collect()
}
