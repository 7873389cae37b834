//! The back office: its book on both databases, its witness, its doors.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod book;
mod doors;
mod folded;
mod kills;
