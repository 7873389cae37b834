//! Which of all watched invoices are polled now. Pure; docs/polling.md tells the rule in words.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::AttemptKey;
use super::interval::{
    LastPoll, PollDue, PollHistory, Refusal, Visibility, hint_due_ms, is_paying, poll_due,
};
use super::learned_pace::LearnedPace;
use super::rate_limit::{Budget, CallLog, Lane};
use crate::breaks::{self, Break};
use crate::clock::UnixMs;
use crate::gateway::InfoError;
use crate::ids::SaleNumber;
use crate::journal::{PollStage, WatchedInvoice};

/// When the day's clock runs ahead of the forward clock by more than this, the machine has slept.
const SLEPT_MS: i64 = 10_000;
/// The longest `Retry-After` that is obeyed. Invoices live a quarter of an hour, so a till that pauses for longer
/// would hear of none of them; a gateway that means it asks again at the next poll.
pub(super) const MAX_RETRY_AFTER_MS: u64 = 10 * 60 * 1000;
/// The longest pause after an HTTP 429 without `Retry-After`.
const MAX_PAUSE_MS: u64 = 60 * 1000;
const MAX_DOUBLINGS: u32 = 4;
/// After this many unanswered polls in a row the network was gone; once it is back, all invoices are due.
const NETWORK_GONE_AFTER: u32 = 2;
/// Among many due invoices, lateness is measured by each one's wait, but by no longer one than this many paces:
/// an hourly poll must not be late by hours.
const MAX_MEASURE_PACES: u64 = 12;
/// One in this many calls of the shared lane is for settlements.
const SETTLEMENT_TURN: u64 = 8;

/// What came of a poll.
#[derive(Debug, Clone, Copy)]
pub enum PollFeedback<'a> {
    /// The gateway answered, and what is new is in the journal.
    Answered {
        /// Whether the customer has picked a coin.
        coin_chosen: bool,
        /// Whether it contradicts the payment, so that the next poll must not wait for the settlement's turn.
        in_doubt: bool,
    },
    /// The gateway did not answer.
    NoAnswer(&'a InfoError),
    /// The gateway answered, but the journal could not be written.
    NotWritten,
}

/// Which invoices to poll now, and when to plan again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollPlan {
    /// The invoices to poll, in this order, and the lane that each call is taken from.
    pub poll_now: Vec<(AttemptKey, Lane)>,
    /// The earliest time at which there may be more to poll, milliseconds on the forward clock; `u64::MAX` when
    /// nothing that is known now will become due.
    pub next_ms: u64,
}

/// Remembers the polls so far and plans the next ones. `now_ms` is always the forward clock, `now` the day's
/// clock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PollScheduler {
    histories: HashMap<AttemptKey, PollHistory>,
    calls: CallLog,
    /// The gateway asked for a pause of all polling until then.
    paused_until_ms: u64,
    /// Such pauses since the last answer.
    pauses_in_a_row: u32,
    /// How many calls a minute the gateway stands, by its requests to slow down.
    learned: LearnedPace,
    /// Polls in a row, of whatever invoice, that the network did not deliver.
    undelivered_in_a_row: u32,
    /// Calls of the shared lane so far; they decide whose turn the next one is.
    shared_turns: u64,
    /// The till hears the office's hints: calls are kept for them.
    hears_hints: bool,
    /// Both clocks at the last tick.
    last_tick: Option<(UnixMs, u64)>,
}

impl PollScheduler {
    /// A scheduler that knows when the programs before it called the gateway, milliseconds on the forward clock.
    pub fn with_spent_calls(at_ms: Vec<u64>) -> Self {
        Self {
            calls: CallLog::of_others(at_ms),
            ..Self::default()
        }
    }

    /// Adds invoices that are new, drops those no longer watched, and notices a sleep: after one all invoices are
    /// due, because the forward clock stood still while customers paid. To be called before each plan.
    pub fn tick(&mut self, now: UnixMs, now_ms: u64, watched: &[WatchedInvoice]) {
        if let Some((then, then_ms)) = self.last_tick.replace((now, now_ms)) {
            let forward_ms = i64::try_from(now_ms.saturating_sub(then_ms)).unwrap_or(i64::MAX);
            let ahead_ms = now.0.saturating_sub(then.0).saturating_sub(forward_ms);
            if ahead_ms > SLEPT_MS {
                // Pauses and the budget stay as they are, because a clock that was set looks like a sleep.
                for history in self.histories.values_mut() {
                    history.make_due(now_ms);
                }
            }
        }
        let keys: HashSet<_> = watched.iter().map(WatchedInvoice::key).collect();
        self.histories.retain(|key, _| keys.contains(key));
        for key in keys {
            self.history(key, now_ms);
        }
    }

    /// Whether the till hears the office's hints now. While it does, a part of the budget is kept for them.
    pub fn set_hears_hints(&mut self, hears_hints: bool) {
        self.hears_hints = hears_hints;
    }

    /// The office hints at a watched invoice: it is polled as soon as there is room in the part of the budget that hints
    /// have, and never so often that the others starve. What is paid, the poll says.
    pub fn hint(&mut self, key: AttemptKey, now_ms: u64) {
        self.history(key, now_ms).hinted_ms.get_or_insert(now_ms);
    }

    /// The invoices to poll now. `on_screen` is the sale that the cashier sees; `in_flight` says which invoices are
    /// being polled at this moment, and need no second poll.
    pub fn plan(
        &self,
        now: UnixMs,
        now_ms: u64,
        watched: &[WatchedInvoice],
        in_flight: impl Fn(AttemptKey) -> bool,
        on_screen: Option<SaleNumber>,
        budget: Budget,
    ) -> PollPlan {
        let budget = self.learned.budget(budget, now_ms);
        let kept = match self.hears_hints {
            true => budget.kept_for_hints(),
            false => 0,
        };
        let on_screen = invoice_on_screen(watched, on_screen);
        let history_on_screen = on_screen.and_then(|key| self.histories.get(&key));
        let pays_on_screen =
            history_on_screen.is_some_and(|history| is_paying(history, now_ms, budget.pace_ms()));
        let aside = match pays_on_screen {
            true => Visibility::BehindPayer,
            false => Visibility::Background,
        };
        let candidate = |invoice: &WatchedInvoice, visibility, others| {
            let key = invoice.key();
            if breaks::is(Break::OnlyOnScreenPolled) && Some(key) != on_screen {
                return None;
            }
            let history = self.histories.get(&key).copied();
            let history = history.unwrap_or_else(|| PollHistory::new(now_ms));
            let due = poll_due(invoice, &history, visibility, now, now_ms, (budget, others))?;
            Some(Candidate {
                key,
                due,
                hint_due_ms: hint_due_ms(invoice, &history, budget.pace_ms()),
                requested_at: invoice.requested_at,
                unpaid: invoice.stage != PollStage::Paid,
            })
        };
        let is_on_screen = |invoice: &&WatchedInvoice| Some(invoice.key()) == on_screen;
        let others: Vec<_> = watched
            .iter()
            .filter(|invoice| !is_on_screen(invoice))
            .filter_map(|invoice| candidate(invoice, aside, 0))
            .collect();
        let needs = others
            .iter()
            .map(|other| budget.window_ms() * 1000 / other.due.wait_ms);
        let needed = needs.sum::<u64>().div_ceil(1000) + u64::from(kept);
        let shown = watched.iter().find(is_on_screen);
        let shown = shown.and_then(|invoice| candidate(invoice, Visibility::OnScreen, needed));
        let is_idle = |candidate: &Candidate| !in_flight(candidate.key);
        let mut planner = Planner {
            now_ms,
            budget,
            kept,
            shows_open: on_screen.is_some(),
            on_screen: shown.filter(is_idle),
            others: others.into_iter().filter(is_idle).collect(),
            calls: self.calls.clone(),
            shared_turns: self.shared_turns,
        };
        let mut poll_now = Vec::new();
        if self.paused_until_ms <= now_ms {
            while let Some((key, lane)) = planner.take_next() {
                planner.calls.add(now_ms, lane, budget);
                planner.shared_turns = shared_turns_after(planner.shared_turns, lane);
                poll_now.push((key, lane));
            }
        }
        let next_ms = planner.next_due_ms().max(self.paused_until_ms);
        PollPlan { poll_now, next_ms }
    }

    /// A poll is being sent. `jitter_percent`, 0 to 100, is drawn at random.
    pub fn record_sent(
        &mut self,
        key: AttemptKey,
        lane: Lane,
        now_ms: u64,
        jitter_percent: u64,
        budget: Budget,
    ) {
        self.record_call(lane, now_ms, budget);
        let history = self.history(key, now_ms);
        history.due_since_ms = None;
        history.hinted_ms = None;
        history.hints_in_vain += u32::from(lane == Lane::Hint);
        history.last_poll = Some(LastPoll {
            at_ms: now_ms,
            jitter_percent,
        });
    }

    /// A call is being sent, about an invoice or for a new one.
    pub fn record_call(&mut self, lane: Lane, now_ms: u64, budget: Budget) {
        self.calls.add(now_ms, lane, budget);
        self.shared_turns = shared_turns_after(self.shared_turns, lane);
    }

    /// When a new invoice or the cashier's own poll has room in the budget, milliseconds on the forward clock; this
    /// may be in the past.
    pub fn cashier_free_ms(&self, budget: Budget) -> u64 {
        self.calls.cashier_free_ms(budget)
    }

    /// A poll has ended. `jitter_percent`, 0 to 100, is drawn at random.
    pub fn record_feedback(
        &mut self,
        key: AttemptKey,
        feedback: PollFeedback<'_>,
        now_ms: u64,
        jitter_percent: u64,
        budget: Budget,
    ) {
        // Before this answer is noted: whether all were refused tells whether the key was.
        if let PollFeedback::Answered { .. } = feedback {
            self.note_key_accepted(now_ms);
        }
        let history = self.history(key, now_ms);
        let sent_ms = history.last_poll.map_or(now_ms, |last| last.at_ms);
        match feedback {
            PollFeedback::Answered {
                coin_chosen,
                in_doubt,
            } => {
                history.failures = 0;
                history.in_doubt = in_doubt;
                history.refusal = Refusal::None;
                if coin_chosen && history.coin_chosen_ms.is_none() {
                    history.coin_chosen_ms = Some(now_ms);
                    history.hints_in_vain = 0;
                }
                self.pauses_in_a_row = 0;
                let calls = self.calls.count_before(sent_ms, budget);
                self.learned.answered(calls, now_ms, budget);
                self.network_delivered(now_ms);
            }
            PollFeedback::NotWritten => history.record_failure(now_ms, jitter_percent),
            // The key may be at fault, or this invoice alone.
            PollFeedback::NoAnswer(InfoError::KeyRefused { .. }) => {
                history.record_failure(now_ms, jitter_percent);
                history.failures = 0;
                if history.refusal == Refusal::None {
                    history.refusal = Refusal::Unexplained;
                }
            }
            PollFeedback::NoAnswer(error) => {
                history.record_failure(now_ms, jitter_percent);
                if let Some(seconds) = error.retry_after_s() {
                    history.not_before_ms = now_ms.saturating_add(retry_after_ms(seconds));
                }
                let is_refusal = matches!(error, InfoError::Answered { status: 429, .. });
                if is_refusal || error.retry_after_s().is_some() {
                    self.learn(sent_ms, now_ms, budget);
                }
                match error {
                    InfoError::Answered { status: 429, .. } => {
                        self.pause(error.retry_after_s(), now_ms, budget);
                    }

                    InfoError::Answered { status, .. } if *status < 500 => {
                        self.note_key_accepted(now_ms);
                        self.network_delivered(now_ms);
                    }
                    _ => self.undelivered_in_a_row = self.undelivered_in_a_row.saturating_add(1),
                }
            }
        }
    }

    /// The gateway accepted the key. If it had refused everything, it accepts the key again, and what was refused is due
    /// at once; otherwise it refused because of the invoice.
    pub fn note_key_accepted(&mut self, now_ms: u64) {
        let accepts_again = self.key_is_refused();
        for history in self.histories.values_mut() {
            if history.refusal != Refusal::Unexplained {
                continue;
            }
            if accepts_again {
                history.refusal = Refusal::None;
                history.make_due(now_ms);
            } else {
                history.refusal = Refusal::OfThisInvoice;
            }
        }
    }

    /// There is another key: every invoice that was refused is due again.
    pub fn forget_refusals(&mut self, now_ms: u64) {
        for history in self.histories.values_mut() {
            history.refusal = Refusal::None;
            history.make_due(now_ms);
        }
    }

    /// Whether the key itself is refused: every invoice that was polled since it was last accepted is refused
    /// (docs/gateway.md, row *401 / 403*).
    pub fn key_is_refused(&self) -> bool {
        let refusals = self.histories.values().map(|history| history.refusal);
        if breaks::is(Break::RefusedStopsAll) && refusals.clone().any(|it| it != Refusal::None) {
            return true;
        }
        let mut unexplained = refusals
            .filter(|refusal| *refusal != Refusal::OfThisInvoice)
            .peekable();
        unexplained.peek().is_some() && unexplained.all(|refusal| refusal == Refusal::Unexplained)
    }

    /// Whether an invoice was polled at least once.
    pub fn has_polled(&self, key: AttemptKey) -> bool {
        let history = self.histories.get(&key);
        history.is_some_and(|history| history.last_poll.is_some())
    }

    /// Whether the gateway answers with this key, but not about this invoice.
    pub fn is_refused(&self, key: AttemptKey) -> bool {
        let history = self.histories.get(&key);
        history.is_some_and(|history| history.refusal == Refusal::OfThisInvoice)
    }

    /// Pauses all polling but the cashier's own, because the gateway asked to slow down (HTTP 429): for
    /// `retry_after_s` seconds, ten minutes at most; without it for a pace, doubled with each pause in a row up to
    /// a minute.
    fn pause(&mut self, retry_after_s: Option<u64>, now_ms: u64, budget: Budget) {
        let pause_ms = retry_after_s.map_or_else(
            || {
                let doublings = self.pauses_in_a_row.min(MAX_DOUBLINGS);
                budget
                    .pace_ms()
                    .saturating_mul(1 << doublings)
                    .min(MAX_PAUSE_MS)
            },
            retry_after_ms,
        );
        if breaks::is(Break::PauseIgnored) {
            return;
        }
        self.pauses_in_a_row = self.pauses_in_a_row.saturating_add(1);
        let until_ms = now_ms.saturating_add(pause_ms);
        self.paused_until_ms = self.paused_until_ms.max(until_ms);
    }

    /// The gateway asked to slow down at a call that was sent then.
    fn learn(&mut self, sent_ms: u64, now_ms: u64, budget: Budget) {
        let calls = self.calls.count_before(sent_ms, budget);
        self.learned.refused(calls, now_ms, budget);
    }

    /// A request for a new invoice was refused because there were too many calls.
    pub fn create_refused(&mut self, retry_after_s: Option<u64>, now_ms: u64, budget: Budget) {
        self.learn(now_ms, now_ms, budget);
        self.pause(retry_after_s, now_ms, budget);
    }

    /// When the network was gone and is back, all invoices whose polls failed are due at once.
    fn network_delivered(&mut self, now_ms: u64) {
        if std::mem::take(&mut self.undelivered_in_a_row) < NETWORK_GONE_AFTER {
            return;
        }
        for history in self.histories.values_mut() {
            if history.failures > 0 {
                history.make_due(now_ms);
            }
        }
    }

    fn history(&mut self, key: AttemptKey, now_ms: u64) -> &mut PollHistory {
        let new = || PollHistory::new(now_ms);
        self.histories.entry(key).or_insert_with(new)
    }
}

impl PollHistory {
    /// The wait counts from the failure, because a call that hung for a quarter of a minute has not waited
    /// meanwhile.
    fn record_failure(&mut self, now_ms: u64, jitter_percent: u64) {
        self.failures = self.failures.saturating_add(1);
        self.last_poll = Some(LastPoll {
            at_ms: now_ms,
            jitter_percent,
        });
    }
}

fn retry_after_ms(seconds: u64) -> u64 {
    seconds.saturating_mul(1000).min(MAX_RETRY_AFTER_MS)
}

fn shared_turns_after(turns: u64, lane: Lane) -> u64 {
    turns.wrapping_add(u64::from(lane == Lane::Shared))
}

/// The invoice that the cashier sees: the newest open one of the sale on screen.
fn invoice_on_screen(
    watched: &[WatchedInvoice],
    on_screen: Option<SaleNumber>,
) -> Option<AttemptKey> {
    watched
        .iter()
        .filter(|invoice| Some(invoice.number) == on_screen && invoice.stage == PollStage::Open)
        .max_by_key(|invoice| invoice.attempt)
        .map(WatchedInvoice::key)
}

/// An invoice that can be polled.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    key: AttemptKey,
    due: PollDue,
    /// When it is to be polled because the office hinted at it.
    hint_due_ms: Option<u64>,
    requested_at: UnixMs,
    /// Its money may still come; otherwise only its settlement is polled for.
    unpaid: bool,
}

/// A plan in the making: the candidates left, and the calls as they will be.
struct Planner {
    now_ms: u64,
    budget: Budget,
    /// So many calls of the shared lane wait for hints.
    kept: u32,
    /// The cashier sees an open invoice, which may be on its way to be polled.
    shows_open: bool,
    on_screen: Option<Candidate>,
    others: Vec<Candidate>,
    calls: CallLog,
    shared_turns: u64,
}

impl Planner {
    /// Takes out the next invoice to be polled, with the lane that has room for it.
    fn take_next(&mut self) -> Option<(AttemptKey, Lane)> {
        if let Some(key) = self.take_hinted() {
            return Some((key, Lane::Hint));
        }
        let (now_ms, budget) = (self.now_ms, self.budget);
        let fast_is_free = self.calls.fast_free_ms(budget) <= now_ms;
        let shared_is_free = self.calls.shared_free_ms(budget, self.kept) <= now_ms;
        // The shared lane alternates between the invoice that is due longest, so that none starves, and the one
        // that is most overdue by its own wait, so that a paying customer is noticed. One turn in eight is for
        // settlements: there may be many, and nobody waits for them.
        let due_longest = match self.shared_turns % SETTLEMENT_TURN {
            turn if turn == SETTLEMENT_TURN - 1 => self.due_longest(false),
            turn if turn % 2 == 0 => self.due_longest(true),
            _ => None,
        };
        if fast_is_free || (shared_is_free && due_longest.is_none()) {
            let is_due = |candidate: &mut Candidate| candidate.due.due_ms <= now_ms;
            if let Some(candidate) = self.on_screen.take_if(is_due) {
                let lane = if fast_is_free {
                    Lane::Fast
                } else {
                    Lane::Shared
                };
                return Some((candidate.key, lane));
            }
        }
        let other = if shared_is_free {
            let index = due_longest.or_else(|| self.most_overdue());
            index.map(|index| (index, Lane::Shared))
        } else if fast_is_free && self.lends_fast_lane() {
            self.most_overdue().map(|index| (index, Lane::Fast))
        } else {
            None
        };
        match other {
            Some((index, lane)) => Some((self.others.swap_remove(index).key, lane)),
            None => self.take_early(fast_is_free, shared_is_free),
        }
    }

    /// Takes out the invoice on screen if it was hinted at, otherwise the one that was hinted at first.
    fn take_hinted(&mut self) -> Option<AttemptKey> {
        let now_ms = self.now_ms;
        let due_ms = |it: &Candidate| it.hint_due_ms.filter(|at_ms| *at_ms <= now_ms);
        if self.calls.hint_free_ms(self.budget) > now_ms {
            return None;
        }
        if let Some(shown) = self.on_screen.take_if(|it| due_ms(it).is_some()) {
            return Some(shown.key);
        }
        let others = self.others.iter().enumerate();
        let (_, index) = others
            .filter_map(|(index, it)| Some((due_ms(it)?, index)))
            .min()?;
        Some(self.others.swap_remove(index).key)
    }

    /// Spends a call that no due invoice needs on the one on screen; without one, on the invoice that was polled
    /// longest ago for its gap.
    fn take_early(
        &mut self,
        fast_is_free: bool,
        shared_is_free: bool,
    ) -> Option<(AttemptKey, Lane)> {
        if self.calls.lent_free_ms(self.budget, self.kept) > self.now_ms {
            return None;
        }
        let lane = match (fast_is_free, shared_is_free) {
            (true, _) => Lane::Fast,
            (false, true) => Lane::Shared,
            (false, false) => return None,
        };
        let now_ms = self.now_ms;
        let early = |candidate: &Candidate| candidate.due.early_ms.filter(|at_ms| *at_ms <= now_ms);
        if self.shows_open {
            let shown = self.on_screen.take_if(|it| early(it).is_some())?;
            return Some((shown.key, lane));
        }
        let others = self.others.iter().enumerate();
        let (_, index) = others
            .filter_map(|(index, it)| Some((early(it)?, index)))
            .min()?;
        Some((self.others.swap_remove(index).key, lane))
    }

    /// Whether the fast lane is free again before the invoice on screen needs it.
    fn may_lend_fast_lane(&self) -> bool {
        let free_again_ms = self.now_ms.saturating_add(self.budget.fast_gap_ms());
        self.on_screen
            .is_none_or(|candidate| candidate.due.due_ms >= free_again_ms)
    }

    /// The same, and calls are left for hints.
    fn lends_fast_lane(&self) -> bool {
        let lent_free_ms = self.calls.lent_free_ms(self.budget, self.kept);
        self.may_lend_fast_lane() && lent_free_ms <= self.now_ms
    }

    /// Which of the others has been due longest, among the unpaid ones or among those waiting for settlement.
    fn due_longest(&self, unpaid: bool) -> Option<usize> {
        self.due_others()
            .filter(|(_, candidate)| candidate.unpaid == unpaid)
            .min_by_key(|(_, candidate)| (candidate.due.due_ms, candidate.requested_at))
            .map(|(index, _)| index)
    }

    /// Which of the others is most overdue by its own wait. Among equals the one with the shorter wait is polled,
    /// then the newer one; an unpaid one always comes before a settlement.
    fn most_overdue(&self) -> Option<usize> {
        let max_wait_ms = self.budget.pace_ms().saturating_mul(MAX_MEASURE_PACES);
        let overdue = |candidate: &Candidate| {
            let late_ms = self.now_ms.saturating_sub(candidate.due.due_ms);
            late_ms.saturating_mul(1000) / candidate.due.wait_ms.clamp(1, max_wait_ms)
        };
        self.due_others()
            .max_by_key(|(_, candidate)| {
                (
                    candidate.unpaid,
                    overdue(candidate),
                    Reverse(candidate.due.wait_ms),
                    candidate.requested_at,
                )
            })
            .map(|(index, _)| index)
    }

    fn due_others(&self) -> impl Iterator<Item = (usize, &Candidate)> {
        let others = self.others.iter().enumerate();
        others.filter(|(_, candidate)| candidate.due.due_ms <= self.now_ms)
    }

    /// When the first of those left may be polled.
    fn next_due_ms(&self) -> u64 {
        let shared_ms = self.calls.shared_free_ms(self.budget, self.kept);
        let fast_ms = self.calls.fast_free_ms(self.budget);
        let either_ms = fast_ms.min(shared_ms);
        let lent_free_ms = self.calls.lent_free_ms(self.budget, self.kept);
        let others_lane_ms = if self.may_lend_fast_lane() {
            fast_ms.max(lent_free_ms).min(shared_ms)
        } else {
            shared_ms
        };
        let early_free_ms = either_ms.max(lent_free_ms);
        let early_ms = |it: &Candidate| it.due.early_ms.unwrap_or(u64::MAX).max(early_free_ms);
        let hint_free_ms = self.calls.hint_free_ms(self.budget);
        let all = self.on_screen.iter().chain(&self.others);
        let hinted = all.filter_map(|it| Some(it.hint_due_ms?.max(hint_free_ms)));
        let waiting = match self.shows_open {
            true => self.on_screen.as_slice(),
            false => &self.others,
        };
        let early = waiting.iter().map(early_ms);
        let on_screen = self.on_screen.iter().map(|it| it.due.due_ms.max(either_ms));
        let others = self
            .others
            .iter()
            .map(|it| it.due.due_ms.max(others_lane_ms));
        on_screen
            .chain(others)
            .chain(early)
            .chain(hinted)
            .min()
            .unwrap_or(u64::MAX)
    }
}
