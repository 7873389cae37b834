//! What the screen may ask about receipts and their printer. Where a file goes is asked here, of the
//! cashier: the screen names no path.

#![expect(
    clippy::let_underscore_must_use,
    reason = "Tauri's macro writes such a line into each command"
)]

use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;
use tokio::sync::oneshot;

use till::error::{Fault, TillError};
use till::sale::SaleView;
use till::{ReceiptFormat, ReceiptView};

use super::Answer;
use crate::counter::Counter;

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
    app: AppHandle,
    counter: State<'_, Counter>,
    number: u32,
    format: ReceiptFormat,
) -> Answer<Option<SaleView>> {
    let till = counter.open().await?.till;
    let name = till.sale(number).await?.label;
    let extension = format.extension();
    let (answer, chosen) = oneshot::channel();
    app.dialog()
        .file()
        .set_file_name(format!("{name}.{extension}"))
        .add_filter(extension.to_uppercase(), &[extension])
        .save_file(move |path| drop(answer.send(path)));
    let Ok(Some(path)) = chosen.await else {
        return Ok(None);
    };
    let path = path
        .into_path()
        .map_err(|error| Fault::from(TillError::Internal(error.to_string())))?;
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
