//! What the screens ask about the shop's items.

use tauri::{State, WebviewWindow};

use ringup_core::items::{Imported, Item};

use super::{Answer, dialog};
use crate::counter::Counter;

#[tauri::command]
pub(crate) async fn save_items(counter: State<'_, Counter>, items: Vec<Item>) -> Answer<Vec<Item>> {
    Ok(counter.open_unlocked().await?.till.save_items(items)?)
}

/// Takes the items of a CSV file that somebody picks; nothing when none was picked.
#[tauri::command]
pub(crate) async fn import_items(
    window: WebviewWindow,
    counter: State<'_, Counter>,
) -> Answer<Option<Imported>> {
    let till = counter.open_unlocked().await?.till;
    match dialog::file(&window).await {
        Some(file) => Ok(Some(till.import_items(&file)?)),
        None => Ok(None),
    }
}
