//! What the screen may ask: one line each, into the till. Which window may ask what stands in
//! `permissions/` and `tauri.conf.json`. No command returns the key.

#![expect(
    clippy::let_underscore_must_use,
    reason = "Tauri's macro writes such a line into each command"
)]

pub(crate) mod backup;
pub(crate) mod book;
pub(crate) mod day;
mod dialog;
pub(crate) mod display;
pub(crate) mod items;
pub(crate) mod kiosk;
pub(crate) mod lock;
pub(crate) mod receipt;

use std::sync::Arc;

use secrecy::SecretString;
use serde::Deserialize;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use uuid::Uuid;

use ringup_core::error::{Code, Fault};
use ringup_core::ids::TapId;
use ringup_core::qr::QrImage;
use ringup_core::sale::{Basket, SaleView};
use ringup_core::settings::Settings;
use ringup_core::{Charge, KeyStatus};

use crate::active_till::Mode;
use crate::start::Start;
use crate::windows::AppState;
use crate::windows::page::ScreenEvent;

type Answer<T> = Result<T, Fault>;

type Shared<'a> = State<'a, Arc<AppState>>;

#[tauri::command]
pub(crate) async fn start(state: Shared<'_>, news: Channel<ScreenEvent>) -> Answer<Start> {
    // It listens first: what changes while this is answered must not be missed.
    state.cashier_page.attach_page(news);
    Start::of(
        &state.active_till.open().await?,
        &state.active_till,
        state.kiosk.is_on(),
    )
    .await
}

#[tauri::command]
pub(crate) async fn switch_mode(state: Shared<'_>, mode: Mode) -> Answer<Start> {
    state.active_till.lock().require()?;
    Start::of(
        &state.active_till.switch(mode).await?,
        &state.active_till,
        state.kiosk.is_on(),
    )
    .await
}

/// Forgets every practice sale; the shop's own journal is another file, and safe.
#[tauri::command]
pub(crate) async fn reset_practice(state: Shared<'_>) -> Answer<Start> {
    state.active_till.lock().require()?;
    Start::of(
        &state.active_till.reset_practice().await?,
        &state.active_till,
        state.kiosk.is_on(),
    )
    .await
}

#[tauri::command]
pub(crate) async fn charge(
    state: Shared<'_>,
    amount: String,
    currency: String,
    note: Option<String>,
    basket: Option<Basket>,
    tap: Uuid,
) -> Answer<SaleView> {
    let open = state.active_till.open_to_charge(&amount, &currency).await?;
    let charge = Charge {
        amount,
        currency,
        note,
        lifetime_minutes: None,
        basket: basket.unwrap_or_default(),
        tap: TapId(tap),
    };
    Ok(open.till.charge(charge).await?)
}

#[tauri::command]
pub(crate) async fn try_again(state: Shared<'_>, number: u32) -> Answer<SaleView> {
    Ok(state
        .active_till
        .open()
        .await?
        .till
        .try_again(number)
        .await?)
}

#[tauri::command]
pub(crate) async fn stop_waiting(state: Shared<'_>, number: u32) -> Answer<SaleView> {
    Ok(state
        .active_till
        .open()
        .await?
        .till
        .stop_waiting(number)
        .await?)
}

#[tauri::command]
pub(crate) async fn check_now(state: Shared<'_>, number: u32) -> Answer<SaleView> {
    Ok(state
        .active_till
        .open()
        .await?
        .till
        .check_now(number)
        .await?)
}

#[tauri::command]
pub(crate) async fn look_at(state: Shared<'_>, number: Option<u32>) -> Answer<()> {
    let open = state.active_till.open().await?;
    open.till.set_on_screen(number);
    // Looking elsewhere does not take the sale from its customer.
    if let Some(number) = number {
        state.display.session.show_sale(open.mode, number);
    }
    state.display.refresh();
    Ok(())
}

#[tauri::command]
pub(crate) async fn sale(state: Shared<'_>, number: u32) -> Answer<SaleView> {
    Ok(state.active_till.open().await?.till.sale(number).await?)
}

#[tauri::command]
pub(crate) async fn qr(state: Shared<'_>, number: u32) -> Answer<QrImage> {
    Ok(state.active_till.open().await?.till.qr(number).await?)
}

#[tauri::command]
pub(crate) async fn save_settings(
    state: Shared<'_>,
    app: AppHandle,
    settings: Settings,
) -> Answer<Settings> {
    let open = state.active_till.open_unlocked().await?;
    state.active_till.check_self_service_pin(&settings)?;
    let settings = open.till.save_settings(settings)?;
    state.display.settings_saved();
    state.theme.set(&app, settings.looks.theme);
    #[cfg(target_os = "linux")]
    if open.mode == Mode::Live {
        crate::autostart::set(settings.kiosk.autostart)
            .map_err(|error| Fault::new(Code::FileUnwritable, error.to_string()))?;
    }
    Ok(settings)
}

#[tauri::command]
pub(crate) async fn set_key(state: Shared<'_>, key: SecretString) -> Answer<KeyStatus> {
    Ok(state
        .active_till
        .open_unlocked()
        .await?
        .till
        .set_key(key)
        .await?)
}

#[tauri::command]
pub(crate) async fn clear_key(state: Shared<'_>) -> Answer<KeyStatus> {
    Ok(state
        .active_till
        .open_unlocked()
        .await?
        .till
        .clear_key()
        .await?)
}

#[tauri::command]
pub(crate) async fn key_status(state: Shared<'_>) -> Answer<KeyStatus> {
    Ok(state.active_till.open().await?.till.key_status().await?)
}

/// What the practice customer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub(crate) enum CustomerAct {
    /// Picks a coin.
    ChooseCoin,
    /// Pays.
    Pay,
    /// Lets the invoice end.
    End,
}

#[tauri::command]
pub(crate) async fn practice_act(state: Shared<'_>, number: u32, act: CustomerAct) -> Answer<()> {
    let open = state.active_till.open().await?;
    let only = || Fault::new(Code::PracticeOnly, "there is no customer to play");
    let customer = open.customer.as_ref().ok_or_else(only)?;
    let sale = open.till.sale(number).await?;
    let invoice = sale.invoice_id.ok_or_else(only)?;
    let done = match act {
        CustomerAct::ChooseCoin => match customer.coins().first() {
            Some(coin) => customer.choose_coin(&invoice, coin.crypto, coin.network),
            None => return Err(only()),
        },
        CustomerAct::Pay => customer.pay(&invoice),
        CustomerAct::End => customer.end(&invoice),
    };
    done.map(drop)
        .map_err(|error| Fault::new(Code::PracticeOnly, error.to_string()))
}
