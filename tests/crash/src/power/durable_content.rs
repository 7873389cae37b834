//! The content of a file that is durable: what was flushed, what was changed since, and which mixture of both is
//! found after a power cut.

use rand::RngExt as _;
use rand::rngs::StdRng;

/// The state of one name in the folder.
#[derive(Debug, Default)]
pub(super) struct FileState {
    /// The file of this name, if there is one.
    file: Option<Content>,
    /// An earlier file of this name, whose deletion is not flushed yet.
    deleted: Option<Content>,
}

#[derive(Debug, Default)]
struct Content {
    /// Its bytes at the last flush. `None`: it has not been flushed since it was made.
    flushed: Option<Vec<u8>>,
    changes: Vec<Change>,
}

/// A change of a file.
#[derive(Debug)]
pub(super) enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Resize { length: usize },
}

/// How much of what was not flushed is durable nevertheless.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    kept: Share,
    /// The number of bytes that are written together or not at all.
    unit: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Share {
    All,
    Nothing,
    /// Each unit by itself.
    Mixed,
}

impl Cut {
    /// A random one of the ways in which a disk may lose power.
    pub(super) fn of(rng: &mut StdRng) -> Self {
        Self {
            kept: match rng.random_range(0..10) {
                0 | 1 => Share::All,
                2 | 3 => Share::Nothing,
                _ => Share::Mixed,
            },
            unit: if rng.random() { 512 } else { 4096 },
        }
    }
}

impl FileState {
    /// The state after a cut, in which everything is durable. `None`: there is no such file.
    pub(super) fn durable(bytes: Option<Vec<u8>>) -> Self {
        Self {
            file: bytes.map(|bytes| Content {
                flushed: Some(bytes),
                changes: Vec::new(),
            }),
            deleted: None,
        }
    }

    /// A file of this name is opened. Content that was not written through this disk is durable.
    pub(super) fn opened(&mut self, before: Option<Vec<u8>>) {
        self.file.get_or_insert(Content {
            flushed: before,
            changes: Vec::new(),
        });
    }

    pub(super) fn changed(&mut self, change: Change) {
        if let Some(file) = &mut self.file {
            file.changes.push(change);
        }
    }

    /// The file's changes become durable.
    pub(super) fn flushed(&mut self) {
        if let Some(file) = &mut self.file {
            let bytes = file.flushed.get_or_insert_default();
            file.changes.iter().for_each(|change| change.apply(bytes));
            file.changes.clear();
        }
    }

    /// The file's changes will never become durable.
    pub(super) fn flush_failed(&mut self) {
        if let Some(file) = &mut self.file {
            file.changes.clear();
        }
    }

    pub(super) fn deleted(&mut self) {
        let gone = self.file.take();
        if gone.as_ref().is_some_and(|file| file.flushed.is_some()) {
            self.deleted = gone;
        }
    }

    /// The name becomes durable: a new file is there, though perhaps empty, and a deleted one is gone.
    pub(super) fn name_flushed(&mut self) {
        self.deleted = None;
        if let Some(file) = &mut self.file {
            file.flushed.get_or_insert_default();
        }
    }

    /// What is found under this name after the cut.
    pub(super) fn after(&self, cut: Cut, rng: &mut StdRng) -> Option<Vec<u8>> {
        let (new, old) = (self.file.as_ref(), self.deleted.as_ref());
        if let Some(file) = new.filter(|file| file.flushed.is_some()) {
            return Some(file.after(cut, rng));
        }
        // The name itself is not durable: either the last creation or deletion counts, or what was before it.
        let last = match cut.kept {
            Share::All => true,
            Share::Nothing => false,
            Share::Mixed => rng.random(),
        };
        let found = if last { new } else { old };
        found.map(|file| file.after(cut, rng))
    }
}

impl Content {
    fn after(&self, cut: Cut, rng: &mut StdRng) -> Vec<u8> {
        let flushed = self.flushed.as_deref().unwrap_or_default();
        // How many of `count` changes, in their order, are durable.
        let mut reached = |count: usize| match cut.kept {
            Share::All => count,
            Share::Nothing => 0,
            Share::Mixed => rng.random_range(0..=count),
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

    pub(super) fn apply(&self, file: &mut Vec<u8>) {
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
