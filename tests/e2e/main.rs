//! The real window on a real screen with a real keychain, driven through WebDriver. Pictures of what
//! was seen are kept below `target/e2e/`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places on a page are floats; no money is among them"
)]
#![expect(
    clippy::print_stdout,
    reason = "the seed of what was drawn by chance, and figures"
)]

#[path = "../desktop/mod.rs"]
mod desktop;

mod accessible;
mod alarms;
mod book;
mod customer_display;
mod day;
mod engine;
mod every_screen;
mod first_sale;
mod fuzzed;
mod items;
mod kiosk;
mod locked_down;
mod looks;
mod machine;
mod outside_text;
mod picture;
mod practice_mode;
mod refusals;
mod restore;
mod sales;
mod second_monitor;
mod seen_and_heard;
mod self_service;
mod session;
mod survives;
mod who_may;
mod window;

/// The till.
const PROGRAM: &str = env!("CARGO_BIN_EXE_ringup");
