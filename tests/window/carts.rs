//! Held carts at the real window: a table is held, taken up, paid in part, joined with another and paid, with another
//! customer between and the program started anew; by taps, and by keys alone.

use ringup_testkit::{Desktop, Window, start_gateway};
use serde_json::json;
use thirtyfour::Key;

use crate::items::cafe;

const KEY: &str = "canary-key-4718";

fn shop() -> Desktop {
    let desktop = cafe();
    let settings = json!({ "hold_carts": true, "currency": "EUR", "language": "en" });
    std::fs::write(
        desktop.data_dir().join("settings.json"),
        settings.to_string(),
    )
    .expect("written");
    desktop
}

/// The names of the held carts beside the open sales.
async fn held(window: &Window) -> serde_json::Value {
    window
        .script("return [...document.querySelectorAll('[data-testid=held-cart]')].map((it) => it.dataset.label)")
        .await
}

async fn wait_for_held(window: &Window, names: &[&str]) {
    for _ in 0..200 {
        if held(window).await == json!(names) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("held are {}, not {names:?}", held(window).await);
}

/// Taps the oldest of the held carts, which has this name.
async fn take_up(window: &Window, name: &str) {
    window.tap("held-cart").await;
    window.wait_for_text("cart-of", name).await;
    // What is on the pad is not beside it as well.
    let others = held(window).await;
    assert!(!others.as_array().expect("names").contains(&json!(name)));
}

async fn charge_and_pay(window: &Window, control: &ringup_practice::Control, amount: &str) {
    window.tap("charge").await;
    window
        .wait_for_attribute("payment", "data-state", "awaiting")
        .await;
    window.wait_for_text("payment-amount", amount).await;
    let invoice = control.invoices().pop().expect("an invoice").id;
    control.pay(&invoice).expect("paid");
    window.find("paid").await;
    window.tap("paid-done").await;
    window.find("pad").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_held_paid_in_part_joined_and_paid_with_a_restart_between() {
    let gateway = start_gateway(KEY).await;
    let control = gateway.control();
    let window = Window::open(shop(), &gateway.base_url()).await;
    window.first_run(KEY).await;

    // Two coffees and a cake for table 4.
    for id in ["item-1", "item-1", "item-2", "cart-hold"] {
        window.tap(id).await;
    }
    window.fill("hold-label", "Table 4").await;
    window.tap("hold-save").await;
    window.wait_until_gone("hold").await;
    wait_for_held(&window, &["Table 4"]).await;

    // Another customer pays.
    window.tap("item-8").await;
    charge_and_pay(&window, &control, "2.50").await;

    // The table pays a coffee and the cake; the other coffee stays held.
    take_up(&window, "Table 4").await;
    window.tap("cart-line").await;
    window.tap("cart-less").await;
    charge_and_pay(&window, &control, "7.70").await;
    wait_for_held(&window, &["Table 4"]).await;

    let desktop = window.close().await;
    let window = Window::open(desktop, &gateway.base_url()).await;
    window.find("pad").await;
    wait_for_held(&window, &["Table 4"]).await;

    // Somebody at the bar joins the table, by keys alone.
    window.resize(1024, 600).await;
    window.tap("item-5").await;
    window
        .script("document.querySelector('[data-testid=cart-hold]').focus()")
        .await;
    window.keys(&[Key::Enter]).await;
    window.find("hold").await;
    window.type_text("Bar").await;
    window.keys(&[Key::Enter]).await;
    window.wait_until_gone("hold").await;
    wait_for_held(&window, &["Table 4", "Bar"]).await;
    for name in ["Table 4", "Bar"] {
        window
            .script(&format!(
                "document.querySelector('[data-testid=held-cart][data-label=\"{name}\"]').focus()"
            ))
            .await;
        window.keys(&[Key::Enter]).await;
        window.wait_for_text("cart-of", name).await;
    }
    window.screenshot("1024x600-carts-joined").await;
    assert!(window.text("pad-amount").await.contains("6.70"));
    window.tap("cart-hold").await;
    window.screenshot("1024x600-hold").await;
    window.tap("hold-save").await;
    wait_for_held(&window, &["Table 4"]).await;
    window.screenshot("1024x600-carts-held").await;

    take_up(&window, "Table 4").await;
    charge_and_pay(&window, &control, "6.70").await;
    wait_for_held(&window, &[]).await;

    let desktop = window.close().await;
    let verified = desktop.ringup().arg("verify").output().expect("runs");
    assert!(verified.status.success(), "{verified:?}");
}
