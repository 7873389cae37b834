//! What the cashier's screen hears without asking. Its page opens a channel with the question it comes up with,
//! so it may listen to nothing else, and nothing is missed between the two.

use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tauri::ipc::Channel;

use ringup_core::auto_backup::BackupState;
use ringup_core::error::Fault;
use ringup_core::export::ExportProgress;
use ringup_core::sale::SaleView;
use ringup_core::{CheckedView, JournalState, NetworkState, TillEvent};

use super::tip::TipChosen;

/// Something happened.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
#[serde(tag = "what", content = "told", rename_all = "kebab-case")]
#[ts(export)]
pub(crate) enum News {
    /// A sale is not as it was.
    SaleChanged(Box<SaleView>),
    /// The way to the gateway.
    NetworkChanged(NetworkState),
    /// The gateway answered about a sale, changed or not.
    Checked(CheckedView),
    /// A copy of the journal was made, or could not be.
    BackupChanged(BackupState),
    /// The journal stopped serving, or serves again.
    JournalChanged(JournalState),
    /// An export goes on.
    ExportProgress(ExportProgress),
    /// The customer took a tip on their display.
    TipChosen(TipChosen),
    /// Something failed that nobody had asked for.
    Fault(Fault),
}

impl From<TillEvent> for News {
    fn from(event: TillEvent) -> Self {
        match event {
            TillEvent::SaleChanged(sale) => Self::SaleChanged(sale),
            TillEvent::NetworkChanged(network) => Self::NetworkChanged(network),
            TillEvent::Checked(checked) => Self::Checked(checked),
            TillEvent::BackupChanged(state) => Self::BackupChanged(state),
            TillEvent::JournalChanged(state) => Self::JournalChanged(state),
            TillEvent::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// The page of the cashier's window, once it has come up.
#[derive(Default)]
pub(crate) struct Screen(Mutex<Option<Channel<News>>>);

impl Screen {
    /// A page that comes up: it hears of everything from now on, and the page before it of nothing.
    pub(crate) fn page_is(&self, channel: Channel<News>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(channel);
    }

    /// Without a page nobody is told: one that comes up asks for everything.
    pub(crate) fn tell(&self, news: News) {
        let page = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Err(error)) = page.as_ref().map(|page| page.send(news)) {
            tracing::warn!(%error, "the screen was not told");
        }
    }
}
