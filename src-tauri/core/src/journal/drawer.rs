//! The cash drawer as the journal has it: what moved its cash, from the ledger and from entries of its own.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::day_close::{FIRST_SEQ, last_drawer};
use super::entries::{append, commit, corrupt, seq_bound};
use super::error::JournalError;
use super::file::JournalFile;
use crate::breaks::{self, Break};
use crate::clock::UnixMs;
use crate::drawer::{Balance, CashCount, CashLine, CountPurpose, Piece};
use crate::money::Currency;
use crate::sale::{Entry, Event};

/// What was and is in the drawer, by currency.
pub(crate) type Balances = BTreeMap<Currency, Balance>;

/// A count that is about to be written.
#[derive(Debug)]
pub(crate) struct CountToWrite {
    /// What it is for.
    pub(crate) purpose: CountPurpose,
    /// The currency that was counted.
    pub(crate) currency: Currency,
    /// What was there, minor units.
    pub(crate) counted_minor: i64,
    /// How many of each note and coin.
    pub(crate) pieces: Vec<Piece>,
    /// What stays, minor units.
    pub(crate) left_minor: i64,
}

impl JournalFile {
    /// The drawer since the last close.
    pub(crate) fn drawer_since_close(&self) -> Result<Balances, JournalError> {
        since_close(&self.connection, u64::MAX)
    }

    /// Writes a count, and beside it what should have been there: nothing can come between the two.
    ///
    /// # Errors
    /// [`JournalError::Count`] when it cannot be right, [`JournalError::Busy`] while another program holds the lock, and
    /// what SQLite reports of the disk. Nothing was written then.
    pub(crate) fn count_cash(
        &mut self,
        counted: CountToWrite,
        now: UnixMs,
    ) -> Result<CashCount, JournalError> {
        let author = self.author();
        let transaction = self.connection.transaction()?;
        let balances = since_close(&transaction, u64::MAX)?;
        let CountToWrite {
            purpose,
            currency,
            counted_minor,
            pieces,
            left_minor,
        } = counted;
        let count = CashCount {
            purpose,
            currency,
            expected_minor: balances
                .get(&currency)
                .and_then(|balance| balance.expected_minor),
            counted_minor,
            pieces,
            left_minor,
        };
        count.validate()?;
        append(
            &transaction,
            &author,
            now,
            [Event::CashCounted(count.clone())],
        )?;
        commit(transaction)?;
        Ok(count)
    }
}

impl JournalFile {
    /// The entries about the drawer and no sale since the last close.
    pub(crate) fn drawer_moves(&self) -> Result<Vec<Entry>, JournalError> {
        let after_seq = self.last_close()?.unwrap_or(FIRST_SEQ);
        moves(&self.connection, after_seq, i64::MAX.unsigned_abs())
    }
}

/// The entries about the drawer and no sale between two entries.
pub(super) fn moves(
    connection: &Connection,
    after_seq: u64,
    before_seq: u64,
) -> Result<Vec<Entry>, JournalError> {
    let mut statement = connection.prepare_cached(
        "SELECT body FROM entry
         WHERE sale IS NULL AND kind IN ('cash_moved', 'cash_counted', 'drawer_opened')
           AND seq > ?1 AND seq < ?2
         ORDER BY seq",
    )?;
    let range = params![seq_bound(after_seq)?, seq_bound(before_seq)?];
    let bodies = statement.query_map(range, |row| row.get::<_, String>(0))?;
    bodies
        .map(|body| serde_json::from_str(&body?).map_err(corrupt))
        .collect()
}

/// The drawer from the last close on, before this entry.
fn since_close(connection: &Connection, before_seq: u64) -> Result<Balances, JournalError> {
    let (after_seq, start) = last_drawer(connection)?.unwrap_or((FIRST_SEQ, Balances::new()));
    balances(connection, &start, after_seq, before_seq)
}

/// The drawer between two entries, when it was like this at the first.
pub(super) fn balances(
    connection: &Connection,
    before: &Balances,
    after_seq: u64,
    before_seq: u64,
) -> Result<Balances, JournalError> {
    let walked = walk(connection, before, after_seq, before_seq, |_, _, _| {
        Ok::<(), std::convert::Infallible>(())
    })?;
    match walked {
        Ok(balances) => Ok(balances),
        Err(never) => match never {},
    }
}

/// As [`balances`]; `count` sees each count with what should have been there, and may refuse it.
pub(super) fn walk<E>(
    connection: &Connection,
    before: &Balances,
    after_seq: u64,
    before_seq: u64,
    mut count: impl FnMut(u64, &CashCount, Option<i64>) -> Result<(), E>,
) -> Result<Result<Balances, E>, JournalError> {
    let known = before
        .iter()
        .filter(|(_, balance)| balance.expected_minor.is_some());
    let mut balances: Balances = known
        .map(|(currency, balance)| (*currency, Balance::beginning(balance.expected_minor)))
        .collect();
    let mut statement = connection.prepare_cached(
        "SELECT seq, moved, currency, amount_minor + rounding_minor, NULL FROM movement
         WHERE way = 'cash' AND NOT test AND seq > ?1 AND seq < ?2
         UNION ALL
         SELECT seq, kind, NULL, NULL, body FROM entry
         WHERE sale IS NULL AND kind IN ('cash_moved', 'cash_counted') AND seq > ?1 AND seq < ?2
         ORDER BY 1",
    )?;
    let mut rows = statement.query(params![
        seq_bound(after_seq)?,
        seq_bound(before_seq).unwrap_or(i64::MAX)
    ])?;
    while let Some(row) = rows.next()? {
        let (currency, line) = match row.get::<_, Option<String>>(4)? {
            None => {
                let currency: String = row.get(2)?;
                let moved: String = row.get(1)?;
                let currency = currency.parse().map_err(corrupt)?;
                (currency, ledger_line(&moved, row.get(3)?)?)
            }
            Some(body) => {
                let entry: Entry = serde_json::from_str(&body).map_err(corrupt)?;
                match &entry.event {
                    Event::CashMoved(moved) => (moved.currency, CashLine::from(moved)),
                    Event::CashCounted(counted) => {
                        let expected = balances
                            .get(&counted.currency)
                            .and_then(|balance| balance.expected_minor);
                        if let Err(refused) = count(entry.seq, counted, expected) {
                            return Ok(Err(refused));
                        }
                        (counted.currency, CashLine::from(counted))
                    }
                    other => return Err(corrupt(format!("{} moves no cash", other.kind()))),
                }
            }
        };
        balances.entry(currency).or_default().add(&line);
    }
    balances.retain(|_, balance| balance.expected_minor.is_some());
    Ok(Ok(balances))
}

pub(super) fn ledger_line(moved: &str, minor: i64) -> Result<CashLine, JournalError> {
    let minor = match moved {
        "refunded" if breaks::is(Break::DrawerForgetsRefunds) => 0,
        "tender_taken_back" if breaks::is(Break::DrawerKeepsTakenBack) => 0,
        "refund_taken_back" if breaks::is(Break::VoidedRefundStaysOut) => 0,
        _ => minor,
    };
    Ok(match moved {
        "tendered" => CashLine::Taken(minor),
        "tender_taken_back" => CashLine::Taken(minor.saturating_neg()),
        "refunded" => CashLine::Refunded(minor),
        "refund_taken_back" => CashLine::Refunded(minor.saturating_neg()),
        _ => return Err(corrupt(format!("{moved} is no kind of movement of cash"))),
    })
}
