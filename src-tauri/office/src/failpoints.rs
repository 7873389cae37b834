//! Named moments at which a crash test ends the office, and a lie that it must notice. Without the feature `test-api` there
//! are none.

/// A moment between two steps.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, strum::EnumString, strum::VariantArray, strum::IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
pub enum Failpoint {
    /// A batch has come in; nothing is written.
    BatchCame,
    /// Its entries are written, the head is not, and nothing is committed.
    EntriesWritten,
    /// The head is written; nothing is committed.
    HeadWritten,
    /// All is committed; the till was not told.
    Committed,
    /// A stretch of a till's entries is folded; nothing of that is written.
    Folded,
    /// How far the till is folded is written, the rows are not, and nothing is committed.
    FoldPositionWritten,
    /// The rows are written; nothing is committed.
    FoldWritten,
    /// All of a stretch is committed.
    FoldCommitted,
    /// Deliveries are taken; nothing has left.
    WordTaken,
    /// A message has left, and was answered; that is not written down.
    WordSent,
    /// What came of a try is written down.
    WordNoted,
}

impl Failpoint {
    /// The moments on an entry's way into the book and the folded book.
    pub const OF_ENTRIES: [Self; 8] = [
        Self::BatchCame,
        Self::EntriesWritten,
        Self::HeadWritten,
        Self::Committed,
        Self::Folded,
        Self::FoldPositionWritten,
        Self::FoldWritten,
        Self::FoldCommitted,
    ];
}

/// Marks that the office is at this moment.
pub(crate) fn reached(point: Failpoint) {
    tracing::trace!(?point, "reached");
    #[cfg(feature = "test-api")]
    armed::reached(point);
}

#[cfg(feature = "test-api")]
pub(crate) use armed::is_lying;
#[cfg(feature = "test-api")]
pub use armed::{acknowledge_before_the_commit, end_at};

#[cfg(feature = "test-api")]
mod armed {
    use std::sync::atomic::{AtomicBool, Ordering};

    use parking_lot::Mutex;

    use super::Failpoint;

    static LYING: AtomicBool = AtomicBool::new(false);
    static ARMED: Mutex<Option<(Failpoint, u32)>> = Mutex::new(None);

    /// Ends this process at once, as a kill does, when this moment comes after it was passed so many times.
    pub fn end_at(point: Failpoint, passes: u32) {
        *ARMED.lock() = Some((point, passes));
    }

    /// From now on this office says that a batch is stored before it is. A crash test that does not notice is blind.
    pub fn acknowledge_before_the_commit() {
        LYING.store(true, Ordering::SeqCst);
    }

    pub(crate) fn is_lying() -> bool {
        LYING.load(Ordering::SeqCst)
    }

    pub(super) fn reached(point: Failpoint) {
        let mut armed = ARMED.lock();
        match &mut *armed {
            Some((waiting, 0)) if *waiting == point => std::process::abort(),
            Some((waiting, left)) if *waiting == point => *left -= 1,
            _ => {}
        }
    }
}
