//! A till without a finger or a mouse: cash, a split and the count of the drawer by the keyboard alone.

use serde_json::json;
use thirtyfour::Key;

use ringup_testkit::{Desktop, Window};

/// Moves the focus with Tab until it is on this element.
pub(crate) async fn tab_to(window: &Window, id: &str) {
    for _ in 0..60 {
        let focused = "return document.activeElement?.dataset.testid ?? ''";
        if window.script(focused).await == id {
            return;
        }
        window.keys(&[Key::Tab]).await;
    }
    panic!("{id} is not reached by Tab");
}

/// Moves the focus to this element and presses Enter.
pub(crate) async fn press(window: &Window, id: &str) {
    window.find(id).await;
    tab_to(window, id).await;
    window.keys(&[Key::Enter]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cash_a_split_and_a_count_by_the_keyboard_alone() {
    let desktop = Desktop::with_screen(1280, 800);
    std::fs::create_dir_all(desktop.data_dir()).expect("made");
    let settings = json!({
        "tenders": [{ "way": "cash" }, { "way": "crypto" }, { "way": "card" }],
        "drawer": { "on": true },
    });
    let file = desktop.data_dir().join("settings.json");
    std::fs::write(file, settings.to_string()).expect("written");
    let window = Window::open(desktop, "http://127.0.0.1:9/v1").await;
    window.find("pad").await;

    // The float.
    press(&window, "nav-day").await;
    press(&window, "drawer-float").await;
    tab_to(&window, "count-sum").await;
    window.type_text("100").await;
    press(&window, "count-save").await;
    press(&window, "count-done").await;

    // 13.40 in cash with 20: the first way to pay is that of Enter.
    press(&window, "nav-pad").await;
    window.find("pad").await;
    window.script("document.activeElement.blur()").await;
    window.type_text("1340").await;
    window.keys(&[Key::Enter]).await;
    window.find("cash-exact").await;
    window.type_text("2000").await;
    window.wait_for_text("tender-change", "6.60").await;
    window.keys(&[Key::Enter]).await;
    window.wait_for_text("paid-change", "6.60").await;
    window.keys(&[Key::Enter]).await;

    // A part in cash, the rest by card.
    window.find("pad").await;
    window.type_text("1250").await;
    window.keys(&[Key::Enter]).await;
    window.find("cash-exact").await;
    window.type_text("500").await;
    window.wait_for_text("tender-rest", "7.50").await;
    window.find("tender-rest-ways").await;
    window.keys(&[Key::Enter]).await;
    window.wait_for_state("payment", "part_paid").await;
    press(&window, "pay-card").await;
    window.find("tender-take").await;
    window.keys(&[Key::Enter]).await;
    window.wait_for_text("paid-parts", "Card").await;
    window.keys(&[Key::Enter]).await;
    window.find("pad").await;

    // The count: two fifties, one ten, and eight twos.
    press(&window, "nav-day").await;
    press(&window, "drawer-count").await;
    for (piece, count) in [
        ("count-5000", "2"),
        ("count-1000", "1"),
        ("count-200", "4"),
        ("count-20", "2"),
    ] {
        tab_to(&window, piece).await;
        window.type_text(count).await;
    }
    window.wait_for_text("count-sum", "118.40").await;
    press(&window, "count-save").await;
    window.wait_for_text("count-difference", "0.00").await;
    press(&window, "count-done").await;
    window.wait_until_gone("count").await;
}
