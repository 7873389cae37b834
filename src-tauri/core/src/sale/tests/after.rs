//! What is written after the payment: who saw it, refunds, closed reviews.

use proptest::prelude::*;

use super::{FIRST, TestSale, ended, paid};
use crate::ids::{AttemptNumber, RefundNumber};
use crate::money::{BasisPoints, Currency, Money};
use crate::sale::{
    DayTotals, Event, FoldError, LedgerKind, Line, RefundWay, Report, Sale, SaleState,
};

#[test]
fn what_was_received_can_go_back_once() {
    let mut test = TestSale::awaiting();
    let refund_of = |test: &mut TestSale, refund: u32, amount_minor: i64| {
        let sale = test.sale.id;
        test.append(Event::SaleRefunded {
            sale,
            refund: RefundNumber(refund),
            amount_minor,
            way: RefundWay::Cash,
            own: None,
            rounding_minor: 0,
            reason: "broken".into(),
            lines: Vec::new(),
            parts: None,
        })
    };
    assert_eq!(
        refund_of(&mut test, 1, 1),
        Err(FoldError::RefundTooMuch(1)),
        "nothing was paid yet"
    );
    test.receive(FIRST, &paid("i-1"));
    assert_eq!(refund_of(&mut test, 1, 1000), Ok(()));
    assert_eq!(
        refund_of(&mut test, 2, 251),
        Err(FoldError::RefundTooMuch(251))
    );
    assert_eq!(
        refund_of(&mut test, 3, 1),
        Err(FoldError::RefundOutOfOrder(RefundNumber(3)))
    );
    let sale = test.sale.id;
    let take_back = |refund| Event::RefundTakenBack {
        sale,
        refund: RefundNumber(refund),
        reason: "mistyped".into(),
    };
    assert_eq!(test.append(take_back(1)), Ok(()));
    assert_eq!(
        test.append(take_back(1)),
        Err(FoldError::RefundUnknown(RefundNumber(1)))
    );
    assert_eq!(test.sale.refunded_minor(), 0);
    assert_eq!(refund_of(&mut test, 2, 1250), Ok(()));
    assert_eq!(test.sale.refundable().minor(), 0);
}

#[test]
fn every_payment_is_unseen_until_someone_saw_it() {
    let mut test = TestSale::awaiting();
    let seen = Event::PaymentSeen { sale: test.sale.id };
    assert_eq!(test.append(seen.clone()), Err(FoldError::NotPaid));
    assert!(!test.sale.unseen());
    test.append(Event::InvoiceEnded {
        sale: test.sale.id,
        attempt: FIRST,
        report: ended("i-1"),
    })
    .expect("follows");
    test.request_invoice();
    test.open_invoice(AttemptNumber(2), "i-2");
    test.receive(AttemptNumber(2), &paid("i-2"));
    assert!(test.sale.unseen());
    assert_eq!(test.append(seen.clone()), Ok(()));
    assert!(!test.sale.unseen());
    test.receive(FIRST, &paid("i-1"));
    assert!(test.sale.unseen(), "the second payment rings again");
    assert_eq!(test.append(seen), Ok(()));
    assert!(!test.sale.unseen());
}

#[test]
fn a_review_that_someone_settled_is_open_no_more_until_the_next_contradiction() {
    let mut test = TestSale::awaiting();
    let closed = Event::ReviewClosed {
        sale: test.sale.id,
        reason: "the customer paid the rest in cash".into(),
    };
    assert_eq!(test.append(closed.clone()), Err(FoldError::NotInReview));
    let lie = Report {
        fiat_amount: Some("1".into()),
        ..paid("i-1")
    };
    test.receive(FIRST, &lie);
    assert!(test.sale.is_open());
    assert_eq!(test.append(closed), Ok(()));
    assert_eq!(test.sale.state(), SaleState::Review);
    assert!(!test.sale.is_open());
    assert_eq!(test.sale.received_minor(), 0, "its money is in no total");
    test.receive(FIRST, &paid("i-1"));
    assert_eq!(test.sale.state(), SaleState::Paid);
}

#[test]
fn an_attempt_in_doubt_can_be_given_up() {
    let mut test = TestSale::opened();
    test.append(Event::InvoiceUncertain {
        sale: test.sale.id,
        attempt: FIRST,
        failure: crate::sale::Failure::interrupted(),
    })
    .expect("follows");
    assert!(test.sale.is_open());
    test.stop();
    assert!(!test.sale.is_open());
    assert_eq!(test.sale.state(), SaleState::Uncertain);
    assert!(test.sale.may_try_again());
}

#[test]
fn tips_and_taxes_move_with_the_first_payment_and_refunds_move_back() {
    let mut test = TestSale::awaiting();
    test.sale.breakdown.tip_minor = 250;
    test.sale.breakdown.tax = Some(BasisPoints(1900));
    assert_eq!(test.sale.ledger_lines(), [], "nothing moved yet");
    test.stop();
    test.append(Event::InvoiceEnded {
        sale: test.sale.id,
        attempt: FIRST,
        report: ended("i-1"),
    })
    .expect("follows");
    test.request_invoice();
    test.open_invoice(AttemptNumber(2), "i-2");
    test.receive(AttemptNumber(2), &paid("i-2"));
    test.receive(FIRST, &paid("i-1"));
    let sale = test.sale.id;
    for event in [
        Event::SaleRefunded {
            sale,
            refund: RefundNumber(1),
            amount_minor: 1250,
            way: RefundWay::Cash,
            own: None,
            rounding_minor: 0,
            reason: "paid twice".into(),
            lines: Vec::new(),
            parts: None,
        },
        Event::RefundTakenBack {
            sale,
            refund: RefundNumber(1),
            reason: "mistyped".into(),
        },
    ] {
        test.append(event).expect("follows");
    }
    let lines: Vec<_> = test.sale.ledger_lines();
    let seqs: Vec<_> = lines.iter().map(|line| line.seq).collect();
    assert_eq!(seqs, [8, 9, 10, 11]);
    assert!(lines.iter().all(|line| !line.test));
    let LedgerKind::Paid {
        attempt,
        late,
        duplicate,
        ref brings,
        ..
    } = lines[0].kind
    else {
        panic!("a payment");
    };
    assert_eq!(
        (attempt.0, late, duplicate, brings.tip_minor),
        (2, false, false, 250)
    );
    let taxed = brings
        .taxes
        .get(&BasisPoints(1900))
        .copied()
        .unwrap_or_default();
    assert_eq!((taxed.gross_minor, taxed.tax_minor), (1000, 160));
    let LedgerKind::Paid {
        late,
        duplicate,
        ref brings,
        ..
    } = lines[1].kind
    else {
        panic!("a payment");
    };
    assert_eq!((late, duplicate, brings.tip_minor), (true, true, 0));
    assert!(brings.taxes.is_empty(), "once for a sale");
    assert_eq!(lines[2].kind.as_str(), "refunded");
    assert_eq!(lines[3].kind.as_str(), "refund_taken_back");

    let totals = &DayTotals::of(&lines).0[&Currency::Eur];
    assert_eq!((totals.payments, totals.paid_minor), (2, 2500));
    assert_eq!((totals.late, totals.late_minor), (1, 1250));
    assert_eq!((totals.duplicate, totals.duplicate_minor), (1, 1250));
    assert_eq!((totals.refunds, totals.refunds_minor), (0, 0));
    assert_eq!(totals.tips_minor, 250);
    assert_eq!(totals.taxes[&BasisPoints(1900)].tax_minor, 160);
    assert_eq!(
        totals.coins.values().map(|coin| coin.payments).sum::<i64>(),
        2
    );
}

proptest! {
    #[test]
    fn a_discount_is_taken_off_all_rates_to_the_last_cent(
        lines in prop::collection::vec((1..=5000_i64, 1..=5_u32, prop::option::of(prop::sample::select(vec![700, 1900, 2000]))), 0..6),
        discount in 0..=3000_i64,
        tip in 0..=500_i64,
        typed in 0..=2000_i64,
    ) {
        let mut test = TestSale::awaiting();
        let sale = &mut test.sale;
        sale.breakdown.lines = lines
            .iter()
            .map(|(unit_minor, quantity, tax)| Line {
                name: Some("tea".into()),
                quantity: *quantity,
                unit_minor: *unit_minor,
                tax: tax.map(BasisPoints),
                ..Line::default()
            })
            .collect();
        let listed: i64 = sale.breakdown.lines.iter().filter_map(Line::sum_minor).sum();
        sale.breakdown.discount_minor = discount.min(listed);
        sale.breakdown.tip_minor = tip;
        sale.breakdown.tax = Some(BasisPoints(1900));
        let sold = listed - sale.breakdown.discount_minor + typed;
        sale.amount = Money::from_minor(sold + tip, Currency::Eur);
        let untaxed = |sale: &Sale| sold - sale.gross_by_rate().values().sum::<i64>();
        let without_rate: i64 = sale
            .breakdown
            .lines
            .iter()
            .filter(|line| line.tax.is_none())
            .filter_map(Line::sum_minor)
            .sum();
        // What has no rate keeps its share of the discount, to the cent.
        let share = without_rate * sale.breakdown.discount_minor;
        let kept = untaxed(sale);
        prop_assert!(kept * listed >= without_rate * listed - share - listed);
        prop_assert!(kept * listed <= without_rate * listed - share + listed);
        prop_assert!(sale.gross_by_rate().values().all(|gross| *gross > 0));
        if without_rate == 0 {
            prop_assert_eq!(kept, 0, "every cent is under a rate");
        }
    }
}
