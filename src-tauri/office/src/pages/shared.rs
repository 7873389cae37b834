//! The settings that the shop shares between its tills: what is shared, what tills may change themselves, which till has
//! what, and what tills have offered. Each change is a version, made by whoever has seen the one before.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use strum::VariantArray as _;

use ringup_core::ids::TillId;
use ringup_core::shared_settings::{Own, Refused, Section, SharedSettings, read};

use crate::store::{Act, Edit, NewVersion, Offer, ShareError, TillRow};

use super::caller::{Caller, Fields};
use super::icons::icon;
use super::layout::Tab;
use super::problem::Problem;
use super::{Pages, layout};

/// The newest version, as the form that changes it has seen it.
#[derive(Debug, Clone, Default)]
pub(super) struct Shared {
    /// Its number; 0: nothing is shared yet.
    pub(super) number: u64,
    /// What it says.
    pub(super) settings: SharedSettings,
}

/// Why a change was not made.
#[derive(Debug)]
pub(super) enum NotShared {
    /// Somebody else has changed them meanwhile.
    Moved,
    /// It breaks rules.
    Refused(Vec<Refused>),
    /// There is no page at all.
    Problem(Problem),
}

impl From<Problem> for NotShared {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Shared {
    pub(super) async fn load(pages: &Pages) -> Result<Self, Problem> {
        let version = pages.inner.store.shared_version(None).await?;
        Ok(version.map_or_else(Self::default, |version| Self {
            number: version.row.number,
            settings: version.settings(),
        }))
    }

    /// The number of the version that a form has seen, which each form brings back.
    pub(super) fn seen(&self) -> Markup {
        html! { input type="hidden" name="seen" value=(self.number); }
    }
}

/// Makes a version of what a form has changed.
pub(super) async fn share(
    pages: &Pages,
    caller: &Caller,
    fields: &Fields,
    settings: &SharedSettings,
    (edit, about): (Edit, &str),
) -> Result<(), NotShared> {
    let seen = fields.get("seen").parse().or(Err(Problem::Unreadable))?;
    let now = pages.inner.clock.now();
    let store = &pages.inner.store;
    let note: &'static str = edit.into();
    let told = format!("{note} {about}");
    let address = caller.address.to_string();
    let act = Act::SettingsShared;
    store
        .note(&caller.owner, act, told.trim(), &address, now)
        .await
        .map_err(Problem::from)?;
    let new = NewVersion {
        seen,
        settings,
        by: &caller.owner,
        edit,
        about,
    };
    match store.share(new, now).await {
        Ok(_) => Ok(()),
        Err(ShareError::Moved(_)) => Err(NotShared::Moved),
        Err(ShareError::Refused(refused)) => Err(NotShared::Refused(refused)),
        Err(ShareError::Store(error)) => Err(NotShared::Problem(error.into())),
    }
}

/// What a form says above itself when its change was not made.
pub(super) fn not_shared(caller: &Caller, error: Option<&NotShared>) -> Markup {
    html! {
        @match error {
            Some(NotShared::Moved) => (layout::wrong(caller, Some("shared-moved"))),
            Some(NotShared::Refused(refused)) => {
                @for it in refused {
                    p class="notice bad" role="alert" data-testid="wrong" data-code="refused" {
                        (icon("warning")) span class="break" { strong { (it.field) } ": " (it.problem) }
                    }
                }
            }
            _ => {}
        }
    }
}

/// The answer to a change: on to where it is seen, or the form once more.
pub(super) fn answer(
    made: Result<(), NotShared>,
    to: &str,
    again: impl FnOnce(&NotShared) -> Markup,
    (caller, title): (&Caller, &str),
) -> Result<Response, Problem> {
    match made {
        Ok(()) => Ok(Redirect::to(to).into_response()),
        Err(NotShared::Problem(problem)) => Err(problem),
        Err(error) => {
            let body = again(&error);
            let mut response = page(caller, title, &body);
            *response.status_mut() = match error {
                NotShared::Moved => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            Ok(response)
        }
    }
}

/// A page of the shared settings.
pub(super) fn page(caller: &Caller, title: &str, body: &Markup) -> Response {
    layout::page(caller, title, Some(Tab::Tills), body).into_response()
}

/// What a section is called.
pub(super) fn section_name(caller: &Caller, section: Section) -> String {
    caller.t(match section {
        Section::Items => "settings-items",
        Section::Taxes => "settings-taxes",
        Section::Cashiers => "cashiers-title",
        Section::Texts => "shared-texts",
    })
}

fn address_of(section: Section) -> &'static str {
    match section {
        Section::Items => "/settings/items",
        Section::Taxes => "/settings/taxes",
        Section::Cashiers => "/settings/cashiers",
        Section::Texts => "/settings/texts",
    }
}

/// The overview.
pub(super) async fn overview(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
) -> Result<Response, Problem> {
    let body = overview_of(&pages, &caller, None).await?;
    Ok(page(&caller, &caller.t("shared"), &body))
}

async fn overview_of(
    pages: &Pages,
    caller: &Caller,
    error: Option<&NotShared>,
) -> Result<Markup, Problem> {
    let shared = Shared::load(pages).await?;
    let tills = pages.inner.store.tills().await?;
    let offers = pages.inner.store.settings_offers().await?;
    Ok(html! {
        header class="head" {
            h1 { (caller.t("shared")) }
            a class="button plain" href="/settings/history" data-testid="history" { (icon("receipt")) (caller.t("shared-history")) }
        }
        p class="soft" { (caller.t("shared-note")) }
        (not_shared(caller, error))
        @for offer in &offers { (offer_card(caller, &shared, offer, &tills)) }
        div class="columns" {
            section class="card stack-3" {
                h2 { (caller.t("shared-sections")) }
                ul class="list" {
                    @for section in Section::VARIANTS.iter().copied() {
                        li data-testid="section" data-section=(section.as_str()) {
                            span {
                                a href=(address_of(section)) data-testid=(format!("open-{}", section.as_str())) {
                                    (section_name(caller, section))
                                }
                            }
                            span class="soft" { (state_of(caller, &shared.settings, section)) }
                        }
                    }
                }
            }
            (switches(caller, &shared))
            (of_tills(caller, &shared, &tills))
        }
    })
}

/// How much a section holds.
fn state_of(caller: &Caller, settings: &SharedSettings, section: Section) -> String {
    let count =
        |count: usize| caller.t_counted("shared-count", u64::try_from(count).unwrap_or(u64::MAX));
    let held = match section {
        Section::Items => settings.items.as_ref().map(|it| count(it.list.len())),
        Section::Taxes => settings.taxes.as_ref().map(|it| count(it.tax_rates.len())),
        Section::Cashiers => settings.cashiers.as_ref().map(|it| count(it.people.len())),
        Section::Texts => settings.texts.as_ref().map(|_| caller.t("shared-on")),
    };
    held.unwrap_or_else(|| caller.t("shared-off"))
}

fn switches(caller: &Caller, shared: &Shared) -> Markup {
    let on = Section::VARIANTS.iter().copied();
    let on: Vec<_> = on
        .filter_map(|section| Some((section, shared.settings.is_local(section)?)))
        .collect();
    html! {
        @if !on.is_empty() {
            form class="card stack-3" method="post" action="/settings/local" data-testid="switches" {
                h2 { (caller.t("shared-switches")) }
                p class="soft" { (caller.t("shared-switches-note")) }
                (layout::token(caller))
                (shared.seen())
                @for (section, local) in on {
                    label class="check" {
                        input type="checkbox" name=(section.as_str()) value="yes" checked[local]
                            data-testid=(format!("local-{}", section.as_str()));
                        span { (section_name(caller, section)) }
                    }
                }
                p { button class="plain" type="submit" data-testid="switches-go" { (caller.t("shared-save")) } }
            }
        }
    }
}

/// What each till says that it has.
fn of_tills(caller: &Caller, shared: &Shared, tills: &[TillRow]) -> Markup {
    html! {
        section class="card stack-3" {
            h2 { (caller.t("tills")) }
            ul class="list" id="shared-tills" data-live {
                @for till in tills.iter().filter(|till| till.paired) {
                    li data-testid="shared-till" data-name=(till.name) {
                        span class="break" { strong { (till.name) } }
                        (till_state(caller, shared.number, till))
                    }
                }
            }
        }
    }
}

/// What one till has of the shared settings, in a line.
pub(super) fn till_state(caller: &Caller, newest: u64, till: &TillRow) -> Markup {
    html! {
        @match &till.settings {
            None => span class="soft" { (caller.t("shared-till-none")) }
            Some(has) => {
                span class=(if has.number == newest { "soft" } else { "chip warn" }) data-testid="till-version" data-number=(has.number) {
                    (caller.t_with("shared-version", &[("number", &has.number.to_string())]))
                }
                @for section in &has.changed {
                    span class="chip" data-testid="till-changed" {
                        (caller.t_with("shared-till-changed", &[("section", &section_name(caller, *section))]))
                    }
                }
                @for refused in &has.refused {
                    span class="notice bad" data-testid="till-refused" {
                        (icon("warning"))
                        span class="break" {
                            (section_name(caller, refused.section)) ": " strong { (refused.field) } ": " (refused.problem)
                        }
                    }
                }
            }
        }
    }
}

fn offer_card(caller: &Caller, shared: &Shared, offer: &Offer, tills: &[TillRow]) -> Markup {
    let name = tills.iter().find(|till| till.till == offer.till);
    let name = name.map_or(offer.till.as_str(), |till| till.name.as_str());
    let (offered, _) = read(&offer.document, &Own::default());
    html! {
        form class="card stack-3" method="post" action=(format!("/settings/offers/{}", offer.till)) data-testid="offer" data-name=(name) {
            h2 class="break" { (caller.t_with("shared-offer", &[("name", name)])) }
            p class="soft" { (caller.time(offer.offered_at_unix_ms)) ". " (caller.t("shared-offer-note")) }
            (layout::token(caller))
            (shared.seen())
            @for section in Section::VARIANTS.iter().copied() {
                label class="check" {
                    input type="checkbox" name=(section.as_str()) value="yes" checked;
                    span { (section_name(caller, section)) " " span class="soft" { (state_of(caller, &offered, section)) } }
                }
            }
            div class="actions start" {
                button class="main" type="submit" name="what" value="take" data-testid="offer-take" { (caller.t("shared-offer-take")) }
                button class="plain" type="submit" name="what" value="drop" data-testid="offer-drop" { (caller.t("shared-offer-drop")) }
            }
        }
    }
}

/// Takes what a till has offered, or forgets it.
pub(super) async fn decide_offer(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
    Path(till): Path<String>,
) -> Result<Response, Problem> {
    let id: TillId = till.parse().or(Err(Problem::NotFound))?;
    let store = &pages.inner.store;
    let offers = store.settings_offers().await?;
    let offer = offers.into_iter().find(|offer| offer.till == till);
    let offer = offer.ok_or(Problem::NotFound)?;
    if fields.get("what") == "drop" {
        store.forget_offer(id).await?;
        return Ok(Redirect::to("/settings").into_response());
    }
    let (offered, _) = read(&offer.document, &Own::default());
    let Shared { mut settings, .. } = Shared::load(&pages).await?;
    for section in Section::VARIANTS.iter().copied() {
        if fields.get(section.as_str()) == "yes" {
            // What tills may do is the owner's word, and no till's.
            let local = settings.is_local(section).unwrap_or_default();
            settings.take_section(section, &offered);
            settings.set_local(section, local);
        }
    }
    let tills = store.tills().await?;
    let name = tills.into_iter().find(|row| row.till == till);
    let name = name.map_or(till, |row| row.name);
    let edit = (Edit::TakenFromTill, name.as_str());
    let made = share(&pages, &caller, &fields, &settings, edit).await;
    if made.is_ok() {
        store.forget_offer(id).await?;
    }
    overview_after(&pages, &caller, made).await
}

/// Changes what tills may change themselves.
pub(super) async fn switch(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Problem> {
    let Shared { mut settings, .. } = Shared::load(&pages).await?;
    for section in Section::VARIANTS.iter().copied() {
        settings.set_local(section, fields.get(section.as_str()) == "yes");
    }
    let edit = (Edit::Switches, "");
    let made = share(&pages, &caller, &fields, &settings, edit).await;
    overview_after(&pages, &caller, made).await
}

async fn overview_after(
    pages: &Pages,
    caller: &Caller,
    made: Result<(), NotShared>,
) -> Result<Response, Problem> {
    let body = match &made {
        Err(error @ (NotShared::Moved | NotShared::Refused(_))) => {
            overview_of(pages, caller, Some(error)).await?
        }
        _ => html! {},
    };
    answer(made, "/settings", |_| body, (caller, &caller.t("shared")))
}

/// Which version is looked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Back {
    #[serde(default)]
    moved: bool,
}

/// Every version that is kept.
pub(super) async fn history(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Query(back): Query<Back>,
) -> Result<Response, Problem> {
    let rows = pages.inner.store.shared_history().await?;
    let newest = rows.first().map_or(0, |row| row.number);
    let body = html! {
        header class="head" { h1 { (caller.t("shared-history")) } }
        @if back.moved { (layout::wrong(&caller, Some("shared-moved"))) }
        p class="soft" { (caller.t("shared-history-note")) }
        ul class="card list" {
            @for row in &rows {
                li data-testid="version" data-number=(row.number) {
                    span class="break" {
                        strong { (caller.t_with("shared-version", &[("number", &row.number.to_string())])) } " "
                        (edit_text(&caller, &row.note, &row.about))
                    }
                    span class="soft break" { (row.made_by) " · " (caller.time(row.made_at_unix_ms)) }
                    @if row.number != newest {
                        form method="post" action=(format!("/settings/history/{}", row.number)) {
                            (layout::token(&caller))
                            input type="hidden" name="seen" value=(newest);
                            button class="plain" type="submit" data-testid="take-back" { (caller.t("shared-back")) }
                        }
                    }
                }
            }
            @if rows.is_empty() { li { (caller.t("shared-none")) } }
        }
    };
    Ok(page(&caller, &caller.t("shared-history"), &body))
}

/// What was done, in words; an edit of a newer program by its name.
fn edit_text(caller: &Caller, note: &str, about: &str) -> String {
    match note.parse::<Edit>() {
        Ok(_) => caller.t_with(&format!("edit-{note}"), &[("about", about)]),
        Err(_) => format!("{note} {about}"),
    }
}

/// Makes an old version the newest.
pub(super) async fn take_back(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
    Path(number): Path<u64>,
) -> Result<Response, Problem> {
    let old = pages.inner.store.shared_version(Some(number)).await?;
    let settings = old.ok_or(Problem::NotFound)?.settings();
    let about = number.to_string();
    let edit = (Edit::TakenBack, about.as_str());
    match share(&pages, &caller, &fields, &settings, edit).await {
        Ok(()) => Ok(Redirect::to("/settings/history").into_response()),
        Err(NotShared::Problem(problem)) => Err(problem),
        Err(_) => Ok(Redirect::to("/settings/history?moved=true").into_response()),
    }
}
