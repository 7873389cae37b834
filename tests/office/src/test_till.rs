//! A till without a screen.

use std::path::{Path, PathBuf};

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::ids::{TapId, TillId};
use ringup_core::journal::{
    FirstPayment, JournalFile, NewSale, NewerEntries, Opened, RestoreFacts, TenderToTake, restore,
};
use ringup_core::money::{Currency, Money};
use ringup_core::office::Batch;
use ringup_core::sale::{Breakdown, Event, Purpose, TenderWay};
use tempfile::TempDir;

/// A till without a screen: a journal that sells.
pub struct TestTill {
    /// Goes with it, unless its folder is another's.
    _folder: Option<TempDir>,
    path: PathBuf,
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
            _folder: Some(folder),
            path,
            journal,
            now: 1,
        }
    }

    /// The till in this folder; it is made once.
    pub fn in_folder(folder: &Path) -> Self {
        let path = folder.join("journal.sqlite");
        let now = Clock::system().now();
        let journal = JournalFile::open(&path, Purpose::Live, now).unwrap();
        Self {
            _folder: None,
            path,
            journal,
            now: now.0,
        }
    }

    /// Its id.
    pub fn id(&self) -> TillId {
        self.journal.till()
    }

    /// Its journal's file.
    pub fn path(&self) -> PathBuf {
        self.path.clone()
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

    /// Sells so many times for cash: money that counts at once.
    pub fn sell_for_cash(&mut self, sales: u32) {
        for _ in 0..sales {
            self.now += 1;
            let amount = Money::parse_charge("3.10", Currency::Eur).unwrap();
            let new = NewSale {
                tap: TapId::new(),
                amount,
                note: None,
                breakdown: Breakdown::default(),
                first: FirstPayment::Tender(TenderToTake {
                    way: TenderWay::Cash,
                    own: None,
                    amount_minor: amount.minor(),
                    given_minor: Some(500),
                    rounding_minor: 0,
                }),
            };
            self.journal.open_sale(new, UnixMs(self.now)).unwrap();
        }
    }

    /// A batch of which only some entries are left, as many as `random` says.
    pub fn shortened(mut batch: Batch, random: u16) -> Batch {
        let length = 1 + usize::from(random) % batch.entries.len();
        batch.entries.truncate(length);
        let entries = batch.entries.iter();
        batch.last = entries.fold(batch.previous, |hash, body| hash.next(body));
        batch
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
        Self::at(Some(folder), path, self.now)
    }

    /// This till after somebody put a copy of it in its place, and the program said so.
    pub fn restored(self, copy: &Self) -> Self {
        let Self {
            _folder: folder,
            path,
            journal,
            now,
        } = self;
        drop(journal);
        let newer = NewerEntries::Lose;
        let facts = RestoreFacts::default();
        restore(
            &path,
            Purpose::Live,
            &copy.path(),
            newer,
            facts,
            UnixMs(now),
        )
        .unwrap();
        Self::at(folder, path, now)
    }

    fn at(folder: Option<TempDir>, path: PathBuf, now: i64) -> Self {
        let journal = JournalFile::open(&path, Purpose::Live, UnixMs(now)).unwrap();
        Self {
            _folder: folder,
            path,
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
