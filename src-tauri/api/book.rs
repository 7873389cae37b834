//! What the screens of the sales book ask.

use ringup_core::sale::{RefundWay, SaleDetail, SaleView};
use ringup_core::{NewRefund, SalesPage, SalesQuery};

use super::{Answer, Shared};

#[tauri::command]
pub(crate) async fn sales(state: Shared<'_>, query: SalesQuery) -> Answer<SalesPage> {
    Ok(state
        .active_till
        .open_book()
        .await?
        .till
        .sales(query)
        .await?)
}

#[tauri::command]
pub(crate) async fn sale_detail(state: Shared<'_>, number: u32) -> Answer<SaleDetail> {
    Ok(state
        .active_till
        .open_book()
        .await?
        .till
        .sale_detail(number)
        .await?)
}

#[tauri::command]
pub(crate) async fn payment_seen(state: Shared<'_>, number: u32) -> Answer<SaleView> {
    Ok(state
        .active_till
        .open()
        .await?
        .till
        .acknowledge(number)
        .await?)
}

#[tauri::command]
pub(crate) async fn set_note(
    state: Shared<'_>,
    number: u32,
    note: Option<String>,
) -> Answer<SaleView> {
    Ok(state
        .active_till
        .open_book()
        .await?
        .till
        .set_note(number, note)
        .await?)
}

#[tauri::command]
pub(crate) async fn refund(
    state: Shared<'_>,
    number: u32,
    amount: String,
    way: RefundWay,
    reason: String,
) -> Answer<SaleView> {
    let refund = NewRefund {
        amount,
        way,
        reason,
    };
    let till = state.active_till.open_unlocked().await?.till;
    Ok(till.refund(number, refund).await?)
}

#[tauri::command]
pub(crate) async fn take_back_refund(
    state: Shared<'_>,
    number: u32,
    refund: u32,
    reason: String,
) -> Answer<SaleView> {
    let till = state.active_till.open_unlocked().await?.till;
    Ok(till.void_refund(number, refund, &reason).await?)
}

#[tauri::command]
pub(crate) async fn close_review(
    state: Shared<'_>,
    number: u32,
    reason: String,
) -> Answer<SaleView> {
    let till = state.active_till.open_unlocked().await?.till;
    Ok(till.close_review(number, &reason).await?)
}
