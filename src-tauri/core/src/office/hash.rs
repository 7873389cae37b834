//! An entry's hash as it travels and is kept: 64 hexadecimal digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::journal::{self, Hash};

/// How many digits are shown.
const SHORT_DIGITS: usize = 16;

/// The hash of an entry, in a chain (docs/journal.md, *Entries*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct EntryHash(pub Hash);

impl EntryHash {
    /// What the first entry of a journal is chained to.
    pub const BEFORE_FIRST: Self = Self(journal::BEFORE_FIRST);

    /// The hash of the entry of this text after the one of this hash.
    #[must_use]
    pub fn next(self, body: &str) -> Self {
        Self(journal::next_hash(&self.0, body))
    }

    /// Its first digits, which name an entry well enough for people.
    pub fn short(self) -> String {
        let digits = self.to_string();
        digits.chars().take(SHORT_DIGITS).collect()
    }
}

impl fmt::Display for EntryHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&journal::hex(&self.0))
    }
}

impl From<EntryHash> for String {
    fn from(hash: EntryHash) -> Self {
        hash.to_string()
    }
}

/// The text is no hash of 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no hash of 64 hexadecimal digits")]
pub struct NotAHash;

impl FromStr for EntryHash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let mut hash = [0; 32];
        let is_hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_hex {
            return Err(NotAHash);
        }
        for (byte, digits) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).or(Err(NotAHash))?;
            *byte = u8::from_str_radix(digits, 16).or(Err(NotAHash))?;
        }
        Ok(Self(hash))
    }
}

impl TryFrom<String> for EntryHash {
    type Error = NotAHash;

    fn try_from(text: String) -> Result<Self, NotAHash> {
        text.parse()
    }
}
