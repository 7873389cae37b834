//! The programs that are measured in turns, on one desktop: the till as it ships, the bare window of the
//! same shell, and Chromium with the till's own screens.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::desktop::Desktop;
use super::eye::{Eye, Picture};
use crate::Failed;

/// Longer than any start: there is something wrong.
const PATIENCE: Duration = Duration::from_secs(30);
/// A screen that has not changed for so long is at rest.
const REST: Duration = Duration::from_secs(3);
const LOOK_EVERY: Duration = Duration::from_millis(1);
/// Who does not end when asked is killed after this.
const END_WAIT: Duration = Duration::from_secs(5);

/// What is started.
#[derive(Debug, Clone)]
pub(super) enum Program {
    /// The shop's till, with a key and this gateway.
    Till {
        api_url: String,
        /// What it logs, as in `RUST_LOG`.
        log: Option<&'static str>,
        /// How often it asks, in place of the gateway's published pace.
        pace_ms: Option<u32>,
    },
    /// The practice till, with its gateway within.
    Practice,
    /// The bare window.
    Bare,
    /// Chromium in kiosk mode on the pad, at this address.
    Chromium { binary: &'static str, page: String },
}

impl Program {
    /// What a row calls it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Till { .. } => "till",
            Self::Practice => "practice till",
            Self::Bare => "bare window",
            Self::Chromium { .. } => "Chromium",
        }
    }

    pub(super) fn command(&self, desktop: &Desktop) -> Command {
        match self {
            Self::Till {
                api_url,
                log,
                pace_ms,
            } => {
                let mut till = desktop.ringup();
                till.env("RINGUP_API_URL", api_url);
                if let Some(log) = log {
                    till.env("RUST_LOG", log);
                }
                if let Some(pace_ms) = pace_ms {
                    till.env("RINGUP_POLL_MS", pace_ms.to_string());
                }
                till
            }
            Self::Practice => {
                let mut till = desktop.ringup();
                till.arg("--practice");
                till.env("RINGUP_DATA_DIR", desktop.folder().join("practising"));
                till
            }
            Self::Bare => desktop.command(BARE),
            Self::Chromium { binary, page } => {
                let mut chromium = desktop.command(binary);
                chromium.args([
                    "--kiosk",
                    "--no-first-run",
                    "--no-default-browser-check",
                    "--disable-sync",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--password-store=basic",
                    "--window-position=0,0",
                ]);
                let (width, height) = super::SCREEN;
                chromium.arg(format!("--window-size={width},{height}"));
                let profile = desktop.folder().join("chromium");
                chromium.arg(format!("--user-data-dir={}", profile.display()));
                if rustix::process::geteuid().is_root() {
                    // It refuses root otherwise.
                    chromium.arg("--no-sandbox");
                }
                chromium.arg(page);
                chromium
            }
        }
    }
}

const BARE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/release/bare");

/// Where Chromium may be.
const CHROMIUM: [&str; 2] = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

/// Chromium's program, when it is installed.
pub(super) fn chromium() -> Option<&'static str> {
    CHROMIUM.into_iter().find(|path| Path::new(path).is_file())
}

/// A program that runs, with all that it has started. Ends with it.
pub(super) struct Running<'a> {
    desktop: &'a Desktop,
    child: Child,
    /// What ran on the desktop before.
    before: BTreeSet<u32>,
}

impl<'a> Running<'a> {
    pub(super) fn start(program: &Program, desktop: &'a Desktop) -> Result<Self, Failed> {
        Self::start_command(program.command(desktop), desktop)
    }

    pub(super) fn start_command(
        mut command: Command,
        desktop: &'a Desktop,
    ) -> Result<Self, Failed> {
        let before = on(desktop);
        let quiet = command.stdin(Stdio::null()).stdout(Stdio::null());
        let child = quiet.stderr(Stdio::null()).spawn()?;
        Ok(Self {
            desktop,
            child,
            before,
        })
    }

    /// Every process of it: those below it, and those that others have taken over and that still bear its
    /// desktop's home.
    pub(super) fn processes(&self) -> BTreeSet<u32> {
        let mut all: BTreeSet<u32> = on(self.desktop).difference(&self.before).copied().collect();
        all.extend(below(self.child.id()));
        all
    }

    /// Memory of all of it, MiB: what it has alone, and its share of what it has with others (PSS).
    pub(super) fn pss_mib(&self) -> f64 {
        pss_mib(self.processes())
    }

    /// The same without the process that was started itself, which only drives the others.
    pub(super) fn driven_pss_mib(&self) -> f64 {
        let mut driven = self.processes();
        driven.remove(&self.child.id());
        pss_mib(driven)
    }

    /// Ends it, and waits until nothing of it is left.
    pub(super) fn end(mut self) -> Result<(), Failed> {
        self.stop()
    }

    fn stop(&mut self) -> Result<(), Failed> {
        let begun = Instant::now();
        signal(&self.processes(), "-TERM");
        loop {
            // Gone is who has been asked how it ended.
            let gone = self.child.try_wait()?.is_some();
            let left = self.processes();
            if gone && left.is_empty() {
                return Ok(());
            }
            if begun.elapsed() > END_WAIT {
                signal(&left, "-KILL");
            }
            if begun.elapsed() > 2 * END_WAIT {
                return Err(Failed::Other(format!("processes stay behind: {left:?}")));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.stop().ok();
    }
}

/// Starts a program, and waits until the screen is at rest: what it shows then.
pub(super) fn settled<'a>(
    program: &Program,
    desktop: &'a Desktop,
    eye: &Eye,
) -> Result<(Running<'a>, Picture), Failed> {
    let before = eye.look()?;
    let running = Running::start(program, desktop)?;
    let begun = Instant::now();
    let (mut seen, mut since) = (before.clone(), Instant::now());
    loop {
        std::thread::sleep(LOOK_EVERY * 10);
        let now = eye.look()?;
        if now != seen {
            (seen, since) = (now, Instant::now());
        }
        if seen != before && since.elapsed() > REST {
            return Ok((running, Picture::of(seen, &before)?));
        }
        if begun.elapsed() > PATIENCE {
            let name = program.name();
            return Err(Failed::Other(format!("{name}: no picture at rest")));
        }
    }
}

/// Starts a program: how long until the picture is on the screen, from before its process began.
pub(super) fn painted<'a>(
    program: &Program,
    desktop: &'a Desktop,
    eye: &Eye,
    picture: &Picture,
) -> Result<(Running<'a>, Duration), Failed> {
    if picture.is_in(&eye.look()?) {
        return Err(Failed::Other("the picture is there already".to_owned()));
    }
    let begun = Instant::now();
    let running = Running::start(program, desktop)?;
    loop {
        if picture.is_in(&eye.look()?) {
            return Ok((running, begun.elapsed()));
        }
        if begun.elapsed() > PATIENCE {
            return Err(Failed::Unseen(program.name()));
        }
        std::thread::sleep(LOOK_EVERY);
    }
}

/// Every process with this desktop's home.
fn on(desktop: &Desktop) -> BTreeSet<u32> {
    let all = desktop.processes("").into_iter();
    all.filter_map(|id| id.parse().ok()).collect()
}

/// A process and all that it started, without those that have ended.
fn below(root: u32) -> BTreeSet<u32> {
    let parents: Vec<(u32, u32)> = std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|id| Some((id, parent(id)?)))
        .collect();
    let mut all = BTreeSet::new();
    let mut next = vec![root];
    while let Some(one) = next.pop() {
        if parents.iter().any(|(id, _)| *id == one) && all.insert(one) {
            let children = parents.iter().filter(|(_, parent)| *parent == one);
            next.extend(children.map(|(child, _)| *child));
        }
    }
    all
}

/// None: it has ended.
fn parent(id: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // Its name stands in brackets, and may hold any sign.
    let (_, rest) = stat.rsplit_once(')')?;
    let mut words = rest.split_whitespace();
    let state = words.next()?;
    let parent = words.next()?.parse().ok()?;
    (state != "Z").then_some(parent)
}

fn pss_mib(processes: BTreeSet<u32>) -> f64 {
    let kib: u64 = processes.into_iter().filter_map(pss_kib).sum();
    kib as f64 / 1024.0
}

fn pss_kib(id: u32) -> Option<u64> {
    let rollup = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn signal(processes: &BTreeSet<u32>, signal: &str) {
    if !processes.is_empty() {
        let ids = processes.iter().map(ToString::to_string);
        let mut kill = Command::new("kill");
        // Some may have ended meanwhile.
        kill.arg(signal)
            .args(ids)
            .stderr(Stdio::null())
            .status()
            .ok();
    }
}

/// The bare window's program.
pub(super) fn bare() -> PathBuf {
    PathBuf::from(BARE)
}
