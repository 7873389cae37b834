//! What the day's screen asks.

use tauri::State;

use till::day::Day;
use till::report::{CloseView, DayReport};

use super::Answer;
use crate::counter::Counter;

#[tauri::command]
pub(crate) async fn report(counter: State<'_, Counter>, day: Option<Day>) -> Answer<DayReport> {
    Ok(counter.open().await?.till.report(day).await?)
}

#[tauri::command]
pub(crate) async fn close_day(counter: State<'_, Counter>, carry: bool) -> Answer<CloseView> {
    Ok(counter.open().await?.till.close_day(carry).await?)
}

#[tauri::command]
pub(crate) async fn closes(
    counter: State<'_, Counter>,
    before_seq: Option<u64>,
) -> Answer<Vec<CloseView>> {
    Ok(counter.open().await?.till.closes(before_seq).await?)
}
