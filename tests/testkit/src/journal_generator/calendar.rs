//! When the shop is open and how much it sells: quiet on Sundays, busy on Saturdays and at noon.

use rand::RngExt as _;
use rand::rngs::StdRng;
use ringup_core::calendar::{Day, Zone, bounds, day_of};
use ringup_core::clock::UnixMs;

use super::Plan;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// The end of every journal: Friday 2026-11-20, 16:00 in Berlin.
const UNTIL: UnixMs = UnixMs(1_795_186_800_000);

/// When every journal ends, in the middle of a day.
pub fn until() -> UnixMs {
    UNTIL
}

/// The shop's time zone.
///
/// # Panics
/// Never: the core contains all time zones.
pub fn zone() -> Zone {
    Zone::named("Europe/Berlin").unwrap_or_else(Zone::system)
}

/// A day on which something was sold.
#[derive(Debug)]
pub(super) struct OpenDay {
    pub(super) day: Day,
    pub(super) opens: UnixMs,
    pub(super) closes: UnixMs,
    /// Whether the day is closed with a Z report.
    pub(super) is_closed: bool,
    /// When each sale was opened, in order.
    pub(super) sales_at: Vec<UnixMs>,
}

pub(super) fn open_days(plan: Plan, rng: &mut StdRng) -> Vec<OpenDay> {
    let zone = zone();
    let last = day_of(UNTIL, &zone);
    let mut days: Vec<Day> = std::iter::successors(Some(last), |day| Some(day.previous()))
        .take(usize::try_from(plan.days.max(1)).unwrap_or(usize::MAX))
        .collect();
    days.reverse();
    // So that the last day is a Friday.
    let weekdays = (0..7_usize).cycle().skip(7 - (days.len() + 2) % 7);
    let weights: Vec<u64> = weekdays
        .zip(&days)
        .map(|(weekday, day)| match weekday {
            _ if *day == last => rng.random_range(50..70),
            5 => rng.random_range(120..180),
            6 => rng.random_range(10..30),
            _ => rng.random_range(70..130),
        })
        .collect();
    let whole: u64 = weights.iter().sum();
    let (mut weighed, mut given) = (0, 0);
    let mut open = Vec::new();
    for (day, weight) in days.into_iter().zip(weights) {
        weighed += weight;
        let due = u64::from(plan.sales) * weighed / whole.max(1);
        let count = due - given;
        given = due;
        if count > 0 {
            open.push(open_day(day, count, day == last, &zone, rng));
        }
    }
    open
}

fn open_day(day: Day, count: u64, is_last: bool, zone: &Zone, rng: &mut StdRng) -> OpenDay {
    let midnight = bounds(day, zone).0;
    let opens = midnight.plus(8 * HOUR_MS);
    let closes = if is_last {
        UNTIL
    } else {
        midnight.plus(22 * HOUR_MS)
    };
    let last_sale = closes.0.min(midnight.plus(21 * HOUR_MS).0);
    let noon = (
        midnight.plus(11 * HOUR_MS + 30 * MINUTE_MS).0,
        midnight.plus(14 * HOUR_MS).0,
    );
    let mut sales_at: Vec<_> = (0..count)
        .map(|_| {
            let (from, to) = if rng.random_range(0..100) < 40 {
                noon
            } else {
                (opens.0, last_sale)
            };
            UnixMs(rng.random_range(from..to))
        })
        .collect();
    sales_at.sort();
    OpenDay {
        day,
        opens,
        closes,
        is_closed: !is_last,
        sales_at,
    }
}
