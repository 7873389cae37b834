//! Named moments between two steps, at which a crash test stops the till.
//!
//! A power cut or a kill happens between two steps, and so do the bugs that lose a sale. The crash tests
//! (docs/crash-tests.md) kill the till at each of these moments. A release build only logs them, at debug level
//! (`RUST_LOG=ringup_core=debug`), which shows where the time of a sale goes.

use serde::{Deserialize, Serialize};
use strum::VariantArray;

/// A moment between two steps. Nothing can be lost at those from [`Failpoint::ChainVerified`] on; a crash test
/// stops at the others, which are in the order in which a till reaches them.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, VariantArray,
)]
#[serde(rename_all = "snake_case")]
pub enum Failpoint {
    /// The tables and the first entry of a new journal are written, not committed.
    JournalWritten,
    /// A new journal is committed.
    JournalMade,
    /// The last entries of the journal are checked.
    TailChecked,
    /// This program is registered as one that has the journal open.
    PresenceTaken,
    /// One request that nobody waits for is journaled as uncertain.
    OrphanGivenUp,
    /// All such requests are.
    OrphansGivenUp,
    /// A sale and its request are written, not committed.
    SaleWritten,
    /// They are committed; no screen was told.
    SaleCommitted,
    /// The request is about to be sent.
    RequestLeaving,
    /// The gateway has answered it; nothing is written.
    CreateAnswered,
    /// The answer is committed; no screen was told.
    InvoiceJournaled,
    /// Entries of a known sale are written, not committed.
    EntryWritten,
    /// They are committed.
    EntryCommitted,
    /// The gateway has told an invoice's state; nothing is written.
    InfoAnswered,
    /// What is new in it is committed; no screen was told.
    InfoJournaled,
    /// The gateway was asked once more; the cashier's stop is not written.
    StopAsked,
    /// The stop is committed; no screen was told.
    StopJournaled,
    /// Another attempt is wanted; nothing is written.
    RetryAsked,
    /// Its request is committed; it is not sent.
    RetryJournaled,
    /// A journal's chain is verified, its rows are not.
    ChainVerified,
    /// A sale is wanted; nothing has begun.
    ChargeAsked,
    /// The picture of a QR code is wanted.
    QrAsked,
    /// The picture is made.
    QrMade,
    /// A version of the shared settings is stored; the till's own files are as before.
    SharedSettingsStored,
    /// The items of it are in their file, the rest is not.
    SharedItemsWritten,
}

impl Failpoint {
    /// The moments at which something may be lost, in the order in which a till reaches them.
    pub const ALL: &'static [Self] = <Self as VariantArray>::VARIANTS
        .split_at(Self::ChainVerified as usize)
        .0;
}

/// Marks that the till is at this moment. It only logs unless a test has armed it, which a release build
/// cannot be.
pub(crate) fn reached(point: Failpoint) {
    tracing::debug!(?point, "reached");
    #[cfg(debug_assertions)]
    armed::reached(point);
}

#[cfg(debug_assertions)]
pub use armed::arm;

#[cfg(debug_assertions)]
mod armed {
    use parking_lot::Mutex;

    use super::Failpoint;

    type Callback = Box<dyn FnOnce() + Send>;

    struct Armed {
        point: Failpoint,
        passes_left: u32,
        callback: Callback,
    }

    static ARMED: Mutex<Option<Armed>> = Mutex::new(None);

    /// Lets the till pass `point` `passes` times; the next time, `callback` runs on the thread that is there. A
    /// crash test reports from it where the till is and does not return, so that the kill comes at exactly this
    /// moment. Only one moment is armed at a time. Debug builds alone.
    pub fn arm(point: Failpoint, passes: u32, callback: impl FnOnce() + Send + 'static) {
        *ARMED.lock() = Some(Armed {
            point,
            passes_left: passes,
            callback: Box::new(callback),
        });
    }

    pub(super) fn reached(point: Failpoint) {
        if let Some(callback) = callback_due(point) {
            callback();
        }
    }

    fn callback_due(point: Failpoint) -> Option<Callback> {
        let mut armed = ARMED.lock();
        let waiting = armed.as_mut().filter(|waiting| waiting.point == point)?;
        if waiting.passes_left == 0 {
            return armed.take().map(|armed| armed.callback);
        }
        waiting.passes_left -= 1;
        None
    }
}
