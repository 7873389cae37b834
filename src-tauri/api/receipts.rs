//! Receipts and the receipt printer.

use ringup_api_macros::commands;
use ringup_core::printer::{NearbyPrinter, PrintOutcome};
use ringup_core::qr::QrImage;
use ringup_core::sale::SaleView;
use ringup_core::{PrintedReceipt, ReceiptFormat, ReceiptView};

use super::{Answer, Context, Right, file_dialog};

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// The receipt of a paid sale, as it would be printed.
    #[access(Anyone)]
    async fn receipt(cx: &Context, number: u32) -> Answer<ReceiptView> {
        Ok(cx.till().await?.receipt(number).await?)
    }

    /// The code of where the customer finds the receipt of a paid sale; `null`: it is nowhere that a phone can reach.
    #[access(Anyone)]
    async fn receipt_qr(cx: &Context, number: u32) -> Answer<Option<QrImage>> {
        Ok(cx.till().await?.receipt_qr(number).await?)
    }

    /// Prints the receipt on the receipt printer.
    #[access(Anyone)]
    async fn print_receipt(cx: &Context, number: u32) -> Answer<PrintedReceipt> {
        Ok(cx.till().await?.print_receipt(number).await?)
    }

    /// Saves the receipt into a file that the cashier picks; `null` when no file was picked. In kiosk mode it needs
    /// the PIN: a file dialog shows more of the machine than the till.
    #[access(PinInKiosk)]
    async fn save_receipt(
        cx: &Context,
        number: u32,
        format: ReceiptFormat,
    ) -> Answer<Option<SaleView>> {
        let till = cx.till().await?;
        let name = till.sale(number).await?.label;
        match file_dialog::new_file(cx, &name, format.extension()).await? {
            Some(path) => Ok(Some(till.save_receipt(number, format, &path).await?)),
            None => Ok(None),
        }
    }

    /// Writes down that the receipt was opened in the system's print dialog.
    #[access(Anyone)]
    async fn receipt_opened_in_dialog(cx: &Context, number: u32) -> Answer<SaleView> {
        Ok(cx.till().await?.receipt_opened_in_dialog(number).await?)
    }

    /// Prints a test page, and asks the printer anew what it can say. Where that opens the drawer, it needs the right.
    #[access(Staff)]
    async fn printer_test(cx: &Context) -> Answer<PrintOutcome> {
        let till = cx.till().await?;
        if till.settings().printing.drawer {
            cx.require_of_staff(Right::OpenDrawer)?;
        }
        Ok(till.printer_test().await?)
    }

    /// Printers that may be chosen in the settings: on USB, in the network, queues, serial ports. It takes some three seconds;
    /// nothing is printed.
    #[access(Right(Settings))]
    async fn nearby_printers(cx: &Context) -> Answer<Vec<NearbyPrinter>> {
        Ok(cx.till().await?.nearby_printers().await)
    }
}
