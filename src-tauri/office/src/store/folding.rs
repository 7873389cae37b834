//! Moves the folded book on: reads a stretch of a till's entries, folds it ([`crate::fold`]), and writes the rows in one
//! transaction that changes how far the till is folded from what it was to what it becomes. So offices that fold the same
//! till do no more than one alone, and whatever ends between two steps, the rows are those of the entries up to there.
//!
//! Nothing here holds up what takes entries in: reading is done in a snapshot, and entries never change.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::StreamExt as _;
use ringup_core::clock::UnixMs;
use ringup_core::sale::{DayTotals, Event};

use super::append::{hash_in, only};
use super::sql::{Row, Tx, Value, int, text};
use super::{Store, StoreError, book_rows, book_tables, outbox, schema};
use crate::book::Held;
use crate::failpoints::{self, Failpoint};
use crate::fold::{
    Changes, FoldedSale, StoredEntry, TillFacts, TillFold, fold, fold_version, has_own_rules,
};

/// Most entries that are folded in one transaction.
const MAX_ENTRIES: u64 = 500;
/// Most characters of them; a single larger entry is folded alone.
const MAX_CHARS: i64 = 1024 * 1024;
/// How many tills are folded at once.
const AT_ONCE: usize = 4;

/// What was folded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Folded {
    /// How many entries.
    pub entries: u64,
    /// How many tills had any.
    pub tills: u64,
    /// How many tills cannot be folded any further: an alarm names the entry.
    pub held: u64,
}

/// Where a till is.
struct Position {
    fold: TillFold,
    /// By which rules; `None`: there is no row yet.
    version: Option<i64>,
}

/// What is folded next of a till.
struct Stretch {
    entries: Vec<StoredEntry>,
    /// The sales that they are about, as they are folded so far.
    sales: BTreeMap<String, FoldedSale>,
    /// Where the till's chain ends.
    head_seq: u64,
}

/// What one step of a till came to.
enum Step {
    /// So many entries were folded, and perhaps there are more.
    On(u64),
    /// Nothing is left, or another office is at it.
    Done,
    /// An entry cannot be folded.
    Held(u64),
}

impl Store {
    /// Folds all that has come, till by till. A till that cannot be folded holds up no other.
    ///
    /// # Errors
    /// [`StoreError`]: the database does not answer.
    pub async fn fold_all(&self, now: UnixMs) -> Result<Folded, StoreError> {
        let sql = "SELECT h.till FROM head AS h LEFT JOIN folded AS f ON f.till = h.till
             WHERE f.till IS NULL OR f.version < ?1 OR (f.version = ?1 AND f.seq < h.seq)";
        let rows = snapshot!(self, |tx| tx
            .query(sql, &[Value::Int(fold_version())])
            .await)?;
        let tills = rows.iter().map(|row| Ok(only(row)?.text()?.to_owned()));
        let tills = tills.collect::<Result<Vec<_>, StoreError>>()?;
        let folded = futures_util::stream::iter(tills).map(|till| async move {
            let folded = self.fold_till(&till, now).await;
            if let Err(error) = &folded {
                tracing::error!(till, %error, "a till cannot be folded");
            }
            folded
        });
        let folded: Vec<_> = folded.buffer_unordered(AT_ONCE).collect().await;
        let mut all = Folded::default();
        for one in folded {
            match one {
                Ok((entries, held)) => {
                    all.entries += entries;
                    all.tills += u64::from(entries > 0);
                    all.held += u64::from(held);
                }
                Err(error) if error.is_passing() => return Err(error),
                Err(_) => all.held += 1,
            }
        }
        Ok(all)
    }

    /// Folds one till to its end: how many entries, and whether one of them cannot be folded.
    async fn fold_till(&self, till: &str, now: UnixMs) -> Result<(u64, bool), StoreError> {
        let mut folded = 0;
        loop {
            match self.fold_stretch(till, now).await? {
                Step::On(entries) => folded += entries,
                Step::Done => return Ok((folded, false)),
                Step::Held(entries) => return Ok((folded + entries, true)),
            }
        }
    }

    /// Folds one stretch.
    async fn fold_stretch(&self, till: &str, now: UnixMs) -> Result<Step, StoreError> {
        let position = snapshot!(self, |tx| position(tx, till).await)?;
        if position
            .version
            .is_some_and(|version| version > fold_version())
        {
            // A newer program folds it.
            return Ok(Step::Done);
        }
        let passed_over = &position.fold.facts.passed_over;
        let knows_more = passed_over.iter().any(|kind| Event::is_known(kind));
        let has_other_rules = position.version.is_some_and(|it| !has_own_rules(it));
        if has_other_rules || knows_more {
            let cleared = transaction!(self, |tx| begin_anew(tx, till, &position).await)?;
            return Ok(if cleared { Step::On(0) } else { Step::Done });
        }
        let stretch = snapshot!(self, |tx| read_stretch(tx, till, &position.fold).await)?;
        let Stretch {
            entries,
            sales,
            head_seq,
        } = stretch;
        let before = sales.clone();
        let mut changes = fold(position.fold.clone(), sales, &entries);
        if entries.is_empty() && head_seq > position.fold.seq {
            changes.to.held = Some(Held {
                seq: position.fold.seq.saturating_add(1),
                code: "entry_missing".to_owned(),
            });
        }
        failpoints::reached(Failpoint::Folded);
        let added = changes.to.seq.saturating_sub(position.fold.seq);
        let is_held = changes.to.held.is_some();
        if changes.to != position.fold || position.version != Some(fold_version()) {
            let written = match position.version {
                // There is no row yet that somebody who decides about this till would change.
                None => transaction!(self, |tx| write(
                    tx, till, &position, &before, &changes, now
                )
                .await)?,
                Some(_) => till_transaction!(self, |tx| write(
                    tx, till, &position, &before, &changes, now
                )
                .await)?,
            };
            failpoints::reached(Failpoint::FoldCommitted);
            if !written {
                return Ok(Step::Done);
            }
        }
        Ok(match (is_held, entries.is_empty()) {
            (true, _) => Step::Held(added),
            (false, true) => Step::Done,
            (false, false) => Step::On(added),
        })
    }
}

/// How far a till is folded.
async fn position(tx: &Tx, till: &str) -> Result<Position, StoreError> {
    let sql = "SELECT version, seq, hash, facts, held_seq, held_code FROM folded WHERE till = ?1";
    let rows = tx.query(sql, &[text(till)]).await?;
    let Some(row) = rows.first() else {
        return Ok(Position {
            fold: TillFold::beginning(),
            version: None,
        });
    };
    let [version, seq, hash, facts, held_seq, held_code] = row.as_slice() else {
        return Err(StoreError::Corrupt("a folded till".to_owned()));
    };
    let held = match held_seq {
        Value::Null => None,
        seq => Some(Held {
            seq: seq.int()?.unsigned_abs(),
            code: held_code.text()?.to_owned(),
        }),
    };
    let version = version.int()?;
    // Rows of another version may mean something else.
    let facts = match has_own_rules(version) {
        true => book_rows::json(facts)?,
        false => TillFacts::default(),
    };
    Ok(Position {
        fold: TillFold {
            seq: seq.int()?.unsigned_abs(),
            hash: hash_in(hash)?,
            facts,
            held,
        },
        version: Some(version),
    })
}

/// What follows on this.
async fn read_stretch(tx: &Tx, till: &str, from: &TillFold) -> Result<Stretch, StoreError> {
    let sql = "SELECT seq FROM head WHERE till = ?1";
    let head = tx.query(sql, &[text(till)]).await?;
    let head = head.first().map(|row| only(row)?.int()).transpose()?;
    let head_seq = head.unwrap_or(0).unsigned_abs();
    // What stands behind the head was never taken in.
    let sql = "SELECT seq, CAST(length(body) AS BIGINT), sale FROM entry
         WHERE till = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq LIMIT ?4";
    let values = [text(till), int(from.seq), int(head_seq), int(MAX_ENTRIES)];
    let (mut last, mut chars, mut ids) = (from.seq, 0_i64, BTreeSet::new());
    for row in tx.query(sql, &values).await? {
        let [seq, length, sale] = row.as_slice() else {
            return Err(StoreError::Corrupt("an entry".to_owned()));
        };
        chars = chars.saturating_add(length.int()?);
        if chars > MAX_CHARS && last > from.seq {
            break;
        }
        last = seq.int()?.unsigned_abs();
        if let Value::Text(id) = sale {
            ids.insert(id.clone());
        }
    }
    let sql =
        "SELECT seq, hash, body FROM entry WHERE till = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq";
    let values = [text(till), int(from.seq), int(last)];
    let entries = tx.query(sql, &values).await?;
    Ok(Stretch {
        entries: entries.iter().map(stored).collect::<Result<_, _>>()?,
        sales: sales_of(tx, till, ids).await?,
        head_seq,
    })
}

fn stored(row: &Row) -> Result<StoredEntry, StoreError> {
    let [seq, hash, body] = row.as_slice() else {
        return Err(StoreError::Corrupt("an entry".to_owned()));
    };
    Ok(StoredEntry {
        seq: seq.int()?.unsigned_abs(),
        hash: hash_in(hash)?,
        body: body.text()?.to_owned(),
    })
}

/// These sales of a till, as far as they are folded, from their entries.
pub(super) async fn sales_of(
    tx: &Tx,
    till: &str,
    ids: BTreeSet<String>,
) -> Result<BTreeMap<String, FoldedSale>, StoreError> {
    let sql = "SELECT id, entries FROM sale WHERE till = ?1 AND id = ?2";
    let wanted: Vec<Row> = ids.iter().map(|id| vec![text(till), text(id)]).collect();
    let mut numbers = Vec::new();
    for row in tx.query_each(sql, &wanted).await?.iter().flatten() {
        let [id, entries] = row.as_slice() else {
            return Err(StoreError::Corrupt("a sale".to_owned()));
        };
        let entries: Vec<u64> = book_rows::json(entries)?;
        numbers.push((id.text()?.to_owned(), entries));
    }
    let wanted = numbers.iter().flat_map(|(_, entries)| entries);
    let bodies = bodies_of(tx, till, wanted.copied()).await?;
    let mut sales = BTreeMap::new();
    for (id, entries) in numbers {
        let sale = FoldedSale::of(entries.iter().filter_map(|seq| {
            let body = bodies.get(seq)?;
            Some((*seq, body.as_str()))
        }));
        let sale = sale.ok_or_else(|| StoreError::Corrupt(format!("the entries of sale {id}")))?;
        sales.insert(id, sale);
    }
    Ok(sales)
}

/// The texts of these entries.
pub(super) async fn bodies_of(
    tx: &Tx,
    till: &str,
    numbers: impl Iterator<Item = u64>,
) -> Result<BTreeMap<u64, String>, StoreError> {
    let sql = "SELECT seq, body FROM entry WHERE till = ?1 AND seq = ?2";
    let wanted: Vec<Row> = numbers.map(|seq| vec![text(till), int(seq)]).collect();
    let mut bodies = BTreeMap::new();
    for row in tx.query_each(sql, &wanted).await?.iter().flatten() {
        let [seq, body] = row.as_slice() else {
            return Err(StoreError::Corrupt("an entry".to_owned()));
        };
        bodies.insert(seq.int()?.unsigned_abs(), body.text()?.to_owned());
    }
    Ok(bodies)
}

/// Deletes what older rules made of a till, or what was made without the entries that are known now. Says whether it did:
/// another office may have.
async fn begin_anew(tx: &Tx, till: &str, from: &Position) -> Result<bool, StoreError> {
    if !change_position(tx, till, from, &TillFold::beginning()).await? {
        return Ok(false);
    }
    book_tables::clear(tx, till).await?;
    Ok(true)
}

/// Writes what a stretch has changed. Says whether it did: another office may have.
async fn write(
    tx: &Tx,
    till: &str,
    from: &Position,
    before: &BTreeMap<String, FoldedSale>,
    changes: &Changes,
    now: UnixMs,
) -> Result<bool, StoreError> {
    if !change_position(tx, till, from, &changes.to).await? {
        return Ok(false);
    }
    failpoints::reached(Failpoint::FoldPositionWritten);
    let code = changes.to.facts.opening_code.as_ref();
    book_rows::write_sales(tx, till, code, before, &changes.sales).await?;
    add_sums(tx, till, changes).await?;
    book_rows::write_events(tx, till, &changes.events).await?;
    if let Some(held) = &changes.to.held {
        schema::raise_alarm(tx, till, &held.code, held.seq, now.0).await?;
    }
    for seq in &changes.wrong_closes {
        schema::raise_alarm(tx, till, "close_differs", *seq, now.0).await?;
    }
    outbox::tell_entries(tx, till, &changes.words, now).await?;
    failpoints::reached(Failpoint::FoldWritten);
    Ok(true)
}

/// Adds to the sums of each quarter of an hour. The row of the till's position is this transaction's, so nobody else adds
/// to them.
async fn add_sums(tx: &Tx, till: &str, changes: &Changes) -> Result<(), StoreError> {
    let sql = "SELECT slot, test, totals FROM sums WHERE till = ?1 AND slot = ?2 AND test = ?3";
    let keys = changes.slots.keys();
    let keys: Vec<Row> = keys
        .map(|(slot, test)| vec![text(till), Value::Int(*slot), int((*test).into())])
        .collect();
    let mut sums = changes.slots.clone();
    for row in tx.query_each(sql, &keys).await?.iter().flatten() {
        let [slot, test, totals] = row.as_slice() else {
            return Err(StoreError::Corrupt("sums".to_owned()));
        };
        let known: DayTotals = book_rows::json(totals)?;
        if let Some(sum) = sums.get_mut(&(slot.int()?, test.int()? == 1)) {
            *sum = known.plus(sum);
        }
    }
    book_rows::write_sums(tx, till, &sums).await
}

/// Changes how far a till is folded from what it was. Says whether it was that.
async fn change_position(
    tx: &Tx,
    till: &str,
    from: &Position,
    to: &TillFold,
) -> Result<bool, StoreError> {
    let (held_seq, held_code) = match &to.held {
        None => (Value::Null, Value::Null),
        Some(held) => (int(held.seq), text(&held.code)),
    };
    let mut values = vec![
        text(till),
        Value::Int(fold_version()),
        int(to.seq),
        Value::Bytes(to.hash.0.to_vec()),
        text(book_rows::to_json(&to.facts)?),
        held_seq,
        held_code,
    ];
    let changed = match from.version {
        // Nothing says from which entries this was made but the last of them: a decision may have set it aside meanwhile.
        None if !holds(tx, till, to).await? => 0,
        None => {
            let sql = "INSERT INTO folded (till, version, seq, hash, facts, held_seq, held_code)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (till) DO NOTHING";
            tx.execute(sql, &values).await?
        }
        Some(version) => {
            let sql = "UPDATE folded SET version = ?2, seq = ?3, hash = ?4, facts = ?5, held_seq = ?6, held_code = ?7
                 WHERE till = ?1 AND version = ?8 AND seq = ?9 AND hash = ?10";
            let hash = Value::Bytes(from.fold.hash.0.to_vec());
            values.extend([Value::Int(version), int(from.fold.seq), hash]);
            tx.execute(sql, &values).await?
        }
    };
    Ok(changed == 1)
}

/// Whether the book holds the entry that a fold has come to.
async fn holds(tx: &Tx, till: &str, to: &TillFold) -> Result<bool, StoreError> {
    let sql = "SELECT seq FROM entry WHERE till = ?1 AND seq = ?2 AND hash = ?3";
    let values = [text(till), int(to.seq), Value::Bytes(to.hash.0.to_vec())];
    Ok(to.seq == 0 || !tx.query(sql, &values).await?.is_empty())
}
