//! The journal's own thread. A durable commit waits for the disk; on a thread of its own, no screen and no other
//! task waits with it.
//!
//! After an error of the disk the connection can no longer be trusted. It is dropped, and before the next job the
//! file is opened again: it must hold every acknowledged entry, and the disk must accept a write. So the journal
//! works again as soon as its disk does.
//!
//! Before each job the files are compared with what lies at the journal's path ([`super::opened_files`]). When
//! another file has taken their place nothing is read or written: what the open journal holds is saved beside it, and
//! the journal works again only with a whole file that holds every acknowledged entry.
//!
//! When another program holds the lock for too long, nothing is wrong with the connection. It is kept, and reading
//! goes on; but the journal is reported as failing until a write is accepted again.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, TryRecvError};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::{oneshot, watch};
use tokio::time::Instant;

use super::approval;
use super::chain::Head;
use super::error::JournalError;
use super::file::{JournalFile, Trusted};
use super::gateway::OwnGateway;
use super::noted_head::{self, NotedHead};
use super::on_caller::{JobsRun, OnCaller};
use super::opened_files::{self, FilesNow};
use crate::clock::UnixMs;
use crate::ids::TillId;
use crate::sale::Purpose;

/// Whether the journal can be read and written; if not, why.
pub type JournalHealth = Result<(), Arc<JournalError>>;

/// A job gets the file, or the reason why it cannot be opened.
pub(super) type Job = Box<dyn FnOnce(Result<&mut JournalFile, JournalError>) -> FinishedJob + Send>;

/// A job that has run, but whose caller has not got the result yet.
pub(super) struct FinishedJob {
    /// Why the journal could not be read or written.
    error: Option<JournalError>,
    pub(super) send_result: Box<dyn FnOnce() + Send>,
}

/// A handle on the journal. Jobs run one after the other, in the order in which they were called.
#[derive(Debug, Clone)]
pub struct Journal {
    jobs: Jobs,
    health: watch::Receiver<JournalHealth>,
    /// Kept here and not in the file, because the file may be opened again.
    cashier: Arc<Mutex<Option<String>>>,
    /// The head that was noted down and that the journal did not hold when it was opened.
    missing_head: Option<NotedHead>,
}

/// Where jobs go.
#[derive(Debug, Clone)]
enum Jobs {
    Thread(mpsc::Sender<Job>),
    Caller(Arc<OnCaller>),
}

/// What a program does with the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Everything.
    Write,
    /// It only reads, in a folder that cannot be written.
    Read,
}

/// The head is noted down after so many entries, or after this time with any new one, while no job waits.
const NOTE_EVERY: u64 = 64;
const NOTE_AFTER: Duration = Duration::from_secs(60);

impl Journal {
    /// Opens the journal on a thread of its own.
    ///
    /// # Errors
    /// As [`JournalFile::open`]; [`JournalError::Unwritable`] when no thread can be started.
    pub async fn open(path: PathBuf, purpose: Purpose, now: UnixMs) -> Result<Self, JournalError> {
        Self::open_with(
            path,
            purpose,
            None,
            Access::Write,
            now,
            (),
            JobsRun::OnThread,
        )
        .await
    }

    /// Like [`Journal::open`], for the money of this gateway (see [`JournalFile::open_for`]). `presence` is dropped
    /// after the file is closed, so that whoever waits for it can then replace the file.
    pub(crate) async fn open_with(
        path: PathBuf,
        purpose: Purpose,
        gateway: Option<OwnGateway>,
        access: Access,
        now: UnixMs,
        presence: impl Send + Sync + 'static,
        jobs_run: JobsRun,
    ) -> Result<Self, JournalError> {
        let (jobs, inbox) = mpsc::channel::<Job>();
        let (report, health) = watch::channel(Ok(()));
        let (opened, answer) = oneshot::channel();
        let open = move || {
            let file = match access {
                Access::Write => JournalFile::open_for(&path, purpose, gateway.as_ref(), now),
                Access::Read => JournalFile::open_to_read(&path, purpose),
            };
            file.and_then(|file| JournalWorker::of(file, path, access, report))
        };
        if let JobsRun::OnCaller(gate) = jobs_run {
            let (worker, missing_head) = open()?;
            let on_caller = OnCaller::new(worker, gate, presence);
            return Ok(Self {
                jobs: Jobs::Caller(Arc::new(on_caller)),
                health,
                cashier: Arc::default(),
                missing_head,
            });
        }
        std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || {
                let worker = open();
                // If the caller no longer waits, nobody needs the result.
                match worker {
                    Ok((mut worker, missing_head)) => {
                        opened.send(Ok(missing_head)).ok();
                        worker.run_all(&inbox);
                        worker.note_head(1);
                        drop((worker, presence));
                    }
                    Err(error) => {
                        drop(presence);
                        opened.send(Err(error)).ok();
                    }
                }
            })?;
        let missing_head = answer.await.or(Err(JournalError::Gone))??;
        Ok(Self {
            jobs: Jobs::Thread(jobs),
            health,
            cashier: Arc::default(),
            missing_head,
        })
    }

    /// Runs `job` on the journal's thread and returns its result.
    ///
    /// # Errors
    /// Those of the job; those of opening the file again after the disk has failed; and [`JournalError::Gone`]
    /// when the program ends.
    pub async fn call<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut JournalFile) -> Result<T, JournalError> + Send + 'static,
    ) -> Result<T, JournalError> {
        let (sender, answer) = oneshot::channel();
        // If the caller no longer waits, what was written stays written.
        self.send(job, |result| drop(sender.send(result)))?;
        answer.await.or(Err(JournalError::Gone))?
    }

    /// Like [`Journal::call`], for what waits on a file's flush as well: the thread that calls it blocks.
    ///
    /// # Errors
    /// As [`Journal::call`].
    pub(crate) fn call_blocking<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut JournalFile) -> Result<T, JournalError> + Send + 'static,
    ) -> Result<T, JournalError> {
        let (sender, answer) = mpsc::sync_channel(1);
        self.send(job, move |result| drop(sender.send(result)))?;
        answer.recv().or(Err(JournalError::Gone))?
    }

    fn send<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut JournalFile) -> Result<T, JournalError> + Send + 'static,
        answer: impl FnOnce(Result<T, JournalError>) + Send + 'static,
    ) -> Result<(), JournalError> {
        let (by, approved_by) = (self.cashier(), approval::approver());
        let job: Job = Box::new(move |file| {
            let result = file.and_then(|file| {
                (file.by, file.approved_by) = (by, approved_by);
                job(file)
            });
            FinishedJob {
                error: result
                    .as_ref()
                    .err()
                    .filter(|error| !error.is_refusal())
                    .cloned(),
                send_result: Box::new(|| answer(result)),
            }
        });
        match &self.jobs {
            Jobs::Thread(jobs) => jobs.send(job).or(Err(JournalError::Gone)),
            Jobs::Caller(on_caller) => {
                on_caller.run(job);
                Ok(())
            }
        }
    }

    /// The head that had been noted down and that the journal did not hold when it was opened: its end was cut off, or
    /// another file lies in its place. It stays noted down then.
    pub fn missing_head(&self) -> Option<&NotedHead> {
        self.missing_head.as_ref()
    }

    /// Notes down the head now, after a step that the shop relies on.
    pub(crate) async fn note_head(&self) {
        if self.missing_head.is_none() {
            // A journal that fails is told by itself.
            self.call(|file| file.note_head()).await.ok();
        }
    }

    /// The cashier at the till, if one has signed on.
    pub fn cashier(&self) -> Option<String> {
        self.cashier.lock().clone()
    }

    /// Sets the cashier whose name is written into each entry from now on.
    pub fn set_cashier(&self, name: Option<String>) {
        *self.cashier.lock() = name;
    }

    /// Whether the journal works, now and whenever that changes.
    pub fn health(&self) -> watch::Receiver<JournalHealth> {
        self.health.clone()
    }
}

/// The thread's state.
pub(super) struct JournalWorker {
    path: PathBuf,
    purpose: Purpose,
    till: TillId,
    /// `None`: the disk failed, and the file has not been opened again yet.
    file: Option<JournalFile>,
    /// The last entry that was written. It must be found when the file is opened again.
    acknowledged: Head,
    /// Another file has taken the journal's place, or none is there.
    replaced: Option<Replaced>,
    /// How many entries the journal held when its head was noted down; `None`: it must not be, because the journal does
    /// not go on from the head that was noted down before.
    noted: Option<u64>,
    noted_at: Instant,
    health: watch::Sender<JournalHealth>,
}

/// What the thread knows of a journal that was replaced.
#[derive(Debug)]
struct Replaced {
    /// Where its entries are kept.
    kept: Option<PathBuf>,
    /// What lay in the place when it was last refused. It is looked into again when that changes.
    refused: Option<FilesNow>,
}

impl Replaced {
    fn error(&self) -> JournalError {
        JournalError::Replaced {
            kept: self.kept.clone(),
        }
    }
}

impl JournalWorker {
    /// The thread's state for a journal that was just opened, and the head that was noted down and is not in it.
    fn of(
        file: JournalFile,
        path: PathBuf,
        access: Access,
        health: watch::Sender<JournalHealth>,
    ) -> Result<(Self, Option<NotedHead>), JournalError> {
        let missing_head = file.missing_noted_head(&path)?;
        let mut worker = Self {
            acknowledged: file.head()?,
            till: file.till(),
            purpose: file.purpose(),
            path,
            file: Some(file),
            replaced: None,
            noted: (missing_head.is_none() && access == Access::Write).then_some(0),
            noted_at: Instant::now(),
            health,
        };
        worker.note_head(1);
        Ok((worker, missing_head))
    }

    /// Notes down the head once it is this many entries further.
    pub(super) fn note_head(&mut self, entries: u64) {
        let seq = self.acknowledged.seq;
        let due = self
            .noted
            .is_some_and(|noted| seq >= noted.saturating_add(entries));
        if due && self.replaced.is_none() {
            noted_head::note(&self.path, &self.acknowledged);
            (self.noted, self.noted_at) = (Some(seq), Instant::now());
        }
    }

    /// The open file, after a look at what lies in its place; opened again where that is needed.
    fn take_file(&mut self) -> Result<JournalFile, JournalError> {
        if let Some(mut file) = self.file.take() {
            return match file.check_files(&self.acknowledged) {
                Ok(()) => {
                    self.replaced = None;
                    Ok(file)
                }
                Err(JournalError::Replaced { .. }) => Err(self.keep_entries(file)),
                Err(error) => {
                    self.file = Some(file);
                    Err(error)
                }
            };
        }
        let reopen = |trusted| {
            JournalFile::reopen(
                &self.path,
                self.purpose,
                self.till,
                &self.acknowledged,
                trusted,
            )
        };
        let Some(replaced) = &mut self.replaced else {
            return reopen(Trusted::Yes);
        };
        // Before it is looked into: another file may be put there meanwhile, which nobody has looked into then.
        let there = opened_files::files_now(&self.path).ok();
        if replaced.refused.is_some() && there == replaced.refused {
            return Err(replaced.error());
        }
        match reopen(Trusted::No) {
            Ok(file) => {
                self.replaced = None;
                Ok(file)
            }
            Err(error) => {
                tracing::error!(%error, "what lies in the journal's place is not the journal");
                replaced.refused = there;
                Err(replaced.error())
            }
        }
    }

    /// Saves what the open journal holds, then lets go of its files if another journal has their place. As long as there
    /// is none the file stays open: it may come back.
    fn keep_entries(&mut self, file: JournalFile) -> JournalError {
        let known = self.replaced.take().and_then(|replaced| replaced.kept);
        let first = known.is_none();
        let kept = match known {
            Some(kept) => Ok(kept),
            None => {
                // Saving a long journal takes a while.
                self.report_health(Err(JournalError::Replaced { kept: None }));
                file.rescue(&self.path, &self.acknowledged)
            }
        };
        if first && kept.is_ok() && self.noted.is_some() {
            noted_head::note(&self.path, &self.acknowledged);
        }
        if let Err(error) = &kept {
            tracing::error!(%error, "what the open journal holds cannot be kept");
        }
        // Nothing more can be saved of a file whose content was overwritten; its log is kept.
        let is_over = kept.is_ok() || matches!(kept, Err(JournalError::Corrupt(_)));
        let is_taken = opened_files::files_now(&self.path).is_ok_and(|now| now.is_there());
        if is_over && is_taken {
            if let Err((file, error)) = file.let_go(&self.path, self.acknowledged.seq) {
                tracing::error!(%error, "the journal's log cannot be moved out of the way");
                self.file = Some(*file);
            }
        } else {
            self.file = Some(file);
        }
        let replaced = Replaced {
            kept: kept.ok(),
            refused: None,
        };
        let error = replaced.error();
        self.replaced = Some(replaced);
        error
    }

    /// Runs jobs until all handles are gone.
    fn run_all(&mut self, inbox: &mpsc::Receiver<Job>) {
        loop {
            let job = match inbox.try_recv() {
                Ok(job) => job,
                Err(TryRecvError::Disconnected) => return,
                Err(TryRecvError::Empty) => {
                    self.idle();
                    match inbox.recv() {
                        Ok(job) => job,
                        Err(mpsc::RecvError) => return,
                    }
                }
            };
            // Sent last, so that a caller whose job failed already sees the journal as failing.
            (self.job(job).send_result)();
        }
    }

    /// What is done while no job waits.
    pub(super) fn idle(&mut self) {
        self.checkpoint();
        let is_old = self.noted_at.elapsed() >= NOTE_AFTER;
        self.note_head(if is_old { 1 } else { NOTE_EVERY });
    }

    /// Shortens the log while no job waits.
    fn checkpoint(&self) {
        if let Some(Err(error)) = self.file.as_ref().map(JournalFile::checkpoint) {
            // If the disk fails, the next commit finds out.
            tracing::warn!(%error, "the journal's log was not moved into its file");
        }
    }

    pub(super) fn job(&mut self, job: Job) -> FinishedJob {
        match self.take_file() {
            Ok(mut file) => {
                let mut finished = job(Ok(&mut file));
                match finished.error.take().map_or_else(|| file.head(), Err) {
                    Ok(head) => {
                        self.acknowledged = head;
                        // A job may only have read, which also works while another program holds the lock.
                        if self.health.borrow().is_ok() || file.is_writable() {
                            self.report_health(Ok(()));
                        }
                        self.file = Some(file);
                    }
                    Err(error) => {
                        if !error.needs_reopen() {
                            self.file = Some(file);
                        }
                        self.report_health(Err(error));
                    }
                }
                finished
            }
            Err(error) => {
                self.report_health(Err(error.clone()));
                job(Err(error))
            }
        }
    }

    /// Reports when the journal begins to fail and when it works again, not every failure.
    fn report_health(&mut self, health: Result<(), JournalError>) {
        if health.is_ok() && self.health.borrow().is_ok() {
            return;
        }
        self.health.send_if_modified(|reported| {
            let changed = reported.is_ok() != health.is_ok();
            match &health {
                Err(error) if changed => tracing::error!(%error, "the journal is failing"),
                Ok(()) => tracing::info!("the journal works again"),
                Err(_) => {}
            }
            *reported = health.map_err(Arc::new);
            changed
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TapId;
    use crate::journal::tests::new_sale;

    async fn fail(journal: &Journal) {
        let error = JournalError::Unwritable("the disk".to_owned());
        let failed = journal.call::<()>(|_| Err(error)).await;
        assert!(matches!(failed, Err(JournalError::Unwritable(_))));
        assert!(journal.health().borrow().is_err());
    }

    async fn sell(journal: &Journal) -> Result<Head, JournalError> {
        let job = |file: &mut JournalFile| {
            file.open_sale(new_sale(TapId::new()), UnixMs(2))?;
            file.head()
        };
        journal.call(job).await
    }

    #[tokio::test]
    async fn after_an_error_the_file_is_opened_again_and_goes_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal.sqlite");
        let journal = Journal::open(path, Purpose::Live, UnixMs(1)).await;
        let journal = journal.expect("opens");
        assert_eq!(sell(&journal).await.expect("sold").seq, 3);
        fail(&journal).await;
        assert_eq!(sell(&journal).await.expect("sold").seq, 5);
        assert!(journal.health().borrow().is_ok());
        let whole = journal.call(|file| file.verify()).await.expect("readable");
        assert_eq!(whole.map(|verified| verified.entries), Ok(5));
    }

    #[tokio::test]
    async fn the_log_is_moved_into_the_file_while_no_job_waits() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal.sqlite");
        let journal = Journal::open(path, Purpose::Live, UnixMs(1)).await;
        let journal = journal.expect("opens");
        let log = |file: &mut JournalFile| {
            let pages = "PRAGMA wal_checkpoint(NOOP)";
            let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?));
            Ok(file.connection.query_row(pages, [], read)?)
        };
        let (mut written, mut moved) = (0, 0);
        // A commit by itself does it only when the log is four times as long.
        while written < 3_000 {
            sell(&journal).await.expect("sold");
            (written, moved) = journal.call(log).await.expect("readable");
            if moved > 0 {
                break;
            }
        }
        assert!(moved >= 1000, "{moved} of {written}");
    }

    #[tokio::test]
    async fn a_reopened_file_must_hold_every_acknowledged_entry_and_is_never_created() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal.sqlite");
        let journal = Journal::open(path.clone(), Purpose::Live, UnixMs(1)).await;
        let journal = journal.expect("opens");
        sell(&journal).await.expect("sold");
        fail(&journal).await;
        let earlier = std::fs::read(&path).expect("read");
        sell(&journal).await.expect("sold");
        fail(&journal).await;

        let whole = std::fs::read(&path).expect("read");
        std::fs::write(&path, &earlier).expect("written");
        let lost = sell(&journal).await.expect_err("an entry is gone");
        assert!(matches!(&lost, JournalError::Corrupt(_)), "{lost}");
        std::fs::remove_file(&path).expect("removed");
        sell(&journal).await.expect_err("there is no journal");
        assert!(!path.exists(), "none was made");

        let other = folder.path().join("other.sqlite");
        let mut file = JournalFile::open(&other, Purpose::Live, UnixMs(1)).expect("opens");
        for _ in 0..4 {
            let sale = new_sale(TapId::new());
            file.open_sale(sale, UnixMs(2)).expect("sold");
        }
        drop(file);
        std::fs::copy(&other, &path).expect("copied");
        let foreign = sell(&journal).await.expect_err("another till's");
        assert!(matches!(&foreign, JournalError::NotAJournal), "{foreign}");

        std::fs::write(&path, &whole).expect("written");
        assert_eq!(sell(&journal).await.expect("sold").seq, 7);
    }
}
