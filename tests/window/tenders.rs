//! Cash beside crypto in the real window: taps counted, change shown, a split, a changed mind; and a shop that takes
//! crypto alone.

use ringup_practice::PracticeGateway;
use ringup_testkit::{Desktop, Window, open_till, start_gateway};

const KEY: &str = "canary-key-4711";

/// A till that takes cash and cards beside crypto: switched on by hand.
async fn shop(gateway: &PracticeGateway) -> Window {
    let window = open_till(Desktop::with_screen(1280, 800), gateway, KEY).await;
    for id in [
        "pay-cash",
        "pay-card",
        "pay-more",
        "crypto-trouble",
        "pad-network",
    ] {
        assert!(!window.has(id).await, "crypto alone, and {id}");
    }
    let on = [
        "nav-settings",
        "settings-tab-tenders",
        "settings-tender-cash",
        "settings-tender-card",
        "settings-save",
        "nav-pad",
    ];
    tap_all(&window, &on).await;
    window.find("pay-cash").await;
    window
}

/// Taps these, and says how many taps that were.
async fn tap_all(window: &Window, ids: &[&str]) -> usize {
    for id in ids {
        window.tap(id).await;
    }
    ids.len()
}

/// Pays the newest invoice.
fn pay(gateway: &PracticeGateway, asked_minor: u64) {
    let customer = gateway.control();
    let newest = customer.invoices().pop().expect("an invoice");
    assert_eq!(newest.request.amount.minor(), asked_minor);
    customer
        .choose_coin(&newest.id, "USDT", "TRC20")
        .expect("chosen");
    customer.pay(&newest.id).expect("paid");
}

#[tokio::test(flavor = "multi_thread")]
async fn cash_a_split_and_a_changed_mind() {
    let gateway = start_gateway(KEY).await;
    let window = shop(&gateway).await;

    // 3.50 exact, in five taps.
    let taps = tap_all(
        &window,
        &["key-3", "key-5", "key-0", "pay-cash", "cash-exact"],
    )
    .await;
    assert_eq!(taps, 5);
    window.wait_for_text("paid-amount", "3.50").await;
    assert!(!window.has("paid-change").await);
    window.tap("paid-done").await;

    // 13.40 with a 20 note: the digits and two taps. The change is the largest figure.
    tap_all(&window, &["key-1", "key-3", "key-4", "key-0", "pay-cash"]).await;
    window.find("cash-exact").await;
    window.screenshot("tenders-cash").await;
    window
        .script("document.querySelector('[data-testid=cash-given][data-minor=\"2000\"]').click()")
        .await;
    window.wait_for_text("paid-change", "6.60").await;
    window.screenshot("tenders-change").await;
    let [_, _, _, change] = window.rect("paid-change").await;
    let [_, _, _, amount] = window.rect("paid-amount").await;
    assert!(
        change > amount && change >= 80,
        "{change} px, the amount {amount} px"
    );
    window.tap("paid-done").await;

    // 5 of 12.50 in cash, the rest in crypto.
    tap_all(&window, &["key-1", "key-2", "key-5", "key-0", "pay-cash"]).await;
    tap_all(&window, &["typed-5", "typed-00"]).await;
    window.wait_for_text("tender-rest", "7.50").await;
    window.wait_for_text("tender-rest-ways", "Card").await;
    window.tap("tender-take").await;
    window
        .wait_for_attribute("payment", "data-state", "part_paid")
        .await;
    window.wait_for_text("payment-amount", "7.50").await;
    window.screenshot("tenders-split").await;
    window.tap("charge").await;
    window
        .wait_for_attribute("payment", "data-state", "awaiting")
        .await;
    window.wait_for_text("payment-amount", "7.50").await;
    pay(&gateway, 750);
    window.wait_for_text("paid-parts", "Cash").await;
    window.wait_for_text("paid-parts", "Crypto").await;
    window.tap("paid-done").await;

    // The code stands, and the customer pays in cash; the code stays watched.
    tap_all(&window, &["key-9", "key-00", "charge"]).await;
    window
        .wait_for_attribute("payment", "data-state", "awaiting")
        .await;
    window.tap("payment-otherwise").await;
    window.find("choose-tender-code").await;
    tap_all(&window, &["pay-cash", "cash-exact"]).await;
    window.find("paid-code-watched").await;
    window.tap("paid-done").await;
    // It is paid as well, and that rings.
    pay(&gateway, 900);
    window
        .wait_for_attribute("alarm", "data-kind", "twice")
        .await;

    let desktop = window.close().await;
    let sales =
        desktop.query_journal("SELECT number, state, amount_minor FROM sale ORDER BY number");
    assert_eq!(sales, "1|paid|350\n2|paid|1340\n3|paid|1250\n4|paid|900\n");
    let verified = desktop.ringup().arg("verify").output().expect("runs");
    assert!(verified.status.success(), "{verified:?}");
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn crypto_alone_sees_no_new_control_and_cash_alone_needs_no_key() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    tap_all(&window, &["key-3", "key-5", "key-0"]).await;
    window.tap("charge").await;
    window
        .wait_for_attribute("payment", "data-state", "awaiting")
        .await;
    assert!(!window.has("payment-otherwise").await);
    window.close().await;

    // Cash alone: switched on from the first screen, without a key and with no gateway that answers.
    gateway.stop().await;
    let window = Window::open(Desktop::with_screen(1280, 800), "http://127.0.0.1:9/v1").await;
    tap_all(
        &window,
        &[
            "setup-tenders",
            "settings-tender-cash",
            "settings-tender-crypto",
        ],
    )
    .await;
    tap_all(
        &window,
        &["settings-save", "nav-pad", "key-5", "key-00", "pay-cash"],
    )
    .await;
    window.tap("cash-exact").await;
    window.wait_for_text("paid-amount", "5.00").await;
    window.close().await;
}
