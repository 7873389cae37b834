//! What is on the platter under one name: what was flushed, what was done since, and what of both is
//! found when the power went in between.

use rand::RngExt as _;
use rand::rngs::StdRng;

/// A name in the folder.
#[derive(Debug, Default)]
pub(super) struct Kept {
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

/// What was done to a file.
#[derive(Debug)]
pub(super) enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Resize { length: usize },
}

/// How much of what was not flushed is on the platter all the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
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

impl Cut {
    /// Any of the ways in which the power may go.
    pub(super) fn of(dice: &mut StdRng) -> Self {
        Self {
            kept: match dice.random_range(0..10) {
                0 | 1 => Share::All,
                2 | 3 => Share::Nothing,
                _ => Share::Mixed,
            },
            unit: if dice.random() { 512 } else { 4096 },
        }
    }
}

impl Kept {
    /// After the cut nothing is in question any more; none: there is no such file.
    pub(super) fn on_the_platter(bytes: Option<Vec<u8>>) -> Self {
        Self {
            file: bytes.map(|bytes| Content {
                flushed: Some(bytes),
                changes: Vec::new(),
            }),
            ghost: None,
        }
    }

    /// A file of this name is opened. What another way than the disk made is on the platter.
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

    /// The file's changes are on the platter.
    pub(super) fn flushed(&mut self) {
        if let Some(file) = &mut self.file {
            let bytes = file.flushed.get_or_insert_default();
            file.changes.iter().for_each(|change| change.apply(bytes));
            file.changes.clear();
        }
    }

    /// The file's changes will never be on the platter.
    pub(super) fn not_flushed(&mut self) {
        if let Some(file) = &mut self.file {
            file.changes.clear();
        }
    }

    pub(super) fn deleted(&mut self) {
        let gone = self.file.take();
        if gone.as_ref().is_some_and(|file| file.flushed.is_some()) {
            self.ghost = gone;
        }
    }

    /// What was made is there, though perhaps empty; what was deleted is gone.
    pub(super) fn name_flushed(&mut self) {
        self.ghost = None;
        if let Some(file) = &mut self.file {
            file.flushed.get_or_insert_default();
        }
    }

    /// What is found under this name after the cut.
    pub(super) fn after(&self, cut: Cut, dice: &mut StdRng) -> Option<Vec<u8>> {
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
