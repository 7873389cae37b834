//! The journal's past: an older copy that is put back, with or without saying so, never makes history repeat itself.

use std::path::{Path, PathBuf};

use ringup_core::auto_backup::BackupStatus;
use ringup_core::clock::{Clock, UnixMs};
use ringup_core::error::{Code, Fault};
use ringup_core::journal::{
    JournalFile, NewerEntries, RestoreError, RestoreFacts, back_up, restore, verify_file,
};
use ringup_core::sale::Purpose;
use ringup_practice::{CallFault, Target};
use ringup_testkit::gateway::status_with_body;
use ringup_testkit::{Counter, KeychainState, Shop, ahead, repository};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn copy_of(shop: &Shop, name: &str) -> PathBuf {
    let copy = shop.config.data_dir.join(name);
    back_up(&shop.config.journal(), Purpose::Practice, &copy).unwrap();
    copy
}

/// Puts the copy in the journal's place and gives up what is newer.
async fn restore_copy(shop: &mut Shop, copy: &Path) {
    shop.close();
    shop.wait_until_closed().await;
    let (lose, facts) = (NewerEntries::Lose, RestoreFacts::default());
    let now = Clock::system().now();
    let journal = shop.config.journal();
    restore(&journal, Purpose::Practice, copy, lose, facts, now).unwrap();
}

#[tokio::test]
async fn after_a_restore_no_number_is_given_out_twice_and_open_invoices_are_watched() {
    let mut shop = Shop::open().await;
    shop.open_sale().await;
    let copy = copy_of(&shop, "copy.sqlite");
    // The copy does not know of these, nor of Z 1 and Z 2.
    let (waiting, invoice) = shop.open_sale().await;
    let (_, paid) = shop.open_sale().await;
    shop.pay(3, &paid).await;
    let refusal = CallFault::Status(status_with_body(422, "no"));
    shop.fail_next(Target::Create, refusal);
    assert_eq!(shop.charge().await.number, 4, "refused, and not watched");
    shop.till().close_day(true).await.unwrap();
    shop.reopen_with(ahead(DAY_MS)).await;
    shop.till().close_day(true).await.unwrap();

    restore_copy(&mut shop, &copy).await;
    shop.reopen_with(ahead(2 * DAY_MS)).await;
    assert!(shop.entry_kinds().contains(&"journal_restored".to_owned()));
    let next = shop.charge().await;
    assert_eq!(next.number, 5, "no number that was given out");
    let sale = shop.pay(waiting, &invoice).await;
    assert_eq!(sale.number, 2);
    let z = shop.till().close_day(true).await.unwrap();
    assert_eq!(z.z, 3, "no Z that was printed");
    shop.assert_whole().await;
}

#[tokio::test]
async fn an_older_copy_put_back_without_a_word_is_noticed_and_pushes_no_copy_out() {
    let mut shop = Shop::without_polling().await;
    let stick = tempfile::tempdir().unwrap();
    shop.charge().await;
    let old = copy_of(&shop, "old.sqlite");
    shop.charge().await;
    shop.till().set_backup_folder(Some(stick.path())).unwrap();
    shop.till().back_up_now().await.unwrap();
    let copies = || std::fs::read_dir(stick.path()).unwrap().count();
    let record = || std::fs::read(shop.config.data_dir.join("backup.json")).unwrap();
    let before = (copies(), record());
    let data_dir = shop.config.data_dir.clone();
    let journal = shop.config.journal();
    shop.close();
    shop.wait_until_closed().await;
    for suffix in ["-wal", "-shm"] {
        std::fs::remove_file(format!("{}{suffix}", journal.display())).ok();
    }
    std::fs::copy(&old, &journal).unwrap();
    shop.reopen().await;
    shop.charge().await;
    let refused = Fault::from(shop.till().back_up_now().await.unwrap_err());
    assert_eq!(refused.code, Code::HistoryBroken);
    let record = std::fs::read(data_dir.join("backup.json")).unwrap();
    assert_eq!((copies(), record), before);
    assert_eq!(
        verify_file(&journal).unwrap().unwrap().sales,
        2,
        "whole by itself"
    );
}

#[tokio::test]
async fn a_clock_that_was_ahead_makes_no_copy_delete_itself() {
    let mut shop = Shop::without_polling().await;
    let stick = tempfile::tempdir().unwrap();
    // 2026-11-21 12:00 UTC. The clock is two hours ahead, on the same day.
    let noon = UnixMs(1_795_262_400_000);
    let two_hours_later = UnixMs(noon.0 + DAY_MS / 12);
    shop.reopen_with(Clock::from_fn(move || two_hours_later))
        .await;
    shop.till().set_backup_folder(Some(stick.path())).unwrap();
    shop.charge().await;
    shop.till().back_up_now().await.unwrap();
    shop.reopen_with(Clock::from_fn(move || noon)).await;
    shop.charge().await;
    let state = shop.till().back_up_now().await.unwrap();
    assert_eq!(state.status, BackupStatus::Good);
    let newest = state.last_good.unwrap();
    assert!(newest.file.exists(), "the newest copy is there");
    assert_eq!(verify_file(&newest.file).unwrap().unwrap().sales, 2);
}

#[tokio::test]
async fn another_tills_copy_takes_no_journals_place_unless_asked_for_by_name() {
    let (mut here, other) = (Shop::without_polling().await, Shop::without_polling().await);
    here.charge().await;
    other.charge().await;
    let copy = copy_of(&other, "copy.sqlite");
    here.close();
    here.wait_until_closed().await;
    let journal = here.config.journal();
    let now = Clock::system().now();
    let try_with = |other_till| {
        let facts = RestoreFacts {
            other_till,
            ..RestoreFacts::default()
        };
        let lose = NewerEntries::Lose;
        restore(&journal, Purpose::Practice, &copy, lose, facts, now)
    };
    let refused = try_with(false).unwrap_err();
    assert!(
        matches!(refused, RestoreError::OtherTill { .. }),
        "{refused}"
    );
    try_with(true).unwrap();
}

#[test]
fn an_empty_safety_copy_is_not_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("journal.sqlite");
    let old = repository().join("tests/integration/journals/format-1.sqlite");
    std::fs::copy(old, &journal).unwrap();
    let safety = folder.path().join("journal.format-1.sqlite");
    std::fs::write(&safety, b"").unwrap();
    JournalFile::open(&journal, Purpose::Live, UnixMs(1)).unwrap();
    let again = folder.path().join("again.sqlite");
    std::fs::copy(&safety, &again).unwrap();
    JournalFile::open(&again, Purpose::Live, UnixMs(1)).unwrap();

    // A file of that name that is something else stays, and the safety copy lies beside it.
    let other = tempfile::tempdir().unwrap();
    let journal = other.path().join("journal.sqlite");
    let old = repository().join("tests/integration/journals/format-2.sqlite");
    std::fs::copy(old, &journal).unwrap();
    let taken = other.path().join("journal.format-2.sqlite");
    std::fs::write(&taken, b"the shop's own notes").unwrap();
    JournalFile::open(&journal, Purpose::Live, UnixMs(1)).unwrap();
    assert_eq!(std::fs::read(&taken).unwrap(), b"the shop's own notes");
    assert!(other.path().join("journal.format-2-2.sqlite").exists());
}

#[test]
fn verify_tells_whether_the_journal_goes_on_from_what_was_noted_down() {
    let counter = Counter::without_key(KeychainState::Open);
    counter.set_key("canary-key-4732");
    counter.open_sale();
    let verify = |since: &str| {
        let (code, out, _) = counter.run(["verify", "--json", "--since", since]);
        (code, out)
    };
    let whole = counter.json(["verify", "--json"]);
    let head = whole["head"].as_str().unwrap();
    let copy = counter.back_up("copy.sqlite");
    counter.run(["charge", "5", "EUR", "--no-wait"]);
    for since in [head, head.get(..16).unwrap(), copy.to_str().unwrap()] {
        assert_eq!(verify(since).0, 0, "{since}");
    }
    let (code, out) = verify(&"0".repeat(64));
    assert_eq!(code, 1);
    assert!(out.contains("cut off"), "{out}");
    assert_eq!(verify("ab12").0, 1, "too few digits");
}

#[test]
fn a_new_key_is_used_by_a_program_that_is_running() {
    let counter = Counter::without_key(KeychainState::Open);
    counter.set_key("canary-key-4733");
    counter.open_sale();
    let mut watch = ringup_testkit::Program::start(counter.ringup().args(["watch", "--follow"]));
    assert!(watch.line().unwrap().contains("awaiting"));
    // The gateway accepts any key; the journal tells the running program that there is another one.
    counter.set_key("canary-key-4734");
    counter
        .remote
        .wait_for_calls("info", counter.remote.count("info") + 2);
    let keys = counter.query_journal(
        "SELECT count(DISTINCT body ->> '$.fingerprint') FROM entry WHERE kind = 'key_changed'",
    );
    assert_eq!(keys, "2\n");
    watch.kill();
    let text = counter.query_journal("SELECT body FROM entry");
    assert!(!text.contains("canary-key"), "{text}");
}
