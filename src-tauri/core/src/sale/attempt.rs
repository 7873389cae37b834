//! One invoice of a sale: what was asked for, what the gateway gave, how far it is.

use super::gateway_report::{Failure, Mismatch, Report};
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, InvoiceId};

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
    /// Someone at the till saw that it was paid.
    pub seen: bool,
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
        /// The entry that says so.
        seq: u64,
        /// After its end, or after the cashier had stopped waiting.
        late: bool,
        /// Another invoice of the sale had been paid before.
        duplicate: bool,
        /// The coin as it was named then; later words may differ.
        coin: String,
    },
}

impl Phase {
    /// The word it is stored under.
    pub fn as_str(&self) -> &'static str {
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

    /// Whether there is an invoice to ask about.
    pub(super) fn has_invoice(&self) -> bool {
        matches!(
            self,
            Self::Open | Self::Ended { .. } | Self::Questioned { .. } | Self::Paid { .. }
        )
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
