//! How long the next try must wait after wrong PINs. The rule is pure, so that restarting the program or
//! setting the clock back changes nothing.

use crate::clock::{UnixMs, Uptime};

/// The wrong try in a row from which on there is a wait; earlier ones are slips of the finger.
const FREE_TRIES: u32 = 3;
/// The first wait; it doubles with each further wrong try.
const FIRST_DELAY_MS: i64 = 5_000;
/// The longest wait; the shop must get in again the same morning.
const MAX_DELAY_MS: i64 = 15 * 60 * 1000;

/// The wait after `wrong` wrong tries in a row, milliseconds.
fn delay_ms(wrong: u32) -> i64 {
    match wrong.checked_sub(FREE_TRIES) {
        None => 0,
        // Ten doublings are longer than the longest wait.
        Some(over) => (FIRST_DELAY_MS << over.min(10)).min(MAX_DELAY_MS),
    }
}

/// What remains of the wait, milliseconds, by the machine's uptime at the last wrong try and now. `None` when these cannot
/// be compared: then only the time of day tells.
pub(super) fn remaining_by_uptime_ms(
    wrong: u32,
    last: Option<&Uptime>,
    now: Option<&Uptime>,
) -> Option<i64> {
    let since = now?.since(last?)?;
    Some(delay_ms(wrong).saturating_sub(since).max(0))
}

/// What remains of the wait by the time of day, milliseconds. A clock that was set back makes no wait longer than the
/// rule's.
pub(super) fn remaining_ms(wrong: u32, last: UnixMs, now: UnixMs) -> i64 {
    let since = now.0.saturating_sub(last.0).max(0);
    delay_ms(wrong).saturating_sub(since).max(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_waits_grow_and_end_at_a_quarter_of_an_hour() {
        let seconds = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1000].map(|n| delay_ms(n) / 1000);
        assert_eq!(
            seconds,
            [0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]
        );
    }

    proptest! {
        #[test]
        fn one_more_wrong_try_never_shortens_the_wait(wrong in any::<u32>()) {
            prop_assert!(delay_ms(wrong) <= delay_ms(wrong.saturating_add(1)));
            prop_assert!((0..=MAX_DELAY_MS).contains(&delay_ms(wrong)));
        }

        #[test]
        fn whatever_the_clock_does_no_wait_is_longer_than_the_rule(
            wrong in any::<u32>(), last in any::<i64>(), now in any::<i64>()
        ) {
            let remaining = remaining_ms(wrong, UnixMs(last), UnixMs(now));
            prop_assert!((0..=delay_ms(wrong)).contains(&remaining));
        }

        #[test]
        fn the_wait_ends_after_its_delay(wrong in any::<u32>(), last in 0..i64::MAX / 2) {
            let then = UnixMs(last).plus(delay_ms(wrong));
            prop_assert_eq!(remaining_ms(wrong, UnixMs(last), then), 0);
            if delay_ms(wrong) > 0 {
                prop_assert_eq!(remaining_ms(wrong, UnixMs(last), UnixMs(then.0 - 1)), 1);
            }
        }
    }
}
