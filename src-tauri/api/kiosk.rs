//! Kiosk mode, which is entered and left with the PIN only.

use ringup_api_macros::commands;
use tauri::Manager as _;

use super::{Answer, Context, internal};
use crate::windows::kiosk;

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// Turns kiosk mode on.
    #[access(Right(Settings))]
    async fn enter_kiosk(cx: &Context) -> Answer<()> {
        kiosk::switch(cx.window()?.app_handle(), true).map_err(internal)
    }

    /// Turns kiosk mode off.
    #[access(TypedPin(Settings))]
    async fn leave_kiosk(cx: &Context) -> Answer<()> {
        kiosk::switch(cx.window()?.app_handle(), false).map_err(internal)
    }

    /// Ends the program in kiosk mode, where its window cannot be closed.
    #[access(TypedPin(Settings))]
    async fn quit(cx: &Context) -> Answer<()> {
        if cx.app.kiosk.is_on() {
            cx.window()?.app_handle().exit(0);
        }
        Ok(())
    }
}
