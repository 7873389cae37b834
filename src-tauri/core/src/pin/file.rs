//! The file `pin.json`: the PIN's hash and the wrong tries since the last right one, so that a restart forgives
//! nothing. Only its owner may read it, and it is replaced whole.

use std::io;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::PinError;
use super::hash::PinHash;
use super::tries::Tries;
use crate::files;

/// The version of the file's format.
const FORMAT: u32 = 1;

/// The file's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredPin {
    format: u32,
    hash: PinHash,
    #[serde(flatten)]
    pub(super) tries: Tries,
}

impl StoredPin {
    /// A new PIN's, without a wrong try. Those of the PIN before may not be in the journal yet.
    pub(super) fn new(pin: &SecretString, unrecorded: u32) -> Result<Self, PinError> {
        Ok(Self {
            format: FORMAT,
            hash: PinHash::of(pin)?,
            tries: Tries::none(unrecorded),
        })
    }

    /// Whether this is the PIN. Slow by design.
    pub(super) fn is(&self, pin: &SecretString) -> Result<bool, PinError> {
        self.hash.is_of(pin)
    }
}

#[derive(Debug)]
pub(super) struct PinFile {
    path: PathBuf,
    /// An empty file beside it, which is there as long as a PIN is set: removing `pin.json` alone opens nothing.
    mark: PathBuf,
}

impl PinFile {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self {
            path: folder.join("pin.json"),
            mark: folder.join("pin-is-set"),
        }
    }

    /// The stored PIN; `None` when none is set. A file that cannot be read, or is missing although a PIN was set, is an
    /// error, so that damaging or removing it opens nothing.
    pub(super) fn read(&self) -> Result<Option<StoredPin>, PinError> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return match self.mark.try_exists() {
                    Ok(false) => Ok(None),
                    _ => Err(PinError::Unreadable("it is missing".to_owned())),
                };
            }
            Err(error) => return Err(PinError::Unreadable(error.to_string())),
        };
        let stored: StoredPin =
            serde_json::from_str(&text).map_err(|error| PinError::Unreadable(error.to_string()))?;
        if stored.format != FORMAT {
            let unknown = format!("format {} is not known", stored.format);
            return Err(PinError::Unreadable(unknown));
        }
        self.mark();
        Ok(Some(stored))
    }

    /// Remembers that a PIN is set; also for one that an earlier version has set.
    fn mark(&self) {
        if let Err(error) = files::make_private_file(&self.mark) {
            tracing::warn!(%error, "it cannot be remembered that a PIN is set");
        }
    }

    /// Replaces the file; it is on the disk when this returns.
    pub(super) fn write(&self, stored: &StoredPin) -> Result<(), PinError> {
        serde_json::to_string_pretty(stored)
            .map_err(io::Error::from)
            .and_then(|text| files::replace(&self.path, text.as_bytes()))
            .map_err(|error| PinError::Unwritable(error.to_string()))?;
        self.mark();
        Ok(())
    }

    /// The mark goes first: a power cut in between leaves the PIN in force.
    pub(super) fn remove(&self) -> Result<(), PinError> {
        for path in [&self.mark, &self.path] {
            files::remove(path).map_err(|error| PinError::Unwritable(error.to_string()))?;
        }
        Ok(())
    }
}
