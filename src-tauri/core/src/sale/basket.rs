//! What was sold: lines, less a discount, with a tip. A sale keeps it as it was on that day, whatever happens
//! to the shop's items later.
//!
//! A [`Basket`] is what the cashier put together. [`Basket::breakdown`] checks it against the amount to be
//! charged and gives the [`Breakdown`] that the journal keeps. The same rule is checked again when the entry
//! is read, so `verify` finds a sale whose parts are not its amount.

use serde::{Deserialize, Serialize};

use crate::ids::ItemId;
use crate::money::{BasisPoints, Money};

/// More lines than a receipt should have.
const MAX_LINES: usize = 200;
/// The longest name of a line, characters.
const MAX_NAME_CHARS: usize = 60;
/// The most options that are named in a line.
const MAX_OPTIONS: usize = 20;
/// Prices by weight are those of a kilogram.
const GRAMS_PER_KILOGRAM: i64 = 1_000;
/// The largest discount by rate.
const HUNDRED_PERCENT: BasisPoints = BasisPoints(10_000);

/// One line of a sale.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct Line {
    /// The item's name; `None`: a sum typed on the pad.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How many were sold.
    pub quantity: u32,
    /// The price of one, tax included, minor units.
    pub unit_minor: i64,
    /// The rate of the tax contained in the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<BasisPoints>,
    /// The listed item, when its stock is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// The item's category as it was that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The options that were chosen. What they add is in the price of one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub options: Vec<String>,
    /// What one of them weighs, when the price follows from that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
    /// It is the deposit of what it names. No discount is taken off it.
    #[serde(default, skip_serializing_if = "is_false")]
    #[ts(as = "Option<bool>", optional)]
    pub deposit: bool,
}

/// What a package weighs, and what a kilogram costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct Weight {
    /// In grams.
    pub grams: u32,
    /// The price of a kilogram, tax included, minor units.
    pub kilogram_minor: i64,
}

impl Weight {
    /// What the package costs, minor units, rounded half up; `None` when it does not fit into an `i64`.
    pub fn price_minor(self) -> Option<i64> {
        let grams = i64::from(self.grams);
        let doubled = self.kilogram_minor.checked_mul(grams)?.checked_mul(2)?;
        let rounded = doubled.checked_add(GRAMS_PER_KILOGRAM)?;
        Some(rounded.div_euclid(2 * GRAMS_PER_KILOGRAM))
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

impl Line {
    /// The line's sum, minor units; `None` when it does not fit into an `i64`.
    pub fn sum_minor(&self) -> Option<i64> {
        self.unit_minor.checked_mul(i64::from(self.quantity))
    }

    fn is_valid(&self) -> bool {
        let mut texts = self.name.iter().chain(&self.category).chain(&self.options);
        let printable = texts.all(|text| is_printable_name(text));
        let as_weighed = |weight: Weight| weight.price_minor() == Some(self.unit_minor);
        let weighed = self.weight.is_none_or(as_weighed);
        // Only an item of the shop has options, a weight or a deposit.
        let plain = self.options.is_empty() && self.weight.is_none();
        let of_an_item = self.name.is_some() || (plain && !self.deposit);
        let listed = self.options.len() <= MAX_OPTIONS && (plain || !self.deposit) && of_an_item;
        printable && listed && weighed && self.quantity > 0 && self.unit_minor > 0
    }
}

/// Whether a text can be the name of something sold: not blank, of one line, not too long.
pub(crate) fn is_printable_name(name: &str) -> bool {
    !name.trim().is_empty()
        && name.chars().count() <= MAX_NAME_CHARS
        && !name.chars().any(char::is_control)
}

/// What is taken off the sum of the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Discount {
    /// A share of the sum, rounded half up to the minor unit.
    Percent {
        /// Hundredths of a percent.
        rate: BasisPoints,
    },
    /// A fixed amount.
    Fixed {
        /// Minor units.
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

    /// Its rate; `None` for a fixed amount.
    pub fn rate(self) -> Option<BasisPoints> {
        match self {
            Self::Percent { rate } => Some(rate),
            Self::Fixed { .. } => None,
        }
    }
}

/// What the customer takes. Without lines and discount it is one amount, typed on the pad.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct Basket {
    /// Items, and sums typed between them.
    pub lines: Vec<Line>,
    /// Taken off the lines.
    pub discount: Option<Discount>,
    /// Given on top, minor units.
    pub tip_minor: i64,
}

impl Basket {
    /// Whether more than this share of the lines is taken off.
    pub fn is_discounted_above(&self, share: BasisPoints) -> bool {
        let listed = self.lines.iter().filter_map(Line::sum_minor);
        let listed_minor = listed.fold(0, i64::saturating_add);
        let taken = |discount: Discount| match discount {
            Discount::Percent { rate } => rate > share,
            Discount::Fixed { minor } => minor > share.of(listed_minor),
        };
        self.discount.is_some_and(taken)
    }
}

/// What a sale's amount is made of. Part of the journal's format (docs/journal.md, *Entries*).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breakdown {
    /// What was sold, when it was picked from items. Their sum, less the discount, with the tip, is the amount.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// Taken off the lines, minor units.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub discount_minor: i64,
    /// The discount's rate, when it was a share of the lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount_rate: Option<BasisPoints>,
    /// Within the amount, minor units.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tip_minor: i64,
    /// The rate of the tax contained in an amount without lines, as the shop's rate was that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<BasisPoints>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
pub(super) fn is_zero(minor: &i64) -> bool {
    *minor == 0
}

/// Why the parts of a sale are not its amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BasketError {
    /// The line of this place, from 1, has no quantity, no price, or a name that cannot be printed.
    #[error("line {0} is not valid")]
    Line(usize),
    /// There are this many lines, more than a receipt should have.
    #[error("there are {0} lines")]
    TooManyLines(usize),
    /// The discount is negative, more than the lines, or not what its rate gives.
    #[error("the discount is more than the lines, or less than nothing")]
    Discount,
    /// The tip is negative or more than the amount.
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
    /// The lines do not fit into an `i64`.
    #[error("the lines come to more than can be counted")]
    TooLarge,
}

impl Basket {
    /// The breakdown of `amount` into this basket's parts. A line without a name was typed on the pad, so it
    /// contains the tax of the pad's sales, `pad_tax`; so does an amount without lines.
    ///
    /// # Errors
    /// Every variant of [`BasketError`].
    pub fn breakdown(
        self,
        amount: Money,
        pad_tax: Option<BasisPoints>,
    ) -> Result<Breakdown, BasketError> {
        let discount_rate = self.discount.and_then(Discount::rate);
        if discount_rate > Some(HUNDRED_PERCENT) {
            return Err(BasketError::Discount);
        }
        let listed = goods_minor(&self.lines)?;
        let mut breakdown = Breakdown {
            lines: self.lines,
            discount_minor: self.discount.map_or(0, |discount| discount.of(listed)),
            discount_rate,
            tip_minor: self.tip_minor,
            tax: None,
        };
        breakdown.validate_total(amount.minor())?;
        if breakdown.lines.is_empty() {
            breakdown.tax = pad_tax;
        }
        for line in breakdown
            .lines
            .iter_mut()
            .filter(|line| line.name.is_none())
        {
            line.tax = pad_tax;
        }
        Ok(breakdown)
    }
}

impl Breakdown {
    /// Checks that lines less discount, with tip, are the amount. Without lines the amount was typed, and only
    /// the tip must be within it.
    ///
    /// # Errors
    /// Every variant of [`BasketError`].
    pub(super) fn validate_total(&self, amount_minor: i64) -> Result<(), BasketError> {
        if self.lines.len() > MAX_LINES {
            return Err(BasketError::TooManyLines(self.lines.len()));
        }
        if let Some(index) = self.lines.iter().position(|line| !line.is_valid()) {
            return Err(BasketError::Line(index + 1));
        }
        let listed = listed_minor(&self.lines)?;
        let goods = goods_minor(&self.lines)?;
        let at_its_rate = self
            .discount_rate
            .is_none_or(|rate| rate.of(goods) == self.discount_minor);
        if !(0..=goods).contains(&self.discount_minor) || !at_its_rate {
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

/// What a discount may be taken off, minor units: a deposit is given back whole, so nothing is taken off it.
pub(super) fn goods_minor(lines: &[Line]) -> Result<i64, BasketError> {
    listed_minor(lines.iter().filter(|line| !line.deposit))
}

/// The sum of the lines, minor units.
pub(super) fn listed_minor<'l>(
    lines: impl IntoIterator<Item = &'l Line>,
) -> Result<i64, BasketError> {
    let sum = lines
        .into_iter()
        .try_fold(0_i64, |sum, line| sum.checked_add(line.sum_minor()?));
    sum.ok_or(BasketError::TooLarge)
}
