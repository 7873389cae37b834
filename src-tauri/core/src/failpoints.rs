//! Named moments between two steps, at which a trial stops the till for good.
//!
//! A power cut or a kill comes between two steps, and a bug that loses a sale hides between two
//! steps. The trials (docs/trials.md) kill the till at every one of these moments. A release build
//! only writes them into its log, when that is asked for everything (`RUST_LOG=ringup_core=debug`): so it tells
//! where a sale's time goes.

use serde::{Deserialize, Serialize};

/// A moment between two steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failpoint {
    /// A new journal's tables and first entry are written, not committed.
    JournalWritten,
    /// A new journal is committed.
    JournalMade,
    /// The journal's end was looked at.
    TailChecked,
    /// This program counts among those that have the journal open.
    PresenceTaken,
    /// One request that nobody waits for was written down as uncertain.
    OrphanGivenUp,
    /// All of them were.
    OrphansGivenUp,
    /// A sale and its request are written, not committed.
    SaleWritten,
    /// They are committed; nobody was told.
    SaleCommitted,
    /// The request is about to leave.
    RequestLeaving,
    /// The gateway answered it; nothing is written.
    CreateAnswered,
    /// The answer is on the disk; no screen heard of it.
    InvoiceJournaled,
    /// Entries of a known sale are written, not committed.
    EntryWritten,
    /// They are committed.
    EntryCommitted,
    /// The gateway said how an invoice is; nothing is written.
    InfoAnswered,
    /// What was news in it is on the disk; no screen heard of it.
    InfoJournaled,
    /// The gateway was asked once more; the stop is not written.
    StopAsked,
    /// The stop is on the disk; no screen heard of it.
    StopJournaled,
    /// Another try was asked for; nothing is written.
    RetryAsked,
    /// Its request is on the disk; it has not left.
    RetryJournaled,
    /// A journal's chain was verified, its rows were not yet. Not in [`Self::ALL`]: nothing is written
    /// there that a kill could lose.
    ChainVerified,
    /// A sale is asked for. Not in [`Self::ALL`], as the next two: nothing has begun.
    ChargeAsked,
    /// The picture of a QR is asked for.
    QrAsked,
    /// It is made.
    QrMade,
}

impl Failpoint {
    /// All at which something may be lost, in the order of a till's life.
    pub const ALL: [Self; 19] = [
        Self::JournalWritten,
        Self::JournalMade,
        Self::TailChecked,
        Self::PresenceTaken,
        Self::OrphanGivenUp,
        Self::OrphansGivenUp,
        Self::SaleWritten,
        Self::SaleCommitted,
        Self::RequestLeaving,
        Self::CreateAnswered,
        Self::InvoiceJournaled,
        Self::EntryWritten,
        Self::EntryCommitted,
        Self::InfoAnswered,
        Self::InfoJournaled,
        Self::StopAsked,
        Self::StopJournaled,
        Self::RetryAsked,
        Self::RetryJournaled,
    ];
}

/// The till is at this point. Inert unless `arm`ed, which a release build cannot be.
pub(crate) fn reached(point: Failpoint) {
    tracing::debug!(?point, "reached");
    #[cfg(debug_assertions)]
    armed::reached(point);
}

#[cfg(debug_assertions)]
pub use armed::arm;

#[cfg(debug_assertions)]
mod armed {
    use std::sync::{Mutex, PoisonError};

    use super::Failpoint;

    type Then = Box<dyn FnOnce() + Send>;

    struct Armed {
        point: Failpoint,
        pass: u32,
        then: Then,
    }

    static ARMED: Mutex<Option<Armed>> = Mutex::new(None);

    /// Lets the till pass `point` so many times; when it is there once more, `then` is called on the
    /// thread that got there. A trial says where the till is and does not return, so that the kill
    /// comes at this point and no other. Arming again disarms what was armed. Debug builds alone.
    pub fn arm(point: Failpoint, pass: u32, then: impl FnOnce() + Send + 'static) {
        let then: Then = Box::new(then);
        *ARMED.lock().unwrap_or_else(PoisonError::into_inner) = Some(Armed { point, pass, then });
    }

    pub(super) fn reached(point: Failpoint) {
        if let Some(then) = due(point) {
            then();
        }
    }

    fn due(point: Failpoint) -> Option<Then> {
        let mut armed = ARMED.lock().unwrap_or_else(PoisonError::into_inner);
        match armed.as_mut() {
            Some(waiting) if waiting.point == point && waiting.pass == 0 => {
                armed.take().map(|armed| armed.then)
            }
            Some(waiting) if waiting.point == point => {
                waiting.pass -= 1;
                None
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_all() {
        let mut seen: Vec<_> = Failpoint::ALL.to_vec();
        seen.dedup();
        assert_eq!(seen.len(), Failpoint::ALL.len());
        assert_eq!(
            Failpoint::ALL.map(|point| point as usize),
            std::array::from_fn(|place| place)
        );
    }
}
