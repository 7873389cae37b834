//! What the till offers between the amount and the QR: tips to the customer, discounts to the cashier. Both
//! are off until the shop wants them: an amount is one tap away from its QR.

use serde::{Deserialize, Serialize};

use crate::gateway::FieldError;
use crate::money::BasisPoints;

/// More buttons than fit in a row.
const MOST_PRESETS: usize = 4;
/// A tip or a discount of everything.
const HIGHEST_RATE: u32 = 10_000;

/// The tips that customers are asked for before the QR.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct Tips {
    /// Ask at each sale.
    pub ask: bool,
    /// The shares offered, hundredths of a percent; 4 at most.
    pub percents: Vec<BasisPoints>,
    /// Offer to round up.
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
    /// There is a button for them.
    pub offered: bool,
    /// The shares offered, hundredths of a percent; 4 at most.
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
    pub(crate) fn problem(&self) -> Option<FieldError> {
        problem("tips", &self.percents)
    }
}

impl Discounts {
    pub(crate) fn problem(&self) -> Option<FieldError> {
        problem("discounts", &self.percents)
    }
}

fn problem(field: &'static str, percents: &[BasisPoints]) -> Option<FieldError> {
    let sound = percents.len() <= MOST_PRESETS
        && percents
            .iter()
            .all(|percent| (1..=HIGHEST_RATE).contains(&percent.0));
    (!sound).then_some(FieldError {
        field,
        problem: "must be 4 percentages at most, each up to 100",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    #[test]
    fn nothing_is_offered_until_the_shop_wants_it() {
        let settings = Settings::default();
        assert!(!settings.tips.ask && !settings.discounts.offered);
        let older: Settings = serde_json::from_str("{\"tips\":{\"ask\":true}}").expect("read");
        assert_eq!(older.tips.percents, Tips::default().percents);
    }

    #[test]
    fn presets_are_few_and_shares() {
        for (percents, sound) in [
            (vec![], true),
            (vec![1, 10_000], true),
            (vec![0], false),
            (vec![10_001], false),
            (vec![1, 2, 3, 4, 5], false),
        ] {
            let percents: Vec<_> = percents.into_iter().map(BasisPoints).collect();
            let tips = Tips {
                percents: percents.clone(),
                ..Tips::default()
            };
            assert_eq!(tips.problem().is_none(), sound);
            let discounts = Discounts {
                percents,
                ..Discounts::default()
            };
            assert_eq!(discounts.problem().is_none(), sound);
        }
    }
}
