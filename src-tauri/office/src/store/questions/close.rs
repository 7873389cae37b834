//! A Z report whole: what its entry says, and what the till tells beside it, from the entries since the close before.

use std::collections::{BTreeMap, BTreeSet};

use ringup_core::clock::UnixMs;
use ringup_core::ids::{SaleNumber, TillCode, TillId};
use ringup_core::journal::{CartsAtClose, ClosedDay, SettledByHand};
use ringup_core::report::CloseView;
use ringup_core::sale::{Carts, CashierTotals, DayClose, Entry, Event, Purpose};

use super::super::append::hash_in;
use super::super::folding::{bodies_of, sales_of};
use super::super::sql::{Tx, int, text};
use super::super::{Store, StoreError};
use super::tills::folds;
use super::{damaged, maybe_int, named, names};
use crate::book::BookCloseDetail;
use crate::fold::{EventWhat, Read, read};

/// How many entries are read at once.
const PAGE: u64 = 1000;

impl Store {
    /// The Z report of this number; `None`: there is none, or it is not folded yet.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn close(&self, till: TillId, z: u32) -> Result<Option<BookCloseDetail>, StoreError> {
        let till = till.to_string();
        snapshot!(self, |tx| close(tx, &till, z).await)
    }
}

async fn close(tx: &Tx, till: &str, z: u32) -> Result<Option<BookCloseDetail>, StoreError> {
    let sql = "SELECT b.seq, b.hash, b.body FROM event AS e JOIN entry AS b ON b.till = e.till AND b.seq = e.seq
         WHERE e.till = ?1 AND e.what = 'closed' AND e.number = ?2 ORDER BY e.seq LIMIT 1";
    let rows = tx.query(sql, &[text(till), int(z.into())]).await?;
    let Some([seq, hash, body]) = rows.first().map(Vec::as_slice) else {
        return Ok(None);
    };
    let Read::Entry(entry) = read(body.text()?) else {
        return Err(damaged("a close"));
    };
    let Event::DayClosed(close) = entry.event else {
        return Err(damaged("a close"));
    };
    let seq = seq.int()?.unsigned_abs();
    let head = hash_in(hash)?.to_string();
    let facts = folds(tx).await?.remove(till).map(|fold| fold.facts);
    let facts = facts.unwrap_or_default();
    let opening = facts.opening_code.unwrap_or_else(TillCode::first);
    let closed = closed_day(tx, till, (seq, entry.at, head), close, opening).await?;
    let gateway = facts.gateway.unwrap_or_default();
    let named = named(&names(tx).await?, till);
    Ok(Some(BookCloseDetail {
        till: till.to_owned(),
        till_name: named.name,
        quarantine: named.quarantine,
        close: CloseView::of(closed, Purpose::Live, &gateway),
    }))
}

/// What the entries since the close before tell beside this one.
async fn closed_day(
    tx: &Tx,
    till: &str,
    (seq, at, head): (u64, UnixMs, String),
    close: DayClose,
    opening_code: TillCode,
) -> Result<ClosedDay, StoreError> {
    let mut day = ClosedDay {
        seq,
        at,
        head,
        code: code_before(tx, till, seq).await?.unwrap_or(opening_code),
        by_hand: by_hand(tx, till, close.after_seq, seq).await?,
        carts: carts(tx, till, close.after_seq, seq).await?,
        events: BTreeMap::new(),
        cashiers: CashierTotals::default(),
        drawer_moves: Vec::new(),
        close,
    };
    let (mut by, mut ids) = (BTreeMap::new(), BTreeSet::new());
    let mut after = day.close.after_seq;
    loop {
        let entries = entries_between(tx, till, after, seq).await?;
        let Some((last, _)) = entries.last() else {
            break;
        };
        after = *last;
        for (seq, entry) in entries {
            let Some(entry) = entry else { continue };
            if let Some(count) = entry.event.technical_count() {
                let sum = day.events.entry(entry.event.kind().to_owned());
                *sum.or_default() += count;
            }
            if let Some(sale) = entry.event.sale() {
                ids.insert(sale.to_string());
            }
            if let Some(name) = &entry.by {
                by.insert(seq, name.clone());
            }
            if matches!(
                entry.event,
                Event::CashMoved(_) | Event::CashCounted(_) | Event::DrawerOpened { .. }
            ) {
                day.drawer_moves.push(entry);
            }
        }
    }
    for sale in sales_of(tx, till, ids).await?.values() {
        for line in sale.sale.ledger_lines() {
            if line.seq > day.close.after_seq && line.seq < seq {
                day.cashiers.add(by.get(&line.seq).cloned(), &line);
            }
        }
    }
    Ok(day)
}

/// Some entries after one and before another, by their numbers; `None`: of a kind that is not known.
async fn entries_between(
    tx: &Tx,
    till: &str,
    after: u64,
    before: u64,
) -> Result<Vec<(u64, Option<Entry>)>, StoreError> {
    let sql = "SELECT seq, body FROM entry WHERE till = ?1 AND seq > ?2 AND seq < ?3 ORDER BY seq LIMIT ?4";
    let values = [text(till), int(after), int(before), int(PAGE)];
    let mut entries = Vec::new();
    for row in tx.query(sql, &values).await? {
        let [seq, body] = row.as_slice() else {
            return Err(damaged("an entry"));
        };
        let entry = match read(body.text()?) {
            Read::Entry(entry) => Some(*entry),
            _ => None,
        };
        entries.push((seq.int()?.unsigned_abs(), entry));
    }
    Ok(entries)
}

/// The entries of this kind after one and before another: their numbers, and the numbers that their rows name.
async fn events(
    tx: &Tx,
    till: &str,
    what: EventWhat,
    (after, before): (u64, u64),
) -> Result<Vec<(u64, Option<i64>)>, StoreError> {
    let sql = "SELECT seq, number FROM event WHERE till = ?1 AND what = ?2 AND seq > ?3 AND seq < ?4 ORDER BY seq";
    let values = [text(till), text(what.as_str()), int(after), int(before)];
    let mut events = Vec::new();
    for row in tx.query(sql, &values).await? {
        let [seq, number] = row.as_slice() else {
            return Err(damaged("an event"));
        };
        events.push((seq.int()?.unsigned_abs(), maybe_int(number)?));
    }
    Ok(events)
}

/// The code that held before an entry; `None`: the first.
async fn code_before(tx: &Tx, till: &str, seq: u64) -> Result<Option<TillCode>, StoreError> {
    let changes = events(tx, till, EventWhat::CodeChanged, (0, seq)).await?;
    let last = changes.last().map(|(seq, _)| *seq);
    let bodies = bodies_of(tx, till, last.into_iter()).await?;
    Ok(bodies.values().find_map(|body| match read(body) {
        Read::Entry(entry) => match entry.event {
            Event::TillCodeChanged { code } => Some(code),
            _ => None,
        },
        _ => None,
    }))
}

/// What people settled without the gateway.
async fn by_hand(
    tx: &Tx,
    till: &str,
    after: u64,
    before: u64,
) -> Result<SettledByHand, StoreError> {
    let numbers = async |what| {
        let events = events(tx, till, what, (after, before)).await?;
        let numbers = events.into_iter().filter_map(|(_, number)| number);
        let numbers = numbers.filter_map(|number| u32::try_from(number).ok());
        Ok::<_, StoreError>(numbers.map(SaleNumber).collect())
    };
    Ok(SettledByHand {
        written_off: numbers(EventWhat::WrittenOff).await?,
        reviews_closed: numbers(EventWhat::ReviewClosed).await?,
    })
}

/// The carts that were held then, and those dropped since the close before.
async fn carts(tx: &Tx, till: &str, after: u64, before: u64) -> Result<CartsAtClose, StoreError> {
    let told = events(tx, till, EventWhat::Carts, (0, before)).await?;
    let bodies = bodies_of(tx, till, told.into_iter().map(|(seq, _)| seq)).await?;
    let mut carts = Carts::default();
    for body in bodies.values() {
        if let Read::Entry(entry) = read(body)
            && let Err(error) = carts.apply(&entry)
        {
            tracing::warn!(till, seq = entry.seq, %error, "an entry about carts does not fit");
        }
    }
    Ok(CartsAtClose::of(&carts, after, before))
}
