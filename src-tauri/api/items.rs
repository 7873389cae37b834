//! The shop's items.

use ringup_api_macros::commands;
use ringup_core::items::{ImportPreview, Item};

use super::{Answer, Context, file_dialog};

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// Replaces all items.
    #[access(Pin)]
    async fn save_items(cx: &Context, items: Vec<Item>) -> Answer<Vec<Item>> {
        Ok(cx.till().await?.save_items(items)?)
    }

    /// Reads the items of a CSV file that somebody picks, and says line by line what they would change; `null` when no
    /// file was picked. Nothing is written: the page saves the preview's items once somebody has agreed.
    #[access(Pin)]
    async fn import_items(cx: &Context) -> Answer<Option<ImportPreview>> {
        let till = cx.till().await?;
        match file_dialog::file(cx).await? {
            Some(file) => Ok(Some(till.preview_import(&file)?)),
            None => Ok(None),
        }
    }
}
