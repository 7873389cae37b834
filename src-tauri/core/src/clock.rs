//! The time of day, handed in, so that no rule reads a clock of its own.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970-01-01 UTC by this machine's clock.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(transparent)]
#[ts(as = "i64")]
pub struct UnixMs(pub i64);

impl UnixMs {
    /// This moment and `ms` more; stays at the end of time rather than wrap.
    #[must_use]
    pub fn plus(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

/// Where the time of day comes from.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> UnixMs + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Arc::new(|| UnixMs(jiff::Timestamp::now().as_millisecond())))
    }

    /// A clock of the caller's, for tests.
    pub fn from_fn(now: impl Fn() -> UnixMs + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// What it shows.
    pub fn now(&self) -> UnixMs {
        (self.0)()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clock({:?})", self.now())
    }
}
