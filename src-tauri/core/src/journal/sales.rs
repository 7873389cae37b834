//! Sales are opened, get more entries, and are found. Each write is one transaction, and its entries are on the
//! disk when the method returns.

use rusqlite::{Connection, OptionalExtension, params};

use super::carts;
use super::entries::{append, commit, corrupt, entries_of, load, sale_id, seq_bound};
use super::error::JournalError;
use super::file::JournalFile;
use super::projection;
use super::restored::restores;
use super::till_code::changed_code;
use crate::breaks::{self, Break};
use crate::clock::UnixMs;
use crate::failpoints::{self, Failpoint};
use crate::i18n::Language;
use crate::ids::{AttemptNumber, CartId, SaleId, SaleNumber, TapId, TenderNumber, TillCode};
use crate::money::Money;
use crate::sale::{Breakdown, Entry, Event, OwnTender, ReceiptToken, Sale, TenderWay};

/// The sale that a tap opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// The tap was new, and the sale is.
    New(Sale),
    /// The tap had opened this sale before.
    AlreadyOpened(Sale),
}

/// A sale to be opened.
#[derive(Debug, Clone)]
pub struct NewSale {
    /// The tap that opens it.
    pub tap: TapId,
    /// The amount to be paid.
    pub amount: Money,
    /// The cashier's note.
    pub note: Option<String>,
    /// The language that the customer chose before.
    pub language: Option<Language>,
    /// What the amount is made of.
    pub breakdown: Breakdown,
    /// What it is paid by first.
    pub first: FirstPayment,
    /// What opens its receipt at the back office; `None`: it has none there.
    pub receipt_token: Option<ReceiptToken>,
}

/// What a sale is paid by first.
#[derive(Debug, Clone)]
pub enum FirstPayment {
    /// Crypto: its first invoice is requested.
    Invoice {
        /// The gateway that is asked: `api.cru.cash`, `host:port`, or `practice`.
        gateway: String,
        /// How long the invoice lives, minutes.
        lifetime_minutes: u16,
    },
    /// Another tender.
    Tender(TenderToTake),
}

/// A tender that is to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenderToTake {
    /// What it is.
    pub way: TenderWay,
    /// Which of the shop's own it is.
    pub own: Option<OwnTender>,
    /// What it settles, minor units.
    pub amount_minor: i64,
    /// The cash that was handed over, minor units.
    pub given_minor: Option<i64>,
    /// What the cash that is kept is more than that, minor units.
    pub rounding_minor: i64,
}

impl TenderToTake {
    /// The event that takes it.
    pub fn event(self, sale: SaleId, tender: TenderNumber) -> Event {
        Event::TenderTaken {
            sale,
            tender,
            way: self.way,
            own: self.own,
            amount_minor: self.amount_minor,
            given_minor: self.given_minor,
            rounding_minor: self.rounding_minor,
        }
    }
}

impl NewSale {
    /// Its first two events.
    pub(super) fn events(
        self,
        id: SaleId,
        number: SaleNumber,
        code: Option<TillCode>,
        cart: Option<CartId>,
    ) -> [Event; 2] {
        [
            Event::SaleOpened {
                sale: id,
                number,
                code,
                amount_minor: self.amount.minor(),
                currency: self.amount.currency(),
                note: self.note,
                language: self.language.map(|it| it.tag().to_owned()),
                tap: self.tap,
                breakdown: self.breakdown,
                cart,
                receipt_token: self.receipt_token,
            },
            match self.first {
                FirstPayment::Invoice {
                    gateway,
                    lifetime_minutes,
                } => Event::InvoiceRequested {
                    sale: id,
                    attempt: AttemptNumber(1),
                    gateway,
                    lifetime_minutes,
                    amount_minor: None,
                },
                FirstPayment::Tender(tender) => tender.event(id, TenderNumber(1)),
            },
        ]
    }
}

/// The greatest number that a sale has, or that a restored journal may have given out; 0 before the first.
pub(super) fn last_number(connection: &Connection) -> Result<u32, JournalError> {
    let last: u32 = connection
        .prepare_cached("SELECT coalesce(max(number), 0) FROM sale")?
        .query_row([], |row| row.get(0))?;
    let given_out = restores(connection)?
        .into_iter()
        .map(|(_, it)| it.numbers_after);
    Ok(given_out.fold(last, u32::max))
}

/// What was written after some entry.
#[derive(Debug)]
pub struct Changes {
    /// The sales with such an entry, as they are now.
    pub sales: Vec<Sale>,
    /// The API key was stored or removed.
    pub key_changed: bool,
    /// Carts were held, taken up or dropped.
    pub carts_changed: bool,
    /// The number of the last entry.
    pub last_seq: u64,
}

impl JournalFile {
    /// Opens a sale with its first request or tender in one commit, or finds the sale that this tap opened before.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] for a breakdown that is not the amount; [`JournalError::Busy`] while another
    /// program holds the lock; what SQLite reports of the disk. Nothing was written then.
    pub fn open_sale(&mut self, new: NewSale, now: UnixMs) -> Result<Opened, JournalError> {
        self.open_sale_of(&[], new, now)
    }

    /// Opens a sale of held carts. What they have beyond its lines stays held.
    ///
    /// # Errors
    /// As [`JournalFile::open_sale`]; [`JournalError::Cart`] when one of the carts is held no more. Nothing was written
    /// then.
    pub fn open_sale_of(
        &mut self,
        carts: &[CartId],
        new: NewSale,
        now: UnixMs,
    ) -> Result<Opened, JournalError> {
        let author = self.author();
        let transaction = self.connection.transaction()?;
        let known: Option<SaleId> = transaction
            .prepare_cached("SELECT id FROM sale WHERE tap = ?1")?
            .query_row([new.tap.to_string()], |row| row.get::<_, String>(0))
            .optional()?
            .map(|id| sale_id(&id))
            .transpose()?;
        if let Some(id) = known {
            return load(&transaction, id).map(Opened::AlreadyOpened);
        }
        let step = 1 + u32::from(breaks::sometimes(Break::SaleNumberSkipped));
        let number = SaleNumber(last_number(&transaction)?.saturating_add(step));
        let code = changed_code(&transaction, &self.code)?;
        let taking = (&new.breakdown, new.tap);
        let cart = carts::take_up_for_sale(&transaction, &author, now, carts, taking)?;
        let events = new.events(SaleId::new(), number, code, cart);
        let entries = append(&transaction, &author, now, events)?;
        let sale = Sale::fold(&entries).map_err(corrupt)?;
        projection::write(&transaction, None, &sale)?;
        let ends = cart.is_some() && !breaks::is(Break::CartStaysHeld);
        for entry in entries.iter().filter(|_| ends) {
            carts::project(&transaction, entry)?;
        }
        failpoints::reached(Failpoint::SaleWritten);
        if breaks::sometimes(Break::SaleNotCommitted) {
            return Ok(Opened::New(sale));
        }
        transaction.commit()?;
        failpoints::reached(Failpoint::SaleCommitted);
        Ok(Opened::New(sale))
    }

    /// Appends the events that `decide` chooses for the sale in its present state. Nothing can come between the
    /// decision and the entries, not even from another program. Returns the sale with them, and whether
    /// anything was written.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] when there is no such sale or an event cannot follow; [`JournalError::Busy`] while
    /// another program holds the lock; what SQLite reports of the disk. Nothing was written then.
    pub fn record(
        &mut self,
        id: SaleId,
        now: UnixMs,
        decide: impl FnOnce(&Sale) -> Vec<Event>,
    ) -> Result<(Sale, bool), JournalError> {
        let author = self.author();
        let transaction = self.connection.transaction()?;
        let before = load(&transaction, id)?;
        let events = decide(&before);
        if events.is_empty() {
            return Ok((before, false));
        }
        let mut sale = before.clone();
        for entry in append(&transaction, &author, now, events)? {
            // An entry that the fold refuses is rolled back and never reaches the disk.
            sale.apply(&entry).map_err(corrupt)?;
        }
        projection::write(&transaction, Some(&before), &sale)?;
        commit(transaction)?;
        Ok((sale, true))
    }

    /// The sale of this number; `None` when there is none.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] when its entries do not follow, and what SQLite reports of the disk.
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
    /// As [`JournalFile::sale`].
    pub fn open_sales(&self) -> Result<Vec<Sale>, JournalError> {
        self.sales_where("SELECT id FROM sale WHERE open ORDER BY number")
    }

    /// The sales with a payment that nobody at the till has seen yet, oldest first.
    ///
    /// # Errors
    /// As [`JournalFile::sale`].
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

    /// What was written after the entry `seq`, by whichever program.
    ///
    /// # Errors
    /// As [`JournalFile::sale`].
    pub fn changed_since(&self, seq: u64) -> Result<Changes, JournalError> {
        let last = self.last_seq()?;
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT sale FROM entry WHERE seq > ?1 AND seq <= ?2 AND sale IS NOT NULL",
        )?;
        let ids: Vec<String> = statement
            .query_map(params![seq_bound(seq)?, seq_bound(last)?], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let sales = ids.iter().map(|id| load(&self.connection, sale_id(id)?));
        let (key_changed, carts_changed) = self
            .connection
            .prepare_cached(
                "SELECT coalesce(max(kind = 'key_changed'), 0),
                        coalesce(max(kind IN ('cart_held', 'cart_split', 'cart_dropped')
                                     OR (kind = 'sale_opened' AND body ->> '$.cart' IS NOT NULL)), 0)
                 FROM entry WHERE seq > ?1 AND seq <= ?2",
            )?
            .query_row(params![seq_bound(seq)?, seq_bound(last)?], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        Ok(Changes {
            sales: sales.collect::<Result<_, _>>()?,
            key_changed,
            carts_changed,
            last_seq: last,
        })
    }

    /// The entries of a sale, in order.
    ///
    /// # Errors
    /// As [`JournalFile::sale`].
    pub fn entries(&self, id: SaleId) -> Result<Vec<Entry>, JournalError> {
        entries_of(&self.connection, id)
    }
}
