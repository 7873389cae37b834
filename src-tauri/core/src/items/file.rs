//! The items' file: small JSON, replaced whole.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{
    Choose, Colour, Deposit, DepositTax, Item, ItemOption, ItemsError, OptionGroup, SoldBy,
    validate,
};
use crate::files;
use crate::ids::ItemId;
use crate::money::{BasisPoints, Currency, Money};

/// The version of the file's layout. A file of a later version is set aside, not overwritten.
const SCHEMA: u32 = 2;
/// The layout before categories, options and the like. Items without any are still written in it, so that a program
/// that knows no other can read them.
const PLAIN_SCHEMA: u32 = 1;

#[derive(Serialize, Deserialize)]
struct StoredItems {
    schema: u32,
    items: Vec<StoredItem>,
}

/// An item as the file has it: amounts in minor units, all of one currency.
#[derive(Serialize, Deserialize)]
struct StoredItem {
    id: ItemId,
    name: String,
    price_minor: i64,
    currency: Currency,
    #[serde(default)]
    colour: Colour,
    #[serde(default)]
    tax: Option<BasisPoints>,
    #[serde(default)]
    barcode: Option<String>,
    #[serde(flatten)]
    more: More,
}

/// What layout 2 brought.
#[serde_with::skip_serializing_none]
#[derive(Default, PartialEq, Serialize, Deserialize)]
struct More {
    category: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    sold: SoldBy,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    options: Vec<StoredGroup>,
    deposit: Option<StoredDeposit>,
    #[serde(default, skip_serializing_if = "is_default")]
    sold_out: bool,
    warn_at: Option<u32>,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct StoredGroup {
    name: String,
    choose: Choose,
    options: Vec<StoredOption>,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct StoredOption {
    name: String,
    difference_minor: i64,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct StoredDeposit {
    price_minor: i64,
    tax: DepositTax,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl From<&Item> for StoredItem {
    fn from(item: &Item) -> Self {
        let option = |option: &ItemOption| StoredOption {
            name: option.name.clone(),
            difference_minor: option.difference.minor(),
        };
        let group = |group: &OptionGroup| StoredGroup {
            name: group.name.clone(),
            choose: group.choose,
            options: group.options.iter().map(option).collect(),
        };
        Self {
            id: item.id,
            name: item.name.clone(),
            price_minor: item.price.minor(),
            currency: item.price.currency(),
            colour: item.colour,
            tax: item.tax,
            barcode: item.barcode.clone(),
            more: More {
                category: item.category.clone(),
                sold: item.sold,
                options: item.options.iter().map(group).collect(),
                deposit: item.deposit.map(|deposit| StoredDeposit {
                    price_minor: deposit.price.minor(),
                    tax: deposit.tax,
                }),
                sold_out: item.sold_out,
                warn_at: item.warn_at,
            },
        }
    }
}

impl From<StoredItem> for Item {
    fn from(stored: StoredItem) -> Self {
        let money = |minor| Money::from_minor(minor, stored.currency);
        let option = |option: StoredOption| ItemOption {
            name: option.name,
            difference: money(option.difference_minor),
        };
        let group = |group: StoredGroup| OptionGroup {
            name: group.name,
            choose: group.choose,
            options: group.options.into_iter().map(option).collect(),
        };
        let more = stored.more;
        Self {
            id: stored.id,
            name: stored.name,
            price: money(stored.price_minor),
            colour: stored.colour,
            tax: stored.tax,
            barcode: stored.barcode,
            category: more.category,
            sold: more.sold,
            options: more.options.into_iter().map(group).collect(),
            deposit: more.deposit.map(|deposit| Deposit {
                price: money(deposit.price_minor),
                tax: deposit.tax,
            }),
            sold_out: more.sold_out,
            warn_at: more.warn_at,
        }
    }
}

#[derive(Debug)]
pub(crate) struct ItemsFile {
    path: PathBuf,
}

impl ItemsFile {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self {
            path: folder.join("items.json"),
        }
    }

    /// The stored items. A file that cannot be read must not keep the shop from selling: it is set aside under another
    /// name, and the shop types its amounts.
    pub(crate) fn read(&self) -> Vec<Item> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) => {
                if error.kind() != std::io::ErrorKind::NotFound {
                    tracing::warn!(%error, "the items cannot be read");
                }
                return Vec::new();
            }
        };
        parse(&text).unwrap_or_else(|error| {
            tracing::warn!(%error, "the items are not valid; set aside");
            std::fs::rename(&self.path, self.path.with_extension("json.unreadable")).ok();
            Vec::new()
        })
    }

    pub(crate) fn write(&self, items: &[Item]) -> Result<(), ItemsError> {
        let items: Vec<StoredItem> = items.iter().map(StoredItem::from).collect();
        let plain = items.iter().all(|item| item.more == More::default());
        let schema = if plain { PLAIN_SCHEMA } else { SCHEMA };
        let stored = StoredItems { schema, items };
        let text = serde_json::to_string_pretty(&stored).map_err(std::io::Error::from)?;
        files::replace(&self.path, text.as_bytes())?;
        Ok(())
    }
}

fn parse(text: &str) -> Result<Vec<Item>, String> {
    let stored: StoredItems = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if !(PLAIN_SCHEMA..=SCHEMA).contains(&stored.schema) {
        return Err(format!("its schema is {}", stored.schema));
    }
    let items = stored.items.into_iter().map(Item::from).collect();
    validate(items).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::tests::item;
    use super::*;

    #[test]
    fn what_is_written_is_read_back_in_its_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = ItemsFile::in_folder(folder.path());
        assert_eq!(file.read(), Vec::new());
        let items = vec![item("Tea", 300), item("Cake", 420)];
        file.write(&items).expect("written");
        assert_eq!(file.read(), items);
    }

    #[test]
    fn items_without_anything_new_keep_the_bytes_of_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = ItemsFile::in_folder(folder.path());
        let path = folder.path().join("items.json");
        let tea = item("Tea", 300);
        file.write(std::slice::from_ref(&tea)).expect("written");
        let plain = format!(
            "{{\n  \"schema\": 1,\n  \"items\": [\n    {{\n      \"id\": {},\n      \"name\": \"Tea\",\n      \
             \"price_minor\": 300,\n      \"currency\": \"EUR\",\n      \"colour\": \"sand\",\n      \"tax\": null,\n      \
             \"barcode\": null\n    }}\n  ]\n}}",
            serde_json::to_string(&tea.id).expect("text")
        );
        assert_eq!(std::fs::read_to_string(&path).expect("text"), plain);
        let drinks = Item {
            category: Some("Drinks".into()),
            ..tea
        };
        file.write(std::slice::from_ref(&drinks)).expect("written");
        let text = std::fs::read_to_string(&path).expect("text");
        assert!(text.contains("\"schema\": 2"), "{text}");
        assert_eq!(file.read(), vec![drinks]);
    }

    #[test]
    fn a_file_that_is_broken_or_of_another_version_is_set_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = ItemsFile::in_folder(folder.path());
        for text in ["{\"schema\":1,", "{\"schema\":3,\"items\":[]}"] {
            std::fs::write(folder.path().join("items.json"), text).expect("written");
            assert_eq!(file.read(), Vec::new());
            let kept = folder.path().join("items.json.unreadable");
            assert_eq!(std::fs::read_to_string(kept).expect("kept"), text);
        }
    }
}
