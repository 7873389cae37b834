//! The folder of automatic copies of the journal: how a copy is named, which ones are kept, which is the newest good
//! one. The till touches no file there that it did not write.

mod restore_offer;
mod retention;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use restore_offer::{RestoreCandidate, RestoreOffer};

use crate::calendar::{Zone, day_of};
use crate::clock::UnixMs;
use crate::error::Fault;
use crate::files;
use crate::ids::TillId;
use crate::journal::{
    ExaminedCopy, JournalError, NotedHead, entries_if_prefix, entry_count, examine, goes_on_from,
    noted_head_file,
};
use crate::sale::Purpose;

/// The state of the automatic copies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct BackupState {
    /// The state in a word.
    pub status: BackupStatus,
    /// The folder for the copies. `None`: none was chosen.
    pub folder: Option<String>,
    /// The last copy that was written and verified, even if it is out of reach now.
    pub last_good: Option<GoodCopy>,
    /// Why no copy was made since.
    pub fault: Option<Fault>,
}

/// The state of the automatic copies in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum BackupStatus {
    /// No folder was chosen: no copies are made.
    Off,
    /// A folder was chosen; its first copy is being made.
    Waiting,
    /// The last copy is good, and none is overdue.
    Good,
    /// The folder is missing, like a USB stick that was pulled out.
    FolderMissing,
    /// The last copy could not be written, or was not whole.
    Failed,
}

/// A copy that was written and verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct GoodCopy {
    /// Its path.
    pub file: PathBuf,
    /// When it was made, Unix milliseconds.
    pub at_unix_ms: UnixMs,
    /// How many entries it holds.
    pub entries: u64,
    /// The hash of the last entry, hexadecimal.
    pub head: String,
    /// Its folder cannot be flushed, as on some network shares: a power cut soon after may have taken its name away.
    #[serde(default)]
    pub unflushed: bool,
}

/// The file `backup.json`, or another gateway's, which remembers the last good copy while its folder is out of reach.
#[derive(Debug)]
pub(crate) struct BackupRecord {
    path: PathBuf,
}

impl BackupRecord {
    /// The record of this journal's copies: `backup.json` beside `journal.sqlite`; beside another gateway's
    /// `journal@….sqlite` a `backup@….json`.
    pub(crate) fn of_journal(journal: &Path) -> Self {
        let stem = journal.file_stem().unwrap_or_default().to_string_lossy();
        let whose = stem.strip_prefix("journal").unwrap_or_default();
        Self {
            path: journal.with_file_name(format!("backup{whose}.json")),
        }
    }

    pub(crate) fn read(&self) -> Option<GoodCopy> {
        let text = std::fs::read_to_string(&self.path).ok()?;
        serde_json::from_str(&text).ok()
    }

    pub(crate) fn write(&self, copy: &GoodCopy) -> std::io::Result<()> {
        files::replace(&self.path, &serde_json::to_vec_pretty(copy)?)?;
        Ok(())
    }
}

/// A file that is named as a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
struct CopyFile {
    path: PathBuf,
    at: UnixMs,
}

/// How many entries the till has ever known this journal to hold, by its last good copy and by the head that it noted
/// down.
pub fn known_entries(journal: &Path) -> u64 {
    let copied = BackupRecord::of_journal(journal).read();
    let noted = NotedHead::of_journal(journal);
    let copied = copied.map_or(0, |copy| copy.entries);
    noted.map_or(0, |noted| noted.entries).max(copied)
}

/// Whether a journal goes on from what is known of it elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum History {
    /// Nothing is known of it.
    Unknown,
    /// It goes on from a state of this many entries.
    Continues(u64),
    /// Its end was cut off, or another file was put in its place.
    Broken {
        /// The file that knows more.
        file: PathBuf,
        /// How many entries there were.
        entries: u64,
    },
}

/// Compares the journal in this file with its last good copy and with the head that was noted down.
///
/// # Errors
/// What SQLite reports of the journal.
pub fn check_history(journal: &Path) -> Result<History, JournalError> {
    let copied = BackupRecord::of_journal(journal).read();
    let copied = copied.map(|copy| (copy.file, copy.entries, copy.head, Some(copy.at_unix_ms)));
    let noted = NotedHead::of_journal(journal)
        .map(|noted| (noted_head_file(journal), noted.entries, noted.head, None));
    let mut history = History::Unknown;
    for (file, entries, head, at) in copied.into_iter().chain(noted) {
        if !goes_on_from(journal, entries, &head, at)? {
            return Ok(History::Broken { file, entries });
        }
        history = match history {
            History::Continues(more) if more > entries => history,
            _ => History::Continues(entries),
        };
    }
    Ok(history)
}

const NAME_PREFIX: &str = "ringup-";
const NAME_SUFFIX: &str = ".sqlite";

/// The name of a copy of this till's journal: `ringup-1c9d2a7e-20261121T093012Z.sqlite`.
pub(crate) fn copy_name(till: TillId, at: UnixMs) -> String {
    let (till, at) = (short_id(till), files::time_in_name(at));
    format!("{NAME_PREFIX}{till}-{at}{NAME_SUFFIX}")
}

fn short_id(till: TillId) -> String {
    till.to_string().chars().take(8).collect()
}

/// The short id of the till that a copy is named after.
fn till_in_name(copy: &Path) -> Option<String> {
    let name = copy.file_name()?.to_str()?;
    parse_name(name, None)?;
    let (till, _) = name.strip_prefix(NAME_PREFIX)?.split_once('-')?;
    Some(till.to_owned())
}

/// The copies in a folder, newest by their names first: those of the till with this short id, or with `None` any
/// till's.
fn list_copies(folder: &Path, till: Option<&str>) -> std::io::Result<Vec<CopyFile>> {
    let mut copies = Vec::new();
    for file in std::fs::read_dir(folder)? {
        let file = file?;
        let name = file.file_name();
        // The till writes no folder and no link under such a name.
        if !file.file_type()?.is_file() {
            continue;
        }
        if let Some(at) = name.to_str().and_then(|name| parse_name(name, till)) {
            let path = file.path();
            copies.push(CopyFile { path, at });
        }
    }
    copies.sort_by_key(|copy| std::cmp::Reverse(copy.at));
    Ok(copies)
}

/// When a copy of this name was made, if it is one.
fn parse_name(name: &str, till: Option<&str>) -> Option<UnixMs> {
    let (of, at) = name
        .strip_prefix(NAME_PREFIX)?
        .strip_suffix(NAME_SUFFIX)?
        .split_once('-')?;
    let theirs = of.len() == 8 && of.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !theirs || till.is_some_and(|till| till != of) {
        return None;
    }
    let at_time = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", at).ok()?;
    let moment = at_time.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    let moment = UnixMs(moment.timestamp().as_millisecond());
    // Only the exact name that the till writes counts, so that no other file is taken for a copy.
    (files::time_in_name(moment) == at).then_some(moment)
}

/// Deletes this till's copies that the rule of [`retention`] does not keep, and files that a power cut left unfinished.
/// A copy is deleted only when `newest`, which was just written, holds all that it holds: a copy of another past is
/// the only witness of it. Copies are ordered by what they hold, because a clock that was ahead gives wrong names.
///
/// # Errors
/// Those of the file system.
pub(crate) fn prune(
    folder: &Path,
    till: TillId,
    newest: &Path,
    zone: &Zone,
) -> std::io::Result<()> {
    let mut copies = Vec::new();
    for copy in list_copies(folder, Some(&short_id(till)))? {
        if let Ok(Some(entries)) = entries_if_prefix(&copy.path, newest) {
            copies.push((entries, copy));
        }
    }
    copies.sort_by_key(|(entries, copy)| std::cmp::Reverse((*entries, copy.path == newest)));
    let days: Vec<_> = copies
        .iter()
        .map(|(_, copy)| day_of(copy.at, zone))
        .collect();
    for ((_, copy), keep) in copies.iter().zip(retention::keep(&days)) {
        if !keep && copy.path != newest {
            std::fs::remove_file(&copy.path)?;
        }
    }
    files::remove_abandoned(folder)
}

/// The newest copy in a folder that verifies, and when it was made: of the till with this short id. When that is not
/// known, because a broken journal may not tell whose it is, the folder must hold one till's copies alone. A copy of
/// another gateway's journal is passed over.
pub(crate) fn newest_good(
    folder: &Path,
    till: Option<&str>,
    journal: &Path,
    purpose: Purpose,
    gateway: Option<&str>,
    now: UnixMs,
) -> Option<(ExaminedCopy, UnixMs)> {
    let copies = list_copies(folder, till).unwrap_or_default();
    let tills: BTreeSet<_> = copies.iter().map(|copy| till_in_name(&copy.path)).collect();
    if tills.len() > 1 {
        return None;
    }
    let mut copies: Vec<_> = copies
        .into_iter()
        .map(|copy| (entry_count(&copy.path).unwrap_or(0), copy))
        .collect();
    copies.sort_by_key(|(entries, copy)| std::cmp::Reverse((*entries, copy.at)));
    copies.into_iter().map(|(_, copy)| copy).find_map(|copy| {
        let examined = examine(journal, purpose, &copy.path, now);
        match examined.and_then(|it| it.require_gateway(gateway).map(|()| it)) {
            Ok(examined) => Some((examined, copy.at)),
            Err(error) => {
                tracing::warn!(%error, copy = %copy.path.display(), "this copy is skipped");
                None
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_till_named_is_a_copy() {
        let till = TillId::new();
        let name = copy_name(till, UnixMs(1_795_253_412_000));
        assert!(name.ends_with("-20261121T093012Z.sqlite"), "{name}");
        assert_eq!(
            parse_name(&name, Some(&short_id(till))),
            Some(UnixMs(1_795_253_412_000))
        );
        assert_eq!(parse_name(&name, None), Some(UnixMs(1_795_253_412_000)));
        assert_eq!(parse_name(&name, Some("00000000")), None);
        assert_eq!(till_in_name(Path::new(&name)), Some(short_id(till)));
        for other in [
            "ringup.sqlite",
            "ringup-20261121T093012Z.sqlite",
            "ringup-1c9d2a7e-20261121T093012Z.sqlite.old",
            "ringup-1c9d2a7e-2026-11-21.sqlite",
            "ringup-1c9d2a7e-20261321T093012Z.sqlite",
            "ringup-1c9d2a7e-20261121T093060Z.sqlite",
            "ringup-1c9d2a7e-20261121T93012Z.sqlite",
            "ringup-mine-20261121T093012Z.sqlite",
            "my ringup-1c9d2a7e-20261121T093012Z.sqlite",
        ] {
            assert_eq!(parse_name(other, None), None, "{other}");
        }
    }
}
