//! Who may: a PIN before settings, refunds, the day's close and leaving kiosk mode. It keeps strangers
//! and slips away from the counter; it does not guard the files against who may read them.
//!
//! A try is counted on the disk before it is looked at, so that ending the program wins nobody a free one.

mod delay;
mod file;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;

use crate::clock::{Clock, UnixMs};
use file::{PinFile, StoredPin};

/// How long the till stays open after the last thing that needed the PIN, milliseconds.
pub const OPEN_FOR_MS: i64 = 5 * 60 * 1000;

/// Digits of a PIN.
const SHORTEST: usize = 4;
const LONGEST: usize = 12;

/// Why something that needs the PIN was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// The PIN must be typed first.
    #[error("this needs the PIN")]
    Needed,
    /// That is not it.
    #[error("this is not the PIN")]
    Wrong {
        /// How long nobody may try again, milliseconds.
        wait_ms: i64,
    },
    /// Too many wrong ones: nobody may try yet.
    #[error("too many wrong PINs; the next try in {} s", seconds(*wait_ms))]
    Wait {
        /// For so long, milliseconds.
        wait_ms: i64,
    },
    /// No PIN looks so.
    #[error("a PIN is {SHORTEST} to {LONGEST} digits")]
    Invalid,
    /// There is none, and what was asked for needs one.
    #[error("a PIN must be set first")]
    Missing,
    /// The file holds something else.
    #[error("the PIN's file cannot be read: {0}")]
    Unreadable(String),
    /// The disk. Nothing was opened.
    #[error("the PIN's file cannot be written: {0}")]
    Unwritable(String),
}

/// Whole seconds of a wait, begun ones counted.
pub(crate) fn seconds(wait_ms: i64) -> i64 {
    wait_ms.saturating_add(999) / 1000
}

/// What a screen knows of the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct LockView {
    /// There is a PIN.
    pub set: bool,
    /// Nothing needs it now: there is none, or it was typed a moment ago.
    pub open: bool,
    /// When the next try may be made, by the till's clock; none: now.
    #[ts(type = "number | null")]
    pub wait_until_unix_ms: Option<UnixMs>,
}

/// The lock of a till. What it keeps is read anew each time, so that what the command line sets counts
/// at once.
#[derive(Debug)]
pub struct Lock {
    file: PinFile,
    clock: Clock,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// When the last thing was done that the PIN had opened the way for.
    used_at: Option<UnixMs>,
}

impl Lock {
    /// The lock of the till whose data are in this folder.
    pub fn in_folder(folder: &Path, clock: Clock) -> Self {
        Self {
            file: PinFile::in_folder(folder),
            clock,
            state: Mutex::default(),
        }
    }

    /// Whether there is a PIN; a file that cannot be read counts as one.
    pub fn is_set(&self) -> bool {
        !matches!(self.file.read(), Ok(None))
    }

    /// Goes on when no PIN is needed, and keeps the till open for a while longer.
    ///
    /// # Errors
    /// [`PinError::Needed`].
    pub fn need(&self) -> Result<(), PinError> {
        let mut state = self.state();
        let now = self.clock.now();
        if state.is_open(now) {
            state.used_at = Some(now);
            return Ok(());
        }
        state.used_at = None;
        if self.is_set() {
            Err(PinError::Needed)
        } else {
            Ok(())
        }
    }

    /// Tries a PIN. Slow by design: call it where nothing waits.
    ///
    /// # Errors
    /// [`PinError::Wrong`], [`PinError::Wait`]; [`PinError::Unwritable`] when the try cannot be counted.
    pub fn unlock(&self, pin: &SecretString) -> Result<LockView, PinError> {
        // Held throughout: tries come one after the other.
        let mut state = self.state();
        let Some(mut kept) = self.file.read()? else {
            return Ok(view(None, &state, self.clock.now()));
        };
        let now = self.clock.now();
        let wait_ms = delay::left(kept.wrong, kept.wrong_at_unix_ms, now);
        if wait_ms > 0 {
            self.not_later_than(&mut kept, now)?;
            return Err(PinError::Wait { wait_ms });
        }
        kept.wrong = kept.wrong.saturating_add(1);
        kept.wrong_at_unix_ms = now;
        self.file.write(&kept)?;
        if !kept.is(pin)? {
            state.used_at = None;
            let wait_ms = delay::left(kept.wrong, now, self.clock.now());
            return Err(PinError::Wrong { wait_ms });
        }
        kept.wrong = 0;
        self.file.write(&kept)?;
        state.used_at = Some(self.clock.now());
        Ok(view(Some(&kept), &state, self.clock.now()))
    }

    /// Locks at once.
    pub fn lock(&self) {
        self.state().used_at = None;
    }

    /// Sets the PIN, or takes it away. Who may is asked before, by [`Lock::need`].
    ///
    /// # Errors
    /// [`PinError::Invalid`], [`PinError::Unwritable`].
    pub fn set(&self, pin: Option<&SecretString>) -> Result<LockView, PinError> {
        let mut state = self.state();
        match pin {
            Some(pin) => {
                let digits = pin.expose_secret().as_bytes();
                let sound = (SHORTEST..=LONGEST).contains(&digits.len())
                    && digits.iter().all(u8::is_ascii_digit);
                if !sound {
                    return Err(PinError::Invalid);
                }
                self.file.write(&StoredPin::of(pin)?)?;
                // Who has just set it knows it.
                state.used_at = Some(self.clock.now());
            }
            None => {
                self.file.remove()?;
                state.used_at = None;
            }
        }
        let kept = self.file.read()?;
        Ok(view(kept.as_ref(), &state, self.clock.now()))
    }

    /// As a screen shows it.
    pub fn view(&self) -> LockView {
        let state = self.state();
        let now = self.clock.now();
        match self.file.read() {
            Ok(kept) => view(kept.as_ref(), &state, now),
            Err(_) => LockView {
                set: true,
                open: state.is_open(now),
                wait_until_unix_ms: None,
            },
        }
    }

    /// A clock that was set back must not make the wait begin again and again.
    fn not_later_than(&self, kept: &mut StoredPin, now: UnixMs) -> Result<(), PinError> {
        if kept.wrong_at_unix_ms > now {
            kept.wrong_at_unix_ms = now;
            self.file.write(kept)?;
        }
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// A clock that was set back closes it: nobody knows for how long it was open.
    fn is_open(&self, now: UnixMs) -> bool {
        let since = self.used_at.map(|used| now.0.saturating_sub(used.0));
        since.is_some_and(|since| (0..OPEN_FOR_MS).contains(&since))
    }
}

fn view(kept: Option<&StoredPin>, state: &State, now: UnixMs) -> LockView {
    let wait_ms = kept.map_or(0, |kept| {
        delay::left(kept.wrong, kept.wrong_at_unix_ms, now)
    });
    LockView {
        set: kept.is_some(),
        open: kept.is_none() || state.is_open(now),
        wait_until_unix_ms: (wait_ms > 0).then(|| now.plus(wait_ms)),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    struct Shop {
        folder: tempfile::TempDir,
        now: Arc<AtomicI64>,
    }

    impl Shop {
        fn new() -> Self {
            Self {
                folder: tempfile::tempdir().expect("a folder"),
                now: Arc::new(AtomicI64::new(1_000_000)),
            }
        }

        /// A program that starts.
        fn lock(&self) -> Lock {
            let now = Arc::clone(&self.now);
            let clock = Clock::from_fn(move || UnixMs(now.load(Ordering::Relaxed)));
            Lock::in_folder(self.folder.path(), clock)
        }

        fn pass(&self, ms: i64) {
            self.now.fetch_add(ms, Ordering::Relaxed);
        }
    }

    fn pin(digits: &str) -> SecretString {
        SecretString::from(digits)
    }

    #[test]
    fn without_a_pin_everything_is_open() {
        let lock = Shop::new().lock();
        assert_eq!(lock.need(), Ok(()));
        assert!(lock.view().open && !lock.view().set);
    }

    #[test]
    fn the_pin_opens_for_a_while_from_the_last_use() {
        let shop = Shop::new();
        let lock = shop.lock();
        lock.set(Some(&pin("2468"))).expect("set");
        lock.lock();
        assert_eq!(lock.need(), Err(PinError::Needed));
        assert!(lock.unlock(&pin("2468")).expect("open").open);
        shop.pass(OPEN_FOR_MS - 1);
        assert_eq!(lock.need(), Ok(()));
        shop.pass(OPEN_FOR_MS - 1);
        assert_eq!(lock.need(), Ok(()), "each use keeps it open");
        shop.pass(OPEN_FOR_MS);
        assert_eq!(lock.need(), Err(PinError::Needed));
        assert_eq!(shop.lock().need(), Err(PinError::Needed), "a new program");
        lock.unlock(&pin("2468")).expect("open");
        shop.pass(-1);
        assert_eq!(lock.need(), Err(PinError::Needed), "the clock went back");
    }

    #[test]
    fn wrong_tries_wait_longer_and_longer_whatever_is_restarted() {
        let shop = Shop::new();
        shop.lock().set(Some(&pin("2468"))).expect("set");
        let mut waits = Vec::new();
        for _ in 0..7 {
            let Err(PinError::Wrong { wait_ms }) = shop.lock().unlock(&pin("1111")) else {
                panic!("not opened, and not refused unseen");
            };
            waits.push(wait_ms / 1000);
            if wait_ms > 0 {
                // The right one waits too, in a new program as well.
                let refused = shop.lock().unlock(&pin("2468"));
                assert_eq!(refused.err(), Some(PinError::Wait { wait_ms }));
                shop.pass(wait_ms);
            }
        }
        assert_eq!(waits, [0, 0, 5, 10, 20, 40, 80]);
        assert!(shop.lock().unlock(&pin("2468")).expect("open").open);
        let again = shop.lock().unlock(&pin("1111"));
        assert_eq!(
            again.err(),
            Some(PinError::Wrong { wait_ms: 0 }),
            "the right one forgives"
        );
    }

    #[test]
    fn a_clock_set_back_holds_nobody_longer_than_the_rule() {
        let shop = Shop::new();
        shop.lock().set(Some(&pin("2468"))).expect("set");
        for _ in 0..3 {
            drop(shop.lock().unlock(&pin("1111")));
        }
        shop.pass(-900_000);
        let wait = shop.lock().unlock(&pin("2468"));
        assert_eq!(wait.err(), Some(PinError::Wait { wait_ms: 5000 }));
        shop.pass(5000);
        assert!(shop.lock().unlock(&pin("2468")).is_ok());
    }

    #[test]
    fn a_try_that_cannot_be_counted_is_not_made() {
        let shop = Shop::new();
        let lock = shop.lock();
        lock.set(Some(&pin("2468"))).expect("set");
        lock.lock();
        let kept = std::fs::read(shop.folder.path().join("pin.json")).expect("there");
        // A folder in the file's place: it can be neither read nor replaced.
        std::fs::remove_file(shop.folder.path().join("pin.json")).expect("removed");
        std::fs::create_dir(shop.folder.path().join("pin.json")).expect("made");
        assert!(matches!(
            lock.unlock(&pin("2468")),
            Err(PinError::Unreadable(_))
        ));
        assert_eq!(lock.need(), Err(PinError::Needed));
        std::fs::remove_dir(shop.folder.path().join("pin.json")).expect("removed");
        std::fs::write(shop.folder.path().join("pin.json"), "{\"format\":1").expect("spoilt");
        assert!(matches!(
            lock.unlock(&pin("2468")),
            Err(PinError::Unreadable(_))
        ));
        assert_eq!(lock.need(), Err(PinError::Needed));
        std::fs::write(shop.folder.path().join("pin.json"), kept).expect("mended");
        assert!(lock.unlock(&pin("2468")).is_ok());
    }

    #[test]
    fn what_is_no_pin_is_refused_and_the_file_is_its_owners_alone() {
        let shop = Shop::new();
        let lock = shop.lock();
        for wrong in ["", "123", "1234567890123", "12a4", "١٢٣٤", " 1234"] {
            assert_eq!(lock.set(Some(&pin(wrong))).err(), Some(PinError::Invalid));
        }
        assert!(!lock.is_set());
        lock.set(Some(&pin("2468"))).expect("set");
        let path = shop.folder.path().join("pin.json");
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
        assert_eq!(lock.need(), Ok(()));
    }
}
