//! A sale from the first run to the journal: the key, the amount by taps and by keyboard, QR, coin, payment.

use thirtyfour::Key;

use ringup_testkit::picture::{assert_plain_qr, qr_in};
use ringup_testkit::{Desktop, Window, open_till, start_gateway};

const KEY: &str = "canary-key-4711";

#[tokio::test(flavor = "multi_thread")]
async fn from_the_first_run_to_two_paid_sales() {
    let gateway = start_gateway(KEY).await;
    let customer = gateway.control();
    let window = Window::open(Desktop::with_screen(1280, 800), &gateway.base_url()).await;

    // First run.
    window.find("setup").await;
    window.screenshot("first-run").await;
    window.fill("setup-key", KEY).await;
    window.tap_to("setup-key-save", "pad").await;
    window
        .wait_for_attribute("mode-badge", "data-mode", "live")
        .await;

    // By taps.
    window.tap_each(&["key-1", "key-2", "key-5", "key-0"]).await;
    let shown = window.text("pad-amount").await;
    assert!(shown.contains("12.50"), "{shown}");
    window.screenshot("pad-12.50").await;
    window.tap("charge").await;
    let first = pay_what_is_shown(&window, &customer, "by-finger").await;

    // By keyboard: a typed point is the decimal point, whatever the entry style.
    window.type_text("12.5").await;
    let shown = window.text("pad-amount").await;
    assert!(shown.contains("12.50"), "{shown}");
    window.keys(&[Key::Enter]).await;
    let second = pay_what_is_shown(&window, &customer, "by-keyboard").await;
    assert_ne!(first, second);

    // The journal has both sales and verifies; no file has the key.
    let desktop = window.close().await;
    let sales = desktop
        .query_journal("SELECT number, state, amount_minor, currency FROM sale ORDER BY number");
    assert_eq!(sales, "1|paid|1250|EUR\n2|paid|1250|EUR\n");
    let verified = desktop.ringup().arg("verify").output().expect("runs");
    assert!(verified.status.success(), "{verified:?}");
    assert_no_file_holds(&desktop.data_dir(), KEY);
    gateway.stop().await;
}

/// Reads the QR off the screen as a customer would, chooses a coin, and pays. Returns the URL.
async fn pay_what_is_shown(
    window: &Window,
    customer: &ringup_practice::Control,
    name: &str,
) -> String {
    window.wait_for_state("payment", "awaiting").await;
    let place = window.qr_area().await;
    let picture = window.screenshot(&format!("payment-{name}")).await;
    let url = qr_in(&picture).expect("a QR");
    let newest = customer.invoices().pop().expect("an invoice");
    assert_eq!(url, newest.pay_url, "the QR is the address, exactly");
    assert!(place[2] >= 360, "a QR of {} px", place[2]);
    assert_plain_qr(&picture, place, modules(&url));

    customer
        .choose_coin(&newest.id, "USDT", "TRC20")
        .expect("chosen");
    window.wait_for_state("payment", "chosen").await;
    window.screenshot(&format!("payment-chosen-{name}")).await;
    customer.pay(&newest.id).expect("paid");
    window.find("paid").await;
    let amount = window.text("paid-amount").await;
    assert!(amount.contains("12.50"), "{amount}");
    window.screenshot(&format!("paid-{name}")).await;
    // The paid screen stays until it is dismissed.
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    window.tap_to("paid-done", "pad").await;
    url
}

/// The width in modules of the smallest QR for a text with error correction M, computed without the till's code.
fn modules(text: &str) -> u32 {
    // The bytes that fit versions 3 to 8 (ISO/IEC 18004, table 7).
    let capacity = [(3, 42), (4, 62), (5, 84), (6, 106), (7, 122), (8, 152)];
    let (version, _) = capacity
        .into_iter()
        .find(|(_, bytes)| text.len() <= *bytes)
        .expect("a short address");
    17 + 4 * version
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_of_the_screen_loses_nothing() {
    let gateway = start_gateway(KEY).await;
    let customer = gateway.control();
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    window.open_sale("3.5").await;
    let number = window
        .find("payment")
        .await
        .attr("data-number")
        .await
        .expect("there");

    window.reload().await;
    window.wait_for_state("payment", "awaiting").await;
    let after = window
        .find("payment")
        .await
        .attr("data-number")
        .await
        .expect("there");
    assert_eq!(number, after);
    customer.pay(&customer.invoices()[0].id).expect("paid");
    window.find("paid").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_left_open_is_watched_and_found_again() {
    let gateway = start_gateway(KEY).await;
    let customer = gateway.control();
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    window.type_text("5").await;
    window.open_sale(".").await;
    window.tap_to("payment-next", "pad").await;
    window.wait_for_state("open-sale", "awaiting").await;
    window.screenshot("left-open").await;
    window.tap("open-sale").await;
    window.wait_for_state("payment", "awaiting").await;
    window.tap_to("payment-next", "pad").await;
    // It is paid while the cashier is on another screen: an alarm says so, and stays until it is read.
    customer.pay(&customer.invoices()[0].id).expect("paid");
    window.find("alarm").await;
    window.screenshot("paid-elsewhere").await;
    window.tap("alarm-dismiss").await;
    window.wait_until_gone("alarm").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scanners_burst_is_no_amount() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    window.type_text("7.5").await;
    let before = window.text("pad-amount").await;
    window.scan("4006381333931").await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(window.text("pad-amount").await, before);
    assert!(window.has("pad").await, "nothing was charged");
    assert_eq!(
        gateway.control().count(ringup_practice::Endpoint::Create),
        0
    );
}

fn assert_no_file_holds(folder: &std::path::Path, secret: &str) {
    for entry in std::fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            assert_no_file_holds(&path, secret);
        } else {
            let content = std::fs::read(&path).expect("readable");
            let found = content
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!found, "{} holds the key", path.display());
        }
    }
}
