//! The texts that are printed, on receipts and on reports, and those of the owner's pages. They come from the same message
//! files as the screens' (`ui/messages/*.ftl`), so that paper, screen and page never differ.

mod number_format;

pub use number_format::NumberFormat;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A language that the message files are written in.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase", ascii_case_insensitive)]
pub enum Language {
    /// English, used where no other language fits.
    En,
    /// Russian.
    Ru,
    /// German.
    De,
}

impl Language {
    /// The language of a tag (`de`, `de-AT`, `ru_RU`); English for any other.
    pub fn of(tag: &str) -> Self {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        primary.parse().unwrap_or(Self::En)
    }

    /// Its tag: `en`, `ru` or `de`.
    pub fn tag(self) -> &'static str {
        self.into()
    }

    fn id(self) -> LanguageIdentifier {
        // The tags above are well formed.
        self.tag().parse().unwrap_or_default()
    }

    fn source(self) -> &'static str {
        match self {
            Self::En => include_str!("../../../../ui/messages/en.ftl"),
            Self::Ru => include_str!("../../../../ui/messages/ru.ftl"),
            Self::De => include_str!("../../../../ui/messages/de.ftl"),
        }
    }
}

/// The same text with every letter and its accents composed (Unicode NFC), so that equal names are equal bytes.
pub(crate) fn composed(text: &str) -> std::borrow::Cow<'_, str> {
    icu_normalizer::ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// The desktop's language tag, from the environment variables that POSIX names (Base Definitions, 8.2); empty where
/// none is set.
pub fn system_language() -> String {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|value| {
            let language = value.split(['.', '@']).next()?.replace('_', "-");
            (!matches!(language.as_str(), "C" | "POSIX")).then_some(language)
        })
        .unwrap_or_default()
}

/// The messages of one language.
pub struct Messages {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Messages({})", self.language.tag())
    }
}

impl Messages {
    /// The messages of this language.
    pub fn of(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.id()]);
        // Marks of text direction cannot be printed.
        bundle.set_use_isolating(false);
        Self { language, bundle }.with(language.source())
    }

    /// The same and those of this source in the language of message files, for a program that has texts of its own.
    #[must_use]
    pub fn with(mut self, source: &str) -> Self {
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) => resource,
            // Use what could be parsed; a test parses each file to its end.
            Err((resource, _)) => resource,
        };
        self.bundle.add_resource_overriding(resource);
        self
    }

    /// Their language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether there is such a message.
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// The text of a message; its id when there is no such message.
    pub fn text(&self, id: &str) -> String {
        self.text_with(id, &[])
    }

    /// The text of a message with its arguments filled in.
    pub fn text_with(&self, id: &str, arguments: &[(&'static str, &str)]) -> String {
        self.format(id, &arguments.iter().copied().collect())
    }

    /// The text of a message whose form depends on `count`, with its other arguments filled in.
    pub fn text_counted<'a>(
        &self,
        id: &str,
        count: impl Into<FluentValue<'a>>,
        arguments: &[(&'static str, &'a str)],
    ) -> String {
        let mut arguments: FluentArgs<'a> = arguments.iter().copied().collect();
        arguments.set("count", count);
        self.format(id, &arguments)
    }

    fn format(&self, id: &str, arguments: &FluentArgs<'_>) -> String {
        let message = self.bundle.get_message(id);
        let Some(pattern) = message.and_then(|message| message.value()) else {
            tracing::error!(id, "there is no such message");
            return id.to_owned();
        };
        let mut errors = Vec::new();
        self.bundle
            .format_pattern(pattern, Some(arguments), &mut errors)
            .into_owned()
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray as _;

    use super::*;

    #[test]
    fn every_file_is_read_to_its_end() {
        for language in Language::VARIANTS.iter().copied() {
            let read = FluentResource::try_new(language.source().to_owned());
            assert!(read.is_ok(), "{}", language.tag());
            assert!(!Messages::of(language).text("slip-total").contains('-'));
        }
    }

    #[test]
    fn a_tag_finds_its_language() {
        assert_eq!(Language::of("de-AT"), Language::De);
        assert_eq!(Language::of("ru_RU.UTF-8"), Language::Ru);
        assert_eq!(Language::of("fr"), Language::En);
        assert_eq!(Language::of(""), Language::En);
    }
}
