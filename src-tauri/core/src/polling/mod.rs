//! Which invoice the gateway is asked about, and when.
//!
//! The gateway tells nobody that an invoice was paid, so the till asks again and again: it *polls*. Every invoice
//! that the journal lists as watched is polled, whichever program opened it and whatever the screen shows, until
//! its state is final. Two things limit how often. Each invoice has a *wait* between two polls, which depends on
//! how likely a payment is: 5 seconds on screen, an hour for one that ended long ago. And all invoices together
//! share a *budget* of calls per minute, divided into *lanes*: the fast lane for the invoice on screen, the shared
//! lane for all others, and a reserve for new invoices and polls that the cashier asks for. What nobody needs of it goes to the invoice
//! whose customer stands in front of the cashier (docs/polling.md tells the whole rule).
//!
//! [`PollScheduler`] is that rule as pure functions: invoices, answers, chance and two clocks come in as values,
//! and a [`PollPlan`] comes out. The *forward clock* (`now_ms`, milliseconds) never goes back, and waits are
//! counted on it; the day's clock (`now`) may be set, and decides only how old an invoice is. The loop that reads
//! the journal and obeys the plan is in `app`.
//!
//! ```
//! use ringup_core::clock::UnixMs;
//! use ringup_core::ids::{AttemptNumber, InvoiceId, SaleId, SaleNumber};
//! use ringup_core::journal::{PollStage, WatchedInvoice};
//! use ringup_core::polling::{Budget, Lane, PollFeedback, PollScheduler};
//!
//! let now = UnixMs(1_800_000_000_000);
//! let watched = [WatchedInvoice {
//!     sale: SaleId::new(),
//!     number: SaleNumber(42),
//!     attempt: AttemptNumber(1),
//!     invoice_id: Some(InvoiceId("179a4662".into())),
//!     requested_at: now,
//!     stage: PollStage::Open,
//! }];
//! let key = watched[0].key();
//! // 30 calls a minute for all invoices, and one every 5 s for the invoice on screen.
//! let budget = Budget::new(30, 5_000);
//! let mut scheduler = PollScheduler::default();
//!
//! // An invoice that is new to the scheduler is due at once.
//! scheduler.tick(now, 0, &watched);
//! let plan = scheduler.plan(now, 0, &watched, |_| false, Some(SaleNumber(42)), budget);
//! assert_eq!(plan.poll_now, [(key, Lane::Fast)]);
//!
//! // It is polled and answered, unpaid. It is due 5 s after that; nobody else needs a call, so it may be polled
//! // sooner, as often as the budget allows.
//! let jitter_percent = 50;
//! scheduler.record_sent(key, Lane::Fast, 0, jitter_percent, budget);
//! let feedback = PollFeedback::Answered { coin_chosen: false, in_doubt: false };
//! scheduler.record_feedback(key, feedback, 80, jitter_percent, budget);
//! let plan = scheduler.plan(now.plus(80), 80, &watched, |_| false, Some(SaleNumber(42)), budget);
//! assert_eq!((plan.poll_now, plan.next_ms), (vec![], 2_143));
//! ```

mod doubts;
mod in_flight;
mod interval;
mod learned_pace;
mod network;
mod rate_limit;
mod scheduler;
#[cfg(test)]
mod scheduler_tests;

pub(crate) use doubts::Doubts;
pub(crate) use in_flight::InFlight;
pub(crate) use network::Network;
pub use network::NetworkState;
pub use rate_limit::{Budget, Lane};
pub use scheduler::{PollFeedback, PollPlan, PollScheduler};

use crate::ids::{AttemptNumber, SaleId};
use crate::journal::WatchedInvoice;

/// An attempt of a sale. It names an invoice before the invoice has an id.
pub type AttemptKey = (SaleId, AttemptNumber);

impl WatchedInvoice {
    /// The attempt that the invoice belongs to.
    pub fn key(&self) -> AttemptKey {
        (self.sale, self.attempt)
    }
}
