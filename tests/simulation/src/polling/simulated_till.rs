//! The till in a simulated day: its own scheduler decides what is polled, its own rule decides what is paid, its own
//! fold makes the sales. Only the clock, the network and the disk are simulated.

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

/// The first moment of the day.
const DAY_BEGAN_UNIX_MS: i64 = 1_795_500_000_000;
/// The pace that the gateway publishes.
const PACE_MS: u64 = 5000;
/// The longest time between two ticks. The till ticks every second, to see what other programs wrote; here there is no
/// other program, and the plan says when there is more to do.
const TICK_MS: u64 = 60_000;
/// A cashier waits this long when the invoice is being polled already.
const RETRY_MS: u64 = 200;
/// An ended invoice is polled for this long (docs/gateway.md, row *`end`, then `is_paid` later*).
const AFTER_END_MS: i64 = 24 * 3_600_000;
const ATTEMPT: AttemptNumber = AttemptNumber(1);

/// Which invoices the till polls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// All that may still change, as the real till does.
    All,
    /// Only those that are open; what ended or was stopped is forgotten. This is the control, which must miss payments.
    OpenOnly,
}

/// What a cashier does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Opens,
    CashierAsks,
    CashierStops,
}

/// A call that is not answered yet.
#[derive(Debug)]
struct InFlight {
    index: usize,
    key: AttemptKey,
    back_ms: u64,
    result: Call,
    /// The cashier stops waiting when the answer is there.
    stops: bool,
}

struct SimulatedTill<'a> {
    customers: &'a [Customer],
    gateway: Gateway,
    watch: Watch,
    budget: Budget,
    till: TillId,
    scheduler: PollScheduler,
    rng: StdRng,
    now_ms: u64,
    seq: u64,
    /// The sale of each customer, once it is opened.
    sales: Vec<Option<Sale>>,
    watched: Vec<WatchedInvoice>,
    in_flight: Vec<InFlight>,
    on_screen: Option<usize>,
    run: Run,
}

/// Plays the day of a till with this budget.
///
/// # Errors
/// [`FoldError`] when the rule of what is paid records an event that the fold refuses, which is a defect of the till.
pub fn run(
    day: &Day,
    customers: &[Customer],
    calls_per_minute: u16,
    watch: Watch,
) -> Result<Run, FoldError> {
    let mut till = SimulatedTill {
        customers,
        gateway: Gateway::new(day, customers),
        watch,
        budget: Budget::new(calls_per_minute, PACE_MS),
        till: TillId::new(),
        scheduler: PollScheduler::default(),
        rng: StdRng::seed_from_u64(day.seed.wrapping_add(2)),
        now_ms: 0,
        seq: 1,
        sales: vec![None; customers.len()],
        watched: Vec::new(),
        in_flight: Vec::new(),
        on_screen: None,
        run: Run::of(customers.len()),
    };
    till.whole_day(day)?;
    Ok(till.run)
}

impl SimulatedTill<'_> {
    fn whole_day(&mut self, day: &Day) -> Result<(), FoldError> {
        let mut acts: Vec<(u64, usize, Act)> = Vec::new();
        for (index, customer) in self.customers.iter().enumerate() {
            acts.push((customer.opens_ms, index, Act::Opens));
            let asks = customer.asks_ms.map(|at| (at, index, Act::CashierAsks));
            let stops = customer.stops_ms.map(|at| (at, index, Act::CashierStops));
            acts.extend(asks.into_iter().chain(stops));
        }
        // The last element is the next act.
        acts.sort_unstable_by(|a, b| b.cmp(a));
        let over_ms = (day.hours + 26) * HOUR_MS;
        while self.now_ms < over_ms {
            while let Some(act) = acts.pop_if(|act| act.0 <= self.now_ms) {
                if !self.act(act.1, act.2)? {
                    acts.push((self.now_ms + RETRY_MS, act.1, act.2));
                    acts.sort_unstable_by(|a, b| b.cmp(a));
                }
            }
            self.receive_all()?;
            let plan_ms = self.tick();
            let act_ms = acts.last().map_or(u64::MAX, |act| act.0);
            let back = self.in_flight.iter().map(|call| call.back_ms);
            let back_ms = back.min().unwrap_or(u64::MAX);
            let next_ms = plan_ms.min(act_ms).min(back_ms).min(self.now_ms + TICK_MS);
            self.now_ms = next_ms.max(self.now_ms + 1);
        }
        Ok(())
    }

    /// One turn of the till's loop. Returns the time of the next, milliseconds.
    fn tick(&mut self) -> u64 {
        let (now, now_ms) = (self.now(), self.now_ms);
        self.scheduler.tick(now, now_ms, &self.watched);
        let busy = |key| self.in_flight.iter().any(|call| call.key == key);
        let front = self.on_screen.map(number);
        let (watched, budget) = (&self.watched, self.budget);
        let plan = self
            .scheduler
            .plan(now, now_ms, watched, busy, front, budget);
        for (key, lane) in plan.poll_now {
            let watched = self.watched.iter().find(|watched| watched.key() == key);
            if let Some(index) = watched.map(|watched| index_of(watched.number)) {
                self.poll(index, key, lane, false);
            }
        }
        plan.next_ms
    }

    /// The cashier does something. Returns false when it has to wait: the invoice is being polled, or the
    /// budget has no room.
    fn act(&mut self, index: usize, act: Act) -> Result<bool, FoldError> {
        let has_room = self.scheduler.cashier_free_ms(self.budget) <= self.now_ms;
        if act == Act::Opens {
            if has_room {
                self.open(index)?;
            }
            return Ok(has_room);
        }
        let waits = |sale: &&Sale| {
            let over = [SaleState::Paid, SaleState::Ended];
            !over.contains(&sale.state())
        };
        let sale = self.sales.get(index).and_then(Option::as_ref);
        let Some(key) = sale.filter(waits).map(|sale| (sale.id, ATTEMPT)) else {
            return Ok(true);
        };
        let is_busy = self.in_flight.iter().any(|call| call.key == key);
        if is_busy || !has_room {
            return Ok(false);
        }
        self.run.cashiers += 1;
        self.poll(index, key, Lane::Cashier, act == Act::CashierStops);
        Ok(true)
    }

    fn open(&mut self, index: usize) -> Result<(), FoldError> {
        let lane = Lane::Cashier;
        self.scheduler.record_call(lane, self.now_ms, self.budget);
        self.run.calls_ms.push(self.now_ms);
        let sale = SaleId::new();
        let opened = self.entry(Event::SaleOpened {
            sale,
            number: number(index),
            code: None,
            amount_minor: AMOUNT_MINOR,
            currency: Currency::Eur,
            note: None,
            language: None,
            tap: TapId::new(),
            breakdown: Breakdown::default(),
            cart: None,
            receipt_token: None,
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
                amount_minor: None,
            },
            Event::InvoiceOpened {
                sale,
                attempt: ATTEMPT,
                invoice: Invoice {
                    id: invoice_id(index),
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
        if let Some(sale) = self.sales.get_mut(index) {
            *sale = Some(opened);
        }
        self.on_screen = Some(index);
        self.update_watched();
        let open = |sale: &&Sale| matches!(sale.state(), SaleState::Awaiting | SaleState::Chosen);
        let open = self.sales.iter().flatten().filter(open).count();
        self.run.most_open = self.run.most_open.max(open);
        Ok(())
    }

    fn poll(&mut self, index: usize, key: AttemptKey, lane: Lane, stops: bool) {
        let jitter = self.rng.random_range(0..=100);
        self.scheduler
            .record_sent(key, lane, self.now_ms, jitter, self.budget);
        self.run.calls_ms.push(self.now_ms);
        let result = self.gateway.ask(index, self.now_ms);
        self.in_flight.push(InFlight {
            index,
            key,
            back_ms: self.now_ms + result.takes_ms,
            result,
            stops,
        });
    }

    fn receive_all(&mut self) -> Result<(), FoldError> {
        let now_ms = self.now_ms;
        let back = |call: &mut InFlight| call.back_ms <= now_ms;
        let back: Vec<_> = self.in_flight.extract_if(.., back).collect();
        for call in back {
            self.receive(call)?;
        }
        Ok(())
    }

    fn receive(&mut self, call: InFlight) -> Result<(), FoldError> {
        let InFlight { index, key, .. } = call;
        let Some(mut sale) = self.sales.get_mut(index).and_then(Option::take) else {
            return Ok(());
        };
        let before = sale.state();
        if let Ok(report) = &call.result.answer {
            for event in events_for_report(&sale, ATTEMPT, report, self.now()) {
                let entry = self.entry(event);
                sale.apply(&entry)?;
            }
        }
        let feedback = match &call.result.answer {
            Ok(_) => PollFeedback::Answered {
                coin_chosen: sale.attempts.iter().any(ringup_core::sale::Attempt::chosen),
                in_doubt: false,
            },
            Err(error) => PollFeedback::NoAnswer(error),
        };
        let jitter = self.rng.random_range(0..=100);
        self.scheduler
            .record_feedback(key, feedback, self.now_ms, jitter, self.budget);
        if call.stops && matches!(sale.state(), SaleState::Awaiting | SaleState::Chosen) {
            let entry = self.entry(Event::SaleStopped { sale: sale.id });
            sale.apply(&entry)?;
        }
        self.note_change(index, before, &sale);
        if let Some(kept) = self.sales.get_mut(index) {
            *kept = Some(sale);
        }
        self.update_watched();
        Ok(())
    }

    /// Notes when a sale is paid, and what the cashier sees of it.
    fn note_change(&mut self, index: usize, before: SaleState, sale: &Sale) {
        let now = sale.state();
        if now == before {
            return;
        }
        let on_screen = self.on_screen == Some(index);
        if now == SaleState::Paid {
            if let Some(paid_ms) = self.run.paid_ms.get_mut(index) {
                *paid_ms = Some(self.now_ms);
            }
            if let Some(was) = self.run.on_screen.get_mut(index) {
                *was = on_screen;
            }
            let late = |phase: &Phase| matches!(phase, Phase::Paid { late: true, .. });
            let late = sale.attempts.iter().any(|attempt| late(&attempt.phase));
            if let Some(announced) = self.run.announced_late.get_mut(index) {
                *announced = late;
            }
        }
        let over = [SaleState::Paid, SaleState::Ended, SaleState::Stopped];
        if on_screen && over.contains(&now) {
            self.on_screen = None;
        }
    }

    /// The watched invoices, as the journal would list them.
    fn update_watched(&mut self) {
        let (now, whole) = (self.now(), self.watch == Watch::All);
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
        let watched = self.sales.iter().enumerate().filter_map(|(index, sale)| {
            let sale = sale.as_ref()?;
            Some(WatchedInvoice {
                sale: sale.id,
                number: sale.number,
                attempt: ATTEMPT,
                invoice_id: Some(invoice_id(index)),
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
            approved_by: None,
            event,
        }
    }

    fn now(&self) -> UnixMs {
        UnixMs(DAY_BEGAN_UNIX_MS).plus(i64::try_from(self.now_ms).unwrap_or(i64::MAX))
    }
}

/// The number of this customer's sale.
fn number(index: usize) -> SaleNumber {
    SaleNumber(u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1))
}

fn index_of(number: SaleNumber) -> usize {
    usize::try_from(number.0.saturating_sub(1)).unwrap_or(usize::MAX)
}
