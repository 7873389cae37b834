//! What a sale is: the entries that are written of it, and the pure fold from entries to its state.
//!
//! Nothing here reads a clock, a file or the network. The journal stores [`Entry`]s; [`Sale`] is what
//! they add up to; [`hear()`] decides what an answer of the gateway is worth.

mod answer;
mod attempt;
mod basket;
mod detail;
mod entry;
mod fold;
mod hear;
mod movement;
mod refund;
mod state;
mod tax;
mod view;

pub use answer::{Failure, Mismatch, Report};
pub use attempt::{Attempt, Invoice, Phase};
pub(crate) use basket::is_name;
pub use basket::{Basket, BasketError, Discount, Line};
pub use detail::{AttemptView, EntryView, RefundView, SaleDetail, TakenBackView};
pub use entry::{Entry, Event, Purpose, ReceiptMedium, RefundWay};
pub use fold::{FoldError, Sale};
pub use hear::{Verdict, hear, judge};
pub use movement::{Moved, Movement};
pub use refund::{Refund, TakenBack};
pub use state::{SaleState, StateError};
pub use view::SaleView;

#[cfg(test)]
mod tests;
