//! The PIN, its waits and its lock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::*;
use crate::clock::Uptime;

struct TillFolder {
    folder: tempfile::TempDir,
    now: Arc<AtomicI64>,
}

impl TillFolder {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            now: Arc::new(AtomicI64::new(1_000_000)),
        }
    }

    /// The lock as a program that starts finds it.
    fn lock(&self) -> Lock {
        let now = Arc::clone(&self.now);
        let clock = Clock::from_fn(move || UnixMs(now.load(Ordering::Relaxed)));
        Lock::in_folder(self.folder.path(), clock)
    }

    fn advance(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::Relaxed);
    }
}

fn pin(digits: &str) -> SecretString {
    SecretString::from(digits)
}

#[test]
fn without_a_pin_everything_is_open() {
    let lock = TillFolder::new().lock();
    assert_eq!(lock.require(), Ok(()));
    assert!(lock.view().open && !lock.view().set);
}

#[test]
fn the_pin_opens_for_a_while_from_the_last_use() {
    let till = TillFolder::new();
    let lock = till.lock();
    lock.set(Some(&pin("2468"))).expect("set");
    lock.lock();
    assert_eq!(lock.require(), Err(PinError::Needed));
    assert!(lock.unlock(&pin("2468")).expect("open").open);
    till.advance(OPEN_FOR_MS - 1);
    assert_eq!(lock.require(), Ok(()));
    till.advance(OPEN_FOR_MS - 1);
    assert_eq!(lock.require(), Ok(()), "each use keeps it open");
    till.advance(OPEN_FOR_MS);
    assert_eq!(lock.require(), Err(PinError::Needed));
    assert_eq!(
        till.lock().require(),
        Err(PinError::Needed),
        "a new program"
    );
    lock.unlock(&pin("2468")).expect("open");
    till.advance(-1);
    assert_eq!(lock.require(), Err(PinError::Needed), "the clock went back");
}

#[test]
fn nothing_keeps_the_till_open_for_longer_than_a_quarter_of_an_hour() {
    let till = TillFolder::new();
    let lock = till.lock();
    lock.set(Some(&pin("2468"))).expect("set");
    for _ in 0..14 {
        till.advance(60_000);
        assert_eq!(lock.require(), Ok(()));
    }
    till.advance(60_000);
    assert_eq!(lock.require(), Err(PinError::Needed));
}

#[test]
fn a_till_that_nobody_touches_locks_and_reading_keeps_nothing_open() {
    let till = TillFolder::new();
    let lock = till.lock();
    lock.set(Some(&pin("2468"))).expect("set");
    for _ in 0..5 {
        assert_eq!(lock.require_without_use(), Ok(()));
        till.advance(60_000);
    }
    assert_eq!(lock.require_without_use(), Err(PinError::Needed));

    lock.set_idle_limit(Some(10_000));
    lock.unlock(&pin("2468")).expect("open");
    let mut was_open = true;
    till.advance(9_999);
    lock.note_touch();
    till.advance(9_999);
    assert_eq!(lock.locked_since(&mut was_open), None);
    till.advance(1);
    let locked = lock.locked_since(&mut was_open).expect("just locked");
    assert!(locked.set && !locked.open);
    assert_eq!(lock.locked_since(&mut was_open), None, "told once");
    lock.note_touch();
    assert_eq!(
        lock.require(),
        Err(PinError::Needed),
        "a touch opens nothing"
    );
}

#[test]
fn a_removed_pin_file_opens_nothing() {
    let till = TillFolder::new();
    till.lock().set(Some(&pin("2468"))).expect("set");
    let path = till.folder.path().join("pin.json");
    let kept = std::fs::read(&path).expect("there");
    std::fs::remove_file(&path).expect("removed");
    let lock = till.lock();
    assert!(lock.is_set() && lock.view().set && !lock.view().open);
    assert_eq!(lock.require(), Err(PinError::Needed));
    assert!(matches!(
        lock.unlock(&pin("2468")),
        Err(PinError::Unreadable(_))
    ));
    // A PIN that an earlier version has set is remembered when it is first read.
    std::fs::remove_file(till.folder.path().join("pin-is-set")).expect("there");
    std::fs::write(&path, kept).expect("written");
    assert!(till.lock().is_set());
    std::fs::remove_file(&path).expect("removed");
    assert!(till.lock().is_set());
    // The command line, for a PIN that was forgotten.
    till.lock().set(None).expect("cleared");
    assert!(!till.lock().is_set());
}

#[test]
fn setting_the_clock_shortens_no_wait_and_opens_nothing() {
    let till = TillFolder::new();
    let uptime = Arc::new(AtomicI64::new(5_000));
    let lock = || {
        let (now, uptime) = (Arc::clone(&till.now), Arc::clone(&uptime));
        let clock = Clock::from_fn(move || UnixMs(now.load(Ordering::Relaxed)));
        let clock = clock.with_uptime(move || {
            let ms = uptime.load(Ordering::Relaxed);
            Some(Uptime {
                boot: "one".to_owned(),
                ms,
            })
        });
        Lock::in_folder(till.folder.path(), clock)
    };
    lock().set(Some(&pin("2468"))).expect("set");
    for _ in 0..3 {
        drop(lock().unlock(&pin("1111")));
    }
    for set_by in [86_400_000, -90_000_000] {
        till.advance(set_by);
        let early = lock().unlock(&pin("2468"));
        assert_eq!(early.err(), Some(PinError::Wait { wait_ms: 5000 }));
    }
    uptime.fetch_add(5_000, Ordering::Relaxed);
    let open = lock();
    open.unlock(&pin("2468")).expect("open");
    // Five minutes pass while the clock is held.
    uptime.fetch_add(OPEN_FOR_MS, Ordering::Relaxed);
    assert_eq!(open.require(), Err(PinError::Needed));
}

#[test]
fn wrong_tries_wait_longer_and_longer_whatever_is_restarted() {
    let till = TillFolder::new();
    till.lock().set(Some(&pin("2468"))).expect("set");
    let mut waits = Vec::new();
    for _ in 0..7 {
        let Err(PinError::Wrong { wait_ms }) = till.lock().unlock(&pin("1111")) else {
            panic!("neither unlocked nor refused without a check");
        };
        waits.push(wait_ms / 1000);
        if wait_ms > 0 {
            // The right one waits too, in a new program as well.
            let refused = till.lock().unlock(&pin("2468"));
            assert_eq!(refused.err(), Some(PinError::Wait { wait_ms }));
            till.advance(wait_ms);
        }
    }
    assert_eq!(waits, [0, 0, 5, 10, 20, 40, 80]);
    assert!(till.lock().unlock(&pin("2468")).expect("open").open);
    let again = till.lock().unlock(&pin("1111"));
    assert_eq!(
        again.err(),
        Some(PinError::Wrong { wait_ms: 0 }),
        "the right PIN resets the count"
    );
}

#[test]
fn wrong_pins_are_recorded_once_a_minute_and_none_is_lost() {
    let till = TillFolder::new();
    let lock = till.lock();
    lock.set(Some(&pin("2468"))).expect("set");
    assert_eq!(lock.refusals_to_record(), None);
    drop(lock.unlock(&pin("1111")));
    assert_eq!(lock.refusals_to_record(), Some(1));
    assert_eq!(lock.refusals_to_record(), None, "too early");
    lock.note_recorded(1).expect("noted");
    drop(lock.unlock(&pin("1112")));
    lock.unlock(&pin("2468")).expect("the right one is none");
    till.advance(RECORD_EVERY_MS - 1);
    assert_eq!(lock.refusals_to_record(), None, "too early");
    // The program ends before it could be written down; another PIN is set meanwhile.
    till.lock().set(Some(&pin("1357"))).expect("set");
    let lock = till.lock();
    assert_eq!(lock.refusals_to_record(), Some(1));
    // It could not be written down, and comes again.
    till.advance(RECORD_EVERY_MS);
    drop(lock.unlock(&pin("1113")));
    assert_eq!(lock.refusals_to_record(), Some(2));
    lock.note_recorded(2).expect("noted");
    till.advance(RECORD_EVERY_MS);
    assert_eq!(lock.refusals_to_record(), None);
    assert_eq!(till.lock().refusals_to_record(), None);
}

#[test]
fn a_clock_set_back_makes_no_wait_longer_than_the_rule() {
    let till = TillFolder::new();
    till.lock().set(Some(&pin("2468"))).expect("set");
    for _ in 0..3 {
        drop(till.lock().unlock(&pin("1111")));
    }
    till.advance(-900_000);
    let wait = till.lock().unlock(&pin("2468"));
    assert_eq!(wait.err(), Some(PinError::Wait { wait_ms: 5000 }));
    till.advance(5000);
    assert!(till.lock().unlock(&pin("2468")).is_ok());
}

#[test]
fn a_try_that_cannot_be_counted_unlocks_nothing() {
    let till = TillFolder::new();
    let lock = till.lock();
    lock.set(Some(&pin("2468"))).expect("set");
    lock.lock();
    let kept = std::fs::read(till.folder.path().join("pin.json")).expect("there");
    // A folder in the file's place: it can be neither read nor replaced.
    std::fs::remove_file(till.folder.path().join("pin.json")).expect("removed");
    std::fs::create_dir(till.folder.path().join("pin.json")).expect("made");
    assert!(matches!(
        lock.unlock(&pin("2468")),
        Err(PinError::Unreadable(_))
    ));
    assert_eq!(lock.require(), Err(PinError::Needed));
    std::fs::remove_dir(till.folder.path().join("pin.json")).expect("removed");
    std::fs::write(till.folder.path().join("pin.json"), "{\"format\":1").expect("spoilt");
    assert!(matches!(
        lock.unlock(&pin("2468")),
        Err(PinError::Unreadable(_))
    ));
    assert_eq!(lock.require(), Err(PinError::Needed));
    std::fs::write(till.folder.path().join("pin.json"), kept).expect("mended");
    assert!(lock.unlock(&pin("2468")).is_ok());
}

#[test]
fn a_wrong_pin_format_is_refused_and_the_file_is_private() {
    let till = TillFolder::new();
    let lock = till.lock();
    for wrong in ["", "123", "1234567890123", "12a4", "١٢٣٤", " 1234"] {
        assert_eq!(lock.set(Some(&pin(wrong))).err(), Some(PinError::Invalid));
    }
    assert!(!lock.is_set());
    lock.set(Some(&pin("2468"))).expect("set");
    let path = till.folder.path().join("pin.json");
    let text = std::fs::read_to_string(&path).expect("read");
    assert!(
        text.contains("$argon2id$") && !text.contains("2468"),
        "{text}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let rights = std::fs::metadata(&path)
            .expect("there")
            .permissions()
            .mode();
        assert_eq!(rights & 0o777, 0o600);
    }
    lock.set(None).expect("taken away");
    assert!(!lock.is_set());
    assert_eq!(lock.require(), Ok(()));
}
