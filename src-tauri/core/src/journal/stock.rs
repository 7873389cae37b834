//! What is left of the items whose stock is counted. It is counted from the entries alone: the last count that somebody
//! entered, less what was sold on sales opened since, plus the goods that came back since. So after a restore it says
//! what the restored journal knows, and no number of its own can contradict the sales.

use std::collections::BTreeMap;

use rusqlite::params;

use super::entries::corrupt;
use super::error::JournalError;
use super::file::JournalFile;
use crate::ids::ItemId;
use crate::sale::{Entry, Event, Line, Purpose};

/// What a count said, and the entry that says so.
struct Count {
    seq: u64,
    left: i64,
}

impl JournalFile {
    /// How many are left of each item that was ever counted. Below zero: more were sold than were counted. A sale takes
    /// off once it is paid; test money takes off nothing, except in practice.
    ///
    /// # Errors
    /// What SQLite reports of the disk; [`JournalError::Corrupt`].
    pub(crate) fn stock(&self) -> Result<BTreeMap<ItemId, i64>, JournalError> {
        let mut counts = self.last_counts()?;
        let Some(since) = counts.values().map(|count| count.seq).min() else {
            return Ok(BTreeMap::new());
        };
        let since = i64::try_from(since).unwrap_or(i64::MAX);
        let practice = self.purpose == Purpose::Practice;
        let mut sold = self.connection.prepare_cached(
            "SELECT e.body FROM entry e JOIN sale s ON s.id = e.sale
             WHERE e.seq > ?1 AND e.kind = 'sale_opened' AND s.paid_at_unix_ms IS NOT NULL
               AND (s.test = 0 OR ?2) AND instr(e.body, '\"item\":') > 0",
        )?;
        let bodies = sold.query_map(params![since, practice], |row| row.get::<_, String>(0))?;
        for body in bodies {
            let entry = read(&body?)?;
            for line in lines_of(&entry) {
                take_off(&mut counts, line, entry.seq, i64::from(line.quantity));
            }
        }
        let mut returned = self.connection.prepare_cached(
            "SELECT r.body, o.body FROM refund JOIN sale s ON s.number = refund.sale
             JOIN entry r ON r.seq = refund.seq
             JOIN entry o ON o.sale = s.id AND o.kind = 'sale_opened'
             WHERE refund.seq > ?1 AND refund.taken_back_seq IS NULL AND (s.test = 0 OR ?2)
               AND instr(o.body, '\"item\":') > 0",
        )?;
        let bodies = returned.query_map(params![since, practice], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        for bodies in bodies {
            let (refund, opened) = bodies?;
            let (refund, opened) = (read(&refund)?, read(&opened)?);
            let Event::SaleRefunded { lines, .. } = &refund.event else {
                continue;
            };
            let sold = lines_of(&opened);
            for returned in lines {
                let place = usize::try_from(returned.line).unwrap_or_default();
                if let Some(line) = place.checked_sub(1).and_then(|place| sold.get(place)) {
                    let quantity = i64::from(returned.quantity);
                    take_off(&mut counts, line, refund.seq, -quantity);
                }
            }
        }
        let left = counts.into_iter().map(|(item, count)| (item, count.left));
        Ok(left.collect())
    }

    fn last_counts(&self) -> Result<BTreeMap<ItemId, Count>, JournalError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT body FROM entry WHERE sale IS NULL AND kind = 'stock_set' ORDER BY seq",
        )?;
        let bodies = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut counts = BTreeMap::new();
        for body in bodies {
            let entry = read(&body?)?;
            if let Event::StockSet { item, count } = entry.event {
                let left = i64::from(count);
                let seq = entry.seq;
                counts.insert(item, Count { seq, left });
            }
        }
        Ok(counts)
    }
}

fn read(body: &str) -> Result<Entry, JournalError> {
    serde_json::from_str(body).map_err(corrupt)
}

fn lines_of(entry: &Entry) -> &[Line] {
    match &entry.event {
        Event::SaleOpened { breakdown, .. } => &breakdown.lines,
        _ => &[],
    }
}

/// A deposit names its item for people; only the goods themselves are counted.
fn take_off(counts: &mut BTreeMap<ItemId, Count>, line: &Line, seq: u64, quantity: i64) {
    let item = line.item.filter(|_| !line.deposit);
    let count = item.and_then(|item| counts.get_mut(&item));
    if let Some(count) = count.filter(|count| count.seq < seq) {
        count.left = count.left.saturating_sub(quantity);
    }
}
