//! Backups that the till makes by itself: when, where, which are kept, and what the screen is told.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use ringup_core::TillEvent;
use ringup_core::auto_backup::{BackupState, BackupStatus, GoodCopy, RestoreCandidate};
use ringup_core::clock::{Clock, UnixMs};
use ringup_core::config::Config;
use ringup_core::error::Code;
use ringup_core::journal::verify_file;
use ringup_core::sale::Purpose;
use ringup_core::settings::Settings;

use ringup_testkit::{Counter, Shop, run};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// 2026-11-21 12:00 UTC.
const NOON: i64 = 1_795_262_400_000;

struct Folder {
    shop: Shop,
    clock: Arc<AtomicI64>,
    folder: PathBuf,
    // Removed when the test ends.
    _stick: tempfile::TempDir,
}

impl Folder {
    async fn new() -> Self {
        let mut shop = Shop::without_polling().await;
        let clock = Arc::new(AtomicI64::new(NOON));
        let time = Arc::clone(&clock);
        let now = move || UnixMs(time.load(Ordering::SeqCst));
        shop.reopen_with(Clock::from_fn(now)).await;
        let utc = Settings {
            zone: Some("UTC".to_owned()),
            ..Settings::default()
        };
        shop.till().save_settings(utc).unwrap();
        let stick = tempfile::tempdir().unwrap();
        Self {
            folder: stick.path().join("copies"),
            shop,
            clock,
            _stick: stick,
        }
    }

    fn advance(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::SeqCst);
    }

    /// Makes a sale and waits for the first report about it, after which nothing more is written.
    async fn sell(&self) {
        let charged = self.shop.charge().await;
        self.shop
            .wait_for_sale(charged.number, |sale| sale.revision > charged.revision)
            .await;
    }

    /// Sets the folder, which lets the till check at once whether a backup is due.
    fn check(&self) {
        let folder = Some(self.folder.as_path());
        self.shop.till().set_backup_folder(folder).unwrap();
    }

    async fn state(&mut self, wanted: impl Fn(&BackupState) -> bool) -> BackupState {
        let pick = |event| match event {
            TillEvent::BackupChanged(state) if wanted(&state) => Some(state),
            _ => None,
        };
        self.shop.wait_for_events(1, pick).await.remove(0)
    }

    async fn becomes(&mut self, status: BackupStatus) -> BackupState {
        self.state(|state| state.status == status).await
    }

    /// Makes the folder and has the till look at it.
    fn open_folder(&self) {
        std::fs::create_dir(&self.folder).unwrap();
        self.check();
    }

    async fn back_up(&self) -> GoodCopy {
        let state = self.shop.till().back_up_now().await.unwrap();
        state.last_good.unwrap()
    }

    fn copies(&self) -> BTreeSet<String> {
        names(&self.folder)
    }
}

fn names(folder: &Path) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder).unwrap();
    files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[tokio::test]
async fn a_copy_is_made_at_the_start_and_on_each_new_day_that_sold() {
    let mut till = Folder::new().await;
    let keeping = till.shop.till().clone().with_auto_backup();
    assert_eq!(keeping.backup_state().status, BackupStatus::Off);
    std::fs::create_dir(&till.folder).unwrap();
    till.sell().await;
    till.check();
    let first = till.becomes(BackupStatus::Good).await;
    let good = first.last_good.unwrap();
    assert_eq!(good.at_unix_ms, UnixMs(NOON));
    assert_eq!(till.copies().len(), 1);
    let verified = verify_file(&good.file).unwrap().unwrap();
    assert_eq!((verified.head, verified.entries), (good.head, good.entries));

    // On the same day no backup is due; on the next day there is nothing new to copy.
    till.sell().await;
    till.advance(60_000);
    till.check();
    let copied = till.shop.till().backup_state();
    till.advance(DAY_MS);
    till.check();
    let pressed = |state: &BackupState| {
        state.last_good.as_ref().map(|good| good.at_unix_ms) == Some(UnixMs(NOON + 60_000 + DAY_MS))
    };
    let second = till.state(pressed).await;
    assert_eq!(copied.last_good.unwrap().at_unix_ms, UnixMs(NOON));
    assert_eq!(till.copies().len(), 2);
    till.advance(DAY_MS);
    till.check();
    // Let the till check: it queries the journal for news, as this does.
    for _ in 0..3 {
        till.shop.till().sale(1).await.unwrap();
    }
    // A backup made by hand is always made.
    till.advance(DAY_MS);
    till.shop.till().back_up_now().await.unwrap();
    assert_eq!(till.copies().len(), 3, "and none by itself before it");
    assert!(second.last_good.unwrap().entries > good.entries);
}

#[tokio::test]
async fn a_copy_is_made_after_the_close_of_a_day() {
    let mut till = Folder::new().await;
    let keeping = till.shop.till().clone().with_auto_backup();
    till.open_folder();
    till.becomes(BackupStatus::Good).await;
    till.advance(1000);
    let close = keeping.close_day(true).await.unwrap();
    let after_it = |state: &BackupState| {
        let good = state.last_good.as_ref();
        good.is_some_and(|good| good.head == close.head)
    };
    till.check();
    let state = till.state(after_it).await;
    // Only the last backup of a day is kept.
    let name = state.last_good.unwrap().file;
    let name = name.file_name().unwrap().to_str().unwrap().to_owned();
    assert_eq!(till.copies(), BTreeSet::from([name]));
}

#[tokio::test]
async fn a_till_that_starts_copies_what_the_one_before_it_sold() {
    let mut till = Folder::new().await;
    till.open_folder();
    till.shop.till().back_up_now().await.unwrap();
    till.shop.charge().await;
    till.advance(1000);
    let (clock, started) = (Arc::clone(&till.clock), NOON + 1000);
    let now = move || UnixMs(clock.load(Ordering::SeqCst));
    till.shop.reopen_with(Clock::from_fn(now)).await;
    let _keeping = till.shop.till().clone().with_auto_backup();
    let at_start = |state: &BackupState| {
        let good = state.last_good.as_ref();
        good.is_some_and(|good| good.at_unix_ms == UnixMs(started))
    };
    till.state(at_start).await;
}

#[tokio::test]
async fn what_a_power_cut_left_half_written_goes_and_what_is_being_written_stays() {
    let till = Folder::new().await;
    till.open_folder();
    let part = |name: &str, hours: u64| {
        let file = std::fs::File::create(till.folder.join(name)).unwrap();
        let age = std::time::Duration::from_secs(hours * 60 * 60);
        let changed = std::time::SystemTime::now() - age;
        file.set_modified(changed).unwrap();
    };
    part(".ringup-copy-old.part", 25);
    part(".ringup-copy-new.part", 0);
    part(".other-copy-old.part", 25);
    till.shop.till().back_up_now().await.unwrap();
    let left = till.copies();
    let there = |name: &str| left.contains(name);
    assert!(!there(".ringup-copy-old.part"), "{left:?}");
    assert!(there(".ringup-copy-new.part") && there(".other-copy-old.part"));
}

#[tokio::test]
async fn a_copy_that_is_not_whole_is_told_not_kept_and_tried_again() {
    let mut till = Folder::new().await;
    let _keeping = till.shop.till().clone().with_auto_backup();
    std::fs::create_dir(&till.folder).unwrap();
    till.sell().await;
    let journal = till.shop.config.journal();
    let alter = |cents: i64| {
        let raw = rusqlite::Connection::open(&journal).unwrap();
        let sql = "UPDATE sale SET amount_minor = ?1";
        raw.execute(sql, [cents]).unwrap();
    };
    alter(9999);
    till.check();
    let failed = till.becomes(BackupStatus::Failed).await;
    assert_eq!(failed.fault.unwrap().code, Code::BackupDamaged);
    assert_eq!((failed.last_good, till.copies().len()), (None, 0));

    // Setting the folder again makes the till try at once.
    alter(1250);
    till.check();
    let good = till.becomes(BackupStatus::Good).await;
    assert_eq!(good.fault, None);
    assert_eq!(till.copies().len(), 1);
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_a_warning_until_it_is_back() {
    let mut till = Folder::new().await;
    let _keeping = till.shop.till().clone().with_auto_backup();
    till.open_folder();
    let good = till.becomes(BackupStatus::Good).await;
    std::fs::remove_dir_all(&till.folder).unwrap();
    let refused = till.shop.till().back_up_now().await.expect_err("no folder");
    let fault = ringup_core::error::Fault::from(refused);
    assert_eq!(fault.code, Code::BackupFolderMissing);

    // A new till on the same journal knows the time of the last good backup.
    till.shop.reopen().await;
    let _keeping = till.shop.till().clone().with_auto_backup();
    let missing = till.becomes(BackupStatus::FolderMissing).await;
    assert_eq!(missing.last_good, good.last_good);
    assert_eq!(missing.fault, None, "a warning, not an error");
    till.open_folder();
    till.becomes(BackupStatus::Good).await;
}

#[tokio::test]
async fn old_copies_go_by_the_rule_and_nothing_else_does() {
    let till = Folder::new().await;
    till.open_folder();
    let first = till.back_up().await.file;
    let name = first.file_name().unwrap().to_str().unwrap().to_owned();
    let of_day = |day: u32| name.replace("20261121", &format!("202610{day:02}"));
    (1..=31).for_each(|day| drop(std::fs::copy(&first, till.folder.join(of_day(day)))));
    let strangers = [
        name.replace("ringup-", "my-ringup-"),
        name.replace(".sqlite", " (copy).sqlite"),
        format!("ringup-00000000-{}", name.rsplit('-').next().unwrap()),
        "letter.txt".to_owned(),
    ];
    for stranger in &strangers {
        std::fs::write(till.folder.join(stranger), "not the till's").unwrap();
    }
    // A file whose name says that the rule would delete it.
    let link = of_day(3).replace("T120000Z", "T110000Z");
    let link = till.folder.join(link);
    assert!(!link.exists());
    std::os::unix::fs::symlink(&first, &link).unwrap();

    till.advance(DAY_MS);
    till.shop.till().back_up_now().await.unwrap();
    let left = till.copies();
    for stranger in &strangers {
        assert!(left.contains(stranger), "{stranger}");
    }
    assert!(link.exists());
    // Kept are 22 and 21 November and the last days of October, seven in all; every week and month is there.
    let kept: BTreeSet<String> = left
        .iter()
        .filter(|file| !strangers.contains(file))
        .cloned()
        .collect();
    let mut expected: BTreeSet<String> = (27..=31).map(of_day).collect();
    expected.extend([
        name.clone(),
        name.replace("20261121", "20261122"),
        of_day(25),
        of_day(18),
        link.file_name().unwrap().to_str().unwrap().to_owned(),
    ]);
    assert_eq!(kept, expected);
}

#[tokio::test]
async fn a_screen_cannot_name_the_folder() {
    let till = Folder::new().await;
    till.open_folder();
    let elsewhere = Settings {
        backup_folder: Some("/elsewhere".to_owned()),
        ..till.shop.till().settings()
    };
    let kept = till.shop.till().save_settings(elsewhere).unwrap();
    assert_eq!(kept.backup_folder.as_deref(), till.folder.to_str());
}

#[tokio::test]
async fn the_newest_copy_that_is_whole_is_offered_and_opens_the_till() {
    let mut till = Folder::new().await;
    till.open_folder();
    till.shop.charge().await;
    let good = till.back_up().await;
    till.shop.charge().await;
    till.advance(DAY_MS);
    let bad = till.back_up().await;
    std::fs::write(&bad.file, "a stick that wears out").unwrap();
    till.shop.close();
    till.shop.wait_until_closed().await;
    let journal = till.shop.config.journal();
    std::fs::write(&journal, "torn").unwrap();

    let Config { data_dir, .. } = &till.shop.config;
    let now = UnixMs(NOON);
    let offer =
        RestoreCandidate::newest(data_dir, journal.clone(), Purpose::Practice, None, now).unwrap();
    let view = offer.offer();
    assert_eq!((view.file, view.head), (good.file, good.head));
    assert_eq!((view.at_unix_ms, view.lost), (UnixMs(NOON), None));
    assert!(
        std::fs::read(&journal).unwrap() == b"torn",
        "looking changes nothing"
    );
    let restored = offer.accept(now).unwrap();
    assert!(std::fs::read(restored.kept.unwrap()).unwrap() == b"torn");
    till.shop.reopen().await;
    till.shop.assert_whole().await;
    assert_eq!(till.shop.till().sale(1).await.unwrap().number, 1);
}

/// A library that refuses to flush folders, as network shares do, and does all else as the system does.
fn refuses_folders(folder: &Path) -> PathBuf {
    let (source, library) = (folder.join("refuses.c"), folder.join("refuses.so"));
    let code = r"
        #define _GNU_SOURCE
        #include <errno.h>
        #include <sys/stat.h>
        #include <sys/syscall.h>
        #include <unistd.h>
        int fsync(int file) {
            struct stat what;
            if (fstat(file, &what) == 0 && S_ISDIR(what.st_mode)) { errno = EINVAL; return -1; }
            return syscall(SYS_fsync, file);
        }";
    std::fs::write(&source, code).unwrap();
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .args([&library, &source])
        .status();
    assert!(
        compiled.is_ok_and(|status| status.success()),
        "a C compiler"
    );
    library
}

#[test]
fn a_copy_on_a_share_that_cannot_flush_its_folder_is_whole_and_says_the_doubt() {
    let counter = Counter::open();
    counter.open_sale();
    let back_up = |file: &str, library: Option<&Path>| {
        let file = counter.file(file);
        let mut backup = counter.desktop.ringup();
        backup.arg("backup").arg(&file).arg("--json");
        backup.envs(library.map(|library| ("LD_PRELOAD", library)));
        let (code, out, errors) = run(&mut backup);
        assert_eq!(code, 0, "{errors}");
        assert!(verify_file(&file).unwrap().is_ok());
        serde_json::from_str::<serde_json::Value>(&out).unwrap()
    };
    let library = refuses_folders(counter.desktop.folder());
    assert_eq!(back_up("share.sqlite", Some(&library))["unflushed"], true);
    assert!(back_up("disk.sqlite", None).get("unflushed").is_none());
}

/// Set in the process in which folders cannot be flushed.
const ON_A_SHARE: &str = "RINGUP_TEST_ON_A_SHARE";

#[tokio::test]
async fn the_doubt_about_a_share_is_told_once() {
    if std::env::var_os(ON_A_SHARE).is_none() {
        let folder = tempfile::tempdir().unwrap();
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "copies::the_doubt_about_a_share_is_told_once"])
            .env(ON_A_SHARE, "1")
            .env("LD_PRELOAD", refuses_folders(folder.path()))
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success() && text.contains("1 passed"),
            "{text}"
        );
        return;
    }
    let mut till = Folder::new().await;
    let told = AtomicUsize::new(0);
    let counts = |event: &TillEvent| {
        if let TillEvent::Fault(fault) = event {
            assert_eq!(fault.code, Code::BackupUnflushed);
            told.fetch_add(1, Ordering::SeqCst);
        }
    };
    till.open_folder();
    for _ in 0..3 {
        till.sell().await;
        till.advance(1000);
        let made = till.shop.till().back_up_now().await.unwrap();
        let at = made.last_good.clone().unwrap().at_unix_ms;
        assert_eq!((made.status, made.fault), (BackupStatus::Good, None));
        assert!(made.last_good.unwrap().unflushed);
        let pick = |event: TillEvent| {
            counts(&event);
            match event {
                TillEvent::BackupChanged(state) => {
                    state.last_good.filter(|good| good.at_unix_ms == at)
                }
                _ => None,
            }
        };
        till.shop.wait_for_events(1, pick).await;
    }
    assert_eq!(told.load(Ordering::SeqCst), 1);
}
