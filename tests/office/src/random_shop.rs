//! A till that trades at random in a real journal: cash, cards, the shop's own tenders, crypto and test money, splits,
//! tenders taken back, refunds by the line and by the amount, voids, the drawer, days that are closed.

use std::path::PathBuf;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use ringup_core::calendar::{Day, Zone, day_of};
use ringup_core::clock::{Clock, UnixMs};
use ringup_core::config::Config;
use ringup_core::drawer::{CashWay, CountPurpose};
use ringup_core::ids::{InvoiceId, SaleId, TapId};
use ringup_core::journal::{FirstPayment, JournalFile, NewSale, Opened, TenderToTake};
use ringup_core::money::{BasisPoints, Currency, Money};
use ringup_core::office::Batch;
use ringup_core::sale::{
    Basket, Event, Invoice, Line, OwnTender, Purpose, ReceiptMedium, ReceiptOutcome, ReceiptToken,
    RefundWay, Report, ReturnedLine, Sale, SaleState, TenderWay, events_for_report,
};
use ringup_core::settings::{DrawerSettings, Settings, TenderChoice};
use ringup_core::{NewCashCount, NewCashMove, Till};
use tempfile::TempDir;

const HOUR_MS: i64 = 3_600_000;
const GATEWAY: &str = "api.cru.cash";
const NOTES: [&str; 6] = [
    "Tisch 4",
    "Tischler Meyer",
    "to take away",
    "с собой",
    "table 4, no sugar",
    "Geburtstag",
];

/// The till.
pub struct RandomShop {
    folder: TempDir,
    /// Its journal.
    pub journal: JournalFile,
    random: StdRng,
    now: UnixMs,
    /// The days on which it traded.
    pub days: Vec<Day>,
    sales: Vec<SaleId>,
}

/// The zone of all of them.
pub fn zone() -> Zone {
    Zone::named("Europe/Berlin").unwrap()
}

/// What the shop calls its own tender.
pub fn voucher() -> OwnTender {
    OwnTender {
        id: "voucher".to_owned(),
        name: "Gutschein".to_owned(),
    }
}

impl RandomShop {
    /// A till that has sold nothing.
    pub fn begin(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // A day before the clocks are put back.
        let now = UnixMs(1_792_828_800_000);
        let path = folder.path().join("journal.sqlite");
        let shop = Self {
            journal: JournalFile::open(&path, Purpose::Live, now).unwrap(),
            folder,
            random: StdRng::seed_from_u64(seed),
            now,
            days: vec![day_of(now, &zone())],
            sales: Vec::new(),
        };
        let settings = Settings {
            tenders: vec![
                TenderChoice::Crypto,
                TenderChoice::Cash,
                TenderChoice::Card,
                TenderChoice::Own(voucher()),
            ],
            zone: Some(zone().name().to_owned()),
            drawer: DrawerSettings {
                on: true,
                blind_count: false,
            },
            ..Settings::default()
        };
        let text = serde_json::to_string(&settings).unwrap();
        std::fs::write(shop.folder.path().join("settings.json"), text).unwrap();
        shop
    }

    /// Trades so many times.
    pub async fn trade(&mut self, acts: u32) {
        for _ in 0..acts {
            self.now.0 += self.random.random_range(10_000..900_000);
            match self.random.random_range(0..30) {
                0..=8 => self.sell(),
                9..=10 => self.take_rest(),
                11 => self.take_back(),
                12..=16 => self.pay_crypto(),
                17..=19 => self.refund(),
                20 => self.void_refund(),
                21..=22 => self.move_cash().await,
                23 => self.count().await,
                24 => self.close_day(),
                25 => self.say(|sale| vec![Event::SaleStopped { sale: sale.id }]),
                26 => self.receipt(),
                27 => self.settle_by_hand(),
                28 => self.note(),
                _ => {
                    self.now.0 += self.random.random_range(4..20) * HOUR_MS;
                }
            }
            let day = day_of(self.now, &zone());
            if self.days.last() != Some(&day) {
                self.days.push(day);
            }
        }
        // A till that starts writes down which requests were interrupted, so that later starts write nothing.
        drop(self.till().await);
    }

    /// The till itself, as a program that only reads.
    pub async fn till(&self) -> Till {
        let folder = self.folder.path().to_string_lossy().into_owned();
        let config = Config::read(|name| (name == "RINGUP_DATA_DIR").then(|| folder.clone()));
        let now = self.now;
        let clock = Clock::from_fn(move || now);
        Till::open_without_polling(&config.unwrap(), clock)
            .await
            .unwrap()
    }

    /// Its journal's file.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("journal.sqlite")
    }

    /// What comes after this entry, cut into batches of random lengths.
    pub fn batches(&mut self, mut after: u64, longest: u64) -> Vec<Batch> {
        let mut batches = Vec::new();
        while let Some(mut batch) = Batch::after(&self.journal, after).unwrap() {
            let length = self.random.random_range(1..=longest);
            batch.entries.truncate(usize::try_from(length).unwrap());
            let hash = batch
                .entries
                .iter()
                .fold(batch.previous, |hash, body| hash.next(body));
            batch.last = hash;
            after = batch.last_seq();
            batches.push(batch);
        }
        batches
    }

    fn pick(&mut self, below: usize) -> usize {
        self.random.random_range(0..below.max(1))
    }

    fn chosen(&mut self) -> Option<Sale> {
        let at = self.pick(self.sales.len());
        let id = *self.sales.get(at)?;
        Some(Sale::fold(&self.journal.entries(id).unwrap()).unwrap())
    }

    fn record(&mut self, sale: SaleId, decide: impl FnOnce(&Sale) -> Vec<Event>) -> Sale {
        self.journal.record(sale, self.now, decide).unwrap().0
    }

    fn say(&mut self, decide: impl FnOnce(&Sale) -> Vec<Event>) {
        if let Some(sale) = self.chosen() {
            self.record(sale.id, decide);
        }
    }

    fn sell(&mut self) {
        let lines: Vec<_> = (0..self.pick(4)).map(|_| self.line()).collect();
        let sold: i64 = lines.iter().filter_map(Line::sum_minor).sum();
        let tip_minor = [0, 0, 50][self.pick(3)];
        let minor = match lines.is_empty() {
            true => self.random.random_range(100..5_000),
            false => sold + tip_minor,
        };
        let currency = [Currency::Eur, Currency::Eur, Currency::Usd][self.pick(3)];
        let amount = Money::from_minor(minor, currency);
        let basket = Basket {
            tip_minor: if lines.is_empty() { 0 } else { tip_minor },
            lines,
            discount: None,
        };
        let first = match self.pick(3) {
            0 => FirstPayment::Invoice {
                gateway: GATEWAY.to_owned(),
                lifetime_minutes: 15,
            },
            _ => FirstPayment::Tender(self.tender(minor)),
        };
        let new = NewSale {
            tap: TapId::new(),
            amount,
            note: (self.pick(3) == 0).then(|| NOTES[self.pick(NOTES.len())].to_owned()),
            language: None,
            breakdown: basket.breakdown(amount, Some(BasisPoints(1900))).unwrap(),
            first,
            receipt_token: ReceiptToken::draw(),
        };
        match self.journal.open_sale(new, self.now).unwrap() {
            Opened::New(sale) | Opened::AlreadyOpened(sale) => self.sales.push(sale.id),
        }
    }

    fn line(&mut self) -> Line {
        let category = [None, Some("Drinks"), Some("Cakes")][self.pick(3)];
        Line {
            name: Some("tea".to_owned()),
            quantity: self.random.random_range(1..4),
            unit_minor: self.random.random_range(20..900),
            tax: [None, Some(BasisPoints(700)), Some(BasisPoints(1900))][self.pick(3)],
            category: category.map(str::to_owned),
            ..Line::default()
        }
    }

    /// A tender that settles all or a part of what is outstanding.
    fn tender(&mut self, outstanding: i64) -> TenderToTake {
        let way = [TenderWay::Cash, TenderWay::Card, TenderWay::Own][self.pick(3)];
        let amount_minor = match self.pick(3) {
            0 => self.random.random_range(1..=outstanding),
            _ => outstanding,
        };
        let is_cash = way == TenderWay::Cash;
        let rounding_minor = match is_cash && amount_minor == outstanding && amount_minor >= 5 {
            true => (amount_minor + 2) / 5 * 5 - amount_minor,
            false => 0,
        };
        TenderToTake {
            way,
            own: (way == TenderWay::Own).then(voucher),
            amount_minor,
            given_minor: is_cash.then_some(amount_minor + rounding_minor + 100),
            rounding_minor,
        }
    }

    fn take_rest(&mut self) {
        let Some(sale) = self.chosen() else { return };
        let outstanding = sale.outstanding().minor();
        if outstanding > 0 {
            let tender = self.tender(outstanding);
            self.record(sale.id, |sale| {
                vec![tender.event(sale.id, sale.next_tender())]
            });
        }
    }

    fn take_back(&mut self) {
        let Some(sale) = self.chosen() else { return };
        let closed = self.journal.last_close().unwrap().unwrap_or(0);
        let last = sale.standing_tenders().last();
        let last = last
            .filter(|tender| tender.seq > closed)
            .map(|it| it.number);
        if let Some(tender) = last.filter(|_| sale.standing_refunds().next().is_none()) {
            let reason = "mistyped".to_owned();
            self.record(sale.id, |sale| {
                vec![Event::TenderTakenBack {
                    sale: sale.id,
                    tender,
                    reason,
                }]
            });
        }
    }

    /// Requests an invoice where there is none, and hears something of one.
    fn pay_crypto(&mut self) {
        let Some(mut sale) = self.chosen() else {
            return;
        };
        let outstanding = sale.outstanding();
        if outstanding.minor() > 0 && (sale.attempts.is_empty() || self.pick(2) == 0) {
            let is_whole = outstanding == sale.amount;
            sale = self.record(sale.id, |sale| {
                vec![Event::InvoiceRequested {
                    sale: sale.id,
                    attempt: sale.next_attempt(),
                    gateway: GATEWAY.to_owned(),
                    lifetime_minutes: 15,
                    amount_minor: (!is_whole).then(|| outstanding.minor()),
                }]
            });
        }
        let test = self.pick(5) == 0;
        sale = self.record(sale.id, |sale| {
            let unopened = sale.attempts.iter().filter(|it| it.invoice.is_none());
            let opened = unopened.map(|attempt| Event::InvoiceOpened {
                sale: sale.id,
                attempt: attempt.number,
                invoice: Invoice {
                    id: InvoiceId(format!("{}-{}", sale.id, attempt.number)),
                    pay_url: "https://pay.cru.cash/invoice/i".to_owned(),
                    expires_at_unix: Some(900),
                    test,
                    clock_offset_ms: None,
                },
            });
            opened.collect()
        });
        let at = self.pick(sale.attempts.len());
        let Some(attempt) = sale.attempts.get(at) else {
            return;
        };
        let Some(invoice) = &attempt.invoice else {
            return;
        };
        let (number, pays) = (attempt.number, self.pick(8));
        let minor = match pays {
            // It contradicts the sale.
            0 => attempt.amount.minor() + 1,
            _ => attempt.amount.minor(),
        };
        let report = Report {
            id: invoice.id.clone(),
            pay_status: if pays == 1 { "end" } else { "paid" }.to_owned(),
            is_paid: pays != 1,
            is_testing: Some(invoice.test),
            fiat_amount: Some(sale.amount.with_minor(minor).to_gateway()),
            fiat_currency: Some(sale.amount.currency().code().to_owned()),
            processing_status: (pays > 5).then(|| "processed".to_owned()),
            crypto: Some("USDT".to_owned()),
            network: Some(["TRC20", "TON"][self.pick(2)].to_owned()),
            crypto_amount: None,
            network_fee: None,
            payload: None,
        };
        let now = self.now;
        self.record(sale.id, |sale| {
            events_for_report(sale, number, &report, now)
        });
    }

    fn refund(&mut self) {
        let Some(sale) = self.chosen() else { return };
        let most = sale.refundable().minor();
        let left = sale.quantities_left();
        let place = left.iter().position(|quantity| *quantity > 0);
        let place = place.filter(|_| self.pick(2) == 0);
        let lines: Vec<_> = place
            .map(|place| ReturnedLine {
                line: u32::try_from(place + 1).unwrap(),
                quantity: 1,
            })
            .into_iter()
            .collect();
        let of_lines = (!lines.is_empty())
            .then(|| sale.parts_of_lines(&lines))
            .flatten();
        let (parts, amount_minor) = match of_lines {
            Some(parts) if parts.1 > 0 && parts.1 <= most => parts,
            None if most > 0 => {
                let minor = self.random.random_range(1..=most);
                (sale.parts_of_amount(minor), minor)
            }
            _ => return,
        };
        let way = [
            RefundWay::Cash,
            RefundWay::Card,
            RefundWay::Own,
            RefundWay::ByHand,
        ][self.pick(4)];
        self.record(sale.id, |sale| {
            vec![Event::SaleRefunded {
                sale: sale.id,
                refund: sale.next_refund(),
                amount_minor,
                way,
                own: (way == RefundWay::Own).then(voucher),
                rounding_minor: match way == RefundWay::Cash && amount_minor >= 5 {
                    true => (amount_minor + 2) / 5 * 5 - amount_minor,
                    false => 0,
                },
                reason: "broken".to_owned(),
                lines,
                parts: Some(parts),
            }]
        });
    }

    fn void_refund(&mut self) {
        self.say(|sale| {
            let first = sale.standing_refunds().next();
            let void = first.map(|refund| Event::RefundTakenBack {
                sale: sale.id,
                refund: refund.number,
                reason: "it stayed".to_owned(),
            });
            void.into_iter().collect()
        });
    }

    fn receipt(&mut self) {
        let outcome = [
            None,
            Some(ReceiptOutcome::Unconfirmed),
            Some(ReceiptOutcome::Failed),
        ][self.pick(3)];
        self.say(|sale| {
            vec![Event::ReceiptMade {
                sale: sale.id,
                medium: ReceiptMedium::Printer,
                outcome,
            }]
        });
    }

    fn settle_by_hand(&mut self) {
        let reason = "talked to them".to_owned();
        self.say(|sale| match sale.state() {
            SaleState::Review => vec![Event::ReviewClosed {
                sale: sale.id,
                reason,
            }],
            _ if sale.may_be_written_off() => vec![Event::SaleWrittenOff {
                sale: sale.id,
                reason,
            }],
            _ => Vec::new(),
        });
    }

    fn note(&mut self) {
        let note = [None, Some(NOTES[self.pick(NOTES.len())].to_owned())][self.pick(2)].clone();
        self.say(|sale| {
            vec![Event::SaleNoted {
                sale: sale.id,
                note,
                language: None,
            }]
        });
    }

    async fn move_cash(&mut self) {
        let moved = NewCashMove {
            way: [CashWay::In, CashWay::Out, CashWay::Drop][self.pick(3)],
            amount: Money::from_minor(self.random.random_range(1..5_000), Currency::Eur),
            reason: "change".to_owned(),
        };
        self.till().await.move_cash(moved).await.unwrap();
    }

    async fn count(&mut self) {
        let counted = self.random.random_range(100..20_000);
        let left = self.random.random_range(0..=counted);
        let count = NewCashCount {
            purpose: CountPurpose::Count,
            counted: Money::from_minor(counted, Currency::Eur),
            pieces: Vec::new(),
            left: Some(Money::from_minor(left, Currency::Eur)),
        };
        self.till().await.count_cash(count).await.unwrap();
    }

    fn close_day(&mut self) {
        let day = day_of(self.now, &zone());
        let mut batch = self.journal.batch().unwrap();
        // Refused when nothing has moved since.
        if batch.close_day(day, &zone(), self.now).is_ok() {
            batch.commit().unwrap();
        }
    }
}
