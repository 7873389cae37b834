//! Who is asked about now, of all the open invoices: one budget, shared fairly. Pure: clocks, invoices
//! and what was heard come in as values, and so does chance. docs/pace.md tells the rule in words.

use std::collections::{HashMap, HashSet};

use super::AttemptKey;
use super::interval::{LastPoll, PollDue, PollHistory, Visibility, poll_due};
use super::rate_limit::{Budget, CallLog, Lane};
use crate::clock::UnixMs;
use crate::gateway::InfoError;
use crate::ids::SaleNumber;
use crate::journal::{PollStage, WatchedInvoice};

/// The day's clock ran this much ahead of the forward clock: the machine slept.
const SLEPT_MS: i64 = 10_000;
/// The gateway's wish to be asked later is kept up to this. Invoices live a quarter of an hour; a till
/// that is silent for longer would not hear of a single one of them. A gateway that means it says so
/// again at the next question.
pub(super) const LONGEST_WISH_MS: u64 = 10 * 60 * 1000;
/// Wishes without a length are doubled up to this.
const LONGEST_PAUSE_MS: u64 = 60 * 1000;
const MOST_DOUBLINGS: u32 = 4;
/// So many failures in a row are the network's, not an invoice's: once it is back, all are asked about.
const NETWORK_GONE_AFTER: u32 = 2;
/// In a crowd an invoice's lateness is measured by its own wait, but by no longer one than this many
/// paces: an hourly one must not be late by hours.
const LONGEST_MEASURE_PACES: u64 = 12;

/// What came of a question.
#[derive(Debug, Clone, Copy)]
pub enum PollFeedback<'a> {
    /// The gateway answered, and it is written down.
    Answered {
        /// The customer has picked a coin.
        chosen: bool,
    },
    /// It did not.
    NoAnswer(&'a InfoError),
    /// It did, but the journal did not take it.
    NotWritten,
}

/// Whom to ask about now, and when to look again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollPlan {
    /// In this order; paid from these lanes.
    pub ask_now: Vec<(AttemptKey, Lane)>,
    /// The earliest time at which there may be something more to ask, milliseconds on the forward
    /// clock; `u64::MAX` when nothing that is known now will ever be due.
    pub next_ms: u64,
}

/// What the asking so far was. `now_ms` is everywhere a clock that only goes forward, in milliseconds;
/// `now` is the day's clock, which may be stepped either way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PollScheduler {
    histories: HashMap<AttemptKey, PollHistory>,
    spent: CallLog,
    /// The gateway itself asked for a pause until then.
    paused_until_ms: u64,
    /// Such wishes since the last answer.
    pauses: u32,
    /// Questions in a row, about whatever invoice, that the network swallowed.
    lost_in_a_row: u32,
    /// Questions that the shared lane was given to.
    turns: u64,
    last_look: Option<(UnixMs, u64)>,
}

/// An invoice that wants to be asked about.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    key: AttemptKey,
    wish: PollDue,
    requested_at: UnixMs,
    /// Its money may still come; else it has, and only its settlement is watched.
    awaited: bool,
}

impl PollScheduler {
    /// Meets new invoices, forgets those no longer watched, and notices a sleep: after one everything
    /// is due, because the forward clock stood still while the customers did not.
    pub fn tick(&mut self, now: UnixMs, now_ms: u64, watched: &[WatchedInvoice]) {
        if let Some((then, then_ms)) = self.last_look.replace((now, now_ms)) {
            let forward_ms = i64::try_from(now_ms.saturating_sub(then_ms)).unwrap_or(i64::MAX);
            let ahead_ms = now.0.saturating_sub(then.0).saturating_sub(forward_ms);
            if ahead_ms > SLEPT_MS {
                // The gateway's wishes and the budget stay: a stepped clock looks like a sleep.
                for history in self.histories.values_mut() {
                    history.make_due(now_ms);
                }
            }
        }
        let open: HashSet<_> = watched.iter().map(WatchedInvoice::key).collect();
        self.histories.retain(|key, _| open.contains(key));
        for key in open {
            let new = || PollHistory::new(now_ms);
            self.histories.entry(key).or_insert_with(new);
        }
    }

    /// Whom to ask about now. `on_screen` is the sale that the cashier sees; `watched` leaves out what
    /// is being asked about at this moment.
    pub fn plan(
        &self,
        now: UnixMs,
        now_ms: u64,
        watched: &[WatchedInvoice],
        on_screen: Option<SaleNumber>,
        budget: Budget,
    ) -> PollPlan {
        let front = in_front(watched, on_screen);
        let (mut first, mut others) = (None, Vec::new());
        for attempt in watched {
            let key = attempt.key();
            let place = if Some(key) == front {
                Visibility::OnScreen
            } else {
                Visibility::Background
            };
            let history = self.histories.get(&key).copied();
            let history = history.unwrap_or_else(|| PollHistory::new(now_ms));
            let Some(wish) = poll_due(attempt, &history, place, now, now_ms, budget.pace_ms())
            else {
                continue;
            };
            let claim = Candidate {
                key,
                wish,
                requested_at: attempt.requested_at,
                awaited: attempt.stage != PollStage::Paid,
            };
            match place {
                Visibility::OnScreen => first = Some(claim),
                Visibility::Background => others.push(claim),
            }
        }
        let mut round = Round {
            now_ms,
            budget,
            first,
            others,
            spent: self.spent.clone(),
            turns: self.turns,
        };
        let mut ask_now = Vec::new();
        if self.paused_until_ms <= now_ms {
            while let Some((key, lane)) = round.next() {
                round.spent.add(now_ms, lane, budget);
                ask_now.push((key, lane));
            }
        }
        let next_ms = round.next_ms().max(self.paused_until_ms);
        PollPlan { ask_now, next_ms }
    }

    /// A question is sent. `jitter_percent` (0 to 100) is drawn by chance.
    pub fn asked(
        &mut self,
        key: AttemptKey,
        lane: Lane,
        now_ms: u64,
        jitter_percent: u64,
        budget: Budget,
    ) {
        self.spent.add(now_ms, lane, budget);
        self.turns = self.turns.wrapping_add(u64::from(lane == Lane::Shared));
        let history = self.history(key, now_ms);
        history.due_since_ms = None;
        history.asked = Some(LastPoll {
            at_ms: now_ms,
            jitter_percent,
        });
    }

    /// What came of it.
    pub fn heard(
        &mut self,
        key: AttemptKey,
        heard: PollFeedback<'_>,
        now_ms: u64,
        jitter_percent: u64,
        budget: Budget,
    ) {
        let history = self.history(key, now_ms);
        match heard {
            PollFeedback::Answered { chosen } => {
                history.failures = 0;
                if chosen {
                    history.chosen_ms.get_or_insert(now_ms);
                }
                self.pauses = 0;
                self.network_answers(now_ms);
            }
            PollFeedback::NotWritten => history.failed(now_ms, jitter_percent),
            // The key's fault, not the invoice's. Nobody asks until there is another; then all is due.
            PollFeedback::NoAnswer(InfoError::KeyRefused { .. }) => history.make_due(now_ms),
            PollFeedback::NoAnswer(error) => {
                history.failed(now_ms, jitter_percent);
                if let Some(wish_s) = error.retry_after_s() {
                    let wish_ms = wish_s.saturating_mul(1000).min(LONGEST_WISH_MS);
                    history.not_before_ms = now_ms.saturating_add(wish_ms);
                }
                match error {
                    InfoError::Answered { status: 429, .. } => {
                        self.paused(error.retry_after_s(), now_ms, budget);
                    }
                    InfoError::Answered { status, .. } if *status < 500 => {
                        self.network_answers(now_ms);
                    }
                    _ => self.lost_in_a_row = self.lost_in_a_row.saturating_add(1),
                }
            }
        }
    }

    /// The gateway asks to slow down, whatever it was asked (HTTP 429): nothing but the cashier's own
    /// questions is asked for so long, and for a pace, doubled each time, when it named no time.
    pub fn paused(&mut self, wish_s: Option<u64>, now_ms: u64, budget: Budget) {
        let doubled_ms = budget
            .pace_ms()
            .saturating_mul(1 << self.pauses.min(MOST_DOUBLINGS));
        let pause_ms = match wish_s {
            Some(wish_s) => wish_s.saturating_mul(1000).min(LONGEST_WISH_MS),
            None => doubled_ms.min(LONGEST_PAUSE_MS),
        };
        self.pauses = self.pauses.saturating_add(1);
        let until_ms = now_ms.saturating_add(pause_ms);
        self.paused_until_ms = self.paused_until_ms.max(until_ms);
    }

    /// The network is back, if it was gone: all that had failed is due at once.
    fn network_answers(&mut self, now_ms: u64) {
        if std::mem::take(&mut self.lost_in_a_row) < NETWORK_GONE_AFTER {
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
    /// The wait after a failure counts from here: a call that hung for a quarter of a minute has not
    /// waited meanwhile.
    fn failed(&mut self, now_ms: u64, jitter_percent: u64) {
        self.failures = self.failures.saturating_add(1);
        self.asked = Some(LastPoll {
            at_ms: now_ms,
            jitter_percent,
        });
    }
}

/// The invoice that the cashier sees: the newest open one of the sale on screen.
fn in_front(watched: &[WatchedInvoice], on_screen: Option<SaleNumber>) -> Option<AttemptKey> {
    watched
        .iter()
        .filter(|attempt| Some(attempt.number) == on_screen && attempt.stage == PollStage::Open)
        .max_by_key(|attempt| attempt.attempt)
        .map(WatchedInvoice::key)
}

/// A round in the making.
struct Round {
    now_ms: u64,
    budget: Budget,
    first: Option<Candidate>,
    others: Vec<Candidate>,
    spent: CallLog,
    turns: u64,
}

impl Round {
    /// The next to be asked about, taken from those that claim to be.
    fn next(&mut self) -> Option<(AttemptKey, Lane)> {
        let (now_ms, budget) = (self.now_ms, self.budget);
        let fast = self.spent.fast_free_ms(budget) <= now_ms;
        let shared = self.spent.shared_free_ms(budget) <= now_ms;
        // Turn about, the shared lane belongs to the one that is due longest, so that none starves,
        // and to the one that is latest by its own measure, so that a customer who pays is heard of.
        // One turn of eight is for settlements: they may be many, and nobody waits for them.
        let longest_due = match self.turns % 8 {
            7 => self.longest_due(false),
            turn if turn % 2 == 0 => self.longest_due(true),
            _ => None,
        };
        if fast || (shared && longest_due.is_none()) {
            let due = |claim: &mut Candidate| claim.wish.due_ms <= now_ms;
            if let Some(claim) = self.first.take_if(due) {
                let lane = if fast { Lane::Fast } else { Lane::Shared };
                self.turns = self.turns.wrapping_add(u64::from(lane == Lane::Shared));
                return Some((claim.key, lane));
            }
        }
        if shared {
            let place = longest_due.or_else(|| self.latest())?;
            self.turns = self.turns.wrapping_add(1);
            return Some((self.others.swap_remove(place).key, Lane::Shared));
        }
        if fast && self.may_lend() {
            let place = self.latest()?;
            return Some((self.others.swap_remove(place).key, Lane::Fast));
        }
        None
    }

    /// The fast lane is lent as long as it is back before the invoice on screen wants it.
    fn may_lend(&self) -> bool {
        let back_ms = self.now_ms.saturating_add(self.budget.fast_gap_ms());
        self.first.is_none_or(|claim| claim.wish.due_ms >= back_ms)
    }

    fn longest_due(&self, awaited: bool) -> Option<usize> {
        self.due()
            .filter(|(_, claim)| claim.awaited == awaited)
            .min_by_key(|(_, claim)| (claim.wish.due_ms, claim.requested_at))
            .map(|(place, _)| place)
    }

    fn latest(&self) -> Option<usize> {
        let longest_ms = self.budget.pace_ms().saturating_mul(LONGEST_MEASURE_PACES);
        let lateness = |claim: &Candidate| {
            let late_ms = self.now_ms.saturating_sub(claim.wish.due_ms);
            late_ms.saturating_mul(1000) / claim.wish.wait_ms.clamp(1, longest_ms)
        };
        self.due()
            // Equally late: whose customer is nearer, then who came last.
            .max_by_key(|(_, claim)| {
                let nearer = std::cmp::Reverse(claim.wish.wait_ms);
                let late = (lateness(claim), nearer, claim.requested_at);
                (claim.awaited, late)
            })
            .map(|(place, _)| place)
    }

    fn due(&self) -> impl Iterator<Item = (usize, &Candidate)> {
        let due = |claim: &Candidate| claim.wish.due_ms <= self.now_ms;
        let others = self.others.iter().enumerate();
        others.filter(move |(_, claim)| due(claim))
    }

    /// When the first of those left may be asked about.
    fn next_ms(&self) -> u64 {
        let fast_ms = self.spent.fast_free_ms(self.budget);
        let shared_ms = self.spent.shared_free_ms(self.budget);
        let either_ms = fast_ms.min(shared_ms);
        let first_ms = self.first.map(|claim| claim.wish.due_ms.max(either_ms));
        let lane_ms = if self.may_lend() {
            either_ms
        } else {
            shared_ms
        };
        let others = self.others.iter();
        let others_ms = others.map(|claim| claim.wish.due_ms.max(lane_ms)).min();
        let known = first_ms.into_iter().chain(others_ms).min();
        known.unwrap_or(u64::MAX)
    }
}
