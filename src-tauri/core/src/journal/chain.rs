//! Each entry carries the hash of all before it: nothing in the middle can be changed, taken out or
//! put in without every later hash telling.

use sha2::{Digest, Sha256};

use super::error::JournalError;
use crate::sale::Entry;

/// SHA-256 (FIPS 180-4).
pub(super) type Hash = [u8; 32];

/// What the first entry is tied to.
pub(super) const BEFORE_ALL: Hash = [0; 32];

/// `SHA-256(previous hash ‖ body)`.
pub(super) fn next(previous: &Hash, body: &str) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update(body.as_bytes());
    hasher.finalize().into()
}

/// The canonical text of an entry: compact JSON, fields in the order in which [`Entry`] declares
/// them. What is hashed is exactly what is stored.
pub(super) fn canonical(entry: &Entry) -> Result<String, JournalError> {
    serde_json::to_string(entry).map_err(|error| JournalError::Corrupt(error.to_string()))
}

/// A hash as people write it.
pub(super) fn hex(hash: &Hash) -> String {
    use std::fmt::Write as _;
    hash.iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String cannot fail.
            write!(text, "{byte:02x}").ok();
            text
        })
}

/// The last entry: where the chain stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Its number; 0 before all.
    pub seq: u64,
    /// Its hash.
    pub(super) hash: Hash,
}

impl Head {
    /// The hash as people write it.
    pub fn hex(&self) -> String {
        hex(&self.hash)
    }
}
