//! The shop's items as CSV, out and in. A file is shown before it is taken: what is new, what changes, what is left out.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};

use ringup_core::items::{ImportDefaults, ImportPreview, LineOutcome, WrongItem, preview, to_csv};
use ringup_core::money::Currency;

use crate::store::{Act, Edit};

use super::Pages;
use super::caller::{Caller, Fields};
use super::layout;
use super::problem::Problem;
use super::shared::{NotShared, Shared, answer, not_shared, page, share};
use super::shared_items::{LIST, wrong_item};

/// How many lines of an import are shown; the counts tell of all.
const LINES_SHOWN: usize = 200;

/// The items as CSV.
pub(super) async fn csv(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
) -> Result<Response, Problem> {
    let shared = Shared::load(&pages).await?;
    let address = caller.address.to_string();
    let now = pages.inner.clock.now();
    let store = &pages.inner.store;
    store
        .note(&caller.owner, Act::Exported, "items, csv", &address, now)
        .await?;
    let items = shared.settings.items.unwrap_or_default().list;
    let csv = to_csv(&items).or(Err(Problem::Busy))?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"items.csv\""),
    ];
    Ok((headers, csv).into_response())
}

/// The form that takes CSV in.
pub(super) async fn import_form(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
) -> Result<Response, Problem> {
    let shared = Shared::load(&pages).await?;
    let body = import_drawn(&caller, &shared, "", &html! {}, None);
    Ok(page(&caller, &caller.t("items-import"), &body))
}

fn import_drawn(
    caller: &Caller,
    shared: &Shared,
    csv: &str,
    wrong: &Markup,
    would: Option<&ImportPreview>,
) -> Markup {
    html! {
        form class="card stack-4" method="post" action="/settings/items/import" data-testid="import-form" {
            h1 { (caller.t("items-import")) }
            (wrong)
            p class="soft" { (caller.t("shared-csv-note")) }
            (layout::token(caller))
            (shared.seen())
            label class="field" data-with-script {
                span class="strong" { (caller.t("shared-csv-file")) }
                input type="file" accept=".csv,text/csv" data-into="csv" data-testid="csv-file";
            }
            label class="field" {
                span class="strong" { (caller.t("shared-csv")) }
                textarea name="csv" id="csv" rows="8" data-testid="csv" { (csv) }
            }
            @if let Some(would) = would { (import_lines(caller, would)) }
            div class="actions" {
                a class="button plain" href=(LIST) { (caller.t("cancel")) }
                button class="plain" type="submit" name="what" value="look" data-testid="import-look" { (caller.t("shared-csv-look")) }
                @if would.is_some_and(|it| it.added + it.changed > 0) {
                    button class="main" type="submit" name="what" value="take" data-testid="import-take" { (caller.t("shared-csv-take")) }
                }
            }
        }
    }
}

fn import_lines(caller: &Caller, would: &ImportPreview) -> Markup {
    let counts = [
        ("added", would.added.to_string()),
        ("changed", would.changed.to_string()),
        ("refused", would.refused.to_string()),
    ];
    let counts: Vec<_> = counts
        .iter()
        .map(|(name, count)| (*name, count.as_str()))
        .collect();
    html! {
        p class="notice" role="status" data-testid="import-counts" data-added=(would.added) data-changed=(would.changed)
            data-refused=(would.refused) { span { (caller.t_with("shared-csv-counts", &counts)) } }
        ul class="list" {
            @for line in would.lines.iter().take(LINES_SHOWN) {
                @match &line.outcome {
                    LineOutcome::New { item } => li { span class="break" { strong { (item.name) } } span class="soft" { (caller.t("shared-csv-new")) " · " (caller.money(item.price)) } }
                    LineOutcome::Changed { from, to } => li {
                        span class="break" { strong { (to.name) } }
                        span class="soft" { (caller.t("shared-csv-changed")) " · " (caller.money(from.price)) " → " (caller.money(to.price)) }
                    }
                    LineOutcome::Unchanged { .. } => {}
                    LineOutcome::Refused { name, cell, problem } => li {
                        span class="break" { strong { (line.line) ": " (name) } }
                        span class="notice bad" { (caller.t_with("import-why", &[("problem", problem.as_str()), ("cell", cell)])) }
                    }
                }
            }
        }
    }
}

/// Shows what a CSV text would change, or takes it in.
pub(super) async fn import(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Problem> {
    let shared = Shared::load(&pages).await?;
    let title = caller.t("items-import");
    let csv = fields.get("csv");
    let items = shared.settings.items.clone().unwrap_or_default();
    let defaults = ImportDefaults {
        currency: items
            .list
            .first()
            .map_or(Currency::Eur, |it| it.price.currency()),
        tax: shared.settings.taxes.as_ref().and_then(|it| it.default_tax),
    };
    let would = match preview(&items.list, csv.as_bytes(), defaults) {
        Ok(would) => would,
        Err(WrongItem { problem, .. }) => {
            let wrong = wrong_item(&caller, problem);
            let body = import_drawn(&caller, &shared, csv, &wrong, None);
            let mut response = page(&caller, &title, &body);
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(response);
        }
    };
    if fields.get("what") != "take" {
        let body = import_drawn(&caller, &shared, csv, &html! {}, Some(&would));
        return Ok(page(&caller, &title, &body));
    }
    let mut settings = shared.settings.clone();
    settings
        .items
        .get_or_insert_default()
        .list
        .clone_from(&would.items);
    let about = format!("{} + {}", would.added, would.changed);
    let edit = (Edit::ItemsImported, about.as_str());
    let made = share(&pages, &caller, &fields, &settings, edit).await;
    if made.is_ok() {
        return Ok(Redirect::to(LIST).into_response());
    }
    let again = |error: &NotShared| {
        import_drawn(
            &caller,
            &shared,
            csv,
            &not_shared(&caller, Some(error)),
            Some(&would),
        )
    };
    answer(made, LIST, again, (&caller, &title))
}
