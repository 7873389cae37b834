//! This build of the till beside an earlier one (`--earlier FILE`): whether something new made the window start later, take
//! more memory or show its QR later. Each stands on a desktop and a journal of its own, and they take turns. A third contestant
//! is this build once more: what the two of the same build differ by is what runs differ by.

use std::path::Path;

use ringup_testkit::Desktop;

use super::counter::Counter;
use super::memory::memory_at_rest;
use super::programs::{self, Program};
use super::screen_capture::{Picture, ScreenCapture};
use super::{PROGRAM, SUBJECT_EARLIER, desktop_with_key_by};
use crate::Failed;
use crate::figures::{Figures, Row, Target};
use crate::spread::ms;

/// The tills do not poll while a tap is measured, and not long after it.
const POLL_MS: u32 = 800;

/// A build of the till, and where it stands.
struct Contestant {
    program: Program,
    desktop: Desktop,
    screen: ScreenCapture,
    empty_pad: Picture,
}

impl Contestant {
    fn of(binary: &Path, api_url: &str) -> Result<Self, Failed> {
        let program = Program::Till {
            binary: binary.to_owned(),
            api_url: api_url.to_owned(),
            log: None,
            poll_ms: Some(POLL_MS),
        };
        let desktop = desktop_with_key_by(binary, api_url)?;
        let screen = ScreenCapture::of(&desktop)?;
        let (running, empty_pad) = programs::settled(&program, &desktop, &screen)?;
        running.end()?;
        Ok(Self {
            program,
            desktop,
            screen,
            empty_pad,
        })
    }

    /// How long a start takes until the pad is painted, milliseconds.
    fn start(&self) -> Result<f64, Failed> {
        let (program, desktop) = (&self.program, &self.desktop);
        let (running, took) = programs::painted(program, desktop, &self.screen, &self.empty_pad)?;
        running.end()?;
        Ok(ms(took))
    }

    /// Memory at rest on the pad, MiB.
    fn memory(&self) -> Result<f64, Failed> {
        memory_at_rest(&self.program, &self.desktop, &self.screen)
    }
}

/// Each build is started and tapped this often; its memory is read in a tenth as many starts.
pub(super) fn measure(
    runs: usize,
    earlier: &Path,
    gateway: &ringup_practice::PracticeGateway,
    figures: &mut Figures,
) -> Result<(), Failed> {
    let api_url = gateway.base_url();
    let now = Path::new(PROGRAM);
    let mut contestants = [now, earlier, now]
        .into_iter()
        .map(|binary| Contestant::of(binary, &api_url))
        .collect::<Result<Vec<_>, _>>()?;
    let starts = by_turns(runs, &mut contestants, |one| one.start())?;
    compare("painted pad, warm", "ms", &starts, figures);
    let sizes = by_turns((runs / 10).max(1), &mut contestants, |one| one.memory())?;
    compare("memory at rest on the pad", "MiB", &sizes, figures);
    let mut counters = contestants
        .iter()
        .map(|one| Counter::open(&one.program, gateway, &one.desktop, &one.screen))
        .collect::<Result<Vec<_>, _>>()?;
    let taps = by_turns(runs, &mut counters, |counter| Ok(ms(counter.tap()?)))?;
    for counter in counters {
        counter.end()?;
    }
    compare("tap to QR", "ms", &taps, figures);
    Ok(())
}

/// Measures each of them so often, in turns.
fn by_turns<T>(
    runs: usize,
    all: &mut [T],
    measure: impl Fn(&mut T) -> Result<f64, Failed>,
) -> Result<Vec<Vec<f64>>, Failed> {
    let mut measured = vec![Vec::new(); all.len()];
    for _ in 0..runs {
        for (one, values) in all.iter_mut().zip(&mut measured) {
            values.push(measure(one)?);
        }
    }
    Ok(measured)
}

/// Adds a row beside the earlier build, and one beside this build itself.
fn compare(what: &str, unit: &'static str, measured: &[Vec<f64>], figures: &mut Figures) {
    let [now, earlier, again] = measured else {
        return;
    };
    let (now, before, again) = (at(now, 50), at(earlier, 50), at(again, 50));
    let (low, high) = (at(earlier, 25), at(earlier, 75));
    let row = |peer: &str, peer_median: f64| Row {
        subject: SUBJECT_EARLIER,
        runs: measured.first().map_or(0, Vec::len),
        unit,
        median: now,
        peer: Some(peer.to_owned()),
        peer_median: Some(peer_median),
        ..Row::default()
    };
    figures.add(Row {
        what: what.to_owned(),
        target: Some(Target {
            what: format!("within the middle half of its runs, {low:.1} to {high:.1}, or below"),
            met: now <= high,
        }),
        ..row("the earlier build", before)
    });
    figures.add(Row {
        what: format!("{what}, the same build again"),
        ..row("itself", again)
    });
}

/// The value below which so many of a hundred lie.
fn at(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * percent / 100).copied().unwrap_or(0.0)
}
