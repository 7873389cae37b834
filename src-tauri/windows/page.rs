//! What is sent to the cashier's page without being asked for. The page opens a channel with its first call
//! (`start`), so it needs no right to listen to events, and nothing that happens after that call is lost.

use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tauri::ipc::Channel;

use ringup_core::auto_backup::BackupState;
use ringup_core::error::Fault;
use ringup_core::export::ExportProgress;
use ringup_core::office::OfficeState;
use ringup_core::pin::LockView;
use ringup_core::sale::SaleView;
use ringup_core::updates::UpdateState;
use ringup_core::{CartView, JournalState, LastPolled, NetworkState, TillEvent};

use super::tip::TipChosen;

/// An event for the cashier's page.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
#[serde(tag = "what", content = "told", rename_all = "kebab-case")]
#[ts(export)]
pub(crate) enum ScreenEvent {
    /// A sale has changed.
    SaleChanged(Box<SaleView>),
    /// Carts were held, taken up or dropped; these are held now.
    CartsChanged(Vec<CartView>),
    /// The connection to the gateway has changed.
    NetworkChanged(NetworkState),
    /// The gateway answered about a sale, whether or not it has changed.
    Checked(LastPolled),
    /// A backup was made, or failed.
    BackupChanged(BackupState),
    /// The back office can or can no longer be reached for long, or refuses.
    OfficeChanged(OfficeState),
    /// Shared settings of this version were taken over, or no longer hold.
    SettingsTaken(#[ts(type = "number")] u64),
    /// Something else is known of a newer version of the till.
    UpdateChanged(UpdateState),
    /// The journal stopped taking entries, or takes them again.
    JournalChanged(JournalState),
    /// How far the export that is running has come.
    ExportProgress(ExportProgress),
    /// The till has been locked, or its time has run out.
    LockChanged(LockView),
    /// The customer chose a tip on their display.
    TipChosen(TipChosen),
    /// Something failed that no call had asked for.
    Fault(Fault),
}

impl From<TillEvent> for ScreenEvent {
    fn from(event: TillEvent) -> Self {
        match event {
            TillEvent::SaleChanged(sale) => Self::SaleChanged(sale),
            TillEvent::CartsChanged(carts) => Self::CartsChanged(carts),
            TillEvent::NetworkChanged(network) => Self::NetworkChanged(network),
            TillEvent::Polled(polled) => Self::Checked(polled),
            TillEvent::BackupChanged(state) => Self::BackupChanged(state),
            TillEvent::OfficeChanged(state) => Self::OfficeChanged(state),
            TillEvent::SettingsTaken(number) => Self::SettingsTaken(number),
            TillEvent::UpdateChanged(state) => Self::UpdateChanged(state),
            TillEvent::JournalChanged(state) => Self::JournalChanged(state),
            TillEvent::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// The channel to the page in the cashier's window, once that page has called `start`.
#[derive(Default)]
pub(crate) struct CashierPage(Mutex<Option<Channel<ScreenEvent>>>);

impl CashierPage {
    /// Sends every event to this page from now on, and none to the page before it (a reload makes a new one).
    pub(crate) fn attach_page(&self, channel: Channel<ScreenEvent>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(channel);
    }

    /// Sends an event. Without a page it is dropped: a page that starts asks for everything.
    pub(crate) fn emit(&self, event: ScreenEvent) {
        let page = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Err(error)) = page.as_ref().map(|page| page.send(event)) {
            tracing::warn!(%error, "an event did not reach the cashier's page");
        }
    }
}
