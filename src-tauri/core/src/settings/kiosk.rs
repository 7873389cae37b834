//! What the shop sets about a till in kiosk mode, where customers may serve themselves.

use serde::{Deserialize, Serialize};

use super::staff::is_name;
use crate::gateway::FieldError;
use crate::money::{Currency, Money};

/// What fits one screen.
const MOST_OFFERS: usize = 12;
/// Seconds without a touch: shorter would take the screen from a slow hand.
const SHORTEST_REST_S: u16 = 10;
const LONGEST_REST_S: u16 = 3600;

/// A till that strangers stand at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct KioskSettings {
    /// Full screen and locked from the start, as with `--kiosk`.
    pub at_start: bool,
    /// Started when the user of this machine logs in.
    pub autostart: bool,
    /// After so many seconds without a touch the pad comes back, in kiosk mode: 10 to 3600.
    pub return_after_s: u16,
    /// Customers serve themselves: fixed amounts only, books and settings behind the PIN.
    pub self_service: bool,
    /// What they can pay then.
    pub offers: Vec<FixedOffer>,
}

/// A fixed amount of a self-service till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct FixedOffer {
    /// What it is for.
    pub name: String,
    /// Decimal text.
    pub amount: String,
    /// Of this currency.
    pub currency: Currency,
}

impl Default for KioskSettings {
    fn default() -> Self {
        Self {
            at_start: false,
            autostart: false,
            return_after_s: 60,
            self_service: false,
            offers: Vec::new(),
        }
    }
}

impl KioskSettings {
    /// Whether a self-service till may charge this.
    pub fn offers(&self, amount: &str, currency: &str) -> bool {
        let asked = |currency: Currency| Money::parse_charge(amount, currency).ok();
        self.offers.iter().any(|offer| {
            offer.currency.to_string() == currency
                && asked(offer.currency).is_some_and(|asked| Some(asked) == offer.money())
        })
    }

    pub(crate) fn trim(&mut self) {
        for offer in &mut self.offers {
            offer.name = offer.name.trim().to_owned();
        }
    }

    pub(crate) fn problem(&self) -> Option<FieldError> {
        let wrong = |field, problem| Some(FieldError { field, problem });
        if !(SHORTEST_REST_S..=LONGEST_REST_S).contains(&self.return_after_s) {
            return wrong("kiosk.return_after_s", "must be from 10 to 3600");
        }
        if self.offers.len() > MOST_OFFERS {
            return wrong("kiosk.offers", "must be 12 at most");
        }
        if self.self_service && self.offers.is_empty() {
            return wrong("kiosk.offers", "must hold an amount");
        }
        let sound = |offer: &FixedOffer| offer.money().is_some() && is_name(&offer.name);
        if !self.offers.iter().all(sound) {
            return wrong(
                "kiosk.offers",
                "each must have a name and an amount that can be charged",
            );
        }
        None
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
        assert_eq!(kiosk.problem(), None);
        for (amount, currency, offered) in [
            ("3.50", "EUR", true),
            ("3.5", "EUR", true),
            ("3.49", "EUR", false),
            ("350", "EUR", false),
            ("3.50", "USD", false),
            ("", "EUR", false),
        ] {
            assert_eq!(
                kiosk.offers(amount, currency),
                offered,
                "{amount} {currency}"
            );
        }
    }

    #[test]
    fn what_cannot_be_charged_cannot_be_offered() {
        for (offers, self_service, rest) in [
            (vec![coffee("0.10")], true, 60),
            (vec![coffee("x")], false, 60),
            (vec![], true, 60),
            (vec![coffee("3.50"); 13], true, 60),
            (vec![coffee("3.50")], true, 9),
            (vec![coffee("3.50")], true, 3601),
        ] {
            let kiosk = KioskSettings {
                self_service,
                offers,
                return_after_s: rest,
                ..KioskSettings::default()
            };
            assert!(kiosk.problem().is_some(), "{kiosk:?}");
        }
        assert_eq!(KioskSettings::default().problem(), None);
    }
}
