//! What the till reports without being asked: to the window, and to a command that waits.

use std::collections::HashMap;

use parking_lot::Mutex;
use serde::Serialize;
use tokio::sync::broadcast;

use super::{CartView, Inner, JournalState, Till};
use crate::auto_backup::BackupState;
use crate::clock::UnixMs;
use crate::error::Fault;
use crate::ids::SaleId;
use crate::office::OfficeState;
use crate::polling::{Network, NetworkState};
use crate::sale::{Sale, SaleView};
use crate::updates::UpdateState;

/// How many events a slow listener may be behind.
const CAPACITY: usize = 256;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TillEvent {
    /// A sale has changed; this is its new state.
    SaleChanged(Box<SaleView>),
    /// The gateway can or can no longer be reached, or refuses the key.
    NetworkChanged(NetworkState),
    /// The gateway answered about a sale, whether or not anything was new.
    Polled(LastPolled),
    /// A copy of the journal was made, or could not be made.
    BackupChanged(BackupState),
    /// Carts were held, taken up or dropped; these are held now.
    CartsChanged(Vec<CartView>),
    /// The journal failed, or works again.
    JournalChanged(JournalState),
    /// The back office can or can no longer be reached for long, or refuses.
    OfficeChanged(OfficeState),
    /// Settings that the shop shares were taken over, or no longer hold: items, settings and cashiers may be
    /// others. The number of the version; 0: none.
    SettingsTaken(u64),
    /// Something else is known of a newer version of the till.
    UpdateChanged(UpdateState),
    /// Something failed in the background.
    Fault(Fault),
}

/// When the gateway last answered about a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct LastPolled {
    /// The sale's number.
    pub number: u32,
    /// When the answer came, by the till's clock.
    pub checked_at_unix_ms: UnixMs,
}

/// The listeners, and what they know.
#[derive(Debug)]
pub(super) struct Events {
    sender: broadcast::Sender<TillEvent>,
    /// The newest revision of each sale that was sent.
    sent_revisions: Mutex<HashMap<SaleId, u64>>,
}

impl Default for Events {
    fn default() -> Self {
        Self {
            sender: broadcast::channel(CAPACITY).0,
            sent_revisions: Mutex::default(),
        }
    }
}

impl Events {
    /// All events from now on.
    pub(super) fn subscribe(&self) -> broadcast::Receiver<TillEvent> {
        self.sender.subscribe()
    }
}

impl Till {
    /// All events from now on. A listener that falls 256 events behind gets an error once, and should then read
    /// the till's state anew.
    pub fn events(&self) -> broadcast::Receiver<TillEvent> {
        self.inner.events.subscribe()
    }

    /// Whether the gateway can be reached.
    pub fn network(&self) -> NetworkState {
        self.inner.network.lock().state()
    }
}

impl Inner {
    pub(super) fn emit(&self, event: TillEvent) {
        // It fails when nobody listens, which is fine.
        self.events.sender.send(event).ok();
    }

    pub(super) fn emit_sale(&self, sale: &Sale) {
        let mut sent = self.events.sent_revisions.lock();
        sent.insert(sale.id, sale.revision);
        drop(sent);
        self.emit(TillEvent::SaleChanged(Box::new(self.view(sale))));
    }

    /// Emits a sale that another program may have changed, unless this revision was sent before.
    pub(super) fn emit_sale_if_newer(&self, sale: &Sale) {
        let sent = self.events.sent_revisions.lock().get(&sale.id).copied();
        if sent.is_none_or(|sent| sent < sale.revision) {
            self.emit_sale(sale);
        }
    }

    pub(super) fn update_network(&self, change: impl FnOnce(Network) -> Network) {
        let (before, after) = {
            let mut network = self.network.lock();
            let before = network.state();
            *network = change(*network);
            (before, network.state())
        };
        if before != after {
            self.emit(TillEvent::NetworkChanged(after));
        }
    }
}
