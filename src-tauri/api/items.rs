//! The shop's items.

use ringup_api_macros::commands;
use ringup_core::items::{Imported, Item};

use super::{Answer, Context, file_dialog};

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// Replaces all items.
    #[access(Pin)]
    async fn save_items(cx: &Context, items: Vec<Item>) -> Answer<Vec<Item>> {
        Ok(cx.till().await?.save_items(items)?)
    }

    /// Imports the items of a CSV file that somebody picks; `null` when no file was picked.
    #[access(Pin)]
    async fn import_items(cx: &Context) -> Answer<Option<Imported>> {
        let till = cx.till().await?;
        match file_dialog::file(cx).await? {
            Some(file) => Ok(Some(till.import_items(&file)?)),
            None => Ok(None),
        }
    }
}
