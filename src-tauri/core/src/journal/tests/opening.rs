//! Which files are opened, which are migrated, and which are refused and left unchanged.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::*;
use crate::ids::SaleNumber;
use crate::sale::SaleState;

#[test]
fn a_torn_end_is_noticed_when_the_journal_is_opened() {
    let shop = Shop::new();
    sell(&mut shop.open(), true);
    shop.raw()
        .execute("UPDATE entry SET hash = zeroblob(32) WHERE seq = 4", [])
        .expect("altered");
    assert!(matches!(shop.try_open(), Err(JournalError::Corrupt(_))));
}

#[test]
fn a_newer_journal_is_refused_and_left_alone() {
    let shop = Shop::new();
    drop(shop.open());
    let raw = Connection::open(&shop.path).expect("opens");
    raw.pragma_update(None, "user_version", FORMAT + 1)
        .expect("set");
    drop(raw);
    let before = std::fs::read(&shop.path).expect("readable");
    assert!(
        matches!(shop.try_open(), Err(JournalError::Newer { found, known }) if (found, known) == (FORMAT + 1, FORMAT))
    );
    assert_eq!(std::fs::read(&shop.path).expect("readable"), before);
}

#[test]
fn what_is_not_a_journal_is_refused_and_left_alone() {
    let text = b"Dear diary, this is no database at all. ".repeat(50);
    let shop = Shop::new();
    drop(shop.open());
    for suffix in ["-wal", "-shm"] {
        std::fs::remove_file(format!("{}{suffix}", shop.path.display())).ok();
    }
    std::fs::write(&shop.path, &text).expect("written");
    assert!(matches!(shop.try_open(), Err(JournalError::NotAJournal)));
    assert_eq!(std::fs::read(&shop.path).expect("readable"), text);

    std::fs::remove_file(&shop.path).expect("removed");
    let other = Connection::open(&shop.path).expect("opens");
    other
        .execute_batch("CREATE TABLE recipes (name TEXT);")
        .expect("made");
    drop(other);
    assert!(matches!(shop.try_open(), Err(JournalError::NotAJournal)));
}

#[test]
fn practice_and_real_money_share_no_journal() {
    let shop = Shop::new();
    drop(shop.open());
    let practice = JournalFile::open(&shop.path, Purpose::Practice, UnixMs(1));
    assert!(matches!(practice, Err(JournalError::NotAJournal)));
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let shop = Shop::new();
    let mut file = shop.open();
    sell(&mut file, true);
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let folder = shop.path.parent().expect("a folder");
    assert_eq!(mode(folder), 0o700);
    for entry in std::fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn a_journal_of_the_first_format_is_migrated_and_loses_nothing() {
    let shop = Shop::new();
    let old = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/integration/journals/format-1.sqlite"
    );
    std::fs::create_dir(shop.path.parent().expect("a folder")).expect("made");
    std::fs::copy(old, &shop.path).expect("copied");
    let entries = |path: &Path| -> Vec<(String, Vec<u8>)> {
        Connection::open(path)
            .expect("opens")
            .prepare("SELECT body, hash FROM entry ORDER BY seq")
            .and_then(|mut all| {
                all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect()
            })
            .expect("entries")
    };
    let before = entries(&shop.path);

    let file = shop.open();
    assert!(file.verify().expect("readable").is_ok());
    let after = entries(&shop.path);
    assert_eq!(after[..before.len()], before, "no entry was touched");
    assert_eq!(
        after.len(),
        before.len() + 3,
        "two payments had been seen; the gateway"
    );
    assert!(file.unseen_sales().expect("read").is_empty());
    let states: Vec<_> = (1..=6)
        .map(|number| file.sale(SaleNumber(number)).expect("read").expect("there"))
        .map(|sale| (sale.state(), sale.amount.minor()))
        .collect();
    use SaleState::{Awaiting, Ended, Paid};
    let expected = [
        (Paid, 1250),
        (Paid, 120_000),
        (Ended, 300),
        (Awaiting, 777),
        (Awaiting, 500),
        (Awaiting, 999),
    ];
    assert_eq!(states, expected);

    let copy = shop.path.with_extension("format-1.sqlite");
    assert_eq!(entries(&copy), before, "the shop can go back");
}

#[test]
fn a_journal_that_is_refused_is_kept_byte_for_byte() {
    let refused = |work: &str| {
        let shop = Shop::new();
        let mut file = shop.open();
        let sale = file.open_sale(new_sale(TapId::new()), UnixMs(2));
        sale.expect("sold");
        drop(file);
        // Left as by a program that was killed: a part of it is in the log.
        let raw = shop.raw();
        raw.execute_batch(work).expect(work);
        let part = |suffix: &str| PathBuf::from(format!("{}{suffix}", shop.path.display()));
        let bytes = || ["", "-wal"].map(|suffix| std::fs::read(part(suffix)).expect("there"));
        let kept = shop.path.with_extension("kept");
        std::fs::copy(part("-wal"), &kept).expect("copied");
        let before = std::fs::read(&shop.path).expect("there");
        drop(raw);
        std::fs::write(&shop.path, before).expect("written");
        std::fs::rename(&kept, part("-wal")).expect("renamed");

        let before = bytes();
        let why = shop.try_open().expect_err(work);
        assert!(bytes() == before, "{work}");
        why
    };
    let newer = refused("PRAGMA user_version = 99");
    assert!(matches!(newer, JournalError::Newer { found: 99, .. }));
    let torn = refused("UPDATE entry SET hash = zeroblob(32) WHERE seq = 3");
    assert!(matches!(torn, JournalError::Corrupt(_)), "{torn}");
    let foreign = refused("PRAGMA application_id = 7");
    assert!(matches!(foreign, JournalError::NotAJournal), "{foreign}");
}

#[test]
fn a_practice_journal_can_be_deleted_and_a_shops_cannot() {
    let shop = Shop::new();
    sell(&mut shop.open(), true);
    let before = std::fs::read(&shop.path).expect("readable");
    assert!(matches!(
        reset_practice(&shop.path),
        Err(ResetError::NotPractice)
    ));
    assert_eq!(std::fs::read(&shop.path).expect("readable"), before);

    let other = Shop::new();
    let practice = || JournalFile::open(&other.path, Purpose::Practice, UnixMs(1));
    sell(&mut practice().expect("opens"), true);
    let lock = other.path.with_file_name(crate::files::PRESENCE);
    let elsewhere = crate::files::open_lock(&lock).expect("a lock");
    elsewhere.lock_shared().expect("open in another program");
    let refused = reset_practice(&other.path);
    assert!(matches!(refused, Err(ResetError::InUse)), "{refused:?}");
    drop(elsewhere);

    reset_practice(&other.path).expect("deleted");
    let left = std::fs::read_dir(other.path.parent().expect("a folder")).expect("readable");
    let left: Vec<_> = left
        .map(|file| file.expect("readable").file_name())
        .collect();
    assert_eq!(left, ["journal.lock"]);
    assert_eq!(practice().expect("created").last_seq().expect("read"), 1);
}
