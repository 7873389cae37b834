//! Which amounts are far beyond what the shop usually takes, so that a slip (a barcode in the place of an amount, two
//! zeros too many) is noticed before anybody pays. Such an amount needs a confirmation of its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::FieldErrors;
use crate::money::{Currency, Money};

/// How many times the usual amount can be set. Below 2 every other sale would need a confirmation.
const TIMES: std::ops::RangeInclusive<u16> = 2..=10_000;

/// When an amount needs a confirmation: it is above `at_least_minor` and above `times` the usual amount, which is the
/// median of the shop's recent paid sales in the currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct LargeAmount {
    /// How many times the usual amount, 2 to 10,000.
    pub times: u16,
    /// Up to this amount in minor units no sale needs a confirmation, by currency. A currency that is missing has its
    /// default.
    #[ts(as = "BTreeMap<Currency, u32>")]
    pub at_least_minor: BTreeMap<Currency, i64>,
}

impl Default for LargeAmount {
    fn default() -> Self {
        let all = Currency::ALL.into_iter();
        Self {
            times: 50,
            at_least_minor: all.map(|one| (one, default_at_least_minor(one))).collect(),
        }
    }
}

/// 500 euros or dollars; a rouble is worth about a hundredth of them.
fn default_at_least_minor(currency: Currency) -> i64 {
    match currency {
        Currency::Eur | Currency::Usd => 50_000,
        Currency::Rub => 5_000_000,
    }
}

impl LargeAmount {
    /// The largest amount that needs no confirmation, whatever the shop usually takes.
    pub(crate) fn at_least(&self, currency: Currency) -> Money {
        let set = self.at_least_minor.get(&currency).copied();
        Money::from_minor(
            set.unwrap_or_else(|| default_at_least_minor(currency)),
            currency,
        )
    }

    /// The largest amount that needs no confirmation in a shop whose usual amount this is; `None`: it has not sold in
    /// this currency yet.
    pub(crate) fn limit(&self, currency: Currency, usual: Option<Money>) -> Money {
        let usual_minor = usual.map_or(0, Money::minor);
        let times_minor = usual_minor.saturating_mul(i64::from(self.times));
        Money::from_minor(times_minor.max(self.at_least(currency).minor()), currency)
    }

    /// Fills in the currencies that are missing.
    pub(super) fn normalise(&mut self) {
        for currency in Currency::ALL {
            let at_least = self.at_least(currency);
            self.at_least_minor.insert(currency, at_least.minor());
        }
    }

    pub(super) fn validate(&self, errors: &mut FieldErrors) {
        errors.require(
            TIMES.contains(&self.times),
            "large_amount.times",
            "must be from 2 to 10000",
        );
        let can_be_charged = |(currency, minor): (&Currency, &i64)| {
            (currency.minimum().minor()..=currency.maximum().minor()).contains(minor)
        };
        errors.require(
            self.at_least_minor.iter().all(can_be_charged),
            "large_amount.at_least_minor",
            "each must be an amount that can be charged",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn euros(minor: i64) -> Money {
        Money::from_minor(minor, Currency::Eur)
    }

    #[test]
    fn the_limit_is_a_multiple_of_the_usual_and_never_below_the_least() {
        let rule = LargeAmount::default();
        for (usual, limit) in [
            (None, 50_000),
            (Some(350), 50_000),
            (Some(1_000), 50_000),
            (Some(1_001), 50_050),
            (Some(20_000), 1_000_000),
            (Some(i64::MAX), i64::MAX),
        ] {
            assert_eq!(rule.limit(Currency::Eur, usual.map(euros)), euros(limit));
        }
        assert_eq!(rule.limit(Currency::Rub, None).minor(), 5_000_000);
    }

    #[test]
    fn a_currency_that_is_missing_has_its_default() {
        let settings: Settings =
            serde_json::from_str(r#"{"large_amount":{"at_least_minor":{"EUR":90000}}}"#)
                .expect("read");
        let rule = settings.validate().expect("valid").large_amount;
        assert_eq!(rule.times, 50);
        assert_eq!(rule.at_least(Currency::Eur), euros(90_000));
        assert_eq!(rule.at_least_minor.get(&Currency::Rub), Some(&5_000_000));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for (times, at_least_minor, wrong) in [
            (2, 100, None),
            (10_000, 1_000_000_000, None),
            (1, 100, Some("large_amount.times")),
            (10_001, 100, Some("large_amount.times")),
            (2, 99, Some("large_amount.at_least_minor")),
            (2, -1, Some("large_amount.at_least_minor")),
            (2, 1_000_000_001, Some("large_amount.at_least_minor")),
        ] {
            let mut settings = Settings::default();
            settings.large_amount.times = times;
            let least = &mut settings.large_amount.at_least_minor;
            least.insert(Currency::Eur, at_least_minor);
            let errors = settings.validate().err().unwrap_or_default();
            assert_eq!(errors.first().map(|error| error.field), wrong);
        }
    }
}
