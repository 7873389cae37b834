//! What every call of a page passes. It is refused unless it may: a page needs a session unless it is one of those few that
//! are for everybody, and whatever changes something needs a form of this browser's.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::server::Visitor;

use super::caller::{Caller, Fields, draw_secret, form_token, hash_of, is_form_token};
use super::headers::set_for_page;
use super::problem::Problem;
use super::{Pages, cookies, texts};

/// The largest form.
const MAX_FORM_BYTES: usize = 16 * 1024;
/// The form that takes a file of items in: of somebody who is signed in it may be as large as such a file is, each byte of
/// which takes three.
const IMPORT: &str = "/settings/items/import";
const MAX_IMPORT_BYTES: usize = 3 * 1024 * 1024 + MAX_FORM_BYTES;
/// The longest time for a form to come, to wait for a turn, and for the answer.
const FORM: Duration = Duration::from_secs(10);
const TURN: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(20);
/// The longest time to write a file of the book.
const FILE: Duration = Duration::from_secs(600);
/// The longest secret that a cookie of ours has.
const MAX_SECRET_BYTES: usize = 64;
/// How long a browser keeps what its forms are signed with, seconds.
const FORM_COOKIE_S: i64 = 24 * 60 * 60;

/// Lets a call through, or answers in its place.
pub(super) async fn guard(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    let has_public_certificate = pages.inner.config.fingerprint.is_none();
    let mut response = answer(&pages, request, next).await;
    set_for_page(response.headers_mut(), has_public_certificate);
    response
}

/// Whether everybody may ask for this.
fn is_for_everybody(path: &str) -> bool {
    matches!(path, "/sign-in" | "/language")
        || path.starts_with("/setup/")
        || path.starts_with("/assets/")
}

async fn answer(pages: &Pages, request: Request, next: Next) -> Response {
    // Nothing of a page begins so: a till gets its refusal.
    if request.uri().path().starts_with("/v1/") {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let changes = match parts.method {
        Method::GET | Method::HEAD => false,
        Method::POST => true,
        _ => return StatusCode::METHOD_NOT_ALLOWED.into_response(),
    };
    let secret = secret_in(&parts.headers, cookies::SESSION);
    let form = secret_in(&parts.headers, cookies::FORM);
    // A browser without any secret gets one for its forms.
    // What pages load needs none: a customer's browser that shows a receipt is given no cookie.
    let has_none = secret.is_none() && form.is_none();
    let drawn = (has_none && !parts.uri.path().starts_with("/assets/")).then(draw_secret);
    let signs = secret.or(form).or(drawn.as_deref());
    let mut caller = caller(pages, &parts, signs.unwrap_or_default());
    let longest = match caller.path == IMPORT && changes {
        true if is_signed_in(pages, secret).await => MAX_IMPORT_BYTES,
        _ => MAX_FORM_BYTES,
    };
    let body = match tokio::time::timeout(FORM, to_bytes(body, longest)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return Problem::TooLarge.page(&caller),
        Err(_) => return Problem::Unreadable.page(&caller),
    };
    let turn = tokio::time::timeout(TURN, pages.inner.calls.acquire()).await;
    let Ok(Ok(_turn)) = turn else {
        return Problem::Busy.page(&caller);
    };
    if let Err(problem) = find_owner(pages, secret, &mut caller).await {
        return problem.page(&caller);
    }
    if caller.session.is_some()
        && let (Some(session), Some(visitor)) = (caller.session, parts.extensions.get::<Visitor>())
    {
        visitor.has_shown(session.0);
    }
    if caller.session.is_none() && !is_for_everybody(&caller.path) {
        return match changes || caller.path == "/events" {
            true => Problem::SignedOut.page(&caller),
            false => Redirect::to("/sign-in").into_response(),
        };
    }
    if changes {
        let fields = Fields::parse(&body);
        let is_ours = is_from_here(&parts.headers)
            && signs.is_some_and(|secret| is_form_token(fields.get("token"), secret));
        if !is_ours {
            return Problem::FormOver.page(&caller);
        }
        parts.extensions.insert(fields);
    }
    parts.extensions.insert(caller.clone());
    let request = Request::from_parts(parts, Body::empty());
    let longest = match caller.path.as_str() {
        "/export/file" => FILE,
        _ => ANSWER,
    };
    let answered = tokio::time::timeout(longest, next.run(request)).await;
    let mut response = answered.unwrap_or_else(|_| Problem::Busy.into_response());
    let problem = response.extensions().get::<Problem>().copied();
    if let Some(problem) = problem.or(unread(&response)) {
        response = problem.page(&caller);
    }
    if let Some(drawn) = drawn {
        add_cookie(
            &mut response,
            &cookies::set(cookies::FORM, &drawn, FORM_COOKIE_S),
        );
    }
    response
}

/// Whether this is the secret of a session, for how much a call may send: who it is of is asked for once it has come.
async fn is_signed_in(pages: &Pages, secret: Option<&str>) -> bool {
    let Some(secret) = secret else { return false };
    let now = pages.inner.clock.now();
    let open = pages
        .inner
        .store
        .is_session_open(hash_of(secret), now)
        .await;
    open == Ok(true)
}

/// What was asked for in a way that the router itself could not read.
fn unread(response: &Response) -> Option<Problem> {
    let kind = response.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    let is_plain = response.status().is_client_error() && kind.starts_with("text/plain");
    is_plain.then_some(Problem::Unreadable)
}

fn caller(pages: &Pages, parts: &Parts, signs: &str) -> Caller {
    let visitor = parts.extensions.get::<Visitor>();
    let unspecified = std::net::IpAddr::from([0, 0, 0, 0]);
    Caller {
        owner: String::new(),
        session: None,
        device: secret_in(&parts.headers, cookies::DEVICE).map(hash_of),
        language: texts::language(&parts.headers),
        form_token: form_token(signs),
        address: visitor.map_or(unspecified, |visitor| visitor.address),
        path: parts.uri.path().to_owned(),
        zone: pages.inner.config.zone.clone(),
    }
}

/// Finds out who is signed in. A session that is over, or none that there was, is nobody's.
async fn find_owner(
    pages: &Pages,
    secret: Option<&str>,
    caller: &mut Caller,
) -> Result<(), Problem> {
    let Some(secret) = secret else {
        return Ok(());
    };
    let session = hash_of(secret);
    let now = pages.inner.clock.now();
    if let Some(owner) = pages.inner.store.use_session(session, now).await? {
        caller.owner = owner;
        caller.session = Some(session);
    }
    Ok(())
}

/// A secret that a cookie holds, if it can be one of ours.
fn secret_in<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    cookies::read(headers, name)
        .filter(|secret| !secret.is_empty() && secret.len() <= MAX_SECRET_BYTES)
}

/// Whether a form was sent by one of this office's own pages, as far as the browser says: it says so unless it is old, and
/// then the form's token alone counts.
fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok());
    let is_form = text(CONTENT_TYPE.as_str())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    let host = text(HOST.as_str()).unwrap_or_default();
    let from = text(ORIGIN.as_str());
    let site = text("sec-fetch-site");
    is_form
        && from.is_none_or(|origin| origin.strip_prefix("https://") == Some(host))
        && site.is_none_or(|site| site == "same-origin")
}

/// Sets one more cookie.
pub(super) fn add_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}
