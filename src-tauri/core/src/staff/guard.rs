//! The door: who is signed on, whether they may, and acts that somebody else lends.
//!
//! An act that is refused is remembered with its arguments. A supervisor's PIN or fob then lends exactly this act: the
//! approval lies here, not on the page, is used up by the call that it was given for, and ends by itself.

use std::path::Path;
use std::sync::Arc;

use parking_lot::Mutex;
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};

use super::{Register, Right, Rights, Role, StaffError};
use crate::clock::Clock;
use crate::pin::{Lock, LockView, Moment, OPEN_FOR_MS, PinError};

/// How long an approval waits for its call, milliseconds.
const APPROVAL_MS: i64 = 60 * 1000;
/// How long a refused act waits for an approval, milliseconds: a supervisor has to come over.
const REFUSED_MS: i64 = 10 * 60 * 1000;

/// Stands in `approved_by` for the shop's one PIN, which is the owner's; no cashier with a PIN has this name.
pub const SHOP_PIN: &str = "PIN";

/// One call of a command, told apart from every other by its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The command.
    pub command: &'static str,
    /// A digest of its arguments.
    pub arguments: [u8; 32],
}

impl Call {
    /// The call of a command with these arguments, as they came.
    pub fn new(command: &'static str, arguments: &[u8]) -> Self {
        Self {
            command,
            arguments: Sha256::digest(arguments).into(),
        }
    }
}

/// Why an act passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passed {
    /// Whoever is at the till may do it.
    Own,
    /// Somebody else lent it: their name, or [`SHOP_PIN`].
    Lent(String),
}

/// How somebody proves who they are.
#[derive(Debug)]
pub enum Proof {
    /// By a PIN of their own.
    Pin {
        /// The name.
        name: String,
        /// The PIN.
        pin: SecretString,
    },
    /// By the shop's one PIN.
    ShopPin(SecretString),
    /// By a fob's code.
    Fob(SecretString),
}

/// Who lends an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Approver {
    /// This cashier, or [`SHOP_PIN`].
    Approved(String),
    /// Nobody has this fob.
    Nobody,
}

/// See the module. It belongs to the program, not to a till: switching to practice opens nothing.
#[derive(Debug)]
pub struct Guard {
    register: Register,
    lock: Arc<Lock>,
    clock: Clock,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    signed_on: Option<SignedOn>,
    /// The act that was refused last.
    refused: Option<Refused>,
    approval: Option<Approval>,
    /// A till at which strangers stand signs off when it was not touched for so long, milliseconds.
    idle_limit_ms: Option<i64>,
}

/// A cashier who has proved who they are.
#[derive(Debug)]
struct SignedOn {
    name: String,
    touched: Moment,
}

#[derive(Debug)]
struct Refused {
    call: Call,
    right: Right,
    at: Moment,
}

#[derive(Debug)]
struct Approval {
    call: Call,
    right: Right,
    by: String,
    at: Moment,
}

impl State {
    fn signed_on(&self, now: &Moment) -> Option<&SignedOn> {
        let limit_ms = self.idle_limit_ms.unwrap_or(OPEN_FOR_MS).min(OPEN_FOR_MS);
        let signed_on = self.signed_on.as_ref();
        signed_on.filter(|it| it.touched.is_within(limit_ms, now))
    }

    /// Uses up the approval of this call, if there is one that still holds.
    fn take_approval(&mut self, call: &Call, right: Right, now: &Moment) -> Option<String> {
        let is_for_it = |it: &mut Approval| it.call == *call && it.right == right;
        let approval = self.approval.take_if(is_for_it)?;
        let holds = approval.at.is_within(APPROVAL_MS, now);
        holds.then_some(approval.by)
    }
}

impl Guard {
    /// The door of the till whose data are in this folder.
    pub fn in_folder(folder: &Path, lock: Arc<Lock>, clock: Clock) -> Self {
        Self {
            register: Register::in_folder(folder, clock.clone()),
            lock,
            clock,
            state: Mutex::default(),
        }
    }

    /// The people.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// Whether cashiers have PINs or fobs of their own.
    pub fn in_force(&self) -> bool {
        self.register.in_force()
    }

    /// Lets an act pass or says why not. `typed`: it must be proved for this very call, whoever is signed on.
    ///
    /// # Errors
    /// [`PinError::Needed`] where the shop's one PIN holds alone; [`StaffError::RightNeeded`] where cashiers have PINs.
    pub fn require(
        &self,
        right: Right,
        rights: &Rights,
        call: &Call,
        typed: bool,
    ) -> Result<Passed, StaffError> {
        if !self.in_force() {
            self.lock.require()?;
            return Ok(Passed::Own);
        }
        let mut state = self.state.lock();
        let now = Moment::now(&self.clock);
        if let Some(by) = state.take_approval(call, right, &now) {
            return Ok(Passed::Lent(by));
        }
        if !typed && self.may(&state, right, rights, &now) {
            if let Some(signed_on) = &mut state.signed_on {
                signed_on.touched = now;
            }
            return Ok(Passed::Own);
        }
        state.refused = Some(Refused {
            call: call.clone(),
            right,
            at: now,
        });
        Err(StaffError::RightNeeded { right, typed })
    }

    fn may(&self, state: &State, right: Right, rights: &Rights, now: &Moment) -> bool {
        let role = match state.signed_on(now) {
            Some(signed_on) => self.register.role_of(&signed_on.name),
            None => self.shop_pin_was_typed().then_some(Role::Owner),
        };
        rights.may(role, right)
    }

    /// Whether whoever is at the till may do this by themselves. It changes nothing: for what a screen shows or hides.
    pub fn allows(&self, right: Right, rights: &Rights) -> bool {
        if !self.in_force() {
            return true;
        }
        let state = self.state.lock();
        self.may(&state, right, rights, &Moment::now(&self.clock))
    }

    /// Lets pass whoever has proved who they are: a cashier who is signed on, or the shop's PIN.
    ///
    /// # Errors
    /// [`PinError::Needed`].
    pub fn require_open(&self) -> Result<(), PinError> {
        if !self.in_force() {
            return self.lock.require_without_use();
        }
        let is_open = self.signed_on().is_some() || self.shop_pin_was_typed();
        if is_open {
            Ok(())
        } else {
            Err(PinError::Needed)
        }
    }

    /// The shop's PIN was typed a moment ago. Without one nothing is open by it.
    fn shop_pin_was_typed(&self) -> bool {
        self.lock.is_set() && self.lock.require_without_use().is_ok()
    }

    /// The cashier who has proved who they are, and is still there.
    pub fn signed_on(&self) -> Option<String> {
        let state = self.state.lock();
        let signed_on = state.signed_on(&Moment::now(&self.clock));
        signed_on.map(|it| it.name.clone())
    }

    /// Signs on whoever gives this proof, in place of whoever was. Returns the name; `None`: the shop's PIN was typed, which
    /// is nobody in particular, or nobody has this fob, and then nothing has changed. Slow by design.
    ///
    /// # Errors
    /// Those of [`Register::check_pin`] and [`Lock::unlock`]: whoever was signed on still is.
    pub fn sign_on(&self, proof: &Proof) -> Result<Option<String>, StaffError> {
        let Some((name, _)) = self.check(proof)? else {
            return Ok(None);
        };
        let mut state = self.state.lock();
        (state.refused, state.approval) = (None, None);
        if name == SHOP_PIN {
            state.signed_on = None;
            return Ok(None);
        }
        // A shop's PIN that was typed before is not this cashier's.
        self.lock.lock();
        state.signed_on = Some(SignedOn {
            name: name.clone(),
            touched: Moment::now(&self.clock),
        });
        Ok(Some(name))
    }

    /// Signs off whoever has no longer a PIN or a fob.
    pub fn sign_off_unknown(&self) {
        let gone = self
            .signed_on()
            .filter(|name| self.register.role_of(name).is_none());
        if gone.is_some() {
            self.sign_off();
        }
    }

    /// Signs off whoever is signed on.
    pub fn sign_off(&self) {
        let mut state = self.state.lock();
        (state.signed_on, state.refused, state.approval) = (None, None, None);
        self.lock.lock();
    }

    /// Lends the act that was refused last to whoever is at the till. Slow by design.
    ///
    /// # Errors
    /// [`StaffError::RightNeeded`] when whoever gives this proof may not do it either, or nothing was refused; those of
    /// [`Guard::sign_on`].
    pub fn approve(&self, proof: &Proof, rights: &Rights) -> Result<Approver, StaffError> {
        let was_open = self.shop_pin_was_typed();
        let Some((by, role)) = self.check(proof)? else {
            return Ok(Approver::Nobody);
        };
        if !was_open {
            // The shop's PIN lends one act and opens nothing else.
            self.lock.lock();
        }
        let mut state = self.state.lock();
        let now = Moment::now(&self.clock);
        let refused = state.refused.take();
        let Some(refused) = refused.filter(|it| it.at.is_within(REFUSED_MS, &now)) else {
            return Err(StaffError::NothingRefused);
        };
        let right = refused.right;
        if !rights.may(Some(role), right) {
            state.refused = Some(refused);
            return Err(StaffError::RightNeeded {
                right,
                typed: false,
            });
        }
        state.approval = Some(Approval {
            call: refused.call,
            right,
            by: by.clone(),
            at: now,
        });
        Ok(Approver::Approved(by))
    }

    /// Who gives this proof; `None` for a fob that is nobody's.
    fn check(&self, proof: &Proof) -> Result<Option<(String, Role)>, StaffError> {
        match proof {
            Proof::Pin { name, pin } => {
                let role = self.register.check_pin(name, pin)?;
                Ok(Some((name.clone(), role)))
            }
            Proof::ShopPin(pin) => {
                if !self.lock.is_set() {
                    return Err(PinError::Missing.into());
                }
                self.lock.unlock(pin)?;
                Ok(Some((SHOP_PIN.to_owned(), Role::Owner)))
            }
            Proof::Fob(code) => {
                let bearer = self.register.bearer_of(code)?;
                let role = |name: String| self.register.role_of(&name).map(|role| (name, role));
                Ok(bearer.and_then(role))
            }
        }
    }

    /// Sets after how long without a touch the till signs off; `None`: after five minutes.
    pub fn set_idle_limit(&self, limit_ms: Option<i64>) {
        self.state.lock().idle_limit_ms = limit_ms;
        self.lock.set_idle_limit(limit_ms);
    }

    /// Says that the screen was touched. It signs nobody on.
    pub fn note_touch(&self) {
        self.lock.note_touch();
        let mut state = self.state.lock();
        let now = Moment::now(&self.clock);
        if state.signed_on(&now).is_some()
            && let Some(signed_on) = &mut state.signed_on
        {
            signed_on.touched = now;
        }
    }

    /// The lock as a screen shows it.
    pub fn view(&self) -> LockView {
        let view = self.lock.view();
        if !self.in_force() {
            return view;
        }
        LockView {
            set: true,
            open: self.require_open().is_ok(),
            staff: true,
            ..view
        }
    }

    /// The lock as a screen shows it, if its time has just run out or somebody has locked it: `None` at every other call.
    pub fn locked_since(&self, was_open: &mut bool) -> Option<LockView> {
        if !self.in_force() {
            return self.lock.locked_since(was_open);
        }
        let is_open = self.require_open().is_ok();
        let locked = std::mem::replace(was_open, is_open) && !is_open;
        locked.then(|| self.view())
    }
}
