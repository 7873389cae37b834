//! Barcode scanners as the X server sends their keys: slow and fast, with other layouts, with and without NumLock; and amounts
//! that people type.

use serde_json::{Value, json};

use ringup_practice::{Endpoint, PracticeGateway};
use ringup_testkit::{Desktop, Scan, ScanKeys, Window, start_gateway};

const KEY: &str = "canary-key-4731";
const SPEEDS_MS: [u64; 6] = [5, 20, 35, 50, 80, 120];
/// A scanner that is set to US English is right with none of these.
const LAYOUTS: [&str; 5] = ["fr", "be", "de", "ru", "tr"];

const EAN_8: &str = "96385074";
const EAN_13: &str = "4006381333931";
const UPC_A: &str = "012345678905";
const WITH_SLASH: &str = "AB/1234";
const OF_A_SCALE: &str = "2112345005126";
/// The barcode of what was weighed: the first digits of the scale's code.
const APPLES: &str = "2112345";

/// A shop with an item for each code, on a desktop with a window manager, which gives the window the keyboard.
async fn shop(gateway: &PracticeGateway, settings: Value) -> Window {
    let mut desktop = Desktop::with_screen(1280, 800);
    let item = |place: usize, name: &str, price_minor: u32, barcode: &str| {
        json!({"id": format!("00000000-0000-4000-8000-{place:012}"), "name": name, "price_minor": price_minor,
               "currency": "EUR", "colour": "sand", "tax": null, "barcode": barcode})
    };
    let items = json!({"schema": 1, "items": [
        item(1, "Gum", 100, EAN_8),
        item(2, "Pen", 250, EAN_13),
        item(3, "Tea", 300, &format!("0{UPC_A}")),
        item(4, "Cable", 900, WITH_SLASH),
        item(5, "Apples", 299, APPLES),
    ]});
    std::fs::create_dir_all(desktop.data_dir()).expect("made");
    let write = |name: &str, file: &Value| {
        std::fs::write(desktop.data_dir().join(name), file.to_string()).expect("written");
    };
    write("items.json", &items);
    write("settings.json", &settings);
    desktop.start_window_manager();
    let window = Window::open(desktop, &gateway.base_url()).await;
    window.first_run(KEY).await;
    window.desktop.xdotool(&["mousemove", "400", "400"]);
    window
}

/// Waits for the item that a scan has put into the cart, then clears the pad.
async fn assert_sold(window: &Window, item: &str, amount: &str, what: &str) {
    let began = std::time::Instant::now();
    loop {
        let (sum, page) = (window.text("pad-amount").await, window.page_text().await);
        if sum.contains(amount) && window.text("pad-lines").await.contains(item) {
            break;
        }
        assert!(
            began.elapsed() < std::time::Duration::from_secs(4),
            "{what}: {sum}\n{page}"
        );
        tokio::time::sleep(std::time::Duration::from_millis(40)).await;
    }
    assert!(!window.has("confirm-amount").await, "{what}");
    window.tap("key-clear").await;
    window.wait_for_text("pad-amount", "0.00").await;
}

fn assert_no_invoice(gateway: &PracticeGateway) {
    assert_eq!(gateway.control().count(Endpoint::Create), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_scan_becomes_an_invoice_at_any_speed_with_any_layout() {
    let gateway = start_gateway(KEY).await;
    let window = shop(&gateway, json!({})).await;
    let endings = [Some("Return"), Some("Tab"), None];
    let mut scans = 0;
    for (place, layout) in LAYOUTS.into_iter().enumerate() {
        window.desktop.set_keyboard_layout(layout);
        // NumLock is off at first; each layout meets both.
        for numpad in [false, true] {
            window.desktop.toggle_num_lock();
            for (turn, gap_ms) in SPEEDS_MS.into_iter().enumerate() {
                let ending = endings[(place + turn + usize::from(numpad)) % endings.len()];
                let what = format!("{layout}, numpad {numpad}, {gap_ms} ms, {ending:?}");
                let (code, keys, item, amount) = if (turn + place) % 2 == 0 {
                    (EAN_8, ScanKeys::Numpad, "Gum", "1.00")
                } else {
                    (EAN_13, ScanKeys::Keyboard, "Pen", "2.50")
                };
                window.desktop.scan(Scan {
                    code,
                    gap_ms,
                    ending,
                    keys,
                });
                assert_sold(&window, item, amount, &what).await;
                scans += 1;
            }
        }
    }
    assert_eq!(scans, 60);
    assert_no_invoice(&gateway);
    println!("{scans} scans by X key events, 5 layouts, NumLock on and off: 0 invoices");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_code_finds_its_item_wherever_the_focus_is() {
    let gateway = start_gateway(KEY).await;
    let scale = json!([{"prefix": 21, "holds": "weight", "article_digits": 5, "value_digits": 5}]);
    let settings = json!({"scanner": {"learnt": null, "scale_codes": scale}});
    let window = shop(&gateway, settings).await;
    let scan = |code, gap_ms, keys| {
        window.desktop.scan(Scan {
            code,
            gap_ms,
            ending: Some("Return"),
            keys,
        });
    };
    let with_aim = format!("]E0{EAN_13}");
    for gap_ms in [8, 60] {
        for layout in ["us", "fr", "de"] {
            window.desktop.set_keyboard_layout(layout);
            for (code, item, amount) in [
                (UPC_A, "Tea", "3.00"),
                (with_aim.as_str(), "Pen", "2.50"),
                (WITH_SLASH, "Cable", "9.00"),
                (OF_A_SCALE, "Apples 0.512 kg", "1.53"),
            ] {
                scan(code, gap_ms, ScanKeys::Keyboard);
                let what = format!("{code}, {gap_ms} ms, {layout}");
                assert_sold(&window, item, amount, &what).await;
            }
        }
        window.desktop.set_keyboard_layout("us");

        window.desktop.toggle_caps_lock();
        scan(WITH_SLASH, gap_ms, ScanKeys::Keyboard);
        assert_sold(&window, "Cable", "9.00", "CapsLock").await;
        window.desktop.toggle_caps_lock();

        scan(EAN_8, gap_ms, ScanKeys::AltNumbers);
        assert_sold(&window, "Gum", "1.00", "Alt and numbers").await;

        window.tap("pad-note").await;
        scan(EAN_8, gap_ms, ScanKeys::Keyboard);
        assert_sold(&window, "Gum", "1.00", "in the note").await;
        let note = window.find("pad-note").await.prop("value").await;
        assert_eq!(note.expect("answered").as_deref(), Some(""));

        window.tap("nav-sales").await;
        window.tap("sales-search").await;
        scan(EAN_8, gap_ms, ScanKeys::Keyboard);
        window.find("pad").await;
        assert_sold(&window, "Gum", "1.00", "in the search").await;
    }
    assert_no_invoice(&gateway);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scanner_is_learnt_from_one_scan_and_a_burst_is_confirmed() {
    let gateway = start_gateway(KEY).await;
    let window = shop(&gateway, json!({})).await;
    let scan = |code, gap_ms| {
        window.desktop.scan(Scan {
            code,
            gap_ms,
            ending: Some("Return"),
            keys: ScanKeys::Keyboard,
        });
    };
    // A short code of no item, from a scanner that the till does not know.
    scan("12345", 50);
    window
        .wait_for_attribute("confirm-amount-why", "data-why", "burst")
        .await;
    window.screenshot("confirm-amount").await;
    // The next scan confirms nothing, neither do the keys that end it.
    scan("12345", 50);
    scan("12345", 8);
    window.desktop.xdotool(&["key", "Tab"]);
    assert_no_invoice(&gateway);
    if window.has("charge-back").await {
        window.tap("charge-back").await;
    }
    window.tap("key-clear").await;

    window
        .tap_each(&[
            "nav-settings",
            "settings-tab-items",
            "settings-scanner-learn",
        ])
        .await;
    window.wait_for_state("settings-scanner", "waiting").await;
    scan(EAN_13, 50);
    window.wait_for_state("settings-scanner", "learnt").await;
    window
        .wait_for_attribute("settings-scanner", "data-ending", "enter")
        .await;
    let gap_ms = window.attribute("settings-scanner", "data-gap").await;
    let gap_ms: u32 = gap_ms.parse().expect("a number");
    assert!((40..=80).contains(&gap_ms), "{gap_ms} ms");
    window.screenshot("settings-scanner").await;
    window.tap("settings-save").await;
    window.tap("nav-pad").await;
    scan("12345", 50);
    window.wait_for_text("scan-unknown", "12345").await;
    assert!(!window.has("confirm-amount").await);
    assert!(window.text("pad-amount").await.contains("0.00"));
    assert_no_invoice(&gateway);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_far_beyond_the_usual_is_confirmed_by_another_tap() {
    let gateway = start_gateway(KEY).await;
    let window = shop(&gateway, json!({})).await;
    window
        .tap_each(&["key-9", "key-0", "key-00", "key-0", "charge"])
        .await;
    window
        .wait_for_attribute("confirm-amount-why", "data-why", "unusual")
        .await;
    window.screenshot("confirm-amount-unusual").await;
    // Enter at once confirms nothing.
    window.desktop.xdotool(&["key", "Return"]);
    assert_no_invoice(&gateway);
    // By keyboard, after a moment: past the cross and the way back.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    for key in ["Tab", "Tab", "Tab", "Return"] {
        window.desktop.xdotool(&["key", key]);
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
    }
    window.wait_for_state("payment", "awaiting").await;
    assert!(window.text("payment-amount").await.contains("900.00"));
    assert_eq!(gateway.control().count(Endpoint::Create), 1);
}

/// Pauses as people make them at a numpad: most near the median, some far longer, the one before Enter the longest.
struct Person {
    state: u64,
    median_ms: u64,
}

impl Person {
    /// From 0 to 999.
    fn draw(&mut self) -> u64 {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % 1000
    }

    fn pause_ms(&mut self) -> u64 {
        // The share of the median, per cent, at every twelfth of a person's pauses.
        const SHARES: [u64; 13] = [58, 68, 76, 83, 89, 95, 100, 106, 113, 122, 134, 152, 210];
        let draw = self.draw();
        let place = usize::try_from(draw * 12 / 1000).expect("small");
        let within = draw * 12 % 1000;
        let share = SHARES[place] + (SHARES[place + 1] - SHARES[place]) * within / 1000;
        self.median_ms * share / 100
    }

    fn amount(&mut self) -> String {
        let digits = 3 + self.draw() % 3;
        let first = 1 + self.draw() % 4;
        let rest = (1..digits).map(|_| self.draw() % 10);
        std::iter::once(first)
            .chain(rest.collect::<Vec<_>>())
            .map(|digit| digit.to_string())
            .collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_amounts_of_people_are_no_scans() {
    let gateway = start_gateway(KEY).await;
    let window = shop(&gateway, json!({"calls_per_minute": 240})).await;
    window.desktop.toggle_num_lock();
    let customer = gateway.control();
    let mut confirmed = 0;
    for (place, median_ms) in [90, 130, 180, 260]
        .into_iter()
        .cycle()
        .take(200)
        .enumerate()
    {
        let mut person = Person {
            state: place as u64 + 1,
            median_ms,
        };
        for _ in 0..8 {
            person.draw();
        }
        let amount = person.amount();
        let mut gaps: Vec<_> = amount.chars().map(|_| person.pause_ms()).collect();
        // The hand goes to Enter, the eye to the amount.
        if let Some(last) = gaps.last_mut() {
            *last *= 2;
        }
        window.desktop.type_on_numpad(&amount, &gaps);
        let minor: u32 = amount.parse().expect("digits");
        let shown = format!("{}.{:02}", minor / 100, minor % 100);
        let began = std::time::Instant::now();
        while !window.has("payment").await {
            if window.has("charge-confirm").await {
                confirmed += 1;
                window.tap("charge-confirm").await;
            }
            assert!(
                began.elapsed() < ringup_testkit::TIMEOUT,
                "{amount} with pauses of {gaps:?}\n{}",
                window.page_text().await
            );
        }
        let charged = window.text("payment-amount").await;
        assert!(charged.contains(&shown), "{charged}, not {shown}: {gaps:?}");
        // Paid, so that the till has no more to do from sale to sale.
        window.wait_for_state("payment", "awaiting").await;
        let invoice = customer.invoices().pop().expect("an invoice");
        customer
            .choose_coin(&invoice.id, "USDT", "TRC20")
            .expect("chosen");
        customer.pay(&invoice.id).expect("paid");
        window.tap_to("paid-done", "pad").await;
    }
    assert_eq!(customer.count(Endpoint::Create), 200);
    println!("200 amounts of people: 0 taken for scans, {confirmed} had to be confirmed");
    assert!(confirmed <= 2, "{confirmed}");
}
