//! Tenders besides crypto: cash, a card on another device, the shop's own. Each settles a part of its sale, or the rest.
//! A mistaken one is taken back by another entry, never edited.
//!
//! Money that comes in has a share of the sale's parts ([`Share`]): tip, taxes, and what is sold without a rate. What
//! is counted of a sale is never more than its amount, so that nothing is taxed twice; what is beyond it is `beyond`.
//! A payment takes its share of what is not counted yet, in proportion. So no share is negative, a single full payment
//! has all, and the shares of a sale that is paid in full are its parts to the cent. (The difference of two shares of
//! the whole would not do: with the largest remainders a part may shrink by a cent while the amount grows.)

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use ts_rs::TS;

use super::attempt::Phase;
use super::category::Goods;
use super::entry::{Entry, Event};
use super::fold::{FoldError, Sale};
use super::refund_parts::RefundParts;
use super::tax::Taxed;
use crate::breaks::{self, Break};
use crate::clock::UnixMs;
use crate::ids::TenderNumber;
use crate::money::{BasisPoints, Money};

/// A tender besides crypto.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, TS,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[ts(export)]
pub enum TenderWay {
    /// Cash, which goes into the drawer.
    Cash,
    /// A card, on another device.
    Card,
    /// One of the shop's own: a voucher, a transfer, on account.
    Own,
}

impl TenderWay {
    /// The word it is stored under.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A tender of the shop's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OwnTender {
    /// By which sums name it; it stays when the name changes.
    pub id: String,
    /// As it is printed.
    pub name: String,
}

/// The word by which sums name a tender: `cash`, `card`, `own:<id>`; likewise `by_hand` of a refund.
pub(super) fn tender_name(way: &'static str, own: Option<&str>) -> String {
    own.map_or_else(|| way.to_owned(), |id| format!("{way}:{id}"))
}

/// A tender that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tender {
    /// Its place within the sale, from 1.
    pub number: TenderNumber,
    /// When it was taken.
    pub at: UnixMs,
    /// The entry that says so.
    pub seq: u64,
    /// What it is.
    pub way: TenderWay,
    /// Which of the shop's own it is.
    pub own: Option<OwnTender>,
    /// What it settles, minor units of the sale's currency.
    pub amount_minor: i64,
    /// The cash that was handed over, minor units; `None`: exactly what was kept.
    pub given_minor: Option<i64>,
    /// What the cash that was kept is more than `amount_minor`.
    pub rounding_minor: i64,
    /// Its share of the sale.
    pub share: Share,
    /// It was entered by mistake and no longer counts.
    pub taken_back: Option<TenderVoided>,
}

impl Tender {
    /// What was kept of it, minor units.
    pub fn kept_minor(&self) -> i64 {
        self.amount_minor.saturating_add(self.rounding_minor)
    }

    /// The cash that went back at once, minor units.
    pub fn change_minor(&self) -> i64 {
        self.given_minor
            .map_or(0, |given| given.saturating_sub(self.kept_minor()))
    }

    /// Its word in sums.
    pub fn sum_name(&self) -> String {
        let own = self.own.as_ref().map(|own| own.id.as_str());
        tender_name(self.way.as_str(), own)
    }
}

/// When and why a tender was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenderVoided {
    /// When.
    pub at: UnixMs,
    /// The entry that says so.
    pub seq: u64,
    /// The cashier's reason.
    pub reason: String,
    /// What no longer counts of the sale.
    pub share: Share,
}

/// The share of a sale that a payment brings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Share {
    /// The parts that it pays for; nothing is in `twice_minor`.
    pub(super) parts: RefundParts,
    /// What of the goods that is.
    pub(super) goods: Goods,
    /// What it sells at each rate, and the tax in that.
    pub taxes: BTreeMap<BasisPoints, Taxed>,
    /// What it is beyond the sale's amount, minor units.
    pub beyond_minor: i64,
}

impl Share {
    /// The tip in it, minor units.
    pub fn tip_minor(&self) -> i64 {
        self.parts.tip_minor
    }
}

/// What has been counted of a sale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Counted {
    /// All money that counts, minor units; what is beyond the amount as well.
    received_minor: i64,
    /// The same without test money that came after real money.
    selling_minor: i64,
    /// The parts that it has paid for.
    parts: RefundParts,
    /// What of these was test money.
    test_parts: RefundParts,
    /// The goods that it has paid for, likewise.
    goods: Goods,
    test_goods: Goods,
    /// Real money has come.
    real: bool,
    /// When all was there; `None`: something is missing.
    settled_at: Option<UnixMs>,
}

impl Sale {
    /// The tenders that count, in order.
    pub fn standing_tenders(&self) -> impl Iterator<Item = &Tender> {
        self.tenders.iter().filter(|it| it.taken_back.is_none())
    }

    /// What is still to be paid: the amount, less the tenders that count and the crypto that is paid and not in
    /// question. Never below 0.
    pub fn outstanding(&self) -> Money {
        let confirmed = self
            .paid_attempts()
            .filter(|attempt| attempt.doubted_at.is_none() || self.review_closed)
            .filter(|_| !breaks::is(Break::CashIgnoresCrypto));
        let paid = confirmed.fold(self.tendered_minor(), |sum, attempt| {
            sum.saturating_add(attempt.amount.minor())
        });
        let left = self.amount.minor().saturating_sub(paid).max(0);
        Money::from_minor(left, self.amount.currency())
    }

    /// What was received beyond the amount, minor units.
    pub fn overpaid_minor(&self) -> i64 {
        let received = self.received_minor();
        received.saturating_sub(self.amount.minor()).max(0)
    }

    /// The sum of the tenders that count, minor units.
    pub(super) fn tendered_minor(&self) -> i64 {
        self.standing_tenders()
            .fold(0, |sum, tender| sum.saturating_add(tender.amount_minor))
    }

    /// The number that the next tender gets.
    pub fn next_tender(&self) -> TenderNumber {
        let last = self.tenders.last().map_or(0, |tender| tender.number.0);
        TenderNumber(last.saturating_add(1))
    }

    /// When all of it was there, late or not, also if that was doubted later.
    pub(super) fn settled_at(&self) -> Option<UnixMs> {
        self.counted.settled_at
    }

    /// What has been counted and may go back as sold: the parts of real money, or of test money while nothing else
    /// came. When real money came after test money, that is in no total, and nothing may be taken off for it.
    pub(super) fn counted_parts(&self) -> RefundParts {
        let Counted {
            parts,
            test_parts,
            real,
            ..
        } = &self.counted;
        match real {
            true => parts.less(test_parts).unwrap_or_default(),
            false => parts.clone(),
        }
    }

    /// The same of the goods.
    pub(super) fn counted_goods(&self) -> Goods {
        let goods = self.counted.goods.clone();
        match self.counted.real {
            true => goods.less(&self.counted.test_goods),
            false => goods,
        }
    }

    /// Counts money that came in, and returns its share. Test money that comes after real money sells nothing.
    pub(super) fn count(&mut self, amount_minor: i64, test: bool, at: UnixMs) -> Share {
        let sells = !(test && self.counted.real);
        self.counted.real |= !test;
        let before = self.counted_left();
        let whole = self.sold();
        let open = whole.less(&self.counted.parts).unwrap_or_default();
        let pays = match sells {
            true => amount_minor.min(open.sum().unwrap_or_default()),
            false => 0,
        };
        let parts = open.share(pays);
        let goods = self.sold_goods().less(&self.counted.goods).share(&parts);
        self.counted.parts = self.counted.parts.plus(&parts);
        self.counted.goods = std::mem::take(&mut self.counted.goods).plus(&goods);
        if test {
            self.counted.test_parts = self.counted.test_parts.plus(&parts);
            self.counted.test_goods = std::mem::take(&mut self.counted.test_goods).plus(&goods);
        }
        if sells {
            self.counted.selling_minor = self.counted.selling_minor.saturating_add(amount_minor);
        }
        self.counted.received_minor = self.counted.received_minor.saturating_add(amount_minor);
        if self.counted.settled_at.is_none() && self.counted.received_minor >= self.amount.minor() {
            self.counted.settled_at = Some(at);
        }
        Share {
            // A refund may have gone out between two payments, so the tax is that in what is left of the sale.
            taxes: self.counted_left().taxed_less(&before),
            beyond_minor: amount_minor.saturating_sub(pays),
            parts,
            goods,
        }
    }

    /// Stops counting a tender, and returns what no longer counts.
    fn uncount(&mut self, tender: &Tender) -> Share {
        let before = self.counted_left();
        let counted = &mut self.counted;
        counted.received_minor = counted.received_minor.saturating_sub(tender.amount_minor);
        counted.selling_minor = counted.selling_minor.saturating_sub(tender.amount_minor);
        if counted.received_minor < self.amount.minor() {
            counted.settled_at = None;
        }
        let counted_minor = counted.parts.sum().unwrap_or_default();
        let stays = counted_minor.min(counted.selling_minor.max(0));
        let goes = counted_minor.saturating_sub(stays);
        let own = &tender.share.parts;
        // What it brought goes with it; unless other money has taken its place, or it had taken the place of other.
        let parts = match own.sum() == Some(goes) && counted.parts.less(own).is_some() {
            true => own.clone(),
            false => counted.parts.share(goes),
        };
        let goods = match parts == *own && tender.share.goods.are_in(&counted.goods) {
            true => tender.share.goods.clone(),
            false => counted.goods.share(&parts),
        };
        counted.parts = counted.parts.less(&parts).unwrap_or_default();
        counted.goods = std::mem::take(&mut counted.goods).less(&goods);
        Share {
            taxes: before.taxed_less(&self.counted_left()),
            beyond_minor: tender.amount_minor.saturating_sub(goes),
            parts,
            goods,
        }
    }

    /// Applies the entry of a tender, or of one that is taken back.
    pub(super) fn apply_tender(&mut self, entry: &Entry) -> Result<(), FoldError> {
        match &entry.event {
            Event::TenderTaken {
                tender,
                way,
                own,
                amount_minor,
                given_minor,
                rounding_minor,
                ..
            } => {
                if *tender != self.next_tender() {
                    return Err(FoldError::TenderOutOfOrder(*tender));
                }
                let outstanding = self.outstanding().minor();
                if *amount_minor <= 0 || *amount_minor > outstanding {
                    return Err(FoldError::TenderTooMuch(*amount_minor));
                }
                let mut taken = Tender {
                    number: *tender,
                    at: entry.at,
                    seq: entry.seq,
                    way: *way,
                    own: own.clone(),
                    amount_minor: *amount_minor,
                    given_minor: *given_minor,
                    rounding_minor: *rounding_minor,
                    share: Share::default(),
                    taken_back: None,
                };
                if !is_consistent(&taken, outstanding) {
                    return Err(FoldError::TenderInconsistent(*tender));
                }
                taken.share = self.count(*amount_minor, false, entry.at);
                self.tenders.push(taken);
                // Somebody waits for it again.
                self.written_off = None;
            }
            Event::TenderTakenBack { tender, reason, .. } => {
                let found = self
                    .standing_tenders()
                    .find(|it| it.number == *tender)
                    .cloned();
                let found = found.ok_or(FoldError::TenderUnknown(*tender))?;
                if self.standing_refunds().next().is_some() {
                    return Err(FoldError::TenderOfRefund(*tender));
                }
                let share = self.uncount(&found);
                let mut all = self.tenders.iter_mut();
                if let Some(tender) = all.find(|it| it.number == *tender) {
                    tender.taken_back = Some(TenderVoided {
                        at: entry.at,
                        seq: entry.seq,
                        reason: reason.clone(),
                        share,
                    });
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether cash was ever taken for it: the drawer was opened then.
    pub fn took_cash(&self) -> bool {
        self.tenders.iter().any(|it| it.way == TenderWay::Cash)
    }

    /// Whether one of its invoices can be paid, or an answer about one is waited for, without the sale being overpaid
    /// by it.
    pub(super) fn crypto_under_way(&self) -> bool {
        let outstanding = self.outstanding().minor();
        self.attempts.iter().any(|attempt| match attempt.phase {
            Phase::Requesting => true,
            Phase::Open => !attempt.stopped && attempt.amount.minor() <= outstanding,
            Phase::Uncertain(_) => !attempt.stopped,
            _ => false,
        })
    }
}

/// Whether a sum can have been rounded so: nothing but cash is, by less than a whole unit, and never to nothing.
pub(super) fn is_rounding_possible(cash: bool, amount_minor: i64, rounding_minor: i64) -> bool {
    let rounded = amount_minor.saturating_add(rounding_minor);
    rounding_minor == 0 || cash && rounding_minor.unsigned_abs() < 100 && rounded > 0
}

/// Whether the fields of a tender fit one another, and what is outstanding: only cash is handed over and rounded, and
/// only cash that settles the rest is rounded.
fn is_consistent(tender: &Tender, outstanding_minor: i64) -> bool {
    let cash = tender.way == TenderWay::Cash;
    let settles = tender.amount_minor == outstanding_minor;
    (tender.way == TenderWay::Own) == tender.own.is_some()
        && (cash || tender.given_minor.is_none())
        && is_rounding_possible(cash && settles, tender.amount_minor, tender.rounding_minor)
        && tender.kept_minor() > 0
        && tender
            .given_minor
            .is_none_or(|given| given >= tender.kept_minor())
}
