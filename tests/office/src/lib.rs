//! What the tests of the back office need: tills with real journals in real files, and an office over real HTTPS.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod hook_receiver;
mod line;
mod proxy;
mod random_shop;
mod running;
mod test_till;
pub mod trial;
pub mod visitor;

pub use hook_receiver::{HookMood, HookReceiver, ReceivedHook};
pub use random_shop::{RandomShop, voucher, zone};
pub use ringup_office::store::{Branch, NewDecision, TillSettings, Verdict};
pub use running::RunningOffice;
pub use test_till::TestTill;
pub use visitor::Visitor;
