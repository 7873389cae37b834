//! Tenders: any sequence of tenders, take-backs, refunds and attempts that are paid early, late or twice, against sums
//! that are kept here by other means. The model knows amounts only; what the till says of tip and tax must add up to
//! those of the whole sale.

use proptest::prelude::*;

use super::{FIRST, TestSale, paid};
use crate::ids::{AttemptNumber, TenderNumber};
use crate::money::{BasisPoints, Currency, Money};
use crate::sale::{
    CRYPTO, DayTotals, Event, FoldError, LedgerKind, OwnTender, RefundWay, Report, Sale, SaleState,
    TenderWay, events_for_report,
};

/// A sale of two rates, something untaxed and a tip, without any request.
fn sale_of(amounts: [i64; 4]) -> TestSale {
    let [full, reduced, untaxed, tip] = amounts;
    let mut test = TestSale::opened();
    test.entries.truncate(1);
    let line = |minor, tax: Option<u32>| crate::sale::Line {
        name: Some("tea".to_owned()),
        quantity: 1,
        unit_minor: minor,
        tax: tax.map(BasisPoints),
        ..crate::sale::Line::default()
    };
    if let Event::SaleOpened {
        amount_minor,
        breakdown,
        ..
    } = &mut test.entries[0].event
    {
        *amount_minor = amounts.iter().sum();
        breakdown.lines = vec![
            line(full, Some(1900)),
            line(reduced, Some(700)),
            line(untaxed, None),
        ];
        breakdown.lines.retain(|line| line.unit_minor > 0);
        breakdown.tip_minor = tip;
    }
    test.sale = Sale::fold(&test.entries).expect("opens");
    test
}

fn take(test: &mut TestSale, way: TenderWay, amount_minor: i64) -> Result<(), FoldError> {
    let own = OwnTender {
        id: "voucher".to_owned(),
        name: "Gutschein".to_owned(),
    };
    test.append(Event::TenderTaken {
        sale: test.sale.id,
        tender: test.sale.next_tender(),
        way,
        own: (way == TenderWay::Own).then_some(own),
        amount_minor,
        given_minor: (way == TenderWay::Cash).then_some(amount_minor + 700),
        rounding_minor: 0,
    })
}

fn take_back(test: &mut TestSale, tender: u32) -> Result<(), FoldError> {
    test.append(Event::TenderTakenBack {
        sale: test.sale.id,
        tender: TenderNumber(tender),
        reason: "mistyped".to_owned(),
    })
}

/// Requests crypto for what is outstanding, and opens the invoice.
fn request(test: &mut TestSale) -> Option<AttemptNumber> {
    let attempt = test.sale.next_attempt();
    let outstanding = test.sale.outstanding();
    test.append(Event::InvoiceRequested {
        sale: test.sale.id,
        attempt,
        gateway: "api.cru.cash".to_owned(),
        lifetime_minutes: 15,
        amount_minor: (outstanding != test.sale.amount).then(|| outstanding.minor()),
    })
    .ok()?;
    test.open_invoice(attempt, &format!("i-{attempt}"));
    Some(attempt)
}

/// The gateway says that an attempt is paid, with the amount that its invoice asked for.
fn report(test: &TestSale, attempt: AttemptNumber) -> Report {
    let amount = test.sale.attempt(attempt).expect("requested").amount;
    Report {
        fiat_amount: Some(amount.to_gateway()),
        ..paid(&format!("i-{attempt}"))
    }
}

fn euros(minor: i64) -> Money {
    Money::from_minor(minor, Currency::Eur)
}

#[test]
fn a_split_is_paid_when_the_rest_is() {
    let mut test = sale_of([1000, 500, 0, 0]);
    take(&mut test, TenderWay::Cash, 500).expect("taken");
    assert_eq!(test.sale.state(), SaleState::PartPaid);
    assert!(test.sale.is_open() && test.sale.may_try_again());
    assert_eq!(test.sale.outstanding(), euros(1000));
    let attempt = request(&mut test).expect("requested");
    assert_eq!(test.sale.state(), SaleState::Awaiting);
    assert_eq!(
        test.sale.attempt(attempt).expect("there").amount,
        euros(1000)
    );
    let whole = Report {
        fiat_amount: Some("15".to_owned()),
        ..paid("i-1")
    };
    let mut other = test.sale.clone();
    for event in events_for_report(&other, attempt, &whole, test.now()) {
        assert!(
            matches!(event, Event::InvoiceQuestioned { .. }),
            "not what it asked for"
        );
        let entry = crate::sale::Entry {
            seq: 99,
            event,
            ..test.entries[0].clone()
        };
        other.apply(&entry).expect("follows");
    }
    assert_eq!(other.state(), SaleState::Review);
    let rest = report(&test, attempt);
    test.receive(attempt, &rest);
    assert_eq!(
        (test.sale.state(), test.sale.paid_twice()),
        (SaleState::Paid, false)
    );
    assert_eq!(test.sale.outstanding(), euros(0));
}

#[test]
fn a_mind_that_changed_and_crypto_paid_as_well_rings() {
    let mut test = TestSale::awaiting();
    take(&mut test, TenderWay::Card, 1250).expect("taken");
    assert_eq!(test.sale.state(), SaleState::Paid);
    assert!(!test.sale.unseen() && !test.sale.paid_twice());
    test.receive(FIRST, &paid("i-1"));
    assert_eq!(test.sale.overpaid_minor(), 1250);
    assert!(test.sale.unseen() && test.sale.paid_twice());
    assert_eq!(test.sale.refundable(), euros(2500));
    let totals = DayTotals::of(&test.sale.ledger_lines());
    let sums = &totals.0[&Currency::Eur];
    assert_eq!((sums.duplicate, sums.duplicate_minor), (1, 1250));
}

#[test]
fn an_invoice_that_asks_for_too_much_is_not_under_way() {
    let mut test = TestSale::awaiting();
    take(&mut test, TenderWay::Cash, 250).expect("taken");
    assert_eq!(test.sale.state(), SaleState::PartPaid);
    let second = request(&mut test).expect("requested anew");
    assert_eq!(
        test.sale.attempt(second).expect("there").amount,
        euros(1000)
    );
    assert_eq!(test.sale.state(), SaleState::Awaiting);
    test.receive(FIRST, &paid("i-1"));
    assert_eq!(
        (test.sale.state(), test.sale.overpaid_minor()),
        (SaleState::Paid, 250)
    );
    let sums = &DayTotals::of(&test.sale.ledger_lines()).0[&Currency::Eur];
    assert_eq!(
        (sums.duplicate, sums.duplicate_minor),
        (1, 250),
        "what was too much"
    );
}

#[test]
fn what_does_not_fit_is_refused() {
    let mut test = sale_of([1000, 0, 0, 0]);
    let sale = test.sale.id;
    let taken = |tender, way, amount_minor, given_minor, rounding_minor| Event::TenderTaken {
        sale,
        tender: TenderNumber(tender),
        way,
        own: None,
        amount_minor,
        given_minor,
        rounding_minor,
    };
    let before = test.sale.clone();
    for event in [
        taken(2, TenderWay::Cash, 100, None, 0),
        taken(1, TenderWay::Cash, 1001, None, 0),
        taken(1, TenderWay::Cash, 0, None, 0),
        taken(1, TenderWay::Cash, -5, None, 0),
        taken(1, TenderWay::Cash, 500, Some(499), 0),
        taken(1, TenderWay::Cash, 500, None, 2),
        taken(1, TenderWay::Cash, 1000, Some(1001), 2),
        taken(1, TenderWay::Cash, 1000, None, 100),
        taken(1, TenderWay::Card, 1000, Some(1000), 0),
        taken(1, TenderWay::Card, 1000, None, 2),
        taken(1, TenderWay::Own, 1000, None, 0),
        Event::TenderTakenBack {
            sale,
            tender: TenderNumber(1),
            reason: "none".to_owned(),
        },
    ] {
        assert!(test.append(event.clone()).is_err(), "{event:?}");
        assert_eq!(test.sale, before);
    }
    test.append(taken(1, TenderWay::Cash, 1000, Some(2000), -2))
        .expect("rounded");
    let tender = &test.sale.tenders[0];
    assert_eq!((tender.kept_minor(), tender.change_minor()), (998, 1002));
    for amount_minor in [Some(1000), Some(300), None] {
        let requested = Event::InvoiceRequested {
            sale,
            attempt: FIRST,
            gateway: "g".to_owned(),
            lifetime_minutes: 15,
            amount_minor,
        };
        assert_eq!(
            test.append(requested),
            Err(FoldError::AttemptOfOtherAmount(FIRST))
        );
    }
}

/// A step of whoever is at the till, or of a customer. Numbers choose among what is there.
#[derive(Debug, Clone, Copy)]
enum Step {
    Take(u8, i64),
    TakeBack(usize),
    Request,
    Pay(usize),
    Doubt(usize),
    Refund(i64),
    VoidRefund,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (0..3_u8, 1..1500_i64).prop_map(|(way, minor)| Step::Take(way, minor)),
        2 => (0..6_usize).prop_map(Step::TakeBack),
        2 => Just(Step::Request),
        2 => (0..4_usize).prop_map(Step::Pay),
        1 => (0..4_usize).prop_map(Step::Doubt),
        1 => (1..1500_i64).prop_map(Step::Refund),
        1 => Just(Step::VoidRefund),
    ];
    prop::collection::vec(step, 0..24)
}

/// What the model knows: amounts, and nothing of the till's arithmetic.
#[derive(Default)]
struct Model {
    /// Way, amount, and whether it stands.
    tenders: Vec<(TenderWay, i64, bool)>,
    /// What each attempt asked for, whether it is paid, and whether that is in doubt.
    attempts: Vec<(i64, bool, bool)>,
    /// Amount, and whether it stands.
    refunds: Vec<(i64, bool)>,
    taken_back_minor: i64,
}

impl Model {
    fn tendered(&self, way: Option<TenderWay>) -> i64 {
        let standing = self.tenders.iter().filter(|it| it.2);
        standing
            .filter(|it| way.is_none_or(|way| way == it.0))
            .map(|it| it.1)
            .sum()
    }

    fn crypto(&self, certain: bool) -> i64 {
        let paid = self.attempts.iter().filter(|it| it.1 && !(certain && it.2));
        paid.map(|it| it.0).sum()
    }

    fn refunded(&self) -> i64 {
        self.refunds.iter().filter(|it| it.1).map(|it| it.0).sum()
    }
}

fn run(test: &mut TestSale, model: &mut Model, step: Step) {
    let amount = test.sale.amount.minor();
    match step {
        Step::Take(way, minor) => {
            let way = [TenderWay::Cash, TenderWay::Card, TenderWay::Own][usize::from(way)];
            let fits = minor <= (amount - model.tendered(None) - model.crypto(true)).max(0);
            assert_eq!(take(test, way, minor).is_ok(), fits);
            if fits {
                model.tenders.push((way, minor, true));
            }
        }
        Step::TakeBack(index) => {
            let standing = model.tenders.get(index).is_some_and(|it| it.2);
            let fits = standing && model.refunded() == 0;
            let number = u32::try_from(index + 1).expect("few");
            assert_eq!(take_back(test, number).is_ok(), fits);
            if fits {
                model.tenders[index].2 = false;
                model.taken_back_minor += model.tenders[index].1;
            }
        }
        Step::Request => {
            let left = amount - model.tendered(None) - model.crypto(true);
            if left > 0 && request(test).is_some() {
                model.attempts.push((left, false, false));
            }
        }
        Step::Pay(index) => {
            let number = AttemptNumber(u32::try_from(index + 1).expect("few"));
            if let Some((_, is_paid, doubted)) = model.attempts.get_mut(index) {
                (*is_paid, *doubted) = (true, false);
                let report = report(test, number);
                test.receive(number, &report);
            }
        }
        Step::Doubt(index) => {
            let number = AttemptNumber(u32::try_from(index + 1).expect("few"));
            let known = model.attempts.get_mut(index);
            if let Some((_, _, doubted)) = known.filter(|it| it.1 && !it.2) {
                *doubted = true;
                let report = super::unpaid(&format!("i-{number}"));
                let sale = test.sale.id;
                test.append(Event::PaymentDoubted {
                    sale,
                    attempt: number,
                    report,
                })
                .expect("may be doubted");
            }
        }
        Step::Refund(minor) => {
            let left = model.tendered(None) + model.crypto(false) - model.refunded();
            let parts = test.sale.parts_of_amount(minor);
            let refunded = test.append(Event::SaleRefunded {
                sale: test.sale.id,
                refund: test.sale.next_refund(),
                amount_minor: minor,
                way: RefundWay::Card,
                own: None,
                rounding_minor: 0,
                reason: "broken".to_owned(),
                lines: Vec::new(),
                parts: Some(parts),
            });
            assert_eq!(refunded.is_ok(), minor <= left, "{refunded:?}");
            if minor <= left {
                model.refunds.push((minor, true));
            }
        }
        Step::VoidRefund => {
            let last = model.refunds.iter().rposition(|it| it.1);
            if let Some(index) = last {
                model.refunds[index].1 = false;
                let refund = test.sale.refunds[index].number;
                test.append(Event::RefundTakenBack {
                    sale: test.sale.id,
                    refund,
                    reason: "it stayed".to_owned(),
                })
                .expect("stands");
            }
        }
    }
}

/// Whether everything that the sale says is what the model knows.
fn check(test: &TestSale, model: &Model) -> Result<(), TestCaseError> {
    let sale = &test.sale;
    let amount = sale.amount.minor();
    let received = model.tendered(None) + model.crypto(false);
    let outstanding = (amount - model.tendered(None) - model.crypto(true)).max(0);
    prop_assert_eq!(sale.outstanding().minor(), outstanding);
    prop_assert_eq!(sale.received_minor(), received);
    prop_assert_eq!(sale.overpaid_minor(), (received - amount).max(0));
    prop_assert_eq!(sale.paid_twice(), received > amount);
    prop_assert_eq!(sale.refundable().minor(), received - model.refunded());
    let doubted = model.attempts.iter().any(|it| it.2);
    prop_assert_eq!(sale.state() == SaleState::Review, doubted);
    prop_assert_eq!(
        sale.state() == SaleState::Paid,
        !doubted && received >= amount
    );
    prop_assert_eq!(sale.paid_at().is_some(), received >= amount);

    let lines = sale.ledger_lines();
    let totals = DayTotals::of(&lines);
    let sums = totals.0.get(&Currency::Eur).cloned().unwrap_or_default();
    prop_assert_eq!(sums.paid_minor, received);
    prop_assert_eq!(sums.refunds_minor, model.refunded());
    prop_assert_eq!(sums.taken_back_minor, model.taken_back_minor);
    let of = |word: &str| sums.tenders.get(word).copied().unwrap_or_default();
    prop_assert_eq!(of(CRYPTO).paid_minor, model.crypto(false));
    prop_assert_eq!(of("cash").paid_minor, model.tendered(Some(TenderWay::Cash)));
    prop_assert_eq!(of("card").paid_minor, model.tendered(Some(TenderWay::Card)));
    prop_assert_eq!(
        of("own:voucher").paid_minor,
        model.tendered(Some(TenderWay::Own))
    );
    prop_assert_eq!(of("card").refunds_minor, model.refunded());
    let tips: i64 = sums.tenders.values().map(|it| it.tips_minor).sum();
    prop_assert_eq!(tips, sums.tips_minor);

    // No share is negative, and what was sold is never more than the sale has.
    for line in &lines {
        if let LedgerKind::Paid { brings, .. } = &line.kind {
            prop_assert!(brings.taxes.values().all(|it| it.gross_minor > 0));
        }
    }
    let whole = sale.gross_by_rate();
    for (rate, tax) in &sums.taxes {
        let most = whole.get(rate).copied().unwrap_or_default();
        prop_assert!((0..=most).contains(&tax.gross_minor));
        prop_assert!((0..=tax.gross_minor).contains(&tax.refunded_gross_minor));
        // The tax that is left is that in the gross that is left, whatever the order.
        prop_assert_eq!(
            tax.net_tax_minor(),
            rate.contained_in(tax.net_gross_minor())
        );
    }
    if received >= amount {
        prop_assert_eq!(sums.tips_minor, sale.breakdown.tip_minor);
        for (rate, gross) in &whole {
            prop_assert_eq!(sums.taxes.get(rate).map(|it| it.gross_minor), Some(*gross));
        }
    }
    if received == 0 && model.refunds.is_empty() {
        prop_assert!(
            sums.taxes
                .values()
                .all(|it| (it.gross_minor, it.tax_minor) == (0, 0))
        );
        prop_assert_eq!(sums.tips_minor, 0);
    }
    Ok(())
}

proptest! {
    #[test]
    fn whatever_is_taken_all_adds_up_to_the_cent(
        amounts in [1..900_i64, 0..900_i64, 0..200_i64, 0..200_i64],
        steps in steps(),
    ) {
        let mut test = sale_of(amounts);
        let mut model = Model::default();
        for step in steps {
            run(&mut test, &mut model, step);
            check(&test, &model)?;
        }
        prop_assert_eq!(Sale::fold(&test.entries), Ok(test.sale));
    }
}
