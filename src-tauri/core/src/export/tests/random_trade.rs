//! A shop that trades at random in a real journal: carts, tenders, crypto, refunds, the drawer, closes, days.

use std::path::PathBuf;

use crate::calendar::{Day, Zone, day_of};
use crate::clock::UnixMs;
use crate::drawer::{CashMove, CashWay, CountPurpose};
use crate::ids::{AttemptNumber, InvoiceId, SaleId, SaleNumber, TapId, TenderNumber};
use crate::journal::{
    CloseRequest, CountToWrite, FirstPayment, JournalFile, NewSale, Opened, TenderToTake,
};
use crate::money::{BasisPoints, Currency, Money};
use crate::sale::{
    Basket, Discount, Event, Invoice, Line, OwnTender, Purpose, RefundWay, Report, ReturnedLine,
    Sale, TenderWay, events_for_report,
};

pub(super) struct Trade {
    pub(super) path: PathBuf,
    pub(super) file: JournalFile,
    pub(super) zone: Zone,
    pub(super) now: UnixMs,
    pub(super) days: Vec<Day>,
    /// What somebody with a pencil has in the drawer, from the first count on.
    pencil: Option<i64>,
    sales: Vec<SaleId>,
    _folder: tempfile::TempDir,
}

/// A kind of act, and three numbers that choose.
pub(super) type Act = (u8, u16, u16, u16);

const HOUR_MS: i64 = 3_600_000;

impl Trade {
    pub(super) fn begin() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal.sqlite");
        let now = UnixMs(1_795_300_200_000);
        let zone = Zone::named("Europe/Berlin").expect("a zone");
        Self {
            file: JournalFile::open(&path, Purpose::Live, now).expect("opens"),
            path,
            days: vec![day_of(now, &zone)],
            zone,
            now,
            pencil: None,
            sales: Vec::new(),
            _folder: folder,
        }
    }

    pub(super) fn sale(&self, number: &str) -> Sale {
        let number = SaleNumber(number.parse().expect("a number"));
        self.file.sale(number).expect("readable").expect("there")
    }

    /// Does it, if it can be done.
    pub(super) fn act(&mut self, (kind, a, b, c): Act) {
        self.now.0 += 61_000;
        match kind {
            0..=6 => self.sell(a, b, c),
            7 => self.take(a, b, c),
            8..=9 => self.take_back(a),
            10..=12 => self.pay_crypto(a, b),
            13..=15 => self.refund(a, b, c),
            16 => self.void_refund(a),
            17..=18 => self.move_cash(a, b),
            19..=20 => self.count(i64::from(a), i64::from(a.min(b))),
            21 => self.close(),
            _ => {
                self.now.0 += 24 * HOUR_MS;
                self.days.push(day_of(self.now, &self.zone));
            }
        }
        self.check_drawer();
    }

    pub(super) fn append(&mut self, event: Event) {
        self.file.append_event(event, self.now).expect("appended");
    }

    /// A typed amount in cash, with what the till rounds.
    pub(super) fn sell_cash(
        &mut self,
        amount_minor: i64,
        tax: Option<BasisPoints>,
        given_minor: i64,
        rounding_minor: i64,
    ) {
        let taken = TenderToTake {
            way: TenderWay::Cash,
            own: None,
            amount_minor,
            given_minor: Some(given_minor),
            rounding_minor,
        };
        self.open(
            Basket::default(),
            amount_minor,
            tax,
            FirstPayment::Tender(taken),
        );
    }

    fn sell(&mut self, a: u16, b: u16, c: u16) {
        let lines: Vec<_> = (0..a % 4)
            .map(|place| line(a.rotate_left(place.into()) ^ b))
            .collect();
        let goods: i64 = lines
            .iter()
            .filter(|it| !it.deposit)
            .filter_map(Line::sum_minor)
            .sum();
        let all: i64 = lines.iter().filter_map(Line::sum_minor).sum();
        let discount = match c % 4 {
            0 => Some(Discount::Percent {
                rate: BasisPoints(u32::from(c % 3_000)),
            }),
            1 => Some(Discount::Fixed { minor: goods / 3 }),
            _ => None,
        };
        let discount = discount.filter(|_| !lines.is_empty());
        let tip_minor = i64::from(if b.is_multiple_of(3) { b % 300 } else { 0 });
        let sold = match lines.is_empty() {
            true => i64::from(b % 3_000) + 100,
            false => all - discount.map_or(0, |it| it.of(goods)),
        };
        let amount_minor = sold + tip_minor;
        let basket = Basket {
            lines,
            discount,
            tip_minor,
        };
        let tax = [None, Some(BasisPoints(1900))][usize::from(a / 4 % 2)];
        let first = match c / 4 % 4 {
            0 => FirstPayment::Invoice {
                gateway: "api.cru.cash".to_owned(),
                lifetime_minutes: 15,
            },
            way => FirstPayment::Tender(tender(way, amount_minor, c)),
        };
        if amount_minor > 0 {
            self.open(basket, amount_minor, tax, first);
        }
    }

    fn open(&mut self, basket: Basket, minor: i64, tax: Option<BasisPoints>, first: FirstPayment) {
        let amount = Money::from_minor(minor, Currency::Eur);
        if let FirstPayment::Tender(taken) = &first
            && taken.way == TenderWay::Cash
        {
            self.note(taken.amount_minor + taken.rounding_minor);
        }
        let new = NewSale {
            tap: TapId::new(),
            amount,
            note: None,
            language: None,
            breakdown: basket.breakdown(amount, tax).expect("adds up"),
            first,
            receipt_token: None,
        };
        match self.file.open_sale(new, self.now).expect("opened") {
            Opened::New(sale) | Opened::AlreadyOpened(sale) => self.sales.push(sale.id),
        }
    }

    /// The sale that a number chooses.
    fn chosen(&self, a: u16) -> Option<Sale> {
        let index = usize::from(a).checked_rem(self.sales.len())?;
        let entries = self.file.entries(self.sales[index]).expect("readable");
        Some(Sale::fold(&entries).expect("folds"))
    }

    /// Notes down cash that came, or went.
    fn note(&mut self, minor: i64) {
        self.pencil = self.pencil.map(|there| there + minor);
    }

    /// Whether the journal knows what is in the drawer.
    fn check_drawer(&self) {
        let drawer = self.file.drawer_since_close().expect("read");
        let expected = drawer.get(&Currency::Eur).and_then(|it| it.expected_minor);
        assert_eq!(expected, self.pencil, "the drawer");
    }

    fn record(&mut self, sale: &Sale, event: Event) {
        let cash = match &event {
            Event::TenderTaken {
                way: TenderWay::Cash,
                amount_minor,
                rounding_minor,
                ..
            } => amount_minor + rounding_minor,
            Event::TenderTakenBack { tender, .. } => {
                let tender = sale.tenders.iter().find(|it| it.number == *tender);
                let tender = tender.expect("taken");
                let cash = tender.way == TenderWay::Cash;
                if cash {
                    -tender.amount_minor - tender.rounding_minor
                } else {
                    0
                }
            }
            Event::SaleRefunded {
                way: RefundWay::Cash,
                amount_minor,
                rounding_minor,
                ..
            } => -amount_minor - rounding_minor,
            Event::RefundTakenBack { refund, .. } => {
                let refund = sale.refunds.iter().find(|it| it.number == *refund);
                let refund = refund.expect("made");
                if refund.way == RefundWay::Cash {
                    refund.amount_minor + refund.rounding_minor
                } else {
                    0
                }
            }
            _ => 0,
        };
        self.note(cash);
        self.file
            .record(sale.id, self.now, |_| vec![event])
            .expect("recorded");
    }

    fn take(&mut self, a: u16, b: u16, c: u16) {
        let Some(sale) = self.chosen(a) else { return };
        let outstanding = sale.outstanding().minor();
        if outstanding > 0 {
            let taken = tender(b % 3 + 1, outstanding, c);
            self.record(&sale, taken.event(sale.id, sale.next_tender()));
        }
    }

    fn take_back(&mut self, a: u16) {
        let Some(sale) = self.chosen(a) else { return };
        let last = sale.standing_tenders().last().map(|it| (it.number, it.seq));
        let closed = self.file.last_close().expect("read").unwrap_or(0);
        let may = sale.standing_refunds().next().is_none();
        if let Some((tender, _)) = last.filter(|(_, seq)| may && *seq > closed) {
            let event = Event::TenderTakenBack {
                sale: sale.id,
                tender: TenderNumber(tender.0),
                reason: "mistyped".to_owned(),
            };
            self.record(&sale, event);
        }
    }

    /// Requests an invoice if there is none, and pays the one that a number chooses.
    fn pay_crypto(&mut self, a: u16, b: u16) {
        let Some(mut sale) = self.chosen(a) else {
            return;
        };
        let outstanding = sale.outstanding();
        if outstanding.minor() > 0 && (sale.attempts.is_empty() || b.is_multiple_of(2)) {
            let attempt = sale.next_attempt();
            let whole = outstanding == sale.amount;
            let event = Event::InvoiceRequested {
                sale: sale.id,
                attempt,
                gateway: "api.cru.cash".to_owned(),
                lifetime_minutes: 15,
                amount_minor: (!whole).then(|| outstanding.minor()),
            };
            self.record(&sale, event);
        }
        sale = self.chosen(a).expect("there");
        let unopened: Vec<_> = sale
            .attempts
            .iter()
            .filter(|it| it.invoice.is_none())
            .map(|it| it.number)
            .collect();
        for attempt in unopened {
            let event = Event::InvoiceOpened {
                sale: sale.id,
                attempt,
                invoice: Invoice {
                    id: InvoiceId(format!("i-{}-{attempt}", sale.number)),
                    pay_url: "https://pay.cru.cash/invoice/i".to_owned(),
                    expires_at_unix: Some(900),
                    test: false,
                    clock_offset_ms: None,
                },
            };
            self.record(&sale, event);
        }
        let count = u16::try_from(sale.attempts.len()).expect("few");
        if let Some(attempt) = b.checked_rem(count) {
            let attempt = AttemptNumber(u32::from(attempt) + 1);
            let amount = sale.attempt(attempt).expect("there").amount;
            let report = Report {
                id: InvoiceId(format!("i-{}-{attempt}", sale.number)),
                pay_status: "paid".to_owned(),
                is_paid: true,
                is_testing: Some(false),
                fiat_amount: Some(amount.to_gateway()),
                fiat_currency: Some("EUR".to_owned()),
                processing_status: None,
                crypto: Some("USDT".to_owned()),
                network: Some(if b.is_multiple_of(5) { "TON" } else { "TRC20" }.to_owned()),
                crypto_amount: None,
                network_fee: None,
                payload: None,
            };
            let now = self.now;
            let events = |sale: &Sale| events_for_report(sale, attempt, &report, now);
            self.file.record(sale.id, now, events).expect("recorded");
        }
    }

    fn refund(&mut self, a: u16, b: u16, c: u16) {
        let Some(sale) = self.chosen(a) else { return };
        let most = sale.refundable().minor();
        let left = sale.quantities_left();
        let place = left
            .iter()
            .position(|quantity| *quantity > 0)
            .filter(|_| b.is_multiple_of(2));
        let returned = place.map(|place| ReturnedLine {
            line: u32::try_from(place + 1).expect("few"),
            quantity: 1 + u32::from(c) % left[place],
        });
        let lines: Vec<_> = returned.into_iter().collect();
        let goods = (!lines.is_empty())
            .then(|| sale.parts_of_lines(&lines))
            .flatten();
        let (parts, amount_minor) = match goods {
            Some(goods) if goods.1 > 0 && goods.1 <= most => goods,
            _ if most > 0 && lines.is_empty() => {
                let minor = 1 + i64::from(b) % most;
                (sale.parts_of_amount(minor), minor)
            }
            _ => return,
        };
        let way = [
            RefundWay::Cash,
            RefundWay::Card,
            RefundWay::Own,
            RefundWay::ByHand,
        ][usize::from(c % 4)];
        let event = Event::SaleRefunded {
            sale: sale.id,
            refund: sale.next_refund(),
            amount_minor,
            way,
            own: (way == RefundWay::Own).then(voucher),
            rounding_minor: if way == RefundWay::Cash && amount_minor >= 5 {
                to_five_cents(amount_minor)
            } else {
                0
            },
            reason: "broken".to_owned(),
            lines,
            parts: Some(parts),
        };
        self.record(&sale, event);
    }

    fn void_refund(&mut self, a: u16) {
        let Some(sale) = self.chosen(a) else { return };
        let first = sale.standing_refunds().next().map(|refund| refund.number);
        if let Some(refund) = first {
            let event = Event::RefundTakenBack {
                sale: sale.id,
                refund,
                reason: "it stayed".to_owned(),
            };
            self.record(&sale, event);
        }
    }

    fn move_cash(&mut self, a: u16, b: u16) {
        self.note((i64::from(b) + 1) * [1, -1, -1][usize::from(a % 3)]);
        self.append(Event::CashMoved(CashMove {
            way: [CashWay::In, CashWay::Out, CashWay::Drop][usize::from(a % 3)],
            amount_minor: i64::from(b) + 1,
            currency: Currency::Eur,
            reason: "change".to_owned(),
        }));
    }

    pub(super) fn count(&mut self, counted_minor: i64, left_minor: i64) {
        let count = CountToWrite {
            purpose: CountPurpose::Count,
            currency: Currency::Eur,
            counted_minor,
            pieces: Vec::new(),
            left_minor,
        };
        self.file.count_cash(count, self.now).expect("counted");
        self.pencil = Some(left_minor);
    }

    fn close(&mut self) {
        let request = CloseRequest {
            day: day_of(self.now, &self.zone).to_string(),
            zone: self.zone.name().to_owned(),
            carry_open: true,
        };
        self.file.close_day(request, self.now).expect("closed");
    }
}

fn voucher() -> OwnTender {
    OwnTender {
        id: "voucher".to_owned(),
        name: "Gutschein".to_owned(),
    }
}

/// A tender that settles all or a part of what is outstanding; cash that settles all is rounded to five cents.
fn tender(way: u16, outstanding: i64, c: u16) -> TenderToTake {
    let way = [TenderWay::Cash, TenderWay::Card, TenderWay::Own][usize::from(way - 1)];
    let amount_minor = match c % 3 {
        0 => 1 + i64::from(c) % outstanding,
        _ => outstanding,
    };
    let cash = way == TenderWay::Cash;
    let settles = cash && amount_minor == outstanding && amount_minor >= 5;
    let rounding_minor = if settles {
        to_five_cents(amount_minor)
    } else {
        0
    };
    let kept = amount_minor + rounding_minor;
    TenderToTake {
        way,
        own: (way == TenderWay::Own).then(voucher),
        amount_minor,
        given_minor: (cash && c.is_multiple_of(2)).then_some(kept + i64::from(c % 700)),
        rounding_minor,
    }
}

/// What a sum in cash becomes more by rounding.
fn to_five_cents(minor: i64) -> i64 {
    (minor + 2) / 5 * 5 - minor
}

/// A line that a number chooses.
fn line(seed: u16) -> Line {
    let pick = |by: u16, of: usize| usize::from(seed / by) % of;
    let category = [None, Some("Drinks"), Some("Cakes; warm")][pick(3, 3)];
    Line {
        name: Some("tea".to_owned()),
        quantity: 1 + u32::from(seed % 3),
        unit_minor: 20 + i64::from(seed % 900),
        tax: [None, Some(BasisPoints(700)), Some(BasisPoints(1900))][pick(9, 3)],
        category: category.map(str::to_owned),
        deposit: pick(27, 5) == 0,
        ..Line::default()
    }
}
