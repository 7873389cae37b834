//! The hash of a PIN: Argon2id as a PHC string, slow by design because four digits are few.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Argon2, Params};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::PinError;

/// The most memory, KiB, passes and lanes of a hash that comes from elsewhere: more than three times what this program takes.
const MAX_MEMORY_KIB: u32 = 64 * 1024;
const MAX_PASSES: u32 = 8;
const MAX_LANES: u32 = 4;

/// The hash of a PIN, as it is stored.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PinHash(String);

impl std::fmt::Debug for PinHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PinHash")
    }
}

impl PinHash {
    /// The hash of this PIN, with a salt of its own.
    pub(crate) fn of(pin: &SecretString) -> Result<Self, PinError> {
        let hash: PasswordHash = Argon2::default()
            .hash_password(pin.expose_secret().as_bytes())
            .map_err(|error| PinError::Unwritable(error.to_string()))?;
        Ok(Self(hash.to_string()))
    }

    /// Whether it is a hash that this program can compare a PIN with, in a moment.
    pub(crate) fn is_bounded(&self) -> bool {
        let Ok(hash) = PasswordHash::new(&self.0) else {
            return false;
        };
        let Ok(params) = Params::try_from(&hash.params) else {
            return false;
        };
        hash.algorithm.as_str() == "argon2id"
            && hash.salt.is_some()
            && hash.hash.is_some()
            && params.m_cost() <= MAX_MEMORY_KIB
            && params.t_cost() <= MAX_PASSES
            && params.p_cost() <= MAX_LANES
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
