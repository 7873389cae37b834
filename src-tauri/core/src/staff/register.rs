//! The cashiers who sign on with a PIN or a fob. The file is read each time, so that a change on the command line counts at
//! once.

use std::path::Path;

use parking_lot::{Mutex, MutexGuard};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;

use super::file::{StaffFile, StoredPerson, StoredStaff};
use super::{Role, StaffError};
use crate::clock::Clock;
use crate::pin::{Lock, Moment, PinError, PinHash, RECORD_EVERY_MS, Tries};

/// As many as names in the settings (settings/staff.rs).
pub(super) const MAX_PEOPLE: usize = 30;
pub(super) const MAX_NAME_CHARS: usize = 40;
/// Shorter codes could be tried out; a reader's are ten digits or more.
const MIN_FOB_CHARS: usize = 8;
const MAX_FOB_CHARS: usize = 64;

/// Held while a file is changed: what was read must still be there when it is written.
static CHANGING: Mutex<()> = Mutex::new(());

/// The staff as a screen shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct StaffView {
    /// Somebody has a PIN or a fob: rights hold, and who sells is signed on.
    pub in_force: bool,
    /// The cashiers whom the settings name, and all others who have a PIN or a fob.
    pub people: Vec<PersonView>,
}

/// A cashier as a screen shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct PersonView {
    /// The name, which stands in entries as `by`.
    pub name: String,
    /// What they are in the shop.
    pub role: Role,
    /// Whether they have a PIN.
    pub pin: bool,
    /// Whether they have a fob.
    pub fob: bool,
}

impl PersonView {
    /// Somebody who is named only.
    fn named(name: &str) -> Self {
        Self::of(&StoredPerson::new(name))
    }

    fn of(person: &StoredPerson) -> Self {
        Self {
            name: person.name.clone(),
            role: person.role,
            pin: person.pin.is_some(),
            fob: person.fob.is_some(),
        }
    }
}

/// What is to be changed about a cashier. `None` keeps what is there.
#[derive(Debug, Default)]
pub struct PersonChange {
    /// What they are in the shop.
    pub role: Option<Role>,
    /// A new PIN; an empty one takes it away.
    pub pin: Option<SecretString>,
    /// A new fob's code; an empty one takes it away.
    pub fob: Option<SecretString>,
}

impl PersonChange {
    /// The names of what changes, as the journal tells them.
    pub fn fields(&self) -> Vec<String> {
        let changed = [
            ("role", self.role.is_some()),
            ("pin", self.pin.is_some()),
            ("fob", self.fob.is_some()),
        ];
        let names = changed.into_iter().filter(|(_, changed)| *changed);
        names.map(|(name, _)| name.to_owned()).collect()
    }
}

/// The register of cashiers. See the module.
#[derive(Debug)]
pub struct Register {
    file: StaffFile,
    clock: Clock,
    /// When wrong PINs were last handed out to be written into the journal.
    recorded_at: Mutex<Option<Moment>>,
}

impl Register {
    /// The register of the till whose data are in this folder.
    pub fn in_folder(folder: &Path, clock: Clock) -> Self {
        Self {
            file: StaffFile::in_folder(folder),
            clock,
            recorded_at: Mutex::default(),
        }
    }

    /// The turn to change the file: a till and its guard each have a register of it.
    pub(super) fn changing(&self) -> MutexGuard<'static, ()> {
        CHANGING.lock()
    }

    pub(super) fn file(&self) -> &StaffFile {
        &self.file
    }

    /// Whether somebody signs on with a PIN or a fob; a file that cannot be read counts as one.
    pub fn in_force(&self) -> bool {
        self.file.read().map_or(true, |staff| staff.in_force())
    }

    /// Whether the cashiers' file can be read.
    pub fn is_readable(&self) -> bool {
        self.file.read().is_ok()
    }

    /// Whether this cashier proves who they are; also when nobody can tell.
    pub fn needs_proof(&self, name: &str) -> bool {
        let proof = |staff: StoredStaff| staff.person(name).is_some_and(StoredPerson::has_proof);
        self.file.read().map_or(true, proof)
    }

    /// The role of a cashier who proves who they are; `None` for anybody else.
    pub fn role_of(&self, name: &str) -> Option<Role> {
        let staff = self.file.read().ok()?;
        let person = staff.person(name)?;
        person.has_proof().then_some(person.role)
    }

    /// The staff of a shop whose settings name these cashiers.
    pub fn view(&self, named: &[String]) -> StaffView {
        let Ok(staff) = self.file.read() else {
            return StaffView {
                in_force: true,
                people: named.iter().map(|name| PersonView::named(name)).collect(),
            };
        };
        let mut people: Vec<_> = named
            .iter()
            .map(|name| {
                staff
                    .person(name)
                    .map_or_else(|| PersonView::named(name), PersonView::of)
            })
            .collect();
        let others = staff.people.iter().filter(|it| !named.contains(&it.name));
        people.extend(others.map(PersonView::of));
        StaffView {
            in_force: staff.in_force(),
            people,
        }
    }

    /// Checks the PIN of a cashier, and returns the role. Slow by design. The try is counted on the disk before it is
    /// checked.
    ///
    /// # Errors
    /// [`StaffError::Unknown`], [`PinError::Missing`] for somebody without a PIN, [`PinError::Wrong`],
    /// [`PinError::Wait`]; [`StaffError::Unreadable`], and [`StaffError::Unwritable`] when the try cannot be counted.
    pub fn check_pin(&self, name: &str, pin: &SecretString) -> Result<Role, StaffError> {
        let _changing = self.changing();
        let mut staff = self.file.read()?;
        let person = staff.person_mut(name).ok_or(StaffError::Unknown)?;
        let hash = person.pin.clone().ok_or(PinError::Missing)?;
        let wait_ms = person.tries.wait_ms(&self.clock);
        if wait_ms > 0 {
            if person.tries.cap(&self.clock) {
                self.file.write(&staff)?;
            }
            return Err(PinError::Wait { wait_ms }.into());
        }
        person.tries.count(&self.clock);
        self.file.write(&staff)?;
        let person = staff.person_mut(name).ok_or(StaffError::Unknown)?;
        if !hash.is_of(pin)? {
            let wait_ms = person.tries.wait_ms(&self.clock);
            return Err(PinError::Wrong { wait_ms }.into());
        }
        person.tries.forgive();
        let role = person.role;
        self.file.write(&staff)?;
        Ok(role)
    }

    /// Whose fob has this code; `None`: nobody's. Slow by design where anybody has a fob.
    ///
    /// # Errors
    /// [`StaffError::Unreadable`].
    pub fn bearer_of(&self, code: &SecretString) -> Result<Option<String>, StaffError> {
        let staff = self.file.read()?;
        if !is_fob_code(code) || staff.people.iter().all(|person| person.fob.is_none()) {
            return Ok(None);
        }
        let hash = Some(staff.fob_hash(code)?);
        let bearer = staff.people.into_iter().find(|person| person.fob == hash);
        Ok(bearer.map(|person| person.name))
    }

    /// Says whether a cashier may be changed so, and what the journal is to tell of it: whether they are new.
    ///
    /// # Errors
    /// As [`Register::change`].
    pub fn check_change(
        &self,
        name: &str,
        change: &PersonChange,
        shop_pin: bool,
    ) -> Result<bool, StaffError> {
        let mut staff = self.file.read()?;
        let is_new = staff.person(name).is_none();
        changed(&mut staff, name, change)?;
        require_owner(&staff, shop_pin)?;
        Ok(is_new)
    }

    /// Changes a cashier, or takes in a new one. `shop_pin`: the shop has its one PIN, which is the owner's.
    ///
    /// # Errors
    /// [`StaffError::NameInvalid`], [`PinError::Invalid`], [`StaffError::FobInvalid`], [`StaffError::FobTaken`],
    /// [`StaffError::OwnerMissing`], [`StaffError::Unreadable`], [`StaffError::Unwritable`].
    pub fn change(
        &self,
        name: &str,
        change: &PersonChange,
        shop_pin: bool,
    ) -> Result<(), StaffError> {
        let _changing = self.changing();
        let mut staff = self.file.read()?;
        changed(&mut staff, name, change)?;
        require_owner(&staff, shop_pin)?;
        self.file.write(&staff)
    }

    /// Says whether a cashier may be removed, and whether there is anything to remove.
    ///
    /// # Errors
    /// [`StaffError::OwnerMissing`], [`StaffError::Unreadable`].
    pub fn check_removal(&self, name: &str, shop_pin: bool) -> Result<bool, StaffError> {
        let mut staff = self.file.read()?;
        let is_known = staff.person(name).is_some();
        staff.people.retain(|person| person.name != name);
        require_owner(&staff, shop_pin)?;
        Ok(is_known)
    }

    /// Removes a cashier with PIN and fob.
    ///
    /// # Errors
    /// [`StaffError::OwnerMissing`], [`StaffError::Unreadable`], [`StaffError::Unwritable`].
    pub fn remove(&self, name: &str, shop_pin: bool) -> Result<(), StaffError> {
        let _changing = self.changing();
        let mut staff = self.file.read()?;
        staff.people.retain(|person| person.name != name);
        require_owner(&staff, shop_pin)?;
        self.file.write(&staff)
    }

    /// Says whether the shop's PIN may be taken away.
    ///
    /// # Errors
    /// [`StaffError::OwnerMissing`] while cashiers have PINs and no owner has one.
    pub fn check_shop_pin_removal(&self) -> Result<(), StaffError> {
        require_owner(&self.file.read()?, false)
    }

    /// Forgets everybody: for the command line, when the file cannot be read or the owner's PIN is forgotten.
    ///
    /// # Errors
    /// [`StaffError::Unwritable`].
    pub fn clear(&self) -> Result<(), StaffError> {
        let _changing = self.changing();
        self.file.remove()
    }

    /// The wrong PINs that are to be written into the journal now, by cashier; nothing while it is too early after the
    /// last time. They are counted on the disk until [`Register::note_recorded`].
    pub fn refusals_to_record(&self) -> Vec<(String, u32)> {
        let mut recorded_at = self.recorded_at.lock();
        let now = Moment::now(&self.clock);
        let is_early = |at: &Moment| at.is_within(RECORD_EVERY_MS, &now);
        if recorded_at.as_ref().is_some_and(is_early) {
            return Vec::new();
        }
        let refusals = self.unrecorded(|_| true);
        if !refusals.is_empty() {
            *recorded_at = Some(now);
        }
        refusals
    }

    /// How many wrong PINs of this cashier the journal does not have yet; they are forgotten with the cashier.
    pub fn unrecorded_refusals(&self, name: &str) -> u32 {
        let refusals = self.unrecorded(|other| other == name);
        refusals.into_iter().map(|(_, count)| count).sum()
    }

    fn unrecorded(&self, of: impl Fn(&str) -> bool) -> Vec<(String, u32)> {
        let people = self.file.read().map(|staff| staff.people);
        let people = people.unwrap_or_default().into_iter();
        let refused = people.filter(|it| it.tries.unrecorded > 0 && of(&it.name));
        refused.map(|it| (it.name, it.tries.unrecorded)).collect()
    }

    /// Says that the journal has these wrong PINs.
    ///
    /// # Errors
    /// [`StaffError::Unreadable`] and [`StaffError::Unwritable`]: they will be handed out once more.
    pub fn note_recorded(&self, name: &str, count: u32) -> Result<(), StaffError> {
        let _changing = self.changing();
        let mut staff = self.file.read()?;
        if let Some(person) = staff.person_mut(name) {
            person.tries.unrecorded = person.tries.unrecorded.saturating_sub(count);
            self.file.write(&staff)?;
        }
        Ok(())
    }
}

/// Makes the change in memory.
fn changed(staff: &mut StoredStaff, name: &str, change: &PersonChange) -> Result<(), StaffError> {
    if staff.person(name).is_none() {
        let chars = name.chars().count();
        let valid = (1..=MAX_NAME_CHARS).contains(&chars)
            && !name.chars().any(char::is_control)
            && name.trim() == name
            && name != super::SHOP_PIN;
        if !valid || staff.people.len() >= MAX_PEOPLE {
            return Err(StaffError::NameInvalid);
        }
        staff.people.push(StoredPerson::new(name));
    }
    let fob = match &change.fob {
        Some(code) if !code.expose_secret().is_empty() => {
            if !is_fob_code(code) {
                return Err(StaffError::FobInvalid);
            }
            let hash = Some(staff.fob_hash(code)?);
            let is_others = |it: &StoredPerson| it.name != name && it.fob == hash;
            if staff.people.iter().any(is_others) {
                return Err(StaffError::FobTaken);
            }
            hash
        }
        _ => None,
    };
    let Some(person) = staff.person_mut(name) else {
        return Ok(());
    };
    if let Some(role) = change.role {
        person.role = role;
    }
    match &change.pin {
        Some(pin) if pin.expose_secret().is_empty() => person.pin = None,
        Some(pin) => {
            Lock::validate(pin)?;
            person.pin = Some(PinHash::of(pin)?);
            person.tries = Tries::none(person.tries.unrecorded);
        }
        None => {}
    }
    if change.fob.is_some() {
        person.fob = fob;
    }
    Ok(())
}

/// Somebody must be able to do everything once rights hold.
pub(super) fn require_owner(staff: &StoredStaff, shop_pin: bool) -> Result<(), StaffError> {
    let is_owner = |it: &StoredPerson| it.role == Role::Owner && it.has_proof();
    if !staff.in_force() || shop_pin || staff.people.iter().any(is_owner) {
        Ok(())
    } else {
        Err(StaffError::OwnerMissing)
    }
}

fn is_fob_code(code: &SecretString) -> bool {
    let code = code.expose_secret();
    (MIN_FOB_CHARS..=MAX_FOB_CHARS).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_graphic())
}
