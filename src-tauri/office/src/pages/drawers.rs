//! Counts that found another sum in the drawer than should have been there: each by till, time, and who counted.

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use serde::Deserialize;

use ringup_core::calendar::{Day, bounds};
use ringup_core::money::Money;

use crate::book::{DrawerDifference, EventsQuery};

use super::caller::{Caller, address_with};
use super::icons::icon;
use super::layout::Tab;
use super::problem::Problem;
use super::sales::choice;
use super::{Pages, layout};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct DrawerChoices {
    till: String,
    first: String,
    last: String,
    before: String,
}

/// The list.
pub(super) async fn list(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<DrawerChoices>,
) -> Result<Response, Problem> {
    let day = |text: &str| {
        let day = text.parse::<Day>().ok();
        day.map(|day| bounds(day, &caller.zone))
    };
    let query = EventsQuery {
        till: (!asked.till.is_empty()).then(|| asked.till.clone()),
        from_unix_ms: day(&asked.first).map(|(from, _)| from.0),
        to_unix_ms: day(&asked.last).map(|(_, to)| to.0),
        before: asked.before.parse().ok(),
        limit: 0,
    };
    let store = &pages.inner.store;
    let page = store.drawer_differences(&query).await?;
    let tills = store.till_names().await?;
    let title = caller.t("drawers");
    let body = html! {
        p { a class="quiet" href="/closes" { (icon("back")) (caller.t("tab-closes")) } }
        header class="head" { h1 { (title) } }
        p class="soft" { (caller.t("drawers-note")) }
        (form(&caller, &asked, &tills))
        div id="drawers" data-live[asked.before.is_empty()] {
            @if page.differences.is_empty() {
                section class="card empty" data-testid="drawers-none" { p { (caller.t("drawers-none")) } }
            } @else {
                ul class="card rows" { @for count in &page.differences { (row(&caller, count)) } }
            }
        }
        @if let Some(next) = &page.next {
            @let before = next.to_string();
            @let chosen = [("till", asked.till.as_str()), ("first", &asked.first), ("last", &asked.last), ("before", &before)];
            p { a class="button plain" href=(address_with("/drawers", &chosen)) data-testid="drawers-more" { (caller.t("earlier")) } }
        }
    };
    let page = layout::page(&caller, &title, Some(Tab::Closes), &body);
    Ok(page.into_response())
}

fn form(caller: &Caller, asked: &DrawerChoices, tills: &[(String, String)]) -> Markup {
    let mut of_tills = vec![(String::new(), caller.t("filter-any-till"))];
    of_tills.extend_from_slice(tills);
    html! {
        form class="card filters" method="get" action="/drawers" {
            (choice(caller, "till", "filter-till", &asked.till, &of_tills))
            label class="field" { span class="strong" { (caller.t("export-from")) } input type="date" name="first" value=(asked.first); }
            label class="field" { span class="strong" { (caller.t("export-to")) } input type="date" name="last" value=(asked.last); }
            div class="actions" { button class="main" type="submit" data-testid="filters-go" { (caller.t("filters-go")) } }
        }
    }
}

fn row(caller: &Caller, count: &DrawerDifference) -> Markup {
    let is_missing = count.difference.minor() < 0;
    let figure = |name: &str, amount: Money| {
        html! { div { dt { (caller.t(name)) } dd { (caller.money(amount)) } } }
    };
    html! {
        li class="stack-3" data-testid="difference" data-minor=(count.difference.minor()) {
            div class="spread" {
                span class="words" {
                    strong class="break" { (count.till_name) }
                    span class="soft break" {
                        (caller.time(count.at_unix_ms))
                        @if let Some(by) = &count.by { " · " bdi { (by) } }
                    }
                }
                span class="marks" {
                    @if count.apart { span class="chip warn" { (caller.t("till-quarantine")) } }
                    span class=(if is_missing { "chip bad" } else { "chip warn" }) { (caller.money(count.difference)) }
                }
            }
            dl class="figures" {
                (figure("drawer-expected", count.expected))
                (figure("drawer-counted", count.counted))
            }
        }
    }
}
