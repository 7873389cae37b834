//! Checks the whole book, till by till: numbers, chain, texts and heads. What somebody changed in the database is found
//! and named; the tills beside it are checked on. What decisions have set aside must still be there, too.

use serde::Serialize;

use ringup_core::clock::UnixMs;
use ringup_core::ids::TillId;
use ringup_core::office::{Batch, EntryHash, MAX_BATCH_ENTRIES};

use super::append::hash_in;
use super::fork;
use super::sql::{int, text};
use super::{Store, StoreError};

/// A book and what is wrong in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerifiedBook {
    /// How many entries were checked.
    pub entries: u64,
    /// Of how many tills.
    pub tills: u64,
    /// The first fault of each till that has one.
    pub faults: Vec<BookFault>,
}

/// What is wrong with a till's entries in the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookFault {
    /// Whose.
    pub till: String,
    /// The number of the entry.
    pub seq: u64,
    /// `entry_missing`, `entry_changed`, `head_changed`, or `evidence_missing`.
    pub code: &'static str,
}

impl Store {
    /// Checks every entry of every till, and raises an alarm for each fault.
    ///
    /// # Errors
    /// [`StoreError`]: the book cannot be read.
    pub async fn verify(&self, now: UnixMs) -> Result<VerifiedBook, StoreError> {
        let sql = "SELECT till FROM head UNION SELECT DISTINCT till FROM entry ORDER BY 1";
        let rows = transaction!(self, |tx| tx.query(sql, &[]).await)?;
        let mut book = VerifiedBook {
            entries: 0,
            tills: 0,
            faults: Vec::new(),
        };
        for row in rows.iter().flatten() {
            let till = row.text()?;
            book.tills += 1;
            let fault = match self.verify_till(till, &mut book.entries).await? {
                Some(fault) => Some(fault),
                None => self.missing_evidence(till).await?,
            };
            if let Some((seq, code)) = fault {
                self.alarm(till, code, seq, now).await?;
                book.faults.push(BookFault {
                    till: till.to_owned(),
                    seq,
                    code,
                });
            }
        }
        Ok(book)
    }

    /// The last entry of the first chain that a decision has set aside and that is not there any more, neither beside the
    /// book nor in it.
    async fn missing_evidence(
        &self,
        till: &str,
    ) -> Result<Option<(u64, &'static str)>, StoreError> {
        let Ok(till) = till.parse::<TillId>() else {
            return Ok(None);
        };
        let decisions = self.decisions(till).await?;
        if decisions.is_empty() {
            return Ok(None);
        }
        let beside = transaction!(self, |tx| fork::forks(tx, till).await)?;
        for decision in decisions {
            let (seq, hash) = (decision.aside, decision.aside_hash);
            let is_there = match beside.find(seq, hash) {
                Some(tip) => {
                    let begins = beside.path_to(tip).first().map(|row| row.seq);
                    beside.is_whole(tip) || begins.is_some_and(|seq| seq <= decision.first)
                }
                None => seq == 0 || self.hash_at(till, seq).await? == Some(hash),
            };
            if !is_there {
                return Ok(Some((seq, "evidence_missing")));
            }
        }
        Ok(None)
    }

    /// The first fault of one till's entries. Those that come meanwhile are behind the head that was read first.
    async fn verify_till(
        &self,
        till: &str,
        checked: &mut u64,
    ) -> Result<Option<(u64, &'static str)>, StoreError> {
        let Ok(id) = till.parse::<TillId>() else {
            return Ok(Some((0, "entry_changed")));
        };
        let head = self.head(id).await?;
        let sql =
            "SELECT seq, hash, body FROM entry WHERE till = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3";
        let page = u64::try_from(MAX_BATCH_ENTRIES).unwrap_or(u64::MAX);
        let (mut seq, mut hash) = (0, EntryHash::BEFORE_FIRST);
        loop {
            let rows = transaction!(self, |tx| tx
                .query(sql, &[text(till), int(seq), int(page)])
                .await)?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let [found, stored, body] = row.as_slice() else {
                    return Err(StoreError::Corrupt("an entry".to_owned()));
                };
                if found.int()?.unsigned_abs() != seq + 1 {
                    return Ok(Some((seq + 1, "entry_missing")));
                }
                let entry = Batch {
                    first: seq + 1,
                    previous: hash,
                    entries: vec![body.text()?.to_owned()],
                    last: hash_in(stored)?,
                };
                if entry.check(id).is_err() {
                    return Ok(Some((seq + 1, "entry_changed")));
                }
                (seq, hash) = (seq + 1, entry.last);
                *checked += 1;
                if seq == head.seq && hash != head.hash {
                    return Ok(Some((seq, "head_changed")));
                }
            }
        }
        Ok(match seq < head.seq {
            true => Some((seq + 1, "entry_missing")),
            false => (seq > head.seq && self.head(id).await? == head)
                .then_some((head.seq + 1, "head_changed")),
        })
    }
}
