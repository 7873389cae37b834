//! The tills: what the office knows of each, a code for a new one, and taking a till's token back.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};

use ringup_core::ids::TillId;
use ringup_core::office::{PairingCode, ReportedCopies, ReportedPrinter, SECRET_BYTES, TillReport};

use crate::book::{PrinterOutcome, TillState};
use crate::store::{Act, Alarm, TillRow};

use super::caller::{Caller, Fields};
use super::icons::icon;
use super::layout::Tab;
use super::problem::Problem;
use super::setup::{MAX_NAME_CHARS, name_in};
use super::{Pages, layout, qr_code};

/// How long a pairing code is valid, minutes.
const CODE_VALID_MINUTES: i64 = 15;

/// The list.
pub(super) async fn list(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
) -> Result<Response, Problem> {
    let store = &pages.inner.store;
    let (tills, alarms) = (store.till_states().await?, store.alarms().await?);
    let body = html! {
        header class="head" {
            h1 { (caller.t("tills")) }
            a class="button plain" href="/settings" data-testid="shared-settings" { (icon("settings")) (caller.t("shared")) }
            a class="button plain" href="/tills/pair" data-testid="pair" { (icon("plus")) (caller.t("pair")) }
        }
        div id="tills" data-live class="stack-4" {
            @if tills.is_empty() {
                section class="card empty" {
                    p { (caller.t("tills-none")) }
                }
            }
            ul class="cards" {
                @for till in &tills { (card(&caller, till, &alarms)) }
            }
        }
    };
    let page = layout::page(&caller, &caller.t("tills"), Some(Tab::Tills), &body);
    Ok(page.into_response())
}

fn card(caller: &Caller, till: &TillState, alarms: &[Alarm]) -> Markup {
    let own = alarms.iter().filter(|alarm| alarm.till == till.till);
    let (state, class) = match (&till.quarantine, till.paired) {
        (Some(_), _) => ("till-quarantine", "chip warn"),
        (None, true) => ("till-paired", "chip"),
        (None, false) => ("till-revoked", "chip off"),
    };
    html! {
        li class="card stack-3" data-testid="till" data-name=(till.name) data-state=(state) {
            div class="spread" {
                h2 class="break" { (till.name) }
                span class=(class) { (caller.t(state)) }
            }
            @if let Some(why) = &till.quarantine {
                p class="notice" { (icon("warning")) span { (quarantine(caller, why)) } }
                p {
                    a class="button plain" href=(format!("/tills/{}/decide", till.till)) data-testid="till-decide" {
                        (caller.t("till-decide"))
                    }
                }
            }
            @if let Some(has) = &till.settings { p class="soft" data-testid="till-settings" { (caller.t_with("shared-till", &[("number", &has.number.to_string())])) } }
            (figures(caller, till))
            @for alarm in own {
                p class="notice bad" data-testid="till-alarm" data-code=(alarm.code) {
                    (icon("bell"))
                    span {
                        (alarm_text(caller, alarm)) " "
                        span class="soft" { (caller.time(alarm.raised_at_unix_ms)) }
                    }
                }
            }
            @if till.paired {
                p class="end" {
                    a class="quiet" href=(format!("/tills/{}/revoke", till.till)) data-testid="till-revoke" {
                        (caller.t("revoke"))
                    }
                }
            }
        }
    }
}

/// What is known of a till: what it has sent, and what it says of itself.
fn figures(caller: &Caller, till: &TillState) -> Markup {
    let row = |name: &str, value: Markup| html! { div { dt { (caller.t(name)) } dd { (value) } } };
    let time = |at: i64| html! { time datetime=(caller.iso(at)) { (caller.time(at)) } };
    let said = till.said.as_ref();
    let version = said.map(|said| &said.version).or(till.version.as_ref());
    let heard = till.heard_at_unix_ms.max(till.last_contact_unix_ms);
    html! {
        dl class="figures" {
            @match heard {
                Some(at) => { (row("till-heard", time(at))) }
                None => { (row("till-heard", html! { (caller.t("till-never")) })) }
            }
            @if let Some(at) = till.last_contact_unix_ms { (row("till-contact", time(at))) }
            div {
                dt { (caller.t("till-head")) }
                dd data-testid="till-head" { (till.head_seq) }
            }
            @if let (Some(z), Some(at)) = (till.last_z, till.last_close_unix_ms) {
                div {
                    dt { (caller.t("till-last-z")) }
                    dd data-testid="till-z" { a href=(format!("/closes/{}/{z}", till.till)) { (z) } " · " (time(at)) }
                }
            }
            @if let Some(version) = version {
                div { dt { (caller.t("till-version")) } dd data-testid="till-version" { (version) } }
            }
            (printer(caller, till))
            (copies(caller, said))
        }
    }
}

/// What the till says of its printer; of one that says nothing, what its entries tell.
fn printer(caller: &Caller, till: &TillState) -> Markup {
    let said = till.said.as_ref().map(|said| said.printer);
    let state = match (said, till.printer.as_ref().map(|printer| printer.outcome)) {
        (Some(ReportedPrinter::None), _) => "none",
        (Some(ReportedPrinter::NoPaper), _) => "no_paper",
        (Some(ReportedPrinter::Failing), _) => "failing",
        (Some(ReportedPrinter::Ready), _) => "ready",
        (_, Some(PrinterOutcome::Made | PrinterOutcome::Unconfirmed)) => "ready",
        (_, Some(PrinterOutcome::Failed)) => "failing",
        (Some(ReportedPrinter::Unused), None) => "unused",
        (None | Some(ReportedPrinter::Unknown), None) => return html! {},
    };
    let class = if matches!(state, "no_paper" | "failing") {
        "chip bad"
    } else {
        ""
    };
    html! {
        div {
            dt { (caller.t("till-printer")) }
            dd data-testid="till-printer" data-state=(state) { span class=(class) { (caller.t(&format!("printer-{state}"))) } }
        }
    }
}

/// What the till says of the automatic copies of its journal.
fn copies(caller: &Caller, said: Option<&TillReport>) -> Markup {
    let Some(said) = said.filter(|said| said.copies != ReportedCopies::Unknown) else {
        return html! {};
    };
    let state: &str = said.copies.into();
    let class = match said.copies {
        ReportedCopies::FolderMissing | ReportedCopies::Failed => "chip bad",
        ReportedCopies::Off => "chip off",
        _ => "",
    };
    html! {
        div {
            dt { (caller.t("till-copies")) }
            dd data-testid="till-copies" data-state=(state) {
                span class=(class) { (caller.t(&format!("copies-{state}"))) }
                @if let Some(at) = said.copied_at_unix_ms { " · " (caller.time(at.0)) }
            }
        }
    }
}

/// Why a till is in quarantine.
pub(super) fn quarantine(caller: &Caller, why: &str) -> String {
    match why {
        "forked" | "restored" => caller.t(&format!("quarantine-{why}")),
        other => other.to_owned(),
    }
}

fn alarm_text(caller: &Caller, alarm: &Alarm) -> String {
    let seq = alarm.seq.to_string();
    let known = [
        "forked",
        "restored",
        "chain_broken",
        "entry_missing",
        "entry_changed",
        "head_changed",
    ];
    match known.contains(&alarm.code.as_str()) {
        true => {
            let id = format!("raised-{}", alarm.code);
            caller.t_with(&id, &[("seq", &seq)])
        }
        false => caller.t_with("raised-other", &[("code", &alarm.code), ("seq", &seq)]),
    }
}

/// The form of a new till.
pub(super) async fn pair_form(Extension(caller): Extension<Caller>) -> Response {
    shown(&caller, None)
}

fn shown(caller: &Caller, wrong: Option<&str>) -> Response {
    let name = html! {
        input name="name" required maxlength=(MAX_NAME_CHARS) autocomplete="off" autofocus data-testid="till-name";
    };
    let body = html! {
        form class="card stack-4 narrow" method="post" action="/tills/pair" {
            h1 { (caller.t("pair")) }
            (layout::wrong(caller, wrong))
            (layout::token(caller))
            (layout::field(caller, "till-name", Some("till-name-note"), &name))
            div class="actions" {
                a class="button plain" href="/tills" { (caller.t("cancel")) }
                button class="main" type="submit" data-testid="pair-go" { (caller.t("pair-go")) }
            }
        }
    };
    layout::page(caller, &caller.t("pair"), Some(Tab::Tills), &body).into_response()
}

/// Shows a code. It is in this answer and nowhere else.
pub(super) async fn pair(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Problem> {
    let Some(name) = name_in(&fields) else {
        let mut response = shown(&caller, Some("wrong-name"));
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    };
    let store = &pages.inner.store;
    let now = pages.inner.clock.now();
    let secret: [u8; SECRET_BYTES] = rand::random();
    let config = &pages.inner.config;
    let code = PairingCode::new(&config.address, &secret, config.fingerprint);
    let address = caller.address.to_string();
    store
        .note(&caller.owner, Act::PairingShown, &name, &address, now)
        .await?;
    let until = now.plus(CODE_VALID_MINUTES * 60 * 1000);
    store.offer_pairing(&code.secret, &name, until).await?;
    let text = code.reveal();
    let minutes = CODE_VALID_MINUTES.to_string();
    let body = html! {
        section class="card stack-4 narrow" data-testid="pairing" {
            h1 { (caller.t_with("pair-code", &[("name", &name)])) }
            ol class="steps" {
                li { (caller.t("pair-step-open")) }
                li { (caller.t("pair-step-scan")) }
            }
            div class="qr-card" { (qr_code::drawing(&text, &caller.t("pair-qr"))) }
            p class="code" data-testid="pair-code" { (text) }
            p class="soft" { (caller.t_with("pair-once", &[("minutes", &minutes)])) }
            div class="actions" { a class="button main" href="/tills" data-testid="pair-done" { (caller.t("pair-done")) } }
        }
    };
    let page = layout::page(&caller, &caller.t("pair"), Some(Tab::Tills), &body);
    Ok(page.into_response())
}

/// The till of this id.
pub(super) async fn till_of(pages: &Pages, id: &str) -> Result<(TillId, TillRow), Problem> {
    let till: TillId = id.parse().or(Err(Problem::NotFound))?;
    let tills = pages.inner.store.tills().await?;
    let row = tills.into_iter().find(|row| row.till == till.to_string());
    Ok((till, row.ok_or(Problem::NotFound)?))
}

/// Asks whether a till's token is to be taken back.
pub(super) async fn revoke_form(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (_, row) = till_of(&pages, &id).await?;
    let question = caller.t_with("revoke-question", &[("name", &row.name)]);
    let body = html! {
        form class="card stack-4 narrow" method="post" data-testid="revoke" {
            h1 class="break" { (question) }
            p { (caller.t("revoke-means")) }
            (layout::token(&caller))
            div class="actions" {
                a class="button plain" href="/tills" { (caller.t("cancel")) }
                button class="danger" type="submit" data-testid="revoke-go" { (caller.t("revoke")) }
            }
        }
    };
    let page = layout::page(&caller, &question, Some(Tab::Tills), &body);
    Ok(page.into_response())
}

/// Takes it back.
pub(super) async fn revoke(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (till, row) = till_of(&pages, &id).await?;
    let store = &pages.inner.store;
    let now = pages.inner.clock.now();
    let address = caller.address.to_string();
    store
        .note(&caller.owner, Act::TillRevoked, &row.name, &address, now)
        .await?;
    store.revoke(till, now).await?;
    Ok(Redirect::to("/tills").into_response())
}
