//! The cash drawer: what should be in it, and what was counted.
//!
//! Nothing is known of a drawer until it is counted for the first time, as its float. From then on it should hold what
//! was left in it at the last count, and each sum of cash that has moved since: tenders as they were kept, refunds,
//! pay-ins, pay-outs, bank drops. A count writes down what should have been there beside what was, so the difference
//! stays; what it leaves in the drawer is the float of what follows.
//!
//! ```
//! use ringup_core::drawer::{Balance, CashLine};
//!
//! let mut balance = Balance::default();
//! balance.add(&CashLine::Counted { counted_minor: 15_000, left_minor: 15_000 });
//! balance.add(&CashLine::Taken(1_340));
//! balance.add(&CashLine::Dropped(10_000));
//! assert_eq!(balance.expected_minor, Some(6_340));
//! ```

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use ts_rs::TS;

use crate::breaks::{self, Break};
use crate::money::{Currency, Money};

mod denominations;

pub use denominations::denominations;

/// Which way cash moved without a sale.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, TS,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[ts(export)]
pub enum CashWay {
    /// A pay-in: change from the bank, money that the owner puts in.
    In,
    /// A pay-out: a delivery that is paid from the drawer.
    Out,
    /// A bank drop: money that is taken to the bank or the safe.
    Drop,
}

/// Cash that went into the drawer or out of it without a sale (docs/journal.md, *Entries*, row `cash_moved`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashMove {
    /// Which way.
    pub way: CashWay,
    /// How much, minor units; positive both ways.
    pub amount_minor: i64,
    /// Its currency.
    pub currency: Currency,
    /// The cashier's reason.
    pub reason: String,
}

/// What a count is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CountPurpose {
    /// The float with which the drawer starts.
    Float,
    /// What has come together, usually at the close.
    Count,
}

/// Equal notes or coins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Piece {
    /// What one is worth, minor units.
    pub minor: i64,
    /// How many.
    pub count: u32,
}

/// A count of the drawer (docs/journal.md, *Entries*, row `cash_counted`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashCount {
    /// What it is for.
    pub purpose: CountPurpose,
    /// The currency that was counted.
    pub currency: Currency,
    /// What should have been there, minor units; `None`: the drawer was counted for the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_minor: Option<i64>,
    /// What was there, minor units.
    pub counted_minor: i64,
    /// How many of each note and coin; empty when only the sum was typed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<Piece>,
    /// What stays in the drawer, minor units: the next float. The rest is taken out.
    pub left_minor: i64,
}

/// Why a count cannot be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CountError {
    /// The notes and coins are not what was counted.
    #[error("the notes and coins do not add up to the sum")]
    PiecesDiffer,
    /// There is no such note or coin.
    #[error("there is no note or coin of {0} in this currency")]
    UnknownPiece(Money),
    /// Less than nothing was counted, or more is left than was there.
    #[error("what is left in the drawer must be between nothing and what was counted")]
    LeftTooMuch,
}

impl CashCount {
    /// Whether it can be right.
    ///
    /// # Errors
    /// Every variant of [`CountError`].
    pub fn validate(&self) -> Result<(), CountError> {
        let known = denominations(self.currency);
        let mut pieces = self.pieces.iter();
        if let Some(piece) = pieces.find(|piece| !known.contains(&piece.minor)) {
            let piece = Money::from_minor(piece.minor, self.currency);
            return Err(CountError::UnknownPiece(piece));
        }
        if !self.pieces.is_empty() && self.sum_of_pieces() != Some(self.counted_minor) {
            return Err(CountError::PiecesDiffer);
        }
        if !(0..=self.counted_minor).contains(&self.left_minor) {
            return Err(CountError::LeftTooMuch);
        }
        Ok(())
    }

    fn sum_of_pieces(&self) -> Option<i64> {
        let mut pieces = self.pieces.iter();
        pieces.try_fold(0_i64, |sum, piece| {
            sum.checked_add(piece.minor.checked_mul(i64::from(piece.count))?)
        })
    }
}

/// Something that moves one currency's cash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CashLine {
    /// Cash was kept of a tender, minor units; negative when the tender was taken back.
    Taken(i64),
    /// Cash went back to a customer, minor units; negative when the refund was voided.
    Refunded(i64),
    /// A pay-in, minor units.
    In(i64),
    /// A pay-out, minor units.
    Out(i64),
    /// A bank drop, minor units.
    Dropped(i64),
    /// A count.
    Counted {
        /// What was there, minor units.
        counted_minor: i64,
        /// What stays, minor units.
        left_minor: i64,
    },
}

impl From<&CashMove> for CashLine {
    fn from(moved: &CashMove) -> Self {
        match moved.way {
            CashWay::In => Self::In(moved.amount_minor),
            CashWay::Out if breaks::is(Break::DrawerIgnoresPayOuts) => Self::Out(0),
            CashWay::Out => Self::Out(moved.amount_minor),
            CashWay::Drop => Self::Dropped(moved.amount_minor),
        }
    }
}

impl From<&CashCount> for CashLine {
    fn from(count: &CashCount) -> Self {
        Self::Counted {
            counted_minor: count.counted_minor,
            left_minor: count.left_minor,
        }
    }
}

/// One currency's cash over a time, minor units. Part of the journal's format: a close keeps it. What came before the
/// first count of all is in none of its sums, so they always add up: the start, and what was taken, paid in and found too
/// much, less what was refunded, paid out, dropped and taken out at counts, is what should be there at the end.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// What should have been in the drawer at the beginning, or the first count of all; `None`: it was never counted.
    pub start_minor: Option<i64>,
    /// What was kept of tenders, less those that were taken back.
    pub taken_minor: i64,
    /// What went back to customers, less what was voided.
    pub refunded_minor: i64,
    /// Pay-ins.
    pub in_minor: i64,
    /// Pay-outs.
    pub out_minor: i64,
    /// Bank drops.
    pub dropped_minor: i64,
    /// How often it was counted, floats included.
    pub counts: u32,
    /// What was there more than should have been, all counts together; negative when something was missing. The first
    /// count of all has no difference.
    pub difference_minor: i64,
    /// What was taken out at the counts, beyond what stayed as the next float.
    pub removed_minor: i64,
    /// What the last count found; `None`: it was not counted.
    pub counted_minor: Option<i64>,
    /// What should be in the drawer at the end.
    pub expected_minor: Option<i64>,
}

impl Balance {
    /// The beginning of a time, with what should be in the drawer then.
    pub fn beginning(expected_minor: Option<i64>) -> Self {
        Self {
            start_minor: expected_minor,
            expected_minor,
            ..Self::default()
        }
    }

    /// Adds a line.
    pub fn add(&mut self, line: &CashLine) {
        let expected = match (self.expected_minor, line) {
            (Some(expected), _) => expected,
            (None, CashLine::Counted { counted_minor, .. }) => {
                self.start_minor = Some(*counted_minor);
                *counted_minor
            }
            (None, _) => return,
        };
        let (sum, minor, moves) = match *line {
            CashLine::Taken(minor) => (&mut self.taken_minor, minor, minor),
            CashLine::Refunded(minor) => (&mut self.refunded_minor, minor, minor.saturating_neg()),
            CashLine::In(minor) => (&mut self.in_minor, minor, minor),
            CashLine::Out(minor) => (&mut self.out_minor, minor, minor.saturating_neg()),
            CashLine::Dropped(minor) => (&mut self.dropped_minor, minor, minor.saturating_neg()),
            CashLine::Counted {
                counted_minor,
                left_minor,
            } => {
                let difference = counted_minor.saturating_sub(expected);
                self.difference_minor = self.difference_minor.saturating_add(difference);
                let removed = counted_minor.saturating_sub(left_minor);
                self.removed_minor = self.removed_minor.saturating_add(removed);
                self.counts = self.counts.saturating_add(1);
                self.counted_minor = Some(counted_minor);
                self.expected_minor = Some(left_minor);
                return;
            }
        };
        *sum = sum.saturating_add(minor);
        self.expected_minor = Some(expected.saturating_add(moves));
    }
}

#[cfg(test)]
mod tests;
