//! What the day's screen asks.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tauri::{AppHandle, Manager as _, State, WebviewWindow};

use ringup_core::calendar::Day;
use ringup_core::export::{ExportFormat, ExportProgress};
use ringup_core::report::{CloseView, DayReport};
use ringup_core::{Export, ExportTo};

use super::{Answer, Shared, dialog};
use crate::windows::page::ScreenEvent;
use crate::windows::state;

/// Between two words about the progress.
const BETWEEN_PROGRESS: Duration = Duration::from_millis(100);

#[tauri::command]
pub(crate) async fn report(state: Shared<'_>, day: Option<Day>) -> Answer<DayReport> {
    Ok(state
        .active_till
        .open_book()
        .await?
        .till
        .report(day)
        .await?)
}

#[tauri::command]
pub(crate) async fn close_day(state: Shared<'_>, carry: bool) -> Answer<CloseView> {
    Ok(state
        .active_till
        .open_unlocked()
        .await?
        .till
        .close_day(carry)
        .await?)
}

#[tauri::command]
pub(crate) async fn closes(state: Shared<'_>, before_seq: Option<u64>) -> Answer<Vec<CloseView>> {
    Ok(state
        .active_till
        .open_book()
        .await?
        .till
        .closes(before_seq)
        .await?)
}

#[tauri::command]
pub(crate) async fn print_close(state: Shared<'_>, seq: u64) -> Answer<()> {
    Ok(state
        .active_till
        .open()
        .await?
        .till
        .print_close(seq)
        .await?)
}

/// The export under way, if any: there is one at a time.
#[derive(Default)]
pub(crate) struct Exporting(Mutex<Option<Arc<AtomicBool>>>);

/// Writes the book into a file that the cashier picks. Gives where it is; nothing when none was picked,
/// or the export was called off.
#[tauri::command]
pub(crate) async fn export(
    window: WebviewWindow,
    state: Shared<'_>,
    exporting: State<'_, Exporting>,
    format: ExportFormat,
    from: Option<Day>,
    to: Option<Day>,
) -> Answer<Option<String>> {
    let till = state.active_till.open_unlocked().await?.till;
    let Some(path) = dialog::new_file(&window, "ringup", format.extension()).await else {
        return Ok(None);
    };
    let told = path.to_string_lossy().into_owned();
    let cancelled = exporting.begin();
    let export = Export { format, from, to };
    let progress = telling(window.app_handle().clone());
    let rows = till
        .export(export, ExportTo::File(path), progress, cancelled)
        .await?;
    Ok(rows.map(|_| told))
}

#[tauri::command]
pub(crate) async fn cancel_export(exporting: State<'_, Exporting>) -> Answer<()> {
    exporting.cancel();
    Ok(())
}

impl Exporting {
    /// The flag of a new export; one that runs is called off.
    fn begin(&self) -> Arc<AtomicBool> {
        let cancelled = Arc::new(AtomicBool::new(false));
        let before = self.running().replace(Arc::clone(&cancelled));
        if let Some(before) = before {
            before.store(true, Ordering::Relaxed);
        }
        cancelled
    }

    fn cancel(&self) {
        if let Some(running) = self.running().take() {
            running.store(true, Ordering::Relaxed);
        }
    }

    fn running(&self) -> MutexGuard<'_, Option<Arc<AtomicBool>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the screen how far it is, as often as an eye can follow.
fn telling(app: AppHandle) -> impl FnMut(ExportProgress) + Send + 'static {
    let mut told: Option<Instant> = None;
    move |progress: ExportProgress| {
        let due = told.is_none_or(|told| told.elapsed() >= BETWEEN_PROGRESS);
        if due || progress.done == progress.total {
            told = Some(Instant::now());
            state(&app)
                .cashier_page
                .emit(ScreenEvent::ExportProgress(progress));
        }
    }
}
