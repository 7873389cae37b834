//! The settings in use: on the disk before they count.

use parking_lot::Mutex;

use super::{Inner, Till, TillError};
use crate::settings::{Settings, SettingsError, SettingsFile};

/// The settings and their file, which never differ.
#[derive(Debug)]
pub(super) struct SettingsStore {
    current: Mutex<Settings>,
    file: SettingsFile,
}

impl SettingsStore {
    pub(super) fn open(file: SettingsFile) -> Self {
        Self {
            current: Mutex::new(file.load()),
            file,
        }
    }

    /// A part of the settings.
    pub(super) fn get<T>(&self, part: impl FnOnce(&Settings) -> T) -> T {
        part(&self.current.lock())
    }

    pub(super) fn change(
        &self,
        change: impl FnOnce(&mut Settings),
    ) -> Result<Settings, SettingsError> {
        let mut current = self.current.lock();
        let mut settings = current.clone();
        change(&mut settings);
        self.file.save(&settings)?;
        current.clone_from(&settings);
        Ok(settings)
    }
}

impl Till {
    /// The settings.
    pub fn settings(&self) -> Settings {
        self.inner.settings()
    }

    /// Saves settings, except for the folder of copies, which no screen may name. Returns them in their normal
    /// form.
    ///
    /// # Errors
    /// [`TillError::Settings`] with every wrong field, or when the file cannot be written; the old settings stay
    /// then.
    pub fn save_settings(&self, settings: Settings) -> Result<Settings, TillError> {
        let settings = settings.validate().map_err(SettingsError::Invalid)?;
        let settings = self.inner.settings.change(|current| {
            let backup_folder = current.backup_folder.take();
            *current = Settings {
                backup_folder,
                ..settings
            };
        })?;
        self.sign_off_removed_cashier()?;
        Ok(settings)
    }
}

impl Inner {
    pub(super) fn settings(&self) -> Settings {
        self.settings.get(Settings::clone)
    }
}
