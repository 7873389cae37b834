//! What the tests of the back office need: tills with real journals in real files, and an office over real HTTPS.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod line;
mod running;
mod test_till;
pub mod trial;

pub use running::RunningOffice;
pub use test_till::TestTill;
