//! How long the gateway is asked about an invoice, and what a word beside the usual makes of it.

use super::*;

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;

fn receives(test: &mut TestSale, report: &Report, now: i64) -> Vec<&'static str> {
    let events = events_for_report(&test.sale, FIRST, report, UnixMs(now));
    let kinds = events.iter().map(Event::kind).collect();
    for event in events {
        test.append(event).expect("it follows");
    }
    kinds
}

#[test]
fn a_watch_ends_by_an_answer_and_never_by_the_clock() {
    let mut test = TestSale::awaiting();
    receives(&mut test, &ended("i-1"), 0);
    let ended_at = test.entries.last().expect("ended").at.0;
    // An answer a minute too early changes nothing; days without an answer neither.
    assert_eq!(
        receives(&mut test, &ended("i-1"), ended_at + DAY_MS - 1),
        [""; 0]
    );
    assert!(!test.sale.attempts[0].watch_ended);
    // A till that was off for a weekend: the payment is found by the first answer.
    let late = receives(&mut test, &paid("i-1"), ended_at + 3 * DAY_MS);
    assert_eq!((late, test.sale.late()), (vec!["invoice_paid"], true));
}

#[test]
fn an_answer_after_a_day_ends_the_watch_of_an_ended_invoice() {
    let mut test = TestSale::awaiting();
    receives(&mut test, &ended("i-1"), 0);
    let ended_at = test.entries.last().expect("ended").at.0;
    let kinds = receives(&mut test, &ended("i-1"), ended_at + DAY_MS);
    assert_eq!(kinds, ["invoice_watch_ended"]);
    assert_eq!(
        receives(&mut test, &ended("i-1"), ended_at + 2 * DAY_MS),
        [""; 0],
        "once"
    );
    // Whoever asks by hand is still answered.
    assert_eq!(
        receives(&mut test, &paid("i-1"), ended_at + 9 * DAY_MS),
        ["invoice_paid"]
    );
    assert!(
        !test.sale.attempts[0].watch_ended,
        "its credit is waited for"
    );
}

/// A watch that the till's clock would end; the gateway's shows something else.
#[test]
fn a_clock_that_is_set_ahead_ends_no_watch() {
    let mut test = TestSale::awaiting();
    receives(&mut test, &ended("i-1"), 0);
    let ended_at = test.entries.last().expect("ended").at.0;
    let invoice = test.sale.attempts[0].invoice.clone().expect("opened");
    let expires_at = invoice.expires_at_unix.expect("told") * 1000;
    let may_end = |now: i64, gateway_now: Option<i64>| {
        watch_may_end(&test.sale, FIRST, UnixMs(now), gateway_now.map(UnixMs))
    };
    let (late, minute) = (ended_at + 3 * DAY_MS, 60_000);
    assert!(!may_end(late, Some(expires_at + minute)), "a minute ago");
    assert!(!may_end(late, Some(expires_at + DAY_MS - 1)));
    assert!(may_end(late, Some(expires_at + DAY_MS)));
    assert!(may_end(late, None), "nobody says otherwise");
    // A gateway whose clock stands still is not asked for ever.
    assert!(may_end(ended_at + 90 * DAY_MS, Some(expires_at)));
}

#[test]
fn a_payment_is_followed_until_it_is_credited_or_answered_for_after_thirty_days() {
    let mut test = TestSale::awaiting();
    receives(&mut test, &paid("i-1"), 0);
    let paid_at = test.entries.last().expect("paid").at.0;
    assert_eq!(
        receives(&mut test, &paid("i-1"), paid_at + 29 * DAY_MS),
        [""; 0]
    );
    let kinds = receives(&mut test, &paid("i-1"), paid_at + 30 * DAY_MS);
    assert_eq!(kinds, ["invoice_watch_ended"]);
}

#[test]
fn another_invoices_word_ends_no_watch() {
    let mut test = TestSale::awaiting();
    receives(&mut test, &ended("i-1"), 0);
    assert!(!receives(&mut test, &ended("i-2"), 9 * DAY_MS).contains(&"invoice_watch_ended"));
}

#[test]
fn a_reference_of_another_sale_is_a_contradiction_and_ones_own_says_nothing() {
    let with = |payload: String| Report {
        payload: Some(payload),
        ..paid("i-1")
    };
    let mut test = TestSale::awaiting();
    let own = format!(
        r#"{{"till":"t","sale":"{}","number":1,"attempt":1}}"#,
        test.sale.id
    );
    receives(&mut test, &with(own), 0);
    assert_eq!(test.sale.state(), SaleState::Paid);
    assert_eq!(
        test.sale.attempts[0]
            .report
            .as_ref()
            .and_then(|report| report.payload.clone()),
        None
    );
    for other in [
        format!(
            r#"{{"till":"t","sale":"{}","number":1,"attempt":1}}"#,
            SaleId::new()
        ),
        "order 17".to_owned(),
        "[]".to_owned(),
    ] {
        let mut test = TestSale::awaiting();
        receives(&mut test, &with(other.clone()), 0);
        assert_eq!(test.sale.state(), SaleState::Review, "{other}");
        assert_eq!(
            receives(
                &mut test,
                &Report {
                    payload: Some(other),
                    ..ended("i-1")
                },
                1
            ),
            ["invoice_reported"]
        );
    }
}

#[test]
fn a_contradiction_beside_a_payment_is_seen_and_open() {
    let mut test = TestSale::awaiting();
    receives(&mut test, &ended("i-1"), 0);
    test.request_invoice();
    test.open_invoice(AttemptNumber(2), "i-2");
    test.receive(AttemptNumber(2), &paid("i-2"));
    test.append(Event::PaymentSeen { sale: test.sale.id })
        .expect("seen");
    assert_eq!(
        (test.sale.state(), test.sale.is_open()),
        (SaleState::Paid, false)
    );
    let other = Report {
        fiat_amount: Some("99".into()),
        ..paid("i-1")
    };
    assert_eq!(receives(&mut test, &other, 5), ["invoice_questioned"]);
    let sale = &test.sale;
    assert_eq!(
        (sale.state(), sale.is_open(), sale.unseen()),
        (SaleState::Review, true, true)
    );
    assert_eq!(
        sale.paid_at(),
        sale.attempts[1].paid_at(),
        "what was paid stays paid"
    );
    let settled = Event::ReviewClosed {
        sale: sale.id,
        reason: "sent back".into(),
    };
    test.append(settled).expect("settled");
    let sale = &test.sale;
    assert_eq!(
        (sale.state(), sale.is_open(), sale.unseen()),
        (SaleState::Paid, false, false)
    );
}

#[test]
fn a_payment_that_is_taken_back_is_in_question_until_the_gateway_says_paid_again() {
    let mut test = TestSale::awaiting();
    receives(&mut test, &paid("i-1"), 0);
    let unpaid = Report {
        is_paid: false,
        pay_status: "not_paid".into(),
        ..paid("i-1")
    };
    assert!(contradicts_payment(&test.sale, FIRST, &unpaid));
    assert!(!contradicts_payment(&test.sale, FIRST, &paid("i-1")));
    let doubt = Event::PaymentDoubted {
        sale: test.sale.id,
        attempt: FIRST,
        report: unpaid,
    };
    test.append(doubt).expect("doubted");
    assert_eq!(
        (test.sale.state(), test.sale.unseen()),
        (SaleState::Review, true)
    );
    receives(&mut test, &paid("i-1"), 1);
    assert_eq!(test.sale.state(), SaleState::Paid);
}

#[test]
fn a_dead_invoice_can_be_written_off_and_a_payment_still_counts() {
    let mut test = TestSale::awaiting();
    let off = |test: &TestSale| Event::SaleWrittenOff {
        sale: test.sale.id,
        reason: "unknown to the gateway".into(),
    };
    test.append(off(&test)).expect("written off");
    assert!(!test.sale.is_open() && !test.sale.may_be_written_off());
    assert!(test.append(off(&test)).is_err(), "once");
    let at = test.sale.written_off.as_ref().expect("off").at.0;
    let dead = Report {
        is_paid: false,
        pay_status: "not_paid".into(),
        ..paid("i-1")
    };
    receives(&mut test, &dead, at + 1);
    assert_eq!(
        receives(&mut test, &dead, at + DAY_MS),
        ["invoice_watch_ended"]
    );
    receives(&mut test, &paid("i-1"), at + 2 * DAY_MS);
    assert_eq!(
        (test.sale.state(), test.sale.late()),
        (SaleState::Paid, true)
    );
}

#[test]
fn a_sale_that_was_written_off_and_is_tried_again_is_waited_for_again() {
    let mut test = TestSale::awaiting();
    receives(&mut test, &ended("i-1"), 0);
    test.append(Event::SaleWrittenOff {
        sale: test.sale.id,
        reason: "unknown to the gateway".into(),
    })
    .expect("written off");
    assert!(test.sale.may_try_again());
    test.request_invoice();
    assert!(test.sale.is_open(), "a request may be on its way");
    test.open_invoice(AttemptNumber(2), "i-2");
    assert!(test.sale.is_open() && test.sale.written_off.is_none());
    // Days later nobody gave it up: an answer ends no watch.
    let events = events_for_report(
        &test.sale,
        AttemptNumber(2),
        &unpaid("i-2"),
        UnixMs(9 * DAY_MS),
    );
    let kinds: Vec<_> = events.iter().map(Event::kind).collect();
    assert!(!kinds.contains(&"invoice_watch_ended"), "{kinds:?}");
}

#[test]
fn an_unknown_word_is_remembered_after_the_end() {
    let mut test = TestSale::awaiting();
    let part = Report {
        is_paid: false,
        pay_status: "partially_paid".into(),
        ..paid("i-1")
    };
    receives(&mut test, &part, 0);
    receives(&mut test, &ended("i-1"), 1);
    assert_eq!(test.sale.state(), SaleState::Ended);
    assert_eq!(
        test.sale.attempts[0].unknown_status.as_deref(),
        Some("partially_paid")
    );
}
