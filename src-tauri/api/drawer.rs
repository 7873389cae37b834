//! The cash drawer.

use std::collections::BTreeMap;

use ringup_api_macros::commands;
use ringup_core::money::Currency;
use ringup_core::report::DrawerView;
use ringup_core::staff::Right;
use ringup_core::{CountResult, CountStart, NewCashCount, NewCashMove};

use super::{Answer, Context};

pub(super) struct Commands;

/// Whether whoever is at the till may see what should be in the drawer.
fn sees_expected(cx: &Context) -> bool {
    let active_till = &cx.app.active_till;
    let rights = active_till.staff_settings().rights;
    !active_till.guard().in_force() || active_till.guard().allows(Right::ExpectedCash, &rights)
}

/// Takes out what should be in the drawer, unless it may be seen.
pub(super) fn hide_expected(cx: &Context, drawer: &mut BTreeMap<Currency, DrawerView>) {
    if !sees_expected(cx) {
        for view in drawer.values_mut() {
            // A count and its difference say it too.
            (view.start, view.expected, view.counted) = (None, None, None);
            view.difference = view.difference.with_minor(0);
        }
    }
}

#[commands(Cashier)]
impl Commands {
    /// The drawer since the last close, by currency; empty while the shop has none.
    #[access(Staff)]
    async fn drawer(cx: &Context) -> Answer<BTreeMap<Currency, DrawerView>> {
        let mut drawer = cx.till().await?.drawer().await?;
        hide_expected(cx, &mut drawer);
        Ok(drawer)
    }

    /// What a count of this currency begins with.
    #[access(Staff)]
    async fn count_start(cx: &Context, currency: Currency) -> Answer<CountStart> {
        let mut start = cx.till().await?.count_start(currency).await?;
        if !sees_expected(cx) {
            start.expected = None;
        }
        Ok(start)
    }

    /// Writes a count, and says what should have been there to those who may see it. Who takes some out needs the right to
    /// move cash.
    #[access(Staff)]
    async fn count_cash(cx: &Context, count: NewCashCount) -> Answer<CountResult> {
        if count.left.is_some_and(|left| left != count.counted) {
            cx.require_of_staff(Right::OpenDrawer)?;
        }
        let mut result = cx.till().await?.count_cash(count).await?;
        if !sees_expected(cx) {
            (result.expected, result.difference) = (None, None);
        }
        Ok(result)
    }

    /// Writes down cash that goes into the drawer or out of it without a sale, and opens the drawer.
    #[access(Right(OpenDrawer))]
    async fn move_cash(cx: &Context, moved: NewCashMove) -> Answer<()> {
        Ok(cx.till().await?.move_cash(moved).await?)
    }

    /// Opens the drawer without a sale.
    #[access(Right(OpenDrawer))]
    async fn open_drawer(cx: &Context, reason: String) -> Answer<()> {
        Ok(cx.till().await?.open_drawer(&reason).await?)
    }
}
