//! The back office: its book on both databases, its witness, its doors.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod book;
mod browser;
mod crowd;
mod database_tls;
mod decisions;
mod doors;
mod folded;
mod hints;
mod kills;
mod operations;
mod owners;
mod pages;
mod pages_book;
mod pages_guarded;
mod pages_word;
mod receipt_pages;
mod receipts;
mod replica;
mod restore;
mod shared;
mod tokens;
mod v1_fuzzed;
mod word;
