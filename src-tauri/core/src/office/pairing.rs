//! Which office this till is paired with: `office.json` in the data folder. The token is not in it; that is in the
//! system's keychain. Without this file nothing is ever sent.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::base32;
use super::pairing_code::FINGERPRINT_BYTES;
use super::signed_head::PublicKey;
use crate::files;
use crate::ids::TillId;

/// An office that has taken this till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pairing {
    /// The till whose journal is sent. Another journal in the same folder, of another gateway, is not.
    pub till: TillId,
    /// The office's host and port.
    pub address: String,
    /// The start of its certificate's SHA-256, in base32; `None`: a public authority has signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// The key by which it signs.
    pub office: PublicKey,
    /// What the office calls this till.
    pub name: String,
}

/// Why the file cannot be used. Nothing is sent then.
#[derive(Debug, thiserror::Error)]
pub enum PairingError {
    /// The disk.
    #[error(transparent)]
    File(#[from] io::Error),
    /// It is not what the till wrote.
    #[error("office.json is damaged: {0}")]
    Damaged(String),
}

/// Where the pairing is kept.
pub fn office_file(data_dir: &Path) -> PathBuf {
    data_dir.join("office.json")
}

impl Pairing {
    /// The pairing of the till in this folder, if it is paired.
    ///
    /// # Errors
    /// Those of the disk, and [`PairingError::Damaged`].
    pub fn load(data_dir: &Path) -> Result<Option<Self>, PairingError> {
        let text = match std::fs::read(office_file(data_dir)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let pairing: Self = serde_json::from_slice(&text)
            .map_err(|error| PairingError::Damaged(error.to_string()))?;
        pairing.pin()?;
        Ok(Some(pairing))
    }

    /// Writes it down.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn save(&self, data_dir: &Path) -> Result<(), PairingError> {
        let text = serde_json::to_vec_pretty(self).map_err(io::Error::from)?;
        files::replace(&office_file(data_dir), &text)?;
        Ok(())
    }

    /// Forgets it.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn remove(data_dir: &Path) -> Result<(), PairingError> {
        files::remove(&office_file(data_dir))?;
        Ok(())
    }

    /// The fingerprint as it is compared.
    ///
    /// # Errors
    /// [`PairingError::Damaged`]: a pin that cannot be read is not the same as none.
    pub fn pin(&self) -> Result<Option<[u8; FINGERPRINT_BYTES]>, PairingError> {
        let Some(text) = &self.fingerprint else {
            return Ok(None);
        };
        let pin = base32::decode(text).and_then(|bytes| bytes.try_into().ok());
        pin.map(Some)
            .ok_or_else(|| PairingError::Damaged("its fingerprint is none".to_owned()))
    }

    /// A fingerprint as the file holds it.
    pub(crate) fn fingerprint_text(pin: &[u8; FINGERPRINT_BYTES]) -> String {
        base32::encode(pin)
    }

    /// The user of the token's entry in the keychain.
    pub fn token_user(till: TillId) -> String {
        format!("office@{till}")
    }
}
