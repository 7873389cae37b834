//! The shop's shared settings as tills ask for them: whether there is another version, the whole of it, what a till says
//! that it has taken, and what it offers. A token of a till opens them, and nothing else does: PINs' hashes are in them.

use std::time::{Duration, Instant};

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::header::{ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use parking_lot::Mutex;
use serde_json::{Value, json};

use ringup_core::office::SETTINGS_HEADER;
use ringup_core::shared_settings::{
    Document, Own, SettingsReport, SettingsVersion, read as read_settings,
};

use super::refusal::refuse;
use super::{Inner, Office, Refused, read, token_of, unpacked};

/// For so long the number of the newest version is not asked for anew: tills that send much must not ask the book twice as
/// often for it.
const KNOWN_FOR: Duration = Duration::from_millis(250);

/// The number of the newest version, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct Newest(Mutex<Option<(Instant, u64)>>);

impl Newest {
    async fn number(&self, office: &Office) -> Option<u64> {
        let known = *self.0.lock();
        if let Some((at, number)) = known
            && at.elapsed() < KNOWN_FOR
        {
            return Some(number);
        }
        let number = office.inner.store.shared_number().await.ok()?;
        *self.0.lock() = Some((Instant::now(), number));
        Some(number)
    }
}

/// Says with each answer to a till which version there is, so that it asks for it at once.
pub(super) async fn announce(
    State(office): State<Office>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    if response.status().is_success()
        && let Some(number) = office.inner.newest.number(&office).await
    {
        let name = HeaderName::from_static(SETTINGS_HEADER);
        response
            .headers_mut()
            .insert(name, HeaderValue::from(number));
    }
    response
}

/// The newest version, unless it is the one that the till has.
pub(super) async fn settings(
    State(office): State<Office>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let Inner { store, clock, .. } = &*office.inner;
    let _till = store.till_of(&token_of(&headers)?, clock.now()).await??;
    let known = headers.get(IF_NONE_MATCH).and_then(|it| it.to_str().ok());
    let nothing = Document::default();
    // Asked often and seldom new: the whole is read when it is.
    let (number, digest) = store.shared_head().await?.unwrap_or((0, nothing.digest()));
    if known == Some(SettingsVersion::tag(number, &digest).as_str()) {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    let version = match store.shared_version(None).await? {
        Some(version) => SettingsVersion {
            number: version.row.number,
            made_at_unix_ms: version.row.made_at_unix_ms,
            digest: version.row.digest,
            settings: version.document,
        },
        None => SettingsVersion {
            number: 0,
            made_at_unix_ms: 0,
            digest,
            settings: nothing,
        },
    };
    let tag = SettingsVersion::tag(version.number, &version.digest);
    let mut response = Json(version).into_response();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    Ok(response)
}

/// Notes down what a till says that it has.
pub(super) async fn taken(
    State(office): State<Office>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let token = token_of(&headers)?;
    let report: SettingsReport = read(&body)?;
    let Inner { store, clock, .. } = &*office.inner;
    store.settings_taken(&token, report, clock.now()).await??;
    Ok(Json(json!({})))
}

/// Keeps what a till offers, until an owner takes it or not.
pub(super) async fn offer(
    State(office): State<Office>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let token = token_of(&headers)?;
    let body = unpacked(&headers, body)?;
    let unreadable =
        |error: &dyn std::fmt::Display| refuse(422, "settings_invalid", &error.to_string());
    let offered = Document::parse(&body).map_err(|error| unreadable(&error))?;
    let (_, refused) = read_settings(&offered, &Own::default());
    if let Some(first) = refused.first() {
        return Err(unreadable(first));
    }
    let Inner { store, clock, .. } = &*office.inner;
    store
        .settings_offered(&token, &offered, clock.now())
        .await??;
    Ok(Json(json!({})))
}
