//! Who is signed in: their passphrase, their one-time codes, their language, and the way out.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use secrecy::SecretString;
use serde::Deserialize;

use crate::store::{Act, Owner};

use super::caller::{Caller, Fields};
use super::icons::icon;
use super::layout::Tab;
use super::one_time_code::{self, SECRET_BYTES};
use super::problem::Problem;
use super::tries::Who;
use super::{Pages, cookies, guard, layout, passphrase, qr_code, setup};

/// What was done before this page.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    done: String,
}

/// The page.
pub(super) async fn page(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    shown(&pages, &caller, &done.done, None).await
}

async fn shown(
    pages: &Pages,
    caller: &Caller,
    done: &str,
    wrong: Option<&str>,
) -> Result<Response, Problem> {
    let owner = owner(pages, caller).await?;
    let done = match done {
        "passphrase" => Some("done-passphrase"),
        "code" => Some("done-code"),
        _ => None,
    };
    let body = html! {
        header class="head" { h1 class="break" { (owner.name) } }
        @if let Some(done) = done {
            p class="notice good" role="status" data-testid="done" { (icon("tick")) span { (caller.t(done)) } }
        }
        div class="columns" {
            (codes(caller, &owner))
            (change_form(caller, wrong))
            section class="card stack-3" {
                h2 { (caller.t("language")) }
                (layout::languages(caller))
            }
            section class="card stack-3" {
                h2 { (caller.t("word")) }
                p class="soft" { (caller.t("word-note")) }
                p { a class="button plain" href="/word" data-testid="word-open" { (caller.t("word-open")) } }
            }
            section class="card stack-3" {
                h2 { (caller.t("audit")) }
                p class="soft" { (caller.t("audit-note")) }
                p { a class="button plain" href="/audit" data-testid="audit-open" { (caller.t("audit-open")) } }
            }
            section class="card stack-3" {
                h2 { (caller.t("sign-out")) }
                div class="actions start" {
                    form method="post" action="/sign-out" {
                        (layout::token(caller))
                        button class="plain" type="submit" data-testid="sign-out" { (caller.t("sign-out")) }
                    }
                    form method="post" action="/account/sign-out-everywhere" {
                        (layout::token(caller))
                        button class="plain" type="submit" data-testid="sign-out-everywhere" {
                            (caller.t("sign-out-everywhere"))
                        }
                    }
                }
            }
        }
    };
    let page = layout::page(caller, &caller.t("tab-account"), Some(Tab::Account), &body);
    Ok(page.into_response())
}

fn codes(caller: &Caller, owner: &Owner) -> Markup {
    html! {
        section class="card stack-3" {
            h2 { (caller.t("codes")) }
            @if owner.code_secret.is_some() {
                p data-testid="codes-on" { (caller.t("codes-on")) }
                p class="soft" { (caller.t("codes-lost")) }
            } @else {
                p class="soft" { (caller.t("codes-off")) }
                p { a class="button plain" href="/account/code" data-testid="codes-switch-on" { (caller.t("codes-switch-on")) } }
            }
        }
    }
}

fn change_form(caller: &Caller, wrong: Option<&str>) -> Markup {
    let input = |name: &str, kind: &str| {
        html! { input type="password" name=(name) autocomplete=(kind) required data-testid=(format!("change-{name}")); }
    };
    html! {
        form class="card stack-3" method="post" action="/account/passphrase" {
            h2 { (caller.t("passphrase")) }
            (layout::wrong(caller, wrong))
            (layout::token(caller))
            (layout::field(caller, "passphrase-now", None, &input("present", "current-password")))
            (layout::field(caller, "passphrase-new", Some("passphrase-note"), &input("passphrase", "new-password")))
            (layout::field(caller, "passphrase-again", None, &input("again", "new-password")))
            p { button class="plain" type="submit" data-testid="change-go" { (caller.t("passphrase-change")) } }
        }
    }
}

async fn owner(pages: &Pages, caller: &Caller) -> Result<Owner, Problem> {
    let owner = pages.inner.store.owner(&caller.owner).await?;
    owner.ok_or(Problem::SignedOut)
}

/// Whether the form has the owner's present passphrase. Whoever finds a page open may try as often as at signing in.
async fn is_proved(
    pages: &Pages,
    caller: &Caller,
    fields: &Fields,
) -> Result<Result<Owner, &'static str>, Problem> {
    let owner = owner(pages, caller).await?;
    let who = caller.session.map_or(Who::at(caller.address), Who::Device);
    let begun = pages.inner.tries.lock().begin(who, pages.inner.clock.now());
    if begun.is_err() {
        return Ok(Err("wrong-tries"));
    }
    let typed = SecretString::from(fields.get("present"));
    if !passphrase::is_of(typed, Some(owner.passphrase.clone())).await {
        return Ok(Err("wrong-passphrase"));
    }
    pages.inner.tries.lock().succeeded(who);
    Ok(Ok(owner))
}

fn refused(mut response: Response) -> Response {
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// Changes the passphrase. Every session ends with the old one; this browser gets a new one.
pub(super) async fn change_passphrase(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Problem> {
    let hash = match is_proved(&pages, &caller, &fields).await? {
        Ok(_) => setup::new_passphrase(&fields).await,
        Err(message) => Err(message),
    };
    let hash = match hash {
        Ok(hash) => hash,
        Err(message) => {
            let again = shown(&pages, &caller, "", Some(message)).await?;
            return Ok(refused(again));
        }
    };
    let store = &pages.inner.store;
    let now = pages.inner.clock.now();
    let address = caller.address.to_string();
    let name = &caller.owner;
    store
        .note(name, Act::PassphraseSet, name, &address, now)
        .await?;
    store.set_passphrase(name, &hash, now).await?;
    let mut response = Redirect::to("/account?done=passphrase").into_response();
    super::sign_in::open_session(&pages, &caller, name, &mut response).await?;
    Ok(response)
}

/// The form that switches one-time codes on: a new secret, as QR and as text.
pub(super) async fn code_form(Extension(caller): Extension<Caller>) -> Response {
    code_shown(&caller, &rand::random(), None)
}

fn code_shown(caller: &Caller, secret: &[u8; SECRET_BYTES], wrong: Option<&str>) -> Response {
    let text = one_time_code::as_text(secret);
    let address = one_time_code::address(secret, &caller.owner);
    let code = html! {
        input name="code" autocomplete="one-time-code" inputmode="numeric" maxlength="7" required data-testid="code";
    };
    let present = html! {
        input type="password" name="present" autocomplete="current-password" required data-testid="present";
    };
    let body = html! {
        form class="card stack-4 narrow" method="post" action="/account/code" data-testid="code-form" {
            h1 { (caller.t("codes-switch-on")) }
            (layout::wrong(caller, wrong))
            (layout::token(caller))
            input type="hidden" name="secret" value=(text);
            p { (caller.t("codes-scan")) }
            div class="qr-card" { (qr_code::drawing(&address, &caller.t("codes-qr"))) }
            p class="code" data-testid="code-secret" { (text) }
            (layout::field(caller, "code", Some("codes-first"), &code))
            (layout::field(caller, "passphrase-now", None, &present))
            div class="actions" {
                a class="button plain" href="/account" { (caller.t("cancel")) }
                button class="main" type="submit" data-testid="code-go" { (caller.t("codes-go")) }
            }
        }
    };
    layout::page(
        caller,
        &caller.t("codes-switch-on"),
        Some(Tab::Account),
        &body,
    )
    .into_response()
}

/// Switches them on, once the owner's app has shown that it has the secret.
pub(super) async fn switch_code_on(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Problem> {
    let secret =
        one_time_code::secret_from_text(fields.get("secret")).ok_or(Problem::Unreadable)?;
    let again = |message| refused(code_shown(&caller, &secret, Some(message)));
    let owner = match is_proved(&pages, &caller, &fields).await? {
        Ok(owner) => owner,
        Err(message) => return Ok(again(message)),
    };
    if owner.code_secret.is_some() {
        return Ok(Redirect::to("/account").into_response());
    }
    let store = &pages.inner.store;
    let now = pages.inner.clock.now();
    let Some(step) = one_time_code::step_of(fields.get("code"), &secret, now) else {
        return Ok(again("wrong-code"));
    };
    let address = caller.address.to_string();
    store
        .note(&owner.name, Act::CodesOn, "", &address, now)
        .await?;
    store.set_code_secret(&owner.name, Some(&secret)).await?;
    store.use_code_step(&owner.name, step).await?;
    Ok(Redirect::to("/account?done=code").into_response())
}

/// Ends every session of this owner, this one too.
pub(super) async fn sign_out_everywhere(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
) -> Result<Response, Problem> {
    let store = &pages.inner.store;
    let now = pages.inner.clock.now();
    let address = caller.address.to_string();
    let act = Act::SignedOutEverywhere;
    store.note(&caller.owner, act, "", &address, now).await?;
    store.close_sessions_of(&caller.owner).await?;
    let mut response = Redirect::to("/sign-in").into_response();
    guard::add_cookie(&mut response, &cookies::set(cookies::SESSION, "", 0));
    Ok(response)
}
