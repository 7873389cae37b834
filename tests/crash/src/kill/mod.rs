//! The crash loop: a till in a process of its own sells to the practice gateway, is killed with
//! SIGKILL, is started again, finds what there is to find, and is compared with what it had said.
//!
//! * `plan` makes cycles from a seed: what is done, and when the kill comes.
//! * `words` are the lines between the loop and the till's process.
//! * `child` is that process; `process` is the loop's hand on it; `sabotage` makes it break a promise.
//! * `memory` is all that the till said; `check` compares it with the journal and the gateway.
//! * `gateway` is the loop's side of the practice gateway.
//! * `run` plays the cycles; `stats` is what it counted.

mod check;
mod child;
mod gateway;
mod memory;
mod plan;
mod process;
mod protocol;
mod run;
mod sabotage;
mod stats;

pub use check::Broken;
pub use child::{ChildOptions, live};
pub use run::{Failed, Options, run};
pub use sabotage::Sabotage;
pub use stats::Stats;
