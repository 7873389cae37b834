//! The settings in use: on the disk before they count.

use parking_lot::Mutex;

use super::{Inner, Till, TillError};
use crate::error::FieldError;
use crate::settings::{LoadedSettings, Replace, Settings, SettingsError, SettingsFile};

/// The settings and their file, which never differ.
#[derive(Debug)]
pub(super) struct SettingsStore {
    current: Mutex<LoadedSettings>,
    file: SettingsFile,
}

impl SettingsStore {
    pub(super) fn open(file: SettingsFile) -> Self {
        let loaded = file.load();
        file.remember_locks(&loaded);
        Self {
            current: Mutex::new(loaded),
            file,
        }
    }

    /// A part of the settings.
    pub(super) fn get<T>(&self, part: impl FnOnce(&Settings) -> T) -> T {
        part(&self.current.lock().settings)
    }

    /// Replaces all settings.
    fn replace(
        &self,
        change: impl FnOnce(&Settings) -> Settings,
    ) -> Result<Settings, SettingsError> {
        let mut current = self.current.lock();
        let settings = change(&current.settings);
        self.file.save(&settings, Replace::All)?;
        current.settings.clone_from(&settings);
        current.wrong.clear();
        Ok(settings)
    }

    /// Changes one field. Others that could not be read stay as they are in the file.
    pub(super) fn change(
        &self,
        field: &str,
        change: impl FnOnce(&mut Settings),
    ) -> Result<(), SettingsError> {
        let mut current = self.current.lock();
        let mut settings = current.settings.clone();
        change(&mut settings);
        let mut wrong = current.wrong.clone();
        wrong.retain(|error| error.field != field);
        self.file.save(&settings, Replace::AllBut(&wrong))?;
        *current = LoadedSettings { settings, wrong };
        Ok(())
    }
}

impl Till {
    /// The settings.
    pub fn settings(&self) -> Settings {
        self.inner.settings()
    }

    /// The settings that could not be read when the till was opened, and were not saved since.
    pub fn unread_settings(&self) -> Vec<FieldError> {
        self.inner.settings.current.lock().wrong.clone()
    }

    /// Saves settings, except for the folder of copies, which no screen may name. Returns them in their normal
    /// form.
    ///
    /// # Errors
    /// [`TillError::Settings`] with every wrong field, or when the file cannot be written; the old settings stay
    /// then.
    pub fn save_settings(&self, settings: Settings) -> Result<Settings, TillError> {
        let settings = settings.validate().map_err(SettingsError::Invalid)?;
        let settings = self.inner.settings.replace(|current| Settings {
            backup_folder: current.backup_folder.clone(),
            ..settings
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
