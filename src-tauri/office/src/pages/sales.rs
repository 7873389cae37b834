//! The book of all tills: sales, newest first, with a search and filters. What is chosen stands in the address, so a page
//! can be kept, and works without a script.

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use serde::Deserialize;

use ringup_core::calendar::{Day, bounds};
use ringup_core::money::Currency;
use ringup_core::sale::SaleState;

use crate::book::{BookSale, SaleFlag, SalesQuery};

use super::caller::{Caller, address_with};
use super::icons::icon;
use super::layout::Tab;
use super::problem::Problem;
use super::{Pages, layout, totals};

/// What the address asks for, as text: a form sends fields that are empty, and people change addresses.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct SaleChoices {
    search: String,
    till: String,
    state: String,
    flag: String,
    tender: String,
    currency: String,
    money: String,
    first: String,
    last: String,
    from: String,
    to: String,
    before: String,
}

impl SaleChoices {
    /// The question to the book. What cannot be read asks for nothing.
    fn query(&self, caller: &Caller) -> SalesQuery {
        let day = |text: &str| {
            text.parse::<Day>()
                .ok()
                .map(|day| bounds(day, &caller.zone))
        };
        let moment = |text: &str| text.parse::<i64>().ok();
        SalesQuery {
            till: some(&self.till),
            from_unix_ms: moment(&self.from).or(day(&self.first).map(|(from, _)| from.0)),
            to_unix_ms: moment(&self.to).or(day(&self.last).map(|(_, to)| to.0)),
            states: self.state.parse::<SaleState>().into_iter().collect(),
            tender: some(&self.tender),
            currency: currency(&self.currency),
            test: match self.money.as_str() {
                "real" => Some(false),
                "test" => Some(true),
                _ => None,
            },
            flag: self.flag.parse::<SaleFlag>().ok(),
            apart: None,
            search: some(self.search.trim()),
            before: self.before.parse().ok(),
            limit: 0,
        }
    }

    /// Whether more than the search is chosen.
    fn has_filters(&self) -> bool {
        [
            &self.till,
            &self.state,
            &self.flag,
            &self.tender,
            &self.currency,
            &self.money,
            &self.first,
            &self.last,
            &self.from,
            &self.to,
        ]
        .iter()
        .any(|text| !text.is_empty())
    }

    /// The same page of the book, from this place on.
    fn address_from(&self, before: &str) -> String {
        address_with(
            "/sales",
            &[
                ("search", &self.search),
                ("till", &self.till),
                ("state", &self.state),
                ("flag", &self.flag),
                ("tender", &self.tender),
                ("currency", &self.currency),
                ("money", &self.money),
                ("first", &self.first),
                ("last", &self.last),
                ("from", &self.from),
                ("to", &self.to),
                ("before", before),
            ],
        )
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn currency(text: &str) -> Option<Currency> {
    Currency::ALL
        .into_iter()
        .find(|currency| currency.code() == text)
}

/// A page of the book.
pub(super) async fn list(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<SaleChoices>,
) -> Result<Response, Problem> {
    let store = &pages.inner.store;
    let page = store.sales(&asked.query(&caller)).await?;
    let (tills, names) = (store.till_names().await?, store.tender_names().await?);
    let body = html! {
        header class="head" {
            h1 { (caller.t("tab-sales")) }
            a class="button plain" href="/export" data-testid="export" { (icon("save")) (caller.t("day-export")) }
        }
        (form(&caller, &asked, &tills, &names))
        div id="sales" data-live[asked.before.is_empty()] {
            @if page.sales.is_empty() {
                section class="card empty" data-testid="sales-none" {
                    p { (caller.t(if asked.has_filters() || !asked.search.is_empty() { "sales-none-found" } else { "sales-none" })) }
                }
            } @else {
                ul class="card rows" {
                    @for sale in &page.sales { (row(&caller, sale, &names)) }
                }
            }
        }
        @if let Some(next) = &page.next {
            p { a class="button plain" href=(asked.address_from(&next.to_string())) data-testid="sales-more" { (caller.t("sales-more")) } }
        }
    };
    let page = layout::page(&caller, &caller.t("tab-sales"), Some(Tab::Sales), &body);
    Ok(page.into_response())
}

fn row(caller: &Caller, sale: &BookSale, names: &totals::TenderNames) -> Markup {
    let at = sale.paid_at_unix_ms.unwrap_or(sale.opened_at_unix_ms);
    html! {
        li data-testid="sale" data-label=(sale.label) data-state=(sale.state.as_str()) {
            a class="row" href=(format!("/sales/{}/{}", sale.till, sale.number)) {
                span class="words" {
                    span class="break" { strong { (sale.label) } " " (sale.till_name) }
                    span class="soft break" {
                        (caller.time(at))
                        @for tender in &sale.tenders { " · " (totals::tender_name(caller, tender, names)) }
                        @if let Some(note) = &sale.note { " · " bdi { (note) } }
                    }
                }
                span class="amounts" {
                    strong { (caller.money(sale.amount)) }
                    (marks(caller, sale))
                }
            }
        }
    }
}

fn marks(caller: &Caller, sale: &BookSale) -> Markup {
    html! {
        span class="marks" {
            @if sale.apart { span class="chip warn" { (caller.t("till-quarantine")) } }
            @if sale.test { span class="chip warn" { (caller.t("badge-test")) } }
            @if sale.late { span class="chip warn" { (caller.t("mark-late")) } }
            @if sale.paid_twice { span class="chip bad" { (caller.t("mark-twice")) } }
            @if sale.refunded.is_some() { span class="chip" { (caller.t("mark-refunded")) } }
            (state_chip(caller, sale.state))
        }
    }
}

/// The state of a sale as a word, because colour alone must not tell it.
pub(super) fn state_chip(caller: &Caller, state: SaleState) -> Markup {
    let class = match state {
        SaleState::Paid => "chip paid",
        SaleState::Review | SaleState::Uncertain => "chip warn",
        SaleState::Refused => "chip bad",
        SaleState::Ended | SaleState::Stopped => "chip off",
        _ => "chip",
    };
    let id = match state {
        SaleState::PartPaid => "state-part-paid".to_owned(),
        other => format!("state-{}", other.as_str()),
    };
    html! { span class=(class) { (caller.t(&id)) } }
}

/// A choice of a filter: its name in the form, what it is called, and what there is to choose.
pub(super) fn choice(
    caller: &Caller,
    name: &str,
    label: &str,
    chosen: &str,
    options: &[(String, String)],
) -> Markup {
    html! {
        label class="field" {
            span class="strong" { (caller.t(label)) }
            select name=(name) data-testid=(format!("filter-{name}")) {
                @for (value, text) in options {
                    option value=(value) selected[value == chosen] { (text) }
                }
            }
        }
    }
}

fn form(
    caller: &Caller,
    asked: &SaleChoices,
    tills: &[(String, String)],
    names: &totals::TenderNames,
) -> Markup {
    let option = |value: &str, id: &str| (value.to_owned(), caller.t(id));
    let mut of_tills = vec![option("", "filter-any-till")];
    of_tills.extend_from_slice(tills);
    let mut flags = vec![option("", "filter-any-need")];
    flags.extend([
        option("open", "filter-open"),
        option("late", "mark-late"),
        option("paid_twice", "mark-twice"),
        option("review", "state-review"),
        option("unseen", "filter-unseen"),
    ]);
    let mut states = vec![option("", "filter-any-state")];
    states.extend(SaleState::ALL.iter().map(|state| {
        let id = format!("state-{}", state.as_str().replace('_', "-"));
        (state.as_str().to_owned(), caller.t(&id))
    }));
    let mut tenders = vec![
        option("", "filter-any-tender"),
        option("crypto", "tender-crypto"),
        option("cash", "tender-cash"),
        option("card", "tender-card"),
    ];
    let own = names
        .iter()
        .map(|(id, name)| (format!("own:{id}"), name.clone()));
    tenders.extend(own);
    let mut currencies = vec![option("", "filter-any-currency")];
    currencies.extend(
        Currency::ALL.map(|currency| (currency.code().to_owned(), currency.code().to_owned())),
    );
    let money = [
        option("", "filter-any-money"),
        option("real", "filter-real"),
        option("test", "filter-test"),
    ];
    html! {
        form class="card stack-3" method="get" action="/sales" role="search" {
            div class="search" {
                input type="search" name="search" value=(asked.search) maxlength="100" aria-label=(caller.t("sales-search"))
                    placeholder=(caller.t("sales-search")) data-testid="search";
                button class="plain" type="submit" aria-label=(caller.t("search-go")) data-testid="search-go" { (icon("search")) }
            }
            details open[asked.has_filters()] {
                summary data-testid="filters" { (caller.t("filters")) }
                div class="filters" {
                    (choice(caller, "till", "filter-till", &asked.till, &of_tills))
                    (choice(caller, "flag", "filter-need", &asked.flag, &flags))
                    (choice(caller, "state", "filter-states", &asked.state, &states))
                    (choice(caller, "tender", "tenders", &asked.tender, &tenders))
                    (choice(caller, "currency", "filter-currency", &asked.currency, &currencies))
                    (choice(caller, "money", "filter-money", &asked.money, &money))
                    label class="field" { span class="strong" { (caller.t("export-from")) } input type="date" name="first" value=(asked.first); }
                    label class="field" { span class="strong" { (caller.t("export-to")) } input type="date" name="last" value=(asked.last); }
                    div class="actions" {
                        a class="button plain" href="/sales" { (caller.t("sales-show-all")) }
                        button class="main" type="submit" data-testid="filters-go" { (caller.t("filters-go")) }
                    }
                }
            }
        }
    }
}
