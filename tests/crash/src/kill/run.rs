//! Plays the cycles of a plan against one gateway, checks after every start, and counts.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use ringup_core::clock::UnixMs;
use ringup_core::failpoints::Failpoint;
use ringup_core::ids::{SaleNumber, TapId};
use ringup_core::journal::JournalFile;
use ringup_core::sale::Purpose;
use ringup_practice::PracticeGateway;
use tempfile::TempDir;
use uuid::Uuid;

use super::check::{self, Broken, Written};
use super::gateway::{Gateway, GatewaySide};
use super::memory::{Memory, Tap};
use super::plan::{self, CustomerAct, Cycle, Kill, Pick, Plan, Step};
use super::process::{Heard, Process};
use super::protocol::{Asked, Order, Said};
use super::sabotage::Sabotage;
use super::stats::Stats;

/// Nothing that is waited for takes longer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks for what the watch must find.
const LOOK: Duration = Duration::from_millis(4);

/// How the loop runs.
#[derive(Debug, Clone)]
pub struct Options {
    /// The program that is the till's process: this one, with `till`.
    pub program: PathBuf,
    /// How many kills.
    pub cycles: u32,
    /// What is done and when the kill comes.
    pub seed: u64,
    /// A promise that the till's process breaks.
    pub sabotage: Option<Sabotage>,
}

/// Why the loop ended early.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// A promise was broken.
    #[error("cycle {cycle}: {broken} (in {folder})")]
    Broken {
        /// From 1.
        cycle: u32,
        /// Which.
        broken: Broken,
        /// The data folder.
        folder: String,
    },
    /// The till's process ended by itself.
    #[error("cycle {0}: the till's process ended by itself")]
    Died(u32),
    /// It did not answer.
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
    /// The loop's own means failed.
    #[error("the loop itself failed: {0}")]
    Io(#[from] std::io::Error),
    /// The gateway did not start.
    #[error(transparent)]
    Gateway(#[from] ringup_practice::StartError),
}

/// Runs the loop.
///
/// # Errors
/// [`Failed`]: first of all a broken promise.
pub fn run(options: &Options) -> Result<Stats, Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let gateway = runtime.block_on(ringup_practice::start(ringup_practice::Options::default()))?;
    let mut trial = Trial::new(options, &gateway)?;
    let cycles = usize::try_from(options.cycles).unwrap_or(usize::MAX);
    for cycle in Plan::new(options.seed).take(cycles) {
        if cycle.new_journal {
            trial.begin_journal()?;
        }
        trial.cycle(&cycle)?;
    }
    trial.end_journal()?;
    Ok(trial.stats)
}

struct Trial<'o> {
    options: &'o Options,
    gateway: Gateway,
    folder: TempDir,
    memory: Memory,
    orders: u64,
    stats: Stats,
}

/// Why a life ended.
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
    Came,
    At(Failpoint),
    TimeOut,
}

impl<'o> Trial<'o> {
    fn new(options: &'o Options, gateway: &PracticeGateway) -> Result<Self, Failed> {
        Ok(Self {
            options,
            gateway: Gateway::new(gateway),
            folder: TempDir::new()?,
            memory: Memory::default(),
            orders: 0,
            stats: Stats::default(),
        })
    }

    fn begin_journal(&mut self) -> Result<(), Failed> {
        if self.stats.cycles > 0 {
            self.end_journal()?;
        }
        self.gateway.reset();
        self.folder = TempDir::new()?;
        self.memory = Memory::default();
        Ok(())
    }

    /// A last till, which is not killed before all was compared.
    fn end_journal(&mut self) -> Result<(), Failed> {
        let process = self.start(None)?;
        self.wait(&process, Until::Open, PATIENCE)?;
        let (journal, gateway) = self.compare()?;
        process.kill()?;
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        self.stats.sales += count(journal.len());
        self.stats.acknowledged += count(self.memory.acknowledged.len());
        self.stats.shown += count(self.memory.shown.len());
        self.stats.requested += gateway
            .requested
            .values()
            .map(|times| u64::from(*times))
            .sum::<u64>();
        self.stats.uncertain += count(check::uncertain(&journal).count());
        self.stats.paid += count(gateway.paid.len());
        Ok(())
    }

    fn cycle(&mut self, cycle: &Cycle) -> Result<(), Failed> {
        let arm = match cycle.kill {
            Kill::At { point, .. } if plan::of_the_opening(point) => Some(point),
            _ => None,
        };
        self.stats.cycles += 1;
        for (invoice, act) in &cycle.meanwhile {
            self.customer(*invoice, *act);
        }
        let mut process = self.start(arm)?;
        let end = self.live(&mut process, cycle)?;
        for said in process.kill()? {
            self.take(&said)?;
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

    /// From the start to the moment of the kill.
    fn live(&mut self, process: &mut Process, cycle: &Cycle) -> Result<End, Failed> {
        let patience = match cycle.kill {
            Kill::Opening { after_us } => Duration::from_micros(after_us),
            _ => PATIENCE,
        };
        match self.wait(process, Until::Open, patience)? {
            Waited::At(point) => return Ok(End::At(point)),
            Waited::TimeOut => return Ok(End::Random),
            Waited::Came if matches!(cycle.kill, Kill::Opening { .. }) => return Ok(End::Random),
            Waited::Came => {}
        }
        self.compare()?;
        self.gateway.clear_faults();
        if let Kill::At { point, pass } = cycle.kill {
            let order = self.ask(process, Order::Arm { point, pass })?;
            self.wait(process, Until::Answer(order), PATIENCE)?;
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
                (None, Some(order)) => self.wait(process, Until::Answer(order), PATIENCE)?,
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

    /// Does a step; gives the order whose answer is to be waited for.
    fn step(&mut self, process: &mut Process, step: &Step) -> Result<Option<u64>, Failed> {
        let (order, wait) = match step {
            Step::Charge {
                tap,
                amount,
                currency,
                wait,
            } => {
                let tap = Tap {
                    tap: TapId(Uuid::from_u128(*tap)),
                    amount: amount.clone(),
                    currency: (*currency).to_owned(),
                };
                (self.charge(process, tap)?, *wait)
            }
            Step::TapAgain { pick } => match picked(&self.memory.taps, *pick) {
                Some(tap) => (self.charge(process, tap)?, false),
                None => return Ok(None),
            },
            Step::TryAgain { sale, wait } => {
                (self.of_sale(process, *sale, Order::TryAgain)?, *wait)
            }
            Step::Stop { sale, wait } => (self.of_sale(process, *sale, Order::Stop)?, *wait),
            Step::Check { sale, wait } => (self.of_sale(process, *sale, Order::Check)?, *wait),
            Step::Customer { invoice, act } => {
                self.customer(*invoice, *act);
                return Ok(None);
            }
            Step::Spoil(spoilt) => {
                self.gateway.spoil(*spoilt);
                return Ok(None);
            }
            Step::Pause { .. } => return Ok(None),
        };
        Ok(order.filter(|_| wait))
    }

    fn ask(&mut self, process: &mut Process, what: Order) -> Result<u64, Failed> {
        self.orders += 1;
        let order = self.orders;
        process.ask(&Asked { order, what })?;
        Ok(order)
    }

    fn charge(&mut self, process: &mut Process, tap: Tap) -> Result<Option<u64>, Failed> {
        let order = self.ask(
            process,
            Order::Charge {
                amount: tap.amount.clone(),
                currency: tap.currency.clone(),
                tap: tap.tap,
            },
        )?;
        self.memory.charging(order, tap);
        Ok(Some(order))
    }

    fn of_sale(
        &mut self,
        process: &mut Process,
        pick: Pick,
        what: impl FnOnce(u32) -> Order,
    ) -> Result<Option<u64>, Failed> {
        match picked(&self.memory.sales, pick) {
            Some(number) => self.ask(process, what(number)).map(Some),
            None => Ok(None),
        }
    }

    fn customer(&self, pick: Pick, act: CustomerAct) {
        if let Some(invoice) = picked(&self.memory.invoices, pick) {
            self.gateway.customer(&invoice, act);
        }
    }

    fn wait(
        &mut self,
        process: &Process,
        until: Until,
        patience: Duration,
    ) -> Result<Waited, Failed> {
        let end = Instant::now() + patience;
        loop {
            match process.listen(end.saturating_duration_since(Instant::now())) {
                Heard::Line(said) => {
                    self.take(&said)?;
                    match (&until, &said) {
                        (_, Said::At(point)) => return Ok(Waited::At(*point)),
                        (Until::Open, Said::Open) => return Ok(Waited::Came),
                        (Until::Answer(order), said) if said.order() == Some(*order) => {
                            return Ok(Waited::Came);
                        }
                        _ => {}
                    }
                }
                Heard::Nothing if patience == PATIENCE => {
                    return Err(Failed::Silent(self.stats.cycles));
                }
                Heard::Nothing => return Ok(Waited::TimeOut),
                Heard::Gone => return Err(Failed::Died(self.stats.cycles)),
            }
        }
    }

    fn take(&mut self, said: &Said) -> Result<(), Failed> {
        self.memory.take(said).map_err(|broken| self.broken(broken))
    }

    /// Compares everything, once the till found what there is to find.
    fn compare(&mut self) -> Result<(Vec<Written>, GatewaySide), Failed> {
        let cycle = self.stats.cycles;
        let failed = |error| Failed::Journal { cycle, error };
        let gateway = self.gateway.side();
        let path = self.folder.path().join("journal.sqlite");
        let file = JournalFile::open(&path, Purpose::Practice, UnixMs(0)).map_err(failed)?;
        let begun = Instant::now();
        let journal = loop {
            let journal = all(&file).map_err(failed)?;
            if check::not_found(&journal, &gateway).is_empty() || begun.elapsed() > PATIENCE {
                break journal;
            }
            std::thread::sleep(LOOK);
        };
        check::check(&self.memory, file.code(), &journal, &gateway)
            .map_err(|broken| self.broken(broken))?;
        let verified = file.verify().map_err(failed)?;
        verified.map_err(|wrong| self.broken(Broken::NotWhole(wrong)))?;
        self.memory.uncertain.extend(check::uncertain(&journal));
        self.stats.checks += 1;
        Ok((journal, gateway))
    }

    /// The evidence stays, unless the till was made to sabotage.
    fn broken(&mut self, broken: Broken) -> Failed {
        self.folder.disable_cleanup(self.options.sabotage.is_none());
        Failed::Broken {
            cycle: self.stats.cycles,
            broken,
            folder: self.folder.path().display().to_string(),
        }
    }
}

fn all(file: &JournalFile) -> Result<Vec<Written>, ringup_core::journal::JournalError> {
    let mut journal = Vec::new();
    for number in 1.. {
        let Some(sale) = file.sale(SaleNumber(number))? else {
            break;
        };
        let entries = file.entries(sale.id)?;
        journal.push(Written { sale, entries });
    }
    Ok(journal)
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
