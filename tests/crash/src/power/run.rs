//! Sells on a disk whose power goes, opens the journal again, and compares it with what it had
//! acknowledged.

use std::path::PathBuf;
use std::sync::Arc;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use ringup_core::clock::UnixMs;
use ringup_core::ids::SaleNumber;
use ringup_core::journal::{JournalError, JournalFile, VerifyFailure};
use ringup_core::sale::{Purpose, Sale};
use tempfile::TempDir;

use super::disk::{Disk, Flush};
use super::{vfs, work};

/// Cycles on one journal: enough that its log is taken over into the file some times.
const CYCLES_OF_A_JOURNAL: u32 = 50;
/// Writes of one life.
const MOST_WRITES: u32 = 60;
/// About as many calls to the disk come with a write.
const CALLS_OF_A_WRITE: u64 = 25;
/// About as many come with opening or closing.
const CALLS_OF_AN_OPENING: u64 = 60;

/// How the trial runs.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How many cuts.
    pub cycles: u32,
    /// What is written, when the power goes, what of it stays.
    pub seed: u64,
    /// Full, or the control.
    pub flush: Flush,
}

/// What was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Cuts.
    pub cycles: u32,
    /// While the journal was being opened.
    pub opening: u32,
    /// While something was being written.
    pub writing: u32,
    /// While it was being closed.
    pub closing: u32,
    /// Between two steps.
    pub resting: u32,
    /// Cuts that took something from the files.
    pub torn: u32,
    /// Entries acknowledged.
    pub acknowledged: u64,
    /// Entries found that had not been acknowledged.
    pub unacknowledged: u64,
    /// Entries acknowledged and not found. In the control alone; else it is an error.
    pub lost: u64,
    /// Cuts that lost any. In the control alone.
    pub losing: u32,
    /// Calls to the disk.
    pub calls: u64,
    /// Flushes among them.
    pub flushes: u64,
}

/// Why the trial ended early.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// What was acknowledged is not there.
    #[error("cut {cycle}: sale {number} is not as it was acknowledged")]
    Lost {
        /// From 1.
        cycle: u32,
        /// The first sale.
        number: SaleNumber,
    },
    /// Chain, fold or projections.
    #[error("cut {cycle}: the journal is not whole: {wrong}")]
    NotWhole {
        /// From 1.
        cycle: u32,
        /// Where.
        wrong: VerifyFailure,
    },
    /// It does not open, or fails with the power on.
    #[error("cut {cycle}: {error}")]
    Journal {
        /// From 1.
        cycle: u32,
        /// Why.
        error: JournalError,
    },
    /// The trial's own means failed.
    #[error("the trial itself failed: {0}")]
    Io(#[from] std::io::Error),
}

/// Runs the trial.
///
/// # Errors
/// [`Failed`]: first of all a lost sale.
pub fn run(options: Options) -> Result<Stats, Failed> {
    let mut trial = Trial::new(options)?;
    for cycle in 0..options.cycles {
        if cycle > 0 && cycle.is_multiple_of(CYCLES_OF_A_JOURNAL) {
            trial.compare()?;
            trial.new_journal()?;
        }
        trial.cycle()?;
    }
    trial.compare()?;
    trial.count_calls();
    Ok(std::mem::take(&mut trial.stats))
}

struct Trial {
    options: Options,
    dice: StdRng,
    /// The system's own name of it: SQLite asks by that.
    path: PathBuf,
    folder: TempDir,
    disk: Arc<Disk>,
    /// Each sale as it was acknowledged last.
    promised: Vec<Sale>,
    stats: Stats,
}

impl Drop for Trial {
    fn drop(&mut self) {
        vfs::unmount(&self.path);
    }
}

impl Trial {
    fn new(options: Options) -> Result<Self, Failed> {
        let (folder, path, disk) = mounted(options.flush)?;
        Ok(Self {
            options,
            dice: StdRng::seed_from_u64(options.seed),
            path,
            folder,
            disk,
            promised: Vec::new(),
            stats: Stats::default(),
        })
    }

    fn new_journal(&mut self) -> Result<(), Failed> {
        self.count_calls();
        vfs::unmount(&self.path);
        (self.folder, self.path, self.disk) = mounted(self.options.flush)?;
        self.promised.clear();
        Ok(())
    }

    fn count_calls(&mut self) {
        let (calls, flushes) = self.disk.calls();
        self.stats.calls += calls;
        self.stats.flushes += flushes;
    }

    fn open(&self) -> Result<JournalFile, JournalError> {
        JournalFile::open(
            &self.path.join("journal.sqlite"),
            Purpose::Practice,
            UnixMs(1),
        )
    }

    fn journal_failed(&self, error: JournalError) -> Failed {
        let cycle = self.stats.cycles;
        Failed::Journal { cycle, error }
    }

    /// From one cut to the next.
    fn cycle(&mut self) -> Result<(), Failed> {
        self.stats.cycles += 1;
        if self.dice.random_ratio(1, 5) {
            self.disk
                .cut_after(self.dice.random_range(0..CALLS_OF_AN_OPENING));
            let opened = self.open();
            if self.disk.is_off() {
                drop(opened);
                self.stats.opening += 1;
                return self.power_returns();
            }
            drop(opened.map_err(|error| self.journal_failed(error))?);
            self.disk.cut();
            self.stats.resting += 1;
            return self.power_returns();
        }
        let mut file = self.compare()?;
        let writes = self.dice.random_range(1..=MOST_WRITES);
        // Sometimes after the last of them: then the cut finds it closing.
        let calls = u64::from(writes) * CALLS_OF_A_WRITE + CALLS_OF_AN_OPENING;
        self.disk.cut_after(self.dice.random_range(0..calls));
        for _ in 0..writes {
            match work::write(&mut file, &self.promised, &mut self.dice) {
                Ok(sale) => self.promise(sale),
                Err(error) if !self.disk.is_off() => return Err(self.journal_failed(error)),
                // Not acknowledged. SQLite may have it or not.
                Err(_) => {}
            }
            if self.disk.is_off() {
                self.stats.writing += 1;
                drop(file);
                return self.power_returns();
            }
        }
        drop(file);
        if self.disk.is_off() {
            self.stats.closing += 1;
        } else {
            self.stats.resting += 1;
            self.disk.cut();
        }
        self.power_returns()
    }

    fn promise(&mut self, sale: Sale) {
        match self.promised.iter_mut().find(|known| known.id == sale.id) {
            Some(known) => {
                self.stats.acknowledged += u64::from(known.revision < sale.revision);
                *known = sale;
            }
            None => {
                // The sale and its request.
                self.stats.acknowledged += 2;
                self.promised.push(sale);
            }
        }
    }

    fn power_returns(&mut self) -> Result<(), Failed> {
        let torn = self.disk.power_returns(&mut self.dice)?;
        self.stats.torn += u32::from(torn);
        // Memory that programs share does not outlive the power.
        match std::fs::remove_file(self.path.join("journal.sqlite-shm")) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Opens the journal by the ordinary way: it must be whole and hold what was acknowledged.
    fn compare(&mut self) -> Result<JournalFile, Failed> {
        let cycle = self.stats.cycles;
        let file = self.open().map_err(|error| self.journal_failed(error))?;
        let verified = file.verify().map_err(|error| self.journal_failed(error))?;
        verified.map_err(|wrong| Failed::NotWhole { cycle, wrong })?;
        let promised = self
            .promised
            .iter()
            .map(|sale| sale.revision)
            .max()
            .unwrap_or(0);
        let last = file
            .last_seq()
            .map_err(|error| self.journal_failed(error))?;
        let mut found = Vec::new();
        for number in 1.. {
            let sale = file
                .sale(SaleNumber(number))
                .map_err(|error| self.journal_failed(error))?;
            match sale {
                Some(sale) => found.push(sale),
                None => break,
            }
        }
        for sale in &self.promised {
            let kept = self
                .kept(&file, sale)
                .map_err(|error| self.journal_failed(error))?;
            if !kept && self.options.flush == Flush::Full {
                let number = sale.number;
                return Err(Failed::Lost { cycle, number });
            }
        }
        let lost = promised.saturating_sub(last);
        self.stats.lost += lost;
        self.stats.losing += u32::from(lost > 0);
        // Nothing was promised of an empty journal but its first entry.
        self.stats.unacknowledged += last.saturating_sub(promised.max(1));
        self.promised = found;
        Ok(file)
    }

    /// Whether the entries that this promise was made of are there.
    fn kept(&self, file: &JournalFile, promised: &Sale) -> Result<bool, JournalError> {
        let entries = file.entries(promised.id)?;
        let then = Sale::fold(
            entries
                .iter()
                .take_while(|entry| entry.seq <= promised.revision),
        );
        Ok(then.as_ref() == Ok(promised))
    }
}

fn mounted(flush: Flush) -> Result<(TempDir, PathBuf, Arc<Disk>), Failed> {
    let folder = TempDir::new()?;
    let path = folder.path().canonicalize()?;
    let disk = Arc::new(Disk::new(flush));
    vfs::mount(&path, Arc::clone(&disk));
    Ok((folder, path, disk))
}

impl std::fmt::Display for Stats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "  {} cuts: {} while opening, {} while writing, {} while closing, {} at rest; \
             {} took something from the files",
            self.cycles, self.opening, self.writing, self.closing, self.resting, self.torn
        )?;
        writeln!(
            f,
            "  {} entries acknowledged, {} of them lost in {} cuts; {} found that were not acknowledged",
            self.acknowledged, self.lost, self.losing, self.unacknowledged
        )?;
        write!(
            f,
            "  {} calls to the disk, {} flushes",
            self.calls, self.flushes
        )
    }
}
