//! The journal's own thread. A durable commit waits for the disk; no screen and no other call waits
//! with it.
//!
//! After an error of the disk nothing that the connection believes can be trusted. It is dropped, and
//! before anything more is read or written the file is opened again, found to hold everything that was
//! acknowledged, and found to take a write. So the journal is back by itself as soon as its disk is.
//!
//! When another program holds the file for too long, what the connection believes is still true: it is
//! kept, and reads go on. That nothing can be written is told all the same, until a write is taken.

use std::path::PathBuf;
use std::sync::mpsc::{self, TryRecvError};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{oneshot, watch};

use super::chain::Head;
use super::error::JournalError;
use super::file::JournalFile;
use crate::clock::UnixMs;
use crate::ids::TillId;
use crate::sale::Purpose;

/// What keeps the journal from serving; none: it serves.
pub type Trouble = Option<Arc<JournalError>>;

/// Given the file, or the reason why there is none.
type Job = Box<dyn FnOnce(Result<&mut JournalFile, JournalError>) -> Done + Send>;

/// A job that was done, and has not been answered.
struct Done {
    /// It could not be read or written.
    failed: Option<JournalError>,
    answer: Box<dyn FnOnce()>,
}

/// A handle on the journal. Jobs are done one after the other, in the order they came.
#[derive(Debug, Clone)]
pub struct Journal {
    jobs: mpsc::Sender<Job>,
    trouble: watch::Receiver<Trouble>,
    /// Who is at the till: of the shop, not of the file, which may be opened again.
    cashier: Arc<Mutex<Option<String>>>,
}

impl Journal {
    /// Opens the journal on a thread of its own.
    ///
    /// # Errors
    /// [`JournalError`], as [`JournalFile::open`].
    pub async fn open(path: PathBuf, purpose: Purpose, now: UnixMs) -> Result<Self, JournalError> {
        Self::open_with(path, purpose, now, ()).await
    }

    /// The same. `presence` is let go when the file is closed, not before: who waits for it may replace
    /// the file then.
    pub(crate) async fn open_with(
        path: PathBuf,
        purpose: Purpose,
        now: UnixMs,
        presence: impl Send + 'static,
    ) -> Result<Self, JournalError> {
        let (jobs, inbox) = mpsc::channel::<Job>();
        let (tell, trouble) = watch::channel(None);
        let (opened, answer) = oneshot::channel();
        std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || {
                let desk = JournalFile::open(&path, purpose, now).and_then(|file| {
                    Ok(JournalWorker {
                        known: file.head()?,
                        till: file.till(),
                        file: Some(file),
                        path,
                        purpose,
                        tell,
                    })
                });
                // Nobody waits any more: then nobody needs the reason.
                match desk {
                    Ok(mut desk) => {
                        opened.send(Ok(())).ok();
                        desk.serve_all(&inbox);
                        drop((desk, presence));
                    }
                    Err(error) => {
                        drop(presence);
                        opened.send(Err(error)).ok();
                    }
                }
            })?;
        answer.await.or(Err(JournalError::Gone))??;
        Ok(Self {
            jobs,
            trouble,
            cashier: Arc::default(),
        })
    }

    /// Does `job` on the journal's thread.
    ///
    /// # Errors
    /// Those of the job, those of opening the file again after the disk failed, and
    /// [`JournalError::Gone`] at the program's end.
    pub async fn call<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut JournalFile) -> Result<T, JournalError> + Send + 'static,
    ) -> Result<T, JournalError> {
        let (done, answer) = oneshot::channel();
        let by = self.cashier();
        let job: Job = Box::new(move |file| {
            let result = file.and_then(|file| {
                file.by = by;
                job(file)
            });
            Done {
                failed: result.as_ref().err().cloned(),
                // The caller may have gone; what was written stays written.
                answer: Box::new(|| drop(done.send(result))),
            }
        });
        self.jobs.send(job).or(Err(JournalError::Gone))?;
        answer.await.or(Err(JournalError::Gone))?
    }

    /// Who is at the till.
    pub fn cashier(&self) -> Option<String> {
        let cashier = self.cashier.lock();
        cashier.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Who is at the till from now on: their name stands in each entry.
    pub fn set_cashier(&self, name: Option<String>) {
        let cashier = self.cashier.lock();
        *cashier.unwrap_or_else(PoisonError::into_inner) = name;
    }

    /// What keeps it from serving, now and as it changes.
    pub fn trouble(&self) -> watch::Receiver<Trouble> {
        self.trouble.clone()
    }
}

/// Where jobs are done.
struct JournalWorker {
    path: PathBuf,
    purpose: Purpose,
    till: TillId,
    /// None: the disk failed, and it has not been opened again.
    file: Option<JournalFile>,
    /// The last entry that is known to be on the disk.
    known: Head,
    tell: watch::Sender<Trouble>,
}

impl JournalWorker {
    fn serve_all(&mut self, inbox: &mpsc::Receiver<Job>) {
        loop {
            let job = match inbox.try_recv() {
                Ok(job) => job,
                Err(TryRecvError::Disconnected) => return,
                Err(TryRecvError::Empty) => {
                    self.checkpoint();
                    match inbox.recv() {
                        Ok(job) => job,
                        Err(mpsc::RecvError) => return,
                    }
                }
            };
            self.serve(job);
        }
    }

    /// Does what can wait, while nobody does.
    fn checkpoint(&self) {
        if let Some(Err(error)) = self.file.as_ref().map(JournalFile::checkpoint) {
            // The next commit finds out whether the disk fails.
            tracing::warn!(%error, "the journal's log was not moved into its file");
        }
    }

    fn serve(&mut self, job: Job) {
        let opened = match self.file.take() {
            Some(file) => Ok(file),
            None => JournalFile::reopen(&self.path, self.purpose, self.till, &self.known),
        };
        let done = match opened {
            Ok(mut file) => {
                let mut done = job(Ok(&mut file));
                match done.failed.take().map_or_else(|| file.head(), Err) {
                    Ok(head) => {
                        self.known = head;
                        // While it is held by another, that it can be read says nothing.
                        if self.tell.borrow().is_none() || file.takes_a_write() {
                            self.note(None);
                        }
                        self.file = Some(file);
                    }
                    Err(error) => {
                        if !error.is_doubt() {
                            self.file = Some(file);
                        }
                        self.note(Some(error));
                    }
                }
                done
            }
            Err(error) => {
                self.note(Some(error.clone()));
                job(Err(error))
            }
        };
        // Known before it is answered: who was refused finds the till failing.
        (done.answer)();
    }

    /// Tells when the journal stops serving and when it serves again, not each time it does not.
    fn note(&mut self, trouble: Option<JournalError>) {
        if trouble.is_none() && self.tell.borrow().is_none() {
            return;
        }
        self.tell.send_if_modified(|told| {
            let changed = told.is_some() != trouble.is_some();
            match &trouble {
                Some(error) if changed => tracing::error!(%error, "the journal does not serve"),
                None => tracing::info!("the journal serves again"),
                Some(_) => {}
            }
            *told = trouble.map(Arc::new);
            changed
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TapId;
    use crate::journal::tests::new_sale;

    async fn fails(journal: &Journal) {
        let error = JournalError::Unwritable("the disk".to_owned());
        let failed = journal.call::<()>(|_| Err(error)).await;
        assert!(matches!(failed, Err(JournalError::Unwritable(_))));
        assert!(journal.trouble().borrow().is_some());
    }

    async fn sells(journal: &Journal) -> Result<Head, JournalError> {
        let sell = |file: &mut JournalFile| {
            file.open_sale(new_sale(TapId::new()), UnixMs(2))?;
            file.head()
        };
        journal.call(sell).await
    }

    #[tokio::test]
    async fn after_an_error_the_file_is_opened_again_and_goes_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal.sqlite");
        let journal = Journal::open(path, Purpose::Live, UnixMs(1)).await;
        let journal = journal.expect("opens");
        assert_eq!(sells(&journal).await.expect("sold").seq, 3);
        fails(&journal).await;
        assert_eq!(sells(&journal).await.expect("sold").seq, 5);
        assert!(journal.trouble().borrow().is_none());
        let whole = journal.call(|file| file.verify()).await.expect("readable");
        assert_eq!(whole.map(|verified| verified.entries), Ok(5));
    }

    #[tokio::test]
    async fn while_nobody_waits_the_log_goes_into_the_file() {
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
        // A commit does it by itself only when it is four times as long.
        while written < 1200 {
            sells(&journal).await.expect("sold");
            (written, moved) = journal.call(log).await.expect("readable");
            if moved > 0 {
                break;
            }
        }
        assert!(moved >= 1000, "{moved} of {written}");
    }

    #[tokio::test]
    async fn what_was_acknowledged_must_be_there_and_none_is_made_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal.sqlite");
        let journal = Journal::open(path.clone(), Purpose::Live, UnixMs(1)).await;
        let journal = journal.expect("opens");
        sells(&journal).await.expect("sold");
        fails(&journal).await;
        let earlier = std::fs::read(&path).expect("read");
        sells(&journal).await.expect("sold");
        fails(&journal).await;

        let whole = std::fs::read(&path).expect("read");
        std::fs::write(&path, &earlier).expect("written");
        let lost = sells(&journal).await.expect_err("an entry is gone");
        assert!(matches!(&lost, JournalError::Corrupt(_)), "{lost}");
        std::fs::remove_file(&path).expect("removed");
        sells(&journal).await.expect_err("there is no journal");
        assert!(!path.exists(), "none was made");

        let other = folder.path().join("other.sqlite");
        let mut file = JournalFile::open(&other, Purpose::Live, UnixMs(1)).expect("opens");
        for _ in 0..4 {
            let sale = new_sale(TapId::new());
            file.open_sale(sale, UnixMs(2)).expect("sold");
        }
        drop(file);
        std::fs::copy(&other, &path).expect("copied");
        let foreign = sells(&journal).await.expect_err("another till's");
        assert!(matches!(&foreign, JournalError::NotAJournal), "{foreign}");

        std::fs::write(&path, &whole).expect("written");
        assert_eq!(sells(&journal).await.expect("sold").seq, 7);
    }
}
