//! The loop: it looks at the journal, and asks about whom the scheduler says. It holds nothing that
//! matters: what is open stands in the journal, so a restart only asks once more.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use super::{AttemptKey, Network};
use crate::app::Inner;
use crate::journal::{PollStage, WatchedInvoice};

/// The journal is looked at this often even when nothing is due: another program may have opened an
/// invoice.
const LOOK_MS: u64 = 1000;
/// A request that another program sent is given up on after this: no call takes longer.
const ORPHANED_AFTER_MS: u64 = 25_000;
/// A key that could not be had is asked for again after this.
const KEY_AGAIN_MS: u64 = 15_000;

/// Asks about everything that is open, as long as the till lives.
pub(crate) async fn run(till: Arc<Inner>) {
    let mut rounds = PollLoop::new(till);
    loop {
        let wait = rounds.round().await;
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = rounds.till.wake.notified() => {}
            Some(_) = rounds.calls.join_next() => {}
        }
    }
}

struct PollLoop {
    till: Arc<Inner>,
    /// Entries up to this number are known to the screen.
    seen_seq: u64,
    /// When a request of unknown origin was first seen.
    requests_seen_ms: HashMap<AttemptKey, u64>,
    /// They end with the loop.
    calls: JoinSet<()>,
    key_asked_ms: Option<u64>,
}

impl PollLoop {
    fn new(till: Arc<Inner>) -> Self {
        Self {
            seen_seq: till.opened_at_seq,
            till,
            requests_seen_ms: HashMap::new(),
            calls: JoinSet::new(),
            key_asked_ms: None,
        }
    }

    /// One look at the journal; what is due is asked. Returns how long nothing will be due.
    async fn round(&mut self) -> Duration {
        self.emit_what_others_wrote().await;
        let (gateway, now) = (self.till.gateway_name.clone(), self.till.clock.now());
        let look = move |file: &mut crate::journal::JournalFile| file.watched(&gateway, now);
        let watched = match self.till.journal.call(look).await {
            Ok(watched) => watched,
            Err(error) => {
                tracing::error!(%error, "the watch cannot read the journal");
                return Duration::from_millis(LOOK_MS);
            }
        };
        self.give_up_orphans(&watched).await;
        let next_ms = self.ask_those_due(watched).await;
        Duration::from_millis(next_ms.saturating_sub(self.till.now_ms()).min(LOOK_MS))
    }

    /// The window and the command line may have one journal open: what one finds, the other shows.
    async fn emit_what_others_wrote(&mut self) {
        let since = self.seen_seq;
        match self
            .till
            .journal
            .call(move |file| file.changed_since(since))
            .await
        {
            Ok((sales, last)) => {
                self.seen_seq = last;
                sales
                    .iter()
                    .for_each(|sale| self.till.emit_sales_changed(sale));
            }
            Err(error) => tracing::error!(%error, "the watch cannot read the journal"),
        }
    }

    /// A request that nobody waits for any more never gets its answer: its program is gone.
    async fn give_up_orphans(&mut self, watched: &[WatchedInvoice]) {
        let now_ms = self.till.now_ms();
        let open: std::collections::HashSet<_> = watched.iter().map(WatchedInvoice::key).collect();
        self.requests_seen_ms.retain(|key, _| open.contains(key));
        for attempt in watched {
            let key = attempt.key();
            if attempt.stage != PollStage::Requesting || self.till.creating.holds(key) {
                continue;
            }
            let seen_ms = *self.requests_seen_ms.entry(key).or_insert(now_ms);
            if now_ms.saturating_sub(seen_ms) >= ORPHANED_AFTER_MS {
                self.till.give_up(key).await;
            }
        }
    }

    async fn ask_those_due(&mut self, mut watched: Vec<WatchedInvoice>) -> u64 {
        let has_key = self.has_key(&watched).await;
        let (till, now, now_ms) = (&self.till, self.till.clock.now(), self.till.now_ms());
        let (on_screen, budget) = (till.on_screen(), till.budget());
        let plan = {
            let mut scheduler = till.scheduler();
            scheduler.tick(now, now_ms, &watched);
            if !has_key {
                return u64::MAX;
            }
            // The cashier asks about it at this moment: the answer serves us as well.
            watched.retain(|attempt| !till.asking.holds(attempt.key()));
            scheduler.plan(now, now_ms, &watched, on_screen, budget)
        };
        for (key, lane) in plan.ask_now {
            let attempt = watched.iter().find(|attempt| attempt.key() == key);
            let id =
                attempt.and_then(|attempt| Some((attempt.number, attempt.invoice_id.clone()?)));
            if let (Some((number, id)), Some(turn)) = (id, till.asking.try_take(key)) {
                let till = Arc::clone(till);
                // Counted before the next round plans.
                till.asks(key, lane);
                self.calls.spawn(async move {
                    till.ask(key, number, &id).await;
                    drop(turn);
                });
            }
        }
        plan.next_ms
    }

    /// Whether there is a key that the gateway has not refused. Without one the keychain is looked at
    /// now and then: another program may have set it.
    async fn has_key(&mut self, watched: &[WatchedInvoice]) -> bool {
        let keys = &self.till.keys;
        if keys.held().is_some() && !keys.refused() {
            return true;
        }
        let now_ms = self.till.now_ms();
        let recently = |asked_ms: u64| now_ms.saturating_sub(asked_ms) < KEY_AGAIN_MS;
        if watched.is_empty() || self.key_asked_ms.is_some_and(recently) {
            return false;
        }
        self.key_asked_ms = Some(now_ms);
        if !keys.refused() {
            return matches!(keys.load().await, Ok(Some(_)));
        }
        let renewed = keys.renew().await;
        if renewed {
            self.till.network_is(Network::key_changed);
        }
        renewed
    }
}
