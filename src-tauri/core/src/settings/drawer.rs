//! Whether the shop has a cash drawer whose money is counted.

use serde::{Deserialize, Serialize};

/// The settings of the cash drawer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(export)]
pub struct DrawerSettings {
    /// Whether the till counts the drawer's cash. Off, it never speaks of it.
    pub on: bool,
    /// Whether people count without being told what should be there.
    pub blind_count: bool,
}
