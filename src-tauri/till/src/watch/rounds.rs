//! The loop. It holds nothing that matters: what is open stands in the journal, so a restart only
//! asks once more.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::RngExt as _;
use tokio::task::JoinSet;

use super::{AttemptKey, History, Network, due_ms};
use crate::clock::UnixMs;
use crate::gateway::InfoError;
use crate::journal::{Stage, Watched};
use crate::till::{Asked, Inner};

/// The journal is looked at this often even when nothing is due: another program may have opened an
/// invoice.
const LOOK_MS: u64 = 1000;
/// A request that another program sent is given up on after this: no call takes longer.
const ORPHANED_AFTER_MS: u64 = 25_000;
/// The day's clock ran this much ahead of the forward clock: the machine slept.
const SLEPT_MS: i64 = 10_000;
/// A key that could not be had is asked for again after this.
const KEY_AGAIN_MS: u64 = 15_000;

/// Asks about everything that is open, as long as the till lives.
pub(crate) async fn run(till: Arc<Inner>) {
    let mut rounds = Rounds::new(till);
    loop {
        let wait = rounds.round().await;
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = rounds.till.wake.notified() => {}
            Some(done) = rounds.calls.join_next() => {
                if let Ok((key, asked)) = done {
                    rounds.heard(key, &asked);
                }
            }
        }
    }
}

struct Rounds {
    till: Arc<Inner>,
    /// Entries up to this number are known to the screen.
    seen_seq: u64,
    started: Instant,
    histories: HashMap<AttemptKey, History>,
    /// When a request of unknown origin was first seen.
    requests_seen_ms: HashMap<AttemptKey, u64>,
    calls: JoinSet<(AttemptKey, Asked)>,
    last_look: Option<(UnixMs, u64)>,
    key_asked_ms: Option<u64>,
}

impl Rounds {
    fn new(till: Arc<Inner>) -> Self {
        Self {
            seen_seq: till.opened_at_seq,
            till,
            started: Instant::now(),
            histories: HashMap::new(),
            requests_seen_ms: HashMap::new(),
            calls: JoinSet::new(),
            last_look: None,
            key_asked_ms: None,
        }
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// One look at the journal; what is due is asked. Returns how long nothing will be due.
    async fn round(&mut self) -> Duration {
        let (now, now_ms) = (self.till.clock.now(), self.now_ms());
        self.notice_sleep(now, now_ms);
        self.tell_what_others_wrote().await;
        let gateway = self.till.gateway_name.clone();
        let look = move |file: &mut crate::journal::JournalFile| file.watched(&gateway, now);
        let watched = match self.till.journal.call(look).await {
            Ok(watched) => watched,
            Err(error) => {
                tracing::error!(%error, "the watch cannot read the journal");
                return Duration::from_millis(LOOK_MS);
            }
        };
        self.forget_others(&watched);
        self.give_up_orphans(&watched, now_ms).await;
        let next_ms = self.ask_those_due(&watched, now, now_ms).await;
        Duration::from_millis(next_ms.saturating_sub(now_ms).min(LOOK_MS))
    }

    /// The window and the command line may have one journal open: what one finds, the other shows.
    async fn tell_what_others_wrote(&mut self) {
        let since = self.seen_seq;
        match self
            .till
            .journal
            .call(move |file| file.changed_since(since))
            .await
        {
            Ok((sales, last)) => {
                self.seen_seq = last;
                sales.iter().for_each(|sale| self.till.tell_news(sale));
            }
            Err(error) => tracing::error!(%error, "the watch cannot read the journal"),
        }
    }

    /// After a sleep everything is due: the forward clock stood still, the customers did not.
    fn notice_sleep(&mut self, now: UnixMs, now_ms: u64) {
        if let Some((then, then_ms)) = self.last_look {
            let forward_ms = i64::try_from(now_ms.saturating_sub(then_ms)).unwrap_or(i64::MAX);
            let ahead_ms = now.0.saturating_sub(then.0).saturating_sub(forward_ms);
            if ahead_ms > SLEPT_MS {
                self.histories.clear();
            }
        }
        self.last_look = Some((now, now_ms));
    }

    fn forget_others(&mut self, watched: &[Watched]) {
        let open: std::collections::HashSet<_> = watched.iter().map(key_of).collect();
        self.histories.retain(|key, _| open.contains(key));
        self.requests_seen_ms.retain(|key, _| open.contains(key));
    }

    /// A request that nobody waits for any more never gets its answer: its program is gone.
    async fn give_up_orphans(&mut self, watched: &[Watched], now_ms: u64) {
        for attempt in watched {
            let key = key_of(attempt);
            if attempt.stage != Stage::Requesting || self.till.creating.holds(key) {
                continue;
            }
            let seen_ms = *self.requests_seen_ms.entry(key).or_insert(now_ms);
            if now_ms.saturating_sub(seen_ms) >= ORPHANED_AFTER_MS {
                self.till.give_up(key).await;
            }
        }
    }

    async fn ask_those_due(&mut self, watched: &[Watched], now: UnixMs, now_ms: u64) -> u64 {
        let mut next_ms = u64::MAX;
        if !self.has_key(watched, now_ms).await {
            return next_ms;
        }
        for attempt in watched {
            let (key, Some(id)) = (key_of(attempt), &attempt.invoice_id) else {
                continue;
            };
            let history = self.histories.entry(key).or_default();
            let jitter = rand::rng().random_range(0..=100);
            let due = due_ms(attempt, history, now, now_ms, self.till.pace_ms, jitter);
            if due > now_ms {
                next_ms = next_ms.min(due);
                continue;
            }
            // Taken: the cashier asks about it at this moment. Its answer serves us as well.
            if let Some(turn) = self.till.asking.try_take(key) {
                history.asked_ms = Some(now_ms);
                let (till, number, id) = (Arc::clone(&self.till), attempt.number, id.clone());
                self.calls.spawn(async move {
                    let asked = till.ask(key, number, &id).await;
                    drop(turn);
                    (key, asked)
                });
            }
        }
        next_ms
    }

    /// Whether there is a key that the gateway has not refused. Without one the keychain is looked at
    /// now and then: another program may have set it.
    async fn has_key(&mut self, watched: &[Watched], now_ms: u64) -> bool {
        let keys = &self.till.keys;
        if keys.held().is_some() && !keys.refused() {
            return true;
        }
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

    fn heard(&mut self, key: AttemptKey, asked: &Asked) {
        let now_ms = self.now_ms();
        let history = self.histories.entry(key).or_default();
        match asked {
            Asked::Answered(_) => history.failures = 0,
            Asked::NoAnswer(error) => {
                history.failures = history.failures.saturating_add(1);
                if let Some(seconds) = InfoError::retry_after_s(error) {
                    history.not_before_ms = now_ms.saturating_add(seconds.saturating_mul(1000));
                }
            }
            Asked::NotWritten(_) => history.failures = history.failures.saturating_add(1),
        }
    }
}

fn key_of(watched: &Watched) -> AttemptKey {
    (watched.sale, watched.attempt)
}
