//! The file `settings.json`: read at start, replaced whole at each change.

use std::path::{Path, PathBuf};

use super::Settings;
use crate::error::FieldError;
use crate::files;

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

/// The settings' file.
#[derive(Debug)]
pub(crate) struct SettingsFile {
    path: PathBuf,
}

impl Settings {
    /// The settings of the till whose data are in this folder; the defaults when it has none.
    pub fn load(data_dir: &Path) -> Self {
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
        if file.path.exists() {
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
        file.save(&Self {
            currency,
            language,
            entry_style,
            zone,
            looks,
            ..Self::default()
        })
    }
}

impl SettingsFile {
    pub(crate) fn in_folder(data_dir: &Path) -> Self {
        Self {
            path: data_dir.join("settings.json"),
        }
    }

    /// The saved settings. A file that cannot be read must not keep a shop from selling: it is renamed to
    /// `settings.json.unreadable`, and the defaults are used.
    pub(crate) fn load(&self) -> Settings {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Settings::default();
            }
            Err(error) => {
                tracing::warn!(%error, "the settings cannot be read; using the defaults");
                return Settings::default();
            }
        };
        let settings = serde_json::from_str::<Settings>(&text)
            .map_err(|error| error.to_string())
            .and_then(|settings| {
                let invalid = |errors| SettingsError::Invalid(errors).to_string();
                settings.validate().map_err(invalid)
            });
        settings.unwrap_or_else(|error| {
            tracing::warn!(%error, "the settings are not valid; using the defaults");
            std::fs::rename(&self.path, self.path.with_extension("json.unreadable")).ok();
            Settings::default()
        })
    }

    /// Replaces the file.
    ///
    /// # Errors
    /// [`SettingsError::Unwritable`]; the old settings stay then.
    pub(crate) fn save(&self, settings: &Settings) -> Result<(), SettingsError> {
        let text = serde_json::to_string_pretty(settings).map_err(std::io::Error::from)?;
        files::make_private_folder(files::folder_of(&self.path))?;
        files::replace(&self.path, text.as_bytes())?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use crate::settings::{Appearance, Theme};

    #[test]
    fn what_is_written_is_read_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = SettingsFile::in_folder(folder.path());
        assert_eq!(file.load(), Settings::default());
        let settings = Settings {
            currency: Currency::Rub,
            lifetime_minutes: 60,
            ..Settings::default()
        };
        file.save(&settings).expect("written");
        assert_eq!(file.load(), settings);
    }

    #[test]
    fn the_file_of_an_older_version_has_the_defaults_of_what_it_lacks() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = SettingsFile::in_folder(folder.path());
        let before = r#"{"currency":"RUB","kiosk":{"at_start":true},"looks":{"theme":"dark"}}"#;
        std::fs::write(folder.path().join("settings.json"), before).expect("written");
        let settings = file.load();
        assert_eq!(settings.currency, Currency::Rub);
        assert!(settings.kiosk.at_start);
        let looks = Appearance {
            theme: Theme::Dark,
            ..Appearance::default()
        };
        assert_eq!(settings.looks, looks);
        assert_eq!(Settings::default().looks.theme, Theme::System);
    }

    #[test]
    fn practice_starts_with_the_shops_appearance_and_keeps_its_own_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let practice = folder.path().join("practice");
        let shop = Settings {
            currency: Currency::Rub,
            webhook: Some("https://shop.example/in".into()),
            looks: Appearance {
                theme: Theme::HighContrast,
                ..Appearance::default()
            },
            ..Settings::default()
        };
        let file = SettingsFile::in_folder(folder.path());
        file.save(&shop).expect("written");
        Settings::seed_practice_settings(folder.path(), &practice).expect("seeded");
        let seeded = Settings::load(&practice);
        assert_eq!(
            (seeded.currency, &seeded.looks),
            (Currency::Rub, &shop.looks)
        );
        // Practice reports nothing to the shop's back office.
        assert_eq!(seeded.webhook, None);
        file.save(&Settings::default()).expect("written");
        Settings::seed_practice_settings(folder.path(), &practice).expect("seeded");
        assert_eq!(Settings::load(&practice), seeded);
    }

    #[test]
    fn a_broken_file_is_set_aside_not_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = SettingsFile::in_folder(folder.path());
        std::fs::write(folder.path().join("settings.json"), "{\"currency\":").expect("written");
        assert_eq!(file.load(), Settings::default());
        let kept = folder.path().join("settings.json.unreadable");
        assert_eq!(
            std::fs::read_to_string(kept).expect("kept"),
            "{\"currency\":"
        );
    }
}
