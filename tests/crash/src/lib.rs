//! Crash tests: they try to make the till lose a sale, and check that it did not (docs/crash-tests.md).
//!
//! * [`kill`] kills the till's process, at random moments and at every failpoint, and starts it again.
//! * [`power`] cuts the power of the journal's disk: what was not flushed is lost, in any mixture.

pub mod kill;
pub mod power;
