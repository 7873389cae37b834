//! How long whoever typed a wrong PIN waits: a pure rule.

use crate::clock::UnixMs;

/// So many wrong tries in a row cost nothing: fingers slip.
pub(crate) const FREE: u32 = 3;
/// The wait after the first that costs something; it doubles with each further one.
const FIRST_MS: i64 = 5_000;
/// No wait is longer: the shop must get in again the same morning.
pub(crate) const LONGEST_MS: i64 = 15 * 60 * 1000;

/// The wait after so many wrong tries in a row, milliseconds.
pub(crate) fn after(wrong: u32) -> i64 {
    match wrong.checked_sub(FREE) {
        None => 0,
        // Ten doublings are longer than the longest wait.
        Some(over) => (FIRST_MS << over.min(10)).min(LONGEST_MS),
    }
}

/// What is left of the wait, milliseconds. A clock that was set back makes no wait longer than the rule's.
pub(crate) fn left(wrong: u32, last: UnixMs, now: UnixMs) -> i64 {
    let since = now.0.saturating_sub(last.0).max(0);
    after(wrong).saturating_sub(since).max(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_waits_grow_and_end_at_a_quarter_of_an_hour() {
        let seconds = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1000].map(|n| after(n) / 1000);
        assert_eq!(
            seconds,
            [0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]
        );
    }

    proptest! {
        #[test]
        fn one_more_wrong_try_never_shortens_the_wait(wrong in any::<u32>()) {
            prop_assert!(after(wrong) <= after(wrong.saturating_add(1)));
            prop_assert!((0..=LONGEST_MS).contains(&after(wrong)));
        }

        #[test]
        fn whatever_the_clock_does_no_wait_is_longer_than_the_rule(
            wrong in any::<u32>(), last in any::<i64>(), now in any::<i64>()
        ) {
            let left = left(wrong, UnixMs(last), UnixMs(now));
            prop_assert!((0..=after(wrong)).contains(&left));
        }

        #[test]
        fn who_waits_gets_in(wrong in any::<u32>(), last in 0..i64::MAX / 2) {
            let then = UnixMs(last).plus(after(wrong));
            prop_assert_eq!(left(wrong, UnixMs(last), then), 0);
            if after(wrong) > 0 {
                prop_assert_eq!(left(wrong, UnixMs(last), UnixMs(then.0 - 1)), 1);
            }
        }
    }
}
