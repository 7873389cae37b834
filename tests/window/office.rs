//! The till's side of a back office in the real window: paired over HTTPS by the keyboard alone, its entries arrive; a
//! token that was taken back is said where the cashier sees it, and selling goes on.

use thirtyfour::Key;

use office_tests::RunningOffice;
use ringup_core::clock::Clock;
use ringup_core::ids::TillId;
use ringup_testkit::{Desktop, Window, open_till, start_gateway, wait_until};

use crate::keyboard::{press, tab_to};

const KEY: &str = "canary-key-6120";

fn till_id(window: &Window) -> TillId {
    let id = "SELECT body ->> '$.till' FROM entry WHERE seq = 1";
    let id = window.desktop.query_journal(id);
    id.trim().parse().expect("an id")
}

fn entries(window: &Window) -> u64 {
    let count = window.desktop.query_journal("SELECT count(*) FROM entry");
    count.trim().parse().expect("a number")
}

async fn wait_until_arrived(office: &RunningOffice, window: &Window) {
    let till = till_id(window);
    for _ in 0..600 {
        if office.store.head(till).await.expect("a head").seq == entries(window) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the entries do not arrive");
}

/// Opens the section of the settings by the keyboard.
async fn open_section(window: &Window) {
    press(window, "nav-settings").await;
    press(window, "settings-tab-backup").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_till_is_paired_by_the_keyboard_alone_and_says_when_it_is_refused() {
    let gateway = start_gateway(KEY).await;
    let office = RunningOffice::start().await;
    let window = open_till(Desktop::with_screen(1280, 800), &gateway, KEY).await;

    // A shop that has none sees one line.
    open_section(&window).await;
    window.find("office-none").await;
    assert!(!window.has("office").await && !window.has("office-sign").await);
    window.screenshot("office-none").await;

    press(&window, "office-pair").await;
    window.find("office-code").await;
    window.type_text("no code").await;
    window.keys(&[Key::Enter]).await;
    window.wait_for_error("office_code_invalid").await;
    press(&window, "error-dismiss").await;
    tab_to(&window, "office-code").await;
    for _ in "no code".chars() {
        window.keys(&[Key::Backspace]).await;
    }
    let code = office.code("Stall 3").await.reveal();
    window.type_text(&code).await;
    window.keys(&[Key::Enter]).await;
    window.wait_for_text("office-name", "Stall 3").await;
    assert!(!window.has("pair-office").await);
    window
        .wait_for_text("office-address", &office.address.to_string())
        .await;
    wait_until_arrived(&office, &window).await;
    window
        .wait_for_attribute("office-waiting", "data-count", "0")
        .await;
    window.find("office-signed").await;
    window.screenshot("office-arrived").await;

    // What is sold is there as well, and the receipt says what was signed.
    press(&window, "nav-pad").await;
    window.open_sale("12.5").await;
    let customer = gateway.control();
    window.pay(&customer).await;
    window.keys(&[Key::Enter]).await;
    wait_until_arrived(&office, &window).await;
    assert!(!window.has("office-sign").await);

    // Somebody at the office takes the token back: said at once, and selling goes on.
    let till = till_id(&window);
    let now = Clock::system().now();
    assert_eq!(office.store.revoke(till, now).await, Ok(true));
    window.open_sale("3.5").await;
    window
        .wait_for_attribute("office-sign", "data-state", "token-refused")
        .await;
    window.screenshot("office-sign").await;
    window.pay(&customer).await;
    window.keys(&[Key::Enter]).await;

    press(&window, "office-sign").await;
    window.wait_for_text("office", "Pair it anew").await;
    press(&window, "office-pair").await;
    window.find("office-code").await;
    let code = office.code("Stall 3").await.reveal();
    window.type_text(&code).await;
    window.keys(&[Key::Enter]).await;
    window.wait_until_gone("office-sign").await;
    wait_until_arrived(&office, &window).await;

    // It is left after a question, and nothing more is sent.
    press(&window, "office-leave").await;
    window.find("leave-office").await;
    window.screenshot("office-leave").await;
    press(&window, "office-leave-sure").await;
    window.find("office-none").await;
    let arrived = office.store.head(till).await.expect("a head").seq;
    press(&window, "nav-pad").await;
    window.open_sale("4.5").await;
    wait_until("the sale is written", || entries(&window) > arrived);
    tokio::time::sleep(std::time::Duration::from_secs(7)).await;
    let after = office.store.head(till).await.expect("a head").seq;
    assert_eq!(after, arrived);
}
