//! The PIN in the window: what it protects, and that the till decides and not the page.

use serde_json::json;

use ringup_testkit::{Desktop, Window, open_till, start_gateway};

const KEY: &str = "canary-key-4719";
const PIN: &str = "2468";

/// What the till answers to a command that a page calls by itself: an error code, or `done`.
pub(crate) async fn asked(window: &Window, command: &str, args: serde_json::Value) -> String {
    let answer = window
        .script_async(&format!(
            "window.__TAURI_INTERNALS__.invoke('{command}', {args})
               .then(() => done('done'), (error) => done(error.code ?? 'refused'));"
        ))
        .await;
    answer.as_str().expect("a word").to_owned()
}

/// Sets the PIN in the settings and locks the till.
pub(crate) async fn set_pin(window: &Window, pin: &str) {
    window.tap("nav-settings").await;
    window.fill("settings-pin", pin).await;
    window.tap("settings-pin-save").await;
    window.wait_for_state("settings-pin-status", "set").await;
    window.tap_to("lock-now", "pad").await;
}

pub(crate) async fn unlock(window: &Window, pin: &str) {
    window.fill("lock-pin", pin).await;
    window.tap("lock-open").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pin_stands_before_what_not_everybody_may() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;
    assert_eq!(
        asked(&window, "set_pin", json!({ "pin": "12" })).await,
        "pin_invalid"
    );
    set_pin(&window, PIN).await;

    // Commands are refused whoever calls them.
    let settings = json!({ "settings": {} });
    for (command, args) in [
        ("save_settings", settings),
        ("save_items", json!({ "items": [] })),
        ("import_items", json!({})),
        ("export_items", json!({})),
        (
            "set_stock",
            json!({ "item": "00000000-0000-4000-8000-000000000001", "count": 1 }),
        ),
        ("set_key", json!({ "key": "another" })),
        ("clear_key", json!({})),
        ("switch_mode", json!({ "mode": "practice" })),
        (
            "refund",
            json!({ "number": 1, "refund": { "amount": { "minor": 100, "currency": "EUR" }, "way": "cash", "reason": "x" } }),
        ),
        (
            "take_back_refund",
            json!({ "number": 1, "refund": 1, "reason": "x" }),
        ),
        ("close_review", json!({ "number": 1, "reason": "x" })),
        ("close_day", json!({ "carry": true })),
        ("export", json!({ "query": { "format": "csv" } })),
        ("back_up_now", json!({})),
        ("choose_backup_folder", json!({})),
        ("clear_backup_folder", json!({})),
        ("choose_restore_file", json!({})),
        ("restore_from_offer", json!({ "head": "x" })),
        ("set_pin", json!({ "pin": "1111" })),
        ("clear_pin", json!({})),
        ("enter_kiosk", json!({})),
        ("leave_kiosk", json!({})),
        ("quit", json!({})),
    ] {
        assert_eq!(
            asked(&window, command, args).await,
            "pin_needed",
            "{command}"
        );
    }

    // A cashier can sell and see the book without the PIN.
    window.open_sale("12.5").await;
    window.tap("payment-next").await;
    window.tap_to("nav-sales", "sale-row").await;
    window.tap_to("nav-day", "day").await;

    // The screen asks for the PIN, and says when it is wrong.
    window.tap_to("nav-settings", "lock").await;
    window.screenshot("lock").await;
    unlock(&window, "1111").await;
    window.wait_for_state("lock-said", "wrong").await;
    assert!(!window.has("settings").await);
    unlock(&window, PIN).await;
    window.find("settings").await;
    window.wait_until_gone("lock").await;
    window.screenshot("settings-pin").await;
    window
        .tap_to("settings-tab-counter", "settings-display")
        .await;
    window.screenshot("settings-counter").await;
    // What changes the locks needs the PIN itself.
    assert_eq!(asked(&window, "clear_pin", json!({})).await, "pin_needed");
    assert_eq!(
        asked(
            &window,
            "set_pin",
            json!({ "pin": "1357", "typedPin": PIN })
        )
        .await,
        "done"
    );
    assert_eq!(
        asked(&window, "clear_pin", json!({ "typedPin": "1357" })).await,
        "done"
    );
    assert_eq!(
        asked(&window, "clear_backup_folder", json!({})).await,
        "done"
    );
}
