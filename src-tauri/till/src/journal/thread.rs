//! The journal's own thread. A durable commit waits for the disk; no screen and no other call waits
//! with it.

use std::path::PathBuf;
use std::sync::mpsc;

use tokio::sync::oneshot;

use super::error::JournalError;
use super::file::JournalFile;
use crate::clock::UnixMs;
use crate::sale::Purpose;

type Job = Box<dyn FnOnce(&mut JournalFile) + Send>;

/// A handle on the journal. Jobs are done one after the other, in the order they came.
#[derive(Debug, Clone)]
pub struct Journal {
    jobs: mpsc::Sender<Job>,
}

impl Journal {
    /// Opens the journal on a thread of its own.
    ///
    /// # Errors
    /// [`JournalError`], as [`JournalFile::open`].
    pub async fn open(path: PathBuf, purpose: Purpose, now: UnixMs) -> Result<Self, JournalError> {
        let (jobs, inbox) = mpsc::channel::<Job>();
        let (opened, answer) = oneshot::channel();
        std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || {
                let mut file = match JournalFile::open(&path, purpose, now) {
                    Ok(file) => file,
                    Err(error) => {
                        // Nobody waits any more: then nobody needs the reason.
                        opened.send(Err(error)).ok();
                        return;
                    }
                };
                opened.send(Ok(())).ok();
                for job in inbox {
                    job(&mut file);
                }
            })?;
        answer.await.or(Err(JournalError::Gone))??;
        Ok(Self { jobs })
    }

    /// Does `job` on the journal's thread.
    ///
    /// # Errors
    /// Those of the job, and [`JournalError::Gone`] at the program's end.
    pub async fn call<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut JournalFile) -> Result<T, JournalError> + Send + 'static,
    ) -> Result<T, JournalError> {
        let (done, answer) = oneshot::channel();
        let job: Job = Box::new(move |file| {
            // The caller may have gone; what was written stays written.
            done.send(job(file)).ok();
        });
        self.jobs.send(job).or(Err(JournalError::Gone))?;
        answer.await.or(Err(JournalError::Gone))?
    }
}
