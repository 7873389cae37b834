//! The state of a sale as people see it: what its attempts add up to.

use serde::{Deserialize, Serialize};

use super::attempt::{Attempt, Phase};
use super::fold::Sale;
use crate::clock::UnixMs;

/// The state of a sale as people see it (contract.md, *States of a sale*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
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
    /// The cashier stopped waiting; still watched.
    Stopped,
    /// The gateway made nothing.
    Refused,
    /// No reply to the request.
    Uncertain,
    /// The gateway's word contradicts the sale.
    Review,
}

impl SaleState {
    /// All of them, in the order of a sale's way.
    pub const ALL: [Self; 9] = [
        Self::Requesting,
        Self::Awaiting,
        Self::Chosen,
        Self::Paid,
        Self::Ended,
        Self::Stopped,
        Self::Refused,
        Self::Uncertain,
        Self::Review,
    ];

    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requesting => "requesting",
            Self::Awaiting => "awaiting",
            Self::Chosen => "chosen",
            Self::Paid => "paid",
            Self::Ended => "ended",
            Self::Stopped => "stopped",
            Self::Refused => "refused",
            Self::Uncertain => "uncertain",
            Self::Review => "review",
        }
    }
}

/// Why a text is no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a state is requesting, awaiting, chosen, paid, ended, stopped, refused, uncertain or review"
)]
pub struct StateError;

impl std::str::FromStr for SaleState {
    type Err = StateError;

    fn from_str(text: &str) -> Result<Self, StateError> {
        let named = |state: &Self| state.as_str() == text;
        Self::ALL.into_iter().find(named).ok_or(StateError)
    }
}

impl Sale {
    /// The attempt that speaks for the sale: the first that was paid, else one that contradicts it,
    /// else the last. `None` only before the first request.
    pub fn current(&self) -> Option<&Attempt> {
        let first = |attempt: &&Attempt| {
            matches!(
                attempt.phase,
                Phase::Paid {
                    duplicate: false,
                    ..
                }
            )
        };
        self.attempts
            .iter()
            .find(first)
            .or_else(|| {
                self.attempts
                    .iter()
                    .find(|attempt| matches!(attempt.phase, Phase::Questioned { .. }))
            })
            .or_else(|| self.attempts.last())
    }

    /// The state as people see it.
    pub fn state(&self) -> SaleState {
        let Some(attempt) = self.current() else {
            return SaleState::Requesting;
        };
        match attempt.phase {
            Phase::Requesting => SaleState::Requesting,
            Phase::Refused(_) => SaleState::Refused,
            Phase::Uncertain(_) => SaleState::Uncertain,
            Phase::Open if attempt.stopped => SaleState::Stopped,
            Phase::Open if attempt.chosen() => SaleState::Chosen,
            Phase::Open => SaleState::Awaiting,
            Phase::Ended { .. } => SaleState::Ended,
            Phase::Questioned { .. } => SaleState::Review,
            Phase::Paid { .. } => SaleState::Paid,
        }
    }

    /// When it was first paid.
    pub fn paid_at(&self) -> Option<UnixMs> {
        self.paid_attempts()
            .find(|attempt| {
                matches!(
                    attempt.phase,
                    Phase::Paid {
                        duplicate: false,
                        ..
                    }
                )
            })
            .and_then(Attempt::paid_at)
    }

    /// The moment that the book counts it by: a sale belongs to the day on which it was paid, until then
    /// to the day on which it was opened.
    pub fn booked_at(&self) -> UnixMs {
        self.paid_at().unwrap_or(self.opened_at)
    }

    /// Paid after its end, or after the cashier had stopped waiting.
    pub fn late(&self) -> bool {
        self.current()
            .is_some_and(|attempt| matches!(attempt.phase, Phase::Paid { late: true, .. }))
    }

    /// Paid, and every payment credited to the merchant.
    pub fn settled(&self) -> bool {
        self.paid_at().is_some() && self.paid_attempts().all(Attempt::settled)
    }

    /// Test money.
    pub fn test(&self) -> bool {
        self.current().is_some_and(Attempt::test)
    }

    /// More than one of its invoices was paid.
    pub fn paid_twice(&self) -> bool {
        self.paid_attempts().count() > 1
    }

    /// A payment that nobody at the till has seen yet.
    pub fn unseen(&self) -> bool {
        self.paid_attempts().any(|attempt| !attempt.seen)
    }

    /// Not over: someone may still pay, or the cashier still has to decide.
    pub fn is_open(&self) -> bool {
        match self.state() {
            SaleState::Requesting
            | SaleState::Awaiting
            | SaleState::Chosen
            | SaleState::Stopped => true,
            SaleState::Uncertain => self.current().is_some_and(|attempt| !attempt.stopped),
            SaleState::Review => !self.review_closed,
            SaleState::Paid | SaleState::Ended | SaleState::Refused => false,
        }
    }

    /// The cashier may ask for a new invoice: none is paid, in doubt over money, on its way or open.
    pub fn may_try_again(&self) -> bool {
        matches!(
            self.state(),
            SaleState::Ended | SaleState::Refused | SaleState::Uncertain
        )
    }

    fn paid_attempts(&self) -> impl Iterator<Item = &Attempt> {
        self.attempts
            .iter()
            .filter(|attempt| attempt.paid_at().is_some())
    }
}
