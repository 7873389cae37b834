//! How an error looks outside the core: a stable [`Code`] that screens and scripts branch on, an English
//! message for engineers, and the facts that the cashier's text needs. The texts themselves are in
//! `ui/messages/`, by code.
//!
//! This module lies below all others, so that each of them can say what its errors mean. The one type that
//! knows every error of the core, [`TillError`](crate::TillError), lies above them all, in `app`.

mod code;
mod fault;
mod field;

pub use code::Code;
pub use fault::Fault;
pub use field::FieldError;
pub(crate) use field::FieldErrors;
