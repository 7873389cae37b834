//! From entries to the state of a sale. Pure; the projection tables, the screens and `verify` all
//! come from this one fold.

use super::attempt::{Attempt, Invoice, Phase};
use super::basket::{BasketError, Line, Parts};
use super::entry::{Entry, Event};
use super::refund::{Refund, Voided};
use super::state::SaleState;
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, RefundNumber, SaleId, SaleNumber, TapId};
use crate::money::{BasisPoints, Money};

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
    /// The number of its last entry in the journal: of two pictures of a sale, the greater is newer.
    pub revision: u64,
    /// What was sold, when it was picked from items.
    pub lines: Vec<Line>,
    /// Taken off the lines, minor units.
    pub discount_minor: i64,
    /// The discount's rate, when it was a share of the lines.
    pub discount_rate: Option<BasisPoints>,
    /// Within the amount, minor units.
    pub tip_minor: i64,
    /// The tax contained in what no line names.
    pub tax: Option<BasisPoints>,
    /// Its invoices, in order. Only [`Sale::apply`] adds to them.
    pub attempts: Vec<Attempt>,
    /// Its refunds, in order, those taken back among them.
    pub refunds: Vec<Refund>,
    /// Receipts made so far.
    pub receipts: u32,
    /// Someone settled the contradiction outside the till.
    pub review_closed: bool,
}

/// Why an entry cannot follow those before it. The journal never writes such an entry; `verify`
/// meets one only in a file that was tampered with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// The first entry of a sale must open it.
    #[error("the sale was not opened")]
    NotOpened,
    /// What was sold does not come to the amount.
    #[error(transparent)]
    Basket(#[from] BasketError),
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
    /// Refunds are numbered without gaps.
    #[error("refund {0} is out of order")]
    RefundOutOfOrder(RefundNumber),
    /// No such refund, or taken back before.
    #[error("refund {0} does not stand")]
    RefundUnknown(RefundNumber),
    /// More than was received, or nothing.
    #[error("{0} minor units cannot go back")]
    RefundTooMuch(i64),
    /// There is no contradiction to close.
    #[error("the sale is not in review")]
    NotInReview,
    /// Nothing was paid, so nobody can have seen it.
    #[error("nothing was paid")]
    NotPaid,
    /// An entry of another sale, or of none.
    #[error("the entry is of another sale")]
    OtherSale,
}

impl Sale {
    /// The sale that its first entry opens.
    ///
    /// # Errors
    /// [`FoldError::NotOpened`] for any other entry, [`FoldError::Basket`] for parts that are not the amount.
    pub fn open(entry: &Entry) -> Result<Self, FoldError> {
        match &entry.event {
            Event::SaleOpened {
                sale,
                number,
                amount_minor,
                currency,
                note,
                tap,
                lines,
                discount_minor,
                discount_rate,
                tip_minor,
                tax,
            } => {
                let parts = Parts {
                    lines,
                    discount_minor: *discount_minor,
                    discount_rate: *discount_rate,
                    tip_minor: *tip_minor,
                };
                parts.validate_total_minor(*amount_minor)?;
                Ok(Self {
                    id: *sale,
                    number: *number,
                    amount: Money::from_minor(*amount_minor, *currency),
                    note: note.clone(),
                    tap: *tap,
                    opened_at: entry.at,
                    revision: entry.seq,
                    lines: lines.clone(),
                    discount_minor: *discount_minor,
                    discount_rate: *discount_rate,
                    tip_minor: *tip_minor,
                    tax: *tax,
                    attempts: Vec::new(),
                    refunds: Vec::new(),
                    receipts: 0,
                    review_closed: false,
                })
            }
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
            Event::JournalOpened { .. } | Event::DayClosed { .. } => {
                return Err(FoldError::OtherSale);
            }
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
                    seen: false,
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
                let attempt = self.attempt_in(*attempt, "invoice_reported", Phase::has_invoice)?;
                // Stale words do not blank what the paying report said.
                if report.is_paid || attempt.paid_at().is_none() {
                    attempt.report = Some(report.clone());
                }
            }
            Event::InvoicePaid {
                attempt, report, ..
            } => {
                let duplicate = self.paid_at().is_some();
                let attempt = self.attempt_in(*attempt, "invoice_paid", |phase| {
                    phase.has_invoice() && !matches!(phase, Phase::Paid { .. })
                })?;
                let late = attempt.stopped || matches!(attempt.phase, Phase::Ended { .. });
                attempt.report = Some(report.clone());
                attempt.phase = Phase::Paid {
                    at: entry.at,
                    seq: entry.seq,
                    late,
                    duplicate,
                    coin: report.coin(),
                };
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
                    phase.has_invoice() && !matches!(phase, Phase::Paid { .. })
                })?;
                attempt.report = Some(report.clone());
                attempt.phase = Phase::Questioned {
                    mismatches: mismatches.clone(),
                };
                // A new contradiction: what was settled before was another.
                self.review_closed = false;
            }
            Event::SaleStopped { .. } => {
                for attempt in &mut self.attempts {
                    attempt.stopped |= matches!(attempt.phase, Phase::Open | Phase::Uncertain(_));
                }
            }
            Event::PaymentSeen { .. } => {
                if self.paid_at().is_none() {
                    return Err(FoldError::NotPaid);
                }
                for attempt in &mut self.attempts {
                    attempt.seen |= attempt.paid_at().is_some();
                }
            }
            Event::SaleNoted { note, .. } => self.note.clone_from(note),
            Event::SaleRefunded {
                refund,
                amount_minor,
                way,
                reason,
                ..
            } => {
                if *refund != self.next_refund() {
                    return Err(FoldError::RefundOutOfOrder(*refund));
                }
                if *amount_minor <= 0 || *amount_minor > self.refundable().minor() {
                    return Err(FoldError::RefundTooMuch(*amount_minor));
                }
                self.refunds.push(Refund {
                    number: *refund,
                    at: entry.at,
                    seq: entry.seq,
                    amount_minor: *amount_minor,
                    way: *way,
                    reason: reason.clone(),
                    voided: None,
                });
            }
            Event::RefundTakenBack { refund, reason, .. } => {
                let standing = self
                    .refunds
                    .iter_mut()
                    .find(|standing| standing.number == *refund && standing.voided.is_none());
                let standing = standing.ok_or(FoldError::RefundUnknown(*refund))?;
                standing.voided = Some(Voided {
                    at: entry.at,
                    seq: entry.seq,
                    reason: reason.clone(),
                });
            }
            Event::ReviewClosed { .. } => {
                if self.state() != SaleState::Review {
                    return Err(FoldError::NotInReview);
                }
                self.review_closed = true;
            }
            Event::ReceiptMade { .. } => self.receipts = self.receipts.saturating_add(1),
        }
        self.revision = entry.seq;
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
                phase: attempt.phase.as_str(),
            })
        }
    }
}
