//! Who is asked when: a pure scheduler, and the one loop that obeys it. Every open invoice of the journal
//! is asked about, whoever opened it and whichever screen shows it, until the gateway's word is final.

mod in_flight;
mod interval;
mod loop_task;
mod network;
mod rate_limit;
mod scheduler;
#[cfg(test)]
mod scheduler_tests;

pub(crate) use in_flight::InFlight;
pub(crate) use loop_task::run;
pub(crate) use network::Network;
pub use network::NetworkState;
pub use rate_limit::{Budget, Lane};
pub use scheduler::{PollFeedback, PollPlan, PollScheduler};

use crate::ids::{AttemptNumber, SaleId};
use crate::journal::WatchedInvoice;

/// One invoice, known before it has an id.
pub type AttemptKey = (SaleId, AttemptNumber);

impl WatchedInvoice {
    /// Which invoice it is.
    pub fn key(&self) -> AttemptKey {
        (self.sale, self.attempt)
    }
}
