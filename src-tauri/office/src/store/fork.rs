//! What came for numbers that the book holds other entries for: kept beside the book, in no sum, and never deleted. The
//! entries that go on from one another are a *branch*. A branch stands undecided, and its till in quarantine, until the
//! owner has decided about it ([`super::decision`]); what comes of it after that shares its fate.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use ringup_core::clock::UnixMs;
use ringup_core::ids::TillId;
use ringup_core::money::{Currency, Money};
use ringup_core::office::{Batch, ChainedEntry, EntryHash};

use super::append::{hash_in, head_of};
use super::branch_money::received;
use super::sql::{Row, Tx, Value, int, text};
use super::{Store, StoreError, moment, outbox, schema};
use crate::word::WordEvent;

/// What is known of a batch that does not fit the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing of it has come before.
    New,
    /// It belongs to a branch about which nobody has decided yet.
    Undecided,
    /// It belongs to a branch that this decision set aside.
    SetAside(u64),
}

/// Entries beside the book that go on from one another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Branch {
    /// Whose.
    pub till: String,
    /// The hash of its first entry that no other branch shares: its name. A beginning of it will do.
    pub branch: EntryHash,
    /// The number of its first entry, for which the book holds another.
    pub first: u64,
    /// The number of its last entry.
    pub last: u64,
    /// The hash of its last entry.
    pub last_hash: EntryHash,
    /// How many sales its entries are about.
    pub sales: u64,
    /// What was received for those of them that it opens, without test money, by currency. Nothing of it is in any sum.
    pub received: BTreeMap<Currency, Money>,
    /// How many entries of the book would be set aside if the book followed it.
    pub in_place_of: u64,
    /// Its first entry says that a copy was restored at the till.
    pub restored: bool,
    /// It goes on from the book without a gap, so that the book can follow it.
    pub whole: bool,
    /// When the first and the last of it came, milliseconds since 1970-01-01 UTC.
    pub from_unix_ms: i64,
    /// The same of the last.
    pub to_unix_ms: i64,
    /// The decision by which it is set aside; left out: nobody has decided yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<u64>,
}

/// An entry beside the book.
#[derive(Debug, Clone)]
pub(super) struct ForkRow {
    pub(super) seq: u64,
    pub(super) hash: EntryHash,
    pub(super) body: String,
    pub(super) received: UnixMs,
    pub(super) decision: Option<u64>,
}

/// What an entry has to say here.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Said {
    #[serde(default)]
    kind: String,
    pub(super) sale: Option<String>,
}

/// The entries beside the book of one till, and which goes on from which.
#[derive(Debug)]
pub(super) struct Forks {
    rows: Vec<ForkRow>,
    /// For each row the row that it goes on from; `None`: it goes on from the book, or from nothing that is here.
    parents: Vec<Option<usize>>,
    /// The rows that go on from an entry of the book.
    on_the_book: BTreeSet<usize>,
}

impl Forks {
    /// Arranges these rows, in the order of their numbers; `book` holds the hashes of the book around them.
    pub(super) fn of(rows: Vec<ForkRow>, book: &BTreeMap<u64, EntryHash>) -> Self {
        let mut by_seq: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            by_seq.entry(row.seq).or_default().push(at);
        }
        let (mut parents, mut on_the_book) = (Vec::with_capacity(rows.len()), BTreeSet::new());
        for (at, row) in rows.iter().enumerate() {
            let before = row.seq.saturating_sub(1);
            let goes_on_from = |hash: EntryHash| hash.next(&row.body) == row.hash;
            let beside = by_seq.get(&before).into_iter().flatten().copied();
            let parent = beside
                .filter(|at| rows.get(*at).is_some_and(|row| goes_on_from(row.hash)))
                .min();
            let in_book = match before {
                0 => Some(EntryHash::BEFORE_FIRST),
                before => book.get(&before).copied(),
            };
            if parent.is_none() && in_book.is_some_and(goes_on_from) {
                on_the_book.insert(at);
            }
            parents.push(parent);
        }
        Self {
            rows,
            parents,
            on_the_book,
        }
    }

    /// The rows from the first of a branch to this one.
    pub(super) fn path_to(&self, tip: usize) -> Vec<&ForkRow> {
        let mut path: Vec<_> = self
            .ways_back(tip)
            .filter_map(|at| self.rows.get(at))
            .collect();
        path.reverse();
        path
    }

    /// Whether the path to this row goes on from the book.
    pub(super) fn is_whole(&self, tip: usize) -> bool {
        let root = self.ways_back(tip).last();
        root.is_some_and(|root| self.on_the_book.contains(&root))
    }

    /// The last row of each branch.
    pub(super) fn tips(&self) -> Vec<usize> {
        let parents: BTreeSet<_> = self.parents.iter().flatten().copied().collect();
        (0..self.rows.len())
            .filter(|at| !parents.contains(at))
            .collect()
    }

    /// The last rows of the branches that hold an entry whose hash begins so.
    pub(super) fn tips_of(&self, beginning: &str) -> Vec<usize> {
        let is_named = |at: usize| {
            let row = self.rows.get(at);
            row.is_some_and(|row| row.hash.to_string().starts_with(beginning))
        };
        let tips = self.tips().into_iter();
        tips.filter(|tip| self.ways_back(*tip).any(is_named))
            .collect()
    }

    /// The row of this number and hash.
    pub(super) fn find(&self, seq: u64, hash: EntryHash) -> Option<usize> {
        self.rows
            .iter()
            .position(|row| row.seq == seq && row.hash == hash)
    }

    fn ways_back(&self, tip: usize) -> impl Iterator<Item = usize> + '_ {
        let parent = |at: &usize| self.parents.get(*at).copied().flatten();
        std::iter::successors(Some(tip), parent)
    }

    /// Every branch, for the owner. The book ends at entry `head`.
    fn branches(&self, till: &str, head: u64) -> Vec<Branch> {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for tip in self.tips() {
            for at in self.ways_back(tip) {
                *shared.entry(at).or_default() += 1;
            }
        }
        let branch = |tip: usize| {
            let path = self.path_to(tip);
            let (first, last) = (path.first()?, path.last()?);
            let own = self.ways_back(tip).filter(|at| shared.get(at) == Some(&1));
            let name = own.last().and_then(|at| self.rows.get(at))?;
            let sales: BTreeSet<_> = path.iter().filter_map(|row| said(row).sale).collect();
            let came = path.iter().map(|row| row.received.0);
            Some(Branch {
                till: till.to_owned(),
                branch: name.hash,
                first: first.seq,
                last: last.seq,
                last_hash: last.hash,
                sales: u64::try_from(sales.len()).unwrap_or(u64::MAX),
                received: received(path.iter().map(|row| row.body.as_str())),
                in_place_of: head.saturating_sub(first.seq.saturating_sub(1)),
                restored: said(first).kind == "journal_restored",
                whole: self.is_whole(tip),
                from_unix_ms: came.clone().min()?,
                to_unix_ms: came.max()?,
                decision: last.decision,
            })
        };
        self.tips().into_iter().filter_map(branch).collect()
    }
}

fn said(row: &ForkRow) -> Said {
    said_by(&row.body)
}

pub(super) fn said_by(body: &str) -> Said {
    serde_json::from_str(body).unwrap_or_default()
}

impl Store {
    /// The branches of a till, decided or not.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn branches(&self, till: TillId) -> Result<Vec<Branch>, StoreError> {
        transaction!(self, |tx| branches(tx, till).await)
    }

    /// The texts of all that is kept beside the book of a till, by number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn entries_beside(&self, till: TillId) -> Result<Vec<String>, StoreError> {
        let beside = transaction!(self, |tx| forks(tx, till).await)?;
        Ok(beside.rows.into_iter().map(|row| row.body).collect())
    }
}

async fn branches(tx: &Tx, till: TillId) -> Result<Vec<Branch>, StoreError> {
    let head = head_of(tx, till).await?;
    Ok(forks(tx, till).await?.branches(&till.to_string(), head.seq))
}

/// Everything beside the book of a till.
pub(super) async fn forks(tx: &Tx, till: TillId) -> Result<Forks, StoreError> {
    let sql = "SELECT seq, hash, body, received_at, decision FROM fork WHERE till = ?1 ORDER BY seq, hash";
    let found = tx.query(sql, &[text(till)]).await?;
    let rows = found.iter().map(fork_row).collect::<Result<Vec<_>, _>>()?;
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Ok(Forks::of(rows, &BTreeMap::new()));
    };
    let sql = "SELECT seq, hash FROM entry WHERE till = ?1 AND seq >= ?2 AND seq <= ?3";
    let (from, to) = (first.seq.saturating_sub(1), last.seq);
    let mut book = BTreeMap::new();
    for row in tx.query(sql, &[text(till), int(from), int(to)]).await? {
        let [seq, hash] = row.as_slice() else {
            return Err(StoreError::Corrupt("an entry".to_owned()));
        };
        book.insert(seq.int()?.unsigned_abs(), hash_in(hash)?);
    }
    Ok(Forks::of(rows, &book))
}

fn fork_row(row: &Row) -> Result<ForkRow, StoreError> {
    let [seq, hash, body, received, decision] = row.as_slice() else {
        return Err(StoreError::Corrupt("an entry beside the book".to_owned()));
    };
    Ok(ForkRow {
        seq: seq.int()?.unsigned_abs(),
        hash: hash_in(hash)?,
        body: body.text()?.to_owned(),
        received: UnixMs(received.int()?),
        decision: decided(decision)?,
    })
}

fn decided(decision: &Value) -> Result<Option<u64>, StoreError> {
    match decision {
        Value::Null => Ok(None),
        number => Ok(Some(number.int()?.unsigned_abs())),
    }
}

/// Whether a batch goes on from an entry that is kept beside the book.
pub(super) async fn goes_on_beside(
    tx: &Tx,
    till: TillId,
    batch: &Batch,
) -> Result<bool, StoreError> {
    let sql = "SELECT seq FROM fork WHERE till = ?1 AND seq = ?2 AND hash = ?3";
    let previous = Value::Bytes(batch.previous.0.to_vec());
    let values = [text(till), int(batch.first.saturating_sub(1)), previous];
    Ok(!tx.query(sql, &values).await?.is_empty())
}

/// Whether anything of a till is kept beside the book.
pub(super) async fn has_any(tx: &Tx, till: TillId) -> Result<bool, StoreError> {
    let sql = "SELECT seq FROM fork WHERE till = ?1 LIMIT 1";
    Ok(!tx.query(sql, &[text(till)]).await?.is_empty())
}

/// Keeps the entries from `seq` on beside the book. Nothing that the book holds changes. Where the owner has not decided
/// about them, the till is put into quarantine; where they are new, with an alarm.
pub(super) async fn put_beside(
    tx: &Tx,
    till: TillId,
    seq: u64,
    batch: &Batch,
    entries: &[ChainedEntry],
    now: UnixMs,
) -> Result<Standing, StoreError> {
    let standing = standing(tx, till, batch, entries).await?;
    let decision = match standing {
        Standing::SetAside(number) => int(number),
        Standing::New | Standing::Undecided => Value::Null,
    };
    let sql = "INSERT INTO fork (till, seq, hash, body, received_at, decision) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT (till, seq, hash) DO NOTHING";
    let different = entries.iter().filter(|entry| entry.seq >= seq);
    let rows: Vec<Row> = different
        .map(|entry| {
            vec![
                text(till),
                int(entry.seq),
                Value::Bytes(entry.hash.0.to_vec()),
                text(&entry.body),
                moment(now),
                decision.clone(),
            ]
        })
        .collect();
    tx.execute_each(sql, &rows).await?;
    if let Standing::SetAside(_) = standing {
        return Ok(standing);
    }
    let restored = entries
        .iter()
        .any(|entry| entry.seq == seq && entry.kind == "journal_restored");
    let why = if restored { "restored" } else { "forked" };
    let sql = "UPDATE till SET quarantined_at = ?2, quarantine = ?3
               WHERE till = ?1 AND quarantined_at IS NULL";
    tx.execute(sql, &[text(till), moment(now), text(why)])
        .await?;
    if standing == Standing::New {
        schema::raise_alarm(tx, till, why, seq, now.0).await?;
        let first = entries.iter().find(|entry| entry.seq == seq);
        let cause = first.map_or(batch.last, |entry| entry.hash);
        let event = WordEvent::TillQuarantined {
            why: why.to_owned(),
            seq,
        };
        outbox::tell_now(tx, till, cause, event, now).await?;
    }
    Ok(standing)
}

/// An entry that has come into the book after all is no longer beside it: it came first as a part whose beginning was
/// missing.
pub(super) async fn forget_what_the_book_holds(
    tx: &Tx,
    till: TillId,
    entries: &[&ChainedEntry],
) -> Result<(), StoreError> {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
        return Ok(());
    };
    let sql = "DELETE FROM fork WHERE till = ?1 AND seq >= ?2 AND seq <= ?3 AND EXISTS (
                   SELECT 1 FROM entry WHERE entry.till = fork.till AND entry.seq = fork.seq AND entry.hash = fork.hash)";
    let values = [text(till), int(first.seq), int(last.seq)];
    if tx.execute(sql, &values).await? > 0 {
        super::decision::end_quarantine(tx, till).await?;
    }
    Ok(())
}

/// What is known of the last entry of a batch that was kept before, or of the entry that it goes on from.
async fn standing(
    tx: &Tx,
    till: TillId,
    batch: &Batch,
    entries: &[ChainedEntry],
) -> Result<Standing, StoreError> {
    let sql = "SELECT seq, hash, decision FROM fork
               WHERE till = ?1 AND seq >= ?2 AND seq <= ?3 ORDER BY seq";
    let before = batch.first.saturating_sub(1);
    let values = [text(till), int(before), int(batch.last_seq())];
    let mut standing = Standing::New;
    for row in tx.query(sql, &values).await? {
        let [seq, hash, decision] = row.as_slice() else {
            return Err(StoreError::Corrupt("an entry beside the book".to_owned()));
        };
        let (seq, hash) = (seq.int()?.unsigned_abs(), hash_in(hash)?);
        let own = match seq == before {
            true => Some(batch.previous),
            false => entries.iter().find(|it| it.seq == seq).map(|it| it.hash),
        };
        if own == Some(hash) {
            standing = match decided(decision)? {
                Some(number) => Standing::SetAside(number),
                None => Standing::Undecided,
            };
        }
    }
    Ok(standing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(from: EntryHash, first: u64, texts: &[&str]) -> Vec<ForkRow> {
        let mut hash = from;
        (first..)
            .zip(texts)
            .map(|(seq, text)| {
                hash = hash.next(text);
                ForkRow {
                    seq,
                    hash,
                    body: (*text).to_owned(),
                    received: UnixMs(i64::try_from(seq).unwrap()),
                    decision: None,
                }
            })
            .collect()
    }

    #[test]
    fn rows_are_arranged_in_branches_whatever_their_order() {
        let book: BTreeMap<u64, EntryHash> = chain(EntryHash::BEFORE_FIRST, 1, &["a", "b", "c"])
            .into_iter()
            .map(|row| (row.seq, row.hash))
            .collect();
        let restored = r#"{"kind":"journal_restored"}"#;
        let sale = r#"{"kind":"sale_opened","sale":"s"}"#;
        let long = chain(book[&1], 2, &[restored, sale, "x"]);
        let (fork, second) = (long[1].hash, chain(long[1].hash, 4, &["y"]));
        let lost = chain(EntryHash([9; 32]), 7, &["z"]);
        let mut rows = [long.clone(), second.clone(), lost.clone()].concat();
        rows.sort_by_key(|row| (row.seq, row.hash.to_string()));
        let forks = Forks::of(rows, &book);
        let mut found = forks.branches("T", 3);
        found.sort_by_key(|branch| (branch.first, branch.last, branch.branch != long[2].hash));
        let told: Vec<_> = found
            .iter()
            .map(|it| {
                (
                    it.branch,
                    it.first,
                    it.last,
                    it.restored,
                    it.whole,
                    it.sales,
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (long[2].hash, 2, 4, true, true, 1),
                (second[0].hash, 2, 4, true, true, 1),
                (lost[0].hash, 7, 7, false, false, 0),
            ]
        );
        assert_eq!(found[0].in_place_of, 2);
        // What two branches share names neither.
        assert_eq!(forks.tips_of(&fork.to_string()).len(), 2);
        let name: String = second[0].hash.to_string().chars().take(12).collect();
        assert_eq!(forks.tips_of(&name).len(), 1);
        assert_eq!(forks.tips_of("no hash").len(), 0);
    }
}
