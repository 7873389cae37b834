//! The journal's file: opened, appended to, read. Every method is one transaction; an append is on
//! the disk when it returns.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};

use super::chain::{self, Hash, Head};
use super::day::Running;
use super::error::JournalError;
use super::{migrate, project, schema};
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, InvoiceId, SaleId, SaleNumber, TapId, TillCode, TillId};
use crate::money::{BasisPoints, Money};
use crate::points::{self, Point};
use crate::sale::{Entry, Event, Line, Purpose, Sale};

/// Entries looked at when the file is opened: enough to see a torn end, few enough to open a million
/// sales as fast as none.
const TAIL: u32 = 64;

/// An open journal.
#[derive(Debug)]
pub struct JournalFile {
    pub(super) connection: Connection,
    pub(super) till: TillId,
    pub(super) code: TillCode,
    pub(super) purpose: Purpose,
    pub(super) running: Running,
}

/// A charge, found or made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// The tap was new.
    New(Sale),
    /// The tap had opened this sale before.
    Before(Sale),
}

/// An attempt that the gateway is to be asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// Its sale.
    pub sale: SaleId,
    /// The sale's number.
    pub number: SaleNumber,
    /// Which of its invoices.
    pub attempt: AttemptNumber,
    /// The invoice; none while it is requested.
    pub invoice_id: Option<InvoiceId>,
    /// When it was asked for.
    pub requested_at: UnixMs,
    /// How far it is.
    pub stage: Stage,
}

/// How far a watched attempt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The gateway was asked for an invoice and has not answered.
    Requesting,
    /// It may be paid, or its payment is in question.
    Open,
    /// Over; a payment may still come.
    Ended {
        /// When the till heard so.
        at: UnixMs,
    },
    /// Paid, not yet credited to the merchant.
    Paid,
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
    /// Within the amount, minor units.
    pub tip_minor: i64,
    /// The tax contained in what no line names.
    pub tax: Option<BasisPoints>,
    /// The gateway that is asked, as attempts name it.
    pub gateway: String,
    /// The first invoice's life, minutes.
    pub lifetime_minutes: u16,
}

impl JournalFile {
    /// Opens the journal at `path`, making it (readable by its owner alone) when there is none.
    ///
    /// # Errors
    /// [`JournalError`]; the file is left as it was.
    pub fn open(path: &Path, purpose: Purpose, now: UnixMs) -> Result<Self, JournalError> {
        if let Some(folder) = path.parent() {
            crate::files::make_private_folder(folder)?;
        }
        crate::files::make_private_file(path)?;
        let mut connection = Connection::open(path)?;
        // Looked at before anything is set or written: what is refused stays as it is, byte for byte.
        let kind = look(&connection, purpose)?;
        schema::prepare(&connection)?;
        if let schema::FileKind::Older(format) = kind {
            migrate::to_current(&mut connection, path, format, now)?;
        }
        if kind == schema::FileKind::Empty {
            let code = match purpose {
                Purpose::Live => TillCode::first(),
                Purpose::Practice => TillCode::practice(),
            };
            schema::create(&mut connection, |connection| {
                let first = Entry {
                    seq: 1,
                    till: TillId::new(),
                    at: now,
                    event: Event::JournalOpened { code, purpose },
                };
                insert(connection, &first, &chain::BEFORE_ALL)?;
                points::reached(Point::JournalWritten);
                Ok(())
            })?;
            points::reached(Point::JournalMade);
        }
        Self::ready(connection, purpose)
    }

    /// Opens the journal again after the disk failed under it. It must be the same, with everything that
    /// was acknowledged up to `known`, and the disk must take what it is given; none is ever made anew.
    pub(super) fn reopen(
        path: &Path,
        purpose: Purpose,
        till: TillId,
        known: &Head,
    ) -> Result<Self, JournalError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        if look(&connection, purpose)? != schema::FileKind::Journal {
            return Err(JournalError::Corrupt("it was emptied".to_owned()));
        }
        schema::prepare(&connection)?;
        let file = Self::ready(connection, purpose)?;
        if file.till != till {
            return Err(JournalError::NotAJournal);
        }
        if hash_of(&file.connection, known.seq)? != Some(known.hash) {
            let gone = format!("entry {}, which was written, is gone", known.seq);
            return Err(JournalError::Corrupt(gone));
        }
        // After a failed flush the system may show what the disk does not hold: all of it is written
        // once more. Then a write that changes nothing, to know that the next one has a chance.
        let busy: i64 =
            file.connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy != 0 {
            tracing::info!("another program reads the journal; it is not rewritten");
        }
        file.write_nothing()?;
        Ok(file)
    }

    /// Whether a write would be taken now; it waits for nobody.
    pub(super) fn takes_a_write(&self) -> bool {
        let at_once = self.connection.busy_timeout(Duration::ZERO);
        let taken = at_once.is_ok() && self.write_nothing().is_ok();
        let waits = schema::wait_for_others(&self.connection);
        taken && waits.is_ok()
    }

    fn write_nothing(&self) -> Result<(), JournalError> {
        let connection = &self.connection;
        Ok(connection.pragma_update(None, "user_version", schema::FORMAT)?)
    }

    fn ready(connection: Connection, purpose: Purpose) -> Result<Self, JournalError> {
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        let (till, code) = first_entry(&connection, purpose)?;
        points::reached(Point::TailChecked);
        Ok(Self {
            connection,
            till,
            code,
            purpose,
            running: Running::default(),
        })
    }

    /// The last entry.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn head(&self) -> Result<Head, JournalError> {
        head(&self.connection)
    }

    /// The till's id.
    pub fn till(&self) -> TillId {
        self.till
    }

    /// Real money or practice.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The till's short code.
    pub fn code(&self) -> &TillCode {
        &self.code
    }

    /// Opens a sale and its first request in one commit, or finds the one that this tap opened.
    ///
    /// # Errors
    /// [`JournalError`]; then nothing was opened.
    pub fn open_sale(&mut self, new: NewSale, now: UnixMs) -> Result<Opened, JournalError> {
        let till = self.till;
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
            return load(&transaction, id).map(Opened::Before);
        }
        let last: u32 = transaction
            .prepare_cached("SELECT coalesce(max(number), 0) FROM sale")?
            .query_row([], |row| row.get(0))?;
        let id = SaleId::new();
        let events = [
            Event::SaleOpened {
                sale: id,
                number: SaleNumber(last.saturating_add(1)),
                amount_minor: new.amount.minor(),
                currency: new.amount.currency(),
                note: new.note,
                tap: new.tap,
                lines: new.lines,
                discount_minor: new.discount_minor,
                tip_minor: new.tip_minor,
                tax: new.tax,
            },
            Event::InvoiceRequested {
                sale: id,
                attempt: AttemptNumber(1),
                gateway: new.gateway,
                lifetime_minutes: new.lifetime_minutes,
            },
        ];
        let entries = append(&transaction, till, now, events)?;
        let sale = Sale::fold(&entries).map_err(corrupt)?;
        project::write(&transaction, None, &sale)?;
        points::reached(Point::SaleWritten);
        transaction.commit()?;
        points::reached(Point::SaleCommitted);
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
        let till = self.till;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let before = load(&transaction, id)?;
        let events = decide(&before);
        if events.is_empty() {
            return Ok((before, false));
        }
        let mut sale = before.clone();
        for entry in append(&transaction, till, now, events)? {
            // Refused by the fold: rolled back, so that no such entry is ever on the disk.
            sale.apply(&entry).map_err(corrupt)?;
        }
        project::write(&transaction, Some(&before), &sale)?;
        points::reached(Point::EntryWritten);
        transaction.commit()?;
        points::reached(Point::EntryCommitted);
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

    /// The attempts at this gateway that are to be asked about, oldest first.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn watched(&self, gateway: &str, now: UnixMs) -> Result<Vec<Watched>, JournalError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.id, i.sale, i.attempt, i.invoice_id, i.requested_at_unix_ms, i.phase,
                    i.ended_at_unix_ms
             FROM invoice AS i JOIN sale AS s ON s.number = i.sale
             WHERE i.watch_until_unix_ms > max(?1, 0) AND i.gateway = ?2
             ORDER BY i.requested_at_unix_ms",
        )?;
        let rows = statement.query_map(params![now.0, gateway], |row| {
            let phase: String = row.get(5)?;
            let ended_at: Option<i64> = row.get(6)?;
            let stage = match (phase.as_str(), ended_at) {
                ("requesting", _) => Stage::Requesting,
                ("ended", Some(at)) => Stage::Ended { at: UnixMs(at) },
                ("paid", _) => Stage::Paid,
                _ => Stage::Open,
            };
            Ok((
                row.get::<_, String>(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                stage,
            ))
        })?;
        rows.map(|row| {
            let (id, number, attempt, invoice_id, requested_at, stage) = row?;
            Ok(Watched {
                sale: sale_id(&id)?,
                number: SaleNumber(number),
                attempt: AttemptNumber(attempt),
                invoice_id: Option::map(invoice_id, InvoiceId),
                requested_at: UnixMs(requested_at),
                stage,
            })
        })
        .collect()
    }

    /// How many open attempts belong to gateways other than this one: they cannot be asked about now.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn watched_elsewhere(&self, gateway: &str, now: UnixMs) -> Result<u32, JournalError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM invoice WHERE watch_until_unix_ms > max(?1, 0) AND gateway <> ?2",
            )?
            .query_row(params![now.0, gateway], |row| row.get(0))?)
    }

    /// The number of the last entry.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn last_seq(&self) -> Result<u64, JournalError> {
        let last: i64 = self
            .connection
            .prepare_cached("SELECT coalesce(max(seq), 0) FROM entry")?
            .query_row([], |row| row.get(0))?;
        Ok(last.unsigned_abs())
    }

    /// The number of the last day's close.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn last_close(&self) -> Result<Option<u64>, JournalError> {
        let last: Option<i64> = self
            .connection
            .prepare_cached("SELECT max(seq) FROM entry WHERE kind = 'day_closed'")?
            .query_row([], |row| row.get(0))?;
        Ok(last.map(i64::unsigned_abs))
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

    /// Replays all and compares every field.
    ///
    /// # Errors
    /// [`JournalError`] when the file cannot be read; what is wrong in it is told in the answer.
    pub fn verify(&self) -> Result<Result<super::Verified, super::Wrong>, JournalError> {
        super::verify::verify(&self.connection)
    }
}

/// What a file is; a journal's beginning and end are looked at. Nothing is written, not even when the
/// connection is closed.
fn look(connection: &Connection, purpose: Purpose) -> Result<schema::FileKind, JournalError> {
    schema::wait_for_others(connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let kind = schema::kind(connection)?;
    if kind != schema::FileKind::Empty {
        first_entry(connection, purpose)?;
        check_tail(connection)?;
    }
    Ok(kind)
}

/// A torn or hand-made end is noticed before anything is built on it.
fn check_tail(connection: &Connection) -> Result<(), JournalError> {
    let mut statement = connection.prepare(
        "SELECT seq, body, hash FROM (SELECT * FROM entry ORDER BY seq DESC LIMIT ?1) ORDER BY seq",
    )?;
    let mut rows = statement.query([TAIL])?;
    let mut previous: Option<(i64, Hash)> = None;
    while let Some(row) = rows.next()? {
        let (seq, body, hash): (i64, String, Hash) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if let Some((before, previous)) = previous
            && (before.checked_add(1) != Some(seq) || chain::next(&previous, &body) != hash)
        {
            return Err(JournalError::Corrupt(format!(
                "entry {seq} does not follow from the one before it"
            )));
        }
        previous = Some((seq, hash));
    }
    Ok(())
}

/// The last entry of any journal, of an earlier format too.
pub(super) fn head(connection: &Connection) -> Result<Head, JournalError> {
    let last = connection
        .prepare_cached("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| {
            let seq: i64 = row.get(0)?;
            Ok(Head {
                seq: seq.unsigned_abs(),
                hash: row.get(1)?,
            })
        })
        .optional()?;
    Ok(last.unwrap_or(Head {
        seq: 0,
        hash: chain::BEFORE_ALL,
    }))
}

/// The hash of entry `seq`, if there is one.
pub(super) fn hash_of(connection: &Connection, seq: u64) -> Result<Option<Hash>, JournalError> {
    let seq = i64::try_from(seq).map_err(corrupt)?;
    Ok(connection
        .prepare_cached("SELECT hash FROM entry WHERE seq = ?1")?
        .query_row([seq], |row| row.get(0))
        .optional()?)
}

/// Appends entries to the chain. They are on the disk once the transaction is committed.
pub(super) fn append(
    connection: &Connection,
    till: TillId,
    now: UnixMs,
    events: impl IntoIterator<Item = Event>,
) -> Result<Vec<Entry>, JournalError> {
    let Head { mut seq, mut hash } = head(connection)?;
    events
        .into_iter()
        .map(|event| {
            seq += 1;
            let entry = Entry {
                seq,
                till,
                at: now,
                event,
            };
            hash = insert(connection, &entry, &hash)?;
            Ok(entry)
        })
        .collect()
}

fn insert(connection: &Connection, entry: &Entry, previous: &Hash) -> Result<Hash, JournalError> {
    let body = chain::canonical(entry)?;
    let hash = chain::next(previous, &body);
    let seq = i64::try_from(entry.seq).map_err(corrupt)?;
    connection
        .prepare_cached("INSERT INTO entry (seq, body, hash) VALUES (?1, ?2, ?3)")?
        .execute(params![seq, body, hash])?;
    Ok(hash)
}

pub(super) fn load(connection: &Connection, id: SaleId) -> Result<Sale, JournalError> {
    Sale::fold(&entries_of(connection, id)?).map_err(corrupt)
}

fn entries_of(connection: &Connection, id: SaleId) -> Result<Vec<Entry>, JournalError> {
    let mut statement =
        connection.prepare_cached("SELECT body FROM entry WHERE sale = ?1 ORDER BY seq")?;
    let bodies = statement.query_map([id.to_string()], |row| row.get::<_, String>(0))?;
    bodies
        .map(|body| serde_json::from_str(&body?).map_err(corrupt))
        .collect()
}

pub(super) fn first_entry(
    connection: &Connection,
    purpose: Purpose,
) -> Result<(TillId, TillCode), JournalError> {
    let body: String = connection
        .query_row("SELECT body FROM entry WHERE seq = 1", [], |row| row.get(0))
        .optional()?
        .ok_or_else(|| JournalError::Corrupt("the first entry is missing".to_owned()))?;
    let first: Entry = serde_json::from_str(&body).map_err(corrupt)?;
    match first.event {
        Event::JournalOpened { code, purpose: of } if of == purpose => Ok((first.till, code)),
        // Practice money and real money never share a file.
        Event::JournalOpened { .. } => Err(JournalError::NotAJournal),
        _ => Err(JournalError::Corrupt(
            "the first entry does not open the journal".to_owned(),
        )),
    }
}

pub(super) fn sale_id(text: &str) -> Result<SaleId, JournalError> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(corrupt)
}

pub(super) fn corrupt(error: impl std::fmt::Display) -> JournalError {
    JournalError::Corrupt(error.to_string())
}
