//! What the owner decides about a till in quarantine: what has come beside the book, with the money of both sides, a
//! question, and the decision. Another decision takes it back (docs/office.md, *A till in quarantine*).

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};

use ringup_core::ids::TillId;
use ringup_core::money::{Currency, Money};

use crate::store::{Act, Branch, DecideError, Decision, NewDecision, Sums, TillRow, Verdict};

use super::caller::{Caller, Fields};
use super::icons::icon;
use super::layout::Tab;
use super::problem::Problem;
use super::tills::{quarantine, till_of};
use super::{Pages, layout};

/// How many digits of a hash are shown.
const SHOWN_DIGITS: usize = 12;
/// The longest reason, characters.
const MAX_REASON_CHARS: usize = 300;

/// What has come of the till that the book does not hold.
pub(super) async fn page(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (till, row) = till_of(&pages, &id).await?;
    shown(&pages, &caller, till, &row, None).await
}

fn short(branch: &Branch) -> String {
    let name = branch.branch.to_string();
    name.chars().take(SHOWN_DIGITS).collect()
}

async fn shown(
    pages: &Pages,
    caller: &Caller,
    till: TillId,
    row: &TillRow,
    wrong: Option<&str>,
) -> Result<Response, Problem> {
    let store = &pages.inner.store;
    let (branches, decisions) = (store.branches(till).await?, store.decisions(till).await?);
    let mut sides = Vec::new();
    for branch in branches {
        let of_book = store.received_from(till, branch.first).await?;
        sides.push((branch, of_book));
    }
    // What waits for a decision comes first.
    sides.sort_by_key(|(branch, _)| branch.decision);
    let body = html! {
        p { a class="quiet" href="/tills" { (icon("back")) (caller.t("tills")) } }
        header class="head" { h1 class="break" { (caller.t_with("decide", &[("name", &row.name)])) } }
        @if let Some(why) = &row.quarantine {
            p class="notice" { (icon("warning")) span { (quarantine(caller, why)) } }
        }
        (layout::wrong(caller, wrong))
        @if sides.is_empty() {
            section class="card empty" data-testid="decide-none" { p { (caller.t("decide-none")) } }
        }
        @for (branch, of_book) in &sides { (side(caller, row, branch, of_book)) }
        @if !decisions.is_empty() {
            section class="card stack-3" {
                h2 { (caller.t("decisions")) }
                ol class="rows" { @for decision in decisions.iter().rev() { (told(caller, decision)) } }
            }
        }
    };
    let page = layout::page(caller, &row.name, Some(Tab::Tills), &body);
    Ok(page.into_response())
}

/// One branch beside the book: its money, and that of what the book holds in its place.
fn side(caller: &Caller, till: &TillRow, branch: &Branch, of_book: &Sums) -> Markup {
    let (from, to) = (
        caller.time(branch.from_unix_ms),
        caller.time(branch.to_unix_ms),
    );
    let (first, last) = (branch.first.to_string(), branch.last.to_string());
    let origin = match branch.restored {
        true => "branch-restored",
        false => "branch-copied",
    };
    let link = |verdict: &str| {
        let (till, branch) = (&till.till, short(branch));
        format!("/tills/{till}/decide/{verdict}/{branch}")
    };
    html! {
        section class="card stack-4" data-testid="branch" data-branch=(short(branch)) data-decided=[branch.decision] {
            div class="spread" {
                h2 { (caller.t_with("branch-entries", &[("first", &first), ("last", &last)])) }
                @match branch.decision {
                    Some(number) => { span class="chip off" { (caller.t_with("branch-aside", &[("number", &number.to_string())])) } }
                    None => { span class="chip warn" { (caller.t("branch-undecided")) } }
                }
            }
            p class="soft" { (caller.t(origin)) " " (caller.t_with("branch-came", &[("from", &from), ("to", &to)])) }
            div class="filters" {
                div data-testid="side-branch" {
                    h3 { (caller.t("side-branch")) }
                    (sums(caller, branch.sales, &branch.received))
                }
                div data-testid="side-book" {
                    h3 { (caller.t("side-book")) }
                    (sums(caller, of_book.sales, &of_book.received))
                }
            }
            @if !branch.whole { p class="soft" { (caller.t("branch-missing")) } }
            div class="actions start" {
                @if branch.decision.is_none() {
                    a class="button plain" href=(link("refuse")) data-testid="decide-refuse" { (caller.t("decide-refuse")) }
                }
                @if branch.whole {
                    a class="button plain" href=(link("follow")) data-testid="decide-follow" {
                        (caller.t(if branch.decision.is_none() { "decide-follow" } else { "decide-follow-after-all" }))
                    }
                }
            }
        }
    }
}

fn sums(caller: &Caller, sales: u64, received: &BTreeMap<Currency, Money>) -> Markup {
    html! {
        p class="soft" { (caller.t_counted("side-sales", sales)) }
        @for money in received.values() { p class="strong" { (caller.money(*money)) } }
        @if received.is_empty() { p class="strong" { (caller.t("side-no-money")) } }
    }
}

fn told(caller: &Caller, decision: &Decision) -> Markup {
    let verdict: &str = decision.verdict.into();
    let number = decision.number.to_string();
    html! {
        li class="words" data-testid="decision" data-verdict=(verdict) {
            span { (caller.t_with("decision", &[("number", &number), ("verdict", &caller.t(&format!("verdict-{verdict}")))])) }
            span class="break" { bdi { "“" (decision.reason) "”" } }
            span class="soft break" { (caller.time(decision.decided_at_unix_ms)) " · " bdi { (decision.decided_by) } }
        }
    }
}

/// The question before a decision.
pub(super) async fn question(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Path((id, verdict, branch)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let (till, row) = till_of(&pages, &id).await?;
    let verdict: Verdict = verdict.parse().or(Err(Problem::NotFound))?;
    let all = pages.inner.store.branches(till).await?;
    let found = all.iter().find(|it| short(it) == branch);
    let found = found.ok_or(Problem::NotFound)?;
    Ok(asked(&caller, &row, verdict, found, None))
}

fn asked(
    caller: &Caller,
    row: &TillRow,
    verdict: Verdict,
    branch: &Branch,
    wrong: Option<&str>,
) -> Response {
    let word: &str = verdict.into();
    let title = caller.t(&format!("decide-{word}"));
    let count = branch.in_place_of;
    let means = match verdict {
        Verdict::Refuse => caller.t("decide-refuse-means"),
        Verdict::Follow => caller.t_counted("decide-follow-means", count),
    };
    let reason = html! {
        input name="reason" required maxlength=(MAX_REASON_CHARS) autocomplete="off" data-testid="decide-reason";
    };
    let body = html! {
        form class="card stack-4 narrow" method="post" data-testid="decide" {
            h1 class="break" { (row.name) ": " (title) }
            (layout::wrong(caller, wrong))
            p { (means) }
            p class="soft" { (caller.t("decide-back")) }
            (layout::token(caller))
            (layout::field(caller, "decide-reason", None, &reason))
            div class="actions" {
                a class="button plain" href=(format!("/tills/{}/decide", row.till)) { (caller.t("cancel")) }
                button class="danger" type="submit" data-testid="decide-go" { (title) }
            }
        }
    };
    layout::page(caller, &title, Some(Tab::Tills), &body).into_response()
}

/// Decides.
pub(super) async fn decide(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
    Path((id, verdict, branch)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let (till, row) = till_of(&pages, &id).await?;
    let verdict: Verdict = verdict.parse().or(Err(Problem::NotFound))?;
    let store = &pages.inner.store;
    let all = store.branches(till).await?;
    let found = all.iter().find(|it| short(it) == branch);
    let found = found.ok_or(Problem::NotFound)?;
    let reason: String = crate::word::one_line(fields.get("reason").trim(), MAX_REASON_CHARS);
    if reason.is_empty() {
        let mut again = asked(&caller, &row, verdict, found, Some("wrong-reason"));
        *again.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(again);
    }
    let word: &str = verdict.into();
    let about = format!("{}, {word} {branch}", row.name);
    let (now, from) = (pages.inner.clock.now(), caller.address.to_string());
    store
        .note(&caller.owner, Act::TillDecided, &about, &from, now)
        .await?;
    let wanted = NewDecision {
        verdict,
        branch: found.branch.to_string(),
        by: caller.owner.clone(),
        reason,
    };
    let wrong = match store.decide(till, &wanted, now).await {
        Ok(_) => return Ok(Redirect::to(&format!("/tills/{till}/decide")).into_response()),
        Err(DecideError::Store(error)) => return Err(error.into()),
        Err(DecideError::BranchIncomplete) => "wrong-branch-missing",
        Err(_) => "wrong-branch-decided",
    };
    let mut again = shown(&pages, &caller, till, &row, Some(wrong)).await?;
    *again.status_mut() = StatusCode::CONFLICT;
    Ok(again)
}
