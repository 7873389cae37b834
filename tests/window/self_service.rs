//! Self-service: customers can choose among the offered amounts, and reach nothing else of the till.

use std::time::{Duration, Instant};

use serde_json::json;
use thirtyfour::Key;

use crate::accessible::assert_keeps_the_rules;
use crate::kiosk::told;
use crate::who_may::{asked, unlock};
use ringup_testkit::{Desktop, FAST_POLL_MS, KeychainState, Window, newest_invoice, start_gateway};

const KEY: &str = "canary-key-4733";
const PIN: &str = "2468";

/// After this many seconds without a touch the first screen comes back; the shortest time that can be set.
const REST: Duration = Duration::from_secs(10);

/// Everything that a tap or the Tab key can reach.
const REACHED: &str = "return [...document.querySelectorAll('button, a, input, select, [tabindex=\"0\"]')]
    .filter((element) => element.checkVisibility()).map((element) => element.dataset.testid ?? element.outerHTML)";

async fn locked_till(settings: serde_json::Value) -> (Window, ringup_practice::PracticeGateway) {
    let mut desktop = Desktop::without_screen(KeychainState::Open);
    desktop.start_screen(1024, 600);
    desktop.start_window_manager();
    let gateway = start_gateway(KEY).await;
    told(desktop.ringup().args(["pin", "set"]), PIN);
    told(
        desktop
            .ringup()
            .args(["key", "set"])
            .env("RINGUP_API_URL", gateway.base_url()),
        KEY,
    );
    let file = desktop.data_dir().join("settings.json");
    std::fs::write(file, settings.to_string()).expect("written");
    let window = Window::open_with(desktop, &gateway.base_url(), &["--kiosk"], FAST_POLL_MS).await;
    (window, gateway)
}

/// Waits for the first screen to come back by itself, and checks that this is not too soon.
async fn comes_back(window: &Window, id: &str, since: Instant) {
    until(window, id, true).await;
    not_at_once(id, since);
}

fn not_at_once(what: &str, since: Instant) {
    let (took, least) = (since.elapsed(), REST - Duration::from_secs(1));
    assert!(took >= least, "{what}: back too soon, after {took:?}");
}

async fn until(window: &Window, id: &str, there: bool) {
    let began = Instant::now();
    while window.has(id).await != there {
        assert!(began.elapsed() < REST * 4, "{id}: not {there}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_pay_what_is_offered_and_reach_nothing_else() {
    let (window, gateway) = locked_till(json!({
        "shop": { "name": "Waschsalon Nord" },
        "kiosk": {
            "self_service": true,
            "return_after_s": REST.as_secs(),
            "offers": [
                { "name": "Wash", "amount": "4.50", "currency": "EUR" },
                { "name": "Dry", "amount": "2.00", "currency": "EUR" },
            ],
        },
    }))
    .await;
    window.find("offers").await;
    window.screenshot("self-service").await;
    assert_keeps_the_rules(&window, "offers").await;
    let reached = window.script(REACHED).await;
    assert_eq!(
        reached,
        json!(["nav-pad", "offer", "offer", "offers-staff"]),
        "nothing else can be touched"
    );

    // A keyboard that a customer brought.
    window.type_text("125").await;
    window.keys(&[Key::Enter, Key::Escape]).await;
    window.scan("4006381333931").await;
    window.find("offers").await;
    assert_eq!(gateway.control().invoices().len(), 0);

    // Commands, past all screens.
    let charge = |minor: i64, currency: &str| {
        let tap = format!("00000000-0000-4000-8000-{minor:012}");
        let amount = json!({ "minor": minor, "currency": currency });
        json!({ "charge": { "amount": amount, "note": null, "tap": tap } })
    };
    for (command, args, answer) in [
        ("charge", charge(451, "EUR"), "not_offered"),
        ("charge", charge(450, "USD"), "not_offered"),
        ("charge", charge(1, "EUR"), "not_offered"),
        ("sales", json!({ "query": {} }), "pin_needed"),
        ("sale_detail", json!({ "number": 1 }), "pin_needed"),
        ("report", json!({ "day": null }), "pin_needed"),
        ("closes", json!({ "beforeSeq": null }), "pin_needed"),
        ("save_settings", json!({ "settings": {} }), "pin_needed"),
        ("clear_key", json!({}), "pin_needed"),
        ("payment_seen", json!({ "number": 1 }), "pin_needed"),
        ("print_close", json!({ "seq": 1 }), "pin_needed"),
        ("printer_test", json!({}), "pin_needed"),
        ("leave_kiosk", json!({}), "pin_needed"),
        ("quit", json!({}), "pin_needed"),
    ] {
        assert_eq!(asked(&window, command, args).await, answer, "{command}");
    }
    assert_eq!(gateway.control().invoices().len(), 0);

    // One tap shows the QR, which stays as long as the customer needs it.
    window.tap("offer").await;
    window.wait_for_state("payment", "awaiting").await;
    window.qr_area().await;
    window.screenshot("self-service-code").await;
    assert_keeps_the_rules(&window, "a customer's own code").await;
    assert!(!window.has("nav-settings").await);
    assert!(!window.has("open-sales").await);
    let invoice = newest_invoice(&gateway.control());
    // The payment comes later than the set time, and the paid screen is still shown for its own time.
    tokio::time::sleep(REST + Duration::from_secs(2)).await;
    let paid = Instant::now();
    gateway.control().pay(&invoice).expect("paid");
    window.find("paid").await;
    window.screenshot("self-service-paid").await;
    comes_back(&window, "offers", paid).await;
    assert!(!window.has("alarm").await, "it has been seen");

    // After an invoice that ends unpaid the first screen comes back too.
    window.tap("offer").await;
    window.wait_for_state("payment", "awaiting").await;
    let invoice = newest_invoice(&gateway.control());
    let ended = Instant::now();
    gateway.control().end(&invoice).expect("over");
    window.wait_for_state("payment", "ended").await;
    comes_back(&window, "offers", ended).await;

    // Staff get in with the PIN, others do not.
    window.tap("offers-staff").await;
    let tried = Instant::now();
    unlock(&window, "1111").await;
    window.wait_for_state("lock-said", "wrong").await;
    until(&window, "lock", false).await;
    not_at_once("the lock", tried);
    assert!(window.has("offers").await);
    window.tap("offers-staff").await;
    unlock(&window, PIN).await;
    window.find("pad").await;
    let left = Instant::now();
    window.tap_to("nav-sales", "sale-row").await;
    comes_back(&window, "offers", left).await;
    assert_eq!(
        asked(&window, "sales", json!({ "query": {} })).await,
        "pin_needed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_may_choose_the_card_where_the_shop_says_so_and_staff_confirm_it() {
    let (window, gateway) = locked_till(json!({
        "tenders": [{ "way": "crypto" }, { "way": "cash" }, { "way": "card" }],
        "kiosk": {
            "self_service": true,
            "card": true,
            "return_after_s": REST.as_secs(),
            "offers": [{ "name": "Wash", "amount": "4.50", "currency": "EUR" }],
        },
    }))
    .await;
    window.tap_to("offer", "offer-dialog").await;
    assert!(!window.has("pay-cash").await, "cash is never offered");
    window.screenshot("self-service-choose").await;
    assert_keeps_the_rules(&window, "how a customer pays").await;
    window.tap_to("offer-card", "offer-card-say").await;
    window.screenshot("self-service-card").await;
    // A customer cannot say that they paid: nothing is written without the PIN.
    let charge = json!({ "charge": {
        "amount": { "minor": 450, "currency": "EUR" }, "note": null,
        "tap": "00000000-0000-4000-8000-000000000450", "tender": { "way": "card" },
    } });
    assert_eq!(asked(&window, "charge", charge).await, "pin_needed");
    window.tap("offer-card-taken").await;
    unlock(&window, "1111").await;
    window.wait_for_state("lock-said", "wrong").await;
    window.tap("lock-back").await;
    window.find("offers").await;
    let sales = || window.desktop.query_journal("SELECT count(*) FROM sale");
    assert_eq!(sales(), "0\n");

    window.tap_to("offer", "offer-card").await;
    window.tap_to("offer-card", "offer-card-taken").await;
    window.tap_to("offer-card-taken", "lock").await;
    unlock(&window, PIN).await;
    window.wait_for_text("paid-amount", "4.50").await;
    let (took, by) = (
        sales(),
        "SELECT body ->> '$.way' FROM entry WHERE kind = 'tender_taken'",
    );
    assert_eq!(
        (took.as_str(), window.desktop.query_journal(by).as_str()),
        ("1\n", "card\n")
    );
    // Whoever confirmed it has gone: the till is locked again, long before it would lock by itself.
    let paid = Instant::now();
    until(&window, "nav-settings", false).await;
    assert!(paid.elapsed() < REST / 2, "{:?}", paid.elapsed());
    assert_eq!(
        asked(&window, "sales", json!({ "query": {} })).await,
        "pin_needed"
    );

    // Crypto is one tap more than where it is alone.
    comes_back(&window, "offers", Instant::now() - REST).await;
    window.tap_to("offer", "offer-crypto").await;
    window.tap("offer-crypto").await;
    window.wait_for_state("payment", "awaiting").await;
    assert_eq!(gateway.control().invoices().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_till_comes_back_to_its_pad_and_leaves_a_waiting_customer_alone() {
    let rest = json!({ "kiosk": { "return_after_s": REST.as_secs() } });
    let (window, _gateway) = locked_till(rest).await;
    window.find("pad").await;
    window.tap("nav-settings").await;
    let left = Instant::now();
    unlock(&window, PIN).await;
    window.find("settings").await;
    comes_back(&window, "pad", left).await;
    assert_eq!(asked(&window, "quit", json!({})).await, "pin_needed");

    window.open_sale("4.5").await;
    // A customer who looks for their phone touches nothing for longer than the set time.
    tokio::time::sleep(REST + Duration::from_secs(2)).await;
    assert!(window.has("payment").await);
}
