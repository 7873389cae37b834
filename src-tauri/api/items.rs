//! The shop's items.

use ringup_api_macros::commands;
use ringup_core::Stock;
use ringup_core::ids::ItemId;
use ringup_core::items::{ImportPreview, Item};

use super::{Answer, Context, file_dialog};

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// Replaces all items.
    #[access(Right(Settings))]
    async fn save_items(cx: &Context, items: Vec<Item>) -> Answer<Vec<Item>> {
        Ok(cx.till().await?.save_items(items)?)
    }

    /// Reads the items of a CSV file that somebody picks, and says line by line what they would change; `null` when no
    /// file was picked. Nothing is written: the page saves the preview's items once somebody has agreed.
    #[access(Right(Settings))]
    async fn import_items(cx: &Context) -> Answer<Option<ImportPreview>> {
        let till = cx.till().await?;
        match file_dialog::file(cx).await? {
            Some(file) => Ok(Some(till.preview_import(&file)?)),
            None => Ok(None),
        }
    }

    /// Writes the items into a CSV file that somebody picks; `false` when no file was picked.
    #[access(Right(Settings))]
    async fn export_items(cx: &Context) -> Answer<bool> {
        let till = cx.till().await?;
        match file_dialog::new_file(cx, "items", "csv").await? {
            Some(file) => {
                till.export_items(&file).await?;
                Ok(true)
            }
            None => Ok(false),
        }
    }

    /// What is left of each item whose stock is counted.
    #[access(Anyone)]
    async fn stock(cx: &Context) -> Answer<Vec<Stock>> {
        Ok(cx.till().await?.stock().await?)
    }

    /// Writes down how many of an item there are now.
    #[access(Right(Settings))]
    async fn set_stock(cx: &Context, item: ItemId, count: u32) -> Answer<Vec<Stock>> {
        Ok(cx.till().await?.set_stock(item, count).await?)
    }

    /// Prints labels of these items for the shelf, on the receipt printer.
    #[access(Right(Settings))]
    async fn print_labels(cx: &Context, items: Vec<ItemId>) -> Answer<()> {
        Ok(cx.till().await?.print_labels(&items).await?)
    }
}
