//! The PIN's lock.

use ringup_api_macros::commands;
use ringup_core::pin::LockView;
use ringup_core::staff::Proof;

use super::arguments::Secret;
use super::{Answer, Context};

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// Whether there is a PIN, and whether it is needed now.
    #[access(Anyone)]
    async fn lock_state(cx: &Context) -> Answer<LockView> {
        Ok(cx.app.active_till.guard().view())
    }

    /// Tries the shop's PIN.
    #[access(Anyone)]
    async fn unlock(cx: &Context, pin: Secret) -> Answer<LockView> {
        let active_till = &cx.app.active_till;
        if active_till.guard().in_force() {
            active_till.sign_on(Proof::ShopPin(pin.0)).await?;
            return Ok(active_till.guard().view());
        }
        active_till.with_lock(move |lock| lock.unlock(&pin.0)).await
    }

    /// Locks at once, and signs off a cashier with a PIN.
    #[access(Anyone)]
    async fn lock_now(cx: &Context) -> Answer<LockView> {
        let active_till = &cx.app.active_till;
        if active_till.guard().in_force() {
            active_till.sign_off().await;
        } else {
            active_till.lock().lock();
        }
        Ok(active_till.guard().view())
    }

    /// Says that the screen was touched: in kiosk mode the till locks when it is not.
    #[access(Anyone)]
    async fn touched(cx: &Context) -> Answer<()> {
        cx.app.active_till.guard().note_touch();
        Ok(())
    }

    /// Sets the PIN.
    #[access(TypedPin(Settings))]
    async fn set_pin(cx: &Context, pin: Secret) -> Answer<LockView> {
        cx.app.active_till.set_pin(pin.0).await
    }

    /// Removes the PIN; not in self-service, which needs one.
    #[access(TypedPin(Settings))]
    async fn clear_pin(cx: &Context) -> Answer<LockView> {
        cx.app.active_till.clear_pin().await
    }
}
