//! What the till knows of its journal's past without a folder for copies: the head that it notes down, the heads on its
//! receipts, and journals that were copied by hand or lie where nothing can be written.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use ringup_core::JournalState;
use ringup_core::TillEvent;
use ringup_core::auto_backup::{History, check_history, known_entries};
use ringup_core::clock::Clock;
use ringup_core::error::{Code, Fault};
use ringup_core::journal::{
    NewerEntries, NotedHead, RestoreFacts, back_up, noted_head_file, restore, verify_file,
};
use ringup_core::sale::{Purpose, SaleState};
use ringup_testkit::gateway::KEY;
use ringup_testkit::{
    Desktop, GatewayProgram, KeychainState, Program, Shop, error_code, key_set, run, wait_until,
};
use serde_json::Value;

use crate::machine::without_privileges;

fn program() -> (Desktop, GatewayProgram) {
    let desktop = Desktop::without_screen(KeychainState::Open);
    let remote = GatewayProgram::start(&desktop);
    assert_eq!(key_set(remote.ringup(&desktop), KEY).0, 0);
    (desktop, remote)
}

fn charge(desktop: &Desktop, remote: &GatewayProgram) {
    let mut charge = remote.ringup(desktop);
    charge.args(["charge", "12.50", "EUR", "--no-wait"]);
    assert_eq!(run(&mut charge).0, 0);
}

/// A sale that is paid.
fn paid(desktop: &Desktop, remote: &GatewayProgram) {
    let mut charge = remote.ringup(desktop);
    let mut program = Program::start(charge.args(["charge", "12.50", "EUR", "--json"]));
    remote.act(&program.sale_in_state("awaiting"), "pay");
    program.sale_in_state("paid");
    assert_eq!(program.exit().0, 0);
}

/// Puts a copy in the journal's place while no till is open.
fn put_back(copy: &Path, journal: &Path) {
    for suffix in ["-wal", "-shm"] {
        std::fs::remove_file(format!("{}{suffix}", journal.display())).ok();
    }
    std::fs::copy(copy, journal).unwrap();
}

/// `doctor`'s line about the history.
fn history(desktop: &Desktop) -> Value {
    let (_, out, _) = run(desktop.ringup().args(["doctor", "--json"]));
    let findings = out.lines().map(|line| serde_json::from_str(line).unwrap());
    let mut found: Vec<Value> = findings
        .filter(|finding: &Value| finding["check"] == "history")
        .collect();
    found.pop().unwrap()
}

#[test]
fn an_end_that_was_cut_off_is_told_by_doctor_and_verify_also_without_copies() {
    let (desktop, remote) = program();
    charge(&desktop, &remote);
    let journal = desktop.data_dir().join("journal.sqlite");
    let older = desktop.folder().join("older.sqlite");
    run(desktop.ringup().arg("backup").arg(&older));
    charge(&desktop, &remote);
    let (code, ..) = run(desktop.ringup().arg("verify"));
    assert_eq!((code, &history(&desktop)["ok"]), (0, &Value::Bool(true)));

    put_back(&older, &journal);
    let noted = std::fs::read(noted_head_file(&journal)).unwrap();
    for _ in 0..2 {
        let (code, out, _) = run(desktop.ringup().arg("verify"));
        assert!(code == 1 && out.contains("cut off"), "{out}");
        let told = history(&desktop);
        assert_eq!(told["code"], "history_broken", "{told}");
        // Selling does not make it forget.
        charge(&desktop, &remote);
        charge(&desktop, &remote);
        assert_eq!(std::fs::read(noted_head_file(&journal)).unwrap(), noted);
    }
}

#[tokio::test]
async fn an_older_journal_is_told_at_the_start_and_a_restore_settles_it() {
    let mut shop = Shop::without_polling().await;
    let journal = shop.config.journal();
    shop.charge().await;
    let older = shop.config.data_dir.join("older.sqlite");
    back_up(&journal, Purpose::Practice, &older).unwrap();
    for _ in 0..3 {
        shop.charge().await;
    }
    assert_eq!(shop.till().history_fault(), None);
    shop.close();
    shop.wait_until_closed().await;
    let noted = NotedHead::of_journal(&journal).unwrap();
    let whole = verify_file(&journal).unwrap().unwrap();
    assert_eq!((noted.entries, &noted.head), (whole.entries, &whole.head));
    let newest = shop.config.data_dir.join("newest.sqlite");
    std::fs::copy(&journal, &newest).unwrap();

    put_back(&older, &journal);
    shop.reopen().await;
    let fault = shop.till().history_fault().expect("told");
    assert_eq!(fault.code, Code::HistoryBroken);
    let stick = tempfile::tempdir().unwrap();
    shop.till().set_backup_folder(Some(stick.path())).unwrap();
    let refused = Fault::from(shop.till().back_up_now().await.unwrap_err());
    assert_eq!(refused.code, Code::HistoryBroken);
    shop.close();
    shop.wait_until_closed().await;
    assert_eq!(NotedHead::of_journal(&journal), Some(noted.clone()));

    // Of an older copy the numbers go on after all that may have been given out.
    let facts = RestoreFacts {
        known_entries: known_entries(&journal),
        ..RestoreFacts::default()
    };
    let now = Clock::system().now();
    let lose = NewerEntries::Lose;
    let put = |copy: &Path| restore(&journal, Purpose::Practice, copy, lose, facts, now);
    // The older journal that was put back holds an entry of its own by now: the copies' folder was set.
    put(&older).unwrap();
    shop.reopen().await;
    assert_eq!(shop.till().history_fault(), None, "a restore settles it");
    assert!(
        shop.charge().await.number > 4,
        "no number is given out twice"
    );
    shop.close();
    shop.wait_until_closed().await;
    put(&newest).unwrap();
    assert!(matches!(check_history(&journal), Ok(History::Continues(_))));
    shop.reopen().await;
    assert_eq!(shop.till().history_fault(), None);
}

#[tokio::test]
async fn a_journal_replaced_under_an_open_till_stops_selling_and_says_so() {
    let mut shop = Shop::open().await;
    let journal = shop.config.journal();
    let (_, invoice) = shop.open_sale().await;
    let older = shop.config.data_dir.join("older.sqlite");
    back_up(&journal, Purpose::Practice, &older).unwrap();
    let (waiting, _) = shop.open_sale().await;
    let created = shop.control.count(ringup_practice::Endpoint::Create);
    std::fs::rename(&older, &journal).unwrap();
    let refused = shop.till().charge(ringup_testkit::euros("3")).await;
    let fault = Fault::from(refused.expect_err("not sold"));
    assert_eq!(fault.code, Code::JournalReplaced);
    assert_eq!(shop.till().journal_state(), JournalState::Replaced);
    let told = shop
        .wait_for_events(2, |event| match event {
            TillEvent::JournalChanged(state) => Some(format!("{state:?}")),
            TillEvent::Fault(fault) => Some(fault.code.as_str().to_owned()),
            _ => None,
        })
        .await;
    assert_eq!(told, ["Replaced", "journal_replaced"]);
    let count = shop.control.count(ringup_practice::Endpoint::Create);
    assert_eq!(
        count, created,
        "nothing that is not written down is asked for"
    );
    let kept = fault.detail.get("file").expect("it says where").clone();

    // The kept file is put back, as whoever looks after the till would, and the customer's money is found.
    shop.control.pay(&invoice).unwrap();
    std::fs::copy(&kept, shop.config.data_dir.join("back.sqlite")).unwrap();
    std::fs::rename(shop.config.data_dir.join("back.sqlite"), &journal).unwrap();
    shop.wait_for_state(1, SaleState::Paid).await;
    assert_eq!(shop.till().sale(waiting).await.unwrap().number, waiting);
    shop.assert_whole().await;
}

#[test]
fn a_program_without_a_window_notices_a_replaced_journal_too() {
    let (desktop, remote) = program();
    charge(&desktop, &remote);
    let journal = desktop.data_dir().join("journal.sqlite");
    let older = desktop.folder().join("older.sqlite");
    run(desktop.ringup().arg("backup").arg(&older));
    charge(&desktop, &remote);
    let mut watch = Program::start(
        remote
            .ringup(&desktop)
            .args(["watch", "--follow", "--json"]),
    );
    watch.sale_in_state("awaiting");
    std::fs::rename(&older, &journal).unwrap();
    let told = watch.error().unwrap();
    assert_eq!(error_code(&told), "journal_replaced", "{told}");
    wait_until("its entries are kept", || {
        let files = std::fs::read_dir(desktop.data_dir()).unwrap().flatten();
        let mut kept = files.filter(|file| file.file_name().to_string_lossy().contains("rescued"));
        kept.any(|file| verify_file(&file.path()).is_ok_and(|it| it.is_ok()))
    });
    watch.kill();
    assert_eq!(
        verify_file(&journal).unwrap().unwrap().sales,
        1,
        "as it was put there"
    );
}

#[test]
fn every_receipt_bears_a_head_that_verify_accepts() {
    let (desktop, remote) = program();
    paid(&desktop, &remote);
    let (code, text, errors) = run(desktop.ringup().args(["receipt", "1"]));
    assert_eq!(code, 0, "{errors}");
    let line = text.lines().find(|line| line.starts_with("Journal "));
    let head = line.and_then(|line| line.split_once(' ')).unwrap().1.trim();
    assert_eq!(head.len(), 16, "{text}");
    charge(&desktop, &remote);
    let since = |head: &str| run(desktop.ringup().args(["verify", "--since", head])).0;
    assert_eq!((since(head), since("0123456789abcdef")), (0, 1));
}

#[test]
fn a_folder_that_can_only_be_read_is_read_with_all_entries() {
    let (desktop, remote) = program();
    paid(&desktop, &remote);
    charge(&desktop, &remote);
    let data = desktop.data_dir();
    let rights = |folder: &Path, mode: u32| {
        for file in std::fs::read_dir(folder).unwrap().flatten() {
            let rights = std::fs::Permissions::from_mode(mode & 0o666);
            if file.path().is_file() {
                std::fs::set_permissions(file.path(), rights).unwrap();
            }
        }
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    // Once as a closed till leaves it, once with entries that are in the log alone, with and without shared memory.
    for (name, with) in [("closed", ""), ("log", "-wal"), ("all", "-wal -shm")] {
        let folder = desktop.folder().join(name);
        std::fs::create_dir(&folder).unwrap();
        let mut watch = Program::start(
            remote
                .ringup(&desktop)
                .args(["watch", "--follow", "--json"]),
        );
        if with.is_empty() {
            watch.kill();
            desktop.query_journal("PRAGMA wal_checkpoint(TRUNCATE)");
        } else {
            watch.sale();
            charge(&desktop, &remote);
        }
        let names = with.split_whitespace().chain([""]);
        for suffix in names {
            let name = format!("journal.sqlite{suffix}");
            std::fs::copy(data.join(&name), folder.join(&name)).unwrap();
        }
        watch.kill();
        let sales = desktop.query_journal("SELECT count(*) FROM sale");
        rights(&folder, 0o500);
        let with_folder = |arguments: &[&str]| {
            let mut ringup = remote.ringup(&desktop);
            ringup.env("RINGUP_DATA_DIR", &folder).args(arguments);
            run(&mut without_privileges(ringup))
        };
        let (code, out, errors) = with_folder(&["sales", "--json"]);
        assert_eq!(
            (code, out.lines().count()),
            (0, sales.trim().parse().unwrap()),
            "{name}: {errors}"
        );
        for arguments in [
            &["report"][..],
            &["receipt", "1"],
            &["export", "--format", "csv"],
            &["verify"],
            &["verify", "--json"],
        ] {
            let (code, out, errors) = with_folder(arguments);
            assert!(
                code == 0 && !out.is_empty(),
                "{name} {arguments:?}: {out}{errors}"
            );
        }
        let picture = desktop.folder().join("receipt.png");
        for arguments in [
            &["charge", "1", "EUR"][..],
            &["close-day", "--carry"],
            &["receipt", "1", "--png", picture.to_str().unwrap()],
        ] {
            let (code, out, errors) = with_folder(arguments);
            let told = (code, out.as_str(), error_code(&errors));
            assert_eq!(told, (1, "", "journal_unwritable"), "{name} {arguments:?}");
        }
        assert!(!picture.exists(), "no receipt that is not journaled");
        let left = std::fs::read_dir(&folder).unwrap().count();
        assert_eq!(
            left,
            1 + with.split_whitespace().count(),
            "nothing is left there"
        );
        rights(&folder, 0o700);
    }
}

#[test]
fn a_journal_copied_by_hand_without_its_log_is_perhaps_incomplete() {
    let (desktop, remote) = program();
    charge(&desktop, &remote);
    let data = desktop.data_dir();
    let copy = desktop.folder().join("copy.sqlite");
    run(desktop.ringup().arg("backup").arg(&copy));
    let lone = desktop.folder().join("lone");
    std::fs::create_dir(&lone).unwrap();
    let by_hand = lone.join("journal.sqlite");
    std::fs::copy(data.join("journal.sqlite"), &by_hand).unwrap();
    let verify = |folder: &Path| {
        let mut verify = desktop.ringup();
        run(verify
            .env("RINGUP_DATA_DIR", folder)
            .args(["verify", "--json"]))
        .1
    };
    assert!(verify(&lone).contains("\"perhaps_incomplete\":true"));
    assert!(!verify(&data).contains("perhaps"), "the till's own");
    let restored = |file: &Path| {
        let (code, out, errors) = run(desktop.ringup().arg("restore").arg(file).arg("--json"));
        assert_eq!(code, 0, "{errors}");
        out.contains("perhaps_incomplete")
    };
    assert!(!restored(&copy), "the till's own copy needs no log");
    let alone = desktop.folder().join("alone.sqlite");
    std::fs::copy(&by_hand, &alone).unwrap();
    assert!(restored(&alone));
}
