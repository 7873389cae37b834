//! Where the journal's jobs run. In a shop that is a thread of its own ([`super::worker`]). A simulation runs them on its
//! one thread, so that nothing happens between two moments of its clock, and stops the till at any of them: a gate is
//! asked before each job and told after it.

use std::fmt;
use std::sync::Arc;

use parking_lot::Mutex;

use super::worker::{FinishedJob, Job, JournalWorker};

/// Whether a job runs, or its caller its answer gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// Yes.
    Open,
    /// No: the program stands still here for ever.
    Shut,
}

/// Asked at each job of the journal.
pub trait JobGate: Send + Sync {
    /// A job is about to run.
    fn before(&self) -> Pass;
    /// It has run, and what it wrote is committed; its caller does not know yet.
    fn after(&self) -> Pass;
}

/// Where the jobs run.
#[derive(Clone, Default)]
pub enum JobsRun {
    /// On a thread of their own.
    #[default]
    OnThread,
    /// On the caller's, behind this gate.
    OnCaller(Arc<dyn JobGate>),
}

impl fmt::Debug for JobsRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OnThread => "OnThread",
            Self::OnCaller(_) => "OnCaller(…)",
        })
    }
}

/// A worker whose jobs run on their caller's thread.
pub(super) struct OnCaller {
    worker: Mutex<JournalWorker>,
    gate: Arc<dyn JobGate>,
    /// What was stopped by the gate: its callers wait as long as the till is there.
    stopped: Mutex<Vec<Stopped>>,
    /// Dropped last.
    _presence: Box<dyn Send + Sync>,
}

/// Kept only so that nobody gets an answer.
enum Stopped {
    Job(#[expect(dead_code, reason = "kept")] Job),
    Finished(#[expect(dead_code, reason = "kept")] FinishedJob),
}

impl fmt::Debug for OnCaller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnCaller")
    }
}

impl OnCaller {
    pub(super) fn new(
        worker: JournalWorker,
        gate: Arc<dyn JobGate>,
        presence: impl Send + Sync + 'static,
    ) -> Self {
        Self {
            worker: Mutex::new(worker),
            gate,
            stopped: Mutex::default(),
            _presence: Box::new(presence),
        }
    }

    pub(super) fn run(&self, job: Job) {
        if self.gate.before() == Pass::Shut {
            self.stopped.lock().push(Stopped::Job(job));
            return;
        }
        let finished = {
            let mut worker = self.worker.lock();
            let finished = worker.job(job);
            worker.idle();
            finished
        };
        match self.gate.after() {
            Pass::Open => (finished.send_result)(),
            Pass::Shut => self.stopped.lock().push(Stopped::Finished(finished)),
        }
    }
}

impl Drop for OnCaller {
    fn drop(&mut self) {
        if self.gate.before() == Pass::Open {
            self.worker.lock().note_head(1);
        }
    }
}
