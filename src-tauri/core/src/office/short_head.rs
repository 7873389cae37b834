//! A signed head in short: what fits at the foot of a receipt. A customer's paper bears witness by it to what the office
//! held; the whole of it is in `journal.office.json` and at the office.

use serde::Serialize;

use super::kept_head::KeptHead;
use crate::clock::UnixMs;

/// How much of each text is shown.
const OFFICE_CHARACTERS: usize = 8;
const HASH_DIGITS: usize = 16;
const SIGNATURE_CHARACTERS: usize = 12;

/// A signed head in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct ShortHead {
    /// The first characters of the office's public key.
    pub office: String,
    /// The entry that the office has signed.
    pub seq: u64,
    /// The first digits of its hash.
    pub hash: String,
    /// The first characters of the signature.
    pub signature: String,
    /// When the office signed, by its clock.
    pub signed_at_unix_ms: UnixMs,
}

impl KeptHead {
    /// This head in short; `None` before the office has signed an entry.
    pub fn in_short(&self) -> Option<ShortHead> {
        let start = |text: &str, characters| text.chars().take(characters).collect();
        (self.head.seq > 0).then(|| ShortHead {
            office: start(&self.office.0, OFFICE_CHARACTERS),
            seq: self.head.seq,
            hash: start(&self.head.hash.to_string(), HASH_DIGITS),
            signature: start(&self.head.signature, SIGNATURE_CHARACTERS),
            signed_at_unix_ms: UnixMs(self.head.signed_at_unix.saturating_mul(1000)),
        })
    }
}
