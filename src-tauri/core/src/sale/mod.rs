//! What a sale is: the entries that are written about it, and the pure fold that turns them into its state.
//!
//! An [`Entry`] says what happened, when, and on which till; its [`Event`] is one of the kinds of
//! docs/journal.md, *Entries*. Entries are never changed. [`Sale::fold`] adds up all entries of one sale to a
//! [`Sale`], and [`Sale::apply`] adds one more or refuses it. Everything that shows, lists or sums up sales
//! reads the result of this one fold.
//!
//! A sale has one number and one amount, and one or more attempts to be paid. An [`Attempt`] is one request
//! for an invoice. Its [`Phase`] says how far it is: requesting, refused, uncertain, open, ended, questioned
//! or paid. The [`SaleState`] that people see follows from the phases of all attempts.
//!
//! [`events_for_report`] decides what an answer of the gateway means for a sale, so it is the only place where
//! a sale becomes paid. Nothing in this module reads a clock, a file or the network.
//!
//! ```
//! use ringup_core::ids::AttemptNumber;
//! use ringup_core::sale::{Entry, Event, Report, Sale, SaleState, events_for_report};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sale = r#""sale":"01a1fdc6-7209-77d6-8712-209695450836""#;
//! let tap = r#""tap":"97b118c0-9d2f-4825-b417-7ee61b20a6ea""#;
//! let entry = |seq: u64, event: String| -> Result<Entry, serde_json::Error> {
//!     let till = r#""till":"5b0f3c3e-52e0-4f8c-8c62-5d1c7e2f9a10""#;
//!     serde_json::from_str(&format!(r#"{{"seq":{seq},{till},"at_unix_ms":0,{sale},{event}}}"#))
//! };
//! let entries = [
//!     entry(2, format!(r#""kind":"sale_opened","number":1,"amount_minor":1250,"currency":"EUR",{tap}"#))?,
//!     entry(3, r#""kind":"invoice_requested","attempt":1,"gateway":"api.cru.cash","lifetime_minutes":15"#.into())?,
//!     entry(4, r#""kind":"invoice_opened","attempt":1,"invoice_id":"i-1","pay_url":"https://pay.cru.cash/invoice/i-1","test":false"#.into())?,
//! ];
//! let mut sale = Sale::fold(&entries)?;
//! assert_eq!(sale.state(), SaleState::Awaiting);
//!
//! let report: Report = serde_json::from_str(
//!     r#"{"id":"i-1","pay_status":"paid","is_paid":true,"is_testing":false,
//!         "fiat_amount":"12.5","fiat_currency":"EUR"}"#,
//! )?;
//! let events = events_for_report(&sale, AttemptNumber(1), &report, entries[0].at);
//! assert!(matches!(events[..], [Event::InvoicePaid { .. }]));
//! for (seq, event) in (5..).zip(events) {
//!     sale.apply(&Entry { seq, event, ..entries[0].clone() })?;
//! }
//! assert_eq!(sale.state(), SaleState::Paid);
//! # Ok(())
//! # }
//! ```

mod attempt;
mod basket;
mod cart;
mod cashier_totals;
mod category;
mod day_close;
mod entry;
mod fold;
mod gateway_report;
mod ledger_line;
mod payment_rule;
mod receipt_token;
mod refund;
mod refund_parts;
mod reported;
mod sale_page;
mod state;
mod tax;
mod tender;
mod totals;
mod view;

pub use attempt::{Attempt, Invoice, Phase};
pub(crate) use basket::is_printable_name;
pub use basket::{Basket, BasketError, Breakdown, Discount, Line, Weight};
pub use cart::{
    CartContent, CartEnd, CartEndKind, CartError, Carts, HeldCart, TakenUp, merge, take_up,
};
pub use cashier_totals::{CashierSums, CashierTotals};
pub use category::ByCategory;
pub use day_close::DayClose;
pub use entry::{
    DrawerReason, Entry, Event, JournalRestored, Purpose, ReceiptMedium, ReceiptOutcome, RefundWay,
    SignOnProof, StaffChange,
};
pub(crate) use fold::label;
pub use fold::{FoldError, Sale, WrittenOff};
pub use gateway_report::{Failure, Mismatch, Report};
pub use ledger_line::{Brought, LedgerKind, LedgerLine, RefundLine, TenderLine};
pub use payment_rule::{
    Verdict, contradicts_payment, event_for_unknown_invoice, events_for_report, judge,
    watch_may_end,
};
pub use receipt_token::ReceiptToken;
pub use refund::{Refund, Voided};
pub use refund_parts::{RefundParts, ReturnedLine};
pub use sale_page::{
    AttemptView, EntryView, RefundPreview, RefundView, SaleDetail, TakenBackView, TaxView,
};
pub use state::{SaleState, StateError};
pub use tax::Taxed;
pub(crate) use tax::split;
pub use tender::{OwnTender, Share, Tender, TenderVoided, TenderWay};
pub use totals::{
    CRYPTO, CategoryTotals, CoinTotals, CurrencyTotals, DayTotals, RefundWayTotals, TaxTotals,
    TenderTotals,
};
pub use view::{SaleView, TenderView};

#[cfg(test)]
mod tests;
