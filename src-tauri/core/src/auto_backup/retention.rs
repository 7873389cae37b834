//! Which copies are kept: the last of each of seven days, four weeks and twelve months. Days, weeks and months without a
//! copy do not count, so that a shop that was closed loses nothing.

use crate::calendar::Day;

const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;

/// Whether each copy is kept; `days` are those on which they were made, newest first.
pub(super) fn keep(days: &[Day]) -> Vec<bool> {
    let mut kept = vec![false; days.len()];
    mark(days, &mut kept, DAYS, |day| day);
    mark(days, &mut kept, WEEKS, Day::week);
    mark(days, &mut kept, MONTHS, Day::month);
    kept
}

/// Keeps the newest copy of each of the last `count` periods that have one.
fn mark<P: PartialEq>(days: &[Day], kept: &mut [bool], count: usize, period: impl Fn(Day) -> P) {
    let mut last = None;
    let mut periods = 0;
    for (day, keep) in days.iter().zip(kept) {
        let this = Some(period(*day));
        if this != last {
            periods += 1;
            if periods > count {
                return;
            }
            *keep = true;
            last = this;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn day(back: u16) -> Day {
        let mut day: Day = "2026-11-21".parse().expect("a day");
        (0..back).for_each(|_| day = day.previous());
        day
    }

    #[test]
    fn a_year_of_daily_copies_becomes_seven_days_four_weeks_and_twelve_months() {
        let days: Vec<Day> = (0..400).map(day).collect();
        let kept: Vec<String> = days
            .iter()
            .zip(keep(&days))
            .filter(|(_, keep)| *keep)
            .map(|(day, _)| day.to_string())
            .collect();
        let expected = [
            "2026-11-21",
            "2026-11-20",
            "2026-11-19",
            "2026-11-18",
            "2026-11-17",
            "2026-11-16",
            "2026-11-15",
            "2026-11-08",
            "2026-11-01",
            "2026-10-31",
            "2026-09-30",
            "2026-08-31",
            "2026-07-31",
            "2026-06-30",
            "2026-05-31",
            "2026-04-30",
            "2026-03-31",
            "2026-02-28",
            "2026-01-31",
            "2025-12-31",
        ];
        assert_eq!(kept, expected);
    }

    proptest! {
        #[test]
        fn the_rule_holds_for_any_copies(mut backs in prop::collection::vec(0u16..900, 0..120)) {
            backs.sort_unstable();
            let days: Vec<Day> = backs.into_iter().map(day).collect();
            let kept = keep(&days);
            // The newest of all stays, and no more than the rule allows.
            prop_assert_eq!(kept.first().copied(), days.first().map(|_| true));
            let stay: Vec<Day> = days.iter().zip(&kept).filter(|(_, keep)| **keep).map(|(day, _)| *day).collect();
            prop_assert!(stay.len() <= DAYS + WEEKS + MONTHS);
            // Of each of the last days, weeks and months with a copy, one is there.
            fn last<P: Ord>(days: &[Day], count: usize, period: fn(Day) -> P) -> Vec<P> {
                let all: BTreeSet<P> = days.iter().map(|day| period(*day)).collect();
                all.into_iter().rev().take(count).collect()
            }
            prop_assert_eq!(last(&days, DAYS, |day| day), last(&stay, DAYS, |day| day));
            prop_assert_eq!(last(&days, WEEKS, Day::week), last(&stay, WEEKS, Day::week));
            prop_assert_eq!(last(&days, MONTHS, Day::month), last(&stay, MONTHS, Day::month));
            // One of a day is enough, and it is the newest.
            for (place, keep) in kept.iter().enumerate() {
                prop_assert!(!keep || place == 0 || days[place - 1] != days[place]);
            }
            // The rule keeps all that it kept before.
            prop_assert!(super::keep(&stay).into_iter().all(|keep| keep));
        }
    }
}
