//! Trials: programs that try to make the till lose a sale, and check that it did not
//! (docs/crash-tests.md).
//!
//! * [`kill`] kills the till's process, at random moments and at every named step, and starts it again.
//! * [`power`] takes the power from the disk: what was not flushed is lost, in any mixture.

pub mod kill;
pub mod power;
