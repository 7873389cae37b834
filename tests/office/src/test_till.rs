//! A till without a screen.

use std::path::{Path, PathBuf};

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::ids::{AttemptNumber, InvoiceId, TapId, TillId};
use ringup_core::journal::{
    FirstPayment, JournalFile, NewSale, NewerEntries, Opened, RestoreFacts, TenderToTake, restore,
};
use ringup_core::money::{Currency, Money};
use ringup_core::office::Batch;
use ringup_core::sale::{
    Breakdown, Event, Invoice, Purpose, ReceiptToken, RefundWay, Report, Sale, TenderWay,
    events_for_report,
};
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
                language: None,
                breakdown: Breakdown::default(),
                first: FirstPayment::Invoice {
                    gateway: "api.example".to_owned(),
                    lifetime_minutes: 15,
                },
                receipt_token: None,
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

    /// Opens a sale whose invoice has this id, and waits for its payment; three entries.
    pub fn open_invoice(&mut self, id: &str) {
        self.now += 1;
        let new = NewSale {
            language: None,
            receipt_token: None,
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
        let open = |sale: &ringup_core::sale::Sale| {
            vec![Event::InvoiceOpened {
                sale: sale.id,
                attempt: sale.attempts.last().unwrap().number,
                invoice: Invoice {
                    id: InvoiceId(id.to_owned()),
                    pay_url: format!("https://pay.example/{id}"),
                    expires_at_unix: None,
                    test: false,
                    clock_offset_ms: None,
                },
            }]
        };
        self.journal
            .record(sale.id, UnixMs(self.now), open)
            .unwrap();
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
                language: None,
                breakdown: Breakdown::default(),
                first: FirstPayment::Tender(TenderToTake {
                    way: TenderWay::Cash,
                    own: None,
                    amount_minor: amount.minor(),
                    given_minor: Some(500),
                    rounding_minor: 0,
                }),
                receipt_token: None,
            };
            self.journal.open_sale(new, UnixMs(self.now)).unwrap();
        }
    }

    /// Opens a sale of 12.50 for crypto that has a receipt at the office, at this moment.
    pub fn open_with_receipt(&mut self, at: UnixMs) -> Sale {
        self.open_with_token(at, ReceiptToken::draw())
    }

    /// The same with this token.
    pub fn open_with_token(&mut self, at: UnixMs, receipt_token: Option<ReceiptToken>) -> Sale {
        self.now = at.0;
        let new = NewSale {
            tap: TapId::new(),
            amount: Money::parse_charge("12.50", Currency::Eur).unwrap(),
            note: Some("table 4".to_owned()),
            language: None,
            breakdown: Breakdown::default(),
            first: FirstPayment::Invoice {
                gateway: "api.cru.cash".to_owned(),
                lifetime_minutes: 15,
            },
            receipt_token,
        };
        match self.journal.open_sale(new, at).unwrap() {
            Opened::New(sale) => sale,
            Opened::AlreadyOpened(_) => panic!("the tap is new"),
        }
    }

    /// The gateway says that a sale's invoice is paid, in test money or not; before that it was over if `late`.
    pub fn pay(&mut self, sale: &Sale, test: bool, late: bool) {
        let number = AttemptNumber(1);
        let id = InvoiceId(format!("i-{}", sale.id));
        let report = |is_paid: bool| Report {
            id: id.clone(),
            pay_status: if is_paid { "paid" } else { "end" }.to_owned(),
            is_paid,
            is_testing: Some(test),
            fiat_amount: Some("12.5".to_owned()),
            fiat_currency: Some("EUR".to_owned()),
            crypto: Some("USDT".to_owned()),
            network: Some("TRC20".to_owned()),
            crypto_amount: Some("13.42".to_owned()),
            processing_status: None,
            network_fee: None,
            payload: None,
        };
        let invoice = Invoice {
            id: id.clone(),
            pay_url: "https://pay.cru.cash/invoice/i".to_owned(),
            expires_at_unix: Some(900),
            test,
            clock_offset_ms: None,
        };
        let now = UnixMs(self.now);
        let opened = |sale: &Sale| {
            vec![Event::InvoiceOpened {
                sale: sale.id,
                attempt: number,
                invoice,
            }]
        };
        self.journal.record(sale.id, now, opened).unwrap();
        for (is_paid, comes) in [(false, late), (true, true)] {
            let said = report(is_paid);
            if comes {
                let decide = |sale: &Sale| events_for_report(sale, number, &said, now);
                self.journal.record(sale.id, now, decide).unwrap();
            }
        }
    }

    /// Gives so much of a sale back, in cash.
    pub fn refund(&mut self, sale: &Sale, amount_minor: i64) {
        let now = UnixMs(self.now);
        let refund = |sale: &Sale| {
            vec![Event::SaleRefunded {
                sale: sale.id,
                refund: sale.next_refund(),
                amount_minor,
                way: RefundWay::Cash,
                own: None,
                rounding_minor: 0,
                reason: "cold coffee".to_owned(),
                lines: Vec::new(),
                parts: Some(sale.parts_of_amount(amount_minor)),
            }]
        };
        self.journal.record(sale.id, now, refund).unwrap();
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
