//! What is written after the customer has gone: who saw the payment, refunds, what became of a review.

use proptest::prelude::*;

use super::{FIRST, Story, ended, paid};
use crate::ids::{AttemptNumber, RefundNumber};
use crate::money::{BasisPoints, Currency, Money};
use crate::report::DayTotals;
use crate::sale::{Event, FoldError, LedgerKind, Line, RefundWay, Report, Sale, SaleState};

#[test]
fn what_was_received_can_go_back_once() {
    let mut story = Story::awaiting();
    let give_back = |story: &mut Story, refund: u32, amount_minor: i64| {
        let sale = story.sale.id;
        story.emit(Event::SaleRefunded {
            sale,
            refund: RefundNumber(refund),
            amount_minor,
            way: RefundWay::Cash,
            reason: "broken".into(),
        })
    };
    assert_eq!(
        give_back(&mut story, 1, 1),
        Err(FoldError::RefundTooMuch(1)),
        "nothing was paid yet"
    );
    story.hear(FIRST, &paid("i-1"));
    assert_eq!(give_back(&mut story, 1, 1000), Ok(()));
    assert_eq!(
        give_back(&mut story, 2, 251),
        Err(FoldError::RefundTooMuch(251))
    );
    assert_eq!(
        give_back(&mut story, 3, 1),
        Err(FoldError::RefundOutOfOrder(RefundNumber(3)))
    );
    let sale = story.sale.id;
    let take_back = |refund| Event::RefundTakenBack {
        sale,
        refund: RefundNumber(refund),
        reason: "mistyped".into(),
    };
    assert_eq!(story.emit(take_back(1)), Ok(()));
    assert_eq!(
        story.emit(take_back(1)),
        Err(FoldError::RefundUnknown(RefundNumber(1)))
    );
    assert_eq!(story.sale.refunded_minor(), 0);
    assert_eq!(give_back(&mut story, 2, 1250), Ok(()));
    assert_eq!(story.sale.refundable().minor(), 0);
}

#[test]
fn every_payment_is_unseen_until_someone_saw_it() {
    let mut story = Story::awaiting();
    let seen = Event::PaymentSeen {
        sale: story.sale.id,
    };
    assert_eq!(story.emit(seen.clone()), Err(FoldError::NotPaid));
    assert!(!story.sale.unseen());
    story
        .emit(Event::InvoiceEnded {
            sale: story.sale.id,
            attempt: FIRST,
            report: ended("i-1"),
        })
        .expect("follows");
    story.request();
    story.give_invoice(AttemptNumber(2), "i-2");
    story.hear(AttemptNumber(2), &paid("i-2"));
    assert!(story.sale.unseen());
    assert_eq!(story.emit(seen.clone()), Ok(()));
    assert!(!story.sale.unseen());
    story.hear(FIRST, &paid("i-1"));
    assert!(story.sale.unseen(), "the second payment rings again");
    assert_eq!(story.emit(seen), Ok(()));
    assert!(!story.sale.unseen());
}

#[test]
fn a_review_that_someone_settled_is_open_no_more_until_the_next_contradiction() {
    let mut story = Story::awaiting();
    let closed = Event::ReviewClosed {
        sale: story.sale.id,
        reason: "the customer paid the rest in cash".into(),
    };
    assert_eq!(story.emit(closed.clone()), Err(FoldError::NotInReview));
    let lie = Report {
        fiat_amount: Some("1".into()),
        ..paid("i-1")
    };
    story.hear(FIRST, &lie);
    assert!(story.sale.is_open());
    assert_eq!(story.emit(closed), Ok(()));
    assert_eq!(story.sale.state(), SaleState::Review);
    assert!(!story.sale.is_open());
    assert_eq!(story.sale.received_minor(), 0, "its money is in no total");
    story.hear(FIRST, &paid("i-1"));
    assert_eq!(story.sale.state(), SaleState::Paid);
}

#[test]
fn an_attempt_in_doubt_can_be_given_up() {
    let mut story = Story::opened();
    story
        .emit(Event::InvoiceUncertain {
            sale: story.sale.id,
            attempt: FIRST,
            failure: crate::error::interrupted(),
        })
        .expect("follows");
    assert!(story.sale.is_open());
    story.stop();
    assert!(!story.sale.is_open());
    assert_eq!(story.sale.state(), SaleState::Uncertain);
    assert!(story.sale.may_try_again());
}

#[test]
fn tips_and_taxes_move_with_the_first_payment_and_refunds_move_back() {
    let mut story = Story::awaiting();
    story.sale.tip_minor = 250;
    story.sale.tax = Some(BasisPoints(1900));
    assert_eq!(story.sale.ledger_lines(), [], "nothing moved yet");
    story.stop();
    story
        .emit(Event::InvoiceEnded {
            sale: story.sale.id,
            attempt: FIRST,
            report: ended("i-1"),
        })
        .expect("follows");
    story.request();
    story.give_invoice(AttemptNumber(2), "i-2");
    story.hear(AttemptNumber(2), &paid("i-2"));
    story.hear(FIRST, &paid("i-1"));
    let sale = story.sale.id;
    for event in [
        Event::SaleRefunded {
            sale,
            refund: RefundNumber(1),
            amount_minor: 1250,
            way: RefundWay::Cash,
            reason: "paid twice".into(),
        },
        Event::RefundTakenBack {
            sale,
            refund: RefundNumber(1),
            reason: "mistyped".into(),
        },
    ] {
        story.emit(event).expect("follows");
    }
    let moved: Vec<_> = story.sale.ledger_lines();
    let seqs: Vec<_> = moved.iter().map(|movement| movement.seq).collect();
    assert_eq!(seqs, [8, 9, 10, 11]);
    assert!(moved.iter().all(|movement| !movement.test));
    let LedgerKind::Paid {
        attempt,
        late,
        duplicate,
        tip_minor,
        ref gross_by_rate,
        ..
    } = moved[0].moved
    else {
        panic!("a payment");
    };
    assert_eq!(
        (attempt.0, late, duplicate, tip_minor),
        (2, false, false, 250)
    );
    assert_eq!(gross_by_rate.get(&BasisPoints(1900)), Some(&1000));
    let LedgerKind::Paid {
        late,
        duplicate,
        tip_minor,
        ref gross_by_rate,
        ..
    } = moved[1].moved
    else {
        panic!("a payment");
    };
    assert_eq!((late, duplicate, tip_minor), (true, true, 0));
    assert!(gross_by_rate.is_empty(), "once for a sale");
    assert_eq!(moved[2].moved.as_str(), "refunded");
    assert_eq!(moved[3].moved.as_str(), "refund_taken_back");

    let totals = &DayTotals::of(&moved).0[&Currency::Eur];
    assert_eq!((totals.payments, totals.paid_minor), (2, 2500));
    assert_eq!((totals.late, totals.late_minor), (1, 1250));
    assert_eq!((totals.twice, totals.twice_minor), (1, 1250));
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
        let mut story = Story::awaiting();
        let sale = &mut story.sale;
        sale.lines = lines
            .iter()
            .map(|(unit_minor, quantity, tax)| Line {
                name: Some("tea".into()),
                quantity: *quantity,
                unit_minor: *unit_minor,
                tax: tax.map(BasisPoints),
            })
            .collect();
        let listed: i64 = sale.lines.iter().filter_map(Line::sum_minor).sum();
        sale.discount_minor = discount.min(listed);
        sale.tip_minor = tip;
        sale.tax = Some(BasisPoints(1900));
        let sold = listed - sale.discount_minor + typed;
        sale.amount = Money::from_minor(sold + tip, Currency::Eur);
        let untaxed = |sale: &Sale| sold - sale.gross_by_rate().values().sum::<i64>();
        let without_rate: i64 = sale
            .lines
            .iter()
            .filter(|line| line.tax.is_none())
            .filter_map(Line::sum_minor)
            .sum();
        // What has no rate keeps its share of the discount, to the cent.
        let share = without_rate * sale.discount_minor;
        let kept = untaxed(sale);
        prop_assert!(kept * listed >= without_rate * listed - share - listed);
        prop_assert!(kept * listed <= without_rate * listed - share + listed);
        prop_assert!(sale.gross_by_rate().values().all(|gross| *gross > 0));
        if without_rate == 0 {
            prop_assert_eq!(kept, 0, "every cent is under a rate");
        }
    }
}
