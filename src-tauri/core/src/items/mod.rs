//! The shop's items: what it sells, in the order of the buttons beside the pad. An item may change or go at any time,
//! because a sale keeps its lines as they were.

mod export;
mod file;
mod import;
mod options;
mod shared;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use thiserror::Error;
use ts_rs::TS;

pub use export::to_csv;
pub(crate) use file::ItemsFile;
pub(crate) use import::MAX_FILE_BYTES;
pub use import::{
    ImportDefaults, ImportLine, ImportPreview, Imported, LineNote, LineOutcome, preview,
};
pub use options::{Choose, ItemOption, OptionGroup};
pub(crate) use shared::read_each;

use crate::i18n::composed;
use crate::ids::ItemId;
use crate::money::{BasisPoints, Money};
use crate::sale::is_printable_name;

/// The most items that can be listed: more than fit on any screen.
const MAX_ITEMS: usize = 500;
/// The shortest barcode, characters: shorter ones cannot be told from typing (`ui/src/scan/evidence.ts`).
const SHORTEST_BARCODE: usize = 4;
/// The longest barcode that a counter's scanner reads, characters.
const LONGEST_BARCODE: usize = 64;
/// The greatest stock that the till warns at.
const MOST_TO_WARN_AT: u32 = 9_999;
/// The highest tax rate: 100 %.
const HIGHEST_RATE: BasisPoints = BasisPoints(10_000);

/// Something that the shop sells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Item {
    /// Its id, the same for as long as it is listed.
    pub id: ItemId,
    /// Its name, as the shop calls it.
    pub name: String,
    /// The price of one, or of a kilogram, tax included; of an open price what is proposed, or 0. The item is offered
    /// while the pad charges in its currency.
    pub price: Money,
    /// The colour of its button.
    #[serde(default)]
    pub colour: Colour,
    /// The rate of the tax contained in the price. `None`: no tax line is printed.
    #[serde(default)]
    pub tax: Option<BasisPoints>,
    /// The barcode that a scanner reads on it.
    #[serde(default)]
    pub barcode: Option<String>,
    /// The tab that it is under. The tabs are in the order of their first items.
    #[serde(default)]
    pub category: Option<String>,
    /// How its price is found.
    #[serde(default)]
    pub sold: SoldBy,
    /// What the customer chooses; only for what has a fixed price.
    #[serde(default)]
    pub options: Vec<OptionGroup>,
    /// What is charged for its bottle or box, on a line of its own.
    #[serde(default)]
    pub deposit: Option<Deposit>,
    /// It is marked as sold out. It can be sold all the same.
    #[serde(default)]
    pub sold_out: bool,
    /// Its stock is counted, and the till warns when so many or fewer are left.
    #[serde(default)]
    pub warn_at: Option<u32>,
}

/// How the price of an item is found.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::EnumString,
    IntoStaticStr,
    TS,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase", ascii_case_insensitive)]
#[ts(export)]
pub enum SoldBy {
    /// At its price.
    #[default]
    Each,
    /// At what the cashier types each time.
    Open,
    /// By its weight: the price is that of a kilogram.
    Weight,
}

/// A deposit for what an item comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Deposit {
    /// For one, tax included.
    pub price: Money,
    /// The tax contained in it.
    pub tax: DepositTax,
}

/// The tax in a deposit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[ts(export)]
pub enum DepositTax {
    /// That of the item.
    Item,
    /// One of its own.
    Own {
        /// Its rate; `None`: no tax line is printed.
        rate: Option<BasisPoints>,
    },
}

/// The colours of buttons, in the palette's order. `ui/src/theme/tokens.css` says what each looks like; none is green,
/// because green is a payment that arrived.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::EnumString,
    IntoStaticStr,
    TS,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase", ascii_case_insensitive)]
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

/// Why items were not saved or not imported.
#[derive(Debug, Error)]
pub enum ItemsError {
    /// One of them breaks a rule. Nothing was saved.
    #[error(transparent)]
    Wrong(#[from] WrongItem),
    /// The file to import cannot be read.
    #[error("the file cannot be read: {0}")]
    Unreadable(std::io::Error),
    /// The items' file cannot be written.
    #[error("the items cannot be written: {0}")]
    Unwritable(#[from] std::io::Error),
}

/// An item that breaks a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("line {place}: {problem}")]
pub struct WrongItem {
    /// Its place in the list, or its line in the file, from 1.
    pub place: u64,
    /// The rule that it breaks.
    pub problem: Problem,
}

/// What can be wrong with an item, or with a file of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, IntoStaticStr, Error, TS)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[ts(export, rename = "ItemProblem")]
#[expect(missing_docs, reason = "each says what it is")]
pub enum Problem {
    #[error("the name must be of 1 to 60 characters")]
    Name,
    #[error(
        "the price must be above zero, with two decimals at most and no mark between thousands"
    )]
    Price,
    #[error("the currency must be RUB, USD or EUR")]
    Currency,
    #[error("the tax must be a percentage from 0 to 100")]
    Tax,
    #[error("there is no such colour")]
    Colour,
    #[error("a barcode has 4 to 64 characters")]
    Barcode,
    #[error("the barcode is a number from a spreadsheet, and nothing proves which code it was")]
    BarcodeUncertain,
    #[error("the barcode is another item's")]
    BarcodeTwice,
    #[error("several items have this name, and no barcode says which is meant")]
    NameAmbiguous,
    #[error("the line has more cells than the first one names columns")]
    TooManyCells,
    #[error("a quoted cell does not end where it should")]
    Quote,
    #[error("a category has 1 to 60 characters and is no dash")]
    Category,
    #[error("an item is sold each, open or by weight")]
    Sold,
    #[error("the options are not as one of: small +0.00 | large +0.50, or would make it free")]
    Options,
    #[error("the deposit must be above zero, and its tax a percentage from 0 to 100")]
    Deposit,
    #[error("sold out is yes or no")]
    SoldOut,
    #[error("the stock to warn at must be a whole number up to 9999")]
    WarnAt,
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
    /// The problem's name for programs, for example `barcode_twice`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    fn at(self, place: u64) -> WrongItem {
        WrongItem {
            place,
            problem: self,
        }
    }
}

impl Item {
    /// A new item with nothing but a name and a price.
    pub fn new(name: &str, price: Money) -> Self {
        Self {
            id: ItemId::new(),
            name: name.to_owned(),
            price,
            colour: Colour::default(),
            tax: None,
            barcode: None,
            category: None,
            sold: SoldBy::default(),
            options: Vec::new(),
            deposit: None,
            sold_out: false,
            warn_at: None,
        }
    }

    /// The same item, if it breaks no rule: its name with single spaces, its barcode without spaces around it, both with
    /// composed letters.
    fn validate(mut self) -> Result<Self, Problem> {
        let name = composed(&self.name);
        self.name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let barcode = self.barcode.map(|code| composed(code.trim()).into_owned());
        self.barcode = barcode.filter(|code| !code.is_empty());
        if !is_printable_name(&self.name) {
            return Err(Problem::Name);
        }
        let least_minor = i64::from(self.sold != SoldBy::Open);
        if !(least_minor..=self.price.currency().maximum().minor()).contains(&self.price.minor()) {
            return Err(Problem::Price);
        }
        if self.tax > Some(HIGHEST_RATE) {
            return Err(Problem::Tax);
        }
        if !self.barcode.as_deref().is_none_or(is_barcode) {
            return Err(Problem::Barcode);
        }
        self.category = category(self.category)?;
        if !self.options.is_empty() && self.sold != SoldBy::Each {
            return Err(Problem::Options);
        }
        self.options = options::validate(self.options, self.price)?;
        if !self.deposit.is_none_or(|deposit| deposit.is_of(self.price)) {
            return Err(Problem::Deposit);
        }
        if self.warn_at > Some(MOST_TO_WARN_AT) {
            return Err(Problem::WarnAt);
        }
        Ok(self)
    }
}

/// A category with single spaces and composed letters. A dash stands for none in an items' file.
fn category(given: Option<String>) -> Result<Option<String>, Problem> {
    let Some(text) = given else { return Ok(None) };
    let words = composed(&text);
    let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.as_str() {
        "" => Ok(None),
        "-" => Err(Problem::Category),
        _ if is_printable_name(&name) => Ok(Some(name)),
        _ => Err(Problem::Category),
    }
}

impl Deposit {
    /// Whether it breaks no rule as that of an item with this price.
    fn is_of(self, price: Money) -> bool {
        let currency = price.currency();
        let taxed = match self.tax {
            DepositTax::Item => true,
            DepositTax::Own { rate } => rate <= Some(HIGHEST_RATE),
        };
        let within = (1..=currency.maximum().minor()).contains(&self.price.minor());
        self.price.currency() == currency && within && taxed
    }
}

fn is_barcode(code: &str) -> bool {
    let length = code.chars().count();
    (SHORTEST_BARCODE..=LONGEST_BARCODE).contains(&length) && !code.chars().any(char::is_control)
}

/// The same item in its normal form, if it breaks no rule by itself.
///
/// # Errors
/// The first rule that it breaks.
pub fn check(item: Item) -> Result<Item, Problem> {
    item.validate()
}

/// The same items ([`Item::validate`]) in their order.
///
/// # Errors
/// The first that breaks a rule, by itself or because one before it has the same id or barcode.
pub(crate) fn validate(items: Vec<Item>) -> Result<Vec<Item>, WrongItem> {
    if items.len() > MAX_ITEMS {
        return Err(Problem::TooMany.at(u64::try_from(MAX_ITEMS + 1).unwrap_or(u64::MAX)));
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
            // A scanned barcode must mean one item.
            if let Some(code) = &item.barcode
                && !barcodes.insert((item.price.currency(), code.clone()))
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
    use crate::money::Currency;

    pub(crate) fn item(name: &str, price_minor: i64) -> Item {
        Item::new(name, Money::from_minor(price_minor, Currency::Eur))
    }

    #[test]
    fn items_are_normalised_and_keep_their_order() {
        let coffee = Item {
            barcode: Some("  ".into()),
            ..item("  Flat \t whi\u{301}te ", 350)
        };
        let cake = Item {
            barcode: Some(" 4006381333931 ".into()),
            ..item("Cake", 420)
        };
        let kept = validate(vec![cake, coffee]).expect("sound");
        assert_eq!(kept[0].barcode.as_deref(), Some("4006381333931"));
        assert_eq!(
            (kept[1].name.as_str(), &kept[1].barcode),
            ("Flat whíte", &None)
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
            price: Money::from_minor(300, Currency::Usd),
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
}
