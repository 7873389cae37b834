//! What the customer's display may ask, and what is put before it.

#![expect(
    clippy::let_underscore_must_use,
    reason = "Tauri's macro writes such a line into each command"
)]

use tauri::State;
use tauri::ipc::Channel;

use super::Answer;
use crate::counter::Counter;
use crate::windows::display::Display;
use crate::windows::screen::{News, Screen};
use crate::windows::shown::DisplayState;
use crate::windows::tip::TipQuestion;

/// What it shows now; each change comes by the channel.
#[tauri::command]
pub(crate) async fn display_state(
    counter: State<'_, Counter>,
    display: State<'_, Display>,
    changes: Channel<DisplayState>,
) -> Answer<DisplayState> {
    let state = DisplayState::now(&display.customer, counter.opened().await.as_ref()).await;
    display.page_is(changes, &state);
    // What changed while this was answered.
    display.news();
    Ok(state)
}

/// The customer takes one of the tips that they are asked for now; the cashier's window hears of it, and
/// what is charged is the cashier's word.
#[tauri::command]
pub(crate) async fn choose_tip(
    display: State<'_, Display>,
    screen: State<'_, Screen>,
    ask: u32,
    offer: u32,
) -> Answer<()> {
    let chosen = display.customer.choose(ask, offer)?;
    display.news();
    screen.tell(News::TipChosen(chosen));
    Ok(())
}

/// The cashier's: puts the question for a tip before the customer, and gives its number; none: it is
/// answered, or taken back.
#[tauri::command]
pub(crate) async fn ask_tip(
    counter: State<'_, Counter>,
    display: State<'_, Display>,
    question: Option<TipQuestion>,
) -> Answer<Option<u32>> {
    let mode = counter.open().await?.mode;
    let ask = match question {
        Some(question) => Some(display.customer.ask(mode, question)?),
        None => {
            display.customer.asked();
            None
        }
    };
    display.news();
    Ok(ask)
}

/// The cashier's: the sale that was before the customer is left, and the next begins.
#[tauri::command]
pub(crate) async fn next_customer(display: State<'_, Display>) -> Answer<()> {
    display.customer.leave();
    display.news();
    Ok(())
}
