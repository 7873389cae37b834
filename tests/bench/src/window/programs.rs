//! The programs that are measured: the till as it is shipped, the bare window of the same shell, and Chromium with
//! the till's own screens. They take turns on one desktop.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::PROGRAM;
use super::screen_capture::{Picture, ScreenCapture};
use crate::Failed;
use crate::office_program::other;
use ringup_testkit::Desktop;

/// No start takes longer unless something is wrong.
const TIMEOUT: Duration = Duration::from_secs(30);
/// A screen that has not changed for this long is at rest.
const REST: Duration = Duration::from_secs(3);
const CHECK_EVERY: Duration = Duration::from_millis(1);
/// A program that does not end when asked to is killed after this.
const END_TIMEOUT: Duration = Duration::from_secs(5);

/// A program that is measured.
#[derive(Debug, Clone)]
pub(super) enum Program {
    /// The till of a shop, with a key and this gateway.
    Till {
        binary: PathBuf,
        api_url: String,
        /// What it logs, in the notation of `RUST_LOG`.
        log: Option<&'static str>,
        /// How often it polls, in place of the gateway's published pace.
        poll_ms: Option<u32>,
    },
    /// The till in practice mode, with the practice gateway in its process.
    Practice,
    /// The bare window: the package `webview-baseline`.
    Baseline,
    /// Chromium in kiosk mode on the pad, at this address.
    Chromium { binary: &'static str, page: String },
}

impl Program {
    /// Its name in the rows.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Till { .. } => "till",
            Self::Practice => "practice till",
            Self::Baseline => "bare window",
            Self::Chromium { .. } => "Chromium",
        }
    }

    pub(super) fn command(&self, desktop: &Desktop) -> Command {
        match self {
            Self::Till {
                binary,
                api_url,
                log,
                poll_ms,
            } => {
                let mut till = desktop.command(binary);
                till.env("RINGUP_API_URL", api_url);
                if let Some(log) = log {
                    till.env("RUST_LOG", log);
                }
                if let Some(poll_ms) = poll_ms {
                    till.env("RINGUP_POLL_MS", poll_ms.to_string());
                }
                till
            }
            Self::Practice => {
                let mut till = desktop.command(PROGRAM);
                till.arg("--practice");
                till.env("RINGUP_DATA_DIR", desktop.folder().join("practice-till"));
                till
            }
            Self::Baseline => desktop.command(BASELINE),
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
                    // Chromium does not run as root otherwise.
                    chromium.arg("--no-sandbox");
                }
                chromium.arg(page);
                chromium
            }
        }
    }
}

/// Pairs the till of this desktop with an office, and sends once, so that it knows what the office says of itself.
pub(super) async fn pair(desktop: &Desktop, api_url: &str, code: &str) -> Result<(), Failed> {
    for args in [vec!["office", "pair", code], vec!["office", "send"]] {
        let mut command = desktop.command(PROGRAM);
        command.args(args).env("RINGUP_API_URL", api_url);
        let ended = tokio::task::spawn_blocking(move || command.output()).await;
        let output = ended.map_err(other)??;
        if !output.status.success() {
            let why = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(Failed::Other(why));
        }
    }
    Ok(())
}

/// The program of the bare window.
pub(super) const BASELINE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../target/release/webview-baseline"
);

/// Where Chromium may be.
const CHROMIUM: [&str; 2] = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

/// Chromium's program, if it is installed.
pub(super) fn chromium() -> Option<&'static str> {
    CHROMIUM.into_iter().find(|path| Path::new(path).is_file())
}

/// A running program and all that it has started, which end when this is dropped.
pub(super) struct Running<'a> {
    desktop: &'a Desktop,
    child: Child,
    /// The processes that ran on the desktop before it.
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
        let before = processes_on(desktop);
        let quiet = command.stdin(Stdio::null()).stdout(Stdio::null());
        let child = quiet.stderr(Stdio::null()).spawn()?;
        Ok(Self {
            desktop,
            child,
            before,
        })
    }

    /// Every process of it: its descendants, and those that were reparented, which are found by the home folder of
    /// its desktop.
    pub(super) fn processes(&self) -> BTreeSet<u32> {
        let mut all: BTreeSet<u32> = processes_on(self.desktop)
            .difference(&self.before)
            .copied()
            .collect();
        all.extend(tree_of(self.child.id()));
        all
    }

    /// Memory of all its processes, MiB; memory that they share with others counts in part (PSS).
    pub(super) fn pss_mib(&self) -> f64 {
        pss_mib(self.processes())
    }

    /// The same without the process that was started first, which only drives the others.
    pub(super) fn driven_pss_mib(&self) -> f64 {
        let mut driven = self.processes();
        driven.remove(&self.child.id());
        pss_mib(driven)
    }

    /// Ends it, and waits until none of its processes is left.
    pub(super) fn end(mut self) -> Result<(), Failed> {
        self.stop()
    }

    fn stop(&mut self) -> Result<(), Failed> {
        let begun = Instant::now();
        signal(&self.processes(), "-TERM");
        loop {
            // A process stays in the list until its parent has asked for its exit code.
            let gone = self.child.try_wait()?.is_some();
            let left = self.processes();
            if gone && left.is_empty() {
                return Ok(());
            }
            if begun.elapsed() > END_TIMEOUT {
                signal(&left, "-KILL");
            }
            if begun.elapsed() > 2 * END_TIMEOUT {
                return Err(Failed::Other(format!("processes do not end: {left:?}")));
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

/// Starts a program and waits until the screen is at rest; returns what it shows then.
pub(super) fn settled<'a>(
    program: &Program,
    desktop: &'a Desktop,
    screen: &ScreenCapture,
) -> Result<(Running<'a>, Picture), Failed> {
    let before = screen.capture()?;
    let running = Running::start(program, desktop)?;
    let begun = Instant::now();
    let (mut last, mut since) = (before.clone(), Instant::now());
    loop {
        std::thread::sleep(CHECK_EVERY * 10);
        let now = screen.capture()?;
        if now != last {
            (last, since) = (now, Instant::now());
        }
        if last != before && since.elapsed() > REST {
            return Ok((running, Picture::of(last, &before)?));
        }
        if begun.elapsed() > TIMEOUT {
            let name = program.name();
            return Err(Failed::Other(format!("{name}: no picture at rest")));
        }
    }
}

/// Starts a program; returns how long it took from then until the picture was on the screen.
pub(super) fn painted<'a>(
    program: &Program,
    desktop: &'a Desktop,
    screen: &ScreenCapture,
    picture: &Picture,
) -> Result<(Running<'a>, Duration), Failed> {
    if picture.is_in(&screen.capture()?) {
        return Err(Failed::Other(
            "the picture is on the screen already".to_owned(),
        ));
    }
    let begun = Instant::now();
    let running = Running::start(program, desktop)?;
    loop {
        if picture.is_in(&screen.capture()?) {
            return Ok((running, begun.elapsed()));
        }
        if begun.elapsed() > TIMEOUT {
            return Err(Failed::Unseen(program.name()));
        }
        std::thread::sleep(CHECK_EVERY);
    }
}

/// Every process with this desktop's home folder.
fn processes_on(desktop: &Desktop) -> BTreeSet<u32> {
    let all = desktop.processes("").into_iter();
    all.filter_map(|id| id.parse().ok()).collect()
}

/// A process and its descendants, without those that have ended.
fn tree_of(root: u32) -> BTreeSet<u32> {
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

/// The parent of a process; `None` if it has ended.
fn parent(id: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The program's name stands in brackets, and may contain brackets and spaces.
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
        // Some may have ended meanwhile, which is an error to `kill`.
        kill.arg(signal)
            .args(ids)
            .stderr(Stdio::null())
            .status()
            .ok();
    }
}
