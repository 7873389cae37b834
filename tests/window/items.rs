//! Items beside the keys, a barcode scanner, tips, and the number of taps from a cleared pad to a QR, which must be those
//! in docs/taps.md.

use std::path::Path;

use serde_json::{Value, json};

use crate::looks::{assert_fits, font_px};
use ringup_testkit::{Desktop, Window, start_gateway};

const KEY: &str = "canary-key-4717";
const CODE: &str = "4006381333931";

/// A shop with items.
pub(crate) fn cafe() -> Desktop {
    let desktop = Desktop::with_screen(1280, 800);
    let item = |place: usize, name: &str, price_minor: u32, colour: &str, tax: u32| {
        json!({"id": format!("00000000-0000-4000-8000-{place:012}"), "name": name, "price_minor": price_minor,
               "currency": "EUR", "colour": colour, "tax": tax, "barcode": null})
    };
    let mut items = vec![
        item(1, "Coffee", 350, "coral", 1900),
        item(2, "Apple cake", 420, "rose", 700),
        item(3, "Cappuccino", 390, "coral", 1900),
        item(4, "Hot chocolate with cream", 450, "coral", 1900),
        item(5, "Green tea", 320, "lemon", 1900),
        item(6, "Elderflower lemonade", 380, "lemon", 1900),
        item(7, "Schwarzwälder Kirschtorte", 540, "rose", 700),
        item(8, "Croissant", 250, "amber", 700),
        item(9, "Water", 220, "sky", 1900),
        item(10, "Coffee machine", 249_900, "stone", 1900),
        item(11, "Gift card", 2500, "lilac", 0),
        item(12, "Beans, 1 kg", 2490, "sand", 700),
    ];
    items[11]["barcode"] = json!(CODE);
    let file = json!({"schema": 1, "items": items});
    std::fs::create_dir_all(desktop.data_dir()).expect("made");
    std::fs::write(desktop.data_dir().join("items.json"), file.to_string()).expect("written");
    desktop
}

/// Taps these until the QR is shown; returns the number of taps.
async fn taps_to_a_qr(window: &Window, keys: &[&str]) -> usize {
    window.find("pad").await;
    window
        .wait_for_attribute("charge", "disabled", "true")
        .await;
    for key in keys {
        window.tap(key).await;
    }
    window.wait_for_state("payment", "awaiting").await;
    window.qr_area().await;
    window.tap("payment-next").await;
    keys.len()
}

/// Ringup's row in the table of docs/taps.md: taps for 3.50, for 12.00, and for two coffees and a cake.
fn told(style: &str) -> Vec<usize> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/taps.md");
    let text = std::fs::read_to_string(path).expect("the table");
    let row = text
        .lines()
        .find(|line| line.starts_with(&format!("| **Ringup**, {style} |")));
    let cells = row.expect("our row").split('|').skip(2).take(3);
    cells
        .map(|cell| cell.trim().trim_matches('*').parse().expect("a number"))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_coffees_and_a_cake() {
    let gateway = start_gateway(KEY).await;
    let window = Window::open(cafe(), &gateway.base_url()).await;
    window.first_run(KEY).await;

    // Taps from a cleared pad.
    let counted = [
        taps_to_a_qr(&window, &["key-3", "key-5", "key-0", "charge"]).await,
        taps_to_a_qr(&window, &["key-1", "key-2", "charge-whole"]).await,
        taps_to_a_qr(&window, &["item-1", "item-1", "item-2", "charge"]).await,
    ];
    assert_eq!(told("cents first"), counted, "docs/taps.md");
    window.tap("nav-settings").await;
    window.choose("settings-entry-style", "decimal").await;
    window.tap("settings-save").await;
    window.tap("nav-pad").await;
    let counted = [
        taps_to_a_qr(&window, &["key-3", "key-point", "key-5", "charge"]).await,
        taps_to_a_qr(&window, &["key-1", "key-2", "charge"]).await,
        taps_to_a_qr(&window, &["item-1", "item-1", "item-2", "charge"]).await,
    ];
    assert_eq!(told("decimal"), counted, "docs/taps.md");

    // Keys, items and cart fit on a screen of ten inches, and nothing is cut off.
    for (width, height) in [(1024, 600), (1280, 800)] {
        window.resize(width, height).await;
        window
            .tap_each(&["item-1", "item-1", "item-2", "item-4", "item-7"])
            .await;
        window.screenshot(&format!("{width}x{height}-items")).await;
        assert_fits(&window, "pad").await;
        assert_holds(&window, "pad-amount", 45).await;
        for key in [
            "key-7",
            "key-point",
            "key-backspace",
            "key-plus",
            "charge",
            "item-1",
        ] {
            let [_, _, key_width, key_height] = window.rect(key).await;
            assert!(
                key_width >= 64 && key_height >= 64,
                "{key}: {key_width}×{key_height}"
            );
            if key.starts_with("key") {
                assert!(font_px(&window, key).await >= 28.0, "{key}");
            }
        }
        // The largest amount is drawn smaller.
        for _ in 0..20 {
            window.tap("item-10").await;
        }
        window
            .screenshot(&format!("{width}x{height}-items-large"))
            .await;
        assert_holds(&window, "pad-amount", 20).await;
        assert_holds(&window, "charge", 0).await;
        window.tap("key-clear").await;
    }

    // A scanner's code finds an item, and never becomes an amount.
    window.scan(CODE).await;
    window.wait_for_text("pad-amount", "24.90").await;
    window.wait_for_text("pad-lines", "Beans").await;
    window.scan("4099999000001").await;
    window.wait_for_text("scan-unknown", "4099999000001").await;
    assert!(window.text("pad-amount").await.contains("24.90"));
    window.screenshot("scan-unknown").await;
    window.tap("key-clear").await;

    // With tips there is one tap more.
    window
        .tap_each(&[
            "nav-settings",
            "settings-tab-items",
            "settings-tips",
            "settings-discounts",
            "settings-save",
        ])
        .await;
    window.screenshot("settings-items").await;
    window.tap("nav-pad").await;
    window.tap_each(&["item-1", "item-1", "item-2"]).await;
    window.tap_to("pad-discount", "discount").await;
    for (width, height) in [(1024, 600), (1280, 800)] {
        window.resize(width, height).await;
        window
            .screenshot(&format!("{width}x{height}-discount"))
            .await;
        assert_fits(&window, "discount").await;
    }
    window.tap("discount-percent").await;
    window.tap_to("charge", "tip").await;
    window.scan(CODE).await;
    for (width, height) in [(1024, 600), (1280, 800)] {
        window.resize(width, height).await;
        window.screenshot(&format!("{width}x{height}-tip")).await;
        assert_fits(&window, "tip").await;
    }
    window.tap("tip-percent").await;
    window.wait_for_state("payment", "awaiting").await;
    // 11.20 less 5 % is 10.64, and 5 % of that is the tip.
    assert!(window.text("payment-amount").await.contains("11.17"));

    let desktop = window.close().await;
    let opened = desktop.query_journal(
        "SELECT body FROM entry WHERE kind = 'sale_opened' ORDER BY seq DESC LIMIT 1",
    );
    let opened: Value = serde_json::from_str(opened.trim()).expect("an entry");
    let lines = json!([
        {"name": "Coffee", "quantity": 2, "unit_minor": 350, "tax": 1900},
        {"name": "Apple cake", "quantity": 1, "unit_minor": 420, "tax": 700},
    ]);
    assert_eq!(opened["lines"], lines);
    assert_eq!(opened["discount_minor"], 56);
    assert_eq!(opened["discount_rate"], 500);
    assert_eq!(opened["tip_minor"], 53);
    assert_eq!(opened["amount_minor"], 1117);
    let sales = desktop.query_journal("SELECT count(*) FROM sale");
    assert_eq!(sales, "7\n", "no scan was a sale");
    let verified = desktop.ringup().arg("verify").output().expect("runs");
    assert!(verified.status.success(), "{verified:?}");
    gateway.stop().await;
}

/// Checks that an element's text is within it, and not smaller than this many pixels.
async fn assert_holds(window: &Window, id: &str, least_px: u32) {
    let found = window
        .script(&format!(
            "const e = document.querySelector('[data-testid={id}]');
             const room = e.closest('.room, button');
             const px = parseFloat(getComputedStyle(e).fontSize);
             return [room.scrollWidth - room.clientWidth, px]"
        ))
        .await;
    assert!(
        found[0].as_f64().expect("a number") <= 0.0,
        "{id} clips: {found}"
    );
    assert!(
        found[1].as_f64().expect("a number") >= f64::from(least_px),
        "{id}: {found}"
    );
}
