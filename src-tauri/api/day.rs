//! Reports, the day's close, and the sales book as a file.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ringup_api_macros::commands;
use ringup_core::calendar::Day;
use ringup_core::export::ExportProgress;
use ringup_core::printer::PrintOutcome;
use ringup_core::report::{CloseView, DayReport};
use ringup_core::{Export, ExportTo};

use super::drawer::hide_expected;
use super::{Answer, Context, file_dialog};
use crate::windows::AppState;
use crate::windows::page::ScreenEvent;

/// The least time between two events about an export's progress.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(100);

pub(super) struct Commands;

#[commands(Cashier)]
impl Commands {
    /// The X report of a day; `null` is today by the shop's clock.
    #[access(Staff)]
    async fn report(cx: &Context, day: Option<Day>) -> Answer<DayReport> {
        let mut report = cx.till().await?.report(day).await?;
        hide_expected(cx, &mut report.drawer);
        Ok(report)
    }

    /// The Z report: closes the day. With open sales it does so only if they are to be carried over.
    #[access(Right(Close))]
    async fn close_day(cx: &Context, carry: bool) -> Answer<CloseView> {
        Ok(cx.till().await?.close_day(carry).await?)
    }

    /// The closes before an entry of the journal, or the last ones, newest first.
    #[access(Staff)]
    async fn closes(cx: &Context, before_seq: Option<u64>) -> Answer<Vec<CloseView>> {
        Ok(cx.till().await?.closes(before_seq).await?)
    }

    /// Prints a close on the receipt printer.
    #[access(Staff)]
    async fn print_close(cx: &Context, seq: u64) -> Answer<PrintOutcome> {
        Ok(cx.till().await?.print_close(seq).await?)
    }

    /// Writes the sales book into a file that the cashier picks. Returns its path; `null` when no file was picked
    /// or the export was cancelled.
    #[access(Right(Close))]
    async fn export(cx: &Context, query: Export) -> Answer<Option<String>> {
        let till = cx.till().await?;
        let extension = query.format.extension();
        let Some(path) = file_dialog::new_file(cx, "ringup", extension).await? else {
            return Ok(None);
        };
        let shown = path.to_string_lossy().into_owned();
        let cancelled = cx.export.begin();
        let progress = report_progress(Arc::clone(&cx.app));
        let rows = till
            .export(query, ExportTo::File(path), progress, cancelled)
            .await?;
        Ok(rows.map(|_| shown))
    }

    /// Cancels the export that is running, if there is one.
    #[access(Anyone)]
    async fn cancel_export(cx: &Context) -> Answer<()> {
        cx.export.cancel();
        Ok(())
    }
}

/// The flag that cancels the export that is running. There is one export at a time.
#[derive(Default)]
pub(super) struct RunningExport(Mutex<Option<Arc<AtomicBool>>>);

impl RunningExport {
    /// The flag of a new export. One that is running is cancelled.
    fn begin(&self) -> Arc<AtomicBool> {
        let cancelled = Arc::new(AtomicBool::new(false));
        let previous = self.flag().replace(Arc::clone(&cancelled));
        if let Some(previous) = previous {
            previous.store(true, Ordering::Relaxed);
        }
        cancelled
    }

    fn cancel(&self) {
        if let Some(running) = self.flag().take() {
            running.store(true, Ordering::Relaxed);
        }
    }

    fn flag(&self) -> MutexGuard<'_, Option<Arc<AtomicBool>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends an export's progress to the cashier's page, no more often than an eye can follow.
fn report_progress(app: Arc<AppState>) -> impl FnMut(ExportProgress) + Send + 'static {
    let mut sent_at: Option<Instant> = None;
    move |progress: ExportProgress| {
        let due = sent_at.is_none_or(|at| at.elapsed() >= PROGRESS_INTERVAL);
        if due || progress.done == progress.total {
            sent_at = Some(Instant::now());
            app.cashier_page.emit(ScreenEvent::ExportProgress(progress));
        }
    }
}
