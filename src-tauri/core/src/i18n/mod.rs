//! The texts that are printed, on receipts and on reports, and those of the owner's pages. They come from the same message
//! files as the screens' (`ui/messages/`), so that paper, screen and page never differ.

mod language;
mod number_format;

pub use language::Language;
pub use number_format::NumberFormat;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

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
    /// All messages of this language: the cashier's, in English where the language has them not, and the customer's.
    pub fn of(language: Language) -> Self {
        Self::empty(language)
            .with(language.cashiers_source())
            .with(language.customers_source())
    }

    /// What customers read in this language, on receipts above all, and nothing else. Every language has all of it.
    pub fn for_customer(language: Language) -> Self {
        Self::empty(language).with(language.customers_source())
    }

    fn empty(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.id()]);
        // Marks of text direction cannot be printed.
        bundle.set_use_isolating(false);
        Self { language, bundle }
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
    use super::*;

    #[test]
    fn every_file_is_read_to_its_end() {
        for language in Language::ALL.iter().copied() {
            for source in [language.customers_source(), language.cashiers_source()] {
                let read = FluentResource::try_new(source.to_owned());
                assert!(read.is_ok(), "{}", language.tag());
            }
            for messages in [Messages::of(language), Messages::for_customer(language)] {
                assert!(!messages.text("slip-total").contains('-'));
            }
        }
    }

    /// The ids of what is written for customers.
    fn customers_ids() -> Vec<&'static str> {
        let lines = Language::En.customers_source().lines();
        let ids = lines.filter_map(|line| Some(line.split_once(" =")?.0));
        ids.filter(|id| !id.starts_with([' ', '#'])).collect()
    }

    #[test]
    fn customers_read_every_text_in_every_language() {
        assert!(customers_ids().len() > 90);
        for language in Language::ALL.iter().copied() {
            let messages = Messages::for_customer(language);
            for id in customers_ids() {
                assert!(messages.has(id), "{}: {id}", language.tag());
            }
            assert!(!messages.has("settings-save"), "the cashier's");
        }
    }

    #[test]
    fn each_language_counts_by_its_own_rules() {
        let seconds = |language, count: i64| {
            let arguments = [("seconds", FluentValue::from(count))]
                .into_iter()
                .collect();
            Messages::for_customer(language).format("checked-fresh", &arguments)
        };
        assert_eq!(seconds(Language::Pl, 1), "Sprawdzono 1 sekundę temu");
        assert_eq!(seconds(Language::Pl, 22), "Sprawdzono 22 sekundy temu");
        assert_eq!(seconds(Language::Pl, 12), "Sprawdzono 12 sekund temu");
        assert_eq!(seconds(Language::Uk, 21), "Перевірено 21 секунду тому");
        assert_eq!(seconds(Language::Cs, 4), "Ověřeno před 4 sekundami");
        assert_eq!(seconds(Language::Pt, 2), "Verificado há 2 segundos");
        assert_eq!(seconds(Language::Tr, 3), "3 saniye önce denetlendi");
        assert_eq!(seconds(Language::Kk, 1), "1 секунд бұрын тексерілді");
    }
}
