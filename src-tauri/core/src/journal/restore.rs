//! A copy takes the journal's place: checked first, and never at the price of entries that it does not
//! hold, unless someone says so. What it replaces is kept beside it.

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use serde::Serialize;
use tempfile::TempDir;

use super::backup::{common, existing};
use super::entries::{first_entry, head};
use super::error::JournalError;
use super::file::JournalFile;
use super::schema;
use super::verify::Verified;
use crate::clock::UnixMs;
use crate::files;
use crate::ids::TillId;
use crate::sale::Purpose;

/// What to do about entries that the copy does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewerEntries {
    /// Then nothing is restored.
    Keep,
    /// They go. The journal that holds them is kept under another name.
    Lose,
}

/// The journal after a restore.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// What it holds.
    #[serde(flatten)]
    pub verified: Verified,
    /// How many entries of the one before it does not hold; none: that one could not be read.
    pub lost: Option<u64>,
    /// The one before, under its new name.
    pub kept: Option<PathBuf>,
}

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// Another program has the journal open.
    #[error("another program has the journal open")]
    InUse,
    /// The copy is none.
    #[error("this copy cannot be used: {0}")]
    Unusable(String),
    /// The journal here has entries that the copy does not hold.
    #[error("{count} entries of the journal here are not in the copy")]
    LosesEntries {
        /// How many.
        count: u64,
    },
    /// The journal here cannot be read: nobody knows what it has that the copy does not.
    #[error("the journal here cannot be read; it may hold entries that the copy does not")]
    LosesUnknown,
    /// The copy is another till's, and this one has sold.
    #[error("the copy is another till's")]
    OtherTill,
    /// The disk.
    #[error("the journal cannot be written: {0}")]
    Unwritable(#[from] std::io::Error),
}

/// What a copy holds, found out without touching it.
#[derive(Debug)]
pub struct Examined {
    /// Where it was found.
    pub from: PathBuf,
    /// What it holds, in this program's format.
    pub verified: Verified,
    /// How many entries of the journal here are not in it; none: that journal cannot be read.
    pub lost: Option<u64>,
    same_till: bool,
    /// The copy as it will stand.
    ready: TempDir,
}

/// The name of the journal in [`Examined::ready`].
const READY: &str = "journal.sqlite";

/// Looks at the copy at `from`, which may be of an earlier format: replays it, and compares it with the
/// journal at `journal`. Neither is touched.
///
/// # Errors
/// [`RestoreError::Unusable`], [`RestoreError::Unwritable`].
pub fn examine(
    journal: &Path,
    purpose: Purpose,
    from: &Path,
    now: UnixMs,
) -> Result<Examined, RestoreError> {
    let folder = files::folder_of(journal);
    files::make_private_folder(folder)?;
    let ready = TempDir::with_prefix_in(".restore-", folder)?;
    let path = ready.path().join(READY);
    files::copy_private(from, &path).map_err(unusable)?;
    // A journal that was copied by hand, from under a running till.
    let beside = with_suffix(from, "-wal");
    if beside.exists() {
        files::copy_private(&beside, &with_suffix(&path, "-wal"))?;
    }
    // Before it is brought to this program's format: that adds entries.
    let (lost, same_till) = compare(journal, &path, purpose)?;
    let file = JournalFile::open(&path, purpose, now).map_err(unusable)?;
    let verified = file.verify().map_err(unusable)?.map_err(unusable)?;
    drop(file);
    Ok(Examined {
        from: from.to_owned(),
        verified,
        lost,
        same_till,
        ready,
    })
}

/// Puts the copy at `from` in the place of the journal.
///
/// # Errors
/// [`RestoreError`]; the journal is as it was then.
pub fn restore(
    journal: &Path,
    purpose: Purpose,
    from: &Path,
    newer: NewerEntries,
    now: UnixMs,
) -> Result<Restored, RestoreError> {
    let folder = files::folder_of(journal);
    files::make_private_folder(folder)?;
    let presence = files::open_lock(&folder.join(files::PRESENCE))?;
    // Held to the end: who starts meanwhile waits, and opens the restored one.
    presence.try_lock().or(Err(RestoreError::InUse))?;
    examine(journal, purpose, from, now)?.put(journal, newer, now)
}

impl Examined {
    /// Puts this copy in the place of the journal that it was compared with.
    ///
    /// # Errors
    /// As [`restore`].
    pub fn take_place(
        self,
        journal: &Path,
        newer: NewerEntries,
        now: UnixMs,
    ) -> Result<Restored, RestoreError> {
        let presence = files::open_lock(&files::folder_of(journal).join(files::PRESENCE))?;
        presence.try_lock().or(Err(RestoreError::InUse))?;
        self.put(journal, newer, now)
    }

    /// The caller holds the journal's presence for itself.
    fn put(
        self,
        journal: &Path,
        newer: NewerEntries,
        now: UnixMs,
    ) -> Result<Restored, RestoreError> {
        if newer == NewerEntries::Keep {
            match self.lost {
                None => return Err(RestoreError::LosesUnknown),
                Some(0) => {}
                Some(_) if !self.same_till => return Err(RestoreError::OtherTill),
                Some(count) => return Err(RestoreError::LosesEntries { count }),
            }
        }
        let kept = replace(journal, &self.ready.path().join(READY), now)?;
        Ok(Restored {
            verified: self.verified,
            lost: self.lost,
            kept,
        })
    }
}

/// How many entries of the journal here are not in the copy, and whether one till wrote both.
fn compare(
    journal: &Path,
    copy: &Path,
    purpose: Purpose,
) -> Result<(Option<u64>, bool), RestoreError> {
    let copy = existing(copy).map_err(unusable)?;
    let kind = schema::kind(&copy).map_err(unusable)?;
    if kind == schema::FileKind::Empty {
        return Err(RestoreError::Unusable("it is empty".to_owned()));
    }
    let (till, _) = first_entry(&copy, purpose).map_err(unusable)?;
    if std::fs::metadata(journal).map_or(0, |file| file.len()) == 0 {
        return Ok((Some(0), true));
    }
    let here = || -> Result<(u64, bool), JournalError> {
        let here = existing(journal)?;
        schema::wait_for_others(&here)?;
        here.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        let last = head(&here)?.seq;
        if last == 0 {
            return Err(JournalError::NotAJournal);
        }
        if wrote(&here)? != till {
            // One that was only opened has nothing to lose.
            return Ok((if last == 1 { 0 } else { last }, false));
        }
        Ok((last.saturating_sub(common(&here, &copy)?), true))
    };
    Ok(match here() {
        Ok((lost, same_till)) => (Some(lost), same_till),
        Err(_) => (None, false),
    })
}

/// The till that wrote the first entry, of whatever purpose and format.
fn wrote(connection: &rusqlite::Connection) -> Result<TillId, JournalError> {
    let till: String = connection.query_row(
        "SELECT body ->> '$.till' FROM entry WHERE seq = 1",
        [],
        |row| row.get(0),
    )?;
    serde_json::from_value(serde_json::Value::String(till)).map_err(super::entries::corrupt)
}

/// The new journal takes the place of the old one, which is kept under another name.
fn replace(journal: &Path, new: &Path, now: UnixMs) -> Result<Option<PathBuf>, RestoreError> {
    File::open(new)?.sync_all()?;
    let kept = if journal.exists() {
        // All of it in one file, where it can be: then no moment below leaves less than all.
        if let Ok(old) = existing(journal) {
            let all: Result<i64, _> =
                old.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
            if all.is_err() {
                old.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
                    .ok();
            }
        }
        let kept = free_name(journal, now);
        files::link_or_copy(journal, &kept)?;
        let beside = with_suffix(journal, "-wal");
        if beside.exists() {
            files::link_or_copy(&beside, &with_suffix(&kept, "-wal"))?;
        }
        Some(kept)
    } else {
        None
    };
    let folder = files::folder_of(journal);
    files::sync_folder(folder)?;
    // What stands beside belongs to the old one; SQLite would take it for the new one's.
    for suffix in ["-wal", "-shm"] {
        match std::fs::remove_file(with_suffix(journal, suffix)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    std::fs::rename(new, journal)?;
    files::sync_folder(folder)?;
    Ok(kept)
}

fn free_name(journal: &Path, now: UnixMs) -> PathBuf {
    let at = files::time_in_name(now);
    let names = std::iter::once(format!("replaced-{at}.sqlite"))
        .chain((2..).map(|n| format!("replaced-{at}-{n}.sqlite")));
    names
        .map(|name| journal.with_extension(name))
        .find(|path| !path.exists())
        .unwrap_or_else(|| journal.with_extension("replaced.sqlite"))
}

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn unusable(error: impl std::fmt::Display) -> RestoreError {
    RestoreError::Unusable(error.to_string())
}
