//! The file `settings.json`: read field by field at start, replaced whole at each change. What a later version wrote
//! into it is kept.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::kiosk_locks::{KioskLocks, KioskLocksFile};
use super::reading::{self, GROUPS, UnambiguousJson};
use super::{KioskSettings, Settings};
use crate::error::FieldError;
use crate::files;
use crate::staff::Rights;

/// Stands for the whole file where a field is named.
const WHOLE_FILE: &str = "settings.json";
/// The longest file that is read, bytes; the longest that can be saved has a tenth of it.
const MAX_BYTES: u64 = 1 << 20;

/// Why settings were not saved.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// These fields are wrong; there is one at least.
    #[error("{}", .0.first().map_or_else(String::new, ToString::to_string))]
    Invalid(Vec<FieldError>),
    /// The file cannot be written.
    #[error("the settings cannot be written: {0}")]
    Unwritable(#[from] std::io::Error),
}

/// Settings as they were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedSettings {
    /// The settings. A field that could not be read has its default; the locks of kiosk mode are as they were.
    pub settings: Settings,
    /// The fields that could not be read, by their paths; `settings.json` for the whole file.
    pub wrong: Vec<FieldError>,
}

/// Which fields a save replaces.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Replace<'a> {
    /// All of them.
    All,
    /// All but these, which could not be read and were not set since.
    AllBut(&'a [FieldError]),
}

/// The settings' file.
#[derive(Debug)]
pub(crate) struct SettingsFile {
    path: PathBuf,
    kiosk_locks: KioskLocksFile,
}

impl Settings {
    /// The settings of the till whose data are in this folder; the defaults when it has none.
    pub fn load(data_dir: &Path) -> Self {
        Self::load_with_problems(data_dir).settings
    }

    /// As [`Settings::load`], with what could not be read.
    pub fn load_with_problems(data_dir: &Path) -> LoadedSettings {
        SettingsFile::in_folder(data_dir).load()
    }

    /// Gives a new practice till the currency, language, entry style, zone and appearance of the shop, so that it
    /// looks familiar. Settings that the practice till has already are left alone.
    ///
    /// # Errors
    /// [`SettingsError::Unwritable`].
    pub fn seed_practice_settings(
        shop_dir: &Path,
        practice_dir: &Path,
    ) -> Result<(), SettingsError> {
        let file = SettingsFile::in_folder(practice_dir);
        // A file that cannot be looked at is there.
        if file.path.try_exists().unwrap_or(true) {
            return Ok(());
        }
        let Self {
            currency,
            language,
            entry_style,
            zone,
            looks,
            ..
        } = Self::load(shop_dir);
        let settings = Self {
            currency,
            language,
            entry_style,
            zone,
            looks,
            ..Self::default()
        };
        file.save(&settings, Replace::All)
    }
}

impl SettingsFile {
    pub(crate) fn in_folder(data_dir: &Path) -> Self {
        Self {
            path: data_dir.join(WHOLE_FILE),
            kiosk_locks: KioskLocksFile::in_folder(data_dir),
        }
    }

    /// The saved settings. Nothing in the file keeps a shop from selling: each wrong field costs itself alone. But a
    /// till that was locked stays locked, whatever became of the file.
    pub(crate) fn load(&self) -> LoadedSettings {
        match self.read() {
            Ok(Some(fields)) => self.load_fields(&fields),
            Ok(None) => self.load_missing(),
            Err(error) => {
                tracing::warn!(%error, "the settings cannot be read");
                self.locked_defaults("cannot be read; save the settings again")
            }
        }
    }

    fn load_fields(&self, fields: &Map<String, Value>) -> LoadedSettings {
        let (mut settings, wrong) = reading::read(fields, &Settings::default());
        for error in &wrong {
            tracing::warn!(%error, "a setting cannot be read");
            let locks = self.kiosk_locks.when_unreadable();
            match error.field {
                "kiosk" => lock(&mut settings.kiosk, locks),
                "kiosk.at_start" => settings.kiosk.at_start = locks.at_start,
                "staff" | "staff.rights" => settings.staff.rights = Rights::owner_only(),
                "kiosk.self_service" => settings.kiosk.self_service = locks.self_service,
                _ => {}
            }
        }
        LoadedSettings { settings, wrong }
    }

    fn load_missing(&self) -> LoadedSettings {
        let remembered = self.kiosk_locks.read().unwrap_or_default();
        if remembered == KioskLocks::default() {
            return LoadedSettings {
                settings: Settings::default(),
                wrong: Vec::new(),
            };
        }
        self.locked_defaults("is missing; save the settings again")
    }

    fn locked_defaults(&self, problem: &'static str) -> LoadedSettings {
        let mut settings = Settings::default();
        lock(&mut settings.kiosk, self.kiosk_locks.when_unreadable());
        settings.staff.rights = Rights::owner_only();
        LoadedSettings {
            settings,
            wrong: vec![FieldError {
                field: WHOLE_FILE,
                problem,
            }],
        }
    }

    /// Remembers how the till is locked, for a start at which the file cannot be read.
    pub(crate) fn remember_locks(&self, loaded: &LoadedSettings) {
        let is_lock =
            |error: &FieldError| error.field == WHOLE_FILE || error.field.starts_with("kiosk");
        if !loaded.wrong.iter().any(is_lock) {
            self.kiosk_locks
                .write(KioskLocks::from(&loaded.settings.kiosk));
        }
    }

    /// The fields in the file; `None` when there is no file.
    fn read(&self) -> io::Result<Option<Map<String, Value>>> {
        let file = match std::fs::metadata(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        if file.len() > MAX_BYTES {
            return Err(io::Error::other("it is too long"));
        }
        let bytes = std::fs::read(&self.path)?;
        // Some editors begin a file with a byte order mark.
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        match serde_json::from_slice(text)? {
            UnambiguousJson(Value::Object(fields)) => Ok(Some(fields)),
            UnambiguousJson(_) => Err(io::Error::other("it is not an object")),
        }
    }

    /// Replaces the file. Fields of a later version are kept; a file that cannot be read is renamed to
    /// `settings.json.unreadable`.
    ///
    /// # Errors
    /// [`SettingsError::Unwritable`]; the old settings stay then.
    pub(crate) fn save(
        &self,
        settings: &Settings,
        replace: Replace<'_>,
    ) -> Result<(), SettingsError> {
        files::make_private_folder(files::folder_of(&self.path))?;
        let mut fields = match self.read() {
            Ok(fields) => fields.unwrap_or_default(),
            Err(_) => {
                std::fs::rename(&self.path, self.path.with_extension("json.unreadable"))?;
                Map::new()
            }
        };
        let before = fields.clone();
        if let Value::Object(saved) = serde_json::to_value(settings).map_err(io::Error::from)? {
            merge(&mut fields, saved);
        }
        if let Replace::AllBut(wrong) = replace {
            for error in wrong {
                put_back(&mut fields, &before, error.field);
            }
        }
        let text = serde_json::to_string_pretty(&fields).map_err(io::Error::from)?;
        // Locks are remembered before they are saved, and forgotten after.
        let locks = KioskLocks::from(&settings.kiosk);
        if locks != KioskLocks::default() {
            self.kiosk_locks.write(locks);
        }
        files::replace(&self.path, text.as_bytes())?;
        self.kiosk_locks.write(locks);
        Ok(())
    }
}

fn lock(kiosk: &mut KioskSettings, locks: KioskLocks) {
    kiosk.at_start = locks.at_start;
    kiosk.self_service = locks.self_service;
}

/// Puts saved fields in the place of earlier ones, and keeps all others.
fn merge(fields: &mut Map<String, Value>, saved: Map<String, Value>) {
    for (name, value) in saved {
        match (fields.get_mut(&name), value) {
            (Some(Value::Object(before)), Value::Object(group))
                if GROUPS.contains(&name.as_str()) =>
            {
                before.extend(group);
            }
            (_, value) => {
                fields.insert(name, value);
            }
        }
    }
}

/// Puts a field back as it was in the file.
fn put_back(fields: &mut Map<String, Value>, before: &Map<String, Value>, path: &str) {
    let (group, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some(earlier) = before.get(group) else {
        return;
    };
    let name = rest.split('.').next().unwrap_or_default();
    match (fields.get_mut(group), earlier.get(name)) {
        (Some(Value::Object(now)), Some(value)) => {
            now.insert(name.to_owned(), value.clone());
        }
        _ => {
            fields.insert(group.to_owned(), earlier.clone());
        }
    }
}

#[cfg(test)]
mod tests;
