//! The screens at three sizes: pictures to look at, and what can be measured of them.

use crate::desktop::Desktop;
use crate::window::{Window, gateway, set_up};

const KEY: &str = "canary-key-4714";

#[tokio::test(flavor = "multi_thread")]
async fn the_screens_fit_at_every_size() {
    let gateway = gateway(KEY).await;
    let customer = gateway.control();
    let window = set_up(Desktop::with_screen(1920, 1080), &gateway, KEY).await;
    for (width, height) in [(1024, 600), (1280, 800), (1920, 1080)] {
        window.resize(width, height).await;
        let name = |screen: &str| format!("{width}x{height}-{screen}");

        window.find("pad").await;
        window.type_text("1234.5").await;
        window.picture(&name("pad")).await;
        assert_fits(&window, "pad").await;
        for key in [
            "key-7",
            "key-0",
            "key-00",
            "key-backspace",
            "key-clear",
            "key-plus",
        ] {
            let [_, _, key_width, key_height] = window.rect(key).await;
            assert!(
                key_width >= 64 && key_height >= 64,
                "{key}: {key_width}×{key_height}"
            );
            assert!(font_px(&window, key).await >= 28.0, "{key}");
        }
        assert!(font_px(&window, "pad-amount").await >= 64.0);

        window.tap("charge").await;
        window.attribute("payment", "data-state", "awaiting").await;
        let [_, _, qr, _] = window.qr().await;
        window.picture(&name("payment")).await;
        assert_fits(&window, "payment").await;
        let least = if height > 600 {
            360.max(height / 2 - height / 20)
        } else {
            360
        };
        assert!(qr >= least, "a QR of {qr} px in {width}×{height}");

        let invoice = customer.invoices().pop().expect("an invoice").id;
        customer.pay(&invoice).expect("paid");
        window.find("paid").await;
        window.picture(&name("paid")).await;
        assert_fits(&window, "paid").await;
        window.tap("paid-done").await;

        window.tap("nav-settings").await;
        window.find("settings").await;
        window.picture(&name("settings")).await;
        window.tap("nav-pad").await;
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
        let gateway = gateway(KEY).await;
        let customer = gateway.control();
        let mut desktop = Desktop::with_screen(width, height);
        desktop.speak(language);
        let window = Window::open(desktop, &gateway.base_url()).await;
        window.resize(width, height).await;
        let called = |screen: &str| format!("{name}-{screen}");
        window.find("setup").await;
        window.picture(&called("setup")).await;
        assert_fits(&window, "setup").await;
        window.first_run(KEY).await;

        window.type_text("0.5").await;
        window.tap("charge").await;
        window.find("error").await;
        window.picture(&called("error")).await;
        window.tap("error-dismiss").await;

        // What was typed is still there to be mended.
        window.tap("key-clear").await;
        window.type_text("1234").await;
        window.picture(&called("pad")).await;
        assert_fits(&window, "pad").await;
        window.tap("charge").await;
        window.attribute("payment", "data-state", "awaiting").await;
        window.qr().await;
        assert_eq!(window.text("payment-stop").await, stop);
        window.picture(&called("payment")).await;
        assert_fits(&window, "payment").await;
        let invoice = customer.invoices().pop().expect("an invoice").id;
        customer.pay(&invoice).expect("paid");
        window.find("paid").await;
        window.picture(&called("paid")).await;
        assert_fits(&window, "paid").await;
        window.tap("paid-done").await;
        window.tap("nav-settings").await;
        window.find("settings").await;
        window.picture(&called("settings")).await;
    }
}

/// Nothing of a screen is beyond the window, and the window does not scroll.
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
