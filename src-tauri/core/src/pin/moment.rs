//! Moments that are compared by two clocks.

use crate::clock::{Clock, UnixMs, Uptime};

/// A moment by both clocks, so that setting the one opens nothing.
#[derive(Debug, Clone)]
pub(crate) struct Moment {
    at: UnixMs,
    uptime: Option<Uptime>,
}

impl Moment {
    pub(crate) fn now(clock: &Clock) -> Self {
        Self {
            at: clock.now(),
            uptime: clock.uptime(),
        }
    }

    /// Whether less than this time has passed since, by both clocks. A clock that was set back says no, because nobody
    /// knows how much has passed.
    pub(crate) fn is_within(&self, limit_ms: i64, now: &Self) -> bool {
        let by_day = now.at.0.saturating_sub(self.at.0);
        let by_uptime = match (&now.uptime, &self.uptime) {
            (Some(now), Some(earlier)) => now.since(earlier),
            _ => Some(0),
        };
        (0..limit_ms).contains(&by_day) && by_uptime.is_some_and(|ms| ms < limit_ms)
    }
}
