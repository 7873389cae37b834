//! What office and till say to one another about shared settings.

use serde::{Deserialize, Serialize};

use super::{Document, Refused, Section};

/// A version as the office answers with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsVersion {
    /// Its number, counted from 1; 0: nothing is shared yet.
    pub number: u64,
    /// When it was made, milliseconds since 1970-01-01 UTC by the office's clock.
    pub made_at_unix_ms: i64,
    /// The digest of the settings ([`Document::digest`]).
    pub digest: String,
    /// What it says.
    pub settings: Document,
}

impl SettingsVersion {
    /// By which a till says which version it has, and an office that it is still that one (RFC 9110, 8.8.3).
    pub fn tag(number: u64, digest: &str) -> String {
        let start: String = digest.chars().take(16).collect();
        format!("\"{number}-{start}\"")
    }
}

/// What a till tells of the version that it has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsReport {
    /// Its number.
    pub number: u64,
    /// What it could not take.
    pub refused: Vec<Refused>,
    /// The sections in which it has changes of its own.
    pub changed: Vec<Section>,
}

/// Most refused values that are told: more help nobody.
const MAX_TOLD: usize = 50;
/// Longest text of one of them, characters.
const MAX_CHARS: usize = 120;

impl SettingsReport {
    /// The same, bounded: what is told is for people, and comes from anywhere.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        self.refused.truncate(MAX_TOLD);
        for refused in &mut self.refused {
            for text in [&mut refused.field, &mut refused.problem] {
                *text = text
                    .chars()
                    .filter(|c| !c.is_control())
                    .take(MAX_CHARS)
                    .collect();
            }
        }
        self.changed.sort_unstable();
        self.changed.dedup();
        self
    }
}
