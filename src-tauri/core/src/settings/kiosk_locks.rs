//! What the till remembers beside its settings of how it was locked: a settings' file that is missing or cannot be read
//! must not open a till at which strangers stand.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::KioskSettings;
use crate::files;
use crate::pin;

/// The locks of kiosk mode, as they were when the settings were last read or saved whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KioskLocks {
    pub(super) at_start: bool,
    pub(super) self_service: bool,
}

const LOCKED: KioskLocks = KioskLocks {
    at_start: true,
    self_service: true,
};

impl From<&KioskSettings> for KioskLocks {
    fn from(kiosk: &KioskSettings) -> Self {
        Self {
            at_start: kiosk.at_start,
            self_service: kiosk.self_service,
        }
    }
}

/// The file `kiosk-locks.json`.
#[derive(Debug)]
pub(super) struct KioskLocksFile(PathBuf);

impl KioskLocksFile {
    pub(super) fn in_folder(data_dir: &Path) -> Self {
        Self(data_dir.join("kiosk-locks.json"))
    }

    /// What is remembered; `None` when nothing is. A file that cannot be read counts as locked.
    pub(super) fn read(&self) -> Option<KioskLocks> {
        match std::fs::read(&self.0) {
            Ok(text) => Some(serde_json::from_slice(&text).unwrap_or(LOCKED)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(_) => Some(LOCKED),
        }
    }

    /// The locks of a till whose settings cannot be read. One that remembers nothing may be of an earlier version: it
    /// is locked if it has a PIN, without which no till serves customers alone.
    pub(super) fn when_unreadable(&self) -> KioskLocks {
        let has_pin = || pin::is_known_to_be_set(files::folder_of(&self.0));
        let unknown = || {
            if has_pin() {
                LOCKED
            } else {
                KioskLocks::default()
            }
        };
        self.read().unwrap_or_else(unknown)
    }

    /// Remembers other locks. When that fails, the earlier ones stay.
    pub(super) fn write(&self, locks: KioskLocks) {
        if self.read() == Some(locks) {
            return;
        }
        let written = serde_json::to_vec(&locks)
            .map_err(io::Error::from)
            .and_then(|text| files::replace(&self.0, &text));
        if let Err(error) = written {
            tracing::warn!(%error, "the locks of kiosk mode cannot be remembered");
        }
    }
}
