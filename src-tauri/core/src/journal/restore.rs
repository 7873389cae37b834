//! Restores a copy in place of the journal. The copy is verified first. Entries that it does not hold are given
//! up only if someone says so, and the replaced journal is kept beside the new one under another name.

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use tempfile::TempDir;

use super::backup::{common_entries, open_to_read, perhaps_incomplete};
use super::entries::{corrupt, first_entry, head};
use super::error::JournalError;
use super::file::JournalFile;
use super::gateway::{gateway_in, holds_sale};
use super::noted_head::{note_hex, noted_head_file};
use super::restored::write_restore;
use super::schema;
use super::verify::Verified;
use crate::clock::UnixMs;
use crate::files::{self, with_suffix};
use crate::ids::TillId;
use crate::sale::Purpose;

/// What to do when the journal has entries that the copy does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewerEntries {
    /// Restore nothing.
    Keep,
    /// Restore anyway. The journal that holds them is kept under another name.
    Lose,
}

/// The journal after a restore.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// What it holds.
    #[serde(flatten)]
    pub verified: Verified,
    /// How many entries of the replaced journal it does not hold; `None`: that one could not be read.
    pub lost: Option<u64>,
    /// The replaced journal under its new name; `None`: there was none.
    pub kept: Option<PathBuf>,
    /// The copy may lack its last entries ([`perhaps_incomplete`]). Left out of JSON when there is no doubt.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub perhaps_incomplete: bool,
}

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// Another program has the journal open.
    #[error("another program has the journal open")]
    InUse,
    /// The copy is not a whole journal of this purpose.
    #[error("this copy cannot be used: {0}")]
    Unusable(String),
    /// The journal has entries that the copy does not hold.
    #[error("{count} entries of the journal here are not in the copy")]
    LosesEntries {
        /// How many.
        count: u64,
    },
    /// The journal cannot be read, so it may have entries that the copy does not hold.
    #[error("the journal here cannot be read; it may hold entries that the copy does not")]
    LosesUnknown,
    /// The copy is of another till, and this till has sold something.
    #[error("the copy is of till {copy}, the journal here of till {here}")]
    OtherTill {
        /// The till that wrote the copy.
        copy: TillId,
        /// The till that wrote the journal here.
        here: TillId,
    },
    /// The copy holds another gateway's money than the journal here.
    #[error("the copy holds the money of {copy}, the journal here that of {here}")]
    OtherGateway {
        /// The copy's gateway.
        copy: String,
        /// The gateway of the journal here.
        here: String,
    },
    /// The disk failed, is full, or permission was denied.
    #[error("the journal cannot be written: {0}")]
    Unwritable(#[from] std::io::Error),
}

/// A copy that was verified, ready to be restored.
#[derive(Debug)]
pub struct ExaminedCopy {
    /// The copy's path.
    pub from: PathBuf,
    /// What it holds, in this program's format.
    pub verified: Verified,
    /// How many entries of the journal are not in it; `None`: the journal cannot be read.
    pub lost: Option<u64>,
    /// The gateway whose money the copy holds; `None`: it does not say.
    gateway: Option<String>,
    /// It may lack its last entries ([`perhaps_incomplete`]).
    pub perhaps_incomplete: bool,
    /// The till that wrote the copy, and the one that wrote the journal here, if that is known.
    tills: Tills,
    purpose: Purpose,
    /// The folder of the journal that will replace the present one.
    prepared: TempDir,
}

/// Who wrote a copy, and who wrote the journal that it would replace.
#[derive(Debug, Clone, Copy)]
struct Tills {
    copy: TillId,
    /// `None`: there is no journal, it holds no sale, or it cannot be read.
    here: Option<TillId>,
}

/// What the till knows beyond the two files of a restore.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RestoreFacts<'a> {
    /// How many entries the till has ever known its journal to hold.
    pub known_entries: u64,
    /// Someone asked for another till's journal by name.
    pub other_till: bool,
    /// The gateway whose money belongs in the journal's place; `None`: any.
    pub gateway: Option<&'a str>,
}

/// The name of the journal in [`ExaminedCopy::prepared`].
const PREPARED: &str = "journal.sqlite";

/// Verifies the copy at `from`, which may be of an earlier format, and compares it with the journal at
/// `journal`. Neither file is changed.
///
/// # Errors
/// [`RestoreError::Unusable`] and [`RestoreError::Unwritable`].
pub fn examine(
    journal: &Path,
    purpose: Purpose,
    from: &Path,
    now: UnixMs,
) -> Result<ExaminedCopy, RestoreError> {
    let folder = files::folder_of(journal);
    files::make_private_folder(folder)?;
    let prepared = TempDir::with_prefix_in(".restore-", folder)?;
    let path = prepared.path().join(PREPARED);
    files::copy_private(from, &path).map_err(unusable)?;
    // The copy may have been made by hand from a running till; then its log belongs to it.
    let beside = with_suffix(from, "-wal");
    if beside.exists() {
        files::copy_private(&beside, &with_suffix(&path, "-wal"))?;
    }
    // Compared before it is brought to this program's format, which may add entries.
    let (lost, tills) = compare(journal, &path, purpose)?;
    let file = JournalFile::open(&path, purpose, now).map_err(unusable)?;
    let gateway = gateway_in(&file.connection).map_err(unusable)?;
    let verified = file.verify().map_err(unusable)?.map_err(unusable)?;
    drop(file);
    Ok(ExaminedCopy {
        from: from.to_owned(),
        verified,
        lost,
        gateway: gateway.filter(|_| purpose == Purpose::Live),
        perhaps_incomplete: perhaps_incomplete(from),
        tills,
        purpose,
        prepared,
    })
}

/// Restores the copy at `from` in place of the journal.
///
/// # Errors
/// Every variant of [`RestoreError`]; the journal is unchanged then.
pub fn restore(
    journal: &Path,
    purpose: Purpose,
    from: &Path,
    newer: NewerEntries,
    facts: RestoreFacts<'_>,
    now: UnixMs,
) -> Result<Restored, RestoreError> {
    let folder = files::folder_of(journal);
    files::make_private_folder(folder)?;
    let presence = files::open_lock(&folder.join(files::PRESENCE))?;
    // Held to the end: a program that starts meanwhile waits, and opens the restored journal.
    presence.try_lock().or(Err(RestoreError::InUse))?;
    examine(journal, purpose, from, now)?.replace(journal, newer, facts, now)
}

impl ExaminedCopy {
    /// Refuses a copy of another gateway's journal: its money must not stand in this one's place.
    ///
    /// # Errors
    /// [`RestoreError::OtherGateway`].
    pub(crate) fn require_gateway(&self, here: Option<&str>) -> Result<(), RestoreError> {
        match (&self.gateway, here) {
            (Some(copy), Some(here)) if copy != here => Err(RestoreError::OtherGateway {
                copy: copy.clone(),
                here: here.to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// Restores this copy in place of the journal that it was compared with.
    ///
    /// # Errors
    /// As [`restore`].
    pub fn restore(
        self,
        journal: &Path,
        newer: NewerEntries,
        facts: RestoreFacts<'_>,
        now: UnixMs,
    ) -> Result<Restored, RestoreError> {
        let presence = files::open_lock(&files::folder_of(journal).join(files::PRESENCE))?;
        presence.try_lock().or(Err(RestoreError::InUse))?;
        self.replace(journal, newer, facts, now)
    }

    /// The caller must hold the lock of the journal exclusively.
    fn replace(
        self,
        journal: &Path,
        newer: NewerEntries,
        facts: RestoreFacts<'_>,
        now: UnixMs,
    ) -> Result<Restored, RestoreError> {
        self.require_gateway(facts.gateway)?;
        let Tills { copy, here } = self.tills;
        if let Some(here) = here.filter(|here| *here != copy && !facts.other_till) {
            return Err(RestoreError::OtherTill { copy, here });
        }
        if newer == NewerEntries::Keep {
            match self.lost {
                None => return Err(RestoreError::LosesUnknown),
                Some(0) => {}
                Some(count) => return Err(RestoreError::LosesEntries { count }),
            }
        }
        let path = self.prepared.path().join(PREPARED);
        let verified = match self.lost {
            // The journal goes on as it was: there is nothing to say.
            Some(0) if facts.known_entries <= self.verified.entries => self.verified,
            lost => {
                // Only read: it is kept as it is.
                let replaced = open_to_read(journal).ok();
                // Another till's numbers and invoices are not this journal's.
                let replaced = replaced.filter(|_| here == Some(copy));
                let mut file = JournalFile::open(&path, self.purpose, now).map_err(unusable)?;
                write_restore(
                    &mut file.connection,
                    replaced.as_ref(),
                    self.purpose,
                    lost,
                    facts.known_entries,
                    now,
                )
                .map_err(unusable)?;
                file.verify().map_err(unusable)?.map_err(unusable)?
            }
        };
        // A crash before the restored head is noted leaves none, and none is no alarm.
        files::remove(&noted_head_file(journal))?;
        let kept = replace_file(journal, &path, now)?;
        note_hex(journal, verified.entries, verified.head.clone());
        Ok(Restored {
            verified,
            lost: self.lost,
            kept,
            perhaps_incomplete: self.perhaps_incomplete,
        })
    }
}

/// How many entries of the journal are not in the copy (`None`: unknown), and who wrote the two.
fn compare(
    journal: &Path,
    copy: &Path,
    purpose: Purpose,
) -> Result<(Option<u64>, Tills), RestoreError> {
    let copy = open_to_read(copy).map_err(unusable)?;
    let kind = schema::kind(&copy).map_err(unusable)?;
    if kind == schema::FileKind::Empty {
        return Err(RestoreError::Unusable("it is empty".to_owned()));
    }
    let (till, _) = first_entry(&copy, purpose).map_err(unusable)?;
    if std::fs::metadata(journal).map_or(0, |file| file.len()) == 0 {
        let tills = Tills {
            copy: till,
            here: None,
        };
        return Ok((Some(0), tills));
    }
    let count = || -> Result<(u64, Option<TillId>), JournalError> {
        let here = open_to_read(journal)?;
        schema::set_busy_timeout(&here)?;
        here.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        let last = head(&here)?.seq;
        if last == 0 {
            return Err(JournalError::NotAJournal);
        }
        let here_till = till_of(&here)?;
        if here_till != till {
            // A journal without a sale holds nothing that could be lost.
            return Ok(if holds_sale(&here)? {
                (last, Some(here_till))
            } else {
                (0, None)
            });
        }
        Ok((
            last.saturating_sub(common_entries(&here, &copy)?),
            Some(till),
        ))
    };
    let (lost, here) = match count() {
        Ok((lost, here)) => (Some(lost), here),
        // A damaged journal may still say whose it is.
        Err(_) => (
            None,
            open_to_read(journal).and_then(|here| till_of(&here)).ok(),
        ),
    };
    Ok((lost, Tills { copy: till, here }))
}

/// The till that wrote the first entry of a journal of any purpose and format.
fn till_of(connection: &Connection) -> Result<TillId, JournalError> {
    let till: String = connection.query_row(
        "SELECT body ->> '$.till' FROM entry WHERE seq = 1",
        [],
        |row| row.get(0),
    )?;
    till.parse().map_err(corrupt)
}

/// Replaces the journal by the file `new`, and returns the path under which the old one is kept.
fn replace_file(journal: &Path, new: &Path, now: UnixMs) -> Result<Option<PathBuf>, RestoreError> {
    File::open(new)?.sync_all()?;
    let kept = if journal.exists() {
        // If possible the old journal is moved into one file, so that no step below leaves only a part of it.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if let Ok(old) = Connection::open_with_flags(journal, flags) {
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
    // The log belongs to the old journal; SQLite would apply it to the new one.
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

/// A name for the replaced journal that no file has yet.
fn free_name(journal: &Path, now: UnixMs) -> PathBuf {
    let at = files::time_in_name(now);
    let names = std::iter::once(format!("replaced-{at}.sqlite"))
        .chain((2..).map(|n| format!("replaced-{at}-{n}.sqlite")));
    names
        .map(|name| journal.with_extension(name))
        .find(|path| !path.exists())
        .unwrap_or_else(|| journal.with_extension("replaced.sqlite"))
}

fn unusable(error: impl std::fmt::Display) -> RestoreError {
    RestoreError::Unusable(error.to_string())
}
