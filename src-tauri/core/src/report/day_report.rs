//! The X report of a day, and the Z report of a close.

use std::collections::BTreeMap;

use serde::Serialize;

use super::cashiers::{CashierView, cashier_views};
use super::drawer_view::{DrawerMoveView, DrawerView, move_views, views};
use super::sums::{self, Sums};
use crate::calendar::{Day, Zone, hour_of};
use crate::clock::UnixMs;
use crate::ids::SaleNumber;
use crate::journal::{CartSums, ClosedDay};
use crate::money::{Currency, Money};
use crate::office::ShortHead;
use crate::sale::{CurrencyTotals, DayTotals, LedgerKind, LedgerLine, Purpose, SaleView};

/// The hours of a day by the clock.
const HOURS: usize = 24;

/// The X report: a day of the shop so far, and what has come since the last close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct DayReport {
    /// The shop's day, ISO 8601.
    pub day: Day,
    /// The shop's time zone, IANA.
    pub zone: String,
    /// The journal holds practice money.
    pub practice: bool,
    /// The till's short code.
    pub till: String,
    /// The gateway whose money it is: `api.cru.cash`, `host:port`, or `practice`.
    pub gateway: String,
    /// When it was made.
    pub made_at_unix_ms: UnixMs,
    /// What was paid and refunded on that day.
    #[serde(serialize_with = "sums::serialize")]
    #[ts(as = "Sums")]
    pub totals: DayTotals,
    /// What was ever paid and refunded; never reset.
    #[serde(serialize_with = "sums::serialize")]
    #[ts(as = "Sums")]
    pub grand: DayTotals,
    /// The day hour by hour: 24 for each currency, from midnight by the shop's clock.
    pub hours: BTreeMap<Currency, Vec<HourTotals>>,
    /// Of the day's payments, what is credited to the merchant.
    pub settled: BTreeMap<Currency, Money>,
    /// Of the day's payments, what is not credited yet.
    pub unsettled: BTreeMap<Currency, Money>,
    /// The average payment of the day, rounded half up.
    pub average: BTreeMap<Currency, Money>,
    /// The day by cashier; empty where no name stands by any payment.
    pub cashiers: Vec<CashierView>,
    /// The sum of the sales that are open now, test money left out.
    pub open_sum: BTreeMap<Currency, Money>,
    /// The sales that are open now, of any day.
    pub open: Vec<SaleView>,
    /// The numbers of the sales that were given up for good since the last close.
    pub written_off: Vec<u32>,
    /// The numbers of the sales whose contradiction was settled outside the till since the last close.
    pub reviews_closed: Vec<u32>,
    /// The cash drawer since the last close, by currency; empty while the shop has none.
    pub drawer: BTreeMap<Currency, DrawerView>,
    /// What was done with the drawer without a sale since the last close, one by one.
    pub drawer_moves: Vec<DrawerMoveView>,
    /// The carts that are held now.
    pub held_carts: CartSums,
    /// The carts that were given up without a sale since the last close.
    pub dropped_carts: CartSums,
    /// The last close, of any day.
    pub last_close: Option<CloseView>,
    /// What a close would sum up now.
    #[serde(serialize_with = "sums::serialize")]
    #[ts(as = "Sums")]
    pub since_close: DayTotals,
}

/// The sums of one hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct HourTotals {
    /// How many payments were received.
    pub payments: i64,
    /// Their sum.
    pub paid: Money,
}

/// A Z report: a projection of [`ClosedDay`] with the till that wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct CloseView {
    /// Its number, from 1 without gaps.
    pub z: u32,
    /// The shop's day on which it was closed.
    pub day: String,
    /// The shop's time zone at that time, IANA.
    pub zone: String,
    /// The journal holds practice money.
    pub practice: bool,
    /// The till's short code at that time.
    pub till: String,
    /// The gateway whose money it is: `api.cru.cash`, `host:port`, or `practice`.
    pub gateway: String,
    /// When it was written.
    pub at_unix_ms: UnixMs,
    /// The number of its entry in the journal.
    pub seq: u64,
    /// It counts the entries after this number.
    pub after_seq: u64,
    /// The hash of the entry before it, hex.
    pub before: String,
    /// The hash of its own entry, hex: the journal's head after the close, to be noted down.
    pub head: String,
    /// The sums of the entries since the close before.
    #[serde(serialize_with = "sums::serialize")]
    #[ts(as = "Sums")]
    pub totals: DayTotals,
    /// The sums of all closes up to this one.
    #[serde(serialize_with = "sums::serialize")]
    #[ts(as = "Sums")]
    pub grand: DayTotals,
    /// The cash drawer since the close before, by currency.
    pub drawer: BTreeMap<Currency, DrawerView>,
    /// What was done with the drawer without a sale since the close before, one by one.
    pub drawer_moves: Vec<DrawerMoveView>,
    /// The numbers of the sales that were still open.
    pub open: Vec<u32>,
    /// The numbers of the sales that were given up for good since the close before.
    pub written_off: Vec<u32>,
    /// The numbers of the sales whose contradiction was settled outside the till since the close before.
    pub reviews_closed: Vec<u32>,
    /// The carts that were held at that moment.
    pub held_carts: CartSums,
    /// The carts that were given up without a sale since the close before.
    pub dropped_carts: CartSums,
    /// The version of the program that closed the day.
    pub version: Option<String>,
    /// The fingerprint of the API key in use by then.
    pub key: Option<String>,
    /// How often each kind of technical event happened since the close before, by the kinds of the journal.
    #[ts(type = "{ [kind in string]?: number }")]
    pub events: BTreeMap<String, u64>,
    /// By cashier, since the close before; empty where no name stands by any payment.
    pub cashiers: Vec<CashierView>,
    /// The head that the back office has signed last, of this close or of an earlier or later entry; `None`: the till has
    /// no office.
    pub signed: Option<ShortHead>,
}

impl CloseView {
    /// The view of a close in the journal of this gateway.
    pub fn of(closed: ClosedDay, purpose: Purpose, gateway: &str) -> Self {
        let close = closed.close;
        Self {
            z: close.z,
            day: close.day,
            zone: close.zone,
            practice: purpose == Purpose::Practice,
            till: closed.code.to_string(),
            gateway: gateway.to_owned(),
            at_unix_ms: closed.at,
            seq: closed.seq,
            after_seq: close.after_seq,
            before: close.head,
            head: closed.head,
            totals: close.totals,
            grand: close.grand,
            drawer: views(&close.drawer),
            drawer_moves: move_views(&closed.drawer_moves),
            open: plain_numbers(close.open),
            written_off: plain_numbers(closed.by_hand.written_off),
            reviews_closed: plain_numbers(closed.by_hand.reviews_closed),
            held_carts: closed.carts.held,
            dropped_carts: closed.carts.dropped,
            version: close.version,
            key: close.key,
            events: closed.events,
            cashiers: cashier_views(&closed.cashiers),
            signed: None,
        }
    }
}

/// The numbers as screens get them.
pub(crate) fn plain_numbers(numbers: Vec<SaleNumber>) -> Vec<u32> {
    numbers.into_iter().map(|number| number.0).collect()
}

/// The sums of a day, added up ledger line by ledger line.
#[derive(Debug, Clone, Default)]
pub(crate) struct DaySums {
    pub(crate) totals: DayTotals,
    pub(crate) hours: BTreeMap<Currency, Vec<HourTotals>>,
    pub(crate) settled: BTreeMap<Currency, Money>,
    pub(crate) unsettled: BTreeMap<Currency, Money>,
}

impl DaySums {
    /// Adds a ledger line of the day. `settled`: its payment is credited to the merchant.
    pub(crate) fn add(&mut self, line: &LedgerLine, settled: bool, zone: &Zone) {
        self.totals.add(line);
        let sign = match line.kind {
            _ if line.test => return,
            LedgerKind::Paid { .. } | LedgerKind::Tendered(_) => 1,
            LedgerKind::TenderTakenBack(_) => -1,
            LedgerKind::Refunded(_) | LedgerKind::RefundTakenBack(_) => return,
        };
        let currency = line.amount.currency();
        let minor = line.amount.minor().saturating_mul(sign);
        let zero = Money::from_minor(0, currency);
        let empty = HourTotals {
            payments: 0,
            paid: zero,
        };
        let hours = self.hours.entry(currency);
        let hours = hours.or_insert_with(|| vec![empty; HOURS]);
        if let Some(hour) = hours.get_mut(usize::from(hour_of(line.at, zone))) {
            hour.payments = hour.payments.saturating_add(sign);
            hour.paid = hour.paid.plus(minor);
        }
        // Only a gateway credits.
        if !matches!(line.kind, LedgerKind::Paid { .. }) {
            return;
        }
        // A currency that one of the two has is in the other as well, with 0.
        for (sums, counts) in [
            (&mut self.settled, settled),
            (&mut self.unsettled, !settled),
        ] {
            let sum = sums.entry(currency).or_insert(zero);
            *sum = sum.plus(if counts { minor } else { 0 });
        }
    }

    /// The average payment of each currency.
    pub(crate) fn average(&self) -> BTreeMap<Currency, Money> {
        let average = |(currency, sums): (&Currency, &CurrencyTotals)| {
            Some((
                *currency,
                Money::from_minor(sums.average_minor()?, *currency),
            ))
        };
        self.totals.0.iter().filter_map(average).collect()
    }
}
