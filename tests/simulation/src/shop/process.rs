//! One start of the till's program: the shop's own `Till`, on a runtime of its own whose clock is virtual. To kill it is to
//! drop the runtime: every future ends where it waits.

use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::time::Duration;

use parking_lot::Mutex;
use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::gateway::{ApiBase, Line};
use ringup_core::journal::JobsRun;
use ringup_core::{Jitter, Surroundings, Till};
use secrecy::SecretString;
use tokio::runtime::Runtime;
use tokio::time::Instant;

use super::cashier::{Counter, fault_text};
use super::gateway::Gateway;
use super::machine::Machine;
use super::plan::{Plan, Planned, What};
use super::record::Record;
use super::wire::Wire;

/// The shop's key: the oracle looks for it where it must not be.
pub const KEY: &str = "k-simulated-7f3a9c51d2";
/// A program whose death is due dies after this at the latest.
const DIES_WITHIN: Duration = Duration::from_secs(45);

/// A shop: one till, its computer, its gateway, its people.
pub struct Shop<'a> {
    plan: &'a Plan,
    pub(super) machine: Arc<Machine>,
    pub(super) gateway: Arc<Gateway>,
    pub(super) record: Arc<Mutex<Record>>,
    clock_set: bool,
    runs: u32,
}

/// A program that runs.
pub struct Process {
    pub(super) runtime: Runtime,
    pub(super) counter: Counter,
}

impl<'a> Shop<'a> {
    /// The shop of a plan, before its first day.
    ///
    /// # Errors
    /// Those of the real files.
    pub fn of(plan: &'a Plan) -> std::io::Result<Self> {
        let begins_ms = plan.shop.begins_ms;
        let machine = Machine::new(plan.seed, begins_ms)?;
        machine.mount();
        std::fs::create_dir_all(machine.data_dir())?;
        machine.set_failing(plan.shop.failing_per_mille);
        Ok(Self {
            plan,
            gateway: Arc::new(Gateway::new(plan.seed, begins_ms, plan.shop.test)),
            machine,
            record: Arc::default(),
            clock_set: false,
            runs: 0,
        })
    }

    pub(super) fn plan(&self) -> &Plan {
        self.plan
    }

    pub(super) fn config(&self) -> Result<Config, String> {
        Ok(Config {
            data_dir: self.machine.data_dir().to_owned(),
            api: ApiBase::cru_cash().map_err(|error| error.to_string())?,
            pace: Duration::from_secs(5),
        })
    }

    /// Starts the program at this moment of the world.
    ///
    /// # Errors
    /// What the till says when it cannot be opened.
    pub fn start(&mut self, at_ms: u64) -> Result<Process, String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .map_err(|error| error.to_string())?;
        self.runs += 1;
        let machine = Arc::clone(&self.machine);
        let people = Arc::new(AtomicU32::new(0));
        let config = self.config()?;
        let till = runtime.block_on(async {
            machine.start(at_ms);
            let surroundings = self.surroundings(&people);
            let key = SecretString::from(KEY);
            Till::open_in(&config, surroundings, key).await
        });
        let till = match till {
            Ok(till) => till,
            Err(error) => {
                drop(runtime);
                return Err(fault_text(error));
            }
        };
        let events = till.events();
        let till = {
            let _within = runtime.enter();
            till.with_polling()
        };
        let counter = Counter {
            till,
            record: Arc::clone(&self.record),
            gateway: Arc::clone(&self.gateway),
            machine,
            people,
            seed: self.plan.seed,
        };
        runtime.spawn(counter.clone().watch_screen(events));
        Ok(Process { runtime, counter })
    }

    fn surroundings(&self, people: &Arc<AtomicU32>) -> Surroundings {
        let (clock, jitter) = (Arc::clone(&self.machine), Arc::clone(&self.machine));
        let wire = Wire::new(
            Arc::clone(&self.machine),
            Arc::clone(&self.gateway),
            Arc::clone(people),
            self.runs,
            self.clock_set,
        );
        Surroundings {
            clock: Clock::from_fn(move || clock.wall()),
            line: Line::By(Arc::new(wire)),
            journal: JobsRun::OnCaller(Arc::<Machine>::clone(&self.machine)),
            jitter: Jitter::from_fn(move || jitter.jitter()),
            reads_journal_every: Duration::from_secs(self.plan.shop.reads_journal_s),
        }
    }

    /// Runs these events until one of them ends the program; returns how many were begun, and how long it is down then.
    pub fn run(&mut self, process: &Process, events: &[Planned]) -> (usize, Option<u64>) {
        let machine = Arc::clone(&self.machine);
        process.runtime.block_on(async {
            // A program whose death is due goes on until it reaches the step.
            let mut dying: Option<(Instant, u64)> = None;
            for (index, event) in events.iter().enumerate() {
                let at = machine.instant_at(event.at_ms);
                if let Some(end) = wait(&machine, at, dying).await {
                    return (index, Some(end));
                }
                match &event.what {
                    What::Die {
                        steps,
                        power_calls,
                        down_ms,
                    } => {
                        machine.die_after(*steps, *power_calls);
                        dying = Some((Instant::now() + DIES_WITHIN, *down_ms));
                    }
                    What::Close { down_ms } => return (index + 1, Some(*down_ms)),
                    _ => self.happens(process, event),
                }
            }
            let over = match dying {
                Some((due, _)) => wait(&machine, due + DIES_WITHIN, dying).await,
                None => None,
            };
            (events.len(), over)
        })
    }

    fn happens(&mut self, process: &Process, event: &Planned) {
        let (id, counter, machine) = (event.id, process.counter.clone(), &self.machine);
        match &event.what {
            What::Sell(sell) => drop(tokio::spawn(counter.sell(id, *sell))),
            What::Sale { back, act } => drop(tokio::spawn(counter.about_sale(id, *back, *act))),
            What::Counter(act) => drop(tokio::spawn(counter.at_counter(id, *act))),
            What::Weather(weather) => machine.set_weather(*weather, machine.true_ms()),
            What::Clock { by_ms } => {
                machine.step_clock(*by_ms);
                self.clock_set = true;
            }
            What::Sleep { for_ms } => machine.sleep(*for_ms),
            What::Disk { full, for_ms } => {
                use crash::power::Failing;
                machine.set_disk(Some(if *full {
                    Failing::Writes
                } else {
                    Failing::Flushes
                }));
                let machine = Arc::clone(machine);
                let until = Duration::from_millis(*for_ms);
                tokio::spawn(async move {
                    tokio::time::sleep(until).await;
                    machine.set_disk(None);
                });
            }
            What::Die { .. } | What::Close { .. } => {}
        }
    }
}

/// Waits until a moment; returns how long the program is down when it died before.
async fn wait(machine: &Machine, at: Instant, dying: Option<(Instant, u64)>) -> Option<u64> {
    let (due, down_ms) = dying.unwrap_or((at, 1000));
    tokio::select! {
        biased;
        () = machine.death() => return Some(down_ms),
        () = tokio::time::sleep_until(at.min(due)) => {}
    }
    if due < at {
        machine.die();
        return Some(down_ms);
    }
    None
}

impl Process {
    /// The program ends: as it should, or where it stands.
    pub fn end(self) {
        let Self { runtime, counter } = self;
        drop(counter);
        runtime.shutdown_background();
    }
}
