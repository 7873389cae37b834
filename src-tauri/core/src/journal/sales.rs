//! Sales opened, added to and found, each in one transaction: an append is on the disk when it returns.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::entries::{append, corrupt, entries_of, load, sale_id};
use super::error::JournalError;
use super::file::JournalFile;
use super::projection;
use crate::clock::UnixMs;
use crate::failpoints::{self, Failpoint};
use crate::ids::{AttemptNumber, SaleId, SaleNumber, TapId};
use crate::money::{BasisPoints, Money};
use crate::sale::{Entry, Event, Line, Sale};

/// A charge, found or made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// The tap was new.
    New(Sale),
    /// The tap had opened this sale before.
    AlreadyOpened(Sale),
}

/// What a new sale is made of.
#[derive(Debug, Clone)]
pub struct NewSale {
    /// The tap that opens it.
    pub tap: TapId,
    /// What is to be paid.
    pub amount: Money,
    /// The cashier's words.
    pub note: Option<String>,
    /// What was sold, when it was picked from items.
    pub lines: Vec<Line>,
    /// Taken off the lines, minor units.
    pub discount_minor: i64,
    /// Its rate, when it was a share of them.
    pub discount_rate: Option<BasisPoints>,
    /// Within the amount, minor units.
    pub tip_minor: i64,
    /// The tax contained in what no line names.
    pub tax: Option<BasisPoints>,
    /// The gateway that is asked, as attempts name it.
    pub gateway: String,
    /// The first invoice's life, minutes.
    pub lifetime_minutes: u16,
}

impl NewSale {
    /// What is written of it first.
    pub(super) fn events(self, id: SaleId, number: SaleNumber) -> [Event; 2] {
        [
            Event::SaleOpened {
                sale: id,
                number,
                amount_minor: self.amount.minor(),
                currency: self.amount.currency(),
                note: self.note,
                tap: self.tap,
                lines: self.lines,
                discount_minor: self.discount_minor,
                discount_rate: self.discount_rate,
                tip_minor: self.tip_minor,
                tax: self.tax,
            },
            Event::InvoiceRequested {
                sale: id,
                attempt: AttemptNumber(1),
                gateway: self.gateway,
                lifetime_minutes: self.lifetime_minutes,
            },
        ]
    }
}

/// The number of the last sale; 0 before the first.
pub(super) fn last_number(connection: &Connection) -> Result<u32, JournalError> {
    Ok(connection
        .prepare_cached("SELECT coalesce(max(number), 0) FROM sale")?
        .query_row([], |row| row.get(0))?)
}

impl JournalFile {
    /// Opens a sale and its first request in one commit, or finds the one that this tap opened.
    ///
    /// # Errors
    /// [`JournalError`]; then nothing was opened.
    pub fn open_sale(&mut self, new: NewSale, now: UnixMs) -> Result<Opened, JournalError> {
        let author = self.author();
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let known: Option<SaleId> = transaction
            .prepare_cached("SELECT id FROM sale WHERE tap = ?1")?
            .query_row([new.tap.to_string()], |row| row.get::<_, String>(0))
            .optional()?
            .map(|id| sale_id(&id))
            .transpose()?;
        if let Some(id) = known {
            return load(&transaction, id).map(Opened::AlreadyOpened);
        }
        let number = SaleNumber(last_number(&transaction)?.saturating_add(1));
        let events = new.events(SaleId::new(), number);
        let entries = append(&transaction, &author, now, events)?;
        let sale = Sale::fold(&entries).map_err(corrupt)?;
        projection::write(&transaction, None, &sale)?;
        failpoints::reached(Failpoint::SaleWritten);
        transaction.commit()?;
        failpoints::reached(Failpoint::SaleCommitted);
        Ok(Opened::New(sale))
    }

    /// Appends what `decide` makes of a sale as it stands. Nothing can come between the look and the
    /// entry, not even another program. Returns the sale after it, and whether anything was written.
    ///
    /// # Errors
    /// [`JournalError`]; then nothing was written.
    pub fn record(
        &mut self,
        id: SaleId,
        now: UnixMs,
        decide: impl FnOnce(&Sale) -> Vec<Event>,
    ) -> Result<(Sale, bool), JournalError> {
        let author = self.author();
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let before = load(&transaction, id)?;
        let events = decide(&before);
        if events.is_empty() {
            return Ok((before, false));
        }
        let mut sale = before.clone();
        for entry in append(&transaction, &author, now, events)? {
            // Refused by the fold: rolled back, so that no such entry is ever on the disk.
            sale.apply(&entry).map_err(corrupt)?;
        }
        projection::write(&transaction, Some(&before), &sale)?;
        failpoints::reached(Failpoint::EntryWritten);
        transaction.commit()?;
        failpoints::reached(Failpoint::EntryCommitted);
        Ok((sale, true))
    }

    /// The sale of this number.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn sale(&self, number: SaleNumber) -> Result<Option<Sale>, JournalError> {
        let id: Option<String> = self
            .connection
            .prepare_cached("SELECT id FROM sale WHERE number = ?1")?
            .query_row([number.0], |row| row.get(0))
            .optional()?;
        id.map(|id| load(&self.connection, sale_id(&id)?))
            .transpose()
    }

    /// The sales that are not over, oldest first.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn open_sales(&self) -> Result<Vec<Sale>, JournalError> {
        self.sales_where("SELECT id FROM sale WHERE open ORDER BY number")
    }

    /// The sales with a payment that nobody at the till has seen, oldest first.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn unseen_sales(&self) -> Result<Vec<Sale>, JournalError> {
        self.sales_where("SELECT id FROM sale WHERE unseen ORDER BY number")
    }

    fn sales_where(&self, sql: &str) -> Result<Vec<Sale>, JournalError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let ids: Vec<String> = statement
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        ids.iter()
            .map(|id| load(&self.connection, sale_id(id)?))
            .collect()
    }

    /// The sales with an entry after number `seq`, whichever program wrote it, and the number of the
    /// last entry looked at.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn changed_since(&self, seq: u64) -> Result<(Vec<Sale>, u64), JournalError> {
        let last = self.last_seq()?;
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT sale FROM entry WHERE seq > ?1 AND seq <= ?2 AND sale IS NOT NULL",
        )?;
        let bound = |seq: u64| i64::try_from(seq).map_err(corrupt);
        let ids: Vec<String> = statement
            .query_map(params![bound(seq)?, bound(last)?], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let sales = ids.iter().map(|id| load(&self.connection, sale_id(id)?));
        Ok((sales.collect::<Result<_, _>>()?, last))
    }

    /// The entries of a sale, in order.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn entries(&self, id: SaleId) -> Result<Vec<Entry>, JournalError> {
        entries_of(&self.connection, id)
    }
}
