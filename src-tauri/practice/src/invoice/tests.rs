//! What can happen to an invoice, and what `info` says of it, second by second.

use super::*;
use crate::coins::COINS;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// Opened at 2026-03-16T19:01:11Z for three minutes.
const OPENED: i64 = 1_773_687_671;

fn invoice() -> Invoice {
    let body = json!({"lifetime": 3, "amount": "30", "currency": "USD"});
    let request = CreateRequest::read(body.as_object().unwrap()).unwrap();
    Invoice::open(
        "179a4662-a6e0-4129-aeba-04c4c2a8f074".into(),
        request,
        false,
        at(OPENED),
    )
}

fn pay_status(info: &Value) -> &str {
    info["pay_status"].as_str().unwrap()
}

fn stale(invoice: &Invoice, for_ms: Option<u64>, second: i64) -> String {
    pay_status(&invoice.stale_info(for_ms, at(second))).to_owned()
}

#[test]
fn a_new_invoice_answers_like_the_documentation() {
    assert_eq!(
        invoice().info(),
        json!({"id":"179a4662-a6e0-4129-aeba-04c4c2a8f074","fiat_amount":"30",
            "fiat_currency":"USD","crypto_amount":"0","network_fee":"0","crypto":"NONE",
            "network":"NONE","pay_status":"not_paid","processing_status":"pending",
            "is_paid":false,"created_at":"2026-03-16T19:01:11Z","is_testing":false,
            "payload":""})
    );
}

#[test]
fn the_clock_ends_what_is_unpaid_on_the_second() {
    let mut invoice = invoice();
    invoice.end_if_expired(at(OPENED + 179));
    assert_eq!(invoice.state().as_str(), "waiting");
    invoice.end_if_expired(at(OPENED + 180));
    assert_eq!(invoice.state().as_str(), "ended");
    assert_eq!(invoice.pay(at(OPENED + 181)), Err(WrongState("ended")));
    assert_eq!(
        invoice.choose(COINS[0], at(OPENED + 181)),
        Err(WrongState("ended"))
    );
}

#[test]
fn the_clock_does_not_end_what_is_paid() {
    let mut invoice = invoice();
    invoice.pay(at(OPENED + 179)).unwrap();
    invoice.end_if_expired(at(OPENED + 10_000));
    assert_eq!(pay_status(&invoice.info()), "paid");
    assert_eq!(invoice.end(at(OPENED + 10_000)), Err(WrongState("paid")));
}

#[test]
fn paid_then_processed_and_no_further() {
    let mut invoice = invoice();
    assert_eq!(invoice.process(at(OPENED)), Err(WrongState("waiting")));
    invoice.choose(COINS[2], at(OPENED)).unwrap();
    invoice.pay(at(OPENED)).unwrap();
    let info = invoice.info();
    assert_eq!(info["processing_status"], "processing");
    assert_eq!(
        (&info["crypto"], &info["crypto_amount"]),
        (&json!("TON"), &json!("10"))
    );
    assert_eq!(
        invoice.choose(COINS[0], at(OPENED)),
        Err(WrongState("paid"))
    );
    assert_eq!(invoice.pay(at(OPENED)), Err(WrongState("paid")));
    invoice.process(at(OPENED)).unwrap();
    assert_eq!(invoice.info()["processing_status"], "processed");
    assert_eq!(invoice.process(at(OPENED)), Err(WrongState("settled")));
}

#[test]
fn late_is_only_after_the_end() {
    let mut invoice = invoice();
    assert_eq!(invoice.pay_late(at(OPENED)), Err(WrongState("waiting")));
    invoice.end(at(OPENED + 1)).unwrap();
    assert_eq!(pay_status(&invoice.info()), "end");
    invoice.pay_late(at(OPENED + 2)).unwrap();
    assert_eq!(invoice.info()["is_paid"], true);
    assert!(matches!(
        invoice.state(),
        InvoiceState::Paid { late: true, .. }
    ));
}

#[test]
fn a_stale_answer_is_one_change_old() {
    let mut invoice = invoice();
    assert_eq!(stale(&invoice, None, OPENED), "not_paid");
    invoice.pay(at(OPENED + 10)).unwrap();
    assert_eq!(stale(&invoice, None, OPENED + 99), "not_paid");
    let for_2s = Some(2000);
    assert_eq!(stale(&invoice, for_2s, OPENED + 11), "not_paid");
    assert_eq!(stale(&invoice, for_2s, OPENED + 12), "paid");
}

#[test]
fn an_end_is_one_change_however_often_it_is_read() {
    let mut invoice = invoice();
    invoice.end_if_expired(at(OPENED + 180));
    invoice.end_if_expired(at(OPENED + 200));
    assert_eq!(stale(&invoice, None, OPENED + 200), "not_paid");
    let for_10s = Some(10_000);
    assert_eq!(stale(&invoice, for_10s, OPENED + 189), "not_paid");
    assert_eq!(stale(&invoice, for_10s, OPENED + 190), "end");
}

#[test]
fn set_and_omit_last_until_cleared() {
    let mut invoice = invoice();
    let truth = invoice.info();
    let untrue = json!({"fiat_amount": "99", "pay_status": "odd", "extra": [1]});
    invoice.set_fields(untrue.as_object().unwrap().clone());
    invoice.omit_fields(["is_paid".to_owned(), "extra".to_owned()]);
    let info = invoice.info();
    assert_eq!(
        (&info["fiat_amount"], &info["pay_status"]),
        (&json!("99"), &json!("odd"))
    );
    assert!(info.get("is_paid").is_none() && info.get("extra").is_none());
    invoice.set_fields(json!({"is_paid": "yes"}).as_object().unwrap().clone());
    assert_eq!(invoice.info()["is_paid"], "yes");
    invoice.clear_overrides();
    assert_eq!(invoice.info(), truth);
}

#[test]
fn a_saved_invoice_is_the_same_invoice() {
    let mut invoice = invoice();
    invoice.choose(COINS[1], at(OPENED)).unwrap();
    invoice.pay(at(OPENED)).unwrap();
    let text = serde_json::to_string(&invoice).unwrap();
    assert_eq!(serde_json::from_str::<Invoice>(&text).unwrap(), invoice);
}
