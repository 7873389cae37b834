//! What the lock's screen asks, and who is at the till.

#![expect(
    clippy::let_underscore_must_use,
    reason = "Tauri's macro writes such a line into each command"
)]

use secrecy::SecretString;
use tauri::State;

use ringup_core::pin::LockView;

use super::Answer;
use crate::counter::Counter;

#[tauri::command]
pub(crate) async fn lock_state(counter: State<'_, Counter>) -> Answer<LockView> {
    Ok(counter.lock().view())
}

#[tauri::command]
pub(crate) async fn unlock(counter: State<'_, Counter>, pin: SecretString) -> Answer<LockView> {
    counter.with_lock(move |lock| lock.unlock(&pin)).await
}

#[tauri::command]
pub(crate) async fn lock_now(counter: State<'_, Counter>) -> Answer<LockView> {
    counter.lock().lock();
    Ok(counter.lock().view())
}

#[tauri::command]
pub(crate) async fn set_pin(counter: State<'_, Counter>, pin: SecretString) -> Answer<LockView> {
    counter.lock().need()?;
    counter.with_lock(move |lock| lock.set(Some(&pin))).await
}

#[tauri::command]
pub(crate) async fn clear_pin(counter: State<'_, Counter>) -> Answer<LockView> {
    counter.may_do_without_pin().await?;
    counter.with_lock(|lock| lock.set(None)).await
}

#[tauri::command]
pub(crate) async fn sign_on(
    counter: State<'_, Counter>,
    name: Option<String>,
) -> Answer<Option<String>> {
    Ok(counter.open().await?.till.sign_on(name)?)
}
