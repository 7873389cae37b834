//! The languages that there are texts in. All have what customers read (`ui/messages/customer/`); some have the cashier's
//! screens too (`ui/messages/`). Which have is said here and in `ui/src/messages.ts`, and tests compare both with the files.

use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A language that customers can be served in.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
    ts_rs::TS,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase", ascii_case_insensitive)]
#[ts(export)]
pub enum Language {
    /// English, used where no other language fits.
    En,
    /// German.
    De,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// Italian.
    It,
    /// Dutch.
    Nl,
    /// Portuguese, as in Portugal.
    Pt,
    /// Polish.
    Pl,
    /// Czech.
    Cs,
    /// Turkish.
    Tr,
    /// Russian.
    Ru,
    /// Ukrainian.
    Uk,
    /// Kazakh, in Cyrillic letters.
    Kk,
}

impl Language {
    /// All of them.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Those that have the cashier's screens.
    pub const SCREENS: [Self; 6] = [Self::En, Self::De, Self::Es, Self::Tr, Self::Ru, Self::Uk];

    /// The language of a tag (`de`, `de-AT`, `ru_RU`), if there is one.
    pub fn known(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        primary.parse().ok()
    }

    /// The language of a tag; English for any other.
    pub fn of(tag: &str) -> Self {
        Self::known(tag).unwrap_or(Self::En)
    }

    /// The language of a tag, if the cashier's screens have it; English for any other.
    pub fn of_screens(tag: &str) -> Self {
        Self::known(tag)
            .filter(|language| language.has_screens())
            .unwrap_or(Self::En)
    }

    /// Whether the cashier's screens are written in it.
    pub fn has_screens(self) -> bool {
        Self::SCREENS.contains(&self)
    }

    /// Its tag: `en`, `pl` …
    pub fn tag(self) -> &'static str {
        self.into()
    }

    pub(super) fn id(self) -> LanguageIdentifier {
        let tag = match self {
            // Its plurals are not those of Brazil.
            Self::Pt => "pt-PT",
            _ => self.tag(),
        };
        // The tags are well formed.
        tag.parse().unwrap_or_default()
    }

    /// Its name in itself, for whoever chooses it.
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
            Self::Es => "Español",
            Self::Fr => "Français",
            Self::It => "Italiano",
            Self::Nl => "Nederlands",
            Self::Pt => "Português",
            Self::Pl => "Polski",
            Self::Cs => "Čeština",
            Self::Tr => "Türkçe",
            Self::Ru => "Русский",
            Self::Uk => "Українська",
            Self::Kk => "Қазақша",
        }
    }

    /// What customers read.
    pub(super) fn customers_source(self) -> &'static str {
        match self {
            Self::En => include_str!("../../../../ui/messages/customer/en.ftl"),
            Self::De => include_str!("../../../../ui/messages/customer/de.ftl"),
            Self::Es => include_str!("../../../../ui/messages/customer/es.ftl"),
            Self::Fr => include_str!("../../../../ui/messages/customer/fr.ftl"),
            Self::It => include_str!("../../../../ui/messages/customer/it.ftl"),
            Self::Nl => include_str!("../../../../ui/messages/customer/nl.ftl"),
            Self::Pt => include_str!("../../../../ui/messages/customer/pt.ftl"),
            Self::Pl => include_str!("../../../../ui/messages/customer/pl.ftl"),
            Self::Cs => include_str!("../../../../ui/messages/customer/cs.ftl"),
            Self::Tr => include_str!("../../../../ui/messages/customer/tr.ftl"),
            Self::Ru => include_str!("../../../../ui/messages/customer/ru.ftl"),
            Self::Uk => include_str!("../../../../ui/messages/customer/uk.ftl"),
            Self::Kk => include_str!("../../../../ui/messages/customer/kk.ftl"),
        }
    }

    /// What the cashier reads; English where the language has it not, which [`Language::has_screens`] tells.
    pub(super) fn cashiers_source(self) -> &'static str {
        match self {
            Self::De => include_str!("../../../../ui/messages/de.ftl"),
            Self::Es => include_str!("../../../../ui/messages/es.ftl"),
            Self::Tr => include_str!("../../../../ui/messages/tr.ftl"),
            Self::Ru => include_str!("../../../../ui/messages/ru.ftl"),
            Self::Uk => include_str!("../../../../ui/messages/uk.ftl"),
            Self::En
            | Self::Fr
            | Self::It
            | Self::Nl
            | Self::Pt
            | Self::Pl
            | Self::Cs
            | Self::Kk => {
                include_str!("../../../../ui/messages/en.ftl")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn a_tag_finds_its_language() {
        assert_eq!(Language::of("de-AT"), Language::De);
        assert_eq!(Language::of("ru_RU.UTF-8"), Language::Ru);
        assert_eq!(Language::of("pt-BR"), Language::Pt);
        assert_eq!(Language::of("zh"), Language::En);
        assert_eq!(Language::of(""), Language::En);
        assert_eq!(Language::known("zh"), None);
        assert_eq!(Language::of_screens("es-MX"), Language::Es);
        assert_eq!(Language::of_screens("fr"), Language::En);
    }

    /// The languages of a folder's message files.
    fn files(folder: &str) -> BTreeSet<String> {
        let messages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/messages");
        let files = std::fs::read_dir(messages.join(folder)).expect("the messages");
        files
            .filter_map(|file| {
                let name = file.ok()?.file_name().into_string().ok()?;
                name.strip_suffix(".ftl").map(str::to_owned)
            })
            .collect()
    }

    #[test]
    fn each_file_is_a_language_and_each_language_has_its_files() {
        let tags = |all: &[Language]| all.iter().map(|it| it.tag().to_owned()).collect();
        assert_eq!(files("customer"), tags(Language::ALL));
        assert_eq!(files(""), tags(&Language::SCREENS));
        for language in Language::ALL.iter().copied() {
            let has_own = language == Language::En
                || language.cashiers_source() != Language::En.cashiers_source();
            assert_eq!(language.has_screens(), has_own, "{}", language.tag());
        }
    }
}
