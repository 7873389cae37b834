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
mod tests {
    use serde_json::json;

    use super::*;
    use crate::money::Currency;
    use crate::settings::{Appearance, Theme};

    #[test]
    fn what_is_written_is_read_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = SettingsFile::in_folder(folder.path());
        assert_eq!(file.load().settings, Settings::default());
        let settings = Settings {
            currency: Currency::Rub,
            lifetime_minutes: 60,
            ..Settings::default()
        };
        file.save(&settings, Replace::All).expect("written");
        assert_eq!(file.load().settings, settings);
    }

    #[test]
    fn the_file_of_an_older_version_has_the_defaults_of_what_it_lacks() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = SettingsFile::in_folder(folder.path());
        let before = r#"{"currency":"RUB","kiosk":{"at_start":true},"looks":{"theme":"dark"}}"#;
        std::fs::write(folder.path().join("settings.json"), before).expect("written");
        let settings = file.load().settings;
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
        file.save(&shop, Replace::All).expect("written");
        Settings::seed_practice_settings(folder.path(), &practice).expect("seeded");
        let seeded = Settings::load(&practice);
        assert_eq!(
            (seeded.currency, &seeded.looks),
            (Currency::Rub, &shop.looks)
        );
        // Practice reports nothing to the shop's back office.
        assert_eq!(seeded.webhook, None);
        file.save(&Settings::default(), Replace::All)
            .expect("written");
        Settings::seed_practice_settings(folder.path(), &practice).expect("seeded");
        assert_eq!(Settings::load(&practice), seeded);
    }

    /// A folder with this settings' file.
    fn folder_with(text: &[u8]) -> (tempfile::TempDir, SettingsFile) {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(WHOLE_FILE), text).expect("written");
        let file = SettingsFile::in_folder(folder.path());
        (folder, file)
    }

    fn wrong_fields(loaded: &LoadedSettings) -> Vec<&'static str> {
        loaded.wrong.iter().map(|error| error.field).collect()
    }

    #[test]
    fn one_bad_value_costs_its_own_field_alone() {
        let good = json!({
            "till_code": "B7", "currency": "RUB", "lifetime_minutes": 60, "language": "ru", "entry_style": "decimal",
            "description": "Лавка", "webhook": "https://shop.example/in",
            "redirect_url": "https://shop.example/", "backup_folder": "/media/stick",
            "zone": "Europe/Moscow", "calls_per_minute": 60,
            "shop": { "name": "Лавка", "address": "Тверская", "tax_id": "1", "footer": "Спасибо" },
            "tax_rates": [{ "name": "НДС", "rate": 2000 }], "default_tax": 2000,
            "printing": {
                "printer": { "kind": "network", "host": "printer", "port": 9100 },
                "paper": "58", "letters": "picture", "auto_print": true, "drawer": true,
            },
            "cashiers": ["Анна", "Борис"], "customer_display": "window",
            "kiosk": {
                "at_start": true, "autostart": true, "return_after_s": 30, "self_service": true,
                "offers": [{ "name": "Чай", "amount": "150.00", "currency": "RUB" }],
            },
            "tips": { "ask": true, "percents": [700], "round_up": false },
            "discounts": { "offered": true, "percents": [300] },
            "scanner": {
                "learnt": { "gap_ms": 40, "ending": "tab" },
                "scale_codes": [
                    { "prefix": 21, "holds": "weight", "article_digits": 5, "value_digits": 5 },
                ],
            },
            "large_amount": { "times": 9, "at_least_minor": { "RUB": 100_000, "USD": 200, "EUR": 300 } },
            "looks": {
                "theme": "dark", "scale_percent": 120, "sounds": false, "volume_percent": 10,
                "paid_returns_after_s": 9,
            },
        });
        let read = |settings: &Value| {
            let (folder, file) = folder_with(settings.to_string().as_bytes());
            // A till that has no PIN yet and remembers nothing.
            let loaded = file.load();
            drop(folder);
            loaded
        };
        let whole = read(&good);
        assert_eq!(whole.wrong, []);
        let expected = json!(whole.settings);
        assert_eq!(expected, good, "every field differs from its default");
        let defaults = json!(Settings::default());
        let bad = [
            json!([[["x"]]]),
            json!({ "x": 1 }),
            json!(-1),
            json!(1.5),
            json!(1e300),
            json!("\u{7}\u{0}"),
            json!("of a later version"),
            json!(true),
            json!(99_999_999),
        ];
        let mut tried = 0;
        let mut pointers = Vec::new();
        for (name, value) in good.as_object().expect("an object") {
            match value {
                Value::Object(group) if GROUPS.contains(&name.as_str()) => {
                    pointers.extend(group.keys().map(|field| format!("/{name}/{field}")));
                }
                _ => pointers.push(format!("/{name}")),
            }
        }
        for pointer in &pointers {
            for value in &bad {
                let mut spoilt = good.clone();
                *spoilt.pointer_mut(pointer).expect("there") = value.clone();
                let loaded = read(&spoilt);
                if loaded.wrong.is_empty() {
                    continue;
                }
                tried += 1;
                let path = pointer.trim_start_matches('/').replace('/', ".");
                let told = wrong_fields(&loaded);
                assert!(told[0].starts_with(&path), "{path} {value}: {told:?}");
                // What depends on it may be told as well: the default rate on the rates.
                let mut others = expected.clone();
                let mut found = json!(loaded.settings);
                for (dependent, on) in [
                    ("/default_tax", "/tax_rates"),
                    (pointer.as_str(), pointer.as_str()),
                ] {
                    if on == pointer {
                        *others.pointer_mut(dependent).expect("there") = Value::Null;
                        *found.pointer_mut(dependent).expect("there") = Value::Null;
                    }
                }
                assert_eq!(found, others, "{path} {value}");
                let fallback = json!(loaded.settings).pointer(pointer).cloned();
                assert_eq!(
                    fallback.as_ref(),
                    defaults.pointer(pointer),
                    "{path} {value}"
                );
            }
        }
        assert!(tried > 150, "{tried}");
    }

    #[test]
    fn a_list_keeps_its_valid_rows_and_a_group_its_valid_fields() {
        let text = r#"{
            "tax_rates": [{"name":"VAT","rate":1900}, {"name":"","rate":700}, 5, {"name":"VAT","rate":1900}],
            "default_tax": 1900, "cashiers": ["Anna", null, "Anna", "Boris"],
            "shop": 5, "looks": null, "currency": null,
            "tips": {"ask": true, "percents": [500, 0, "x", 700]},
            "printing": {"paper": "58", "letters": "picture", "printer": {"kind": "usb", "vendor": 0, "product": 3}}
        }"#;
        let (_folder, file) = folder_with(text.as_bytes());
        let loaded = file.load();
        let Settings {
            tax_rates,
            default_tax,
            cashiers,
            tips,
            printing,
            ..
        } = loaded.settings.clone();
        assert_eq!(
            (tax_rates.len(), default_tax.map(|rate| rate.0)),
            (1, Some(1900))
        );
        assert_eq!(cashiers, ["Anna", "Boris"]);
        assert_eq!((tips.ask, tips.percents.len()), (true, 2));
        assert_eq!(
            (printing.paper, printing.printer),
            (crate::settings::Paper::Mm58, None)
        );
        let told = [
            "shop",
            "looks",
            "currency",
            "tax_rates",
            "printing.printer.vendor",
            "cashiers",
            "tips.percents",
        ];
        assert_eq!(wrong_fields(&loaded), told);
    }

    #[test]
    fn a_name_that_stands_twice_is_told_and_a_byte_order_mark_is_not_read() {
        let (_folder, file) =
            folder_with(b"\xef\xbb\xbf{\"currency\":\"RUB\",\"kiosk\":{\"at_start\":true}}");
        assert_eq!(file.load().settings.currency, Currency::Rub);
        let text = r#"{"currency":"RUB","currency":"USD","shop":{"name":"A","name":"B","footer":"C"},"tips":{},"tips":{}}"#;
        let (_folder, file) = folder_with(text.as_bytes());
        let loaded = file.load();
        assert_eq!(wrong_fields(&loaded), ["tips", "currency", "shop.name"]);
        assert_eq!(loaded.settings.shop.footer.as_deref(), Some("C"));
    }

    #[test]
    fn a_zone_that_the_system_lacks_is_in_the_program() {
        let text = r#"{"currency":"RUB","zone":"US/Eastern","shop":{"name":"Лавка"},"kiosk":{"at_start":true}}"#;
        let (_folder, file) = folder_with(text.as_bytes());
        let loaded = file.load();
        assert_eq!(loaded.wrong, []);
        assert_eq!(loaded.settings.zone().name(), "US/Eastern");
        assert!(crate::calendar::Zone::bundled("US/Eastern").is_some());
    }

    const KIOSK: &str = r#"{"kiosk":{"at_start":true,"self_service":true,"offers":[{"name":"Tea","amount":"3.50","currency":"EUR"}]}}"#;

    /// Whether the till is locked after its settings' file was spoilt in this way; it had read them before.
    fn locks_after(spoil: impl Fn(&Path)) -> (bool, bool) {
        let (folder, file) = folder_with(KIOSK.as_bytes());
        file.remember_locks(&file.load());
        spoil(&folder.path().join(WHOLE_FILE));
        let loaded = file.load();
        assert!(!loaded.wrong.is_empty());
        // A start that could not read the locks does not forget them.
        file.remember_locks(&loaded);
        assert_eq!(file.load(), loaded);
        (
            loaded.settings.kiosk.at_start,
            loaded.settings.kiosk.self_service,
        )
    }

    #[test]
    fn a_kiosk_stays_locked_whatever_becomes_of_its_settings() {
        let write =
            |text: &'static [u8]| move |path: &Path| std::fs::write(path, text).expect("written");
        for spoilt in [
            &b"{\"kiosk\":{\"at_st"[..],
            b"",
            b"null",
            b"[]",
            b"\xff\xfe{\0}\0",
            b"{\"kiosk\":5}",
            b"{\"kiosk\":{},\"kiosk\":{}}",
            b"{\"kiosk\":{\"at_start\":null,\"self_service\":\"no\"}}",
        ] {
            assert_eq!(locks_after(write(spoilt)), (true, true), "{spoilt:?}");
        }
        assert_eq!(
            locks_after(|path| std::fs::remove_file(path).expect("removed")),
            (true, true)
        );
        assert_eq!(
            locks_after(|path| {
                std::fs::remove_file(path).expect("removed");
                std::fs::create_dir(path).expect("made");
            }),
            (true, true)
        );
    }

    #[test]
    fn a_till_without_a_pin_is_not_locked_by_a_broken_file_and_one_with_a_pin_is() {
        let (folder, file) = folder_with(b"{");
        assert!(!file.load().settings.kiosk.self_service);
        std::fs::write(folder.path().join("pin.json"), "{}").expect("written");
        assert!(file.load().settings.kiosk.self_service);
    }

    #[test]
    fn a_broken_file_is_set_aside_when_settings_are_saved() {
        let (folder, file) = folder_with(b"{\"currency\":");
        let loaded = file.load();
        assert_eq!(
            (loaded.settings, loaded.wrong.len()),
            (Settings::default(), 1)
        );
        file.save(&Settings::default(), Replace::All)
            .expect("saved");
        assert_eq!(file.load().wrong, []);
        let kept = folder.path().join("settings.json.unreadable");
        assert_eq!(
            std::fs::read_to_string(kept).expect("kept"),
            "{\"currency\":"
        );
    }

    #[test]
    fn what_a_later_version_wrote_is_kept() {
        let text = r#"{"currency":"RUB","zone":"Mars/Olympus","later":[1],"shop":{"name":"A","later":{"x":null}}}"#;
        let (folder, file) = folder_with(text.as_bytes());
        let LoadedSettings {
            mut settings,
            wrong,
        } = file.load();
        assert_eq!(
            wrong.iter().map(|it| it.field).collect::<Vec<_>>(),
            ["zone"]
        );
        settings.shop.name = Some("B".into());
        let on_disk = || {
            let text = std::fs::read(folder.path().join(WHOLE_FILE)).expect("read");
            serde_json::from_slice::<Value>(&text).expect("JSON")
        };
        file.save(&settings, Replace::AllBut(&wrong))
            .expect("saved");
        let saved = on_disk();
        assert_eq!(
            (&saved["later"], &saved["shop"]["later"]),
            (&json!([1]), &json!({ "x": null }))
        );
        assert_eq!(
            (&saved["shop"]["name"], &saved["zone"]),
            (&json!("B"), &json!("Mars/Olympus"))
        );
        file.save(&settings, Replace::All).expect("saved");
        let saved = on_disk();
        assert_eq!(
            (&saved["later"], &saved["zone"]),
            (&json!([1]), &Value::Null)
        );
    }
}
