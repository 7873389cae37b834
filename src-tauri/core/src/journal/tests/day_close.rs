//! Closes on real files: chained, numbered, summed up from the entries, and verified.

use rusqlite::Connection;

use super::*;
use super::{Shop, failure, new_sale, opened, pay, refund, sell};
use crate::clock::UnixMs;
use crate::ids::{TapId, TenderNumber};
use crate::journal::day_close::{CloseOutcome, CloseRequest};
use crate::money::{BasisPoints, Currency};
use crate::sale::{Breakdown, DayClose, DayTotals, TenderWay};

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
    sell_taxed(&mut file, "i-1");
    let made = closed(&mut file, "2026-11-21");
    let taxes = &made.close.totals.0[&Currency::Eur].taxes;
    assert_eq!(taxes[&BasisPoints(1900)].gross_minor, 1250);
    drop(file);
    let file = shop.open();
    assert_eq!(file.closes(None, 1).expect("listed"), [made]);
    assert!(file.verify().expect("readable").is_ok());
}

/// A sale over 12.50 with 19 % tax, which is paid.
fn sell_taxed(file: &mut JournalFile, invoice_id: &str) -> Sale {
    let taxed = NewSale {
        breakdown: Breakdown {
            tax: Some(BasisPoints(1900)),
            ..Breakdown::default()
        },
        ..new_sale(TapId::new())
    };
    let sale = opened(file.open_sale(taxed, UnixMs(2000)).expect("opened"));
    pay(file, sale.id, invoice_id)
}

/// Makes the last entry, a close, what a program before format 4 would have written.
fn as_of_first_rule(shop: &Shop) {
    alter_last(
        shop,
        "json_remove(body, '$.sums_rule', '$.totals.EUR.refund_ways', '$.grand.EUR.refund_ways',
             '$.totals.EUR.tenders', '$.grand.EUR.tenders',
             '$.totals.EUR.taxes.1900.refunded_gross_minor', '$.totals.EUR.taxes.1900.refunded_tax_minor',
             '$.grand.EUR.taxes.1900.refunded_gross_minor', '$.grand.EUR.taxes.1900.refunded_tax_minor')",
    );
}

#[test]
fn closes_of_an_older_program_verify_and_the_next_one_catches_up() {
    let shop = Shop::new();
    let mut file = shop.open();
    let sale = sell_taxed(&mut file, "i-1");
    let refunded = Event::SaleRefunded {
        sale: sale.id,
        refund: sale.next_refund(),
        amount_minor: 1250,
        way: RefundWay::Cash,
        own: None,
        rounding_minor: 0,
        reason: "by a program that did not write the parts".into(),
        lines: Vec::new(),
        parts: None,
    };
    file.record(sale.id, UnixMs(5000), |_| vec![refunded])
        .expect("recorded");
    closed(&mut file, "2026-11-21");
    drop(file);
    as_of_first_rule(&shop);
    assert!(verify_file(&shop.path).expect("readable").is_ok());

    // Its sums stand as they were written; the sums of all days tell what it did not.
    let mut file = shop.open();
    let tax = |sums: &DayTotals| {
        let tax = sums.0[&Currency::Eur].taxes[&BasisPoints(1900)];
        (tax.tax_minor, tax.refunded_tax_minor)
    };
    let old = file.closes(None, 1).expect("listed").remove(0).close;
    assert_eq!((old.sums_rule, tax(&old.totals)), (1, (200, 0)));
    let (_, grand, _) = file.since_close().expect("counted");
    assert_eq!(tax(&grand), (200, 200));
    let void = Event::RefundTakenBack {
        sale: sale.id,
        refund: sale.next_refund(),
        reason: "it had not been paid out".into(),
    };
    file.record(sale.id, UnixMs(6000), |_| vec![void])
        .expect("recorded");
    let next = closed(&mut file, "2026-11-22").close;
    assert_eq!(tax(&next.totals), (0, -200));
    assert_eq!(tax(&next.grand), (200, 0), "the sale counts again");
    let way = next.grand.0[&Currency::Eur].refund_ways["cash"];
    assert_eq!((way.refunds, way.refunds_minor), (0, 0));
    let last = closed(&mut file, "2026-11-23").close;
    assert_eq!(last.grand, next.grand);
    assert!(file.verify().expect("readable").is_ok());
    drop(file);

    // No program goes back to an older rule.
    as_of_first_rule(&shop);
    let seq = shop.open().last_close().expect("read");
    assert_eq!(failure(&shop.path).entry, seq);
}

#[test]
fn a_tender_is_taken_back_until_the_close_that_counts_it() {
    let shop = Shop::new();
    let mut file = shop.open();
    let cash = TenderToTake {
        way: TenderWay::Cash,
        own: None,
        amount_minor: 1250,
        given_minor: None,
        rounding_minor: 0,
    };
    let paid_in_cash = NewSale {
        first: FirstPayment::Tender(cash.clone()),
        ..new_sale(TapId::new())
    };
    let sale = opened(file.open_sale(paid_in_cash, UnixMs(2000)).expect("opened"));
    let take_back = |tender| Event::TenderTakenBack {
        sale: sale.id,
        tender: TenderNumber(tender),
        reason: "mistyped".into(),
    };
    file.record(sale.id, UnixMs(3000), |_| vec![take_back(1)])
        .expect("before the close");
    file.record(sale.id, UnixMs(3000), |_| {
        vec![cash.event(sale.id, TenderNumber(2))]
    })
    .expect("taken");
    let close = closed(&mut file, "2026-11-21").close;
    let cash = close.totals.0[&Currency::Eur].tenders["cash"];
    assert_eq!((cash.payments, cash.paid_minor), (1, 1250));
    let refused = file.record(sale.id, UnixMs(4000), |_| vec![take_back(2)]);
    assert!(matches!(refused, Err(JournalError::DayClosedSince)));
    assert!(file.verify().expect("readable").is_ok());

    // Somebody writes it all the same.
    let noted = Event::SaleNoted {
        sale: sale.id,
        note: Some("tea".into()),
        language: None,
    };
    file.record(sale.id, UnixMs(5000), |_| vec![noted])
        .expect("recorded");
    let seq = file.last_seq().expect("read");
    drop(file);
    alter_last(
        &shop,
        "json_set(json_remove(body, '$.note'), '$.kind', 'tender_taken_back', '$.tender', 2, '$.reason', 'x')",
    );
    let failure = failure(&shop.path);
    assert_eq!(failure.entry, Some(seq));
    assert!(failure.to_string().contains("Z report"), "{failure}");
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
        let (step_by_step, ..) = file.since_close().expect("counted");
        let (at_once, ..) = shop.open().since_close().expect("counted");
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
        ("totals.EUR.refund_ways", "json('{}')"),
        ("grand.EUR.refund_ways.cash.refunds", "2"),
        ("sums_rule", "1"),
        ("sums_rule", "2"),
        ("sums_rule", "4"),
        ("totals.EUR.tenders.crypto.paid_minor", "1"),
        ("grand.EUR.tenders.cash.refunds", "2"),
        ("totals.EUR.rounding_minor", "1"),
        ("totals.EUR.taken_back", "1"),
        ("key", "'00'"),
    ] {
        let shop = Shop::new();
        let mut file = shop.open();
        let sale = sell(&mut file, true);
        refund(&mut file, &sale, 250);
        let close = closed(&mut file, "2026-11-21");
        drop(file);
        alter_last(&shop, &format!("json_set(body, '$.{field}', {other})"));
        assert_eq!(failure(&shop.path).entry, Some(close.seq), "{field}");
    }
}

/// Makes another text of the last entry and its hash anew, as someone who knows the format would do.
fn alter_last(shop: &Shop, body: &str) {
    let raw = shop.raw();
    let of_last = |what: &str, back: u32| {
        format!("SELECT {what} FROM entry WHERE seq = (SELECT max(seq) - {back} FROM entry)")
    };
    let body: String = raw
        .query_row(&of_last(body, 0), [], |row| row.get(0))
        .expect("altered");
    let before: chain::Hash = raw
        .query_row(&of_last("hash", 1), [], |row| row.get(0))
        .expect("there");
    raw.execute(
        "UPDATE entry SET body = ?1, hash = ?2 WHERE seq = (SELECT max(seq) FROM entry)",
        rusqlite::params![body, chain::next(&before, &body)],
    )
    .expect("altered");
    put_back_triggers(&raw);
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

/// Sells a tea of a category, in cash.
fn sell_tea(file: &mut JournalFile) {
    let line = crate::sale::Line {
        name: Some("tea".to_owned()),
        quantity: 1,
        unit_minor: 300,
        category: Some("Drinks".to_owned()),
        ..crate::sale::Line::default()
    };
    let new = NewSale {
        amount: Money::from_minor(300, Currency::Eur),
        breakdown: Breakdown {
            lines: vec![line],
            ..Breakdown::default()
        },
        first: FirstPayment::Tender(TenderToTake {
            way: crate::sale::TenderWay::Cash,
            own: None,
            amount_minor: 300,
            given_minor: None,
            rounding_minor: 0,
        }),
        ..new_sale(TapId::new())
    };
    file.open_sale(new, UnixMs(2000)).expect("sold");
}

#[test]
fn a_close_tells_categories_from_the_first_named_one_on() {
    let shop = Shop::new();
    let mut file = shop.open();
    sell(&mut file, true);
    let plain = closed(&mut file, "2026-11-21").close;
    sell_tea(&mut file);
    sell(&mut file, true);
    let named = closed(&mut file, "2026-11-22").close;
    sell(&mut file, true);
    let after = closed(&mut file, "2026-11-23").close;
    let rules = [&plain, &named, &after].map(|close| close.sums_rule);
    assert_eq!(rules, [3, 4, 4]);
    let sold = |close: &DayClose| -> Vec<(String, i64)> {
        let categories = close.totals.0[&Currency::Eur].categories.iter();
        categories
            .map(|(name, sums)| (name.clone(), sums.sold_minor))
            .collect()
    };
    assert_eq!(sold(&plain), []);
    assert_eq!(
        sold(&named),
        [(String::new(), 1250), ("Drinks".to_owned(), 300)]
    );
    assert_eq!(sold(&after), []);
    for close in [&plain, &named, &after] {
        assert!(close.grand.0[&Currency::Eur].categories.is_empty());
    }
    assert!(verify_file(&shop.path).expect("readable").is_ok());
}

#[test]
fn a_close_of_the_program_before_categories_stands_by_its_own_rule() {
    let shop = Shop::new();
    let mut file = shop.open();
    sell_tea(&mut file);
    let close = closed(&mut file, "2026-11-21");
    drop(file);
    let without = "json_remove(body, '$.totals.EUR.categories')";
    alter_last(&shop, without);
    assert_eq!(
        failure(&shop.path).entry,
        Some(close.seq),
        "by today's rule"
    );
    alter_last(&shop, "json_set(body, '$.sums_rule', 3)");
    assert!(verify_file(&shop.path).expect("readable").is_ok());
    // The next close goes on with today's.
    let mut file = shop.open();
    sell_tea(&mut file);
    assert_eq!(closed(&mut file, "2026-11-22").close.sums_rule, 4);
    assert!(verify_file(&shop.path).expect("readable").is_ok());
}
