//! The settings, kept on the disk before they count.

use super::{Inner, Till, lock};
use crate::error::TillError;
use crate::settings::{Settings, SettingsError};

impl Till {
    /// The settings.
    pub fn settings(&self) -> Settings {
        lock(&self.inner.settings).clone()
    }

    /// Keeps settings, tidied. On the disk before they count.
    ///
    /// # Errors
    /// [`TillError::Settings`]; the old ones stay then.
    pub fn save_settings(&self, settings: Settings) -> Result<Settings, TillError> {
        let settings = settings.validate().map_err(SettingsError::from)?;
        let settings = self.inner.change_settings(|kept| {
            // What a screen sends names no folder to write to.
            let backup_folder = kept.backup_folder.take();
            *kept = Settings {
                backup_folder,
                ..settings
            };
        })?;
        self.sign_off_strangers()?;
        Ok(settings)
    }
}

impl Inner {
    pub(super) fn change_settings(
        &self,
        change: impl FnOnce(&mut Settings),
    ) -> Result<Settings, TillError> {
        let mut kept = lock(&self.settings);
        let mut settings = kept.clone();
        change(&mut settings);
        self.settings_file.write(&settings)?;
        kept.clone_from(&settings);
        Ok(settings)
    }

    pub(crate) fn settings(&self) -> Settings {
        lock(&self.settings).clone()
    }
}
