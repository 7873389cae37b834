//! What this till has taken: `shared-settings.json`, readable by its user alone because PINs' hashes are in it. It is written
//! before the till's own files change and once more after, so that a till which ends in between finishes at its next start,
//! with or without the office.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Document, MAX_DOCUMENT_BYTES, Refused, Section, SettingsVersion};
use crate::clock::UnixMs;
use crate::files;
use crate::office::PublicKey;

/// A version on its way into the till's own files, or in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Taken {
    /// By which key the office signs that it came from: another office's settings are others.
    pub(crate) office: PublicKey,
    /// Its number.
    pub(crate) number: u64,
    /// Its digest.
    pub(crate) digest: String,
    /// When it came.
    pub(crate) at_unix_ms: UnixMs,
    /// Whether it is in the till's own files.
    pub(crate) applied: bool,
    /// The digest of each section as it was taken last.
    pub(crate) sections: BTreeMap<Section, String>,
    /// What could not be read.
    pub(crate) refused: Vec<Refused>,
    /// The whole of it.
    pub(crate) document: Document,
}

impl Taken {
    /// By which the office knows it.
    pub(crate) fn tag(&self) -> String {
        SettingsVersion::tag(self.number, &self.digest)
    }

    /// Whether a till may not change a section.
    pub(crate) fn locks(&self, section: Section) -> bool {
        self.document.has(section) && !self.document.is_local(section)
    }
}

/// The file.
#[derive(Debug)]
pub(crate) struct TakenFile {
    path: PathBuf,
}

impl TakenFile {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self {
            path: folder.join("shared-settings.json"),
        }
    }

    /// What was taken from this office. A file that cannot be read is as none: the office has it all.
    pub(crate) fn read(&self, office: &PublicKey) -> Option<Taken> {
        let most = u64::try_from(MAX_DOCUMENT_BYTES * 2).unwrap_or(u64::MAX);
        let length = std::fs::metadata(&self.path).ok()?.len();
        let read = || -> Result<Taken, String> {
            if length > most {
                return Err("it is too long".to_owned());
            }
            let text = std::fs::read(&self.path).map_err(|error| error.to_string())?;
            serde_json::from_slice(&text).map_err(|error| error.to_string())
        };
        match read() {
            Ok(taken) => (taken.office == *office).then_some(taken),
            Err(error) => {
                tracing::warn!(%error, "what was taken from the back office cannot be read");
                None
            }
        }
    }

    /// Writes it down.
    pub(crate) fn write(&self, taken: &Taken) -> io::Result<()> {
        let text = serde_json::to_vec(taken)?;
        files::replace(&self.path, &text)?;
        Ok(())
    }

    /// Forgets it.
    pub(crate) fn remove(&self) -> io::Result<()> {
        files::remove(&self.path)?;
        Ok(())
    }
}
