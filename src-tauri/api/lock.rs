//! The PIN's lock, and who is at the till.

use ringup_api_macros::commands;
use ringup_core::pin::LockView;

use super::arguments::Secret;
use super::{Answer, Context};

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// Whether there is a PIN, and whether it is needed now.
    #[access(Anyone)]
    async fn lock_state(cx: &Context) -> Answer<LockView> {
        Ok(cx.app.active_till.lock().view())
    }

    /// Tries a PIN.
    #[access(Anyone)]
    async fn unlock(cx: &Context, pin: Secret) -> Answer<LockView> {
        let active_till = &cx.app.active_till;
        active_till.with_lock(move |lock| lock.unlock(&pin.0)).await
    }

    /// Locks at once.
    #[access(Anyone)]
    async fn lock_now(cx: &Context) -> Answer<LockView> {
        let lock = cx.app.active_till.lock();
        lock.lock();
        Ok(lock.view())
    }

    /// Says that the screen was touched: in kiosk mode the till locks when it is not.
    #[access(Anyone)]
    async fn touched(cx: &Context) -> Answer<()> {
        cx.app.active_till.lock().note_touch();
        Ok(())
    }

    /// Sets the PIN.
    #[access(TypedPin)]
    async fn set_pin(cx: &Context, pin: Secret) -> Answer<LockView> {
        cx.app.active_till.set_pin(pin.0).await
    }

    /// Removes the PIN; not in self-service, which needs one.
    #[access(TypedPin)]
    async fn clear_pin(cx: &Context) -> Answer<LockView> {
        cx.app.active_till.clear_pin().await
    }

    /// Says which cashier is at the till; `null` for nobody in particular.
    #[access(Anyone)]
    async fn sign_on(cx: &Context, name: Option<String>) -> Answer<Option<String>> {
        Ok(cx.till().await?.sign_on(name)?)
    }
}
