//! The entries that lists and reports of the owner begin at: closes, counts of the drawer, what people settled by hand,
//! held carts. A row says where such an entry is; what it says stays in its text alone.

use std::collections::BTreeMap;

use ringup_core::sale::{Entry, Event};

use super::sale::FoldedSale;

/// What such an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum EventWhat {
    /// A Z report; its number.
    Closed,
    /// A count of the drawer; what was there more than should have been, minor units, when that was known.
    Counted,
    /// A contradiction was settled outside the till; the sale's number.
    ReviewClosed,
    /// A sale was given up for good; its number.
    WrittenOff,
    /// The till has another short code from here on.
    CodeChanged,
    /// It tells of held carts.
    Carts,
}

impl EventWhat {
    /// The word it is stored under.
    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Where such an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EventRow {
    pub(crate) seq: u64,
    pub(crate) at_unix_ms: i64,
    pub(crate) what: EventWhat,
    /// The number that [`EventWhat`] names.
    pub(crate) number: Option<i64>,
}

/// The rows of an entry; most have none.
pub(super) fn rows(
    entry: &Entry,
    sales: &BTreeMap<String, FoldedSale>,
) -> impl Iterator<Item = EventRow> {
    let of_sale = || {
        let sale = sales.get(&entry.event.sale()?.to_string())?;
        Some(i64::from(sale.sale.number.0))
    };
    let own = match &entry.event {
        Event::DayClosed(close) => Some((EventWhat::Closed, Some(i64::from(close.z)))),
        Event::CashCounted(count) => {
            let expected = count.expected_minor;
            let difference = expected.map(|minor| count.counted_minor.saturating_sub(minor));
            Some((EventWhat::Counted, difference))
        }
        Event::TillCodeChanged { .. } => Some((EventWhat::CodeChanged, None)),
        Event::ReviewClosed { .. } => Some((EventWhat::ReviewClosed, of_sale())),
        Event::SaleWrittenOff { .. } => Some((EventWhat::WrittenOff, of_sale())),
        _ => None,
    };
    let carts = entry.event.tells_of_carts();
    let carts = carts.then_some((EventWhat::Carts, None));
    let (seq, at_unix_ms) = (entry.seq, entry.at.0);
    own.into_iter()
        .chain(carts)
        .map(move |(what, number)| EventRow {
            seq,
            at_unix_ms,
            what,
            number,
        })
}
