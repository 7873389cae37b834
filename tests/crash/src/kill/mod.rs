//! The crash loop: a till in a process of its own sells with the practice gateway and is killed (SIGKILL). Then it
//! is started again, finds what was paid meanwhile, and its journal is compared with what it had told before.
//!
//! * `plan` makes cycles from a seed: what happens in each, and when the kill comes.
//! * `protocol` is the lines between the loop and the till's process.
//! * `child` is that process; `process` controls it; `sabotage` makes it break a guarantee.
//! * `observations` is all that the till told; `check` compares it with the journal and the gateway.
//! * `gateway` is the practice gateway as the loop uses it.
//! * `run` plays the cycles; `stats` is what it counted.

mod check;
mod child;
mod gateway;
mod observations;
mod plan;
mod process;
mod protocol;
mod run;
mod sabotage;
mod stats;

pub use check::Violation;
pub use child::{ChildOptions, run_till};
pub use run::{Failed, Options, run};
pub use sabotage::Sabotage;
pub use stats::Stats;
