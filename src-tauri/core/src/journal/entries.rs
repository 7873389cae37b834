//! The table `entry`: entries are chained and appended, and read back. Projections are not its subject.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::chain::{self, Hash, Head};
use super::error::JournalError;
use super::gateway::require_own;
use crate::breaks::{self, Break};
use crate::clock::UnixMs;
use crate::failpoints::{self, Failpoint};
use crate::ids::{SaleId, TenderNumber, TillCode, TillId};
use crate::sale::{Entry, Event, Purpose, Sale};

/// How many of the last entries are checked when the file is opened: enough to notice a torn end, and few
/// enough that a journal of a million sales opens as fast as an empty one.
const TAIL: u32 = 64;

/// Who writes an entry.
#[derive(Debug, Clone)]
pub(super) struct Author {
    pub(super) till: TillId,
    /// The cashier, when the shop names its cashiers.
    pub(super) by: Option<String>,
    /// Who lent the right to what is written, when the cashier did not have it.
    pub(super) approved_by: Option<String>,
}

/// Checks the chain of the last entries, so that nothing is appended to a torn or forged end.
pub(super) fn check_tail(connection: &Connection) -> Result<(), JournalError> {
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
            return Err(corrupt(format!(
                "entry {seq} does not follow from the one before it"
            )));
        }
        previous = Some((seq, hash));
    }
    Ok(())
}

/// The last entry. It can be read in a journal of any format.
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
        hash: chain::BEFORE_FIRST,
    }))
}

/// The hash of entry `seq`, if there is one.
pub(super) fn hash_of(connection: &Connection, seq: u64) -> Result<Option<Hash>, JournalError> {
    Ok(connection
        .prepare_cached("SELECT hash FROM entry WHERE seq = ?1")?
        .query_row([seq_bound(seq)?], |row| row.get(0))
        .optional()?)
}

/// Appends entries of these events. They are on the disk once the transaction is committed.
pub(super) fn append(
    connection: &Connection,
    author: &Author,
    now: UnixMs,
    events: impl IntoIterator<Item = Event>,
) -> Result<Vec<Entry>, JournalError> {
    let Head { mut seq, mut hash } = head(connection)?;
    events
        .into_iter()
        .map(|event| {
            seq += 1;
            if breaks::sometimes(Break::EntryNumberSkipped) {
                seq += 1;
            }
            let entry = Entry {
                seq,
                till: author.till,
                at: now,
                by: author.by.clone(),
                approved_by: author.approved_by.clone(),
                event,
            };
            hash = insert(connection, &entry, &hash)?;
            Ok(entry)
        })
        .collect()
}

/// Ends a transaction that wrote an entry. Nothing of it is there before, all of it afterwards.
pub(super) fn commit(transaction: Transaction<'_>) -> Result<(), JournalError> {
    failpoints::reached(Failpoint::EntryWritten);
    if breaks::sometimes(Break::CommitForgotten) {
        return Ok(());
    }
    transaction.commit()?;
    failpoints::reached(Failpoint::EntryCommitted);
    Ok(())
}

/// Appends entries that another journal of this till holds, with the times and cashiers that they have there.
pub(super) fn append_all(
    connection: &Connection,
    author: &Author,
    entries: &[Entry],
) -> Result<(), JournalError> {
    let Head { mut seq, mut hash } = head(connection)?;
    for entry in entries {
        seq += 1;
        let entry = Entry {
            seq,
            till: author.till,
            ..entry.clone()
        };
        hash = insert(connection, &entry, &hash)?;
    }
    Ok(())
}

/// Inserts one entry after the one with the hash `previous`, and returns its hash. Whoever writes entries does so here,
/// so no invoice of another gateway than the journal's is ever requested, and no tender taken back that a close has
/// counted.
pub(super) fn insert(
    connection: &Connection,
    entry: &Entry,
    previous: &Hash,
) -> Result<Hash, JournalError> {
    if let Event::InvoiceRequested { gateway, .. } = &entry.event {
        require_own(connection, gateway)?;
    }
    if let Event::TenderTakenBack { sale, tender, .. } = &entry.event {
        require_open_day(connection, *sale, *tender)?;
    }
    let body = chain::canonical(entry)?;
    let hash = chain::next(previous, &body);
    connection
        .prepare_cached("INSERT INTO entry (seq, body, hash) VALUES (?1, ?2, ?3)")?
        .execute(params![seq_bound(entry.seq)?, body, hash])?;
    Ok(hash)
}

/// Refuses to take back a tender that a Z report has counted.
fn require_open_day(
    connection: &Connection,
    sale: SaleId,
    tender: TenderNumber,
) -> Result<(), JournalError> {
    let counted: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM entry AS t JOIN entry AS z ON z.kind = 'day_closed' AND z.seq > t.seq
             WHERE t.sale = ?1 AND t.kind = 'tender_taken' AND t.body ->> '$.tender' = ?2)",
        )?
        .query_row(params![sale.to_string(), tender.0], |row| row.get(0))?;
    match counted {
        true => Err(JournalError::DayClosedSince),
        false => Ok(()),
    }
}

/// The sale of this id, folded from its entries.
pub(super) fn load(connection: &Connection, id: SaleId) -> Result<Sale, JournalError> {
    Sale::fold(&entries_of(connection, id)?).map_err(corrupt)
}

/// The entries of a sale, in order.
pub(super) fn entries_of(connection: &Connection, id: SaleId) -> Result<Vec<Entry>, JournalError> {
    let mut statement =
        connection.prepare_cached("SELECT body FROM entry WHERE sale = ?1 ORDER BY seq")?;
    let bodies = statement.query_map([id.to_string()], |row| row.get::<_, String>(0))?;
    bodies
        .map(|body| serde_json::from_str(&body?).map_err(corrupt))
        .collect()
}

/// The till that the journal belongs to. A journal of the other purpose is [`JournalError::NotAJournal`].
pub(super) fn first_entry(
    connection: &Connection,
    purpose: Purpose,
) -> Result<(TillId, TillCode), JournalError> {
    let body: String = connection
        .query_row("SELECT body FROM entry WHERE seq = 1", [], |row| row.get(0))
        .optional()?
        .ok_or_else(|| corrupt("the first entry is missing"))?;
    let first: Entry = serde_json::from_str(&body).map_err(corrupt)?;
    match first.event {
        Event::JournalOpened {
            code, purpose: of, ..
        } if of == purpose => Ok((first.till, code)),
        // Practice money and real money must never share a file.
        Event::JournalOpened { .. } => Err(JournalError::NotAJournal),
        _ => Err(corrupt("the first entry does not open the journal")),
    }
}

/// The id in a column.
pub(super) fn sale_id(text: &str) -> Result<SaleId, JournalError> {
    text.parse().map_err(corrupt)
}

/// An entry's number as SQLite takes it, which counts in 63 bits.
pub(super) fn seq_bound(seq: u64) -> Result<i64, JournalError> {
    i64::try_from(seq).map_err(corrupt)
}

pub(super) fn corrupt(error: impl std::fmt::Display) -> JournalError {
    JournalError::Corrupt(error.to_string())
}
