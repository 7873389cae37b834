//! The shop's calendar: which day a moment belongs to, where a day begins and ends. Pure; days follow one
//! another without gap or overlap in every time zone, whatever its clocks did.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::clock::UnixMs;

/// A day of the calendar, `2026-11-21` in text (ISO 8601).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(try_from = "String", into = "String")]
#[ts(as = "String")]
pub struct Day(Date);

/// The years that a till may meet: far from where a calendar's arithmetic ends.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=9998;

/// Why a text is not a day.
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

    /// Its week, by ISO 8601: the year that the week belongs to, and its number.
    pub(crate) fn week(self) -> (i16, i8) {
        let week = self.0.iso_week_date();
        (week.year(), week.week())
    }

    /// Its month.
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
        // Other ways to write a day, and days with a time, are read too: one day, one text.
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
    /// The zone of this IANA name; none when there is no such.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// The system's zone; UTC where the system does not say.
    pub fn system() -> Self {
        Self(TimeZone::try_system().unwrap_or(TimeZone::UTC))
    }

    /// Its IANA name; `local` for a zone of the system's that has none.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("local")
    }
}

/// From when (included) to when (excluded) a day lasts. A day that a zone never had is empty.
pub fn bounds(day: Day, zone: &Zone) -> (UnixMs, UnixMs) {
    (midnight(day, zone), midnight(day.next(), zone))
}

/// The day that a moment belongs to.
pub fn day_of(at: UnixMs, zone: &Zone) -> Day {
    let day = Day::clamped(local(at, zone).date());
    let (from, to) = bounds(day, zone);
    // Where clocks were put back over midnight, the evening came twice: the second time it is the new
    // day, or days would overlap.
    if at < from {
        day.previous()
    } else if at >= to {
        day.next()
    } else {
        day
    }
}

/// The moment as the shop's clock showed it, with its distance from UTC: `2026-11-21T23:30:00+01:00`
/// (ISO 8601).
pub fn written(at: UnixMs, zone: &Zone) -> String {
    timestamp(at)
        .to_zoned(zone.0.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// The hour that the shop's clock showed, 0 to 23.
pub fn hour_of(at: UnixMs, zone: &Zone) -> u8 {
    local(at, zone).hour().unsigned_abs()
}

/// A moment as the shop's clock showed it: `2026-11-21 14:03`.
pub fn local_text(at: UnixMs, zone: &Zone) -> String {
    local(at, zone).strftime("%Y-%m-%d %H:%M").to_string()
}

/// What the shop's clock and calendar showed.
pub(crate) fn local(at: UnixMs, zone: &Zone) -> DateTime {
    zone.0.to_datetime(timestamp(at))
}

fn timestamp(at: UnixMs) -> Timestamp {
    let end_of_time = || {
        if at.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        }
    };
    Timestamp::from_millisecond(at.0).unwrap_or_else(|_| end_of_time())
}

/// The first moment of a day. Where clocks skip midnight, the first after; where it comes twice, the first.
fn midnight(day: Day, zone: &Zone) -> UnixMs {
    let at = zone.0.to_ambiguous_timestamp(day.0.at(0, 0, 0, 0));
    // A day within `YEARS` is far from the end of time.
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
            written(UnixMs(from.0 + 120_000), &zone),
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
            written(at, &zone("Asia/Kathmandu")),
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
