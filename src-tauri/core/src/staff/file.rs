//! The file `staff.json`: the cashiers who sign on with a PIN or a fob, with the hashes of both and the wrong tries. Only
//! its owner may read it, and it is replaced whole. Without it, or when it cannot be read, nobody but the shop's PIN may do
//! anything that needs a right.

use std::io;
use std::path::{Path, PathBuf};

use argon2::Argon2;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::{Role, StaffError};
use crate::files;
use crate::pin::{PinHash, Tries};

/// The version of the file's format.
const FORMAT: u32 = 1;
const FOB_HASH_BYTES: usize = 32;

/// The file's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredStaff {
    format: u32,
    /// One salt for all fobs: a scan says whose fob it is with one slow hash. Their codes are long enough for that.
    fob_salt: String,
    pub(super) people: Vec<StoredPerson>,
}

/// One cashier.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredPerson {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) pin: Option<PinHash>,
    /// Hex.
    pub(super) fob: Option<String>,
    #[serde(flatten)]
    pub(super) tries: Tries,
}

impl StoredPerson {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            role: Role::default(),
            pin: None,
            fob: None,
            tries: Tries::none(0),
        }
    }

    /// Whether they can prove who they are.
    pub(super) fn has_proof(&self) -> bool {
        self.pin.is_some() || self.fob.is_some()
    }
}

impl StoredStaff {
    fn empty() -> Self {
        Self {
            format: FORMAT,
            fob_salt: uuid::Uuid::new_v4().simple().to_string(),
            people: Vec::new(),
        }
    }

    pub(super) fn person(&self, name: &str) -> Option<&StoredPerson> {
        self.people.iter().find(|person| person.name == name)
    }

    pub(super) fn person_mut(&mut self, name: &str) -> Option<&mut StoredPerson> {
        self.people.iter_mut().find(|person| person.name == name)
    }

    /// Whether anybody signs on with a proof.
    pub(super) fn in_force(&self) -> bool {
        self.people.iter().any(StoredPerson::has_proof)
    }

    /// The hash of a fob's code. Slow by design.
    pub(super) fn fob_hash(&self, code: &SecretString) -> Result<String, StaffError> {
        let mut hash = [0; FOB_HASH_BYTES];
        Argon2::default()
            .hash_password_into(
                code.expose_secret().as_bytes(),
                self.fob_salt.as_bytes(),
                &mut hash,
            )
            .map_err(|error| StaffError::Unreadable(error.to_string()))?;
        Ok(hash.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

#[derive(Debug)]
pub(super) struct StaffFile {
    path: PathBuf,
    /// An empty file beside it, which is there as long as somebody has a PIN: removing `staff.json` alone opens nothing.
    mark: PathBuf,
}

impl StaffFile {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self {
            path: folder.join("staff.json"),
            mark: folder.join("staff-is-set"),
        }
    }

    /// The stored cashiers; none when nobody was ever stored.
    pub(super) fn read(&self) -> Result<StoredStaff, StaffError> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return match self.mark.try_exists() {
                    Ok(false) => Ok(StoredStaff::empty()),
                    _ => Err(StaffError::Unreadable("it is missing".to_owned())),
                };
            }
            Err(error) => return Err(StaffError::Unreadable(error.to_string())),
        };
        let stored: StoredStaff = serde_json::from_str(&text)
            .map_err(|error| StaffError::Unreadable(error.to_string()))?;
        if stored.format != FORMAT {
            let unknown = format!("format {} is not known", stored.format);
            return Err(StaffError::Unreadable(unknown));
        }
        let marked = self.mark.try_exists().unwrap_or(true);
        match stored.in_force() {
            // A file whose people were taken out by hand is as good as none.
            false if marked => Err(StaffError::Unreadable("nobody is in it".to_owned())),
            true if !marked => {
                self.mark();
                Ok(stored)
            }
            _ => Ok(stored),
        }
    }

    /// Remembers that somebody has a PIN or a fob.
    fn mark(&self) {
        if let Err(error) = files::make_private_file(&self.mark) {
            tracing::warn!(%error, "it cannot be remembered that cashiers have PINs");
        }
    }

    /// Replaces the file; it is on the disk when this returns. A power cut in between leaves the PINs in force.
    pub(super) fn write(&self, stored: &StoredStaff) -> Result<(), StaffError> {
        let unwritable = |error: io::Error| StaffError::Unwritable(error.to_string());
        if !stored.in_force() {
            files::remove(&self.mark).map_err(unwritable)?;
        }
        serde_json::to_string_pretty(stored)
            .map_err(io::Error::from)
            .and_then(|text| files::replace(&self.path, text.as_bytes()))
            .map_err(unwritable)?;
        if stored.in_force() {
            self.mark();
        }
        Ok(())
    }

    /// Forgets everybody.
    pub(super) fn remove(&self) -> Result<(), StaffError> {
        for path in [&self.mark, &self.path] {
            files::remove(path).map_err(|error| StaffError::Unwritable(error.to_string()))?;
        }
        Ok(())
    }
}
