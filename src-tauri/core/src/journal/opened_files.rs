//! Whether what lies at the journal's path is still what the till has open. A sync client, a copy that is put back or
//! a cleaning hand may replace the file, its log (`-wal`) or the shared memory beside it (`-shm`) under an open till:
//! what the till writes then is in no file that anybody finds again.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::backup::open_to_read;
use super::chain::{self, Head};
use super::entries::{check_tail, first_entry, hash_of};
use super::error::JournalError;
use super::file::JournalFile;
use super::schema;
use crate::files::{FileState, file_state, with_suffix};
use crate::ids::TillId;
use crate::sale::Purpose;

/// How many entries, spread over the whole journal, are compared with their hashes after somebody wrote to the file.
const SAMPLES: u64 = 64;
/// Up to this many pages the whole file's structure is checked as well, a few milliseconds.
const CHECKED_PAGES: i64 = 1000;

/// What SQLite has open beside the journal, by the endings of the names.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// Where a journal was opened, and which files lay there.
#[derive(Debug)]
pub(super) struct OpenedFiles {
    path: PathBuf,
    /// Where a link at `path` led: SQLite keeps its files beside that.
    real: PathBuf,
    main: FileState,
    companions: [Option<FileState>; 2],
}

/// What lies at a journal's path: the file, and the files beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FilesNow {
    main: Option<FileState>,
    companions: [Option<FileState>; 2],
}

/// What became of the open journal's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    /// Nothing.
    Same,
    /// Somebody wrote into the file: a program of the till that moved its log into it, or a foreign one.
    Written(FileState),
    /// They are others, or missing.
    Replaced,
}

impl OpenedFiles {
    /// The place of a journal that was just opened, with its log; `None`: no file system shows it.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let real = path.canonicalize().ok()?;
        let FilesNow { main, companions } = files_at(path, &real).ok()?;
        Some(Self {
            path: path.to_owned(),
            real,
            main: main?,
            companions,
        })
    }

    /// Where it was opened.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    fn change(&self) -> Result<Change, JournalError> {
        let FilesNow { main, companions } = files_at(&self.path, &self.real)?;
        let id = |state: Option<FileState>| state.map(|state| state.id);
        let same_companions = companions.map(id) == self.companions.map(id);
        Ok(match main {
            Some(main) if main.id == self.main.id && same_companions => {
                if main == self.main {
                    Change::Same
                } else {
                    Change::Written(main)
                }
            }
            _ => Change::Replaced,
        })
    }

    /// The files beside the journal that still are those which the till has open, while another journal has its place.
    pub(super) fn own_companions(&self) -> Vec<(&'static str, PathBuf)> {
        if self.path.canonicalize().ok().as_ref() != Some(&self.real) {
            // The place is another folder's now; what lies here belongs to what lies here.
            return Vec::new();
        }
        let own = COMPANIONS.into_iter().zip(self.companions);
        own.filter_map(|(suffix, known)| {
            let path = with_suffix(&self.real, suffix);
            let found = file_state(&path).ok().flatten()?;
            (Some(found.id) == known.map(|known| known.id)).then_some((suffix, path))
        })
        .collect()
    }
}

/// What lies at the path of a journal now.
///
/// # Errors
/// Those of the file system.
pub(super) fn files_now(path: &Path) -> Result<FilesNow, JournalError> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    files_at(path, &real)
}

impl FilesNow {
    /// Whether there is any file in the journal's place.
    pub(super) fn is_there(&self) -> bool {
        self.main.is_some()
    }
}

fn files_at(path: &Path, real: &Path) -> Result<FilesNow, JournalError> {
    let [wal, shm] = COMPANIONS.map(|suffix| file_state(&with_suffix(real, suffix)));
    Ok(FilesNow {
        main: file_state(path)?,
        companions: [wal?, shm?],
    })
}

impl JournalFile {
    /// Whether the journal's files are still those that were opened, and still hold what was written. Three questions
    /// to the file system; only after somebody wrote to the file it is looked into.
    ///
    /// # Errors
    /// [`JournalError::Replaced`]; those of the file system.
    pub(super) fn check_files(&mut self, acknowledged: &Head) -> Result<(), JournalError> {
        let Some(files) = &mut self.opened_files else {
            return Ok(());
        };
        match files.change()? {
            Change::Same => Ok(()),
            Change::Replaced => Err(JournalError::Replaced { kept: None }),
            Change::Written(now) => {
                // The structure of a file that became shorter is checked whatever its size: the till only lets it grow.
                let pages = if now.size < files.main.size {
                    i64::MAX
                } else {
                    CHECKED_PAGES
                };
                let held = holds(&files.path, self.purpose, self.till, acknowledged, pages);
                match held {
                    Ok(true) => {
                        files.main = now;
                        Ok(())
                    }
                    // Looked at again before the next job.
                    Err(JournalError::Busy(_)) => Ok(()),
                    Ok(false)
                    | Err(
                        JournalError::Corrupt(_)
                        | JournalError::NotAJournal
                        | JournalError::Newer { .. },
                    ) => Err(JournalError::Replaced { kept: None }),
                    Err(error) => Err(error),
                }
            }
        }
    }
}

/// Whether the file is this till's journal with everything that was written. It is read anew, past what the open
/// connection remembers of it.
fn holds(
    path: &Path,
    purpose: Purpose,
    till: TillId,
    acknowledged: &Head,
    checked_pages: i64,
) -> Result<bool, JournalError> {
    let fresh = open_to_read(path)?;
    schema::set_busy_timeout(&fresh)?;
    let snapshot = fresh.unchecked_transaction()?;
    if schema::kind(&snapshot)? != schema::FileKind::Journal
        || first_entry(&snapshot, purpose)?.0 != till
        || hash_of(&snapshot, acknowledged.seq)? != Some(acknowledged.hash)
    {
        return Ok(false);
    }
    check_tail(&snapshot)?;
    Ok(samples_follow(&snapshot, acknowledged.seq)? && structure_holds(&snapshot, checked_pages)?)
}

/// Whether entries from all over the journal follow from those before them.
fn samples_follow(connection: &Connection, last: u64) -> Result<bool, JournalError> {
    let mut body = connection.prepare("SELECT body FROM entry WHERE seq = ?1")?;
    for sample in 0..SAMPLES {
        let seq = (last.saturating_mul(sample) / SAMPLES).max(2);
        let (Some(before), Some(hash)) = (
            hash_of(connection, seq.saturating_sub(1))?,
            hash_of(connection, seq)?,
        ) else {
            // A journal of one entry has nothing that follows.
            return Ok(last < 2);
        };
        let body: String = body.query_row([super::entries::seq_bound(seq)?], |row| row.get(0))?;
        if chain::next(&before, &body) != hash {
            return Ok(false);
        }
    }
    Ok(true)
}

fn structure_holds(connection: &Connection, most_pages: i64) -> Result<bool, JournalError> {
    let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
    if pages > most_pages {
        return Ok(true);
    }
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok(found == "ok")
}
