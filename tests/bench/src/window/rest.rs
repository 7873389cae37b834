//! What a window costs while nobody touches it: processor time and wake-ups of all its processes, seen from outside.
//! The till on its pad, with one code and its countdown, with forty open sales, and with its window put away, beside
//! the bare window.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::{Duration, Instant};

use ringup_practice::{InvoiceState, PracticeGateway};
use ringup_testkit::Desktop;

use super::SUBJECT_REST;
use super::key_input::KeyInput;
use super::programs::{self, Program, Running};
use super::screen_capture::ScreenCapture;
use crate::Failed;
use crate::figures::{Figures, Row, Target};

/// From a change of the screen until what it causes is over.
const SETTLE: Duration = Duration::from_secs(8);
const FORTY: usize = 40;
/// No invoice takes longer.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The processor time of Linux's `stat` files is counted in hundredths of a second.
const TICK_MS: f64 = 10.0;

/// What a program's processes have taken since they began.
#[derive(Debug, Clone, Copy, Default)]
struct Taken {
    processor_ms: f64,
    wakes: f64,
}

/// What a window at rest takes in a second.
#[derive(Debug, Clone, Copy)]
struct Rest {
    processor_ms: f64,
    wakes: f64,
}

/// Measures each state for this long.
pub(super) fn measure(
    time: Duration,
    till: &Program,
    gateway: &PracticeGateway,
    desktop: &Desktop,
    figures: &mut Figures,
) -> Result<(), Failed> {
    let screen = ScreenCapture::of(desktop)?;
    let (bare, _) = programs::settled(&Program::Baseline, desktop, &screen)?;
    let peer = rest(&bare, time);
    bare.end()?;

    let mut keys = KeyInput::on(desktop)?;
    keys.move_pointer_away()?;
    let (running, _) = programs::settled(till, desktop, &screen)?;
    let pad = rest(&running, time);
    keys.type_keys("1250")?;
    keys.press("Return")?;
    wait_for_open(gateway, 1)?;
    let code = rest(&running, time);
    for open in 2..=FORTY {
        charge_elsewhere(till, desktop, gateway, open)?;
    }
    let forty = rest(&running, time);
    keys.put_window_away()?;
    let hidden = rest(&running, time);
    running.end()?;
    for (what, of, most_ms) in [
        ("on the pad", pad, Some(1.0)),
        ("one code and its countdown", code, Some(5.0)),
        ("the same beside 39 more open sales", forty, None),
        ("the same, its window put away", hidden, Some(1.0)),
    ] {
        add(what, of, peer, most_ms, figures);
    }
    Ok(())
}

/// Opens a sale on the same journal from the command line, so that the window goes on showing its own.
fn charge_elsewhere(
    till: &Program,
    desktop: &Desktop,
    gateway: &PracticeGateway,
    open: usize,
) -> Result<(), Failed> {
    let mut charge = till.command(desktop);
    charge.args(["charge", "12.50", "EUR"]);
    let quiet = charge.stdin(Stdio::null()).stdout(Stdio::null());
    let mut charge = quiet.stderr(Stdio::null()).spawn()?;
    let opened = wait_for_open(gateway, open);
    // It would wait for the payment.
    charge.kill()?;
    charge.wait()?;
    opened
}

fn wait_for_open(gateway: &PracticeGateway, open: usize) -> Result<(), Failed> {
    let begun = Instant::now();
    let is_open = |state: &InvoiceState| matches!(state, InvoiceState::Waiting { .. });
    loop {
        let invoices = gateway.control().invoices();
        let waiting = invoices.iter().filter(|invoice| is_open(&invoice.state));
        if waiting.count() >= open {
            // Until it is journaled.
            std::thread::sleep(Duration::from_millis(200));
            return Ok(());
        }
        if begun.elapsed() > TIMEOUT {
            return Err(Failed::Other(format!("sale {open} was not opened")));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn rest(running: &Running<'_>, time: Duration) -> Rest {
    std::thread::sleep(SETTLE);
    let (before, begun) = (taken(running), Instant::now());
    std::thread::sleep(time);
    let (after, seconds) = (taken(running), begun.elapsed().as_secs_f64());
    let mut whole = Taken::default();
    for (task, now) in after {
        // A task that began meanwhile has taken all of it meanwhile.
        let then = before.get(&task).copied().unwrap_or_default();
        whole.processor_ms += now.processor_ms - then.processor_ms;
        whole.wakes += now.wakes - then.wakes;
    }
    Rest {
        processor_ms: whole.processor_ms / seconds,
        wakes: whole.wakes / seconds,
    }
}

/// What each task of its processes has taken so far.
fn taken(running: &Running<'_>) -> BTreeMap<String, Taken> {
    let mut all = BTreeMap::new();
    for process in running.processes() {
        let tasks = std::fs::read_dir(format!("/proc/{process}/task"));
        for task in tasks.into_iter().flatten().flatten() {
            let read = |name| std::fs::read_to_string(task.path().join(name)).unwrap_or_default();
            // The name of the program stands in brackets; user and system time are the 12th and 13th words after it.
            let stat = read("stat");
            let words = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
            let ticks = words.split_whitespace().skip(11).take(2);
            let ticks: f64 = ticks.filter_map(|word| word.parse::<f64>().ok()).sum();
            let status = read("status");
            let wakes = status
                .lines()
                .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))
                .and_then(|text| text.trim().parse().ok());
            let one = Taken {
                processor_ms: ticks * TICK_MS,
                wakes: wakes.unwrap_or(0.0),
            };
            all.insert(task.path().display().to_string(), one);
        }
    }
    all
}

fn add(what: &str, of: Rest, peer: Rest, most_ms: Option<f64>, figures: &mut Figures) {
    let row = |what: String, unit, median, peer_median, target| Row {
        subject: SUBJECT_REST,
        what,
        unit,
        runs: 1,
        median,
        peer: Some(Program::Baseline.name().to_owned()),
        peer_median: Some(peer_median),
        target,
        ..Row::default()
    };
    let target = most_ms.map(|most_ms| Target {
        what: format!("at most {most_ms:.0} ms/s more than the bare window"),
        met: of.processor_ms <= peer.processor_ms + most_ms,
    });
    let processor = format!("till, {what}, processor");
    figures.add(row(
        processor,
        "ms/s",
        of.processor_ms,
        peer.processor_ms,
        target,
    ));
    let wakes = format!("till, {what}, wake-ups");
    figures.add(row(wakes, "/s", of.wakes, peer.wakes, None));
}
