//! The sales book: finding a sale, and what is written about it after the customer has gone.

use ringup_api_macros::commands;
use ringup_core::money::Money;
use ringup_core::sale::{RefundPreview, ReturnedLine, SaleDetail, SaleState, SaleView};
use ringup_core::{NewRefund, SalesPage, SalesQuery};

use super::{Answer, Context};

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// One page of the sales book, newest first.
    #[access(Staff)]
    async fn sales(cx: &Context, query: SalesQuery) -> Answer<SalesPage> {
        Ok(cx.till().await?.sales(query).await?)
    }

    /// Everything about one sale.
    #[access(Staff)]
    async fn sale_detail(cx: &Context, number: u32) -> Answer<SaleDetail> {
        Ok(cx.till().await?.sale_detail(number).await?)
    }

    /// Acknowledges a payment, which then no longer rings.
    #[access(Staff)]
    async fn payment_seen(cx: &Context, number: u32) -> Answer<SaleView> {
        Ok(cx.till().await?.acknowledge(number).await?)
    }

    /// Acknowledges a payment that was shown to the customer on time. One that came late or twice keeps ringing where
    /// customers serve themselves, until staff has seen it.
    #[access(Anyone)]
    async fn payment_shown(cx: &Context, number: u32) -> Answer<SaleView> {
        let till = cx.till().await?;
        let sale = till.sale(number).await?;
        let is_ordinary = sale.state == SaleState::Paid && !sale.late && !sale.paid_twice;
        if is_ordinary || cx.app.active_till.check_staff().await.is_ok() {
            return Ok(till.acknowledge(number).await?);
        }
        Ok(sale)
    }

    /// Sets the note of a sale; `null` removes it.
    #[access(Staff)]
    async fn set_note(cx: &Context, number: u32, note: Option<String>) -> Answer<SaleView> {
        Ok(cx.till().await?.set_note(number, note).await?)
    }

    /// Writes down money that was given back to the customer outside the gateway.
    #[access(Right(Refund))]
    async fn refund(cx: &Context, number: u32, refund: NewRefund) -> Answer<SaleView> {
        Ok(cx.till().await?.refund(number, refund).await?)
    }

    /// What a refund would take back: of the typed amount, or of the lines when there are any.
    #[access(Staff)]
    async fn refund_preview(
        cx: &Context,
        number: u32,
        amount: Money,
        lines: Vec<ReturnedLine>,
    ) -> Answer<RefundPreview> {
        let till = cx.till().await?;
        Ok(till.refund_preview(number, amount, &lines).await?)
    }

    /// Voids a refund that was entered by mistake. `refund`: its place in the sale, from 1.
    #[access(Right(TakeBack))]
    async fn take_back_refund(
        cx: &Context,
        number: u32,
        refund: u32,
        reason: String,
    ) -> Answer<SaleView> {
        let till = cx.till().await?;
        Ok(till.void_refund(number, refund, &reason).await?)
    }

    /// Gives up for good a sale whose invoice is dead to the gateway.
    #[access(Right(TakeBack))]
    async fn write_off(cx: &Context, number: u32, reason: String) -> Answer<SaleView> {
        Ok(cx.till().await?.write_off(number, &reason).await?)
    }

    /// Closes the review of a sale whose payment does not match it.
    #[access(Right(TakeBack))]
    async fn close_review(cx: &Context, number: u32, reason: String) -> Answer<SaleView> {
        Ok(cx.till().await?.close_review(number, &reason).await?)
    }
}
