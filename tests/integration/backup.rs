//! Backups of the journal and their restoring, by the real program on real files.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::Code;
use ringup_core::journal::{NewerEntries, RestoreFacts, restore};
use ringup_core::sale::Purpose;
use rusqlite::Connection;
use serde_json::Value;

use ringup_testkit::gateway::KEY;
use ringup_testkit::{
    Desktop, GatewayProgram, KeychainState, Program, Shop, error_code, key_set, run,
};

/// A till on the command line, with a gateway.
struct Counter {
    desktop: Desktop,
    remote: Rc<GatewayProgram>,
}

impl Counter {
    /// A till whose program was never started.
    fn new() -> Self {
        let desktop = Desktop::without_screen(KeychainState::Open);
        let remote = Rc::new(GatewayProgram::start(&desktop));
        Self { desktop, remote }
    }

    /// Another till of the same shop: it asks the same gateway. Its program was never started.
    fn beside(&self) -> Self {
        Self {
            desktop: Desktop::without_screen(KeychainState::Open),
            remote: Rc::clone(&self.remote),
        }
    }

    fn with_sales(sales: usize) -> Self {
        let counter = Self::new();
        counter.takes_the_key();
        (0..sales).for_each(|_| counter.sells());
        counter
    }

    fn takes_the_key(&self) {
        assert_eq!(key_set(self.remote.ringup(&self.desktop), KEY).0, 0);
    }

    fn sells(&self) {
        let mut ringup = self.remote.ringup(&self.desktop);
        let charge = ["charge", "12.50", "EUR", "--no-wait", "--note", "Tea"];
        assert_eq!(run(ringup.args(charge)).0, 0);
    }

    fn journal(&self) -> PathBuf {
        self.desktop.data_dir().join("journal.sqlite")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.desktop.folder().join(name)
    }

    /// Runs `ringup`; returns its JSON, or the error code that it fails with.
    fn answer(&self, args: &[&str], file: &Path) -> Result<Value, String> {
        let mut ringup = self.desktop.ringup();
        let (code, out, errors) = run(ringup.args(args).arg("--json").arg(file));
        match code {
            0 => Ok(serde_json::from_str(&out).unwrap()),
            _ => Err(error_code(&errors).to_owned()),
        }
    }

    fn backs_up(&self, name: &str) -> (PathBuf, Value) {
        let file = self.file(name);
        let answer = self.answer(&["backup"], &file).unwrap();
        (file, answer)
    }

    fn verified(&self) -> Value {
        let (code, out, _) = run(self.desktop.ringup().args(["verify", "--json"]));
        assert_eq!(code, 0, "{out}");
        serde_json::from_str(&out).unwrap()
    }

    fn kept_aside(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.desktop.data_dir()).unwrap();
        let files = files.map(|file| file.unwrap().path());
        let mut kept: Vec<_> = files
            .filter(|path| path.to_string_lossy().contains("journal.replaced-"))
            .filter(|path| path.extension().is_some_and(|end| end == "sqlite"))
            .collect();
        kept.sort();
        kept
    }

    fn leftovers(&self, folder: &Path) -> Vec<PathBuf> {
        let files = std::fs::read_dir(folder).unwrap();
        let files = files.map(|file| file.unwrap().path());
        files
            .filter(|path| {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                name.starts_with(".ringup-") || name.starts_with(".restore-")
            })
            .collect()
    }
}

#[test]
fn a_copy_restored_into_an_empty_folder_has_the_same_head() {
    let old = Counter::with_sales(2);
    let (copy, answer) = old.backs_up("copy.sqlite");
    let whole = old.verified();
    assert_eq!(answer["head"], whole["head"]);
    assert_eq!(answer["sales"], 2);
    let mode = std::fs::metadata(&copy).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(old.leftovers(old.desktop.folder()), Vec::<PathBuf>::new());

    let new = old.beside();
    let restored = new.answer(&["restore"], &copy).unwrap();
    assert_eq!(restored["head"], whole["head"]);
    assert_eq!(restored["kept"], Value::Null);
    assert_eq!(new.verified()["head"], whole["head"]);
    let mode = std::fs::metadata(new.journal())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(
        new.leftovers(&new.desktop.data_dir()),
        Vec::<PathBuf>::new()
    );
    // Sale numbers go on from those in the copy.
    new.takes_the_key();
    new.sells();
    assert_eq!(new.verified()["sales"], 3);
}

#[test]
fn entries_that_the_copy_does_not_hold_are_not_lost_unless_told_so() {
    let shop = Counter::with_sales(1);
    let (copy, first) = shop.backs_up("copy.sqlite");
    // Restoring the same copy again loses nothing.
    shop.answer(&["restore"], &copy).unwrap();
    shop.sells();
    let newer = shop.verified();
    let refused = shop.answer(&["restore"], &copy);
    assert_eq!(refused, Err("restore_loses".to_owned()));
    assert_eq!(shop.verified(), newer, "nothing was changed");

    let kept = shop.kept_aside().len();
    let restored = shop.answer(&["restore", "--lose-newer"], &copy).unwrap();
    // The restore is an entry of its own.
    assert_ne!(restored["head"], first["head"]);
    assert!(restored["entries"].as_u64() > first["entries"].as_u64());
    assert_eq!(
        restored["lost"].as_u64().unwrap(),
        newer["entries"].as_u64().unwrap() - first["entries"].as_u64().unwrap()
    );
    assert_eq!(shop.verified()["head"], restored["head"]);
    // The replaced journal is kept under another name, and can be restored.
    assert_eq!(shop.kept_aside().len(), kept + 1);
    let aside = PathBuf::from(restored["kept"].as_str().unwrap());
    shop.answer(&["restore", "--lose-newer"], &aside).unwrap();
    assert_eq!(shop.verified()["sales"], newer["sales"]);
}

#[test]
fn a_journal_that_went_another_way_is_not_lost_either() {
    let shop = Counter::with_sales(1);
    let (copy, _) = shop.backs_up("copy.sqlite");
    shop.sells();
    shop.sells();
    let (longer, _) = shop.backs_up("longer.sqlite");
    shop.answer(&["restore", "--lose-newer"], &copy).unwrap();
    // This journal is shorter than the other and has other entries.
    shop.sells();
    let refused = shop.answer(&["restore"], &longer);
    assert_eq!(refused, Err("restore_loses".to_owned()));
    // A copy of one till is not overwritten by another till either.
    let refused = shop.answer(&["backup"], &longer);
    assert_eq!(refused, Err("backup_taken".to_owned()));
}

#[test]
fn another_tills_copy_replaces_only_a_till_that_never_sold() {
    let shop = Counter::with_sales(1);
    let (copy, head) = shop.backs_up("copy.sqlite");
    let other = Counter::with_sales(0);
    // The journal was opened once, as on a new machine.
    assert!(other.journal().exists());
    other.answer(&["restore"], &copy).unwrap();
    assert_eq!(other.verified()["head"], head["head"]);

    let third = shop.beside();
    third.takes_the_key();
    third.sells();
    let whole = third.verified();
    let refused = third.answer(&["restore"], &copy);
    assert_eq!(refused, Err("restore_other_till".to_owned()));
    assert_eq!(third.verified(), whole);
    let refused = third.answer(&["restore", "--lose-newer"], &copy);
    assert_eq!(refused, Err("restore_other_till".to_owned()));
    let by_name = ["restore", "--lose-newer", "--other-till"];
    third.answer(&by_name, &copy).unwrap();
    assert_eq!(third.verified()["sales"], head["sales"]);
    assert_eq!(third.kept_aside().len(), 1);
}

#[test]
fn nothing_is_restored_under_an_open_till_and_copied_all_the_same() {
    let shop = Counter::with_sales(1);
    let (copy, _) = shop.backs_up("copy.sqlite");
    let mut waiting = shop.remote.ringup(&shop.desktop);
    let mut waiting = Program::start(waiting.args(["charge", "3", "EUR", "--json"]));
    waiting.sale_in_state("awaiting");
    for force in [&["restore"][..], &["restore", "--lose-newer"]] {
        let refused = shop.answer(force, &copy);
        assert_eq!(refused, Err("journal_in_use".to_owned()));
    }
    // A later copy replaces an earlier one.
    let (_, later) = shop.backs_up("copy.sqlite");
    assert_eq!(later["sales"], 2);
    waiting.kill();
    assert_eq!(shop.verified()["sales"], 2);
}

#[test]
fn what_is_no_copy_is_refused_and_no_other_file_is_overwritten() {
    let shop = Counter::with_sales(1);
    let (copy, _) = shop.backs_up("copy.sqlite");
    let whole = shop.verified();
    let damaged = shop.file("damaged.sqlite");
    let works = [
        "DROP TRIGGER entry_is_never_changed; UPDATE entry SET body = replace(body, '1250', '9999')",
        "UPDATE sale SET amount_minor = 1",
        "PRAGMA user_version = 99",
        "PRAGMA application_id = 1",
    ];
    for work in works {
        std::fs::copy(&copy, &damaged).unwrap();
        let raw = Connection::open(&damaged).unwrap();
        raw.execute_batch(work).unwrap();
        drop(raw);
        let before = std::fs::read(&damaged).unwrap();
        let refused = shop.answer(&["restore", "--lose-newer"], &damaged);
        assert_eq!(refused, Err("restore_unusable".to_owned()), "{work}");
        assert_eq!(std::fs::read(&damaged).unwrap(), before, "{work}");
    }
    let text = shop.file("letter.txt");
    std::fs::write(&text, "Dear shop").unwrap();
    let half = shop.file("half.sqlite");
    let bytes = std::fs::read(&copy).unwrap();
    std::fs::write(&half, &bytes[..bytes.len() / 2]).unwrap();
    for file in [text.clone(), half, shop.file("nothing"), shop.file("")] {
        let refused = shop.answer(&["restore", "--lose-newer"], &file);
        assert_eq!(refused, Err("restore_unusable".to_owned()), "{file:?}");
    }
    assert_eq!(shop.verified(), whole);
    assert_eq!(shop.kept_aside(), Vec::<PathBuf>::new());

    for taken in [&text, &shop.journal()] {
        let before = std::fs::read(taken).unwrap();
        let refused = shop.answer(&["backup"], taken);
        assert_eq!(refused, Err("backup_taken".to_owned()));
        assert_eq!(std::fs::read(taken).unwrap(), before);
    }
    let nowhere = shop.file("not-there").join("copy.sqlite");
    let refused = shop.answer(&["backup"], &nowhere);
    assert_eq!(refused, Err("backup_unwritable".to_owned()));
}

#[test]
fn a_journal_that_cannot_be_read_is_replaced_only_when_told_so() {
    let shop = Counter::with_sales(1);
    let (copy, head) = shop.backs_up("copy.sqlite");
    // A killed program leaves its last entries in the log beside the journal.
    let mut killed = shop.remote.ringup(&shop.desktop);
    let mut killed = Program::start(killed.args(["charge", "3", "EUR", "--json"]));
    killed.sale_in_state("awaiting");
    killed.kill();
    let beside = shop.desktop.data_dir().join("journal.sqlite-wal");
    assert!(std::fs::metadata(beside).unwrap().len() > 0);
    std::fs::write(shop.journal(), "not a journal any more").unwrap();
    let refused = shop.answer(&["restore"], &copy);
    assert_eq!(refused, Err("restore_loses".to_owned()));
    let restored = shop.answer(&["restore", "--lose-newer"], &copy).unwrap();
    assert_eq!(restored["lost"], Value::Null);
    let kept = PathBuf::from(restored["kept"].as_str().unwrap());
    assert_eq!(std::fs::read(kept).unwrap(), b"not a journal any more");
    assert_eq!(shop.verified()["sales"], head["sales"]);
}

#[test]
fn both_formats_are_read_back() {
    let first = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/integration/journals/format-1.sqlite"
    );
    let before = std::fs::read(first).unwrap();
    let shop = Counter::with_sales(0);
    let restored = shop.answer(&["restore"], Path::new(first)).unwrap();
    assert_eq!(restored["sales"], 6);
    assert_eq!(shop.verified()["head"], restored["head"]);
    assert_eq!(std::fs::read(first).unwrap(), before, "the copy is kept");
    // A copy in this program's format, restored by another till.
    let (copy, _) = shop.backs_up("copy.sqlite");
    let other = Counter::with_sales(0);
    let again = other.answer(&["restore"], &copy).unwrap();
    assert_eq!(again["head"], restored["head"]);
}

#[test]
fn without_a_journal_there_is_nothing_to_copy() {
    let shop = Counter::new();
    let copy = shop.file("copy.sqlite");
    let refused = shop.answer(&["backup"], &copy);
    assert_eq!(refused, Err("journal_unreadable".to_owned()));
    assert!(!copy.exists() && !shop.journal().exists());
}

#[tokio::test]
async fn practice_and_real_money_are_not_mixed_by_a_copy() {
    let shop = Shop::open().await;
    shop.open_sale().await;
    let copy = shop.config.data_dir.join("copy.sqlite");
    ringup_core::journal::back_up(&shop.config.journal(), Purpose::Practice, &copy).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        data_dir: folder.path().to_owned(),
        ..shop.config.clone()
    };
    let now = Clock::system().now();
    let facts = RestoreFacts::default();
    let real = |purpose| {
        restore(
            &config.journal(),
            purpose,
            &copy,
            NewerEntries::Keep,
            facts,
            now,
        )
    };
    let refused = ringup_core::TillError::from(real(Purpose::Live).expect_err("practice"));
    assert_eq!(
        ringup_core::error::Fault::from(refused).code,
        Code::RestoreUnusable
    );
    assert!(!config.journal().exists());
    real(Purpose::Practice).unwrap();
}
