//! Payments that came while nobody was looking ring until somebody acknowledges them, in any window.

use ringup_testkit::{Desktop, Window, newest_invoice, open_till, start_gateway};

const KEY: &str = "canary-key-8263";

/// Charges 5; returns the id of the invoice.
async fn charge(window: &Window, customer: &ringup_practice::Control) -> String {
    window.open_sale("5.").await;
    newest_invoice(customer)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_made_while_no_window_was_open_rings_until_it_is_seen() {
    let gateway = start_gateway(KEY).await;
    let customer = gateway.control();
    let url = gateway.base_url();
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    let invoice = charge(&window, &customer).await;
    window.tap_to("payment-next", "pad").await;
    let desktop = window.close().await;
    customer.pay(&invoice).expect("paid");

    let window = Window::open(desktop, &url).await;
    window.wait_for_alarm("paid").await;
    window.screenshot("paid-while-closed").await;
    // Nobody acknowledged it, so the next window rings again.
    let desktop = window.close().await;
    let window = Window::open(desktop, &url).await;
    window.wait_for_alarm("paid").await;
    window.tap("alarm-dismiss").await;
    window.wait_until_gone("alarm").await;
    let desktop = window.close().await;
    assert_eq!(
        desktop.query_journal("SELECT count(*) FROM entry WHERE kind = 'payment_seen'"),
        "1\n"
    );
    let window = Window::open(desktop, &url).await;
    window.find("pad").await;
    assert!(!window.has("alarm").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_payment_of_one_sale_rings_after_the_first_was_put_away() {
    let gateway = start_gateway(KEY).await;
    let customer = gateway.control();
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    let first = charge(&window, &customer).await;
    customer.end(&first).expect("ended");
    window.wait_for_state("payment", "ended").await;
    // One tap makes a new QR for the same amount.
    window.tap("payment-retry").await;
    window.wait_for_state("payment", "awaiting").await;
    let second = newest_invoice(&customer);
    assert_ne!(first, second);
    customer.pay(&second).expect("paid");
    window.find("paid").await;
    window.tap_to("paid-done", "pad").await;
    assert!(!window.has("alarm").await);

    customer.pay_late(&first).expect("paid");
    window.wait_for_alarm("twice").await;
    window.screenshot("paid-twice").await;
    window.tap("alarm-dismiss").await;
    window.wait_until_gone("alarm").await;
    assert_eq!(
        window
            .desktop
            .query_journal("SELECT number, state, paid_twice, unseen FROM sale"),
        "1|paid|1|0\n"
    );
}
