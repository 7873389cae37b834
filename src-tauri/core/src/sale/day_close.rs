//! The close of a day as it stands in the journal: the Z report. Part of the journal's format, like
//! [`super::Entry`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::totals::DayTotals;
use crate::drawer::Balance;
use crate::ids::SaleNumber;
use crate::money::Currency;

/// What a close says (docs/journal.md, *Entries*, row `day_closed`).
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayClose {
    /// Its number, from 1 without gaps.
    pub z: u32,
    /// The shop's day on which it was closed, ISO 8601.
    pub day: String,
    /// The shop's time zone at that time, IANA.
    pub zone: String,
    /// The close counts the entries after this one: the close before it, or the journal's first entry.
    pub after_seq: u64,
    /// The hash of the entry before the close, hex. A shop that notes it down can prove later that no entry was
    /// cut off.
    pub head: String,
    /// The sums of the entries since the close before.
    pub totals: DayTotals,
    /// The sums of all closes, this one included; never reset.
    pub grand: DayTotals,
    /// The sales that were still open. They are carried over to the next day.
    pub open: Vec<SaleNumber>,
    /// The cash drawer since the close before, by currency; empty when nothing is known of it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub drawer: BTreeMap<Currency, Balance>,
    /// By which rule the sums were made. 1, which is left out: before format 4, when refunds were not told by rate
    /// and way. 2: they are, in the grand totals also those of the closes before. 3:
    /// tenders, rounding and what was taken back are told, likewise. 4: what was sold by category is told as well, in the
    /// totals alone; from the first close on that has a category.
    #[serde(default = "first_rule", skip_serializing_if = "is_first_rule")]
    pub sums_rule: u32,
    /// The version of the program that closed the day; a program that did not note it down yet leaves it out.
    pub version: Option<String>,
    /// The fingerprint of the API key that the journal named last; `None`: none, or a program that did not note it down
    /// yet.
    pub key: Option<String>,
}

impl DayClose {
    /// The rule of the close after one of this rule; `totals` are its sums.
    pub fn next_rule(last: Option<u32>, totals: &DayTotals) -> u32 {
        let categories = last == Some(Self::LAST_RULE) || totals.has_categories();
        if categories {
            Self::LAST_RULE
        } else {
            Self::LAST_RULE - 1
        }
    }

    /// The last of the rules by which this program makes sums. Grand totals are alike in it and the one before.
    pub const LAST_RULE: u32 = 4;
}

fn first_rule() -> u32 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_first_rule(rule: &u32) -> bool {
    *rule == first_rule()
}
