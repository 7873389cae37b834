//! What a till gets from the machine that it runs on. The simulator (docs/simulation.md) brings all of it, so that a till
//! of the shop's own code lives in virtual time, and the same seed gives the same day.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rand::RngExt as _;

use crate::clock::Clock;
use crate::gateway::Line;
use crate::journal::JobsRun;

/// The journal is read this often even when nothing is due, because another program may have opened an invoice.
const READ_JOURNAL: Duration = Duration::from_secs(1);

/// What a till gets from its machine. Waits are tokio's, whose clock a test may pause.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The time of day.
    pub clock: Clock,
    /// The line to the gateway.
    pub line: Line,
    /// Where the journal's jobs run.
    pub journal: JobsRun,
    /// What makes tills not ask in step.
    pub jitter: Jitter,
    /// How often the journal is read for what another program wrote.
    pub reads_journal_every: Duration,
}

impl From<Clock> for Surroundings {
    /// A machine with this clock.
    fn from(clock: Clock) -> Self {
        Self {
            clock,
            line: Line::Network,
            journal: JobsRun::OnThread,
            jitter: Jitter::default(),
            reads_journal_every: READ_JOURNAL,
        }
    }
}

/// Draws a number from 0 to 100.
#[derive(Clone)]
pub struct Jitter(Arc<dyn Fn() -> u64 + Send + Sync>);

impl Jitter {
    /// Jitter that comes from `draw`, which returns 0 to 100.
    pub fn from_fn(draw: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(draw))
    }

    pub(super) fn percent(&self) -> u64 {
        (self.0)()
    }
}

impl Default for Jitter {
    fn default() -> Self {
        Self::from_fn(|| rand::rng().random_range(0..=100))
    }
}

impl fmt::Debug for Jitter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Jitter")
    }
}
