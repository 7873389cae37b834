//! When a delivery that failed is tried again: a pure rule. The waits are those that the Standard Webhooks convention
//! proposes, over some four days, each up to a fifth longer or shorter, so that what failed together does not come back
//! together.

use std::time::Duration;

const SECOND_MS: i64 = 1000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// The waits after each failure; after the last nothing is tried any more.
const WAITS_MS: [i64; 9] = [
    5 * SECOND_MS,
    5 * MINUTE_MS,
    30 * MINUTE_MS,
    2 * HOUR_MS,
    5 * HOUR_MS,
    10 * HOUR_MS,
    14 * HOUR_MS,
    20 * HOUR_MS,
    24 * HOUR_MS,
];
/// A receiver may ask for a longer wait, up to this.
const MAX_ASKED_MS: i64 = 24 * HOUR_MS;
/// The longest answer that is kept, characters.
const MAX_ANSWER_CHARS: usize = 200;

/// What came of one try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver has it.
    Delivered {
        /// What it said.
        answer: String,
    },
    /// Not now.
    Later {
        /// What it said, or why it said nothing.
        answer: String,
        /// For how long it asked to be left alone.
        asked: Option<Duration>,
    },
    /// Not ever.
    Never {
        /// What it said.
        answer: String,
    },
}

impl Outcome {
    /// Not now, for this reason.
    pub(super) fn later(answer: impl std::fmt::Display) -> Self {
        Self::Later {
            answer: bounded(answer),
            asked: None,
        }
    }

    /// What is kept of the answer.
    pub fn answer(&self) -> &str {
        match self {
            Self::Delivered { answer } | Self::Later { answer, .. } | Self::Never { answer } => {
                answer
            }
        }
    }
}

/// An answer as it is kept: what comes from outside is one short line.
pub(super) fn bounded(answer: impl std::fmt::Display) -> String {
    super::one_line(&answer.to_string(), MAX_ANSWER_CHARS)
}

/// How long to wait after so many failures, milliseconds; `None`: nothing is tried any more. `random` is any number.
pub(crate) fn next_try(failures: u32, asked: Option<Duration>, random: u32) -> Option<i64> {
    let at = usize::try_from(failures.checked_sub(1)?).ok()?;
    let wait = *WAITS_MS.get(at)?;
    // From four fifths to six fifths.
    let share = 800 + i64::from(random) % 401;
    let wait = wait / 1000 * share;
    let asked = asked.and_then(|asked| i64::try_from(asked.as_millis()).ok());
    Some(wait.max(asked.unwrap_or(0).min(MAX_ASKED_MS)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn waits_grow_and_end(failures in 1_u32..=9, random in any::<u32>()) {
            let wait = next_try(failures, None, random).expect("another try");
            let whole = WAITS_MS[usize::try_from(failures).expect("small") - 1];
            prop_assert!(wait >= whole / 5 * 4 && wait <= whole / 5 * 6, "{wait} of {whole}");
            prop_assert_eq!(next_try(10, None, random), None);
        }

        #[test]
        fn a_receiver_that_asks_for_time_gets_it_within_a_day(asked in any::<u64>(), random in any::<u32>()) {
            let asked = Duration::from_secs(asked);
            let wait = next_try(1, Some(asked), random).expect("another try");
            prop_assert!(wait <= MAX_ASKED_MS);
            if asked < Duration::from_secs(86_400) {
                prop_assert!(u128::try_from(wait).expect("a wait") >= asked.as_millis());
            }
        }
    }

    #[test]
    fn an_answer_is_one_short_line() {
        let answer = format!("500\r\nX: y\u{202e}\0 {}", "a".repeat(1000));
        let kept = bounded(answer);
        assert!(kept.starts_with("500X: y a") && kept.chars().count() == MAX_ANSWER_CHARS);
    }
}
