//! How many calls the gateway gets in a minute for all invoices together, and which part of them is reserved for
//! what. Pure: the calls so far are a value, and times come in as values.

use std::collections::VecDeque;

use super::interval::PUBLISHED_PACE_MS;
use crate::breaks::{self, Break};
use crate::settings::CALLS_PER_MINUTE;

/// One part in fifteen of the budget is reserved for calls that a person waits for: new invoices, the cashier's polls.
const CASHIER_PART: u32 = 15;
/// The shared lane may spend a quarter of itself within a fifth of the window, so that a wake or a network that
/// returns is followed by polls at once and still leaves calls for the rest of the minute.
const BURST_PART: u32 = 4;
const BURSTS_IN_WINDOW: u64 = 5;
/// Of the shared lane a third waits for the office's hints while the till hears any, these calls at most. However many hints
/// come, half of the lane is left for what is due.
const KEPT_PART: u32 = 3;
const MOST_KEPT: u32 = 6;
const HINT_PART: u32 = 2;

/// The most calls in any minute, and the pace of polling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    calls: u32,
    pace_ms: u64,
}

impl Budget {
    /// A budget of `calls_per_minute`, brought within [`CALLS_PER_MINUTE`]. `pace_ms` is the time between two
    /// polls of the invoice on screen; where it is not the published one (only for a gateway on this machine),
    /// the minute shrinks or grows in proportion.
    pub fn new(calls_per_minute: u16, pace_ms: u64) -> Self {
        let (fewest, most) = (*CALLS_PER_MINUTE.start(), *CALLS_PER_MINUTE.end());
        Self {
            calls: calls_per_minute.clamp(fewest, most).into(),
            pace_ms: pace_ms.max(1),
        }
    }

    /// The time between two polls of the invoice on screen, milliseconds.
    pub fn pace_ms(self) -> u64 {
        self.pace_ms
    }

    /// The most calls in any window.
    pub fn calls(self) -> u32 {
        self.calls
    }

    /// The window, milliseconds: a minute at the published pace.
    pub fn window_ms(self) -> u64 {
        self.pace_ms.saturating_mul(60_000 / PUBLISHED_PACE_MS)
    }

    /// The same pace with fewer calls, as a gateway has taught; never fewer than a third, or than a budget may have:
    /// money may come meanwhile.
    pub(super) fn at_most(self, calls: u32) -> Self {
        let fewest = u32::from(*CALLS_PER_MINUTE.start()).max(self.calls / 3);
        Self {
            calls: self.calls.min(calls.max(fewest)),
            ..self
        }
    }

    /// The calls that are left for new invoices and the cashier's polls.
    pub fn cashier_calls(self) -> u32 {
        (self.calls / CASHIER_PART).max(1)
    }

    /// The shortest time between two polls of an invoice that somebody waits for, milliseconds, when the others need
    /// so many calls in a window: it has all that is left, evenly, yet no more than one poll in a fifth of the pace.
    pub fn idle_gap_ms(self, others: u64) -> u64 {
        let own = u64::from(self.calls - self.cashier_calls());
        let left = own.saturating_sub(others).max(self.fast_calls().into());
        let even_ms = self.window_ms().div_ceil(left);
        even_ms.max(self.pace_ms / 5).max(1)
    }

    /// The calls of the fast lane: enough for the pace of the invoice on screen, yet two thirds of the rest at
    /// most.
    pub fn fast_calls(self) -> u32 {
        let enough = self.window_ms().div_ceil(self.min_gap_ms());
        let most = (self.calls - self.cashier_calls()) * 2 / 3;
        u32::try_from(enough).map_or(most, |enough| enough.min(most))
    }

    /// The calls of the lane that all invoices share.
    pub fn shared_calls(self) -> u32 {
        self.calls - self.cashier_calls() - self.fast_calls()
    }

    /// The most calls for the office's hints.
    pub fn hint_calls(self) -> u32 {
        (self.shared_calls() / HINT_PART).max(1)
    }

    /// The calls of the shared lane that wait for hints while the till hears any.
    pub fn kept_for_hints(self) -> u32 {
        (self.shared_calls() / KEPT_PART).min(MOST_KEPT)
    }

    /// The time between two calls of the fast lane, milliseconds: whichever invoice comes on screen finds the
    /// lane free within it.
    pub fn fast_gap_ms(self) -> u64 {
        self.window_ms().div_ceil(u64::from(self.fast_calls()))
    }

    fn min_gap_ms(self) -> u64 {
        (self.pace_ms - self.pace_ms / 10).max(1)
    }
}

/// The part of the budget that a call is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Reserved for the invoice on screen, lent to others while that one needs no call.
    Fast,
    /// Shared by all invoices.
    Shared,
    /// The part of the shared lane that is spent on invoices at which the office hinted.
    Hint,
    /// For new invoices and the cashier's own polls, which come before all others.
    Cashier,
}

/// The calls of the last window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CallLog {
    /// When, on the forward clock, and from which lane; oldest first.
    calls: VecDeque<(u64, Lane)>,
}

impl CallLog {
    /// Calls of programs before this one, of lanes that nobody knows any more.
    pub(super) fn of_others(mut at_ms: Vec<u64>) -> Self {
        at_ms.sort_unstable();
        Self {
            calls: at_ms
                .into_iter()
                .map(|at_ms| (at_ms, Lane::Cashier))
                .collect(),
        }
    }

    /// Adds a call, and drops those that have left the window.
    pub(super) fn add(&mut self, now_ms: u64, lane: Lane, budget: Budget) {
        let window_ms = budget.window_ms();
        let has_left = |(at_ms, _): &mut (u64, Lane)| at_ms.saturating_add(window_ms) <= now_ms;
        while self.calls.pop_front_if(has_left).is_some() {}
        self.calls.push_back((now_ms, lane));
    }

    /// When the fast lane has room, milliseconds on the forward clock; this may be in the past.
    pub(super) fn fast_free_ms(&self, budget: Budget) -> u64 {
        let gap_ms = self.free_ms(1, budget.fast_gap_ms(), |lane| lane == Lane::Fast);
        gap_ms.max(self.free_ms(budget.calls() - 1, budget.window_ms(), |_| true))
    }

    /// When a new invoice or the cashier's own poll has room.
    pub(super) fn cashier_free_ms(&self, budget: Budget) -> u64 {
        self.free_ms(budget.calls(), budget.window_ms(), |_| true)
    }

    /// How many calls the window before a call held.
    pub(super) fn count_before(&self, sent_ms: u64, budget: Budget) -> u32 {
        let begin_ms = (sent_ms + 1).saturating_sub(budget.window_ms());
        let is_in = |(at_ms, _): &&(u64, Lane)| (begin_ms..sent_ms).contains(at_ms);
        u32::try_from(self.calls.iter().filter(is_in).count()).unwrap_or(u32::MAX)
    }

    /// When a hint may be followed. One call is left for people.
    pub(super) fn hint_free_ms(&self, budget: Budget) -> u64 {
        let window_ms = budget.window_ms();
        let is_shared = |lane| matches!(lane, Lane::Shared | Lane::Hint);
        [
            self.free_ms(budget.calls() - 1, window_ms, |_| true),
            self.free_ms(budget.shared_calls(), window_ms, is_shared),
            self.free_ms(budget.hint_calls(), window_ms, |lane| lane == Lane::Hint),
        ]
        .into_iter()
        .fold(0, u64::max)
    }

    /// When the fast lane may be lent, and an invoice polled that is not due: `kept` calls are left for hints.
    pub(super) fn lent_free_ms(&self, budget: Budget, kept: u32) -> u64 {
        let own_calls = budget.calls() - budget.cashier_calls();
        match kept {
            0 => 0,
            _ => self.free_ms(own_calls - kept, budget.window_ms(), |lane| {
                lane != Lane::Hint
            }),
        }
    }

    /// When the shared lane has room, of which `kept` calls are left for hints.
    pub(super) fn shared_free_ms(&self, budget: Budget, kept: u32) -> u64 {
        let shared = |lane| lane == Lane::Shared;
        let window_ms = budget.window_ms();
        let burst_calls = budget.shared_calls().div_ceil(BURST_PART);
        let burst_window_ms = window_ms.div_ceil(BURSTS_IN_WINDOW);
        // A cashier who polls more often than is reserved takes calls from the shared lane first.
        let not_fast_calls = budget.calls() - budget.fast_calls();
        let own_calls = budget.calls() - budget.cashier_calls();
        [
            self.lent_free_ms(budget, kept),
            self.free_ms(own_calls, window_ms, |_| true),
            self.free_ms(burst_calls, burst_window_ms, shared),
            self.free_ms(budget.shared_calls() - kept, window_ms, shared),
            self.free_ms(budget.shared_calls(), window_ms, |lane| {
                matches!(lane, Lane::Shared | Lane::Hint)
            }),
            self.free_ms(not_fast_calls - kept, window_ms, |lane| {
                matches!(lane, Lane::Shared | Lane::Cashier)
            }),
        ]
        .into_iter()
        .fold(0, u64::max)
    }

    /// When a window of this length holds fewer than `most` calls of these lanes.
    fn free_ms(&self, most: u32, window_ms: u64, counts: impl Fn(Lane) -> bool) -> u64 {
        if breaks::is(Break::NoBudget) {
            return 0;
        }
        let blocking = self
            .calls
            .iter()
            .rev()
            .filter(|(_, lane)| counts(*lane))
            .nth(usize::try_from(most.saturating_sub(1)).unwrap_or(usize::MAX));
        blocking.map_or(0, |(at_ms, _)| at_ms.saturating_add(window_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_calls_a_minute_are_two_fourteen_and_fourteen() {
        let budget = Budget::new(30, 5000);
        assert_eq!(budget.window_ms(), 60_000);
        let parts = (
            budget.cashier_calls(),
            budget.fast_calls(),
            budget.shared_calls(),
        );
        assert_eq!(parts, (2, 14, 14));
        assert_eq!((budget.fast_gap_ms(), budget.idle_gap_ms(0)), (4286, 2143));
        assert_eq!((budget.kept_for_hints(), budget.hint_calls()), (4, 7));
        let with_others = [6, 100].map(|others| budget.idle_gap_ms(others));
        assert_eq!(with_others, [2728, 4286]);
    }

    #[test]
    fn the_smallest_budget_has_calls_for_every_lane() {
        let budget = Budget::new(0, 5000);
        assert_eq!(
            (budget.calls(), budget.fast_calls(), budget.shared_calls()),
            (6, 3, 2)
        );
        assert_eq!(budget.fast_gap_ms(), 20_000);
        assert_eq!((budget.kept_for_hints(), budget.hint_calls()), (0, 1));
    }

    #[test]
    fn hints_find_room_while_the_rest_of_the_lane_is_spent() {
        let budget = Budget::new(30, 5000);
        let kept = budget.kept_for_hints();
        let mut log = CallLog::default();
        for place in 0..10 {
            assert!(log.shared_free_ms(budget, kept) <= place * 4000);
            log.add(place * 4000, Lane::Shared, budget);
        }
        assert_eq!(log.shared_free_ms(budget, kept), 60_000);
        for _ in 0..kept {
            assert_eq!(log.hint_free_ms(budget), 0);
            log.add(40_000, Lane::Hint, budget);
        }
        assert_eq!(log.hint_free_ms(budget), 60_000);
        // No more than that, and half of the lane is left.
        let mut log = CallLog::default();
        (0..7).for_each(|_| log.add(1000, Lane::Hint, budget));
        assert_eq!(log.hint_free_ms(budget), 61_000);
        assert_eq!(log.shared_free_ms(budget, kept), 0);
    }

    #[test]
    fn with_a_faster_pace_the_minute_is_shorter_in_proportion() {
        let budget = Budget::new(30, 10);
        assert_eq!((budget.window_ms(), budget.fast_gap_ms()), (120, 9));
        assert_eq!(
            Budget::new(240, 5000).idle_gap_ms(0),
            1000,
            "at most five in a pace"
        );
    }

    #[test]
    fn a_lane_is_free_again_when_its_oldest_call_has_left_the_window() {
        let budget = Budget::new(6, 5000);
        let mut log = CallLog::default();
        assert_eq!(log.shared_free_ms(budget, 0), 0);
        log.add(1000, Lane::Shared, budget);
        log.add(20_000, Lane::Shared, budget);
        assert_eq!(log.shared_free_ms(budget, 0), 61_000);
        assert_eq!(log.fast_free_ms(budget), 0);
        // The cashier's own polls are counted: the fifth from the end was at 24 995, and one call is left for them.
        for at_ms in 21_000..25_000 {
            log.add(at_ms, Lane::Cashier, budget);
        }
        assert_eq!(log.fast_free_ms(budget), 84_995);
        assert_eq!(log.cashier_free_ms(budget), 84_994);
    }
}
