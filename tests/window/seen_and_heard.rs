//! Themes in both windows, the scale, the sounds that are played, and the paid screen that closes by itself.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::looks::font_px;
use ringup_testkit::{Desktop, Window, newest_invoice, open_till, start_gateway};

const KEY: &str = "canary-key-6120";
const TILL: &str = "";
const DISPLAY: &str = "display.html";

/// Records which sounds the page starts, and whether they are played.
const LISTEN: &str = "window.heard = [];
    for (const kind of ['ringup:sound', 'ringup:sounding', 'ringup:silent'])
      addEventListener(kind, ({ detail }) => heard.push([kind, detail.sound]));";

#[tokio::test(flavor = "multi_thread")]
async fn the_shop_chooses_how_the_till_looks_and_sounds() {
    let mut desktop = Desktop::with_screen(1280, 800);
    desktop.start_window_manager();
    let gateway = start_gateway(KEY).await;
    let customer = gateway.control();
    let window = open_till(desktop, &gateway, KEY).await;
    window.tap("nav-settings").await;
    window.tap("settings-tab-counter").await;
    window.choose("settings-display", "window").await;
    window.tap("settings-save").await;
    window.switch_to_page(DISPLAY).await;
    window.find("display").await;

    // Each theme applies at once to both windows.
    for (theme, paper, rail) in [
        ("dark", "rgb(27, 21, 25)", "rgb(17, 12, 15)"),
        ("high-contrast", "rgb(255, 255, 255)", "rgb(0, 0, 0)"),
        ("light", "rgb(244, 237, 227)", "rgb(42, 23, 37)"),
    ] {
        window.switch_to_page(TILL).await;
        looks(&window).await;
        window.tap(&format!("settings-theme-{theme}")).await;
        // A preview, before it is saved.
        becomes(&window, "document.body", "backgroundColor", paper).await;
        window.tap("settings-save").await;
        window.wait_for_text("settings", "Saved").await;
        window.screenshot(&format!("looks-{theme}")).await;
        window.switch_to_page(DISPLAY).await;
        let idle = "document.querySelector('[data-testid=display]')";
        becomes(&window, idle, "backgroundColor", rail).await;
        becomes(&window, "document.body", "backgroundColor", paper).await;
    }
    window.switch_to_page(TILL).await;
    window.tap("settings-theme-dark").await;
    window.tap("settings-save").await;
    window.wait_for_text("settings", "Saved").await;
    // A reloaded page has the theme before the till has answered.
    window.reload().await;
    let worn = window
        .script("return document.documentElement.dataset.theme")
        .await;
    assert_eq!(worn, "dark");
    window.find("pad").await;

    // The scale.
    let before = font_px(&window, "key-5").await;
    let [_, _, rail, _] = window.rect("nav-pad").await;
    looks(&window).await;
    window.choose("settings-scale", "130").await;
    window.tap("settings-save").await;
    window.wait_for_text("settings", "Saved").await;
    window.tap("nav-pad").await;
    let after = font_px(&window, "key-5").await;
    assert!(
        (after / before - 1.3).abs() < 0.02,
        "{before} to {after} px"
    );
    assert!(window.rect("nav-pad").await[2] > rail + rail / 5);
    window.screenshot("looks-130").await;
    looks(&window).await;
    window.choose("settings-scale", "100").await;
    window.tap("settings-paid-returns").await;
    window.fill("settings-paid-after", "5").await;
    window.tap("settings-save").await;
    window.wait_for_text("settings", "Saved").await;

    // Sounds, in a page without any gesture: an engine may keep a page silent until there is one.
    window.tap("nav-pad").await;
    window.reload().await;
    window.find("pad").await;
    window.script(LISTEN).await;
    let invoke = "window.__TAURI_INTERNALS__.invoke('charge', { charge: { amount: { minor: 500, currency: 'EUR' },
        note: null, tap: crypto.randomUUID() } }).then(({ number }) => done(number));";
    let number = window.script_async(invoke).await;
    let invoice = newest_invoice(&customer);
    customer.end(&invoice).expect("ended");
    hears(&window, "ended").await;
    assert_eq!(number, 1);
    customer.pay_late(&invoice).expect("paid");
    window.wait_for_alarm("late").await;
    hears(&window, "alarm").await;
    window.screenshot("looks-late").await;
    window.tap("alarm-dismiss").await;
    window.wait_until_gone("alarm").await;
    window.charge("0.5").await;
    window.find("error").await;
    hears(&window, "error").await;
    window.tap("error-dismiss").await;
    window.wait_until_gone("error").await;

    // A payment is heard, and its screen closes by itself; having been shown, it counts as seen.
    window.tap("key-clear").await;
    window.open_sale("5.").await;
    window.pay(&customer).await;
    let shown = Instant::now();
    hears(&window, "paid").await;
    window.find("paid-return").await;
    window.screenshot("looks-paid-return").await;
    window.wait_until_gone("paid").await;
    assert!(shown.elapsed() > Duration::from_secs(3), "it was shown");
    window.find("pad").await;
    let seen = "SELECT count(*) FROM sale WHERE state = 'paid' AND unseen = 0";
    let began = Instant::now();
    while window.desktop.query_journal(seen) != "2\n" {
        assert!(began.elapsed().as_secs() < 10, "it counts as seen");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // The customer's display plays no sound.
    window.switch_to_page(DISPLAY).await;
    assert!(!window.has("paid-return").await);
}

/// Opens the section of the settings.
async fn looks(window: &Window) {
    window.tap("nav-settings").await;
    window.tap_to("settings-tab-looks", "settings-theme").await;
}

/// Waits for a computed style.
async fn becomes(window: &Window, element: &str, property: &str, value: &str) {
    let look = format!("return getComputedStyle({element}).{property}");
    let began = Instant::now();
    loop {
        let seen = window.script(&look).await;
        if seen == value {
            return;
        }
        assert!(began.elapsed().as_secs() < 10, "{value}, not {seen}");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

/// Waits until a sound is played.
async fn hears(window: &Window, sound: &str) {
    let began = Instant::now();
    loop {
        let heard = window.script("return window.heard").await;
        let all: &[Value] = heard.as_array().map_or(&[], Vec::as_slice);
        let asked = all.contains(&json!(["ringup:sound", sound]));
        if asked && all.contains(&json!(["ringup:sounding", sound])) {
            return;
        }
        assert!(began.elapsed().as_secs() < 20, "{sound}: {heard}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desktop_of_high_contrast_is_followed() {
    let desktop = Desktop::with_screen(1280, 800);
    let folder = desktop.folder().join("home/.config/gtk-3.0");
    std::fs::create_dir_all(&folder).expect("made");
    std::fs::write(
        folder.join("settings.ini"),
        "[Settings]\ngtk-theme-name=HighContrast\n",
    )
    .expect("written");
    let gateway = start_gateway(KEY).await;
    let window = Window::open(desktop, &gateway.base_url()).await;
    window.find("setup").await;
    let worn = window
        .script("return document.documentElement.dataset.theme")
        .await;
    assert_eq!(worn, "high-contrast");
}
