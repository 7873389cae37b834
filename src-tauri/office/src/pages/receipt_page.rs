//! What a customer sees of a receipt on a phone: whether it is paid, what is to be known of it, and all that stands on the
//! paper one, laid out for the screen.

use axum::response::Html;
use maud::{DOCTYPE, Markup, html};

use ringup_core::clock::UnixMs;
use ringup_core::i18n::{Language, NumberFormat};
use ringup_core::receipt::{self, Line, ReceiptData, TextStyle};
use ringup_core::sale::SaleState;

use super::caller::Caller;
use super::icons::{icon, logo};
use super::{assets, texts};

fn text(caller: &Caller, id: &str) -> String {
    texts::of_receipt(caller.language).text(id)
}

fn text_with(caller: &Caller, id: &str, arguments: &[(&'static str, &str)]) -> String {
    texts::of_receipt(caller.language).text_with(id, arguments)
}

/// A receipt that may be opened until then.
pub(super) fn page(
    caller: &Caller,
    data: &ReceiptData,
    token: &str,
    until: UnixMs,
) -> Html<String> {
    let title = text_with(caller, "slip-title", &[("number", &data.label)]);
    let tag = caller.language.tag();
    let file = |form: &str| format!("/r/{token}/receipt.{form}?lang={tag}");
    let until = NumberFormat(caller.language).day(until, &data.zone);
    let body = html! {
        (summary(caller, data))
        section class="card receipt" aria-label=(title) data-testid="receipt" {
            (paper(&receipt::lines(data, texts::of_receipt(caller.language))))
        }
        p class="actions" {
            a class="button" href=(file("pdf")) data-testid="receipt-pdf" { (icon("receipt")) (text(caller, "receipt-as-pdf")) }
            a class="button" href=(file("png")) data-testid="receipt-png" { (icon("save")) (text(caller, "receipt-as-png")) }
        }
        p class="soft" data-testid="receipt-until" { (text_with(caller, "receipt-until", &[("day", &until)])) }
    };
    whole(caller, &title, &body)
}

/// There is no receipt here, perhaps not yet.
pub(super) fn not_here(caller: &Caller) -> Html<String> {
    let title = text(caller, "receipt-none");
    let again = format!("?lang={}", caller.language.tag());
    let body = html! {
        section class="card stack-3" data-testid="receipt-none" {
            h1 { (title) }
            p { (text(caller, "receipt-none-wait")) }
            p { (text(caller, "receipt-none-next")) }
            p { a class="button" href=(again) data-testid="receipt-again" { (text(caller, "receipt-again")) } }
        }
    };
    whole(caller, &title, &body)
}

/// A receipt cannot be shown now.
pub(super) fn problem(caller: &Caller, what: &str, next: &str) -> Html<String> {
    let title = text(caller, what);
    let body = html! {
        section class="card stack-3" data-testid="receipt-problem" {
            h1 { (title) }
            p { (text(caller, next)) }
        }
    };
    whole(caller, &title, &body)
}

/// The page around it. It sends nothing, keeps nothing in the browser and runs no script.
fn whole(caller: &Caller, title: &str, body: &Markup) -> Html<String> {
    let whole = html! {
        (DOCTYPE)
        html lang=(caller.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex, nofollow, noarchive";
                title { (title) }
                link rel="stylesheet" href=(assets::address("pages.css"));
                link rel="icon" href=(assets::address("icon.svg")) type="image/svg+xml";
            }
            body class="alone" {
                header class="banner" { (logo()) span class="name" { "Ringup" } }
                main class="stack-4" { (body) }
                footer { (languages(caller)) }
            }
        }
    };
    Html(whole.into_string())
}

/// The same page in another language: links, because nothing is kept of a customer.
fn languages(caller: &Caller) -> Markup {
    html! {
        nav class="languages" aria-label=(text(caller, "language-choose")) {
            @for language in Language::ALL.iter().copied() {
                a href=(format!("?lang={}", language.tag())) hreflang=(language.tag()) lang=(language.tag())
                    aria-current=[(language == caller.language).then_some("true")] {
                    (language.name())
                }
            }
        }
    }
}

/// Whether it is paid, how much, and what is special about it.
fn summary(caller: &Caller, data: &ReceiptData) -> Markup {
    let sale = &data.sale;
    let left = sale.refundable();
    let refunded = sale.refunded_minor();
    let (state, mark, look) = match (sale.state(), refunded) {
        _ if sale.test() => ("receipt-of-test", "warning", "test"),
        (SaleState::Review, _) => ("receipt-in-question", "waiting", "doubt"),
        (_, 0) => ("receipt-paid", "tick", "paid"),
        _ if left.minor() <= 0 => ("receipt-refunded", "back", "gone"),
        _ => ("receipt-refunded-part", "back", "paid"),
    };
    let time = |at: UnixMs| NumberFormat(caller.language).time(at, &data.zone);
    let mut notes = Vec::new();
    if sale.test() {
        notes.push(text(caller, "receipt-test"));
    }
    if refunded > 0 {
        let refunded = caller.money(sale.amount.with_minor(refunded));
        let left = caller.money(left);
        let sums = [("refunded", refunded.as_str()), ("left", &left)];
        notes.push(text_with(caller, "receipt-refunds", &sums));
    }
    if sale.late() {
        notes.push(text(caller, "receipt-late"));
    }
    if sale.paid_twice() {
        notes.push(text(caller, "receipt-twice"));
    }
    html! {
        section class="receipt-summary stack-3" data-testid="receipt-summary" data-state=(state) {
            h1 class=(look) { (icon(mark)) span { (text(caller, state)) } }
            p class="figure" data-testid="receipt-amount" { (caller.money(sale.amount)) }
            @if let Some(at) = sale.paid_at() { p class="soft" { (time(at)) } }
            @for note in notes {
                p class="notice" data-testid="receipt-note" { (icon("warning")) span { (note) } }
            }
        }
    }
}

/// What stands on the paper. Pairs that follow one another are one list.
fn paper(lines: &[Line]) -> Markup {
    let is_pair = |line: &Line| matches!(line, Line::Pair { .. });
    let blocks = lines.chunk_by(|one, next| is_pair(one) && is_pair(next));
    html! {
        @for block in blocks {
            @match block {
                [Line::Rule] => { hr; }
                [Line::Blank] => { div class="blank" {} }
                [Line::Left(text)] => { p dir="auto" { (text.trim_start()) } }
                [Line::Centre(text, style)] => { p class=(format!("centre {}", class(*style))) dir="auto" { (text) } }
                pairs => {
                    dl {
                        @for line in pairs {
                            @if let Line::Pair { name, amount, style } = line {
                                div class=(format!("{} {}", class(*style), if name.starts_with(' ') { "below" } else { "" })) {
                                    dt dir="auto" { (name.trim_start()) }
                                    dd { (amount) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn class(style: TextStyle) -> &'static str {
    match style {
        TextStyle::Plain => "plain-line",
        TextStyle::Bold => "strong",
        TextStyle::Title => "title",
    }
}
