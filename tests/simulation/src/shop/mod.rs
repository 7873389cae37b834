//! Whole shops in virtual time (docs/simulation.md): the till's own core from the façade down to SQLite's file, with people,
//! customers, a gateway, a network, clocks and a disk that do what a seed says. After each run an oracle that knows what was
//! truly paid, and what people were told, judges the book.
//!
//! * [`plan`] draws what happens; [`shrink`] makes a plan that fails short.
//! * [`machine`] is the computer: its clocks, its disk, the moment of its death. [`process`] is one start of the program.
//! * [`gateway`] and [`wire`] are the world outside.
//! * [`cashier`] taps, [`record`] remembers what the till said.
//! * [`book`] and [`sums`] read the journal by rules of their own; [`oracle`] compares.
//! * [`run`] plays a plan; [`many`] plays many, also with a rule broken on purpose.

#![expect(
    clippy::indexing_slicing,
    reason = "entries are JSON, where what is not there reads as null"
)]

pub mod book;
pub mod cashier;
pub mod gateway;
pub mod machine;
pub mod many;
pub mod oracle;
pub mod plan;
pub mod process;
pub mod record;
pub mod run;
mod settings;
pub mod shrink;
pub mod sums;
pub mod wire;
