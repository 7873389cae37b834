//! Refunds: money that went back to the customer. Each is an entry of its own with a reason; a mistaken one is
//! voided by another entry, never edited.

use std::collections::BTreeMap;

use super::category::Goods;
use super::entry::{Entry, Event, RefundWay};
use super::fold::{FoldError, Sale};
use super::refund_parts::{RefundParts, ReturnedLine};
use super::tax::Taxed;
use super::tender::{OwnTender, is_rounding_possible};
use crate::breaks::{self, Break};
use crate::clock::UnixMs;
use crate::ids::RefundNumber;
use crate::money::{BasisPoints, Money};

/// A refund of a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// Its place within the sale, from 1.
    pub number: RefundNumber,
    /// When it was entered.
    pub at: UnixMs,
    /// In minor units of the sale's currency.
    pub amount_minor: i64,
    /// How it was paid back.
    pub way: RefundWay,
    /// By which of the shop's own tenders.
    pub own: Option<OwnTender>,
    /// What the cash that goes back is more than the amount, minor units; negative when it is less.
    pub rounding_minor: i64,
    /// The cashier's reason.
    pub reason: String,
    /// The goods that came back, if it was about goods.
    pub lines: Vec<ReturnedLine>,
    /// What it takes back, part by part.
    pub parts: RefundParts,
    /// What of the goods that is.
    pub(super) goods: Goods,
    /// The tax in that, by rate.
    pub taxes: BTreeMap<BasisPoints, Taxed>,
    /// The entry that says so.
    pub seq: u64,
    /// It was entered by mistake and no longer counts.
    pub voided: Option<Voided>,
}

/// When and why a refund was voided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voided {
    /// When it was voided.
    pub at: UnixMs,
    /// The entry that says so.
    pub seq: u64,
    /// The cashier's reason.
    pub reason: String,
    /// What counts as sold again, by rate. The tax may differ by rounding from the refund's, because other refunds
    /// may have been made meanwhile.
    pub taxes: BTreeMap<BasisPoints, Taxed>,
}

impl Refund {
    /// What the customer gets of it, minor units: of cash, with its rounding.
    pub fn given_back_minor(&self) -> i64 {
        self.amount_minor.saturating_add(self.rounding_minor)
    }
}

impl Sale {
    /// Applies the entry of a refund, or of one that is voided.
    pub(super) fn apply_refund(&mut self, entry: &Entry) -> Result<(), FoldError> {
        match &entry.event {
            Event::SaleRefunded {
                refund,
                amount_minor,
                way,
                own,
                rounding_minor,
                reason,
                lines,
                parts,
                ..
            } => {
                if *refund != self.next_refund() {
                    return Err(FoldError::RefundOutOfOrder(*refund));
                }
                if (*way == RefundWay::Own) != own.is_some() {
                    return Err(FoldError::RefundInconsistent(*refund));
                }
                if *amount_minor <= 0 || *amount_minor > self.refundable().minor() {
                    return Err(FoldError::RefundTooMuch(*amount_minor));
                }
                let cash = *way == RefundWay::Cash;
                if !is_rounding_possible(cash, *amount_minor, *rounding_minor) {
                    return Err(FoldError::RefundInconsistent(*refund));
                }
                if !lines.is_empty() && self.parts_of_lines(lines).is_none() {
                    return Err(FoldError::RefundOfOtherLines(*refund));
                }
                // Before format 4 the entry did not keep the parts.
                let parts = parts.clone();
                let parts = parts.unwrap_or_else(|| self.parts_of_amount(*amount_minor));
                if !parts.are_of(*amount_minor, &self.parts_left()) {
                    return Err(FoldError::RefundOfOtherParts(*refund));
                }
                self.refunds.push(Refund {
                    number: *refund,
                    at: entry.at,
                    seq: entry.seq,
                    amount_minor: *amount_minor,
                    way: *way,
                    own: own.clone(),
                    rounding_minor: *rounding_minor,
                    reason: reason.clone(),
                    lines: lines.clone(),
                    taxes: self.taxes_of(&parts),
                    goods: self.goods_of_refund(lines, &parts),
                    parts,
                    voided: None,
                });
            }
            Event::RefundTakenBack { refund, reason, .. } => {
                let before = self.counted_left();
                let mut counting = self.refunds.iter_mut().filter(|it| it.voided.is_none());
                let found = counting.find(|it| it.number == *refund);
                found.ok_or(FoldError::RefundUnknown(*refund))?.voided = Some(Voided {
                    at: entry.at,
                    seq: entry.seq,
                    reason: reason.clone(),
                    taxes: BTreeMap::new(),
                });
                let taxes = self.counted_left().taxed_less(&before);
                let voided = self.refunds.iter_mut().find(|it| it.number == *refund);
                if let Some(voided) = voided.and_then(|it| it.voided.as_mut()) {
                    voided.taxes = taxes;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What went back, minor units. Voided refunds do not count.
    pub fn refunded_minor(&self) -> i64 {
        let amounts = self.standing_refunds().map(|refund| refund.amount_minor);
        amounts.sum()
    }

    /// The refunds that count, in order.
    pub fn standing_refunds(&self) -> impl Iterator<Item = &Refund> {
        self.refunds.iter().filter(|refund| refund.voided.is_none())
    }

    /// What was received, minor units: what each paid attempt asked for, and the tenders that count.
    pub fn received_minor(&self) -> i64 {
        self.paid_attempts()
            .fold(self.tendered_minor(), |sum, attempt| {
                sum.saturating_add(attempt.amount.minor())
            })
    }

    /// What may still go back: what was received, less what went back.
    pub fn refundable(&self) -> Money {
        let refunded = match breaks::is(Break::RefundUnbounded) {
            true => 0,
            false => self.refunded_minor(),
        };
        let left = self.received_minor().saturating_sub(refunded);
        self.amount.with_minor(left)
    }

    /// The number that the next refund gets.
    pub fn next_refund(&self) -> RefundNumber {
        let last = self.refunds.last().map_or(0, |refund| refund.number.0);
        RefundNumber(last.saturating_add(1))
    }
}
