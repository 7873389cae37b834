//! The screens at three sizes: screenshots, and what can be measured on them (docs/looks.md).

use crate::customer_display::{DISPLAY, TILL, choose_place};
use ringup_testkit::{Desktop, Window, open_till, start_gateway};

const KEY: &str = "canary-key-4714";

/// Sizes of windows, and the size of a pixel in µm on the smallest panel with that many: 10.2, 10.1 and 15.6 inches.
const PANELS: [(u32, u32, u32); 3] = [(1024, 600, 217), (1280, 800, 170), (1920, 1080, 180)];

#[tokio::test(flavor = "multi_thread")]
async fn the_screens_fit_at_every_size() {
    let gateway = start_gateway(KEY).await;
    let customer = gateway.control();
    let window = open_till(Desktop::with_screen(1920, 1080), &gateway, KEY).await;
    for (width, height, um_per_px) in PANELS {
        window.resize(width, height).await;
        let name = |screen: &str| format!("{width}x{height}-{screen}");

        for (style, least) in [("cents-first", "key-00"), ("decimal", "key-point")] {
            window.tap("nav-settings").await;
            window.choose("settings-entry-style", style).await;
            window.tap("settings-save").await;
            window.tap_to("nav-pad", least).await;
            window.type_text("1234.5").await;
            window.screenshot(&name(&format!("pad-{style}"))).await;
            assert_fits(&window, "pad").await;
            assert_keys_for_fingers(&window).await;
            window.tap("key-clear").await;
        }
        window.type_text("12.5").await;
        assert_readable(&window, "pad-amount", um_per_px).await;

        window.tap("charge").await;
        window.wait_for_state("payment", "awaiting").await;
        let [_, _, qr, _] = window.qr_area().await;
        window.screenshot(&name("payment")).await;
        assert_fits(&window, "payment").await;
        let least = if height > 600 {
            360.max(height.div_ceil(2))
        } else {
            360
        };
        println!("{width}×{height}: a QR of {qr} px, of {least} at least");
        assert!(qr >= least, "a QR of {qr} px in {width}×{height}");
        assert_readable(&window, "payment-amount", um_per_px).await;

        window.pay(&customer).await;
        window.screenshot(&name("paid")).await;
        assert_fits(&window, "paid").await;
        assert_readable(&window, "paid-amount", um_per_px).await;
        window.tap("paid-done").await;

        window.tap_to("nav-settings", "settings").await;
        window.screenshot(&name("settings")).await;
        window.tap("nav-pad").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_customers_amount_and_code_are_large_enough() {
    let gateway = start_gateway(KEY).await;
    let mut desktop = Desktop::with_screen(1920, 1080);
    desktop.start_window_manager();
    let window = open_till(desktop, &gateway, KEY).await;
    choose_place(&window, "In a window").await;
    window.switch_to_page(TILL).await;
    window.tap("nav-pad").await;
    window.open_sale("12.5").await;
    for (width, height, um_per_px) in PANELS {
        window.switch_to_page(DISPLAY).await;
        window
            .wait_for_attribute("display", "data-face", "awaiting")
            .await;
        // It names this gateway; where customers pay with real money, there is none.
        let banner = "document.querySelector('[data-testid=mode-badge]').style.display = 'none'";
        window.script(banner).await;
        window.resize(width, height).await;
        let inner = window.script("return [innerWidth, innerHeight]").await;
        assert_readable(&window, "display-amount", um_per_px).await;
        let [_, _, qr, _] = window.rect("display-qr").await;
        println!("{inner}: a QR of {qr} px on the display");
        let least = if height > 600 {
            360.max(height.div_ceil(2))
        } else {
            360
        };
        assert!(qr >= least, "a QR of {qr} px in {width}×{height}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_language_fits_the_smallest_and_the_largest_screen() {
    let (russian, german) = (
        ("ru_RU.UTF-8", "Не ждать"),
        ("de_DE.UTF-8", "Nicht mehr warten"),
    );
    for ((language, stop), name, (width, height)) in [
        (russian, "ru-1024x600", (1024, 600)),
        (german, "de-1024x600", (1024, 600)),
        (russian, "ru-1920x1080", (1920, 1080)),
        (german, "de-1920x1080", (1920, 1080)),
    ] {
        let gateway = start_gateway(KEY).await;
        let customer = gateway.control();
        let mut desktop = Desktop::with_screen(width, height);
        desktop.set_language(language);
        let window = Window::open(desktop, &gateway.base_url()).await;
        window.resize(width, height).await;
        let called = |screen: &str| format!("{name}-{screen}");
        window.find("setup").await;
        window.screenshot(&called("setup")).await;
        assert_fits(&window, "setup").await;
        window.first_run(KEY).await;

        window.charge("0.5").await;
        window.find("error").await;
        window.screenshot(&called("error")).await;
        window.tap("error-dismiss").await;

        // The typed text is still there, to be corrected.
        window.tap("key-clear").await;
        window.type_text("1234").await;
        window.screenshot(&called("pad")).await;
        assert_fits(&window, "pad").await;
        window.tap("charge").await;
        window.wait_for_state("payment", "awaiting").await;
        window.qr_area().await;
        assert_eq!(window.text("payment-stop").await, stop);
        window.screenshot(&called("payment")).await;
        assert_fits(&window, "payment").await;
        window.pay(&customer).await;
        window.screenshot(&called("paid")).await;
        assert_fits(&window, "paid").await;
        window.tap("paid-done").await;
        window.tap_to("nav-settings", "settings").await;
        window.screenshot(&called("settings")).await;
    }
}

/// Checks that keys are large enough for a finger, and their labels for reading at arm's length.
async fn assert_keys_for_fingers(window: &Window) {
    let keys = window
        .script(
            "return [...document.querySelectorAll('[data-testid=pad] [data-testid^=key-]')]
               .map((key) => key.dataset.testid)",
        )
        .await;
    let keys: Vec<String> = serde_json::from_value(keys).expect("names");
    assert_eq!(keys.len(), 14, "{keys:?}");
    for key in keys {
        let [_, _, width, height] = window.rect(&key).await;
        assert!(width >= 64 && height >= 64, "{key}: {width}×{height}");
        assert!(font_px(window, &key).await >= 28.0, "{key}");
    }
}

/// The change is what the cashier and the customer read at two metres, in cash.
#[tokio::test(flavor = "multi_thread")]
async fn the_change_is_read_at_two_metres_by_the_cashier_and_the_customer() {
    let mut desktop = Desktop::with_screen(1920, 1080);
    desktop.start_window_manager();
    let settings = serde_json::json!({ "tenders": [{ "way": "cash" }] });
    std::fs::create_dir_all(desktop.data_dir()).expect("made");
    std::fs::write(
        desktop.data_dir().join("settings.json"),
        settings.to_string(),
    )
    .expect("written");
    let window = Window::open(desktop, "http://127.0.0.1:9/v1").await;
    window.find("pad").await;
    choose_place(&window, "In a window").await;
    for (width, height, um_per_px) in PANELS {
        window.switch_to_page(TILL).await;
        window.resize(width, height).await;
        window.tap("nav-pad").await;
        window
            .tap_each(&["key-1", "key-3", "key-4", "key-0", "pay-cash"])
            .await;
        window.tap_each(&["typed-2", "typed-0", "typed-00"]).await;
        window.wait_for_text("tender-change", "6.60").await;
        assert_readable(&window, "tender-change", um_per_px).await;
        window.tap("tender-take").await;
        window.wait_for_text("paid-change", "6.60").await;
        assert_readable(&window, "paid-change", um_per_px).await;
        window
            .screenshot(&format!("{width}x{height}-paid-change"))
            .await;
        window.switch_to_page(DISPLAY).await;
        window.wait_for_text("display-change", "6.60").await;
        window.resize(width, height).await;
        assert_readable(&window, "display-change", um_per_px).await;
        window.switch_to_page(TILL).await;
        window.tap("paid-done").await;
    }
}

/// Checks that digits can be read at two metres: 14 mm high they are seen at 0.4°, five times what a good eye needs.
async fn assert_readable(window: &Window, id: &str, um_per_px: u32) {
    let digit_px = window
        .script(&format!(
            "const sum = document.querySelector('[data-testid={id}]');
             const pen = document.createElement('canvas').getContext('2d');
             const {{ fontWeight, fontSize, fontFamily }} = getComputedStyle(sum);
             pen.font = `${{fontWeight}} ${{fontSize}} ${{fontFamily}}`;
             const digit = pen.measureText('0');
             return Math.floor(digit.actualBoundingBoxAscent + digit.actualBoundingBoxDescent)"
        ))
        .await;
    let digit_px = digit_px.as_f64().expect("a height") as u32;
    let digit_um = digit_px * um_per_px;
    println!("{id}: digits of {digit_um} µm");
    assert!(digit_um >= 14_000, "{id}: digits of {digit_um} µm");
}

/// Checks that nothing of a screen is outside the window, and that the window does not scroll.
pub(crate) async fn assert_fits(window: &Window, id: &str) {
    let overflow = window
        .script(&format!(
            "const root = document.documentElement;
             const out = [...document.querySelectorAll('[data-testid={id}] *, [data-testid={id}]')]
               .filter((e) => e.getClientRects().length > 0 && !e.closest('[data-offscreen], .sr-only, .visually-hidden'))
               .map((e) => [e, e.getBoundingClientRect()])
               .filter(([, box]) => box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1)
               .map(([e, box]) => `${{e.tagName}}.${{e.className}} ${{Math.round(box.left)}},${{Math.round(box.top)}},${{Math.round(box.right)}},${{Math.round(box.bottom)}}`);
             if (root.scrollHeight > innerHeight + 1 || root.scrollWidth > innerWidth + 1) out.push('the page scrolls');
             return out.slice(0, 5)"
        ))
        .await;
    assert_eq!(overflow, serde_json::json!([]), "{id}");
}

pub(crate) async fn font_px(window: &Window, id: &str) -> f64 {
    let size = window
        .script(&format!(
            "const all = [document.querySelector('[data-testid={id}]')];
             all.push(...all[0].querySelectorAll('*'));
             return Math.max(...all.filter((e) => e.textContent.trim() || e.querySelector('svg') || e.tagName === 'svg')
               .map((e) => e.tagName === 'svg' ? e.getBoundingClientRect().height : parseFloat(getComputedStyle(e).fontSize)))"
        ))
        .await;
    size.as_f64().expect("a size")
}
