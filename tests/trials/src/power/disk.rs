//! A disk with a cache. What a program writes is in the cache at once (the real file holds it); a flush
//! brings a file's changes to the platter. When the power goes, each sector holds what it held at the
//! last flush or after any later change to it, independently of all others; so do a file's length and
//! its name.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rand::RngExt as _;
use rand::rngs::StdRng;

/// What SQLite is made to do at a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Flush {
    /// As the till asks: `synchronous=FULL`.
    Full,
    /// The control: `synchronous=NORMAL`. The journal stays whole, the last commits are lost.
    Normal,
}

/// The power is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Off;

/// What a disk cannot do while it is ill. The rest goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failing {
    /// Nothing is taken.
    Writes,
    /// The same, and what is opened is opened for reading: the system made it read-only after an error.
    Anything,
    /// What is taken does not reach the platter, and is not tried again: the system's cache goes on
    /// showing it (as Linux does after a failed `fsync`).
    Flushes,
}

/// The files of one folder.
#[derive(Debug)]
pub(super) struct Disk {
    pub(super) flush: Flush,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    files: BTreeMap<PathBuf, Kept>,
    failing: Option<Failing>,
    /// Calls until the power goes; none: it stays.
    calls_left: Option<u64>,
    off: bool,
    calls: u64,
    flushes: u64,
}

/// A name in the folder.
#[derive(Debug, Default)]
struct Kept {
    /// The file of this name, if there is one.
    file: Option<Content>,
    /// An earlier file of this name whose end is not flushed.
    ghost: Option<Content>,
}

#[derive(Debug, Default)]
struct Content {
    /// Its bytes at the last flush; none: there has been none since it was made.
    flushed: Option<Vec<u8>>,
    changes: Vec<Change>,
}

#[derive(Debug)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Resize { length: usize },
}

/// How much of what was not flushed is on the platter all the same.
#[derive(Debug, Clone, Copy)]
struct Cut {
    kept: Share,
    /// Bytes that are written all or none.
    unit: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Share {
    All,
    Nothing,
    /// Each unit by itself.
    Mixed,
}

impl Disk {
    pub(super) fn new(flush: Flush) -> Self {
        Self {
            flush,
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The power goes after so many more calls.
    pub(super) fn cut_after(&self, calls: u64) {
        self.state().calls_left = Some(calls);
    }

    /// Something fails from now on; none: all is well again.
    #[cfg(test)]
    pub(super) fn fails(&self, failing: Option<Failing>) {
        self.state().failing = failing;
    }

    /// Whether this fails now.
    pub(super) fn is_failing(&self, what: Failing) -> bool {
        self.state().failing == Some(what)
    }

    /// A flush failed: what was written since the last one is in the cache, and never on the platter.
    pub(super) fn not_flushed(&self, path: &Path) {
        if let Some(file) = self
            .state()
            .files
            .get_mut(path)
            .and_then(|kept| kept.file.as_mut())
        {
            file.changes.clear();
        }
    }

    /// The power goes now.
    pub(super) fn cut(&self) {
        self.state().off = true;
    }

    pub(super) fn is_off(&self) -> bool {
        self.state().off
    }

    /// Calls, and flushes among them, since it was made.
    pub(super) fn calls(&self) -> (u64, u64) {
        let state = self.state();
        (state.calls, state.flushes)
    }

    /// A call begins, unless the power is off or goes at this moment.
    pub(super) fn call(&self) -> Result<(), Off> {
        let mut state = self.state();
        state.calls += 1;
        match &mut state.calls_left {
            Some(0) => state.off = true,
            Some(left) => *left -= 1,
            None => {}
        }
        if state.off { Err(Off) } else { Ok(()) }
    }

    /// A file was opened; `before` is what it held, if it was there.
    pub(super) fn opened(&self, path: &Path, before: Option<Vec<u8>>) {
        let mut state = self.state();
        let kept = state.files.entry(path.to_owned()).or_default();
        if kept.file.is_none() {
            // What another way than this disk made is on the platter.
            kept.file = Some(Content {
                flushed: before,
                changes: Vec::new(),
            });
        }
    }

    pub(super) fn wrote(&self, path: &Path, at: usize, bytes: &[u8]) {
        self.change(
            path,
            Change::Write {
                at,
                bytes: bytes.to_vec(),
            },
        );
    }

    pub(super) fn resized(&self, path: &Path, length: usize) {
        self.change(path, Change::Resize { length });
    }

    fn change(&self, path: &Path, change: Change) {
        if let Some(file) = self
            .state()
            .files
            .get_mut(path)
            .and_then(|kept| kept.file.as_mut())
        {
            file.changes.push(change);
        }
    }

    /// A file's changes are on the platter; `folder`: every name of the folder too.
    pub(super) fn flushed(&self, path: &Path, folder: bool) {
        let mut state = self.state();
        state.flushes += 1;
        if let Some(file) = state
            .files
            .get_mut(path)
            .and_then(|kept| kept.file.as_mut())
        {
            let changes = std::mem::take(&mut file.changes);
            let bytes = file.flushed.get_or_insert_default();
            changes.iter().for_each(|change| change.apply(bytes));
        }
        if folder {
            state.flush_names();
        }
    }

    /// A file was deleted; `folder`: every name of the folder was flushed after it.
    pub(super) fn deleted(&self, path: &Path, folder: bool) {
        let mut state = self.state();
        if let Some(kept) = state.files.get_mut(path) {
            let gone = kept.file.take();
            if gone.as_ref().is_some_and(|file| file.flushed.is_some()) {
                kept.ghost = gone;
            }
        }
        if folder {
            state.flush_names();
        }
    }

    /// The power comes back: the files become what is on the platter. Says whether anything that was
    /// written is not there.
    pub(super) fn power_returns(&self, dice: &mut StdRng) -> io::Result<bool> {
        let cut = Cut {
            kept: match dice.random_range(0..10) {
                0 | 1 => Share::All,
                2 | 3 => Share::Nothing,
                _ => Share::Mixed,
            },
            unit: if dice.random() { 512 } else { 4096 },
        };
        let mut state = self.state();
        let mut lost = false;
        for (path, kept) in &mut state.files {
            let now = std::fs::read(path).ok();
            let after = kept.after(cut, dice);
            lost |= now != after;
            match &after {
                Some(bytes) if now != after => rewrite(path, bytes)?,
                Some(_) => {}
                None if now.is_some() => std::fs::remove_file(path)?,
                None => {}
            }
            *kept = Kept {
                file: after.map(|bytes| Content {
                    flushed: Some(bytes),
                    changes: Vec::new(),
                }),
                ghost: None,
            };
        }
        state.off = false;
        state.calls_left = None;
        Ok(lost)
    }
}

/// Not truncated first: some file systems then wait for the real disk, thousands of times.
fn rewrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)?;
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)
}

impl State {
    /// What was made is there, though perhaps empty; what was deleted is gone.
    fn flush_names(&mut self) {
        for kept in self.files.values_mut() {
            kept.ghost = None;
            if let Some(file) = &mut kept.file {
                file.flushed.get_or_insert_default();
            }
        }
    }
}

impl Kept {
    /// What is found under this name after the cut.
    fn after(&self, cut: Cut, dice: &mut StdRng) -> Option<Vec<u8>> {
        let (new, old) = (self.file.as_ref(), self.ghost.as_ref());
        if let Some(file) = new.filter(|file| file.flushed.is_some()) {
            return Some(file.after(cut, dice));
        }
        // The name itself is in question: what was made or deleted last, or what was before.
        let last = match cut.kept {
            Share::All => true,
            Share::Nothing => false,
            Share::Mixed => dice.random(),
        };
        let found = if last { new } else { old };
        found.map(|file| file.after(cut, dice))
    }
}

impl Content {
    fn after(&self, cut: Cut, dice: &mut StdRng) -> Vec<u8> {
        let flushed = self.flushed.as_deref().unwrap_or_default();
        // How many of `count` changes, in their order, had reached the platter.
        let mut reached = |count: usize| match cut.kept {
            Share::All => count,
            Share::Nothing => 0,
            Share::Mixed => dice.random_range(0..=count),
        };
        let mut lengths = vec![flushed.len()];
        let mut length = flushed.len();
        for change in &self.changes {
            length = change.length(length);
            lengths.push(length);
        }
        let longest = lengths.iter().copied().max().unwrap_or(0);
        let mut bytes = flushed.to_vec();
        bytes.resize(longest, 0);
        for start in (0..longest).step_by(cut.unit) {
            let end = (start + cut.unit).min(longest);
            let touching: Vec<&Change> = self
                .changes
                .iter()
                .filter(|change| change.touches(start, end))
                .collect();
            if touching.is_empty() {
                continue;
            }
            for change in touching.iter().take(reached(touching.len())) {
                change.apply_within(&mut bytes, start, end);
            }
        }
        bytes.resize(
            lengths
                .get(reached(self.changes.len()))
                .copied()
                .unwrap_or(longest),
            0,
        );
        bytes
    }
}

impl Change {
    /// The file's length after it.
    fn length(&self, before: usize) -> usize {
        match self {
            Self::Write { at, bytes } => before.max(at + bytes.len()),
            Self::Resize { length } => *length,
        }
    }

    fn touches(&self, start: usize, end: usize) -> bool {
        match self {
            Self::Write { at, bytes } => *at < end && start < at + bytes.len(),
            Self::Resize { length } => *length < end,
        }
    }

    fn apply(&self, file: &mut Vec<u8>) {
        file.resize(self.length(file.len()), 0);
        let end = file.len();
        self.apply_within(file, 0, end);
    }

    /// Changes no byte outside of `start..end`, which lies within the file.
    fn apply_within(&self, file: &mut [u8], start: usize, end: usize) {
        match self {
            Self::Write { at, bytes } => {
                let (from, to) = (start.max(*at), end.min(at + bytes.len()));
                let source = bytes.get(from.saturating_sub(*at)..to.saturating_sub(*at));
                if let (Some(target), Some(source)) = (file.get_mut(from..to), source) {
                    target.copy_from_slice(source);
                }
            }
            Self::Resize { length } => {
                if let Some(cut_off) = file.get_mut(start.max(*length).min(end)..end) {
                    cut_off.fill(0);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;

    use super::*;

    const NAME: &str = "file";

    fn disk(folder: &Path) -> (Disk, PathBuf) {
        let path = folder.join(NAME);
        let disk = Disk::new(Flush::Full);
        disk.opened(&path, None);
        (disk, path)
    }

    fn write(disk: &Disk, path: &Path, at: usize, byte: u8) {
        let mut bytes = std::fs::read(path).unwrap_or_default();
        let change = Change::Write {
            at,
            bytes: vec![byte; 512],
        };
        change.apply(&mut bytes);
        std::fs::write(path, bytes).unwrap();
        disk.wrote(path, at, &[byte; 512]);
    }

    /// What is found after the cut, with many dice.
    fn found(work: impl Fn(&Disk, &Path)) -> Vec<Option<Vec<u8>>> {
        let found = (0..60).map(|seed| {
            let folder = tempfile::tempdir().unwrap();
            let (disk, path) = disk(folder.path());
            work(&disk, &path);
            disk.power_returns(&mut StdRng::seed_from_u64(seed))
                .unwrap();
            std::fs::read(path).ok()
        });
        found.collect()
    }

    #[test]
    fn what_was_flushed_stays() {
        let after = found(|disk, path| {
            write(disk, path, 0, 1);
            write(disk, path, 512, 2);
            disk.flushed(path, false);
        });
        let expected = [[1; 512], [2; 512]].concat();
        assert!(after.iter().all(|file| file.as_ref() == Some(&expected)));
    }

    #[test]
    fn what_was_not_flushed_is_lost_in_any_mixture() {
        let after = found(|disk, path| {
            write(disk, path, 0, 1);
            write(disk, path, 512, 1);
            disk.flushed(path, false);
            write(disk, path, 0, 2);
            write(disk, path, 512, 3);
            write(disk, path, 512, 4);
        });
        let seen = |first, second| {
            let mixture = [[first; 512], [second; 512]].concat();
            after.iter().any(|file| file.as_ref() == Some(&mixture))
        };
        assert!(
            [1, 2]
                .into_iter()
                .all(|first| [1, 3, 4].into_iter().all(|second| seen(first, second)))
        );
    }

    #[test]
    fn a_new_file_may_not_be_there_and_a_deleted_one_may() {
        let made = found(|disk, path| write(disk, path, 0, 1));
        assert!(made.iter().any(Option::is_none) && made.iter().any(Option::is_some));
        let delete = |flushed| {
            move |disk: &Disk, path: &Path| {
                write(disk, path, 0, 1);
                disk.flushed(path, false);
                std::fs::remove_file(path).unwrap();
                disk.deleted(path, flushed);
            }
        };
        let deleted = found(delete(false));
        assert!(deleted.iter().any(Option::is_none) && deleted.iter().any(Option::is_some));
        assert!(found(delete(true)).iter().all(Option::is_none));
    }

    #[test]
    fn nothing_is_done_without_power() {
        let disk = Disk::new(Flush::Full);
        disk.cut_after(2);
        assert_eq!(
            [disk.call(), disk.call(), disk.call(), disk.call()],
            [Ok(()), Ok(()), Err(Off), Err(Off)]
        );
    }
}
