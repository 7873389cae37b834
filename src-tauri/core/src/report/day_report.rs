//! The X report of a day and the Z of a close, as screens, printers and `--json` get them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::totals::DayTotals;
use crate::calendar::{Day, Zone, hour_of};
use crate::clock::UnixMs;
use crate::money::Currency;
use crate::sale::{LedgerKind, LedgerLine, SaleView};

/// The hours that a clock shows.
const HOURS: usize = 24;

/// The X report: a day of the shop so far, and what has come since the last close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct DayReport {
    /// The shop's day, ISO 8601.
    pub day: Day,
    /// The shop's time zone, IANA.
    pub zone: String,
    /// Practice money: the whole report is of no worth.
    pub practice: bool,
    /// The till's short code.
    pub till: String,
    /// When it was made.
    #[ts(type = "number")]
    pub made_at_unix_ms: UnixMs,
    /// What was paid and went back on that day.
    pub totals: DayTotals,
    /// What was ever paid and went back; never reset.
    pub grand: DayTotals,
    /// The day hour by hour: 24 for each currency, from midnight by the shop's clock.
    pub hours: BTreeMap<Currency, Vec<HourTotals>>,
    /// Of the day's payments, what is credited to the merchant.
    #[ts(type = "{ [key in Currency]?: number }")]
    pub settled_minor: BTreeMap<Currency, i64>,
    /// Of the day's payments, what is not credited yet.
    #[ts(type = "{ [key in Currency]?: number }")]
    pub unsettled_minor: BTreeMap<Currency, i64>,
    /// An average payment of the day, rounded half up.
    #[ts(type = "{ [key in Currency]?: number }")]
    pub average_minor: BTreeMap<Currency, i64>,
    /// What the sales that are open now would bring, test money left out.
    #[ts(type = "{ [key in Currency]?: number }")]
    pub open_minor: BTreeMap<Currency, i64>,
    /// The sales that are open now, whatever day they are of.
    pub open: Vec<SaleView>,
    /// The last close, of any day.
    pub last_close: Option<CloseView>,
    /// What a close would sum up now.
    pub since_close: DayTotals,
}

/// An hour of a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct HourTotals {
    /// Payments received.
    #[ts(type = "number")]
    pub payments: i64,
    /// Their sum.
    #[ts(type = "number")]
    pub paid_minor: i64,
}

/// A Z report, as it stands in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct CloseView {
    /// Its number, from 1 without gaps.
    pub z: u32,
    /// The shop's day on which it was closed.
    pub day: String,
    /// The shop's time zone then.
    pub zone: String,
    /// Practice money: the whole report is of no worth.
    pub practice: bool,
    /// The till's short code.
    pub till: String,
    /// When.
    #[ts(type = "number")]
    pub at_unix_ms: UnixMs,
    /// Its entry in the journal.
    #[ts(type = "number")]
    pub seq: u64,
    /// It counts the entries after this one.
    #[ts(type = "number")]
    pub after_seq: u64,
    /// The hash of the entry before it, hex.
    pub before: String,
    /// The hash of its own entry, hex: the journal's head at the close, to be noted down.
    pub head: String,
    /// What the entries since the close before add up to.
    pub totals: DayTotals,
    /// What all closes up to this one add up to.
    pub grand: DayTotals,
    /// The sales that were open, carried over.
    pub open: Vec<u32>,
}

/// What is counted of a day besides its totals, movement by movement.
#[derive(Debug, Clone, Default)]
pub(crate) struct DaySums {
    pub(crate) totals: DayTotals,
    pub(crate) hours: BTreeMap<Currency, Vec<HourTotals>>,
    pub(crate) settled_minor: BTreeMap<Currency, i64>,
    pub(crate) unsettled_minor: BTreeMap<Currency, i64>,
}

impl DaySums {
    /// One movement of the day more, and whether its payment is credited.
    pub(crate) fn add(&mut self, movement: &LedgerLine, settled: bool, zone: &Zone) {
        self.totals.add(movement);
        if movement.test || !matches!(movement.moved, LedgerKind::Paid { .. }) {
            return;
        }
        let (currency, minor) = (movement.amount.currency(), movement.amount.minor());
        let hours = self
            .hours
            .entry(currency)
            .or_insert_with(|| vec![HourTotals::default(); HOURS]);
        if let Some(hour) = hours.get_mut(usize::from(hour_of(movement.at, zone))) {
            hour.payments = hour.payments.saturating_add(1);
            hour.paid_minor = hour.paid_minor.saturating_add(minor);
        }
        let (credited, other) = (&mut self.settled_minor, &mut self.unsettled_minor);
        let (mine, other) = if settled {
            (credited, other)
        } else {
            (other, credited)
        };
        let sum = mine.entry(currency).or_default();
        *sum = sum.saturating_add(minor);
        // Both are told of a currency that either has.
        other.entry(currency).or_default();
    }

    /// An average payment of each currency.
    pub(crate) fn average_minor(&self) -> BTreeMap<Currency, i64> {
        let average = |(currency, sums): (&Currency, &super::CurrencyTotals)| {
            Some((*currency, sums.average_minor()?))
        };
        self.totals.0.iter().filter_map(average).collect()
    }
}
