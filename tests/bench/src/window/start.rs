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
/// A machine that holds more starts up than this is not one to measure on.
const MOST_UNSEEN: usize = 3;
/// The system forgets the files that it holds in memory when this is written to.
const DROP_CACHES: &str = "/proc/sys/vm/drop_caches";

/// What the files of the programs are when they start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Files {
    Warm,
    Cold,
}

impl Files {
    pub(super) fn as_str(self) -> &'static str {
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

/// A program, what it shows at rest, and how long its starts took.
struct Lane<'a> {
    program: &'a Program,
    picture: Picture,
    times: Vec<Duration>,
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
    let at_rest = |program: &Program| {
        let (running, picture) = programs::settled(program, desktop, &eye)?;
        running.end()?;
        Ok::<_, Failed>(picture)
    };
    let mut lanes = Vec::new();
    for program in programs {
        lanes.push(Lane {
            program,
            picture: at_rest(program)?,
            times: Vec::new(),
        });
    }
    let mut unseen = 0;
    while lanes.iter().any(|lane| lane.times.len() < runs) {
        for lane in lanes.iter_mut().filter(|lane| lane.times.len() < runs) {
            files.prepare()?;
            match programs::painted(lane.program, desktop, &eye, &lane.picture) {
                Ok((running, time)) => {
                    running.end()?;
                    lane.times.push(time);
                }
                // What was taken for the picture at rest passed: other work held the program up in
                // the middle of its start. Nor did the times until then mean anything.
                Err(Failed::Unseen(_)) if unseen < MOST_UNSEEN => {
                    unseen += 1;
                    lane.picture = at_rest(lane.program)?;
                    lane.times.clear();
                }
                Err(error) => return Err(error),
            }
        }
    }
    let lanes: Vec<(&Program, Spread)> = lanes
        .into_iter()
        .map(|lane| (lane.program, Spread::of(lane.times)))
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
