//! The entries of the journal. This is a file format that shops keep for years: a field may be added
//! as optional, none may be renamed, removed or change its meaning (docs/journal.md).

use serde::{Deserialize, Serialize};

use super::basket::Line;
use super::gateway_report::{Failure, Mismatch, Report};
use crate::clock::UnixMs;
use crate::ids::{
    AttemptNumber, InvoiceId, RefundNumber, SaleId, SaleNumber, TapId, TillCode, TillId,
};
use crate::money::{BasisPoints, Currency};
use crate::report::DayTotals;

/// One line of the journal: known by (till, seq), readable by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Position in the journal, from 1, without gaps.
    pub seq: u64,
    /// The till that wrote it.
    pub till: TillId,
    /// When, by the till's clock.
    #[serde(rename = "at_unix_ms")]
    pub at: UnixMs,
    /// Who was at the till, when the shop names its cashiers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What can happen. The name in the file is `kind`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The first entry of every journal.
    JournalOpened {
        /// The till's short code.
        code: TillCode,
        /// Real money or practice.
        purpose: Purpose,
    },
    /// The cashier charged an amount.
    SaleOpened {
        /// Its id.
        sale: SaleId,
        /// Its number.
        number: SaleNumber,
        /// In minor units.
        amount_minor: i64,
        /// Of this currency.
        currency: Currency,
        /// The cashier's words, whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// The tap that opened it.
        tap: TapId,
        /// What was sold, when it was picked from items. Their sum, less the discount, with the tip, is
        /// the amount.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lines: Vec<Line>,
        /// Taken off the lines, minor units.
        #[serde(default, skip_serializing_if = "is_zero")]
        discount_minor: i64,
        /// The discount's rate, when it was a share of the lines.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        discount_rate: Option<BasisPoints>,
        /// Within the amount, minor units.
        #[serde(default, skip_serializing_if = "is_zero")]
        tip_minor: i64,
        /// The tax contained in what no line names, as the shop's rate was that day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tax: Option<BasisPoints>,
    },
    /// An invoice is about to be asked for. On disk before the request leaves.
    InvoiceRequested {
        /// Of this sale.
        sale: SaleId,
        /// Which of its invoices.
        attempt: AttemptNumber,
        /// The gateway asked: `api.cru.cash`, `host:port`, or `practice`.
        gateway: String,
        /// The invoice's life, minutes.
        lifetime_minutes: u16,
    },
    /// The gateway made it. On disk before its QR is seen.
    InvoiceOpened {
        /// Of this sale.
        sale: SaleId,
        /// Which of its invoices.
        attempt: AttemptNumber,
        /// The gateway's name of it.
        invoice_id: InvoiceId,
        /// What the customer opens, checked.
        pay_url: String,
        /// When it ends, Unix seconds of the gateway's clock.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_at_unix: Option<i64>,
        /// Made in test mode.
        test: bool,
        /// The gateway's clock minus the till's, milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clock_offset_ms: Option<i64>,
    },
    /// Nothing was made, and nobody can pay.
    InvoiceRefused {
        /// Of this sale.
        sale: SaleId,
        /// Which of its invoices.
        attempt: AttemptNumber,
        /// Why.
        #[serde(flatten)]
        failure: Failure,
    },
    /// No answer that can be trusted came. Perhaps it was made, but nobody saw its address.
    InvoiceUncertain {
        /// Of this sale.
        sale: SaleId,
        /// Which of its invoices.
        attempt: AttemptNumber,
        /// Why.
        #[serde(flatten)]
        failure: Failure,
    },
    /// The gateway said something new of an invoice, deciding nothing.
    InvoiceReported {
        /// Of this sale.
        sale: SaleId,
        /// Which of its invoices.
        attempt: AttemptNumber,
        /// Its words.
        report: Report,
    },
    /// The gateway said paid, of this very sale.
    InvoicePaid {
        /// Of this sale.
        sale: SaleId,
        /// Which of its invoices.
        attempt: AttemptNumber,
        /// Its words.
        report: Report,
    },
    /// The gateway said it is over, unpaid.
    InvoiceEnded {
        /// Of this sale.
        sale: SaleId,
        /// Which of its invoices.
        attempt: AttemptNumber,
        /// Its words.
        report: Report,
    },
    /// The gateway said paid, but not of what was asked: a human must look.
    InvoiceQuestioned {
        /// Of this sale.
        sale: SaleId,
        /// Which of its invoices.
        attempt: AttemptNumber,
        /// What differs.
        mismatches: Vec<Mismatch>,
        /// Its words.
        report: Report,
    },
    /// The cashier stopped waiting, or gave up an attempt in doubt. All its open invoices stay watched.
    SaleStopped {
        /// This sale.
        sale: SaleId,
    },
    /// Someone at the till saw that it is paid: all payments so far.
    PaymentSeen {
        /// This sale.
        sale: SaleId,
    },
    /// The note was put right; the words before stand in the entries before.
    SaleNoted {
        /// This sale.
        sale: SaleId,
        /// The words that count from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Money went back to the customer, outside the gateway (it has no call for it).
    SaleRefunded {
        /// Of this sale.
        sale: SaleId,
        /// Which of its refunds, from 1.
        refund: RefundNumber,
        /// In minor units of the sale's currency.
        amount_minor: i64,
        /// Which way.
        way: RefundWay,
        /// Why, in the cashier's words.
        reason: String,
    },
    /// A refund was entered by mistake: it counts no more.
    RefundTakenBack {
        /// Of this sale.
        sale: SaleId,
        /// Which of its refunds.
        refund: RefundNumber,
        /// Why, in the cashier's words.
        reason: String,
    },
    /// Someone looked into the contradiction and settled it outside the till. Its money is in no total.
    ReviewClosed {
        /// Of this sale.
        sale: SaleId,
        /// What came of it, in the cashier's words.
        reason: String,
    },
    /// A receipt was made. All after the first are copies.
    ReceiptMade {
        /// Of this sale.
        sale: SaleId,
        /// Where it went.
        medium: ReceiptMedium,
    },
    /// The day was closed: the Z report.
    DayClosed {
        /// Its number, from 1 without gaps.
        z: u32,
        /// The shop's day on which it was closed, ISO 8601.
        day: String,
        /// The shop's time zone then, IANA.
        zone: String,
        /// It counts the entries after this one (the last close, or the journal's first).
        after_seq: u64,
        /// The hash of the entry before this one, in hex: noted down, it shows later that nothing was cut off.
        head: String,
        /// What the entries since the last close add up to.
        totals: DayTotals,
        /// What all closes add up to, this one among them; never reset.
        grand: DayTotals,
        /// Sales still open, carried over.
        open: Vec<SaleNumber>,
    },
}

impl Event {
    /// The word it is stored under.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::JournalOpened { .. } => "journal_opened",
            Self::SaleOpened { .. } => "sale_opened",
            Self::InvoiceRequested { .. } => "invoice_requested",
            Self::InvoiceOpened { .. } => "invoice_opened",
            Self::InvoiceRefused { .. } => "invoice_refused",
            Self::InvoiceUncertain { .. } => "invoice_uncertain",
            Self::InvoiceReported { .. } => "invoice_reported",
            Self::InvoicePaid { .. } => "invoice_paid",
            Self::InvoiceEnded { .. } => "invoice_ended",
            Self::InvoiceQuestioned { .. } => "invoice_questioned",
            Self::SaleStopped { .. } => "sale_stopped",
            Self::PaymentSeen { .. } => "payment_seen",
            Self::SaleNoted { .. } => "sale_noted",
            Self::SaleRefunded { .. } => "sale_refunded",
            Self::RefundTakenBack { .. } => "refund_taken_back",
            Self::ReviewClosed { .. } => "review_closed",
            Self::ReceiptMade { .. } => "receipt_made",
            Self::DayClosed { .. } => "day_closed",
        }
    }

    /// The sale it belongs to, if any.
    pub fn sale(&self) -> Option<SaleId> {
        match self {
            Self::JournalOpened { .. } | Self::DayClosed { .. } => None,
            Self::SaleOpened { sale, .. }
            | Self::InvoiceRequested { sale, .. }
            | Self::InvoiceOpened { sale, .. }
            | Self::InvoiceRefused { sale, .. }
            | Self::InvoiceUncertain { sale, .. }
            | Self::InvoiceReported { sale, .. }
            | Self::InvoicePaid { sale, .. }
            | Self::InvoiceEnded { sale, .. }
            | Self::InvoiceQuestioned { sale, .. }
            | Self::SaleStopped { sale }
            | Self::PaymentSeen { sale }
            | Self::SaleNoted { sale, .. }
            | Self::SaleRefunded { sale, .. }
            | Self::RefundTakenBack { sale, .. }
            | Self::ReviewClosed { sale, .. }
            | Self::ReceiptMade { sale, .. } => Some(*sale),
        }
    }
}

/// How money went back. The gateway sends none (gateway.md knows no such call).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RefundWay {
    /// Out of the drawer.
    Cash,
    /// By hand outside the till: a transfer, a wallet.
    ByHand,
}

impl RefundWay {
    /// The word it is stored under.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::ByHand => "by_hand",
        }
    }

    /// The way that is stored under this word.
    pub fn from_name(word: &str) -> Option<Self> {
        [Self::Cash, Self::ByHand]
            .into_iter()
            .find(|way| way.as_str() == word)
    }
}

/// Where a receipt went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ReceiptMedium {
    /// A receipt printer.
    Printer,
    /// A file: PNG or PDF.
    File,
    /// The system's print dialog.
    Dialog,
}

impl ReceiptMedium {
    /// The word it is stored under.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Printer => "printer",
            Self::File => "file",
            Self::Dialog => "dialog",
        }
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_zero(minor: &i64) -> bool {
    *minor == 0
}

/// What a journal's money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Real.
    Live,
    /// Play.
    Practice,
}
