//! The customer's display on a second monitor that is connected, disconnected and connected again during a sale.

use crate::customer_display::{DISPLAY, TILL, choose_place, invoice_of_sale_1, shows};
use crate::kiosk::told;
use ringup_testkit::{Desktop, FAST_POLL_MS, Window, open_till, start_gateway, wait_until};

const KEY: &str = "canary-key-4731";

/// The monitors of cashier and customer: of different sizes, so that a window on the wrong one is noticed.
const MONITORS: [(u32, u32); 2] = [(1280, 800), (1024, 600)];

/// The areas of the program's visible windows: left, top, width, height of each.
fn windows_seen(window: &Window) -> Vec<[u32; 4]> {
    let hand = |arguments: &[&str]| window.desktop.xdotool(arguments);
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

/// Waits until the display fills the second monitor, and checks that the till is on the first.
fn display_is_on_the_second(window: &Window) {
    let second = window.desktop.monitor_area(1);
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
    let (first, second) = (
        window.desktop.monitor_area(0),
        window.desktop.monitor_area(1),
    );
    let both = [0, 0, first[2] + second[2], first[3].max(second[3])];
    window.screenshot_of(name, both).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_display_comes_and_goes_with_its_monitor_and_the_sale_stays() {
    let mut desktop = Desktop::with_monitors(&MONITORS);
    desktop.start_window_manager();
    let gateway = start_gateway(KEY).await;
    let window = open_till(desktop, &gateway, KEY).await;

    // The display is set, but has no monitor: nothing opens and nothing fails.
    choose_place(&window, "On the second monitor").await;
    till_alone_is_on_the_first(&window, 0);
    assert_eq!(window.window_count().await, 1);

    window.desktop.connect_monitor(1);
    display_is_on_the_second(&window);
    window.tap("nav-pad").await;
    window.open_sale("12.5").await;
    window.switch_to_page(DISPLAY).await;
    shows(&window, "awaiting").await;
    let full = window.script("return [innerWidth, innerHeight]").await;
    assert_eq!(full.to_string(), "[1024,600]");
    pictures(&window, "monitors-sale").await;

    // Disconnected: the till and its sale are unchanged, and nothing covers them.
    window.switch_to_page(TILL).await;
    window.script("document.body.dataset.mark = 'here'").await;
    window.desktop.disconnect_monitor(1);
    till_alone_is_on_the_first(&window, 0);
    window.wait_for_state("payment", "awaiting").await;
    assert_eq!(
        window.script("return document.body.dataset.mark").await,
        "here"
    );
    assert!(!window.has("error").await);
    assert_eq!(window.window_count().await, 1);
    window
        .screenshot_of("monitors-unplugged", window.desktop.monitor_area(0))
        .await;

    // Connected again: the display shows the same sale.
    window.desktop.connect_monitor(1);
    display_is_on_the_second(&window);
    window.switch_to_page(DISPLAY).await;
    shows(&window, "awaiting").await;
    assert!(window.text("display-amount").await.contains("12.50"));
    let invoice = invoice_of_sale_1(&window).await;
    gateway.control().pay(&invoice).expect("paid");
    window.switch_to_page(DISPLAY).await;
    shows(&window, "paid").await;
    pictures(&window, "monitors-paid").await;
    window.switch_to_page(TILL).await;
    window.tap("paid-done").await;

    // The till is started again with the monitor connected, twice.
    let mut desktop = window.close().await;
    for _ in 0..2 {
        let window = Window::open_with(desktop, &gateway.base_url(), &[], FAST_POLL_MS).await;
        window.switch_to_page(TILL).await;
        window.find("pad").await;
        display_is_on_the_second(&window);
        window.switch_to_page(DISPLAY).await;
        shows(&window, "idle").await;
        window.switch_to_page(TILL).await;
        desktop = window.close().await;
    }

    // Off again.
    let window = Window::open(desktop, &gateway.base_url()).await;
    display_is_on_the_second(&window);
    window.switch_to_page(TILL).await;
    choose_place(&window, "None").await;
    till_alone_is_on_the_first(&window, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_till_and_the_display_have_a_monitor_each() {
    let mut desktop = Desktop::with_monitors(&MONITORS);
    desktop.start_window_manager();
    desktop.connect_monitor(1);
    let gateway = start_gateway(KEY).await;
    let api = gateway.base_url();
    for (arguments, input) in [(["key", "set"], KEY), (["pin", "set"], "2468")] {
        let mut command = desktop.ringup();
        told(command.args(arguments).env("RINGUP_API_URL", &api), input);
    }
    let settings = r#"{ "customer_display": "second_monitor" }"#;
    std::fs::write(desktop.data_dir().join("settings.json"), settings).expect("written");
    let window = Window::open_with(desktop, &api, &["--kiosk"], FAST_POLL_MS).await;
    window.switch_to_page(TILL).await;
    window.find("pad").await;
    let each = [
        window.desktop.monitor_area(0),
        window.desktop.monitor_area(1),
    ];
    let have_one_each = || {
        let mut seen = windows_seen(&window);
        seen.sort_unstable();
        seen == each
    };
    wait_until("each has its monitor", have_one_each);

    // The till has the keyboard, and the windows do not move while the till keeps itself in front.
    window.desktop.xdotool(&["key", "alt+Tab"]);
    window.desktop.xdotool(&["key", "alt+F4"]);
    for key in ["1", "2", "period", "5"] {
        window.desktop.xdotool(&["key", key]);
        tokio::time::sleep(std::time::Duration::from_millis(90)).await;
    }
    window.wait_for_text("pad-amount", "12.5").await;
    window.tap("charge").await;
    window.wait_for_state("payment", "awaiting").await;
    window.switch_to_page(DISPLAY).await;
    shows(&window, "awaiting").await;
    wait_until("each still has its monitor", have_one_each);
    pictures(&window, "monitors-kiosk").await;
}
