//! The customer's display: a second window, which faces the customer.

use serde::{Deserialize, Serialize};

/// Where the customer's display is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum DisplayPlace {
    /// Nowhere.
    #[default]
    Off,
    /// On the second monitor, whenever there is one.
    SecondMonitor,
    /// In a window that can be moved.
    Window,
}
