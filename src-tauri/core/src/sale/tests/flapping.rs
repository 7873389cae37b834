//! Answers that change with every poll: they are written down sparingly, and what decides something always.

use proptest::prelude::*;

use super::*;

const MINUTE_MS: i64 = 60 * 1000;

/// Polls every five seconds for this long, with the answers of `report` in turn; gives the kinds that were written.
fn polls(
    test: &mut TestSale,
    minutes: i64,
    report: impl Fn(i64) -> Report,
) -> Vec<(i64, &'static str)> {
    let mut kinds = Vec::new();
    let start = test.entries.last().expect("opened").at.0;
    for poll in 1..=minutes * 12 {
        let now = start + poll * 5_000;
        for event in events_for_report(&test.sale, FIRST, &report(poll), UnixMs(now)) {
            kinds.push((poll, event.kind()));
            test.append_at(event, UnixMs(now)).expect("it follows");
        }
    }
    kinds
}

fn processed(id: &str) -> Report {
    Report {
        processing_status: Some("processed".into()),
        ..paid(id)
    }
}

fn with_coin(amount: &str) -> Report {
    let mut report = unpaid("i-1");
    report.crypto = Some("TON".into());
    report.crypto_amount = Some(amount.into());
    report
}

#[test]
fn an_answer_that_flaps_is_one_entry_a_minute() {
    let mut test = TestSale::awaiting();
    let written = polls(&mut test, 60, |poll| match poll % 2 {
        0 => unpaid("i-1"),
        _ => with_coin("1"),
    });
    let (at_once, later) = written.split_at(2);
    assert_eq!(at_once.iter().map(|it| it.0).collect::<Vec<_>>(), [1, 2]);
    assert!(later.len() <= 60, "{}", later.len());
    assert!(
        later.len() >= 55,
        "what changed is still told: {}",
        later.len()
    );
    assert!(later.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 12));
}

#[test]
fn an_answer_that_is_new_each_time_is_one_entry_a_minute_and_ends() {
    let mut test = TestSale::awaiting();
    let written = polls(&mut test, 10 * 60, |poll| with_coin(&poll.to_string()));
    let first_minute = written.iter().filter(|it| it.0 <= 12).count();
    assert!(first_minute <= 7, "{first_minute}");
    assert_eq!(written.len(), 200);
    // What decides something is written down all the same.
    let paid = polls(&mut test, 1, |_| paid("i-1"));
    assert_eq!(paid, [(1, "invoice_paid")]);
    assert!(!test.sale.settled());
    let credited = polls(&mut test, 1, |_| processed("i-1"));
    assert_eq!(credited, [(1, "invoice_reported")]);
    assert!(test.sale.settled());
}

#[test]
fn a_customer_who_changes_their_mind_is_seen_at_once() {
    let mut test = TestSale::awaiting();
    let written = polls(&mut test, 1, |poll| {
        with_coin(if poll < 5 {
            "1"
        } else if poll < 9 {
            "2"
        } else {
            "3"
        })
    });
    assert_eq!(written.len(), 3);
}

#[test]
fn a_credit_that_comes_and_goes_is_bounded_and_its_first_word_is_not_held_back() {
    let mut test = TestSale::awaiting();
    polls(&mut test, 1, |_| paid("i-1"));
    let written = polls(&mut test, 24 * 60, |poll| match poll % 2 {
        0 => paid("i-1"),
        _ => processed("i-1"),
    });
    assert_eq!(written[0].0, 1);
    assert!(written.len() <= 202, "{}", written.len());
    assert!(
        test.sale.settled(),
        "the last word that is kept is the credit"
    );
}

proptest! {
    #[test]
    fn whatever_is_answered_and_however_the_clock_runs_the_entries_are_bounded(
        answers in prop::collection::vec((0_u8..6, -90_000_i64..90_000), 0..600)
    ) {
        let mut test = TestSale::awaiting();
        let mut now = 10 * MINUTE_MS;
        for (answer, passes) in answers {
            now += passes;
            let report = match answer {
                0 => unpaid("i-1"),
                1 => with_coin("1"),
                2 => paid("i-1"),
                3 => processed("i-1"),
                4 => ended("i-1"),
                _ => with_coin(&now.to_string()),
            };
            for event in events_for_report(&test.sale, FIRST, &report, UnixMs(now)) {
                test.append_at(event, UnixMs(now)).expect("it follows");
            }
        }
        prop_assert!(test.entries.len() < 220);
    }
}
