//! The first owner, by a link that the office shows where it was started. A link makes one owner, once, within its time.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::html;
use secrecy::SecretString;

use crate::store::{Act, SetupOutcome};

use super::caller::{Caller, Fields};
use super::passphrase::PassphraseError;
use super::problem::Problem;
use super::tries::Who;
use super::{HOME, Pages, layout, passphrase, sign_in};

/// The longest name of an owner or a till, in characters.
pub(super) const MAX_NAME_CHARS: usize = 60;

/// The form of a link.
pub(super) async fn form(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Path(secret): Path<String>,
) -> Result<Response, Problem> {
    require_open(&pages, &caller, &secret).await?;
    Ok(shown(&caller, None))
}

/// A link that does not work is a page that there is not. Guessing is a try to sign in.
async fn require_open(pages: &Pages, caller: &Caller, secret: &str) -> Result<(), Problem> {
    let now = pages.inner.clock.now();
    let who = Who::at(caller.address);
    let begun = pages.inner.tries.lock().begin(who, now);
    begun.or(Err(Problem::TooManyTries))?;
    if !pages.inner.store.is_setup_open(secret, now).await? {
        return Err(Problem::NotFound);
    }
    pages.inner.tries.lock().succeeded(who);
    Ok(())
}

fn shown(caller: &Caller, wrong: Option<&str>) -> Response {
    let name = html! {
        input name="name" autocomplete="username" required maxlength=(MAX_NAME_CHARS) spellcheck="false" data-testid="name";
    };
    let new = |field: &str| {
        html! {
            input type="password" name=(field) autocomplete="new-password" required minlength=(passphrase::MIN_CHARS)
                data-testid=(field);
        }
    };
    let body = html! {
        form class="card stack-4" method="post" data-testid="setup" {
            h1 { (caller.t("setup")) }
            p class="soft" { (caller.t("setup-note")) }
            (layout::wrong(caller, wrong))
            (layout::token(caller))
            (layout::field(caller, "owner-name", None, &name))
            (layout::field(caller, "passphrase", Some("passphrase-note"), &new("passphrase")))
            (layout::field(caller, "passphrase-again", None, &new("again")))
            button class="main" type="submit" data-testid="setup-go" { (caller.t("setup-go")) }
        }
    };
    layout::page(caller, &caller.t("setup"), None, &body).into_response()
}

/// Makes the owner and signs them in.
pub(super) async fn set_up(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
    Path(secret): Path<String>,
) -> Result<Response, Problem> {
    require_open(&pages, &caller, &secret).await?;
    let hash = match new_passphrase(&fields).await {
        Ok(hash) => hash,
        Err(message) => return Ok(refused(&caller, message)),
    };
    let Some(name) = name_in(&fields) else {
        return Ok(refused(&caller, "wrong-name"));
    };
    let store = &pages.inner.store;
    let now = pages.inner.clock.now();
    match store.use_setup(&secret, &name, &hash, now).await? {
        SetupOutcome::LinkInvalid => return Err(Problem::NotFound),
        SetupOutcome::NameTaken => return Ok(refused(&caller, "wrong-name-taken")),
        SetupOutcome::Made => {}
    }
    let address = caller.address.to_string();
    store
        .note(&name, Act::OwnerMade, &name, &address, now)
        .await?;
    let mut response = Redirect::to(HOME).into_response();
    sign_in::open_session(&pages, &caller, &name, &mut response).await?;
    Ok(response)
}

fn refused(caller: &Caller, message: &str) -> Response {
    let mut response = shown(caller, Some(message));
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// A name that can be shown in one line, if there is one in the form.
pub(super) fn name_in(fields: &Fields) -> Option<String> {
    let name = fields.get("name").trim();
    let is_name = !name.is_empty()
        && name.chars().count() <= MAX_NAME_CHARS
        && !name.chars().any(char::is_control);
    is_name.then(|| name.to_owned())
}

/// The hash of the new passphrase that a form has twice, or what is wrong with it.
pub(super) async fn new_passphrase(fields: &Fields) -> Result<String, &'static str> {
    if fields.get("passphrase") != fields.get("again") {
        return Err("wrong-again");
    }
    let hashed = passphrase::hash(SecretString::from(fields.get("passphrase"))).await;
    hashed.map_err(|error| match error {
        PassphraseError::TooShort => "wrong-too-short",
        PassphraseError::TooLong => "wrong-too-long",
        PassphraseError::NotHashed => "problem-busy",
    })
}
