//! Signing in and out, and the language. Whether the name, the passphrase or the code was wrong is not told; a name that
//! there is not takes as long as one that there is.

use axum::Extension;
use axum::extract::State;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::html;
use secrecy::SecretString;

use crate::store::{AT_MOST_MS, Act, Owner};

use super::caller::{Caller, Fields, draw_secret, hash_of};
use super::guard::add_cookie;
use super::problem::Problem;
use super::tries::Who;
use super::{HOME, Pages, cookies, layout, one_time_code, passphrase, texts};

/// How long a browser keeps that an owner signed in there, seconds: half a year.
const DEVICE_COOKIE_S: i64 = 180 * 24 * 60 * 60;
/// How long it keeps the language, seconds: a year.
const LANGUAGE_COOKIE_S: i64 = 365 * 24 * 60 * 60;
/// A failed try is written into the audit list at most this often, milliseconds: whoever tries must not fill it.
const NOTE_FAILURE_EVERY_MS: i64 = 60 * 1000;

/// The form.
pub(super) async fn form(Extension(caller): Extension<Caller>) -> Response {
    if caller.session.is_some() {
        return Redirect::to(HOME).into_response();
    }
    shown(&caller, None)
}

fn shown(caller: &Caller, wrong: Option<&str>) -> Response {
    let name = html! {
        input name="name" autocomplete="username" required maxlength="60" autocapitalize="none" spellcheck="false"
            autofocus data-testid="name";
    };
    let passphrase = html! {
        input type="password" name="passphrase" autocomplete="current-password" required data-testid="passphrase";
    };
    let code = html! {
        input name="code" autocomplete="one-time-code" inputmode="numeric" maxlength="7" data-testid="code";
    };
    let body = html! {
        form class="card stack-4" method="post" action="/sign-in" data-testid="sign-in" {
            h1 { (caller.t("sign-in")) }
            (layout::wrong(caller, wrong))
            (layout::token(caller))
            (layout::field(caller, "owner-name", None, &name))
            (layout::field(caller, "passphrase", None, &passphrase))
            (layout::field(caller, "code", Some("code-note"), &code))
            button class="main" type="submit" data-testid="sign-in-go" { (caller.t("sign-in")) }
        }
    };
    layout::page(caller, &caller.t("sign-in"), None, &body).into_response()
}

/// Signs in.
pub(super) async fn sign_in(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Problem> {
    let store = &pages.inner.store;
    let now = pages.inner.clock.now();
    let owner = store.owner(fields.get("name").trim()).await?;
    let who = match (&owner, caller.device) {
        (Some(owner), Some(device)) if store.is_device_of(device, &owner.name, now).await? => {
            Who::Device(device)
        }
        _ => Who::at(caller.address),
    };
    let begun = pages.inner.tries.lock().begin(who, now);
    if let Err(wait_s) = begun {
        let mut response = shown(&caller, Some("wrong-tries"));
        *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        let wait = HeaderValue::from(wait_s);
        response.headers_mut().insert(RETRY_AFTER, wait);
        return Ok(response);
    }
    let name = owner.as_ref().map(|owner| owner.name.clone());
    let Some(owner) = proved(&pages, owner, &fields).await? else {
        note_failure(&pages, name.as_deref().unwrap_or_default(), &caller).await?;
        let mut response = shown(&caller, Some("wrong-sign-in"));
        *response.status_mut() = StatusCode::UNAUTHORIZED;
        return Ok(response);
    };
    pages.inner.tries.lock().succeeded(who);
    let mut response = Redirect::to(HOME).into_response();
    open_session(&pages, &caller, &owner.name, &mut response).await?;
    Ok(response)
}

/// Signs this owner in: a new session, whatever the browser had.
pub(super) async fn open_session(
    pages: &Pages,
    caller: &Caller,
    owner: &str,
    response: &mut Response,
) -> Result<(), Problem> {
    let store = &pages.inner.store;
    let now = pages.inner.clock.now();
    let address = caller.address.to_string();
    let (session, device) = (draw_secret(), draw_secret());
    store.note(owner, Act::SignedIn, "", &address, now).await?;
    store.open_session(hash_of(&session), owner, now).await?;
    store.remember_device(hash_of(&device), owner, now).await?;
    let longest_s = AT_MOST_MS / 1000;
    add_cookie(
        response,
        &cookies::set(cookies::SESSION, &session, longest_s),
    );
    add_cookie(
        response,
        &cookies::set(cookies::DEVICE, &device, DEVICE_COOKIE_S),
    );
    Ok(())
}

/// The owner, if passphrase and code are theirs. The code is used up by that.
async fn proved(
    pages: &Pages,
    owner: Option<Owner>,
    fields: &Fields,
) -> Result<Option<Owner>, Problem> {
    let typed = SecretString::from(fields.get("passphrase"));
    let hash = owner.as_ref().map(|owner| owner.passphrase.clone());
    let is_right = passphrase::is_of(typed, hash).await;
    let Some(owner) = owner.filter(|_| is_right) else {
        return Ok(None);
    };
    if let Some(secret) = &owner.code_secret {
        let now = pages.inner.clock.now();
        let Some(step) = one_time_code::step_of(fields.get("code"), secret, now) else {
            return Ok(None);
        };
        if !pages.inner.store.use_code_step(&owner.name, step).await? {
            return Ok(None);
        }
    }
    Ok(Some(owner))
}

async fn note_failure(pages: &Pages, owner: &str, caller: &Caller) -> Result<(), Problem> {
    let now = pages.inner.clock.now();
    {
        let mut noted_at = pages.inner.failure_noted_at.lock();
        if now.0.saturating_sub(*noted_at) < NOTE_FAILURE_EVERY_MS {
            return Ok(());
        }
        *noted_at = now.0;
    }
    let address = caller.address.to_string();
    let store = &pages.inner.store;
    Ok(store
        .note(owner, Act::SignInFailed, "", &address, now)
        .await?)
}

/// Signs out.
pub(super) async fn sign_out(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
) -> Result<Response, Problem> {
    let now = pages.inner.clock.now();
    let address = caller.address.to_string();
    let store = &pages.inner.store;
    store
        .note(&caller.owner, Act::SignedOut, "", &address, now)
        .await?;
    if let Some(session) = caller.session {
        store.close_session(session).await?;
    }
    let mut response = Redirect::to("/sign-in").into_response();
    add_cookie(&mut response, &cookies::set(cookies::SESSION, "", 0));
    Ok(response)
}

/// Keeps the language that was chosen, and goes back to the page.
pub(super) async fn choose_language(Extension(fields): Extension<Fields>) -> Response {
    let back = fields.get("back");
    // A path of ours and nothing that a browser could take for another host.
    let is_ours = back.starts_with('/')
        && !back.starts_with("//")
        && back
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"/-_".contains(&byte));
    let mut response = Redirect::to(if is_ours { back } else { "/" }).into_response();
    if let Some(language) = texts::known(fields.get("language")) {
        let cookie = cookies::set(cookies::LANGUAGE, language.tag(), LANGUAGE_COOKIE_S);
        add_cookie(&mut response, &cookie);
    }
    response
}
