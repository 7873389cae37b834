//! A till without a screen.

use std::path::{Path, PathBuf};

use ringup_core::clock::UnixMs;
use ringup_core::ids::{TapId, TillId};
use ringup_core::journal::{FirstPayment, JournalFile, NewSale, Opened};
use ringup_core::money::{Currency, Money};
use ringup_core::office::Batch;
use ringup_core::sale::{Breakdown, Event, Purpose};
use tempfile::TempDir;

/// A till without a screen: a journal that sells.
pub struct TestTill {
    folder: TempDir,
    /// Its journal.
    pub journal: JournalFile,
    now: i64,
}

impl TestTill {
    /// A till that has sold nothing.
    pub fn new() -> Self {
        Self::with(Purpose::Live)
    }

    /// The same for this money.
    pub fn with(purpose: Purpose) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.sqlite");
        let journal = JournalFile::open(&path, purpose, UnixMs(1)).unwrap();
        Self {
            folder,
            journal,
            now: 1,
        }
    }

    /// Its id.
    pub fn id(&self) -> TillId {
        self.journal.till()
    }

    /// Its journal's file.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("journal.sqlite")
    }

    /// Sells so many times; each sale is three entries.
    pub fn sell(&mut self, sales: u32) {
        for _ in 0..sales {
            self.now += 1;
            let new = NewSale {
                tap: TapId::new(),
                amount: Money::parse_charge("12.50", Currency::Eur).unwrap(),
                note: None,
                breakdown: Breakdown::default(),
                first: FirstPayment::Invoice {
                    gateway: "api.example".to_owned(),
                    lifetime_minutes: 15,
                },
            };
            let Opened::New(sale) = self.journal.open_sale(new, UnixMs(self.now)).unwrap() else {
                panic!("the tap is new");
            };
            let stop = |sale: &ringup_core::sale::Sale| vec![Event::SaleStopped { sale: sale.id }];
            self.journal
                .record(sale.id, UnixMs(self.now), stop)
                .unwrap();
        }
    }

    /// How many entries it has.
    pub fn entries(&self) -> u64 {
        self.journal.last_seq().unwrap()
    }

    /// What comes after this entry, as a batch.
    pub fn batch(&self, after: u64) -> Batch {
        Batch::after(&self.journal, after).unwrap().unwrap()
    }

    /// The texts of all its entries.
    pub fn bodies(&self) -> Vec<String> {
        let (mut bodies, mut after) = (Vec::new(), 0);
        while let Some(batch) = Batch::after(&self.journal, after).unwrap() {
            after = batch.last_seq();
            bodies.extend(batch.entries);
        }
        bodies
    }

    /// A second till with the same past: somebody copied the laptop.
    pub fn cloned(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.sqlite");
        ringup_core::journal::back_up(&self.path(), Purpose::Live, &path).unwrap();
        Self::at(folder, &path, self.now)
    }

    fn at(folder: TempDir, path: &Path, now: i64) -> Self {
        let journal = JournalFile::open(path, Purpose::Live, UnixMs(now)).unwrap();
        Self {
            folder,
            journal,
            now,
        }
    }
}

impl Default for TestTill {
    fn default() -> Self {
        Self::new()
    }
}
