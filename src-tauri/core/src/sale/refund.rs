//! Money that went back: entries of their own, with a reason, never an edit.

use super::entry::RefundWay;
use super::fold::Sale;
use crate::clock::UnixMs;
use crate::ids::RefundNumber;
use crate::money::Money;

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
    pub voided: Option<Voided>,
}

/// That a refund counts no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voided {
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
            .filter(|refund| refund.voided.is_none())
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
