//! The till: the one façade that the window and the command line call.

mod backup;
mod cashiers;
mod charge;
mod corrections;
mod day_close;
mod events;
mod export;
mod items;
mod journal_health;
mod key;
mod open;
mod poll;
mod receipts;
mod sale;
mod sales;
mod settings;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tokio::sync::{Notify, broadcast};

pub use charge::Charge;
pub use corrections::NewRefund;
pub use events::{CheckedView, TillEvent};
pub use export::{Export, ExportTo};
pub use journal_health::JournalState;
pub use key::KeyStatus;
pub(crate) use key::Keys;
pub(crate) use receipts::PrintQueue;
pub use receipts::{ReceiptFormat, ReceiptView};
pub use sales::{SalesPage, SalesQuery};

use crate::clock::{Clock, UnixMs};
use crate::error::TillError;
use crate::gateway;
use crate::ids::{SaleId, SaleNumber, TillCode, TillId};
use crate::items::{Item, ItemsFile};
use crate::journal::{Journal, Verified, VerifyFailure, verify_file};
pub use crate::polling::NetworkState;
use crate::polling::{InFlight, Network, PollScheduler};
use crate::sale::Purpose;
use crate::settings::{Settings, SettingsFile};

/// An open till. Cheap to clone; the watch stops with the last clone.
#[derive(Debug, Clone)]
pub struct Till {
    inner: Arc<Inner>,
    watch: Option<Arc<[StopOnDrop; 2]>>,
    printing: Option<Arc<StopOnDrop>>,
    copies: Option<Arc<StopOnDrop>>,
}

/// What the parts of the till share.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) journal: Journal,
    journal_path: PathBuf,
    pub(crate) gateway: gateway::Client,
    /// As attempts name it in the journal.
    pub(crate) gateway_name: String,
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    pub(crate) pace_ms: u64,
    pub(crate) till_id: TillId,
    pub(crate) code: TillCode,
    /// Whose money it is.
    pub(crate) purpose: Purpose,
    /// The journal's last entry when this program opened it.
    pub(crate) opened_at_seq: u64,
    /// The revision of each sale that was told last.
    told: Mutex<HashMap<SaleId, u64>>,
    settings: Mutex<Settings>,
    settings_file: SettingsFile,
    cashier_file: cashiers::CashierFile,
    items: Mutex<Vec<Item>>,
    items_file: ItemsFile,
    copies: Mutex<backup::Copies>,
    /// One copy at a time.
    copying: tokio::sync::Mutex<()>,
    /// Ends the rest of who makes copies.
    copy_soon: Notify,
    events: broadcast::Sender<TillEvent>,
    network: Mutex<Network>,
    checked: Mutex<HashMap<SaleNumber, UnixMs>>,
    /// When this till was opened: the forward clock counts from here.
    started: Instant,
    /// What the asking so far was.
    scheduler: Mutex<PollScheduler>,
    /// The sale that the cashier sees.
    on_screen: Mutex<Option<SaleNumber>>,
    /// Calls to `/info` on their way.
    pub(crate) asking: InFlight,
    /// Calls to `create` on their way.
    pub(crate) creating: InFlight,
    pub(crate) printer: PrintQueue,
    /// Ends the watch's rest.
    pub(crate) wake: Notify,
}

/// Ends a task of the till when the last till goes.
#[derive(Debug)]
struct StopOnDrop(tokio::task::AbortHandle);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Till {
    /// The till's short code.
    pub fn code(&self) -> &TillCode {
        &self.inner.code
    }

    /// The gateway asked, as people name it.
    pub fn gateway_name(&self) -> &str {
        &self.inner.gateway_name
    }

    /// Replays the journal and compares every field, as it stands now. Selling goes on meanwhile.
    ///
    /// # Errors
    /// [`TillError::Journal`] when it cannot be read at all.
    pub async fn verify(&self) -> Result<Result<Verified, VerifyFailure>, TillError> {
        let path = self.inner.journal_path.clone();
        let verified = tokio::task::spawn_blocking(move || verify_file(&path)).await;
        let verified = verified.map_err(|error| TillError::Internal(error.to_string()))?;
        Ok(verified?)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
