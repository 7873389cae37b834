//! What the scheduler promises, whatever happens: on a forward clock that a test turns by hand.

use proptest::prelude::*;

use super::scheduler::LONGEST_WISH_MS;
use super::{AttemptKey, Budget, Lane, PollFeedback, PollScheduler};
use crate::clock::UnixMs;
use crate::gateway::InfoError;
use crate::ids::{AttemptNumber, InvoiceId, SaleId, SaleNumber};
use crate::journal::{PollStage, WatchedInvoice};

const PACE_MS: u64 = 5000;
const MINUTE_MS: u64 = 60_000;
const SLOW_ANSWER_MS: u64 = 15_000;
/// The longest wait of an open invoice, with its jitter.
const LONGEST_WAIT_MS: u64 = 66_000;

/// An answer in the making.
#[derive(Debug, Clone, PartialEq)]
enum Reply {
    Fine { chosen: bool },
    NotWritten,
    Fails(InfoError),
}

/// What happens to a till.
#[derive(Debug, Clone)]
enum Step {
    Wait { ms: u64 },
    LookAt { place: Option<usize> },
    CashierAsks { place: usize },
    ClockStepped { ms: i64 },
    Slept { ms: i64 },
    Opened,
    Ended { place: usize },
}

/// A till without a network: its clocks, its invoices, its calls.
struct Till {
    scheduler: PollScheduler,
    budget: Budget,
    now_ms: u64,
    day_ms: i64,
    watched: Vec<WatchedInvoice>,
    on_screen: Option<SaleNumber>,
    /// Under way: whose, until when, what will come of it.
    under_way: Vec<(AttemptKey, u64, Reply)>,
    replies: Box<dyn Iterator<Item = Reply>>,
    chance: u64,
    asked: Vec<(u64, AttemptKey, Lane)>,
}

impl Till {
    fn new(open: usize, calls_per_minute: u16, replies: Vec<Reply>) -> Self {
        let mut till = Self {
            scheduler: PollScheduler::default(),
            budget: Budget::new(calls_per_minute, PACE_MS),
            now_ms: 0,
            day_ms: 1_800_000_000_000,
            watched: Vec::new(),
            on_screen: None,
            under_way: Vec::new(),
            replies: Box::new(replies.into_iter().cycle()),
            chance: 0,
            asked: Vec::new(),
        };
        (0..open).for_each(|_| till.opens());
        till
    }

    fn opens(&mut self) {
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

    /// Chance that is the same each time.
    fn jitter(&mut self) -> u64 {
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005);
        self.chance = self.chance.wrapping_add(1_442_695_040_888_963_407);
        (self.chance >> 33) % 101
    }

    fn sends(&mut self, key: AttemptKey, lane: Lane) {
        let reply = self.replies.next().expect("without end");
        let slow = matches!(reply, Reply::Fails(InfoError::TimedOut));
        let takes_ms = if slow { SLOW_ANSWER_MS } else { 80 };
        let jitter = self.jitter();
        self.scheduler
            .asked(key, lane, self.now_ms, jitter, self.budget);
        self.asked.push((self.now_ms, key, lane));
        self.under_way.push((key, self.now_ms + takes_ms, reply));
    }

    fn hears(&mut self) {
        let now_ms = self.now_ms;
        let due = |call: &mut (AttemptKey, u64, Reply)| call.1 <= now_ms;
        let back: Vec<_> = self.under_way.extract_if(.., due).collect();
        for (key, _, reply) in back {
            let jitter = self.jitter();
            let heard = match &reply {
                Reply::Fine { chosen } => PollFeedback::Answered { chosen: *chosen },
                Reply::NotWritten => PollFeedback::NotWritten,
                Reply::Fails(error) => PollFeedback::NoAnswer(error),
            };
            self.scheduler
                .heard(key, heard, now_ms, jitter, self.budget);
        }
    }

    /// The loop, for so long.
    fn runs(&mut self, ms: u64) {
        let until_ms = self.now_ms + ms;
        loop {
            self.hears();
            let now = UnixMs(self.day_ms);
            self.scheduler.tick(now, self.now_ms, &self.watched);
            let idle = |attempt: &&WatchedInvoice| {
                let key = attempt.key();
                self.under_way.iter().all(|(busy, _, _)| *busy != key)
            };
            let idle: Vec<_> = self.watched.iter().filter(idle).cloned().collect();
            let (scheduler, budget) = (&self.scheduler, self.budget);
            let plan = scheduler.plan(now, self.now_ms, &idle, self.on_screen, budget);
            for (key, lane) in plan.ask_now {
                self.sends(key, lane);
            }
            let back = self.under_way.iter().map(|(_, at_ms, _)| *at_ms).min();
            let look_again = plan.next_ms.max(self.now_ms + 1);
            let next = look_again
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

    fn takes(&mut self, step: &Step) {
        let count = self.watched.len();
        match step {
            Step::Wait { ms } => self.runs(*ms),
            Step::LookAt { place } => {
                self.on_screen = place.map(|place| self.watched[place % count].number);
            }
            Step::CashierAsks { place } => {
                let key = self.watched[place % count].key();
                if self.under_way.iter().all(|(busy, _, _)| *busy != key) {
                    self.sends(key, Lane::Cashier);
                }
            }
            Step::ClockStepped { ms } | Step::Slept { ms } => self.day_ms += ms,
            Step::Opened => self.opens(),
            Step::Ended { place } => {
                let at = UnixMs(self.day_ms);
                self.watched[place % count].stage = PollStage::Ended { at };
            }
        }
    }

    /// Every open invoice, with the times at which it was asked about.
    fn times(&self) -> impl Iterator<Item = (&WatchedInvoice, Vec<u64>)> {
        let open = self
            .watched
            .iter()
            .filter(|watched| watched.stage == PollStage::Open);
        open.map(|watched| {
            let mine = self.asked.iter().filter(|call| call.1 == watched.key());
            (watched, mine.map(|call| call.0).collect())
        })
    }

    /// Within this, whoever is due is asked about: half of the shared lane goes to who is due longest.
    fn bound_ms(&self) -> u64 {
        let turns = 2 * u64::try_from(self.watched.len()).expect("few") + 2;
        let windows = turns.div_ceil(u64::from(self.budget.shared())) + 1;
        windows * self.budget.window_ms() * 6 / 5
    }

    /// Of the calls in any window, no more than the budget, unless the cashier's own made it more;
    /// and of these never one that the watch sent on top.
    fn kept_the_budget(&self) -> Result<(), TestCaseError> {
        let own = self.budget.calls() - self.budget.cashiers();
        for (last, (at_ms, _, lane)) in self.asked.iter().enumerate() {
            if *lane == Lane::Cashier {
                continue;
            }
            let in_window =
                |call: &&(u64, AttemptKey, Lane)| call.0 + self.budget.window_ms() > *at_ms;
            let window: Vec<_> = self.asked[..=last].iter().filter(in_window).collect();
            let of_watch = window.iter().filter(|call| call.2 != Lane::Cashier).count();
            prop_assert!(window.len() <= self.budget.calls() as usize, "{window:?}");
            prop_assert!(of_watch <= own as usize, "{window:?}");
        }
        Ok(())
    }
}

fn reply() -> impl Strategy<Value = Reply> {
    let answered = |status, retry_after_s| {
        Reply::Fails(InfoError::Answered {
            status,
            reason: String::new(),
            retry_after_s,
        })
    };
    prop_oneof![
        4 => any::<bool>().prop_map(|chosen| Reply::Fine { chosen }),
        1 => Just(Reply::NotWritten),
        2 => Just(Reply::Fails(InfoError::TimedOut)),
        1 => Just(Reply::Fails(InfoError::Broken { cause: String::new() })),
        1 => Just(answered(500, None)),
        1 => Just(answered(404, None)),
        1 => Just(answered(429, None)),
        1 => prop_oneof![0..30_u64, Just(u64::MAX)].prop_map(move |wish| answered(429, Some(wish))),
        1 => prop_oneof![0..30_u64, Just(u64::MAX)].prop_map(move |wish| answered(503, Some(wish))),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (1..30_000_u64).prop_map(|ms| Step::Wait { ms }),
        2 => prop::option::of(0..100_usize).prop_map(|place| Step::LookAt { place }),
        2 => (0..100_usize).prop_map(|place| Step::CashierAsks { place }),
        1 => (-600_000..600_000_i64).prop_map(|ms| Step::ClockStepped { ms }),
        1 => (10_000..10_000_000_i64).prop_map(|ms| Step::Slept { ms }),
        1 => Just(Step::Opened),
        1 => (0..100_usize).prop_map(|place| Step::Ended { place }),
    ]
}

fn fine() -> Vec<Reply> {
    vec![Reply::Fine { chosen: false }]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn never_over_the_budget_and_never_given_up(
        open in 1..60_usize,
        calls_per_minute in 6..=240_u16,
        replies in prop::collection::vec(reply(), 1..40),
        steps in prop::collection::vec(step(), 0..40),
    ) {
        let mut till = Till::new(open, calls_per_minute, replies);
        for step in &steps {
            till.takes(step);
        }
        till.kept_the_budget()?;
        // Whatever has been, once the gateway is well every open invoice is asked about again.
        till.replies = Box::new(fine().into_iter().cycle());
        till.asked.clear();
        till.runs(LONGEST_WISH_MS + SLOW_ANSWER_MS + LONGEST_WAIT_MS + till.bound_ms());
        for (watched, times) in till.times() {
            prop_assert!(!times.is_empty(), "{watched:?}");
        }
    }

    #[test]
    fn none_starves(
        open in 1..60_usize,
        calls_per_minute in 6..=60_u16,
        failing in prop::collection::vec(
            prop_oneof![Just(Reply::Fine { chosen: true }), Just(Reply::Fine { chosen: false }),
                Just(Reply::NotWritten), Just(Reply::Fails(InfoError::TimedOut))], 1..40),
        looks in prop::collection::vec((0..100_usize, 500..20_000_u64), 60..61),
    ) {
        let mut till = Till::new(open, calls_per_minute, failing);
        for (place, ms) in looks {
            till.takes(&Step::LookAt { place: Some(place) });
            till.runs(ms);
        }
        till.runs(2 * till.bound_ms());
        let longest_ms = till.bound_ms() + LONGEST_WAIT_MS + SLOW_ANSWER_MS;
        let end_ms = till.now_ms;
        for (watched, mut times) in till.times() {
            times.insert(0, 0);
            times.push(end_ms);
            let longest = times.windows(2).map(|pair| pair[1] - pair[0]).max();
            prop_assert!(longest <= Some(longest_ms), "{longest:?} of {longest_ms}: {watched:?}");
        }
    }

    #[test]
    fn what_is_on_screen_is_heard_of_as_if_it_were_alone(
        open in 1..100_usize,
        calls_per_minute in 24..=240_u16,
        aside_ms in 0..200_000_u64,
        looks in prop::collection::vec((0..100_usize, 20_000..60_000_u64), 1..10),
    ) {
        let mut till = Till::new(open, calls_per_minute, fine());
        till.runs(aside_ms);
        for (place, ms) in looks {
            till.takes(&Step::LookAt { place: Some(place) });
            let front = till.watched[place % open].key();
            let from_ms = till.now_ms;
            till.runs(ms);
            let calls = till.asked.iter().filter(|call| call.1 == front && call.0 >= from_ms);
            let mut times: Vec<_> = calls.map(|call| call.0).collect();
            times.insert(0, from_ms);
            times.push(till.now_ms);
            let longest = times.windows(2).map(|pair| pair[1] - pair[0]).max();
            prop_assert!(longest <= Some(PACE_MS * 11 / 10 + 1), "{longest:?}: {times:?}");
        }
        till.kept_the_budget()?;
    }
}

/// The mean wait of some invoices between two questions, milliseconds.
fn mean_ms(till: &Till, places: std::ops::Range<usize>) -> u64 {
    let times: Vec<_> = till.times().map(|(_, times)| times).collect();
    let gaps: Vec<u64> = times[places]
        .iter()
        .flat_map(|times| times.windows(2).map(|pair| pair[1] - pair[0]))
        .collect();
    gaps.iter().sum::<u64>() / u64::try_from(gaps.len()).expect("few").max(1)
}

#[test]
fn one_invoice_on_screen_is_asked_about_at_the_published_pace() {
    let mut till = Till::new(1, 30, fine());
    till.takes(&Step::LookAt { place: Some(0) });
    till.runs(10 * MINUTE_MS);
    let mean_ms = mean_ms(&till, 0..1);
    assert!((4900..5100).contains(&mean_ms), "{mean_ms}");
    assert!(till.asked.iter().all(|call| call.2 == Lane::Fast));
}

#[test]
fn of_forty_the_nearest_is_asked_about_most() {
    let mut till = Till::new(0, 30, fine());
    (0..20).for_each(|_| till.opens());
    till.day_ms += 20 * 60_000;
    (0..20).for_each(|_| till.opens());
    till.takes(&Step::LookAt { place: Some(39) });
    // The customers of five have just picked a coin.
    for place in 20..25 {
        let key = till.watched[place].key();
        let chosen = PollFeedback::Answered { chosen: true };
        till.scheduler.heard(key, chosen, 0, 50, till.budget);
    }
    till.runs(5 * MINUTE_MS);
    let old_ms = mean_ms(&till, 0..20);
    let paying_ms = mean_ms(&till, 20..25);
    let fresh_ms = mean_ms(&till, 25..39);
    let front_ms = mean_ms(&till, 39..40);
    assert!((4900..5100).contains(&front_ms), "{front_ms}");
    let waits = (front_ms, paying_ms, fresh_ms, old_ms);
    assert!(
        front_ms < paying_ms && paying_ms < fresh_ms && fresh_ms < old_ms,
        "{waits:?}"
    );
    till.kept_the_budget().expect("kept");
}

#[test]
fn what_the_cashier_asks_is_taken_from_what_the_watch_asks() {
    let mut till = Till::new(40, 30, fine());
    till.takes(&Step::LookAt { place: Some(0) });
    till.runs(2 * MINUTE_MS);
    for place in 0..15 {
        till.takes(&Step::CashierAsks { place });
        till.runs(4000);
    }
    till.kept_the_budget().expect("kept");
}

#[test]
fn after_a_sleep_the_one_on_screen_comes_first() {
    let mut till = Till::new(40, 30, fine());
    till.takes(&Step::LookAt { place: Some(20) });
    till.runs(3 * MINUTE_MS);
    let before = till.asked.len();
    till.day_ms += 3_600_000;
    till.runs(1);
    let (first, key) = (till.asked[before], till.watched[20].key());
    assert_eq!((first.0, first.1), (3 * MINUTE_MS, key), "{first:?}");
    till.runs(2 * MINUTE_MS);
    till.kept_the_budget().expect("kept");
}

#[test]
fn a_network_that_is_back_makes_all_that_failed_due() {
    let gone = Reply::Fails(InfoError::Broken {
        cause: String::new(),
    });
    let mut till = Till::new(4, 30, vec![gone]);
    till.runs(5 * MINUTE_MS);
    till.replies = Box::new(fine().into_iter().cycle());
    let before = till.asked.len();
    till.takes(&Step::CashierAsks { place: 2 });
    till.runs(5000);
    let keys: std::collections::HashSet<_> =
        till.asked[before..].iter().map(|call| call.1).collect();
    assert_eq!(
        keys.len(),
        4,
        "all within a moment, though they waited for a minute each"
    );
}

#[test]
fn an_absurd_wish_is_kept_for_ten_minutes() {
    let absurd = Reply::Fails(InfoError::Answered {
        status: 429,
        reason: String::new(),
        retry_after_s: Some(u64::MAX),
    });
    let mut till = Till::new(3, 30, vec![absurd]);
    till.runs(9 * MINUTE_MS);
    let asked = till.asked.len();
    assert!(
        asked <= 3,
        "those that were sent before the first answer came"
    );
    till.takes(&Step::CashierAsks { place: 0 });
    assert_eq!(till.asked.len(), asked + 1, "the cashier is not the watch");
    till.runs(11 * MINUTE_MS);
    assert!(till.asked.len() > asked + 1);
}

/// How often each of two was asked about in 50 s, when the first answer was this.
fn asked_after(status: u16, retry_after_s: Option<u64>) -> Vec<usize> {
    let wish = Reply::Fails(InfoError::Answered {
        status,
        reason: String::new(),
        retry_after_s,
    });
    let mut till = Till::new(2, 30, vec![wish, Reply::Fine { chosen: false }]);
    till.runs(100);
    till.replies = Box::new(fine().into_iter().cycle());
    till.runs(50_000);
    let mut asked: Vec<_> = till.times().map(|(_, times)| times.len()).collect();
    asked.sort_unstable();
    asked
}

#[test]
fn a_wish_stops_its_own_invoice_and_429_stops_all() {
    let asked = asked_after(503, Some(60));
    assert_eq!(asked[0], 1);
    assert!(asked[1] > 3, "{asked:?}");
    assert_eq!(asked_after(429, Some(60)), [1, 1]);
    assert!(asked_after(429, None)[0] > 2, "a short pause");
}

#[test]
fn a_settlement_is_asked_about_in_the_longest_rush() {
    let mut till = Till::new(80, 30, fine());
    till.takes(&Step::LookAt { place: Some(79) });
    for paid in &mut till.watched[..5] {
        paid.stage = PollStage::Paid;
    }
    till.runs(20 * MINUTE_MS);
    for paid in &till.watched[..5] {
        assert!(till.asked.iter().any(|call| call.1 == paid.key()));
    }
}

#[test]
fn settlements_do_not_crowd_out_what_is_open() {
    let mut till = Till::new(305, 30, fine());
    for paid in &mut till.watched[..300] {
        paid.stage = PollStage::Paid;
    }
    till.runs(20 * MINUTE_MS);
    for (watched, times) in till.times() {
        // Five that are open, in thirteen and more calls a minute: half of a minute each at most.
        assert!(times.len() >= 40, "{} calls: {watched:?}", times.len());
    }
}
