//! Practice mode.

use ringup_api_macros::commands;
use ringup_core::error::{Code, Fault};
use serde::Deserialize;

use super::start::Start;
use super::{Answer, Context};
use crate::active_till::Mode;

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// Switches between the shop's till and the practice till.
    #[access(Right(Settings))]
    async fn switch_mode(cx: &Context, mode: Mode) -> Answer<Start> {
        let open = cx.app.active_till.switch(mode).await?;
        Start::of(&open, &cx.app).await
    }

    /// Deletes all practice sales. The shop's own journal is another file and is not touched.
    #[access(Right(Settings))]
    async fn reset_practice(cx: &Context) -> Answer<Start> {
        let open = cx.app.active_till.reset_practice().await?;
        Start::of(&open, &cx.app).await
    }

    /// Acts as the customer of a practice sale.
    #[access(Practice)]
    async fn practice_act(cx: &Context, number: u32, act: CustomerAct) -> Answer<()> {
        let open = cx.app.active_till.open().await?;
        let no_customer = || Fault::new(Code::PracticeOnly, "there is no practice customer");
        let customer = open.customer.as_ref().ok_or_else(no_customer)?;
        let sale = open.till.sale(number).await?;
        let invoice = sale.invoice_id.ok_or_else(no_customer)?;
        let done = match act {
            CustomerAct::ChooseCoin => {
                let coin = customer.coins().first().ok_or_else(no_customer)?;
                customer.choose_coin(&invoice, coin.crypto, coin.network)
            }
            CustomerAct::Pay => customer.pay(&invoice),
            CustomerAct::End => customer.end(&invoice),
        };
        done.map(drop)
            .map_err(|error| Fault::new(Code::PracticeOnly, error.to_string()))
    }
}

/// What a practice customer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub(super) enum CustomerAct {
    /// Chooses a coin.
    ChooseCoin,
    /// Pays.
    Pay,
    /// Lets the invoice end unpaid.
    End,
}
