//! The time of day, and the time since the machine started. A clock is passed in from outside, so that rules can be tested at any moment and none
//! reads the machine's clock by itself.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A moment: milliseconds since 1970-01-01 UTC by this machine's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
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

/// The time since the machine started, also asleep. Nobody can set it, unlike the time of day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uptime {
    /// Which start of the machine it is; times of different starts cannot be compared.
    pub boot: String,
    /// Milliseconds since then.
    pub ms: i64,
}

impl Uptime {
    /// The milliseconds since an earlier time of the same start; `None` for one of another start.
    pub(crate) fn since(&self, earlier: &Self) -> Option<i64> {
        (self.boot == earlier.boot).then(|| self.ms.saturating_sub(earlier.ms).max(0))
    }

    #[cfg(target_os = "linux")]
    fn of_machine() -> Option<Self> {
        let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        let text = std::fs::read_to_string("/proc/uptime").ok()?;
        // Seconds with two decimals (proc_uptime(5)).
        let (seconds, hundredths) = text.split_whitespace().next()?.split_once('.')?;
        let seconds: i64 = seconds.parse().ok()?;
        let hundredths: i64 = hundredths.parse().ok()?;
        Some(Self {
            boot: boot.trim().to_owned(),
            ms: seconds
                .saturating_mul(1000)
                .saturating_add(hundredths.saturating_mul(10)),
        })
    }

    /// Elsewhere the time since the program started, which is told apart by a random name.
    #[cfg(not(target_os = "linux"))]
    fn of_machine() -> Option<Self> {
        static STARTED: std::sync::LazyLock<(String, std::time::Instant)> =
            std::sync::LazyLock::new(|| {
                (uuid::Uuid::new_v4().to_string(), std::time::Instant::now())
            });
        let (boot, at) = &*STARTED;
        Some(Self {
            boot: boot.clone(),
            ms: i64::try_from(at.elapsed().as_millis()).ok()?,
        })
    }
}

/// A source of the time of day, and of the time since the machine started.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> UnixMs + Send + Sync>,
    uptime: Arc<dyn Fn() -> Option<Uptime> + Send + Sync>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self {
            now: Arc::new(|| UnixMs(jiff::Timestamp::now().as_millisecond())),
            uptime: Arc::new(Uptime::of_machine),
        }
    }

    /// A clock that shows what `now` returns, and does not know how long the machine runs; for tests.
    pub fn from_fn(now: impl Fn() -> UnixMs + Send + Sync + 'static) -> Self {
        Self {
            now: Arc::new(now),
            uptime: Arc::new(|| None),
        }
    }

    /// The same clock with another source of the machine's uptime, for tests.
    #[must_use]
    pub fn with_uptime(self, uptime: impl Fn() -> Option<Uptime> + Send + Sync + 'static) -> Self {
        Self {
            uptime: Arc::new(uptime),
            ..self
        }
    }

    /// How long the machine runs; `None` when it does not tell.
    pub fn uptime(&self) -> Option<Uptime> {
        (self.uptime)()
    }

    /// The current moment.
    pub fn now(&self) -> UnixMs {
        (self.now)()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clock({:?})", self.now())
    }
}
