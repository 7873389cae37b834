//! Goes through every screen of the till and every dialog, for tests of what must be true of each.

use serde_json::json;

use ringup_testkit::{Window, newest_invoice};

/// Turns on tips, discounts, an item and cashiers, so that every screen of the till can be reached.
async fn enable_everything(window: &Window) {
    let done = window
        .script_async(
            "const { invoke } = window.__TAURI_INTERNALS__;
             (async () => {
               const { settings } = await invoke('start', { events: '__CHANNEL__:0' });
               await invoke('save_settings', { settings: {
                 ...settings,
                 cashiers: ['Anna', 'Boris'],
                 tips: { ask: true, percents: [500, 1000, 1500], round_up: true },
                 discounts: { offered: true, percents: [500, 1000, 2000] },
               } });
               await invoke('save_items', { items: ['Coffee', 'Cake'].map((name, index) => ({
                 id: `00000000-0000-4000-8000-00000000000${index}`, name,
                 price: { minor: 350, currency: 'EUR' }, colour: 'coral', tax: null, barcode: null })) });
               return 'done';
             })().then(done, (why) => done(why.code ?? String(why)));",
        )
        .await;
    assert_eq!(done, json!("done"));
    window.reload().await;
    window.find("item-1").await;
}

async fn charge(window: &Window, amount: &str) {
    window.find("pad").await;
    window.tap("key-clear").await;
    window.charge(amount).await;
    window.tap("tip-none").await;
}

async fn close_dialog(window: &Window, id: &str) {
    window.tap("dialog-close").await;
    window.wait_until_gone(id).await;
}

/// Goes to every screen, from the first run on, and calls `look` with its name.
pub(crate) async fn walk(
    window: &Window,
    key: &str,
    customer: &ringup_practice::Control,
    mut look: impl AsyncFnMut(&Window, &str),
) {
    window.find("setup").await;
    look(window, "setup").await;
    window.first_run(key).await;
    enable_everything(window).await;

    look(window, "pad").await;
    window.tap("item-1").await;
    window.tap("item-2").await;
    look(window, "cart").await;
    window.tap_to("pad-discount", "discount").await;
    look(window, "discount").await;
    close_dialog(window, "discount").await;
    window.tap_to("charge", "tip").await;
    look(window, "tip").await;
    window.tap("tip-own").await;
    look(window, "tip of one's own").await;
    close_dialog(window, "tip").await;

    charge(window, "0.5").await;
    window.find("error").await;
    look(window, "error").await;
    window.tap("error-dismiss").await;

    charge(window, "12.5").await;
    window.wait_for_state("payment", "awaiting").await;
    window.qr_area().await;
    look(window, "payment").await;
    let invoice = newest_invoice(customer);
    customer
        .choose_coin(&invoice, "USDT", "TRC20")
        .expect("chosen");
    window.wait_for_state("payment", "chosen").await;
    look(window, "coin chosen").await;
    window.tap("payment-stop").await;
    window.wait_for_state("payment", "stopped").await;
    look(window, "stopped").await;
    window.tap("payment-next").await;
    // A late payment rings.
    customer.pay(&invoice).expect("paid");
    window.find("alarm").await;
    look(window, "alarm").await;
    window.tap("alarm-dismiss").await;

    charge(window, "7.").await;
    window.wait_for_state("payment", "awaiting").await;
    customer.end(&newest_invoice(customer)).expect("ended");
    window.wait_for_state("payment", "ended").await;
    look(window, "ended").await;
    window.tap("payment-next").await;

    charge(window, "9.9").await;
    window.wait_for_state("payment", "awaiting").await;
    window.pay(customer).await;
    look(window, "paid").await;
    window.tap("paid-done").await;

    charge(window, "5.5").await;
    window.wait_for_state("payment", "awaiting").await;
    let invoice = newest_invoice(customer);
    let other = json!({ "fiat_amount": "1.25" });
    let other = other.as_object().expect("an object").clone();
    customer.set_fields(&invoice, other).expect("set");
    customer.pay(&invoice).expect("paid");
    window.wait_for_state("payment", "review").await;
    look(window, "a payment that does not fit").await;
    window.tap("alarm-dismiss").await;
    window.tap("payment-next").await;

    charge(window, "3.").await;
    window.wait_for_state("payment", "awaiting").await;
    window.tap_to("payment-next", "open-sales").await;
    look(window, "open sales").await;

    book(window, &mut look).await;
    day(window, &mut look).await;
    settings(window, &mut look).await;
}

async fn book(window: &Window, look: &mut impl AsyncFnMut(&Window, &str)) {
    window.tap_to("nav-sales", "sale-row").await;
    look(window, "sales").await;
    window
        .script("document.querySelector('[data-testid=sale-row][data-state=paid]').click()")
        .await;
    window.find("sale-detail").await;
    look(window, "sale").await;
    for (opens, dialog) in [
        ("sale-note", "note"),
        ("sale-refund", "refund"),
        ("sale-receipt", "receipt"),
    ] {
        window.tap_to(opens, dialog).await;
        if dialog == "receipt" {
            window.find("receipt-picture").await;
        }
        look(window, dialog).await;
        close_dialog(window, dialog).await;
    }
    window.tap("sale-refund").await;
    window.fill("refund-reason", "Wrong cup").await;
    window.tap("refund-save").await;
    window.wait_until_gone("refund").await;
    window.tap_to("sale-take-back", "take-back").await;
    look(window, "take back").await;
    close_dialog(window, "take-back").await;

    window.tap("sale-back").await;
    window
        .script("document.querySelector('[data-testid=sale-row][data-state=review]').click()")
        .await;
    window.tap_to("sale-review", "review").await;
    look(window, "review").await;
    close_dialog(window, "review").await;
}

async fn day(window: &Window, look: &mut impl AsyncFnMut(&Window, &str)) {
    window.tap_to("nav-day", "day-total").await;
    look(window, "day").await;
    window.tap_to("day-export", "export").await;
    look(window, "export").await;
    close_dialog(window, "export").await;
    window.tap_to("day-close", "close-day").await;
    look(window, "close day").await;
    window.tap_to("close-day-confirm", "close-report").await;
    look(window, "day closed").await;
    window.tap("close-done").await;
    window.wait_until_gone("close-report").await;
}

async fn settings(window: &Window, look: &mut impl AsyncFnMut(&Window, &str)) {
    window.tap_to("nav-settings", "settings").await;
    let tabs = window
        .script(
            "return [...document.querySelectorAll('[role=tab]')].map((tab) => tab.dataset.testid)",
        )
        .await;
    let tabs: Vec<String> = serde_json::from_value(tabs).expect("names");
    assert!(tabs.len() >= 6, "{tabs:?}");
    for tab in &tabs {
        window.tap(tab).await;
        window
            .wait_for_attribute(tab, "aria-selected", "true")
            .await;
        look(window, tab).await;
    }
    window.tap("settings-tab-items").await;
    window.tap_to("item-add", "item").await;
    look(window, "item").await;
    close_dialog(window, "item").await;
    window.tap_to("cashier-now", "cashiers").await;
    look(window, "cashiers").await;
    close_dialog(window, "cashiers").await;

    window.tap("nav-pad").await;
    crate::who_may::set_pin(window, "2468").await;
    window.tap_to("nav-settings", "lock").await;
    look(window, "lock").await;
}
