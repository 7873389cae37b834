//! Which cashier is signed on. The cashier's name is in every entry that is written meanwhile.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Till, TillError};
use crate::files;
use crate::settings::SettingsError;

/// The file that keeps the cashier signed on when the program restarts.
#[derive(Debug)]
pub(super) struct CashierFile(PathBuf);

#[derive(Debug, Default, Serialize, Deserialize)]
struct StoredCashier {
    cashier: Option<String>,
}

impl CashierFile {
    pub(super) fn in_folder(data_dir: &Path) -> Self {
        Self(data_dir.join("cashier.json"))
    }

    /// The cashier who was signed on last, if the settings still name them.
    pub(super) fn read(&self, cashiers: &[String]) -> Option<String> {
        let text = std::fs::read_to_string(&self.0).ok()?;
        let stored: StoredCashier = serde_json::from_str(&text).ok()?;
        stored.cashier.filter(|name| cashiers.contains(name))
    }

    fn write(&self, cashier: Option<String>) -> std::io::Result<()> {
        let text = serde_json::to_string(&StoredCashier { cashier })?;
        files::replace(&self.0, text.as_bytes())?;
        Ok(())
    }
}

impl Till {
    /// The cashier who is signed on.
    pub fn cashier(&self) -> Option<String> {
        self.inner.journal.cashier()
    }

    /// Signs a cashier on in place of the one before, or with `None` signs that one off. Returns who is signed on.
    ///
    /// # Errors
    /// [`TillError::CashierUnknown`] when the settings do not name them; [`TillError::Settings`] when it cannot be
    /// saved. Nothing has changed then.
    pub fn sign_on(&self, name: Option<String>) -> Result<Option<String>, TillError> {
        if let Some(name) = &name
            && !self.inner.settings.get(|it| it.cashiers.contains(name))
        {
            return Err(TillError::CashierUnknown);
        }
        self.inner
            .cashier_file
            .write(name.clone())
            .map_err(SettingsError::from)?;
        self.inner.journal.set_cashier(name.clone());
        Ok(name)
    }

    /// Signs off a cashier whom the settings no longer name.
    pub(super) fn sign_off_removed_cashier(&self) -> Result<(), TillError> {
        if let Some(name) = self.cashier()
            && !self.inner.settings.get(|it| it.cashiers.contains(&name))
        {
            self.sign_on(None)?;
        }
        Ok(())
    }
}
