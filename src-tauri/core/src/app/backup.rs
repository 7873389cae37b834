//! Copies of the journal, by hand and by themselves: at the start, at each change of day, after a day's
//! close. They are made beside the journal's thread; selling does not wait for them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::{Inner, Till, TillEvent, lock};
use crate::auto_backup::{self, BackupState, BackupStatus, GoodCopy};
use crate::calendar::day_of;
use crate::clock::UnixMs;
use crate::error::{Fault, TillError};
use crate::journal::{self, JournalCopy};

/// A stick that was plugged in, a new day: noticed this soon.
const LOOK_EVERY: Duration = Duration::from_secs(20);
/// A copy that failed is tried again after this.
const AGAIN_AFTER_MS: i64 = 10 * 60 * 1000;

/// What the till knows of its copies.
#[derive(Debug)]
pub(super) struct Copies {
    memory: auto_backup::BackupRecord,
    last_good: Option<GoodCopy>,
    /// Why there was none since, and when that was.
    failed: Option<(Fault, UnixMs)>,
    folder_missing: bool,
    /// Something was copied since the till was opened.
    copied: bool,
    told: Option<BackupState>,
}

impl Copies {
    pub(super) fn in_folder(data_dir: &Path) -> Self {
        let memory = auto_backup::BackupRecord::in_folder(data_dir);
        Self {
            last_good: memory.read(),
            memory,
            failed: None,
            folder_missing: false,
            copied: false,
            told: None,
        }
    }
}

impl Till {
    /// The same till, which also copies its journal to the chosen folder by itself. Of all programs that
    /// have a journal open, the window does.
    #[must_use]
    pub fn keeping_copies(mut self) -> Self {
        let task = tokio::spawn(run(Arc::clone(&self.inner)));
        self.copies = Some(Arc::new(super::StopOnDrop(task.abort_handle())));
        self
    }

    /// How the copies are.
    pub fn backup_state(&self) -> BackupState {
        self.inner.backup_state()
    }

    /// Copies the journal to a file of this name, now.
    ///
    /// # Errors
    /// [`TillError::Backup`]; what stood there stands there as before.
    pub async fn back_up(&self, to: PathBuf) -> Result<JournalCopy, TillError> {
        self.inner.copy_to(to).await
    }

    /// Copies the journal to the chosen folder, now.
    ///
    /// # Errors
    /// [`TillError::BackupFolderMissing`], [`TillError::Backup`].
    pub async fn back_up_now(&self) -> Result<BackupState, TillError> {
        let folder = self.inner.settings().backup_folder;
        let missing = || TillError::BackupFolderMissing(String::new());
        let folder = PathBuf::from(folder.ok_or_else(missing)?);
        self.inner.copy_into(&folder).await?;
        Ok(self.inner.emit_backup())
    }

    /// Copies go to this folder from now on; none: no more copies are made by themselves.
    ///
    /// # Errors
    /// [`TillError::Settings`], [`TillError::BackupFolderMissing`].
    pub fn set_backup_folder(&self, folder: Option<&Path>) -> Result<BackupState, TillError> {
        let folder = match folder {
            Some(folder) if folder.is_dir() => Some(folder.to_string_lossy().into_owned()),
            Some(folder) => {
                let name = folder.display().to_string();
                return Err(TillError::BackupFolderMissing(name));
            }
            None => None,
        };
        self.inner
            .change_settings(|settings| settings.backup_folder = folder)?;
        let mut copies = lock(&self.inner.copies);
        (copies.failed, copies.folder_missing) = (None, false);
        drop(copies);
        self.inner.copy_soon.notify_one();
        Ok(self.inner.emit_backup())
    }
}

/// Looks whether a copy is due, as long as the till lives.
async fn run(till: Arc<Inner>) {
    loop {
        till.copy_if_due().await;
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = till.copy_soon.notified() => {}
        }
    }
}

impl Inner {
    async fn copy_if_due(&self) {
        let Some(folder) = self.settings().backup_folder.map(PathBuf::from) else {
            return;
        };
        let there = folder.is_dir();
        lock(&self.copies).folder_missing = !there;
        if there
            && self.is_due(&folder).await
            && let Err(error) = self.copy_into(&folder).await
        {
            tracing::error!(%error, "no copy of the journal");
            lock(&self.copies).failed = Some((error.into(), self.clock.now()));
        }
        self.emit_backup();
    }

    async fn is_due(&self, folder: &Path) -> bool {
        let now = self.clock.now();
        let (last, copied) = {
            let copies = lock(&self.copies);
            if let Some((_, at)) = &copies.failed {
                let waited = now.0.saturating_sub(at.0);
                // A clock that was put back must not put it off for long.
                if (0..AGAIN_AFTER_MS).contains(&waited) {
                    return false;
                }
            }
            (copies.last_good.clone(), copies.copied)
        };
        let Some(last) = last.filter(|last| last.file.parent() == Some(folder)) else {
            return true;
        };
        if !last.file.exists() {
            return true;
        }
        let look = |file: &mut journal::JournalFile| Ok((file.head()?, file.last_close()?));
        let Ok((head, last_close)) = self.journal.call(look).await else {
            // A journal that does not serve has nothing new to copy.
            return false;
        };
        if head.hex() == last.head {
            return false;
        }
        let zone = self.settings().zone();
        let new_day = day_of(now, &zone) != day_of(last.at_unix_ms, &zone);
        !copied || new_day || last_close.is_some_and(|seq| seq > last.entries)
    }

    /// One more copy in the folder; then those that are no longer needed go.
    async fn copy_into(&self, folder: &Path) -> Result<(), TillError> {
        if !folder.is_dir() {
            let name = folder.display().to_string();
            return Err(TillError::BackupFolderMissing(name));
        }
        let _turn = self.copying.lock().await;
        let at = self.clock.now();
        let copy = self
            .copy_to(folder.join(auto_backup::name(self.till_id, at)))
            .await?;
        let good = GoodCopy {
            file: copy.path,
            at_unix_ms: at,
            entries: copy.verified.entries,
            head: copy.verified.head,
        };
        {
            let mut copies = lock(&self.copies);
            if let Err(error) = copies.memory.write(&good) {
                tracing::warn!(%error, "the time of the last copy cannot be written down");
            }
            copies.last_good = Some(good);
            copies.failed = None;
            copies.copied = true;
        }
        let (folder, till, zone) = (folder.to_owned(), self.till_id, self.settings().zone());
        let tidied =
            tokio::task::spawn_blocking(move || auto_backup::prune(&folder, till, &zone)).await;
        if let Ok(Err(error)) = tidied {
            tracing::warn!(%error, "copies that are no longer needed cannot be deleted");
        }
        Ok(())
    }

    async fn copy_to(&self, to: PathBuf) -> Result<JournalCopy, TillError> {
        let (path, purpose) = (self.journal_path.clone(), self.purpose);
        let copy = tokio::task::spawn_blocking(move || journal::back_up(&path, purpose, &to));
        let copied = copy.await;
        Ok(copied.map_err(|error| TillError::Internal(error.to_string()))??)
    }

    fn backup_state(&self) -> BackupState {
        let folder = self.settings().backup_folder;
        let copies = lock(&self.copies);
        let failed = copies.failed.as_ref();
        let status = match &folder {
            None => BackupStatus::Off,
            Some(_) if copies.folder_missing => BackupStatus::FolderMissing,
            Some(_) if failed.is_some() => BackupStatus::Failed,
            Some(folder) => match &copies.last_good {
                Some(last) if last.file.parent() == Some(Path::new(folder)) => BackupStatus::Good,
                _ => BackupStatus::Waiting,
            },
        };
        BackupState {
            status,
            folder,
            last_good: copies.last_good.clone(),
            fault: failed.map(|(fault, _)| fault.clone()),
        }
    }

    /// Tells how the copies are, if that is news.
    fn emit_backup(&self) -> BackupState {
        let state = self.backup_state();
        let told = lock(&self.copies).told.replace(state.clone());
        if told.as_ref() != Some(&state) {
            self.emit(TillEvent::BackupChanged(state.clone()));
        }
        state
    }
}
