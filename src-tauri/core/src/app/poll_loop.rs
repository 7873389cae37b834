//! The loop that reads the journal, lets the scheduler plan and sends the polls. It keeps nothing that matters:
//! the open invoices are in the journal, so after a restart each of them is only polled once more.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use super::Inner;
use crate::journal::{JournalFile, PollStage, WatchedInvoice};
use crate::polling::{AttemptKey, Network};

/// A request that another program sent is given up after this time; no call takes longer.
const ORPHANED_AFTER_MS: u64 = 25_000;
/// A key that the keychain did not give is asked for again after this time.
const KEY_RETRY_MS: u64 = 15_000;

/// Polls everything that is watched, as long as the till lives.
pub(super) async fn run(till: Arc<Inner>) {
    let mut poll_loop = PollLoop {
        seen_seq: till.opened_at_seq,
        till,
        requests_seen_ms: HashMap::new(),
        polls: JoinSet::new(),
        key_asked_ms: None,
    };
    loop {
        let wait = poll_loop.round().await;
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = poll_loop.till.polling.wake.notified() => {}
            Some(_) = poll_loop.polls.join_next() => {}
        }
    }
}

struct PollLoop {
    till: Arc<Inner>,
    /// The screens know all entries up to this number.
    seen_seq: u64,
    /// When a request that this program did not send was first seen.
    requests_seen_ms: HashMap<AttemptKey, u64>,
    /// The polls on their way; they end with the loop.
    polls: JoinSet<()>,
    /// When the keychain was last asked for a key.
    key_asked_ms: Option<u64>,
}

impl PollLoop {
    /// Reads the journal once and polls what is due. Returns how long nothing more will be due.
    async fn round(&mut self) -> Duration {
        self.emit_others_changes().await;
        let gateway = self.till.asked_gateway.clone();
        let read = move |file: &mut JournalFile| file.watched(&gateway);
        let watched = match self.till.journal.call(read).await {
            Ok(watched) => watched,
            Err(error) => {
                tracing::error!(%error, "the poll loop cannot read the journal");
                return self.till.polling.reads_journal_every;
            }
        };
        self.give_up_orphans(&watched).await;
        let next_ms = self.poll_due_invoices(watched).await;
        let wait_ms = next_ms.saturating_sub(self.till.polling.now_ms());
        Duration::from_millis(wait_ms).min(self.till.polling.reads_journal_every)
    }

    /// Emits what another program has written: the window and the command line may have one journal open.
    async fn emit_others_changes(&mut self) {
        let since = self.seen_seq;
        let read = move |file: &mut JournalFile| file.changed_since(since);
        match self.till.journal.call(read).await {
            Ok(changes) => {
                self.seen_seq = changes.last_seq;
                for sale in &changes.sales {
                    self.till.emit_sale_if_newer(sale);
                }
                if changes.carts_changed {
                    // A journal that fails is told by itself.
                    self.till.emit_carts().await.ok();
                }
                if changes.key_changed {
                    self.till.reload_key().await;
                }
            }
            Err(error) => tracing::error!(%error, "the poll loop cannot read the journal"),
        }
    }

    /// Gives up requests whose program is gone: their answers will never be written.
    async fn give_up_orphans(&mut self, watched: &[WatchedInvoice]) {
        let now_ms = self.till.polling.now_ms();
        let keys: HashSet<_> = watched.iter().map(WatchedInvoice::key).collect();
        self.requests_seen_ms.retain(|key, _| keys.contains(key));
        for invoice in watched {
            let key = invoice.key();
            if invoice.stage != PollStage::Requesting || self.till.creates.contains(key) {
                continue;
            }
            let seen_ms = *self.requests_seen_ms.entry(key).or_insert(now_ms);
            if now_ms.saturating_sub(seen_ms) >= ORPHANED_AFTER_MS {
                self.till.give_up_request(key).await;
            }
        }
    }

    /// Returns when the next invoice is due, on the forward clock.
    async fn poll_due_invoices(&mut self, watched: Vec<WatchedInvoice>) -> u64 {
        let has_key = self.has_key(&watched).await;
        let (till, now) = (&self.till, self.till.clock.now());
        let plan = till.with_scheduler(|scheduler, now_ms, budget| {
            scheduler.tick(now, now_ms, &watched);
            if !has_key {
                return None;
            }
            let in_flight = |key| till.polling.in_flight.contains(key);
            Some(scheduler.plan(now, now_ms, &watched, in_flight, till.on_screen(), budget))
        });
        let Some(plan) = plan else {
            return u64::MAX;
        };
        for (key, lane) in plan.poll_now {
            let invoice = watched.iter().find(|invoice| invoice.key() == key);
            let named = invoice.and_then(|it| Some((it.number, it.invoice_id.clone()?)));
            if let (Some((number, id)), Some(guard)) =
                (named, till.polling.in_flight.try_acquire(key))
            {
                // Counted here, so that the next round plans with it.
                till.record_poll_sent(key, lane);
                let till = Arc::clone(till);
                self.polls.spawn(async move {
                    till.poll_invoice(key, number, &id).await;
                    drop(guard);
                });
            }
        }
        plan.next_ms
    }

    /// Whether there is a key that the gateway has not refused. Without one the keychain is asked now and then,
    /// because another program may have stored a key.
    async fn has_key(&mut self, watched: &[WatchedInvoice]) -> bool {
        let keys = &self.till.keys;
        if keys.cached().is_some() && !keys.is_refused() {
            return true;
        }
        let now_ms = self.till.polling.now_ms();
        let recently = |asked_ms: u64| now_ms.saturating_sub(asked_ms) < KEY_RETRY_MS;
        if watched.is_empty() || self.key_asked_ms.is_some_and(recently) {
            return false;
        }
        self.key_asked_ms = Some(now_ms);
        if !keys.is_refused() {
            return matches!(keys.load().await, Ok(Some(_)));
        }
        let replaced = keys.reload_refused().await;
        if replaced {
            self.till
                .with_scheduler(|scheduler, now_ms, _| scheduler.forget_refusals(now_ms));
            self.till.update_network(Network::after_key_change);
        }
        replaced
    }
}
