//! Items of a real counter in the real window, with keys and a pointer of the X server: tabs that are dragged and moved by
//! the keyboard, the search, options, a weight that is typed and one that is scanned, a deposit, what is sold out, and a
//! stock that warns.

use serde_json::{Value, json};

use ringup_testkit::{Desktop, Scan, ScanKeys, Window, start_gateway};

const KEY: &str = "canary-key-4718";
/// Cheese, 0.512 kg.
const OF_A_SCALE: &str = "2112345005126";
const EAN_8: &str = "96385074";

fn item(place: usize, name: &str, price_minor: u32, more: &Value) -> Value {
    let mut item = json!({
        "id": format!("00000000-0000-4000-8000-{place:012}"), "name": name, "price_minor": price_minor,
        "currency": "EUR", "colour": "sand", "tax": 1900, "barcode": null});
    for (field, value) in more.as_object().expect("fields") {
        item[field] = value.clone();
    }
    item
}

/// A shop whose items are sorted, on a desktop whose window manager gives the window the keyboard.
fn shop() -> Desktop {
    let mut desktop = Desktop::with_screen(1024, 600);
    let option = |name: &str, minor: i64| json!({"name": name, "difference_minor": minor});
    let groups = json!([
        {"name": "Size", "choose": "one", "options": [option("small", 0), option("large", 80)]},
        {"name": "Extras", "choose": "any", "options": [option("oat milk", 40), option("second shot", 90)]},
    ]);
    let bottle = json!({"price_minor": 25, "tax": {"kind": "own", "rate": 700}});
    let items = json!({"schema": 2, "items": [
        item(1, "Coffee", 350, &json!({"category": "Hot", "options": groups})),
        item(2, "Green tea", 320, &json!({"category": "Hot"})),
        item(3, "Cola", 220, &json!({"category": "Cold", "deposit": bottle, "warn_at": 9})),
        item(4, "Milk", 100, &json!({"category": "Cold", "sold_out": true, "barcode": EAN_8})),
        item(5, "Cheese", 2490, &json!({"category": "Food", "sold": "weight", "barcode": "2112345"})),
        item(6, "Gift card", 0, &json!({"sold": "open"})),
    ]});
    let scale = json!([{"prefix": 21, "holds": "weight", "article_digits": 5, "value_digits": 5}]);
    let settings = json!({"scanner": {"learnt": null, "scale_codes": scale}});
    std::fs::create_dir_all(desktop.data_dir()).expect("made");
    for (name, file) in [("items.json", &items), ("settings.json", &settings)] {
        std::fs::write(desktop.data_dir().join(name), file.to_string()).expect("written");
    }
    desktop.start_window_manager();
    desktop
}

/// The names on the tabs, in their order.
async fn tabs(window: &Window) -> Vec<String> {
    let names = "return [...document.querySelectorAll('[data-testid=category]')].map((tab) => tab.dataset.category)";
    let names = window.script(names).await;
    serde_json::from_value(names).expect("names")
}

/// The names of the items that are shown.
async fn shown(window: &Window) -> Vec<String> {
    let names = "return [...document.querySelectorAll('[data-testid=items] .name')].map((name) => name.textContent)";
    let names = window.script(names).await;
    serde_json::from_value(names).expect("names")
}

async fn wait_for_tabs(window: &Window, expected: [&str; 3]) {
    for _ in 0..100 {
        if tabs(window).await == expected {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(40)).await;
    }
    panic!("{:?} instead of {expected:?}", tabs(window).await);
}

/// Where the middle of a tab is on the screen.
async fn middle_of(window: &Window, tab: &str) -> [String; 2] {
    let script = format!(
        "const box = document.querySelector('[data-category={tab}]').getBoundingClientRect();
         const edge = [(outerWidth - innerWidth) / 2, outerHeight - innerHeight - (outerWidth - innerWidth) / 2];
         return [screenX + edge[0] + box.x + box.width / 2, screenY + edge[1] + box.y + box.height / 2]"
    );
    let place: [f64; 2] = serde_json::from_value(window.script(&script).await).expect("a place");
    place.map(|px| px.round().to_string())
}

/// Types keys with the pauses of a hand.
fn type_keys(window: &Window, keys: &[&str]) {
    for (key, pause) in keys
        .iter()
        .zip(["0.31", "0.19", "0.44", "0.25"].iter().cycle())
    {
        window.desktop.xdotool(&["key", key, "sleep", pause]);
    }
}

fn scan(window: &Window, code: &'static str) {
    let (ending, keys) = (Some("Return"), ScanKeys::Keyboard);
    window.desktop.scan(Scan {
        code,
        gap_ms: 20,
        ending,
        keys,
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_sells_by_category_option_weight_and_bottle() {
    let gateway = start_gateway(KEY).await;
    let window = Window::open(shop(), &gateway.base_url()).await;
    window.first_run(KEY).await;
    window.resize(1024, 600).await;
    wait_for_tabs(&window, ["Hot", "Cold", "Food"]).await;
    window.screenshot("counter-pad").await;

    // A tab is dragged before the first, and moved back by the keyboard alone.
    let [from, to] = [
        middle_of(&window, "Food").await,
        middle_of(&window, "Hot").await,
    ];
    window.desktop.xdotool(&[
        "mousemove",
        &from[0],
        &from[1],
        "mousedown",
        "1",
        "sleep",
        "0.2",
        "mousemove",
        "--sync",
        &to[0],
        &to[1],
        "sleep",
        "0.3",
        "mouseup",
        "1",
    ]);
    wait_for_tabs(&window, ["Food", "Hot", "Cold"]).await;
    window
        .script("document.querySelector('[data-testid=category-all]').focus()")
        .await;
    type_keys(&window, &["Right", "ctrl+Right"]);
    wait_for_tabs(&window, ["Hot", "Food", "Cold"]).await;
    window.screenshot("counter-tab").await;
    assert_eq!(shown(&window).await, ["Cheese"], "its tab is open");
    window.tap("category-all").await;

    // A letter begins the search; Enter asks for the options of what is found.
    type_keys(&window, &["c", "o", "f"]);
    assert_eq!(shown(&window).await, ["Coffee"]);
    type_keys(&window, &["Return"]);
    window.find("sell-item").await;
    window.screenshot("counter-options").await;
    // The size by an arrow key, an extra by the space bar.
    type_keys(&window, &["Down", "Tab", "space", "Return"]);
    window.wait_for_text("pad-amount", "4.70").await;
    window
        .wait_for_text("pad-lines", "Coffee, large, oat milk")
        .await;

    // A weight that is typed, and one that is scanned.
    type_keys(&window, &["c", "h", "e", "Return"]);
    window.find("sell-item").await;
    type_keys(&window, &["3", "5", "0"]);
    window.wait_for_text("sell-typed", "0.350").await;
    window.screenshot("counter-weight").await;
    type_keys(&window, &["Return"]);
    window.wait_for_text("pad-amount", "13.42").await;
    scan(&window, OF_A_SCALE);
    window.wait_for_text("pad-amount", "26.17").await;

    // A bottle with its deposit.
    type_keys(&window, &["c", "o", "l", "Return"]);
    window.wait_for_text("cart-deposit", "0.25").await;
    window.wait_for_text("pad-amount", "28.62").await;

    // What is sold out asks when it is touched; a scan of it is not lost, and is told.
    type_keys(&window, &["m", "i", "l", "k", "Return"]);
    window.find("sell-sold-out").await;
    window.screenshot("counter-sold-out").await;
    type_keys(&window, &["Escape"]);
    window.wait_until_gone("sell-item").await;
    scan(&window, EAN_8);
    window.wait_for_text("scan-sold-out", "Milk").await;
    window.wait_for_text("pad-amount", "29.62").await;
    window.screenshot("counter-cart").await;

    window.tap("charge").await;
    window
        .wait_for_attribute("payment", "data-state", "awaiting")
        .await;
    let desktop = window.close().await;
    let opened = desktop.query_journal("SELECT body FROM entry WHERE kind = 'sale_opened'");
    let opened: Value = serde_json::from_str(opened.trim()).expect("an entry");
    let weighed = |grams: u32, minor: u32| {
        json!({"name": "Cheese", "quantity": 1, "unit_minor": minor, "tax": 1900, "category": "Food",
               "weight": {"grams": grams, "kilogram_minor": 2490}})
    };
    let lines = json!([
        {"name": "Coffee", "quantity": 1, "unit_minor": 470, "tax": 1900, "category": "Hot", "options": ["large", "oat milk"]},
        weighed(350, 872),
        weighed(512, 1275),
        {"name": "Cola", "quantity": 1, "unit_minor": 220, "tax": 1900,
         "item": "00000000-0000-4000-8000-000000000003", "category": "Cold"},
        {"name": "Cola", "quantity": 1, "unit_minor": 25, "tax": 700, "category": "Cold", "deposit": true},
        {"name": "Milk", "quantity": 1, "unit_minor": 100, "tax": 1900, "category": "Cold"},
    ]);
    assert_eq!(opened["lines"], lines);
    assert_eq!(opened["amount_minor"], 2962);
    // The order of the tabs is kept: it is that of the items.
    let kept = std::fs::read_to_string(desktop.data_dir().join("items.json")).expect("the items");
    let kept: Value = serde_json::from_str(&kept).expect("JSON");
    assert_eq!(kept["items"][0]["category"], "Hot");
    assert_eq!(kept["items"][2]["category"], "Food");
    let verified = desktop.ringup().arg("verify").output().expect("runs");
    assert!(verified.status.success(), "{verified:?}");
    gateway.stop().await;
}
