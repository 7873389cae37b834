//! The PIN that protects settings, refunds, the day's close and leaving kiosk mode. It keeps customers from the
//! till and cashiers from slips; it does not protect the files from someone who may read them.
//!
//! A try is counted on the disk before it is checked, so that ending the program in between gives no free try.

mod delay;
mod file;
mod hash;
mod moment;
mod tries;

use std::path::Path;

use parking_lot::Mutex;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;

use crate::clock::{Clock, UnixMs};
use crate::error::{Code, Fault};
use file::{PinFile, StoredPin};
pub use hash::PinHash;
pub(crate) use moment::Moment;
pub(crate) use tries::Tries;

/// Whether the till whose data are in this folder has a PIN, or had one when it was opened last.
pub(crate) fn is_known_to_be_set(folder: &Path) -> bool {
    !matches!(PinFile::in_folder(folder).read(), Ok(None))
}

/// How long the till stays unlocked after the last action that needed the PIN, milliseconds.
pub(crate) const OPEN_FOR_MS: i64 = 5 * 60 * 1000;
/// How long it stays unlocked after the PIN was typed, whatever is done, milliseconds.
const OPEN_AT_MOST_MS: i64 = 15 * 60 * 1000;

/// Wrong PINs are written into the journal at most this often, milliseconds: whoever types them must not fill it.
pub(crate) const RECORD_EVERY_MS: i64 = 60 * 1000;

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
    /// Cashiers have PINs or fobs of their own: names are asked for as well (docs/staff.md).
    pub staff: bool,
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
        let wait_ms = stored.tries.wait_ms(&self.clock);
        if wait_ms > 0 {
            if stored.tries.cap(&self.clock) {
                self.file.write(&stored)?;
            }
            return Err(PinError::Wait { wait_ms });
        }
        stored.tries.count(&self.clock);
        state.all_recorded = false;
        self.file.write(&stored)?;
        if !stored.is(pin)? {
            state.opened = None;
            let wait_ms = stored.tries.wait_ms(&self.clock);
            return Err(PinError::Wrong { wait_ms });
        }
        stored.tries.forgive();
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
                let unrecorded = before.map_or(0, |before| before.tries.unrecorded);
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
        let unrecorded = self
            .file
            .read()
            .ok()?
            .map_or(0, |stored| stored.tries.unrecorded);
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
        stored.map_or(0, |stored| stored.tries.unrecorded)
    }

    /// Says that the journal has these wrong PINs.
    ///
    /// # Errors
    /// [`PinError::Unreadable`] and [`PinError::Unwritable`]: they will be handed out once more.
    pub fn note_recorded(&self, count: u32) -> Result<(), PinError> {
        let _state = self.state.lock();
        if let Some(mut stored) = self.file.read()? {
            stored.tries.unrecorded = stored.tries.unrecorded.saturating_sub(count);
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
                staff: false,
            },
        }
    }

    fn view_of(&self, stored: Option<&StoredPin>, state: &State) -> LockView {
        let wait_ms = stored.map_or(0, |stored| stored.tries.wait_ms(&self.clock));
        LockView {
            set: stored.is_some(),
            open: stored.is_none() || state.is_open(&Moment::now(&self.clock)),
            wait_until_unix_ms: (wait_ms > 0).then(|| self.clock.now().plus(wait_ms)),
            staff: false,
        }
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
mod tests;
