//! Selling: a charge, and the sale on the payment screen.

use ringup_api_macros::commands;
use ringup_core::Charge;
use ringup_core::qr::QrImage;
use ringup_core::sale::SaleView;

use super::{Answer, Context};

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// Opens a sale and requests its invoice. The same tap again is the same sale. In self-service a customer can
    /// only be charged an amount that is offered.
    #[access(Anyone)]
    async fn charge(cx: &Context, charge: Charge) -> Answer<SaleView> {
        let active_till = &cx.app.active_till;
        active_till.check_offered(charge.amount).await?;
        Ok(cx.till().await?.charge(charge).await?)
    }

    /// Requests another invoice for a sale whose last one ended, was refused or is uncertain.
    #[access(Anyone)]
    async fn try_again(cx: &Context, number: u32) -> Answer<SaleView> {
        Ok(cx.till().await?.try_again(number).await?)
    }

    /// Stops waiting for the payment. The invoice is still polled.
    #[access(Anyone)]
    async fn stop_waiting(cx: &Context, number: u32) -> Answer<SaleView> {
        Ok(cx.till().await?.stop_waiting(number).await?)
    }

    /// Polls the sale's invoice now.
    #[access(Anyone)]
    async fn check_now(cx: &Context, number: u32) -> Answer<SaleView> {
        Ok(cx.till().await?.check_now(number).await?)
    }

    /// Says which sale is on screen, `null` for none: it is polled fastest, and shown to the customer. The display
    /// keeps a sale while the cashier looks at something else.
    #[access(Anyone)]
    async fn look_at(cx: &Context, number: Option<u32>) -> Answer<()> {
        let open = cx.app.active_till.open().await?;
        open.till.set_on_screen(number);
        if let Some(number) = number {
            cx.app.display.session.show_sale(open.mode, number);
        }
        cx.app.display.refresh();
        Ok(())
    }

    /// One sale as it is now.
    #[access(Anyone)]
    async fn sale(cx: &Context, number: u32) -> Answer<SaleView> {
        Ok(cx.till().await?.sale(number).await?)
    }

    /// The QR code of a sale's invoice.
    #[access(Anyone)]
    async fn qr(cx: &Context, number: u32) -> Answer<QrImage> {
        Ok(cx.till().await?.qr(number).await?)
    }
}
