//! The shop's words on receipts, as a till tells them to its office, which makes receipts for phones. The journal does not
//! have them: it says what was sold and paid. A receipt is made of the words that hold when it is made, on paper as well, so
//! they are told when they change and are no part of any sale.

use serde::{Deserialize, Serialize};

use crate::calendar::Zone;
use crate::error::FieldError;
use crate::settings::{Paper, Printing, Settings, Shop, TaxRate};

/// What of the settings stands on receipts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReceiptTexts {
    /// The shop's name, address, tax number and footer.
    pub shop: Shop,
    /// The names of the taxes.
    pub tax_rates: Vec<TaxRate>,
    /// How wide pictures and PDF files are.
    pub paper: Paper,
    /// The shop's time zone, an IANA name.
    pub zone: Option<String>,
}

impl ReceiptTexts {
    /// Those of these settings.
    pub fn of(settings: &Settings) -> Self {
        // The system's may have a name that no list knows.
        let zone = settings.zone().name().to_owned();
        Self {
            shop: settings.shop.clone(),
            tax_rates: settings.tax_rates.clone(),
            paper: settings.printing.paper,
            zone: Some(zone).filter(|name| Zone::named(name).is_some()),
        }
    }

    /// Settings that have these texts and are otherwise as at first: what a receipt is laid out from.
    ///
    /// # Errors
    /// Every field that breaks the rules of the settings.
    pub fn settings(self) -> Result<Settings, Vec<FieldError>> {
        let settings = Settings {
            shop: self.shop,
            tax_rates: self.tax_rates,
            printing: Printing {
                paper: self.paper,
                ..Printing::default()
            },
            zone: self.zone,
            ..Settings::default()
        };
        settings.validate()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::BasisPoints;

    fn texts() -> ReceiptTexts {
        ReceiptTexts {
            shop: Shop {
                name: Some("Café Erna".to_owned()),
                footer: Some("Danke!".to_owned()),
                ..Shop::default()
            },
            tax_rates: vec![TaxRate {
                name: "MwSt.".to_owned(),
                rate: BasisPoints(1900),
            }],
            paper: Paper::Mm58,
            zone: Some("Europe/Berlin".to_owned()),
        }
    }

    #[test]
    fn they_come_back_from_the_settings_that_are_made_of_them() {
        let settings = texts().settings().expect("valid");
        assert_eq!(ReceiptTexts::of(&settings), texts());
    }

    #[test]
    fn what_the_settings_would_not_take_is_refused() {
        let wrong = |change: &dyn Fn(&mut ReceiptTexts)| {
            let mut texts = texts();
            change(&mut texts);
            texts.settings().is_err()
        };
        assert!(wrong(&|texts| texts.shop.name = Some("x".repeat(401))));
        assert!(wrong(&|texts| texts.zone = Some("Nowhere/Else".to_owned())));
        assert!(wrong(
            &|texts| texts.tax_rates = vec![texts.tax_rates[0].clone(); 13]
        ));
        assert!(!wrong(&|texts| texts.zone = None));
    }
}
