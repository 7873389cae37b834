//! The tips and discounts that the till offers between the amount and the QR. Both are off by default, because
//! each of them puts a tap between an amount and its QR.

use serde::{Deserialize, Serialize};

use crate::error::FieldErrors;
use crate::money::BasisPoints;

/// Most presets: more buttons do not fit in a row.
pub(super) const MAX_PRESETS: usize = 4;
/// Highest preset, hundredths of a percent.
const MAX_RATE: u32 = 10_000;

/// The tips that customers are asked for before the QR.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct Tips {
    /// Whether customers are asked at each sale.
    pub ask: bool,
    /// The presets, hundredths of a percent; 4 at most.
    pub percents: Vec<BasisPoints>,
    /// Whether rounding up is offered too.
    pub round_up: bool,
}

impl Default for Tips {
    fn default() -> Self {
        Self {
            ask: false,
            percents: vec![BasisPoints(500), BasisPoints(1000), BasisPoints(1500)],
            round_up: true,
        }
    }
}

/// The discounts that cashiers may give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct Discounts {
    /// Whether the pad has a button for them.
    pub offered: bool,
    /// The presets, hundredths of a percent; 4 at most.
    pub percents: Vec<BasisPoints>,
}

impl Default for Discounts {
    fn default() -> Self {
        Self {
            offered: false,
            percents: vec![BasisPoints(500), BasisPoints(1000), BasisPoints(2000)],
        }
    }
}

impl Tips {
    pub(super) fn validate(&self, errors: &mut FieldErrors) {
        validate_presets("tips.percents", &self.percents, errors);
    }
}

impl Discounts {
    pub(super) fn validate(&self, errors: &mut FieldErrors) {
        validate_presets("discounts.percents", &self.percents, errors);
    }
}

fn validate_presets(field: &'static str, percents: &[BasisPoints], errors: &mut FieldErrors) {
    let is_share = |percent: &BasisPoints| (1..=MAX_RATE).contains(&percent.0);
    errors.require(
        percents.len() <= MAX_PRESETS && percents.iter().all(is_share),
        field,
        "must be 4 percentages at most, each up to 100",
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    #[test]
    fn both_are_off_by_default() {
        let settings = Settings::default();
        assert!(!settings.tips.ask && !settings.discounts.offered);
        let older: Settings = serde_json::from_str("{\"tips\":{\"ask\":true}}").expect("read");
        assert_eq!(older.tips.percents, Tips::default().percents);
    }

    #[test]
    fn there_are_four_presets_at_most_and_each_is_a_share() {
        for (percents, valid) in [
            (vec![], true),
            (vec![1, 10_000], true),
            (vec![0], false),
            (vec![10_001], false),
            (vec![1, 2, 3, 4, 5], false),
        ] {
            let percents: Vec<_> = percents.into_iter().map(BasisPoints).collect();
            let mut settings = Settings::default();
            settings.tips.percents.clone_from(&percents);
            settings.discounts.percents = percents;
            let wrong = settings.validate().err().unwrap_or_default();
            let fields: Vec<_> = wrong.iter().map(|error| error.field).collect();
            let expected: &[_] = if valid {
                &[]
            } else {
                &["tips.percents", "discounts.percents"]
            };
            assert_eq!(fields, expected);
        }
    }
}
