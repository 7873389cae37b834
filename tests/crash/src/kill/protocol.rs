//! The lines between the loop and the till's process: one JSON object each. The loop counts a message as sent once
//! its line has arrived whole; from then on the till is held to it.

use ringup_core::failpoints::Failpoint;
use ringup_core::ids::TapId;
use ringup_core::money::Money;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the loop asks the till for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Request {
    /// Its number, which the answer repeats.
    pub(crate) id: u64,
    pub(crate) order: Order,
}

/// What a cashier does.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Order {
    /// `cash`: all of it is paid in cash at once.
    Charge {
        amount: Money,
        cash: bool,
        tap: TapId,
    },
    /// Of the sale with this number.
    OfSale(SaleAct, u32),
    CloseDay,
    CountDrawer,
    /// Save the settings with this many calls a minute.
    SaveSettings(u16),
    /// Not a cashier's order: stop at this point, after it was passed this many times.
    Arm {
        point: Failpoint,
        pass: u32,
    },
}

/// What a cashier does with a sale that there is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SaleAct {
    TryAgain,
    Stop,
    Check,
    Refund,
    WriteOff,
    /// A little of what is outstanding is paid in cash.
    TakePart,
    /// All that is outstanding is paid in cash.
    TakeCash,
    /// The first tender is taken back.
    TakeBack,
}

/// What the till's process tells. A sale is its view, as a screen would get it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Message {
    /// The till is open.
    Open,
    /// A request was carried out.
    Done { request: u64, sale: Value },
    /// The day was closed with this number.
    Closed { request: u64, z: u32 },
    /// A count of the drawer was written.
    Counted { request: u64 },
    /// The settings are saved, and were others before.
    Saved { request: u64 },
    /// The failpoint of a request is armed.
    Armed { request: u64 },
    /// A request failed.
    Failed { request: u64, message: String },
    /// A screen would show this now.
    Shown { sale: Value },
    /// The process has stopped at the armed failpoint.
    At(Failpoint),
}

impl Message {
    /// The request that it answers.
    pub(crate) fn request(&self) -> Option<u64> {
        match self {
            Self::Done { request, .. }
            | Self::Closed { request, .. }
            | Self::Counted { request }
            | Self::Saved { request }
            | Self::Armed { request }
            | Self::Failed { request, .. } => Some(*request),
            Self::Open | Self::Shown { .. } | Self::At(_) => None,
        }
    }
}
