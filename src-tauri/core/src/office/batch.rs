//! A batch: entries of one journal on their way to the office, and the rule by which the office takes them. The rule is
//! here, beside the chain that it is about, so that till and office cannot differ.

use serde::{Deserialize, Serialize};

use super::hash::EntryHash;
use crate::ids::TillId;
use crate::journal::{JournalError, JournalFile};

/// Most entries of a batch.
pub const MAX_BATCH_ENTRIES: usize = 500;
/// Most bytes of a batch's texts. A batch of one entry may be larger.
pub const MAX_BATCH_BYTES: usize = 256 * 1024;

/// Entries that follow one another in the journal of one till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The number of the first of them.
    pub first: u64,
    /// The hash that the first is chained to.
    pub previous: EntryHash,
    /// Their canonical texts, as the journal holds them.
    pub entries: Vec<String>,
    /// The hash of the last, as the journal holds it.
    pub last: EntryHash,
}

/// An entry whose place in the chain has been computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainedEntry {
    /// Its number.
    pub seq: u64,
    /// Its hash.
    pub hash: EntryHash,
    /// Its kind, known to this program or not.
    pub kind: String,
    /// The sale that it is about.
    pub sale: Option<String>,
    /// It says that its money is test money.
    pub test: bool,
    /// Its text.
    pub body: String,
}

/// Why a batch is not taken. Nothing of it is stored then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BatchFault {
    /// It is empty, too long, or counts from 0.
    #[error(
        "a batch has 1 to {MAX_BATCH_ENTRIES} entries, counted from 1, of {MAX_BATCH_BYTES} bytes at most"
    )]
    Shape,
    /// A text is no entry.
    #[error("entry {seq} is not readable")]
    Unreadable {
        /// Its number by its place.
        seq: u64,
    },
    /// An entry calls itself by another number than its place gives it.
    #[error("entry {seq} calls itself entry {says}")]
    Sequence {
        /// Its number by its place.
        seq: u64,
        /// What it says.
        says: u64,
    },
    /// An entry is of another till than the one that sends it.
    #[error("entry {seq} is of another till")]
    OtherTill {
        /// Its number.
        seq: u64,
    },
    /// The hash at the end is not the one that these texts give.
    #[error("the hash of entry {seq} is not that of the texts up to it")]
    ChainBroken {
        /// The number of the last entry.
        seq: u64,
    },
    /// The journal begins with something else than its opening.
    #[error("the journal does not begin with its opening")]
    NotOpened,
    /// It is a practice journal, whose money is none.
    #[error("it is a practice journal")]
    Practice,
}

/// What the office has to know of an entry. Everything else is kept as it came.
#[derive(Deserialize)]
struct Head {
    seq: u64,
    till: TillId,
    kind: String,
    sale: Option<String>,
    purpose: Option<String>,
    #[serde(default)]
    test: bool,
    report: Option<ReportHead>,
}

#[derive(Deserialize)]
struct ReportHead {
    #[serde(default)]
    is_testing: Option<bool>,
}

impl Batch {
    /// What comes after entry `seq` in a journal, as much as a batch holds. `None`: nothing does, or the journal does not
    /// even reach that far.
    ///
    /// # Errors
    /// What SQLite reports of the journal.
    pub fn after(journal: &JournalFile, seq: u64) -> Result<Option<Self>, JournalError> {
        let stretch = journal.entries_after(seq, MAX_BATCH_ENTRIES, MAX_BATCH_BYTES)?;
        Ok(stretch.map(|stretch| Self {
            first: seq + 1,
            previous: EntryHash(stretch.previous),
            entries: stretch.bodies,
            last: EntryHash(stretch.last),
        }))
    }

    /// Checks numbers, till and chain, and computes each entry's hash.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn check(&self, till: TillId) -> Result<Vec<ChainedEntry>, BatchFault> {
        let bytes: usize = self.entries.iter().map(String::len).sum();
        let is_long = self.entries.len() > MAX_BATCH_ENTRIES
            || (self.entries.len() > 1 && bytes > MAX_BATCH_BYTES);
        if self.first == 0 || self.entries.is_empty() || is_long {
            return Err(BatchFault::Shape);
        }
        if self.first == 1 && self.previous != EntryHash::BEFORE_FIRST {
            return Err(BatchFault::ChainBroken { seq: 1 });
        }
        let mut hash = self.previous;
        let mut chained = Vec::with_capacity(self.entries.len());
        for (seq, body) in (self.first..).zip(&self.entries) {
            let head: Head = serde_json::from_str(body).or(Err(BatchFault::Unreadable { seq }))?;
            if head.seq != seq {
                let says = head.seq;
                return Err(BatchFault::Sequence { seq, says });
            }
            if head.till != till {
                return Err(BatchFault::OtherTill { seq });
            }
            if seq == 1 {
                match (head.kind.as_str(), head.purpose.as_deref()) {
                    ("journal_opened", Some("live")) => {}
                    ("journal_opened", _) => return Err(BatchFault::Practice),
                    _ => return Err(BatchFault::NotOpened),
                }
            }
            hash = hash.next(body);
            chained.push(ChainedEntry {
                seq,
                hash,
                kind: head.kind,
                sale: head.sale,
                test: head.test || head.report.and_then(|it| it.is_testing) == Some(true),
                body: body.clone(),
            });
        }
        match chained.last() {
            Some(last) if last.hash == self.last => Ok(chained),
            Some(last) => Err(BatchFault::ChainBroken { seq: last.seq }),
            None => Err(BatchFault::Shape),
        }
    }

    /// Whether its first entry says that a copy took the journal's place.
    pub fn begins_with_a_restore(&self) -> bool {
        #[derive(Deserialize)]
        struct Kind {
            kind: String,
        }
        let first = self.entries.first();
        let kind = first.and_then(|body| serde_json::from_str::<Kind>(body).ok());
        kind.is_some_and(|said| said.kind == "journal_restored")
    }

    /// The number of the last entry.
    pub fn last_seq(&self) -> u64 {
        let entries = u64::try_from(self.entries.len()).unwrap_or(u64::MAX);
        self.first.saturating_add(entries).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(seq: u64, till: TillId, rest: &str) -> String {
        format!(r#"{{"seq":{seq},"till":"{till}","at_unix_ms":1,{rest}}}"#)
    }

    fn batch(entries: Vec<String>) -> Batch {
        let hash = |hash: EntryHash, body: &String| hash.next(body);
        Batch {
            first: 1,
            previous: EntryHash::BEFORE_FIRST,
            last: entries.iter().fold(EntryHash::BEFORE_FIRST, hash),
            entries,
        }
    }

    const OPENED: &str = r#""kind":"journal_opened","code":"A","purpose":"live""#;

    #[test]
    fn a_whole_batch_is_taken_with_kinds_that_nobody_knows_yet() {
        let till = TillId::new();
        let strange = r#""kind":"drone_landed","sale":"s","test":true,"more":[1]"#;
        let batch = batch(vec![entry(1, till, OPENED), entry(2, till, strange)]);
        let chained = batch.check(till).expect("whole");
        let last = chained.last().expect("two");
        assert_eq!((last.seq, last.kind.as_str()), (2, "drone_landed"));
        assert_eq!((last.sale.as_deref(), last.test), (Some("s"), true));
        assert_eq!((last.hash, batch.last_seq()), (batch.last, 2));
        let json = serde_json::to_string(&batch).expect("JSON");
        assert_eq!(serde_json::from_str::<Batch>(&json).expect("read"), batch);
    }

    #[test]
    fn each_fault_is_named() {
        let till = TillId::new();
        let whole = batch(vec![
            entry(1, till, OPENED),
            entry(2, till, r#""kind":"x""#),
        ]);
        let fault = |change: &dyn Fn(&mut Batch)| {
            let mut changed = whole.clone();
            change(&mut changed);
            changed.check(till).expect_err("a fault")
        };
        assert_eq!(fault(&|it| it.entries.clear()), BatchFault::Shape);
        assert_eq!(fault(&|it| it.first = 0), BatchFault::Shape);
        let says = BatchFault::Sequence { seq: 2, says: 1 };
        assert_eq!(fault(&|it| it.first = 2), says);
        assert_eq!(
            fault(&|it| it.entries.truncate(1)),
            BatchFault::ChainBroken { seq: 1 }
        );
        assert_eq!(
            fault(&|it| it.previous = it.last),
            BatchFault::ChainBroken { seq: 1 }
        );
        let torn = fault(&|it| it.entries.iter_mut().for_each(|body| body.truncate(5)));
        assert_eq!(torn, BatchFault::Unreadable { seq: 1 });
        assert_eq!(
            whole.check(TillId::new()),
            Err(BatchFault::OtherTill { seq: 1 })
        );
        let practice = OPENED.replace("live", "practice");
        assert_eq!(
            batch(vec![entry(1, till, &practice)]).check(till),
            Err(BatchFault::Practice)
        );
        assert_eq!(
            batch(vec![entry(1, till, r#""kind":"x""#)]).check(till),
            Err(BatchFault::NotOpened)
        );
        let long = fault(&|it| it.entries = vec![String::new(); MAX_BATCH_ENTRIES + 1]);
        assert_eq!(long, BatchFault::Shape);
        let heavy = "x".repeat(MAX_BATCH_BYTES);
        assert_eq!(
            fault(&|it| it.entries.push(heavy.clone())),
            BatchFault::Shape
        );
    }
}
