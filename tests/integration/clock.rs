//! The machine's clock is wrong, or is changed during a sale. Only the gateway decides what is paid and what has ended. A
//! clock that makes its certificate look invalid is named as the reason.

use std::path::Path;
use std::process::{Command, Stdio};

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::sale::SaleState;
use ringup_practice::Options;

use serde_json::Value;

use ringup_testkit::gateway::KEY;
use ringup_testkit::{Desktop, KeychainState, Shop, free_port, key_set, run, wait_until};

const MINUTE_MS: i64 = 60_000;

/// A clock that the test sets, and how many milliseconds it is ahead.
fn wrong_clock() -> (Clock, Arc<AtomicI64>) {
    let ahead_ms = Arc::new(AtomicI64::new(0));
    let hand = Arc::clone(&ahead_ms);
    let clock = Clock::from_fn(move || Clock::system().now().plus(hand.load(Ordering::Relaxed)));
    (clock, ahead_ms)
}

#[tokio::test]
async fn a_clock_set_while_an_invoice_is_open_changes_nothing() {
    let mut shop = Shop::with(Options::default(), Duration::from_millis(10)).await;
    let (clock, ahead_ms) = wrong_clock();
    shop.reopen_with(clock).await;
    for step in [10 * MINUTE_MS, -10 * MINUTE_MS, 25 * 60 * MINUTE_MS] {
        ahead_ms.store(0, Ordering::Relaxed);
        let (number, invoice) = shop.open_sale().await;
        ahead_ms.store(step, Ordering::Relaxed);
        shop.wait_for_polls(3).await;
        let sale = shop.till().check_now(number).await.unwrap();
        assert_eq!(sale.state, SaleState::Awaiting, "{step}");
        let sale = shop.pay(number, &invoice).await;
        assert!(!sale.late, "{step}");
    }
    shop.assert_whole().await;
}

#[tokio::test]
async fn a_clock_past_the_invoices_end_ends_nothing() {
    let mut shop = Shop::open().await;
    let (number, invoice) = shop.open_sale().await;
    let expires_at = shop.till().sale(number).await.unwrap().expires_at.unwrap();
    // By this clock the invoice ended a day ago.
    let late = UnixMs(expires_at * 1000).plus(24 * 60 * MINUTE_MS);
    shop.reopen_with(Clock::from_fn(move || late)).await;
    let sale = shop.till().check_now(number).await.unwrap();
    assert_eq!(sale.state, SaleState::Awaiting);
    assert!(!shop.entry_kinds().contains(&"invoice_ended".to_owned()));
    assert!(shop.till().qr(number).await.is_ok(), "it can still be paid");
    shop.control.end(&invoice).unwrap();
    let sale = shop.till().check_now(number).await.unwrap();
    assert_eq!(sale.state, SaleState::Ended, "the gateway's word ends it");
    shop.assert_whole().await;
}

/// Runs `openssl` in this folder.
fn openssl(folder: &Path, arguments: &str) {
    let done = Command::new("openssl")
        .current_dir(folder)
        .args(arguments.split(' '))
        .stderr(Stdio::null())
        .status()
        .expect("openssl is installed");
    assert!(done.success(), "openssl {arguments}");
}

/// A TLS server of this name with a certificate that is valid for 30 days from now, made by `ca.pem` in the folder.
fn start_tls_server(desktop: &mut Desktop) -> u16 {
    let folder = desktop.folder().to_owned();
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
    openssl(
        &folder,
        &format!("req -x509 {key} -keyout ca.key -out ca.pem -days 3650 -subj /CN=ca"),
    );
    openssl(
        &folder,
        &format!("req {key} -keyout server.key -out server.csr -subj /CN=localhost"),
    );
    std::fs::write(folder.join("names"), "subjectAltName=DNS:localhost\n").unwrap();
    openssl(
        &folder,
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile names -out server.pem",
    );
    let port = free_port();
    let server = Command::new("openssl")
        .current_dir(&folder)
        .args([
            "s_server",
            "-quiet",
            "-rev",
            "-cert",
            "server.pem",
            "-key",
            "server.key",
        ])
        .args(["-accept", &format!("127.0.0.1:{port}")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    desktop.adopt(server);
    wait_until("the server listens", || {
        std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
    });
    port
}

#[test]
fn a_certificate_that_looks_invalid_by_a_wrong_clock_says_so() {
    let mut desktop = Desktop::without_screen(KeychainState::Open);
    let port = start_tls_server(&mut desktop);
    let ringup = |desktop: &Desktop| {
        let mut ringup = desktop.ringup();
        ringup
            .env("RINGUP_API_URL", format!("https://localhost:{port}/v1"))
            .env("SSL_CERT_FILE", desktop.folder().join("ca.pem"));
        ringup
    };
    assert_eq!(key_set(ringup(&desktop), KEY).0, 0);
    for (days, code) in [
        ("-0d", "gateway_broken_connection"),
        ("-400d", "clock_wrong"),
        ("-2d", "clock_wrong"),
        ("+32d", "certificate_expired"),
        ("+90d", "clock_wrong"),
    ] {
        desktop.set_clock(days);
        let (_, out, _) = run(ringup(&desktop).args(["doctor", "--json"]));
        let findings = out
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        let finding = |check: &str| {
            findings
                .clone()
                .find(|finding| finding["check"] == check)
                .unwrap()
        };
        assert_eq!(
            finding("gateway")["code"].as_str().unwrap_or("ok"),
            code,
            "{days}: {out}"
        );
        if code == "clock_wrong" {
            assert_eq!(finding("clock")["code"], "clock_off", "{days}");
        }
    }
    // A charge says so too, and can be tried again: nothing has left the machine.
    desktop.set_clock("-400d");
    let charge = ["charge", "12.50", "EUR", "--json", "--no-wait"];
    let (code, out, _) = run(ringup(&desktop).args(charge));
    let sale: Value = serde_json::from_str(out.lines().last().unwrap()).unwrap();
    assert_eq!(
        (code, sale["state"].as_str()),
        (4, Some("refused")),
        "{out}"
    );
    assert_eq!(sale["error"]["code"], "clock_wrong");
    let message = sale["error"]["message"].as_str().unwrap();
    assert!(message.contains("clock is wrong: it says 20"), "{message}");
}
