//! What a printer can say of itself. Printers differ, and asking one for what it never answers costs seconds at each
//! receipt. So each question is tried once, and what came of it is kept in `printer.json`; the test page asks anew.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::PrinterPort;
use crate::files;

/// Whether a printer answers a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ability {
    /// It was not asked yet.
    #[default]
    Unknown,
    /// It has answered.
    Yes,
    /// It was asked and did not answer.
    No,
}

/// What a printer can say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Abilities {
    /// Whether it can print now (DLE EOT).
    pub status: Ability,
    /// That a job is printed (GS r).
    pub job_end: Ability,
}

/// The file `printer.json`: the abilities of the printer that was used last.
#[derive(Debug)]
pub(crate) struct AbilitiesFile {
    path: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Content {
    printer: PrinterPort,
    #[serde(flatten)]
    abilities: Abilities,
}

impl AbilitiesFile {
    pub(crate) fn in_folder(data_dir: &Path) -> Self {
        Self {
            path: data_dir.join("printer.json"),
        }
    }

    /// What is known of this printer: nothing, when the file is about another, or cannot be read.
    pub(crate) fn read(&self, printer: &PrinterPort) -> Abilities {
        let text = std::fs::read_to_string(&self.path).unwrap_or_default();
        match serde_json::from_str::<Content>(&text) {
            Ok(content) if content.printer == *printer => content.abilities,
            _ => Abilities::default(),
        }
    }

    /// Keeps what is known of this printer. Without the file it is asked again, so an error is only logged.
    pub(crate) fn write(&self, printer: &PrinterPort, abilities: Abilities) {
        let content = Content {
            printer: printer.clone(),
            abilities,
        };
        let written = serde_json::to_vec_pretty(&content)
            .map_err(std::io::Error::from)
            .and_then(|text| files::replace(&self.path, &text));
        if let Err(error) = written {
            tracing::warn!(%error, "what the printer can say is not kept");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_of_one_printer() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = AbilitiesFile::in_folder(folder.path());
        let printer = |port| PrinterPort::Network {
            host: "printer".to_owned(),
            port,
        };
        assert_eq!(file.read(&printer(1)), Abilities::default());
        let abilities = Abilities {
            status: Ability::Yes,
            job_end: Ability::No,
        };
        file.write(&printer(1), abilities);
        assert_eq!(file.read(&printer(1)), abilities);
        assert_eq!(file.read(&printer(2)), Abilities::default());
        for broken in ["", "{", "[]", r#"{"printer":1,"status":"yes"}"#] {
            std::fs::write(folder.path().join("printer.json"), broken).expect("written");
            assert_eq!(file.read(&printer(1)), Abilities::default(), "{broken}");
        }
    }
}
