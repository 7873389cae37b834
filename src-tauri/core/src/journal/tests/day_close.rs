//! Closes on real files: chained, numbered, summed up from the entries, and verified.

use rusqlite::Connection;

use super::*;
use super::{Shop, failure, new_sale, opened, pay, refund, sell};
use crate::clock::UnixMs;
use crate::ids::TapId;
use crate::journal::day_close::{CloseOutcome, CloseRequest};
use crate::money::{BasisPoints, Currency};
use crate::sale::Breakdown;

fn close(file: &mut JournalFile, day: &str, carry: bool) -> CloseOutcome {
    let request = CloseRequest {
        day: day.to_owned(),
        zone: "Europe/Berlin".to_owned(),
        carry_open: carry,
    };
    file.close_day(request, UnixMs(9000)).expect("answered")
}

fn closed(file: &mut JournalFile, day: &str) -> ClosedDay {
    match close(file, day, true) {
        CloseOutcome::Closed(close) => *close,
        other => panic!("closed, not {other:?}"),
    }
}

#[test]
fn a_close_sums_up_what_came_since_the_one_before() {
    let shop = Shop::new();
    let mut file = shop.open();
    let sale = sell(&mut file, true);
    sell(&mut file, true);
    let head = file.verify().expect("read").expect("whole").head;
    let first = closed(&mut file, "2026-11-21");
    assert_eq!((first.close.z, first.close.after_seq), (1, 1));
    assert_eq!(first.close.head, head);
    let euros = &first.close.totals.0[&Currency::Eur];
    assert_eq!((euros.payments, euros.paid_minor), (2, 2500));
    assert_eq!(first.close.grand, first.close.totals);

    assert!(
        matches!(
            close(&mut file, "2026-11-21", true),
            CloseOutcome::AlreadyClosed(1)
        ),
        "nothing came since"
    );
    refund(&mut file, &sale, 250);
    let second = closed(&mut file, "2026-11-21");
    assert_eq!((second.close.z, second.close.after_seq), (2, first.seq));
    let euros = &second.close.totals.0[&Currency::Eur];
    assert_eq!((euros.payments, euros.refunds_minor), (0, 250));
    let grand = &second.close.grand.0[&Currency::Eur];
    assert_eq!((grand.paid_minor, grand.refunds_minor), (2500, 250));

    let third = closed(&mut file, "2026-11-22");
    assert!(third.close.totals.0.is_empty(), "a day without a sale");
    assert_eq!(third.close.grand, second.close.grand);
    let verified = file.verify().expect("read").expect("whole");
    assert_eq!(verified.head, third.head);
    let listed = file.closes(None, 10).expect("listed");
    assert_eq!(listed, [third.clone(), second, first.clone()]);
    let older = file.closes(Some(listed[1].seq), 10).expect("listed");
    assert_eq!(older, [first]);
    assert!(
        matches!(
            close(&mut file, "2026-11-20", true),
            CloseOutcome::AlreadyClosed(3)
        ),
        "the clock was put back"
    );
}

#[test]
fn a_close_of_taxed_sales_is_read_back() {
    let shop = Shop::new();
    let mut file = shop.open();
    let taxed = NewSale {
        breakdown: Breakdown {
            tax: Some(BasisPoints(1900)),
            ..Breakdown::default()
        },
        ..new_sale(TapId::new())
    };
    let sale = opened(file.open_sale(taxed, UnixMs(2000)).expect("opened"));
    pay(&mut file, sale.id, "i-1");
    let made = closed(&mut file, "2026-11-21");
    let taxes = &made.close.totals.0[&Currency::Eur].taxes;
    assert_eq!(taxes[&BasisPoints(1900)].gross_minor, 1250);
    drop(file);
    let file = shop.open();
    assert_eq!(file.closes(None, 1).expect("listed"), [made]);
    assert!(file.verify().expect("readable").is_ok());
}

#[test]
fn open_sales_keep_the_day_open_unless_they_are_carried() {
    let shop = Shop::new();
    let mut file = shop.open();
    let open = sell(&mut file, false);
    let entries = file.last_seq().expect("read");
    assert!(matches!(
        close(&mut file, "2026-11-21", false),
        CloseOutcome::OpenSales(1)
    ));
    assert_eq!(file.last_seq().expect("read"), entries, "nothing written");
    assert_eq!(closed(&mut file, "2026-11-21").close.open, [open.number]);
}

#[test]
fn counting_step_by_step_gives_the_same_as_counting_at_once() {
    let shop = Shop::new();
    let mut file = shop.open();
    for round in 0..4 {
        let sale = sell(&mut file, true);
        refund(&mut file, &sale, 100);
        while !file.count_since_close(1).expect("counted") {}
        let (step_by_step, _) = file.since_close().expect("counted");
        let (at_once, _) = shop.open().since_close().expect("counted");
        assert_eq!(step_by_step, at_once);
        let payments = if round < 2 { round + 1 } else { round - 1 };
        assert_eq!(at_once.0[&Currency::Eur].payments, payments);
        if round == 1 {
            closed(&mut file, "2026-11-21");
            assert!(file.since_close().expect("counted").0.0.is_empty());
        }
    }
}

#[test]
fn a_close_that_does_not_follow_is_found() {
    for (field, other) in [
        ("z", "7"),
        ("after_seq", "2"),
        ("head", "'00'"),
        ("totals.EUR.payments", "3"),
        ("totals.EUR.coins", "json('{}')"),
        ("grand.EUR.paid_minor", "1"),
    ] {
        let shop = Shop::new();
        let mut file = shop.open();
        sell(&mut file, true);
        let close = closed(&mut file, "2026-11-21");
        drop(file);
        // The hash is made again, as someone who knows the format would do.
        let raw = shop.raw();
        let seq = i64::try_from(close.seq).expect("few");
        let body: String = raw
            .query_row(
                &format!("SELECT json_set(body, '$.{field}', {other}) FROM entry WHERE seq = ?1"),
                [seq],
                |row| row.get(0),
            )
            .expect("altered");
        let before: chain::Hash = raw
            .query_row("SELECT hash FROM entry WHERE seq = ?1", [seq - 1], |row| {
                row.get(0)
            })
            .expect("there");
        raw.execute(
            "UPDATE entry SET body = ?1, hash = ?2 WHERE seq = ?3",
            rusqlite::params![body, chain::next(&before, &body), seq],
        )
        .expect("altered");
        put_back_triggers(&raw);
        drop(raw);
        assert_eq!(failure(&shop.path).entry, Some(close.seq), "{field}");
    }
}

/// Afterwards only the entry is wrong.
fn put_back_triggers(raw: &Connection) {
    raw.execute_batch(
        "CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;",
    )
    .expect("triggers");
}
