//! Many entries in one durable step, with times of their own: how a journal is made whose sales were not
//! charged here and now. The same fold, the same projections, the same chain as one entry after the other.

use std::collections::BTreeMap;

use rusqlite::{Transaction, TransactionBehavior};

use super::chain::Head;
use super::day_close::{Closing, NewClose, close};
use super::entries::{Author, corrupt, head, insert, load};
use super::error::JournalError;
use super::file::JournalFile;
use super::projection;
use super::sales::{NewSale, last_number};
use crate::calendar::{Day, Zone};
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, SaleId, SaleNumber};
use crate::sale::{Entry, Event, Report, Sale, hear};

/// Pages held in memory while a batch is written, in KiB: entries of many sales lie far apart.
const CACHE_KIB: i64 = 256 * 1024;

/// Entries that are on the disk together once [`Batch::commit`] returns, or not at all.
#[derive(Debug)]
pub struct Batch<'f> {
    transaction: Transaction<'f>,
    author: Author,
    head: Head,
    last_number: u32,
    touched: BTreeMap<SaleId, Touched>,
}

/// A sale whose rows are not written yet.
#[derive(Debug)]
struct Touched {
    /// As its rows stand; none: it has none.
    before: Option<Sale>,
    sale: Sale,
}

impl JournalFile {
    /// Begins a batch. No other program writes until it is committed or dropped.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn batch(&mut self) -> Result<Batch<'_>, JournalError> {
        let author = self.author();
        self.connection
            .pragma_update(None, "cache_size", -CACHE_KIB)?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Batch {
            author,
            head: head(&transaction)?,
            last_number: last_number(&transaction)?,
            transaction,
            touched: BTreeMap::new(),
        })
    }
}

impl Batch<'_> {
    /// Opens a sale of this id and its first request. Returns its number.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn open_sale(
        &mut self,
        id: SaleId,
        new: NewSale,
        at: UnixMs,
    ) -> Result<SaleNumber, JournalError> {
        let number = SaleNumber(self.last_number.saturating_add(1));
        let [opened, requested] = new.events(id, number);
        let opened = self.append(opened, at)?;
        let sale = Sale::open(&opened).map_err(corrupt)?;
        self.touched.insert(id, Touched { before: None, sale });
        self.last_number = number.0;
        self.add(requested, at)?;
        Ok(number)
    }

    /// Adds an entry to a sale.
    ///
    /// # Errors
    /// [`JournalError`], for an entry that cannot follow too; the batch must then be dropped.
    pub fn add(&mut self, event: Event, at: UnixMs) -> Result<(), JournalError> {
        let id = event
            .sale()
            .ok_or_else(|| corrupt("the entry is of no sale"))?;
        self.sale(id)?;
        let entry = self.append(event, at)?;
        match self.touched.get_mut(&id) {
            Some(touched) => touched.sale.apply(&entry).map_err(corrupt),
            None => Err(corrupt("the sale was not opened")),
        }
    }

    /// Adds what the till writes when it hears this of an attempt (see [`hear`]).
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn hear(
        &mut self,
        id: SaleId,
        attempt: AttemptNumber,
        report: &Report,
        at: UnixMs,
    ) -> Result<(), JournalError> {
        for event in hear(self.sale(id)?, attempt, report) {
            self.add(event, at)?;
        }
        Ok(())
    }

    /// A sale as it stands.
    ///
    /// # Errors
    /// [`JournalError`] when there is no such sale.
    pub fn sale(&mut self, id: SaleId) -> Result<&Sale, JournalError> {
        let touched = match self.touched.entry(id) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) => {
                let sale = load(&self.transaction, id)?;
                place.insert(Touched {
                    before: Some(sale.clone()),
                    sale,
                })
            }
        };
        Ok(&touched.sale)
    }

    /// Closes a day of the shop; sales still open are carried over.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn close_day(&mut self, day: Day, zone: &Zone, at: UnixMs) -> Result<(), JournalError> {
        self.project()?;
        let new = NewClose {
            day: day.to_string(),
            zone: zone.name().to_owned(),
            carry: true,
        };
        match close(&self.transaction, &self.author, new, at)? {
            None => {}
            Some(Closing::AlreadyClosed(z)) => {
                return Err(corrupt(format!("Z {z} has closed {day}")));
            }
            Some(_) => return Err(corrupt(format!("{day} cannot be closed"))),
        }
        self.head = head(&self.transaction)?;
        Ok(())
    }

    /// All of it is on the disk when this returns.
    ///
    /// # Errors
    /// [`JournalError`]; then none of it is.
    pub fn commit(mut self) -> Result<(), JournalError> {
        self.project()?;
        Ok(self.transaction.commit()?)
    }

    fn append(&mut self, event: Event, at: UnixMs) -> Result<Entry, JournalError> {
        let entry = Entry {
            seq: self.head.seq + 1,
            till: self.author.till,
            at,
            by: self.author.by.clone(),
            event,
        };
        let hash = insert(&self.transaction, &entry, &self.head.hash)?;
        self.head = Head {
            seq: entry.seq,
            hash,
        };
        Ok(entry)
    }

    /// Writes the rows of the sales that were touched.
    fn project(&mut self) -> Result<(), JournalError> {
        for (_, Touched { before, sale }) in std::mem::take(&mut self.touched) {
            projection::write(&self.transaction, before.as_ref(), &sale)?;
        }
        Ok(())
    }
}
