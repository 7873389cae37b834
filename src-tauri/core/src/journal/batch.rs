//! Many entries in one durable transaction, each with a time of its own. It makes journals whose sales were not
//! charged here and now, such as those of tests and benchmarks, with the same fold, projections and chain as
//! entry by entry.

use std::collections::BTreeMap;

use rusqlite::Transaction;

use super::chain::Head;
use super::day_close::{CloseOutcome, CloseRequest, close};
use super::entries::{Author, corrupt, head, insert, load};
use super::error::JournalError;
use super::file::JournalFile;
use super::projection;
use super::sales::{NewSale, last_number};
use super::till_code::changed_code;
use crate::calendar::{Day, Zone};
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, SaleId, SaleNumber, TillCode};
use crate::sale::{Entry, Event, Report, Sale, events_for_report};

/// Memory for pages while a batch is written, KiB. The entries of many sales lie far apart.
const CACHE_KIB: i64 = 256 * 1024;

/// Entries that are written together: all of them are on the disk once [`Batch::commit`] returns, or none.
#[derive(Debug)]
pub struct Batch<'f> {
    transaction: Transaction<'f>,
    author: Author,
    head: Head,
    last_number: u32,
    code: Option<TillCode>,
    pending: BTreeMap<SaleId, PendingSale>,
}

/// A sale whose projections are not written yet.
#[derive(Debug)]
struct PendingSale {
    /// The sale that the tables show; `None`: they do not have it yet.
    before: Option<Sale>,
    sale: Sale,
}

impl JournalFile {
    /// Begins a batch. No other program can write until it is committed or dropped.
    ///
    /// # Errors
    /// [`JournalError::Busy`], and what SQLite reports of the disk.
    pub fn batch(&mut self) -> Result<Batch<'_>, JournalError> {
        let author = self.author();
        let opening_code = self.code.clone();
        self.connection
            .pragma_update(None, "cache_size", -CACHE_KIB)?;
        let transaction = self.connection.transaction()?;
        Ok(Batch {
            author,
            head: head(&transaction)?,
            last_number: last_number(&transaction)?,
            code: changed_code(&transaction, &opening_code)?,
            transaction,
            pending: BTreeMap::new(),
        })
    }
}

impl Batch<'_> {
    /// Opens a sale of this id with its first request, and returns its number.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] for a breakdown that is not the amount, and what SQLite reports of the disk. The
    /// batch must then be dropped.
    pub fn open_sale(
        &mut self,
        id: SaleId,
        new: NewSale,
        at: UnixMs,
    ) -> Result<SaleNumber, JournalError> {
        let number = SaleNumber(self.last_number.saturating_add(1));
        let [opened, requested] = new.events(id, number, self.code.clone(), None);
        let opened = self.append(opened, at)?;
        let sale = Sale::open(&opened).map_err(corrupt)?;
        self.pending.insert(id, PendingSale { before: None, sale });
        self.last_number = number.0;
        self.add(requested, at)?;
        Ok(number)
    }

    /// Adds an entry to a sale.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] for an event that cannot follow, and what SQLite reports of the disk. The batch
    /// must then be dropped.
    pub fn add(&mut self, event: Event, at: UnixMs) -> Result<(), JournalError> {
        let id = event
            .sale()
            .ok_or_else(|| corrupt("the entry is about no sale"))?;
        self.sale(id)?;
        let entry = self.append(event, at)?;
        match self.pending.get_mut(&id) {
            Some(pending) => pending.sale.apply(&entry).map_err(corrupt),
            None => Err(corrupt("the sale was not opened")),
        }
    }

    /// Adds what the till writes for this report about an attempt (see [`events_for_report`]).
    ///
    /// # Errors
    /// As [`Batch::add`].
    pub fn add_report(
        &mut self,
        id: SaleId,
        attempt: AttemptNumber,
        report: &Report,
        at: UnixMs,
    ) -> Result<(), JournalError> {
        for event in events_for_report(self.sale(id)?, attempt, report, at) {
            self.add(event, at)?;
        }
        Ok(())
    }

    /// A sale with all entries added so far.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] when there is no such sale, and what SQLite reports of the disk.
    pub fn sale(&mut self, id: SaleId) -> Result<&Sale, JournalError> {
        let pending = match self.pending.entry(id) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) => {
                let sale = load(&self.transaction, id)?;
                place.insert(PendingSale {
                    before: Some(sale.clone()),
                    sale,
                })
            }
        };
        Ok(&pending.sale)
    }

    /// Closes a day of the shop. Sales that are still open are carried over.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] when the day was closed before, and what SQLite reports of the disk.
    pub fn close_day(&mut self, day: Day, zone: &Zone, at: UnixMs) -> Result<(), JournalError> {
        self.write_projections()?;
        let request = CloseRequest {
            day: day.to_string(),
            zone: zone.name().to_owned(),
            carry_open: true,
        };
        match close(&self.transaction, &self.author, request, at)? {
            CloseOutcome::Closed(_) => {}
            CloseOutcome::AlreadyClosed(z) => {
                return Err(corrupt(format!("Z {z} has closed {day}")));
            }
            CloseOutcome::OpenSales(_) => return Err(corrupt(format!("{day} cannot be closed"))),
        }
        self.head = head(&self.transaction)?;
        Ok(())
    }

    /// Commits. All entries are on the disk when this returns.
    ///
    /// # Errors
    /// What SQLite reports of the disk; then none of the entries is written.
    pub fn commit(mut self) -> Result<(), JournalError> {
        self.write_projections()?;
        Ok(self.transaction.commit()?)
    }

    fn append(&mut self, event: Event, at: UnixMs) -> Result<Entry, JournalError> {
        let entry = Entry {
            seq: self.head.seq + 1,
            till: self.author.till,
            at,
            by: self.author.by.clone(),
            approved_by: self.author.approved_by.clone(),
            event,
        };
        let hash = insert(&self.transaction, &entry, &self.head.hash)?;
        self.head = Head {
            seq: entry.seq,
            hash,
        };
        Ok(entry)
    }

    /// Writes the projections of the pending sales.
    fn write_projections(&mut self) -> Result<(), JournalError> {
        for (_, PendingSale { before, sale }) in std::mem::take(&mut self.pending) {
            projection::write(&self.transaction, before.as_ref(), &sale)?;
        }
        Ok(())
    }
}
