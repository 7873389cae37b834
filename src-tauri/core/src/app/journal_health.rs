//! Whether the journal works. When it fails (a full disk, a disk error), selling stops, because nothing may be
//! sold that cannot be written down; the screens are told, and told again when it works.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::time::Instant;

use super::till_error::{journal_code, with_kept};
use super::{Inner, Till, TillEvent};
use crate::error::Fault;
use crate::journal::{JournalError, JournalHealth};

/// How often a failed journal is tried again, whether or not anybody sells, as long as somebody is likely to stand before it.
/// A tap tries it at once.
const RETRY_EVERY: Duration = Duration::from_secs(1);
/// The same later: a disk that stays full for the night must not cost a laptop its battery.
const RETRY_LATER_EVERY: Duration = Duration::from_secs(10);
/// How long after it failed that is.
const LATER: Duration = Duration::from_secs(120);

fn retry_after(failing_for: Duration) -> Duration {
    match failing_for < LATER {
        true => RETRY_EVERY,
        false => RETRY_LATER_EVERY,
    }
}

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
    let mut failing_since: Option<Instant> = None;
    loop {
        let failing = health.borrow().is_err();
        failing_since = failing.then(|| failing_since.unwrap_or_else(Instant::now));
        let wait = failing_since.map(|since| retry_after(since.elapsed()));
        tokio::select! {
            changed = health.changed() => {
                if changed.is_err() {
                    return;
                }
                let now = health.borrow_and_update().clone();
                emit(&till, &now);
            }
            () = tokio::time::sleep(wait.unwrap_or_default()), if failing => {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_that_fails_for_long_is_tried_less_often_and_never_given_up() {
        assert_eq!(retry_after(Duration::ZERO), RETRY_EVERY);
        assert_eq!(retry_after(LATER - Duration::from_millis(1)), RETRY_EVERY);
        assert_eq!(retry_after(LATER), RETRY_LATER_EVERY);
        assert_eq!(retry_after(Duration::from_secs(86_400)), RETRY_LATER_EVERY);
    }
}
