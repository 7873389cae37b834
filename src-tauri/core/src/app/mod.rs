//! The till: the one façade that the window and the command line call. It knows every other module and none of
//! them knows it. Each file here is one part of what a till can do.

mod auto_backup;
mod carts;
mod cashiers;
mod charge;
mod corrections;
mod day_close;
mod drawer;
mod events;
mod export;
mod items;
mod journal_health;
mod key;
mod office;
mod office_news;
mod office_sending;
mod open;
mod poll;
mod poll_loop;
mod receipt_link;
mod receipts;
mod sale;
mod sales;
mod settings;
mod shared_line;
mod shared_sections;
mod shared_settings;
mod spent_calls;
mod surroundings;
mod technical;
mod tenders;
mod till_error;
mod updates;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;

pub use carts::{CartView, Hold, TakenUpCart};
pub use charge::Charge;
pub use corrections::NewRefund;
pub use drawer::{CountResult, CountStart, NewCashCount, NewCashMove};
pub use events::{LastPolled, TillEvent};
pub use export::{Export, ExportTo};
pub use items::Stock;
pub use journal_health::JournalState;
pub use key::{KeyStatus, OpenInvoices};
pub use office::OfficeStatus;
pub use receipts::{PrintedReceipt, ReceiptFormat, ReceiptView};
pub use sales::{SalesPage, SalesQuery};
pub use shared_settings::{SharedSectionView, SharedStatus};
pub use surroundings::{Jitter, Surroundings};
pub use technical::{ProgramStart, append_to_closed_journal};
pub use tenders::{NewTender, TenderOptions};
pub use till_error::TillError;

use crate::clock::Clock;
use crate::error::Fault;
use crate::gateway;
use crate::ids::{TillCode, TillId};
use crate::journal::{Journal, Verified, VerifyFailure, verify_file};
use crate::polling::{InFlight, Network};
use crate::sale::Purpose;

/// An open till. Clones share one journal and one set of tasks; the tasks stop with the last clone.
#[derive(Debug, Clone)]
pub struct Till {
    inner: Arc<Inner>,
    tasks: Vec<Arc<StopOnDrop>>,
}

/// What the parts of the till share.
#[derive(Debug)]
struct Inner {
    journal: Journal,
    journal_path: PathBuf,
    /// Where settings, copies and what is known of the back office lie.
    data_dir: PathBuf,
    /// Why the journal does not go on from what is known of it, if it did not when this program opened it.
    history_fault: OnceLock<Fault>,
    /// The folder cannot be written: nothing is sold, and nothing is journaled.
    read_only: bool,
    /// The number of the journal's last entry when this program opened it.
    opened_at_seq: u64,
    till_id: TillId,
    /// The short code that the journal was opened with; a sale that has another says so itself.
    opening_code: TillCode,
    /// The short code that holds now.
    code: Mutex<TillCode>,
    /// Whether the journal holds real money or practice.
    purpose: Purpose,
    clock: Clock,
    gateway: gateway::Client,
    /// The name in the journal of the gateway that is asked.
    asked_gateway: String,
    /// The gateway whose money the journal holds. It is another only where no gateway is asked.
    journal_gateway: String,
    keys: key::Keys,
    network: Mutex<Network>,
    polling: poll::Polling,
    /// Requests for invoices on their way.
    creates: InFlight,
    events: events::Events,
    settings: settings::SettingsStore,
    items: items::ItemStore,
    cashier_file: cashiers::CashierFile,
    auto_backup: auto_backup::AutoBackup,
    office: office::OfficeContact,
    shared: shared_settings::SharedKnown,
    print_queue: receipts::PrintQueue,
    updates: updates::UpdateWatch,
}

/// Stops a task when the last till that needs it is dropped.
#[derive(Debug)]
struct StopOnDrop(tokio::task::AbortHandle);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Till {
    /// The till's short code.
    pub fn code(&self) -> TillCode {
        self.inner.code.lock().clone()
    }

    /// The gateway whose money the till handles, as people and the journal know it.
    pub fn gateway_name(&self) -> &str {
        &self.inner.journal_gateway
    }

    /// Why the journal did not go on from what was known of it when this program opened it: its end was cut off, or an
    /// older file lies in its place.
    pub fn history_fault(&self) -> Option<Fault> {
        self.inner.history_fault.get().cloned()
    }

    /// Notes down the journal's head for the next start. A program that ends at once calls it at its end.
    pub async fn note_head(&self) {
        self.inner.journal.note_head().await;
    }

    /// Replays the journal as it stands now and compares every field. Selling goes on meanwhile. The inner result
    /// says what is wrong with the journal.
    ///
    /// # Errors
    /// [`TillError::Journal`] when it cannot be read at all.
    pub async fn verify(&self) -> Result<Result<Verified, VerifyFailure>, TillError> {
        let path = self.inner.journal_path.clone();
        run_blocking(move || Ok(verify_file(&path)?)).await
    }

    /// The same till with one more task.
    fn with_task(mut self, task: impl Future<Output = ()> + Send + 'static) -> Self {
        let task = tokio::spawn(task).abort_handle();
        self.tasks.push(Arc::new(StopOnDrop(task)));
        self
    }

    /// The same till for a task of its own, which must not keep the others running.
    fn detached(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            tasks: Vec::new(),
        }
    }
}

/// Runs work that takes a while on a thread where no call waits for it.
async fn run_blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, TillError> + Send + 'static,
) -> Result<T, TillError> {
    tokio::task::spawn_blocking(work).await?
}
