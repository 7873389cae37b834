//! Word to the owner: the addresses that get it, from which sums and times on, and what became of each message.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use ringup_core::money::{Currency, Money};

use crate::store::{Act, DELIVERIES_PAGE, DeliveryRow, DeliveryState, WordAddress, WordLimits};
use crate::word::{Told, headline};

use super::caller::{Caller, Fields};
use super::icons::icon;
use super::layout::Tab;
use super::problem::Problem;
use super::word_address::refused;
use super::{Pages, layout};

/// The most of a limit, minor units, and the longest silence, hours.
const MAX_LIMIT_MINOR: i64 = 100_000_000;
const MAX_SILENT_HOURS: u32 = 24 * 30;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WordChoices {
    done: String,
    at: Option<i64>,
    id: String,
}

/// The page.
pub(super) async fn page(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<WordChoices>,
) -> Result<Response, Problem> {
    shown(&pages, &caller, &asked, None).await
}

async fn shown(
    pages: &Pages,
    caller: &Caller,
    asked: &WordChoices,
    wrong: Option<&str>,
) -> Result<Response, Problem> {
    let store = &pages.inner.store;
    let before = asked.at.map(|at| (at, asked.id.as_str()));
    let (addresses, limits) = (store.word_addresses().await?, store.word_limits().await?);
    let rows = store.deliveries(before).await?;
    let has_mail = pages.inner.config.word.mail.is_some();
    let done = match asked.done.as_str() {
        "saved" => Some("word-done-saved"),
        "tried" => Some("word-done-tried"),
        "removed" => Some("word-done-removed"),
        _ => None,
    };
    let body = html! {
        header class="head" {
            h1 { (caller.t("word")) }
            div class="actions start" {
                a class="button plain" href="/word/add?way=mail" data-testid="word-add-mail" { (icon("plus")) (caller.t("word-add-mail")) }
                a class="button plain" href="/word/add?way=hook" data-testid="word-add-hook" { (icon("plus")) (caller.t("word-add-hook")) }
            }
        }
        p class="soft" { (caller.t("word-note")) }
        @if let Some(done) = done {
            p class="notice good" role="status" data-testid="done" { (icon("tick")) span { (caller.t(done)) } }
        }
        @if !has_mail {
            p class="notice" data-testid="word-no-mail" { (icon("warning")) span { (caller.t("word-no-mail")) } }
        }
        div class="columns" {
            section class="card stack-3" {
                h2 { (caller.t("word-addresses")) }
                @if addresses.is_empty() { p class="soft" data-testid="word-none" { (caller.t("word-none")) } }
                ul class="rows" { @for address in &addresses { (address_row(caller, address)) } }
            }
            (limits_form(caller, &limits, wrong))
        }
        section class="card stack-3" {
            h2 { (caller.t("word-sent")) }
            div id="word-sent" data-live[before.is_none()] {
                @if rows.is_empty() { p class="soft" { (caller.t("word-sent-none")) } }
                ul class="rows" { @for row in &rows { (delivery(caller, row, &addresses)) } }
            }
            @if let Some(last) = rows.last().filter(|_| is_full(&rows)) {
                p { a class="button plain" href=(format!("/word?at={}&id={}", last.made_at_unix_ms, last.id)) { (caller.t("earlier")) } }
            }
        }
    };
    let page = layout::page(caller, &caller.t("word"), Some(Tab::Account), &body);
    Ok(page.into_response())
}

fn is_full(rows: &[DeliveryRow]) -> bool {
    u64::try_from(rows.len()).unwrap_or(u64::MAX) >= DELIVERIES_PAGE
}

fn address_row(caller: &Caller, address: &WordAddress) -> Markup {
    let kinds = address.events.keys();
    let kinds: Vec<_> = kinds
        .map(|kind| {
            let kind = kind.as_str();
            caller.t(&format!("word-kind-{kind}"))
        })
        .collect();
    html! {
        li data-testid="word-address" data-way=(<&str>::from(address.way)) {
            a class="row" href=(format!("/word/addresses/{}", address.id)) {
                span class="words" {
                    strong class="break" { (address.shown()) }
                    span class="soft break" { (kinds.join(" · ")) }
                }
                (icon("next"))
            }
        }
    }
}

fn delivery(caller: &Caller, row: &DeliveryRow, addresses: &[WordAddress]) -> Markup {
    let (state, class) = match row.state {
        DeliveryState::Waiting => ("waiting", "chip warn"),
        DeliveryState::Delivered => ("delivered", "chip paid"),
        DeliveryState::GivenUp => ("given_up", "chip bad"),
    };
    let told = Told {
        event: &row.event,
        till_name: &row.till_name,
        at_unix_ms: row.made_at_unix_ms,
        language: caller.language,
    };
    let may_resend = addresses
        .iter()
        .any(|address| address.shown() == row.target);
    html! {
        li class="stack-3" data-testid="delivery" data-state=(state) data-what=(row.event.name()) {
            div class="spread" {
                span class="words" {
                    strong class="break" { (headline(told, &caller.zone)) }
                    span class="soft break" { (row.target) " · " (caller.time(row.made_at_unix_ms)) }
                    @if !row.answer.is_empty() {
                        span class="soft break" {
                            (caller.t_counted("word-tries", row.tries)) ": " bdi { (row.answer) }
                        }
                    }
                    @if row.tries > 0 { @if let Some(at) = row.next_at_unix_ms {
                        span class="soft" { (caller.t_with("word-next", &[("at", &caller.time(at))])) }
                    } }
                }
                span class=(class) { (caller.t(&format!("delivery-{state}"))) }
            }
            @if may_resend && row.tries > 0 {
                form class="end" method="post" action=(format!("/word/deliveries/{}/resend", row.id)) {
                    (layout::token(caller))
                    button class="quiet" type="submit" data-testid="word-resend" { (caller.t("word-resend")) }
                }
            }
        }
    }
}

fn limits_form(caller: &Caller, limits: &WordLimits, wrong: Option<&str>) -> Markup {
    html! {
        form class="card stack-3" method="post" action="/word/limits" data-testid="word-limits" {
            h2 { (caller.t("word-limits")) }
            (layout::wrong(caller, wrong))
            (layout::token(caller))
            @for currency in Currency::ALL {
                @let minor = limits.refund_above_minor.get(&currency).copied().unwrap_or(0);
                label class="field" {
                    span class="strong" { (caller.t_with("word-refund-above", &[("currency", currency.code())])) }
                    input name=(format!("above-{}", currency.code())) inputmode="decimal" required maxlength="12"
                        value=(Money::from_minor(minor, currency)) data-testid=(format!("word-above-{}", currency.code()));
                }
            }
            label class="field" {
                span class="strong" { (caller.t("word-silent-hours")) }
                input name="silent" inputmode="numeric" required maxlength="3" value=(limits.silent_minutes / 60) data-testid="word-silent";
            }
            p { button class="plain" type="submit" data-testid="word-limits-go" { (caller.t("word-save")) } }
        }
    }
}

/// Sets the limits.
pub(super) async fn set_limits(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Problem> {
    let Some(limits) = limits_in(&fields) else {
        let wrong = Some("wrong-word-limits");
        let again = shown(&pages, &caller, &WordChoices::default(), wrong).await?;
        return Ok(refused(again));
    };
    let store = &pages.inner.store;
    let now = pages.inner.clock.now();
    let address = caller.address.to_string();
    store
        .note(&caller.owner, Act::WordLimitsSet, "", &address, now)
        .await?;
    store.set_word_limits(&limits).await?;
    Ok(Redirect::to("/word?done=saved").into_response())
}

/// The limits of a form, if all of them can be read.
fn limits_in(fields: &Fields) -> Option<WordLimits> {
    let mut limits = WordLimits::default();
    for currency in Currency::ALL {
        let typed = fields.get(&format!("above-{}", currency.code()));
        let typed = typed.trim().replace(',', ".");
        let minor = Money::parse(&typed, currency).ok()?.minor();
        let minor = (0..=MAX_LIMIT_MINOR).contains(&minor).then_some(minor)?;
        limits.refund_above_minor.insert(currency, minor);
    }
    let hours: u32 = fields.get("silent").trim().parse().ok()?;
    let hours = (1..=MAX_SILENT_HOURS).contains(&hours).then_some(hours)?;
    limits.silent_minutes = hours * 60;
    Some(limits)
}

/// Sends a message once more.
pub(super) async fn resend(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let store = &pages.inner.store;
    let now = pages.inner.clock.now();
    if !store.is_delivery(&id).await? {
        return Err(Problem::NotFound);
    }
    let address = caller.address.to_string();
    store
        .note(&caller.owner, Act::WordResent, &id, &address, now)
        .await?;
    store.resend(&id, now).await?;
    Ok(Redirect::to("/word").into_response())
}
