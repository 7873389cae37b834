//! Several sales in a day, and days in a row up to their Z: whatever is taken, given back, taken back, paid early, late or
//! twice, with the fold begun anew between any two steps, what is outstanding, the change, the drawer, the tips, the
//! categories and the Z are those of a model that knows amounts and nothing of the till's arithmetic.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{TestSale, ended, paid};
use crate::drawer::{Balance, CashLine};
use crate::ids::{AttemptNumber, RefundNumber, TenderNumber};
use crate::money::{BasisPoints, Currency};
use crate::sale::{
    CurrencyTotals, DayTotals, Event, LedgerKind, LedgerLine, Line, OwnTender, RefundWay, Report,
    ReturnedLine, Sale, TenderWay,
};

/// What whoever is at the till, or a customer, does. The first number chooses a sale.
#[derive(Debug, Clone, Copy)]
enum Step {
    Open([i64; 5]),
    /// Way, amount, and what is handed over beyond it.
    Take(usize, u8, i64, i64),
    TakeBack(usize, usize),
    Request(usize),
    Stop(usize),
    End(usize, usize),
    Pay(usize, usize),
    Refund(usize, u8, i64),
    Return(usize, usize, u8),
    Void(usize, usize),
    /// Cash in, out and to the bank.
    Move(u8, i64),
    Count(i64, i64),
    Close,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let sale = || 0..4_usize;
    let amounts = [1..900_i64, 0..900_i64, 0..200_i64, 0..300_i64, 0..200_i64];
    let step = prop_oneof![
        2 => amounts.prop_map(Step::Open),
        5 => (sale(), 0..3_u8, 1..2500_i64, 0..2000_i64)
            .prop_map(|(sale, way, minor, extra)| Step::Take(sale, way, minor, extra)),
        2 => (sale(), 0..4_usize).prop_map(|(sale, tender)| Step::TakeBack(sale, tender)),
        2 => sale().prop_map(Step::Request),
        1 => sale().prop_map(Step::Stop),
        1 => (sale(), 0..3_usize).prop_map(|(sale, attempt)| Step::End(sale, attempt)),
        3 => (sale(), 0..3_usize).prop_map(|(sale, attempt)| Step::Pay(sale, attempt)),
        2 => (sale(), 0..4_u8, 1..1500_i64).prop_map(|(sale, way, minor)| Step::Refund(sale, way, minor)),
        1 => (sale(), 0..4_usize, 0..4_u8).prop_map(|(sale, line, way)| Step::Return(sale, line, way)),
        1 => (sale(), 0..4_usize).prop_map(|(sale, refund)| Step::Void(sale, refund)),
        1 => (0..3_u8, 1..5000_i64).prop_map(|(way, minor)| Step::Move(way, minor)),
        1 => (0..9000_i64, 0..9000_i64).prop_map(|(one, other)| Step::Count(one.max(other), one.min(other))),
        1 => Just(Step::Close),
    ];
    prop::collection::vec(step, 0..40)
}

const WAYS: [(&str, TenderWay); 3] = [
    ("cash", TenderWay::Cash),
    ("card", TenderWay::Card),
    ("own:voucher", TenderWay::Own),
];
/// What a sum in cash becomes more by rounding.
fn to_five_cents(minor: i64) -> i64 {
    (minor + 2) / 5 * 5 - minor
}

const REFUND_WAYS: [(&str, RefundWay); 4] = [
    ("cash", RefundWay::Cash),
    ("card", RefundWay::Card),
    ("own:voucher", RefundWay::Own),
    ("crypto", RefundWay::ByHand),
];

struct TenderModel {
    way: usize,
    minor: i64,
    rounding: i64,
    stands: bool,
    /// The Z that counted it.
    day: usize,
}

#[derive(Default)]
struct AttemptModel {
    minor: i64,
    paid: bool,
    stopped: bool,
    ended: bool,
}

struct RefundModel {
    way: usize,
    minor: i64,
    rounding: i64,
    stands: bool,
}

struct SaleModel {
    amount: i64,
    tip: i64,
    tenders: Vec<TenderModel>,
    attempts: Vec<AttemptModel>,
    refunds: Vec<RefundModel>,
    /// Real lines that an earlier Z counts.
    closed_lines: usize,
}

impl SaleModel {
    fn received(&self) -> i64 {
        let tenders = self
            .tenders
            .iter()
            .filter(|it| it.stands)
            .map(|it| it.minor);
        let crypto = self.attempts.iter().filter(|it| it.paid).map(|it| it.minor);
        tenders.chain(crypto).sum()
    }

    fn outstanding(&self) -> i64 {
        (self.amount - self.received()).max(0)
    }

    fn refunded(&self) -> i64 {
        self.refunds
            .iter()
            .filter(|it| it.stands)
            .map(|it| it.minor)
            .sum()
    }
}

/// What a Z should say.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct DayModel {
    /// Payments, their sum; refunds, their sum.
    tenders: BTreeMap<&'static str, [i64; 4]>,
    rounding: i64,
    taken_back: [i64; 2],
    late: [i64; 2],
    twice: i64,
}

impl DayModel {
    fn of(sums: &CurrencyTotals) -> Self {
        let tenders = sums.tenders.iter().map(|(word, it)| {
            let words = ["cash", "card", "own:voucher", "crypto"];
            let word = words
                .into_iter()
                .find(|known| known == word)
                .expect("known");
            (
                word,
                [it.payments, it.paid_minor, it.refunds, it.refunds_minor],
            )
        });
        Self {
            tenders: tenders.filter(|(_, sums)| *sums != [0; 4]).collect(),
            rounding: sums.rounding_minor,
            taken_back: [sums.taken_back, sums.taken_back_minor],
            late: [sums.late, sums.late_minor],
            twice: sums.duplicate_minor,
        }
    }

    fn add(&mut self, word: &'static str, place: usize, sign: i64, minor: i64) {
        let sums = self.tenders.entry(word).or_default();
        sums[place] += sign;
        sums[place + 1] += sign * minor;
    }

    fn told(mut self) -> Self {
        self.tenders.retain(|_, sums| *sums != [0; 4]);
        self
    }
}

/// The shop and the model of it.
#[derive(Default)]
struct World {
    sales: Vec<(TestSale, SaleModel)>,
    day: DayModel,
    z: usize,
    /// What is in the drawer, when that is known.
    drawer: Option<i64>,
    /// What was missing at the counts.
    missing: i64,
    balance: Balance,
    /// What all Z so far say together.
    closed: DayTotals,
}

fn voucher() -> OwnTender {
    OwnTender {
        id: "voucher".to_owned(),
        name: "Gutschein".to_owned(),
    }
}

fn opened(amounts: [i64; 5]) -> (TestSale, SaleModel) {
    let mut test = TestSale::opened();
    test.entries.truncate(1);
    let [full, reduced, untaxed, second, tip] = amounts;
    let line = |minor, tax: Option<u32>, category: Option<&str>| Line {
        name: Some("tea".to_owned()),
        quantity: 1,
        unit_minor: minor,
        tax: tax.map(BasisPoints),
        category: category.map(str::to_owned),
        ..Line::default()
    };
    if let Event::SaleOpened {
        amount_minor,
        breakdown,
        ..
    } = &mut test.entries[0].event
    {
        *amount_minor = amounts.iter().sum();
        breakdown.lines = vec![
            line(full, Some(1900), Some("Drinks")),
            line(reduced, Some(700), Some("Cakes")),
            line(untaxed, None, None),
            line(second, Some(1900), Some("Cakes")),
        ];
        breakdown.lines.retain(|line| line.unit_minor > 0);
        breakdown.tip_minor = tip;
    }
    test.sale = Sale::fold(&test.entries).expect("opens");
    let model = SaleModel {
        amount: amounts.iter().sum(),
        tip,
        tenders: Vec::new(),
        attempts: Vec::new(),
        refunds: Vec::new(),
        closed_lines: 0,
    };
    (test, model)
}

impl World {
    /// Does a step in both, if it can be done; what cannot be done must be refused.
    fn run(&mut self, step: Step) {
        match step {
            Step::Open(amounts) => self.sales.push(opened(amounts)),
            Step::Move(way, minor) => {
                let (line, sign) = [
                    (CashLine::In(minor), 1),
                    (CashLine::Out(minor), -1),
                    (CashLine::Dropped(minor), -1),
                ][usize::from(way)];
                self.balance.add(&line);
                self.drawer = self.drawer.map(|there| there + sign * minor);
            }
            Step::Count(counted_minor, left_minor) => {
                let (counted, left) = (counted_minor, left_minor);
                self.balance.add(&CashLine::Counted {
                    counted_minor,
                    left_minor,
                });
                self.missing += self.drawer.map_or(0, |there| there - counted);
                self.drawer = Some(left);
            }
            Step::Close => self.close(),
            Step::Take(sale, ..)
            | Step::TakeBack(sale, _)
            | Step::Request(sale)
            | Step::Stop(sale)
            | Step::End(sale, _)
            | Step::Pay(sale, _)
            | Step::Refund(sale, ..)
            | Step::Return(sale, ..)
            | Step::Void(sale, _) => {
                if let Some(index) = sale.checked_rem(self.sales.len()) {
                    let (mut test, mut model) = self.sales.swap_remove(index);
                    let before = test.sale.ledger_lines().len();
                    self.of_sale(&mut test, &mut model, step);
                    for line in test.sale.ledger_lines().iter().skip(before) {
                        self.move_drawer(line);
                    }
                    // The program is started anew.
                    test.sale = Sale::fold(&test.entries).expect("folds");
                    self.sales.push((test, model));
                }
            }
        }
    }

    /// The drawer as the journal moves it: by the ledger lines in cash.
    fn move_drawer(&mut self, line: &LedgerLine) {
        let minor = line.amount.minor();
        match &line.kind {
            LedgerKind::Tendered(it) if it.way == TenderWay::Cash => {
                self.balance
                    .add(&CashLine::Taken(minor + it.rounding_minor));
            }
            LedgerKind::TenderTakenBack(it) if it.way == TenderWay::Cash => {
                self.balance
                    .add(&CashLine::Taken(-minor - it.rounding_minor));
            }
            LedgerKind::Refunded(it) if it.way == RefundWay::Cash => {
                self.balance
                    .add(&CashLine::Refunded(minor + it.rounding_minor));
            }
            LedgerKind::RefundTakenBack(it) if it.way == RefundWay::Cash => {
                self.balance
                    .add(&CashLine::Refunded(-minor - it.rounding_minor));
            }
            _ => {}
        }
    }

    fn cash(&mut self, way: usize, minor: i64) {
        if way == 0 {
            self.drawer = self.drawer.map(|there| there + minor);
        }
    }

    fn of_sale(&mut self, test: &mut TestSale, model: &mut SaleModel, step: Step) {
        match step {
            Step::Take(_, way, minor, extra) => {
                self.take(test, model, usize::from(way), minor, extra);
            }
            Step::TakeBack(_, index) => self.take_back(test, model, index),
            Step::Request(_) => request(test, model),
            Step::Stop(_) => {
                test.stop();
                for attempt in model.attempts.iter_mut().filter(|it| !it.paid && !it.ended) {
                    attempt.stopped = true;
                }
            }
            Step::End(_, index) => {
                if let Some(attempt) = model.attempts.get_mut(index).filter(|it| !it.paid) {
                    attempt.ended = true;
                    let number = number_of(index);
                    test.receive(number, &ended(&format!("i-{number}")));
                }
            }
            Step::Pay(_, index) => self.pay(test, model, index),
            Step::Refund(_, way, minor) => {
                let parts = test.sale.parts_of_amount(minor);
                self.refund(test, model, usize::from(way), minor, (Vec::new(), parts));
            }
            Step::Return(_, line, way) => self.give_back(test, model, line, usize::from(way)),
            Step::Void(_, index) => self.void(test, model, index),
            Step::Open(_) | Step::Move(..) | Step::Count(..) | Step::Close => {}
        }
    }

    fn take(
        &mut self,
        test: &mut TestSale,
        model: &mut SaleModel,
        way: usize,
        minor: i64,
        extra: i64,
    ) {
        let outstanding = model.outstanding();
        // Every other one settles the rest, whatever was asked for.
        let minor = if minor % 2 == 0 { outstanding } else { minor };
        let cash = way == 0;
        let settles = cash && minor == outstanding;
        let rounding = if settles { to_five_cents(minor) } else { 0 };
        let fits = minor > 0 && minor <= outstanding && minor + rounding > 0;
        let taken = test.append(Event::TenderTaken {
            sale: test.sale.id,
            tender: test.sale.next_tender(),
            way: WAYS[way].1,
            own: (way == 2).then(voucher),
            amount_minor: minor,
            given_minor: cash.then_some(minor + rounding + extra),
            rounding_minor: rounding,
        });
        assert_eq!(taken.is_ok(), fits, "{taken:?}");
        if fits {
            let tender = test.sale.tenders.last().expect("taken");
            assert_eq!(tender.change_minor(), if cash { extra } else { 0 });
            model.tenders.push(TenderModel {
                way,
                minor,
                rounding,
                stands: true,
                day: self.z,
            });
            self.day.add(WAYS[way].0, 0, 1, minor);
            self.day.rounding += rounding;
            self.cash(way, minor + rounding);
        }
    }

    fn take_back(&mut self, test: &mut TestSale, model: &mut SaleModel, index: usize) {
        let refunded = model.refunds.iter().any(|it| it.stands);
        let today = model.tenders.get(index).is_none_or(|it| it.day == self.z);
        // The journal refuses what a close has counted.
        if !today {
            return;
        }
        let tender = model
            .tenders
            .get_mut(index)
            .filter(|it| it.stands && !refunded);
        let taken_back = test.append(Event::TenderTakenBack {
            sale: test.sale.id,
            tender: TenderNumber(u32::try_from(index + 1).expect("few")),
            reason: "mistyped".to_owned(),
        });
        assert_eq!(taken_back.is_ok(), tender.is_some(), "{taken_back:?}");
        if let Some(tender) = tender {
            tender.stands = false;
            let (way, minor, rounding) = (tender.way, tender.minor, tender.rounding);
            self.day.add(WAYS[way].0, 0, -1, minor);
            self.day.rounding -= rounding;
            self.day.taken_back[0] += 1;
            self.day.taken_back[1] += minor;
            self.cash(way, -minor - rounding);
        }
    }

    fn pay(&mut self, test: &mut TestSale, model: &mut SaleModel, index: usize) {
        let number = number_of(index);
        let beyond_before = (model.received() - model.amount).max(0);
        let Some(attempt) = model.attempts.get_mut(index) else {
            return;
        };
        let amount = test.sale.attempt(number).expect("requested").amount;
        assert_eq!(amount.minor(), attempt.minor, "what its invoice asks for");
        let report = Report {
            fiat_amount: Some(amount.to_gateway()),
            ..paid(&format!("i-{number}"))
        };
        test.receive(number, &report);
        let (minor, late) = (attempt.minor, attempt.stopped || attempt.ended);
        if !std::mem::replace(&mut attempt.paid, true) {
            self.day.add("crypto", 0, 1, minor);
            if late {
                self.day.late[0] += 1;
                self.day.late[1] += minor;
            }
            self.day.twice += (model.received() - model.amount).max(0) - beyond_before;
        }
    }

    fn refund(
        &mut self,
        test: &mut TestSale,
        model: &mut SaleModel,
        way: usize,
        minor: i64,
        (lines, parts): (Vec<ReturnedLine>, crate::sale::RefundParts),
    ) {
        // Cash that would come to nothing is not rounded, so that every refund takes something.
        let cash = way == 0 && minor >= 3;
        let rounding = if cash { to_five_cents(minor) } else { 0 };
        let fits = minor > 0 && minor <= model.received() - model.refunded();
        let refunded = test.append(Event::SaleRefunded {
            sale: test.sale.id,
            refund: test.sale.next_refund(),
            amount_minor: minor,
            way: REFUND_WAYS[way].1,
            own: (way == 2).then(voucher),
            rounding_minor: rounding,
            reason: "broken".to_owned(),
            lines,
            parts: Some(parts),
        });
        assert_eq!(refunded.is_ok(), fits, "{refunded:?}");
        if fits {
            model.refunds.push(RefundModel {
                way,
                minor,
                rounding,
                stands: true,
            });
            self.day.add(REFUND_WAYS[way].0, 2, 1, minor);
            self.day.rounding -= rounding;
            self.cash(way, -minor - rounding);
        }
    }

    /// A line comes back: it takes from its own category what it cost, when nothing else has gone back.
    fn give_back(&mut self, test: &mut TestSale, model: &mut SaleModel, line: usize, way: usize) {
        let lines = vec![ReturnedLine {
            line: u32::try_from(line + 1).expect("few"),
            quantity: 1,
        }];
        let whole = model.received() == model.amount && model.refunded() == 0;
        let Some((parts, minor)) = test.sale.parts_of_lines(&lines) else {
            return;
        };
        if minor > 0 {
            self.refund(test, model, way, minor, (lines, parts));
            let sold = test.sale.breakdown.lines[line].clone();
            if let (true, LedgerKind::Refunded(it)) =
                (whole, &test.sale.ledger_lines().last().expect("there").kind)
            {
                let category = sold.category.unwrap_or_default();
                assert_eq!(it.takes.categories, [(category, sold.unit_minor)].into());
            }
        }
    }

    fn void(&mut self, test: &mut TestSale, model: &mut SaleModel, index: usize) {
        let refund = model.refunds.get_mut(index).filter(|it| it.stands);
        let voided = test.append(Event::RefundTakenBack {
            sale: test.sale.id,
            refund: RefundNumber(u32::try_from(index + 1).expect("few")),
            reason: "it stayed".to_owned(),
        });
        assert_eq!(voided.is_ok(), refund.is_some(), "{voided:?}");
        if let Some(refund) = refund {
            refund.stands = false;
            let (way, minor, rounding) = (refund.way, refund.minor, refund.rounding);
            self.day.add(REFUND_WAYS[way].0, 2, -1, minor);
            self.day.rounding += rounding;
            self.cash(way, minor + rounding);
        }
    }

    /// The lines that no Z counts yet.
    fn open_lines(&self) -> Vec<LedgerLine> {
        let lines = self.sales.iter().flat_map(|(test, model)| {
            test.sale
                .ledger_lines()
                .into_iter()
                .skip(model.closed_lines)
        });
        lines.collect()
    }

    fn close(&mut self) {
        let totals = DayTotals::of(&self.open_lines());
        let sums = totals.0.get(&Currency::Eur).cloned().unwrap_or_default();
        assert_eq!(
            DayModel::of(&sums),
            std::mem::take(&mut self.day).told(),
            "Z"
        );
        self.closed = std::mem::take(&mut self.closed).plus(&totals);
        for (test, model) in &mut self.sales {
            model.closed_lines = test.sale.ledger_lines().len();
        }
        self.z += 1;
        self.balance = Balance::beginning(self.balance.expected_minor);
        self.missing = 0;
    }

    fn check(&self) {
        let totals = DayTotals::of(&self.open_lines());
        let sums = totals.0.get(&Currency::Eur).cloned().unwrap_or_default();
        assert_eq!(DayModel::of(&sums), self.day.clone().told(), "X");
        assert_eq!(self.balance.expected_minor, self.drawer, "the drawer");
        assert_eq!(self.balance.difference_minor, -self.missing);
        let all: Vec<_> = self
            .sales
            .iter()
            .flat_map(|(test, _)| test.sale.ledger_lines())
            .collect();
        assert_eq!(
            self.closed.clone().plus(&totals),
            DayTotals::of(&all),
            "all days are all lines"
        );
        self.sales
            .iter()
            .for_each(|(test, model)| check_sale(&test.sale, model));
    }
}

fn number_of(index: usize) -> AttemptNumber {
    AttemptNumber(u32::try_from(index + 1).expect("few"))
}

fn request(test: &mut TestSale, model: &mut SaleModel) {
    let minor = model.outstanding();
    let attempt = test.sale.next_attempt();
    let requested = test.append(Event::InvoiceRequested {
        sale: test.sale.id,
        attempt,
        gateway: "api.cru.cash".to_owned(),
        lifetime_minutes: 15,
        amount_minor: (minor != model.amount).then_some(minor),
    });
    if minor > 0 {
        requested.expect("something is outstanding");
        test.open_invoice(attempt, &format!("i-{attempt}"));
        model.attempts.push(AttemptModel {
            minor,
            ..AttemptModel::default()
        });
    }
}

fn check_sale(sale: &Sale, model: &SaleModel) {
    let (received, refunded) = (model.received(), model.refunded());
    assert_eq!(sale.outstanding().minor(), model.outstanding());
    assert_eq!(sale.received_minor(), received);
    assert_eq!(sale.overpaid_minor(), (received - model.amount).max(0));
    assert_eq!(sale.refundable().minor(), received - refunded);
    let lines = sale.ledger_lines();
    let mut left: BTreeMap<String, i64> = BTreeMap::new();
    for line in &lines {
        let brings = line.brings();
        let sign = match line.kind {
            LedgerKind::TenderTakenBack(_) | LedgerKind::Refunded(_) => -1,
            _ => 1,
        };
        let sold: i64 = brings.categories.values().sum();
        let parts = sold + brings.tip_minor + brings.beyond_minor;
        assert_eq!(
            parts,
            sign * line.amount.minor(),
            "the parts of a line are its amount"
        );
        assert!(brings.categories.values().all(|minor| sign * minor > 0));
        assert!(sign * brings.untaxed_minor() >= 0);
        for (category, minor) in brings.categories {
            *left.entry(category).or_default() += minor;
        }
    }
    let mut whole: BTreeMap<String, i64> = BTreeMap::new();
    for line in &sale.breakdown.lines {
        *whole
            .entry(line.category.clone().unwrap_or_default())
            .or_default() += line.unit_minor;
    }
    for (category, minor) in &left {
        let most = whole.get(category).copied().unwrap_or_default();
        assert!((0..=most).contains(minor), "{category}: {minor} of {most}");
    }
    let totals = DayTotals::of(&lines);
    let sums = totals.0.get(&Currency::Eur).cloned().unwrap_or_default();
    let tips = sums.tips_minor - sums.refunded_tips_minor;
    assert!((0..=model.tip).contains(&tips));
    left.retain(|_, minor| *minor != 0);
    if received >= model.amount && refunded == 0 {
        assert_eq!(left, whole, "all of it is sold");
        assert_eq!(tips, model.tip);
    }
    if received == refunded {
        assert_eq!(left, BTreeMap::new(), "nothing of it is sold");
        assert_eq!(tips, 0);
    }
    for (rate, tax) in &sums.taxes {
        assert_eq!(
            tax.net_tax_minor(),
            rate.contained_in(tax.net_gross_minor())
        );
    }
    let net: i64 = sums
        .taxes
        .values()
        .map(crate::sale::TaxTotals::net_gross_minor)
        .sum();
    let taxed = left.values().sum::<i64>() - net;
    assert!(taxed >= 0, "what is taxed is of some category");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_trading_day_adds_up_to_its_z(steps in steps()) {
        let mut world = World::default();
        for step in steps {
            world.run(step);
            world.check();
        }
        world.close();
    }
}
