//! The shop's texts on receipts and its taxes on the pages.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use ringup_core::settings::TaxRate;
use ringup_core::shared_settings::SharedTaxes;

use crate::store::Edit;

use super::Pages;
use super::caller::{Caller, Fields};
use super::layout;
use super::problem::Problem;
use super::shared::{NotShared, Shared, answer, not_shared, page, share};
use super::shared_items::percent;

/// Where all sections are.
const OVERVIEW: &str = "/settings";
/// How many rows for rates a form has.
const RATES: usize = 12;
/// The longest text, characters.
const MAX_TEXT_CHARS: usize = 400;

/// The form of the texts.
pub(super) async fn texts_form(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
) -> Result<Response, Problem> {
    let shared = Shared::load(&pages).await?;
    let texts = shared.settings.texts.clone().unwrap_or_default().shop;
    let some = |text: Option<String>| text.unwrap_or_default();
    let fields = Fields::of([
        ("name", some(texts.name)),
        ("address", some(texts.address)),
        ("tax_id", some(texts.tax_id)),
        ("footer", some(texts.footer)),
    ]);
    let body = texts_drawn(&caller, &shared, &fields, None);
    Ok(page(&caller, &caller.t("shared-texts"), &body))
}

fn texts_drawn(
    caller: &Caller,
    shared: &Shared,
    fields: &Fields,
    error: Option<&NotShared>,
) -> Markup {
    let line = |name: &str| {
        html! { input name=(name) value=(fields.get(name)) maxlength=(MAX_TEXT_CHARS) autocomplete="off" data-testid=(format!("text-{name}")); }
    };
    let lines = |name: &str| {
        html! { textarea name=(name) rows="3" maxlength=(MAX_TEXT_CHARS) data-testid=(format!("text-{name}")) { (fields.get(name)) } }
    };
    html! {
        form class="card stack-4 narrow" method="post" action="/settings/texts" data-testid="texts-form" {
            h1 { (caller.t("shared-texts")) }
            (not_shared(caller, error))
            (layout::token(caller))
            (shared.seen())
            (layout::field(caller, "settings-shop-name", None, &line("name")))
            (layout::field(caller, "settings-shop-address", None, &lines("address")))
            (layout::field(caller, "settings-shop-tax-id", None, &line("tax_id")))
            (layout::field(caller, "settings-shop-footer", Some("settings-shop-footer-hint"), &lines("footer")))
            (save_actions(caller, OVERVIEW))
        }
    }
}

fn save_actions(caller: &Caller, back: &str) -> Markup {
    html! {
        div class="actions" {
            a class="button plain" href=(back) { (caller.t("cancel")) }
            button class="main" type="submit" data-testid="save" { (caller.t("shared-save")) }
        }
    }
}

/// Changes the texts.
pub(super) async fn save_texts(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Problem> {
    let shared = Shared::load(&pages).await?;
    let mut settings = shared.settings.clone();
    let shop = &mut settings.texts.get_or_insert_default().shop;
    // A browser ends the lines of a text as forms do (HTML, *multipart form data*).
    let typed = |name: &str| Some(fields.get(name).replace("\r\n", "\n"));
    shop.name = typed("name");
    shop.address = typed("address");
    shop.tax_id = typed("tax_id");
    shop.footer = typed("footer");
    let made = share(&pages, &caller, &fields, &settings, (Edit::Texts, "")).await;
    let again = |error: &NotShared| texts_drawn(&caller, &shared, &fields, Some(error));
    answer(made, OVERVIEW, again, (&caller, &caller.t("shared-texts")))
}

/// The form of the taxes.
pub(super) async fn taxes_form(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
) -> Result<Response, Problem> {
    let shared = Shared::load(&pages).await?;
    let taxes = shared.settings.taxes.clone().unwrap_or_default();
    let mut typed = Vec::new();
    for (place, rate) in taxes.tax_rates.iter().enumerate() {
        typed.push((format!("name{place}"), rate.name.clone()));
        typed.push((format!("rate{place}"), rate.rate.to_string()));
        if taxes.default_tax == Some(rate.rate) {
            typed.push(("default".to_owned(), place.to_string()));
        }
    }
    let body = taxes_drawn(&caller, &shared, &Fields::of(typed), &html! {});
    Ok(page(&caller, &caller.t("settings-taxes"), &body))
}

fn taxes_drawn(caller: &Caller, shared: &Shared, fields: &Fields, wrong: &Markup) -> Markup {
    let is_used = |place: &usize| !fields.get(&format!("name{place}")).is_empty();
    let last = (0..RATES).rev().find(is_used);
    let shown = last.map_or(2, |last| last + 2).min(RATES);
    html! {
        form class="card stack-4 narrow" method="post" action="/settings/taxes" data-testid="taxes-form" {
            h1 { (caller.t("settings-taxes")) }
            (wrong)
            p class="soft" { (caller.t("settings-taxes-hint")) " " (caller.t("shared-taxes-note")) }
            (layout::token(caller))
            (shared.seen())
            @for place in 0..shown {
                fieldset class="rate" {
                    legend class="visually-hidden" { (caller.t("settings-tax-name")) " " (place + 1) }
                    input name=(format!("name{place}")) value=(fields.get(&format!("name{place}"))) maxlength="24" autocomplete="off"
                        aria-label=(caller.t("settings-tax-name")) placeholder=(caller.t("settings-tax-name"))
                        data-testid=(format!("tax-name-{place}"));
                    input name=(format!("rate{place}")) value=(fields.get(&format!("rate{place}"))) inputmode="decimal" maxlength="6"
                        autocomplete="off" aria-label=(caller.t("settings-tax-percent")) placeholder="%"
                        data-testid=(format!("tax-rate-{place}"));
                    label class="check" {
                        input type="radio" name="default" value=(place) checked[fields.get("default") == place.to_string()];
                        span { (caller.t("shared-tax-default")) }
                    }
                }
            }
            label class="check" {
                input type="radio" name="default" value="" checked[fields.get("default").is_empty()];
                span { (caller.t("settings-default-tax")) ": " (caller.t("settings-default-tax-none")) }
            }
            (save_actions(caller, OVERVIEW))
        }
    }
}

/// The rates that a form has; `None`: one of them is no percentage.
fn rates_in(fields: &Fields) -> Option<SharedTaxes> {
    let mut taxes = SharedTaxes::default();
    for place in 0..RATES {
        let name = fields.get(&format!("name{place}")).trim();
        let typed = fields.get(&format!("rate{place}")).trim();
        if name.is_empty() && typed.is_empty() {
            continue;
        }
        let rate = percent(typed)?;
        if fields.get("default") == place.to_string() {
            taxes.default_tax = Some(rate);
        }
        let name = name.to_owned();
        taxes.tax_rates.push(TaxRate { name, rate });
    }
    Some(taxes)
}

/// Changes the taxes.
pub(super) async fn save_taxes(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Problem> {
    let shared = Shared::load(&pages).await?;
    let title = caller.t("settings-taxes");
    let Some(taxes) = rates_in(&fields) else {
        let wrong = layout::wrong(&caller, Some("settings-problem-taxes"));
        return Ok(refused(
            &caller,
            &title,
            &taxes_drawn(&caller, &shared, &fields, &wrong),
        ));
    };
    let mut settings = shared.settings.clone();
    let kept = settings.taxes.get_or_insert_default();
    *kept = SharedTaxes {
        local: kept.local,
        ..taxes
    };
    let made = share(&pages, &caller, &fields, &settings, (Edit::Taxes, "")).await;
    let again = |error: &NotShared| {
        taxes_drawn(&caller, &shared, &fields, &not_shared(&caller, Some(error)))
    };
    answer(made, OVERVIEW, again, (&caller, &title))
}

pub(super) fn refused(caller: &Caller, title: &str, body: &Markup) -> Response {
    let mut response = page(caller, title, body);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}
