//! The state of a sale as people see it. It follows from the phases of its attempts.

use serde::{Deserialize, Serialize};
use strum::VariantArray as _;

use super::attempt::{Attempt, Phase};
use super::fold::Sale;
use crate::clock::UnixMs;

/// The state of a sale as people see it (docs/contract.md, *States of a sale*).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
    ts_rs::TS,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase", parse_err_ty = StateError, parse_err_fn = StateError::of)]
#[ts(export)]
pub enum SaleState {
    /// The gateway is being asked for an invoice.
    Requesting,
    /// The QR can be shown.
    Awaiting,
    /// The customer picked a coin.
    Chosen,
    /// Paid.
    Paid,
    /// Over, unpaid.
    Ended,
    /// The cashier stopped waiting; it is still polled.
    Stopped,
    /// The gateway created no invoice.
    Refused,
    /// No reply to the request came.
    Uncertain,
    /// The gateway's report contradicts the sale.
    Review,
    /// Something is still outstanding, and nothing in crypto is under way that may settle it.
    #[serde(rename = "part_paid")]
    #[strum(serialize = "part_paid")]
    PartPaid,
}

impl SaleState {
    /// All states, in the order in which a sale goes through them.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The text is not the word of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a state is requesting, awaiting, chosen, paid, ended, stopped, refused, uncertain, review or part_paid"
)]
pub struct StateError;

impl StateError {
    fn of(_text: &str) -> Self {
        Self
    }
}

impl Sale {
    /// The attempt that decides the sale's state: one whose money is in question until someone settles that, else
    /// the first that was paid, else the last. `None` before the first request. While something is outstanding, the last
    /// is where it may be paid.
    pub fn current(&self) -> Option<&Attempt> {
        let in_question = || self.attempts.iter().find(|attempt| attempt.in_question());
        let unsettled = in_question().filter(|_| !self.review_closed);
        let paid = self.paid_at().is_some();
        unsettled
            .or_else(|| self.first_paid().filter(|_| paid))
            .or_else(in_question)
            .or_else(|| self.attempts.last())
    }

    /// The attempt whose payment closed the sale.
    fn first_paid(&self) -> Option<&Attempt> {
        self.attempts.iter().find(|attempt| attempt.paid_first())
    }

    /// The state as people see it.
    pub fn state(&self) -> SaleState {
        if !self.review_closed && self.attempts.iter().any(Attempt::in_question) {
            return SaleState::Review;
        }
        if self.paid_at().is_some() {
            return SaleState::Paid;
        }
        let Some(attempt) = self.current() else {
            return match self.tenders.is_empty() {
                true => SaleState::Requesting,
                false => SaleState::PartPaid,
            };
        };
        if self.received_minor() > 0 && !self.crypto_under_way() {
            return SaleState::PartPaid;
        }
        match attempt.phase {
            Phase::Requesting => SaleState::Requesting,
            Phase::Refused(_) => SaleState::Refused,
            Phase::Uncertain(_) => SaleState::Uncertain,
            // Whoever paid it would pay too much.
            Phase::Open if attempt.amount.minor() > self.outstanding().minor() => {
                SaleState::PartPaid
            }
            Phase::Open if attempt.stopped => SaleState::Stopped,
            Phase::Open if attempt.chosen() => SaleState::Chosen,
            Phase::Open => SaleState::Awaiting,
            Phase::Ended { .. } => SaleState::Ended,
            Phase::Questioned { .. } => SaleState::Review,
            // What it paid is not all of it.
            Phase::Paid { .. } => SaleState::PartPaid,
        }
    }

    /// When all of it was paid first; `None` while something is missing.
    pub fn paid_at(&self) -> Option<UnixMs> {
        self.settled_at()
    }

    /// The moment by which the sales book sorts it: a sale belongs to the day on which it was paid, and before
    /// that to the day on which it was opened.
    pub fn booked_at(&self) -> UnixMs {
        self.paid_at().unwrap_or(self.opened_at)
    }

    /// Paid after its end, or after the cashier had stopped waiting.
    pub fn late(&self) -> bool {
        self.first_paid()
            .is_some_and(|attempt| matches!(attempt.phase, Phase::Paid { late: true, .. }))
    }

    /// Paid, and every payment credited to the merchant.
    pub fn settled(&self) -> bool {
        self.paid_at().is_some() && self.paid_attempts().all(Attempt::settled)
    }

    /// Test money, or some of it.
    pub fn test(&self) -> bool {
        if self.standing_tenders().next().is_some() {
            return self.paid_attempts().any(Attempt::test);
        }
        self.current().is_some_and(Attempt::test)
    }

    /// More was paid than its amount: more than one of its invoices, or one although other tenders had settled it.
    pub fn paid_twice(&self) -> bool {
        self.overpaid_minor() > 0
    }

    /// Whether nobody at the till has seen one of its payments, or that its money is in question.
    pub fn unseen(&self) -> bool {
        self.attempts
            .iter()
            .any(|attempt| attempt.rings_until_seen() && !attempt.seen)
    }

    /// Whether it is not over: someone may still pay, or the cashier still has to decide.
    pub fn is_open(&self) -> bool {
        match self.state() {
            SaleState::Requesting
            | SaleState::Awaiting
            | SaleState::Chosen
            | SaleState::Stopped
            | SaleState::PartPaid => self.written_off.is_none(),
            SaleState::Uncertain => self.current().is_some_and(|attempt| !attempt.stopped),
            SaleState::Review => !self.review_closed,
            SaleState::Paid | SaleState::Ended | SaleState::Refused => false,
        }
    }

    /// Whether the cashier may request a new invoice: something is outstanding, nothing is in review, and no attempt
    /// that may settle it is requesting or open. One that asks for more than is outstanding now may stay open: it is
    /// watched, and no longer shown.
    pub fn may_try_again(&self) -> bool {
        let payable = |attempt: &Attempt| {
            attempt.phase == Phase::Open && attempt.amount == self.outstanding()
        };
        match self.state() {
            SaleState::Ended | SaleState::Refused | SaleState::Uncertain => true,
            SaleState::PartPaid => !self.attempts.iter().any(payable),
            _ => false,
        }
    }

    /// Whether someone may give it up for good: it has an invoice that may still be paid, and no answer is on its
    /// way.
    pub fn may_be_written_off(&self) -> bool {
        let payable =
            |attempt: &Attempt| matches!(attempt.phase, Phase::Open | Phase::Ended { .. });
        self.written_off.is_none()
            && self.paid_at().is_none()
            && (self.attempts.iter().any(payable) || !self.tenders.is_empty())
            && !self
                .attempts
                .iter()
                .any(|attempt| attempt.phase == Phase::Requesting)
    }

    /// The attempts that were paid.
    pub(super) fn paid_attempts(&self) -> impl Iterator<Item = &Attempt> {
        self.attempts
            .iter()
            .filter(|attempt| attempt.paid_at().is_some())
    }
}
