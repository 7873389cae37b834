//! What differs between two settings: the names of fields, never a value. The journal tells by it what was changed.

use serde_json::{Map, Value};

use super::Settings;
use super::reading::{FIELDS, find};
use crate::ids::TillId;

impl Settings {
    /// The fields in which these settings differ from earlier ones, by their paths in the settings' JSON.
    pub(crate) fn changed_since(&self, before: &Self) -> Vec<&'static str> {
        let (now, before) = (self.as_object(), before.as_object());
        FIELDS
            .into_iter()
            .filter(|path| find(&now, path) != find(&before, path))
            .collect()
    }

    /// A fingerprint that differs for other settings, salted with the till's id. A field that has its default does not
    /// count, so that a version with more fields finds the same.
    pub(crate) fn fingerprint(&self, till: TillId) -> String {
        let now = self.as_object();
        let changed = self.changed_since(&Self::default()).into_iter();
        let parts: Vec<_> = changed.map(|path| (path, find(&now, path))).collect();
        till.salted_fingerprint(&serde_json::to_vec(&parts).unwrap_or_default())
    }

    fn as_object(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::settings::SettingsDraft;

    const SECRET: &str = "https://shop.example/in?token=canary-4733";

    /// A value for each field that is not its default.
    fn other_values() -> Map<String, Value> {
        let settings = json!({
            "till_code": "B7",
            "currency": "RUB", "lifetime_minutes": 60, "language": "ru", "customer_language": "kk", "customer_languages": ["pl", "tr"], "entry_style": "decimal",
            "description": "canary-4733", "webhook": SECRET, "redirect_url": SECRET,
            "backup_folder": "/media/canary-4733", "zone": "Europe/Moscow", "calls_per_minute": 77,
            "shop": { "name": "canary-4733", "address": "canary-4733", "tax_id": "canary-4733", "footer": "canary-4733" },
            "tax_rates": [{ "name": "VAT", "rate": 1900 }], "default_tax": 1900,
            "tenders": [{ "way": "cash" }, { "way": "own", "id": "canary-4733", "name": "canary-4733" }],
            "cash_rounding": { "EUR": "five", "USD": "five", "RUB": "whole" },
            "accounts": { "cash": "canary-4733" },
            "drawer": { "on": true, "blind_count": true },
            "printing": {
                "printer": { "kind": "network", "host": "canary-4733", "port": 9100 },
                "paper": "58", "letters": "picture", "auto_print": true, "drawer": true,
            },
            "cashiers": ["canary-4733"], "staff": { "rights": { "cashier": ["refund"], "supervisor": [] }, "free_discount": 77 },
            "customer_display": "window",
            "kiosk": {
                "at_start": true, "autostart": true, "return_after_s": 99,
                "offers": [{ "name": "Coffee", "amount": "3.50", "currency": "EUR" }], "self_service": true, "card": true,
            },
            "tips": { "ask": true, "percents": [500], "round_up": false },
            "discounts": { "offered": true, "percents": [700] },
            "hold_carts": true,
            "receipt_qr": false,
            "scanner": {
                "learnt": { "gap_ms": 9, "ending": "tab" },
                "scale_codes": [{ "prefix": 21, "holds": "weight", "article_digits": 5, "value_digits": 5 }],
            },
            "large_amount": { "times": 9, "at_least_minor": { "EUR": 90_000, "USD": 90_000, "RUB": 90_000 } },
            "looks": {
                "theme": "dark", "scale_percent": 120, "sounds": false, "volume_percent": 10,
                "paid_returns_after_s": 30, "screen_keyboard": "never",
            },
            "updates": {
                "address": SECRET, "key": "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
            },
        });
        match settings {
            Value::Object(fields) => fields,
            _ => Map::new(),
        }
    }

    fn put(fields: &mut Map<String, Value>, path: &str, value: Value) {
        match path.split_once('.') {
            Some((group, field)) => {
                fields.get_mut(group).expect("a group")[field] = value;
            }
            None => {
                fields.insert(path.to_owned(), value);
            }
        }
    }

    proptest! {
        #[test]
        fn every_changed_field_is_named_and_no_value(chosen in proptest::sample::subsequence(FIELDS.to_vec(), 0..=FIELDS.len())) {
            let (defaults, others) = (Settings::default(), other_values());
            let mut fields = defaults.as_object();
            for path in &chosen {
                let other = find(&others, path).expect(path).clone();
                prop_assert!(Some(&other) != find(&fields, path), "{}", path);
                put(&mut fields, path, other);
            }
            let now: Settings = serde_json::from_value(Value::Object(fields)).expect("settings");
            prop_assert_eq!(&now.changed_since(&defaults), &chosen);
            prop_assert_eq!(&defaults.changed_since(&now), &chosen);
            let till = TillId::new();
            prop_assert_eq!(now.fingerprint(till) == defaults.fingerprint(till), chosen.is_empty());
            prop_assert_eq!(now.fingerprint(till), now.clone().fingerprint(till));
            prop_assert!(now.fingerprint(till) != now.fingerprint(TillId::new()), "salted");
            let told = format!("{:?} {}", now.changed_since(&defaults), now.fingerprint(till));
            prop_assert!(!told.contains("canary"), "{}", told);
        }
    }

    #[test]
    fn the_values_of_this_test_are_valid() {
        let draft: SettingsDraft =
            serde_json::from_value(Value::Object(other_values())).expect("an object");
        draft.validate().expect("valid");
    }
}
