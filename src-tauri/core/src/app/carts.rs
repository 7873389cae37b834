//! Held carts: a cart is parked under a name or a table's number, seen beside the open sales, and taken up again. To
//! take it up is only a look: it stays held until the sale or the cart that takes its lines is written.

use serde::{Deserialize, Serialize};

use super::corrections::validate_reason;
use super::{Inner, Till, TillError, TillEvent};
use crate::clock::UnixMs;
use crate::ids::{CartId, TapId};
use crate::journal::{JournalError, JournalFile, NewCart};
use crate::money::{Currency, Money};
use crate::sale::{Basket, BasketError, Discount, HeldCart, Line};

/// Longest name of a cart, characters: it has to fit beside the open sales.
const MAX_LABEL_CHARS: usize = 30;

/// A cart to be held.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct Hold {
    /// The name or the table's number.
    pub label: String,
    /// The currency.
    pub currency: Currency,
    /// What it holds: lines, and what is taken off them.
    pub basket: Basket,
    /// The held carts that were taken up for it. What they have beyond its lines stays held.
    pub carts: Vec<CartId>,
    /// The tap that holds it. The same tap a second time is the same cart.
    #[ts(type = "string")]
    pub tap: TapId,
}

/// A held cart as the screens show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct CartView {
    /// Its id.
    pub id: CartId,
    /// The name or the table's number.
    pub label: String,
    /// What it would bring.
    pub amount: Money,
    /// When it was held.
    pub held_at_unix_ms: UnixMs,
    /// Who held it, when the shop names its cashiers.
    pub by: Option<String>,
}

/// What a held cart holds, to be put on the pad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct TakenUpCart {
    /// Which it is.
    pub cart: CartId,
    /// The name or the table's number.
    pub label: String,
    /// Its currency.
    pub currency: Currency,
    /// Its lines, at the prices that they were held at.
    pub lines: Vec<Line>,
    /// What is taken off.
    pub discount: Option<Discount>,
}

impl Till {
    /// The carts that are held, oldest first.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn held_carts(&self) -> Result<Vec<CartView>, TillError> {
        let carts = self.inner.journal.call(|file| file.held_carts()).await?;
        Ok(carts.into_iter().map(CartView::of).collect())
    }

    /// What a held cart holds. Nothing is written: it stays held until its lines are charged or held again.
    ///
    /// # Errors
    /// [`TillError::Journal`], also of a cart that is held no more.
    pub async fn take_up_cart(&self, id: CartId) -> Result<TakenUpCart, TillError> {
        let look = move |file: &mut JournalFile| file.require_held(id);
        let cart = self.inner.journal.call(look).await?;
        let minor = cart.breakdown.discount_minor;
        let discount = match cart.breakdown.discount_rate {
            Some(rate) => Some(Discount::Percent { rate }),
            None => (minor > 0).then_some(Discount::Fixed { minor }),
        };
        Ok(TakenUpCart {
            cart: id,
            label: cart.label,
            currency: cart.amount.currency(),
            lines: cart.breakdown.lines,
            discount,
        })
    }

    /// Holds a cart, and returns all that are held then. The same tap again holds it once.
    ///
    /// # Errors
    /// Nothing is held after [`TillError::CartUnnamed`], [`TillError::Basket`] (no lines, a tip, or more than can be
    /// counted), [`TillError::Money`] (more than can be charged) and [`TillError::Journal`].
    pub async fn hold_cart(&self, hold: Hold) -> Result<Vec<CartView>, TillError> {
        let label = hold.label.trim().to_owned();
        let fits = (1..=MAX_LABEL_CHARS).contains(&label.chars().count());
        if !fits || label.chars().any(char::is_control) {
            return Err(TillError::CartUnnamed(MAX_LABEL_CHARS));
        }
        let amount = amount_of(&hold)?;
        let default_tax = self.inner.settings().default_tax;
        let new = NewCart {
            label,
            amount,
            breakdown: hold.basket.breakdown(amount, default_tax)?,
            from: hold.carts,
            tap: hold.tap,
        };
        let now = self.inner.clock.now();
        let write = move |file: &mut JournalFile| file.hold_cart(new, now);
        self.inner.journal.call(write).await?;
        Ok(self.inner.emit_carts().await?)
    }

    /// Gives up a held cart without a sale, and returns those that are still held. The Z report tells of it.
    ///
    /// # Errors
    /// [`TillError::ReasonMissing`], [`TillError::NoteTooLong`]; [`TillError::Journal`], also of a cart that is held no
    /// more.
    pub async fn drop_cart(&self, cart: CartId, reason: &str) -> Result<Vec<CartView>, TillError> {
        let reason = validate_reason(reason)?;
        let now = self.inner.clock.now();
        let write = move |file: &mut JournalFile| file.drop_cart(cart, reason, now);
        self.inner.journal.call(write).await?;
        Ok(self.inner.emit_carts().await?)
    }
}

impl Inner {
    /// Tells the windows which carts are held now, and returns them.
    pub(super) async fn emit_carts(&self) -> Result<Vec<CartView>, JournalError> {
        let carts = self.journal.call(|file| file.held_carts()).await?;
        let carts: Vec<_> = carts.into_iter().map(CartView::of).collect();
        self.emit(TillEvent::CartsChanged(carts.clone()));
        Ok(carts)
    }
}

impl CartView {
    fn of(cart: HeldCart) -> Self {
        Self {
            id: cart.id,
            label: cart.label,
            amount: cart.amount,
            held_at_unix_ms: cart.at,
            by: cart.by,
        }
    }
}

/// What a cart to be held would bring. The pad never sends more than can be charged.
fn amount_of(hold: &Hold) -> Result<Money, TillError> {
    let Basket {
        lines,
        discount,
        tip_minor,
    } = &hold.basket;
    let listed = lines
        .iter()
        .try_fold(0_i64, |sum, line| sum.checked_add(line.sum_minor()?));
    let listed = listed.ok_or(BasketError::TooLarge)?;
    if lines.is_empty() || *tip_minor != 0 {
        return Err(BasketError::Tip.into());
    }
    let maximum = hold.currency.maximum();
    if listed > maximum.minor() {
        return Err(crate::money::MoneyError::AboveMaximum(maximum).into());
    }
    let off = discount.map_or(0, |discount| discount.of(listed));
    Ok(Money::from_minor(listed.saturating_sub(off), hold.currency))
}
