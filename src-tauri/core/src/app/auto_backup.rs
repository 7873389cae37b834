//! Copies of the journal: made on request, and automatically at the start, at each change of day and after a day's
//! close. They are made beside the journal's thread, so selling does not wait for them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Notify;

use super::{Inner, Till, TillError, TillEvent, run_blocking};
use crate::auto_backup::{self, BackupRecord, BackupState, BackupStatus, GoodCopy};
use crate::calendar::day_of;
use crate::clock::UnixMs;
use crate::error::{Code, Fault};
use crate::journal::{self, JournalCopy};

/// How soon a USB stick that was plugged in or a new day is noticed.
const CHECK_EVERY: Duration = Duration::from_secs(20);
/// A copy that failed is tried again after this time.
const RETRY_AFTER_MS: i64 = 10 * 60 * 1000;

/// The automatic copies of one till.
#[derive(Debug)]
pub(super) struct AutoBackup {
    progress: Mutex<Progress>,
    /// One copy at a time.
    copying: tokio::sync::Mutex<()>,
    /// Wakes the task that makes copies.
    wake: Notify,
}

/// What the till knows of its copies.
#[derive(Debug)]
struct Progress {
    record: BackupRecord,
    last_good: Option<GoodCopy>,
    /// Why the last copy failed, and when; `None` when it did not.
    failed: Option<(Fault, UnixMs)>,
    folder_missing: bool,
    /// Whether a copy was made since the till was opened.
    copied: bool,
    /// The state that was sent as an event last.
    sent: Option<BackupState>,
}

impl AutoBackup {
    pub(super) fn of_journal(journal: &Path) -> Self {
        let record = BackupRecord::of_journal(journal);
        let progress = Progress {
            last_good: record.read(),
            record,
            failed: None,
            folder_missing: false,
            copied: false,
            sent: None,
        };
        Self {
            progress: Mutex::new(progress),
            copying: tokio::sync::Mutex::default(),
            wake: Notify::new(),
        }
    }
}

impl Till {
    /// The same till, which also copies its journal to the chosen folder automatically. Of all programs that have a
    /// journal open, only the window does.
    #[must_use]
    pub fn with_auto_backup(self) -> Self {
        let inner = Arc::clone(&self.inner);
        self.with_task(run(inner))
    }

    /// How the automatic copies are.
    pub fn backup_state(&self) -> BackupState {
        self.inner.backup_state()
    }

    /// Copies the journal to a new file.
    ///
    /// # Errors
    /// [`TillError::Backup`]; a file of this name is left as it was.
    pub async fn back_up(&self, to: PathBuf) -> Result<JournalCopy, TillError> {
        self.inner.copy_to(to).await
    }

    /// Copies the journal to the chosen folder now.
    ///
    /// # Errors
    /// [`TillError::BackupFolderMissing`] when no folder is chosen or it does not exist; [`TillError::Backup`].
    pub async fn back_up_now(&self) -> Result<BackupState, TillError> {
        let folder = self.inner.settings().backup_folder;
        let missing = || TillError::BackupFolderMissing(String::new());
        let folder = PathBuf::from(folder.ok_or_else(missing)?);
        self.inner.copy_into(&folder).await?;
        Ok(self.inner.emit_backup())
    }

    /// Chooses the folder for automatic copies; `None`: no more copies are made automatically.
    ///
    /// # Errors
    /// [`TillError::BackupFolderMissing`] when the folder does not exist; [`TillError::Settings`],
    /// [`TillError::Journal`].
    pub fn set_backup_folder(&self, folder: Option<&Path>) -> Result<BackupState, TillError> {
        if let Some(missing) = folder.filter(|folder| !folder.is_dir()) {
            let name = missing.display().to_string();
            return Err(TillError::BackupFolderMissing(name));
        }
        let folder = folder.map(|folder| folder.to_string_lossy().into_owned());
        self.inner
            .change_setting("backup_folder", |settings| settings.backup_folder = folder)?;
        let backup = &self.inner.auto_backup;
        let mut progress = backup.progress.lock();
        (progress.failed, progress.folder_missing) = (None, false);
        drop(progress);
        backup.wake.notify_one();
        Ok(self.inner.emit_backup())
    }
}

/// Makes each copy that is due, as long as the till lives.
async fn run(till: Arc<Inner>) {
    loop {
        till.copy_if_due().await;
        tokio::select! {
            () = tokio::time::sleep(CHECK_EVERY) => {}
            () = till.auto_backup.wake.notified() => {}
        }
    }
}

impl Inner {
    async fn copy_if_due(&self) {
        let Some(folder) = self.settings().backup_folder.map(PathBuf::from) else {
            return;
        };
        let exists = folder.is_dir();
        self.auto_backup.progress.lock().folder_missing = !exists;
        if exists
            && self.is_copy_due(&folder).await
            && let Err(error) = self.copy_into(&folder).await
        {
            tracing::error!(%error, "no copy of the journal");
            let failed = (error.into(), self.clock.now());
            self.auto_backup.progress.lock().failed = Some(failed);
        }
        self.emit_backup();
    }

    async fn is_copy_due(&self, folder: &Path) -> bool {
        let now = self.clock.now();
        let (last, copied) = {
            let progress = self.auto_backup.progress.lock();
            if let Some((_, at)) = &progress.failed {
                let waited_ms = now.0.saturating_sub(at.0);
                // A clock that was set back must not delay the copy for long.
                if (0..RETRY_AFTER_MS).contains(&waited_ms) {
                    return false;
                }
            }
            (progress.last_good.clone(), progress.copied)
        };
        let Some(last) = last.filter(|last| last.file.parent() == Some(folder)) else {
            return true;
        };
        if !last.file.exists() {
            return true;
        }
        let read = |file: &mut journal::JournalFile| Ok((file.head()?, file.last_close()?));
        let Ok((head, last_close)) = self.journal.call(read).await else {
            // A journal that fails has nothing new to copy.
            return false;
        };
        if head.hex() == last.head {
            return false;
        }
        let zone = self.settings().zone();
        let new_day = day_of(now, &zone) != day_of(last.at_unix_ms, &zone);
        !copied || new_day || last_close.is_some_and(|seq| seq > last.entries)
    }

    /// Makes one more copy in the folder, then deletes those that are no longer needed.
    async fn copy_into(&self, folder: &Path) -> Result<(), TillError> {
        if !folder.is_dir() {
            let name = folder.display().to_string();
            return Err(TillError::BackupFolderMissing(name));
        }
        let _guard = self.auto_backup.copying.lock().await;
        self.assert_continues().await?;
        let at = self.clock.now();
        let name = auto_backup::copy_name(self.till_id, at);
        let copy = self.copy_to(folder.join(name)).await?;
        let newest = copy.path.clone();
        let good = GoodCopy {
            file: copy.path,
            at_unix_ms: at,
            entries: copy.verified.entries,
            head: copy.verified.head,
            unflushed: copy.unflushed,
        };
        self.tell_unflushed_once(&good, folder);
        {
            let mut progress = self.auto_backup.progress.lock();
            if let Err(error) = progress.record.write(&good) {
                tracing::warn!(%error, "the time of the last copy cannot be written down");
            }
            progress.last_good = Some(good);
            progress.failed = None;
            progress.copied = true;
        }
        let (folder, till, zone) = (folder.to_owned(), self.till_id, self.settings().zone());
        let pruned = run_blocking(move || Ok(auto_backup::prune(&folder, till, &newest, &zone)));
        if let Ok(Err(error)) = pruned.await {
            tracing::warn!(%error, "copies that are no longer needed cannot be deleted");
        }
        Ok(())
    }

    /// Whether the journal goes on from its last good copy and from the head that was noted down. A copy of another past
    /// would push the honest one out.
    pub(super) async fn assert_continues(&self) -> Result<(), TillError> {
        if let Some(noted) = self.journal.missing_head() {
            return Err(TillError::HistoryBroken {
                copy: journal::noted_head_file(&self.journal_path),
                entries: noted.entries,
            });
        }
        let known = self.auto_backup.progress.lock().last_good.clone();
        let Some(known) = known else {
            return Ok(());
        };
        let (entries, head, at) = (known.entries, known.head, known.at_unix_ms);
        let continues = move |file: &mut journal::JournalFile| file.continues(entries, &head, at);
        if self.journal.call(continues).await? {
            Ok(())
        } else {
            Err(TillError::HistoryBroken {
                copy: known.file,
                entries,
            })
        }
    }

    /// Emits that the folder cannot be flushed, unless that was so for the copy before.
    fn tell_unflushed_once(&self, copy: &GoodCopy, folder: &Path) {
        let last = self.auto_backup.progress.lock().last_good.clone();
        let told = last.is_some_and(|last| last.unflushed && last.file.parent() == Some(folder));
        if copy.unflushed && !told {
            let folder = folder.display();
            let message = format!("the copy is whole; its folder {folder} cannot be flushed");
            self.emit(TillEvent::Fault(Fault::new(Code::BackupUnflushed, message)));
        }
    }

    async fn copy_to(&self, to: PathBuf) -> Result<JournalCopy, TillError> {
        let (path, purpose) = (self.journal_path.clone(), self.purpose);
        run_blocking(move || Ok(journal::back_up(&path, purpose, &to)?)).await
    }

    pub(super) fn backup_state(&self) -> BackupState {
        let folder = self.settings().backup_folder;
        let progress = self.auto_backup.progress.lock();
        let failed = progress.failed.as_ref();
        let last_good = progress.last_good.as_ref();
        let status = match folder.as_deref().map(Path::new) {
            None => BackupStatus::Off,
            Some(_) if progress.folder_missing => BackupStatus::FolderMissing,
            Some(_) if failed.is_some() => BackupStatus::Failed,
            Some(folder) if last_good.is_some_and(|last| last.file.parent() == Some(folder)) => {
                BackupStatus::Good
            }
            Some(_) => BackupStatus::Waiting,
        };
        BackupState {
            status,
            folder,
            last_good: last_good.cloned(),
            fault: failed.map(|(fault, _)| fault.clone()),
        }
    }

    /// Emits the state of the copies if it has changed.
    fn emit_backup(&self) -> BackupState {
        let state = self.backup_state();
        let sent = self.auto_backup.progress.lock().sent.replace(state.clone());
        if sent.as_ref() != Some(&state) {
            self.emit(TillEvent::BackupChanged(state.clone()));
        }
        state
    }
}
