//! What was sold, less a discount, with a tip: kept in the sale as it was that day, whatever becomes of the
//! item later. One rule says what it comes to; the till charges nothing else, and `verify` asks it again.

use serde::{Deserialize, Serialize};

use crate::money::{BasisPoints, Money};

/// More lines than a receipt should have.
const MOST_LINES: usize = 200;
/// The longest name of a line, characters.
const LONGEST_NAME_CHARS: usize = 60;
/// A discount of everything.
const EVERYTHING: BasisPoints = BasisPoints(10_000);

/// One line of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct Line {
    /// What, in the shop's words; none: a sum typed on the pad.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How many.
    pub quantity: u32,
    /// The price of one, tax included, minor units.
    #[ts(type = "number")]
    pub unit_minor: i64,
    /// The tax contained in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<BasisPoints>,
}

impl Line {
    /// The line's sum, minor units; none when it is more than the program can count.
    pub fn sum_minor(&self) -> Option<i64> {
        self.unit_minor.checked_mul(i64::from(self.quantity))
    }

    fn is_sound(&self) -> bool {
        let named = self.name.as_ref().is_none_or(|name| is_name(name));
        named && self.quantity > 0 && self.unit_minor > 0
    }
}

/// Whether this can be the name of something sold: one line of words, not too long.
pub(crate) fn is_name(name: &str) -> bool {
    !name.trim().is_empty()
        && name.chars().count() <= LONGEST_NAME_CHARS
        && !name.chars().any(char::is_control)
}

/// What is taken off the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Discount {
    /// A share of their sum, rounded half up to the minor unit.
    Percent {
        /// Hundredths of a percent.
        rate: BasisPoints,
    },
    /// So much.
    Fixed {
        /// Minor units.
        #[ts(type = "number")]
        minor: i64,
    },
}

impl Discount {
    /// What it takes off this sum, minor units.
    pub fn of(self, listed_minor: i64) -> i64 {
        match self {
            Self::Percent { rate } => rate.of(listed_minor),
            Self::Fixed { minor } => minor,
        }
    }

    /// Its rate, where it has one.
    pub fn rate(self) -> Option<BasisPoints> {
        match self {
            Self::Percent { rate } => Some(rate),
            Self::Fixed { .. } => None,
        }
    }
}

/// What the customer takes, and what it comes to. Empty but for a tip: one amount, typed on the pad.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct Basket {
    /// Item by item, and sums typed between them.
    pub lines: Vec<Line>,
    /// Taken off the lines.
    pub discount: Option<Discount>,
    /// Given on top, minor units.
    #[ts(type = "number")]
    pub tip_minor: i64,
}

/// Why a basket is not what is charged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BasketError {
    /// Without a number or a price, or with a name that cannot be printed.
    #[error("line {0} is not sound")]
    Line(usize),
    /// More than a receipt should have.
    #[error("there are {0} lines")]
    TooManyLines(usize),
    /// More than there is to take it off, or less than nothing.
    #[error("the discount is more than the lines, or less than nothing")]
    Discount,
    /// Less than nothing, or more than the amount.
    #[error("the tip is more than the amount, or less than nothing")]
    Tip,
    /// The parts do not make the amount.
    #[error("the parts come to {parts_minor} minor units, the amount is {amount_minor}")]
    Mismatch {
        /// Lines less discount, with tip.
        parts_minor: i64,
        /// What is to be charged.
        amount_minor: i64,
    },
    /// More than the program can count.
    #[error("the lines come to more than can be counted")]
    TooLarge,
}

impl Basket {
    /// What the lines come to; none when it is more than the program can count.
    pub fn listed_minor(&self) -> Option<i64> {
        listed_minor(&self.lines)
    }

    /// What the discount takes off, minor units.
    pub fn discount_minor(&self) -> i64 {
        let listed = self.listed_minor().unwrap_or_default();
        self.discount.map_or(0, |discount| discount.of(listed))
    }

    /// Whether this basket comes to this amount.
    ///
    /// # Errors
    /// [`BasketError`]: then it is not charged.
    pub fn validate_total(&self, amount: Money) -> Result<(), BasketError> {
        if self.discount.and_then(Discount::rate) > Some(EVERYTHING) {
            return Err(BasketError::Discount);
        }
        Parts {
            lines: &self.lines,
            discount_minor: self.discount_minor(),
            discount_rate: self.discount.and_then(Discount::rate),
            tip_minor: self.tip_minor,
        }
        .validate_total_minor(amount.minor())
    }
}

/// The same as a sale keeps it: what the discount came to stands beside its rate.
pub(crate) struct Parts<'s> {
    pub(crate) lines: &'s [Line],
    pub(crate) discount_minor: i64,
    pub(crate) discount_rate: Option<BasisPoints>,
    pub(crate) tip_minor: i64,
}

impl Parts<'_> {
    /// Lines less discount, with tip, are the amount; without lines, what is left of the amount was typed.
    pub(crate) fn validate_total_minor(&self, amount_minor: i64) -> Result<(), BasketError> {
        if self.lines.len() > MOST_LINES {
            return Err(BasketError::TooManyLines(self.lines.len()));
        }
        if let Some(place) = self.lines.iter().position(|line| !line.is_sound()) {
            return Err(BasketError::Line(place + 1));
        }
        let listed = listed_minor(self.lines).ok_or(BasketError::TooLarge)?;
        let at_its_rate = self
            .discount_rate
            .is_none_or(|rate| rate.of(listed) == self.discount_minor);
        if !(0..=listed).contains(&self.discount_minor) || !at_its_rate {
            return Err(BasketError::Discount);
        }
        if !(0..=amount_minor).contains(&self.tip_minor) {
            return Err(BasketError::Tip);
        }
        let parts_minor = (listed - self.discount_minor)
            .checked_add(self.tip_minor)
            .ok_or(BasketError::TooLarge)?;
        if self.lines.is_empty() || parts_minor == amount_minor {
            Ok(())
        } else {
            Err(BasketError::Mismatch {
                parts_minor,
                amount_minor,
            })
        }
    }
}

fn listed_minor(lines: &[Line]) -> Option<i64> {
    lines
        .iter()
        .try_fold(0_i64, |so_far, line| so_far.checked_add(line.sum_minor()?))
}
