//! Wrong tries in a row, as they are stored, and the wait after them.

use serde::{Deserialize, Serialize};

use super::delay;
use crate::clock::{Clock, UnixMs, Uptime};

/// Wrong tries since the last right one. A try is counted on the disk before it is checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tries {
    /// How many.
    #[serde(default)]
    wrong: u32,
    /// When the last of them was.
    #[serde(default = "never")]
    wrong_at_unix_ms: UnixMs,
    /// The same by the machine's uptime, which nobody can set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wrong_at_uptime: Option<Uptime>,
    /// Wrong tries that the journal does not have yet.
    #[serde(default)]
    pub(crate) unrecorded: u32,
}

fn never() -> UnixMs {
    UnixMs(0)
}

impl Tries {
    /// No wrong try. The journal may not have all of those before.
    pub(crate) fn none(unrecorded: u32) -> Self {
        Self {
            wrong: 0,
            wrong_at_unix_ms: never(),
            wrong_at_uptime: None,
            unrecorded,
        }
    }

    /// Counts a try as wrong, until [`Tries::forgive`] says that it was right.
    pub(crate) fn count(&mut self, clock: &Clock) {
        self.wrong = self.wrong.saturating_add(1);
        self.unrecorded = self.unrecorded.saturating_add(1);
        self.wrong_at_unix_ms = clock.now();
        self.wrong_at_uptime = clock.uptime();
    }

    /// The try that was counted last was right.
    pub(crate) fn forgive(&mut self) {
        self.wrong = 0;
        self.unrecorded = self.unrecorded.saturating_sub(1);
    }

    /// What remains of the wait, milliseconds. Setting the clock shortens it only after a restart of the machine, which
    /// ends the only other count.
    pub(crate) fn wait_ms(&self, clock: &Clock) -> i64 {
        let uptime = clock.uptime();
        let by_uptime = delay::remaining_by_uptime_ms(
            self.wrong,
            self.wrong_at_uptime.as_ref(),
            uptime.as_ref(),
        );
        by_uptime
            .unwrap_or_else(|| delay::remaining_ms(self.wrong, self.wrong_at_unix_ms, clock.now()))
    }

    /// Moves the last wrong try to now if it lies in the future: a clock that was set back must not restart the wait with
    /// each try. Returns whether that changed anything.
    pub(crate) fn cap(&mut self, clock: &Clock) -> bool {
        let now = clock.now();
        let capped = self.wrong_at_unix_ms > now;
        if capped {
            self.wrong_at_unix_ms = now;
        }
        capped
    }
}
