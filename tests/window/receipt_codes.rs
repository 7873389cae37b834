//! The code of a receipt in the real window: read from its picture by a decoder, it leads to a running office, which shows
//! the receipt of this sale. The customer's display has the same code.

use std::path::Path;

use office_tests::{RunningOffice, Visitor};
use ringup_testkit::picture::{assert_plain_qr, qr_in};
use ringup_testkit::{Desktop, Window, open_till, start_gateway};
use thirtyfour::Key;

use crate::customer_display::{DISPLAY, TILL, choose_place, shows};

const KEY: &str = "canary-key-6131";

/// Waits until this code is drawn; returns its area in the window, in device pixels.
async fn area(window: &Window, id: &str) -> [u32; 4] {
    window.find(id).await;
    let script = format!(
        "const image = document.querySelector('[data-testid={id}]');
         const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => {{
           const {{ left, top, width, height }} = image.getBoundingClientRect();
           done([left, top, width, height].map((side) => side * devicePixelRatio));
         }}));
         image.decode().then(drawn);"
    );
    let place = window.script_async(&script).await;
    [0, 1, 2, 3].map(|side| place[side].as_f64().expect("a number").round() as u32)
}

/// The same area on the screen: the window has a frame, and the first dark pixel below it is the code's first module.
fn on_screen(screen: &Path, [left, top, width, height]: [u32; 4], modules: u32) -> [u32; 4] {
    let picture = image::open(screen).expect("a picture").to_luma8();
    let edge = 4 * (width / (modules + 8));
    let dark = (top..top + height)
        .flat_map(|y| (left..left + width).map(move |x| (x, y)))
        .find(|(x, y)| picture.get_pixel(*x, *y).0[0] == 0);
    let (x, y) = dark.expect("a code on the screen");
    [x - edge, y - edge, width, height]
}

/// What a phone is answered that opens this address.
async fn opened(office: &RunningOffice, url: &str) -> (u16, String) {
    let host = format!("https://{}", office.address);
    let path = url.strip_prefix(&host).expect("the office's address");
    let answer = Visitor::new(office.address).get(path).await;
    (answer.status, answer.body)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_of_a_receipt_is_read_from_the_window_and_opened_at_the_office() {
    let gateway = start_gateway(KEY).await;
    let office = RunningOffice::start_public().await;
    let mut desktop = Desktop::with_screen(1280, 800);
    desktop.start_window_manager();
    let window = open_till(desktop, &gateway, KEY).await;
    window.tap("nav-settings").await;
    window.tap("settings-tab-shop").await;
    window.fill("settings-shop-name", "Café Müller").await;
    choose_place(&window, "In a window").await;
    let customer = gateway.control();

    // A till without an office shows none.
    window.tap("nav-pad").await;
    window.open_sale("3.5").await;
    window.pay(&customer).await;
    window.find("paid-amount").await;
    assert!(!window.has("paid-receipt-qr").await);
    window.tap("paid-done").await;

    window.tap("nav-settings").await;
    window.tap("settings-tab-backup").await;
    window.tap("office-pair").await;
    let code = office.code("Stall 3").await.reveal();
    window.fill("office-code", &code).await;
    window.keys(&[Key::Enter]).await;
    window.wait_for_text("office-name", "Stall 3").await;
    window
        .wait_for_attribute("office-waiting", "data-count", "0")
        .await;
    window.screenshot("office-receipt-codes").await;

    window.tap("nav-pad").await;
    window.open_sale("12.5").await;
    window.pay(&customer).await;
    let place = area(&window, "paid-receipt-qr").await;
    let screen = window.screenshot("paid-receipt-code").await;
    // The customer's display stands beside it, with the same code.
    let codes = qr_in(&screen).expect("a QR on the paid screen");
    let url = codes.lines().next().expect("a code").to_owned();
    assert!(codes.lines().all(|code| code == url), "{codes}");
    // 60 bytes at most with correction M: version 4, 33 modules.
    assert_plain_qr(&screen, on_screen(&screen, place, 33), 33);
    let mut answer = opened(&office, &url).await;
    for _ in 0..200 {
        if answer.0 == 200 {
            break;
        }
        assert_eq!(answer.0, 404, "{url}: {}", answer.1);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        answer = opened(&office, &url).await;
    }
    assert_eq!(answer.0, 200, "{}", answer.1);
    for part in ["Café Müller", "A-000002", "€12.50"] {
        assert!(answer.1.contains(part), "{part} in {}", answer.1);
    }

    // The customer's display shows the same, and gives its page nothing more than the picture.
    window.switch_to_page(DISPLAY).await;
    shows(&window, "paid").await;
    window.find("display-receipt-qr").await;
    let drawn = "return document.querySelector('[data-testid=display-receipt-qr]').src";
    let on_display = window.script(drawn).await;
    window.screenshot("display-receipt-code").await;
    window.switch_to_page(TILL).await;
    let drawn = "return document.querySelector('[data-testid=paid-receipt-qr]').src";
    assert_eq!(window.script(drawn).await, on_display);
    window.tap("paid-done").await;

    // Switched off: from the next sale on there is none, and none is written down.
    window.tap("nav-settings").await;
    window.tap("settings-tab-backup").await;
    window.tap("settings-receipt-qr").await;
    window.tap("nav-pad").await;
    window.open_sale("4.5").await;
    window.pay(&customer).await;
    window.find("paid-amount").await;
    assert!(!window.has("paid-receipt-qr").await);
    let tokens = "SELECT count(*) FROM entry WHERE body ->> '$.receipt_token' IS NOT NULL";
    assert_eq!(window.desktop.query_journal(tokens).trim(), "1");
}
