//! What the shop can set, and the file it is kept in. Everything here is a choice of the shop's; the API key
//! is not among it. What a person typed is checked here and nowhere else, so that screens, files and the
//! command line obey one set of rules.

mod accounts;
mod appearance;
mod changes;
mod display;
mod drawer;
mod file;
mod kiosk;
mod kiosk_locks;
mod large_amount;
mod printer_port;
mod reading;
mod rules;
mod scanner;
mod shop;
mod staff;
mod tenders;
mod tips;
mod updates;

use std::collections::{BTreeMap, HashSet};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

pub use appearance::{Appearance, ScreenKeyboardUse, Theme};
pub use display::DisplayPlace;
pub use drawer::DrawerSettings;
pub use file::LoadedSettings;
pub use file::SettingsError;
pub(crate) use file::{Replace, SettingsFile};
pub use kiosk::{FixedOffer, KioskSettings};
pub use large_amount::LargeAmount;
pub(crate) use printer_port::PROPOSED_BAUD;
pub use printer_port::PrinterPort;
pub use reading::SettingsDraft;
pub(crate) use reading::read as read_fields;
pub use rules::SettingsRules;
pub use scanner::{LearntScanner, ScaleCode, ScaleValue, ScanEnding, ScannerSettings};
pub use shop::{Letters, Paper, Printing, Shop, TaxRate};
pub use tenders::TenderChoice;
pub use tips::{Discounts, Tips};
pub use updates::{UpdateSettings, UpdateSource};

use crate::calendar::Zone;
use crate::cash::CashRounding;
use crate::error::{FieldError, FieldErrors};
use crate::field_rules;
use crate::i18n::{Language, system_language};
use crate::ids::TillCode;
use crate::money::{BasisPoints, Currency};
use crate::sale::Sale;
use crate::staff::StaffSettings;

/// The calls to the gateway in any minute that can be set. Fewer would leave most invoices to chance;
/// comparable gateways have quotas near 200 (docs/gateway.md, *How comparable gateways behave*).
pub const CALLS_PER_MINUTE: RangeInclusive<u16> = 6..=240;
/// Longest language tag, bytes (RFC 5646, 4.4.1).
const MAX_LANGUAGE_BYTES: usize = 35;

/// The settings. A field that the file lacks has its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct Settings {
    /// The till's short code, which stands before its sales' numbers: one to three letters or digits; `None`: the one
    /// that it has, at first `A`.
    pub till_code: Option<String>,
    /// The currency that the pad starts in.
    pub currency: Currency,
    /// How long an invoice can be paid, minutes: 3 to 1440.
    pub lifetime_minutes: u16,
    /// The language of the till's screens, one of `Language::SCREENS`; `None`: the system's language.
    pub language: Option<String>,
    /// What customers are shown until they choose; `None`: the language of the screens.
    pub customer_language: Option<Language>,
    /// The other languages that customers can choose; none: nobody is asked.
    pub customer_languages: Vec<Language>,
    /// How amounts are typed; `None`: as is usual for the currency.
    pub entry_style: Option<EntryStyle>,
    /// What the customer reads on the pay page.
    pub description: Option<String>,
    /// Where the gateway reports to the shop's back office.
    pub webhook: Option<String>,
    /// Where the customer goes after paying.
    pub redirect_url: Option<String>,
    /// The folder for copies of the journal. It is chosen in the system's dialog, never by a screen.
    pub backup_folder: Option<String>,
    /// The shop's time zone, an IANA name; `None`: the system's.
    pub zone: Option<String>,
    /// The most calls to the gateway in any minute, all invoices together: 6 to 240.
    pub calls_per_minute: u16,
    /// The shop's texts on receipts.
    pub shop: Shop,
    /// The taxes that prices include.
    pub tax_rates: Vec<TaxRate>,
    /// The rate of sales typed on the pad, one of `tax_rates`; `None`: no tax line is printed.
    pub default_tax: Option<BasisPoints>,
    /// What customers may pay by, in the order of the buttons; at first crypto alone.
    pub tenders: Vec<TenderChoice>,
    /// How cash is rounded, by currency. A currency that is missing is not rounded.
    #[ts(as = "BTreeMap<Currency, CashRounding>")]
    pub cash_rounding: BTreeMap<Currency, CashRounding>,
    /// The accounts of the bookkeeping, by what is booked to each: `cash`, `sales:19.00`, `tax:19.00` …
    pub accounts: BTreeMap<String, String>,
    /// The cash drawer.
    pub drawer: DrawerSettings,
    /// Where and how receipts are printed.
    pub printing: Printing,
    /// The cashiers' names; when there are none, entries carry no name.
    pub cashiers: Vec<String>,
    /// What cashiers with PINs of their own may do.
    pub staff: StaffSettings,
    /// Where the customer's display is shown.
    pub customer_display: DisplayPlace,
    /// Kiosk mode.
    pub kiosk: KioskSettings,
    /// The tips that customers are asked for before the QR.
    pub tips: Tips,
    /// The discounts that cashiers may give.
    pub discounts: Discounts,
    /// Cashiers may park an unpaid cart under a name or a table's number.
    pub hold_carts: bool,
    /// Customers are shown where their receipt is at the back office, when the till has one.
    pub receipt_qr: bool,
    /// The barcode scanner.
    pub scanner: ScannerSettings,
    /// Which amounts need a confirmation.
    pub large_amount: LargeAmount,
    /// How the till looks and sounds.
    pub looks: Appearance,
    /// Where the till looks for a newer version of itself.
    pub updates: UpdateSettings,
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
            till_code: None,
            currency: Currency::Eur,
            lifetime_minutes: 15,
            language: None,
            customer_language: None,
            customer_languages: Vec::new(),
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
            tenders: tenders::default(),
            accounts: BTreeMap::new(),
            drawer: DrawerSettings::default(),
            cash_rounding: Currency::ALL
                .into_iter()
                .map(|it| (it, CashRounding::None))
                .collect(),
            printing: Printing::default(),
            cashiers: Vec::new(),
            staff: StaffSettings::default(),
            customer_display: DisplayPlace::default(),
            kiosk: KioskSettings::default(),
            tips: Tips::default(),
            discounts: Discounts::default(),
            hold_carts: false,
            receipt_qr: true,
            scanner: ScannerSettings::default(),
            large_amount: LargeAmount::default(),
            looks: Appearance::default(),
            updates: UpdateSettings::default(),
        }
    }
}

impl Settings {
    /// The zone that the shop's days are counted in.
    pub fn zone(&self) -> Zone {
        let chosen = self.zone.as_deref().and_then(Zone::named);
        chosen.unwrap_or_else(Zone::system)
    }

    /// The short code that the shop gave this till; `None`: it keeps the one that it has.
    pub fn code(&self) -> Option<TillCode> {
        self.till_code.as_deref().and_then(TillCode::parse)
    }

    /// What customers are shown and given until they choose another language.
    pub fn customers_language(&self) -> Language {
        self.customer_language
            .or_else(|| self.language.as_deref().and_then(Language::known))
            .or_else(|| Language::known(&system_language()))
            .unwrap_or(Language::En)
    }

    /// The languages that customers can choose among, theirs until they do first; none where there is no choice.
    pub fn offered_languages(&self) -> Vec<Language> {
        let first = self.customers_language();
        let mut others = self.customer_languages.clone();
        others.retain(|it| *it != first);
        if others.is_empty() {
            return others;
        }
        others.insert(0, first);
        others
    }

    /// The language of what the customer of this sale is shown and given.
    pub fn language_for(&self, sale: &Sale) -> Language {
        let chosen = sale.language.as_deref().and_then(Language::known);
        chosen.unwrap_or_else(|| self.customers_language())
    }

    /// The settings in their normal form: texts trimmed, empty ones `None`.
    ///
    /// # Errors
    /// Every wrong field, by its path in the settings' JSON.
    pub fn validate(mut self) -> Result<Self, Vec<FieldError>> {
        self.normalise();
        let wrong = self.wrong_fields();
        if wrong.is_empty() {
            Ok(self)
        } else {
            Err(wrong)
        }
    }

    /// Every wrong field of settings in their normal form, by its path in the settings' JSON.
    fn wrong_fields(&self) -> Vec<FieldError> {
        let mut errors = FieldErrors::default();
        errors.require(
            self.till_code.is_none() || self.code().is_some(),
            "till_code",
            "must be one to three letters or digits, from A to Z and 0 to 9",
        );
        field_rules::lifetime(&mut errors, "lifetime_minutes", self.lifetime_minutes);
        errors.require(
            self.language.as_deref().is_none_or(is_language_tag),
            "language",
            "must be a language tag",
        );
        let has_description = |text: &str| field_rules::to_description(text).is_some();
        errors.require(
            self.description.as_deref().is_none_or(has_description),
            "description",
            "must hold three Latin or Russian letters or digits at least",
        );
        if let Some(webhook) = &self.webhook {
            field_rules::webhook(&mut errors, webhook);
        }
        if let Some(redirect_url) = &self.redirect_url {
            field_rules::redirect_url(&mut errors, redirect_url);
        }
        errors.require(
            self.zone
                .as_deref()
                .is_none_or(|name| Zone::named(name).is_some()),
            "zone",
            "must be a time zone, for example Europe/Berlin",
        );
        errors.require(
            CALLS_PER_MINUTE.contains(&self.calls_per_minute),
            "calls_per_minute",
            "must be from 6 to 240",
        );
        self.shop.validate(&mut errors);
        self.tips.validate(&mut errors);
        self.discounts.validate(&mut errors);
        shop::validate_rates(&self.tax_rates, self.default_tax, &mut errors);
        if let Some(printer) = &self.printing.printer {
            printer.validate(&mut errors);
        }
        tenders::validate(&self.tenders, &mut errors);
        accounts::validate(&self.accounts, &mut errors);
        staff::validate(&self.cashiers, &mut errors);
        self.staff.validate(&mut errors);
        self.kiosk.validate(&mut errors);
        self.scanner.validate(&mut errors);
        self.large_amount.validate(&mut errors);
        self.looks.validate(&mut errors);
        self.updates.validate(&mut errors);
        errors.into_vec()
    }

    fn normalise(&mut self) {
        for field in [
            &mut self.till_code,
            &mut self.language,
            &mut self.description,
            &mut self.webhook,
            &mut self.redirect_url,
            &mut self.zone,
        ] {
            *field = trimmed(field.take());
        }
        if let Some(code) = self.code() {
            self.till_code = Some(code.to_string());
        }
        let names = self.tax_rates.iter_mut().map(|rate| &mut rate.name);
        for name in self.cashiers.iter_mut().chain(names) {
            *name = name.trim().to_owned();
        }
        let mut known = HashSet::new();
        self.customer_languages.retain(|it| known.insert(*it));
        tenders::normalise(&mut self.tenders);
        accounts::normalise(&mut self.accounts);
        tenders::normalise_rounding(&mut self.cash_rounding);
        self.shop.normalise();
        self.staff.normalise();
        self.kiosk.normalise();
        self.large_amount.normalise();
        self.updates.normalise();
        if let Some(printer) = &mut self.printing.printer {
            printer.normalise();
        }
    }
}

/// The text without surrounding space; `None` when nothing is left.
fn trimmed(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

fn is_language_tag(text: &str) -> bool {
    text.len() <= MAX_LANGUAGE_BYTES
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong_fields(settings: Settings) -> Vec<&'static str> {
        let errors = settings.validate().err().unwrap_or_default();
        errors.iter().map(|error| error.field).collect()
    }

    #[test]
    fn empty_texts_are_none() {
        let settings = Settings {
            webhook: Some("  ".into()),
            description: Some(" Ярмарка #7 ".into()),
            ..Settings::default()
        };
        let checked = settings.validate().expect("valid");
        assert_eq!(checked.webhook, None);
        assert_eq!(checked.description.as_deref(), Some("Ярмарка #7"));
    }

    #[test]
    fn customers_choose_among_what_the_shop_offers() {
        let settings = |language: &str, first, others: &[Language]| {
            let settings = Settings {
                language: Some(language.to_owned()),
                customer_language: first,
                customer_languages: others.to_vec(),
                ..Settings::default()
            };
            settings.validate().expect("valid")
        };
        use Language::{De, Fr, Pl};
        assert_eq!(settings("de", None, &[]).offered_languages(), []);
        assert_eq!(settings("de", None, &[De]).offered_languages(), []);
        let twice = settings("de", None, &[Pl, De, Pl]);
        assert_eq!(twice.customer_languages, [Pl, De]);
        assert_eq!(twice.offered_languages(), [De, Pl]);
        let french = settings("de", Some(Fr), &[De]);
        assert_eq!(french.offered_languages(), [Fr, De]);
        assert_eq!(french.customers_language(), Fr);
        assert_eq!(settings("ja", None, &[]).language.as_deref(), Some("ja"));
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let mut wrong = Settings {
            till_code: Some("ABCD".into()),
            lifetime_minutes: 2,
            language: Some("not a tag".into()),
            description: Some("№".into()),
            webhook: Some("http://shop.example/".into()),
            redirect_url: Some("shop.example".into()),
            zone: Some("Europe/Atlantis".into()),
            calls_per_minute: 5,
            cashiers: vec!["Anna".into(), " Anna ".into()],
            default_tax: Some(BasisPoints(1900)),
            tax_rates: vec![TaxRate {
                name: "VAT".into(),
                rate: BasisPoints(10_001),
            }],
            ..Settings::default()
        };
        wrong.shop.footer = Some("x".repeat(401));
        wrong.tips.percents = vec![BasisPoints(0)];
        wrong.discounts.percents = vec![BasisPoints(10_001)];
        wrong.printing.printer = Some(PrinterPort::Network {
            host: String::new(),
            port: 0,
        });
        wrong.kiosk.return_after_s = 9;
        wrong.kiosk.self_service = true;
        wrong.scanner.learnt = Some(LearntScanner {
            gap_ms: 0,
            ending: ScanEnding::Enter,
        });
        wrong.large_amount.times = 1;
        wrong.looks.paid_returns_after_s = Some(4);
        assert_eq!(
            wrong_fields(wrong),
            [
                "till_code",
                "lifetime_minutes",
                "language",
                "description",
                "webhook",
                "redirect_url",
                "zone",
                "calls_per_minute",
                "shop.footer",
                "tips.percents",
                "discounts.percents",
                "tax_rates",
                "default_tax",
                "printing.printer.host",
                "printing.printer.port",
                "cashiers",
                "kiosk.return_after_s",
                "kiosk.offers",
                "scanner.learnt",
                "large_amount.times",
                "looks.paid_returns_after_s",
            ]
        );
        assert_eq!(wrong_fields(Settings::default()), [""; 0]);
    }

    #[test]
    fn a_till_has_a_short_code_in_capitals() {
        let typed = |text: &str| Settings {
            till_code: Some(text.into()),
            ..Settings::default()
        };
        for (text, code) in [
            ("A", Some("A")),
            (" b7 ", Some("B7")),
            ("007", Some("007")),
            (" ", None),
        ] {
            let settings = typed(text).validate().expect(text);
            assert_eq!(settings.till_code.as_deref(), code, "{text}");
        }
        for text in ["ABCD", "Ä", "A-", "A B", "=1", "ß"] {
            assert_eq!(wrong_fields(typed(text)), ["till_code"], "{text}");
        }
    }

    #[test]
    fn the_limits_of_numbers_are_inclusive() {
        for (lifetime_minutes, valid) in [(2, false), (3, true), (1440, true), (1441, false)] {
            let settings = Settings {
                lifetime_minutes,
                ..Settings::default()
            };
            assert_eq!(settings.validate().is_ok(), valid, "{lifetime_minutes} min");
        }
        for (calls_per_minute, valid) in
            [(0, false), (5, false), (6, true), (240, true), (241, false)]
        {
            let settings = Settings {
                calls_per_minute,
                ..Settings::default()
            };
            assert_eq!(
                settings.validate().is_ok(),
                valid,
                "{calls_per_minute} calls"
            );
        }
    }
}
