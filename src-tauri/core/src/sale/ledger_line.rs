//! The ledger: each payment, refund and voided refund of a sale as one line. Days, closes and exports sum up
//! ledger lines. A line follows from one entry and never changes, so a sum over entries never changes either.

use std::collections::BTreeMap;

use super::attempt::{Attempt, Phase};
use super::entry::RefundWay;
use super::fold::Sale;
use super::refund::Refund;
use super::tax::Taxed;
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, RefundNumber, SaleNumber};
use crate::money::{BasisPoints, Money};

/// Money that came in or went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLine {
    /// The entry that says so.
    pub seq: u64,
    /// When the till wrote it.
    pub at: UnixMs,
    /// The sale.
    pub sale: SaleNumber,
    /// How much; positive in both directions.
    pub amount: Money,
    /// Test money: in no total.
    pub test: bool,
    /// What it was.
    pub kind: LedgerKind,
}

/// What a ledger line is.
#[derive(Debug, Clone, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum LedgerKind {
    /// The customer paid an invoice.
    Paid {
        /// The attempt.
        attempt: AttemptNumber,
        /// The coin, as [`super::Report::coin`] names it.
        coin: String,
        /// Paid after its end, or after the cashier had stopped waiting.
        late: bool,
        /// Another attempt of the sale had been paid before.
        duplicate: bool,
        /// The tip within it, minor units; 0 for a duplicate.
        tip_minor: i64,
        /// [`Sale::gross_by_rate`]; empty for a duplicate.
        gross_by_rate: BTreeMap<BasisPoints, i64>,
    },
    /// Money went back.
    Refunded {
        /// The refund.
        refund: RefundNumber,
        /// How it was paid back.
        way: RefundWay,
        /// The tip within it, minor units.
        tip_minor: i64,
        /// What it takes back at each rate, and the tax in that.
        taxes: BTreeMap<BasisPoints, Taxed>,
    },
    /// A refund was voided: the money had not gone back.
    RefundTakenBack {
        /// The refund.
        refund: RefundNumber,
        /// How it was said to have been paid back.
        way: RefundWay,
        /// The tip within it, minor units.
        tip_minor: i64,
        /// What counts as sold again at each rate, and the tax in that.
        taxes: BTreeMap<BasisPoints, Taxed>,
    },
}

impl LedgerKind {
    /// The word it is stored under.
    pub fn as_str(&self) -> &'static str {
        self.into()
    }
}

impl LedgerLine {
    /// The tip that it brings, and what it sells at each rate with the tax in that, minor units. Both are negative
    /// when they go back.
    pub fn sold(&self) -> (i64, BTreeMap<BasisPoints, Taxed>) {
        match &self.kind {
            LedgerKind::Paid {
                tip_minor,
                gross_by_rate,
                ..
            } => {
                // Rounded for each sale, as on its receipt.
                let taxed = |(rate, gross_minor): (&BasisPoints, &i64)| {
                    let taxed = Taxed {
                        gross_minor: *gross_minor,
                        tax_minor: rate.contained_in(*gross_minor),
                    };
                    (*rate, taxed)
                };
                (*tip_minor, gross_by_rate.iter().map(taxed).collect())
            }
            LedgerKind::Refunded {
                tip_minor, taxes, ..
            } => {
                let taken = taxes.iter().map(|(rate, taxed)| (*rate, taxed.negated()));
                (tip_minor.saturating_neg(), taken.collect())
            }
            LedgerKind::RefundTakenBack {
                tip_minor, taxes, ..
            } => (*tip_minor, taxes.clone()),
        }
    }
}

impl Sale {
    /// Its ledger lines, in the order of their entries.
    pub fn ledger_lines(&self) -> Vec<LedgerLine> {
        let payments = self.attempts.iter().filter_map(|paid| self.payment(paid));
        let refunds = self
            .refunds
            .iter()
            .flat_map(|refund| self.refund_lines(refund));
        let mut lines: Vec<_> = payments.chain(refunds).collect();
        lines.sort_by_key(|line| line.seq);
        lines
    }

    fn payment(&self, attempt: &Attempt) -> Option<LedgerLine> {
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
        // Tip and taxes count once for a sale, with its first payment.
        let (tip_minor, gross_by_rate) = if *duplicate {
            (0, BTreeMap::new())
        } else {
            (self.breakdown.tip_minor, self.gross_by_rate())
        };
        Some(LedgerLine {
            seq: *seq,
            at: *at,
            sale: self.number,
            amount: self.amount,
            test: attempt.test(),
            kind: LedgerKind::Paid {
                attempt: attempt.number,
                coin: coin.clone(),
                late: *late,
                duplicate: *duplicate,
                tip_minor,
                gross_by_rate,
            },
        })
    }

    /// A refund's line, and the one that voids it.
    fn refund_lines(&self, refund: &Refund) -> impl Iterator<Item = LedgerLine> {
        let (number, way, tip_minor) = (refund.number, refund.way, refund.parts.tip_minor);
        let line = LedgerLine {
            seq: refund.seq,
            at: refund.at,
            sale: self.number,
            amount: Money::from_minor(refund.amount_minor, self.amount.currency()),
            test: self.test_when_refunded(refund),
            kind: LedgerKind::Refunded {
                refund: number,
                way,
                tip_minor,
                taxes: refund.taxes.clone(),
            },
        };
        let voided = refund.voided.as_ref().map(|voided| LedgerLine {
            seq: voided.seq,
            at: voided.at,
            kind: LedgerKind::RefundTakenBack {
                refund: number,
                way,
                tip_minor,
                taxes: voided.taxes.clone(),
            },
            ..line.clone()
        });
        std::iter::once(line).chain(voided)
    }

    /// Whether only test money had been paid when a refund was entered.
    fn test_when_refunded(&self, refund: &Refund) -> bool {
        let real_before = |attempt: &Attempt| matches!(attempt.phase, Phase::Paid { seq, .. } if seq < refund.seq && !attempt.test());
        !self.attempts.iter().any(real_before)
    }
}
