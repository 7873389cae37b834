//! Failures of a charge: each has its own text on the screen, which stays until it is read.

use ringup_practice::{Endpoint, PracticeGateway};

use ringup_testkit::{Desktop, Window, newest_invoice, open_till, start_gateway};

const KEY: &str = "canary-key-4712";
const HOW_MANY_SALES: &str = "SELECT count(*) FROM sale";

async fn expect_error(window: &Window, code: &str) {
    window.wait_for_error(code).await;
    let text = window.text("error").await;
    assert!(text.chars().count() > 20, "it says something: {text}");
    window.screenshot(&format!("error-{code}")).await;
    // The error stays.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert!(window.has("error").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_below_the_minimum_opens_no_sale() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    window.charge("0.99").await;
    expect_error(&window, "amount_below_minimum").await;
    assert!(window.text("error").await.contains("1.00"));
    window.tap("error-dismiss").await;
    window.wait_until_gone("error").await;
    window.find("pad").await;
    assert_eq!(gateway.control().count(Endpoint::Create), 0);
    assert_eq!(window.close().await.query_journal(HOW_MANY_SALES), "0\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_key_is_asked_for_and_the_sale_can_go_on() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, "another-key-1").await;
    window.charge("12.5").await;
    expect_error(&window, "key_refused").await;
    window.wait_for_state("network", "key-refused").await;

    // With the right key the same sale is retried.
    window.tap("nav-settings").await;
    window.fill("settings-key", KEY).await;
    window.screenshot("settings").await;
    window.tap("settings-key-save").await;
    window.wait_for_state("network", "online").await;
    window.tap("nav-pad").await;
    window.open_sale("12.5").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreachable_gateway_says_that_nothing_was_sent() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    let port = gateway.port();
    gateway.stop().await;
    window.charge("12.5").await;
    expect_error(&window, "gateway_unreachable").await;
    window.wait_for_state("payment", "refused").await;

    // When the network is back, one tap retries the same sale.
    let gateway = at_port(port).await;
    window.tap("payment-retry").await;
    window.wait_for_state("payment", "awaiting").await;
    window.wait_for_state("network", "online").await;
    let desktop = window.close().await;
    assert_eq!(desktop.query_journal(HOW_MANY_SALES), "1\n");
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_to_the_request_is_uncertain_and_never_sent_twice() {
    let gateway = start_gateway(KEY).await;
    let control = gateway.control();
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    control
        .add_fault(ringup_practice::FaultRule::next(
            ringup_practice::Target::Create,
            ringup_practice::CallFault::ResetAfterWork,
        ))
        .expect("a rule");
    window.charge("12.5").await;
    window.wait_for_state("payment", "uncertain").await;
    window.screenshot("payment-uncertain").await;
    assert_eq!(control.count(Endpoint::Create), 1);
    window.tap("payment-retry").await;
    window.wait_for_state("payment", "awaiting").await;
    assert_eq!(control.count(Endpoint::Create), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_and_a_contradiction_have_faces_of_their_own() {
    let gateway = start_gateway(KEY).await;
    let control = gateway.control();
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    window.open_sale("12.5").await;
    control.end(&control.invoices()[0].id).expect("ended");
    window.wait_for_state("payment", "ended").await;
    window.screenshot("payment-ended").await;
    window.tap("payment-retry").await;
    window.wait_for_state("payment", "awaiting").await;

    let invoice = newest_invoice(&control);
    let other = serde_json::json!({ "fiat_amount": "1.25" });
    control
        .set_fields(&invoice, other.as_object().expect("an object").clone())
        .expect("set");
    control.pay(&invoice).expect("paid");
    window.wait_for_state("payment", "review").await;
    window.screenshot("payment-review").await;
    assert!(!window.has("paid").await);
}

async fn at_port(port: u16) -> PracticeGateway {
    let options = ringup_practice::Options {
        port,
        key: Some(KEY.to_owned()),
        ..ringup_practice::Options::default()
    };
    ringup_practice::start(options)
        .await
        .expect("it starts again")
}
