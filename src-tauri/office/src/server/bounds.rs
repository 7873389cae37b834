//! How much a call may take. Its body is read before it is counted, so a body that comes slowly keeps nobody out, and
//! what a stranger may send is small. Tills, strangers and the owner's pages are counted apart: however many strangers
//! call, a till's call has its turn.

use std::collections::HashMap;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures_util::StreamExt as _;
use parking_lot::Mutex;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::connections::Visitor;
use super::refusal::refuse;
use super::{MAX_BODY_BYTES, Office, token_of};
use crate::store::Token;

/// The largest body of somebody who has shown no token: a pairing code or a form.
const STRANGERS_BODY_BYTES: usize = 16 * 1024;
/// So much of a till's body that is too large is read all the same.
const READ_AWAY_BYTES: usize = 16 * 1024 * 1024;
/// The longest time for a body to come.
const BODY: Duration = Duration::from_secs(15);
/// The longest time for a call, from its body to its answer.
const WHOLE_CALL: Duration = Duration::from_secs(20);
/// How many calls of tills, and of all others, are worked on at once; the next are told to come again.
const TILLS_CALLS: usize = 64;
const STRANGERS_CALLS: usize = 32;
/// How many calls of one till are worked on at once: it needs one.
const ONE_TILLS_CALLS: u32 = 4;
/// A token that was good counts here for so long, milliseconds, and no more than so many do. It only says how a call is
/// bounded; whether it may do something is asked of the book each time.
const REMEMBERED_MS: i64 = 60 * 1000;
const MOST_REMEMBERED: usize = 10_000;

/// What bounds the calls.
#[derive(Debug)]
pub(super) struct Bounds {
    tills: Semaphore,
    strangers: Semaphore,
    at_work: Mutex<HashMap<Token, u32>>,
    good: Mutex<HashMap<Token, i64>>,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            tills: Semaphore::new(TILLS_CALLS),
            strangers: Semaphore::new(STRANGERS_CALLS),
            at_work: Mutex::default(),
            good: Mutex::default(),
        }
    }
}

/// A till's calls that are worked on: one more until this is dropped.
struct AtWork<'a> {
    bounds: &'a Bounds,
    token: Token,
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        let mut at_work = self.bounds.at_work.lock();
        if let Some(calls) = at_work.get_mut(&self.token) {
            *calls -= 1;
            if *calls == 0 {
                at_work.remove(&self.token);
            }
        }
    }
}

impl Bounds {
    /// The turn to ask the book about a token that may be a stranger's.
    pub(super) async fn look_up(&self) -> Option<SemaphorePermit<'_>> {
        self.strangers.acquire().await.ok()
    }

    fn begin(&self, token: &Token) -> Option<AtWork<'_>> {
        let mut at_work = self.at_work.lock();
        let calls = at_work.entry(token.clone()).or_default();
        let is_free = *calls < ONE_TILLS_CALLS;
        *calls += u32::from(is_free);
        is_free.then(|| AtWork {
            bounds: self,
            token: token.clone(),
        })
    }
}

/// Bounds a call in size, number and time.
pub(super) async fn bound(State(office): State<Office>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let token = match token_of(&parts.headers) {
        Ok(token) if is_good(&office, &token).await => Some(token),
        _ => None,
    };
    if let (Some(token), Some(visitor)) = (&token, parts.extensions.get::<Visitor>()) {
        visitor.has_shown(token.hash());
    }
    let limit = match token {
        Some(_) => MAX_BODY_BYTES,
        None => STRANGERS_BODY_BYTES,
    };
    let said = parts.headers.get(CONTENT_LENGTH);
    let said = said.and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|bytes| bytes > limit) {
        if token.is_some() {
            read_away(body).await;
        }
        return too_large();
    }
    let body = match tokio::time::timeout(BODY, to_bytes(body, limit)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return too_large(),
        Err(_) => return refuse(408, "unreadable", "the body came too slowly").into_response(),
    };
    let bounds = &office.inner.bounds;
    let (permit, at_work) = match &token {
        Some(token) => (bounds.tills.try_acquire(), Some(bounds.begin(token))),
        None => (bounds.strangers.try_acquire(), None),
    };
    let (Ok(_permit), None | Some(Some(_))) = (permit, &at_work) else {
        return refuse(503, "busy", "too many calls at once").into_response();
    };
    let request = Request::from_parts(parts, Body::from(body));
    match tokio::time::timeout(WHOLE_CALL, next.run(request)).await {
        Ok(response) => response,
        Err(_) => refuse(503, "busy", "the call took too long").into_response(),
    }
}

/// Reads what a till goes on sending, so that it hears the answer: a connection that is closed while somebody still sends
/// is reset, and an answer on its way is lost with it (RFC 9112, 9.6).
async fn read_away(body: Body) {
    let mut parts = body.into_data_stream();
    let mut left_bytes = READ_AWAY_BYTES;
    let all = async {
        while let (Some(Ok(part)), 1..) = (parts.next().await, left_bytes) {
            left_bytes = left_bytes.saturating_sub(part.len());
        }
    };
    tokio::time::timeout(BODY, all).await.ok();
}

fn too_large() -> Response {
    refuse(413, "too_large", "the body is too large").into_response()
}

/// Whether this token was good within the last minute.
async fn is_good(office: &Office, token: &Token) -> bool {
    let inner = &office.inner;
    let now = inner.clock.now();
    let remembered = inner.bounds.good.lock().get(token).copied();
    if remembered.is_some_and(|until| (0..=REMEMBERED_MS).contains(&(until - now.0))) {
        return true;
    }
    let Ok(_permit) = inner.bounds.strangers.acquire().await else {
        return false;
    };
    if !matches!(inner.store.till_of(token, now).await, Ok(Ok(_))) {
        return false;
    }
    let mut good = inner.bounds.good.lock();
    if good.len() >= MOST_REMEMBERED {
        good.retain(|_, until| *until >= now.0);
    }
    if good.len() < MOST_REMEMBERED {
        good.insert(token.clone(), now.plus(REMEMBERED_MS).0);
    }
    true
}
