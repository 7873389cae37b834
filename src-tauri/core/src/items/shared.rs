//! Items that somebody else has listed, read one by one: an item that breaks a rule costs itself, and the listed one of its
//! id stays in its place.

use std::collections::HashSet;

use serde_json::Value;

use super::{Item, MAX_ITEMS, Problem};
use crate::ids::ItemId;

/// How many rows are looked at.
const MAX_ROWS: usize = 2 * MAX_ITEMS;
const UNREADABLE: &str = "is not readable";

/// What was read.
#[derive(Debug)]
pub(crate) struct ReadItems {
    /// The items, in the order of their rows.
    pub(crate) items: Vec<Item>,
    /// The names of those that were refused, or their places, and why.
    pub(crate) refused: Vec<(String, String)>,
}

/// Reads the rows of a list for a till that has these items.
pub(crate) fn read_each(rows: &[Value], own: &[Item]) -> ReadItems {
    let mut refused = Vec::new();
    let mut seen = Seen::default();
    let mut slots: Vec<Slot> = Vec::new();
    for (place, row) in (1_u32..).zip(rows.iter().take(MAX_ROWS)) {
        let name = row.get("name").and_then(Value::as_str);
        let told = name.map_or_else(|| place.to_string(), |name| name.chars().take(60).collect());
        match read(row).and_then(|item| seen.add(item).map_err(|it| it.to_string())) {
            Ok(item) => slots.push(Slot::Item(Box::new(item))),
            Err(problem) => {
                refused.push((told, problem));
                let id = row.get("id").and_then(parsed::<ItemId>);
                slots.extend(id.map(Slot::Own));
            }
        }
    }
    if rows.len() > MAX_ROWS {
        refused.push((MAX_ROWS.to_string(), Problem::TooMany.to_string()));
    }
    // After all others: what the till has must not take a barcode from what is shared.
    let known = |id: ItemId| own.iter().find(|item| item.id == id).cloned();
    let items = slots.into_iter().filter_map(|slot| match slot {
        Slot::Item(item) => Some(*item),
        Slot::Own(id) => known(id).and_then(|item| seen.add(item).ok()),
    });
    ReadItems {
        items: items.collect(),
        refused,
    }
}

enum Slot {
    Item(Box<Item>),
    /// The till's own item of this id, if there is one.
    Own(ItemId),
}

fn read(row: &Value) -> Result<Item, String> {
    let item: Item = parsed(row).ok_or_else(|| UNREADABLE.to_owned())?;
    item.validate().map_err(|problem| problem.to_string())
}

fn parsed<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

/// The ids and codes that are taken.
#[derive(Default)]
struct Seen {
    ids: HashSet<ItemId>,
    codes: HashSet<(crate::money::Currency, String)>,
}

impl Seen {
    fn add(&mut self, item: Item) -> Result<Item, Problem> {
        let code = item
            .barcode
            .clone()
            .map(|code| (item.price.currency(), code));
        if self.ids.len() >= MAX_ITEMS {
            return Err(Problem::TooMany);
        }
        if self.ids.contains(&item.id) {
            return Err(Problem::IdTwice);
        }
        if code.as_ref().is_some_and(|code| self.codes.contains(code)) {
            return Err(Problem::BarcodeTwice);
        }
        self.ids.insert(item.id);
        self.codes.extend(code);
        Ok(item)
    }
}
