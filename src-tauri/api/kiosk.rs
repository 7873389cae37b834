//! Into kiosk mode, and out of it by PIN alone.

#![expect(
    clippy::let_underscore_must_use,
    reason = "Tauri's macro writes such a line into each command"
)]

use tauri::AppHandle;

use ringup_core::TillError;
use ringup_core::error::Fault;

use super::{Answer, Shared};
use crate::windows::kiosk;

#[tauri::command]
pub(crate) async fn enter_kiosk(app: AppHandle, state: Shared<'_>) -> Answer<()> {
    state.active_till.lock().require()?;
    kiosk::switch(&app, true).map_err(internal)
}

#[tauri::command]
pub(crate) async fn leave_kiosk(app: AppHandle, state: Shared<'_>) -> Answer<()> {
    state.active_till.lock().require()?;
    kiosk::switch(&app, false).map_err(internal)
}

/// Ends a till in kiosk mode, whose window has nothing to close it by.
#[tauri::command]
pub(crate) async fn quit(app: AppHandle, state: Shared<'_>) -> Answer<()> {
    state.active_till.lock().require()?;
    if state.kiosk.is_on() {
        app.exit(0);
    }
    Ok(())
}

fn internal(error: tauri::Error) -> Fault {
    Fault::from(TillError::Internal(error.to_string()))
}
