//! The pages' texts: the till's own messages and those of `ui/messages/office/`, in the language that the owner chose or
//! that the browser asks for; and what the page of a receipt says (`ui/messages/receipt-page/`), in every language that
//! customers are served in.

use std::sync::LazyLock;

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

use ringup_core::i18n::{Language, Messages};

use super::cookies;

/// The languages that the owner's pages are written in.
pub(super) const LANGUAGES: [Language; 3] = [Language::En, Language::De, Language::Ru];

static OWNERS: LazyLock<Vec<Messages>> = LazyLock::new(|| {
    let texts = |language: Language| Messages::of(language).with(source(language));
    LANGUAGES.map(texts).into()
});
static RECEIPTS: LazyLock<Vec<Messages>> = LazyLock::new(|| {
    let texts =
        |language: &Language| Messages::for_customer(*language).with(receipt_source(*language));
    Language::ALL.iter().map(texts).collect()
});

fn source(language: Language) -> &'static str {
    match language {
        Language::Ru => include_str!("../../../../ui/messages/office/ru.ftl"),
        Language::De => include_str!("../../../../ui/messages/office/de.ftl"),
        _ => include_str!("../../../../ui/messages/office/en.ftl"),
    }
}

/// What the page of a receipt says.
fn receipt_source(language: Language) -> &'static str {
    match language {
        Language::En => include_str!("../../../../ui/messages/receipt-page/en.ftl"),
        Language::De => include_str!("../../../../ui/messages/receipt-page/de.ftl"),
        Language::Es => include_str!("../../../../ui/messages/receipt-page/es.ftl"),
        Language::Fr => include_str!("../../../../ui/messages/receipt-page/fr.ftl"),
        Language::It => include_str!("../../../../ui/messages/receipt-page/it.ftl"),
        Language::Nl => include_str!("../../../../ui/messages/receipt-page/nl.ftl"),
        Language::Pt => include_str!("../../../../ui/messages/receipt-page/pt.ftl"),
        Language::Pl => include_str!("../../../../ui/messages/receipt-page/pl.ftl"),
        Language::Cs => include_str!("../../../../ui/messages/receipt-page/cs.ftl"),
        Language::Tr => include_str!("../../../../ui/messages/receipt-page/tr.ftl"),
        Language::Ru => include_str!("../../../../ui/messages/receipt-page/ru.ftl"),
        Language::Uk => include_str!("../../../../ui/messages/receipt-page/uk.ftl"),
        Language::Kk => include_str!("../../../../ui/messages/receipt-page/kk.ftl"),
    }
}

/// The texts of the owner's pages in a language; in English where they have it not.
pub(crate) fn of(language: Language) -> &'static Messages {
    in_language(&OWNERS, language)
}

/// The texts of a receipt and of its page.
pub(super) fn of_receipt(language: Language) -> &'static Messages {
    in_language(&RECEIPTS, language)
}

/// English is the first of each list.
fn in_language(all: &'static LazyLock<Vec<Messages>>, language: Language) -> &'static Messages {
    static NONE: LazyLock<Messages> = LazyLock::new(|| Messages::of(Language::En));
    let known = all.iter().find(|texts| texts.language() == language);
    known.or_else(|| all.first()).unwrap_or(&NONE)
}

/// The language that was chosen, else the first that the browser asks for and that there is, else English.
pub(super) fn language(headers: &HeaderMap) -> Language {
    if let Some(chosen) = cookies::read(headers, cookies::LANGUAGE).and_then(known) {
        return chosen;
    }
    asked_for(headers, known)
}

/// The first language that a customer's browser asks for and that there is, else English.
pub(super) fn language_of_receipt(headers: &HeaderMap) -> Language {
    asked_for(headers, Language::known)
}

fn asked_for(headers: &HeaderMap, known: fn(&str) -> Option<Language>) -> Language {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok());
    let mut wanted: Vec<(u32, Language)> = asked
        .unwrap_or_default()
        .split(',')
        .filter_map(|wish| preference(wish, known))
        .collect();
    wanted.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    wanted
        .first()
        .map_or(Language::En, |(_, language)| *language)
}

/// The language of exactly this tag (`de`, `de-AT`), if the pages have it.
pub(super) fn known(tag: &str) -> Option<Language> {
    Language::known(tag.trim()).filter(|language| LANGUAGES.contains(language))
}

/// One of a browser's wishes, `de-AT;q=0.8`: its weight in thousandths (RFC 9110, 12.4.2) and its language.
fn preference(wish: &str, known: fn(&str) -> Option<Language>) -> Option<(u32, Language)> {
    let mut parts = wish.split(';');
    let language = known(parts.next()?.trim())?;
    let weight = match parts.next().and_then(|it| it.trim().strip_prefix("q=")) {
        None => 1000,
        Some(text) => {
            let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
            let decimals: String = decimals.chars().chain("000".chars()).take(3).collect();
            let whole: u32 = whole.parse().ok()?;
            whole
                .checked_mul(1000)?
                .checked_add(decimals.parse().ok()?)?
        }
    };
    (weight > 0).then_some((weight, language))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use axum::http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn asked(wishes: &'static str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(wishes));
        language(&headers)
    }

    #[test]
    fn the_browsers_first_wish_that_there_is_counts() {
        assert_eq!(asked("de-AT,de;q=0.9,en;q=0.8"), Language::De);
        assert_eq!(asked("fr-FR, en;q=0.3, ru;q=0.7"), Language::Ru);
        assert_eq!(asked("de;q=0, ru;q=0.001"), Language::Ru);
        assert_eq!(asked("fr"), Language::En);
        assert_eq!(language(&HeaderMap::new()), Language::En);
    }

    proptest! {
        #[test]
        fn no_wish_is_too_strange(wish in "\\PC{0,40}") {
            preference(&wish, Language::known);
        }
    }

    /// The ids of a file with the arguments that each takes.
    fn messages(source: &str) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut id = "";
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                id = name;
                assert!(found.insert(id, BTreeSet::new()).is_none(), "{id} twice");
            }
            for part in line.split("{ $").skip(1) {
                let argument = part.split([' ', '}']).next().expect("a name");
                found.entry(id).or_default().insert(argument);
            }
        }
        found
    }

    #[test]
    fn every_language_has_every_text_with_the_same_arguments() {
        let english = messages(source(Language::En));
        for language in [Language::De, Language::Ru] {
            assert_eq!(messages(source(language)), english, "{}", language.tag());
        }
        for language in [Language::En, Language::De, Language::Ru] {
            for id in english.keys() {
                assert_ne!(of(language).text(id), *id, "{}", language.tag());
            }
        }
    }

    #[test]
    fn a_receipt_speaks_every_language_of_customers() {
        let english = messages(receipt_source(Language::En));
        for language in Language::ALL.iter().copied() {
            assert_eq!(
                messages(receipt_source(language)),
                english,
                "{}",
                language.tag()
            );
            for id in english.keys() {
                assert_ne!(of_receipt(language).text(id), *id, "{}", language.tag());
                assert!(!of(Language::En).has(id), "{id} is one of the owner's");
            }
            assert_eq!(of_receipt(language).language(), language);
        }
        let mut headers = HeaderMap::new();
        headers.insert(
            ACCEPT_LANGUAGE,
            HeaderValue::from_static("xx, kk-KZ;q=0.9, ru;q=0.8"),
        );
        assert_eq!(language_of_receipt(&headers), Language::Kk);
        assert_eq!(language(&headers), Language::Ru);
    }

    #[test]
    fn every_text_is_used_and_none_is_missing() {
        let folders = ["pages", "word"].map(|name| {
            let folder = format!("{}/src/{name}", env!("CARGO_MANIFEST_DIR"));
            std::fs::read_dir(folder).expect("a folder of pages or messages")
        });
        let files = folders.into_iter().flatten().filter_map(|file| {
            let path = file.expect("a file").path();
            let is_code = path.extension().is_some_and(|ending| ending == "rs");
            is_code.then(|| std::fs::read_to_string(path).expect("text"))
        });
        let code: String = files.collect();
        for id in messages(source(Language::En)).keys() {
            // Some ids are made of a stable word and its value, as `audit-` and an act's name.
            let is_made = [
                "audit-",
                "edit-",
                "raised-",
                "quarantine-",
                "told-",
                "verdict-",
                "decide-",
                "delivery-",
                "word-kind-",
                "printer-",
                "copies-",
            ]
            .iter()
            .any(|stem| id.starts_with(stem) && code.contains(&format!("\"{stem}{{")));
            assert!(code.contains(&format!("\"{id}\"")) || is_made, "{id}");
        }
        let tills = concat!(
            include_str!("../../../../ui/messages/en.ftl"),
            include_str!("../../../../ui/messages/customer/en.ftl")
        );
        let page = receipt_source(Language::En);
        for id in messages(page).keys() {
            assert!(code.contains(&format!("\"{id}\"")), "{id}");
        }
        let all = format!("{}{page}{tills}", source(Language::En));
        for call in [".t(\"", "t_with(\"", "t_counted(\""] {
            for part in code.split(call).skip(1) {
                let id = part.split('"').next().expect("an id");
                assert!(all.contains(&format!("\n{id} =")), "{id}");
            }
        }
        // The till's texts keep their meaning here.
        for id in messages(source(Language::En)).keys() {
            assert!(
                !tills.contains(&format!("\n{id} =")),
                "{id} is one of the till's"
            );
        }
    }
}
