//! The journal: an SQLite file that only grows. It is the till's memory and the shop's book. The format is
//! docs/journal.md.
//!
//! An *entry* is one thing that happened, as canonical JSON ([`crate::sale::Entry`]). Entries are numbered
//! without gaps, and each is stored with `SHA-256(hash of the entry before ‖ its text)`: the *chain*. So no
//! entry can be changed, removed or inserted without every later hash being wrong. The number and the hash of
//! the last entry are the [`Head`]; noted down elsewhere, it proves later that nothing was cut off.
//!
//! *Projections* are the tables that screens list and that polling reads: sales, invoices, refunds and ledger
//! lines. They are written in the same transaction as the entry, from the sale that the fold gives
//! ([`crate::sale::Sale`]), and can be made again at any time. [`JournalFile::verify`] replays all entries and
//! compares every field.
//!
//! [`JournalFile`] is the open file; when one of its writing methods returns, the entry is on the disk.
//! [`Journal`] runs it on a thread of its own, and opens the file again after the disk has failed.
//!
//! ```
//! use ringup_core::clock::UnixMs;
//! use ringup_core::ids::TapId;
//! use ringup_core::journal::{FirstPayment, JournalFile, NewSale, Opened};
//! use ringup_core::money::{Currency, Money};
//! use ringup_core::sale::{Breakdown, Event, Purpose};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("journal.sqlite");
//! let mut journal = JournalFile::open(&path, Purpose::Practice, UnixMs(0))?;
//! let new = NewSale {
//!     tap: TapId::new(),
//!     amount: Money::parse_charge("12.50", Currency::Eur)?,
//!     note: None,
//!     language: None,
//!     breakdown: Breakdown::default(),
//!     first: FirstPayment::Invoice {
//!         gateway: "practice".to_owned(),
//!         lifetime_minutes: 15,
//!     },
//!     receipt_token: None,
//! };
//! let Opened::New(sale) = journal.open_sale(new, UnixMs(1))? else {
//!     unreachable!("the tap is new");
//! };
//! journal.record(sale.id, UnixMs(2), |sale| vec![Event::SaleStopped { sale: sale.id }])?;
//!
//! // The journal's first entry, the sale and its request, the stop.
//! let verified = journal.verify()??;
//! assert_eq!((verified.entries, verified.sales), (4, 1));
//! assert_eq!(verified.head, journal.head()?.hex());
//! # Ok(())
//! # }
//! ```

pub mod approval;
mod backup;
mod batch;
mod carts;
mod cash_rows;
mod chain;
mod day_close;
mod drawer;
mod entries;
mod error;
mod export_rows;
mod file;
mod from_entries;
mod gateway;
mod ledger;
mod migrate;
mod noted_head;
mod on_caller;
mod opened_files;
mod outbox;
mod projection;
mod readable;
mod rescue;
mod reset_practice;
mod restore;
mod restored;
mod sales;
mod sales_query;
mod schema;
pub mod search_query;
mod stock;
mod technical;
mod till_code;
mod usual_amount;
mod verify;
mod verify_closes;
mod verify_notes;
mod verify_sales;
mod watched;
mod worker;

pub use backup::{BackupError, JournalCopy, back_up, perhaps_incomplete};
pub use backup::{entries_if_prefix, entry_count};
pub use batch::Batch;
pub use carts::{CartSum, CartSums, CartsAtClose, NewCart};
pub(crate) use cash_rows::{CashRow, CashRowKind};
pub use chain::Head;
pub(crate) use chain::{BEFORE_FIRST, Hash, hex, next as next_hash};
pub(crate) use day_close::{CloseOutcome, CloseRequest};
pub use day_close::{ClosedDay, SettledByHand};
pub(crate) use drawer::CountToWrite;
pub use error::JournalError;
pub(crate) use export_rows::{BookRow, BookSnapshot, SoldCart};
pub use file::JournalFile;
pub use from_entries::JournalFromEntries;
pub use gateway::{OwnGateway, gateway_of, journal_of, money_of};
pub use noted_head::{NotedHead, goes_on_from, noted_head_file};
pub use on_caller::{JobGate, JobsRun, Pass};
pub use reset_practice::{ResetError, reset_practice};
pub use restore::{
    ExaminedCopy, NewerEntries, RestoreError, RestoreFacts, Restored, examine, restore,
};
pub use sales::{Changes, FirstPayment, NewSale, Opened, TenderToTake};
pub use sales_query::{BookMark, Filter};
pub use schema::FORMAT;
pub use verify::{Verified, VerifyFailure, entry_with_head, verify_file};
pub use watched::{PollStage, WatchedInvoice};
pub(crate) use worker::Access;
pub use worker::{Journal, JournalHealth};

#[cfg(test)]
mod tests;
