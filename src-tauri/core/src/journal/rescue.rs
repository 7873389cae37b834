//! What becomes of the entries of an open journal when another file has taken its place: the till saves all that it
//! holds as a file of its own, before anything else, and leaves what lies in the place as it is.

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};

use super::backup::open_to_read;
use super::chain::Head;
use super::entries::{corrupt, head};
use super::error::JournalError;
use super::file::JournalFile;
use super::verify::verify_file;
use crate::files::{self, AtomicFile};

impl JournalFile {
    /// Saves everything that this connection has open as `journal.rescued-<entries>.sqlite` beside the journal, verified;
    /// returns the path. Several programs may do so: a file that holds it already counts.
    ///
    /// # Errors
    /// [`JournalError::Unwritable`] when there is no room or no folder for it, [`JournalError::Corrupt`] when the open
    /// file's content was overwritten.
    pub(super) fn rescue(&self, path: &Path, acknowledged: &Head) -> Result<PathBuf, JournalError> {
        let entries = acknowledged.seq;
        for name in names(entries, "sqlite") {
            let kept = path.with_extension(name);
            if !kept.exists() {
                self.save_as(&kept, acknowledged)?;
                return Ok(kept);
            }
            if open_to_read(&kept).and_then(|kept| head(&kept)).ok() == Some(*acknowledged) {
                return Ok(kept);
            }
        }
        Err(corrupt(
            "there is no name left for the entries of the open journal",
        ))
    }

    fn save_as(&self, kept: &Path, acknowledged: &Head) -> Result<(), JournalError> {
        let file = AtomicFile::create(kept)?;
        let name = file.unfinished_path().as_os_str().as_encoded_bytes();
        let name = ToSqlOutput::Borrowed(ValueRef::Text(name));
        self.connection.execute("VACUUM INTO ?1", [name])?;
        let verified = verify_file(file.unfinished_path())?.map_err(corrupt)?;
        if verified.entries < acknowledged.seq {
            return Err(corrupt("entries are missing in it"));
        }
        file.commit()?;
        Ok(())
    }

    /// Lets go of files that another journal has replaced. The log that is still this journal's is moved out of the
    /// way, because SQLite would apply it to the file that lies there now.
    ///
    /// # Errors
    /// [`JournalError::Unwritable`]; this connection stays open then.
    pub(super) fn let_go(self, path: &Path, entries: u64) -> Result<(), (Box<Self>, JournalError)> {
        match self.clear_files(path, entries) {
            Ok(()) => Ok(()),
            Err(error) => Err((Box::new(self), error)),
        }
    }

    fn clear_files(&self, path: &Path, entries: u64) -> Result<(), JournalError> {
        // Otherwise closing would move this journal's log into the file at the path.
        let setting = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
        self.connection.set_db_config(setting, true)?;
        let own = self
            .opened_files
            .as_ref()
            .map(|files| files.own_companions());
        for (suffix, companion) in own.unwrap_or_default() {
            if suffix == "-wal" {
                let free = names(entries, "wal").map(|name| path.with_extension(name));
                let kept = free.into_iter().find(|kept| !kept.exists());
                std::fs::rename(companion, kept.ok_or_else(|| corrupt("no name is left"))?)?;
            } else {
                // Shared memory, which holds nothing of its own.
                std::fs::remove_file(companion)?;
            }
        }
        files::sync_folder(files::folder_of(path))?;
        Ok(())
    }
}

/// Names for what is kept, of which the first free one is taken.
fn names(entries: u64, ending: &'static str) -> impl Iterator<Item = String> {
    let first = std::iter::once(format!("rescued-{entries}.{ending}"));
    first.chain((2..100).map(move |n| format!("rescued-{entries}-{n}.{ending}")))
}
