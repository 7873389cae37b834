//! What a till says of itself each time that it speaks to its office: what is in no entry because it is no part of the
//! shop's records. It is a small header of a call, which an older office does not look at.

use serde::{Deserialize, Serialize};

use crate::clock::UnixMs;

/// The header's name.
pub const TILL_REPORT: &str = "ringup-till";
/// The longest header that is read, bytes.
const MAX_BYTES: usize = 1024;
/// The longest version that is kept, characters.
const MAX_VERSION_CHARS: usize = 40;

/// What a till says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TillReport {
    /// The version of its program.
    pub version: String,
    /// Its receipt printer.
    #[serde(default)]
    pub printer: ReportedPrinter,
    /// The automatic copies of its journal.
    #[serde(default)]
    pub copies: ReportedCopies,
    /// When the last good copy was made, by the till's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copied_at_unix_ms: Option<UnixMs>,
}

/// How a receipt printer did.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ReportedPrinter {
    /// The till has none.
    None,
    /// It has one, which has not been used since the program was started.
    Unused,
    /// Its last job is printed, or it has it.
    Ready,
    /// It has no paper.
    NoPaper,
    /// Its last job was not printed.
    Failing,
    /// Something that this program does not know.
    #[default]
    #[serde(other)]
    Unknown,
}

/// How the automatic copies are.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ReportedCopies {
    /// No folder is chosen.
    Off,
    /// The first copy is being made.
    Waiting,
    /// The last one is good.
    Good,
    /// The folder is missing.
    FolderMissing,
    /// The last one could not be made.
    Failed,
    /// Something that this program does not know.
    #[default]
    #[serde(other)]
    Unknown,
}

impl TillReport {
    /// The header's text: printable ASCII.
    pub fn to_header(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        text.chars().filter(|c| matches!(c, ' '..='~')).collect()
    }

    /// What a header says; `None`: it cannot be read.
    pub fn from_header(text: &str) -> Option<Self> {
        if text.len() > MAX_BYTES {
            return None;
        }
        let mut report: Self = serde_json::from_str(text).ok()?;
        let version = report.version.chars().filter(|c| matches!(c, '!'..='~'));
        report.version = version.take(MAX_VERSION_CHARS).collect();
        Some(report)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_till_says_is_read_and_what_a_newer_one_says_is_no_trouble() {
        let report = TillReport {
            version: "1.2.3".to_owned(),
            printer: ReportedPrinter::NoPaper,
            copies: ReportedCopies::Good,
            copied_at_unix_ms: Some(UnixMs(7)),
        };
        assert_eq!(TillReport::from_header(&report.to_header()), Some(report));
        let newer = r#"{"version":"9\n<b>","printer":"on_fire","copies":7,"more":1}"#;
        assert_eq!(TillReport::from_header(newer), None);
        let newer = r#"{"version":"9\n<b>","printer":"on_fire","more":1}"#;
        let read = TillReport::from_header(newer).expect("a report");
        assert_eq!(read.version, "9<b>");
        assert_eq!(read.printer, ReportedPrinter::Unknown);
        assert_eq!(read.copies, ReportedCopies::Unknown);
    }

    proptest! {
        #[test]
        fn no_header_is_too_strange(text in "\\PC{0,2000}") {
            TillReport::from_header(&text);
        }
    }
}
