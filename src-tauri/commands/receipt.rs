//! What the screen may ask about receipts and their printer.

use tauri::{State, WebviewWindow};

use ringup_core::sale::SaleView;
use ringup_core::{ReceiptFormat, ReceiptView};

use super::{Answer, dialog};
use crate::counter::Counter;
use crate::windows::kiosk::Kiosk;

#[tauri::command]
pub(crate) async fn receipt(counter: State<'_, Counter>, number: u32) -> Answer<ReceiptView> {
    Ok(counter.open().await?.till.receipt(number).await?)
}

#[tauri::command]
pub(crate) async fn print_receipt(counter: State<'_, Counter>, number: u32) -> Answer<SaleView> {
    Ok(counter.open().await?.till.print_receipt(number).await?)
}

/// Asks where, and saves there; nothing when the cashier thought better of it.
#[tauri::command]
pub(crate) async fn save_receipt(
    window: WebviewWindow,
    counter: State<'_, Counter>,
    kiosk: State<'_, Kiosk>,
    number: u32,
    format: ReceiptFormat,
) -> Answer<Option<SaleView>> {
    let till = counter.open().await?.till;
    // A dialog for files shows more of the machine than the till.
    if kiosk.is_on() {
        counter.lock().need()?;
    }
    let name = till.sale(number).await?.label;
    let Some(path) = dialog::new_file(&window, &name, format.extension()).await else {
        return Ok(None);
    };
    Ok(Some(till.save_receipt(number, format, &path).await?))
}

#[tauri::command]
pub(crate) async fn receipt_opened_in_dialog(
    counter: State<'_, Counter>,
    number: u32,
) -> Answer<SaleView> {
    let till = counter.open().await?.till;
    Ok(till.receipt_opened_in_dialog(number).await?)
}

#[tauri::command]
pub(crate) async fn printer_test(counter: State<'_, Counter>) -> Answer<()> {
    Ok(counter.open().await?.till.printer_test().await?)
}
