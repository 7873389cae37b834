//! The close of a day: the Z report, chained to all closes before it.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::carts::{CartsAtClose, carts_at_close};
use super::chain::{self, Hash};
use super::drawer::{self, Balances};
use super::entries::{Author, append, commit, corrupt, head, seq_bound};
use super::error::JournalError;
use super::file::JournalFile;
use super::ledger;
use super::restored::last_z;
use super::technical;
use super::till_code::code_at;
use crate::breaks::{self, Break};
use crate::clock::UnixMs;
use crate::ids::{SaleNumber, TillCode};
use crate::sale::{CashierTotals, DayClose, DayTotals, Entry, Event};

/// The entry that opens the journal. The first close counts the entries after it.
pub(super) const FIRST_SEQ: u64 = 1;

/// The sums since the last close. They are kept, and only new ledger lines are added.
#[derive(Debug, Default)]
pub(super) struct TotalsSinceClose {
    /// The entry of the close, or the journal's first.
    after_seq: u64,
    /// The last ledger line that was added.
    counted_to_seq: u64,
    totals: DayTotals,
    /// The sums of all closes, once they were asked for.
    grand: Option<DayTotals>,
}

/// A close that is requested.
#[derive(Debug)]
pub(crate) struct CloseRequest {
    /// The shop's day, ISO 8601.
    pub(crate) day: String,
    /// The shop's time zone, IANA.
    pub(crate) zone: String,
    /// Close even if sales are still open.
    pub(crate) carry_open: bool,
}

/// What came of a request to close.
#[derive(Debug)]
pub(crate) enum CloseOutcome {
    /// The day was closed.
    Closed(Box<ClosedDay>),
    /// This many sales are open: nothing was written.
    OpenSales(usize),
    /// The day was closed before, as this Z, and no money moved since: nothing was written.
    AlreadyClosed(u32),
}

/// A close in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedDay {
    /// The number of its entry.
    pub seq: u64,
    /// When it was written.
    pub at: UnixMs,
    /// The hash of its entry, hex.
    pub head: String,
    /// The till's short code at that time.
    pub code: TillCode,
    /// What it says.
    pub close: DayClose,
    /// What people decided since the close before, without the gateway.
    pub by_hand: SettledByHand,
    /// The carts that were held at that moment, and those dropped since the close before.
    pub carts: CartsAtClose,
    /// How often each kind of technical event happened since the close before.
    pub events: BTreeMap<String, u64>,
    /// What each cashier took and gave back since the close before; left out where only the sums are checked.
    pub cashiers: CashierTotals,
    /// The entries about the drawer and no sale since the close before; likewise.
    pub drawer_moves: Vec<Entry>,
}

/// The sales that people settled without the gateway: see docs/journal.md, *Entries*, row `review_closed`, for what of their money is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettledByHand {
    /// Given up for good.
    pub written_off: Vec<SaleNumber>,
    /// A contradiction was settled outside the till.
    pub reviews_closed: Vec<SaleNumber>,
}

impl JournalFile {
    /// Adds at most `limit` ledger lines to the sums since the last close, so that no sale waits for a long
    /// count. Returns whether all are added.
    pub(crate) fn count_since_close(&mut self, limit: u32) -> Result<bool, JournalError> {
        let after_seq = self.last_close()?.unwrap_or(FIRST_SEQ);
        let sums = &mut self.since_close;
        if sums.after_seq != after_seq {
            *sums = TotalsSinceClose {
                after_seq,
                counted_to_seq: after_seq,
                totals: DayTotals::default(),
                grand: None,
            };
        }
        let from = sums.counted_to_seq;
        let count = ledger::each_line(&self.connection, from, u64::MAX, limit, |line| {
            sums.totals.add(line);
            sums.counted_to_seq = line.seq;
        })?;
        Ok(count < limit)
    }

    /// The sums since the last close, the sums of all closes, and the last one.
    pub(crate) fn since_close(
        &mut self,
    ) -> Result<(DayTotals, DayTotals, Option<ClosedDay>), JournalError> {
        while !self.count_since_close(u32::MAX)? {}
        let last = self.closes(None, 1)?.pop();
        let grand = match self.since_close.grand.take() {
            Some(grand) => grand,
            None => grand_at(&self.connection, last.as_ref())?,
        };
        self.since_close.grand = Some(grand.clone());
        Ok((self.since_close.totals.clone(), grand, last))
    }

    /// What people settled by hand since the last close.
    pub(crate) fn by_hand_since_close(&self) -> Result<SettledByHand, JournalError> {
        let after_seq = self.last_close()?.unwrap_or(FIRST_SEQ);
        settled_by_hand(&self.connection, after_seq, i64::MAX.unsigned_abs())
    }

    /// The closes before this entry, newest first, at most `limit`.
    pub(crate) fn closes(
        &self,
        before_seq: Option<u64>,
        limit: u32,
    ) -> Result<Vec<ClosedDay>, JournalError> {
        let mut closes = closes(&self.connection, before_seq, limit)?;
        for closed in &mut closes {
            let after_seq = closed.close.after_seq;
            closed.cashiers = ledger::cashiers_of_close(&self.connection, after_seq, closed.seq)?;
            closed.drawer_moves = drawer::moves(&self.connection, after_seq, closed.seq)?;
        }
        Ok(closes)
    }

    /// The number of the entry of the last close; `None` before the first.
    ///
    /// # Errors
    /// [`JournalError::Busy`], [`JournalError::Unreadable`], and what SQLite reports of the disk.
    pub fn last_close(&self) -> Result<Option<u64>, JournalError> {
        let last: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT seq FROM entry WHERE kind = 'day_closed' ORDER BY seq DESC LIMIT 1",
            )?
            .query_row([], |row| row.get(0))
            .optional()?;
        Ok(last.map(i64::unsigned_abs))
    }

    /// Closes the day. Nothing can come between the sums and the entry, not even from another program.
    pub(crate) fn close_day(
        &mut self,
        request: CloseRequest,
        now: UnixMs,
    ) -> Result<CloseOutcome, JournalError> {
        let author = self.author();
        let transaction = self.connection.transaction()?;
        let outcome = close(&transaction, &author, request, now)?;
        commit(transaction)?;
        Ok(outcome)
    }
}

/// Writes a close, or says why none is written.
pub(super) fn close(
    transaction: &Connection,
    author: &Author,
    request: CloseRequest,
    now: UnixMs,
) -> Result<CloseOutcome, JournalError> {
    let last = closes(transaction, None, 1)?.pop();
    let after_seq = last.as_ref().map_or(FIRST_SEQ, |last| last.seq);
    if let Some(last) = &last
        && request.day <= last.close.day
        && !ledger::moved_after(transaction, after_seq)?
    {
        return Ok(CloseOutcome::AlreadyClosed(last.close.z));
    }
    let open = open_numbers(transaction)?;
    if !open.is_empty() && !request.carry_open && !breaks::is(Break::CloseCarriesUnasked) {
        return Ok(CloseOutcome::OpenSales(open.len()));
    }
    let from_seq = match breaks::is(Break::CloseFromTheBeginning) {
        true => FIRST_SEQ,
        false => after_seq,
    };
    let totals = ledger::sum_between(transaction, from_seq, u64::MAX)?;
    let grand = match breaks::is(Break::GrandTotalForgets) {
        true => totals.clone(),
        false => grand_at(transaction, last.as_ref())?.plus(&totals),
    };
    let last_rule = last.as_ref().map(|last| last.close.sums_rule);
    let sums_rule = DayClose::next_rule(last_rule, &totals);
    let drawer = drawer::balances(
        transaction,
        &last
            .as_ref()
            .map(|last| last.close.drawer.clone())
            .unwrap_or_default(),
        after_seq,
        u64::MAX,
    )?;
    let close = DayClose {
        drawer,
        z: match last_z(transaction)? {
            z if z > 0 && breaks::is(Break::ZNumberAgain) => z,
            z => z.saturating_add(1),
        },
        day: request.day,
        zone: request.zone,
        after_seq,
        head: head(transaction)?.hex(),
        grand: grand.without_categories(),
        totals: totals.by_rule(sums_rule),
        open,
        sums_rule,
        version: Some(crate::ids::VERSION.to_owned()),
        key: technical::key_before(transaction, u64::MAX)?,
    };
    append(transaction, author, now, [Event::DayClosed(close.clone())])?;
    let written = head(transaction)?;
    Ok(CloseOutcome::Closed(Box::new(ClosedDay {
        seq: written.seq,
        at: now,
        head: written.hex(),
        code: code_at(transaction, written.seq)?,
        by_hand: settled_by_hand(transaction, after_seq, written.seq)?,
        carts: carts_at_close(transaction, after_seq, written.seq)?,
        events: technical::count_between(transaction, after_seq, written.seq)?,
        cashiers: ledger::cashiers_of_close(transaction, after_seq, written.seq)?,
        drawer_moves: drawer::moves(transaction, after_seq, written.seq)?,
        close,
    })))
}

/// The sums of all closes up to this one, by today's rule. Those of a close that an older program made are added up
/// again, because it did not tell refunds by rate and way.
fn grand_at(connection: &Connection, last: Option<&ClosedDay>) -> Result<DayTotals, JournalError> {
    match last {
        None => Ok(DayTotals::default()),
        Some(last) if last.close.sums_rule >= DayClose::LAST_RULE - 1 => {
            Ok(last.close.grand.clone())
        }
        Some(last) => ledger::sum_between(connection, FIRST_SEQ, last.seq),
    }
}

/// What people settled by hand between two entries.
fn settled_by_hand(
    connection: &Connection,
    after_seq: u64,
    before_seq: u64,
) -> Result<SettledByHand, JournalError> {
    let mut statement = connection.prepare_cached(
        "SELECT e.kind = 'sale_written_off', s.number FROM entry AS e JOIN sale AS s ON s.id = e.sale
         WHERE e.kind IN ('review_closed', 'sale_written_off') AND e.seq > ?1 AND e.seq < ?2
         ORDER BY e.seq",
    )?;
    let range = params![seq_bound(after_seq)?, seq_bound(before_seq)?];
    let rows = statement.query_map(range, |row| {
        Ok((row.get::<_, bool>(0)?, SaleNumber(row.get(1)?)))
    })?;
    let mut by_hand = SettledByHand::default();
    for row in rows {
        let (written_off, number) = row?;
        if written_off {
            by_hand.written_off.push(number);
        } else {
            by_hand.reviews_closed.push(number);
        }
    }
    Ok(by_hand)
}

/// The close whose entry has this text and hash.
fn read_close(connection: &Connection, body: &str, hash: &Hash) -> Result<ClosedDay, JournalError> {
    let entry: Entry = serde_json::from_str(body).map_err(corrupt)?;
    match entry.event {
        Event::DayClosed(close) => Ok(ClosedDay {
            seq: entry.seq,
            at: entry.at,
            head: chain::hex(hash),
            code: code_at(connection, entry.seq)?,
            by_hand: settled_by_hand(connection, close.after_seq, entry.seq)?,
            carts: carts_at_close(connection, close.after_seq, entry.seq)?,
            events: technical::count_between(connection, close.after_seq, entry.seq)?,
            cashiers: CashierTotals::default(),
            drawer_moves: Vec::new(),
            close,
        }),
        _ => Err(corrupt(format!("entry {} closes no day", entry.seq))),
    }
}

/// The closes before an entry, newest first.
fn closes(
    connection: &Connection,
    before_seq: Option<u64>,
    limit: u32,
) -> Result<Vec<ClosedDay>, JournalError> {
    let mut statement = connection.prepare_cached(
        "SELECT body, hash FROM entry WHERE kind = 'day_closed' AND seq < ?1
         ORDER BY seq DESC LIMIT ?2",
    )?;
    let before = before_seq.map_or(Ok(i64::MAX), seq_bound)?;
    let rows = statement.query_map(params![before, limit], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Hash>(1)?))
    })?;
    rows.map(|row| {
        let (body, hash) = row?;
        read_close(connection, &body, &hash)
    })
    .collect()
}

/// Calls `each` for every close, oldest first, until it refuses one.
pub(super) fn each_close<E>(
    connection: &Connection,
    mut each: impl FnMut(ClosedDay) -> Result<Result<(), E>, JournalError>,
) -> Result<Result<(), E>, JournalError> {
    let mut statement = connection
        .prepare("SELECT body, hash FROM entry WHERE kind = 'day_closed' ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let body: String = row.get(0)?;
        if let Err(refused) = each(read_close(connection, &body, &row.get(1)?)?)? {
            return Ok(Err(refused));
        }
    }
    Ok(Ok(()))
}

/// The entry of the last close, and the drawer as it was then; `None` before the first.
pub(super) fn last_drawer(
    connection: &Connection,
) -> Result<Option<(u64, Balances)>, JournalError> {
    let last = closes(connection, None, 1)?.pop();
    Ok(last.map(|last| (last.seq, last.close.drawer)))
}

fn open_numbers(connection: &Connection) -> Result<Vec<SaleNumber>, JournalError> {
    let mut statement =
        connection.prepare_cached("SELECT number FROM sale WHERE open ORDER BY number")?;
    let numbers = statement.query_map([], |row| row.get(0).map(SaleNumber))?;
    Ok(numbers.collect::<Result<_, _>>()?)
}
