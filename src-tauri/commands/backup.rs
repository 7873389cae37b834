//! What the screens ask about copies of the journal.

use tauri::{State, WebviewWindow};

use ringup_core::auto_backup::{BackupState, RestoreOffer};

use super::{Answer, dialog};
use crate::counter::Counter;
use crate::start::Start;
use crate::windows::kiosk::Kiosk;

#[tauri::command]
pub(crate) async fn backup_state(counter: State<'_, Counter>) -> Answer<BackupState> {
    Ok(counter.open().await?.till.backup_state())
}

#[tauri::command]
pub(crate) async fn back_up_now(
    window: WebviewWindow,
    counter: State<'_, Counter>,
) -> Answer<BackupState> {
    let till = counter.open().await?.till;
    if till.settings().backup_folder.is_none() {
        counter.lock().need()?;
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
    counter: State<'_, Counter>,
) -> Answer<BackupState> {
    let till = counter.open_unlocked().await?.till;
    match dialog::folder(&window).await {
        Some(folder) => Ok(till.set_backup_folder(Some(&folder))?),
        None => Ok(till.backup_state()),
    }
}

#[tauri::command]
pub(crate) async fn clear_backup_folder(counter: State<'_, Counter>) -> Answer<BackupState> {
    let till = counter.open_unlocked().await?.till;
    Ok(till.set_backup_folder(None)?)
}

#[tauri::command]
pub(crate) async fn restore_offer(counter: State<'_, Counter>) -> Answer<Option<RestoreOffer>> {
    counter.newest_offer().await
}

#[tauri::command]
pub(crate) async fn choose_restore_file(
    window: WebviewWindow,
    counter: State<'_, Counter>,
) -> Answer<Option<RestoreOffer>> {
    counter.lock().need()?;
    match dialog::file(&window).await {
        Some(file) => counter.offer_of(file).await.map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
pub(crate) async fn restore_from_offer(
    counter: State<'_, Counter>,
    kiosk: State<'_, Kiosk>,
    head: String,
) -> Answer<Start> {
    counter.lock().need()?;
    Start::of(&counter.restore(&head).await?, &counter, kiosk.is_on()).await
}
