//! Selling: a charge, and the sale on the payment screen.

use std::time::Instant;

use ringup_api_macros::commands;
use ringup_core::money::Money;
use ringup_core::qr::QrImage;
use ringup_core::sale::SaleView;
use ringup_core::{Charge, NewTender, TenderOptions};

use super::{Answer, Context, Right};

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// Opens a sale and requests its invoice, or takes its first tender. The same tap again is the same sale. In
    /// self-service a customer can only be charged an amount that is offered.
    #[access(SignedOn)]
    async fn charge(cx: &Context, charge: Charge) -> Answer<SaleView> {
        let active_till = &cx.app.active_till;
        if !charge.carts.is_empty() {
            // Customers who serve themselves hold no carts.
            active_till.check_staff().await?;
        }
        active_till.check_offered(charge.amount).await?;
        // A customer who serves themselves must not say that they paid in cash.
        if charge.tender.is_some() {
            active_till.check_staff().await?;
        }
        let free = active_till.staff_settings().free_discount;
        if charge.basket.is_discounted_above(free) {
            cx.require_of_staff(Right::Discount)?;
        }
        let on_display = cx.app.display.session.language(Instant::now());
        let language = charge.language.or(on_display);
        let charge = Charge { language, ..charge };
        Ok(cx.till().await?.charge(charge).await?)
    }

    /// Takes a tender besides crypto for a sale: in cash with what was handed over. The answer has the change.
    #[access(SignedOn)]
    async fn take_tender(cx: &Context, number: u32, tender: NewTender) -> Answer<SaleView> {
        cx.app.active_till.check_staff().await?;
        Ok(cx.till().await?.take_tender(number, tender).await?)
    }

    /// Takes a tender back that was entered by mistake, until the day is closed.
    #[access(Right(TakeBack))]
    async fn take_back_tender(
        cx: &Context,
        number: u32,
        tender: u32,
        reason: String,
    ) -> Answer<SaleView> {
        let till = cx.till().await?;
        Ok(till.take_back_tender(number, tender, &reason).await?)
    }

    /// What may be taken for an amount that is outstanding, what is due in cash, and which sums a customer is likely to
    /// hand over. With a part that is about to be paid, also what is left then, and whether that can be paid in crypto.
    #[access(Anyone)]
    async fn tender_options(
        cx: &Context,
        outstanding: Money,
        part: Option<Money>,
    ) -> Answer<TenderOptions> {
        Ok(cx.till().await?.tender_options(outstanding, part))
    }

    /// Requests another invoice for what is outstanding of a sale whose last one ended, was refused or is uncertain, or
    /// that was paid in part by other tenders.
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
