//! From the start of the program to the painted pad: warm, with its files in memory, and cold, read from
//! the disk. The programs take turns, so that what else the machine does falls on all of them.

use std::process::Command;
use std::time::Duration;

use super::desktop::Desktop;
use super::eye::{Eye, Picture};
use super::programs::{self, Program};
use super::{SUBJECT_START, beside};
use crate::Failed;
use crate::figures::{Figures, Target};
use crate::spread::Spread;

/// How much longer than the bare window it may take.
const AT_MOST: f64 = 1.25;
/// The system forgets the files that it holds in memory when this is written to.
const DROP_CACHES: &str = "/proc/sys/vm/drop_caches";

/// What the files of the programs are when they start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Files {
    Warm,
    Cold,
}

impl Files {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Warm => "warm",
            Self::Cold => "cold",
        }
    }

    /// Why there is no such row here.
    pub(super) fn missing(self) -> Option<String> {
        let writable = std::fs::OpenOptions::new().write(true).open(DROP_CACHES);
        match (self, writable) {
            (Self::Cold, Err(error)) => Some(format!("{DROP_CACHES}: {error}")),
            _ => None,
        }
    }

    fn prepare(self) -> Result<(), Failed> {
        if self == Self::Cold {
            Command::new("sync").status()?;
            std::fs::write(DROP_CACHES, "3")?;
            // What the machine itself reads again at once.
            std::thread::sleep(Duration::from_millis(300));
        }
        Ok(())
    }
}

/// Starts each program so often, after one start that is not counted.
pub(super) fn measure(
    programs: &[Program],
    files: Files,
    runs: usize,
    desktop: &Desktop,
    figures: &mut Figures,
) -> Result<(), Failed> {
    let eye = Eye::on(&super::screen_file(desktop))?;
    let mut lanes: Vec<(&Program, Picture, Vec<Duration>)> = Vec::new();
    for program in programs {
        let (running, picture) = programs::settled(program, desktop, &eye)?;
        running.end()?;
        lanes.push((program, picture, Vec::new()));
    }
    for _ in 0..runs {
        for (program, picture, times) in &mut lanes {
            files.prepare()?;
            let (running, time) = programs::painted(program, desktop, &eye, picture)?;
            running.end()?;
            times.push(time);
        }
    }
    let lanes: Vec<(&Program, Spread)> = lanes
        .into_iter()
        .map(|(program, _, times)| (program, Spread::of(times)))
        .collect();
    for (of, peer) in super::pairs(&lanes) {
        let ratio = of.1.p50_ms / peer.1.p50_ms;
        let target = (peer.0.name() == Program::Bare.name()).then(|| Target {
            what: format!("at most {AT_MOST:.2} of the bare window, is {ratio:.2}"),
            met: ratio <= AT_MOST,
        });
        let what = super::painted_pad(&of.0, files);
        figures.add(beside(SUBJECT_START, what, of, peer, target));
    }
    Ok(())
}
