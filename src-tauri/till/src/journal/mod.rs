//! The journal: an SQLite file that only grows. It is the till's memory and the shop's book; what is
//! not here did not happen.
//!
//! * `file` opens it, appends to it in one durable step, and reads it.
//! * `chain` ties each entry to those before it; `project` keeps what screens list.
//! * `verify` replays everything and compares every field.
//! * [`Journal`] runs all of that on a thread of its own, and opens the file again when the disk failed.
//!
//! The format is described in docs/journal.md.

mod chain;
mod day;
mod error;
mod file;
mod migrate;
mod project;
mod schema;
mod thread;
mod verify;
mod verify_day;

pub use chain::Head;
pub(crate) use day::{Closing, NewClose};
pub use error::JournalError;
pub use file::{JournalFile, NewSale, Opened, Stage, Watched};
pub use schema::FORMAT;
pub use thread::{Journal, Trouble};
pub use verify::{Verified, Wrong, verify_file};

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_day;
