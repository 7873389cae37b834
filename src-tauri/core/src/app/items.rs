//! The shop's items: listed, replaced, imported from a file and exported into one; their stock.

use std::io::Read as _;
use std::path::Path;

use parking_lot::Mutex;
use serde::Serialize;

use super::{Till, TillError, run_blocking};
use crate::files::OutputPath;
use crate::ids::ItemId;
use crate::items::{
    self, ImportDefaults, ImportPreview, Imported, Item, ItemsError, ItemsFile, MAX_FILE_BYTES,
};
use crate::journal::JournalFile;
use crate::sale::Event;
use crate::shared_settings::Section;

/// What is left of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct Stock {
    /// The item.
    pub item: ItemId,
    /// How many; below zero when more were sold than were counted.
    pub left: i64,
}

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

    pub(super) fn list(&self) -> Vec<Item> {
        self.current.lock().clone()
    }

    /// Reads the file anew: another program of this till has written it.
    pub(super) fn reload(&self) {
        let mut current = self.current.lock();
        *current = self.file.read();
    }

    /// Replaces all items. Returns them in their normal form; they are on the disk then.
    pub(super) fn replace(&self, items: Vec<Item>) -> Result<Vec<Item>, ItemsError> {
        let mut current = self.current.lock();
        let items = items::validate(items)?;
        self.file.write(&items)?;
        current.clone_from(&items);
        Ok(items)
    }
}

impl Till {
    /// The shop's items, in its order.
    pub fn items(&self) -> Vec<Item> {
        self.inner.items.list()
    }

    /// Replaces the items. Returns them in their normal form; they are on the disk then.
    ///
    /// # Errors
    /// [`TillError::Items`], [`TillError::SettingsShared`]; the old items stay then.
    pub fn save_items(&self, items: Vec<Item>) -> Result<Vec<Item>, TillError> {
        self.require_own(Section::Items)?;
        Ok(self.inner.items.replace(items)?)
    }

    /// What the items of a CSV file would make of the shop's, line by line. Nothing is written: to import them, the
    /// preview's items are saved ([`Till::save_items`]).
    ///
    /// # Errors
    /// [`TillError::Items`] when the file cannot be read, or is no table of items.
    pub fn preview_import(&self, path: &Path) -> Result<ImportPreview, TillError> {
        let csv = read_file(path)?;
        let listed = self.inner.items.current.lock();
        Ok(items::preview(&listed, &csv, self.import_defaults()).map_err(ItemsError::from)?)
    }

    /// Adds the items of a CSV file to the shop's without a preview: all of its lines, or none when one is refused.
    ///
    /// # Errors
    /// [`TillError::Items`], [`TillError::SettingsShared`]; the old items stay then.
    pub fn import_items(&self, path: &Path) -> Result<Imported, TillError> {
        self.require_own(Section::Items)?;
        let csv = read_file(path)?;
        let store = &self.inner.items;
        let mut current = store.current.lock();
        let imported = items::preview(&current, &csv, self.import_defaults())
            .and_then(ImportPreview::whole)
            .map_err(ItemsError::from)?;
        store.file.write(&imported.items)?;
        current.clone_from(&imported.items);
        Ok(imported)
    }

    /// Writes the items into a CSV file that [`Till::preview_import`] reads: every field of each, in their order.
    ///
    /// # Errors
    /// [`TillError::FileProtected`], [`TillError::FileUnwritable`].
    pub async fn export_items(&self, path: &Path) -> Result<(), TillError> {
        let csv = items::to_csv(&self.items()).map_err(TillError::FileUnwritable)?;
        let output = OutputPath::new(path, &self.inner.journal_path)?;
        run_blocking(move || {
            output.write(&csv).map_err(TillError::FileUnwritable)?;
            Ok(())
        })
        .await
    }

    /// What is left of each item that was counted.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn stock(&self) -> Result<Vec<Stock>, TillError> {
        let counted = self.inner.journal.call(|file| file.stock()).await?;
        let stock = counted.into_iter().map(|(item, left)| Stock { item, left });
        Ok(stock.collect())
    }

    /// Writes down how many of an item were counted. What is left of each is counted from then on.
    ///
    /// # Errors
    /// [`TillError::Journal`]; the count before stays in force then.
    pub async fn set_stock(&self, item: ItemId, count: u32) -> Result<Vec<Stock>, TillError> {
        let now = self.inner.clock.now();
        let event = Event::StockSet { item, count };
        let set = move |file: &mut JournalFile| file.append_event(event, now);
        self.inner.journal.call(set).await?;
        self.stock().await
    }

    fn import_defaults(&self) -> ImportDefaults {
        let settings = self.settings();
        ImportDefaults {
            currency: settings.currency,
            tax: settings.default_tax,
        }
    }
}

/// As much of a file as is read; one byte more than that shows that it is too large.
fn read_file(path: &Path) -> Result<Vec<u8>, ItemsError> {
    let mut csv = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut csv))
        .map_err(ItemsError::Unreadable)?;
    Ok(csv)
}
