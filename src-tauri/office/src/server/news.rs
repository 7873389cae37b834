//! Calls of tills that are held open until there is something to say ([`ringup_core::office::News`]). One task of each
//! office looks for hints, and only while some till waits here: a hint may have come to another office on the same database,
//! and not every engine that speaks PostgreSQL's protocol can tell.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Extension, Query, State};
use axum::http::HeaderMap;
use parking_lot::Mutex;
use serde::Deserialize;
use tokio::sync::{Notify, watch};

use ringup_core::clock::{Clock, UnixMs};
use ringup_core::ids::TillId;
use ringup_core::office::{Hint, LONGEST_HOLD, MOST_HINTS, News, hints_had};

use super::connections::Visitor;
use super::{Office, Refused, refuse, token_of};
use crate::store::Store;

/// Between two looks for hints.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// The same while the database does not answer.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// How often hints whose time is over are forgotten.
const FORGET_EVERY_MS: i64 = 15 * 1000;
/// How many calls are held at once, of all tills and of one. A till needs one for each of its programs.
const HELD: usize = 3000;
const HELD_OF_A_TILL: usize = 4;

/// The hints of each till.
type OfTills = Arc<HashMap<TillId, Vec<Hint>>>;

/// What tills wait for.
#[derive(Debug)]
pub(super) struct Hints {
    found: watch::Sender<OfTills>,
    /// It is time to look.
    look: Notify,
    held: Mutex<HashMap<TillId, usize>>,
}

impl Default for Hints {
    fn default() -> Self {
        Self {
            found: watch::Sender::new(OfTills::default()),
            look: Notify::new(),
            held: Mutex::default(),
        }
    }
}

/// A call that is held, until this is dropped.
struct Held<'a> {
    hints: &'a Hints,
    till: TillId,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut held = self.hints.held.lock();
        if let Some(calls) = held.get_mut(&self.till) {
            *calls -= 1;
            if *calls == 0 {
                held.remove(&self.till);
            }
        }
    }
}

impl Hints {
    /// A hint may have come.
    pub(super) fn wake(&self) {
        self.look.notify_one();
    }

    fn hold(&self, till: TillId) -> Option<Held<'_>> {
        let mut held = self.held.lock();
        let all: usize = held.values().sum();
        let own = held.get(&till).copied().unwrap_or_default();
        let may = all < HELD && own < HELD_OF_A_TILL;
        may.then(|| {
            held.insert(till, own + 1);
            Held { hints: self, till }
        })
    }

    /// Those of a till, but those that it had.
    fn of(found: &OfTills, till: TillId, had: &[u32]) -> Vec<Hint> {
        let of_till = found.get(&till).into_iter().flatten();
        let new = of_till.filter(|hint| !had.contains(&hint.id));
        new.take(MOST_HINTS).cloned().collect()
    }

    /// Waits for one.
    async fn next(&self, till: TillId, had: &[u32]) -> Vec<Hint> {
        let mut found = self.found.subscribe();
        self.wake();
        loop {
            let hints = Self::of(&found.borrow_and_update(), till, had);
            if !hints.is_empty() || found.changed().await.is_err() {
                return hints;
            }
        }
    }

    /// Looks for hints for as long as it is polled.
    pub(super) async fn keep_looking(&self, store: &Store, clock: &Clock) {
        let mut forgotten = UnixMs(0);
        loop {
            let wait = match self.held.lock().is_empty() {
                // What was found meanwhile may be old by the time that somebody asks.
                true => None,
                false => Some(LOOK_EVERY),
            };
            let looked = match wait {
                None => Ok(OfTills::default()),
                Some(_) => find(store, clock.now(), &mut forgotten).await,
            };
            let wait = match looked {
                Ok(found) => {
                    self.found.send_if_modified(|known| {
                        let is_other = **known != *found;
                        *known = found;
                        is_other
                    });
                    wait
                }
                Err(error) => {
                    tracing::debug!(%error, "nobody knows whether there are hints");
                    tokio::time::sleep(LOOK_AGAIN).await;
                    wait
                }
            };
            match wait {
                None => self.look.notified().await,
                Some(wait) => {
                    tokio::time::timeout(wait, self.look.notified()).await.ok();
                }
            }
        }
    }
}

/// The hints that are there now.
async fn find(
    store: &Store,
    now: UnixMs,
    forgotten: &mut UnixMs,
) -> Result<OfTills, crate::store::StoreError> {
    if !(0..FORGET_EVERY_MS).contains(&now.0.saturating_sub(forgotten.0)) {
        store.forget_hints(now).await?;
        *forgotten = now;
    }
    let mut of_tills: HashMap<TillId, Vec<Hint>> = HashMap::new();
    for (till, hint) in store.hints().await? {
        of_tills.entry(till).or_default().push(hint);
    }
    Ok(Arc::new(of_tills))
}

/// What a till asks with.
#[derive(Debug, Deserialize)]
pub(super) struct NewsQuery {
    #[serde(default)]
    hold_s: u64,
    #[serde(default)]
    had: String,
}

/// Holds a till's call until there is something to say, its time is over, or the office stops. It writes nothing: a token
/// that another has replaced a moment ago, while the call was on its way, is refused without an alarm.
pub(super) async fn news(
    State(office): State<Office>,
    visitor: Option<Extension<Visitor>>,
    headers: HeaderMap,
    asked: Result<Query<NewsQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<News>, Refused> {
    let Ok(Query(asked)) = asked else {
        return Err(refuse(400, "unreadable", "it is no such question"));
    };
    let token = token_of(&headers)?;
    let inner = &office.inner;
    let till = {
        let _permit = inner.bounds.look_up().await;
        inner.store.listener_of(&token).await??
    };
    if let Some(Extension(visitor)) = visitor {
        visitor.has_shown(token.hash());
    }
    let busy = || refuse(503, "busy", "too many calls are held");
    let _held = inner.hints.hold(till).ok_or_else(busy)?;
    let hold = Duration::from_secs(asked.hold_s).min(LONGEST_HOLD);
    let had = hints_had(&asked.had);
    let hints = tokio::select! {
        biased;
        hints = inner.hints.next(till, &had) => hints,
        () = tokio::time::sleep(hold) => Vec::new(),
        () = office.stopped() => Vec::new(),
    };
    Ok(Json(News::of(hints)))
}
