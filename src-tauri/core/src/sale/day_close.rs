//! The close of a day as it stands in the journal: the Z report. Part of the journal's format, like
//! [`super::Entry`].

use serde::{Deserialize, Serialize};

use super::totals::DayTotals;
use crate::ids::SaleNumber;

/// What a close says (docs/journal.md, *Entries*, row `day_closed`).
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
}
