//! The cash drawer.

use std::collections::BTreeMap;

use ringup_api_macros::commands;
use ringup_core::money::Currency;
use ringup_core::report::DrawerView;
use ringup_core::{CountResult, CountStart, NewCashCount, NewCashMove};

use super::{Answer, Context};

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// The drawer since the last close, by currency; empty while the shop has none.
    #[access(Staff)]
    async fn drawer(cx: &Context) -> Answer<BTreeMap<Currency, DrawerView>> {
        Ok(cx.till().await?.drawer().await?)
    }

    /// What a count of this currency begins with.
    #[access(Staff)]
    async fn count_start(cx: &Context, currency: Currency) -> Answer<CountStart> {
        Ok(cx.till().await?.count_start(currency).await?)
    }

    /// Writes a count, and says what should have been there.
    #[access(Staff)]
    async fn count_cash(cx: &Context, count: NewCashCount) -> Answer<CountResult> {
        Ok(cx.till().await?.count_cash(count).await?)
    }

    /// Writes down cash that goes into the drawer or out of it without a sale, and opens the drawer.
    #[access(Pin)]
    async fn move_cash(cx: &Context, moved: NewCashMove) -> Answer<()> {
        Ok(cx.till().await?.move_cash(moved).await?)
    }

    /// Opens the drawer without a sale.
    #[access(Pin)]
    async fn open_drawer(cx: &Context, reason: String) -> Answer<()> {
        Ok(cx.till().await?.open_drawer(&reason).await?)
    }
}
