//! What the till tells without being asked: to the window, and to whoever waits on the command line.

use serde::Serialize;
use tokio::sync::broadcast;

use super::{Inner, JournalState, NetworkState, Till, lock};
use crate::auto_backup::BackupState;
use crate::clock::UnixMs;
use crate::error::Fault;
use crate::ids::SaleNumber;
use crate::polling::Network;
use crate::sale::{Sale, SaleView};

/// Events that a slow listener may be behind by.
pub(super) const EVENTS_KEPT: usize = 256;

/// What happens while nobody asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TillEvent {
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
    /// Something failed that nobody had asked for.
    Fault(Fault),
}

/// When the gateway last answered about a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct CheckedView {
    /// The sale.
    pub number: u32,
    /// By the till's clock.
    #[ts(type = "number")]
    pub checked_at_unix_ms: UnixMs,
}

impl Till {
    /// What happens from now on. A listener that falls far behind is told so and should look anew.
    pub fn events(&self) -> broadcast::Receiver<TillEvent> {
        self.inner.events.subscribe()
    }

    /// The way to the gateway.
    pub fn network(&self) -> NetworkState {
        lock(&self.inner.network).state()
    }

    /// When the gateway last answered about each sale that this process asked about.
    pub fn checked(&self) -> Vec<CheckedView> {
        lock(&self.inner.checked)
            .iter()
            .map(|(number, at)| CheckedView {
                number: number.0,
                checked_at_unix_ms: *at,
            })
            .collect()
    }
}

impl Inner {
    pub(crate) fn emit(&self, event: TillEvent) {
        // Nobody listens: then nobody needs to know.
        self.events.send(event).ok();
    }

    pub(crate) fn emit_sale(&self, sale: &Sale) {
        lock(&self.told).insert(sale.id, sale.revision);
        self.emit(TillEvent::SaleChanged(Box::new(self.view(sale))));
    }

    /// Tells what another program wrote about a sale, unless it was told.
    pub(crate) fn emit_sales_changed(&self, sale: &Sale) {
        let told = lock(&self.told).get(&sale.id).copied();
        if told.is_none_or(|told| told < sale.revision) {
            self.emit_sale(sale);
        }
    }

    pub(crate) fn network_is(&self, change: impl FnOnce(Network) -> Network) {
        let (before, after) = {
            let mut network = lock(&self.network);
            let before = network.state();
            *network = change(*network);
            (before, network.state())
        };
        if before != after {
            self.emit(TillEvent::NetworkChanged(after));
        }
    }

    pub(crate) fn checked(&self, number: SaleNumber) {
        let at = self.clock.now();
        lock(&self.checked).insert(number, at);
        self.emit(TillEvent::Checked(CheckedView {
            number: number.0,
            checked_at_unix_ms: at,
        }));
    }
}
