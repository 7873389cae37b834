//! The entries of the journal. This is a file format that shops keep for years: a field may be added as
//! optional; none may be renamed, removed or change its meaning (docs/journal.md, *Changing the format*).

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantNames as _};
use ts_rs::TS;

use super::attempt::Invoice;
use super::basket::{Breakdown, is_zero};
use super::cart::CartContent;
use super::day_close::DayClose;
use super::gateway_report::{Failure, Mismatch, Report};
use super::receipt_token::ReceiptToken;
use super::refund_parts::{RefundParts, ReturnedLine};
use super::tender::{OwnTender, TenderWay};
use crate::clock::UnixMs;
use crate::drawer::{CashCount, CashMove};
use crate::ids::{
    AttemptNumber, CartId, ItemId, RefundNumber, SaleId, SaleNumber, TapId, TenderNumber, TillCode,
    TillId,
};
use crate::money::Currency;
use crate::staff::Role;

/// One entry of the journal. (`till`, `seq`) names it among all tills.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number in the journal, from 1, without gaps.
    pub seq: u64,
    /// The till that wrote it.
    pub till: TillId,
    /// When, by the till's clock.
    #[serde(rename = "at_unix_ms")]
    pub at: UnixMs,
    /// Who was at the till, when the shop names its cashiers.
    pub by: Option<String>,
    /// Who lent the right to this act, when whoever was at the till did not have it: a cashier's name, or `PIN` for the
    /// shop's one PIN.
    pub approved_by: Option<String>,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What can happen. Its name in the file is `kind` (docs/journal.md, *Entries*).
#[serde_with::skip_serializing_none]
#[derive(
    Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, strum::VariantNames,
)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// The first entry of every journal.
    JournalOpened {
        /// The till's short code.
        code: TillCode,
        /// Real money or practice.
        purpose: Purpose,
        /// The gateway whose money the journal holds; `None`: practice, or a later [`Event::GatewayBound`] says it.
        gateway: Option<String>,
    },
    /// The journal belongs to this gateway from now on: no invoice is requested of another.
    GatewayBound {
        /// `api.cru.cash`, or `host:port`.
        gateway: String,
    },
    /// The till has another short code; the sales that are opened from now on bear it. Their numbers go on.
    TillCodeChanged {
        /// The new code.
        code: TillCode,
    },
    /// The cashier charged an amount.
    SaleOpened {
        /// Its id.
        sale: SaleId,
        /// Its number.
        number: SaleNumber,
        /// The till's short code, when it is not the one that the journal was opened with.
        code: Option<TillCode>,
        /// The amount to be paid, minor units.
        amount_minor: i64,
        /// The amount's currency.
        currency: Currency,
        /// The cashier's note, in full.
        note: Option<String>,
        /// The tag of the language that the customer had chosen by then: `pl`.
        language: Option<String>,
        /// The tap that opened it.
        tap: TapId,
        /// What the amount is made of.
        #[serde(flatten)]
        breakdown: Breakdown,
        /// The held cart whose lines it takes: the cart is held no more.
        cart: Option<CartId>,
        /// What opens its receipt at the back office; `None`: it has none there.
        receipt_token: Option<ReceiptToken>,
    },
    /// An unpaid cart was parked under a name.
    CartHeld {
        /// The cart.
        #[serde(flatten)]
        content: CartContent,
        /// Its currency.
        currency: Currency,
        /// The tap that held it, or that charged several carts at once.
        tap: TapId,
        /// The held carts whose lines it takes: they are held no more.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        from: Vec<CartId>,
    },
    /// A held cart was split in two: one is about to be taken up, the other stays held.
    CartSplit {
        /// The cart, held no more.
        cart: CartId,
        /// Its two parts, which have all its lines and its whole discount.
        into: Vec<CartContent>,
    },
    /// Somebody gave up a held cart without a sale.
    CartDropped {
        /// The cart.
        cart: CartId,
        /// The cashier's reason.
        reason: String,
    },
    /// An invoice is about to be requested. Written before the request leaves.
    InvoiceRequested {
        /// The sale.
        sale: SaleId,
        /// The attempt that begins.
        attempt: AttemptNumber,
        /// The gateway that is asked: `api.cru.cash`, `host:port`, or `practice`.
        gateway: String,
        /// How long the invoice lives, minutes.
        lifetime_minutes: u16,
        /// What it asks for, minor units; absent when that is the sale's whole amount.
        amount_minor: Option<i64>,
    },
    /// The gateway created the invoice. Written before its QR is seen.
    InvoiceOpened {
        /// The sale.
        sale: SaleId,
        /// The attempt.
        attempt: AttemptNumber,
        /// The invoice.
        #[serde(flatten)]
        invoice: Invoice,
    },
    /// No invoice was created, or none that may be shown: nobody can pay.
    InvoiceRefused {
        /// The sale.
        sale: SaleId,
        /// The attempt.
        attempt: AttemptNumber,
        /// Why.
        #[serde(flatten)]
        failure: Failure,
    },
    /// No answer that can be trusted came. An invoice may exist, but nobody saw its address.
    InvoiceUncertain {
        /// The sale.
        sale: SaleId,
        /// The attempt.
        attempt: AttemptNumber,
        /// Why.
        #[serde(flatten)]
        failure: Failure,
    },
    /// The gateway said something new about an invoice that decides nothing.
    InvoiceReported {
        /// The sale.
        sale: SaleId,
        /// The attempt.
        attempt: AttemptNumber,
        /// The gateway's words.
        report: Report,
    },
    /// The gateway said that the invoice is paid, and the report agrees with the sale.
    InvoicePaid {
        /// The sale.
        sale: SaleId,
        /// The attempt.
        attempt: AttemptNumber,
        /// The gateway's words.
        report: Report,
    },
    /// The gateway said that the invoice is over, unpaid.
    InvoiceEnded {
        /// The sale.
        sale: SaleId,
        /// The attempt.
        attempt: AttemptNumber,
        /// The gateway's words.
        report: Report,
    },
    /// The gateway said paid, but the report contradicts the sale: a person has to review it.
    InvoiceQuestioned {
        /// The sale.
        sale: SaleId,
        /// The attempt.
        attempt: AttemptNumber,
        /// What differs.
        mismatches: Vec<Mismatch>,
        /// The gateway's words.
        report: Report,
    },
    /// A tender besides crypto was taken: it settles a part of the sale, or the rest.
    TenderTaken {
        /// The sale.
        sale: SaleId,
        /// The tender's number within the sale, from 1.
        tender: TenderNumber,
        /// What it is.
        way: TenderWay,
        /// Which of the shop's own it is.
        own: Option<OwnTender>,
        /// What it settles of the sale, minor units.
        amount_minor: i64,
        /// The cash that was handed over, minor units. The change is what of it is more than was kept.
        given_minor: Option<i64>,
        /// What the cash that was kept is more than what it settles, because cash is rounded, minor units.
        #[serde(default, skip_serializing_if = "is_zero")]
        rounding_minor: i64,
    },
    /// A tender had been entered by mistake and no longer counts.
    TenderTakenBack {
        /// The sale.
        sale: SaleId,
        /// The tender.
        tender: TenderNumber,
        /// The cashier's reason.
        reason: String,
    },
    /// The cashier stopped waiting, or gave up an uncertain attempt. All open invoices are still polled.
    SaleStopped {
        /// The sale.
        sale: SaleId,
    },
    /// Someone at the till saw all payments made so far.
    PaymentSeen {
        /// The sale.
        sale: SaleId,
    },
    /// The note was corrected, or the customer's language chosen; earlier entries keep what was before.
    SaleNoted {
        /// The sale.
        sale: SaleId,
        /// The note that counts from now on.
        note: Option<String>,
        /// The tag of the customer's language; `None`: it stays as it was.
        language: Option<String>,
    },
    /// Money went back to the customer, outside the gateway, which has no call for refunds.
    SaleRefunded {
        /// The sale.
        sale: SaleId,
        /// The refund's number within the sale, from 1.
        refund: RefundNumber,
        /// In minor units of the sale's currency.
        amount_minor: i64,
        /// How it was paid back.
        way: RefundWay,
        /// By which of the shop's own tenders.
        own: Option<OwnTender>,
        /// What the cash that goes back is more than the amount, minor units; negative when it is less.
        #[serde(default, skip_serializing_if = "is_zero")]
        rounding_minor: i64,
        /// The cashier's reason.
        reason: String,
        /// The goods that came back; empty for an amount.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lines: Vec<ReturnedLine>,
        /// What it takes back, part by part; `None` before format 4, when it is [`Sale::parts_of_amount`].
        ///
        /// [`Sale::parts_of_amount`]: super::Sale::parts_of_amount
        parts: Option<RefundParts>,
    },
    /// A refund was entered by mistake and no longer counts.
    RefundTakenBack {
        /// The sale.
        sale: SaleId,
        /// The refund.
        refund: RefundNumber,
        /// The cashier's reason.
        reason: String,
    },
    /// Someone settled a contradiction outside the till. Money that was not counted before stays uncounted.
    ReviewClosed {
        /// The sale.
        sale: SaleId,
        /// How it was settled, in the cashier's words.
        reason: String,
    },
    /// A copy took the place of the journal: what came after it was given up. Numbers go on beyond all that is known to
    /// have been given out.
    JournalRestored(JournalRestored),
    /// The API key was stored or removed.
    KeyChanged {
        /// A fingerprint of the new key, salted with the till's id; `None`: it was removed.
        fingerprint: Option<String>,
    },
    /// The window or a command of the program was started.
    ProgramStarted {
        /// Its version.
        version: String,
        /// A fingerprint of the settings that it found, salted with the till's id.
        settings: String,
    },
    /// The settings were saved, or were found changed.
    SettingsChanged {
        /// The fields that changed, by their paths in the settings' JSON; none: they were found changed at a start, and
        /// nobody knows which.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        fields: Vec<String>,
        /// A fingerprint of the settings as they are now.
        settings: String,
        /// The version of the shop's shared settings that they were taken from; `None`: they were changed at this till.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shared: Option<u64>,
    },
    /// The PIN was set, anew perhaps, or taken away.
    PinChanged {
        /// Whether there is one now.
        set: bool,
    },
    /// Wrong PINs were typed.
    PinRefused {
        /// How many since the entry of this kind before.
        count: u32,
        /// Whose PIN it was not; `None`: the shop's one PIN.
        cashier: Option<String>,
    },
    /// A cashier's role, PIN or fob was changed, or the cashier was taken in or removed.
    StaffChanged {
        /// The name.
        cashier: String,
        /// What became of them.
        change: StaffChange,
        /// The role that they have now; `None`: removed.
        role: Option<Role>,
        /// What changed: `role`, `pin`, `fob`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        fields: Vec<String>,
    },
    /// Somebody signed on, or the till was signed off, in a shop whose cashiers have PINs.
    SignedOn {
        /// The name; `None`: nobody is signed on from now on.
        cashier: Option<String>,
        /// How they proved it; `None`: by the name alone.
        proof: Option<SignOnProof>,
    },
    /// The cash drawer is about to be opened. Written before its pulse leaves.
    DrawerOpened {
        /// What for.
        why: DrawerReason,
        /// The number of the sale whose receipt opens it.
        number: Option<SaleNumber>,
        /// The cashier's reason, when it is opened without a sale.
        reason: Option<String>,
    },
    /// Cash went into the drawer or out of it without a sale. Written before the drawer opens.
    CashMoved(CashMove),
    /// The cash in the drawer was counted.
    CashCounted(CashCount),
    /// An item's stock was counted: so many are there now. What is sold and comes back afterwards is taken off and added.
    StockSet {
        /// The item.
        item: ItemId,
        /// How many there are.
        count: u32,
    },
    /// The practice till was about to be reset. It stands in the shop's journal, because the practice journal goes.
    PracticeReset {
        /// How many entries the practice journal had; `None`: it could not be read.
        entries: Option<u64>,
    },
    /// The invoice was polled long enough: an ended one until a day after its end, a paid one until thirty days
    /// after its payment. Written only after the gateway answered once more by then.
    InvoiceWatchEnded {
        /// The sale.
        sale: SaleId,
        /// The attempt.
        attempt: AttemptNumber,
    },
    /// The gateway no longer says paid of an invoice that it had called paid, in several answers over minutes.
    PaymentDoubted {
        /// The sale.
        sale: SaleId,
        /// The attempt.
        attempt: AttemptNumber,
        /// The gateway's report.
        report: Report,
    },
    /// Nobody waits for this sale any more: its invoice is dead to the gateway. A payment that comes still counts.
    SaleWrittenOff {
        /// The sale.
        sale: SaleId,
        /// The cashier's reason.
        reason: String,
    },
    /// A receipt was made, or its printing was begun and failed. All after the first that was made are copies.
    ReceiptMade {
        /// The sale.
        sale: SaleId,
        /// Where it went.
        medium: ReceiptMedium,
        /// What is missing to a receipt that is there for sure; absent when nothing is.
        outcome: Option<ReceiptOutcome>,
    },
    /// The day was closed: the Z report.
    DayClosed(DayClose),
}

/// A restore as the journal keeps it (docs/journal.md, *Entries*, row `journal_restored`).
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalRestored {
    /// The hash of the copy's last entry, hex.
    pub restored_head: String,
    /// The hash of the last entry of the replaced journal, hex; `None`: it could not be read.
    pub replaced_head: Option<String>,
    /// How many entries were given up; `None`: the replaced journal could not be read.
    pub lost_entries: Option<u64>,
    /// The next sale that is opened has a greater number than this.
    pub numbers_after: u32,
    /// The next Z has a greater number than this.
    pub z_after: u32,
}

impl Event {
    /// The word it is stored under.
    pub fn kind(&self) -> &'static str {
        self.into()
    }

    /// How many kinds there are. No kind is ever given up, so a program that knows more is newer.
    pub const KINDS: usize = Self::VARIANTS.len();

    /// Whether this program knows a kind of entry. A newer one may write others.
    pub fn is_known(kind: &str) -> bool {
        Self::VARIANTS.contains(&kind)
    }

    /// How often a close counts it among the technical events; of wrong PINs, how many were typed. `None`: it is none of
    /// them, because it is about a sale, about cash or about held carts.
    pub fn technical_count(&self) -> Option<u64> {
        match self {
            Self::PinRefused { count, .. } => Some((*count).into()),
            Self::DayClosed(_)
            | Self::CashMoved(_)
            | Self::CashCounted(_)
            | Self::CartHeld { .. }
            | Self::CartSplit { .. }
            | Self::CartDropped { .. } => None,
            _ => self.sale().is_none().then_some(1),
        }
    }

    /// Whether it tells of held carts, or which of their sales may have been taken over: what [`super::Carts`] is made of.
    pub fn tells_of_carts(&self) -> bool {
        matches!(
            self,
            Self::CartHeld { .. }
                | Self::CartSplit { .. }
                | Self::CartDropped { .. }
                | Self::JournalRestored(_)
                | Self::SaleOpened { cart: Some(_), .. }
        )
    }

    /// The sale that it is about; `None` for the events of the journal itself.
    pub fn sale(&self) -> Option<SaleId> {
        match self {
            Self::JournalOpened { .. }
            | Self::GatewayBound { .. }
            | Self::TillCodeChanged { .. }
            | Self::DayClosed(_)
            | Self::JournalRestored(_)
            | Self::KeyChanged { .. }
            | Self::ProgramStarted { .. }
            | Self::SettingsChanged { .. }
            | Self::PinChanged { .. }
            | Self::PinRefused { .. }
            | Self::StaffChanged { .. }
            | Self::SignedOn { .. }
            | Self::DrawerOpened { .. }
            | Self::StockSet { .. }
            | Self::CashMoved(_)
            | Self::CashCounted(_)
            | Self::PracticeReset { .. }
            | Self::CartHeld { .. }
            | Self::CartSplit { .. }
            | Self::CartDropped { .. } => None,
            Self::SaleOpened { sale, .. }
            | Self::InvoiceRequested { sale, .. }
            | Self::InvoiceOpened { sale, .. }
            | Self::InvoiceRefused { sale, .. }
            | Self::InvoiceUncertain { sale, .. }
            | Self::InvoiceReported { sale, .. }
            | Self::InvoicePaid { sale, .. }
            | Self::InvoiceEnded { sale, .. }
            | Self::InvoiceQuestioned { sale, .. }
            | Self::TenderTaken { sale, .. }
            | Self::TenderTakenBack { sale, .. }
            | Self::SaleStopped { sale }
            | Self::PaymentSeen { sale }
            | Self::SaleNoted { sale, .. }
            | Self::SaleRefunded { sale, .. }
            | Self::RefundTakenBack { sale, .. }
            | Self::ReviewClosed { sale, .. }
            | Self::InvoiceWatchEnded { sale, .. }
            | Self::PaymentDoubted { sale, .. }
            | Self::SaleWrittenOff { sale, .. }
            | Self::ReceiptMade { sale, .. } => Some(*sale),
        }
    }
}

/// How money went back. The gateway has no call for refunds (docs/gateway.md).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, TS,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[ts(export)]
pub enum RefundWay {
    /// Out of the drawer.
    Cash,
    /// By hand outside the till: a bank transfer, a wallet.
    ByHand,
    /// On a card, by another device.
    Card,
    /// By one of the shop's own tenders.
    Own,
}

impl RefundWay {
    /// The word it is stored under.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// What became of a cashier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffChange {
    /// New.
    Added,
    /// Another role, PIN or fob.
    Changed,
    /// Gone, with PIN and fob.
    Removed,
}

/// How somebody proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignOnProof {
    /// By their PIN.
    Pin,
    /// By their fob.
    Fob,
}

/// Where a receipt went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
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

/// What keeps a receipt from being there for sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptOutcome {
    /// The printer has all of it and did not say that it is printed. It counts as made, so that there are never two
    /// first receipts.
    Unconfirmed,
    /// The printer said that it could not print it, or broke off before it had all of it. It does not count as made;
    /// but the drawer may have been opened.
    Failed,
}

/// Why the cash drawer was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrawerReason {
    /// With the first receipt of a sale.
    Receipt,
    /// With cash that was taken.
    Tender,
    /// With cash that goes back.
    Refund,
    /// With cash that was moved without a sale.
    CashMoved,
    /// Without a sale, for a reason.
    NoSale,
    /// With the printer's test page.
    Test,
}

/// What the money in a journal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Real money.
    Live,
    /// Play money.
    Practice,
}
