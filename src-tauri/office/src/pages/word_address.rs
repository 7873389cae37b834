//! One address that gets word: adding it, choosing what it gets, trying it, another secret, taking it away.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use strum::VariantArray as _;

use ringup_core::i18n::Language;

use crate::store::{Act, WordAddress, WordWay};
use crate::word::{HookUrl, HookUrlError, WordKind, is_mail_address, language_of};

use super::caller::{Caller, Fields};
use super::icons::icon;
use super::layout::Tab;
use super::problem::Problem;
use super::{Pages, layout};

/// The longest address that a form takes, characters.
const MAX_TARGET_CHARS: usize = 1000;

/// Which kind of address is to be added.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WayChoice {
    way: String,
}

/// What a form says of an address.
struct Typed {
    target: String,
    language: Language,
    events: Vec<WordKind>,
}

impl Typed {
    fn of(fields: &Fields, caller: &Caller) -> Self {
        let is_chosen = |kind: &WordKind| {
            let name = format!("event-{}", kind.as_str());
            !fields.get(&name).is_empty()
        };
        Self {
            target: fields.get("target").trim().to_owned(),
            language: language_of(fields.get("language")).unwrap_or(caller.language),
            events: WordKind::CHOSEN.into_iter().filter(is_chosen).collect(),
        }
    }
}

/// An answer that says what was wrong.
pub(super) fn refused(mut response: Response) -> Response {
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

fn way_of(text: &str) -> WordWay {
    text.parse().unwrap_or(WordWay::Mail)
}

/// The form of a new address.
pub(super) async fn add_form(
    Extension(caller): Extension<Caller>,
    Query(asked): Query<WayChoice>,
) -> Response {
    let typed = Typed {
        target: String::new(),
        language: caller.language,
        events: WordKind::CHOSEN.to_vec(),
    };
    add_shown(&caller, way_of(&asked.way), &typed, None)
}

fn add_shown(caller: &Caller, way: WordWay, typed: &Typed, wrong: Option<&str>) -> Response {
    let (title, label, note, kind) = match way {
        WordWay::Mail => ("word-add-mail", "word-mail", None, "email"),
        WordWay::Hook => ("word-add-hook", "word-hook", Some("word-hook-note"), "url"),
    };
    let input = html! {
        input type=(kind) name="target" value=(typed.target) required maxlength=(MAX_TARGET_CHARS) autocomplete="off"
            data-testid="word-target";
    };
    let way: &str = way.into();
    let body = html! {
        form class="card stack-4 narrow" method="post" action="/word/add" data-testid="word-add" {
            h1 { (caller.t(title)) }
            (layout::wrong(caller, wrong))
            (layout::token(caller))
            input type="hidden" name="way" value=(way);
            (layout::field(caller, label, note, &input))
            (choices(caller, typed))
            div class="actions" {
                a class="button plain" href="/word" { (caller.t("cancel")) }
                button class="main" type="submit" data-testid="word-add-go" { (caller.t("word-save")) }
            }
        }
    };
    layout::page(caller, &caller.t(title), Some(Tab::Account), &body).into_response()
}

fn choices(caller: &Caller, typed: &Typed) -> Markup {
    html! {
        fieldset class="stack-3" {
            legend class="strong" { (caller.t("word-events")) }
            @for kind in WordKind::CHOSEN {
                @let name = kind.as_str();
                label class="check" {
                    input type="checkbox" name=(format!("event-{name}")) value="on" checked[typed.events.contains(&kind)]
                        data-testid=(format!("word-event-{name}"));
                    span { (caller.t(&format!("word-kind-{name}"))) }
                }
            }
        }
        label class="field" {
            span class="strong" { (caller.t("word-language")) }
            select name="language" data-testid="word-language" {
                @for language in Language::VARIANTS.iter().copied() {
                    @let tag = language.tag();
                    option value=(tag) selected[language == typed.language] { (caller.t(&format!("language-{tag}"))) }
                }
            }
        }
    }
}

/// Adds it. A webhook's secret is in this answer and nowhere else.
pub(super) async fn add(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Problem> {
    let way = way_of(fields.get("way"));
    let typed = Typed::of(&fields, &caller);
    let again = |wrong| Ok(refused(add_shown(&caller, way, &typed, Some(wrong))));
    let networks = &pages.inner.config.word.networks;
    let target = match way {
        WordWay::Mail if is_mail_address(&typed.target) => Ok(typed.target.clone()),
        WordWay::Mail => Err("wrong-word-mail"),
        WordWay::Hook => match HookUrl::parse(&typed.target, networks) {
            Ok(url) => Ok(url.as_str().to_owned()),
            Err(HookUrlError::Invalid) => Err("wrong-word-url"),
            Err(HookUrlError::Private) => Err("wrong-word-private"),
        },
    };
    let target = match target {
        Ok(target) => target,
        Err(wrong) => return again(wrong),
    };
    if typed.events.is_empty() {
        return again("wrong-word-events");
    }
    let shown = WordAddress {
        id: String::new(),
        way,
        target: target.clone(),
        language: typed.language,
        events: std::collections::BTreeMap::new(),
        generation: 1,
    };
    note(&pages, &caller, Act::WordAdded, &shown).await?;
    let now = pages.inner.clock.now();
    let store = &pages.inner.store;
    let added = store
        .add_word_address(way, &target, typed.language, &typed.events, now)
        .await?;
    match added {
        None => again("wrong-word-many"),
        Some(address) if address.way == WordWay::Hook => {
            Ok(secret_shown(&pages, &caller, &address))
        }
        Some(_) => Ok(Redirect::to("/word?done=saved").into_response()),
    }
}

async fn note(
    pages: &Pages,
    caller: &Caller,
    act: Act,
    about: &WordAddress,
) -> Result<(), Problem> {
    let now = pages.inner.clock.now();
    let (from, about) = (caller.address.to_string(), about.shown());
    let store = &pages.inner.store;
    store.note(&caller.owner, act, &about, &from, now).await?;
    Ok(())
}

fn secret_shown(pages: &Pages, caller: &Caller, address: &WordAddress) -> Response {
    let secrets = &pages.inner.config.word.secrets;
    let secret = secrets.reveal(&address.id, address.generation);
    let body = html! {
        section class="card stack-4 narrow" {
            h1 { (caller.t("word-secret")) }
            p { (caller.t("word-secret-once")) }
            p class="code" data-testid="word-secret" { (secret) }
            p class="soft break" { (address.shown()) }
            div class="actions" { a class="button main" href="/word" data-testid="word-secret-done" { (caller.t("pair-done")) } }
        }
    };
    layout::page(caller, &caller.t("word-secret"), Some(Tab::Account), &body).into_response()
}

async fn address_of(pages: &Pages, id: &str) -> Result<WordAddress, Problem> {
    let all = pages.inner.store.word_addresses().await?;
    all.into_iter()
        .find(|address| address.id == id)
        .ok_or(Problem::NotFound)
}

/// The page of an address.
pub(super) async fn page(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let address = address_of(&pages, &id).await?;
    Ok(shown(&caller, &address, None))
}

fn shown(caller: &Caller, address: &WordAddress, wrong: Option<&str>) -> Response {
    let typed = Typed {
        target: String::new(),
        language: address.language,
        events: address.events.keys().copied().collect(),
    };
    let path = |more: &str| format!("/word/addresses/{}{more}", address.id);
    let body = html! {
        p { a class="quiet" href="/word" { (icon("back")) (caller.t("word")) } }
        h1 class="break" { (address.shown()) }
        div class="columns" {
            form class="card stack-4" method="post" action=(path("")) data-testid="word-change" {
                (layout::wrong(caller, wrong))
                (layout::token(caller))
                (choices(caller, &typed))
                p { button class="main" type="submit" data-testid="word-change-go" { (caller.t("word-save")) } }
            }
            section class="card stack-3" {
                h2 { (caller.t("word-try")) }
                p class="soft" { (caller.t("word-try-note")) }
                form method="post" action=(path("/test")) {
                    (layout::token(caller))
                    button class="plain" type="submit" data-testid="word-test" { (caller.t("word-try-go")) }
                }
            }
            @if address.way == WordWay::Hook {
                section class="card stack-3" {
                    h2 { (caller.t("word-secret")) }
                    p class="soft" { (caller.t("word-secret-renew-note")) }
                    form method="post" action=(path("/secret")) {
                        (layout::token(caller))
                        button class="plain" type="submit" data-testid="word-secret-renew" { (caller.t("word-secret-renew")) }
                    }
                }
            }
            section class="card stack-3" {
                h2 { (caller.t("word-remove")) }
                p class="soft" { (caller.t("word-remove-note")) }
                form method="post" action=(path("/remove")) {
                    (layout::token(caller))
                    button class="danger" type="submit" data-testid="word-remove" { (caller.t("word-remove")) }
                }
            }
        }
    };
    layout::page(caller, &address.shown(), Some(Tab::Account), &body).into_response()
}

/// Changes what it gets.
pub(super) async fn change(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let address = address_of(&pages, &id).await?;
    let typed = Typed::of(&fields, &caller);
    if typed.events.is_empty() {
        return Ok(refused(shown(&caller, &address, Some("wrong-word-events"))));
    }
    note(&pages, &caller, Act::WordChanged, &address).await?;
    let now = pages.inner.clock.now();
    let store = &pages.inner.store;
    store
        .change_word_address(&id, typed.language, &typed.events, now)
        .await?;
    Ok(Redirect::to("/word?done=saved").into_response())
}

/// Sends a word of trial.
pub(super) async fn test(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let address = address_of(&pages, &id).await?;
    note(&pages, &caller, Act::WordTried, &address).await?;
    let now = pages.inner.clock.now();
    match pages.inner.store.try_word(&id, now).await? {
        Some(_) => Ok(Redirect::to("/word?done=tried").into_response()),
        None => Ok(refused(shown(&caller, &address, Some("wrong-word-trials")))),
    }
}

/// Gives a webhook another secret, and shows it once.
pub(super) async fn renew_secret(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let mut address = address_of(&pages, &id).await?;
    note(&pages, &caller, Act::WordSecretRenewed, &address).await?;
    let store = &pages.inner.store;
    let renewed = store.renew_word_secret(&id, address.generation).await?;
    address.generation = renewed.ok_or(Problem::NotFound)?;
    Ok(secret_shown(&pages, &caller, &address))
}

/// Takes it away.
pub(super) async fn remove(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let address = address_of(&pages, &id).await?;
    note(&pages, &caller, Act::WordRemoved, &address).await?;
    let now = pages.inner.clock.now();
    pages.inner.store.remove_word_address(&id, now).await?;
    Ok(Redirect::to("/word?done=removed").into_response())
}
