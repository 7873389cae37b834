//! The key in memory: from the keychain to the gateway's client, and nowhere else.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::Till;
use crate::error::TillError;
use crate::keychain::{Keychain, KeychainError};

/// No key is longer; a longer paste is something else.
const LONGEST_KEY: usize = 512;

/// All that anyone may know of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum KeyStatus {
    /// There is one.
    Stored,
    /// There is none.
    None,
}

#[derive(Debug)]
pub(crate) struct Keys {
    source: Source,
    held: RwLock<Option<SecretString>>,
    refused: AtomicBool,
}

#[derive(Debug)]
enum Source {
    Keychain(Keychain),
    Fixed,
}

impl Keys {
    pub(crate) fn in_keychain(keychain: Keychain) -> Self {
        Self {
            source: Source::Keychain(keychain),
            held: RwLock::default(),
            refused: AtomicBool::new(false),
        }
    }

    pub(crate) fn fixed(key: SecretString) -> Self {
        Self {
            source: Source::Fixed,
            held: RwLock::new(Some(key)),
            refused: AtomicBool::new(false),
        }
    }

    /// The key, if it is in memory.
    pub(crate) fn held(&self) -> Option<SecretString> {
        self.held
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The key, from the keychain if need be.
    pub(crate) async fn load(&self) -> Result<Option<SecretString>, KeychainError> {
        if let (None, Source::Keychain(keychain)) = (self.held(), &self.source) {
            self.hold(keychain.get().await?);
        }
        Ok(self.held())
    }

    /// After a refusal: whether the keychain holds another key by now, set by another program.
    pub(crate) async fn renew(&self) -> bool {
        let Source::Keychain(keychain) = &self.source else {
            return false;
        };
        let Ok(Some(stored)) = keychain.get().await else {
            return false;
        };
        let same = self
            .held()
            .is_some_and(|held| held.expose_secret() == stored.expose_secret());
        if !same {
            self.hold(Some(stored));
            self.set_refused(false);
        }
        !same
    }

    /// The gateway said no to this key.
    pub(crate) fn refused(&self) -> bool {
        self.refused.load(Ordering::Relaxed)
    }

    pub(crate) fn set_refused(&self, refused: bool) {
        self.refused.store(refused, Ordering::Relaxed);
    }

    fn hold(&self, key: Option<SecretString>) {
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = key;
    }
}

impl Till {
    /// Whether a key is stored.
    ///
    /// # Errors
    /// [`TillError::Keychain`].
    pub async fn key_status(&self) -> Result<KeyStatus, TillError> {
        Ok(match self.inner.keys.load().await? {
            Some(_) => KeyStatus::Stored,
            None => KeyStatus::None,
        })
    }

    /// Stores a key in the system's keychain and uses it from now on.
    ///
    /// # Errors
    /// [`TillError::KeyInvalid`] when it cannot be one, [`TillError::Keychain`].
    pub async fn set_key(&self, key: SecretString) -> Result<KeyStatus, TillError> {
        let key = trim_key(&key)?;
        if let Source::Keychain(keychain) = &self.inner.keys.source {
            keychain.set(key.clone()).await?;
            self.inner.keys.hold(Some(key));
        }
        self.key_changed();
        Ok(KeyStatus::Stored)
    }

    /// Forgets the key.
    ///
    /// # Errors
    /// [`TillError::Keychain`]; then it may still be stored.
    pub async fn clear_key(&self) -> Result<KeyStatus, TillError> {
        if let Source::Keychain(keychain) = &self.inner.keys.source {
            keychain.clear().await?;
            self.inner.keys.hold(None);
        }
        self.key_changed();
        Ok(KeyStatus::None)
    }

    fn key_changed(&self) {
        self.inner.keys.set_refused(false);
        self.inner.network_is(crate::polling::Network::key_changed);
        self.inner.wake.notify_one();
    }
}

/// The key without the white space that a paste brings along.
fn trim_key(pasted: &SecretString) -> Result<SecretString, TillError> {
    let key = pasted.expose_secret().trim();
    if key.is_empty() {
        return Err(TillError::KeyInvalid("it is empty"));
    }
    if key.len() > LONGEST_KEY {
        return Err(TillError::KeyInvalid("it is too long"));
    }
    if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(TillError::KeyInvalid(
            "it holds spaces or other characters no key has",
        ));
    }
    Ok(SecretString::from(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_a_key_is_refused_without_repeating_it() {
        for pasted in ["", "  \n", "two words", "ключ", &"k".repeat(513)] {
            let error = trim_key(&SecretString::from(pasted)).expect_err("no key");
            assert!(pasted.trim().is_empty() || !error.to_string().contains(pasted));
        }
        let key = trim_key(&SecretString::from(" sk_live_1\n")).expect("a key");
        assert_eq!(key.expose_secret(), "sk_live_1");
    }

    #[test]
    fn the_key_is_not_in_what_is_printed_for_debugging() {
        let keys = Keys::fixed(SecretString::from("canary"));
        assert!(!format!("{keys:?}").contains("canary"));
    }
}
