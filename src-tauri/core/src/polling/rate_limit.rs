//! How many questions the gateway is asked in a minute, all invoices together, and what of it is
//! whose. Pure: what was spent is a value, times come in.

use std::collections::VecDeque;

use super::interval::PUBLISHED_PACE_MS;

/// The share of the budget that is left to the cashier's own questions: one part in so many.
const CASHIERS_PART: u32 = 10;
/// The shared lane may spend a quarter of itself within a fifth of the window: a wake or a network
/// that returns is asked about at once, and what happens next does not wait for a minute.
const BURST_PART: u32 = 4;
const BURSTS_IN_WINDOW: u64 = 5;

/// At most so many calls in any minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    calls: u32,
    pace_ms: u64,
}

impl Budget {
    /// The fewest calls a minute that can be set: fewer would leave most invoices to luck.
    pub const FEWEST: u16 = 6;
    /// The most: comparable gateways have quotas near 200 (gateway.md, *How comparable gateways behave*).
    pub const MOST: u16 = 240;

    /// `calls_per_minute` where the pace of an invoice on screen is the published one. Where it is
    /// another (`pace_ms`; on one's own machine alone), the minute shrinks or grows in proportion.
    pub fn new(calls_per_minute: u16, pace_ms: u64) -> Self {
        Self {
            calls: calls_per_minute.clamp(Self::FEWEST, Self::MOST).into(),
            pace_ms: pace_ms.max(1),
        }
    }

    /// The pace of an invoice on screen, milliseconds.
    pub fn pace_ms(self) -> u64 {
        self.pace_ms
    }

    /// The calls in any window.
    pub fn calls(self) -> u32 {
        self.calls
    }

    /// The window, milliseconds: a minute at the published pace.
    pub fn window_ms(self) -> u64 {
        self.pace_ms.saturating_mul(60_000 / PUBLISHED_PACE_MS)
    }

    /// Left to the cashier, whose questions never wait.
    pub fn cashiers(self) -> u32 {
        self.calls / CASHIERS_PART
    }

    /// The lane of the invoice on screen: enough for its pace, yet two thirds at most.
    pub fn fast(self) -> u32 {
        let enough = self.window_ms().div_ceil(self.shortest_gap_ms());
        let most = (self.calls - self.cashiers()) * 2 / 3;
        u32::try_from(enough).map_or(most, |enough| enough.min(most))
    }

    /// The lane that all share.
    pub fn shared(self) -> u32 {
        self.calls - self.cashiers() - self.fast()
    }

    /// Calls of the fast lane stand so far apart, milliseconds: whoever comes on screen finds it free
    /// within this.
    pub fn fast_gap_ms(self) -> u64 {
        let even = self.window_ms().div_ceil(u64::from(self.fast()));
        even.max(self.shortest_gap_ms())
    }

    fn shortest_gap_ms(self) -> u64 {
        (self.pace_ms - self.pace_ms / 10).max(1)
    }
}

/// What a call is paid from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Kept for the invoice on screen, lent out while there is none.
    Fast,
    /// Everyone's.
    Shared,
    /// A question of the cashier's own: it is counted, and waits for nothing.
    Cashier,
}

/// The calls of the last window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CallLog {
    /// Oldest first: when, milliseconds on the forward clock.
    calls: VecDeque<(u64, Lane)>,
}

impl CallLog {
    /// One more call; those that no window holds any more are forgotten.
    pub(super) fn add(&mut self, now_ms: u64, lane: Lane, budget: Budget) {
        let window_ms = budget.window_ms();
        let past = |at_ms: &u64| at_ms.saturating_add(window_ms) <= now_ms;
        while self.calls.front().is_some_and(|(at_ms, _)| past(at_ms)) {
            self.calls.pop_front();
        }
        self.calls.push_back((now_ms, lane));
    }

    /// When the fast lane has room, milliseconds on the forward clock; perhaps long ago.
    pub(super) fn fast_free_ms(&self, budget: Budget) -> u64 {
        let gap = self.free_ms(1, budget.fast_gap_ms(), |lane| lane == Lane::Fast);
        gap.max(self.free_ms(budget.calls(), budget.window_ms(), |_| true))
    }

    /// When the shared lane has room.
    pub(super) fn shared_free_ms(&self, budget: Budget) -> u64 {
        let shared = |lane| lane == Lane::Shared;
        let burst = budget.shared().div_ceil(BURST_PART);
        let burst_window_ms = budget.window_ms().div_ceil(BURSTS_IN_WINDOW);
        // A cashier who asks more than is left to cashiers spends what is shared first.
        let not_fast = budget.calls() - budget.fast();
        [
            self.free_ms(burst, burst_window_ms, shared),
            self.free_ms(budget.shared(), budget.window_ms(), shared),
            self.free_ms(not_fast, budget.window_ms(), |lane| lane != Lane::Fast),
        ]
        .into_iter()
        .fold(0, u64::max)
    }

    /// When there are fewer than `most` calls of these lanes in a window of this length.
    fn free_ms(&self, most: u32, window_ms: u64, counts: impl Fn(Lane) -> bool) -> u64 {
        let in_the_way = self
            .calls
            .iter()
            .rev()
            .filter(|(_, lane)| counts(*lane))
            .nth(usize::try_from(most.saturating_sub(1)).unwrap_or(usize::MAX));
        in_the_way.map_or(0, |(at_ms, _)| at_ms.saturating_add(window_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_calls_a_minute_are_three_fourteen_and_thirteen() {
        let budget = Budget::new(30, 5000);
        assert_eq!(budget.window_ms(), 60_000);
        let parts = (budget.cashiers(), budget.fast(), budget.shared());
        assert_eq!(parts, (3, 14, 13));
        assert_eq!(budget.fast_gap_ms(), 4500);
    }

    #[test]
    fn the_smallest_budget_has_something_for_all() {
        let budget = Budget::new(0, 5000);
        assert_eq!((budget.calls(), budget.fast(), budget.shared()), (6, 4, 2));
        assert_eq!(budget.fast_gap_ms(), 15_000);
    }

    #[test]
    fn on_ones_own_machine_the_minute_is_as_much_shorter_as_the_pace() {
        let budget = Budget::new(30, 10);
        assert_eq!((budget.window_ms(), budget.fast_gap_ms()), (120, 9));
    }

    #[test]
    fn a_lane_is_free_again_when_its_oldest_call_has_left_the_window() {
        let budget = Budget::new(6, 5000);
        let mut spent = CallLog::default();
        assert_eq!(spent.shared_free_ms(budget), 0);
        spent.add(1000, Lane::Shared, budget);
        spent.add(20_000, Lane::Shared, budget);
        assert_eq!(spent.shared_free_ms(budget), 61_000);
        assert_eq!(spent.fast_free_ms(budget), 0);
        // The cashier's own questions are counted: the sixth before the last was at 24 994.
        for at_ms in 21_000..25_000 {
            spent.add(at_ms, Lane::Cashier, budget);
        }
        assert_eq!(spent.fast_free_ms(budget), 84_994);
    }
}
