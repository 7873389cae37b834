//! The shop's calendar: which day a moment belongs to, and when a day begins and ends. Pure functions.
//!
//! In every time zone, days follow one another without a gap or an overlap, even where clocks were changed
//! around midnight. So every payment is in exactly one day.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clock::UnixMs;

/// A day of the calendar, written as `2026-11-21` (ISO 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(as = "String")]
pub struct Day(Date);

/// The years that are accepted. They stay far from where the calendar's arithmetic ends.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=9998;

/// The text is not a day within the years 1970 to 9998.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a day is written as 2026-11-21")]
pub struct DayError;

impl Day {
    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        Self::clamped(self.0.tomorrow().unwrap_or(Date::MAX))
    }

    /// The day before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::clamped(self.0.yesterday().unwrap_or(Date::MIN))
    }

    /// Its ISO 8601 week: the year that the week belongs to, and the week's number.
    pub(crate) fn week(self) -> (i16, i8) {
        let week = self.0.iso_week_date();
        (week.year(), week.week())
    }

    /// Its year and month.
    pub(crate) fn month(self) -> (i16, i8) {
        (self.0.year(), self.0.month())
    }

    fn clamped(date: Date) -> Self {
        if YEARS.contains(&date.year()) {
            Self(date)
        } else if date.year() < *YEARS.start() {
            Self(Date::constant(*YEARS.start(), 1, 1))
        } else {
            Self(Date::constant(*YEARS.end(), 12, 31))
        }
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let date: Date = text.parse().or(Err(DayError))?;
        // The parser also accepts other notations and days with a time; only the one notation is let through.
        (YEARS.contains(&date.year()) && date.to_string() == text)
            .then_some(Self(date))
            .ok_or(DayError)
    }
}

impl TryFrom<String> for Day {
    type Error = DayError;

    fn try_from(text: String) -> Result<Self, DayError> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

/// A time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of this IANA name; `None` when there is no such zone. A zone that the system's data lack, such as
    /// `US/Eastern` on some, is taken from the data in the program.
    pub fn named(name: &str) -> Option<Self> {
        let known = TimeZone::get(name).ok().map(Self);
        known.or_else(|| Self::bundled(name))
    }

    /// The zone of this name in the program's own data.
    pub(crate) fn bundled(name: &str) -> Option<Self> {
        TimeZoneDatabase::bundled().get(name).ok().map(Self)
    }

    /// The system's zone; UTC when the system does not tell.
    pub fn system() -> Self {
        Self(TimeZone::try_system().unwrap_or(TimeZone::UTC))
    }

    /// Its IANA name; `local` for a zone of the system that has none.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("local")
    }
}

/// When a day begins (included) and ends (excluded). A day that was skipped in a zone is empty: both are
/// the same moment.
pub fn bounds(day: Day, zone: &Zone) -> (UnixMs, UnixMs) {
    (midnight(day, zone), midnight(day.next(), zone))
}

/// The day that a moment belongs to.
pub fn day_of(at: UnixMs, zone: &Zone) -> Day {
    let day = Day::clamped(local(at, zone).date());
    let (from, to) = bounds(day, zone);
    // Where clocks were put back over midnight, the same evening came twice. The second one belongs to the
    // new day; otherwise the two days would overlap.
    if at < from {
        day.previous()
    } else if at >= to {
        day.next()
    } else {
        day
    }
}

/// The moment in local time with its offset from UTC: `2026-11-21T23:30:00+01:00` (ISO 8601).
pub fn to_iso_8601(at: UnixMs, zone: &Zone) -> String {
    timestamp(at)
        .to_zoned(zone.0.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// The hour in local time, 0 to 23.
pub fn hour_of(at: UnixMs, zone: &Zone) -> u8 {
    local(at, zone).hour().unsigned_abs()
}

/// The moment in local time to the minute: `2026-11-21 14:03`.
pub fn local_text(at: UnixMs, zone: &Zone) -> String {
    local(at, zone).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The date and time that the shop's clock showed.
pub(crate) fn local(at: UnixMs, zone: &Zone) -> DateTime {
    zone.0.to_datetime(timestamp(at))
}

fn timestamp(at: UnixMs) -> Timestamp {
    let nearest = || {
        if at.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        }
    };
    Timestamp::from_millisecond(at.0).unwrap_or_else(|_| nearest())
}

/// The first moment of a day. Where clocks skip midnight, it is the first moment after; where midnight comes
/// twice, the first one.
fn midnight(day: Day, zone: &Zone) -> UnixMs {
    let at = zone.0.to_ambiguous_timestamp(day.0.at(0, 0, 0, 0));
    // Never an error for a day within `YEARS`.
    UnixMs(at.compatible().map_or(i64::MAX, Timestamp::as_millisecond))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR_MS: i64 = 3_600_000;

    fn zone(name: &str) -> Zone {
        Zone::named(name).expect("a zone")
    }

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn zones() -> impl Strategy<Value = Zone> {
        prop::sample::select(vec![
            "UTC",
            "Europe/Berlin",
            "Europe/Moscow",
            "America/St_Johns",
            "America/Sao_Paulo",
            "America/Havana",
            "Africa/Cairo",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "Pacific/Apia",
        ])
        .prop_map(zone)
    }

    proptest! {
        #[test]
        fn every_moment_is_within_its_day_and_in_no_other(
            at in 0..4_102_444_800_000_i64,
            zone in zones(),
        ) {
            let at = UnixMs(at);
            let day = day_of(at, &zone);
            let (from, to) = bounds(day, &zone);
            prop_assert!(from <= at && at < to);
            prop_assert_eq!(bounds(day.next(), &zone).0, to);
            prop_assert_eq!(bounds(day.previous(), &zone).1, from);
            prop_assert!(hour_of(at, &zone) < 24);
        }

        #[test]
        fn the_first_and_last_moment_of_a_day_are_in_it(days in 0..47_482_i64, zone in zones()) {
            let day = day_of(UnixMs(days * 24 * HOUR_MS), &zone);
            let (from, to) = bounds(day, &zone);
            prop_assert_eq!(day_of(from, &zone), day);
            prop_assert_eq!(day_of(UnixMs(to.0 - 1), &zone), day);
            prop_assert_eq!(day_of(to, &zone), day_of(UnixMs(to.0 + 1), &zone));
        }

        #[test]
        fn every_printed_day_reads_back_and_no_other_text_does(text in "[0-9]{4}-?[0-9]{2}-?[0-9]{2}.{0,3}") {
            if let Ok(day) = text.parse::<Day>() {
                prop_assert_eq!(day.to_string(), text);
            }
        }

        #[test]
        fn no_clock_is_too_wrong(at in any::<i64>(), zone in zones()) {
            let day = day_of(UnixMs(at), &zone);
            prop_assert_eq!(day.to_string().parse(), Ok(day));
        }
    }

    #[test]
    fn days_of_23_24_and_25_hours() {
        let hours = |text, name| {
            let (from, to) = bounds(day(text), &zone(name));
            (to.0 - from.0) / HOUR_MS
        };
        assert_eq!(hours("2026-03-29", "Europe/Berlin"), 23);
        assert_eq!(hours("2026-10-25", "Europe/Berlin"), 25);
        assert_eq!(hours("2026-10-25", "Europe/Moscow"), 24);
        // Clocks skipped midnight: the day began at one o'clock.
        assert_eq!(hours("2017-10-15", "America/Sao_Paulo"), 23);
        // Samoa went over the date line and had no such day.
        assert_eq!(hours("2011-12-30", "Pacific/Apia"), 0);
    }

    #[test]
    fn an_evening_that_comes_twice_is_of_the_new_day_the_second_time() {
        // In Newfoundland clocks went back at 00:01, to 23:01 of the day before.
        let (zone, new) = (zone("America/St_Johns"), day("2010-11-07"));
        let (from, _) = bounds(new, &zone);
        let of = |minutes: i64| day_of(UnixMs(from.0 + minutes * 60_000), &zone);
        assert_eq!(
            to_iso_8601(UnixMs(from.0 + 120_000), &zone),
            "2010-11-06T23:02:00-03:30"
        );
        assert_eq!(
            (of(-1), of(0), of(2), of(70)),
            (new.previous(), new, new, new)
        );
    }

    #[test]
    fn a_moment_is_of_the_shops_day_not_of_utcs() {
        // 2026-11-21 22:30 UTC
        let at = UnixMs(1_795_300_200_000);
        let told = |name| {
            (
                day_of(at, &zone(name)).to_string(),
                hour_of(at, &zone(name)),
            )
        };
        assert_eq!(
            to_iso_8601(at, &zone("Asia/Kathmandu")),
            "2026-11-22T04:15:00+05:45"
        );
        assert_eq!(told("UTC"), ("2026-11-21".to_owned(), 22));
        assert_eq!(told("Europe/Moscow"), ("2026-11-22".to_owned(), 1));
        assert_eq!(told("America/New_York"), ("2026-11-21".to_owned(), 17));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "today",
            "2026-02-30",
            "2026-2-3",
            "20260203",
            "2026-02-03T10:00",
            "2026-02-03[UTC]",
            "1969-12-31",
            "9999-01-01",
        ] {
            assert_eq!(text.parse::<Day>(), Err(DayError), "{text}");
        }
        assert_eq!(Zone::named("Europe/Atlantis"), None);
    }
}
