//! From entries to the state of a sale. Pure; the projection tables, the screens and `verify` all
//! come from this one fold.

use serde::{Deserialize, Serialize};

use super::entry::{Entry, Event, Failure, Mismatch, Report};
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, InvoiceId, SaleId, SaleNumber, TapId};
use crate::money::Money;

/// A sale: one number, one amount, one or more attempts to be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// Its id.
    pub id: SaleId,
    /// Its number.
    pub number: SaleNumber,
    /// What is to be paid.
    pub amount: Money,
    /// The cashier's words.
    pub note: Option<String>,
    /// The tap that opened it.
    pub tap: TapId,
    /// When it was opened.
    pub opened_at: UnixMs,
    /// Its invoices, in order. Only [`Sale::apply`] adds to them.
    pub attempts: Vec<Attempt>,
}

/// One invoice of a sale, from the request on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its place, from 1.
    pub number: AttemptNumber,
    /// The gateway that was asked.
    pub gateway: String,
    /// When it was asked.
    pub requested_at: UnixMs,
    /// The invoice, once the gateway gave one.
    pub invoice: Option<Invoice>,
    /// The gateway's last words about it.
    pub report: Option<Report>,
    /// The cashier stopped waiting for it.
    pub stopped: bool,
    /// How far it is.
    pub phase: Phase,
}

/// What the gateway gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// The gateway's name of it.
    pub id: InvoiceId,
    /// What the customer opens.
    pub pay_url: String,
    /// Unix seconds of the gateway's clock.
    pub expires_at_unix: Option<i64>,
    /// Made in test mode.
    pub test: bool,
    /// The gateway's clock minus the till's, milliseconds.
    pub clock_offset_ms: Option<i64>,
}

/// How far an attempt is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Asked, not answered.
    Requesting,
    /// Nothing was made.
    Refused(Failure),
    /// Perhaps made, its address unseen.
    Uncertain(Failure),
    /// May be paid.
    Open,
    /// Over, unpaid, by the gateway's word.
    Ended {
        /// When the till heard so.
        at: UnixMs,
    },
    /// Paid by the gateway's word, which contradicts the sale.
    Questioned {
        /// Wherein.
        mismatches: Vec<Mismatch>,
    },
    /// Paid.
    Paid {
        /// When the till heard so.
        at: UnixMs,
        /// After its end, or after the cashier had stopped waiting.
        late: bool,
    },
}

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
    /// The word of the contract.
    pub fn word(self) -> &'static str {
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

/// Why an entry cannot follow those before it. The journal never writes such an entry; `verify`
/// meets one only in a file that was tampered with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// The first entry of a sale must open it.
    #[error("the sale was not opened")]
    NotOpened,
    /// It was opened before.
    #[error("the sale is opened twice")]
    OpenedTwice,
    /// Attempts are numbered without gaps.
    #[error("attempt {0} is out of order")]
    AttemptOutOfOrder(AttemptNumber),
    /// No such attempt.
    #[error("attempt {0} was not requested")]
    AttemptUnknown(AttemptNumber),
    /// The attempt is not at the stage this entry needs.
    #[error("{event} cannot follow: attempt {attempt} is {phase}")]
    WrongPhase {
        /// The entry.
        event: &'static str,
        /// The attempt.
        attempt: AttemptNumber,
        /// Its phase.
        phase: &'static str,
    },
    /// An entry of another sale, or of none.
    #[error("the entry is of another sale")]
    OtherSale,
}

impl Phase {
    /// The word it is stored under.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Requesting => "requesting",
            Self::Refused(_) => "refused",
            Self::Uncertain(_) => "uncertain",
            Self::Open => "open",
            Self::Ended { .. } => "ended",
            Self::Questioned { .. } => "questioned",
            Self::Paid { .. } => "paid",
        }
    }
}

impl Attempt {
    /// The customer picked a coin.
    pub fn chosen(&self) -> bool {
        self.report
            .as_ref()
            .is_some_and(|report| report.crypto.is_some())
    }

    /// Paid and credited to the merchant.
    pub fn settled(&self) -> bool {
        self.paid_at().is_some() && self.report.as_ref().is_some_and(Report::is_processed)
    }

    /// When it was paid.
    pub fn paid_at(&self) -> Option<UnixMs> {
        match self.phase {
            Phase::Paid { at, .. } => Some(at),
            _ => None,
        }
    }

    /// Made in test mode.
    pub fn test(&self) -> bool {
        self.invoice.as_ref().is_some_and(|invoice| invoice.test)
    }
}

impl Sale {
    /// The sale that its first entry opens.
    ///
    /// # Errors
    /// [`FoldError::NotOpened`] for any other entry.
    pub fn open(entry: &Entry) -> Result<Self, FoldError> {
        match &entry.event {
            Event::SaleOpened {
                sale,
                number,
                amount_minor,
                currency,
                note,
                tap,
            } => Ok(Self {
                id: *sale,
                number: *number,
                amount: Money::from_minor(*amount_minor, *currency),
                note: note.clone(),
                tap: *tap,
                opened_at: entry.at,
                attempts: Vec::new(),
            }),
            _ => Err(FoldError::NotOpened),
        }
    }

    /// The sale that these entries, in order, add up to.
    ///
    /// # Errors
    /// [`FoldError`] for entries that do not follow from one another.
    pub fn fold<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Result<Self, FoldError> {
        let mut entries = entries.into_iter();
        let mut sale = Self::open(entries.next().ok_or(FoldError::NotOpened)?)?;
        for entry in entries {
            sale.apply(entry)?;
        }
        Ok(sale)
    }

    /// Takes one more entry.
    ///
    /// # Errors
    /// [`FoldError`] when it cannot follow; the sale is then as it was.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), FoldError> {
        if entry.event.sale() != Some(self.id) {
            return Err(FoldError::OtherSale);
        }
        match &entry.event {
            Event::JournalOpened { .. } => return Err(FoldError::OtherSale),
            Event::SaleOpened { .. } => return Err(FoldError::OpenedTwice),
            Event::InvoiceRequested {
                attempt, gateway, ..
            } => {
                if *attempt != self.next_attempt() {
                    return Err(FoldError::AttemptOutOfOrder(*attempt));
                }
                self.attempts.push(Attempt {
                    number: *attempt,
                    gateway: gateway.clone(),
                    requested_at: entry.at,
                    invoice: None,
                    report: None,
                    stopped: false,
                    phase: Phase::Requesting,
                });
            }
            Event::InvoiceOpened {
                attempt,
                invoice_id,
                pay_url,
                expires_at_unix,
                test,
                clock_offset_ms,
                ..
            } => {
                // An attempt given up as uncertain may still be answered: the gateway's word wins.
                let attempt = self.attempt_in(*attempt, "invoice_opened", |phase| {
                    matches!(phase, Phase::Requesting | Phase::Uncertain(_))
                })?;
                attempt.invoice = Some(Invoice {
                    id: invoice_id.clone(),
                    pay_url: pay_url.clone(),
                    expires_at_unix: *expires_at_unix,
                    test: *test,
                    clock_offset_ms: *clock_offset_ms,
                });
                attempt.phase = Phase::Open;
            }
            Event::InvoiceRefused {
                attempt, failure, ..
            } => {
                let attempt = self.attempt_in(*attempt, "invoice_refused", |phase| {
                    matches!(phase, Phase::Requesting | Phase::Uncertain(_))
                })?;
                attempt.phase = Phase::Refused(failure.clone());
            }
            Event::InvoiceUncertain {
                attempt, failure, ..
            } => {
                let attempt = self.attempt_in(*attempt, "invoice_uncertain", |phase| {
                    matches!(phase, Phase::Requesting)
                })?;
                attempt.phase = Phase::Uncertain(failure.clone());
            }
            Event::InvoiceReported {
                attempt, report, ..
            } => {
                let attempt = self.attempt_in(*attempt, "invoice_reported", has_invoice)?;
                // Stale words do not blank what the paying report said.
                if report.is_paid || attempt.paid_at().is_none() {
                    attempt.report = Some(report.clone());
                }
            }
            Event::InvoicePaid {
                attempt, report, ..
            } => {
                let attempt = self.attempt_in(*attempt, "invoice_paid", |phase| {
                    has_invoice(phase) && !matches!(phase, Phase::Paid { .. })
                })?;
                let late = attempt.stopped || matches!(attempt.phase, Phase::Ended { .. });
                attempt.report = Some(report.clone());
                attempt.phase = Phase::Paid { at: entry.at, late };
            }
            Event::InvoiceEnded {
                attempt, report, ..
            } => {
                let attempt = self.attempt_in(*attempt, "invoice_ended", |phase| {
                    matches!(phase, Phase::Open)
                })?;
                attempt.report = Some(report.clone());
                attempt.phase = Phase::Ended { at: entry.at };
            }
            Event::InvoiceQuestioned {
                attempt,
                report,
                mismatches,
                ..
            } => {
                let attempt = self.attempt_in(*attempt, "invoice_questioned", |phase| {
                    has_invoice(phase) && !matches!(phase, Phase::Paid { .. })
                })?;
                attempt.report = Some(report.clone());
                attempt.phase = Phase::Questioned {
                    mismatches: mismatches.clone(),
                };
            }
            Event::SaleStopped { .. } => {
                for attempt in &mut self.attempts {
                    attempt.stopped |= matches!(attempt.phase, Phase::Open);
                }
            }
        }
        Ok(())
    }

    /// The number that the next attempt bears.
    pub fn next_attempt(&self) -> AttemptNumber {
        let so_far = self.attempts.last().map_or(0, |attempt| attempt.number.0);
        AttemptNumber(so_far.saturating_add(1))
    }

    /// One of its attempts.
    pub fn attempt(&self, number: AttemptNumber) -> Option<&Attempt> {
        self.attempts
            .iter()
            .find(|attempt| attempt.number == number)
    }

    /// The attempt that speaks for the sale: the first that was paid, else one that contradicts it,
    /// else the last. `None` only before the first request.
    pub fn current(&self) -> Option<&Attempt> {
        let mut paid: Vec<&Attempt> = self.paid_attempts().collect();
        paid.sort_by_key(|attempt| attempt.paid_at());
        paid.first()
            .copied()
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
        self.paid_attempts().filter_map(Attempt::paid_at).min()
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

    fn attempt_in(
        &mut self,
        number: AttemptNumber,
        event: &'static str,
        allowed: impl Fn(&Phase) -> bool,
    ) -> Result<&mut Attempt, FoldError> {
        let attempt = self
            .attempts
            .iter_mut()
            .find(|attempt| attempt.number == number)
            .ok_or(FoldError::AttemptUnknown(number))?;
        if allowed(&attempt.phase) {
            Ok(attempt)
        } else {
            Err(FoldError::WrongPhase {
                event,
                attempt: number,
                phase: attempt.phase.word(),
            })
        }
    }
}

fn has_invoice(phase: &Phase) -> bool {
    matches!(
        phase,
        Phase::Open | Phase::Ended { .. } | Phase::Questioned { .. } | Phase::Paid { .. }
    )
}
