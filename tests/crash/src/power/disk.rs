//! A simulated disk with a cache. What a program writes is in the cache at once (the real file holds it); a flush
//! makes a file's changes durable. After a power cut, each sector holds what it held at the last flush or after any
//! later change of it, independently of all others. The same is true of a file's length and its name.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rand::rngs::StdRng;

use super::durable_content::{Change, Cut, FileState};

/// Whether SQLite flushes at each commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Flush {
    /// It does, as the till sets it: `synchronous=FULL`.
    Full,
    /// The control: `synchronous=NORMAL`. The journal stays whole, but the last commits are lost.
    Normal,
}

/// The power is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Off;

/// What fails on a broken disk. Everything else works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failing {
    /// Nothing can be written.
    Writes,
    /// The same, and files can only be opened for reading: the system made the disk read-only after an error.
    Anything,
    /// What is written does not become durable, and is not tried again, while the system's cache goes on showing it
    /// (as Linux does after a failed `fsync`).
    Flushes,
}

/// The files of one folder.
#[derive(Debug)]
pub struct Disk {
    pub(super) flush: Flush,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    files: BTreeMap<PathBuf, FileState>,
    failing: Option<Failing>,
    /// Calls until the power is cut. `None`: it is not.
    calls_left: Option<u64>,
    off: bool,
    calls: u64,
    flushes: u64,
}

impl Disk {
    /// A disk that works.
    pub fn new(flush: Flush) -> Self {
        Self {
            flush,
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Cuts the power after this many more calls.
    pub fn cut_after(&self, calls: u64) {
        self.state().calls_left = Some(calls);
    }

    /// Lets something fail from now on. `None`: everything works again.
    pub fn set_failing(&self, failing: Option<Failing>) {
        self.state().failing = failing;
    }

    /// Whether this fails now.
    pub(super) fn is_failing(&self, what: Failing) -> bool {
        self.state().failing == Some(what)
    }

    /// A flush failed: what was written since the last one is in the cache and never becomes durable.
    pub(super) fn flush_failed(&self, path: &Path) {
        if let Some(kept) = self.state().files.get_mut(path) {
            kept.flush_failed();
        }
    }

    /// Cuts the power now.
    pub fn cut(&self) {
        self.state().off = true;
    }

    /// Whether the power is off.
    pub fn is_off(&self) -> bool {
        self.state().off
    }

    /// The number of calls since the disk was made, and of flushes among them.
    pub(super) fn calls(&self) -> (u64, u64) {
        let state = self.state();
        (state.calls, state.flushes)
    }

    /// A call begins.
    ///
    /// # Errors
    /// [`Off`] when the power is off, or is cut at this moment.
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
        kept.opened(before);
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
        if let Some(kept) = self.state().files.get_mut(path) {
            kept.changed(change);
        }
    }

    /// A file's changes become durable; `folder`: all names of the folder too.
    pub(super) fn flushed(&self, path: &Path, folder: bool) {
        let mut state = self.state();
        state.flushes += 1;
        if let Some(kept) = state.files.get_mut(path) {
            kept.flushed();
        }
        if folder {
            state.flush_names();
        }
    }

    /// A file was deleted; `folder`: all names of the folder become durable.
    pub(super) fn deleted(&self, path: &Path, folder: bool) {
        let mut state = self.state();
        if let Some(kept) = state.files.get_mut(path) {
            kept.deleted();
        }
        if folder {
            state.flush_names();
        }
    }

    /// Restores the power: the files become what is durable. Returns whether anything that was written is lost.
    ///
    /// # Errors
    /// Those of the real files.
    pub fn power_returns(&self, rng: &mut StdRng) -> io::Result<bool> {
        let cut = Cut::of(rng);
        let mut state = self.state();
        let mut lost = false;
        for (path, kept) in &mut state.files {
            let now = std::fs::read(path).ok();
            let after = kept.after(cut, rng);
            lost |= now != after;
            match &after {
                Some(bytes) if now != after => rewrite(path, bytes)?,
                Some(_) => {}
                None if now.is_some() => std::fs::remove_file(path)?,
                None => {}
            }
            *kept = FileState::durable(after);
        }
        state.off = false;
        state.calls_left = None;
        Ok(lost)
    }
}

/// Replaces the content of a file. Truncating it first would make some file systems wait for the real disk.
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
    fn flush_names(&mut self) {
        self.files.values_mut().for_each(FileState::name_flushed);
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

    /// What is found after the cut, with many seeds.
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
