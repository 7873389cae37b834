//! Who is at the till, and cashiers with PINs or fobs of their own (docs/staff.md).

use ringup_api_macros::commands;
use ringup_core::pin::LockView;
use ringup_core::staff::{Approver, PersonChange, Proof, Role, StaffView};
use serde::Serialize;

use super::arguments::Secret;
use super::{Answer, Context};

pub(super) struct Commands;

/// Who is at the till now.
#[derive(Debug, Serialize, ts_rs::TS)]
#[ts(export)]
pub(super) struct AtTheTill {
    /// The name; `None`: nobody in particular.
    cashier: Option<String>,
    lock: LockView,
}

impl AtTheTill {
    async fn now(cx: &Context) -> Answer<Self> {
        Ok(Self {
            cashier: cx.till().await?.cashier(),
            lock: cx.app.active_till.guard().view(),
        })
    }
}

#[commands(Cashier)]
impl Commands {
    /// The shop's cashiers, and whether they have PINs of their own.
    #[access(Anyone)]
    async fn staff(cx: &Context) -> Answer<StaffView> {
        cx.app.active_till.staff_view().await
    }

    /// Who is at the till.
    #[access(Anyone)]
    async fn at_the_till(cx: &Context) -> Answer<AtTheTill> {
        AtTheTill::now(cx).await
    }

    /// Signs a cashier on: by the name alone, or with the PIN of theirs. A name of `null` signs off.
    #[access(Anyone)]
    async fn sign_on(cx: &Context, name: Option<String>, pin: Option<Secret>) -> Answer<AtTheTill> {
        let active_till = &cx.app.active_till;
        match (name, pin) {
            (Some(name), Some(Secret(pin))) => {
                active_till.sign_on(Proof::Pin { name, pin }).await?;
            }
            (name, _) => active_till.sign_on_by_name(name).await?,
        }
        AtTheTill::now(cx).await
    }

    /// Signs on the cashier whose fob has this code; `null` when it is nobody's.
    #[access(Anyone)]
    async fn sign_on_by_fob(cx: &Context, code: Secret) -> Answer<Option<AtTheTill>> {
        match cx.app.active_till.sign_on(Proof::Fob(code.0)).await? {
            Some(_) => AtTheTill::now(cx).await.map(Some),
            None => Ok(None),
        }
    }

    /// Lends the act that was refused last to whoever is at the till; without a name by the shop's PIN.
    #[access(Anyone)]
    async fn approve(cx: &Context, name: Option<String>, pin: Secret) -> Answer<()> {
        let proof = match name {
            Some(name) => Proof::Pin { name, pin: pin.0 },
            None => Proof::ShopPin(pin.0),
        };
        cx.app.active_till.approve(proof).await?;
        Ok(())
    }

    /// The same by a fob; whether it is anybody's.
    #[access(Anyone)]
    async fn approve_by_fob(cx: &Context, code: Secret) -> Answer<bool> {
        let approver = cx.app.active_till.approve(Proof::Fob(code.0)).await?;
        Ok(approver != Approver::Nobody)
    }

    /// Lets a screen open that shows what only this right changes.
    #[access(Right(Settings))]
    async fn open_settings(_cx: &Context) -> Answer<()> {
        Ok(())
    }

    /// Changes a cashier, or takes in a new one: the role, and a new PIN or fob; `null` keeps what is there, an empty text
    /// takes it away.
    #[access(TypedPin(Settings))]
    async fn change_cashier(
        cx: &Context,
        name: String,
        role: Role,
        pin: Option<Secret>,
        fob: Option<Secret>,
    ) -> Answer<StaffView> {
        let change = PersonChange {
            role: Some(role),
            pin: pin.map(|pin| pin.0),
            fob: fob.map(|fob| fob.0),
        };
        let active_till = &cx.app.active_till;
        active_till.change_cashier(name, change).await?;
        active_till.staff_view().await
    }

    /// Takes a cashier's role, PIN and fob away.
    #[access(TypedPin(Settings))]
    async fn remove_cashier(cx: &Context, name: String) -> Answer<StaffView> {
        let active_till = &cx.app.active_till;
        active_till.remove_cashier(name).await?;
        active_till.staff_view().await
    }
}
