//! `POST /v1/invoice/info`.

use serde_json::json;

use crate::support::{error, shop};

#[tokio::test]
async fn a_new_invoice_has_exactly_the_documented_fields() {
    let shop = shop().await;
    let id = shop.created().await;
    assert_eq!(
        shop.info(&id).await,
        json!({"id": id, "fiat_amount": "12.5", "fiat_currency": "EUR", "crypto_amount": "0",
            "network_fee": "0", "crypto": "NONE", "network": "NONE", "pay_status": "not_paid",
            "processing_status": "pending", "is_paid": false,
            "created_at": "2026-03-16T19:01:11Z", "is_testing": false, "payload": ""})
    );
}

#[tokio::test]
async fn it_follows_the_customer_to_the_end_of_the_street() {
    let shop = shop().await;
    let id = shop.created().await;
    shop.control.choose_coin(&id, "USDT", "TON").unwrap();
    let chosen = shop.info(&id).await;
    assert_eq!(chosen["pay_status"], "not_paid");
    assert_eq!(
        (&chosen["crypto"], &chosen["network"]),
        (&json!("USDT"), &json!("TON"))
    );
    assert_eq!(chosen["crypto_amount"], "13.586957");
    assert_eq!(chosen["network_fee"], "0.1");
    shop.control.pay(&id).unwrap();
    let paid = shop.info(&id).await;
    assert_eq!(
        (&paid["is_paid"], &paid["pay_status"]),
        (&json!(true), &json!("paid"))
    );
    assert_eq!(paid["processing_status"], "processing");
    shop.control.process(&id).unwrap();
    assert_eq!(shop.info(&id).await["processing_status"], "processed");
}

#[tokio::test]
async fn the_clock_ends_an_unpaid_invoice_and_a_late_payment_still_comes() {
    let shop = shop().await;
    let (unpaid, paid) = (shop.created().await, shop.created().await);
    shop.control.pay(&paid).unwrap();
    shop.pass(179);
    assert_eq!(shop.info(&unpaid).await["pay_status"], "not_paid");
    shop.pass(1);
    let ended = shop.info(&unpaid).await;
    assert_eq!(
        (&ended["pay_status"], &ended["is_paid"]),
        (&json!("end"), &json!(false))
    );
    assert_eq!(shop.info(&paid).await["pay_status"], "paid");
    assert!(shop.control.pay(&unpaid).is_err());
    shop.control.pay_late(&unpaid).unwrap();
    assert_eq!(shop.info(&unpaid).await["is_paid"], true);
}

#[tokio::test]
async fn the_payload_comes_back_as_it_went() {
    let shop = shop().await;
    let payload = "{\"till\":\"Ёлка\",\"n\":\"\\u0000\"}";
    let mut body = crate::support::order();
    body["payload"] = json!(payload);
    assert_eq!(
        shop.call("create", &body).send().await.unwrap().status(),
        200
    );
    let id = shop.control.invoices()[0].id.clone();
    assert_eq!(shop.info(&id).await["payload"], payload);
}

#[tokio::test]
async fn what_it_does_not_know_is_404_and_what_is_no_question_is_422() {
    let shop = shop().await;
    for id in ["00000000-0000-4000-8000-000000000000", "", "../etc"] {
        let (status, code, _) = error(shop.ask(id).send().await.unwrap()).await;
        assert_eq!((status, code.as_str()), (404, "invoice_not_found"));
    }
    for body in [
        json!({}),
        json!({"invoice_id": 5}),
        json!({"invoice_id": null}),
    ] {
        let response = shop.call("info", &body).send().await.unwrap();
        let (status, _, message) = error(response).await;
        assert_eq!(status, 422);
        assert!(message.starts_with("invoice_id: "), "{message}");
    }
}

#[tokio::test]
async fn an_invoice_is_forgotten_a_week_after_its_expiry() {
    let shop = shop().await;
    let id = shop.created().await;
    shop.pass(180 + 7 * 24 * 3600 - 1);
    shop.created().await;
    assert_eq!(shop.info(&id).await["pay_status"], "end");
    shop.pass(1);
    shop.created().await;
    assert_eq!(shop.ask(&id).send().await.unwrap().status(), 404);
}
