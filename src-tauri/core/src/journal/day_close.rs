//! Movements by time and by entry, and the day's close: what the shop's reports are made of.

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::chain::{self, Hash};
use super::entries::{Author, append, corrupt};
use super::error::JournalError;
use super::file::JournalFile;
use crate::clock::UnixMs;
use crate::ids::{AttemptNumber, RefundNumber, SaleNumber};
use crate::money::Money;
use crate::report::{CloseView, DayTotals};
use crate::sale::{Entry, Event, LedgerKind, LedgerLine, Purpose, RefundWay};

/// The entry that opens the journal: what the first close counts from.
const FIRST: u64 = 1;

/// What has come since a close, counted once and then only added to.
#[derive(Debug, Default)]
pub(super) struct Running {
    /// The close, or the journal's first entry.
    after_seq: u64,
    /// The last entry counted.
    through: u64,
    totals: DayTotals,
}

/// A close to be made.
#[derive(Debug)]
pub(crate) struct NewClose {
    /// The shop's day, ISO 8601.
    pub(crate) day: String,
    /// The shop's time zone, IANA.
    pub(crate) zone: String,
    /// Close although sales are open.
    pub(crate) carry: bool,
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Closing {
    /// Closed.
    Closed(Box<CloseView>),
    /// So many sales are open: nothing was written.
    OpenSales(usize),
    /// This day was closed, as this Z, and nothing came since: nothing was written.
    AlreadyClosed(u32),
}

impl JournalFile {
    /// Each movement from one moment (included) to another (excluded), and whether its payment is
    /// credited, in order of time.
    pub(crate) fn movements_between(
        &self,
        from: UnixMs,
        to: UnixMs,
        mut each: impl FnMut(&LedgerLine, bool),
    ) -> Result<(), JournalError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {MOVEMENT}, coalesce(i.settled, 0)
             FROM movement AS m LEFT JOIN invoice AS i ON i.sale = m.sale AND i.attempt = m.attempt
             WHERE m.at_unix_ms >= ?1 AND m.at_unix_ms < ?2 ORDER BY m.at_unix_ms, m.seq"
        ))?;
        let mut rows = statement.query([from.0, to.0])?;
        while let Some(row) = rows.next()? {
            each(&movement(row)?, row.get(15)?);
        }
        Ok(())
    }

    /// Counts on from where it was, at most so many movements, so that no sale waits for a long count.
    /// Returns whether all is counted.
    pub(crate) fn count_since_close(&mut self, most: u32) -> Result<bool, JournalError> {
        let after_seq = last_close_seq(&self.connection)?.unwrap_or(FIRST);
        if self.running.after_seq != after_seq {
            self.running = Running {
                after_seq,
                through: after_seq,
                totals: DayTotals::default(),
            };
        }
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {MOVEMENT} FROM movement AS m WHERE seq > ?1 ORDER BY seq LIMIT ?2"
        ))?;
        let mut rows = statement.query(params![bound(self.running.through)?, most])?;
        let mut counted = 0;
        while let Some(row) = rows.next()? {
            let movement = movement(row)?;
            self.running.totals.add(&movement);
            self.running.through = movement.seq;
            counted += 1;
        }
        Ok(counted < most)
    }

    /// What has come since the last close, and that close.
    pub(crate) fn since_close(&mut self) -> Result<(DayTotals, Option<CloseView>), JournalError> {
        while !self.count_since_close(u32::MAX)? {}
        Ok((self.running.totals.clone(), self.closes(None, 1)?.pop()))
    }

    /// The closes before this entry, newest first.
    pub(crate) fn closes(
        &self,
        before_seq: Option<u64>,
        most: u32,
    ) -> Result<Vec<CloseView>, JournalError> {
        let closes = closes(&self.connection, before_seq, most)?;
        Ok(closes
            .into_iter()
            .map(|close| self.view_of(close))
            .collect())
    }

    /// Closes the day: the Z report, chained to all before it. Nothing can come between the sums and
    /// the entry, not even another program.
    pub(crate) fn close_day(
        &mut self,
        new: NewClose,
        now: UnixMs,
    ) -> Result<Closing, JournalError> {
        let author = self.author();
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        if let Some(refused) = close(&transaction, &author, new, now)? {
            return Ok(refused);
        }
        transaction.commit()?;
        let closed = self.closes(None, 1)?.pop();
        let closed = closed.ok_or_else(|| corrupt("the close is not where it was written"))?;
        Ok(Closing::Closed(Box::new(closed)))
    }

    fn view_of(&self, close: Close) -> CloseView {
        CloseView {
            z: close.z,
            day: close.day,
            zone: close.zone,
            practice: self.purpose == Purpose::Practice,
            till: self.code.to_string(),
            at_unix_ms: close.at,
            seq: close.seq,
            after_seq: close.after_seq,
            before: close.before,
            head: chain::hex(&close.hash),
            totals: close.totals,
            grand: close.grand,
            open: close.open.into_iter().map(|number| number.0).collect(),
        }
    }
}

/// Writes a close, or says why none is written.
pub(super) fn close(
    transaction: &Connection,
    author: &Author,
    new: NewClose,
    now: UnixMs,
) -> Result<Option<Closing>, JournalError> {
    let last = closes(transaction, None, 1)?.pop();
    let after_seq = last.as_ref().map_or(FIRST, |last| last.seq);
    let totals = sum_between(transaction, after_seq, u64::MAX)?;
    if let Some(last) = &last
        && new.day <= last.day
        && !moved_after(transaction, after_seq)?
    {
        return Ok(Some(Closing::AlreadyClosed(last.z)));
    }
    let open = open_numbers(transaction)?;
    if !open.is_empty() && !new.carry {
        return Ok(Some(Closing::OpenSales(open.len())));
    }
    let head: Hash = transaction
        .prepare_cached("SELECT hash FROM entry ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| row.get(0))?;
    let grand = last.as_ref().map(|last| last.grand.clone());
    let event = Event::DayClosed {
        z: last.map_or(1, |last| last.z.saturating_add(1)),
        day: new.day,
        zone: new.zone,
        after_seq,
        head: chain::hex(&head),
        grand: grand.unwrap_or_default().and(&totals),
        totals,
        open,
    };
    append(transaction, author, now, [event])?;
    Ok(None)
}

/// A close as it stands in the journal.
pub(super) struct Close {
    pub(super) seq: u64,
    pub(super) at: UnixMs,
    pub(super) hash: Hash,
    pub(super) z: u32,
    pub(super) day: String,
    pub(super) zone: String,
    pub(super) after_seq: u64,
    /// The hash of the entry before it, hex.
    pub(super) before: String,
    pub(super) totals: DayTotals,
    pub(super) grand: DayTotals,
    pub(super) open: Vec<SaleNumber>,
}

impl Close {
    fn read(body: &str, hash: Hash) -> Result<Self, JournalError> {
        let entry: Entry = serde_json::from_str(body).map_err(corrupt)?;
        match entry.event {
            Event::DayClosed {
                z,
                day,
                zone,
                after_seq,
                head,
                totals,
                grand,
                open,
            } => Ok(Self {
                seq: entry.seq,
                at: entry.at,
                hash,
                z,
                day,
                zone,
                after_seq,
                before: head,
                totals,
                grand,
                open,
            }),
            _ => Err(corrupt(format!("entry {} closes no day", entry.seq))),
        }
    }
}

/// The closes before an entry, newest first.
fn closes(
    connection: &Connection,
    before_seq: Option<u64>,
    most: u32,
) -> Result<Vec<Close>, JournalError> {
    let mut statement = connection.prepare_cached(
        "SELECT body, hash FROM entry WHERE kind = 'day_closed' AND seq < ?1
         ORDER BY seq DESC LIMIT ?2",
    )?;
    let before = before_seq.map_or(Ok(i64::MAX), bound)?;
    let rows = statement.query_map(params![before, most], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Hash>(1)?))
    })?;
    rows.map(|row| {
        let (body, hash) = row?;
        Close::read(&body, hash)
    })
    .collect()
}

/// Each close, oldest first, until one is refused.
pub(super) fn each_close<E>(
    connection: &Connection,
    mut each: impl FnMut(Close) -> Result<Result<(), E>, JournalError>,
) -> Result<Result<(), E>, JournalError> {
    let mut statement = connection
        .prepare("SELECT body, hash FROM entry WHERE kind = 'day_closed' ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let body: String = row.get(0)?;
        if let Err(refused) = each(Close::read(&body, row.get(1)?)?)? {
            return Ok(Err(refused));
        }
    }
    Ok(Ok(()))
}

/// What the movements after one entry and up to another add up to.
pub(super) fn sum_between(
    connection: &Connection,
    after_seq: u64,
    up_to_seq: u64,
) -> Result<DayTotals, JournalError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {MOVEMENT} FROM movement AS m WHERE seq > ?1 AND seq <= ?2 ORDER BY seq"
    ))?;
    let up_to = i64::try_from(up_to_seq).unwrap_or(i64::MAX);
    let mut rows = statement.query([bound(after_seq)?, up_to])?;
    let mut totals = DayTotals::default();
    while let Some(row) = rows.next()? {
        totals.add(&movement(row)?);
    }
    Ok(totals)
}

fn last_close_seq(connection: &Connection) -> Result<Option<u64>, JournalError> {
    let seq: Option<i64> = connection
        .prepare_cached(
            "SELECT seq FROM entry WHERE kind = 'day_closed' ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(seq.map(i64::unsigned_abs))
}

fn moved_after(connection: &Connection, seq: u64) -> Result<bool, JournalError> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM movement WHERE seq > ?1 AND NOT test)")?
        .query_row([bound(seq)?], |row| row.get(0))?)
}

fn open_numbers(connection: &Connection) -> Result<Vec<SaleNumber>, JournalError> {
    let mut statement =
        connection.prepare_cached("SELECT number FROM sale WHERE open ORDER BY number")?;
    let numbers = statement.query_map([], |row| row.get(0).map(SaleNumber))?;
    Ok(numbers.collect::<Result<_, _>>()?)
}

/// What [`movement`] reads, first of all that is selected. By place: a day has thousands of rows, and looking
/// for names in each takes longer than reading it.
pub(super) const MOVEMENT: &str =
    "m.seq, m.at_unix_ms, m.sale, m.moved, m.currency, m.amount_minor, m.test,
    m.attempt, m.coin, m.late, m.again, m.tip_minor, m.gross_by_rate, m.refund, m.way";

/// A row of `movement`, whatever else is joined to it.
pub(super) fn movement(row: &Row<'_>) -> Result<LedgerLine, JournalError> {
    let currency: String = row.get(4)?;
    let currency = currency.parse().map_err(corrupt)?;
    let word: String = row.get(3)?;
    let moved = if word == "paid" {
        let gross_by_rate: Option<String> = row.get(12)?;
        let gross_by_rate = gross_by_rate.map(|json| serde_json::from_str(&json));
        LedgerKind::Paid {
            attempt: AttemptNumber(row.get(7)?),
            coin: row.get(8)?,
            late: row.get(9)?,
            duplicate: row.get(10)?,
            tip_minor: row.get(11)?,
            gross_by_rate: gross_by_rate
                .transpose()
                .map_err(corrupt)?
                .unwrap_or_default(),
        }
    } else {
        let refund = RefundNumber(row.get(13)?);
        let way: String = row.get(14)?;
        let way = RefundWay::from_name(&way)
            .ok_or_else(|| corrupt(format!("{way} is no way to give money back")))?;
        match word.as_str() {
            "refunded" => LedgerKind::Refunded { refund, way },
            "refund_taken_back" => LedgerKind::RefundTakenBack { refund, way },
            _ => return Err(corrupt(format!("{word} is no movement"))),
        }
    };
    Ok(LedgerLine {
        seq: row.get::<_, i64>(0)?.unsigned_abs(),
        at: UnixMs(row.get(1)?),
        sale: SaleNumber(row.get(2)?),
        amount: Money::from_minor(row.get(5)?, currency),
        test: row.get(6)?,
        moved,
    })
}

fn bound(seq: u64) -> Result<i64, JournalError> {
    i64::try_from(seq).map_err(corrupt)
}
