//! The customer's display on a second monitor that is plugged in, pulled out and plugged in again, in the
//! middle of a sale.

use crate::customer_display::{DISPLAY, TILL, choose_place, invoice_of_sale_1, shows};
use crate::desktop::{Desktop, wait_until};
use crate::kiosk::told;
use crate::window::{FAST_MS, Window, gateway, set_up};

const KEY: &str = "canary-key-4731";

/// The cashier's monitor and the customer's: of other sizes, so that a window on the wrong one shows.
const MONITORS: [(u32, u32); 2] = [(1280, 800), (1024, 600)];

/// The places of the program's windows that are seen: left, top, width, height of each.
fn windows_seen(window: &Window) -> Vec<[u32; 4]> {
    let hand = |arguments: &[&str]| window.desktop.hand(arguments);
    let ids = hand(&["search", "--onlyvisible", "--class", "ringup"]);
    let geometry = |id: &str| {
        let said = hand(&["getwindowgeometry", "--shell", id]);
        let number = |name: &str| {
            let line = said.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|number| number.parse().ok())
        };
        Some([
            number("X=")?,
            number("Y=")?,
            number("WIDTH=")?,
            number("HEIGHT=")?,
        ])
    };
    ids.lines().filter_map(geometry).collect()
}

/// Waits until the display is the whole second monitor, and looks that the till is on the first.
fn display_is_on_the_second(window: &Window) {
    let second = window.desktop.monitor(1);
    wait_until("the display is the second monitor", || {
        windows_seen(window).contains(&second)
    });
    till_alone_is_on_the_first(window, 1);
}

fn till_alone_is_on_the_first(window: &Window, others: usize) {
    wait_until("the till is on the first monitor", || {
        let seen = windows_seen(window);
        let first = seen.iter().filter(|place| place[0] < MONITORS[0].0);
        first.count() == 1 && seen.len() == 1 + others
    });
}

async fn pictures(window: &Window, name: &str) {
    let (first, second) = (window.desktop.monitor(0), window.desktop.monitor(1));
    let both = [0, 0, first[2] + second[2], first[3].max(second[3])];
    window.picture_at(name, both).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_display_comes_and_goes_with_its_monitor_and_the_sale_stays() {
    let mut desktop = Desktop::with_monitors(&MONITORS);
    desktop.start_window_manager();
    let gateway = gateway(KEY).await;
    let window = set_up(desktop, &gateway, KEY).await;

    // Wanted, and no monitor for it: nothing comes, nothing fails.
    choose_place(&window, "On the second monitor").await;
    till_alone_is_on_the_first(&window, 0);
    assert_eq!(window.windows().await, 1);

    window.desktop.plug(1);
    display_is_on_the_second(&window);
    window.tap("nav-pad").await;
    window.type_text("12.5").await;
    window.tap("charge").await;
    window.attribute("payment", "data-state", "awaiting").await;
    window.look_at_page(DISPLAY).await;
    shows(&window, "awaiting").await;
    let full = window.script("return [innerWidth, innerHeight]").await;
    assert_eq!(full.to_string(), "[1024,600]");
    pictures(&window, "monitors-sale").await;

    // Pulled out: the till stands as it stood, with its sale, and nothing covers it.
    window.look_at_page(TILL).await;
    window.script("document.body.dataset.mark = 'here'").await;
    window.desktop.unplug(1);
    till_alone_is_on_the_first(&window, 0);
    window.attribute("payment", "data-state", "awaiting").await;
    assert_eq!(
        window.script("return document.body.dataset.mark").await,
        "here"
    );
    assert!(!window.has("error").await);
    assert_eq!(window.windows().await, 1);
    window
        .picture_at("monitors-unplugged", window.desktop.monitor(0))
        .await;

    // Plugged in again: the same sale.
    window.desktop.plug(1);
    display_is_on_the_second(&window);
    window.look_at_page(DISPLAY).await;
    shows(&window, "awaiting").await;
    assert!(window.text("display-amount").await.contains("12.50"));
    let invoice = invoice_of_sale_1(&window).await;
    gateway.control().pay(&invoice).expect("paid");
    window.look_at_page(DISPLAY).await;
    shows(&window, "paid").await;
    pictures(&window, "monitors-paid").await;
    window.look_at_page(TILL).await;
    window.tap("paid-done").await;

    // The till begins again with the monitor there, twice.
    let mut desktop = window.close().await;
    for _ in 0..2 {
        let window = Window::open_with(desktop, &gateway.base_url(), &[], FAST_MS).await;
        window.look_at_page(TILL).await;
        window.find("pad").await;
        display_is_on_the_second(&window);
        window.look_at_page(DISPLAY).await;
        shows(&window, "idle").await;
        window.look_at_page(TILL).await;
        desktop = window.close().await;
    }

    // Off again.
    let window = Window::open(desktop, &gateway.base_url()).await;
    display_is_on_the_second(&window);
    window.look_at_page(TILL).await;
    choose_place(&window, "None").await;
    till_alone_is_on_the_first(&window, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_till_and_the_display_have_a_monitor_each() {
    let mut desktop = Desktop::with_monitors(&MONITORS);
    desktop.start_window_manager();
    desktop.plug(1);
    let gateway = gateway(KEY).await;
    let api = gateway.base_url();
    for (arguments, input) in [(["key", "set"], KEY), (["pin", "set"], "2468")] {
        let mut command = desktop.ringup();
        told(command.args(arguments).env("RINGUP_API_URL", &api), input);
    }
    let settings = r#"{ "customer_display": "second_monitor" }"#;
    std::fs::write(desktop.data_dir().join("settings.json"), settings).expect("written");
    let window = Window::open_with(desktop, &api, &["--kiosk"], FAST_MS).await;
    window.look_at_page(TILL).await;
    window.find("pad").await;
    let each = [window.desktop.monitor(0), window.desktop.monitor(1)];
    let have_one_each = || {
        let mut seen = windows_seen(&window);
        seen.sort_unstable();
        seen == each
    };
    wait_until("each has its monitor", have_one_each);

    // The keyboard is the till's, and nothing of this shakes while the till keeps itself in front.
    window.desktop.hand(&["key", "alt+Tab"]);
    window.desktop.hand(&["key", "alt+F4"]);
    for key in ["1", "2", "period", "5"] {
        window.desktop.hand(&["key", key]);
        tokio::time::sleep(std::time::Duration::from_millis(90)).await;
    }
    window.says("pad-amount", "12.5").await;
    window.tap("charge").await;
    window.attribute("payment", "data-state", "awaiting").await;
    window.look_at_page(DISPLAY).await;
    shows(&window, "awaiting").await;
    wait_until("each still has its monitor", have_one_each);
    pictures(&window, "monitors-kiosk").await;
}
