//! Held carts: parked under a name or a table's number, and taken up again.

use ringup_api_macros::commands;
use ringup_core::ids::CartId;
use ringup_core::{CartView, Hold, TakenUpCart};

use super::{Answer, Context, Right};

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// Holds a cart, and returns all that are held then. The same tap again holds it once.
    #[access(Staff)]
    async fn hold_cart(cx: &Context, hold: Hold) -> Answer<Vec<CartView>> {
        Ok(cx.till().await?.hold_cart(hold).await?)
    }

    /// What a held cart holds. It stays held until its lines are charged or held again.
    #[access(Staff)]
    async fn take_up_cart(cx: &Context, cart: CartId) -> Answer<TakenUpCart> {
        Ok(cx.till().await?.take_up_cart(cart).await?)
    }

    /// Gives up a held cart without a sale, and returns those that are still held. Among cashiers with PINs it needs the
    /// right: what was handed over may have been paid for.
    #[access(Staff)]
    async fn drop_cart(cx: &Context, cart: CartId, reason: String) -> Answer<Vec<CartView>> {
        cx.require_of_staff(Right::DropCart)?;
        Ok(cx.till().await?.drop_cart(cart, &reason).await?)
    }
}
