//! A sale's page: the same that the till shows of it. Who looked is in the audit list before it is shown.

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

use ringup_core::ids::TillId;
use ringup_core::money::Money;
use ringup_core::sale::{EntryView, SaleDetail};

use crate::book::BookSaleDetail;
use crate::store::Act;

use super::caller::Caller;
use super::icons::icon;
use super::layout::Tab;
use super::problem::Problem;
use super::sales::state_chip;
use super::{Pages, layout, tills, totals};

/// The page.
pub(super) async fn page(
    State(pages): State<Pages>,
    Extension(caller): Extension<Caller>,
    Path((till, number)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let till: TillId = till.parse().or(Err(Problem::NotFound))?;
    let number: u32 = number.parse().or(Err(Problem::NotFound))?;
    let store = &pages.inner.store;
    let sale = store.sale(till, number, &caller.zone).await?;
    let sale = sale.ok_or(Problem::NotFound)?;
    let about = format!("{}, {}", sale.detail.sale.label, sale.till_name);
    let address = caller.address.to_string();
    let now = pages.inner.clock.now();
    store
        .note(&caller.owner, Act::SaleViewed, &about, &address, now)
        .await?;
    let page = layout::page(
        &caller,
        &sale.detail.sale.label,
        Some(Tab::Sales),
        &shown(&caller, &sale),
    );
    Ok(page.into_response())
}

fn shown(caller: &Caller, book: &BookSaleDetail) -> Markup {
    let detail = &book.detail;
    let sale = &detail.sale;
    html! {
        p { a class="quiet" href="/sales" { (icon("back")) (caller.t("sale-back")) } }
        header class="head" {
            div {
                h1 data-testid="sale-label" { (sale.label) }
                p class="soft break" { (book.till_name) }
            }
            div class="amounts" {
                p class="figure" data-testid="sale-amount" { (caller.money(sale.amount)) }
                span class="marks" {
                    @if sale.test { span class="chip warn" { (caller.t("badge-test")) } }
                    @if sale.late { span class="chip warn" { (caller.t("mark-late")) } }
                    @if sale.paid_twice { span class="chip bad" { (caller.t("mark-twice")) } }
                    (state_chip(caller, sale.state))
                }
            }
        }
        @if let Some(why) = &book.quarantine {
            p class="notice" { (icon("warning")) span { (tills::quarantine(caller, why)) } }
        }
        div class="columns" {
            (facts(caller, detail))
            @if !detail.lines.is_empty() { (lines(caller, detail)) }
            @if !detail.refunds.is_empty() { (refunds(caller, detail)) }
            (history(caller, detail))
        }
    }
}

fn facts(caller: &Caller, detail: &SaleDetail) -> Markup {
    let sale = &detail.sale;
    let row = |name: &str, value: Markup| html! { div { dt { (caller.t(name)) } dd { (value) } } };
    html! {
        section class="card stack-3" {
            h2 { (caller.t("sale-facts")) }
            dl class="figures" {
                (row("sale-opened", html! { (caller.time(sale.opened_at_unix_ms.0)) }))
                @if let Some(at) = sale.paid_at_unix_ms { (row("sale-paid", html! { (caller.time(at.0)) })) }
                @for tender in &sale.tenders {
                    div {
                        dt { (tender.own.as_ref().map_or_else(|| totals::tender_name(caller, tender.way.as_str(), &totals::TenderNames::new()), |own| own.name.clone())) }
                        dd {
                            @if tender.taken_back.is_some() { del { (caller.money(tender.amount)) } }
                            @else { (caller.money(tender.amount)) }
                        }
                    }
                }
                @if sale.outstanding.minor() != 0 { (row("sale-outstanding", html! { (caller.money(sale.outstanding)) })) }
                @if let Some(over) = sale.overpaid { (row("sale-overpaid", html! { (caller.money(over)) })) }
                @if let Some(tip) = sale.tip { (row("sale-tip", html! { (caller.money(tip)) })) }
                @if let Some(refunded) = sale.refunded { (row("sale-refunds", html! { (caller.money(refunded)) })) }
                @if let Some(crypto) = &sale.crypto {
                    (row("sale-coin", html! { (crypto) " " (sale.network.as_deref().unwrap_or_default()) }))
                }
                @if let Some(note) = &sale.note { (row("sale-note", html! { bdi { (note) } })) }
                @for attempt in &detail.attempts {
                    @if let Some(id) = &attempt.invoice_id {
                        div { dt { (caller.t_counted("sale-attempts", 1)) " " (attempt.attempt) } dd class="id" { (id) } }
                    }
                }
            }
        }
    }
}

fn lines(caller: &Caller, detail: &SaleDetail) -> Markup {
    let currency = detail.sale.currency;
    let money = |minor: i64| caller.money(Money::from_minor(minor, currency));
    html! {
        section class="card stack-3" {
            h2 { (caller.t("sale-lines")) }
            dl class="figures" {
                @for line in &detail.lines {
                    @let name = line.name.clone().unwrap_or_else(|| caller.t("slip-goods"));
                    @let text = if line.quantity == 1 { name } else {
                        caller.t_with("sale-line", &[("quantity", &line.quantity.to_string()), ("name", &name)])
                    };
                    div {
                        dt class="break" { bdi { (text) } @for option in &line.options { ", " bdi { (option) } } }
                        dd { (money(line.unit_minor.saturating_mul(i64::from(line.quantity)))) }
                    }
                }
                @if let Some(discount) = detail.discount {
                    div { dt { (caller.t("slip-discount")) } dd { (money(-discount.minor())) } }
                }
            }
        }
    }
}

fn refunds(caller: &Caller, detail: &SaleDetail) -> Markup {
    html! {
        section class="card stack-3" {
            h2 { (caller.t("sale-refunds")) }
            ul class="rows" {
                @for refund in &detail.refunds {
                    li class="words" {
                        @if refund.taken_back.is_some() { del { strong { (caller.money(refund.amount)) } } }
                        @else { strong { (caller.money(refund.amount)) } }
                        span class="soft break" { (caller.time(refund.at_unix_ms.0)) " · " bdi { (refund.reason) } }
                    }
                }
            }
        }
    }
}

fn history(caller: &Caller, detail: &SaleDetail) -> Markup {
    html! {
        section class="card stack-3" {
            h2 { (caller.t("sale-history")) }
            ol class="rows" {
                @for entry in &detail.entries {
                    li class="words" data-testid="sale-entry" data-kind=(entry.kind) {
                        span { (told(caller, entry, detail)) }
                        @if let Some(words) = entry.facts.get("reason").or_else(|| entry.facts.get("note")) {
                            span class="break" { bdi { "“" (words) "”" } }
                        }
                        span class="soft" {
                            (caller.time(entry.at_unix_ms.0))
                            @if let Some(by) = &entry.by { " · " bdi { (by) } }
                            " · " (entry.seq)
                        }
                    }
                }
            }
        }
    }
}

/// An entry in words, the same as the till's (ui/src/timeline.ts).
fn told(caller: &Caller, entry: &EntryView, detail: &SaleDetail) -> String {
    let fact = |name: &str| entry.facts.get(name).map_or("", String::as_str);
    let amount = match Money::parse(fact("amount"), detail.sale.currency) {
        Ok(amount) => caller.money(amount),
        Err(_) => fact("amount").to_owned(),
    };
    let coin = format!("{} {}", fact("crypto"), fact("network"));
    let coins = match (fact("crypto"), fact("crypto_amount")) {
        ("", _) | (_, "") => "none".to_owned(),
        (crypto, amount) => format!("{amount} {crypto}"),
    };
    let or = |first: &str, second: &str| match fact(first) {
        "" => fact(second).to_owned(),
        text => text.to_owned(),
    };
    let id = match entry.kind.as_str() {
        "invoice_reported" if fact("processing_status") == "processed" => {
            "entry-invoice-settled".to_owned()
        }
        "invoice_reported" if !fact("crypto").is_empty() && fact("is_paid") != "true" => {
            "entry-invoice-chosen".to_owned()
        }
        kind => format!("entry-{}", kind.replace('_', "-")),
    };
    let id = match caller.has(&id) {
        true => id,
        false => "entry-other".to_owned(),
    };
    caller.t_with(
        &id,
        &[
            ("kind", &entry.kind),
            ("amount", &amount),
            (
                "attempt",
                match fact("attempt") {
                    "" => "1",
                    attempt => attempt,
                },
            ),
            ("code", fact("code")),
            ("coin", coin.trim()),
            ("coins", &coins),
            ("status", &or("processing_status", "pay_status")),
            ("way", &or("own", "way")),
            (
                "tender",
                match fact("tender") {
                    "" => "1",
                    tender => tender,
                },
            ),
            ("medium", fact("medium")),
            (
                "outcome",
                match fact("outcome") {
                    "" => "printed",
                    outcome => outcome,
                },
            ),
        ],
    )
}
