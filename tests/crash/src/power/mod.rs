//! Power cuts: the journal's file lies on a simulated disk that loses what was not flushed.
//!
//! * `disk` simulates the cache, the calls and the power; `durable_content` is what remains of a file after a cut.
//! * `vfs` puts that disk between SQLite and the system's files, for the whole process; the till's code is what
//!   shops run.
//! * `work` is what is written into the journal.
//! * `run` sells, cuts the power, opens the journal again and compares.
//! * `io_error` lets the same disk fail at a commit, under an open till.

mod disk;
mod durable_content;
#[cfg(test)]
mod io_error;
mod run;
mod vfs;
mod work;

pub use disk::{Disk, Failing, Flush};
pub use run::{Failed, Options, Stats, run};
pub use vfs::{mount, unmount};
