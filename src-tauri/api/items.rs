//! What the screens ask about the shop's items.

use tauri::WebviewWindow;

use ringup_core::items::{Imported, Item};

use super::{Answer, Shared, dialog};

#[tauri::command]
pub(crate) async fn save_items(state: Shared<'_>, items: Vec<Item>) -> Answer<Vec<Item>> {
    Ok(state
        .active_till
        .open_unlocked()
        .await?
        .till
        .save_items(items)?)
}

/// Takes the items of a CSV file that somebody picks; nothing when none was picked.
#[tauri::command]
pub(crate) async fn import_items(
    window: WebviewWindow,
    state: Shared<'_>,
) -> Answer<Option<Imported>> {
    let till = state.active_till.open_unlocked().await?.till;
    match dialog::file(&window).await {
        Some(file) => Ok(Some(till.import_items(&file)?)),
        None => Ok(None),
    }
}
