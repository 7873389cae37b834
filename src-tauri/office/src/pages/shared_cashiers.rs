//! The shop's cashiers on the pages: names, roles, and PINs, which no page ever shows.

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use secrecy::SecretString;

use ringup_core::staff::{Role, SharedPerson};

use crate::store::Edit;

use super::Pages;
use super::caller::{Caller, Fields};
use super::icons::icon;
use super::layout;
use super::problem::Problem;
use super::sales::choice;
use super::shared::{NotShared, Shared, answer, not_shared, page, share};
use super::shared_shop::refused;

/// Where they are.
const CASHIERS: &str = "/settings/cashiers";
/// The longest name, characters.
const MAX_NAME_CHARS: usize = 40;

/// The cashiers.
pub(super) async fn cashiers(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
) -> Result<Response, Problem> {
    let shared = Shared::load(&pages).await?;
    let body = cashiers_drawn(&caller, &shared, &Fields::default(), &html! {});
    Ok(page(&caller, &caller.t("cashiers-title"), &body))
}

fn roles(caller: &Caller) -> [(String, String); 3] {
    ["cashier", "supervisor", "owner"]
        .map(|role| (role.to_owned(), caller.t_with("role", &[("role", role)])))
}

fn pin_input() -> Markup {
    html! {
        input type="password" name="pin" inputmode="numeric" pattern="[0-9]{4,12}" maxlength="12" autocomplete="new-password"
            data-testid="cashier-pin";
    }
}

fn cashiers_drawn(caller: &Caller, shared: &Shared, fields: &Fields, wrong: &Markup) -> Markup {
    let people = shared.settings.cashiers.clone().unwrap_or_default().people;
    let name = html! {
        input name="name" value=(fields.get("name")) maxlength=(MAX_NAME_CHARS) required autocomplete="off" data-testid="cashier-name";
    };
    html! {
        header class="head" { h1 { (caller.t("cashiers-title")) } }
        p class="soft" { (caller.t("shared-cashiers-note")) }
        (wrong)
        @if people.is_empty() {
            section class="card empty" { p { (caller.t("shared-cashiers-none")) } }
        } @else {
            ul class="card rows" {
                @for person in &people {
                    li data-testid="cashier" data-name=(person.name) data-role=(person.role.as_str()) {
                        a class="row" href=(format!("{CASHIERS}/{}", in_address(&person.name))) {
                            span class="words" {
                                strong class="break" { (person.name) }
                                span class="soft" { (caller.t_with("role", &[("role", person.role.as_str())])) }
                            }
                            @if person.has_pin() { span class="chip" { (caller.t("access-pin")) } }
                        }
                    }
                }
            }
        }
        form class="card stack-4 narrow" method="post" action=(CASHIERS) data-testid="cashier-form" {
            h2 { (caller.t("cashiers-add")) }
            (layout::token(caller))
            (shared.seen())
            (layout::field(caller, "owner-name", None, &name))
            (choice(caller, "role", "access-role", "cashier", &roles(caller)))
            (layout::field(caller, "access-first-pin", Some("access-pin-hint"), &pin_input()))
            div class="actions" { button class="main" type="submit" data-testid="cashier-add" { (icon("plus")) (caller.t("cashiers-add")) } }
        }
    }
}

/// A name as a part of an address.
fn in_address(name: &str) -> String {
    url::form_urlencoded::byte_serialize(name.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}

/// Puts what a form says of a PIN to a cashier: `Err`: it is none. Slow by design.
async fn with_pin(mut person: SharedPerson, pin: &str) -> Result<SharedPerson, &'static str> {
    if pin.is_empty() {
        return Ok(person);
    }
    let pin = SecretString::from(pin);
    let hashed = tokio::task::spawn_blocking(move || {
        let done = person.set_pin(&pin);
        done.map(|()| person)
    });
    match hashed.await {
        Ok(Ok(person)) => Ok(person),
        Ok(Err(_)) => Err("access-pin-hint"),
        Err(_) => Err("problem-busy"),
    }
}

/// Adds a cashier.
pub(super) async fn add_cashier(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Problem> {
    let shared = Shared::load(&pages).await?;
    let title = caller.t("cashiers-title");
    let role: Role = fields.get("role").parse().or(Err(Problem::Unreadable))?;
    let person = SharedPerson::new(fields.get("name").trim(), role);
    let person = match with_pin(person, fields.get("pin")).await {
        Ok(person) => person,
        Err(message) => {
            let wrong = layout::wrong(&caller, Some(message));
            return Ok(refused(
                &caller,
                &title,
                &cashiers_drawn(&caller, &shared, &fields, &wrong),
            ));
        }
    };
    let mut settings = shared.settings.clone();
    let name = person.name.clone();
    settings
        .cashiers
        .get_or_insert_default()
        .people
        .push(person);
    let made = share(
        &pages,
        &caller,
        &fields,
        &settings,
        (Edit::CashierAdded, &name),
    )
    .await;
    let again = |error: &NotShared| {
        cashiers_drawn(&caller, &shared, &fields, &not_shared(&caller, Some(error)))
    };
    answer(made, CASHIERS, again, (&caller, &title))
}

fn person_of(shared: &Shared, name: &str) -> Result<SharedPerson, Problem> {
    let people = shared.settings.cashiers.as_ref().ok_or(Problem::NotFound)?;
    let person = people.people.iter().find(|it| it.name == name);
    person.cloned().ok_or(Problem::NotFound)
}

/// The form of a cashier.
pub(super) async fn cashier_form(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let shared = Shared::load(&pages).await?;
    let person = person_of(&shared, &name)?;
    let body = cashier_drawn(&caller, &shared, &person, &html! {});
    Ok(page(&caller, &person.name, &body))
}

fn cashier_drawn(
    caller: &Caller,
    shared: &Shared,
    person: &SharedPerson,
    wrong: &Markup,
) -> Markup {
    html! {
        form class="card stack-4 narrow" method="post" action=(format!("{CASHIERS}/{}", in_address(&person.name))) data-testid="cashier-form" {
            h1 class="break" { (person.name) }
            (wrong)
            (layout::token(caller))
            (shared.seen())
            (choice(caller, "role", "access-role", person.role.as_str(), &roles(caller)))
            (layout::field(caller, "access-new-pin", Some("shared-pin-note"), &pin_input()))
            div class="actions" {
                a class="button plain" href=(CASHIERS) { (caller.t("cancel")) }
                @if person.has_pin() {
                    button class="plain" type="submit" name="what" value="clear" data-testid="cashier-clear" { (caller.t("access-pin-clear")) }
                }
                button class="main" type="submit" name="what" value="save" data-testid="save" { (caller.t("shared-save")) }
            }
            div class="actions" {
                button class="danger" type="submit" name="what" value="remove" data-testid="cashier-remove" { (caller.t("shared-cashier-remove")) }
            }
        }
    }
}

/// Changes a cashier, or takes them away.
pub(super) async fn change_cashier(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let shared = Shared::load(&pages).await?;
    let before = person_of(&shared, &name)?;
    let mut person = before.clone();
    let what = fields.get("what");
    match what {
        "remove" => {}
        "clear" => person = person.without_pin(),
        _ => {
            person.role = fields.get("role").parse().or(Err(Problem::Unreadable))?;
            person = match with_pin(person, fields.get("pin")).await {
                Ok(person) => person,
                Err(message) => {
                    let wrong = layout::wrong(&caller, Some(message));
                    let body = cashier_drawn(&caller, &shared, &before, &wrong);
                    return Ok(refused(&caller, &name, &body));
                }
            };
        }
    }
    let mut settings = shared.settings.clone();
    let people = &mut settings.cashiers.get_or_insert_default().people;
    let edit = match what {
        "remove" => {
            people.retain(|it| it.name != name);
            Edit::CashierRemoved
        }
        _ => {
            if let Some(known) = people.iter_mut().find(|it| it.name == name) {
                *known = person;
            }
            Edit::CashierChanged
        }
    };
    let made = share(&pages, &caller, &fields, &settings, (edit, &name)).await;
    let again = |error: &NotShared| {
        cashier_drawn(&caller, &shared, &before, &not_shared(&caller, Some(error)))
    };
    answer(made, CASHIERS, again, (&caller, &name))
}
