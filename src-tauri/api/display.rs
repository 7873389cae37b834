//! What the customer's display may ask, and what is put before it.

#![expect(
    clippy::let_underscore_must_use,
    reason = "Tauri's macro writes such a line into each command"
)]

use tauri::ipc::Channel;

use super::{Answer, Shared};
use crate::windows::display_state::DisplayState;
use crate::windows::page::ScreenEvent;
use crate::windows::tip::TipQuestion;

/// What it shows now; each change comes by the channel.
#[tauri::command]
pub(crate) async fn display_state(
    state: Shared<'_>,
    changes: Channel<DisplayState>,
) -> Answer<DisplayState> {
    let shown = DisplayState::now(
        &state.display.session,
        state.active_till.opened().await.as_ref(),
    )
    .await;
    state.display.attach_page(changes, &shown);
    // What changed while this was answered.
    state.display.refresh();
    Ok(shown)
}

/// The customer takes one of the tips that they are asked for now; the cashier's window hears of it, and
/// what is charged is the cashier's word.
#[tauri::command]
pub(crate) async fn choose_tip(state: Shared<'_>, ask: u32, offer: u32) -> Answer<()> {
    let chosen = state.display.session.choose_tip(ask, offer)?;
    state.display.refresh();
    state.cashier_page.emit(ScreenEvent::TipChosen(chosen));
    Ok(())
}

/// The cashier's: puts the question for a tip before the customer, and gives its number; none: it is
/// answered, or taken back.
#[tauri::command]
pub(crate) async fn ask_tip(
    state: Shared<'_>,
    question: Option<TipQuestion>,
) -> Answer<Option<u32>> {
    let mode = state.active_till.open().await?.mode;
    let ask = match question {
        Some(question) => Some(state.display.session.ask_tip(mode, question)?),
        None => {
            state.display.session.clear_tip();
            None
        }
    };
    state.display.refresh();
    Ok(ask)
}

/// The cashier's: the sale that was before the customer is left, and the next begins.
#[tauri::command]
pub(crate) async fn next_customer(state: Shared<'_>) -> Answer<()> {
    state.display.session.clear();
    state.display.refresh();
    Ok(())
}
