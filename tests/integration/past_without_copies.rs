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
use ringup_testkit::{Counter, Program, Shop, error_code, run, wait_until};
use serde_json::Value;

use crate::machine::without_privileges;

/// Puts a copy in the journal's place while no till is open.
fn put_back(copy: &Path, journal: &Path) {
    for suffix in ["-wal", "-shm"] {
        std::fs::remove_file(format!("{}{suffix}", journal.display())).ok();
    }
    std::fs::copy(copy, journal).unwrap();
}

#[test]
fn an_end_that_was_cut_off_is_told_by_doctor_and_verify_also_without_copies() {
    let counter = Counter::open();
    counter.open_sale();
    let journal = counter.journal();
    let older = counter.back_up("older.sqlite");
    counter.open_sale();
    let (code, ..) = counter.run(["verify"]);
    assert_eq!(
        (code, &counter.doctor("history")["ok"]),
        (0, &Value::Bool(true))
    );

    put_back(&older, &journal);
    let noted = std::fs::read(noted_head_file(&journal)).unwrap();
    for _ in 0..2 {
        let (code, out, _) = counter.run(["verify"]);
        assert!(code == 1 && out.contains("cut off"), "{out}");
        let told = counter.doctor("history");
        assert_eq!(told["code"], "history_broken", "{told}");
        // Selling does not make it forget.
        counter.open_sale();
        counter.open_sale();
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
    let counter = Counter::open();
    counter.open_sale();
    let journal = counter.journal();
    let older = counter.back_up("older.sqlite");
    counter.open_sale();
    let mut watch = Program::start(counter.ringup().args(["watch", "--follow", "--json"]));
    watch.sale_in_state("awaiting");
    std::fs::rename(&older, &journal).unwrap();
    let told = watch.error().unwrap();
    assert_eq!(error_code(&told), "journal_replaced", "{told}");
    wait_until("its entries are kept", || {
        let files = std::fs::read_dir(counter.desktop.data_dir())
            .unwrap()
            .flatten();
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
    let counter = Counter::open();
    counter.sell();
    let text = counter.text(["receipt", "1"]);
    let line = text.lines().find(|line| line.starts_with("Journal "));
    let head = line.and_then(|line| line.split_once(' ')).unwrap().1.trim();
    assert_eq!(head.len(), 16, "{text}");
    counter.open_sale();
    let since = |head: &str| counter.run(["verify", "--since", head]).0;
    assert_eq!((since(head), since("0123456789abcdef")), (0, 1));
}

#[test]
fn a_folder_that_can_only_be_read_is_read_with_all_entries() {
    let counter = Counter::open();
    counter.sell();
    counter.open_sale();
    let data = counter.desktop.data_dir();
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
        let folder = counter.file(name);
        std::fs::create_dir(&folder).unwrap();
        let mut watch = Program::start(counter.ringup().args(["watch", "--follow", "--json"]));
        if with.is_empty() {
            watch.kill();
            counter.query_journal("PRAGMA wal_checkpoint(TRUNCATE)");
        } else {
            watch.sale();
            counter.open_sale();
        }
        let names = with.split_whitespace().chain([""]);
        for suffix in names {
            let name = format!("journal.sqlite{suffix}");
            std::fs::copy(data.join(&name), folder.join(&name)).unwrap();
        }
        watch.kill();
        let sales = counter.query_journal("SELECT count(*) FROM sale");
        rights(&folder, 0o500);
        let with_folder = |arguments: &[&str]| {
            let mut ringup = counter.ringup();
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
        let picture = counter.file("receipt.png");
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
    let counter = Counter::open();
    counter.open_sale();
    let data = counter.desktop.data_dir();
    let copy = counter.back_up("copy.sqlite");
    let lone = counter.file("lone");
    std::fs::create_dir(&lone).unwrap();
    let by_hand = lone.join("journal.sqlite");
    std::fs::copy(data.join("journal.sqlite"), &by_hand).unwrap();
    let verify = |folder: &Path| {
        let mut verify = counter.desktop.ringup();
        run(verify
            .env("RINGUP_DATA_DIR", folder)
            .args(["verify", "--json"]))
        .1
    };
    assert!(verify(&lone).contains("\"perhaps_incomplete\":true"));
    assert!(!verify(&data).contains("perhaps"), "the till's own");
    let restored = |file: &Path| {
        let file = file.to_str().unwrap();
        let restored = counter.text(["restore", file, "--json"]);
        restored.contains("perhaps_incomplete")
    };
    assert!(!restored(&copy), "the till's own copy needs no log");
    let alone = counter.file("alone.sqlite");
    std::fs::copy(&by_hand, &alone).unwrap();
    assert!(restored(&alone));
}
