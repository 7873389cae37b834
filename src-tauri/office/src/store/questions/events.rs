//! Pages of closes and of counts of the drawer, newest first.

use std::collections::BTreeMap;

use ringup_core::money::{Currency, Money};
use ringup_core::report::DrawerView;
use ringup_core::sale::{Entry, Event};

use super::super::sql::{Tx, Value, int, text};
use super::super::{Store, StoreError};
use super::{Names, damaged, named, names, page_size};
use crate::book::{
    BookClose, ClosesPage, DifferencesPage, DrawerDifference, EventMark, EventsQuery,
};
use crate::fold::{EventWhat, Read, read};

impl Store {
    /// A page of Z reports.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn closes(&self, query: &EventsQuery) -> Result<ClosesPage, StoreError> {
        let what = EventWhat::Closed;
        let (names, entries, next) = snapshot!(self, |tx| page(tx, query, what).await)?;
        let closes = entries.iter().filter_map(|entry| close(entry, &names));
        Ok(ClosesPage {
            closes: closes.collect(),
            next,
        })
    }

    /// A page of the counts that found another sum in the drawer than should have been there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn drawer_differences(
        &self,
        query: &EventsQuery,
    ) -> Result<DifferencesPage, StoreError> {
        let what = EventWhat::Counted;
        let (names, entries, next) = snapshot!(self, |tx| page(tx, query, what).await)?;
        let differences = entries.iter().filter_map(|entry| difference(entry, &names));
        Ok(DifferencesPage {
            differences: differences.collect(),
            next,
        })
    }
}

/// A page of the entries of this kind, of counts those that differ, and where the next page begins.
async fn page(
    tx: &Tx,
    query: &EventsQuery,
    what: EventWhat,
) -> Result<(Names, Vec<Entry>, Option<EventMark>), StoreError> {
    let mut sql = "SELECT e.till, e.seq, e.at, b.body FROM event AS e
         JOIN entry AS b ON b.till = e.till AND b.seq = e.seq WHERE e.what = ?1"
        .to_owned();
    let mut values = vec![text(what.as_str())];
    let mut and = |condition: &str, more: Vec<Value>| {
        let mut condition = condition.to_owned();
        for value in more {
            values.push(value);
            condition = condition.replacen("{}", &format!("?{}", values.len()), 1);
        }
        sql.push_str(&condition);
    };
    if what == EventWhat::Counted {
        and(" AND e.number <> 0", Vec::new());
    }
    if let Some(till) = &query.till {
        and(" AND e.till = {}", vec![text(till)]);
    }
    if let Some(from) = query.from_unix_ms {
        and(" AND e.at >= {}", vec![Value::Int(from)]);
    }
    if let Some(to) = query.to_unix_ms {
        and(" AND e.at < {}", vec![Value::Int(to)]);
    }
    if let Some(mark) = &query.before {
        let mark = vec![Value::Int(mark.at_unix_ms), text(&mark.till), int(mark.seq)];
        and(" AND (e.at, e.till, e.seq) < ({}, {}, {})", mark);
    }
    let size = page_size(query.limit);
    let order = " ORDER BY e.at DESC, e.till DESC, e.seq DESC LIMIT {}";
    and(order, vec![int(u64::from(size) + 1)]);
    let mut rows = tx.query(&sql, &values).await?;
    let is_last = rows.len() <= usize::try_from(size).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    let (mut entries, mut last) = (Vec::new(), None);
    for row in &rows {
        let [till, seq, at, body] = row.as_slice() else {
            return Err(damaged("an event"));
        };
        last = Some(EventMark {
            at_unix_ms: at.int()?,
            till: till.text()?.to_owned(),
            seq: seq.int()?.unsigned_abs(),
        });
        if let Read::Entry(entry) = read(body.text()?) {
            entries.push(*entry);
        }
    }
    Ok((names(tx).await?, entries, last.filter(|_| !is_last)))
}

fn close(entry: &Entry, names: &Names) -> Option<BookClose> {
    let Event::DayClosed(close) = &entry.event else {
        return None;
    };
    let till = entry.till.to_string();
    let named = named(names, &till);
    let drawer: BTreeMap<Currency, DrawerView> = close
        .drawer
        .iter()
        .map(|(currency, balance)| (*currency, DrawerView::of(balance, *currency)))
        .collect();
    Some(BookClose {
        till,
        till_name: named.name,
        apart: named.quarantine.is_some(),
        z: close.z,
        day: close.day.clone(),
        at_unix_ms: entry.at.0,
        seq: entry.seq,
        totals: close.totals.clone(),
        open: u64::try_from(close.open.len()).unwrap_or(u64::MAX),
        drawer,
    })
}

fn difference(entry: &Entry, names: &Names) -> Option<DrawerDifference> {
    let Event::CashCounted(count) = &entry.event else {
        return None;
    };
    let till = entry.till.to_string();
    let named = named(names, &till);
    let money = |minor| Money::from_minor(minor, count.currency);
    let expected = count.expected_minor?;
    Some(DrawerDifference {
        till,
        till_name: named.name,
        apart: named.quarantine.is_some(),
        seq: entry.seq,
        at_unix_ms: entry.at.0,
        by: entry.by.clone(),
        expected: money(expected),
        counted: money(count.counted_minor),
        difference: money(count.counted_minor.saturating_sub(expected)),
        left: money(count.left_minor),
    })
}
