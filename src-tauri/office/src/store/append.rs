//! Taking a batch. The office computes the chain itself, compares it with what it holds, and changes the till's head from
//! what it was to what it becomes in the transaction that adds the entries; so whatever happens on the way, the entries
//! that are there are those up to the head.

use ringup_core::clock::UnixMs;
use ringup_core::ids::TillId;
use ringup_core::office::{Batch, BatchFault, ChainedEntry, EntryHash};

use super::fork::{self, Standing};
use super::sql::{Kind, Row, Tx, Value, int, text};
use super::tills::{Token, TokenError, till_of, till_of_valid};
use super::{Store, StoreError, moment, schema};
use crate::failpoints::{self, Failpoint};

/// Where a till's chain ends in the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of its last entry; 0: there is none.
    pub seq: u64,
    /// Its hash.
    pub hash: EntryHash,
}

/// What became of a batch that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Whose it was.
    pub till: TillId,
    /// Where the chain ends now.
    pub head: Head,
    /// How many of its entries are new.
    pub added: u64,
}

/// Why a batch was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// Who sends it may not.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// Something is wrong within it.
    #[error(transparent)]
    Batch(#[from] BatchFault),
    /// Entries are missing between the book and it.
    #[error("the book ends at entry {}", .0.seq)]
    Gap(Head),
    /// It holds another entry for a number that the book has one for: the till is in quarantine, and what came is kept
    /// beside.
    #[error("the book holds another entry {seq} of this till")]
    Forked {
        /// The first such number.
        seq: u64,
    },
    /// The same of a chain that the owner has decided to set aside. It is kept beside all the same.
    #[error("the owner has set this journal aside from entry {seq} on")]
    SetAside {
        /// The first number of it in this batch.
        seq: u64,
    },
    /// The book.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a transaction found.
enum Outcome {
    Done(Result<Appended, AppendError>),
    /// Entries that are now kept beside the book, from this number on.
    Beside(u64, Standing),
}

impl Store {
    /// The head of a till; entry 0 before its first entry.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn head(&self, till: TillId) -> Result<Head, StoreError> {
        transaction!(self, |tx| head_of(tx, till).await)
    }

    /// The same, for an answer that is signed: what is signed must not be lost with the database that said it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn confirmed_head(&self, till: TillId) -> Result<Head, StoreError> {
        till_transaction!(self, |tx| {
            let head = head_of(tx, till).await?;
            confirm_head(tx, till, head).await?;
            Ok::<_, StoreError>(head)
        })
    }

    /// Takes a batch of the till that this token belongs to. The same batch twice is taken once; of one that the book holds
    /// the beginning of, the rest is added.
    ///
    /// # Errors
    /// [`AppendError`]. Nothing was added then.
    pub async fn append(
        &self,
        token: &Token,
        batch: &Batch,
        now: UnixMs,
    ) -> Result<Appended, AppendError> {
        let plain = till_transaction!(self, |tx| take_plain(tx, token, batch, now).await)?;
        let outcome = match plain {
            Some(appended) => Outcome::Done(Ok(appended)),
            None => transaction!(self, |tx| take(tx, token, batch, now).await)?,
        };
        failpoints::reached(Failpoint::Committed);
        match outcome {
            Outcome::Done(result) => {
                if result.as_ref().is_ok_and(|appended| appended.added > 0) {
                    self.appended.notify_one();
                }
                result
            }
            Outcome::Beside(seq, Standing::SetAside(_)) => Err(AppendError::SetAside { seq }),
            Outcome::Beside(seq, _) => Err(AppendError::Forked { seq }),
        }
    }

    /// The texts of a till's entries from `first` on, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn entries(
        &self,
        till: TillId,
        first: u64,
        limit: u64,
    ) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT body FROM entry WHERE till = ?1 AND seq >= ?2 ORDER BY seq LIMIT ?3";
        let rows = transaction!(self, |tx| tx
            .query(sql, &[text(till), int(first), int(limit)])
            .await)?;
        rows.iter()
            .map(|row| only(row)?.text().map(str::to_owned))
            .collect()
    }
}

impl Store {
    /// The hash that the book holds of an entry; `None`: it holds no such entry.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hash_at(&self, till: TillId, seq: u64) -> Result<Option<EntryHash>, StoreError> {
        let sql = "SELECT hash FROM entry WHERE till = ?1 AND seq = ?2";
        let rows = transaction!(self, |tx| tx.query(sql, &[text(till), int(seq)]).await)?;
        rows.first().map(|row| hash_in(only(row)?)).transpose()
    }

    /// How many entries of a till say that their money is test money.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn test_entries(&self, till: TillId) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM entry WHERE till = ?1 AND test = 1";
        let rows = transaction!(self, |tx| tx.query(sql, &[text(till)]).await)?;
        match rows.first() {
            Some(row) => Ok(only(row)?.int()?.unsigned_abs()),
            None => Ok(0),
        }
    }
}

/// Takes a batch in the plain case, which is nearly every one: a valid token, a till of which nothing is kept beside the book,
/// entries that go on from its head or are there already. `None`: it is another case, and nothing of the batch was written.
/// Whoever else changes this till's chain changes its head.
async fn take_plain(
    tx: &Tx,
    token: &Token,
    batch: &Batch,
    now: UnixMs,
) -> Result<Option<Appended>, StoreError> {
    let Some(till) = till_of_valid(tx, token, now).await? else {
        return Ok(None);
    };
    let Ok(entries) = batch.check(till) else {
        return Ok(None);
    };
    let head = head_of(tx, till).await?;
    if batch.first > head.seq.saturating_add(1)
        || fork::has_any(tx, till).await?
        || first_difference(tx, till, batch, &entries).await?.is_some()
    {
        return Ok(None);
    }
    let new: Vec<_> = entries
        .iter()
        .filter(|entry| entry.seq > head.seq)
        .collect();
    let next = go_on(tx, till, head, &new, now).await?;
    Ok(Some(Appended {
        till,
        head: next,
        added: u64::try_from(new.len()).unwrap_or(u64::MAX),
    }))
}

/// Adds what is new after the head, and changes the head; returns where the chain ends then.
async fn go_on(
    tx: &Tx,
    till: TillId,
    head: Head,
    new: &[&ChainedEntry],
    now: UnixMs,
) -> Result<Head, StoreError> {
    let Some(last) = new.last() else {
        confirm_head(tx, till, head).await?;
        return Ok(head);
    };
    let next = Head {
        seq: last.seq,
        hash: last.hash,
    };
    add(tx, till, new, now).await?;
    failpoints::reached(Failpoint::EntriesWritten);
    set_head(tx, till, head, next).await?;
    failpoints::reached(Failpoint::HeadWritten);
    Ok(next)
}

async fn take(tx: &Tx, token: &Token, batch: &Batch, now: UnixMs) -> Result<Outcome, StoreError> {
    let till = match till_of(tx, token, now).await? {
        Ok(till) => till,
        Err(error) => return Ok(Outcome::Done(Err(error.into()))),
    };
    let entries = match batch.check(till) {
        Ok(entries) => entries,
        Err(fault) => {
            if let BatchFault::ChainBroken { seq } = fault {
                schema::raise_alarm(tx, till, "chain_broken", seq, now.0).await?;
            }
            return Ok(Outcome::Done(Err(fault.into())));
        }
    };
    let head = head_of(tx, till).await?;
    if fork::goes_on_beside(tx, till, batch).await? {
        let standing = fork::put_beside(tx, till, batch.first, batch, &entries, now).await?;
        return Ok(Outcome::Beside(batch.first, standing));
    }
    if batch.first > head.seq.saturating_add(1) {
        return Ok(Outcome::Done(Err(AppendError::Gap(head))));
    }
    if let Some(seq) = first_difference(tx, till, batch, &entries).await? {
        let standing = fork::put_beside(tx, till, seq, batch, &entries, now).await?;
        return Ok(Outcome::Beside(seq, standing));
    }
    let new: Vec<_> = entries
        .iter()
        .filter(|entry| entry.seq > head.seq)
        .collect();
    let next = go_on(tx, till, head, &new, now).await?;
    fork::forget_what_the_book_holds(tx, till, &new).await?;
    Ok(Outcome::Done(Ok(Appended {
        till,
        head: next,
        added: u64::try_from(new.len()).unwrap_or(u64::MAX),
    })))
}

/// The head of a till, within a transaction.
pub(super) async fn head_of(tx: &Tx, till: TillId) -> Result<Head, StoreError> {
    let sql = "SELECT seq, hash FROM head WHERE till = ?1";
    let rows = tx.query(sql, &[text(till)]).await?;
    match rows.first().map(Vec::as_slice) {
        None => Ok(Head {
            seq: 0,
            hash: EntryHash::BEFORE_FIRST,
        }),
        Some([seq, hash]) => Ok(Head {
            seq: seq.int()?.unsigned_abs(),
            hash: hash_in(hash)?,
        }),
        Some(_) => Err(StoreError::Corrupt("a head".to_owned())),
    }
}

/// The first number for which the book holds another hash than this batch has: of the entry before it, or of one of its
/// own.
async fn first_difference(
    tx: &Tx,
    till: TillId,
    batch: &Batch,
    entries: &[ChainedEntry],
) -> Result<Option<u64>, StoreError> {
    let sql =
        "SELECT seq, hash FROM entry WHERE till = ?1 AND seq >= ?2 AND seq <= ?3 ORDER BY seq";
    let before = batch.first.saturating_sub(1);
    let rows = tx
        .query(sql, &[text(till), int(before), int(batch.last_seq())])
        .await?;
    for row in rows {
        let [seq, hash] = row.as_slice() else {
            return Err(StoreError::Corrupt("an entry".to_owned()));
        };
        let (seq, hash) = (seq.int()?.unsigned_abs(), hash_in(hash)?);
        let own = entries.iter().find(|entry| entry.seq == seq);
        if own.map_or(batch.previous, |entry| entry.hash) != hash {
            return Ok(Some(seq));
        }
    }
    Ok(None)
}

/// The columns of `entry`, in the order of the rows below.
const ENTRY_COLUMNS: [(&str, Kind); 8] = [
    ("till", Kind::Text),
    ("seq", Kind::Int),
    ("hash", Kind::Bytes),
    ("kind", Kind::Text),
    ("sale", Kind::Text),
    ("test", Kind::Int),
    ("body", Kind::Text),
    ("received_at", Kind::Int),
];

/// Adds entries to the book, received now.
pub(super) async fn add(
    tx: &Tx,
    till: TillId,
    entries: &[&ChainedEntry],
    received: UnixMs,
) -> Result<(), StoreError> {
    let rows: Vec<Row> = entries
        .iter()
        .map(|entry| {
            vec![
                text(till),
                int(entry.seq),
                Value::Bytes(entry.hash.0.to_vec()),
                text(&entry.kind),
                entry.sale.as_ref().map_or(Value::Null, text),
                int(entry.test.into()),
                text(&entry.body),
                moment(received),
            ]
        })
        .collect();
    tx.insert_all("entry", &ENTRY_COLUMNS, &rows).await
}

/// Writes the head once more as it is. A database may show what an earlier transaction wrote although that waits in vain
/// for a replica, or for the disk: a commit that writes comes after it there, and one that only reads waits for nothing.
async fn confirm_head(tx: &Tx, till: TillId, head: Head) -> Result<(), StoreError> {
    match head.seq {
        0 => Ok(()),
        _ => set_head(tx, till, head, head).await,
    }
}

/// Changes the head from what it was. Where it is something else by now, another office was faster, and everything is
/// asked again. An engine that is as serialisable as it says never comes to that. One that only says so does: a batch
/// that goes on from entry 100 while a decision sets 81 to 100 aside meets no row of the other's but this one.
pub(super) async fn set_head(
    tx: &Tx,
    till: TillId,
    from: Head,
    to: Head,
) -> Result<(), StoreError> {
    let hash = |head: Head| Value::Bytes(head.hash.0.to_vec());
    let changed = if from.seq == 0 {
        let sql =
            "INSERT INTO head (till, seq, hash) VALUES (?1, ?2, ?3) ON CONFLICT (till) DO NOTHING";
        tx.execute(sql, &[text(till), int(to.seq), hash(to)])
            .await?
    } else {
        let sql = "UPDATE head SET seq = ?2, hash = ?3 WHERE till = ?1 AND seq = ?4 AND hash = ?5";
        let values = [text(till), int(to.seq), hash(to), int(from.seq), hash(from)];
        tx.execute(sql, &values).await?
    };
    match changed {
        1 => Ok(()),
        _ => Err(StoreError::Conflict("the head has moved on".to_owned())),
    }
}

/// The hash in a column.
pub(super) fn hash_in(value: &Value) -> Result<EntryHash, StoreError> {
    let hash = value.bytes()?.try_into();
    Ok(EntryHash(
        hash.or(Err(StoreError::Corrupt("a hash".to_owned())))?,
    ))
}

/// The one column of a row.
pub(super) fn only(row: &Row) -> Result<&Value, StoreError> {
    row.first()
        .ok_or_else(|| StoreError::Corrupt("a row without columns".to_owned()))
}
