//! A till that cannot be opened is offered a copy of its journal: examined before it is shown, put in
//! place only when a person says so.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::newest_good;
use crate::clock::UnixMs;
use crate::journal::{ExaminedCopy, NewerEntries, RestoreError, Restored, examine};
use crate::sale::Purpose;
use crate::settings::Settings;

/// A copy that could take the journal's place.
#[derive(Debug)]
pub struct Offer {
    journal: PathBuf,
    examined: ExaminedCopy,
    at: UnixMs,
}

/// The same as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct RestoreOffer {
    /// The copy.
    pub file: PathBuf,
    /// When it was made.
    #[ts(type = "number")]
    pub at_unix_ms: UnixMs,
    /// How many entries it holds.
    #[ts(type = "number")]
    pub entries: u64,
    /// How many sales.
    #[ts(type = "number")]
    pub sales: u64,
    /// The hash of its last entry.
    pub head: String,
    /// How many entries of the journal here it does not hold; none: that one cannot be read.
    #[ts(type = "number | null")]
    pub lost: Option<u64>,
}

impl Offer {
    /// The newest good copy in the folder that the settings name, if there is one. `data_dir` is that of
    /// the till, and `journal` the one that cannot be opened.
    pub fn newest(
        data_dir: &Path,
        journal: PathBuf,
        purpose: Purpose,
        now: UnixMs,
    ) -> Option<Self> {
        let folder = Settings::load(data_dir).backup_folder?;
        let (examined, at) = newest_good(Path::new(&folder), &journal, purpose, now)?;
        Some(Self {
            journal,
            examined,
            at,
        })
    }

    /// The copy in this file.
    ///
    /// # Errors
    /// [`RestoreError`] when it is none.
    pub fn of_file(
        file: &Path,
        journal: PathBuf,
        purpose: Purpose,
        now: UnixMs,
    ) -> Result<Self, RestoreError> {
        let examined = examine(&journal, purpose, file, now)?;
        let changed = std::fs::metadata(file).and_then(|file| file.modified());
        let since = |at: std::time::SystemTime| at.duration_since(std::time::UNIX_EPOCH).ok();
        let at_ms = changed.ok().and_then(since).map_or(0, |at| at.as_millis());
        Ok(Self {
            journal,
            examined,
            at: UnixMs(i64::try_from(at_ms).unwrap_or(i64::MAX)),
        })
    }

    /// As a person sees it.
    pub fn view(&self) -> RestoreOffer {
        let verified = &self.examined.verified;
        RestoreOffer {
            file: self.examined.from.clone(),
            at_unix_ms: self.at,
            entries: verified.entries,
            sales: verified.sales,
            head: verified.head.clone(),
            lost: self.examined.lost,
        }
    }

    /// Puts the copy in the journal's place. What it does not hold was shown, and is kept aside.
    ///
    /// # Errors
    /// [`RestoreError`]; nothing was changed then.
    pub fn accept(self, now: UnixMs) -> Result<Restored, RestoreError> {
        let Self {
            journal, examined, ..
        } = self;
        examined.restore(&journal, NewerEntries::Lose, now)
    }
}
