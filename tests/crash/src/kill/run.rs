//! Plays the cycles of a plan, checks the journal after every start of the till, and counts.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ringup_core::auto_backup::{History, check_history};
use ringup_core::clock::UnixMs;
use ringup_core::failpoints::Failpoint;
use ringup_core::ids::{SaleNumber, TapId};
use ringup_core::journal::JournalFile;
use ringup_core::sale::Purpose;
use ringup_practice::PracticeGateway;
use tempfile::TempDir;
use uuid::Uuid;

use super::check::{self, Violation, WrittenSale};
use super::gateway::{Gateway, GatewayState};
use super::observations::{Observations, Tap};
use super::plan::{self, CustomerAct, Cycle, Kill, Pick, Plan, Step};
use super::process::{Process, Received};
use super::protocol::{Message, Order, Request};
use super::sabotage::Sabotage;
use super::stats::Stats;

/// The longest that anything is waited for.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Between two checks whether the till has found every payment.
const CHECK_EVERY: Duration = Duration::from_millis(4);

/// How the loop runs.
#[derive(Debug, Clone)]
pub struct Options {
    /// The program to run as the till's process: `crash-loop`, which does so when it is called with `till`.
    pub program: PathBuf,
    /// How many kills.
    pub cycles: u32,
    /// Decides what happens and when the kill comes.
    pub seed: u64,
    /// A guarantee that the till's process breaks.
    pub sabotage: Option<Sabotage>,
}

/// Why the loop ended early.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// A guarantee was broken.
    #[error("cycle {cycle}: {violation} (in {folder})")]
    Broken {
        /// From 1.
        cycle: u32,
        /// Which guarantee.
        violation: Violation,
        /// The data folder.
        folder: String,
    },
    /// The till's process ended by itself.
    #[error("cycle {0}: the till's process ended by itself")]
    Died(u32),
    /// The till's process did not answer.
    #[error("cycle {0}: the till's process is silent")]
    Silent(u32),
    /// The journal cannot be opened or read.
    #[error("cycle {cycle}: {error}")]
    Journal {
        /// From 1.
        cycle: u32,
        /// Why.
        error: ringup_core::journal::JournalError,
    },
    /// The loop itself failed.
    #[error("the loop itself failed: {0}")]
    Io(#[from] std::io::Error),
    /// The gateway did not start.
    #[error(transparent)]
    Gateway(#[from] ringup_practice::StartError),
}

/// Runs the loop.
///
/// # Errors
/// [`Failed`], above all a broken guarantee.
pub fn run(options: &Options) -> Result<Stats, Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let gateway = runtime.block_on(ringup_practice::start(ringup_practice::Options::default()))?;
    let mut crash_loop = CrashLoop::new(options, &gateway)?;
    let cycles = usize::try_from(options.cycles).unwrap_or(usize::MAX);
    for cycle in Plan::new(options.seed).take(cycles) {
        if cycle.new_journal {
            crash_loop.begin_journal()?;
        }
        crash_loop.cycle(&cycle)?;
    }
    crash_loop.end_journal()?;
    Ok(crash_loop.stats)
}

struct CrashLoop<'o> {
    options: &'o Options,
    gateway: Gateway,
    folder: TempDir,
    observed: Observations,
    /// Requests so far; the number is the id of the last.
    requests: u64,
    stats: Stats,
}

/// How a cycle ended.
enum End {
    At(Failpoint),
    Random,
    Missed,
}

/// What is waited for.
enum Until {
    Open,
    Answer(u64),
    Nothing,
}

/// What ended the wait.
#[derive(PartialEq)]
enum Waited {
    /// What was waited for.
    Arrived,
    At(Failpoint),
    TimeOut,
}

impl<'o> CrashLoop<'o> {
    fn new(options: &'o Options, gateway: &PracticeGateway) -> Result<Self, Failed> {
        Ok(Self {
            options,
            gateway: Gateway::new(gateway),
            folder: TempDir::new()?,
            observed: Observations::default(),
            requests: 0,
            stats: Stats::default(),
        })
    }

    fn begin_journal(&mut self) -> Result<(), Failed> {
        if self.stats.cycles > 0 {
            self.end_journal()?;
        }
        self.gateway.reset();
        self.folder = TempDir::new()?;
        self.observed = Observations::default();
        Ok(())
    }

    /// Starts the till once more and compares everything before it is killed.
    fn end_journal(&mut self) -> Result<(), Failed> {
        let process = self.start(None)?;
        self.wait(&process, Until::Open, TIMEOUT)?;
        let (journal, gateway) = self.compare()?;
        process.kill()?;
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        self.stats.sales += count(journal.len());
        self.stats.acknowledged += count(self.observed.acknowledged.len());
        self.stats.shown += count(self.observed.shown.len());
        self.stats.requested += gateway
            .requested
            .values()
            .map(|times| u64::from(*times))
            .sum::<u64>();
        self.stats.uncertain += count(check::uncertain_attempts(&journal).count());
        self.stats.paid += count(gateway.paid.len());
        let sales = || journal.iter().map(|written| &written.sale);
        self.stats.refunds += count(sales().map(|sale| sale.refunds.len()).sum());
        self.stats.written_off += count(sales().filter(|sale| sale.written_off.is_some()).count());
        self.stats.closes += count(self.observed.closed.len());
        self.stats.saves += u64::from(self.observed.saved);
        self.stats.tenders += count(sales().map(|sale| sale.tenders.len()).sum());
        self.stats.counts += u64::from(self.observed.counted);
        Ok(())
    }

    fn cycle(&mut self, cycle: &Cycle) -> Result<(), Failed> {
        let arm = match cycle.kill {
            Kill::At { point, .. } if plan::is_of_opening(point) => Some(point),
            _ => None,
        };
        self.stats.cycles += 1;
        for (invoice, act) in &cycle.meanwhile {
            self.customer(*invoice, *act);
        }
        let mut process = self.start(arm)?;
        let end = self.run_until_kill(&mut process, cycle)?;
        for message in process.kill()? {
            self.add(&message)?;
        }
        match end {
            End::At(point) => *self.stats.at.entry(point).or_default() += 1,
            End::Random => self.stats.at_random += 1,
            End::Missed => self.stats.missed += 1,
        }
        Ok(())
    }

    fn start(&self, arm: Option<Failpoint>) -> Result<Process, Failed> {
        let Options {
            program, sabotage, ..
        } = self.options;
        Ok(Process::start(
            program,
            self.folder.path(),
            self.gateway.base(),
            arm,
            *sabotage,
        )?)
    }

    /// Plays the steps of a cycle until the moment of the kill.
    fn run_until_kill(&mut self, process: &mut Process, cycle: &Cycle) -> Result<End, Failed> {
        let timeout = match cycle.kill {
            Kill::Opening { after_us } => Duration::from_micros(after_us),
            _ => TIMEOUT,
        };
        match self.wait(process, Until::Open, timeout)? {
            Waited::At(point) => return Ok(End::At(point)),
            Waited::TimeOut => return Ok(End::Random),
            Waited::Arrived if matches!(cycle.kill, Kill::Opening { .. }) => {
                return Ok(End::Random);
            }
            Waited::Arrived => {}
        }
        self.compare()?;
        self.gateway.clear_faults();
        if let Kill::At { point, pass } = cycle.kill {
            let request = self.request(process, Order::Arm { point, pass })?;
            self.wait(process, Until::Answer(request), TIMEOUT)?;
        }
        for (place, step) in cycle.steps.iter().enumerate() {
            let kill_after_us = match cycle.kill {
                Kill::During { step, after_us } if step == place => Some(after_us),
                _ => None,
            };
            let until = self.step(process, step)?;
            let waited = match (kill_after_us, until) {
                (Some(us), _) => {
                    self.wait(process, Until::Nothing, Duration::from_micros(us))?;
                    return Ok(End::Random);
                }
                (None, Some(request)) => self.wait(process, Until::Answer(request), TIMEOUT)?,
                (None, None) => self.wait(process, Until::Nothing, pause(step))?,
            };
            if let Waited::At(point) = waited {
                return Ok(End::At(point));
            }
        }
        Ok(match cycle.kill {
            Kill::At { .. } => End::Missed,
            _ => End::Random,
        })
    }

    /// Does a step; returns the request whose answer is to be waited for.
    fn step(&mut self, process: &mut Process, step: &Step) -> Result<Option<u64>, Failed> {
        let (request, wait) = match step {
            Step::Charge {
                tap,
                amount,
                cash,
                wait,
            } => {
                let tap = Tap {
                    tap: TapId(Uuid::from_u128(*tap)),
                    amount: *amount,
                };
                (self.charge(process, tap, *cash)?, *wait)
            }
            Step::RepeatTap { pick } => match picked(&self.observed.taps, *pick) {
                Some(tap) => (self.charge(process, tap, false)?, false),
                None => return Ok(None),
            },
            Step::OfSale { act, sale, wait } => {
                // There may be none yet.
                let request = match picked(&self.observed.sales, *sale) {
                    Some(number) => Some(self.request(process, Order::OfSale(*act, number))?),
                    None => None,
                };
                (request, *wait)
            }
            Step::SaveSettings {
                calls_per_minute,
                wait,
            } => (
                Some(self.request(process, Order::SaveSettings(*calls_per_minute))?),
                *wait,
            ),
            Step::CountDrawer { wait } => (Some(self.request(process, Order::CountDrawer)?), *wait),
            Step::CloseDay { wait } => (Some(self.request(process, Order::CloseDay)?), *wait),
            Step::Customer { invoice, act } => {
                self.customer(*invoice, *act);
                return Ok(None);
            }
            Step::FailCreate(fault) => {
                self.gateway.fail_next_create(*fault);
                return Ok(None);
            }
            Step::Pause { .. } => return Ok(None),
        };
        Ok(request.filter(|_| wait))
    }

    fn request(&mut self, process: &mut Process, order: Order) -> Result<u64, Failed> {
        self.requests += 1;
        let id = self.requests;
        process.send(&Request { id, order })?;
        Ok(id)
    }

    fn charge(
        &mut self,
        process: &mut Process,
        tap: Tap,
        cash: bool,
    ) -> Result<Option<u64>, Failed> {
        let request = self.request(
            process,
            Order::Charge {
                amount: tap.amount,
                cash,
                tap: tap.tap,
            },
        )?;
        self.observed.charge_sent(request, tap);
        Ok(Some(request))
    }

    fn customer(&self, pick: Pick, act: CustomerAct) {
        if let Some(invoice) = picked(&self.observed.invoices, pick) {
            self.gateway.customer(&invoice, act);
        }
    }

    fn wait(
        &mut self,
        process: &Process,
        until: Until,
        timeout: Duration,
    ) -> Result<Waited, Failed> {
        let end = Instant::now() + timeout;
        loop {
            match process.receive(end.saturating_duration_since(Instant::now())) {
                Received::Message(message) => {
                    self.add(&message)?;
                    match (&until, &message) {
                        (_, Message::At(point)) => return Ok(Waited::At(*point)),
                        (Until::Open, Message::Open) => return Ok(Waited::Arrived),
                        (Until::Answer(request), answer) if answer.request() == Some(*request) => {
                            return Ok(Waited::Arrived);
                        }
                        _ => {}
                    }
                }
                Received::Nothing if timeout == TIMEOUT => {
                    return Err(Failed::Silent(self.stats.cycles));
                }
                Received::Nothing => return Ok(Waited::TimeOut),
                Received::Ended => return Err(Failed::Died(self.stats.cycles)),
            }
        }
    }

    fn add(&mut self, message: &Message) -> Result<(), Failed> {
        let added = self.observed.add(message);
        added.map_err(|violation| self.broken(violation))
    }

    /// Waits until the till has found every payment, then compares everything.
    fn compare(&mut self) -> Result<(Vec<WrittenSale>, GatewayState), Failed> {
        let cycle = self.stats.cycles;
        let failed = |error| Failed::Journal { cycle, error };
        let gateway = self.gateway.state();
        let path = self.folder.path().join("journal.sqlite");
        let file = JournalFile::open(&path, Purpose::Practice, UnixMs(0)).map_err(failed)?;
        let begun = Instant::now();
        let journal = loop {
            let journal = all(&file).map_err(failed)?;
            if check::missing_payments(&journal, &gateway).is_empty() || begun.elapsed() > TIMEOUT {
                break journal;
            }
            std::thread::sleep(CHECK_EVERY);
        };
        let written_closes = closes(&path).map_err(std::io::Error::other)?;
        let written_saves = entries_of(&path, "settings_changed").map_err(std::io::Error::other)?;
        let counts = entries_of(&path, "cash_counted").map_err(std::io::Error::other)?;
        check::check(&self.observed, file.code(), &journal, &gateway)
            .and_then(|()| check::closes(&self.observed.closed, &written_closes))
            .and_then(|()| check::saves(self.observed.saved, written_saves))
            .and_then(|()| check::counts(self.observed.counted, counts))
            .map_err(|violation| self.broken(violation))?;
        let verified = file.verify().map_err(failed)?;
        verified.map_err(|wrong| self.broken(Violation::NotWhole(wrong)))?;
        let history = check_history(&path).map_err(failed)?;
        if matches!(history, History::Broken { .. }) {
            return Err(self.broken(Violation::FalseAlarm(history)));
        }
        self.observed
            .uncertain
            .extend(check::uncertain_attempts(&journal));
        self.stats.checks += 1;
        Ok((journal, gateway))
    }

    /// Ends the run. The folder is kept as evidence, unless the till was made to break the guarantee.
    fn broken(&mut self, violation: Violation) -> Failed {
        self.folder.disable_cleanup(self.options.sabotage.is_none());
        Failed::Broken {
            cycle: self.stats.cycles,
            violation,
            folder: self.folder.path().display().to_string(),
        }
    }
}

fn all(file: &JournalFile) -> Result<Vec<WrittenSale>, ringup_core::journal::JournalError> {
    let mut journal = Vec::new();
    for number in 1.. {
        let Some(sale) = file.sale(SaleNumber(number))? else {
            break;
        };
        let entries = file.entries(sale.id)?;
        journal.push(WrittenSale { sale, entries });
    }
    Ok(journal)
}

/// The numbers of all closes in the journal, in their order.
fn closes(journal: &Path) -> rusqlite::Result<Vec<u32>> {
    let connection =
        rusqlite::Connection::open_with_flags(journal, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut statement = connection
        .prepare("SELECT body ->> '$.z' FROM entry WHERE kind = 'day_closed' ORDER BY seq")?;
    statement.query_map([], |row| row.get(0))?.collect()
}

/// How many entries of this kind the journal has.
fn entries_of(journal: &Path, kind: &str) -> rusqlite::Result<u32> {
    let connection =
        rusqlite::Connection::open_with_flags(journal, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.query_row(
        "SELECT count(*) FROM entry WHERE kind = ?1",
        [kind],
        |row| row.get(0),
    )
}

fn pause(step: &Step) -> Duration {
    match step {
        Step::Pause { ms } => Duration::from_millis(*ms),
        _ => Duration::ZERO,
    }
}

fn picked<T: Clone>(known: &[T], pick: Pick) -> Option<T> {
    match pick {
        Pick::Last => known.last(),
        Pick::Any(place) => known.get(place.checked_rem(known.len())?),
    }
    .cloned()
}
