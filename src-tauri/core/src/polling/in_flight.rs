//! One call in flight for one invoice: the loop skips an invoice that is being asked about, a
//! cashier's own question waits for its turn.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use super::AttemptKey;

#[derive(Debug, Clone, Default)]
pub(crate) struct InFlight {
    keys: Arc<Mutex<HashSet<AttemptKey>>>,
    freed: Arc<Notify>,
}

/// Holds an invoice's turn until dropped.
#[derive(Debug)]
pub(crate) struct InFlightGuard {
    key: AttemptKey,
    of: InFlight,
}

impl InFlight {
    /// The turn, unless it is taken.
    pub(crate) fn try_take(&self, key: AttemptKey) -> Option<InFlightGuard> {
        let taken = self
            .keys
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key);
        taken.then(|| InFlightGuard {
            key,
            of: self.clone(),
        })
    }

    /// The turn, when it comes.
    pub(crate) async fn take(&self, key: AttemptKey) -> InFlightGuard {
        loop {
            let freed = self.freed.notified();
            tokio::pin!(freed);
            // Listening before looking: a turn given back in between is not missed.
            freed.as_mut().enable();
            if let Some(turn) = self.try_take(key) {
                return turn;
            }
            freed.await;
        }
    }

    /// Whether it is taken.
    pub(crate) fn holds(&self, key: AttemptKey) -> bool {
        self.keys
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(&key)
    }
}

impl Drop for InFlightGuard {
    fn drop(&mut self) {
        self.of
            .keys
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.key);
        self.of.freed.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AttemptNumber, SaleId};

    #[tokio::test]
    async fn a_second_question_waits_for_the_first() {
        let in_flight = InFlight::default();
        let key = (SaleId::new(), AttemptNumber(1));
        let first = in_flight.try_take(key).expect("free");
        assert!(in_flight.try_take(key).is_none());
        assert!(in_flight.try_take((key.0, AttemptNumber(2))).is_some());
        let waiting = tokio::spawn({
            let in_flight = in_flight.clone();
            async move { in_flight.take(key).await }
        });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        drop(first);
        drop(waiting.await.expect("its turn came"));
        assert!(!in_flight.holds(key));
    }
}
