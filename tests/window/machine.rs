//! The machine fails around the window: the window opens nevertheless, says what is wrong and what to do, and goes on as
//! soon as it can.

use std::path::Path;

use serde_json::json;
use zbus::blocking::MessageIterator;
use zbus::blocking::connection::Builder;

use ringup_testkit::{
    Desktop, FAST_POLL_MS, KeychainState, Window, newest_invoice, open_till, start_gateway,
    wait_until,
};

const KEY: &str = "canary-key-4719";
/// An address at which nobody listens.
const NOWHERE: &str = "http://127.0.0.1:9/v1";
const STATES: &str = "SELECT state FROM sale ORDER BY number";

/// A service on the desktop's bus that receives every call and answers none.
fn silent_service(desktop: &Desktop, name: &str) -> zbus::blocking::Connection {
    Builder::address(desktop.bus_address())
        .and_then(|builder| builder.name(name.to_owned()))
        .and_then(Builder::build)
        .expect("the bus gives the name")
}

fn screen(keychain: KeychainState) -> Desktop {
    let mut desktop = Desktop::without_screen(keychain);
    desktop.start_screen(1280, 800);
    desktop
}

/// Checks that practice mode sells without a keychain.
async fn sells_in_practice(window: &Window) {
    window.tap_to("setup-practice", "pad").await;
    window.open_sale("12.5").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_hangs_holds_up_nothing() {
    let desktop = screen(KeychainState::Missing);
    let _silent = silent_service(&desktop, "org.freedesktop.secrets");
    let began = std::time::Instant::now();
    let window = Window::open(desktop, NOWHERE).await;
    window.find("setup").await;
    println!("window with a keychain that hangs: {:?}", began.elapsed());
    window
        .wait_for_attribute("setup-key-fault", "data-code", "keychain_hangs")
        .await;
    assert!(window.text("setup-key-fault").await.chars().count() > 20);
    window.screenshot("setup-keychain-hangs").await;
    sells_in_practice(&window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_keychain_is_told_in_the_window() {
    let window = Window::open(screen(KeychainState::Locked), NOWHERE).await;
    window
        .wait_for_attribute("setup-key-fault", "data-code", "keychain_locked")
        .await;
    assert!(window.text("setup-key-fault").await.chars().count() > 20);
    window.screenshot("setup-keychain-locked").await;
    sells_in_practice(&window).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desktop_portal_that_never_answers_keeps_no_window_away() {
    let desktop = screen(KeychainState::Open);
    let portal = silent_service(&desktop, "org.freedesktop.portal.Desktop");
    let calls = MessageIterator::from(portal);
    let (hear, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for call in calls.flatten() {
            let member = call.header().member().map(ToString::to_string);
            // The test may have ended.
            hear.send(member.unwrap_or_default()).ok();
        }
    });
    let began = std::time::Instant::now();
    let window = Window::open(desktop, NOWHERE).await;
    window.find("setup").await;
    println!("window with a portal that hangs: {:?}", began.elapsed());
    sells_in_practice(&window).await;
    // The till asks once for the desktop's colours, and does not wait for the answer. A program that waited would time out
    // and ask the next question. GTK asks nothing.
    let asked: Vec<String> = heard.try_iter().collect();
    assert_eq!(asked, ["Read"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_journal_is_refused_on_the_screen_and_kept() {
    let gateway = start_gateway(KEY).await;
    let window = open_till(screen(KeychainState::Open), &gateway, KEY).await;
    let mut desktop = window.close().await;
    let path = desktop.data_dir().join("journal.sqlite");
    desktop.query_journal("PRAGMA wal_checkpoint(TRUNCATE)");
    let honest = std::fs::read(&path).expect("a journal");
    let mut newer = honest.clone();
    // The user version is at byte 60, big-endian (SQLite, *Database File Format*, 1.3).
    newer[60..64].copy_from_slice(&999_u32.to_be_bytes());
    let mut damaged = honest.clone();
    damaged[4096..].fill(0x5a);
    for (bytes, code) in [
        (b"no journal at all".to_vec(), "journal_corrupt"),
        (damaged, "journal_corrupt"),
        (newer, "journal_newer"),
    ] {
        for name in ["journal.sqlite-wal", "journal.sqlite-shm"] {
            // There is none after a regular end.
            std::fs::remove_file(desktop.data_dir().join(name)).ok();
        }
        std::fs::write(&path, &bytes).expect("written");
        let window = Window::open(desktop, &gateway.base_url()).await;
        window.wait_for_error(code).await;
        assert!(window.text("error").await.chars().count() > 40);
        assert!(!window.has("charge").await, "nothing can be sold");
        window.screenshot(&format!("start-{code}")).await;
        desktop = window.close().await;
        let kept = std::fs::read(&path).expect("still there");
        assert!(kept == bytes, "{code}: the file is touched");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_clock_ends_nothing_on_the_screen() {
    let gateway = start_gateway(KEY).await;
    let control = gateway.control();
    let window = open_till(screen(KeychainState::Open), &gateway, KEY).await;
    // By the clocks of the till and the gateway the invoice ended long ago.
    let past = ringup_practice::CallFault::Edit {
        set: [("/invoice/expires_at".to_owned(), json!(1_700_000_000))].into(),
        remove: Vec::new(),
    };
    control
        .add_fault(ringup_practice::FaultRule::next(
            ringup_practice::Target::Create,
            past,
        ))
        .expect("a rule");
    window.open_sale("12.5").await;
    window.qr_area().await;
    let said = window.text("payment").await;
    assert!(said.contains("the gateway has the last word"), "{said}");
    window.screenshot("payment-elapsed").await;
    window.pay(&control).await;
    let desktop = window.close().await;
    let ended = "SELECT count(*) FROM entry WHERE kind = 'invoice_ended'";
    assert_eq!(desktop.query_journal(ended), "0\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_that_takes_nothing_is_told_on_the_screen_and_nothing_is_lost() {
    let gateway = start_gateway(KEY).await;
    let control = gateway.control();
    let window = open_till(screen(KeychainState::Open), &gateway, KEY).await;
    window.open_sale("12.5").await;
    let invoice = newest_invoice(&control);
    // Another program holds the journal's write lock.
    let path = window.desktop.data_dir().join("journal.sqlite");
    let other = rusqlite::Connection::open(path).expect("a journal");
    other.execute_batch("BEGIN IMMEDIATE").expect("taken");
    control.pay(&invoice).expect("paid");
    window.wait_for_error("journal_unwritable").await;
    window.screenshot("journal-unwritable").await;
    window.wait_for_state("payment", "awaiting").await;
    assert_eq!(window.desktop.query_journal(STATES), "awaiting\n");
    window.tap("error-dismiss").await;

    other.execute_batch("ROLLBACK").expect("given back");
    window.find("paid").await;
    let desktop = window.close().await;
    assert_eq!(desktop.query_journal(STATES), "paid\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_and_the_command_line_sell_on_one_journal() {
    let gateway = start_gateway(KEY).await;
    let control = gateway.control();
    let window = open_till(screen(KeychainState::Open), &gateway, KEY).await;
    let ringup = |args: &[&str]| {
        let mut ringup = window.desktop.ringup();
        ringup
            .env("RINGUP_API_URL", gateway.base_url())
            .env("RINGUP_POLL_MS", FAST_POLL_MS.to_string())
            .args(args)
            .stdout(std::process::Stdio::null());
        ringup.spawn().expect("started")
    };
    let first = ringup(&["charge", "1", "EUR"]);
    wait_until("the first sale waits", || control.invoices().len() == 1);
    let mut programs = vec![first, ringup(&["watch"])];
    for _ in 0..3 {
        programs.push(ringup(&["charge", "3", "EUR"]));
        programs.push(ringup(&["charge", "4", "EUR"]));
        window.open_sale("12.5").await;
        window.tap_to("payment-next", "pad").await;
    }
    wait_until("all wait", || control.invoices().len() == 10);
    for invoice in control.invoices() {
        control.pay(&invoice.id).expect("paid");
    }
    for mut program in programs {
        assert!(program.wait().expect("ended").success());
    }
    wait_until("all is paid", || {
        window
            .desktop
            .query_journal("SELECT count(*) FROM sale WHERE state = 'paid'")
            == "10\n"
    });
    // The window shows them too.
    window.find("alarm").await;
    assert!(!window.has("error").await);
    let desktop = window.close().await;
    assert_eq!(
        desktop.query_journal("SELECT max(number), count(DISTINCT number) FROM sale"),
        "10|10\n"
    );
    let verified = desktop.ringup().arg("verify").status().expect("runs");
    assert!(verified.success());
    assert_private(&desktop.data_dir());
}

/// Checks that everything below the folder is readable by its owner only.
fn assert_private(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    for entry in std::fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        let mode = path.metadata().expect("there").permissions().mode() & 0o077;
        assert_eq!(mode, 0, "{}", path.display());
        if path.is_dir() {
            assert_private(&path);
        }
    }
}
