//! The ledger: each payment, tender and refund of a sale, and each that is taken back, as one line. Days, closes and exports sum up
//! ledger lines. A line follows from one entry and never changes, so a sum over entries never changes either.

use std::collections::BTreeMap;

use super::attempt::{Attempt, Phase};
use super::category::ByCategory;
use super::entry::RefundWay;
use super::fold::Sale;
use super::refund::Refund;
use super::tax::Taxed;
use super::tender::{Share, Tender, TenderWay, tender_name};
use super::totals::CRYPTO;
use crate::breaks::{self, Break};
use crate::clock::UnixMs;
use crate::drawer::CashLine;
use crate::ids::{AttemptNumber, RefundNumber, SaleNumber, TenderNumber};
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
        /// The sale had been paid before, by this attempt's whole amount or a part of it.
        duplicate: bool,
        /// What it brings of the sale.
        brings: Brought,
    },
    /// Another tender was taken.
    Tendered(TenderLine),
    /// A tender was taken back: it had been entered by mistake.
    TenderTakenBack(TenderLine),
    /// Money went back.
    Refunded(RefundLine),
    /// A refund was voided: the money had not gone back.
    RefundTakenBack(RefundLine),
}

/// A refund as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundLine {
    /// The refund.
    pub refund: RefundNumber,
    /// How it was paid back, or said to have been.
    pub way: RefundWay,
    /// By which of the shop's own tenders, by its id.
    pub own: Option<String>,
    /// What the cash that goes back is more than the line's amount, minor units.
    pub rounding_minor: i64,
    /// What it takes of the sale, or gives back to it.
    pub takes: Brought,
}

impl RefundLine {
    /// Its word in sums: `cash`, `by_hand`, `card`, `own:<id>`.
    pub fn sum_name(&self) -> String {
        tender_name(self.way.as_str(), self.own.as_deref())
    }

    /// The word of its tender in sums: as [`Self::sum_name`], but crypto goes back by hand.
    pub fn tender_name(&self) -> String {
        match self.way {
            RefundWay::ByHand => CRYPTO.to_owned(),
            _ => self.sum_name(),
        }
    }
}

/// What a payment brings of its sale: see [`super::Share`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brought {
    /// The tip within it, minor units.
    pub tip_minor: i64,
    /// What it sells at each rate, and the tax in that.
    pub taxes: BTreeMap<BasisPoints, Taxed>,
    /// What of it is beyond the sale's amount, minor units.
    pub beyond_minor: i64,
    /// What it sells of each category; `""`: of none. Their sum is the amount less the tip and what is beyond.
    pub categories: ByCategory,
}

impl Brought {
    fn of(share: &Share) -> Self {
        Self {
            tip_minor: share.tip_minor(),
            taxes: share.taxes.clone(),
            beyond_minor: share.beyond_minor,
            categories: share.goods.by_category(),
        }
    }

    /// The same, taken back.
    fn negated(&self) -> Self {
        let taxes = self.taxes.iter();
        let categories = self.categories.iter();
        Self {
            tip_minor: self.tip_minor.saturating_neg(),
            taxes: taxes.map(|(rate, it)| (*rate, it.negated())).collect(),
            beyond_minor: self.beyond_minor.saturating_neg(),
            categories: categories
                .map(|(name, minor)| (name.clone(), minor.saturating_neg()))
                .collect(),
        }
    }

    /// What it sells without a rate, minor units.
    pub fn untaxed_minor(&self) -> i64 {
        let sold = self.categories.values();
        let taxed = self.taxes.values().map(|taxed| taxed.gross_minor);
        let sold = sold.fold(0_i64, |sum, minor| sum.saturating_add(*minor));
        taxed.fold(sold, i64::saturating_sub)
    }
}

/// A tender as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenderLine {
    /// The tender.
    pub tender: TenderNumber,
    /// What it is.
    pub way: TenderWay,
    /// Which of the shop's own, by its id.
    pub own: Option<String>,
    /// The cash that was handed over, minor units.
    pub given_minor: Option<i64>,
    /// What the cash that was kept is more than the line's amount, minor units.
    pub rounding_minor: i64,
    /// What it brings of the sale, or takes with it.
    pub brings: Brought,
}

impl TenderLine {
    /// Its word in sums: `cash`, `card`, `own:<id>`.
    pub fn sum_name(&self) -> String {
        tender_name(self.way.as_str(), self.own.as_deref())
    }
}

impl LedgerKind {
    /// The word it is stored under.
    pub fn as_str(&self) -> &'static str {
        self.into()
    }
}

impl LedgerLine {
    /// What it moves of the drawer's cash; `None`: nothing.
    pub fn cash(&self) -> Option<CashLine> {
        let minor = self.amount.minor();
        let kept = |line: &TenderLine| minor.saturating_add(line.rounding_minor);
        let given_back = |line: &RefundLine| minor.saturating_add(line.rounding_minor);
        match &self.kind {
            _ if self.test => None,
            LedgerKind::Tendered(line) if line.way == TenderWay::Cash => {
                Some(CashLine::Taken(kept(line)))
            }
            LedgerKind::TenderTakenBack(line) if line.way == TenderWay::Cash => {
                Some(CashLine::Taken(kept(line).saturating_neg()))
            }
            LedgerKind::Refunded(line) if line.way == RefundWay::Cash => {
                Some(CashLine::Refunded(given_back(line)))
            }
            LedgerKind::RefundTakenBack(line) if line.way == RefundWay::Cash => {
                Some(CashLine::Refunded(given_back(line).saturating_neg()))
            }
            _ => None,
        }
    }

    /// What it brings of its sale; negative when that goes back.
    pub fn brings(&self) -> Brought {
        match &self.kind {
            LedgerKind::Paid { brings, .. } | LedgerKind::Tendered(TenderLine { brings, .. }) => {
                brings.clone()
            }
            LedgerKind::RefundTakenBack(RefundLine { takes, .. }) => takes.clone(),
            LedgerKind::TenderTakenBack(TenderLine { brings, .. }) => brings.negated(),
            LedgerKind::Refunded(RefundLine { takes, .. }) => takes.negated(),
        }
    }

    /// What the rounding of cash brings, minor units; negative when the shop gives it away.
    pub fn rounding_minor(&self) -> i64 {
        match &self.kind {
            LedgerKind::Paid { .. } => 0,
            LedgerKind::Tendered(TenderLine { rounding_minor, .. })
            | LedgerKind::RefundTakenBack(RefundLine { rounding_minor, .. }) => *rounding_minor,
            LedgerKind::TenderTakenBack(TenderLine { rounding_minor, .. })
            | LedgerKind::Refunded(RefundLine { rounding_minor, .. }) => {
                rounding_minor.saturating_neg()
            }
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
        let tenders = self.tenders.iter().flat_map(|it| self.tender_lines(it));
        let mut lines: Vec<_> = payments.chain(tenders).chain(refunds).collect();
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
        Some(LedgerLine {
            seq: *seq,
            at: *at,
            sale: self.number,
            amount: attempt.amount,
            test: attempt.test() && !breaks::is(Break::TestMoneyCounts),
            kind: LedgerKind::Paid {
                attempt: attempt.number,
                coin: coin.clone(),
                late: *late,
                duplicate: *duplicate || attempt.share.beyond_minor > 0,
                brings: Brought::of(&attempt.share),
            },
        })
    }

    /// A tender's line, and the one that takes it back. Its money is real: what a test was paid is in crypto.
    fn tender_lines(&self, tender: &Tender) -> impl Iterator<Item = LedgerLine> {
        let of = |share: &Share| TenderLine {
            tender: tender.number,
            way: tender.way,
            own: tender.own.as_ref().map(|own| own.id.clone()),
            given_minor: tender.given_minor,
            rounding_minor: tender.rounding_minor,
            brings: Brought::of(share),
        };
        let line = LedgerLine {
            seq: tender.seq,
            at: tender.at,
            sale: self.number,
            amount: self.amount.with_minor(tender.amount_minor),
            test: false,
            kind: LedgerKind::Tendered(of(&tender.share)),
        };
        let taken_back = tender.taken_back.as_ref().map(|back| LedgerLine {
            seq: back.seq,
            at: back.at,
            kind: LedgerKind::TenderTakenBack(of(&back.share)),
            ..line.clone()
        });
        std::iter::once(line).chain(taken_back)
    }

    /// A refund's line, and the one that voids it.
    fn refund_lines(&self, refund: &Refund) -> impl Iterator<Item = LedgerLine> {
        let of = |taxes: &BTreeMap<BasisPoints, Taxed>| RefundLine {
            refund: refund.number,
            way: refund.way,
            own: refund.own.as_ref().map(|own| own.id.clone()),
            rounding_minor: refund.rounding_minor,
            takes: Brought {
                tip_minor: refund.parts.tip_minor,
                taxes: taxes.clone(),
                beyond_minor: refund.parts.twice_minor,
                categories: refund.goods.by_category(),
            },
        };
        let line = LedgerLine {
            seq: refund.seq,
            at: refund.at,
            sale: self.number,
            amount: Money::from_minor(refund.amount_minor, self.amount.currency()),
            test: self.test_when_refunded(refund),
            kind: LedgerKind::Refunded(of(&refund.taxes)),
        };
        let voided = refund.voided.as_ref().map(|voided| LedgerLine {
            seq: voided.seq,
            at: voided.at,
            kind: LedgerKind::RefundTakenBack(of(&voided.taxes)),
            ..line.clone()
        });
        std::iter::once(line).chain(voided)
    }

    /// Whether only test money had been paid when a refund was entered.
    fn test_when_refunded(&self, refund: &Refund) -> bool {
        let real_before = |attempt: &Attempt| matches!(attempt.phase, Phase::Paid { seq, .. } if seq < refund.seq && !attempt.test());
        let tendered_before = self.tenders.iter().any(|tender| tender.seq < refund.seq);
        !tendered_before && !self.attempts.iter().any(real_before)
    }
}
