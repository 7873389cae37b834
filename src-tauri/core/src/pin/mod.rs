//! The PIN that protects settings, refunds, the day's close and leaving kiosk mode. It keeps customers from the
//! till and cashiers from slips; it does not protect the files from someone who may read them.
//!
//! A try is counted on the disk before it is checked, so that ending the program in between gives no free try.

mod delay;
mod file;

use std::path::Path;

use parking_lot::Mutex;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;

use crate::clock::{Clock, UnixMs, Uptime};
use crate::error::{Code, Fault};
use file::{PinFile, StoredPin};

/// Whether the till whose data are in this folder has a PIN, or had one when it was opened last.
pub(crate) fn is_known_to_be_set(folder: &Path) -> bool {
    !matches!(PinFile::in_folder(folder).read(), Ok(None))
}

/// How long the till stays unlocked after the last action that needed the PIN, milliseconds.
const OPEN_FOR_MS: i64 = 5 * 60 * 1000;
/// How long it stays unlocked after the PIN was typed, whatever is done, milliseconds.
const OPEN_AT_MOST_MS: i64 = 15 * 60 * 1000;

/// Wrong PINs are written into the journal at most this often, milliseconds: whoever types them must not fill it.
const RECORD_EVERY_MS: i64 = 60 * 1000;

const MIN_DIGITS: usize = 4;
const MAX_DIGITS: usize = 12;

/// Why an action that needs the PIN was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// The till is locked: the PIN must be typed first.
    #[error("this needs the PIN")]
    Needed,
    /// The PIN is wrong.
    #[error("this is not the PIN")]
    Wrong {
        /// The wait before the next try, milliseconds; 0 after the first wrong ones.
        wait_ms: i64,
    },
    /// After too many wrong PINs the next try must wait.
    #[error("too many wrong PINs; the next try in {} s", seconds(*wait_ms))]
    Wait {
        /// What remains of the wait, milliseconds.
        wait_ms: i64,
    },
    /// A PIN is 4 to 12 digits.
    #[error("a PIN is {MIN_DIGITS} to {MAX_DIGITS} digits")]
    Invalid,
    /// No PIN is set, and the action makes sense only with one.
    #[error("a PIN must be set first")]
    Missing,
    /// The PIN's file cannot be read.
    #[error("the PIN's file cannot be read: {0}")]
    Unreadable(String),
    /// The PIN's file cannot be written; nothing was unlocked.
    #[error("the PIN's file cannot be written: {0}")]
    Unwritable(String),
}

impl From<PinError> for Fault {
    fn from(error: PinError) -> Self {
        let (code, wait_ms) = match &error {
            PinError::Needed => (Code::PinNeeded, None),
            PinError::Wrong { wait_ms } => (Code::PinWrong, Some(*wait_ms)),
            PinError::Wait { wait_ms } => (Code::PinWait, Some(*wait_ms)),
            PinError::Invalid => (Code::PinInvalid, None),
            PinError::Missing => (Code::PinMissing, None),
            PinError::Unreadable(_) => (Code::PinUnreadable, None),
            PinError::Unwritable(_) => (Code::PinUnwritable, None),
        };
        Self::new(code, error.to_string()).with_some("retry_after_seconds", wait_ms.map(seconds))
    }
}

/// A wait in seconds, rounded up.
fn seconds(wait_ms: i64) -> i64 {
    wait_ms.saturating_add(999) / 1000
}

/// The lock as a screen shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct LockView {
    /// Whether a PIN is set.
    pub set: bool,
    /// Whether nothing needs the PIN now: none is set, or it was used within the last five minutes.
    pub open: bool,
    /// When the next try may be made, by the till's clock; `None`: now.
    #[ts(type = "number | null")]
    pub wait_until_unix_ms: Option<UnixMs>,
}

/// The lock of a till. Its file is read each time, so that a PIN set on the command line counts at once.
#[derive(Debug)]
pub struct Lock {
    file: PinFile,
    clock: Clock,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Since the PIN was typed, until the till is locked.
    opened: Option<Opened>,
    /// A till at which strangers stand also locks when it was not touched for so long, milliseconds.
    idle_limit_ms: Option<i64>,
    /// The journal has every wrong PIN, so the file need not be read for them.
    all_recorded: bool,
    /// When wrong PINs were last handed out to be written into the journal.
    recorded_at: Option<Moment>,
}

#[derive(Debug, Clone)]
struct Opened {
    /// When the PIN was typed.
    at: Moment,
    /// When an action needed it last.
    used: Moment,
    /// When the screen was touched last.
    touched: Moment,
}

/// A moment by both clocks, so that setting the one opens nothing.
#[derive(Debug, Clone)]
struct Moment {
    at: UnixMs,
    uptime: Option<Uptime>,
}

impl Moment {
    fn now(clock: &Clock) -> Self {
        Self {
            at: clock.now(),
            uptime: clock.uptime(),
        }
    }

    /// Whether less than this time has passed since, by both clocks. A clock that was set back says no, because nobody
    /// knows how much has passed.
    fn is_within(&self, limit_ms: i64, now: &Self) -> bool {
        let by_day = now.at.0.saturating_sub(self.at.0);
        let by_uptime = match (&now.uptime, &self.uptime) {
            (Some(now), Some(earlier)) => now.since(earlier),
            _ => Some(0),
        };
        (0..limit_ms).contains(&by_day) && by_uptime.is_some_and(|ms| ms < limit_ms)
    }
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

    /// Whether a PIN is set; a file that cannot be read counts as one.
    pub fn is_set(&self) -> bool {
        !matches!(self.file.read(), Ok(None))
    }

    /// Lets an action that needs the PIN pass if the till is unlocked or has no PIN, and keeps it unlocked for
    /// another five minutes.
    ///
    /// # Errors
    /// [`PinError::Needed`] when the till is locked.
    pub fn require(&self) -> Result<(), PinError> {
        let mut state = self.state.lock();
        let now = Moment::now(&self.clock);
        if state.is_open(&now) {
            if let Some(opened) = &mut state.opened {
                opened.used = now.clone();
                opened.touched = now;
            }
            return Ok(());
        }
        if self.is_set() {
            Err(PinError::Needed)
        } else {
            Ok(())
        }
    }

    /// Lets an action pass as [`Lock::require`] does, without keeping the till unlocked: a page that reloads what it
    /// shows is nobody's hand.
    ///
    /// # Errors
    /// [`PinError::Needed`] when the till is locked.
    pub fn require_without_use(&self) -> Result<(), PinError> {
        let open = self.state.lock().is_open(&Moment::now(&self.clock));
        if open || !self.is_set() {
            Ok(())
        } else {
            Err(PinError::Needed)
        }
    }

    /// Sets after how long without a touch the till locks; `None` where staff stands at it.
    pub fn set_idle_limit(&self, limit_ms: Option<i64>) {
        self.state.lock().idle_limit_ms = limit_ms;
    }

    /// Says that the screen was touched. That opens nothing, and keeps nothing open for longer than the PIN's own time.
    pub fn note_touch(&self) {
        let mut state = self.state.lock();
        let now = Moment::now(&self.clock);
        if state.is_open(&now)
            && let Some(opened) = &mut state.opened
        {
            opened.touched = now;
        }
    }

    /// The lock as a screen shows it, if its time has just run out or somebody has locked it: `None` at every other call.
    pub fn locked_since(&self, was_open: &mut bool) -> Option<LockView> {
        let is_open = self.state.lock().is_open(&Moment::now(&self.clock));
        let locked = std::mem::replace(was_open, is_open) && !is_open;
        locked.then(|| self.view())
    }

    /// Tries a PIN. Slow by design: call it where nothing else waits.
    ///
    /// # Errors
    /// [`PinError::Wrong`]; [`PinError::Wait`] when it is too early for a try; [`PinError::Unreadable`], and
    /// [`PinError::Unwritable`] when the try cannot be counted.
    pub fn unlock(&self, pin: &SecretString) -> Result<LockView, PinError> {
        // The guard is held throughout, so that tries come one after the other.
        let mut state = self.state.lock();
        let Some(mut stored) = self.file.read()? else {
            return Ok(self.view_of(None, &state));
        };
        let wait_ms = self.wait_ms(&stored);
        if wait_ms > 0 {
            self.cap_last_wrong_try(&mut stored)?;
            return Err(PinError::Wait { wait_ms });
        }
        stored.wrong = stored.wrong.saturating_add(1);
        stored.unrecorded = stored.unrecorded.saturating_add(1);
        state.all_recorded = false;
        stored.wrong_at_unix_ms = self.clock.now();
        stored.wrong_at_uptime = self.clock.uptime();
        self.file.write(&stored)?;
        if !stored.is(pin)? {
            state.opened = None;
            let wait_ms = self.wait_ms(&stored);
            return Err(PinError::Wrong { wait_ms });
        }
        stored.wrong = 0;
        stored.unrecorded = stored.unrecorded.saturating_sub(1);
        self.file.write(&stored)?;
        state.open(Moment::now(&self.clock));
        Ok(self.view_of(Some(&stored), &state))
    }

    /// Locks the till.
    pub fn lock(&self) {
        self.state.lock().opened = None;
    }

    /// Sets the PIN, or removes it. The caller checks [`Lock::require`] first.
    ///
    /// # Errors
    /// [`PinError::Invalid`], [`PinError::Unwritable`], [`PinError::Unreadable`].
    pub fn set(&self, pin: Option<&SecretString>) -> Result<LockView, PinError> {
        let mut state = self.state.lock();
        match pin {
            Some(pin) => {
                Self::validate(pin)?;
                let before = self.file.read().ok().flatten();
                let unrecorded = before.map_or(0, |before| before.unrecorded);
                self.file.write(&StoredPin::new(pin, unrecorded)?)?;
                // Whoever has just set the PIN knows it.
                state.open(Moment::now(&self.clock));
            }
            None => {
                self.file.remove()?;
                state.opened = None;
            }
        }
        let stored = self.file.read()?;
        Ok(self.view_of(stored.as_ref(), &state))
    }

    /// Says whether this can be a PIN.
    ///
    /// # Errors
    /// [`PinError::Invalid`].
    pub fn validate(pin: &SecretString) -> Result<(), PinError> {
        let digits = pin.expose_secret().as_bytes();
        let valid = (MIN_DIGITS..=MAX_DIGITS).contains(&digits.len())
            && digits.iter().all(u8::is_ascii_digit);
        valid.then_some(()).ok_or(PinError::Invalid)
    }

    /// How many wrong PINs are to be written into the journal now; `None`: none, or it is too early after the last time.
    /// They are counted on the disk until [`Lock::note_recorded`], so no restart loses one.
    pub fn refusals_to_record(&self) -> Option<u32> {
        let mut state = self.state.lock();
        let now = Moment::now(&self.clock);
        let is_early = |at: &Moment| at.is_within(RECORD_EVERY_MS, &now);
        if state.all_recorded || state.recorded_at.as_ref().is_some_and(is_early) {
            return None;
        }
        let unrecorded = self.file.read().ok()?.map_or(0, |stored| stored.unrecorded);
        if unrecorded == 0 {
            state.all_recorded = true;
            return None;
        }
        state.recorded_at = Some(now);
        Some(unrecorded)
    }

    /// How many wrong PINs the journal does not have yet; they are forgotten with the PIN.
    pub fn unrecorded_refusals(&self) -> u32 {
        let stored = self.file.read().ok().flatten();
        stored.map_or(0, |stored| stored.unrecorded)
    }

    /// Says that the journal has these wrong PINs.
    ///
    /// # Errors
    /// [`PinError::Unreadable`] and [`PinError::Unwritable`]: they will be handed out once more.
    pub fn note_recorded(&self, count: u32) -> Result<(), PinError> {
        let _state = self.state.lock();
        if let Some(mut stored) = self.file.read()? {
            stored.unrecorded = stored.unrecorded.saturating_sub(count);
            self.file.write(&stored)?;
        }
        Ok(())
    }

    /// The lock as a screen shows it.
    pub fn view(&self) -> LockView {
        let state = self.state.lock();
        match self.file.read() {
            Ok(stored) => self.view_of(stored.as_ref(), &state),
            Err(_) => LockView {
                set: true,
                open: state.is_open(&Moment::now(&self.clock)),
                wait_until_unix_ms: None,
            },
        }
    }

    fn view_of(&self, stored: Option<&StoredPin>, state: &State) -> LockView {
        let wait_ms = stored.map_or(0, |stored| self.wait_ms(stored));
        LockView {
            set: stored.is_some(),
            open: stored.is_none() || state.is_open(&Moment::now(&self.clock)),
            wait_until_unix_ms: (wait_ms > 0).then(|| self.clock.now().plus(wait_ms)),
        }
    }

    /// What remains of the wait. Setting the clock shortens it only after a restart of the machine, which ends the only
    /// other count.
    fn wait_ms(&self, stored: &StoredPin) -> i64 {
        let uptime = self.clock.uptime();
        let by_uptime = delay::remaining_by_uptime_ms(
            stored.wrong,
            stored.wrong_at_uptime.as_ref(),
            uptime.as_ref(),
        );
        by_uptime.unwrap_or_else(|| {
            delay::remaining_ms(stored.wrong, stored.wrong_at_unix_ms, self.clock.now())
        })
    }

    /// Moves the last wrong try to now if it lies in the future: a clock that was set back must not restart the
    /// wait with each try.
    fn cap_last_wrong_try(&self, stored: &mut StoredPin) -> Result<(), PinError> {
        let now = self.clock.now();
        if stored.wrong_at_unix_ms > now {
            stored.wrong_at_unix_ms = now;
            self.file.write(stored)?;
        }
        Ok(())
    }
}

impl State {
    fn open(&mut self, now: Moment) {
        self.opened = Some(Opened {
            at: now.clone(),
            used: now.clone(),
            touched: now,
        });
    }

    fn is_open(&self, now: &Moment) -> bool {
        let is_touched = |opened: &Opened| {
            self.idle_limit_ms
                .is_none_or(|limit_ms| opened.touched.is_within(limit_ms, now))
        };
        self.opened.as_ref().is_some_and(|opened| {
            opened.used.is_within(OPEN_FOR_MS, now)
                && opened.at.is_within(OPEN_AT_MOST_MS, now)
                && is_touched(opened)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

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
}
