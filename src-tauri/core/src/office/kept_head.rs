//! The head that the office signed last, kept beside the journal in `journal.office.json`.
//!
//! It is a file and no entry: an entry about each batch would be one more to send, for ever. It is no projection either:
//! those are made of entries and prove nothing. Whoever cuts the journal and takes this file away has not won: the office
//! still has its head, and the till's next question finds out.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::signed_head::{PublicKey, SignedHead};
use crate::clock::UnixMs;
use crate::files;
use crate::journal::{JournalError, entry_count, goes_on_from};

/// What is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptHead {
    /// The office's key, as it was when the till was paired.
    pub office: PublicKey,
    /// What it signed.
    pub head: SignedHead,
    /// When the till kept it, by its own clock.
    pub kept_at_unix_ms: UnixMs,
}

/// What a signed head proves about a journal that does not fit it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, strum::IntoStaticStr, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum HeadFault {
    /// The journal has fewer entries than the office holds.
    #[error("its end was cut off: the back office has signed entry {0}")]
    TailCut(u64),
    /// Another entry stands where the office has signed one.
    #[error("it was rewritten: the back office has signed another entry {0}")]
    ChainRewritten(u64),
    /// What is kept was not signed by the office.
    #[error("the head that was kept of the back office was not signed by it")]
    HeadForged,
}

impl HeadFault {
    /// The fault's stable name (docs/contract.md).
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// The file in which the head of the journal at this path is kept.
pub fn kept_head_file(journal: &Path) -> PathBuf {
    journal.with_extension("office.json")
}

impl KeptHead {
    /// What is kept for the journal at this path; `None`: nothing. A file that cannot be read is forged.
    ///
    /// # Errors
    /// [`HeadFault::HeadForged`].
    pub fn of_journal(journal: &Path) -> Result<Option<Self>, HeadFault> {
        let text = match std::fs::read(kept_head_file(journal)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(_) => return Err(HeadFault::HeadForged),
        };
        let kept: Option<Self> = serde_json::from_slice(&text).ok();
        kept.filter(|kept| kept.head.is_signed_by(&kept.office))
            .map(Some)
            .ok_or(HeadFault::HeadForged)
    }

    /// Keeps it for the journal at this path. It is no part of any sale: that it cannot be written is told in the log
    /// alone.
    pub(crate) fn keep(&self, journal: &Path) {
        let written = serde_json::to_vec(self)
            .map_err(std::io::Error::from)
            .and_then(|text| files::replace(&kept_head_file(journal), &text));
        if let Err(error) = written {
            tracing::warn!(%error, "the head that the back office signed cannot be kept");
        }
    }

    /// Keeps it in place of what is kept, unless that says more: an office that has lost something does not unsay what it
    /// signed before. What was signed before a restore says nothing more about the journal that was restored.
    ///
    /// # Errors
    /// What SQLite reports of the journal.
    pub(crate) fn keep_if_newer(&self, journal: &Path) -> Result<(), JournalError> {
        let before = Self::of_journal(journal).ok().flatten();
        let takes_its_place = match before {
            Some(before) if before.head.seq > self.head.seq => {
                before.is_outdated_by_a_restore(journal)?
            }
            _ => true,
        };
        if takes_its_place {
            self.keep(journal);
        }
        Ok(())
    }

    /// The journal does not hold this head, and says that it was restored since.
    fn is_outdated_by_a_restore(&self, journal: &Path) -> Result<bool, JournalError> {
        let (seq, hash) = (self.head.seq, self.head.hash.to_string());
        let restored = goes_on_from(journal, seq, &hash, Some(self.kept_at_unix_ms))?;
        Ok(restored && !goes_on_from(journal, seq, &hash, None)?)
    }

    /// Forgets what is kept for the journal at this path.
    pub(crate) fn forget(journal: &Path) {
        if let Err(error) = files::remove(&kept_head_file(journal)) {
            tracing::warn!(%error, "the head that the back office signed cannot be removed");
        }
    }
}

/// Compares the journal at this path with the head that is kept beside it. A journal that says that it was restored since
/// may be another; the office decides about that.
///
/// # Errors
/// What SQLite reports of the journal. What the head proves is the inner error.
pub fn check_kept_head(
    journal: &Path,
) -> Result<Result<Option<KeptHead>, HeadFault>, JournalError> {
    let kept = match KeptHead::of_journal(journal) {
        Ok(Some(kept)) => kept,
        other => return Ok(other),
    };
    let SignedHead { seq, hash, .. } = &kept.head;
    let (seq, seen_at) = (*seq, kept.kept_at_unix_ms);
    if seq == 0 || goes_on_from(journal, seq, &hash.to_string(), Some(seen_at))? {
        return Ok(Ok(Some(kept)));
    }
    Ok(Err(match entry_count(journal)? < seq {
        true => HeadFault::TailCut(seq),
        false => HeadFault::ChainRewritten(seq),
    }))
}
