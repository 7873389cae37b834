//! The journal: an SQLite file that only grows. It is the till's memory and the shop's book; what is
//! not here did not happen.
//!
//! * `file` opens it; `sales` opens sales and adds to them in one durable step; `watched` tells what to ask about.
//! * `entries` reads and writes entries; `chain` ties each to those before it; `project` keeps what screens list.
//! * `batch` writes many entries at once.
//! * `book` finds sales for the screens.
//! * `verify` replays everything and compares every field.
//! * `backup` makes verified copies of it; `restore` puts one in its place; `forget` throws a practice journal away.
//! * [`Journal`] runs all of that on a thread of its own, and opens the file again when the disk failed.
//!
//! The format is described in docs/journal.md.

mod backup;
mod batch;
mod book;
mod chain;
mod day;
mod entries;
mod error;
mod file;
mod forget;
mod migrate;
mod project;
mod restore;
mod rows;
mod sales;
mod schema;
mod thread;
mod verify;
mod verify_day;
mod verify_notes;
mod verify_sales;
mod wanted;
mod watched;

pub(crate) use backup::UNFINISHED;
pub use backup::{BackupError, JournalCopy, back_up};
pub use batch::Batch;
pub use book::{BookMark, Filter};
pub use chain::Head;
pub(crate) use day::{Closing, NewClose};
pub use error::JournalError;
pub use file::JournalFile;
pub use forget::{ForgetError, forget_practice};
pub use restore::{Examined, NewerEntries, RestoreError, Restored, examine, restore};
pub(crate) use rows::{BookRow, each_row};
pub use sales::{NewSale, Opened};
pub use schema::FORMAT;
pub use thread::{Journal, Trouble};
pub use verify::{Verified, Wrong, verify_file};
pub use watched::{Stage, Watched};

#[cfg(test)]
mod tests;
