//! The power cut: the journal's file on a disk that loses what was not flushed.
//!
//! * `disk` remembers what was written since the last flush, and decides at the cut what of it stays.
//! * `vfs` puts that disk between SQLite and the system's files, for the whole process; the till's
//!   code is what shops run.
//! * `work` is what a journal is asked to write.
//! * `run` sells, cuts, opens again and compares.
//! * `io_error` has the same disk fail at a commit, under a till that is open.

mod disk;
#[cfg(test)]
mod io_error;
mod run;
mod vfs;
mod work;

pub use disk::Flush;
pub use run::{Failed, Options, Tally, run};
