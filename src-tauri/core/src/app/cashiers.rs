//! Which cashier is signed on. The cashier's name is in every entry that is written meanwhile. Who proves it with a PIN or a
//! fob is known to [`crate::staff::Guard`]; here the name is put into the journal.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Till, TillError};
use crate::clock::Clock;
use crate::files;
use crate::settings::SettingsError;
use crate::staff::Register;

/// The file that keeps the cashier signed on when the program restarts. A name that a PIN or a fob stands for is never
/// taken from it: whoever may write the file could be anybody.
#[derive(Debug)]
pub(super) struct CashierFile {
    path: PathBuf,
    register: Register,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct StoredCashier {
    cashier: Option<String>,
}

impl CashierFile {
    pub(super) fn in_folder(data_dir: &Path) -> Self {
        Self {
            path: data_dir.join("cashier.json"),
            register: Register::in_folder(data_dir, Clock::system()),
        }
    }

    /// The cashiers with PINs and fobs.
    pub(super) fn register(&self) -> &Register {
        &self.register
    }

    /// The cashier who was signed on last, if the settings still name them and they sign on by their name alone.
    pub(super) fn read(&self, cashiers: &[String]) -> Option<String> {
        let text = std::fs::read_to_string(&self.path).ok()?;
        let stored: StoredCashier = serde_json::from_str(&text).ok()?;
        let by_name = |name: &String| cashiers.contains(name) && !self.register.needs_proof(name);
        stored.cashier.filter(by_name)
    }

    fn write(&self, cashier: Option<String>) -> std::io::Result<()> {
        let text = serde_json::to_string(&StoredCashier { cashier })?;
        files::replace(&self.path, text.as_bytes())?;
        Ok(())
    }
}

impl Till {
    /// The cashier who is signed on.
    pub fn cashier(&self) -> Option<String> {
        self.inner.journal.cashier()
    }

    /// Signs a cashier on by the name alone, in place of the one before, or with `None` signs that one off. Returns who is
    /// signed on.
    ///
    /// # Errors
    /// [`TillError::CashierUnknown`] when the settings do not name them, or they have a PIN or a fob;
    /// [`TillError::Settings`] when it cannot be saved. Nothing has changed then.
    pub fn sign_on(&self, name: Option<String>) -> Result<Option<String>, TillError> {
        let file = &self.inner.cashier_file;
        if let Some(name) = &name {
            let is_named = self.inner.settings.get(|it| it.cashiers.contains(name));
            if !is_named || file.register.needs_proof(name) {
                return Err(TillError::CashierUnknown);
            }
        }
        file.write(name.clone()).map_err(SettingsError::from)?;
        self.inner.journal.set_cashier(name.clone());
        Ok(name)
    }

    /// Says who is signed on from now on, after they have proved it; `None`: nobody.
    pub fn set_proven_cashier(&self, name: Option<String>) {
        if let Err(error) = self.inner.cashier_file.write(None) {
            tracing::warn!(%error, "who was signed on before may come back at the next start");
        }
        self.inner.journal.set_cashier(name);
    }

    /// Signs off a cashier whom the settings no longer name.
    pub(super) fn sign_off_removed_cashier(&self) -> Result<(), TillError> {
        if let Some(name) = self.cashier()
            && !self.inner.settings.get(|it| it.cashiers.contains(&name))
            && !self.inner.cashier_file.register.needs_proof(&name)
        {
            self.sign_on(None)?;
        }
        Ok(())
    }
}
