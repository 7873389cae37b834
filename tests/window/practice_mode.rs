//! Practice mode: no key, no network, and buttons that play the customer.

use ringup_testkit::{Desktop, FAST_POLL_MS, KeychainState, Window};

/// An address at which nobody listens: practice mode needs no gateway on the network.
const NOWHERE: &str = "http://127.0.0.1:9/v1";

#[tokio::test(flavor = "multi_thread")]
async fn practice_sells_without_a_key_and_survives_a_restart() {
    let window = Window::open(Desktop::with_screen(1280, 800), NOWHERE).await;
    window.tap_to("setup-practice", "pad").await;
    window
        .wait_for_attribute("mode-badge", "data-mode", "practice")
        .await;
    window.open_sale("12.5").await;
    window
        .wait_for_attribute("mode-badge", "data-mode", "practice")
        .await;
    window.screenshot("practice-payment").await;
    let desktop = window.close().await;

    // Both the till and its practice gateway still know the open invoice.
    let window = Window::open_with(desktop, NOWHERE, &["--practice"], FAST_POLL_MS).await;
    window.wait_for_state("open-sale", "awaiting").await;
    window.tap("open-sale").await;
    window.tap("practice-choose").await;
    window.wait_for_state("payment", "chosen").await;
    window.tap_to("practice-pay", "paid").await;
    window.screenshot("practice-paid").await;
    window.tap_to("paid-done", "pad").await;

    // An invoice that ends.
    window.open_sale("3.5").await;
    window.tap("practice-end").await;
    window.wait_for_state("payment", "ended").await;

    let desktop = window.close().await;
    assert!(
        !desktop.data_dir().join("journal.sqlite").exists()
            || desktop.query_journal("SELECT count(*) FROM sale") == "0\n",
        "practice leaves the shop's journal alone"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_practice_sale_is_shown_how_and_practice_begins_anew() {
    let window = Window::open(Desktop::with_screen(1024, 600), NOWHERE).await;
    window.resize(1024, 600).await;
    let step = async |name: &str| window.wait_for_attribute("lesson", "data-step", name).await;
    window.tap("setup-practice").await;
    step("amount").await;
    window.screenshot("lesson-amount").await;
    window.tap_each(&["key-3", "key-5", "key-0"]).await;
    step("charge").await;
    window.tap("charge").await;
    step("coin").await;
    window.wait_for_state("payment", "awaiting").await;
    window.qr_area().await;
    window.screenshot("lesson-coin").await;
    crate::looks::assert_fits(&window, "payment").await;
    window.tap("practice-choose").await;
    step("pay").await;
    window.tap("practice-pay").await;
    step("done").await;
    window.find("paid").await;
    window.screenshot("lesson-done").await;
    crate::looks::assert_fits(&window, "paid").await;
    window.tap("paid-done").await;
    step("learned").await;
    window.screenshot("lesson-learned").await;
    window.tap("lesson-close").await;
    window.wait_until_gone("lesson").await;

    // An open sale is deleted with the others.
    window.open_sale("12.5").await;
    window
        .tap_each(&["nav-settings", "practice-reset", "practice-reset-confirm"])
        .await;
    step("amount").await;
    assert!(!window.has("open-sale").await);
    window.tap_to("nav-sales", "sales").await;
    assert!(!window.has("sale-row").await);
    window.tap("nav-pad").await;
    window.charge("4.5").await;
    window
        .wait_for_attribute("payment", "data-number", "1")
        .await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keychain_the_window_is_up_and_says_what_to_do() {
    let mut desktop = Desktop::without_screen(KeychainState::Missing);
    desktop.start_screen(1280, 800);
    let window = Window::open(desktop, NOWHERE).await;
    window.find("setup").await;
    window
        .wait_for_attribute("setup-key-fault", "data-code", "keychain_no_service")
        .await;
    window.screenshot("setup-no-keychain").await;
}
