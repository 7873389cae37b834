//! Pages that are open learn of what changes, by server-sent events. However many browsers watch, one task of each office
//! asks the database, and only while somebody watches: not every engine that speaks PostgreSQL's protocol can tell.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::caller::Caller;
use super::problem::Problem;
use super::{Inner, Pages};

/// Between two looks at the database.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// The same while the database does not answer.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// How often a stream says that it is there, and asks whether its session still is.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How many browsers may watch.
const WATCHERS: usize = 512;

/// What the watchers wait for: a count of changes.
#[derive(Debug)]
pub(super) struct Live {
    changes: watch::Sender<u64>,
    /// The office stops: whoever listens goes.
    ended: watch::Sender<bool>,
    places: Arc<Semaphore>,
}

impl Live {
    /// Ends every stream. A browser comes again by itself, to another office or to this one once it is back.
    pub(super) fn end(&self) {
        self.ended.send_replace(true);
    }
}

impl Default for Live {
    fn default() -> Self {
        Self {
            changes: watch::Sender::new(0),
            ended: watch::Sender::new(false),
            places: Arc::new(Semaphore::new(WATCHERS)),
        }
    }
}

/// Looks for changes without an end.
pub(super) async fn keep_looking(pages: &Inner) {
    let mut seen = None;
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        if pages.live.changes.receiver_count() == 0 {
            continue;
        }
        match pages.store.position().await {
            Ok(position) if seen.as_ref() == Some(&position) => {}
            Ok(position) => {
                seen = Some(position);
                pages.live.changes.send_modify(|changes| *changes += 1);
            }
            Err(error) => {
                tracing::debug!(%error, "the book does not say how far it is");
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        }
    }
}

/// One browser that watches.
struct Watcher {
    pages: Pages,
    caller: Caller,
    changes: watch::Receiver<u64>,
    ended: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
}

/// The stream: `changed` whenever a page may look different.
pub(super) async fn events(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
) -> Response {
    let Ok(place) = Arc::clone(&pages.inner.live.places).try_acquire_owned() else {
        return Problem::Busy.into_response();
    };
    let watcher = Watcher {
        changes: pages.inner.live.changes.subscribe(),
        ended: pages.inner.live.ended.subscribe(),
        pages,
        caller,
        _place: place,
    };
    Sse::new(stream::unfold(watcher, next)).into_response()
}

/// The next event of a stream; it ends with its session.
async fn next(mut watcher: Watcher) -> Option<(Result<Event, Infallible>, Watcher)> {
    let changed = tokio::time::timeout(HEARTBEAT, watcher.changes.changed());
    let ended = async { watcher.ended.wait_for(|ended| *ended).await.is_ok() };
    let changed = tokio::select! {
        _ = ended => return None,
        changed = changed => changed,
    };
    let event = match changed {
        Ok(Ok(())) => {
            let change = *watcher.changes.borrow_and_update();
            Event::default().event("changed").data(change.to_string())
        }
        Ok(Err(_)) => return None,
        Err(_) => Event::default().comment("here"),
    };
    let pages = &watcher.pages.inner;
    let session = watcher.caller.session?;
    let open = pages
        .store
        .is_session_open(session, pages.clock.now())
        .await;
    // What the book cannot say now, it says at the next event.
    match open {
        Ok(false) => None,
        _ => Some((Ok(event), watcher)),
    }
}
