//! Which office this till is paired with: `office.json` in the data folder. The token is not in it; that is in the
//! system's keychain. Without this file nothing is ever sent.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::base32;
use super::pairing_code::FINGERPRINT_BYTES;
use super::signed_head::PublicKey;
use crate::clock::UnixMs;
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
    /// Since when the till has its token; `None`: it was paired by a program that took no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_since_unix_ms: Option<UnixMs>,
}

/// How long a till keeps a token before it asks for another one. A copy of its keychain is worth no more than that.
const TOKEN_KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1000;

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

    /// Whether it is time for another token. A clock that was set back makes it time as well.
    pub fn is_token_old(&self, now: UnixMs) -> bool {
        let age = self
            .token_since_unix_ms
            .map(|since| now.0.saturating_sub(since.0));
        age.is_none_or(|age| !(0..TOKEN_KEPT_MS).contains(&age))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_old_after_a_week_and_when_nobody_knows_its_age() {
        let since = |token_since_unix_ms| Pairing {
            till: TillId::new(),
            address: "office.example:7443".to_owned(),
            fingerprint: None,
            office: PublicKey(String::new()),
            name: "Stall 3".to_owned(),
            token_since_unix_ms,
        };
        let start = UnixMs(1_700_000_000_000);
        let young = since(Some(start));
        assert!(!young.is_token_old(start));
        assert!(!young.is_token_old(start.plus(TOKEN_KEPT_MS - 1)));
        assert!(young.is_token_old(start.plus(TOKEN_KEPT_MS)));
        assert!(young.is_token_old(start.plus(-1)));
        assert!(since(None).is_token_old(start));
    }
}
