//! A sale from the tap to the payment, and every other way that it can go.

use std::time::Duration;

use ringup_core::error::{Code, Fault};
use ringup_core::ids::TapId;
use ringup_core::money::{Currency, Money};
use ringup_core::sale::{SaleState, SaleView};
use ringup_core::settings::Settings;
use ringup_core::{Charge, TillError, TillEvent};
use ringup_practice::{CallFault, Endpoint, Options, Target};
use serde_json::{Value, json};

use ringup_testkit::gateway::{set_field, status_with_body, without_fields};
use ringup_testkit::{Shop, euros};

fn code(sale: &SaleView) -> Option<Code> {
    sale.error.as_ref().map(|error| error.code)
}

/// The references that the till sent in `payload`, one for each create.
fn references(shop: &Shop) -> Vec<Value> {
    let requests = shop.control.requests().into_iter();
    requests
        .filter(|request| request.endpoint == Endpoint::Create)
        .map(|request| {
            let body = request.body.unwrap();
            serde_json::from_str(body["payload"].as_str().unwrap()).unwrap()
        })
        .collect()
}

#[tokio::test]
async fn from_the_tap_to_the_money() {
    // So fast that the settlement, which a shop's till polls every half hour, is seen soon.
    let mut shop = Shop::with(Options::default(), Duration::from_millis(1)).await;
    let sale = shop.charge().await;
    assert_eq!(
        (sale.number, sale.attempt, sale.label.as_str()),
        (1, 1, "P-000001")
    );
    assert_eq!(
        (sale.amount.to_string().as_str(), sale.currency.code()),
        ("12.50", "EUR")
    );
    let made = shop.control.invoices().pop().unwrap();
    assert_eq!(sale.invoice_id.as_ref(), Some(&made.id));
    assert_eq!(sale.pay_url, Some(made.pay_url));
    assert_eq!(sale.expires_at, Some(made.expires_at_unix));
    assert_eq!((sale.crypto, sale.paid_at_unix_ms), (None, None));
    assert!(shop.till().qr(1).await.is_ok());

    let told = shop.control.choose_coin(&made.id, "TON", "TON").unwrap();
    let sale = shop.wait_for_state(1, SaleState::Chosen).await;
    assert_eq!(sale.crypto.as_deref(), Some("TON"));
    assert_eq!(sale.network.as_deref(), Some("TON"));
    assert_eq!(
        sale.crypto_amount.as_deref(),
        told.info["crypto_amount"].as_str()
    );

    shop.control.pay(&made.id).unwrap();
    let sale = shop.wait_for_state(1, SaleState::Paid).await;
    assert!(sale.paid_at_unix_ms.is_some());
    assert!(!sale.late && !sale.settled && !sale.test && !sale.paid_twice);
    assert_eq!(shop.till().open_sales().await.unwrap(), []);

    shop.control.process(&made.id).unwrap();
    shop.wait_for_sale(1, |sale| sale.settled).await;
    let mut last = None;
    let states = shop.wait_for_events(4, |event| match event {
        TillEvent::SaleChanged(sale) if last != Some(sale.state) => {
            last = Some(sale.state);
            last
        }
        _ => None,
    });
    use SaleState::{Awaiting, Chosen, Paid, Requesting};
    assert_eq!(states.await, [Requesting, Awaiting, Chosen, Paid]);
    assert_eq!(shop.control.count(Endpoint::Create), 1);
    shop.assert_whole().await;
}

#[tokio::test]
async fn written_before_the_request_leaves_and_before_the_qr_is_seen() {
    let shop = Shop::without_polling().await;
    shop.fail_next(Target::Create, CallFault::DelayMs(100));
    let charge = tokio::spawn({
        let till = shop.till().clone();
        async move { till.charge(euros("12.50")).await }
    });
    shop.wait_for_calls(Endpoint::Create, 1).await;
    assert_eq!(
        shop.entry_kinds(),
        ["journal_opened", "sale_opened", "invoice_requested"]
    );
    let sale = charge.await.unwrap().unwrap();
    assert!(sale.pay_url.is_some());
    assert_eq!(shop.entry_kinds()[3], "invoice_opened");
}

#[tokio::test]
async fn the_till_tells_the_gateway_which_sale_it_is() {
    let shop = Shop::without_polling().await;
    let settings = Settings {
        webhook: Some("https://shop.example/hook".into()),
        redirect_url: Some("https://shop.example/thanks".into()),
        description: Some("Ярмарка #7".into()),
        lifetime_minutes: 45,
        ..Settings::default()
    };
    shop.till().save_settings(settings).unwrap();
    shop.charge().await;
    let with_note = Charge {
        note: Some(" 2 × Чай & «кекс» ".into()),
        lifetime_minutes: Some(5),
        ..euros("3")
    };
    let noted = shop.till().charge(with_note).await.unwrap();
    assert_eq!(noted.note.as_deref(), Some("2 × Чай & «кекс»"));

    let bodies: Vec<Value> = shop
        .control
        .requests()
        .into_iter()
        .filter(|request| request.endpoint == Endpoint::Create)
        .map(|request| request.body.unwrap())
        .collect();
    assert_eq!(bodies[0]["webhook"], "https://shop.example/hook");
    assert_eq!(bodies[0]["lifetime"], 45);
    assert_eq!(
        bodies[0]["ui"],
        json!({"description": "Ярмарка #7", "redirect_url": "https://shop.example/thanks"})
    );
    assert_eq!(bodies[1]["ui"]["description"], "2 Чай кекс");
    assert_eq!(bodies[1]["lifetime"], 5);

    let references = references(&shop);
    assert_eq!(references[0]["till"], references[1]["till"]);
    assert_ne!(references[0]["sale"], references[1]["sale"]);
    assert_eq!([&references[0]["number"], &references[1]["number"]], [1, 2]);
    assert_eq!(references[1]["attempt"], 1);
}

#[tokio::test]
async fn a_bad_amount_opens_no_sale() {
    let shop = Shop::without_polling().await;
    for (minor, currency, code) in [
        (99, Currency::Eur, Code::AmountBelowMinimum),
        (9_999, Currency::Rub, Code::AmountBelowMinimum),
        (1_000_000_001, Currency::Usd, Code::AmountAboveMaximum),
        (-500, Currency::Eur, Code::AmountBelowMinimum),
    ] {
        let charge = Charge {
            amount: Money::from_minor(minor, currency),
            ..euros("5")
        };
        let fault = Fault::from(shop.till().charge(charge).await.unwrap_err());
        assert_eq!(fault.code, code, "{minor} {currency}");
    }
    assert_eq!(shop.entry_kinds(), ["journal_opened"]);
    assert_eq!(shop.control.requests(), []);
}

#[tokio::test]
async fn an_ended_sale_is_over_and_can_be_charged_anew() {
    let shop = Shop::open().await;
    let (number, first) = shop.open_sale().await;
    let sale = shop.end(number, &first).await;
    assert_eq!(sale.paid_at_unix_ms, None);

    let sale = shop.till().try_again(number).await.unwrap();
    assert_eq!((sale.number, sale.attempt), (number, 2));
    assert_eq!(sale.state, SaleState::Awaiting);
    assert_ne!(sale.invoice_id, Some(first));
    let again = shop.till().try_again(number).await.unwrap_err();
    assert!(matches!(again, TillError::SaleNotRetryable { .. }));
    assert_eq!(shop.control.count(Endpoint::Create), 2);
}

#[tokio::test]
async fn a_refused_sale_says_why_and_can_be_tried_again() {
    let shop = Shop::open().await;
    let no = r#"{"error":{"code":"limit","message":"too much today"}}"#;
    shop.fail_next(Target::Create, CallFault::Status(status_with_body(422, no)));
    let sale = shop.charge().await;
    assert_eq!(sale.state, SaleState::Refused);
    let error = sale.error.unwrap();
    assert_eq!(error.code, Code::GatewayRefused);
    assert_eq!(error.detail["status"], "422");
    assert!(error.message.contains("limit: too much today"));
    assert!(shop.till().qr(sale.number).await.is_err());

    let again = shop.till().try_again(sale.number).await.unwrap();
    assert_eq!((again.number, again.attempt), (sale.number, 2));
    assert_eq!((again.state, again.error), (SaleState::Awaiting, None));
    shop.assert_whole().await;
}

#[tokio::test]
async fn an_uncertain_sale_is_not_resent_and_is_tried_again_as_attempt_two() {
    let shop = Shop::open().await;
    for (act, told) in [
        (CallFault::ResetAfterWork, Code::GatewayBrokenConnection),
        (CallFault::Truncated, Code::GatewayBrokenConnection),
        (
            CallFault::Status(status_with_body(502, "<h1>Oh</h1>")),
            Code::GatewayFailed,
        ),
        (without_fields(&["/pay_url"]), Code::GatewayUnreadable),
    ] {
        shop.control.clear_requests();
        shop.fail_next(Target::Create, act);
        let sale = shop.charge().await;
        assert_eq!(
            (sale.state, code(&sale)),
            (SaleState::Uncertain, Some(told))
        );
        assert_eq!(shop.control.count(Endpoint::Create), 1, "sent once");

        let again = shop.till().try_again(sale.number).await.unwrap();
        assert_eq!((again.number, again.attempt), (sale.number, 2));
        assert_eq!(again.state, SaleState::Awaiting);
        let references = references(&shop);
        assert_eq!(references[0]["sale"], references[1]["sale"]);
        assert_eq!(references[0]["number"], references[1]["number"]);
        let attempts = [&references[0]["attempt"], &references[1]["attempt"]];
        assert_eq!(attempts, [1, 2]);

        shop.control.pay(&again.invoice_id.unwrap()).unwrap();
        shop.wait_for_state(sale.number, SaleState::Paid).await;
    }
    shop.assert_whole().await;
}

#[tokio::test]
async fn a_pay_page_elsewhere_is_journaled_and_never_shown() {
    let shop = Shop::without_polling().await;
    let elsewhere = json!("https://evil.example/invoice/1");
    shop.fail_next(Target::Create, set_field("/pay_url", elsewhere));
    let sale = shop.charge().await;
    let made = shop.control.invoices().pop().unwrap().id;
    assert_eq!((sale.state, &sale.pay_url), (SaleState::Refused, &None));
    let error = sale.error.unwrap();
    assert_eq!(error.code, Code::PayUrlRefused);
    assert_eq!(error.detail["invoice_id"], made);
    assert!(shop.till().qr(sale.number).await.is_err());
}

#[tokio::test]
async fn the_same_tap_twice_is_one_sale() {
    let shop = Shop::without_polling().await;
    shop.fail_next(Target::Create, CallFault::DelayMs(50));
    let charge = Charge {
        tap: TapId::new(),
        ..euros("12.50")
    };
    let (one, other) = tokio::join!(
        shop.till().charge(charge.clone()),
        shop.till().charge(charge.clone())
    );
    let later = shop.till().charge(charge).await.unwrap();
    assert_eq!(
        [one.unwrap().number, other.unwrap().number, later.number],
        [1; 3]
    );
    assert_eq!(later.state, SaleState::Awaiting);
    assert_eq!(shop.control.count(Endpoint::Create), 1);
    assert_eq!(shop.charge().await.number, 2);
}

#[tokio::test]
async fn paid_in_the_moment_of_stopping_is_paid() {
    let shop = Shop::without_polling().await;
    let (number, invoice) = shop.open_sale().await;
    // The till has polled once and will not poll again.
    shop.wait_for_calls(Endpoint::Info, 1).await;
    shop.control.pay(&invoice).unwrap();
    let sale = shop.till().stop_waiting(number).await.unwrap();
    assert_eq!((sale.state, sale.late), (SaleState::Paid, false));
    assert!(!shop.entry_kinds().contains(&"sale_stopped".to_owned()));
}

#[tokio::test]
async fn a_payment_after_stopping_is_late() {
    let shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    let sale = shop.till().stop_waiting(number).await.unwrap();
    assert_eq!(sale.state, SaleState::Stopped);
    assert_eq!(shop.till().open_sales().await.unwrap().len(), 1);
    assert!(shop.pay(number, &invoice).await.late);
}

#[tokio::test]
async fn a_gateway_that_does_not_answer_does_not_keep_the_cashier() {
    let shop = Shop::without_polling().await;
    let (number, _) = shop.open_sale().await;
    shop.wait_for_calls(Endpoint::Info, 1).await;
    shop.fail_next(Target::Info, CallFault::ResetBeforeWork);
    let sale = shop.till().stop_waiting(number).await.unwrap();
    assert_eq!(sale.state, SaleState::Stopped);
}

#[tokio::test]
async fn two_paid_invoices_of_one_sale_are_told() {
    let shop = Shop::open().await;
    let (number, first) = shop.open_sale().await;
    shop.end(number, &first).await;
    let second = shop
        .till()
        .try_again(number)
        .await
        .unwrap()
        .invoice_id
        .unwrap();
    let sale = shop.pay(number, &second).await;
    assert!(!sale.paid_twice && !sale.late);

    shop.control.pay_late(&first).unwrap();
    let sale = shop.wait_for_sale(number, |sale| sale.paid_twice).await;
    assert_eq!((sale.state, sale.attempt), (SaleState::Paid, 2));
    shop.assert_whole().await;
}

#[tokio::test]
async fn test_money_is_marked_from_the_first_moment() {
    let options = Options {
        test_mode: true,
        ..Options::default()
    };
    let shop = Shop::with(options, Duration::from_millis(30)).await;
    let sale = shop.charge().await;
    assert!(sale.test);
    shop.control.pay(&sale.invoice_id.unwrap()).unwrap();
    assert!(shop.wait_for_state(sale.number, SaleState::Paid).await.test);
}
