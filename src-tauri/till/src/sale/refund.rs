//! Money that went back: entries of their own, with a reason, never an edit.

use serde::{Deserialize, Serialize};

use super::fold::Sale;
use crate::clock::UnixMs;
use crate::ids::RefundNumber;
use crate::money::Money;

/// How money went back. The gateway sends none (gateway.md knows no such call).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RefundWay {
    /// Out of the drawer.
    Cash,
    /// By hand outside the till: a transfer, a wallet.
    ByHand,
}

impl RefundWay {
    /// The word it is stored under.
    pub fn word(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::ByHand => "by_hand",
        }
    }

    /// The way that is stored under this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Cash, Self::ByHand]
            .into_iter()
            .find(|way| way.word() == word)
    }
}

/// A refund of a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// Its place, from 1.
    pub number: RefundNumber,
    /// When it was entered.
    pub at: UnixMs,
    /// How much, minor units of the sale's currency.
    pub amount_minor: i64,
    /// Which way.
    pub way: RefundWay,
    /// Why.
    pub reason: String,
    /// The entry that says so.
    pub seq: u64,
    /// Entered by mistake.
    pub taken_back: Option<TakenBack>,
}

/// That a refund counts no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// When that was entered.
    pub at: UnixMs,
    /// The entry that says so.
    pub seq: u64,
    /// Why.
    pub reason: String,
}

impl Sale {
    /// What went back, minor units.
    pub fn refunded_minor(&self) -> i64 {
        self.refunds
            .iter()
            .filter(|refund| refund.taken_back.is_none())
            .map(|refund| refund.amount_minor)
            .sum()
    }

    /// What was received: the amount once for each paid invoice.
    pub fn received_minor(&self) -> i64 {
        let paid = self
            .attempts
            .iter()
            .filter(|attempt| attempt.paid_at().is_some());
        paid.map(|_| self.amount.minor()).sum()
    }

    /// What may still go back.
    pub fn refundable(&self) -> Money {
        let left = self.received_minor().saturating_sub(self.refunded_minor());
        Money::from_minor(left, self.amount.currency())
    }

    /// The number that the next refund bears.
    pub fn next_refund(&self) -> RefundNumber {
        let so_far = self.refunds.last().map_or(0, |refund| refund.number.0);
        RefundNumber(so_far.saturating_add(1))
    }
}
