//! Receipts for phones from the till's side: the real program, paired over real HTTPS, writes down what opens a receipt, and
//! the office makes that receipt with the shop's words.

use serde_json::{Value, json};
use tokio::runtime::Runtime;

use office_tests::{RunningOffice, Visitor};
use ringup_core::clock::Clock;
use ringup_testkit::Counter;

/// What the journal's last sale says of its receipt.
fn token(counter: &Counter) -> Option<String> {
    let sql = "SELECT body FROM entry WHERE kind = 'sale_opened' ORDER BY seq DESC LIMIT 1";
    let entry: Value = serde_json::from_str(&counter.query_journal(sql)).unwrap();
    entry
        .get("receipt_token")
        .map(|token| token.as_str().unwrap().to_owned())
}

#[test]
fn a_sale_has_a_receipt_at_the_office_from_pairing_to_leaving_unless_the_shop_wants_none() {
    let runtime = Runtime::new().unwrap();
    let office = runtime.block_on(RunningOffice::start());
    let counter = Counter::open();
    let settings = json!({ "currency": "EUR", "shop": { "name": "Café Erna" } });
    counter.write_settings(&settings);
    counter.sell();
    assert_eq!(token(&counter), None);
    let code = runtime.block_on(office.code("Stall 3")).reveal();
    counter.text(["office", "pair", &code]);
    counter.sell();
    let first = token(&counter).unwrap();
    counter.sell();
    let second = token(&counter).unwrap();
    assert!(first.len() == 22 && second.len() == 22 && first != second);
    counter.text(["office", "send"]);
    let page = runtime.block_on(async {
        office.store.fold_all(Clock::system().now()).await.unwrap();
        Visitor::new(office.address)
            .get(&format!("/r/{second}"))
            .await
    });
    assert_eq!(page.status, 200, "{}", page.body);
    for part in ["Café Erna", "A-000003", "€12.50"] {
        assert!(page.body.contains(part), "{part} in {}", page.body);
    }
    // A program that is told what to show does not say the token: it is the customer's.
    let book = counter.text(["sales", "--json"]);
    assert!(!book.contains(&second));

    counter.write_settings(&json!({ "currency": "EUR", "receipt_qr": false }));
    counter.sell();
    assert_eq!(token(&counter), None);
    counter.write_settings(&settings);
    counter.text(["office", "leave"]);
    counter.sell();
    assert_eq!(token(&counter), None);
    counter.assert_whole();
}
