//! What the shop takes besides crypto, and how it rounds cash.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cash::CashRounding;
use crate::error::FieldErrors;
use crate::money::Currency;
use crate::sale::{OwnTender, RefundWay, TenderWay};

/// Most tenders of the shop's own.
pub(super) const MAX_OWN: usize = 4;
const MAX_NAME_CHARS: usize = 24;
const MAX_ID_BYTES: usize = 24;

/// Something that customers may pay by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "way", rename_all = "snake_case")]
#[ts(export)]
pub enum TenderChoice {
    /// Crypto, by the gateway.
    Crypto,
    /// Cash.
    Cash,
    /// A card, on another device.
    Card,
    /// One of the shop's own.
    Own(OwnTender),
}

/// What is switched on, in the order of the buttons.
pub(super) fn default() -> Vec<TenderChoice> {
    vec![TenderChoice::Crypto]
}

pub(super) fn normalise(tenders: &mut [TenderChoice]) {
    for tender in tenders {
        if let TenderChoice::Own(own) = tender {
            own.id = own.id.trim().to_owned();
            own.name = own.name.trim().to_owned();
        }
    }
}

pub(super) fn validate(tenders: &[TenderChoice], errors: &mut FieldErrors) {
    let field = "tenders";
    errors.require(
        !tenders.is_empty(),
        field,
        "at least one must be switched on",
    );
    let own = || {
        tenders.iter().filter_map(|tender| match tender {
            TenderChoice::Own(own) => Some(own),
            _ => None,
        })
    };
    errors.require(
        own().count() <= MAX_OWN,
        field,
        "must be 4 of your own at most",
    );
    let is_valid = |own: &OwnTender| {
        let id = 1..=MAX_ID_BYTES;
        let name = 1..=MAX_NAME_CHARS;
        id.contains(&own.id.len())
            && own
                .id
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && name.contains(&own.name.chars().count())
            && !own.name.chars().any(char::is_control)
    };
    errors.require(
        own().all(is_valid),
        field,
        "each of your own must have a name of 1 to 24 characters",
    );
    let same = |one: &TenderChoice, other: &TenderChoice| match (one, other) {
        (TenderChoice::Own(one), TenderChoice::Own(other)) => {
            one.id == other.id || one.name == other.name
        }
        _ => one == other,
    };
    let is_first = |(index, tender): (usize, &TenderChoice)| {
        !tenders.iter().take(index).any(|other| same(other, tender))
    };
    errors.require(
        tenders.iter().enumerate().all(is_first),
        field,
        "each must stand there once",
    );
}

impl super::Settings {
    /// Whether crypto is switched on.
    pub fn takes_crypto(&self) -> bool {
        self.tenders.contains(&TenderChoice::Crypto)
    }

    /// The tender, if it is switched on: its name, when it is one of the shop's own.
    pub(crate) fn takes(&self, way: TenderWay, own: Option<&str>) -> Option<Option<OwnTender>> {
        self.tenders.iter().find_map(|tender| match (tender, way) {
            (TenderChoice::Cash, TenderWay::Cash) | (TenderChoice::Card, TenderWay::Card) => {
                own.is_none().then_some(None)
            }
            (TenderChoice::Own(known), TenderWay::Own) => {
                (own == Some(known.id.as_str())).then(|| Some(known.clone()))
            }
            _ => None,
        })
    }

    /// Whether money may go back this way, and the name of the shop's own tender. Where crypto alone is switched on, it
    /// goes back in cash or by hand, as it always did.
    pub(crate) fn gives_back(
        &self,
        way: RefundWay,
        own: Option<&str>,
    ) -> Option<Option<OwnTender>> {
        match way {
            RefundWay::ByHand => own.is_none().then_some(None),
            RefundWay::Cash if self.tenders == default() => own.is_none().then_some(None),
            RefundWay::Cash => self.takes(TenderWay::Cash, own),
            RefundWay::Card => self.takes(TenderWay::Card, own),
            RefundWay::Own => self.takes(TenderWay::Own, own),
        }
    }

    /// The name of one of the shop's own tenders, for its word in sums; of any other word, or of one that is switched
    /// off, the word itself.
    pub fn tender_name<'a>(&'a self, word: &'a str) -> &'a str {
        let id = word.strip_prefix("own:");
        let named = self.tenders.iter().find_map(|tender| match tender {
            TenderChoice::Own(own) => (id == Some(own.id.as_str())).then_some(own.name.as_str()),
            _ => None,
        });
        named.or(id).unwrap_or(word)
    }

    /// How cash is rounded in a currency.
    pub fn rounding(&self, currency: Currency) -> CashRounding {
        self.cash_rounding
            .get(&currency)
            .copied()
            .unwrap_or_default()
    }
}

/// Fills in the currencies that are missing.
pub(super) fn normalise_rounding(rounding: &mut BTreeMap<Currency, CashRounding>) {
    for currency in Currency::ALL {
        rounding.entry(currency).or_default();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::settings::{Settings, SettingsDraft};

    fn read(value: serde_json::Value) -> Result<Settings, Vec<&'static str>> {
        let draft: SettingsDraft = serde_json::from_value(value).expect("an object");
        draft
            .validate()
            .map_err(|errors| errors.iter().map(|error| error.field).collect())
    }

    #[test]
    fn crypto_alone_is_switched_on_at_first() {
        let settings = Settings::default().validate().expect("valid");
        assert_eq!(settings.tenders, [TenderChoice::Crypto]);
        assert!(settings.takes_crypto());
        assert_eq!(settings.takes(TenderWay::Cash, None), None);
        assert_eq!(settings.gives_back(RefundWay::Cash, None), Some(None));
        assert_eq!(settings.gives_back(RefundWay::Card, None), None);
        assert_eq!(settings.rounding(Currency::Eur), CashRounding::None);
    }

    #[test]
    fn tenders_are_read_and_checked() {
        let own = |id: &str, name: &str| json!({ "way": "own", "id": id, "name": name });
        let four = ["a", "b", "c", "d"].map(|id| own(id, id));
        for (tenders, valid) in [
            (json!([{ "way": "cash" }]), true),
            (
                json!([{ "way": "crypto" }, { "way": "card" }, own("voucher", " Gutschein ")]),
                true,
            ),
            (json!(four), true),
            (json!([]), false),
            (json!([{ "way": "cash" }, { "way": "cash" }]), false),
            (json!([own("a", "x"), own("a", "y")]), false),
            (json!([own("a", "x"), own("b", "x")]), false),
            (json!([own("", "x")]), false),
            (json!([own("A:b", "x")]), false),
            (json!([own("a", "")]), false),
            (json!([own("a", "x\u{7}")]), false),
            (json!([own("a", &"x".repeat(25))]), false),
            (
                json!([four[0], four[1], four[2], four[3], own("e", "e")]),
                false,
            ),
            (json!(["cash"]), false),
            (json!([{ "way": "barter" }]), false),
        ] {
            let read = read(json!({ "tenders": tenders }));
            assert_eq!(read.is_ok(), valid, "{tenders}");
            let wrong = read.err().unwrap_or_default();
            assert!(wrong.iter().all(|field| *field == "tenders"));
        }
        let settings = read(json!({
            "tenders": [{ "way": "cash" }, own("voucher", " Gutschein ")],
            "cash_rounding": { "EUR": "five" },
        }));
        let settings = settings.expect("valid");
        let voucher = settings.takes(TenderWay::Own, Some("voucher"));
        assert_eq!(
            voucher.flatten().map(|own| own.name),
            Some("Gutschein".to_owned())
        );
        assert_eq!(settings.takes(TenderWay::Own, None), None);
        assert_eq!(settings.takes(TenderWay::Cash, Some("voucher")), None);
        assert_eq!(settings.rounding(Currency::Eur), CashRounding::Five);
        assert_eq!(settings.rounding(Currency::Rub), CashRounding::None);
        assert_eq!(
            read(json!({ "cash_rounding": { "EUR": "seven" } })).err(),
            Some(vec!["cash_rounding.EUR"])
        );
    }
}
