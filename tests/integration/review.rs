//! A report that says *paid* closes a sale only if it is about that very sale; otherwise the sale goes to review.

use ringup_core::sale::SaleState;
use ringup_practice::Endpoint;
use serde_json::{Map, Value, json};

use ringup_testkit::Shop;

fn fields(fields: &Value) -> Map<String, Value> {
    fields.as_object().unwrap().clone()
}

#[tokio::test]
async fn a_contradiction_goes_to_review_and_is_never_paid() {
    let shop = Shop::open().await;
    for (lie, differs) in [
        (json!({"id": "another"}), vec!["id"]),
        (json!({"fiat_amount": "12.49"}), vec!["amount"]),
        (json!({"fiat_amount": "1250"}), vec!["amount"]),
        (json!({"fiat_amount": "1.25e1"}), vec!["amount"]),
        (json!({"fiat_amount": null}), vec!["amount"]),
        (json!({"fiat_currency": "USD"}), vec!["currency"]),
        (json!({"fiat_currency": null}), vec!["currency"]),
        (json!({"is_testing": true}), vec!["test"]),
        (json!({"is_testing": null}), vec!["test"]),
        (
            json!({"fiat_amount": "1", "fiat_currency": "RUB"}),
            vec!["amount", "currency"],
        ),
    ] {
        let (number, invoice) = shop.open_sale().await;
        shop.control.set_fields(&invoice, fields(&lie)).unwrap();
        shop.control.pay(&invoice).unwrap();
        let sale = shop.wait_for_state(number, SaleState::Review).await;
        assert_eq!(sale.review, differs, "{lie}");
        assert_eq!(sale.paid_at_unix_ms, None);

        // The invoice is still polled, and the sale stays in review.
        shop.wait_for_polls(3).await;
        let sale = shop.till().check_now(number).await.unwrap();
        assert_eq!(
            (sale.state, sale.review),
            (
                SaleState::Review,
                differs.iter().map(ToString::to_string).collect()
            )
        );
        // An invoice that stayed in review would be polled on and slow the next case down.
        shop.control.clear_overrides(&invoice).unwrap();
        shop.wait_for_state(number, SaleState::Paid).await;
    }
    shop.assert_whole().await;
}

#[tokio::test]
async fn the_same_amount_in_other_words_is_the_same() {
    let shop = Shop::open().await;
    for text in ["12.50", "12.5", "012.50"] {
        let (number, invoice) = shop.open_sale().await;
        shop.control
            .set_fields(&invoice, fields(&json!({"fiat_amount": text})))
            .unwrap();
        shop.control.pay(&invoice).unwrap();
        let sale = shop
            .wait_for_sale(number, |sale| sale.state != SaleState::Awaiting)
            .await;
        assert_eq!(sale.state, SaleState::Paid, "{text}");
    }
}

#[tokio::test]
async fn words_alone_neither_pay_nor_end() {
    let shop = Shop::open().await;
    for word in ["paid", "PAID", "ended", "cancelled", "End", ""] {
        let (number, invoice) = shop.open_sale().await;
        let lie = json!({"pay_status": word, "processing_status": "processed"});
        shop.control.set_fields(&invoice, fields(&lie)).unwrap();
        shop.wait_for_polls(4).await;
        let sale = shop.till().check_now(number).await.unwrap();
        assert_eq!(sale.state, SaleState::Awaiting, "{word}");

        // The report is in the journal, and the invoice is still watched.
        shop.pay(number, &invoice).await;
    }
    assert!(shop.entry_kinds().contains(&"invoice_reported".to_owned()));
}

#[tokio::test]
async fn is_paid_alone_decides() {
    let shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    let lie = json!({"pay_status": "not_paid"});
    shop.control.set_fields(&invoice, fields(&lie)).unwrap();
    shop.pay(number, &invoice).await;
}

#[tokio::test]
async fn the_end_of_another_invoice_ends_nothing() {
    let shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    let lie = json!({"id": "another", "pay_status": "end"});
    shop.control.set_fields(&invoice, fields(&lie)).unwrap();
    shop.wait_for_polls(4).await;
    let sale = shop.till().check_now(number).await.unwrap();
    assert_eq!(sale.state, SaleState::Awaiting);
}

#[tokio::test]
async fn an_answer_without_the_words_that_matter_changes_nothing() {
    let shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    shop.control.omit_fields(&invoice, ["is_paid"]).unwrap();
    shop.control.end(&invoice).unwrap();
    let before = shop.control.count(Endpoint::Info);
    shop.wait_for_calls(Endpoint::Info, before + 3).await;
    let sale = shop.till().sale(number).await.unwrap();
    assert_eq!(sale.state, SaleState::Awaiting, "an error is no answer");
    shop.control.clear_overrides(&invoice).unwrap();
    shop.wait_for_state(number, SaleState::Ended).await;
}
