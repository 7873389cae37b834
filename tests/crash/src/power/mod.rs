//! The power cut: the journal's file on a disk that loses what was not flushed.
//!
//! * `disk` is its cache, its calls and its power; `platter` is what of a file stays after a cut.
//! * `vfs` puts that disk between SQLite and the system's files, for the whole process; the till's
//!   code is what shops run.
//! * `work` is what a journal is asked to write.
//! * `run` sells, cuts, opens again and compares.
//! * `io_error` has the same disk fail at a commit, under a till that is open.

mod disk;
mod durable_content;
#[cfg(test)]
mod io_error;
mod run;
mod vfs;
mod work;

pub use disk::Flush;
pub use run::{Failed, Options, Stats, run};
