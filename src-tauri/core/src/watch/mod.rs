//! Who is asked when: a pure pacer, and the one loop that obeys it. Every open invoice of the journal
//! is asked about, whoever opened it and whichever screen shows it, until the gateway's word is final.

mod budget;
mod in_flight;
mod network;
mod pace;
mod pacer;
#[cfg(test)]
mod pacer_tests;
mod rounds;

pub use budget::{Budget, Lane};
pub(crate) use in_flight::InFlight;
pub(crate) use network::Network;
pub use network::NetworkState;
pub use pacer::{Heard, Pacer, Plan};
pub(crate) use rounds::run;

use crate::ids::{AttemptNumber, SaleId};
use crate::journal::Watched;

/// One invoice, known before it has an id.
pub type AttemptKey = (SaleId, AttemptNumber);

impl Watched {
    /// Which invoice it is.
    pub fn key(&self) -> AttemptKey {
        (self.sale, self.attempt)
    }
}
