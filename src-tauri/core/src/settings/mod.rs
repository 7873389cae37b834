//! What the shop sets: a small JSON file, replaced whole. The key is not among it.

mod appearance;
mod display;
mod kiosk;
mod shop;
mod staff;
mod tips;

pub use appearance::{Looks, Theme};
pub use display::DisplayPlace;
pub use kiosk::{FixedOffer, KioskSettings};
pub use shop::{Paper, Printing, Shop, TaxRate};
pub use tips::{Discounts, Tips};

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::calendar::Zone;
use crate::gateway::FieldError;
use crate::money::{BasisPoints, Currency};
use crate::polling::Budget;
use crate::printer::PrinterPort;
use crate::{files, gateway};

/// The settings. A field that is missing in the file has its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct Settings {
    /// What the pad starts in.
    pub currency: Currency,
    /// An invoice's life, minutes: 3 to 1440.
    pub lifetime_minutes: u16,
    /// `en`, `ru`, `de`; none: the system's.
    pub language: Option<String>,
    /// How amounts are typed; none: by currency.
    pub entry_style: Option<EntryStyle>,
    /// What the customer reads on the pay page.
    pub description: Option<String>,
    /// Where the gateway reports to the shop's back office.
    pub webhook: Option<String>,
    /// Where the customer goes after paying.
    pub redirect_url: Option<String>,
    /// Where copies of the journal go; chosen in a dialog of the system's, never by a screen.
    pub backup_folder: Option<String>,
    /// The shop's time zone, IANA; none: the system's.
    pub zone: Option<String>,
    /// The gateway is asked about invoices at most so often in a minute, all together: 6 to 240.
    pub calls_per_minute: u16,
    /// What the shop says of itself on receipts.
    pub shop: Shop,
    /// The taxes that its prices hold.
    pub tax_rates: Vec<TaxRate>,
    /// The one that a sale typed on the pad bears; none: no tax is shown.
    pub default_tax: Option<BasisPoints>,
    /// Where and how receipts are printed.
    pub printing: Printing,
    /// Who works here; none: entries bear no names.
    pub cashiers: Vec<String>,
    /// Where the customer's display is.
    pub customer_display: DisplayPlace,
    /// Of a till that strangers stand at.
    pub kiosk: KioskSettings,
    /// The tips that customers are asked for before the QR.
    pub tips: Tips,
    /// The discounts that cashiers may give.
    pub discounts: Discounts,
    /// How the till looks and sounds.
    pub looks: Looks,
}

/// How amounts are typed on the pad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum EntryStyle {
    /// 1250 is 12.50.
    CentsFirst,
    /// 12.50 is 12.50.
    Decimal,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            currency: Currency::Eur,
            lifetime_minutes: 15,
            language: None,
            entry_style: None,
            description: None,
            webhook: None,
            redirect_url: None,
            backup_folder: None,
            zone: None,
            calls_per_minute: 30,
            shop: Shop::default(),
            tax_rates: Vec::new(),
            default_tax: None,
            printing: Printing::default(),
            cashiers: Vec::new(),
            customer_display: DisplayPlace::default(),
            kiosk: KioskSettings::default(),
            tips: Tips::default(),
            discounts: Discounts::default(),
            looks: Looks::default(),
        }
    }
}

/// Why settings were not kept.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A field that the gateway would refuse later, at the counter.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// The disk.
    #[error("the settings cannot be written: {0}")]
    Unwritable(#[from] std::io::Error),
}

impl Settings {
    /// The settings of the till whose data are in this folder.
    pub fn kept_in(folder: &Path) -> Self {
        SettingsFile::in_folder(folder).read()
    }

    /// What hands and eyes are used to in the shop is so in practice too, until it is changed there.
    /// Settings that practice has already are left alone.
    ///
    /// # Errors
    /// The disk.
    pub fn seed_practice_settings(shop: &Path, practice: &Path) -> Result<(), SettingsError> {
        let file = SettingsFile::in_folder(practice);
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
        } = Self::kept_in(shop);
        file.write(&Self {
            currency,
            language,
            entry_style,
            zone,
            looks,
            ..Self::default()
        })
    }

    /// The zone that the shop's days are counted in.
    pub fn zone(&self) -> Zone {
        let chosen = self.zone.as_deref().and_then(Zone::named);
        chosen.unwrap_or_else(Zone::system)
    }

    /// The same, tidied and checked.
    ///
    /// # Errors
    /// The first field that the gateway would refuse.
    pub fn validate(mut self) -> Result<Self, FieldError> {
        for field in [
            &mut self.language,
            &mut self.description,
            &mut self.webhook,
            &mut self.redirect_url,
            &mut self.zone,
        ] {
            *field = field
                .take()
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty());
        }
        self.shop.trim();
        self.kiosk.trim();
        for name in &mut self.cashiers {
            *name = name.trim().to_owned();
        }
        for rate in &mut self.tax_rates {
            rate.name = rate.name.trim().to_owned();
        }
        let language = |language: &str| {
            let plain = language.len() <= 35
                && language
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            (!plain).then_some(FieldError {
                field: "language",
                problem: "must be a language tag",
            })
        };
        let description = |text: &str| {
            gateway::description(text).is_none().then_some(FieldError {
                field: "description",
                problem: "must hold three Latin or Russian letters or digits at least",
            })
        };
        let zone = |name: &str| {
            Zone::named(name).is_none().then_some(FieldError {
                field: "zone",
                problem: "must be a time zone, for example Europe/Berlin",
            })
        };
        let calls_per_minute = || {
            let sound = (Budget::FEWEST..=Budget::MOST).contains(&self.calls_per_minute);
            (!sound).then_some(FieldError {
                field: "calls_per_minute",
                problem: "must be from 6 to 240",
            })
        };
        [
            gateway::check_lifetime(self.lifetime_minutes),
            self.language.as_deref().and_then(language),
            self.description.as_deref().and_then(description),
            self.webhook.as_deref().and_then(gateway::check_webhook),
            self.redirect_url
                .as_deref()
                .and_then(gateway::check_redirect_url),
            self.zone.as_deref().and_then(zone),
            calls_per_minute(),
            self.shop.problem(),
            self.tips.problem(),
            self.discounts.problem(),
            shop::rates_problem(&self.tax_rates, self.default_tax),
            self.printing
                .printer
                .as_ref()
                .and_then(PrinterPort::problem),
            staff::cashiers_problem(&self.cashiers),
            self.kiosk.problem(),
            self.looks.problem(),
        ]
        .into_iter()
        .flatten()
        .next()
        .map_or(Ok(self), Err)
    }
}

/// The settings' file.
#[derive(Debug)]
pub(crate) struct SettingsFile {
    path: PathBuf,
}

impl SettingsFile {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self {
            path: folder.join("settings.json"),
        }
    }

    /// The settings kept. A file that cannot be read must not keep a shop from selling: it is set
    /// aside under another name, and the defaults are used.
    pub(crate) fn read(&self) -> Settings {
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
            .and_then(|settings| settings.validate().map_err(|error| error.to_string()));
        settings.unwrap_or_else(|error| {
            tracing::warn!(%error, "the settings are not valid; using the defaults");
            std::fs::rename(&self.path, self.path.with_extension("json.unreadable")).ok();
            Settings::default()
        })
    }

    pub(crate) fn write(&self, settings: &Settings) -> Result<(), SettingsError> {
        let text = serde_json::to_string_pretty(settings).map_err(std::io::Error::from)?;
        files::make_private_folder(files::folder_of(&self.path))?;
        Ok(files::replace(&self.path, text.as_bytes())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = SettingsFile::in_folder(folder.path());
        assert_eq!(file.read(), Settings::default());
        let settings = Settings {
            currency: Currency::Rub,
            lifetime_minutes: 60,
            ..Settings::default()
        };
        file.write(&settings).expect("written");
        assert_eq!(file.read(), settings);
    }

    #[test]
    fn the_file_of_an_older_version_has_the_defaults_of_what_it_lacks() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = SettingsFile::in_folder(folder.path());
        let before = r#"{"currency":"RUB","kiosk":{"at_start":true},"looks":{"theme":"dark"}}"#;
        std::fs::write(folder.path().join("settings.json"), before).expect("written");
        let settings = file.read();
        assert_eq!(settings.currency, Currency::Rub);
        assert!(settings.kiosk.at_start);
        let looks = Looks {
            theme: Theme::Dark,
            ..Looks::default()
        };
        assert_eq!(settings.looks, looks);
        assert_eq!(Settings::default().looks.theme, Theme::System);
    }

    #[test]
    fn practice_looks_like_the_shop_until_it_is_changed_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let practice = folder.path().join("practice");
        let shop = Settings {
            currency: Currency::Rub,
            webhook: Some("https://shop.example/in".into()),
            looks: Looks {
                theme: Theme::HighContrast,
                ..Looks::default()
            },
            ..Settings::default()
        };
        let file = SettingsFile::in_folder(folder.path());
        file.write(&shop).expect("written");
        Settings::seed_practice_settings(folder.path(), &practice).expect("lent");
        let lent = Settings::kept_in(&practice);
        assert_eq!((lent.currency, &lent.looks), (Currency::Rub, &shop.looks));
        // What is sent to the shop's own machines is not practised with.
        assert_eq!(lent.webhook, None);
        file.write(&Settings::default()).expect("written");
        Settings::seed_practice_settings(folder.path(), &practice).expect("lent");
        assert_eq!(Settings::kept_in(&practice), lent);
    }

    #[test]
    fn a_broken_file_is_set_aside_not_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = SettingsFile::in_folder(folder.path());
        std::fs::write(folder.path().join("settings.json"), "{\"currency\":").expect("written");
        assert_eq!(file.read(), Settings::default());
        let kept = folder.path().join("settings.json.unreadable");
        assert_eq!(
            std::fs::read_to_string(kept).expect("kept"),
            "{\"currency\":"
        );
    }

    #[test]
    fn empty_fields_are_none_and_wrong_ones_are_named() {
        let settings = Settings {
            webhook: Some("  ".into()),
            description: Some(" Ярмарка #7 ".into()),
            ..Settings::default()
        };
        let checked = settings.clone().validate().expect("valid");
        assert_eq!(checked.webhook, None);
        assert_eq!(checked.description.as_deref(), Some("Ярмарка #7"));
        let wrong = Settings {
            webhook: Some("http://shop.example/".into()),
            ..settings
        };
        assert_eq!(
            wrong.validate().map_err(|error| error.field),
            Err("webhook")
        );
        for (name, taken) in [("Europe/Berlin", true), ("Europe/Atlantis", false)] {
            let settings = Settings {
                zone: Some(name.into()),
                ..Settings::default()
            };
            assert_eq!(settings.validate().is_ok(), taken, "{name}");
        }
        for calls_per_minute in [0, 5, 241] {
            let wrong = Settings {
                calls_per_minute,
                ..Settings::default()
            };
            let field = wrong.validate().map_err(|error| error.field);
            assert_eq!(field, Err("calls_per_minute"));
        }
    }
}
