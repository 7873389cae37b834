//! The shop's items: listed, replaced, imported.

use std::io::Read as _;
use std::path::Path;

use super::{Till, lock};
use crate::error::TillError;
use crate::items::{self, ImportDefaults, Imported, Item, ItemsError, MOST_BYTES};

impl Till {
    /// The shop's items, in its order.
    pub fn items(&self) -> Vec<Item> {
        lock(&self.inner.items).clone()
    }

    /// Replaces the items, tidied. On the disk before they count.
    ///
    /// # Errors
    /// [`TillError::Items`]; the old ones stay then.
    pub fn save_items(&self, items: Vec<Item>) -> Result<Vec<Item>, TillError> {
        let mut kept = lock(&self.inner.items);
        let items = items::validate(items).map_err(ItemsError::from)?;
        self.inner.items_file.write(&items)?;
        kept.clone_from(&items);
        Ok(items)
    }

    /// Takes a CSV file's items among the shop's: all of them or none.
    ///
    /// # Errors
    /// [`TillError::Items`]; the items stay as they were then.
    pub fn import_items(&self, path: &Path) -> Result<Imported, TillError> {
        let mut file = Vec::new();
        std::fs::File::open(path)
            .and_then(|opened| opened.take(MOST_BYTES + 1).read_to_end(&mut file))
            .map_err(ItemsError::Unreadable)?;
        let settings = self.settings();
        let defaults = ImportDefaults {
            currency: settings.currency,
            tax: settings.default_tax,
        };
        let mut kept = lock(&self.inner.items);
        let imported = items::import(kept.clone(), &file, defaults).map_err(ItemsError::from)?;
        self.inner.items_file.write(&imported.items)?;
        kept.clone_from(&imported.items);
        Ok(imported)
    }
}
