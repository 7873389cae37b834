//! What is written after the customer has gone: who saw the payment, refunds, what became of a review.

use super::{FIRST, Story, ended, paid};
use crate::ids::{AttemptNumber, RefundNumber};
use crate::sale::{Event, FoldError, RefundWay, Report, SaleState};

#[test]
fn what_was_received_can_go_back_once() {
    let mut story = Story::awaiting();
    let give_back = |story: &mut Story, refund: u32, amount_minor: i64| {
        let sale = story.sale.id;
        story.tell(Event::SaleRefunded {
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
    assert_eq!(story.tell(take_back(1)), Ok(()));
    assert_eq!(
        story.tell(take_back(1)),
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
    assert_eq!(story.tell(seen.clone()), Err(FoldError::NotPaid));
    assert!(!story.sale.unseen());
    story
        .tell(Event::InvoiceEnded {
            sale: story.sale.id,
            attempt: FIRST,
            report: ended("i-1"),
        })
        .expect("follows");
    story.request();
    story.give_invoice(AttemptNumber(2), "i-2");
    story.hear(AttemptNumber(2), &paid("i-2"));
    assert!(story.sale.unseen());
    assert_eq!(story.tell(seen.clone()), Ok(()));
    assert!(!story.sale.unseen());
    story.hear(FIRST, &paid("i-1"));
    assert!(story.sale.unseen(), "the second payment rings again");
    assert_eq!(story.tell(seen), Ok(()));
    assert!(!story.sale.unseen());
}

#[test]
fn a_review_that_someone_settled_is_open_no_more_until_the_next_contradiction() {
    let mut story = Story::awaiting();
    let closed = Event::ReviewClosed {
        sale: story.sale.id,
        reason: "the customer paid the rest in cash".into(),
    };
    assert_eq!(story.tell(closed.clone()), Err(FoldError::NotInReview));
    let lie = Report {
        fiat_amount: Some("1".into()),
        ..paid("i-1")
    };
    story.hear(FIRST, &lie);
    assert!(story.sale.is_open());
    assert_eq!(story.tell(closed), Ok(()));
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
        .tell(Event::InvoiceUncertain {
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
