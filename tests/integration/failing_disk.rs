//! The disk fails under an open till: selling stops, the screen is told, and the till goes on by itself when the disk
//! works again. Everything acknowledged is in the journal, and nothing else was shown.
//!
//! The limits that make the disk fail are those of a process, so each test runs in a process of its own.

use std::path::Path;
use std::process::Command;

use ringup_core::error::Code;
use ringup_core::sale::SaleState;
use ringup_core::{JournalState, TillEvent};
use ringup_practice::{CallFault, Target};
use rlimit::{INFINITY, Resource};

use ringup_testkit::{Shop, euros};

/// Set in the process that runs the test itself.
const INNER_PROCESS: &str = "RINGUP_TEST_DISK";

/// Runs the test of this name in a process of its own, started by a shell after the command `before`. Returns false in
/// that process.
fn in_a_process_of_its_own(name: &str, shell: &[&str], before: &str) -> bool {
    if std::env::var_os(INNER_PROCESS).is_some() {
        return false;
    }
    let folder = tempfile::tempdir().unwrap();
    let ran = Command::new(shell[0])
        .args(&shell[1..])
        .args(["-c", &format!("{before} exec \"$@\""), "sh"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(INNER_PROCESS, folder.path())
        .env("TMPDIR", folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout) + String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    assert!(said.contains("1 passed"), "no such test: {said}");
    true
}

fn states(event: TillEvent) -> Option<Result<JournalState, Code>> {
    match event {
        TillEvent::JournalChanged(state) => Some(Ok(state)),
        TillEvent::Fault(fault) => Some(Err(fault.code)),
        _ => None,
    }
}

/// Sells, lets the disk fail, tries to sell, repairs the disk, sells again.
#[tokio::main]
async fn the_disk_fails(fail: impl Fn(&Path), mend: impl Fn(&Path)) {
    let mut shop = Shop::open().await;
    let (before, invoice) = shop.open_sale().await;
    let acknowledged = shop.till().verify().await.unwrap().unwrap();
    let created = shop.control.count(ringup_practice::Endpoint::Create);

    fail(&shop.config.data_dir);
    for _ in 0..3 {
        let refused = shop.till().charge(euros("3")).await.expect_err("not sold");
        assert_eq!(
            ringup_core::error::Fault::from(refused).code,
            Code::JournalUnwritable
        );
    }
    assert_eq!(
        shop.control.count(ringup_practice::Endpoint::Create),
        created,
        "nothing that is not written down is asked for"
    );
    // The customer pays the invoice that was shown before.
    shop.control.pay(&invoice).unwrap();
    assert_eq!(shop.till().journal_state(), JournalState::Failing);
    let told = shop.wait_for_events(2, states).await;
    assert_eq!(
        told,
        [Ok(JournalState::Failing), Err(Code::JournalUnwritable)]
    );

    mend(&shop.config.data_dir);
    assert_eq!(
        shop.wait_for_events(1, states).await,
        [Ok(JournalState::Serving)]
    );
    shop.wait_for_state(before, SaleState::Paid).await;
    let verified = shop.till().verify().await.unwrap().unwrap();
    assert!(verified.entries > acknowledged.entries);
    let (after, _) = shop.open_sale().await;
    shop.assert_whole().await;
    // A new till on the same journal finds the same.
    shop.reopen().await;
    shop.assert_whole().await;
    assert_eq!(
        shop.till().sale(before).await.unwrap().state,
        SaleState::Paid
    );
    assert_eq!(after, before + 1, "nothing was sold meanwhile");
}

#[test]
fn an_error_of_the_disk_stops_selling_until_it_is_over() {
    let name = "failing_disk::an_error_of_the_disk_stops_selling_until_it_is_over";
    // With the signal ignored, a write beyond the limit fails.
    if in_a_process_of_its_own(name, &["sh"], "trap '' XFSZ;") {
        return;
    }
    let limit = |bytes| rlimit::setrlimit(Resource::FSIZE, bytes, INFINITY).unwrap();
    the_disk_fails(|_| limit(4096), |_| limit(INFINITY));
}

#[test]
fn a_full_disk_stops_selling_until_there_is_room() {
    let name = "failing_disk::a_full_disk_stops_selling_until_there_is_room";
    let mount = "mount -t tmpfs -o size=2m tmpfs \"$TMPDIR\" || exit 1;";
    let may = Command::new("unshare").args(["-rm", "true"]).status();
    if !may.is_ok_and(|status| status.success()) {
        // Without the right to mount a small disk, no disk can be filled safely.
        return;
    }
    if in_a_process_of_its_own(name, &["unshare", "-rm", "sh"], mount) {
        return;
    }
    let ballast = |data: &Path| data.parent().unwrap().join("ballast");
    let fill = move |data: &Path| {
        let full = std::fs::write(ballast(data), vec![1; 4 << 20]);
        assert!(full.is_err(), "the disk is full");
    };
    let clear = move |data: &Path| std::fs::remove_file(ballast(data)).unwrap();
    the_disk_fails(fill, clear);
}

#[tokio::main]
async fn the_disk_fails_before_the_answer() {
    let limit = |bytes| rlimit::setrlimit(Resource::FSIZE, bytes, INFINITY).unwrap();
    let mut shop = Shop::open().await;
    shop.fail_next(Target::Create, CallFault::DelayMs(100));
    let charge = tokio::spawn({
        let till = shop.till().clone();
        async move { till.charge(euros("12.50")).await }
    });
    shop.wait_for_calls(ringup_practice::Endpoint::Create, 1)
        .await;
    limit(4096);
    let refused = charge.await.unwrap().expect_err("not written");
    assert_eq!(
        ringup_core::error::Fault::from(refused).code,
        Code::JournalUnwritable
    );
    limit(INFINITY);
    let address_or_end = |event| match event {
        TillEvent::SaleChanged(sale) => sale.pay_url.map(|_| "an address was shown"),
        TillEvent::JournalChanged(JournalState::Serving) => Some("serving"),
        _ => None,
    };
    assert_eq!(shop.wait_for_events(1, address_or_end).await, ["serving"]);
    shop.close();
    // While a till has the journal open, its requests may still be answered.
    shop.wait_until_closed().await;
    shop.reopen().await;
    let sale = shop.till().sale(1).await.unwrap();
    assert_eq!((sale.state, sale.pay_url), (SaleState::Uncertain, None));
    assert_eq!(shop.control.count(ringup_practice::Endpoint::Create), 1);
    shop.assert_whole().await;
}

#[test]
fn an_address_that_cannot_be_written_is_not_shown() {
    let name = "failing_disk::an_address_that_cannot_be_written_is_not_shown";
    if in_a_process_of_its_own(name, &["sh"], "trap '' XFSZ;") {
        return;
    }
    the_disk_fails_before_the_answer();
}
