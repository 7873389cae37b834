//! What the shop sells at a fixed price: the buttons beside the pad's keys, in the shop's order. A sale keeps
//! its lines as they were; an item may change or go at any time.

mod file;
mod import;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

pub(crate) use file::ItemsFile;
pub use import::Imported;
pub(crate) use import::{ImportDefaults, MOST_BYTES, import};

use crate::ids::ItemId;
use crate::money::{BasisPoints, Currency};
use crate::sale::is_printable_name;

/// More than fit on any screen: who has more sells by another till.
const MOST_ITEMS: usize = 500;
/// Shorter ones cannot be told from fingers (`ui/src/scanner.ts`).
const SHORTEST_BARCODE: usize = 4;
/// The longest that a counter's scanner reads.
const LONGEST_BARCODE: usize = 64;
/// A rate of a hundred percent.
const HIGHEST_RATE: BasisPoints = BasisPoints(10_000);

/// Something with a price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct Item {
    /// Its id, for as long as it is listed.
    pub id: ItemId,
    /// What, in the shop's words.
    pub name: String,
    /// The price of one, tax included, minor units.
    #[ts(type = "number")]
    pub price_minor: i64,
    /// Of this currency: it is offered while the pad charges in it.
    pub currency: Currency,
    /// Of its button.
    #[serde(default)]
    pub colour: Colour,
    /// The tax contained in the price; none: none is shown.
    #[serde(default)]
    pub tax: Option<BasisPoints>,
    /// What a scanner reads on it.
    #[serde(default)]
    pub barcode: Option<String>,
}

/// The colours of buttons. What each looks like stands in `ui/src/theme/tokens.css`; none is green, which
/// is money that has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
#[expect(missing_docs, reason = "a colour is what its name says")]
pub enum Colour {
    #[default]
    Sand,
    Rose,
    Coral,
    Amber,
    Lemon,
    Sky,
    Lilac,
    Stone,
}

impl Colour {
    /// All of them, in the palette's order.
    pub const ALL: [Self; 8] = [
        Self::Sand,
        Self::Rose,
        Self::Coral,
        Self::Amber,
        Self::Lemon,
        Self::Sky,
        Self::Lilac,
        Self::Stone,
    ];

    fn as_str(self) -> &'static str {
        match self {
            Self::Sand => "sand",
            Self::Rose => "rose",
            Self::Coral => "coral",
            Self::Amber => "amber",
            Self::Lemon => "lemon",
            Self::Sky => "sky",
            Self::Lilac => "lilac",
            Self::Stone => "stone",
        }
    }
}

/// Why items were not kept or not read.
#[derive(Debug, thiserror::Error)]
pub enum ItemsError {
    /// One is not sound. Nothing was kept then.
    #[error(transparent)]
    Wrong(#[from] WrongItem),
    /// The file to import.
    #[error("the file cannot be read: {0}")]
    Unreadable(std::io::Error),
    /// The disk.
    #[error("the items cannot be written: {0}")]
    Unwritable(#[from] std::io::Error),
}

/// An item that is not sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {place}: {problem}")]
pub struct WrongItem {
    /// Its place in the list, or its line in the file, from 1.
    pub place: u64,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with an item, or with a file of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each says what it is")]
pub enum Problem {
    #[error("the name must be of 1 to 60 characters")]
    Name,
    #[error("the price must be above zero, with two decimals at most")]
    Price,
    #[error("the currency must be RUB, USD or EUR")]
    Currency,
    #[error("the tax must be a percentage from 0 to 100")]
    Tax,
    #[error("there is no such colour")]
    Colour,
    #[error("a barcode has 4 to 64 characters")]
    Barcode,
    #[error("the barcode is another item's")]
    BarcodeTwice,
    #[error("the id is another item's")]
    IdTwice,
    #[error("there are more than 500 items")]
    TooMany,
    #[error("the first line must name the columns: name and price at least")]
    Columns,
    #[error("the file is not text in UTF-8")]
    NotText,
    #[error("the file is larger than a list of items can be")]
    TooLarge,
    #[error("there is no item in the file")]
    Empty,
}

impl Problem {
    /// The word that the screen has words for.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Price => "price",
            Self::Currency => "currency",
            Self::Tax => "tax",
            Self::Colour => "colour",
            Self::Barcode => "barcode",
            Self::BarcodeTwice => "barcode_twice",
            Self::IdTwice => "id_twice",
            Self::TooMany => "too_many",
            Self::Columns => "columns",
            Self::NotText => "not_text",
            Self::TooLarge => "too_large",
            Self::Empty => "empty",
        }
    }

    fn at(self, place: u64) -> WrongItem {
        WrongItem {
            place,
            problem: self,
        }
    }
}

impl Item {
    /// The same, tidied.
    ///
    /// # Errors
    /// What is wrong with it by itself.
    fn validate(mut self) -> Result<Self, Problem> {
        self.name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.barcode = self
            .barcode
            .map(|code| code.trim().to_owned())
            .filter(|code| !code.is_empty());
        if !is_printable_name(&self.name) {
            return Err(Problem::Name);
        }
        if self.price_minor < 1 || self.price_minor > self.currency.maximum().minor() {
            return Err(Problem::Price);
        }
        if self.tax > Some(HIGHEST_RATE) {
            return Err(Problem::Tax);
        }
        if !self.barcode.as_deref().is_none_or(is_barcode) {
            return Err(Problem::Barcode);
        }
        Ok(self)
    }
}

fn is_barcode(code: &str) -> bool {
    let length = code.chars().count();
    (SHORTEST_BARCODE..=LONGEST_BARCODE).contains(&length) && !code.chars().any(char::is_control)
}

/// The items of a list, tidied, in its order.
///
/// # Errors
/// The first that is not sound, by itself or beside those before it.
pub(crate) fn validate(items: Vec<Item>) -> Result<Vec<Item>, WrongItem> {
    if items.len() > MOST_ITEMS {
        return Err(Problem::TooMany.at(u64::try_from(MOST_ITEMS + 1).unwrap_or(u64::MAX)));
    }
    let mut ids = HashSet::new();
    let mut barcodes = HashSet::new();
    (1_u64..)
        .zip(items)
        .map(|(place, item)| {
            let item = item.validate().map_err(|problem| problem.at(place))?;
            if !ids.insert(item.id) {
                return Err(Problem::IdTwice.at(place));
            }
            // A scanner must find one item, not the first of two.
            if let Some(code) = &item.barcode
                && !barcodes.insert((item.currency, code.clone()))
            {
                return Err(Problem::BarcodeTwice.at(place));
            }
            Ok(item)
        })
        .collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn item(name: &str, price_minor: i64) -> Item {
        Item {
            id: ItemId::new(),
            name: name.to_owned(),
            price_minor,
            currency: Currency::Eur,
            colour: Colour::default(),
            tax: None,
            barcode: None,
        }
    }

    #[test]
    fn items_are_tidied_and_keep_their_order() {
        let coffee = Item {
            barcode: Some("  ".into()),
            ..item("  Flat \t white ", 350)
        };
        let cake = Item {
            barcode: Some(" 4006381333931 ".into()),
            ..item("Cake", 420)
        };
        let kept = validate(vec![cake, coffee]).expect("sound");
        assert_eq!(kept[0].barcode.as_deref(), Some("4006381333931"));
        assert_eq!(
            (kept[1].name.as_str(), &kept[1].barcode),
            ("Flat white", &None)
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let coded = |code: &str| Item {
            barcode: Some(code.into()),
            ..item("Tea", 300)
        };
        let one = item("Tea", 300);
        let taxed = Item {
            tax: Some(BasisPoints(10_001)),
            ..item("Tea", 300)
        };
        let dollars = Item {
            currency: Currency::Usd,
            ..coded("12345")
        };
        for (list, wrong) in [
            (vec![item(" ", 300)], Some((1, Problem::Name))),
            (vec![item(&"x".repeat(61), 300)], Some((1, Problem::Name))),
            (
                vec![item("Tea", 300), item("Cake", 0)],
                Some((2, Problem::Price)),
            ),
            (vec![item("Tea", 1_000_000_001)], Some((1, Problem::Price))),
            (vec![taxed], Some((1, Problem::Tax))),
            (vec![coded("123")], Some((1, Problem::Barcode))),
            (vec![coded(&"1".repeat(65))], Some((1, Problem::Barcode))),
            (
                vec![coded("12345"), coded("12345")],
                Some((2, Problem::BarcodeTwice)),
            ),
            (vec![coded("12345"), dollars], None),
            (vec![one.clone(), one], Some((2, Problem::IdTwice))),
            (
                (0..501).map(|_| item("Tea", 300)).collect(),
                Some((501, Problem::TooMany)),
            ),
        ] {
            let found = validate(list).err();
            assert_eq!(found.map(|wrong| (wrong.place, wrong.problem)), wrong);
        }
    }

    #[test]
    fn every_colour_has_its_word() {
        for colour in Colour::ALL {
            let word = serde_json::to_value(colour).expect("JSON");
            assert_eq!(word, colour.as_str());
        }
    }
}
