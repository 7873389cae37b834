//! The till's own words, where no screen says them: on receipts and on printed reports. They are the
//! screens' words: one set of message files for both.

mod number_format;

pub use number_format::NumberFormat;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A language that the message files are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English, which is spoken when nothing else fits.
    En,
    /// Russian.
    Ru,
    /// German.
    De,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::En, Self::Ru, Self::De];

    /// The language of a tag (`de`, `de-AT`, `ru_RU`); English for any other.
    pub fn of(tag: &str) -> Self {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "ru" => Self::Ru,
            "de" => Self::De,
            _ => Self::En,
        }
    }

    /// Its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
            Self::De => "de",
        }
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

/// The desktop's language tag, by the variables that POSIX names (Base Definitions, 8.2); empty where
/// they say nothing.
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
    /// Those of `language`.
    pub fn of(language: Language) -> Self {
        let mut bundle = FluentBundle::new(vec![language.id()]);
        // Paper knows no marks of direction.
        bundle.set_use_isolating(false);
        let resource = match FluentResource::try_new(language.source().to_owned()) {
            Ok(resource) => resource,
            // What can be read is there all the same; a test reads each file to its end.
            Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    /// Their language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A message; its name when there is none.
    pub fn say(&self, id: &str) -> String {
        self.say_of(id, &[])
    }

    /// A message with its arguments filled in.
    pub fn say_of(&self, id: &str, arguments: &[(&'static str, &str)]) -> String {
        self.filled(id, &arguments.iter().copied().collect())
    }

    /// A message about so many, `count`, with its other arguments filled in.
    pub fn say_counted<'a>(
        &self,
        id: &str,
        count: impl Into<FluentValue<'a>>,
        arguments: &[(&'static str, &'a str)],
    ) -> String {
        let mut arguments: FluentArgs<'a> = arguments.iter().copied().collect();
        arguments.set("count", count);
        self.filled(id, &arguments)
    }

    fn filled(&self, id: &str, arguments: &FluentArgs<'_>) -> String {
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
        for language in Language::ALL {
            let read = FluentResource::try_new(language.source().to_owned());
            assert!(read.is_ok(), "{}", language.tag());
            assert!(!Messages::of(language).say("slip-total").contains('-'));
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
