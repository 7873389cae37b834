//! The hash chain: each entry is stored with a hash over its text and the hash of the entry before. Nothing
//! can be changed, removed or inserted without every later hash being wrong (docs/journal.md, *Entries*).

use sha2::{Digest, Sha256};

use super::entries::corrupt;
use super::error::JournalError;
use crate::breaks::{self, Break};
use crate::sale::Entry;

/// A SHA-256 hash (FIPS 180-4).
pub(crate) type Hash = [u8; 32];

/// The hash that the first entry is chained to.
pub(crate) const BEFORE_FIRST: Hash = [0; 32];

/// `SHA-256(previous hash ‖ body)`.
pub(crate) fn next(previous: &Hash, body: &str) -> Hash {
    let mut hasher = Sha256::new();
    if !breaks::is(Break::HashAlone) {
        hasher.update(previous);
    }
    hasher.update(body.as_bytes());
    hasher.finalize().into()
}

/// The canonical text of an entry: compact JSON, fields in the order in which [`Entry`] declares them. The text
/// that is hashed is exactly the text that is stored.
pub(super) fn canonical(entry: &Entry) -> Result<String, JournalError> {
    serde_json::to_string(entry).map_err(corrupt)
}

/// A hash as 64 hexadecimal digits.
pub(crate) fn hex(hash: &Hash) -> String {
    use std::fmt::Write as _;
    hash.iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String cannot fail.
            write!(text, "{byte:02x}").ok();
            text
        })
}

/// How many hexadecimal digits of a hash are printed for people.
const SHORT_DIGITS: usize = 16;

/// The last entry: where the chain ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Its number; 0 in an empty file.
    pub seq: u64,
    /// Its hash.
    pub(crate) hash: Hash,
}

impl Head {
    /// The hash as 64 hexadecimal digits.
    pub fn hex(&self) -> String {
        hex(&self.hash)
    }

    /// Its first 16 digits, which name an entry well enough for people: `ringup verify --since` takes them.
    pub fn short(&self) -> String {
        self.hex().chars().take(SHORT_DIGITS).collect()
    }
}
