//! The till of this repository through a day: its scheduler decides who is asked, its rule of *paid*
//! decides what an answer is worth, its fold what the sale is. Only clock, network and disk are made up.

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use ringup_core::clock::UnixMs;
use ringup_core::ids::{AttemptNumber, SaleId, SaleNumber, TapId, TillId};
use ringup_core::journal::{PollStage, WatchedInvoice};
use ringup_core::money::{Currency, Money};
use ringup_core::polling::{AttemptKey, Budget, Lane, PollFeedback, PollScheduler};
use ringup_core::sale::{
    Breakdown, Entry, Event, FoldError, Invoice, Phase, Sale, SaleState, events_for_report,
};

use super::day::{Customer, Day, HOUR_MS};
use super::gateway::{AMOUNT_MINOR, Call, Gateway, invoice_id};
use super::run::Run;

/// The day's first moment by the day's clock.
const DAY_BEGAN_UNIX_MS: i64 = 1_795_500_000_000;
const PACE_MS: u64 = 5000;
/// It looks at least so often. The till's loop looks every second, for what other programs wrote; here
/// is no other, and the plan says when there is more to do.
const LOOK_MS: u64 = 60_000;
/// The cashier's question waits for its turn when the invoice is being asked about.
const AGAIN_MS: u64 = 200;
/// Late payments are looked for so long after the end (docs/gateway.md, row *`end`, then `is_paid` later*).
const AFTER_END_MS: i64 = 24 * 3_600_000;
const ATTEMPT: AttemptNumber = AttemptNumber(1);

/// Which sales the till goes on asking about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// All that may still change, as the till does.
    Whole,
    /// Only those that wait: what ended or was stopped is forgotten. The control: it must miss payments.
    WithoutLate,
}

/// What a cashier or a customer does at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Opens,
    CashierAsks,
    CashierStops,
}

/// A question under way.
#[derive(Debug)]
struct UnderWay {
    place: usize,
    key: AttemptKey,
    back_ms: u64,
    call: Call,
    /// The cashier stops waiting once it is back.
    stops: bool,
}

struct Counter<'a> {
    customers: &'a [Customer],
    gateway: Gateway,
    watch: Watch,
    budget: Budget,
    till: TillId,
    scheduler: PollScheduler,
    chance: StdRng,
    now_ms: u64,
    seq: u64,
    /// By place; none before it is opened.
    sales: Vec<Option<Sale>>,
    watched: Vec<WatchedInvoice>,
    under_way: Vec<UnderWay>,
    on_screen: Option<usize>,
    run: Run,
}

/// The day of a till that may ask so often in a minute.
///
/// # Errors
/// [`FoldError`] when the rule of *paid* writes what the fold does not take: a defect of the till.
pub fn run(
    day: &Day,
    customers: &[Customer],
    calls_per_minute: u16,
    watch: Watch,
) -> Result<Run, FoldError> {
    let mut counter = Counter {
        customers,
        gateway: Gateway::new(day, customers),
        watch,
        budget: Budget::new(calls_per_minute, PACE_MS),
        till: TillId::new(),
        scheduler: PollScheduler::default(),
        chance: StdRng::seed_from_u64(day.seed.wrapping_add(2)),
        now_ms: 0,
        seq: 1,
        sales: vec![None; customers.len()],
        watched: Vec::new(),
        under_way: Vec::new(),
        on_screen: None,
        run: Run::of(customers.len()),
    };
    counter.whole_day(day)?;
    Ok(counter.run)
}

impl Counter<'_> {
    fn whole_day(&mut self, day: &Day) -> Result<(), FoldError> {
        let mut acts: Vec<(u64, usize, Act)> = Vec::new();
        for (place, customer) in self.customers.iter().enumerate() {
            acts.push((customer.opens_ms, place, Act::Opens));
            let asks = customer.asks_ms.map(|at| (at, place, Act::CashierAsks));
            let stops = customer.stops_ms.map(|at| (at, place, Act::CashierStops));
            acts.extend(asks.into_iter().chain(stops));
        }
        // The next is the last.
        acts.sort_unstable_by(|a, b| b.cmp(a));
        let over_ms = (day.hours + 26) * HOUR_MS;
        while self.now_ms < over_ms {
            while let Some(act) = acts.pop_if(|act| act.0 <= self.now_ms) {
                if !self.takes(act.1, act.2)? {
                    acts.push((self.now_ms + AGAIN_MS, act.1, act.2));
                    acts.sort_unstable_by(|a, b| b.cmp(a));
                }
            }
            self.hears_all()?;
            let plan_ms = self.round();
            let act_ms = acts.last().map_or(u64::MAX, |act| act.0);
            let back = self.under_way.iter().map(|question| question.back_ms);
            let back_ms = back.min().unwrap_or(u64::MAX);
            let next_ms = plan_ms.min(act_ms).min(back_ms).min(self.now_ms + LOOK_MS);
            self.now_ms = next_ms.max(self.now_ms + 1);
        }
        Ok(())
    }

    /// One look of the till's loop. Returns when there may be more to ask.
    fn round(&mut self) -> u64 {
        let (now, now_ms) = (self.now(), self.now_ms);
        self.scheduler.tick(now, now_ms, &self.watched);
        let busy = |watched: &&WatchedInvoice| {
            let key = watched.key();
            self.under_way.iter().all(|question| question.key != key)
        };
        let idle: Vec<_> = self.watched.iter().filter(busy).cloned().collect();
        let front = self.on_screen.map(number);
        let plan = self.scheduler.plan(now, now_ms, &idle, front, self.budget);
        for (key, lane) in plan.poll_now {
            let watched = idle.iter().find(|watched| watched.key() == key);
            if let Some(place) = watched.map(|watched| place(watched.number)) {
                self.asks(place, key, lane, false);
            }
        }
        plan.next_ms
    }

    /// Something happens at the counter; false when it must wait for its turn.
    fn takes(&mut self, place: usize, act: Act) -> Result<bool, FoldError> {
        if act == Act::Opens {
            self.opens(place)?;
            return Ok(true);
        }
        let waits = |sale: &&Sale| {
            let over = [SaleState::Paid, SaleState::Ended];
            !over.contains(&sale.state())
        };
        let sale = self.sales.get(place).and_then(Option::as_ref);
        let Some(key) = sale.filter(waits).map(|sale| (sale.id, ATTEMPT)) else {
            return Ok(true);
        };
        if self.under_way.iter().any(|question| question.key == key) {
            return Ok(false);
        }
        self.run.cashiers += 1;
        self.asks(place, key, Lane::Cashier, act == Act::CashierStops);
        Ok(true)
    }

    fn opens(&mut self, place: usize) -> Result<(), FoldError> {
        let sale = SaleId::new();
        let opened = self.entry(Event::SaleOpened {
            sale,
            number: number(place),
            amount_minor: AMOUNT_MINOR,
            currency: Currency::Eur,
            note: None,
            tap: TapId::new(),
            breakdown: Breakdown::default(),
        });
        let mut opened = Sale::open(&opened)?;
        debug_assert_eq!(
            opened.amount,
            Money::from_minor(AMOUNT_MINOR, Currency::Eur)
        );
        for event in [
            Event::InvoiceRequested {
                sale,
                attempt: ATTEMPT,
                gateway: "simulated".to_owned(),
                lifetime_minutes: 15,
            },
            Event::InvoiceOpened {
                sale,
                attempt: ATTEMPT,
                invoice: Invoice {
                    id: invoice_id(place),
                    pay_url: String::new(),
                    expires_at_unix: None,
                    test: false,
                    clock_offset_ms: None,
                },
            },
        ] {
            let entry = self.entry(event);
            opened.apply(&entry)?;
        }
        if let Some(sale) = self.sales.get_mut(place) {
            *sale = Some(opened);
        }
        self.on_screen = Some(place);
        self.watches();
        let open = |sale: &&Sale| matches!(sale.state(), SaleState::Awaiting | SaleState::Chosen);
        let open = self.sales.iter().flatten().filter(open).count();
        self.run.most_open = self.run.most_open.max(open);
        Ok(())
    }

    fn asks(&mut self, place: usize, key: AttemptKey, lane: Lane, stops: bool) {
        let jitter = self.chance.random_range(0..=100);
        self.scheduler
            .record_sent(key, lane, self.now_ms, jitter, self.budget);
        self.run.calls_ms.push(self.now_ms);
        let call = self.gateway.ask(place, self.now_ms);
        self.under_way.push(UnderWay {
            place,
            key,
            back_ms: self.now_ms + call.takes_ms,
            call,
            stops,
        });
    }

    fn hears_all(&mut self) -> Result<(), FoldError> {
        let now_ms = self.now_ms;
        let back = |question: &mut UnderWay| question.back_ms <= now_ms;
        let back: Vec<_> = self.under_way.extract_if(.., back).collect();
        for question in back {
            self.hears(question)?;
        }
        Ok(())
    }

    fn hears(&mut self, question: UnderWay) -> Result<(), FoldError> {
        let UnderWay { place, key, .. } = question;
        let Some(mut sale) = self.sales.get_mut(place).and_then(Option::take) else {
            return Ok(());
        };
        let before = sale.state();
        if let Ok(report) = &question.call.answer {
            for event in events_for_report(&sale, ATTEMPT, report) {
                let entry = self.entry(event);
                sale.apply(&entry)?;
            }
        }
        let feedback = match &question.call.answer {
            Ok(_) => PollFeedback::Answered {
                coin_chosen: sale.attempts.iter().any(ringup_core::sale::Attempt::chosen),
            },
            Err(error) => PollFeedback::NoAnswer(error),
        };
        let jitter = self.chance.random_range(0..=100);
        self.scheduler
            .record_feedback(key, feedback, self.now_ms, jitter, self.budget);
        if question.stops && matches!(sale.state(), SaleState::Awaiting | SaleState::Chosen) {
            let entry = self.entry(Event::SaleStopped { sale: sale.id });
            sale.apply(&entry)?;
        }
        self.shows(place, before, &sale);
        if let Some(kept) = self.sales.get_mut(place) {
            *kept = Some(sale);
        }
        self.watches();
        Ok(())
    }

    /// What the cashier sees and hears of it.
    fn shows(&mut self, place: usize, before: SaleState, sale: &Sale) {
        let now = sale.state();
        if now == before {
            return;
        }
        let on_screen = self.on_screen == Some(place);
        if now == SaleState::Paid {
            if let Some(paid_ms) = self.run.paid_ms.get_mut(place) {
                *paid_ms = Some(self.now_ms);
            }
            if let Some(was) = self.run.on_screen.get_mut(place) {
                *was = on_screen;
            }
            let late = |phase: &Phase| matches!(phase, Phase::Paid { late: true, .. });
            let late = sale.attempts.iter().any(|attempt| late(&attempt.phase));
            if let Some(announced) = self.run.announced_late.get_mut(place) {
                *announced = late;
            }
        }
        let over = [SaleState::Paid, SaleState::Ended, SaleState::Stopped];
        if on_screen && over.contains(&now) {
            self.on_screen = None;
        }
    }

    /// What the journal would say is to be watched.
    fn watches(&mut self) {
        let (now, whole) = (self.now(), self.watch == Watch::Whole);
        let stage = |sale: &Sale| {
            let attempt = sale.attempts.first()?;
            match &attempt.phase {
                Phase::Open | Phase::Questioned { .. } => {
                    (whole || !attempt.stopped).then_some(PollStage::Open)
                }
                Phase::Ended { at } if whole && at.plus(AFTER_END_MS) > now => {
                    Some(PollStage::Ended { at: *at })
                }
                Phase::Paid { .. } if !attempt.settled() => Some(PollStage::Paid),
                _ => None,
            }
        };
        let watched = self.sales.iter().enumerate().filter_map(|(place, sale)| {
            let sale = sale.as_ref()?;
            Some(WatchedInvoice {
                sale: sale.id,
                number: sale.number,
                attempt: ATTEMPT,
                invoice_id: Some(invoice_id(place)),
                requested_at: sale.opened_at,
                stage: stage(sale)?,
            })
        });
        self.watched = watched.collect();
    }

    fn entry(&mut self, event: Event) -> Entry {
        self.seq += 1;
        Entry {
            seq: self.seq,
            till: self.till,
            at: self.now(),
            by: None,
            event,
        }
    }

    fn now(&self) -> UnixMs {
        UnixMs(DAY_BEGAN_UNIX_MS).plus(i64::try_from(self.now_ms).unwrap_or(i64::MAX))
    }
}

/// The number of the sale of the customer at this place.
fn number(place: usize) -> SaleNumber {
    SaleNumber(u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1))
}

fn place(number: SaleNumber) -> usize {
    usize::try_from(number.0.saturating_sub(1)).unwrap_or(usize::MAX)
}
