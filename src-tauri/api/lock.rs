//! What the lock's screen asks, and who is at the till.

#![expect(
    clippy::let_underscore_must_use,
    reason = "Tauri's macro writes such a line into each command"
)]

use secrecy::SecretString;

use ringup_core::pin::LockView;

use super::{Answer, Shared};

#[tauri::command]
pub(crate) async fn lock_state(state: Shared<'_>) -> Answer<LockView> {
    Ok(state.active_till.lock().view())
}

#[tauri::command]
pub(crate) async fn unlock(state: Shared<'_>, pin: SecretString) -> Answer<LockView> {
    state
        .active_till
        .with_lock(move |lock| lock.unlock(&pin))
        .await
}

#[tauri::command]
pub(crate) async fn lock_now(state: Shared<'_>) -> Answer<LockView> {
    state.active_till.lock().lock();
    Ok(state.active_till.lock().view())
}

#[tauri::command]
pub(crate) async fn set_pin(state: Shared<'_>, pin: SecretString) -> Answer<LockView> {
    state.active_till.lock().require()?;
    state
        .active_till
        .with_lock(move |lock| lock.set(Some(&pin)))
        .await
}

#[tauri::command]
pub(crate) async fn clear_pin(state: Shared<'_>) -> Answer<LockView> {
    state.active_till.check_pin_removable().await?;
    state.active_till.with_lock(|lock| lock.set(None)).await
}

#[tauri::command]
pub(crate) async fn sign_on(state: Shared<'_>, name: Option<String>) -> Answer<Option<String>> {
    Ok(state.active_till.open().await?.till.sign_on(name)?)
}
