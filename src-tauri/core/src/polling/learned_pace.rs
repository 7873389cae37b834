//! How many calls a minute the gateway stands, as it has taught by asking to slow down (HTTP 429, `Retry-After`).
//! It publishes no quota, so the number of calls beyond which it refused is the best that is known. Pure: times come in
//! as values.
//!
//! One refusal may have nothing to do with the pace: it is a suspicion, and a fuller minute that is answered clears
//! it. A second one after as many answered calls is a *lesson*: so many calls a minute are made from then on. It lasts:
//! only after a while is one call more tried, and only a minute as full as that, answered, proves that there is room;
//! then the next one is tried a minute later. A refusal instead doubles the while, up to an hour. So a quota is met once
//! or twice an hour, not every minute, and a quota that is lifted is found out.

use std::collections::VecDeque;

use super::rate_limit::Budget;

/// How long after a lesson, or after a call more was answered, one more is tried.
const FIRST_TRY_MS: u64 = 60_000;
const LAST_TRY_MS: u64 = 60 * 60_000;
/// Two refusals after answered calls that differ by no more than this are one quota's.
const SAME_QUOTA: u32 = 1;

/// What was learned; nothing at first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LearnedPace {
    /// When it refused in the last window.
    refused_ms: VecDeque<u64>,
    /// How many calls of a window were answered when it last refused, unless more were since.
    suspected: Option<u32>,
    lesson: Option<Lesson>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Lesson {
    /// So many calls in a window are not refused.
    calls: u32,
    /// When that was learned, on the forward clock.
    since_ms: u64,
    /// One more is tried after this time.
    try_after_ms: u64,
}

impl LearnedPace {
    /// The shop's budget, or what the gateway stands of it.
    pub(super) fn budget(&self, budget: Budget, now_ms: u64) -> Budget {
        let Some(lesson) = self.lesson else {
            return budget;
        };
        let tries = now_ms.saturating_sub(lesson.since_ms) >= lesson.try_after_ms;
        budget.at_most(lesson.calls.saturating_add(tries.into()))
    }

    /// The gateway refused a call because there were too many; the window before it held `calls`.
    pub(super) fn refused(&mut self, calls: u32, now_ms: u64, budget: Budget) {
        let stood = self.answered_of(calls, now_ms, budget);
        self.refused_ms.push_back(now_ms);
        let suspected = self.suspected.replace(stood);
        if suspected.is_none_or(|before| before.abs_diff(stood) > SAME_QUOTA) {
            return;
        }
        let before = self.lesson;
        self.lesson = Some(Lesson {
            calls: before.map_or(stood, |lesson| lesson.calls.min(stood)),
            since_ms: now_ms,
            try_after_ms: before.map_or(FIRST_TRY_MS, |lesson| {
                (lesson.try_after_ms * 2).min(LAST_TRY_MS)
            }),
        });
    }

    /// The gateway answered a call; the window before it held `calls`.
    pub(super) fn answered(&mut self, calls: u32, now_ms: u64, budget: Budget) {
        let stood = self.answered_of(calls, now_ms, budget).saturating_add(1);
        if self.suspected.is_some_and(|suspected| stood > suspected) {
            self.suspected = None;
        }
        let tried = self.budget(budget, now_ms);
        let Some(lesson) = &mut self.lesson else {
            return;
        };
        // It is all that the till may ask for by itself.
        let is_full = stood >= tried.calls() - tried.cashier_calls();
        if is_full && now_ms.saturating_sub(lesson.since_ms) >= lesson.try_after_ms {
            *lesson = Lesson {
                calls: tried.calls(),
                since_ms: now_ms,
                try_after_ms: FIRST_TRY_MS,
            };
            if tried == budget {
                self.lesson = None;
            }
        }
    }

    fn answered_of(&mut self, calls: u32, now_ms: u64, budget: Budget) -> u32 {
        let has_left = |at_ms: &mut u64| at_ms.saturating_add(budget.window_ms()) <= now_ms;
        while self.refused_ms.pop_front_if(has_left).is_some() {}
        calls.saturating_sub(u32::try_from(self.refused_ms.len()).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE_MS: u64 = 60_000;

    fn budget() -> Budget {
        Budget::new(30, 5000)
    }

    fn calls(learned: &LearnedPace, now_ms: u64) -> u32 {
        learned.budget(budget(), now_ms).calls()
    }

    /// A gateway that answers twenty calls a minute has refused one.
    fn taught() -> LearnedPace {
        let mut learned = LearnedPace::default();
        learned.refused(20, 0, budget());
        assert_eq!(calls(&learned, 0), 30, "a suspicion");
        // The first refusal is among the calls.
        learned.refused(21, 0, budget());
        learned
    }

    #[test]
    fn two_refusals_are_a_lesson_and_one_call_more_is_tried_after_a_minute() {
        let mut learned = taught();
        assert_eq!(calls(&learned, MINUTE_MS - 1), 20);
        assert_eq!(calls(&learned, MINUTE_MS), 21);
        learned.answered(18, MINUTE_MS, budget());
        assert_eq!(calls(&learned, 2 * MINUTE_MS), 21, "nothing was proved");
        // One of 21 is for people. The others are answered: the next one is tried a minute later.
        learned.answered(19, 2 * MINUTE_MS, budget());
        assert_eq!(calls(&learned, 2 * MINUTE_MS), 21);
        assert_eq!(calls(&learned, 3 * MINUTE_MS), 22);
    }

    #[test]
    fn what_is_refused_again_is_tried_ever_more_rarely() {
        let (mut learned, mut now_ms) = (taught(), 0);
        let mut tries = Vec::new();
        for _ in 0..8 {
            let before_ms = now_ms;
            while calls(&learned, now_ms) == 20 {
                now_ms += MINUTE_MS;
            }
            tries.push((now_ms - before_ms) / MINUTE_MS);
            learned.refused(20, now_ms, budget());
        }
        assert_eq!(tries, [1, 2, 4, 8, 16, 32, 60, 60]);
    }

    #[test]
    fn a_refusal_that_a_fuller_minute_contradicts_teaches_nothing() {
        let mut learned = LearnedPace::default();
        for minute in 0..10 {
            let now_ms = minute * 2 * MINUTE_MS;
            learned.refused(20, now_ms, budget());
            learned.answered(21, now_ms + MINUTE_MS, budget());
        }
        learned.refused(8, 20 * MINUTE_MS, budget());
        learned.refused(20, 30 * MINUTE_MS, budget());
        assert_eq!(calls(&learned, 30 * MINUTE_MS), 30);
    }
}
