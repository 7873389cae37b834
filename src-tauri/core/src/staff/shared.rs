//! Cashiers as a shop's tills share them: names, roles and the hashes of PINs. A fob stays with the till that learnt it,
//! because its hash is salted there.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::file::{StoredPerson, StoredStaff};
use super::register::{MAX_NAME_CHARS, MAX_PEOPLE, Register, require_owner};
use super::{Role, SHOP_PIN, StaffError};
use crate::pin::{Lock, PinError, PinHash, Tries};

/// A cashier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPerson {
    /// The name, which stands in entries as `by`.
    pub name: String,
    /// What they are in the shop.
    #[serde(default)]
    pub role: Role,
    /// The hash of their PIN; without one they sign on by the name alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pin: Option<PinHash>,
}

impl SharedPerson {
    /// As many as a till has room for.
    pub const MOST: usize = MAX_PEOPLE;

    /// Somebody without a PIN.
    pub fn new(name: &str, role: Role) -> Self {
        Self {
            name: name.to_owned(),
            role,
            pin: None,
        }
    }

    /// Whether they have a PIN.
    pub fn has_pin(&self) -> bool {
        self.pin.is_some()
    }

    /// Gives them a PIN; an empty one takes it away. Slow by design.
    ///
    /// # Errors
    /// [`PinError::Invalid`].
    pub fn set_pin(&mut self, pin: &SecretString) -> Result<(), PinError> {
        use secrecy::ExposeSecret as _;
        self.pin = match pin.expose_secret() {
            "" => None,
            _ => {
                Lock::validate(pin)?;
                Some(PinHash::of(pin)?)
            }
        };
        Ok(())
    }

    /// Takes over the PIN of somebody else's record.
    pub fn keep_pin_of(&mut self, other: &Self) {
        self.pin.clone_from(&other.pin);
    }

    /// The same without the PIN: for a file that people look into.
    #[must_use]
    pub fn without_pin(mut self) -> Self {
        self.pin = None;
        self
    }

    /// The same in its normal form, if it keeps the rules.
    pub(crate) fn validate(mut self) -> Result<Self, &'static str> {
        self.name = self.name.trim().to_owned();
        let chars = self.name.chars().count();
        let is_name = (1..=MAX_NAME_CHARS).contains(&chars)
            && !self.name.chars().any(char::is_control)
            && self.name != SHOP_PIN;
        if !is_name {
            return Err("the name must be of 1 to 40 characters");
        }
        // A hash that takes hours or all memory to compare would shut its bearer out, and the till with them.
        if !self.pin.as_ref().is_none_or(PinHash::is_bounded) {
            return Err("the PIN is not stored in a way that this till reads");
        }
        Ok(self)
    }
}

/// What the journal is to tell of one cashier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonDifference {
    pub(crate) name: String,
    pub(crate) is_new: bool,
    pub(crate) is_gone: bool,
    pub(crate) role: Option<Role>,
    pub(crate) fields: Vec<String>,
}

impl Register {
    /// The cashiers whom these settings name, and all others who have a PIN, as they would be shared.
    ///
    /// # Errors
    /// [`StaffError::Unreadable`].
    pub(crate) fn shared_people(&self, named: &[String]) -> Result<Vec<SharedPerson>, StaffError> {
        let staff = self.file().read()?;
        let shared = |person: &StoredPerson| SharedPerson {
            name: person.name.clone(),
            role: person.role,
            pin: person.pin.clone(),
        };
        let of_name = |name: &String| {
            let known = staff.person(name);
            known.map_or_else(|| SharedPerson::new(name, Role::default()), shared)
        };
        let mut people: Vec<_> = named.iter().map(of_name).collect();
        let others = staff.people.iter();
        people.extend(others.filter(|it| !named.contains(&it.name)).map(shared));
        Ok(people)
    }

    /// What taking over these cashiers would change.
    ///
    /// # Errors
    /// [`StaffError::OwnerMissing`] where nobody could do everything any more, or everybody could; [`StaffError::Unreadable`].
    pub(crate) fn check_shared(
        &self,
        people: &[SharedPerson],
        shop_pin: bool,
    ) -> Result<Vec<PersonDifference>, StaffError> {
        let before = self.file().read()?;
        let after = taken_over(&before, people);
        require_guarded(&before, &after, shop_pin)?;
        Ok(differences(&before, &after))
    }

    /// Takes over these cashiers in the place of all there are.
    ///
    /// # Errors
    /// As [`Register::check_shared`], and [`StaffError::Unwritable`].
    pub(crate) fn take_shared(
        &self,
        people: &[SharedPerson],
        shop_pin: bool,
    ) -> Result<(), StaffError> {
        let _changing = self.changing();
        let before = self.file().read()?;
        let after = taken_over(&before, people);
        require_guarded(&before, &after, shop_pin)?;
        match after == before {
            true => Ok(()),
            false => self.file().write(&after),
        }
    }
}

/// Nobody may be shut out, and nobody let in: a till whose cashiers have PINs is not opened to everybody from elsewhere.
fn require_guarded(
    before: &StoredStaff,
    after: &StoredStaff,
    shop_pin: bool,
) -> Result<(), StaffError> {
    require_owner(after, shop_pin)?;
    match before.in_force() && !after.in_force() && !shop_pin {
        true => Err(StaffError::OwnerMissing),
        false => Ok(()),
    }
}

/// Wrong tries are forgiven with a new PIN alone; a fob stays.
fn taken_over(before: &StoredStaff, people: &[SharedPerson]) -> StoredStaff {
    let mut after = before.clone();
    after.people = people
        .iter()
        .filter_map(|shared| {
            let known = before.person(&shared.name);
            // A name alone is in the settings.
            if known.is_none() && shared.pin.is_none() && shared.role == Role::default() {
                return None;
            }
            let mut person = known
                .cloned()
                .unwrap_or_else(|| StoredPerson::new(&shared.name));
            person.role = shared.role;
            if person.pin != shared.pin {
                person.tries = Tries::none(person.tries.unrecorded);
                person.pin.clone_from(&shared.pin);
            }
            Some(person)
        })
        .collect();
    after
}

fn differences(before: &StoredStaff, after: &StoredStaff) -> Vec<PersonDifference> {
    let mut told = Vec::new();
    for person in &after.people {
        let known = before.person(&person.name);
        let role = (known.map(|it| it.role) != Some(person.role)).then_some(person.role);
        let pin = known.and_then(|it| it.pin.as_ref()) != person.pin.as_ref();
        let mut fields = Vec::new();
        fields.extend(role.map(|_| "role".to_owned()));
        fields.extend(pin.then(|| "pin".to_owned()));
        if known.is_none() || !fields.is_empty() {
            told.push(PersonDifference {
                name: person.name.clone(),
                is_new: known.is_none(),
                is_gone: false,
                role,
                fields,
            });
        }
    }
    for person in &before.people {
        if after.person(&person.name).is_none() {
            told.push(PersonDifference {
                name: person.name.clone(),
                is_new: false,
                is_gone: true,
                role: None,
                fields: Vec::new(),
            });
        }
    }
    told
}
