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
mod chain;
mod day_close;
mod entries;
mod error;
mod export_rows;
mod file;
mod migrate;
mod projection;
mod reset_practice;
mod restore;
mod sales;
mod sales_query;
mod schema;
mod search_query;
mod verify;
mod verify_closes;
mod verify_notes;
mod verify_sales;
mod watched;
mod worker;

pub(crate) use backup::UNFINISHED;
pub use backup::{BackupError, JournalCopy, back_up};
pub use batch::Batch;
pub use chain::Head;
pub(crate) use day_close::{Closing, NewClose};
pub use error::JournalError;
pub(crate) use export_rows::{BookRow, each_row};
pub use file::JournalFile;
pub use reset_practice::{ResetError, reset_practice};
pub use restore::{Examined, NewerEntries, RestoreError, Restored, examine, restore};
pub use sales::{NewSale, Opened};
pub use sales_query::{BookMark, Filter};
pub use schema::FORMAT;
pub use verify::{Verified, VerifyFailure, verify_file};
pub use watched::{PollStage, WatchedInvoice};
pub use worker::{Journal, Trouble};

#[cfg(test)]
mod tests;
