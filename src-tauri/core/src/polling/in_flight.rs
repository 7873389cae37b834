//! The calls on their way, one for each invoice at most: the loop skips an invoice that is being polled, and a
//! cashier's own poll waits until the one before it has ended.

use std::collections::HashSet;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::Notify;

use super::AttemptKey;

#[derive(Debug, Clone, Default)]
pub(crate) struct InFlight {
    keys: Arc<Mutex<HashSet<AttemptKey>>>,
    released: Arc<Notify>,
}

/// The right to call the gateway about one invoice, until dropped.
#[derive(Debug)]
pub(crate) struct InFlightGuard {
    key: AttemptKey,
    of: InFlight,
}

impl InFlight {
    /// The right to call; `None` while another call is on its way.
    pub(crate) fn try_acquire(&self, key: AttemptKey) -> Option<InFlightGuard> {
        self.keys.lock().insert(key).then(|| InFlightGuard {
            key,
            of: self.clone(),
        })
    }

    /// The right to call, as soon as no other call is on its way.
    pub(crate) async fn acquire(&self, key: AttemptKey) -> InFlightGuard {
        loop {
            let released = self.released.notified();
            tokio::pin!(released);
            // Listen before trying, so that a release in between is not missed.
            released.as_mut().enable();
            if let Some(guard) = self.try_acquire(key) {
                return guard;
            }
            released.await;
        }
    }

    /// Whether no call at all is on its way.
    pub(crate) fn is_empty(&self) -> bool {
        self.keys.lock().is_empty()
    }

    /// Whether a call is on its way.
    pub(crate) fn contains(&self, key: AttemptKey) -> bool {
        self.keys.lock().contains(&key)
    }
}

impl Drop for InFlightGuard {
    fn drop(&mut self) {
        self.of.keys.lock().remove(&self.key);
        self.of.released.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AttemptNumber, SaleId};

    #[tokio::test]
    async fn a_second_call_waits_for_the_first() {
        let in_flight = InFlight::default();
        let key = (SaleId::new(), AttemptNumber(1));
        let first = in_flight.try_acquire(key).expect("free");
        assert!(in_flight.try_acquire(key).is_none());
        assert!(in_flight.try_acquire((key.0, AttemptNumber(2))).is_some());
        let waiting = tokio::spawn({
            let in_flight = in_flight.clone();
            async move { in_flight.acquire(key).await }
        });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        drop(first);
        drop(waiting.await.expect("acquired"));
        assert!(!in_flight.contains(key));
    }
}
