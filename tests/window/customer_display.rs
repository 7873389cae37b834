//! The customer's display: a second window that follows the cashier's, shows only what is for the customer, and may call
//! no other command.

use serde_json::json;

use ringup_testkit::{Desktop, Window, open_till, start_gateway};

const KEY: &str = "canary-key-4721";
pub(crate) const TILL: &str = "";
pub(crate) const DISPLAY: &str = "display.html";

/// Chooses in the settings on which monitor the display is.
pub(crate) async fn choose_place(window: &Window, place: &str) {
    window.tap("nav-settings").await;
    window.tap("settings-tab-counter").await;
    let list = window.find("settings-display").await;
    list.send_keys(place).await.expect("chosen");
    window.tap("settings-save").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_display_shows_the_customers_part_and_asks_nothing_else() {
    let mut desktop = Desktop::with_screen(1280, 800);
    desktop.start_window_manager();
    let gateway = start_gateway(KEY).await;
    let window = open_till(desktop, &gateway, KEY).await;
    assert_eq!(window.window_count().await, 1);
    window.tap("nav-settings").await;
    window.tap("settings-tab-shop").await;
    window.fill("settings-shop-name", "Café Müller").await;
    choose_place(&window, "In a window").await;
    window.switch_to_page(DISPLAY).await;
    shows(&window, "idle").await;
    assert_eq!(window.text("display-shop").await, "Café Müller");
    window.screenshot("display-idle").await;

    // Call every command of the cashier's window from the display's page.
    let mut tried = 0;
    for command in ringup::commands().filter(|command| command.window == ringup::Window::Cashier) {
        forbidden(&window, command.name, json!({})).await;
        tried += 1;
    }
    assert!(tried > 40, "{tried}");
    // It cannot listen to the events of the cashier's window either.
    forbidden(
        &window,
        "plugin:event|listen",
        json!({ "event": "sale-changed", "target": { "kind": "Any" }, "handler": 1 }),
    )
    .await;

    window.switch_to_page(TILL).await;
    window.tap("nav-pad").await;
    window.tap("pad-note").await;
    window.fill("pad-note", "Secret note of the cashier").await;
    window.type_text("\u{e007}").await;
    window.open_sale("12.5").await;

    window.switch_to_page(DISPLAY).await;
    shows(&window, "awaiting").await;
    window.find("display-qr").await;
    window.find("display-countdown").await;
    assert!(window.text("display-amount").await.contains("12.50"));
    window.screenshot("display-awaiting").await;
    let said = window
        .script("return document.documentElement.outerHTML")
        .await;
    let said = said.as_str().expect("text");
    for cashiers in [
        "Secret note",
        "A-000001",
        "pay.cru.cash",
        "http://127.0.0.1",
        "payment-",
    ] {
        assert!(!said.contains(cashiers), "{cashiers}");
    }
    assert!(!window.has("nav-settings").await);

    // Its page comes back by itself, at the same sale.
    window.reload().await;
    shows(&window, "awaiting").await;

    let control = gateway.control();
    let id = invoice_of_sale_1(&window).await;
    control.pay(&id).expect("paid");
    window.switch_to_page(DISPLAY).await;
    shows(&window, "paid").await;
    window.screenshot("display-paid").await;
    window.switch_to_page(TILL).await;
    window.tap("paid-done").await;
    window.switch_to_page(DISPLAY).await;
    shows(&window, "idle").await;

    // Off again.
    window.switch_to_page(TILL).await;
    choose_place(&window, "None").await;
    ringup_testkit::wait_until("the display is gone", || {
        let windows = window.desktop.xdotool(&["search", "--class", "ringup"]);
        windows.lines().count() < 3
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn the_customer_takes_a_tip_and_the_sale_stays_before_them() {
    let mut desktop = Desktop::with_screen(1280, 800);
    desktop.start_window_manager();
    let gateway = start_gateway(KEY).await;
    let window = open_till(desktop, &gateway, KEY).await;
    window
        .tap_each(&["nav-settings", "settings-tab-items", "settings-tips"])
        .await;
    choose_place(&window, "In a window").await;
    window.tap("nav-pad").await;
    window.charge("12.5").await;
    window.find("tip").await;

    window.switch_to_page(DISPLAY).await;
    shows(&window, "tip").await;
    assert!(window.text("display-amount").await.contains("12.50"));
    window.screenshot("display-tip").await;
    // Nothing else can be called now.
    for answer in [
        json!({ "ask": 1, "offer": 99 }),
        json!({ "ask": 99, "offer": 0 }),
    ] {
        assert_eq!(
            crate::who_may::asked(&window, "choose_tip", answer).await,
            "not_offered"
        );
    }
    forbidden(&window, "ask_tip", json!({ "question": null })).await;
    window.tap("display-tip-offer").await;
    shows(&window, "tipped").await;

    window.switch_to_page(TILL).await;
    window.find("tip-chosen").await;
    window.screenshot("tip-chosen").await;
    let total = window.text("tip-take").await;
    window.tap("tip-take").await;
    window.wait_for_state("payment", "awaiting").await;
    let amount = window.text("payment-amount").await;
    assert!(
        total.contains(&amount.replace('\n', "")),
        "{total}, {amount}"
    );
    window.switch_to_page(DISPLAY).await;
    shows(&window, "awaiting").await;
    let late = json!({ "ask": 1, "offer": 0 });
    assert_eq!(
        crate::who_may::asked(&window, "choose_tip", late).await,
        "not_offered"
    );

    // While the cashier looks something up, the customer still sees the QR.
    window.switch_to_page(TILL).await;
    window
        .tap_each(&["nav-sales", "nav-day", "nav-settings"])
        .await;
    window.find("settings").await;
    window.switch_to_page(DISPLAY).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    shows(&window, "awaiting").await;
    let invoice = invoice_of_sale_1(&window).await;
    gateway.control().pay(&invoice).expect("paid");
    window.switch_to_page(DISPLAY).await;
    shows(&window, "paid").await;

    // The next customer.
    window.switch_to_page(TILL).await;
    window.tap("nav-pad").await;
    window.charge("3.5").await;
    window.tap("tip-none").await;
    window.wait_for_state("payment", "awaiting").await;
    window.switch_to_page(DISPLAY).await;
    shows(&window, "awaiting").await;
    window.switch_to_page(TILL).await;
    window.tap("payment-next").await;
    window.switch_to_page(DISPLAY).await;
    shows(&window, "idle").await;
}

/// Waits for a state of the display. In one step, because WebDriver reports an element that leaves the page meanwhile as
/// an error.
pub(crate) async fn shows(window: &Window, face: &str) {
    let look = "return document.querySelector('[data-testid=display-state]')?.dataset.state ?? ''";
    let began = std::time::Instant::now();
    loop {
        let seen = window.script(look).await;
        if seen == face {
            return;
        }
        assert!(began.elapsed().as_secs() < 20, "{face}, not {seen}");
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
}

/// Checks that a call is refused before it reaches the command: an error about its arguments would mean that it is not.
async fn forbidden(window: &Window, command: &str, args: serde_json::Value) {
    let answer = window
        .script_async(&format!(
            "window.__TAURI_INTERNALS__.invoke('{command}', {args})
               .then(() => done('done'), (error) => done(JSON.stringify(error)));"
        ))
        .await;
    assert!(
        answer.to_string().contains("not allowed"),
        "{command}: {answer}"
    );
}

/// The id of sale 1's invoice, as the cashier's window knows it.
pub(crate) async fn invoice_of_sale_1(window: &Window) -> String {
    window.switch_to_page(TILL).await;
    let sale = window
        .script_async("window.__TAURI_INTERNALS__.invoke('sale', { number: 1 }).then(done);")
        .await;
    sale["invoice_id"].as_str().expect("an invoice").to_owned()
}
