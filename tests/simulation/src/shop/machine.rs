//! The computer that a till runs on: its clocks, its disk, its network, and the moment at which it dies. It stays while
//! the till's program is killed and started again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crash::power::{self, Disk, Failing, Flush};
use parking_lot::Mutex;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use ringup_core::clock::UnixMs;
use ringup_core::journal::{JobGate, Pass};
use tempfile::TempDir;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::plan::{Weather, WeatherKind};

/// A till's computer.
#[derive(Debug)]
pub struct Machine {
    folder: TempDir,
    path: PathBuf,
    /// The disk under the journal.
    disk: Arc<Disk>,
    state: Mutex<State>,
    /// Told when it dies.
    died: Notify,
}

#[derive(Debug)]
struct State {
    rng: StdRng,
    jitter: StdRng,
    /// Wall clock minus true time, milliseconds.
    wall_ahead_ms: i64,
    begins_ms: i64,
    /// What the world's clock showed when this program was started, and by what its own clock fell behind since, asleep.
    started_ms: u64,
    started: Option<Instant>,
    slept_ms: u64,
    weather: Vec<(u64, u64, WeatherKind)>,
    /// Random single failures, of a thousand calls.
    failing_per_mille: u32,
    /// Steps until it dies.
    steps_left: Option<u64>,
    dead: bool,
    /// After that many calls of the disk its power goes.
    power_calls: Option<u64>,
    steps: u64,
}

/// The first moment of the world.
pub const BEGAN_UNIX_MS: i64 = 1_767_225_600_000;

impl Machine {
    /// A new computer with an empty folder.
    ///
    /// # Errors
    /// Those of the real file system.
    pub fn new(seed: u64, begins_ms: i64) -> std::io::Result<Arc<Self>> {
        // Memory where there is some: nothing of a simulated shop has to last.
        let memory = Path::new("/dev/shm");
        let folder = match memory.is_dir() {
            true => TempDir::with_prefix_in("ringup-shop-", memory)?,
            false => TempDir::with_prefix("ringup-shop-")?,
        };
        let path = folder.path().canonicalize()?.join("till");
        Ok(Arc::new(Self {
            folder,
            path,
            disk: Arc::new(Disk::new(Flush::Full)),
            state: Mutex::new(State {
                rng: StdRng::seed_from_u64(seed ^ 0x6d61_6368),
                jitter: StdRng::seed_from_u64(seed ^ 0x6a69_7474),
                wall_ahead_ms: begins_ms,
                begins_ms,
                started_ms: 0,
                started: None,
                slept_ms: 0,
                weather: Vec::new(),
                failing_per_mille: 0,
                steps_left: None,
                dead: false,
                power_calls: None,
                steps: 0,
            }),
            died: Notify::new(),
        }))
    }

    /// The till's folder.
    pub fn data_dir(&self) -> &Path {
        &self.path
    }

    /// Puts the folder's files on the simulated disk.
    pub fn mount(&self) {
        power::mount(&self.path, Arc::clone(&self.disk));
    }

    /// A program starts at this moment of the world; called within its runtime.
    pub fn start(&self, at_ms: u64) {
        let mut state = self.state.lock();
        state.started_ms = at_ms;
        state.started = Some(Instant::now());
        state.slept_ms = 0;
        state.steps_left = None;
        state.dead = false;
    }

    /// The true time, milliseconds since the world began.
    pub fn true_ms(&self) -> u64 {
        let state = self.state.lock();
        let since = state.started.map_or(0, |started| {
            u64::try_from(started.elapsed().as_millis()).unwrap_or(0)
        });
        state.started_ms + since + state.slept_ms
    }

    /// The moment on the program's own clock at which the world's clock shows this.
    pub fn instant_at(&self, true_ms: u64) -> Instant {
        let now_ms = self.true_ms();
        Instant::now() + std::time::Duration::from_millis(true_ms.saturating_sub(now_ms))
    }

    /// What the wall clock shows.
    pub fn wall(&self) -> UnixMs {
        let true_ms = i64::try_from(self.true_ms()).unwrap_or(i64::MAX);
        UnixMs(BEGAN_UNIX_MS + true_ms + self.state.lock().wall_ahead_ms)
    }

    /// The true time as a wall clock that is right shows it, milliseconds since 1970.
    pub fn true_unix_ms(begins_ms: i64, true_ms: u64) -> i64 {
        BEGAN_UNIX_MS + begins_ms + i64::try_from(true_ms).unwrap_or(0)
    }

    /// What a wall clock that is right shows now.
    pub fn true_unix_now_ms(&self) -> i64 {
        let begins_ms = self.state.lock().begins_ms;
        Self::true_unix_ms(begins_ms, self.true_ms())
    }

    /// Somebody sets the clock.
    pub fn step_clock(&self, by_ms: i64) {
        self.state.lock().wall_ahead_ms += by_ms;
    }

    /// The lid was closed for this long: the world went on, the program's clock stood still.
    pub fn sleep(&self, for_ms: u64) {
        self.state.lock().slept_ms += for_ms;
    }

    /// Weather for a while.
    pub fn set_weather(&self, weather: Weather, now_ms: u64) {
        let mut state = self.state.lock();
        let until_ms = now_ms + weather.for_ms;
        state.weather.push((now_ms, until_ms, weather.kind));
    }

    /// How many of a thousand calls fail in fine weather.
    pub fn set_failing(&self, per_mille: u32) {
        self.state.lock().failing_per_mille = per_mille;
    }

    /// From now on nothing fails any more.
    pub fn clear(&self) {
        let mut state = self.state.lock();
        state.weather.clear();
        state.failing_per_mille = 0;
        drop(state);
        self.disk.set_failing(None);
    }

    /// The disk fails in this way until `None`.
    pub fn set_disk(&self, failing: Option<Failing>) {
        self.disk.set_failing(failing);
    }

    /// What befalls a call that leaves now.
    pub fn weather_now(&self) -> WeatherKind {
        let now_ms = self.true_ms();
        let mut state = self.state.lock();
        state.weather.retain(|(_, until_ms, _)| *until_ms > now_ms);
        if let Some((_, _, kind)) = state.weather.last() {
            let kind = *kind;
            // Even in a storm some calls get through.
            return match state.rng.random_range(0..8) {
                0 => WeatherKind::Fine,
                _ => kind,
            };
        }
        if state.rng.random_range(0..1000) < state.failing_per_mille {
            let all = WeatherKind::ALL;
            let index = state.rng.random_range(0..all.len());
            return all.get(index).copied().unwrap_or(WeatherKind::Fine);
        }
        WeatherKind::Fine
    }

    /// A number below `end`.
    pub fn draw(&self, end: u64) -> u64 {
        self.state.lock().rng.random_range(0..end.max(1))
    }

    /// The till's jitter.
    pub fn jitter(&self) -> u64 {
        self.state.lock().jitter.random_range(0..=100)
    }

    /// It dies after so many more steps, or with `power_calls` so many calls of the disk later, which then loses what was
    /// not flushed.
    pub fn die_after(&self, steps: u64, power_calls: Option<u64>) {
        let mut state = self.state.lock();
        state.steps_left = Some(steps);
        state.power_calls = power_calls;
    }

    /// It dies now.
    pub fn die(&self) {
        let mut state = self.state.lock();
        if state.power_calls.is_some() {
            self.disk.cut();
        }
        state.dead = true;
        self.died.notify_one();
    }

    /// Whether the program is dead.
    pub fn is_dead(&self) -> bool {
        self.state.lock().dead
    }

    /// The power comes back, and the disk holds what it kept. Returns whether anything was lost.
    ///
    /// # Errors
    /// Those of the real files.
    pub fn power_returns(&self) -> std::io::Result<bool> {
        let mut state = self.state.lock();
        state.power_calls = None;
        state.steps_left = None;
        if !self.disk.is_off() {
            return Ok(false);
        }
        let mut rng = StdRng::seed_from_u64(state.rng.random());
        drop(state);
        self.disk.power_returns(&mut rng)
    }

    /// Waits until the program is dead.
    pub async fn death(&self) {
        while !self.is_dead() {
            self.died.notified().await;
        }
    }

    /// How many steps all programs made.
    pub fn steps(&self) -> u64 {
        self.state.lock().steps
    }

    /// One step of the program.
    pub fn step(&self) -> Pass {
        let mut guard = self.state.lock();
        let state = &mut *guard;
        state.steps += 1;
        if !state.dead {
            match (state.steps_left, state.power_calls) {
                (Some(0), None) => {
                    state.dead = true;
                    self.died.notify_one();
                }
                (Some(0), Some(calls)) => {
                    state.steps_left = None;
                    self.disk.cut_after(calls);
                }
                (left, _) => state.steps_left = left.map(|left| left - 1),
            }
        }
        if !state.dead && self.disk.is_off() {
            state.dead = true;
            self.died.notify_one();
        }
        match state.dead {
            true => Pass::Shut,
            false => Pass::Open,
        }
    }

    /// One step; a dead program never gets beyond it.
    pub async fn step_or_stand(&self) {
        if self.step() == Pass::Shut {
            std::future::pending::<()>().await;
        }
    }

    /// The real folder, which goes with the machine.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }
}

impl JobGate for Machine {
    fn before(&self) -> Pass {
        self.step()
    }

    fn after(&self) -> Pass {
        self.step()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        power::unmount(&self.path);
    }
}
