//! Reads the text of an entry.

use ringup_core::sale::{Entry, Event};
use serde::Deserialize;

/// What a text is.
pub(crate) enum Read {
    /// An entry.
    Entry(Box<Entry>),
    /// One of a kind that a newer till writes.
    UnknownKind {
        kind: String,
        /// The sale that it is about.
        sale: Option<String>,
    },
    /// Nothing that this program can read.
    Unreadable,
}

#[derive(Deserialize)]
struct Head {
    kind: String,
    sale: Option<String>,
}

/// The entry of this text.
pub(crate) fn read(body: &str) -> Read {
    if let Ok(entry) = serde_json::from_str(body) {
        return Read::Entry(Box::new(entry));
    }
    match serde_json::from_str::<Head>(body) {
        Ok(Head { kind, sale }) if !Event::is_known(&kind) => Read::UnknownKind { kind, sale },
        _ => Read::Unreadable,
    }
}
