//! The document: JSON of one object for each section, in one canonical text, so that equal settings have equal digests at
//! office and till.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::{Section, SharedSettings};

/// The largest document, bytes of its text: 500 items take a twentieth of it.
pub const MAX_DOCUMENT_BYTES: usize = 4 * 1024 * 1024;
/// The field of a section that says whether tills may change their own.
const LOCAL: &str = "local";

/// What the office keeps and sends. Its values may be anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Document(Map<String, Value>);

/// Why a text is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// It is longer than a document may be.
    #[error("settings have {MAX_DOCUMENT_BYTES} bytes at most")]
    TooLarge,
    /// It is no JSON object.
    #[error("these are no settings: {0}")]
    Unreadable(String),
}

impl Document {
    /// Reads a text.
    ///
    /// # Errors
    /// [`DocumentError`].
    pub fn parse(text: &[u8]) -> Result<Self, DocumentError> {
        if text.len() > MAX_DOCUMENT_BYTES {
            return Err(DocumentError::TooLarge);
        }
        let unreadable = |error: serde_json::Error| DocumentError::Unreadable(error.to_string());
        serde_json::from_slice(text).map_err(unreadable)
    }

    pub(super) fn of(settings: &SharedSettings) -> Self {
        match serde_json::to_value(settings) {
            Ok(Value::Object(sections)) => Self(sections),
            _ => Self::default(),
        }
    }

    /// Its text: names sorted, without a space.
    pub fn canonical(&self) -> String {
        canonical(&self.0)
    }

    /// SHA-256 of its text, in hex.
    pub fn digest(&self) -> String {
        hex(&self.canonical())
    }

    /// A section, whatever it holds; `None`: it is not shared.
    pub(super) fn section(&self, section: Section) -> Option<&Value> {
        self.0.get(section.as_str())
    }

    /// Whether tills may change a section of their own. A switch that cannot be read is off.
    pub(crate) fn is_local(&self, section: Section) -> bool {
        let switch = self.section(section).and_then(|it| it.get(LOCAL));
        switch == Some(&Value::Bool(true))
    }

    /// Whether a section is shared.
    pub(crate) fn has(&self, section: Section) -> bool {
        self.section(section).is_some()
    }

    /// The digest of what a section holds; the switch is no part of it.
    pub(crate) fn digest_of(&self, section: Section) -> Option<String> {
        let held = match self.section(section)? {
            Value::Object(fields) => {
                let mut fields = fields.clone();
                fields.remove(LOCAL);
                canonical(&fields)
            }
            other => serde_json::to_string(&sorted(other)).unwrap_or_default(),
        };
        Some(hex(&held))
    }
}

fn canonical(fields: &Map<String, Value>) -> String {
    serde_json::to_string(&sorted(&Value::Object(fields.clone()))).unwrap_or_default()
}

/// The same value with the names of each object in their order.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let in_order: BTreeMap<_, _> = fields.iter().collect();
            let fields = in_order.into_iter();
            Value::Object(
                fields
                    .map(|(name, it)| (name.clone(), sorted(it)))
                    .collect(),
            )
        }
        Value::Array(rows) => rows.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

fn hex(text: &str) -> String {
    let digest = Sha256::digest(text);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
