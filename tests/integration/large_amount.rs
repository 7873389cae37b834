//! An amount far beyond what the shop usually takes needs a confirmation, and nothing is requested before it.

use ringup_core::error::{Code, Fault};
use ringup_core::ids::TapId;
use ringup_core::money::Currency;
use ringup_core::sale::SaleState;
use ringup_core::{Charge, TillError};
use ringup_practice::Endpoint;

use ringup_testkit::{Shop, euros, money};

fn unconfirmed(amount: &str) -> Charge {
    Charge {
        confirmed: false,
        ..euros(amount)
    }
}

/// Sells this amount, to be paid.
async fn sell(shop: &mut Shop, amount: &str) {
    let sale = shop.till().charge(euros(amount)).await.unwrap();
    let invoice = sale.invoice_id.unwrap();
    shop.control.choose_coin(&invoice, "TON", "TON").unwrap();
    shop.control.pay(&invoice).unwrap();
    shop.wait_for_state(sale.number, SaleState::Paid).await;
}

async fn refusal(shop: &Shop, amount: &str) -> Option<Fault> {
    let answer = shop.till().charge(unconfirmed(amount)).await;
    answer.err().map(Fault::from)
}

#[tokio::test]
async fn an_unusual_amount_is_requested_only_when_it_is_confirmed() {
    let shop = Shop::open().await;
    let fault = refusal(&shop, "963850.74").await.expect("refused");
    assert_eq!(fault.code, Code::AmountUnusual);
    assert_eq!(fault.detail["amount"], "963850.74");
    assert_eq!(fault.detail["maximum"], "500.00");
    assert_eq!(fault.detail.get("usual"), None);
    assert_eq!(shop.control.count(Endpoint::Create), 0);
    assert_eq!(shop.entry_kinds(), ["journal_opened"]);

    // Up to the least that is set nothing is asked.
    assert_eq!(refusal(&shop, "500.00").await, None);
    let sale = shop.till().charge(euros("963850.74")).await.unwrap();
    assert_eq!(sale.amount.to_string(), "963850.74");
    assert_eq!(shop.control.count(Endpoint::Create), 2);
}

#[tokio::test]
async fn what_is_usual_is_the_median_of_the_paid_sales() {
    let mut shop = Shop::open().await;
    for amount in ["30", "20", "9000", "10"] {
        sell(&mut shop, amount).await;
    }
    // Of the two in the middle the smaller: 50 times 20.00.
    let fault = refusal(&shop, "1000.01").await.expect("refused");
    assert_eq!(fault.detail["maximum"], "1000.00");
    assert_eq!(fault.detail["usual"], "20.00");
    assert_eq!(refusal(&shop, "1000.00").await, None);

    let mut settings = shop.till().settings();
    settings.large_amount.times = 100;
    shop.till().save_settings(settings).unwrap();
    assert_eq!(refusal(&shop, "2000.00").await, None);
    let dollars = Charge {
        amount: money("600", Currency::Usd),
        ..unconfirmed("1")
    };
    let refused = shop.till().charge(dollars).await;
    assert!(matches!(
        refused,
        Err(TillError::AmountUnusual { usual: None, .. })
    ));
}

#[tokio::test]
async fn a_tap_that_opened_its_sale_brings_it_back_although_it_is_unusual() {
    let shop = Shop::open().await;
    let confirmed = Charge {
        tap: TapId::new(),
        ..euros("7000")
    };
    let sale = shop.till().charge(confirmed.clone()).await.unwrap();
    let repeated = Charge {
        confirmed: false,
        ..confirmed
    };
    let again = shop.till().charge(repeated).await.unwrap();
    assert_eq!(again.number, sale.number);
    assert_eq!(shop.control.count(Endpoint::Create), 1);
}
