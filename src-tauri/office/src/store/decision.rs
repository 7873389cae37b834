//! The owner's decision about a branch: the book refuses it, or follows it. Either way every entry stays where it can be
//! read and proved: what is set aside is kept beside the book, with the decision by which it was. So a decision can be
//! taken back by another one, and nothing is counted twice: an entry is in the book or beside it, never in both.
//!
//! A decision names a branch and not a till, so that a branch of which nobody knew yet is not decided with it.

use serde::Serialize;

use ringup_core::clock::UnixMs;
use ringup_core::ids::TillId;
use ringup_core::office::{Batch, EntryHash};

use super::append::{Head, add, hash_in, head_of, set_head};
use super::fork::{ForkRow, forks};
use super::sql::{Row, Tx, Value, int, text};
use super::{Store, StoreError, book_tables, moment, outbox};
use crate::word::WordEvent;

/// What becomes of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, strum::EnumString, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Verdict {
    /// The book stays as it is; the branch is set aside, and what will come of it.
    Refuse,
    /// The branch takes the place of what the book holds from its first entry on, and that is set aside.
    Follow,
}

/// What somebody wants to decide.
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// What becomes of the branch.
    pub verdict: Verdict,
    /// The hash of an entry that the branch alone holds, or the beginning of one: at least [`SHORTEST_NAME`] digits.
    pub branch: String,
    /// Who decides.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// How many digits of a hash name a branch at least.
pub const SHORTEST_NAME: usize = 8;

/// A decision as the book keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Whose.
    pub till: String,
    /// Its number among the till's decisions, from 1.
    pub number: u64,
    /// What became of the branch.
    pub verdict: Verdict,
    /// The hash by which the branch was named, whole.
    pub branch: EntryHash,
    /// The first entry that was set aside.
    pub first: u64,
    /// The last one.
    pub aside: u64,
    /// The hash of the last one.
    pub aside_hash: EntryHash,
    /// When, milliseconds since 1970-01-01 UTC.
    pub decided_at_unix_ms: i64,
    /// Who decided.
    pub decided_by: String,
    /// Why.
    pub reason: String,
}

/// Why nothing was decided.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    /// Nothing beside the book of this till is called so.
    #[error("there is no such branch")]
    BranchUnknown,
    /// Several branches hold this entry.
    #[error("more than one branch is called so: name it by the hash that `forks` shows")]
    BranchAmbiguous,
    /// The book cannot follow a branch of which entries are missing.
    #[error(
        "entries of this branch are missing here: it can be followed once its till has sent them"
    )]
    BranchIncomplete,
    /// It is decided already, and so.
    #[error("decision {} by {} has set this apart already", .0.number, .0.decided_by)]
    AlreadyDecided(Box<Decision>),
    /// Who decides and why must be said.
    #[error("a decision needs a name and a reason")]
    Unsigned,
    /// The book.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Decides about a branch, and writes down who did and why.
    ///
    /// # Errors
    /// [`DecideError`]. Nothing has changed then.
    pub async fn decide(
        &self,
        till: TillId,
        wanted: &NewDecision,
        now: UnixMs,
    ) -> Result<Decision, DecideError> {
        if wanted.by.trim().is_empty() || wanted.reason.trim().is_empty() {
            return Err(DecideError::Unsigned);
        }
        if wanted.branch.len() < SHORTEST_NAME {
            return Err(DecideError::BranchUnknown);
        }
        transaction!(self, |tx| decide(tx, till, wanted, now).await)?
    }

    /// What was decided about a till, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn decisions(&self, till: TillId) -> Result<Vec<Decision>, StoreError> {
        transaction!(self, |tx| decisions(tx, till).await)
    }
}

type Decided = Result<Decision, DecideError>;

async fn decide(
    tx: &Tx,
    till: TillId,
    wanted: &NewDecision,
    now: UnixMs,
) -> Result<Decided, StoreError> {
    let before = decisions(tx, till).await?;
    let beside = forks(tx, till).await?;
    let name = wanted.branch.to_lowercase();
    let tip = match beside.tips_of(&name).as_slice() {
        [tip] => *tip,
        [] => return Ok(Err(in_the_book(before, &name))),
        _ => return Ok(Err(DecideError::BranchAmbiguous)),
    };
    let path = beside.path_to(tip);
    let (Some(first), Some(last)) = (path.first(), path.last()) else {
        return Ok(Err(DecideError::BranchUnknown));
    };
    let named = path
        .iter()
        .find(|row| row.hash.to_string().starts_with(&name));
    let branch = named.map_or(last.hash, |row| row.hash);
    let head = head_of(tx, till).await?;
    let number = before.last().map_or(1, |decision| decision.number + 1);
    let aside = match wanted.verdict {
        Verdict::Refuse => {
            if let Some(number) = last.decision {
                return Ok(Err(already(before, number)));
            }
            refuse(tx, till, &path, number).await?;
            (last.seq, last.hash)
        }
        Verdict::Follow => {
            if !beside.is_whole(tip) {
                return Ok(Err(DecideError::BranchIncomplete));
            }
            follow(tx, till, &path, head, number).await?;
            (head.seq, head.hash)
        }
    };
    let decision = Decision {
        till: till.to_string(),
        number,
        verdict: wanted.verdict,
        branch,
        first: first.seq,
        aside: aside.0,
        aside_hash: aside.1,
        decided_at_unix_ms: now.0,
        decided_by: wanted.by.trim().to_owned(),
        reason: wanted.reason.trim().to_owned(),
    };
    write_down(tx, &decision, now).await?;
    end_quarantine(tx, till).await?;
    let verdict: &str = wanted.verdict.into();
    let event = WordEvent::TillDecided {
        number,
        verdict: verdict.to_owned(),
    };
    outbox::tell_now(tx, till, number, event, now).await?;
    Ok(Ok(decision))
}

/// Why a branch that is not beside the book cannot be decided: the book may have followed it before.
fn in_the_book(before: Vec<Decision>, name: &str) -> DecideError {
    let followed = before.into_iter().rfind(|decision| {
        decision.verdict == Verdict::Follow && decision.branch.to_string().starts_with(name)
    });
    followed.map_or(DecideError::BranchUnknown, |decision| {
        DecideError::AlreadyDecided(Box::new(decision))
    })
}

fn already(before: Vec<Decision>, number: u64) -> DecideError {
    let decision = before.into_iter().find(|it| it.number == number);
    decision.map_or(DecideError::BranchUnknown, |decision| {
        DecideError::AlreadyDecided(Box::new(decision))
    })
}

/// Sets a branch aside that is beside the book already.
async fn refuse(tx: &Tx, till: TillId, path: &[&ForkRow], number: u64) -> Result<(), StoreError> {
    let sql = "UPDATE fork SET decision = ?4
               WHERE till = ?1 AND seq = ?2 AND hash = ?3 AND decision IS NULL";
    let rows: Vec<Row> = path
        .iter()
        .map(|row| {
            let mut key = key_of(till, row);
            key.push(int(number));
            key
        })
        .collect();
    tx.execute_each(sql, &rows).await?;
    Ok(())
}

/// Sets aside what the book holds from the branch's first entry on, and takes the branch into the book.
async fn follow(
    tx: &Tx,
    till: TillId,
    path: &[&ForkRow],
    head: Head,
    number: u64,
) -> Result<(), StoreError> {
    let (Some(first), Some(last)) = (path.first(), path.last()) else {
        return Ok(());
    };
    let sql = "INSERT INTO fork (till, seq, hash, body, received_at, decision)
               SELECT till, seq, hash, body, received_at, CAST(?3 AS BIGINT) FROM entry WHERE till = ?1 AND seq >= ?2
               ON CONFLICT (till, seq, hash) DO NOTHING";
    tx.execute(sql, &[text(till), int(first.seq), int(number)])
        .await?;
    tx.execute(
        "DELETE FROM entry WHERE till = ?1 AND seq >= ?2",
        &[text(till), int(first.seq)],
    )
    .await?;
    let keys: Vec<Row> = path.iter().map(|row| key_of(till, row)).collect();
    let sql = "DELETE FROM fork WHERE till = ?1 AND seq = ?2 AND hash = ?3";
    tx.execute_each(sql, &keys).await?;
    let mut hash = hash_before(tx, till, first.seq).await?;
    for row in path {
        let entry = Batch {
            first: row.seq,
            previous: hash,
            entries: vec![row.body.clone()],
            last: row.hash,
        };
        let checked = entry.check(till);
        let checked = checked.map_err(|fault| StoreError::Corrupt(fault.to_string()))?;
        add(tx, till, &checked.iter().collect::<Vec<_>>(), row.received).await?;
        hash = row.hash;
    }
    let to = Head {
        seq: last.seq,
        hash: last.hash,
    };
    book_tables::forget(tx, &till.to_string()).await?;
    set_head(tx, till, head, to).await
}

async fn hash_before(tx: &Tx, till: TillId, seq: u64) -> Result<EntryHash, StoreError> {
    if seq <= 1 {
        return Ok(EntryHash::BEFORE_FIRST);
    }
    let sql = "SELECT hash FROM entry WHERE till = ?1 AND seq = ?2";
    let rows = tx.query(sql, &[text(till), int(seq - 1)]).await?;
    let hash = rows.first().and_then(|row| row.first());
    hash_in(hash.ok_or_else(|| StoreError::Corrupt("an entry is missing".to_owned()))?)
}

fn key_of(till: TillId, row: &ForkRow) -> Row {
    vec![text(till), int(row.seq), Value::Bytes(row.hash.0.to_vec())]
}

async fn write_down(tx: &Tx, decision: &Decision, now: UnixMs) -> Result<(), StoreError> {
    let sql = "INSERT INTO decision
                   (till, number, verdict, branch, first_seq, aside_seq, aside_hash, decided_at, decided_by, reason)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let verdict: &str = decision.verdict.into();
    let values = [
        text(&decision.till),
        int(decision.number),
        text(verdict),
        Value::Bytes(decision.branch.0.to_vec()),
        int(decision.first),
        int(decision.aside),
        Value::Bytes(decision.aside_hash.0.to_vec()),
        moment(now),
        text(&decision.decided_by),
        text(&decision.reason),
    ];
    tx.execute(sql, &values).await?;
    Ok(())
}

/// A till is in quarantine as long as something of it is undecided.
pub(super) async fn end_quarantine(tx: &Tx, till: TillId) -> Result<(), StoreError> {
    let sql = "UPDATE till SET quarantined_at = NULL, quarantine = NULL WHERE till = ?1
               AND NOT EXISTS (SELECT 1 FROM fork WHERE fork.till = ?1 AND fork.decision IS NULL)";
    tx.execute(sql, &[text(till)]).await?;
    Ok(())
}

async fn decisions(tx: &Tx, till: TillId) -> Result<Vec<Decision>, StoreError> {
    let sql = "SELECT number, verdict, branch, first_seq, aside_seq, aside_hash, decided_at, decided_by, reason
               FROM decision WHERE till = ?1 ORDER BY number";
    let rows = tx.query(sql, &[text(till)]).await?;
    let decision = |row: &Row| match row.as_slice() {
        [
            number,
            verdict,
            branch,
            first,
            aside,
            aside_hash,
            at,
            by,
            reason,
        ] => Ok(Decision {
            till: till.to_string(),
            number: number.int()?.unsigned_abs(),
            verdict: verdict
                .text()?
                .parse()
                .or(Err(StoreError::Corrupt("a decision".to_owned())))?,
            branch: hash_in(branch)?,
            first: first.int()?.unsigned_abs(),
            aside: aside.int()?.unsigned_abs(),
            aside_hash: hash_in(aside_hash)?,
            decided_at_unix_ms: at.int()?,
            decided_by: by.text()?.to_owned(),
            reason: reason.text()?.to_owned(),
        }),
        _ => Err(StoreError::Corrupt("a decision".to_owned())),
    };
    rows.iter().map(decision).collect()
}
