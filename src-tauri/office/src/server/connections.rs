//! The open connections, and who has to go when there are too many: the one that was opened first among those who have
//! shown neither a till's token nor an owner's session. So whoever opens connections and says nothing pushes out their
//! own, and a till finds a place at once.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::task::AbortHandle;

/// How many connections one token or one session may keep from being pushed out.
const KEPT_FOR_ONE: usize = 16;

/// A token or a session, by its hash: whoever has shown it.
pub(crate) type Bearer = [u8; 32];

/// The open connections.
#[derive(Debug, Clone)]
pub(super) struct Connections {
    most: usize,
    open: Arc<Mutex<Open>>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    strangers: BTreeMap<u64, AbortHandle>,
    known: HashMap<u64, Bearer>,
    kept: HashMap<Bearer, usize>,
}

/// A connection's place among the open ones, until it is dropped.
#[derive(Debug)]
pub(super) struct Slot {
    number: u64,
    open: Arc<Mutex<Open>>,
}

/// Whose call it is, as far as the connection tells.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    /// The network address at the other end.
    pub(crate) address: IpAddr,
    slot: Arc<Slot>,
}

impl Connections {
    /// No more than so many at once.
    pub(super) fn at_most(most: usize) -> Self {
        let open = Arc::default();
        Self { most, open }
    }

    /// Takes a connection in: what `serve` starts for its place. When there is none left, the oldest stranger goes; when
    /// there is no stranger, nothing is started, and the new connection ends.
    pub(super) fn admit(&self, serve: impl FnOnce(Slot) -> AbortHandle) {
        let mut open = self.open.lock();
        let mut pushed_out = None;
        if open.strangers.len() + open.known.len() >= self.most {
            let Some((_, oldest)) = open.strangers.pop_first() else {
                tracing::warn!("every connection is a till's or an owner's: a new one is refused");
                return;
            };
            pushed_out = Some(oldest);
        }
        let number = open.next;
        open.next += 1;
        let slot = Slot {
            number,
            open: Arc::clone(&self.open),
        };
        // Whatever it starts cannot give its place back before it has one: that needs this lock.
        let handle = serve(slot);
        open.strangers.insert(number, handle);
        drop(open);
        if let Some(oldest) = pushed_out {
            oldest.abort();
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut open = self.open.lock();
        open.strangers.remove(&self.number);
        if let Some(bearer) = open.known.remove(&self.number) {
            let left = open.kept.get_mut(&bearer).map(|kept| {
                *kept -= 1;
                *kept
            });
            if left == Some(0) {
                open.kept.remove(&bearer);
            }
        }
    }
}

impl Visitor {
    /// Somebody at this address, at this place.
    pub(super) fn new(address: IpAddr, slot: Arc<Slot>) -> Self {
        Self { address, slot }
    }

    /// The connection has shown this token or session, and it counts: it is not pushed out any more.
    pub(crate) fn has_shown(&self, bearer: Bearer) {
        let mut open = self.slot.open.lock();
        if open.known.contains_key(&self.slot.number) {
            return;
        }
        let kept = open.kept.get(&bearer).copied().unwrap_or_default();
        if kept < KEPT_FOR_ONE && open.strangers.remove(&self.slot.number).is_some() {
            open.kept.insert(bearer, kept + 1);
            open.known.insert(self.slot.number, bearer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes a connection in that stays until it is pushed out; `None`: it was refused.
    fn admit(connections: &Connections) -> Option<(Visitor, tokio::task::JoinHandle<()>)> {
        let mut admitted = None;
        connections.admit(|slot| {
            let slot = Arc::new(slot);
            let visitor = Visitor::new(IpAddr::from([192, 0, 2, 1]), Arc::clone(&slot));
            let task = tokio::spawn(std::future::pending());
            let handle = task.abort_handle();
            admitted = Some((visitor, task));
            handle
        });
        admitted
    }

    #[tokio::test]
    async fn the_oldest_stranger_makes_room() {
        let connections = Connections::at_most(3);
        let (till, mut of_till) = admit(&connections).expect("a place");
        till.has_shown([1; 32]);
        let (_second, of_second) = admit(&connections).expect("a place");
        let (_third, _of_third) = admit(&connections).expect("a place");
        let (_fourth, _of_fourth) = admit(&connections).expect("a place");
        assert!(of_second.await.is_err_and(|end| end.is_cancelled()));
        let still_there = tokio::time::timeout(std::time::Duration::from_millis(20), &mut of_till);
        assert!(still_there.await.is_err());
    }

    #[tokio::test]
    async fn one_token_keeps_few_places_and_gives_them_back() {
        let connections = Connections::at_most(100);
        let mut visitors = Vec::new();
        for _ in 0..50 {
            let (visitor, _) = admit(&connections).expect("a place");
            visitor.has_shown([1; 32]);
            visitors.push(visitor);
        }
        assert_eq!(connections.open.lock().known.len(), KEPT_FOR_ONE);
        visitors.clear();
        let open = connections.open.lock();
        assert!(open.known.is_empty() && open.kept.is_empty() && open.strangers.is_empty());
    }

    #[tokio::test]
    async fn where_all_are_known_a_new_one_is_refused() {
        let connections = Connections::at_most(1);
        let (till, _task) = admit(&connections).expect("a place");
        till.has_shown([1; 32]);
        assert!(admit(&connections).is_none());
    }
}
