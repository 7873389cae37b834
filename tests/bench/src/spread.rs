//! Statistics of many runs.

use std::time::{Duration, Instant};

use serde::Serialize;

/// The distribution of the times of many runs, milliseconds.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Spread {
    pub(crate) runs: usize,
    pub(crate) mean_ms: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p95_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) slowest_ms: f64,
}

impl Spread {
    pub(crate) fn of(mut times: Vec<Duration>) -> Self {
        times.sort();
        let at = |percent: usize| {
            let place = (times.len().saturating_sub(1) * percent).div_ceil(100);
            times.get(place).map_or(0.0, |time| ms(*time))
        };
        let all: Duration = times.iter().sum();
        Self {
            runs: times.len(),
            mean_ms: ms(all) / times.len().max(1) as f64,
            p50_ms: at(50),
            p95_ms: at(95),
            p99_ms: at(99),
            slowest_ms: at(100),
        }
    }
}

/// The median and the 95th percentile of sorted values.
pub(crate) fn places(sorted: &[f64]) -> (f64, f64) {
    let last = sorted.len().saturating_sub(1);
    let at = |percent: usize| sorted.get(last * percent / 100).copied().unwrap_or(0.0);
    (at(50), at(95))
}

pub(crate) fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Awaits something; returns its result and how long it took.
pub(crate) async fn timed<T>(what: impl Future<Output = T>) -> (T, Duration) {
    let begun = Instant::now();
    let done = what.await;
    (done, begun.elapsed())
}
