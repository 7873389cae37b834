//! What the screen may ask about receipts and their printer.

use tauri::WebviewWindow;

use ringup_core::sale::SaleView;
use ringup_core::{ReceiptFormat, ReceiptView};

use super::{Answer, Shared, dialog};

#[tauri::command]
pub(crate) async fn receipt(state: Shared<'_>, number: u32) -> Answer<ReceiptView> {
    Ok(state.active_till.open().await?.till.receipt(number).await?)
}

#[tauri::command]
pub(crate) async fn print_receipt(state: Shared<'_>, number: u32) -> Answer<SaleView> {
    Ok(state
        .active_till
        .open()
        .await?
        .till
        .print_receipt(number)
        .await?)
}

/// Asks where, and saves there; nothing when the cashier thought better of it.
#[tauri::command]
pub(crate) async fn save_receipt(
    window: WebviewWindow,
    state: Shared<'_>,
    number: u32,
    format: ReceiptFormat,
) -> Answer<Option<SaleView>> {
    let till = state.active_till.open().await?.till;
    // A dialog for files shows more of the machine than the till.
    if state.kiosk.is_on() {
        state.active_till.lock().require()?;
    }
    let name = till.sale(number).await?.label;
    let Some(path) = dialog::new_file(&window, &name, format.extension()).await else {
        return Ok(None);
    };
    Ok(Some(till.save_receipt(number, format, &path).await?))
}

#[tauri::command]
pub(crate) async fn receipt_opened_in_dialog(state: Shared<'_>, number: u32) -> Answer<SaleView> {
    let till = state.active_till.open().await?.till;
    Ok(till.receipt_opened_in_dialog(number).await?)
}

#[tauri::command]
pub(crate) async fn printer_test(state: Shared<'_>) -> Answer<()> {
    Ok(state.active_till.open().await?.till.printer_test().await?)
}
