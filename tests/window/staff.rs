//! Cashiers with PINs of their own in the window: given out in the settings, hands changed in the middle of a sale, a refund
//! lent by a supervisor, a fob scanned by the X server's keys.

use serde_json::json;

use crate::who_may::asked;
use ringup_testkit::{Desktop, Scan, ScanKeys, Window, start_gateway};

const KEY: &str = "canary-key-4737";
const FOB: &str = "0012345678";

/// Touches a name and types the PIN.
async fn sign_as(window: &Window, name: &str, pin: &str) {
    window.find("sign-on").await;
    window
        .script(&format!(
            "[...document.querySelectorAll('[data-testid=sign-on-name]')]
               .find((button) => button.textContent.trim() === '{name}').click()"
        ))
        .await;
    window.type_text(pin).await;
    window.tap("lock-open").await;
}

/// Opens a cashier's dialog in the settings.
async fn open_access(window: &Window, name: &str) {
    window
        .script(&format!(
            "document.querySelector('[data-testid=access-person][data-name={name}] button').click()"
        ))
        .await;
    window.find("cashier-access").await;
}

/// Gives a cashier a role and a PIN; the owner's PIN is typed for it.
async fn give_pin(window: &Window, name: &str, role: &str, pin: &str) {
    open_access(window, name).await;
    window
        .script(&format!(
            "document.querySelector('[data-testid=access-role-{role}]').click()"
        ))
        .await;
    window.fill("access-new-pin", pin).await;
    window.tap("access-save").await;
    sign_as(window, "Olga", "1111").await;
    window.wait_until_gone("cashier-access").await;
}

fn scan(window: &Window) {
    window.desktop.scan(Scan {
        code: FOB,
        gap_ms: 8,
        ending: Some("Return"),
        keys: ScanKeys::Keyboard,
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn two_cashiers_change_hands_in_a_sale_and_a_supervisor_lends_a_refund() {
    let gateway = start_gateway(KEY).await;
    let mut desktop = Desktop::with_screen(1024, 600);
    std::fs::create_dir_all(desktop.data_dir()).expect("made");
    let settings = json!({ "cashiers": ["Anna", "Carl", "Olga", "Susi"] });
    std::fs::write(
        desktop.data_dir().join("settings.json"),
        settings.to_string(),
    )
    .expect("written");
    desktop.start_window_manager();
    let window = Window::open(desktop, &gateway.base_url()).await;
    window.first_run(KEY).await;
    window.desktop.xdotool(&["mousemove", "300", "300"]);

    // The owner is given a PIN and a fob, and then gives out PINs.
    window.tap("nav-settings").await;
    window.tap("settings-tab-counter").await;
    open_access(&window, "Olga").await;
    window
        .script("document.querySelector('[data-testid=access-role-owner]').click()")
        .await;
    window.fill("access-new-pin", "1111").await;
    window.tap("access-fob-scan").await;
    window
        .wait_for_attribute("access-fob", "data-state", "waiting")
        .await;
    scan(&window);
    window
        .wait_for_attribute("access-fob", "data-state", "scanned")
        .await;
    window.screenshot("staff-access").await;
    window.tap("access-save").await;
    window.wait_until_gone("cashier-access").await;
    window
        .wait_for_attribute("settings-access", "data-state", "pins")
        .await;
    window.wait_for_text("cashier-now", "Olga").await;
    give_pin(&window, "Carl", "cashier", "3333").await;
    give_pin(&window, "Susi", "supervisor", "2222").await;

    // Olga opens a sale, Carl takes over while its code stands.
    window.tap("nav-pad").await;
    window.type_text("12.5").await;
    window.tap("charge").await;
    window
        .wait_for_attribute("payment", "data-state", "awaiting")
        .await;
    window.tap("cashier-now").await;
    window.screenshot("staff-sign-on").await;
    sign_as(&window, "Carl", "0000").await;
    window
        .wait_for_attribute("lock-said", "data-state", "wrong")
        .await;
    window.type_text("3333").await;
    window.tap("lock-open").await;
    window.wait_until_gone("lock").await;
    window.wait_for_text("cashier-now", "Carl").await;
    assert_eq!(window.attribute("payment", "data-number").await, "1");
    let invoice = window
        .desktop
        .query_journal("SELECT body ->> '$.invoice_id' FROM entry WHERE kind = 'invoice_opened'");
    gateway.control().pay(invoice.trim()).expect("paid");
    window.find("paid").await;
    window.tap("paid-done").await;

    // Whoever calls: Carl may not, and the screen asks for somebody who may.
    let refund =
        json!({ "amount": { "minor": 100, "currency": "EUR" }, "way": "cash", "reason": "x" });
    let call = json!({ "number": 1, "refund": refund });
    assert_eq!(asked(&window, "refund", call).await, "right_needed");
    window.tap("nav-sales").await;
    window.tap("sale-row").await;
    window.tap("sale-refund").await;
    window.fill("refund-amount", "4.20").await;
    window.fill("refund-reason", "Wrong cup").await;
    window.tap("refund-save").await;
    window
        .wait_for_attribute("sign-on", "data-right", "refund")
        .await;
    window.screenshot("staff-approve").await;
    sign_as(&window, "Susi", "2222").await;
    window.wait_until_gone("refund").await;
    window.wait_for_text("cashier-now", "Carl").await;

    // One scan of the fob: no amount, no item, and the code is nowhere.
    window.tap("nav-pad").await;
    scan(&window);
    window.wait_for_text("cashier-now", "Olga").await;
    window.wait_for_text("pad-amount", "0.00").await;
    assert!(!window.page_text().await.contains(FOB));

    let by = window.desktop.query_journal(
        "SELECT kind, body ->> '$.by', body ->> '$.approved_by' FROM entry
         WHERE kind IN ('sale_opened', 'invoice_paid', 'sale_refunded') ORDER BY seq",
    );
    assert_eq!(
        by,
        "sale_opened|Olga|\ninvoice_paid|Carl|\nsale_refunded|Carl|Susi\n"
    );
    let hands = window.desktop.query_journal(
        "SELECT body ->> '$.cashier', body ->> '$.proof' FROM entry WHERE kind = 'signed_on' ORDER BY seq",
    );
    assert_eq!(hands, "Olga|pin\nCarl|pin\nOlga|fob\n");

    window.tap("nav-day").await;
    window.find("cashier-sums").await;
    window.screenshot("staff-day").await;
    let sums = window.text("cashier-sums").await;
    assert!(
        sums.contains("Carl") && sums.contains("12.50") && sums.contains("4.20"),
        "{sums}"
    );
}
