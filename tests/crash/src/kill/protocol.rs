//! The lines between the loop and the till's process: one JSON object each. A line that arrived whole
//! is a promise: the till said it.

use ringup_core::failpoints::Failpoint;
use ringup_core::ids::TapId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the loop asks for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// Its number; the answer bears it.
    pub(crate) order: u64,
    /// What.
    pub(crate) what: Order,
}

/// What the cashier does.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Order {
    Charge {
        amount: String,
        currency: String,
        tap: TapId,
    },
    TryAgain(u32),
    Stop(u32),
    Check(u32),
    /// Not the cashier's: at this point the till is to stand still.
    Arm {
        point: Failpoint,
        pass: u32,
    },
}

/// What the till says. A sale is its view, as a screen would get it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Said {
    /// It is open.
    Open,
    /// An order was done.
    Done { order: u64, sale: Value },
    /// An order that changes no sale was done.
    Armed { order: u64 },
    /// An order failed.
    Failed { order: u64, message: String },
    /// The screen would show this now.
    Shown { sale: Value },
    /// It stands still at the armed point.
    At(Failpoint),
}

impl Said {
    /// The order that it answers.
    pub(crate) fn order(&self) -> Option<u64> {
        match self {
            Self::Done { order, .. } | Self::Armed { order } | Self::Failed { order, .. } => {
                Some(*order)
            }
            Self::Open | Self::Shown { .. } | Self::At(_) => None,
        }
    }
}
