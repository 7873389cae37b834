//! Money that moved, one by one: what days, closes and exports add up. A movement is as its entry says
//! and never changes after, so that a sum over entries is the same for ever.

use std::collections::BTreeMap;

use super::attempt::Phase;
use super::entry::RefundWay;
use super::fold::Sale;
use super::refund::Refund;
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, RefundNumber, SaleNumber};
use crate::money::{BasisPoints, Money};

/// Money that came or went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLine {
    /// The entry that says so.
    pub seq: u64,
    /// When the till wrote it.
    pub at: UnixMs,
    /// Of this sale.
    pub sale: SaleNumber,
    /// How much, above zero whichever way it went.
    pub amount: Money,
    /// Test money: in no total.
    pub test: bool,
    /// Which way.
    pub moved: LedgerKind,
}

/// Which way it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LedgerKind {
    /// The customer paid an invoice.
    Paid {
        /// Which of the sale's invoices.
        attempt: AttemptNumber,
        /// As [`super::Report::coin`] names it.
        coin: String,
        /// After its end, or after the cashier had stopped waiting.
        late: bool,
        /// Another invoice of the sale had been paid before.
        duplicate: bool,
        /// The tip within it, minor units; with the first payment of a sale alone.
        tip_minor: i64,
        /// [`Sale::gross_by_rate`]; with the first payment of a sale alone.
        gross_by_rate: BTreeMap<BasisPoints, i64>,
    },
    /// It went back.
    Refunded {
        /// Which of the sale's refunds.
        refund: RefundNumber,
        /// Which way.
        way: RefundWay,
    },
    /// It had not gone back after all.
    RefundTakenBack {
        /// Which of the sale's refunds.
        refund: RefundNumber,
        /// Which way it was said to have gone.
        way: RefundWay,
    },
}

impl Sale {
    /// Its movements, in the order of their entries.
    pub fn ledger_lines(&self) -> Vec<LedgerLine> {
        let paid = self.attempts.iter().filter_map(|attempt| {
            let Phase::Paid {
                at,
                seq,
                late,
                duplicate,
                coin,
            } = &attempt.phase
            else {
                return None;
            };
            let of_the_sale = !duplicate;
            let moved = LedgerKind::Paid {
                attempt: attempt.number,
                coin: coin.clone(),
                late: *late,
                duplicate: *duplicate,
                tip_minor: if of_the_sale { self.tip_minor } else { 0 },
                gross_by_rate: if of_the_sale {
                    self.gross_by_rate()
                } else {
                    BTreeMap::new()
                },
            };
            Some(self.movement(*seq, *at, self.amount.minor(), attempt.test(), moved))
        });
        let mut movements: Vec<LedgerLine> = paid.collect();
        let refunds = self.refunds.iter().flat_map(|refund| {
            let test = self.test_when_refunded(refund);
            let (number, way) = (refund.number, refund.way);
            let went = LedgerKind::Refunded {
                refund: number,
                way,
            };
            let went = self.movement(refund.seq, refund.at, refund.amount_minor, test, went);
            let back = refund.voided.as_ref().map(|back| {
                let moved = LedgerKind::RefundTakenBack {
                    refund: number,
                    way,
                };
                self.movement(back.seq, back.at, refund.amount_minor, test, moved)
            });
            std::iter::once(went).chain(back)
        });
        movements.extend(refunds);
        movements.sort_by_key(|movement| movement.seq);
        movements
    }

    /// Whether nothing but test money had been paid when a refund was entered.
    fn test_when_refunded(&self, refund: &Refund) -> bool {
        let real = |seq: u64, test: bool| seq < refund.seq && !test;
        !self.attempts.iter().any(
            |attempt| matches!(attempt.phase, Phase::Paid { seq, .. } if real(seq, attempt.test())),
        )
    }

    fn movement(
        &self,
        seq: u64,
        at: UnixMs,
        minor: i64,
        test: bool,
        moved: LedgerKind,
    ) -> LedgerLine {
        LedgerLine {
            seq,
            at,
            sale: self.number,
            amount: Money::from_minor(minor, self.amount.currency()),
            test,
            moved,
        }
    }
}

impl LedgerKind {
    /// The word it is stored under.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Paid { .. } => "paid",
            Self::Refunded { .. } => "refunded",
            Self::RefundTakenBack { .. } => "refund_taken_back",
        }
    }
}
