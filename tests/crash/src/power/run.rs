//! Sells on a disk whose power is cut, opens the journal again, and compares it with what had been acknowledged.

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

/// Cycles on one journal: enough for several checkpoints of its log.
const CYCLES_OF_A_JOURNAL: u32 = 50;
/// The most writes between two cuts.
const MOST_WRITES: u32 = 60;
/// A write makes about this many calls to the disk.
const CALLS_OF_A_WRITE: u64 = 25;
/// Opening or closing makes about this many.
const CALLS_OF_AN_OPENING: u64 = 60;

/// How the test runs.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How many cuts.
    pub cycles: u32,
    /// Decides what is written, when the power is cut, and what remains.
    pub seed: u64,
    /// Full, or the control.
    pub flush: Flush,
}

/// Counts of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Cuts.
    pub cycles: u32,
    /// Cuts while the journal was being opened.
    pub opening: u32,
    /// Cuts while something was being written.
    pub writing: u32,
    /// Cuts while it was being closed.
    pub closing: u32,
    /// Cuts between two steps.
    pub resting: u32,
    /// Cuts that lost something of the files.
    pub torn: u32,
    /// Entries acknowledged.
    pub acknowledged: u64,
    /// Entries found that had not been acknowledged.
    pub unacknowledged: u64,
    /// Entries acknowledged and not found. Only the control counts them; otherwise they are an error.
    pub lost: u64,
    /// Cuts that lost any, in the control.
    pub losing: u32,
    /// Calls to the disk.
    pub calls: u64,
    /// Flushes among them.
    pub flushes: u64,
}

/// Why the run ended early.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// Something acknowledged is not there.
    #[error("cut {cycle}: sale {number} is not as it was acknowledged")]
    Lost {
        /// From 1.
        cycle: u32,
        /// The first such sale.
        number: SaleNumber,
    },
    /// The chain, the fold or the projections do not verify.
    #[error("cut {cycle}: the journal is not whole: {wrong}")]
    NotWhole {
        /// From 1.
        cycle: u32,
        /// Where.
        wrong: VerifyFailure,
    },
    /// The journal does not open, or fails although the power is on.
    #[error("cut {cycle}: {error}")]
    Journal {
        /// From 1.
        cycle: u32,
        /// Why.
        error: JournalError,
    },
    /// The test itself failed.
    #[error("the test itself failed: {0}")]
    Io(#[from] std::io::Error),
}

/// Runs the test.
///
/// # Errors
/// [`Failed`], above all a lost sale.
pub fn run(options: Options) -> Result<Stats, Failed> {
    let mut cuts = PowerCuts::new(options)?;
    for cycle in 0..options.cycles {
        if cycle > 0 && cycle.is_multiple_of(CYCLES_OF_A_JOURNAL) {
            cuts.compare()?;
            cuts.new_journal()?;
        }
        cuts.cycle()?;
    }
    cuts.compare()?;
    cuts.count_calls();
    Ok(std::mem::take(&mut cuts.stats))
}

struct PowerCuts {
    options: Options,
    rng: StdRng,
    /// The folder's canonical path, which SQLite uses.
    path: PathBuf,
    folder: TempDir,
    disk: Arc<Disk>,
    /// Each sale as it was acknowledged last.
    acknowledged: Vec<Sale>,
    stats: Stats,
}

impl Drop for PowerCuts {
    fn drop(&mut self) {
        vfs::unmount(&self.path);
    }
}

impl PowerCuts {
    fn new(options: Options) -> Result<Self, Failed> {
        let (folder, path, disk) = mounted(options.flush)?;
        Ok(Self {
            options,
            rng: StdRng::seed_from_u64(options.seed),
            path,
            folder,
            disk,
            acknowledged: Vec::new(),
            stats: Stats::default(),
        })
    }

    fn new_journal(&mut self) -> Result<(), Failed> {
        self.count_calls();
        vfs::unmount(&self.path);
        (self.folder, self.path, self.disk) = mounted(self.options.flush)?;
        self.acknowledged.clear();
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
        if self.rng.random_ratio(1, 5) {
            self.disk
                .cut_after(self.rng.random_range(0..CALLS_OF_AN_OPENING));
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
        let writes = self.rng.random_range(1..=MOST_WRITES);
        // Sometimes after the last write, so that the cut comes while the journal is being closed.
        let calls = u64::from(writes) * CALLS_OF_A_WRITE + CALLS_OF_AN_OPENING;
        self.disk.cut_after(self.rng.random_range(0..calls));
        for _ in 0..writes {
            match work::write(&mut file, &self.acknowledged, &mut self.rng) {
                Ok(sale) => self.acknowledge(sale),
                Err(error) if !self.disk.is_off() => return Err(self.journal_failed(error)),
                // Not acknowledged: the entry may be there or not.
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

    fn acknowledge(&mut self, sale: Sale) {
        match self
            .acknowledged
            .iter_mut()
            .find(|known| known.id == sale.id)
        {
            Some(known) => {
                self.stats.acknowledged += u64::from(known.revision < sale.revision);
                *known = sale;
            }
            None => {
                // The sale and its request.
                self.stats.acknowledged += 2;
                self.acknowledged.push(sale);
            }
        }
    }

    fn power_returns(&mut self) -> Result<(), Failed> {
        let torn = self.disk.power_returns(&mut self.rng)?;
        self.stats.torn += u32::from(torn);
        // The file of shared memory is no file on the disk, and would not survive.
        match std::fs::remove_file(self.path.join("journal.sqlite-shm")) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Opens the journal as the till does: it must verify and hold everything acknowledged.
    fn compare(&mut self) -> Result<JournalFile, Failed> {
        let cycle = self.stats.cycles;
        let file = self.open().map_err(|error| self.journal_failed(error))?;
        let verified = file.verify().map_err(|error| self.journal_failed(error))?;
        verified.map_err(|wrong| Failed::NotWhole { cycle, wrong })?;
        let acknowledged = self
            .acknowledged
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
        for sale in &self.acknowledged {
            let is_kept = self
                .is_kept(&file, sale)
                .map_err(|error| self.journal_failed(error))?;
            if !is_kept && self.options.flush == Flush::Full {
                let number = sale.number;
                return Err(Failed::Lost { cycle, number });
            }
        }
        let lost = acknowledged.saturating_sub(last);
        self.stats.lost += lost;
        self.stats.losing += u32::from(lost > 0);
        // The first entry of a journal is acknowledged by opening it.
        self.stats.unacknowledged += last.saturating_sub(acknowledged.max(1));
        self.acknowledged = found;
        Ok(file)
    }

    /// Whether the entries of this acknowledged sale are there.
    fn is_kept(&self, file: &JournalFile, acknowledged: &Sale) -> Result<bool, JournalError> {
        let entries = file.entries(acknowledged.id)?;
        let then = Sale::fold(
            entries
                .iter()
                .take_while(|entry| entry.seq <= acknowledged.revision),
        );
        Ok(then.as_ref() == Ok(acknowledged))
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
