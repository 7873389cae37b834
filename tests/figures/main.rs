//! Figures of the real window, taken while nothing else runs: printed, never asserted. A program of
//! its own, because tests of one program run side by side.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places and times are floats; no money is among them"
)]
#![expect(clippy::print_stdout, reason = "figures are printed")]

#[path = "../desktop/mod.rs"]
#[expect(dead_code, reason = "figures need few of a desktop's sides")]
mod desktop;
#[path = "../e2e/picture.rs"]
#[expect(dead_code, reason = "figures need no QR read back")]
mod picture;
#[path = "../e2e/window.rs"]
#[expect(dead_code, reason = "figures need few of a window's sides")]
mod window;

mod speed;

/// The till.
const PROGRAM: &str = env!("CARGO_BIN_EXE_ringup");
