//! The settings and the API key.

use ringup_api_macros::commands;
use ringup_core::settings::{Settings, SettingsDraft, SettingsError};
use ringup_core::updates::UpdateState;
use ringup_core::{KeyStatus, OpenInvoices, TillError};
use tauri::Manager as _;

use super::arguments::Secret;
use super::{Answer, Context};

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// Saves all settings, and applies them. Wrong ones are refused, each by its field.
    #[access(Right(Settings))]
    async fn save_settings(cx: &Context, settings: SettingsDraft) -> Answer<Settings> {
        let settings = settings.validate().map_err(SettingsError::Invalid);
        let settings = settings.map_err(TillError::from)?;
        let open = cx.app.active_till.open().await?;
        cx.app.active_till.check_self_service_pin(&settings)?;
        let removed = cx.app.active_till.removed_cashiers(&open, &settings)?;
        let settings = open.till.save_settings(settings)?;
        for name in removed {
            cx.app.active_till.remove_cashier(name).await?;
        }
        open.till.apply_till_code().await?;
        cx.app.display.settings_saved();
        if let Ok(window) = cx.window() {
            cx.app.theme.set(window.app_handle(), settings.looks.theme);
        }
        #[cfg(target_os = "linux")]
        if open.mode == crate::active_till::Mode::Live {
            use ringup_core::error::{Code, Fault};
            crate::autostart::set(settings.kiosk.autostart)
                .map_err(|error| Fault::new(Code::FileUnwritable, error.to_string()))?;
        }
        Ok(settings)
    }

    /// Stores the API key in the system's keychain. With `lose_open` also when open invoices are lost from sight by it.
    #[access(TypedPin(Key))]
    async fn set_key(cx: &Context, key: Secret, lose_open: Option<bool>) -> Answer<KeyStatus> {
        let till = cx.till().await?;
        Ok(till.set_key(key.0, open_invoices(lose_open)).await?)
    }

    /// Removes the API key from the system's keychain. With `lose_open` also when open invoices are lost from sight by it.
    #[access(TypedPin(Key))]
    async fn clear_key(cx: &Context, lose_open: Option<bool>) -> Answer<KeyStatus> {
        Ok(cx.till().await?.clear_key(open_invoices(lose_open)).await?)
    }

    /// What is known of a newer version of the till.
    #[access(Anyone)]
    async fn update_state(cx: &Context) -> Answer<UpdateState> {
        Ok(cx.till().await?.update_state())
    }

    /// Whether there is an API key.
    #[access(Anyone)]
    async fn key_status(cx: &Context) -> Answer<KeyStatus> {
        Ok(cx.till().await?.key_status().await?)
    }
}

/// A page that does not say keeps them.
fn open_invoices(lose: Option<bool>) -> OpenInvoices {
    if lose == Some(true) {
        OpenInvoices::Lose
    } else {
        OpenInvoices::Keep
    }
}
