//! A day of the shop: its sums till by till, tender by tender, hour by hour.

use std::collections::BTreeMap;

use ringup_core::calendar::{Day, Zone, bounds, hour_of};
use ringup_core::clock::UnixMs;
use ringup_core::money::{Currency, Money};
use ringup_core::report::HourTotals;
use ringup_core::sale::{CurrencyTotals, DayTotals};

use super::super::book_rows::json;
use super::super::sql::{Tx, Value};
use super::super::{Store, StoreError};
use super::tills::{Folds, folds};
use super::{Names, damaged, flag, named, names};
use crate::book::{DayBook, Hours, TillDay};

/// The hours of a day by the clock.
const HOURS: usize = 24;

/// The sums of one till on one day.
#[derive(Default)]
struct Sums {
    totals: DayTotals,
    test: DayTotals,
    hours: Hours,
}

impl Store {
    /// The sums of a day of the shop in this zone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn day(&self, day: Day, zone: &Zone, now: UnixMs) -> Result<DayBook, StoreError> {
        let (names, folds, sums) = snapshot!(self, |tx| read(tx, day, zone).await)?;
        let mut book = DayBook {
            day,
            zone: zone.name().to_owned(),
            made_at_unix_ms: now.0,
            totals: DayTotals::default(),
            test: DayTotals::default(),
            hours: Hours::new(),
            tills: Vec::new(),
            apart: Vec::new(),
        };
        for till in till_days(&names, &folds, sums) {
            if till.quarantine.is_some() {
                book.apart.push(till);
                continue;
            }
            book.totals = book.totals.plus(&till.totals);
            book.test = book.test.plus(&till.test);
            for (currency, hours) in &till.hours {
                add_hours(book.hours.entry(*currency).or_default(), hours, *currency);
            }
            book.tills.push(till);
        }
        // Only then: what is none of one till may be a category of another.
        for till in book.tills.iter_mut().chain(&mut book.apart) {
            till.totals = std::mem::take(&mut till.totals).with_named_categories();
            till.test = std::mem::take(&mut till.test).with_named_categories();
        }
        book.totals = book.totals.with_named_categories();
        book.test = book.test.with_named_categories();
        Ok(book)
    }
}

async fn read(
    tx: &Tx,
    day: Day,
    zone: &Zone,
) -> Result<(Names, Folds, BTreeMap<String, Sums>), StoreError> {
    let (from, to) = bounds(day, zone);
    let sql = "SELECT till, slot, test, totals FROM sums WHERE slot >= ?1 AND slot < ?2";
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    for row in tx
        .query(sql, &[Value::Int(from.0), Value::Int(to.0)])
        .await?
    {
        let [till, slot, test, totals] = row.as_slice() else {
            return Err(damaged("sums"));
        };
        let totals: DayTotals = json(totals)?;
        let till = sums.entry(till.text()?.to_owned()).or_default();
        if flag(test)? {
            till.test = std::mem::take(&mut till.test).plus(&totals);
        } else {
            till.add(UnixMs(slot.int()?), &totals, zone);
        }
    }
    Ok((names(tx).await?, folds(tx).await?, sums))
}

impl Sums {
    /// Adds a quarter of an hour.
    fn add(&mut self, slot: UnixMs, totals: &DayTotals, zone: &Zone) {
        self.totals = std::mem::take(&mut self.totals).plus(totals);
        for (currency, sums) in &totals.0 {
            if !has_payments(sums) {
                continue;
            }
            let mut hours = no_hours(*currency);
            if let Some(hour) = hours.get_mut(usize::from(hour_of(slot, zone))) {
                hour.payments = sums.payments;
                hour.paid = Money::from_minor(sums.paid_minor, *currency);
            }
            add_hours(self.hours.entry(*currency).or_default(), &hours, *currency);
        }
    }
}

/// Whether money came in, taken back or not.
fn has_payments(sums: &CurrencyTotals) -> bool {
    sums.payments != 0 || sums.paid_minor != 0 || sums.taken_back != 0
}

fn no_hours(currency: Currency) -> Vec<HourTotals> {
    let empty = HourTotals {
        payments: 0,
        paid: Money::from_minor(0, currency),
    };
    vec![empty; HOURS]
}

fn add_hours(to: &mut Vec<HourTotals>, hours: &[HourTotals], currency: Currency) {
    if to.is_empty() {
        *to = no_hours(currency);
    }
    for (sum, hour) in to.iter_mut().zip(hours) {
        sum.payments = sum.payments.saturating_add(hour.payments);
        sum.paid = sum.paid.plus(hour.paid.minor());
    }
}

/// The day of each till, by name.
fn till_days(names: &Names, folds: &Folds, mut sums: BTreeMap<String, Sums>) -> Vec<TillDay> {
    let of_till = |till: &String| {
        let sums = sums.remove(till).unwrap_or_default();
        let fold = folds.get(till);
        let named = named(names, till);
        TillDay {
            till: till.clone(),
            name: named.name,
            code: fold.and_then(|fold| Some(fold.facts.code.as_ref()?.to_string())),
            totals: sums.totals,
            test: sums.test,
            hours: sums.hours,
            quarantine: named.quarantine,
            behind: fold.map_or(0, |fold| fold.head_seq.saturating_sub(fold.seq)),
        }
    };
    let mut days: Vec<_> = names.keys().map(of_till).collect();
    days.sort_by(|a, b| (&a.name, &a.till).cmp(&(&b.name, &b.till)));
    days
}
