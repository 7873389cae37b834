//! The API key in memory. It comes from the keychain, goes to the gateway's client, and goes nowhere else.

use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::RwLock;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{Inner, Till, TillError};
use crate::ids::TillId;
use crate::keychain::{Keychain, KeychainError, parse_key};
use crate::polling::Network;
use crate::sale::Event;

/// All that may be known of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum KeyStatus {
    /// A key is stored.
    Stored,
    /// No key is stored.
    None,
}

/// The key, where it comes from, and whether the gateway refuses it.
#[derive(Debug)]
pub(super) struct Keys {
    source: Source,
    cached: RwLock<Option<SecretString>>,
    refused: AtomicBool,
}

#[derive(Debug)]
enum Source {
    Keychain(Keychain),
    /// Practice mode has one key, which is no secret.
    Fixed,
}

impl Keys {
    pub(super) fn in_keychain(keychain: Keychain) -> Self {
        Self {
            source: Source::Keychain(keychain),
            cached: RwLock::default(),
            refused: AtomicBool::new(false),
        }
    }

    pub(super) fn fixed(key: SecretString) -> Self {
        Self {
            source: Source::Fixed,
            cached: RwLock::new(Some(key)),
            refused: AtomicBool::new(false),
        }
    }

    /// The key, if it is in memory.
    pub(super) fn cached(&self) -> Option<SecretString> {
        self.cached.read().clone()
    }

    /// The key, from the keychain if it is not in memory; `None` when none is stored.
    pub(super) async fn load(&self) -> Result<Option<SecretString>, KeychainError> {
        if let (None, Source::Keychain(keychain)) = (self.cached(), &self.source) {
            self.cache(keychain.get().await?);
        }
        Ok(self.cached())
    }

    /// Whether the keychain holds another key than the refused one by now, stored by another program. That key is
    /// used from now on.
    pub(super) async fn reload_refused(&self) -> bool {
        let Source::Keychain(keychain) = &self.source else {
            return false;
        };
        let Ok(Some(stored)) = keychain.get().await else {
            return false;
        };
        let same = self
            .cached()
            .is_some_and(|cached| cached.expose_secret() == stored.expose_secret());
        if !same {
            self.cache(Some(stored));
            self.set_refused(false);
        }
        !same
    }

    /// Reads the key from the keychain again, because another program stored or removed it.
    async fn reload(&self) {
        if let Source::Keychain(keychain) = &self.source {
            match keychain.get().await {
                Ok(stored) => self.cache(stored),
                Err(error) => tracing::warn!(%error, "the new key cannot be read yet"),
            }
        }
    }

    /// Whether the gateway refuses the key.
    pub(super) fn is_refused(&self) -> bool {
        self.refused.load(Ordering::Relaxed)
    }

    pub(super) fn set_refused(&self, refused: bool) {
        self.refused.store(refused, Ordering::Relaxed);
    }

    fn cache(&self, key: Option<SecretString>) {
        *self.cached.write() = key;
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
    /// [`TillError::KeyInvalid`] when the text cannot be a key; [`TillError::Keychain`], and then the former key may
    /// still be stored.
    pub async fn set_key(&self, key: SecretString) -> Result<KeyStatus, TillError> {
        let key = parse_key(&key).map_err(TillError::KeyInvalid)?;
        if let Source::Keychain(keychain) = &self.inner.keys.source {
            keychain.set(key.clone()).await?;
            let fingerprint = fingerprint(self.inner.till_id, &key);
            self.inner.keys.cache(Some(key));
            self.record_key_change(Some(fingerprint)).await?;
        }
        self.inner.note_key_changed();
        Ok(KeyStatus::Stored)
    }

    /// Deletes the key.
    ///
    /// # Errors
    /// [`TillError::Keychain`]; the key may still be stored then.
    pub async fn clear_key(&self) -> Result<KeyStatus, TillError> {
        if let Source::Keychain(keychain) = &self.inner.keys.source {
            keychain.clear().await?;
            self.inner.keys.cache(None);
            self.record_key_change(None).await?;
        }
        self.inner.note_key_changed();
        Ok(KeyStatus::None)
    }

    /// Writes the change into the journal, by which every other program that has it open learns of it.
    async fn record_key_change(&self, fingerprint: Option<String>) -> Result<(), TillError> {
        let now = self.inner.clock.now();
        let event = Event::KeyChanged { fingerprint };
        let written = self
            .inner
            .journal
            .call(move |file| file.append_event(event, now));
        Ok(written.await?)
    }
}

impl Inner {
    /// Uses the key that another program stored, or none if that program removed it.
    pub(super) async fn reload_key(&self) {
        self.keys.reload().await;
        self.note_key_changed();
    }

    fn note_key_changed(&self) {
        self.keys.set_refused(false);
        self.with_scheduler(|scheduler, now_ms, _| scheduler.forget_refusals(now_ms));
        self.update_network(Network::after_key_change);
        self.polling.wake.notify_one();
    }
}

/// The first 16 hex digits of a hash of the key, salted with the till's id: enough to tell two keys apart, useless to
/// anybody who wants the key.
fn fingerprint(till: TillId, key: &SecretString) -> String {
    let mut hash = Sha256::new();
    hash.update(till.to_string());
    hash.update(key.expose_secret());
    let digits = hash.finalize();
    digits
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_cannot_be_a_key_is_refused_without_repeating_it() {
        for pasted in ["", "  \n", "two words", "ключ", &"k".repeat(513)] {
            let error = parse_key(&SecretString::from(pasted)).expect_err("no key");
            assert!(pasted.trim().is_empty() || !error.contains(pasted));
        }
        let key = parse_key(&SecretString::from(" sk_live_1\n")).expect("a key");
        assert_eq!(key.expose_secret(), "sk_live_1");
    }

    #[test]
    fn debug_output_does_not_contain_the_key() {
        let keys = Keys::fixed(SecretString::from("canary"));
        assert!(!format!("{keys:?}").contains("canary"));
    }
}
