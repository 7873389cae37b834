//! Who is at the till. Their name stands in every entry that is written meanwhile.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Till;
use crate::error::TillError;
use crate::files;
use crate::settings::SettingsError;

/// The file of who is at the till: a restart in the middle of a shift changes nobody's shift.
#[derive(Debug)]
pub(super) struct CashierFile(PathBuf);

#[derive(Debug, Default, Serialize, Deserialize)]
struct StoredCashier {
    cashier: Option<String>,
}

impl CashierFile {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self(folder.join("cashier.json"))
    }

    /// Who was there last, if they still are of this shop.
    pub(super) fn read(&self, cashiers: &[String]) -> Option<String> {
        let text = std::fs::read_to_string(&self.0).ok()?;
        let kept: StoredCashier = serde_json::from_str(&text).ok()?;
        kept.cashier.filter(|name| cashiers.contains(name))
    }

    fn write(&self, cashier: Option<&String>) -> std::io::Result<()> {
        let kept = StoredCashier {
            cashier: cashier.cloned(),
        };
        files::replace(&self.0, serde_json::to_string(&kept)?.as_bytes())
    }
}

impl Till {
    /// Who is at the till, if the shop names its cashiers.
    pub fn cashier(&self) -> Option<String> {
        self.inner.journal.cashier()
    }

    /// Somebody takes over, or leaves.
    ///
    /// # Errors
    /// [`TillError::CashierUnknown`]; [`TillError::Settings`] when it cannot be written down.
    pub fn sign_on(&self, name: Option<String>) -> Result<Option<String>, TillError> {
        if let Some(name) = &name
            && !self.settings().cashiers.contains(name)
        {
            return Err(TillError::CashierUnknown);
        }
        self.inner
            .cashier_file
            .write(name.as_ref())
            .map_err(SettingsError::from)?;
        self.inner.journal.set_cashier(name.clone());
        Ok(name)
    }

    /// A name that was taken from the settings is nobody's any more.
    pub(super) fn sign_off_strangers(&self) -> Result<(), TillError> {
        let stranger = self
            .cashier()
            .is_some_and(|name| !self.settings().cashiers.contains(&name));
        if stranger {
            self.sign_on(None)?;
        }
        Ok(())
    }
}
