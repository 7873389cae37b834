//! The secret in the address at which the office hears the gateway's webhook. Whoever knows it can hint at invoices, and no
//! more; it keeps strangers from doing that.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Its characters: 128 random bits at least, in letters that need no escape in an address.
const CHARS: std::ops::RangeInclusive<usize> = 22..=64;

/// The secret. No `Debug` shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct HookSecret(String);

impl HookSecret {
    /// The secret of this text; `None`: it may be none.
    pub fn read(text: &str) -> Option<Self> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let fits = CHARS.contains(&text.len()) && text.chars().all(is_plain);
        fits.then(|| Self(text.to_owned()))
    }

    /// The path of the office at which the gateway may call.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/hook/{}", self.0)
    }
}

impl TryFrom<String> for HookSecret {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::read(&text).ok_or("no secret of a webhook")
    }
}

impl From<HookSecret> for String {
    fn from(secret: HookSecret) -> Self {
        secret.0
    }
}

impl fmt::Debug for HookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HookSecret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_long_plain_and_not_shown() {
        let secret = HookSecret::read("aB3-_aB3-_aB3-_aB3-_aB").expect("a secret");
        assert_eq!(secret.path(), "/hook/aB3-_aB3-_aB3-_aB3-_aB");
        assert_eq!(format!("{secret:?}"), "HookSecret");
        let long = "a".repeat(65);
        for text in [
            "",
            "short",
            "a/../../../../../../../b",
            "with space with space w",
            &long,
        ] {
            assert_eq!(HookSecret::read(text), None, "{text}");
        }
    }
}
