//! The drawer behind the receipt printer opens with cash: once, after the entry that says so, and never again by a receipt,
//! a copy, the same tap, or a start after a crash.

use std::time::Duration;

use serde_json::json;

use ringup_core::ids::TapId;
use ringup_core::money::{Currency, Money};
use ringup_core::printer::{PrinterLimits, PrinterPort};
use ringup_core::sale::{RefundWay, TenderWay};
use ringup_core::settings::{Printing, Settings, TenderChoice};
use ringup_core::{Charge, NewTender};
use ringup_testkit::{Counter, Printer, PrinterState, Program, Shop, cash_back, euros, wait_until};

fn by(way: TenderWay, amount_minor: Option<i64>) -> NewTender {
    let eur = |minor| Money::from_minor(minor, Currency::Eur);
    NewTender {
        way,
        own: None,
        amount: amount_minor.map(eur),
        given: None,
        tender: None,
    }
}

fn charge(amount: &str, tender: NewTender, tap: TapId) -> Charge {
    Charge {
        tender: Some(tender),
        tap,
        ..euros(amount)
    }
}

/// A shop that takes cash and cards, with a drawer behind this printer.
async fn shop(printer: &Printer) -> Shop {
    let shop = Shop::open().await;
    let settings = Settings {
        tenders: vec![TenderChoice::Cash, TenderChoice::Crypto, TenderChoice::Card],
        printing: Printing {
            printer: Some(PrinterPort::Network {
                host: "127.0.0.1".to_owned(),
                port: printer.port,
            }),
            drawer: true,
            ..Printing::default()
        },
        ..Settings::default()
    };
    shop.till().save_settings(settings).unwrap();
    shop.till().set_printer_limits(PrinterLimits {
        connect: Duration::from_millis(500),
        answer: Duration::from_millis(500),
        whole: Duration::from_millis(1500),
    });
    shop
}

fn pulses(printer: &Printer) -> usize {
    let papers = printer.papers();
    papers.iter().map(|paper| paper.drawer_pulses).sum()
}

fn wait_for_pulses(printer: &Printer, count: usize) {
    tokio::task::block_in_place(|| {
        wait_until("the drawer opens", || pulses(printer) == count);
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn cash_opens_it_once_after_its_entry_and_no_receipt_or_second_tap_does() {
    let printer = Printer::start(48, PrinterState::Ready);
    let shop = shop(&printer).await;
    let tap = TapId::new();
    let cash = || charge("5.00", by(TenderWay::Cash, None), tap);
    let sale = shop.till().charge(cash()).await.unwrap();
    wait_for_pulses(&printer, 1);
    // What was sent twice is one sale and one tender.
    assert_eq!(shop.till().charge(cash()).await.unwrap().number, 1);
    let again = NewTender {
        tender: Some(1),
        ..by(TenderWay::Cash, None)
    };
    shop.till().take_tender(1, again).await.unwrap();
    for _ in 0..2 {
        shop.till().print_receipt(sale.number).await.unwrap();
    }
    // A card opens nothing, nor does its receipt.
    let card = charge("7.00", by(TenderWay::Card, None), TapId::new());
    let card = shop.till().charge(card).await.unwrap();
    shop.till().print_receipt(card.number).await.unwrap();
    assert_eq!(pulses(&printer), 1);

    // A part in cash opens it, and so does the next part.
    let part = charge("9.00", by(TenderWay::Cash, Some(400)), TapId::new());
    let part = shop.till().charge(part).await.unwrap();
    wait_for_pulses(&printer, 2);
    let rest = by(TenderWay::Cash, None);
    shop.till().take_tender(part.number, rest).await.unwrap();
    wait_for_pulses(&printer, 3);

    let kinds = shop.entry_kinds();
    let moved = |kind: &&String| ["tender_taken", "drawer_opened"].contains(&kind.as_str());
    let (tender, opened) = ("tender_taken", "drawer_opened");
    assert_eq!(
        kinds.iter().filter(moved).collect::<Vec<_>>(),
        [tender, opened, tender, tender, opened, tender, opened]
    );
    shop.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cash_that_goes_back_opens_it_and_what_goes_back_otherwise_does_not() {
    let printer = Printer::start(48, PrinterState::Ready);
    let shop = shop(&printer).await;
    let card = charge("7.00", by(TenderWay::Card, None), TapId::new());
    let number = shop.till().charge(card).await.unwrap().number;
    let refund = |minor| cash_back(Money::from_minor(minor, Currency::Eur), Vec::new());
    let mut by_card = refund(100);
    by_card.way = RefundWay::Card;
    shop.till().refund(number, by_card).await.unwrap();
    shop.till().refund(number, refund(200)).await.unwrap();
    wait_for_pulses(&printer, 1);
    // What the sale does not hold is refused before anything opens.
    let too_much = shop.till().refund(number, refund(9_999)).await;
    too_much.unwrap_err();
    shop.till().wait_for_drawer().await;
    assert_eq!(pulses(&printer), 1);
    let kinds = shop.entry_kinds();
    let last: Vec<_> = kinds.iter().rev().take(2).map(String::as_str).collect();
    assert_eq!(last, ["drawer_opened", "sale_refunded"]);
    shop.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pulse_that_was_lost_is_not_made_up_for() {
    let printer = Printer::start(48, PrinterState::CoverOpen);
    let mut shop = shop(&printer).await;
    let cash = charge("5.00", by(TenderWay::Cash, None), TapId::new());
    shop.till().charge(cash).await.unwrap();
    let failed = shop
        .wait_for_events(1, |event| match event {
            ringup_core::TillEvent::Fault(fault) => Some(fault),
            _ => None,
        })
        .await;
    assert_eq!(failed[0].detail["number"], "1", "{failed:?}");
    printer.set_state(PrinterState::Ready);
    shop.reopen().await;
    shop.till().print_receipt(1).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(pulses(&printer), 0);
}

#[test]
fn a_program_that_is_killed_before_the_pulse_opens_nothing_later() {
    let counter = Counter::open();
    let printer = Printer::start(48, PrinterState::Unresponsive);
    counter.write_settings(&json!({
        "tenders": [{ "way": "cash" }],
        "printing": { "printer": { "kind": "network", "host": "127.0.0.1", "port": printer.port }, "drawer": true },
    }));
    let cash = ["charge", "5.00", "EUR", "--tender", "cash"];
    let mut killed = Program::start(counter.ringup().args(cash));
    let taken = "SELECT count(*) FROM entry WHERE kind = 'tender_taken'";
    wait_until("the cash is in the journal", || {
        counter.journal().exists() && counter.query_journal(taken) == "1\n"
    });
    killed.kill();
    assert_eq!(pulses(&printer), 0);
    printer.set_state(PrinterState::Ready);
    counter.text(["receipt", "1", "--print"]);
    counter.text(["receipt", "1", "--print"]);
    assert_eq!(pulses(&printer), 0, "no receipt makes up for it");
    // The next cash opens it, from the command line too.
    counter.text(cash);
    assert_eq!(pulses(&printer), 1);
    counter.assert_whole();
}
