//! The settings in use: on the disk before they count.

use parking_lot::Mutex;

use super::{Inner, Till, TillError};
use crate::error::FieldError;
use crate::journal::JournalError;
use crate::sale::Purpose;
use crate::settings::{LoadedSettings, Replace, Settings, SettingsError, SettingsFile};

/// The settings and their file, which never differ.
#[derive(Debug)]
pub(super) struct SettingsStore {
    current: Mutex<LoadedSettings>,
    /// One save at a time, during which the settings can be read.
    saving: Mutex<()>,
    file: SettingsFile,
}

impl SettingsStore {
    pub(super) fn open(file: SettingsFile) -> Self {
        let loaded = file.load();
        file.remember_locks(&loaded);
        Self {
            current: Mutex::new(loaded),
            saving: Mutex::default(),
            file,
        }
    }

    /// A part of the settings.
    pub(super) fn get<T>(&self, part: impl FnOnce(&Settings) -> T) -> T {
        part(&self.current.lock().settings)
    }

    /// Replaces all settings, once `record` has written down what changes.
    fn replace(
        &self,
        change: impl FnOnce(&Settings) -> Settings,
        record: impl FnOnce(&Settings, &Settings) -> Result<(), TillError>,
    ) -> Result<Settings, TillError> {
        let _saving = self.saving.lock();
        let before = self.get(Settings::clone);
        let settings = change(&before);
        record(&before, &settings)?;
        self.file.save(&settings, Replace::All)?;
        let mut current = self.current.lock();
        current.settings.clone_from(&settings);
        current.wrong.clear();
        Ok(settings)
    }

    /// Reads the file anew: another program of this till has written it.
    pub(super) fn reload(&self) {
        let _saving = self.saving.lock();
        *self.current.lock() = self.file.load();
    }

    /// Changes these fields, once `record` has written that down. Others that could not be read stay as they are in the
    /// file.
    pub(super) fn change(
        &self,
        fields: &[&str],
        change: impl FnOnce(&mut Settings),
        record: impl FnOnce(&Settings, &Settings) -> Result<(), TillError>,
    ) -> Result<(), TillError> {
        let _saving = self.saving.lock();
        let LoadedSettings {
            settings: before,
            mut wrong,
        } = self.current.lock().clone();
        let mut settings = before.clone();
        change(&mut settings);
        record(&before, &settings)?;
        wrong.retain(|error| !fields.contains(&error.field));
        self.file.save(&settings, Replace::AllBut(&wrong))?;
        *self.current.lock() = LoadedSettings { settings, wrong };
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

    /// Saves settings, except for the folder of copies, which no screen may name, and for what only the shop's office may
    /// change. Returns them in their normal form.
    ///
    /// # Errors
    /// [`TillError::Settings`] with every wrong field, or when the file cannot be written; [`TillError::Journal`] when
    /// it cannot be written down which fields change. The old settings stay then.
    pub fn save_settings(&self, settings: Settings) -> Result<Settings, TillError> {
        let settings = settings.validate().map_err(SettingsError::Invalid)?;
        let keep_folder = |current: &Settings| {
            let wanted = Settings {
                backup_folder: current.backup_folder.clone(),
                ..settings
            };
            self.inner.with_locked(current, wanted)
        };
        let record = |before: &Settings, now: &Settings| self.inner.record_settings(before, now);
        let settings = self.inner.settings.replace(keep_folder, record)?;
        self.sign_off_removed_cashier()?;
        Ok(settings)
    }
}

impl Till {
    /// Writes the till's short code into the journal if the settings name another than the journal has. It is done
    /// before a sale is opened and before a day is closed, so that no setting takes effect without an entry.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn apply_till_code(&self) -> Result<(), TillError> {
        Ok(self.inner.apply_till_code().await?)
    }
}

impl Inner {
    pub(super) async fn apply_till_code(&self) -> Result<(), JournalError> {
        let set = self.settings.get(Settings::code);
        // Practice keeps its own, so that its labels differ from real ones.
        let set = set.filter(|code| self.purpose == Purpose::Live && *self.code.lock() != *code);
        if let Some(code) = set {
            let now = self.clock.now();
            let changed = self.journal.call(move |file| file.change_code(code, now));
            *self.code.lock() = changed.await?;
        }
        Ok(())
    }

    pub(super) fn settings(&self) -> Settings {
        self.settings.get(Settings::clone)
    }

    /// Changes one field of the settings.
    pub(super) fn change_setting(
        &self,
        field: &str,
        change: impl FnOnce(&mut Settings),
    ) -> Result<(), TillError> {
        let record = |before: &Settings, now: &Settings| self.record_settings(before, now);
        self.settings.change(&[field], change, record)
    }
}
