//! When the journal stops serving (a full disk, an error of the disk), selling stops: nothing is sold
//! that cannot be written down. The screen is told, and told again when it goes on.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::{Inner, Till, TillEvent};
use crate::error::{Code, Fault};
use crate::journal::JournalHealth;

/// A disk that has room again is noticed this soon, whether or not anybody sells.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Whether the journal takes what it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum JournalState {
    /// It does.
    Serving,
    /// It does not: nothing can be sold.
    Failing,
}

impl JournalState {
    fn of(health: &JournalHealth) -> Self {
        match health {
            Ok(()) => Self::Serving,
            Err(_) => Self::Failing,
        }
    }
}

impl Till {
    /// Whether the journal takes what it is given.
    pub fn journal_state(&self) -> JournalState {
        JournalState::of(&self.inner.journal.health().borrow())
    }
}

/// Tells of trouble and of its end, and keeps trying to end it, as long as the till lives.
pub(super) async fn run(till: Arc<Inner>) {
    let mut health = till.journal.health();
    loop {
        let failing = health.borrow().is_err();
        tokio::select! {
            changed = health.changed() => {
                if changed.is_err() {
                    return;
                }
                let now = health.borrow_and_update().clone();
                emit(&till, &now);
            }
            () = tokio::time::sleep(LOOK_EVERY), if failing => {
                // Whoever calls finds the file opened again, or the reason why it is not; what has
                // changed is heard above.
                till.journal.call(|_| Ok(())).await.ok();
            }
        }
    }
}

fn emit(till: &Inner, health: &JournalHealth) {
    till.emit(TillEvent::JournalChanged(JournalState::of(health)));
    if let Err(error) = health {
        let fault = Fault::new(Code::of_journal(error), error.to_string());
        till.emit(TillEvent::Fault(fault));
    }
}
