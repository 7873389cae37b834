//! The Z reports of all tills, and each of them whole.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use serde::Deserialize;

use ringup_core::ids::TillId;
use ringup_core::money::Money;
use ringup_core::report::DrawerView;

use crate::book::{BookClose, BookCloseDetail, EventsQuery};
use crate::store::Act;

use super::caller::{Caller, address_with};
use super::icons::icon;
use super::layout::Tab;
use super::problem::Problem;
use super::totals::TenderNames;
use super::{Pages, layout, tills, totals};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct CloseChoices {
    till: String,
    before: String,
}

/// The list.
pub(super) async fn list(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<CloseChoices>,
) -> Result<Response, Problem> {
    let query = EventsQuery {
        till: (!asked.till.is_empty()).then(|| asked.till.clone()),
        before: asked.before.parse().ok(),
        ..EventsQuery::default()
    };
    let page = pages.inner.store.closes(&query).await?;
    let body = html! {
        header class="head" {
            h1 { (caller.t("tab-closes")) }
            a class="button plain" href="/drawers" data-testid="drawers-open" { (caller.t("drawers")) }
        }
        div id="closes" data-live[asked.before.is_empty()] {
            @if page.closes.is_empty() {
                section class="card empty" data-testid="closes-none" { p { (caller.t("closes-none")) } }
            } @else {
                ul class="card rows" { @for close in &page.closes { (row(&caller, close)) } }
            }
        }
        @if let Some(next) = &page.next {
            @let more = address_with("/closes", &[("till", &asked.till), ("before", &next.to_string())]);
            p { a class="button plain" href=(more) data-testid="closes-more" { (caller.t("closes-more")) } }
        }
    };
    let page = layout::page(&caller, &caller.t("tab-closes"), Some(Tab::Closes), &body);
    Ok(page.into_response())
}

fn row(caller: &Caller, close: &BookClose) -> Markup {
    html! {
        li data-testid="close" data-z=(close.z) {
            a class="row" href=(format!("/closes/{}/{}", close.till, close.z)) {
                span class="words" {
                    span class="break" { strong { (caller.t_with("close-z", &[("z", &close.z.to_string())])) } " " (close.till_name) }
                    span class="soft" { (caller.time(close.at_unix_ms)) }
                }
                span class="amounts" {
                    @for (currency, sums) in &close.totals.0 {
                        strong { (caller.money(Money::from_minor(sums.paid_minor, *currency))) }
                    }
                    span class="marks" {
                        @if close.apart { span class="chip warn" { (caller.t("till-quarantine")) } }
                        @for drawer in close.drawer.values() {
                            @if drawer.difference.minor() != 0 {
                                span class="chip bad" { (caller.t("drawer-differs")) " " (caller.money(drawer.difference)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// One whole.
pub(super) async fn page(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Path((till, z)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let till: TillId = till.parse().or(Err(Problem::NotFound))?;
    let z: u32 = z.parse().or(Err(Problem::NotFound))?;
    let store = &pages.inner.store;
    let close = store.close(till, z).await?.ok_or(Problem::NotFound)?;
    let about = format!("Z {z}, {}", close.till_name);
    let address = caller.address.to_string();
    let now = pages.inner.clock.now();
    store
        .note(&caller.owner, Act::CloseViewed, &about, &address, now)
        .await?;
    let names = store.tender_names().await?;
    let shown = shown(&caller, &close, &names);
    let page = layout::page(&caller, &about, Some(Tab::Closes), &shown);
    Ok(page.into_response())
}

fn shown(caller: &Caller, book: &BookCloseDetail, names: &TenderNames) -> Markup {
    let close = &book.close;
    let z = close.z.to_string();
    let at = caller.time(close.at_unix_ms.0);
    html! {
        p { a class="quiet" href="/closes" { (icon("back")) (caller.t("tab-closes")) } }
        header class="head" {
            div {
                h1 data-testid="close-z" { (caller.t_with("close-z", &[("z", &z)])) " · " (close.day) }
                p class="soft break" { (book.till_name) " · " (caller.t_with("close-at", &[("at", &at), ("zone", &close.zone)])) }
            }
        }
        @if let Some(why) = &book.quarantine {
            p class="notice" { (icon("warning")) span { (tills::quarantine(caller, why)) } }
        }
        @if close.totals.0.is_empty() {
            section class="card empty" { p { (caller.t("close-nothing")) } }
        }
        div class="columns" {
            (totals::cards(caller, &close.totals, None, names))
            @for (currency, drawer) in &close.drawer { (drawer_card(caller, currency.code(), drawer)) }
            @if !close.grand.0.is_empty() {
                section class="card stack-3" {
                    h2 { (caller.t("grand")) }
                    dl class="figures" {
                        @for (currency, sums) in &close.grand.0 {
                            div { dt { (currency.code()) } dd { (caller.money(Money::from_minor(sums.paid_minor, *currency))) } }
                        }
                    }
                }
            }
            section class="card stack-3" {
                h2 { (caller.t("close-head")) }
                p class="code" { (close.head) }
                @if !close.open.is_empty() {
                    p { (caller.t_counted("close-carried", u64::try_from(close.open.len()).unwrap_or(u64::MAX))) }
                }
            }
        }
    }
}

fn drawer_card(caller: &Caller, code: &str, drawer: &DrawerView) -> Markup {
    let row = |name: &str, amount: Money| html! { div { dt { (caller.t(name)) } dd { (caller.money(amount)) } } };
    html! {
        section class="card stack-3" data-testid="close-drawer" {
            h2 { (caller.t("drawer")) " " (code) }
            dl class="figures" {
                @if let Some(expected) = drawer.expected { (row("drawer-expected", expected)) }
                @if let Some(counted) = drawer.counted { (row("drawer-counted", counted)) }
                @if drawer.counts > 0 { (row("drawer-difference", drawer.difference)) }
            }
        }
    }
}
