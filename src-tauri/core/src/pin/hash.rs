//! The hash of a PIN: Argon2id as a PHC string, slow by design because four digits are few.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::PinError;

/// The hash of a PIN, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct PinHash(String);

impl PinHash {
    /// The hash of this PIN, with a salt of its own.
    pub(crate) fn of(pin: &SecretString) -> Result<Self, PinError> {
        let hash: PasswordHash = Argon2::default()
            .hash_password(pin.expose_secret().as_bytes())
            .map_err(|error| PinError::Unwritable(error.to_string()))?;
        Ok(Self(hash.to_string()))
    }

    /// Whether it is this PIN's.
    pub(crate) fn is_of(&self, pin: &SecretString) -> Result<bool, PinError> {
        let hash =
            PasswordHash::new(&self.0).map_err(|error| PinError::Unreadable(error.to_string()))?;
        Ok(Argon2::default()
            .verify_password(pin.expose_secret().as_bytes(), &hash)
            .is_ok())
    }
}
