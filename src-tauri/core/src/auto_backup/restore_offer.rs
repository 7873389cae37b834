//! What a till whose journal cannot be opened offers: to put a copy in the journal's place. The copy is examined before
//! it is offered, and put in place only when a person accepts.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{BackupRecord, known_entries, newest_good, till_in_name};
use crate::clock::UnixMs;
use crate::journal::{ExaminedCopy, NewerEntries, RestoreError, RestoreFacts, Restored, examine};
use crate::sale::Purpose;
use crate::settings::Settings;

/// A copy that was examined and can take the journal's place.
#[derive(Debug)]
pub struct RestoreCandidate {
    journal: PathBuf,
    /// How many entries the till has ever known the journal to hold.
    known_entries: u64,
    /// Whose money belongs in the journal's place.
    gateway: Option<String>,
    examined: ExaminedCopy,
    at: UnixMs,
}

/// The copy as it is offered to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct RestoreOffer {
    /// The copy's path.
    pub file: PathBuf,
    /// When it was made, Unix milliseconds.
    pub at_unix_ms: UnixMs,
    /// How many entries it holds.
    pub entries: u64,
    /// How many sales.
    pub sales: u64,
    /// The hash of its last entry, hexadecimal.
    pub head: String,
    /// How many entries of the present journal it lacks. `None`: the present journal cannot be read.
    pub lost: Option<u64>,
    /// It was copied by hand without its log and may lack its last entries.
    pub perhaps_incomplete: bool,
}

impl RestoreCandidate {
    /// The newest good copy in the folder that the settings in `data_dir` name, if there is one. `journal` is the one that
    /// cannot be opened, `gateway` the one whose money belongs in it (`None`: practice).
    pub fn newest(
        data_dir: &Path,
        journal: PathBuf,
        purpose: Purpose,
        gateway: Option<&str>,
        now: UnixMs,
    ) -> Option<Self> {
        let folder = Settings::load(data_dir).backup_folder?;
        let known = BackupRecord::of_journal(&journal).read();
        let till = known.as_ref().and_then(|copy| till_in_name(&copy.file));
        let (examined, at) = newest_good(
            Path::new(&folder),
            till.as_deref(),
            &journal,
            purpose,
            gateway,
            now,
        )?;
        Some(Self {
            known_entries: known_entries(&journal),
            journal,
            gateway: gateway.map(str::to_owned),
            examined,
            at,
        })
    }

    /// The copy in this file.
    ///
    /// # Errors
    /// [`RestoreError`] when it is no copy that could take the journal's place.
    pub fn of_file(
        file: &Path,
        journal: PathBuf,
        purpose: Purpose,
        gateway: Option<&str>,
        now: UnixMs,
    ) -> Result<Self, RestoreError> {
        let examined = examine(&journal, purpose, file, now)?;
        examined.require_gateway(gateway)?;
        let changed = std::fs::metadata(file).and_then(|file| file.modified());
        let since = |at: std::time::SystemTime| at.duration_since(std::time::UNIX_EPOCH).ok();
        let at_ms = changed.ok().and_then(since).map_or(0, |at| at.as_millis());
        Ok(Self {
            known_entries: known_entries(&journal),
            journal,
            gateway: gateway.map(str::to_owned),
            examined,
            at: UnixMs(i64::try_from(at_ms).unwrap_or(i64::MAX)),
        })
    }

    /// The copy as it is offered to a person.
    pub fn offer(&self) -> RestoreOffer {
        let verified = &self.examined.verified;
        RestoreOffer {
            file: self.examined.from.clone(),
            at_unix_ms: self.at,
            entries: verified.entries,
            sales: verified.sales,
            head: verified.head.clone(),
            lost: self.examined.lost,
            perhaps_incomplete: self.examined.perhaps_incomplete,
        }
    }

    /// Puts the copy in the journal's place. The replaced journal is kept under another name.
    ///
    /// # Errors
    /// [`RestoreError`]; nothing was changed then.
    pub fn accept(self, now: UnixMs) -> Result<Restored, RestoreError> {
        let Self {
            journal,
            known_entries,
            gateway,
            examined,
            ..
        } = self;
        let facts = RestoreFacts {
            known_entries,
            other_till: false,
            gateway: gateway.as_deref(),
        };
        examined.restore(&journal, NewerEntries::Lose, facts, now)
    }
}
