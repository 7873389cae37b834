//! The shop's items on the pages: the list with its search, and one item, by the till's own rules.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use ringup_core::ids::ItemId;
use ringup_core::items::{Item, Problem as ItemProblem, SoldBy, check};
use ringup_core::money::{BasisPoints, Currency, Money};

use crate::store::Edit;

use super::Pages;
use super::caller::{Caller, Fields};
use super::icons::icon;
use super::layout;
use super::problem::Problem;
use super::sales::choice;
use super::shared::{NotShared, Shared, answer, not_shared, page, share};

/// Where the list is.
pub(super) const LIST: &str = "/settings/items";
/// The longest name of an item and of a category, characters.
const MAX_NAME_CHARS: usize = 60;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Looked {
    #[serde(default)]
    search: String,
}

/// The list.
pub(super) async fn list(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Query(looked): Query<Looked>,
) -> Result<Response, Problem> {
    let shared = Shared::load(&pages).await?;
    let items = shared.settings.items.unwrap_or_default().list;
    let wanted = looked.search.trim().to_lowercase();
    let is_wanted = |item: &&Item| {
        let in_text = |text: &str| text.to_lowercase().contains(&wanted);
        in_text(&item.name)
            || item.category.as_deref().is_some_and(in_text)
            || item.barcode.as_deref().is_some_and(in_text)
    };
    let found: Vec<&Item> = items.iter().filter(is_wanted).collect();
    let body = html! {
        header class="head" {
            h1 { (caller.t("settings-items")) }
            a class="button main" href="/settings/items/new" data-testid="item-new" { (icon("plus")) (caller.t("item-add")) }
        }
        form class="card stack-3" method="get" action=(LIST) role="search" {
            div class="search" {
                input type="search" name="search" value=(looked.search) maxlength="100" aria-label=(caller.t("shared-item-search"))
                    placeholder=(caller.t("shared-item-search")) data-testid="search";
                button class="plain" type="submit" aria-label=(caller.t("search-go")) data-testid="search-go" { (icon("search")) }
            }
        }
        @if found.is_empty() {
            section class="card empty" data-testid="items-none" { p { (caller.t("shared-items-none")) } }
        } @else {
            ul class="card rows" { @for item in &found { (row(&caller, item)) } }
        }
        div class="actions start" {
            a class="button plain" href="/settings/items/csv" data-testid="items-csv" { (icon("save")) (caller.t("items-export")) }
            a class="button plain" href="/settings/items/import" data-testid="items-import" { (icon("file")) (caller.t("items-import")) }
        }
    };
    Ok(page(&caller, &caller.t("settings-items"), &body))
}

fn row(caller: &Caller, item: &Item) -> Markup {
    html! {
        li data-testid="item" data-name=(item.name) {
            a class="row" href=(format!("/settings/items/{}", item.id)) {
                span class="words" {
                    strong class="break" { (item.name) }
                    span class="soft break" {
                        @if let Some(category) = &item.category { (category) }
                        @if let Some(rate) = item.tax { " · " (caller.rate(rate)) }
                        @if let Some(code) = &item.barcode { " · " (code) }
                    }
                }
                span class="amounts" {
                    strong { (caller.money(item.price)) }
                    @if item.sold_out { span class="marks" { span class="chip warn" { (caller.t("item-sold-out-mark")) } } }
                }
            }
        }
    }
}

/// The form of an item: a new one has no id yet.
struct ItemForm<'a> {
    caller: &'a Caller,
    shared: &'a Shared,
    item: Option<ItemId>,
}

impl ItemForm<'_> {
    fn title(&self, fields: &Fields) -> String {
        match self.item {
            None => self.caller.t("item-new"),
            Some(_) => self
                .caller
                .t_with("item-title", &[("name", fields.get("name"))]),
        }
    }

    /// With what was typed, or what the item is.
    fn drawn(&self, fields: &Fields, wrong: &Markup) -> Markup {
        let caller = self.caller;
        let text = |name: &str, most: usize| {
            html! { input name=(name) value=(fields.get(name)) maxlength=(most) autocomplete="off" data-testid=(format!("item-{name}")); }
        };
        let decimal = |name: &str| {
            html! { input name=(name) value=(fields.get(name)) inputmode="decimal" maxlength="14" autocomplete="off" data-testid=(format!("item-{name}")); }
        };
        let currencies = Currency::ALL.map(|it| (it.code().to_owned(), it.code().to_owned()));
        let sold = ["each", "open", "weight"];
        let sold = sold.map(|it| (it.to_owned(), caller.t(&format!("item-sold-{it}"))));
        let action = match self.item {
            None => "/settings/items/new".to_owned(),
            Some(id) => format!("/settings/items/{id}"),
        };
        html! {
            form class="card stack-4 narrow" method="post" action=(action) data-testid="item-form" {
                h1 class="break" { (self.title(fields)) }
                (wrong)
                (layout::token(caller))
                (self.shared.seen())
                (layout::field(caller, "item-name", None, &text("name", MAX_NAME_CHARS)))
                div class="filters" {
                    (layout::field(caller, "item-price", None, &decimal("price")))
                    (choice(caller, "currency", "filter-currency", fields.get("currency"), &currencies))
                }
                (layout::field(caller, "item-category", Some("item-category-hint"), &text("category", MAX_NAME_CHARS)))
                (layout::field(caller, "item-tax", Some("shared-tax-note"), &decimal("tax")))
                (layout::field(caller, "item-barcode", None, &text("barcode", 64)))
                (choice(caller, "sold", "item-sold", fields.get("sold"), &sold))
                label class="check" {
                    input type="checkbox" name="sold_out" value="yes" checked[fields.get("sold_out") == "yes"] data-testid="item-sold-out";
                    span { (caller.t("item-sold-out")) }
                }
                div class="actions" {
                    a class="button plain" href=(LIST) { (caller.t("cancel")) }
                    button class="main" type="submit" data-testid="item-save" { (caller.t("item-save")) }
                }
            }
            @if let Some(id) = self.item {
                form class="narrow" method="post" action=(format!("/settings/items/{id}/remove")) {
                    (layout::token(caller))
                    (self.shared.seen())
                    div class="actions" {
                        button class="danger" type="submit" data-testid="item-remove" { (caller.t("item-remove")) }
                    }
                }
            }
        }
    }
}

/// What a form would send to leave an item as it is.
fn fields_of(item: &Item) -> Fields {
    let sold: &'static str = item.sold.into();
    Fields::of([
        ("name", item.name.clone()),
        ("price", item.price.to_string()),
        ("currency", item.price.currency().code().to_owned()),
        ("category", item.category.clone().unwrap_or_default()),
        (
            "tax",
            item.tax.map(|rate| rate.to_string()).unwrap_or_default(),
        ),
        ("barcode", item.barcode.clone().unwrap_or_default()),
        ("sold", sold.to_owned()),
        (
            "sold_out",
            if item.sold_out { "yes" } else { "" }.to_owned(),
        ),
    ])
}

/// An item as a form has changed it. Options, deposit and colour are as they were.
fn changed(item: Item, fields: &Fields) -> Result<Item, ItemProblem> {
    let currency: Currency = fields
        .get("currency")
        .parse()
        .or(Err(ItemProblem::Currency))?;
    let sold: SoldBy = fields.get("sold").parse().or(Err(ItemProblem::Sold))?;
    let price = match (fields.get("price").trim(), sold) {
        ("", SoldBy::Open) => Money::from_minor(0, currency),
        (text, _) => Money::parse(text, currency).or(Err(ItemProblem::Price))?,
    };
    let some = |name: &str| Some(fields.get(name).trim().to_owned()).filter(|it| !it.is_empty());
    check(Item {
        name: fields.get("name").to_owned(),
        price,
        category: some("category"),
        tax: match some("tax") {
            Some(text) => Some(percent(&text).ok_or(ItemProblem::Tax)?),
            None => None,
        },
        barcode: some("barcode"),
        sold,
        sold_out: fields.get("sold_out") == "yes",
        ..item
    })
}

/// A percentage as it is typed: as money it has two decimals at most.
pub(super) fn percent(text: &str) -> Option<BasisPoints> {
    let number = text.trim().trim_end_matches('%').trim_end();
    let hundredths = Money::parse(number, Currency::Eur).ok()?.minor();
    u32::try_from(hundredths).ok().map(BasisPoints)
}

pub(super) fn wrong_item(caller: &Caller, problem: ItemProblem) -> Markup {
    let why = caller.t_with("import-why", &[("problem", problem.as_str()), ("cell", "")]);
    html! {
        p class="notice bad" role="alert" data-testid="wrong" data-code=(problem.as_str()) { (icon("warning")) span { (why) } }
    }
}

/// The form of a new item.
pub(super) async fn new_form(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
) -> Result<Response, Problem> {
    let shared = Shared::load(&pages).await?;
    let currency = shared
        .settings
        .items
        .as_ref()
        .and_then(|it| it.list.first())
        .map_or(Currency::Eur, |item| item.price.currency());
    let default = shared.settings.taxes.as_ref().and_then(|it| it.default_tax);
    let fields = Fields::of([
        ("currency", currency.code().to_owned()),
        ("tax", default.map(|it| it.to_string()).unwrap_or_default()),
        ("sold", "each".to_owned()),
    ]);
    let form = ItemForm {
        caller: &caller,
        shared: &shared,
        item: None,
    };
    let body = form.drawn(&fields, &html! {});
    Ok(page(&caller, &form.title(&fields), &body))
}

/// The form of an item.
pub(super) async fn form(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let shared = Shared::load(&pages).await?;
    let item = item_of(&shared, &id)?;
    let fields = fields_of(&item);
    let form = ItemForm {
        caller: &caller,
        shared: &shared,
        item: Some(item.id),
    };
    let body = form.drawn(&fields, &html! {});
    Ok(page(&caller, &form.title(&fields), &body))
}

fn item_of(shared: &Shared, id: &str) -> Result<Item, Problem> {
    let id: ItemId = id.parse().or(Err(Problem::NotFound))?;
    let items = shared.settings.items.as_ref().ok_or(Problem::NotFound)?;
    let item = items.list.iter().find(|item| item.id == id);
    item.cloned().ok_or(Problem::NotFound)
}

/// Adds an item.
pub(super) async fn add(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Problem> {
    let item = Item::new("", Money::from_minor(0, Currency::Eur));
    save(&pages, &caller, &fields, item, true).await
}

/// Changes an item.
pub(super) async fn change(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let item = item_of(&Shared::load(&pages).await?, &id)?;
    save(&pages, &caller, &fields, item, false).await
}

async fn save(
    pages: &Pages,
    caller: &Caller,
    fields: &Fields,
    item: Item,
    is_new: bool,
) -> Result<Response, Problem> {
    let shared = Shared::load(pages).await?;
    let form = ItemForm {
        caller,
        shared: &shared,
        item: (!is_new).then_some(item.id),
    };
    let title = form.title(fields);
    let item = match changed(item, fields) {
        Ok(item) => item,
        Err(problem) => {
            let body = form.drawn(fields, &wrong_item(caller, problem));
            let mut response = page(caller, &title, &body);
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(response);
        }
    };
    let mut settings = shared.settings.clone();
    let items = settings.items.get_or_insert_default();
    let name = item.name.clone();
    match items.list.iter_mut().find(|it| it.id == item.id) {
        Some(known) => *known = item,
        None => items.list.push(item),
    }
    let edit = match is_new {
        true => Edit::ItemAdded,
        false => Edit::ItemChanged,
    };
    let made = share(pages, caller, fields, &settings, (edit, &name)).await;
    let again = |error: &NotShared| form.drawn(fields, &not_shared(caller, Some(error)));
    answer(made, LIST, again, (caller, &title))
}

/// Takes an item away.
pub(super) async fn remove(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Extension(fields): Extension<Fields>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let shared = Shared::load(&pages).await?;
    let item = item_of(&shared, &id)?;
    let mut settings = shared.settings.clone();
    if let Some(items) = &mut settings.items {
        items.list.retain(|it| it.id != item.id);
    }
    let edit = (Edit::ItemRemoved, item.name.as_str());
    let made = share(&pages, &caller, &fields, &settings, edit).await;
    let form = ItemForm {
        caller: &caller,
        shared: &shared,
        item: Some(item.id),
    };
    let fields = fields_of(&item);
    let title = form.title(&fields);
    let again = |error: &NotShared| form.drawn(&fields, &not_shared(&caller, Some(error)));
    answer(made, LIST, again, (&caller, &title))
}
