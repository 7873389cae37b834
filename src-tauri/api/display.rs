//! The customer's display: what the cashier's window puts on it, and the little that it may ask itself.

use std::time::Instant;

use ringup_api_macros::commands;
use ringup_core::error::{Code, Fault};
use ringup_core::i18n::Language;
use ringup_core::sale::SaleView;

use super::arguments::Listener;
use super::{Answer, Context};
use crate::windows::display_state::DisplayState;
use crate::windows::page::ScreenEvent;
use crate::windows::tip::TipQuestion;

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// Asks the customer for a tip, and returns the question's number; `null` withdraws the question.
    #[access(Anyone)]
    async fn ask_tip(cx: &Context, question: Option<TipQuestion>) -> Answer<Option<u32>> {
        let mode = cx.app.active_till.open().await?.mode;
        let session = &cx.app.display.session;
        let number = match question {
            Some(question) => Some(session.ask_tip(mode, question)?),
            None => {
                session.clear_tip();
                None
            }
        };
        cx.app.display.refresh();
        Ok(number)
    }

    /// Notes which language the customer of a sale chose: its display and its receipts are in it from now on.
    #[access(Anyone)]
    async fn set_customers_language(
        cx: &Context,
        number: u32,
        language: Language,
    ) -> Answer<SaleView> {
        let till = cx.till().await?;
        let sale = till.set_customers_language(number, language).await?;
        cx.app.display.refresh();
        Ok(sale)
    }

    /// Clears the display for the next customer.
    #[access(Anyone)]
    async fn next_customer(cx: &Context) -> Answer<()> {
        cx.app.display.session.clear();
        cx.app.display.refresh();
        Ok(())
    }
}

pub(super) struct CustomerCommands;

#[commands(Display)]
impl CustomerCommands {
    /// What the display shows now; every change is sent to `changes`.
    #[access(Anyone)]
    async fn display_state(cx: &Context, changes: Listener<DisplayState>) -> Answer<DisplayState> {
        let open = cx.app.active_till.opened().await;
        let display = &cx.app.display;
        let state = DisplayState::now(&display.session, open.as_ref()).await;
        display.attach_page(changes.connect(cx)?, &state);
        // It may have changed since.
        display.refresh();
        Ok(state)
    }

    /// The customer chooses a tip: `offer`, counted from 0, of question number `ask`. The cashier's window is told,
    /// and decides what is charged.
    #[access(Anyone)]
    async fn choose_tip(cx: &Context, ask: u32, offer: u32) -> Answer<()> {
        let chosen = cx.app.display.session.choose_tip(ask, offer)?;
        cx.app.display.refresh();
        cx.app.cashier_page.emit(ScreenEvent::TipChosen(chosen));
        Ok(())
    }

    /// The customer chooses a language, one of those that the shop offers: for the sale in front, else for the one that
    /// comes next.
    #[access(Anyone)]
    async fn choose_language(cx: &Context, language: Language) -> Answer<()> {
        let open = cx.app.active_till.open().await?;
        if !open.till.settings().offered_languages().contains(&language) {
            let message = "the shop does not offer this language";
            return Err(Fault::new(Code::NotOffered, message));
        }
        let session = &cx.app.display.session;
        session.choose_language(language, Instant::now())?;
        if let Some(number) = session.sale(open.mode) {
            open.till.set_customers_language(number, language).await?;
        }
        cx.app.display.refresh();
        Ok(())
    }
}
