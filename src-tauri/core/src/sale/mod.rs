//! What a sale is: the entries that are written of it, and the pure fold from entries to its state.
//!
//! Nothing here reads a clock, a file or the network. The journal stores [`Entry`]s; [`Sale`] is what
//! they add up to; [`hear()`] decides what an answer of the gateway is worth.

mod attempt;
mod basket;
mod entry;
mod fold;
mod gateway_report;
mod ledger_line;
mod payment_rule;
mod refund;
mod sale_page;
mod state;
mod tax;
mod view;

pub use attempt::{Attempt, Invoice, Phase};
pub(crate) use basket::is_name;
pub use basket::{Basket, BasketError, Discount, Line};
pub use entry::{Entry, Event, Purpose, ReceiptMedium, RefundWay};
pub use fold::{FoldError, Sale};
pub use gateway_report::{Failure, Mismatch, Report};
pub use ledger_line::{LedgerKind, LedgerLine};
pub use payment_rule::{Verdict, hear, judge};
pub use refund::{Refund, Voided};
pub use sale_page::{AttemptView, EntryView, RefundView, SaleDetail, TakenBackView};
pub use state::{SaleState, StateError};
pub use view::SaleView;

#[cfg(test)]
mod tests;
