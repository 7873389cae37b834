//! Whether the journal works. When it fails (a full disk, a disk error), selling stops, because nothing may be
//! sold that cannot be written down; the screens are told, and told again when it works.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::till_error::{journal_code, with_kept};
use super::{Inner, Till, TillEvent};
use crate::error::Fault;
use crate::journal::{JournalError, JournalHealth};

/// How often a failed journal is tried again, whether or not anybody sells.
const RETRY_EVERY: Duration = Duration::from_secs(1);

/// Whether the journal works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum JournalState {
    /// It works.
    Serving,
    /// It cannot be written: nothing can be sold.
    Failing,
    /// Another file lies in its place, or none: nothing can be sold.
    Replaced,
}

impl From<&JournalHealth> for JournalState {
    fn from(health: &JournalHealth) -> Self {
        match health {
            Ok(()) => Self::Serving,
            Err(error) => match **error {
                JournalError::Replaced { .. } => Self::Replaced,
                _ => Self::Failing,
            },
        }
    }
}

impl Till {
    /// Whether the journal works.
    pub fn journal_state(&self) -> JournalState {
        (&*self.inner.journal.health().borrow()).into()
    }
}

/// Reports when the journal fails and when it works again, and keeps trying, as long as the till lives.
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
            () = tokio::time::sleep(RETRY_EVERY), if failing => {
                // Any call opens the file again, or finds out why it cannot; the branch above hears of it.
                till.journal.call(|_| Ok(())).await.ok();
            }
        }
    }
}

fn emit(till: &Inner, health: &JournalHealth) {
    till.emit(TillEvent::JournalChanged(health.into()));
    if let Err(error) = health {
        let fault = Fault::new(journal_code(error), error.to_string());
        till.emit(TillEvent::Fault(with_kept(fault, error)));
    }
}
