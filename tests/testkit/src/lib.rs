//! What several test programs need, written once: a desktop of its own for each test, the practice gateway and
//! servers that answer anything, a receipt printer, a shop, the till's program and its window, and journals of
//! any size.
//!
//! This crate does not depend on the package `ringup`: the tests of that package depend on it. So they start the
//! program that Cargo built for them ([`ringup_program`]).

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod chromium;
mod counter;
mod desktop;
pub mod gateway;
pub mod journal_generator;
mod mail_server;
pub mod picture;
mod postgres;
mod printer;
mod program;
mod server;
mod shop;
mod site;
pub mod webdriver;
mod window;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub use chromium::{Chromium, Screen};
pub use counter::{Counter, refused};
pub use desktop::{Desktop, KeychainState, Scan, ScanKeys};
pub use gateway::start_gateway;
pub use mail_server::{MailMood, MailServer, ReceivedMail};
pub use postgres::{Postgres, PostgresEnd};
pub use printer::{Paper, Printer, PrinterState};
pub use program::{GatewayProgram, Program, error_code, key_set, run, run_with};
pub use server::{RawServer, free_port, http};
pub use shop::{Shop, ahead, cash_back, euros, money};
pub use site::serve_folder;
pub use window::{FAST_POLL_MS, Window, newest_invoice, open_till};

/// The longest that anything is waited for before the test fails.
pub const TIMEOUT: Duration = Duration::from_secs(20);

/// The root of this repository.
pub fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The till's program, which Cargo builds for the tests of the package `ringup` and names in their environment.
pub fn ringup_program() -> PathBuf {
    let program = std::env::var_os("CARGO_BIN_EXE_ringup");
    PathBuf::from(program.expect("`cargo test` names the program to the tests of `ringup`"))
}

/// Checks every 20 ms whether `done`, and panics after [`TIMEOUT`]. `what` says what was waited for.
pub fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < TIMEOUT, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
