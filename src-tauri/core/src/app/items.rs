//! The items with a fixed price: listed, replaced, imported.

use std::io::Read as _;
use std::path::Path;

use parking_lot::Mutex;

use super::{Till, TillError};
use crate::items::{self, ImportDefaults, Imported, Item, ItemsError, ItemsFile, MAX_FILE_BYTES};

/// The items and their file, which never differ.
#[derive(Debug)]
pub(super) struct ItemStore {
    current: Mutex<Vec<Item>>,
    file: ItemsFile,
}

impl ItemStore {
    pub(super) fn open(file: ItemsFile) -> Self {
        Self {
            current: Mutex::new(file.read()),
            file,
        }
    }
}

impl Till {
    /// The shop's items, in its order.
    pub fn items(&self) -> Vec<Item> {
        self.inner.items.current.lock().clone()
    }

    /// Replaces the items. Returns them in their normal form; they are on the disk then.
    ///
    /// # Errors
    /// [`TillError::Items`]; the old items stay then.
    pub fn save_items(&self, items: Vec<Item>) -> Result<Vec<Item>, TillError> {
        let store = &self.inner.items;
        let mut current = store.current.lock();
        let items = items::validate(items).map_err(ItemsError::from)?;
        store.file.write(&items)?;
        current.clone_from(&items);
        Ok(items)
    }

    /// Adds the items of a CSV file to the shop's: all of them or none.
    ///
    /// # Errors
    /// [`TillError::Items`]; the old items stay then.
    pub fn import_items(&self, path: &Path) -> Result<Imported, TillError> {
        let mut csv = Vec::new();
        std::fs::File::open(path)
            .and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut csv))
            .map_err(ItemsError::Unreadable)?;
        let settings = self.settings();
        let defaults = ImportDefaults {
            currency: settings.currency,
            tax: settings.default_tax,
        };
        let store = &self.inner.items;
        let mut current = store.current.lock();
        let imported = items::import(current.clone(), &csv, defaults).map_err(ItemsError::from)?;
        store.file.write(&imported.items)?;
        current.clone_from(&imported.items);
        Ok(imported)
    }
}
