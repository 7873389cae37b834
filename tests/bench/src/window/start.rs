//! From the start of the program to the painted pad: warm, with its files in the system's cache, and cold, read
//! from the disk. The programs take turns, so that other work of the machine slows all of them alike.

use std::process::Command;
use std::time::Duration;

use super::programs::{self, Program};
use super::screen_capture::{Picture, ScreenCapture};
use super::{SUBJECT_START, row};
use crate::Failed;
use crate::figures::{Figures, Target};
use crate::spread::Spread;
use ringup_testkit::Desktop;

/// How much longer than the bare window the till may take.
const AT_MOST: f64 = 1.25;
/// More disturbed starts than this mean that the machine is too busy to measure on.
const MOST_DISTURBED: usize = 3;
/// Writing to this file empties the system's cache of files.
const DROP_CACHES: &str = "/proc/sys/vm/drop_caches";

/// Where the files of a program are when it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Files {
    /// In the system's cache.
    Warm,
    /// On the disk.
    Cold,
}

impl Files {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Warm => "warm",
            Self::Cold => "cold",
        }
    }

    /// Why this cannot be measured here, if it cannot.
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
            // The machine itself reads some files again at once.
            std::thread::sleep(Duration::from_millis(300));
        }
        Ok(())
    }
}

/// A program, its picture at rest, and how long its starts took.
struct Measured<'a> {
    program: &'a Program,
    picture: Picture,
    times: Vec<Duration>,
}

/// Starts each program `runs` times, after one start that does not count.
pub(super) fn measure(
    programs: &[Program],
    files: Files,
    runs: usize,
    desktop: &Desktop,
    figures: &mut Figures,
) -> Result<(), Failed> {
    let screen = ScreenCapture::of(desktop)?;
    let at_rest = |program: &Program| {
        let (running, picture) = programs::settled(program, desktop, &screen)?;
        running.end()?;
        Ok::<_, Failed>(picture)
    };
    let mut measured = Vec::new();
    for program in programs {
        measured.push(Measured {
            program,
            picture: at_rest(program)?,
            times: Vec::new(),
        });
    }
    let mut disturbed = 0;
    while measured.iter().any(|one| one.times.len() < runs) {
        for one in measured.iter_mut().filter(|one| one.times.len() < runs) {
            files.prepare()?;
            match programs::painted(one.program, desktop, &screen, &one.picture) {
                Ok((running, time)) => {
                    running.end()?;
                    one.times.push(time);
                }
                // Other work of the machine held the program up in the middle of the first start, so that a
                // passing picture was taken for the one at rest. The times measured against it are wrong.
                Err(Failed::Unseen(_)) if disturbed < MOST_DISTURBED => {
                    disturbed += 1;
                    one.picture = at_rest(one.program)?;
                    one.times.clear();
                }
                Err(error) => return Err(error),
            }
        }
    }
    let measured: Vec<(&Program, Spread)> = measured
        .into_iter()
        .map(|one| (one.program, Spread::of(one.times)))
        .collect();
    for (of, peer) in super::pairs(&measured) {
        let ratio = of.1.p50_ms / peer.1.p50_ms;
        let target = (peer.0.name() == Program::Baseline.name()).then(|| Target {
            what: format!("at most {AT_MOST:.2} of the bare window, is {ratio:.2}"),
            met: ratio <= AT_MOST,
        });
        let what = super::painted_pad(&of.0, files);
        figures.add(row(SUBJECT_START, what, of, peer, target));
    }
    Ok(())
}
