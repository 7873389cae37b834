//! The time of day. A clock is passed in from outside, so that rules can be tested at any moment and none
//! reads the machine's clock by itself.

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
    /// The moment `ms` milliseconds later; the last moment there is instead of an overflow.
    #[must_use]
    pub fn plus(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

/// A source of the time of day.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> UnixMs + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Arc::new(|| UnixMs(jiff::Timestamp::now().as_millisecond())))
    }

    /// A clock that shows what `now` returns, for tests.
    pub fn from_fn(now: impl Fn() -> UnixMs + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The current moment.
    pub fn now(&self) -> UnixMs {
        (self.0)()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clock({:?})", self.now())
    }
}
