//! The pages' texts: the till's own messages and those of `ui/messages/office/`, in the language that the owner chose or
//! that the browser asks for.

use std::sync::LazyLock;

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

use ringup_core::i18n::{Language, Messages};

use super::cookies;

/// The languages that the owner's pages are written in.
pub(super) const LANGUAGES: [Language; 3] = [Language::En, Language::De, Language::Ru];

static ENGLISH: LazyLock<Messages> = LazyLock::new(|| texts(Language::En));
static RUSSIAN: LazyLock<Messages> = LazyLock::new(|| texts(Language::Ru));
static GERMAN: LazyLock<Messages> = LazyLock::new(|| texts(Language::De));

fn texts(language: Language) -> Messages {
    Messages::of(language).with(source(language))
}

fn source(language: Language) -> &'static str {
    match language {
        Language::Ru => include_str!("../../../../ui/messages/office/ru.ftl"),
        Language::De => include_str!("../../../../ui/messages/office/de.ftl"),
        _ => include_str!("../../../../ui/messages/office/en.ftl"),
    }
}

/// The texts of a language.
pub(super) fn of(language: Language) -> &'static Messages {
    match language {
        Language::Ru => &RUSSIAN,
        Language::De => &GERMAN,
        _ => &ENGLISH,
    }
}

/// The language that was chosen, else the first that the browser asks for and that there is, else English.
pub(super) fn language(headers: &HeaderMap) -> Language {
    if let Some(chosen) = cookies::read(headers, cookies::LANGUAGE).and_then(known) {
        return chosen;
    }
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok());
    let mut wanted: Vec<(u32, Language)> = asked
        .unwrap_or_default()
        .split(',')
        .filter_map(preference)
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
fn preference(wish: &str) -> Option<(u32, Language)> {
    let mut parts = wish.split(';');
    let language = known(parts.next()?)?;
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
            preference(&wish);
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
    fn every_text_is_used_and_none_is_missing() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/pages");
        let files = std::fs::read_dir(folder)
            .expect("the pages")
            .filter_map(|file| {
                let path = file.expect("a file").path();
                let is_code = path.extension().is_some_and(|ending| ending == "rs");
                is_code.then(|| std::fs::read_to_string(path).expect("text"))
            });
        let code: String = files.collect();
        for id in messages(source(Language::En)).keys() {
            // Some ids are made of a stable word and its value, as `audit-` and an act's name.
            let is_made = ["audit-", "raised-", "quarantine-", "edit-"]
                .iter()
                .any(|stem| id.starts_with(stem) && code.contains(&format!("\"{stem}{{")));
            assert!(code.contains(&format!("\"{id}\"")) || is_made, "{id}");
        }
        let tills = concat!(
            include_str!("../../../../ui/messages/en.ftl"),
            include_str!("../../../../ui/messages/customer/en.ftl")
        );
        let all = format!("{}{tills}", source(Language::En));
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
