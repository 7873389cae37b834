//! What was sold, when it was picked from the shop's items: kept in the sale as it was that day, whatever
//! becomes of the item later.

use serde::{Deserialize, Serialize};

use crate::money::BasisPoints;

/// One line of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct Line {
    /// What, in the shop's words.
    pub name: String,
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
}
