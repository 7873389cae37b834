//! An attempt to be paid: one request for an invoice, the invoice itself, and what the gateway last said
//! about it.

use serde::{Deserialize, Serialize};

use super::entry::{Entry, Event};
use super::fold::FoldError;
use super::gateway_report::{Failure, Mismatch, Report};
use super::reported::Reported;
use super::tender::Share;
use crate::breaks::{self, Break};
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, InvoiceId};
use crate::money::Money;

/// One attempt of a sale, from the request for its invoice on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its place within the sale, from 1.
    pub number: AttemptNumber,
    /// The gateway that was asked: `api.cru.cash`, `host:port`, or `practice`.
    pub gateway: String,
    /// When the invoice was requested.
    pub requested_at: UnixMs,
    /// What its invoice asks for: what was outstanding then.
    pub amount: Money,
    /// Its share of the sale, once it is paid.
    pub share: Share,
    /// The invoice, once the gateway created one.
    pub invoice: Option<Invoice>,
    /// The gateway's last report about it.
    pub report: Option<Report>,
    /// The reports that decided nothing.
    pub(super) reported: Reported,
    /// The cashier stopped waiting for it.
    pub stopped: bool,
    /// Someone at the till saw that it was paid, or that its money is in question.
    pub seen: bool,
    /// The last `pay_status` that the gateway does not document: a part may have been sent.
    pub unknown_status: Option<String>,
    /// Since when the gateway no longer says paid, though it had.
    pub doubted_at: Option<UnixMs>,
    /// The gateway answered once more long after its end or its payment: it is polled no more.
    pub watch_ended: bool,
    /// How far it is.
    pub phase: Phase,
}

/// An invoice as the gateway created it, its address checked. The journal keeps these fields
/// (docs/journal.md, *Entries*, row `invoice_opened`).
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// The gateway's id of it.
    #[serde(rename = "invoice_id")]
    pub id: InvoiceId,
    /// The page that the customer opens; always on the gateway's own host.
    pub pay_url: String,
    /// When it expires, Unix seconds of the gateway's clock. Only the answer to `create` says so.
    pub expires_at_unix: Option<i64>,
    /// Made in test mode.
    pub test: bool,
    /// The gateway's clock minus the till's, milliseconds, by the `Date` header of the answer.
    pub clock_offset_ms: Option<i64>,
}

/// How far an attempt is.
#[derive(Debug, Clone, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Phase {
    /// The request may have left; no answer was written down yet.
    Requesting,
    /// The gateway created nothing, or nothing that may be shown.
    Refused(Failure),
    /// No answer that can be trusted came. An invoice may exist, but nobody saw its address.
    Uncertain(Failure),
    /// The customer can pay.
    Open,
    /// The gateway said that it is over, unpaid.
    Ended {
        /// When the till wrote that down.
        at: UnixMs,
    },
    /// The gateway said paid, but its report contradicts the sale.
    Questioned {
        /// What differs.
        mismatches: Vec<Mismatch>,
    },
    /// Paid.
    Paid {
        /// When the till wrote that down.
        at: UnixMs,
        /// The entry that says so.
        seq: u64,
        /// Paid after its end, or after the cashier had stopped waiting.
        late: bool,
        /// The sale had been paid before.
        duplicate: bool,
        /// The coin as the paying report named it; later reports may differ.
        coin: String,
    },
}

impl Phase {
    /// The word it is stored under, and that screens get.
    pub fn as_str(&self) -> &'static str {
        self.into()
    }

    /// Whether there is an invoice to ask the gateway about.
    fn has_invoice(&self) -> bool {
        matches!(
            self,
            Self::Open | Self::Ended { .. } | Self::Questioned { .. } | Self::Paid { .. }
        )
    }

    /// Whether an event can happen to an attempt in this phase.
    fn allows(&self, event: &Event) -> bool {
        let paid = matches!(self, Self::Paid { .. });
        match event {
            // The till may have given up on an attempt as uncertain. An answer that comes later still counts.
            Event::InvoiceOpened { .. } | Event::InvoiceRefused { .. } => {
                matches!(self, Self::Requesting | Self::Uncertain(_))
            }
            Event::InvoiceUncertain { .. } => matches!(self, Self::Requesting),
            Event::InvoiceReported { .. } => self.has_invoice(),
            Event::InvoicePaid { .. } | Event::InvoiceQuestioned { .. } => {
                self.has_invoice() && !paid
            }
            Event::InvoiceEnded { .. } => matches!(self, Self::Open),
            // Open only when the sale was written off, which the sale checks.
            Event::InvoiceWatchEnded { .. } => {
                matches!(self, Self::Open | Self::Ended { .. } | Self::Paid { .. })
            }
            Event::PaymentDoubted { .. } => paid,
            _ => false,
        }
    }
}

impl Attempt {
    /// A request that is about to be sent.
    pub(super) fn new(
        number: AttemptNumber,
        gateway: &str,
        requested_at: UnixMs,
        amount: Money,
    ) -> Self {
        Self {
            number,
            amount,
            share: Share::default(),
            gateway: gateway.to_owned(),
            requested_at,
            invoice: None,
            report: None,
            reported: Reported::default(),
            stopped: false,
            seen: false,
            unknown_status: None,
            doubted_at: None,
            watch_ended: false,
            phase: Phase::Requesting,
        }
    }

    /// Applies an entry about this attempt's invoice. `duplicate`: the sale has been paid already.
    pub(super) fn apply(&mut self, entry: &Entry, duplicate: bool) -> Result<(), FoldError> {
        if !self.phase.allows(&entry.event) {
            return Err(self.wrong_phase(entry));
        }
        match &entry.event {
            Event::InvoiceOpened { invoice, .. } => {
                self.invoice = Some(invoice.clone());
                self.phase = Phase::Open;
            }
            Event::InvoiceRefused { failure, .. } => self.phase = Phase::Refused(failure.clone()),
            Event::InvoiceUncertain { failure, .. } => {
                self.phase = Phase::Uncertain(failure.clone());
            }
            Event::InvoiceReported { report, .. } => {
                self.reported.note(report, entry.at);
                self.apply_report(report);
            }
            Event::InvoicePaid { report, .. } => {
                self.phase = Phase::Paid {
                    at: entry.at,
                    seq: entry.seq,
                    late: (self.stopped || matches!(self.phase, Phase::Ended { .. }))
                        && !breaks::is(Break::LateNotSaid),
                    duplicate,
                    coin: report.coin(),
                };
                self.report = Some(report.clone());
                // Its credit is waited for anew.
                self.watch_ended = false;
            }
            Event::InvoiceEnded { report, .. } => {
                self.report = Some(report.clone());
                self.phase = Phase::Ended { at: entry.at };
            }
            Event::InvoiceQuestioned {
                report, mismatches, ..
            } => {
                self.report = Some(report.clone());
                self.phase = Phase::Questioned {
                    mismatches: mismatches.clone(),
                };
                self.seen = false;
                self.watch_ended = false;
            }
            Event::InvoiceWatchEnded { .. } => self.watch_ended = true,
            Event::PaymentDoubted { .. } => {
                self.doubted_at = Some(entry.at);
                self.seen = false;
            }
            _ => {}
        }
        Ok(())
    }

    /// The error of an entry that cannot happen to the attempt as it is.
    pub(super) fn wrong_phase(&self, entry: &Entry) -> FoldError {
        FoldError::WrongPhase {
            event: entry.event.kind(),
            attempt: self.number,
            phase: self.phase.as_str(),
        }
    }

    fn apply_report(&mut self, report: &Report) {
        // A stale report must not replace the one that said paid.
        if report.is_paid || self.paid_at().is_none() {
            self.report = Some(report.clone());
        }
        if report.is_paid {
            self.doubted_at = None;
        }
        if !report.has_known_status() {
            self.unknown_status = Some(report.pay_status.clone());
        }
    }

    /// The cashier stops waiting, if there is anything to wait for.
    pub(super) fn stop(&mut self) {
        self.stopped |= matches!(self.phase, Phase::Open | Phase::Uncertain(_));
    }

    /// The customer picked a coin.
    pub fn chosen(&self) -> bool {
        let report = self.report.as_ref();
        report.is_some_and(|report| report.crypto.is_some())
    }

    /// Paid and credited to the merchant.
    pub fn settled(&self) -> bool {
        self.paid_at().is_some() && self.report.as_ref().is_some_and(Report::is_processed)
    }

    /// When it was paid; `None` while it is not.
    pub fn paid_at(&self) -> Option<UnixMs> {
        match self.phase {
            Phase::Paid { at, .. } => Some(at),
            _ => None,
        }
    }

    /// Paid, and the first of its sale to be.
    pub(super) fn paid_first(&self) -> bool {
        matches!(self.phase, Phase::Paid { duplicate, .. } if !duplicate)
    }

    /// Whether it rings until someone at the till has seen it: a payment, or money in question.
    pub(super) fn rings_until_seen(&self) -> bool {
        (self.paid_at().is_some() || self.in_question()) && !breaks::is(Break::NothingRings)
    }

    /// Whether its money is in question: the gateway's report contradicts the sale, or what it said before.
    pub fn in_question(&self) -> bool {
        matches!(self.phase, Phase::Questioned { .. }) || self.doubted_at.is_some()
    }

    /// Made in test mode.
    pub fn test(&self) -> bool {
        self.invoice.as_ref().is_some_and(|invoice| invoice.test)
    }

    /// Why there is no invoice, if the request failed.
    pub(crate) fn failure(&self) -> Option<&Failure> {
        match &self.phase {
            Phase::Refused(failure) | Phase::Uncertain(failure) => Some(failure),
            _ => None,
        }
    }

    /// In what the gateway contradicts the sale, by the words of [`Mismatch::as_str`]; `taken_back` when it no
    /// longer says paid.
    pub(super) fn mismatches(&self) -> Vec<String> {
        match &self.phase {
            Phase::Questioned { mismatches } => mismatches
                .iter()
                .map(|mismatch| mismatch.as_str().to_owned())
                .collect(),
            _ if self.doubted_at.is_some() => vec!["taken_back".to_owned()],
            _ => Vec::new(),
        }
    }
}
