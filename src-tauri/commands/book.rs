//! What the screens of the sales book ask.

use tauri::State;

use ringup_core::sale::{RefundWay, SaleDetail, SaleView};
use ringup_core::{NewRefund, SalesPage, SalesQuery};

use super::Answer;
use crate::counter::Counter;

#[tauri::command]
pub(crate) async fn sales(counter: State<'_, Counter>, query: SalesQuery) -> Answer<SalesPage> {
    Ok(counter.open_book().await?.till.sales(query).await?)
}

#[tauri::command]
pub(crate) async fn sale_detail(counter: State<'_, Counter>, number: u32) -> Answer<SaleDetail> {
    Ok(counter.open_book().await?.till.sale_detail(number).await?)
}

#[tauri::command]
pub(crate) async fn payment_seen(counter: State<'_, Counter>, number: u32) -> Answer<SaleView> {
    Ok(counter.open().await?.till.payment_seen(number).await?)
}

#[tauri::command]
pub(crate) async fn set_note(
    counter: State<'_, Counter>,
    number: u32,
    note: Option<String>,
) -> Answer<SaleView> {
    Ok(counter.open_book().await?.till.note(number, note).await?)
}

#[tauri::command]
pub(crate) async fn refund(
    counter: State<'_, Counter>,
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
    let till = counter.open_unlocked().await?.till;
    Ok(till.refund(number, refund).await?)
}

#[tauri::command]
pub(crate) async fn take_back_refund(
    counter: State<'_, Counter>,
    number: u32,
    refund: u32,
    reason: String,
) -> Answer<SaleView> {
    let till = counter.open_unlocked().await?.till;
    Ok(till.take_back_refund(number, refund, &reason).await?)
}

#[tauri::command]
pub(crate) async fn close_review(
    counter: State<'_, Counter>,
    number: u32,
    reason: String,
) -> Answer<SaleView> {
    let till = counter.open_unlocked().await?.till;
    Ok(till.close_review(number, &reason).await?)
}
