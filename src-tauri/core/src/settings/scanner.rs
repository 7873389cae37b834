//! The barcode scanner at the till: what was learnt of it, and what the codes of the shop's scales hold.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::error::FieldErrors;

/// The pauses between two keys of a scanner that can be learnt, milliseconds.
const GAP_MS: RangeInclusive<u16> = 1..=400;
/// The prefixes that GS1 leaves to the shop (GS1 General Specifications, *Restricted Circulation Numbers*).
const PREFIXES: RangeInclusive<u8> = 20..=29;
/// How many digits name the article.
const ARTICLE_DIGITS: RangeInclusive<u8> = 4..=6;
/// How many digits hold the weight or the price.
const VALUE_DIGITS: RangeInclusive<u8> = 4..=5;
/// The digits between the prefix and the check digit of an EAN-13.
const DIGITS_BETWEEN: u8 = 10;

/// The settings of the barcode scanner.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct ScannerSettings {
    /// How the shop's scanner types; `None`: it was not learnt.
    pub learnt: Option<LearntScanner>,
    /// What codes that begin with 2 hold; one rule for each prefix at most. Without a rule such a code is one like any
    /// other.
    pub scale_codes: Vec<ScaleCode>,
}

/// How a scanner types, learnt from one scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct LearntScanner {
    /// The mean pause between two keys, milliseconds: 1 to 400.
    pub gap_ms: u16,
    /// The key with which it ends a code.
    pub ending: ScanEnding,
}

/// The key with which a scanner ends a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ScanEnding {
    /// The Enter key.
    Enter,
    /// The Tab key.
    Tab,
    /// No key.
    None,
}

/// How the EAN-13 of a scale is read: the prefix, the article's digits, the value's digits before the check digit.
/// A digit between article and value (the check digit of the price) is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct ScaleCode {
    /// The first two digits, 20 to 29.
    pub prefix: u8,
    /// What the value is.
    pub holds: ScaleValue,
    /// How many digits after the prefix name the article, 4 to 6. The item's barcode is the prefix and these digits.
    pub article_digits: u8,
    /// How many digits before the check digit hold the value, 4 or 5.
    pub value_digits: u8,
}

/// What the code of a scale holds beside the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ScaleValue {
    /// The weight in grams. The item's price is the price of a kilogram.
    Weight,
    /// The price in minor units of the item's currency.
    Price,
}

impl ScannerSettings {
    pub(super) fn validate(&self, errors: &mut FieldErrors) {
        errors.require(
            self.learnt
                .is_none_or(|scanner| GAP_MS.contains(&scanner.gap_ms)),
            "scanner.learnt",
            "the pause must be from 1 to 400 ms",
        );
        let mut prefixes = BTreeSet::new();
        errors.require(
            self.scale_codes
                .iter()
                .all(|code| code.is_valid() && prefixes.insert(code.prefix)),
            "scanner.scale_codes",
            "each must have a prefix of its own from 20 to 29, 4 to 6 digits of the article and 4 or 5 of the value",
        );
    }
}

impl ScaleCode {
    fn is_valid(self) -> bool {
        PREFIXES.contains(&self.prefix)
            && ARTICLE_DIGITS.contains(&self.article_digits)
            && VALUE_DIGITS.contains(&self.value_digits)
            && self.article_digits + self.value_digits <= DIGITS_BETWEEN
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    const WEIGHED: ScaleCode = ScaleCode {
        prefix: 21,
        holds: ScaleValue::Weight,
        article_digits: 5,
        value_digits: 5,
    };

    fn wrong(scanner: ScannerSettings) -> Vec<&'static str> {
        let settings = Settings {
            scanner,
            ..Settings::default()
        };
        let errors = settings.validate().err().unwrap_or_default();
        errors.iter().map(|error| error.field).collect()
    }

    #[test]
    fn nothing_is_learnt_and_no_code_is_a_scales_by_default() {
        let settings: Settings = serde_json::from_str("{}").expect("read");
        assert_eq!(settings.scanner, ScannerSettings::default());
        assert_eq!(wrong(settings.scanner), [""; 0]);
    }

    #[test]
    fn a_learnt_scanner_types_at_a_pace_that_one_can_have() {
        for (gap_ms, valid) in [(0, false), (1, true), (400, true), (401, false)] {
            let learnt = Some(LearntScanner {
                gap_ms,
                ending: ScanEnding::Enter,
            });
            let scanner = ScannerSettings {
                learnt,
                ..ScannerSettings::default()
            };
            assert_eq!(wrong(scanner).is_empty(), valid, "{gap_ms} ms");
        }
    }

    #[test]
    fn each_prefix_has_one_rule_that_fits_into_a_code() {
        let with = |change: fn(&mut ScaleCode)| {
            let mut code = WEIGHED;
            change(&mut code);
            vec![code]
        };
        for (scale_codes, valid) in [
            (vec![WEIGHED], true),
            (with(|code| code.prefix = 20), true),
            (with(|code| code.prefix = 29), true),
            (with(|code| code.prefix = 19), false),
            (with(|code| code.prefix = 30), false),
            (with(|code| code.article_digits = 3), false),
            (with(|code| code.article_digits = 6), false),
            (with(|code| code.value_digits = 6), false),
            (
                with(|code| (code.article_digits, code.value_digits) = (4, 5)),
                true,
            ),
            (
                with(|code| (code.article_digits, code.value_digits) = (6, 4)),
                true,
            ),
            (vec![WEIGHED, WEIGHED], false),
        ] {
            let scanner = ScannerSettings {
                scale_codes: scale_codes.clone(),
                ..ScannerSettings::default()
            };
            assert_eq!(wrong(scanner).is_empty(), valid, "{scale_codes:?}");
        }
    }
}
