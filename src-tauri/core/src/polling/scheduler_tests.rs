//! The scheduler's promises, whatever happens: never over the budget, no invoice starves, none is given up. The
//! tests move both clocks by hand.

use proptest::prelude::*;

use super::scheduler::MAX_RETRY_AFTER_MS;
use super::{AttemptKey, Budget, Lane, PollFeedback, PollScheduler};
use crate::clock::UnixMs;
use crate::gateway::InfoError;
use crate::ids::{AttemptNumber, InvoiceId, SaleId, SaleNumber};
use crate::journal::{PollStage, WatchedInvoice};

const PACE_MS: u64 = 5000;
/// One of thirty calls a minute.
const TURN_MS: u64 = 60_000 / 30;
const MINUTE_MS: u64 = 60_000;
const SLOW_ANSWER_MS: u64 = 15_000;
/// The longest wait of an open invoice, with its jitter.
const LONGEST_WAIT_MS: u64 = 66_000;
/// A cashier does not type amounts faster.
const CREATES_APART_MS: u64 = 3000;
/// A new invoice is sent after this, room or not.
const MAX_ROOM_WAIT_MS: u64 = 5000;

/// What will come of a poll that is on its way.
#[derive(Debug, Clone, PartialEq)]
enum Reply {
    Answered { coin_chosen: bool },
    NotWritten,
    Fails(InfoError),
}

/// Something that happens to a till.
#[derive(Debug, Clone)]
enum Step {
    Wait { ms: u64 },
    Show { place: Option<usize> },
    CashierPolls { place: usize },
    ClockStepped { ms: i64 },
    Slept { ms: i64 },
    Hinted { place: usize },
    HearsHints { hears: bool },
    Restarted,
    Opened,
    Ended { place: usize },
}

/// A simulated till: its clocks, its invoices, its polls.
struct SimulatedTill {
    scheduler: PollScheduler,
    budget: Budget,
    now_ms: u64,
    day_ms: i64,
    watched: Vec<WatchedInvoice>,
    on_screen: Option<SaleNumber>,
    /// Polls on their way: of which invoice, until when, and what will come of it.
    in_flight: Vec<(AttemptKey, u64, Reply)>,
    replies: Box<dyn Iterator<Item = Reply>>,
    chance: u64,
    polls: Vec<(u64, AttemptKey, Lane)>,
    /// Every call, requests for new invoices too.
    calls_ms: Vec<u64>,
    next_create_ms: u64,
    /// New invoices that no room was found for within [`MAX_ROOM_WAIT_MS`].
    over_by_new: u32,
    /// So many calls in a minute the gateway answers; it refuses the others.
    quota: usize,
    refused_ms: Vec<u64>,
}

impl SimulatedTill {
    fn new(open: usize, calls_per_minute: u16, replies: Vec<Reply>) -> Self {
        let mut till = Self {
            scheduler: PollScheduler::default(),
            budget: Budget::new(calls_per_minute, PACE_MS),
            now_ms: 0,
            day_ms: 1_800_000_000_000,
            watched: Vec::new(),
            on_screen: None,
            in_flight: Vec::new(),
            replies: Box::new(replies.into_iter().cycle()),
            chance: 0,
            polls: Vec::new(),
            calls_ms: Vec::new(),
            next_create_ms: 0,
            over_by_new: 0,
            quota: usize::MAX,
            refused_ms: Vec::new(),
        };
        (0..open).for_each(|_| till.open_invoice());
        till
    }

    fn open_invoice(&mut self) {
        let number = u32::try_from(self.watched.len()).expect("few") + 1;
        self.watched.push(WatchedInvoice {
            sale: SaleId::new(),
            number: SaleNumber(number),
            attempt: AttemptNumber(1),
            invoice_id: Some(InvoiceId(number.to_string())),
            requested_at: UnixMs(self.day_ms),
            stage: PollStage::Open,
        });
    }

    /// Jitter that is the same in each run.
    fn jitter(&mut self) -> u64 {
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005);
        self.chance = self.chance.wrapping_add(1_442_695_040_888_963_407);
        (self.chance >> 33) % 101
    }

    fn send(&mut self, key: AttemptKey, lane: Lane) {
        let mut reply = self.replies.next().expect("without end");
        let minute = self.calls_ms.iter().rev();
        let minute = minute.take_while(|at_ms| **at_ms + MINUTE_MS > self.now_ms);
        if minute
            .filter(|at_ms| !self.refused_ms.contains(at_ms))
            .count()
            >= self.quota
        {
            self.refused_ms.push(self.now_ms);
            reply = answered(429, None);
        }
        let slow = matches!(reply, Reply::Fails(InfoError::TimedOut));
        let takes_ms = if slow { SLOW_ANSWER_MS } else { 80 };
        let jitter = self.jitter();
        self.scheduler
            .record_sent(key, lane, self.now_ms, jitter, self.budget);
        self.polls.push((self.now_ms, key, lane));
        self.calls_ms.push(self.now_ms);
        self.in_flight.push((key, self.now_ms + takes_ms, reply));
    }

    fn receive(&mut self) {
        let now_ms = self.now_ms;
        let due = |call: &mut (AttemptKey, u64, Reply)| call.1 <= now_ms;
        let back: Vec<_> = self.in_flight.extract_if(.., due).collect();
        for (key, _, reply) in back {
            let jitter = self.jitter();
            let feedback = match &reply {
                Reply::Answered { coin_chosen } => PollFeedback::Answered {
                    in_doubt: false,
                    coin_chosen: *coin_chosen,
                },
                Reply::NotWritten => PollFeedback::NotWritten,
                Reply::Fails(error) => PollFeedback::NoAnswer(error),
            };
            self.scheduler
                .record_feedback(key, feedback, now_ms, jitter, self.budget);
        }
    }

    /// Runs the loop for this long.
    fn run(&mut self, ms: u64) {
        let until_ms = self.now_ms + ms;
        loop {
            self.receive();
            let now = UnixMs(self.day_ms);
            self.scheduler.tick(now, self.now_ms, &self.watched);
            let busy = |key| self.in_flight.iter().any(|(busy, _, _)| *busy == key);
            let (scheduler, budget) = (&self.scheduler, self.budget);
            let (now_ms, on_screen) = (self.now_ms, self.on_screen);
            let plan = scheduler.plan(now, now_ms, &self.watched, busy, on_screen, budget);
            for (key, lane) in plan.poll_now {
                self.send(key, lane);
            }
            let back = self.in_flight.iter().map(|(_, at_ms, _)| *at_ms).min();
            let plan_again = plan.next_ms.max(self.now_ms + 1);
            let next = plan_again
                .min(back.unwrap_or(u64::MAX))
                .min(self.now_ms + 1000);
            let next = next.min(until_ms);
            self.day_ms += i64::try_from(next - self.now_ms).expect("short");
            self.now_ms = next;
            if next == until_ms {
                return;
            }
        }
    }

    fn apply(&mut self, step: &Step) {
        let count = self.watched.len();
        match step {
            Step::Wait { ms } => self.run(*ms),
            Step::Show { place } => {
                self.on_screen = place.map(|place| self.watched[place % count].number);
            }
            Step::CashierPolls { place } => {
                let key = self.watched[place % count].key();
                let free_ms = self.scheduler.cashier_free_ms(self.budget);
                self.run(free_ms.saturating_sub(self.now_ms));
                while self.scheduler.cashier_free_ms(self.budget) > self.now_ms {
                    self.run(1);
                }
                if self.in_flight.iter().all(|(busy, _, _)| *busy != key) {
                    self.send(key, Lane::Cashier);
                }
            }
            Step::Restarted => {
                self.in_flight.clear();
                self.scheduler = PollScheduler::with_spent_calls(self.calls_ms.clone());
            }
            Step::Hinted { place } => {
                let key = self.watched[place % count].key();
                self.scheduler.hint(key, self.now_ms);
            }
            Step::HearsHints { hears } => self.scheduler.set_hears_hints(*hears),
            Step::ClockStepped { ms } | Step::Slept { ms } => self.day_ms += ms,
            Step::Opened => {
                self.run(self.next_create_ms.saturating_sub(self.now_ms));
                let free_ms = self.scheduler.cashier_free_ms(self.budget);
                let wait_ms = free_ms.saturating_sub(self.now_ms);
                self.run(wait_ms.min(MAX_ROOM_WAIT_MS));
                self.over_by_new += u32::from(wait_ms > MAX_ROOM_WAIT_MS);
                self.scheduler
                    .record_call(Lane::Cashier, self.now_ms, self.budget);
                self.calls_ms.push(self.now_ms);
                self.next_create_ms = self.now_ms + CREATES_APART_MS;
                self.open_invoice();
            }
            Step::Ended { place } => {
                let at = UnixMs(self.day_ms);
                self.watched[place % count].stage = PollStage::Ended { at };
            }
        }
    }

    /// Every open invoice, with the times at which it was polled.
    fn times(&self) -> impl Iterator<Item = (&WatchedInvoice, Vec<u64>)> {
        let open = self
            .watched
            .iter()
            .filter(|watched| watched.stage == PollStage::Open);
        open.map(|watched| {
            let mine = self.polls.iter().filter(|call| call.1 == watched.key());
            (watched, mine.map(|call| call.0).collect())
        })
    }

    /// Any invoice that is due is polled within this: half of the shared lane goes to the one due longest.
    fn bound_ms(&self, budget: Budget) -> u64 {
        let turns = 2 * u64::try_from(self.watched.len()).expect("few") + 2;
        // However many hints come, and whatever is kept for them, so many calls are left.
        let left = budget.shared_calls() - budget.hint_calls().max(budget.kept_for_hints());
        let windows = turns.div_ceil(u64::from(left.max(1))) + 1;
        windows * budget.window_ms() * 6 / 5
    }

    /// Checks that no window holds more calls than the budget, whoever asked for them, and that the scheduler leaves
    /// its part to people.
    fn check_budget(&self) -> Result<(), TestCaseError> {
        let busiest = |times: &[u64]| {
            let in_window = |last: usize| {
                let begin_ms = (times[last] + 1).saturating_sub(self.budget.window_ms());
                last + 1 - times[..last].partition_point(|at_ms| *at_ms < begin_ms)
            };
            (0..times.len()).map(in_window).max().unwrap_or(0)
        };
        let most = self.budget.calls() as usize;
        // With the usual budget a new invoice always finds room; a bigger one may be spent in bursts.
        prop_assert!(!(24..=40).contains(&self.budget.calls()) || self.over_by_new == 0);
        let over = self.over_by_new as usize;
        prop_assert!(
            busiest(&self.calls_ms) <= most + over,
            "{:?}",
            self.calls_ms
        );
        let own = self.polls.iter().filter(|call| call.2 != Lane::Cashier);
        let own: Vec<_> = own.map(|call| call.0).collect();
        prop_assert!(
            busiest(&own) <= most - self.budget.cashier_calls() as usize,
            "{own:?}"
        );
        Ok(())
    }
}

fn answered(status: u16, retry_after_s: Option<u64>) -> Reply {
    Reply::Fails(InfoError::Answered {
        status,
        reason: String::new(),
        retry_after_s,
    })
}

fn reply() -> impl Strategy<Value = Reply> {
    prop_oneof![
        4 => any::<bool>().prop_map(|coin_chosen| Reply::Answered { coin_chosen }),
        1 => Just(Reply::NotWritten),
        2 => Just(Reply::Fails(InfoError::TimedOut)),
        1 => Just(Reply::Fails(InfoError::Broken { cause: String::new() })),
        1 => Just(answered(500, None)),
        1 => Just(answered(404, None)),
        1 => Just(answered(429, None)),
        1 => prop_oneof![0..30_u64, Just(u64::MAX)].prop_map(|seconds| answered(429, Some(seconds))),
        1 => prop_oneof![0..30_u64, Just(u64::MAX)].prop_map(|seconds| answered(503, Some(seconds))),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (1..30_000_u64).prop_map(|ms| Step::Wait { ms }),
        2 => prop::option::of(0..100_usize).prop_map(|place| Step::Show { place }),
        2 => (0..100_usize).prop_map(|place| Step::CashierPolls { place }),
        1 => (-600_000..600_000_i64).prop_map(|ms| Step::ClockStepped { ms }),
        1 => (10_000..10_000_000_i64).prop_map(|ms| Step::Slept { ms }),
        3 => (0..100_usize).prop_map(|place| Step::Hinted { place }),
        1 => any::<bool>().prop_map(|hears| Step::HearsHints { hears }),
        1 => Just(Step::Restarted),
        3 => Just(Step::Opened),
        1 => (0..100_usize).prop_map(|place| Step::Ended { place }),
    ]
}

fn unpaid_answers() -> Vec<Reply> {
    vec![Reply::Answered { coin_chosen: false }]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn never_over_the_budget_and_never_given_up(
        open in 1..60_usize,
        calls_per_minute in prop_oneof![6..=240_u16, Just(30)],
        replies in prop::collection::vec(reply(), 1..40),
        steps in prop::collection::vec(step(), 0..40),
    ) {
        let mut till = SimulatedTill::new(open, calls_per_minute, replies);
        for step in &steps {
            till.apply(step);
        }
        till.check_budget()?;
        // Whatever happened, once the gateway answers again every open invoice is polled again.
        till.replies = Box::new(unpaid_answers().into_iter().cycle());
        till.polls.clear();
        // The gateway may have taught it a third of the budget.
        let taught = Budget::new((calls_per_minute / 3).max(6), PACE_MS);
        till.run(MAX_RETRY_AFTER_MS + SLOW_ANSWER_MS + LONGEST_WAIT_MS + till.bound_ms(taught));
        for (watched, times) in till.times() {
            prop_assert!(!times.is_empty(), "{watched:?}");
        }
    }

    #[test]
    fn no_invoice_starves(
        open in 1..60_usize,
        calls_per_minute in 6..=60_u16,
        failing in prop::collection::vec(
            prop_oneof![Just(Reply::Answered { coin_chosen: true }), Just(Reply::Answered { coin_chosen: false }),
                Just(Reply::NotWritten), Just(Reply::Fails(InfoError::TimedOut))], 1..40),
        shows in prop::collection::vec((0..100_usize, 500..20_000_u64), 60..61),
        hints in prop::collection::vec(0..100_usize, 0..8),
        hears in any::<bool>(),
    ) {
        let mut till = SimulatedTill::new(open, calls_per_minute, failing);
        till.apply(&Step::HearsHints { hears });
        for (place, ms) in shows {
            till.apply(&Step::Show { place: Some(place) });
            // A hostile office hints at the same ones again and again.
            hints.iter().for_each(|place| till.apply(&Step::Hinted { place: *place }));
            till.run(ms);
        }
        till.run(2 * till.bound_ms(till.budget));
        let longest_ms = till.bound_ms(till.budget) + LONGEST_WAIT_MS + SLOW_ANSWER_MS;
        let end_ms = till.now_ms;
        for (watched, mut times) in till.times() {
            times.insert(0, 0);
            times.push(end_ms);
            let longest = times.windows(2).map(|pair| pair[1] - pair[0]).max();
            prop_assert!(longest <= Some(longest_ms), "{longest:?} of {longest_ms}: {watched:?}");
        }
    }

    #[test]
    fn the_invoice_on_screen_is_polled_as_if_it_were_alone(
        open in 1..100_usize,
        calls_per_minute in 24..=240_u16,
        aside_ms in 0..200_000_u64,
        shows in prop::collection::vec((0..100_usize, 20_000..60_000_u64), 1..10),
        hints in prop::collection::vec(0..100_usize, 0..8),
        hears in any::<bool>(),
    ) {
        let mut till = SimulatedTill::new(open, calls_per_minute, unpaid_answers());
        till.apply(&Step::HearsHints { hears });
        till.run(aside_ms);
        for (place, ms) in shows {
            till.apply(&Step::Show { place: Some(place) });
            let front = till.watched[place % open].key();
            let from_ms = till.now_ms;
            for _ in 0..4 {
                hints.iter().for_each(|place| till.apply(&Step::Hinted { place: *place }));
                till.run(ms / 4);
            }
            let calls = till.polls.iter().filter(|call| call.1 == front && call.0 >= from_ms);
            let mut times: Vec<_> = calls.map(|call| call.0).collect();
            times.insert(0, from_ms);
            times.push(till.now_ms);
            let longest = times.windows(2).map(|pair| pair[1] - pair[0]).max();
            prop_assert!(longest <= Some(PACE_MS * 11 / 10 + 1), "{longest:?}: {times:?}");
        }
        till.check_budget()?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// As long as the hints are as many as customers who pay, each is followed at once, or in the next turn of the budget
    /// when its minute is spent, whatever else is polled.
    #[test]
    fn a_hint_is_followed_at_once(
        open in 1..60_usize,
        before_ms in 0..200_000_u64,
        shown in prop::option::of(0..100_usize),
        hints in prop::collection::vec((0..100_usize, 15_000..40_000_u64), 1..12),
        opens in any::<bool>(),
    ) {
        let mut till = SimulatedTill::new(open, 30, unpaid_answers());
        till.apply(&Step::HearsHints { hears: true });
        till.apply(&Step::Show { place: shown });
        till.run(before_ms);
        let mut hinted = std::collections::HashSet::new();
        for (place, ms) in hints {
            if opens {
                till.apply(&Step::Opened);
            }
            let key = till.watched[place % open].key();
            let answered = till.in_flight.iter().all(|(busy, _, _)| *busy != key);
            let from_ms = till.now_ms;
            till.apply(&Step::Hinted { place: place % open });
            till.run(ms);
            let mut polls = till.polls.iter().filter(|call| call.1 == key && call.0 >= from_ms);
            let first_ms = polls.next().map(|call| call.0 - from_ms);
            if answered && hinted.insert(key) {
                prop_assert!(first_ms.is_some_and(|ms| ms <= TURN_MS), "{first_ms:?} of {key:?}");
            }
        }
        till.check_budget()?;
    }

    /// A till that heard hints once and hears none any more polls as one that never did.
    #[test]
    fn without_hints_nothing_is_polled_otherwise(
        open in 1..40_usize,
        steps in prop::collection::vec(step(), 0..20),
    ) {
        let without: Vec<_> = steps
            .iter()
            .filter(|step| !matches!(step, Step::Hinted { .. } | Step::HearsHints { .. }))
            .collect();
        let polls = |hears| {
            let mut till = SimulatedTill::new(open, 30, unpaid_answers());
            if hears {
                till.apply(&Step::HearsHints { hears: true });
                till.apply(&Step::HearsHints { hears: false });
            }
            without.iter().for_each(|step| till.apply(step));
            till.run(5 * MINUTE_MS);
            let number = |key| till.watched.iter().position(|it| it.key() == key);
            till.polls.iter().map(|call| (call.0, number(call.1), call.2)).collect::<Vec<_>>()
        };
        let polled = polls(false);
        prop_assert!(polled.iter().all(|call| call.2 != Lane::Hint));
        prop_assert_eq!(polls(true), polled);
    }
}

/// The mean wait of some invoices between two questions, milliseconds.
fn mean_ms(till: &SimulatedTill, places: std::ops::Range<usize>) -> u64 {
    let times: Vec<_> = till.times().map(|(_, times)| times).collect();
    let gaps: Vec<u64> = times[places]
        .iter()
        .flat_map(|times| times.windows(2).map(|pair| pair[1] - pair[0]))
        .collect();
    gaps.iter().sum::<u64>() / u64::try_from(gaps.len()).expect("few").max(1)
}

/// How long after a payment at any moment the till knows of it, half and 95 % of them, milliseconds: it is answered by
/// the first poll that is sent after it.
fn known_after_ms(till: &SimulatedTill, place: usize, since_ms: u64) -> (u64, u64) {
    let key = till.watched[place].key();
    let polls = till.polls.iter().filter(|call| call.1 == key);
    let times: Vec<_> = polls.map(|call| call.0).collect();
    let last_ms = times.last().copied().unwrap_or(0);
    let next = |pays_ms: u64| times[times.partition_point(|at_ms| *at_ms < pays_ms)];
    let mut took: Vec<_> = (since_ms..=last_ms)
        .map(|at_ms| next(at_ms) + 80 - at_ms)
        .collect();
    took.sort_unstable();
    (took[took.len() / 2], took[took.len() * 95 / 100])
}

#[test]
fn who_pays_in_front_of_the_cashier_is_known_as_fast_as_the_budget_allows() {
    for open in 1..=3 {
        let mut till = SimulatedTill::new(open, 30, unpaid_answers());
        till.apply(&Step::Show { place: Some(0) });
        till.run(MINUTE_MS);
        let chosen = PollFeedback::Answered {
            coin_chosen: true,
            in_doubt: false,
        };
        let (key, now_ms, budget) = (till.watched[0].key(), till.now_ms, till.budget);
        till.scheduler
            .record_feedback(key, chosen, now_ms, 50, budget);
        till.run(4 * MINUTE_MS);
        let (half_ms, most_ms) = known_after_ms(&till, 0, MINUTE_MS);
        // The others are polled once a minute each meanwhile: two leave 26 of 28 calls, one in 2.3 s.
        assert!(
            half_ms <= [1200, 1240, 1300][open - 1],
            "{half_ms} of {open}"
        );
        assert!(most_ms <= 2400, "{most_ms} of {open}");
        till.check_budget().expect("kept");
    }
}

#[test]
fn of_forty_the_likeliest_to_be_paid_is_polled_most() {
    let mut till = SimulatedTill::new(0, 30, unpaid_answers());
    (0..20).for_each(|_| till.open_invoice());
    till.day_ms += 20 * 60_000;
    (0..20).for_each(|_| till.open_invoice());
    till.apply(&Step::Show { place: Some(39) });
    // Five customers have just picked a coin.
    for place in 20..25 {
        let key = till.watched[place].key();
        let feedback = PollFeedback::Answered {
            coin_chosen: true,
            in_doubt: false,
        };
        till.scheduler
            .record_feedback(key, feedback, 0, 50, till.budget);
    }
    till.run(5 * MINUTE_MS);
    let old_ms = mean_ms(&till, 0..20);
    let paying_ms = mean_ms(&till, 20..25);
    let fresh_ms = mean_ms(&till, 25..39);
    let front_ms = mean_ms(&till, 39..40);
    assert!((4200..5100).contains(&front_ms), "{front_ms}");
    let waits = (front_ms, paying_ms, fresh_ms, old_ms);
    assert!(
        front_ms < paying_ms && paying_ms < fresh_ms && fresh_ms < old_ms,
        "{waits:?}"
    );
    till.check_budget().expect("kept");
}

#[test]
fn the_cashiers_polls_are_taken_from_the_shared_lane() {
    let mut till = SimulatedTill::new(40, 30, unpaid_answers());
    till.apply(&Step::Show { place: Some(0) });
    till.run(2 * MINUTE_MS);
    for place in 0..15 {
        till.apply(&Step::CashierPolls { place });
        till.run(4000);
    }
    till.check_budget().expect("kept");
}

#[test]
fn after_a_sleep_the_one_on_screen_comes_first() {
    let mut till = SimulatedTill::new(40, 30, unpaid_answers());
    till.apply(&Step::Show { place: Some(20) });
    till.run(3 * MINUTE_MS);
    let before = till.polls.len();
    till.day_ms += 3_600_000;
    till.run(1);
    let key = till.watched[20].key();
    let at_once: Vec<_> = till.polls[before..].iter().map(|call| call.1).collect();
    assert!(at_once[..2].contains(&key), "{at_once:?}");
    till.run(2 * MINUTE_MS);
    till.check_budget().expect("kept");
}

#[test]
fn a_network_that_is_back_makes_all_that_failed_due() {
    let gone = Reply::Fails(InfoError::Broken {
        cause: String::new(),
    });
    let mut till = SimulatedTill::new(4, 30, vec![gone]);
    till.run(5 * MINUTE_MS);
    till.replies = Box::new(unpaid_answers().into_iter().cycle());
    let before = till.polls.len();
    till.apply(&Step::CashierPolls { place: 2 });
    till.run(5000);
    let keys: std::collections::HashSet<_> =
        till.polls[before..].iter().map(|call| call.1).collect();
    assert_eq!(
        keys.len(),
        4,
        "all within a moment, though they waited for a minute each"
    );
}

#[test]
fn an_absurd_retry_after_is_obeyed_for_ten_minutes() {
    let absurd = answered(429, Some(u64::MAX));
    let mut till = SimulatedTill::new(3, 30, vec![absurd]);
    till.run(9 * MINUTE_MS);
    let asked = till.polls.len();
    assert!(
        asked <= 3,
        "only those that were sent before the first answer came"
    );
    till.apply(&Step::CashierPolls { place: 0 });
    assert_eq!(
        till.polls.len(),
        asked + 1,
        "the cashier's own polls go all the same"
    );
    till.run(11 * MINUTE_MS);
    assert!(till.polls.len() > asked + 1);
}

#[test]
fn a_gateway_that_stands_fewer_calls_is_asked_less_often_and_for_good() {
    for quota in [12, 20, 26] {
        let mut till = SimulatedTill::new(20, 30, unpaid_answers());
        till.quota = quota;
        till.apply(&Step::Show { place: Some(0) });
        till.run(60 * MINUTE_MS);
        let first_hour = std::mem::take(&mut till.refused_ms).len();
        till.run(60 * MINUTE_MS);
        let refused = (first_hour, till.refused_ms.len());
        assert!(refused.0 <= 24 && refused.1 <= 4, "{refused:?} of {quota}");
        // It is lifted: after the next try and a minute for each call the whole budget is spent again.
        till.quota = usize::MAX;
        for invoice in &mut till.watched {
            invoice.requested_at = UnixMs(till.day_ms + 80 * 60_000);
        }
        till.run(80 * MINUTE_MS);
        let calls = till.calls_ms.len();
        till.run(10 * MINUTE_MS);
        assert!(
            till.calls_ms.len() - calls >= 270,
            "{}",
            till.calls_ms.len() - calls
        );
    }
}

/// How often each of two invoices was polled in 50 s, when the first answer was this.
fn polls_after(status: u16, retry_after_s: Option<u64>) -> Vec<usize> {
    let first = answered(status, retry_after_s);
    let mut till = SimulatedTill::new(2, 30, vec![first, Reply::Answered { coin_chosen: false }]);
    till.run(100);
    till.replies = Box::new(unpaid_answers().into_iter().cycle());
    till.run(50_000);
    let mut asked: Vec<_> = till.times().map(|(_, times)| times.len()).collect();
    asked.sort_unstable();
    asked
}

#[test]
fn retry_after_pauses_its_own_invoice_and_429_pauses_all() {
    let asked = polls_after(503, Some(60));
    assert_eq!(asked[0], 1);
    assert!(asked[1] > 3, "{asked:?}");
    assert_eq!(polls_after(429, Some(60)), [1, 1]);
    assert!(polls_after(429, None)[0] > 2, "a short pause");
}

#[test]
fn hints_without_end_take_no_more_than_their_part() {
    let mut till = SimulatedTill::new(40, 30, unpaid_answers());
    till.apply(&Step::HearsHints { hears: true });
    till.apply(&Step::Show { place: Some(0) });
    for second in 0..600 {
        till.apply(&Step::Hinted { place: second });
        till.run(1000);
    }
    till.check_budget().expect("kept");
    let of = |lane| till.polls.iter().filter(|call| call.2 == lane).count();
    let (hints, shared, fast) = (of(Lane::Hint), of(Lane::Shared), of(Lane::Fast));
    assert!(hints <= 77, "{hints}: seven a minute");
    assert!(shared >= 60, "{shared}");
    assert!(fast >= 110, "{fast}: the one on screen is polled as ever");
}

#[test]
fn settlements_are_polled_in_the_longest_rush() {
    let mut till = SimulatedTill::new(80, 30, unpaid_answers());
    till.apply(&Step::Show { place: Some(79) });
    for paid in &mut till.watched[..5] {
        paid.stage = PollStage::Paid;
    }
    till.run(20 * MINUTE_MS);
    for paid in &till.watched[..5] {
        assert!(till.polls.iter().any(|call| call.1 == paid.key()));
    }
}

#[test]
fn settlements_do_not_crowd_out_what_is_open() {
    let mut till = SimulatedTill::new(305, 30, unpaid_answers());
    for paid in &mut till.watched[..300] {
        paid.stage = PollStage::Paid;
    }
    till.run(20 * MINUTE_MS);
    for (watched, times) in till.times() {
        // Five open invoices share thirteen calls a minute or more: at most half a minute between two polls.
        assert!(times.len() >= 40, "{} calls: {watched:?}", times.len());
    }
}
