//! The audit list as a page: who signed in, looked and changed, newest first.

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use maud::html;
use serde::Deserialize;

use crate::store::{AUDIT_PAGE, Act, AuditRow};

use super::caller::Caller;
use super::layout::Tab;
use super::problem::Problem;
use super::{Pages, layout};

/// Where a page of the list begins.
#[derive(Debug, Default, Deserialize)]
pub(super) struct From {
    at: Option<i64>,
    #[serde(default)]
    id: String,
}

/// A page of the list.
pub(super) async fn list(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    let before = from.at.map(|at| (at, from.id.as_str()));
    let rows = pages.inner.store.audit(before).await?;
    let is_full = u64::try_from(rows.len()).unwrap_or(u64::MAX) >= AUDIT_PAGE;
    let next = rows.last().filter(|_| is_full);
    let body = html! {
        header class="head" { h1 { (caller.t("audit")) } }
        p class="soft" { (caller.t("audit-note")) }
        ul class="card list" {
            @for row in &rows {
                li data-testid="audit-row" data-act=(row.act) {
                    span class="break" {
                        strong { (who(&caller, row)) } " "
                        (act(&caller, row))
                    }
                    span class="soft" { (caller.time(row.at_unix_ms)) " · " (row.address) }
                }
            }
            @if rows.is_empty() { li { (caller.t("audit-none")) } }
        }
        @if let Some(last) = next {
            p { a class="button plain" href=(format!("/audit?at={}&id={}", last.at_unix_ms, last.id)) { (caller.t("earlier")) } }
        }
    };
    let page = layout::page(&caller, &caller.t("audit"), Some(Tab::Account), &body);
    Ok(page.into_response())
}

fn who(caller: &Caller, row: &AuditRow) -> String {
    match row.owner.as_str() {
        "" => caller.t("audit-somebody"),
        owner => owner.to_owned(),
    }
}

/// What was done, in words; an act of a newer program by its name.
fn act(caller: &Caller, row: &AuditRow) -> String {
    match row.act.parse::<Act>() {
        Ok(_) => caller.t_with(&format!("audit-{}", row.act), &[("about", &row.about)]),
        Err(_) => format!("{} {}", row.act, row.about),
    }
}
