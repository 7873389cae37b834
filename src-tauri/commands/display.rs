//! The one thing that the customer's display may ask.

#![expect(
    clippy::let_underscore_must_use,
    reason = "Tauri's macro writes such a line into each command"
)]

use tauri::State;
use tauri::ipc::Channel;

use super::Answer;
use crate::counter::Counter;
use crate::windows::display::{Display, DisplayState};

/// What it shows now; each change comes by the channel.
#[tauri::command]
pub(crate) async fn display_state(
    counter: State<'_, Counter>,
    display: State<'_, Display>,
    changes: Channel<DisplayState>,
) -> Answer<DisplayState> {
    let state = DisplayState::now(counter.opened().await.as_ref()).await;
    display.page_is(changes, &state);
    // What changed while this was answered.
    display.news();
    Ok(state)
}
