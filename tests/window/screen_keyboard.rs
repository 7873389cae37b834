//! The on-screen keyboard of a kiosk: a hand alone types a note, a capital letter, another alphabet and a figure.

use crate::kiosk::told;
use crate::who_may::unlock;
use ringup_testkit::{Desktop, FAST_POLL_MS, KeychainState, Window, start_gateway, wait_until};

const KEY: &str = "canary-key-4761";
const PIN: &str = "2468";

/// Clicks as a hand does, in the middle of what has this test id. WebDriver's own clicks are no pointer's.
async fn hand(window: &Window, id: &str) {
    window.find(id).await;
    let into_view = format!(
        "document.querySelector('[data-testid={id}]').scrollIntoView({{ block: 'nearest' }})"
    );
    window.script(&into_view).await;
    let [x, y, width, height] = window.rect(id).await;
    let (x, y) = (x + width / 2, y + height / 2);
    window
        .desktop
        .xdotool(&["mousemove", &x.to_string(), &y.to_string(), "click", "1"]);
}

async fn typed(window: &Window, id: &str) -> String {
    let value = format!("return document.querySelector('[data-testid={id}]').value");
    let value = window.script(&value).await;
    value.as_str().expect("a field").to_owned()
}

async fn type_until(window: &Window, field: &str, keys: &[&str], text: &str) {
    for key in keys {
        hand(window, &format!("screen-key-{key}")).await;
    }
    for _ in 0..50 {
        if typed(window, field).await == text {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(typed(window, field).await, text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_without_keyboard_takes_a_note_and_a_setting_by_hand() {
    let mut desktop = Desktop::without_screen(KeychainState::Open);
    desktop.start_screen(1024, 600);
    desktop.start_window_manager();
    let gateway = start_gateway(KEY).await;
    let url = gateway.base_url();
    told(desktop.ringup().args(["pin", "set"]), PIN);
    let mut store_key = desktop.ringup();
    told(
        store_key.args(["key", "set"]).env("RINGUP_API_URL", &url),
        KEY,
    );
    let window = Window::open_with(desktop, &url, &["--kiosk"], FAST_POLL_MS).await;
    window.find("pad").await;
    wait_until("the window is the whole screen", || {
        let size = window.desktop.xdotool(&[
            "search",
            "--onlyvisible",
            "--name",
            "Ringup",
            "getwindowgeometry",
            "%@",
        ]);
        size.contains("1024x600")
    });
    for key in ["key-3", "key-0", "key-0"] {
        hand(&window, key).await;
    }
    assert!(
        !window.has("screen-keyboard").await,
        "nothing asks for letters"
    );

    hand(&window, "pad-note").await;
    window.find("screen-keyboard").await;
    type_until(&window, "pad-note", &["shift", "t", "e", "a"], "Tea").await;
    type_until(
        &window,
        "pad-note",
        &[
            "space", "layout", "layout", "layout", "layout", "layout", "ч",
        ],
        "Tea ч",
    )
    .await;
    type_until(&window, "pad-note", &["backspace", "signs", "7"], "Tea 7").await;
    window.screenshot("screen-keyboard").await;
    let fits = "return document.querySelector('[data-testid=charge]').getBoundingClientRect().bottom
        <= document.querySelector('[data-testid=screen-keyboard]').getBoundingClientRect().top + 0.5";
    assert_eq!(
        window.script(fits).await,
        true,
        "the pad stands above the keys"
    );
    hand(&window, "screen-key-hide").await;
    window.wait_until_gone("screen-keyboard").await;
    hand(&window, "charge").await;
    window.wait_for_state("payment", "awaiting").await;
    hand(&window, "payment-next").await;

    // The lock has keys of its own; a figure in the settings gets figures, and a real key puts them away.
    hand(&window, "nav-settings").await;
    unlock(&window, PIN).await;
    hand(&window, "settings-tab-looks").await;
    hand(&window, "settings-paid-returns").await;
    hand(&window, "settings-paid-after").await;
    window
        .wait_for_attribute("screen-keyboard", "data-layout", "figures")
        .await;
    window.screenshot("screen-keyboard-figures").await;
    window.desktop.xdotool(&["key", "End"]);
    window.wait_until_gone("screen-keyboard").await;
    window.close().await;
}
