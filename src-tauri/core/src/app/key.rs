//! The API key in memory. It comes from the keychain, goes to the gateway's client, and goes nowhere else.

use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::RwLock;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::{Inner, Till, TillError};
use crate::gateway::InfoError;
use crate::ids::TillId;
use crate::journal::{JournalFile, PollStage, WatchedInvoice};
use crate::keychain::{Keychain, KeychainError, parse_key};
use crate::polling::Network;
use crate::sale::Event;

/// How many open invoices are asked about with a new key before it counts as another account's: the newest may be dead
/// to the gateway.
const INVOICES_TRIED: usize = 3;

/// What becomes of invoices that may still be paid and that another key may not see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenInvoices {
    /// They are kept: the key stays.
    Keep,
    /// They are lost from sight, as long as the key is not stored again.
    Lose,
}

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
    /// [`TillError::KeyInvalid`] when the text cannot be a key; [`TillError::KeyInUse`] when open invoices are to be
    /// kept and the gateway does not answer about them with this key; [`TillError::Journal`] when the journal cannot be
    /// written: the former key stays then. [`TillError::Keychain`], and then the former key may still be stored.
    pub async fn set_key(
        &self,
        key: SecretString,
        open: OpenInvoices,
    ) -> Result<KeyStatus, TillError> {
        let key = parse_key(&key).map_err(TillError::KeyInvalid)?;
        if let Source::Keychain(keychain) = &self.inner.keys.source {
            self.inner.check_key_change(Some(&key), open).await?;
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
    /// [`TillError::KeyInUse`] when open invoices are to be kept; [`TillError::Journal`] when the journal cannot be
    /// written: the key stays then. [`TillError::Keychain`]; the key may still be stored then.
    pub async fn clear_key(&self, open: OpenInvoices) -> Result<KeyStatus, TillError> {
        if let Source::Keychain(keychain) = &self.inner.keys.source {
            self.inner.check_key_change(None, open).await?;
            keychain.clear().await?;
            self.inner.keys.cache(None);
            self.record_key_change(None).await?;
        }
        self.inner.note_key_changed();
        Ok(KeyStatus::None)
    }

    /// Writes down that the keychain holds another key than the journal names: somebody changed it without the till, or
    /// with a program that did not write it down.
    ///
    /// # Errors
    /// [`TillError::Keychain`] and [`TillError::Journal`]; the next start looks again.
    pub async fn record_found_key(&self) -> Result<(), TillError> {
        if !matches!(self.inner.keys.source, Source::Keychain(_)) {
            return Ok(());
        }
        let key = self.inner.keys.load().await?;
        let fingerprint = key.map(|key| fingerprint(self.inner.till_id, &key));
        let now = self.inner.clock.now();
        let record = move |file: &mut JournalFile| {
            if file.last_key()? == fingerprint {
                return Ok(());
            }
            file.append_event(Event::KeyChanged { fingerprint }, now)
        };
        Ok(self.inner.journal.call(record).await?)
    }

    /// Writes the change into the journal. Unlike other technical events it comes after the deed, because every other
    /// program that has the journal open then reads the keychain anew. What ends the program in between is made good by
    /// [`Till::record_found_key`] at the next start.
    async fn record_key_change(&self, fingerprint: Option<String>) -> Result<(), TillError> {
        self.append_event(Event::KeyChanged { fingerprint }).await
    }
}

impl Inner {
    /// Uses the key that another program stored, or none if that program removed it.
    pub(super) async fn reload_key(&self) {
        self.keys.reload().await;
        self.note_key_changed();
    }

    /// Lets a change of the key pass when it can be written down and costs no open invoice.
    async fn check_key_change(
        &self,
        new: Option<&SecretString>,
        open: OpenInvoices,
    ) -> Result<(), TillError> {
        if open == OpenInvoices::Keep {
            self.assert_invoices_visible(new).await?;
        }
        Ok(self.journal.call(|file| file.assert_writable()).await?)
    }

    /// Checks that the gateway answers with the new key about the invoices that may still be paid. One answer shows
    /// that the key is of the same account.
    async fn assert_invoices_visible(&self, new: Option<&SecretString>) -> Result<(), TillError> {
        let gateway = self.asked_gateway.clone();
        let watched = self
            .journal
            .call(move |file| file.watched(&gateway))
            .await?;
        let may_be_paid =
            |it: WatchedInvoice| (it.stage != PollStage::Paid).then_some(it.invoice_id);
        let open: Vec<_> = watched
            .into_iter()
            .filter_map(may_be_paid)
            .flatten()
            .collect();
        if open.is_empty() {
            return Ok(());
        }
        if let Some(new) = new {
            // A keychain that does not answer knows of no former key; then the gateway is asked.
            let former = self.keys.load().await.ok().flatten();
            if former.is_some_and(|former| former.expose_secret() == new.expose_secret()) {
                return Ok(());
            }
            for invoice in open.iter().rev().take(INVOICES_TRIED) {
                match self.gateway.info(new, invoice).await {
                    Ok(report) if report.id == *invoice => return Ok(()),
                    Ok(_) | Err(InfoError::KeyRefused { .. } | InfoError::Answered { .. }) => {}
                    // Not reached: nobody knows whose key it is.
                    Err(_) => break,
                }
            }
        }
        Err(TillError::KeyInUse(open.len()))
    }

    fn note_key_changed(&self) {
        self.keys.set_refused(false);
        self.with_scheduler(|scheduler, now_ms, _| scheduler.forget_refusals(now_ms));
        self.update_network(Network::after_key_change);
        self.polling.wake.notify_one();
    }
}

/// What tells this key from another.
fn fingerprint(till: TillId, key: &SecretString) -> String {
    till.salted_fingerprint(key.expose_secret().as_bytes())
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
