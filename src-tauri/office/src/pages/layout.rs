//! What every page has: its head, the ways to the others, and the place for what it shows.

use axum::response::Html;
use maud::{DOCTYPE, Markup, html};

use ringup_core::i18n::Language;

use super::assets;
use super::caller::Caller;
use super::icons::{icon, logo};

/// A page that the bar leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    /// A day of all tills.
    Day,
    /// The book of sales.
    Sales,
    /// The Z reports.
    Closes,
    /// The tills.
    Tills,
    /// Who is signed in.
    Account,
}

const TABS: [(Tab, &str, &str, &str); 5] = [
    (Tab::Day, "/day", "day", "tab-day"),
    (Tab::Sales, "/sales", "book", "tab-sales"),
    (Tab::Closes, "/closes", "receipt", "tab-closes"),
    (Tab::Tills, "/tills", "pad", "tab-tills"),
    (Tab::Account, "/account", "person", "tab-account"),
];

/// A whole page. `tab` is the one of the bar that it belongs to; a page without one has no bar.
pub(super) fn page(caller: &Caller, title: &str, tab: Option<Tab>, body: &Markup) -> Html<String> {
    let has_bar = !caller.owner.is_empty() && tab.is_some();
    let whole = html! {
        (DOCTYPE)
        html lang=(caller.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) " · Ringup" }
                link rel="stylesheet" href=(assets::address("pages.css"));
                link rel="icon" href=(assets::address("icon.svg")) type="image/svg+xml";
                @if has_bar { script src=(assets::address("pages.js")) defer {} }
            }
            body class=(if has_bar { "with-bar" } else { "alone" }) {
                @if has_bar { (bar(caller, tab)) }
                @else { (banner(caller)) }
                main {
                    @if has_bar { p id="line" class="notice" hidden { (caller.t("line-lost")) } }
                    (body)
                }
                @if !has_bar { footer { (languages(caller)) } }
            }
        }
    };
    Html(whole.into_string())
}

fn banner(caller: &Caller) -> Markup {
    html! {
        header class="banner" {
            (logo())
            span class="name" { "Ringup" }
            span class="soft" { (caller.t("back-office-name")) }
        }
    }
}

fn bar(caller: &Caller, tab: Option<Tab>) -> Markup {
    html! {
        nav class="bar" aria-label=(caller.t("pages")) {
            span class="brand" { (logo()) }
            @for (its, address, name, text) in TABS {
                a href=(address) data-testid=(text) aria-current=[(tab == Some(its)).then_some("page")] {
                    (icon(name))
                    span { (caller.t(text)) }
                }
            }
        }
    }
}

/// The choice of a language, for the page that is shown.
pub(super) fn languages(caller: &Caller) -> Markup {
    let name = |language: Language| match language {
        Language::Ru => "language-ru",
        Language::De => "language-de",
        _ => "language-en",
    };
    html! {
        form class="languages" method="post" action="/language" {
            (token(caller))
            input type="hidden" name="back" value=(caller.path);
            @for language in super::texts::LANGUAGES {
                button type="submit" name="language" value=(language.tag()) lang=(language.tag())
                    aria-pressed=(if language == caller.language { "true" } else { "false" }) {
                    (caller.t(name(language)))
                }
            }
        }
    }
}

/// What makes a form one of this browser's.
pub(super) fn token(caller: &Caller) -> Markup {
    html! { input type="hidden" name="token" value=(caller.form_token); }
}

/// What went wrong with a form, above it.
pub(super) fn wrong(caller: &Caller, message: Option<&str>) -> Markup {
    html! {
        @if let Some(message) = message {
            p class="notice bad" role="alert" data-testid="wrong" data-code=(message) {
                (icon("warning")) span { (caller.t(message)) }
            }
        }
    }
}

/// A field with its label and, below it, what to know of it.
pub(super) fn field(caller: &Caller, label: &str, note: Option<&str>, input: &Markup) -> Markup {
    html! {
        label class="field" {
            span class="strong" { (caller.t(label)) }
            (input)
            @if let Some(note) = note { span class="soft" { (caller.t(note)) } }
        }
    }
}
