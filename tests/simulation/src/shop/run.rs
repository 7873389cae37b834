//! Plays a plan from its first day to the evening of the last, lets the till see what there is to see, and asks the oracle.

use std::time::Duration;

use super::book::Book;
use super::oracle::{Evidence, Violation, judge};
use super::plan::{Plan, Planned};
use super::process::{Process, Shop};
use super::record::Outcome;

/// A till that cannot be started is tried again after this.
const RETRY_MS: u64 = 30_000;
/// How often.
const MOST_STARTS: u32 = 40;
/// How long the till has, with time and network, to see everything: an ended invoice is polled every hour.
const SETTLES: Duration = Duration::from_secs(75 * 60);

/// How many sales somebody asks about then.
const QUESTIONS: usize = 5;

/// What came of a plan.
#[derive(Debug, Clone, Default)]
pub struct Outcomes {
    /// What the oracle found.
    pub violations: Vec<Violation>,
    /// Counts.
    pub stats: Stats,
    /// The same plan gives the same trace.
    pub trace: u64,
}

/// What happened, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Days of trade.
    pub days: u64,
    /// Sales in the book.
    pub sales: u64,
    /// Entries.
    pub entries: u64,
    /// Invoices that customers paid.
    pub paid: u64,
    /// Calls.
    pub calls: u64,
    /// Starts of the program.
    pub starts: u64,
    /// Acts of people that were done.
    pub done: u64,
    /// That were refused.
    pub refused: u64,
    /// That the journal or death cut off.
    pub cut_off: u64,
    /// Power cuts that lost something.
    pub lost: u64,
}

/// Plays a plan.
///
/// # Errors
/// The simulation itself failed: the machine's real files.
pub fn run(plan: &Plan) -> Result<Outcomes, String> {
    let mut shop = Shop::of(plan).map_err(|error| error.to_string())?;
    let mut stats = Stats {
        days: plan.shop.days,
        ..Stats::default()
    };
    prepare(&shop)?;
    let mut violations = Vec::new();
    let mut now_ms = 0;
    let mut events = plan.events.as_slice();
    loop {
        let process = match start(&mut shop, &mut now_ms, &mut stats) {
            Ok(process) => process,
            Err(error) => {
                violations.push(Violation::new("start", error));
                break;
            }
        };
        if events.is_empty() {
            let settled = settle(&shop, process, plan.ends_ms());
            violations.extend(settled?);
            break;
        }
        let (begun, down_ms) = shop.run(&process, events);
        events = events.get(begun..).unwrap_or_default();
        now_ms = {
            let _within = process.runtime.enter();
            shop.machine.true_ms()
        };
        if events.is_empty() && !shop.machine.is_dead() && down_ms.is_none() {
            let settled = settle(&shop, process, plan.ends_ms());
            violations.extend(settled?);
            break;
        }
        process.end();
        shop.gateway.note_restart();
        stats.lost += u64::from(shop.machine.power_returns().map_err(|it| it.to_string())?);
        now_ms += down_ms.unwrap_or(1000).max(1000);
        events = skip_while_down(events, now_ms);
    }
    Ok(finish(&shop, violations, stats))
}

/// What would happen to a till that does not run happens to nobody.
fn skip_while_down(events: &[Planned], until_ms: u64) -> &[Planned] {
    let next = events.iter().position(|event| event.at_ms >= until_ms);
    events
        .get(next.unwrap_or(events.len())..)
        .unwrap_or_default()
}

/// The shop's settings, as its owner would make them.
fn prepare(shop: &Shop<'_>) -> Result<(), String> {
    super::settings::write(shop)
}

fn start(shop: &mut Shop<'_>, now_ms: &mut u64, stats: &mut Stats) -> Result<Process, String> {
    let mut last = String::new();
    for attempt in 0..MOST_STARTS {
        stats.starts += 1;
        match shop.start(*now_ms) {
            Ok(process) => return Ok(process),
            Err(error) => last = error,
        }
        if shop.machine.is_dead() {
            stats.lost += u64::from(shop.machine.power_returns().map_err(|it| it.to_string())?);
        }
        *now_ms += RETRY_MS;
        if attempt > MOST_STARTS / 2 {
            // No disk fails for ever.
            shop.machine.clear();
        }
    }
    Err(format!("it cannot be started: {last}"))
}

/// Nothing fails any more; the till has time. Then it is asked for its own view of everything.
fn settle(shop: &Shop<'_>, process: Process, ends_ms: u64) -> Result<Vec<Violation>, String> {
    let machine = &shop.machine;
    machine.clear();
    let counter = process.counter.clone();
    let till_view = process.runtime.block_on(async {
        tokio::time::sleep_until(machine.instant_at(ends_ms)).await;
        // Questions of a person: a key that was refused by mistake is found to be good again.
        for back in 0..QUESTIONS {
            let number = shop.record.lock().number(back);
            if let Some(number) = number {
                drop(counter.till.check_now(number).await);
            }
        }
        tokio::time::sleep(SETTLES).await;
        super::oracle::TillView::of(&counter.till).await
    });
    drop(counter);
    process.end();
    match till_view {
        Ok(view) => Ok(view.judge(shop)),
        Err(error) => Ok(vec![Violation::new("till_view", error)]),
    }
}

fn finish(shop: &Shop<'_>, mut violations: Vec<Violation>, mut stats: Stats) -> Outcomes {
    let path = shop.machine.data_dir().join("journal.sqlite");
    let record = shop.record.lock();
    for act in record.acts.values() {
        match act.outcome {
            Some(Outcome::Done) => stats.done += 1,
            Some(Outcome::Refused(_)) => stats.refused += 1,
            _ => stats.cut_off += 1,
        }
    }
    let invoices = shop.gateway.invoices();
    let calls = shop.gateway.calls();
    stats.paid = count(invoices.iter().filter(|it| it.paid_ms.is_some()));
    stats.calls = count(calls.iter());
    let trace = match Book::read(&path) {
        Ok(book) => {
            stats.entries = count(book.entries.iter());
            stats.sales = count(book.sales.values());
            let evidence = Evidence {
                book: &book,
                path: &path,
                record: &record,
                invoices: &invoices,
                calls: &calls,
                shop,
            };
            violations.extend(judge(&evidence));
            book.trace()
        }
        Err(error) => {
            violations.push(Violation::new("book", error));
            0
        }
    };
    for text in shop.gateway.broken().iter().chain(&record.broken) {
        let (rule, text) = text.split_once(": ").unwrap_or(("gateway", text));
        violations.push(Violation::new(rule, text.to_owned()));
    }
    Outcomes {
        violations,
        stats,
        trace,
    }
}

fn count<T>(all: impl Iterator<Item = T>) -> u64 {
    u64::try_from(all.count()).unwrap_or(u64::MAX)
}
