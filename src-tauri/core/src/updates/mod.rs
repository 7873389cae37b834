//! Whether there is a newer version of the till. It looks only where the shop told it to, at most once a day, never during
//! a sale; it tells, and installs nothing. What it finds counts only with the signature of the key that was set beside the
//! address (docs/releasing.md, *The version notice*).
//!
//! [`decide`] is the rule, a pure function; [`fetch_notice`] is the one request; what was found is kept in `updates.json`.

mod decision;
mod fetch;
mod memory;
mod notice;
mod version;

pub use decision::{Decision, LastLook, UpdateState, decide};
pub use fetch::{LookLimits, fetch_notice};
pub(crate) use memory::{KeptLook, LookFile};
pub use notice::{UpdateTrouble, VersionNotice, read_notice};
pub use version::{Version, VersionError};
