//! What the screens ask about copies of the journal.

use tauri::WebviewWindow;

use ringup_core::auto_backup::{BackupState, RestoreOffer};

use super::{Answer, Shared, dialog};
use crate::start::Start;

#[tauri::command]
pub(crate) async fn backup_state(state: Shared<'_>) -> Answer<BackupState> {
    Ok(state.active_till.open().await?.till.backup_state())
}

#[tauri::command]
pub(crate) async fn back_up_now(window: WebviewWindow, state: Shared<'_>) -> Answer<BackupState> {
    let till = state.active_till.open().await?.till;
    if till.settings().backup_folder.is_none() {
        state.active_till.lock().require()?;
        match dialog::folder(&window).await {
            Some(folder) => drop(till.set_backup_folder(Some(&folder))?),
            None => return Ok(till.backup_state()),
        }
    }
    Ok(till.back_up_now().await?)
}

#[tauri::command]
pub(crate) async fn choose_backup_folder(
    window: WebviewWindow,
    state: Shared<'_>,
) -> Answer<BackupState> {
    let till = state.active_till.open_unlocked().await?.till;
    match dialog::folder(&window).await {
        Some(folder) => Ok(till.set_backup_folder(Some(&folder))?),
        None => Ok(till.backup_state()),
    }
}

#[tauri::command]
pub(crate) async fn clear_backup_folder(state: Shared<'_>) -> Answer<BackupState> {
    let till = state.active_till.open_unlocked().await?.till;
    Ok(till.set_backup_folder(None)?)
}

#[tauri::command]
pub(crate) async fn restore_offer(state: Shared<'_>) -> Answer<Option<RestoreOffer>> {
    state.active_till.newest_offer().await
}

#[tauri::command]
pub(crate) async fn choose_restore_file(
    window: WebviewWindow,
    state: Shared<'_>,
) -> Answer<Option<RestoreOffer>> {
    state.active_till.lock().require()?;
    match dialog::file(&window).await {
        Some(file) => state.active_till.offer_of(file).await.map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
pub(crate) async fn restore_from_offer(state: Shared<'_>, head: String) -> Answer<Start> {
    state.active_till.lock().require()?;
    Start::of(
        &state.active_till.restore(&head).await?,
        &state.active_till,
        state.kiosk.is_on(),
    )
    .await
}
