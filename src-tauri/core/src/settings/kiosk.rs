//! Kiosk mode: a till that customers can reach, and perhaps serve themselves at.

use serde::{Deserialize, Serialize};

use super::staff::is_name;
use crate::error::FieldErrors;
use crate::money::{Currency, Money};

/// Most offers: more do not fit one screen.
pub(super) const MAX_OFFERS: usize = 12;
/// A shorter time would take the screen from a slow customer.
const RETURN_AFTER_S: std::ops::RangeInclusive<u16> = 10..=3600;

/// The settings of kiosk mode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct KioskSettings {
    /// Whether the window starts full screen and locked, as with `--kiosk`.
    pub at_start: bool,
    /// Whether the till starts when the user of this machine logs in.
    pub autostart: bool,
    /// Seconds without a touch after which the pad returns in kiosk mode, 10 to 3600.
    pub return_after_s: u16,
    /// Whether customers serve themselves: fixed amounts only, the sales book and the settings behind the PIN.
    pub self_service: bool,
    /// Whether they may choose the card too, where the shop takes cards: staff confirm that another device took it.
    pub card: bool,
    /// The amounts that they can choose from; 12 at most, and at least one with `self_service`.
    pub offers: Vec<FixedOffer>,
}

/// A fixed amount of a self-service till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct FixedOffer {
    /// What it is for; 1 to 40 characters.
    pub name: String,
    /// The amount as decimal text: `3.50`.
    pub amount: String,
    /// The amount's currency.
    pub currency: Currency,
}

impl Default for KioskSettings {
    fn default() -> Self {
        Self {
            at_start: false,
            autostart: false,
            return_after_s: 60,
            self_service: false,
            card: false,
            offers: Vec::new(),
        }
    }
}

impl KioskSettings {
    /// Whether a self-service till may charge this amount.
    pub fn offers(&self, amount: Money) -> bool {
        self.offers
            .iter()
            .any(|offer| offer.money() == Some(amount))
    }

    /// Trims names, and writes amounts with two decimals.
    pub(super) fn normalise(&mut self) {
        for offer in &mut self.offers {
            offer.name = offer.name.trim().to_owned();
            if let Some(money) = offer.money() {
                offer.amount = money.to_string();
            }
        }
    }

    pub(super) fn validate(&self, errors: &mut FieldErrors) {
        errors.require(
            RETURN_AFTER_S.contains(&self.return_after_s),
            "kiosk.return_after_s",
            "must be from 10 to 3600",
        );
        let field = "kiosk.offers";
        errors.require(self.offers.len() <= MAX_OFFERS, field, "must be 12 at most");
        errors.require(
            !self.self_service || !self.offers.is_empty(),
            field,
            "must hold an amount",
        );
        let is_valid = |offer: &FixedOffer| offer.money().is_some() && is_name(&offer.name);
        errors.require(
            self.offers.iter().all(is_valid),
            field,
            "each must have a name and an amount that can be charged",
        );
    }
}

impl FixedOffer {
    fn money(&self) -> Option<Money> {
        Money::parse_charge(&self.amount, self.currency).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn coffee(amount: &str) -> FixedOffer {
        FixedOffer {
            name: "Coffee".to_owned(),
            amount: amount.to_owned(),
            currency: Currency::Eur,
        }
    }

    #[test]
    fn a_self_service_till_charges_what_it_offers_and_nothing_else() {
        let kiosk = KioskSettings {
            self_service: true,
            offers: vec![coffee("3.50")],
            ..KioskSettings::default()
        };
        for (minor, currency, offered) in [
            (350, Currency::Eur, true),
            (349, Currency::Eur, false),
            (35_000, Currency::Eur, false),
            (350, Currency::Usd, false),
            (0, Currency::Eur, false),
        ] {
            let amount = Money::from_minor(minor, currency);
            assert_eq!(kiosk.offers(amount), offered, "{amount} {currency}");
        }
    }

    #[test]
    fn what_cannot_be_charged_cannot_be_offered() {
        let wrong = |offers, self_service, return_after_s| {
            let settings = Settings {
                kiosk: KioskSettings {
                    self_service,
                    offers,
                    return_after_s,
                    ..KioskSettings::default()
                },
                ..Settings::default()
            };
            settings.validate().err().map(|errors| errors[0].field)
        };
        let offers = Some("kiosk.offers");
        assert_eq!(wrong(vec![coffee("3,5"); 12], true, 60), None);
        assert_eq!(wrong(vec![coffee("0.10")], true, 60), offers);
        assert_eq!(wrong(vec![coffee("x")], false, 60), offers);
        assert_eq!(wrong(vec![], true, 60), offers);
        assert_eq!(wrong(vec![coffee("3.50"); 13], true, 60), offers);
        for (seconds, field) in [
            (9, Some("kiosk.return_after_s")),
            (10, None),
            (3600, None),
            (3601, Some("kiosk.return_after_s")),
        ] {
            assert_eq!(wrong(vec![], false, seconds), field, "{seconds}");
        }
    }

    #[test]
    fn amounts_are_kept_with_two_decimals() {
        let mut kiosk = KioskSettings {
            offers: vec![coffee(" 3,5 "), coffee("x")],
            ..KioskSettings::default()
        };
        kiosk.normalise();
        let amounts: Vec<_> = kiosk.offers.iter().map(|offer| &offer.amount).collect();
        assert_eq!(amounts, ["3.50", "x"]);
    }
}
