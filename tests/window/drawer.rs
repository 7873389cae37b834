//! The cash drawer in the real window: a float, a sale in cash, money taken out, a count that is ten cents short, and the Z.

use ringup_testkit::{Desktop, open_till, start_gateway};

const KEY: &str = "canary-key-4711";

#[tokio::test(flavor = "multi_thread")]
async fn a_drawer_is_counted_from_its_float_to_the_z() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    window.tap("nav-day").await;
    window.find("day-close").await;
    assert!(!window.has("drawer").await, "nothing is switched on");
    window
        .tap_each(&[
            "nav-settings",
            "settings-tab-tenders",
            "settings-tender-cash",
        ])
        .await;
    window
        .tap_each(&["settings-save", "settings-tab-shop"])
        .await;
    window
        .tap_each(&["settings-drawer-count", "settings-save", "nav-day"])
        .await;

    window.tap("drawer-float").await;
    window.fill("count-sum", "100").await;
    window.tap_each(&["count-save", "count-done"]).await;
    window.wait_for_text("drawer-figures", "100.00").await;

    window
        .tap_each(&[
            "nav-pad",
            "key-1",
            "key-3",
            "key-4",
            "key-0",
            "pay-cash",
            "cash-exact",
        ])
        .await;
    window.wait_for_text("paid-amount", "13.40").await;
    window.tap_each(&["paid-done", "nav-day"]).await;
    window.wait_for_text("drawer-figures", "113.40").await;

    window.tap("drawer-out").await;
    window.fill("move-cash-amount", "12.50").await;
    window.fill("move-cash-reason", "Milk").await;
    window.tap("move-cash-save").await;
    window.wait_for_text("drawer-figures", "100.90").await;

    window.tap("drawer-count").await;
    for (piece, count) in [("count-5000", "2"), ("count-20", "4")] {
        window.fill(piece, count).await;
    }
    window.wait_for_text("count-sum", "100.80").await;
    window.fill("count-left", "50").await;
    window.screenshot("drawer-count").await;
    window.tap("count-save").await;
    window.wait_for_text("count-difference", "0.10").await;
    window.screenshot("drawer-counted").await;
    window.tap("count-done").await;

    window.tap_each(&["day-close", "close-day-confirm"]).await;
    window.wait_for_text("close-drawer", "50.00").await;
    window.wait_for_text("close-drawer", "0.10").await;
    window.screenshot("drawer-z").await;

    let desktop = window.close().await;
    let verified = desktop.ringup().arg("verify").output().expect("runs");
    assert!(verified.status.success(), "{verified:?}");
    gateway.stop().await;
}
