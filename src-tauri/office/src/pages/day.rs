//! A day of all tills: what came in, by till, tender, currency and hour; and what needs somebody.

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use serde::Deserialize;

use ringup_core::calendar::{Day, bounds, day_of};
use ringup_core::money::Money;
use ringup_core::sale::DayTotals;

use crate::book::{Attention, AttentionCount, TillDay};

use super::caller::Caller;
use super::icons::icon;
use super::layout::Tab;
use super::problem::Problem;
use super::{Pages, layout, tills, totals};

/// Which day is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct DayChoice {
    #[serde(default)]
    day: String,
}

/// The day that was asked for, or today.
pub(super) async fn page(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<DayChoice>,
) -> Result<Response, Problem> {
    let now = pages.inner.clock.now();
    let today = day_of(now, &caller.zone);
    let day: Day = asked.day.parse().unwrap_or(today);
    let store = &pages.inner.store;
    let book = store.day(day, &caller.zone, now).await?;
    let (from, to) = bounds(day, &caller.zone);
    let attention = store.attention(from).await?;
    let names = store.tender_names().await?;
    let title = match day == today {
        true => caller.t_with("day-today", &[("day", &caller.day(day))]),
        false => caller.day(day),
    };
    let link = |day: Day| format!("/day?day={day}");
    let body = html! {
        header class="head" {
            h1 { (title) }
            nav class="actions" aria-label=(caller.t("filter-days")) {
                a class="button plain" href=(link(day.previous())) aria-label=(caller.t("day-earlier")) data-testid="day-earlier" { (icon("earlier")) }
                @if day < today {
                    a class="button plain" href=(link(day.next())) aria-label=(caller.t("day-later")) data-testid="day-later" { (icon("later")) }
                    a class="button plain" href="/day" { (caller.t("filter-today")) }
                }
            }
        }
        div id="day" data-live class="stack-4" {
            @if day == today { (needs_somebody(&caller, &attention, from.0)) }
            @if book.totals.0.is_empty() {
                section class="card empty" data-testid="day-none" { p { (caller.t("day-none")) } }
            }
            div class="columns" { (totals::cards(&caller, &book.totals, Some(&book.hours), &names)) }
            @if !book.tills.is_empty() {
                section class="card stack-3" {
                    h2 { (caller.t("day-tills")) }
                    ul class="rows" {
                        @for till in &book.tills { (till_row(&caller, till, from.0, to.0)) }
                    }
                }
            }
            @if !book.apart.is_empty() {
                section class="card stack-3" data-testid="day-apart" {
                    h2 { (caller.t("day-apart")) }
                    p class="soft" { (caller.t("day-apart-note")) }
                    ul class="rows" {
                        @for till in &book.apart {
                            (till_row(&caller, till, from.0, to.0))
                            @if let Some(why) = &till.quarantine {
                                li { p class="notice" { (icon("warning")) span { (tills::quarantine(&caller, why)) } } }
                            }
                        }
                    }
                }
            }
            @if !book.test.0.is_empty() {
                section class="card stack-3" data-testid="day-test" {
                    h2 { (caller.t("day-test")) }
                    p class="soft" { (caller.t("day-test-note")) }
                    p { (sums(&caller, &book.test)) }
                }
            }
        }
    };
    let page = layout::page(&caller, &title, Some(Tab::Day), &body);
    Ok(page.into_response())
}

fn till_row(caller: &Caller, till: &TillDay, from: i64, to: i64) -> Markup {
    let link = format!("/sales?till={}&from={from}&to={to}", till.till);
    html! {
        li data-testid="day-till" data-name=(till.name) {
            a class="row" href=(link) {
                span class="break" {
                    (till.name)
                    @if till.behind > 0 { " " span class="soft" { (caller.t_counted("day-behind", till.behind)) } }
                }
                strong { (sums(caller, &till.totals)) }
            }
        }
    }
}

/// The sums of all currencies, in one line.
fn sums(caller: &Caller, totals: &DayTotals) -> String {
    let each = totals.0.iter();
    let each =
        each.map(|(currency, sums)| caller.money(Money::from_minor(sums.paid_minor, *currency)));
    match totals.0.is_empty() {
        true => "–".to_owned(),
        false => each.collect::<Vec<_>>().join(" · "),
    }
}

/// What needs somebody, each with the way to its sales. Nothing, where nothing does.
fn needs_somebody(caller: &Caller, attention: &Attention, since: i64) -> Markup {
    let each: [(&str, &AttentionCount, &str, &str); 5] = [
        ("review", &attention.review, "attention-review", "chip bad"),
        (
            "paid_twice",
            &attention.paid_twice,
            "attention-twice",
            "chip bad",
        ),
        ("unseen", &attention.unseen, "attention-unseen", "chip warn"),
        ("late", &attention.late, "attention-late", "chip warn"),
        ("open", &attention.open, "attention-open", "chip"),
    ];
    html! {
        ul class="attention" data-testid="attention" {
            @for (flag, count, text, class) in each {
                @if count.sales + count.apart > 0 {
                    @let since = if matches!(flag, "late" | "paid_twice") { format!("&from={since}") } else { String::new() };
                    li {
                        a class=(class) href=(format!("/sales?flag={flag}{since}")) data-testid=(text) {
                            (caller.t_counted(text, count.sales + count.apart))
                        }
                    }
                }
            }
        }
    }
}
