//! Into kiosk mode, and out of it by PIN alone.

#![expect(
    clippy::let_underscore_must_use,
    reason = "Tauri's macro writes such a line into each command"
)]

use tauri::{AppHandle, State};

use ringup_core::error::{Fault, TillError};

use super::Answer;
use crate::counter::Counter;
use crate::windows::kiosk::{self, Kiosk};

#[tauri::command]
pub(crate) async fn enter_kiosk(app: AppHandle, counter: State<'_, Counter>) -> Answer<()> {
    counter.lock().need()?;
    kiosk::switch(&app, true).map_err(internal)
}

#[tauri::command]
pub(crate) async fn leave_kiosk(app: AppHandle, counter: State<'_, Counter>) -> Answer<()> {
    counter.lock().need()?;
    kiosk::switch(&app, false).map_err(internal)
}

/// Ends a till in kiosk mode, whose window has nothing to close it by.
#[tauri::command]
pub(crate) async fn quit(
    app: AppHandle,
    counter: State<'_, Counter>,
    kiosk: State<'_, Kiosk>,
) -> Answer<()> {
    counter.lock().need()?;
    if kiosk.is_on() {
        app.exit(0);
    }
    Ok(())
}

fn internal(error: tauri::Error) -> Fault {
    Fault::from(TillError::Internal(error.to_string()))
}
