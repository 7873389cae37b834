//! How much of what the gateway says about one invoice is written down when it decides nothing. An answer that changes
//! with every poll must not fill the disk: entries are kept for good.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::gateway_report::Report;
use crate::clock::UnixMs;

/// A report that was written down before, or that comes after this many others, waits for its minute. A customer who
/// chooses a coin, and changes their mind a few times, is seen at once.
const NEW_AT_ONCE: u32 = 6;
/// The time between two of those that wait.
const APART_MS: u64 = 60 * 1000;
/// After this many, only what decides something is written down.
const MOST: u32 = 200;

/// What has been written down of an attempt's reports that decided nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reported {
    count: u32,
    last_at: Option<UnixMs>,
    /// One of them said that the payment is credited.
    credited: bool,
    /// The hashes of the first ones.
    first: BTreeSet<u64>,
}

impl Reported {
    /// Notes a report that was written down.
    pub(super) fn note(&mut self, report: &Report, at: UnixMs) {
        self.count = self.count.saturating_add(1);
        self.last_at = Some(at);
        self.credited |= report.is_processed();
        if self.count <= NEW_AT_ONCE {
            self.first.insert(hash(report));
        }
    }

    /// Whether this one may be written down now.
    pub(super) fn has_room(&self, report: &Report, now: UnixMs) -> bool {
        let is_new = self.count < NEW_AT_ONCE && !self.first.contains(&hash(report));
        // A clock that was set back must not silence the invoice, so the distance counts in both directions.
        let apart = |last: UnixMs| now.0.abs_diff(last.0) >= APART_MS;
        !self.is_full() && (is_new || self.last_at.is_none_or(apart))
    }

    /// Whether the credit of the payment is written down without waiting: the first time, and in the end, so that it does
    /// not stay unsaid.
    pub(super) fn may_credit_at_once(&self) -> bool {
        !self.credited || self.is_full()
    }

    /// Whether no more of them are written down.
    pub(super) fn is_full(&self) -> bool {
        self.count >= MOST
    }
}

/// Equal reports have equal hashes. The hash is never written down.
fn hash(report: &Report) -> u64 {
    let mut hasher = DefaultHasher::new();
    report.hash(&mut hasher);
    hasher.finish()
}
