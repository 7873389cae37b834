//! Who is asked when: a pure pace, and the one loop that obeys it. Every open invoice of the journal
//! is asked about, whoever opened it and whichever screen shows it, until the gateway's word is final.

mod in_flight;
mod network;
mod pace;
mod rounds;

pub(crate) use in_flight::InFlight;
pub(crate) use network::Network;
pub use network::NetworkState;
pub use pace::{History, due_ms};
pub(crate) use rounds::run;

use crate::ids::{AttemptNumber, SaleId};

/// One invoice, known before it has an id.
pub(crate) type AttemptKey = (SaleId, AttemptNumber);
