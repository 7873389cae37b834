//! What a restore writes into the copy that takes the journal's place: an entry that says so, sale and Z numbers that
//! were never given out before, and the watched sales of the replaced journal.

use rusqlite::Connection;

use super::chain;
use super::entries::{Author, append, append_all, corrupt, entries_of, first_entry, head, sale_id};
use super::error::JournalError;
use super::gateway::require_own;
use super::projection;
use super::sales::last_number;
use crate::clock::UnixMs;
use crate::sale::{Entry, Event, JournalRestored, Purpose, Sale};

/// The restores that a journal went through, each with the number of its entry.
pub(super) fn restores(
    connection: &Connection,
) -> Result<Vec<(u64, JournalRestored)>, JournalError> {
    let mut statement = connection
        .prepare_cached("SELECT body FROM entry WHERE kind = 'journal_restored' ORDER BY seq")?;
    let bodies = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut restores = Vec::new();
    for body in bodies {
        let entry: Entry = serde_json::from_str(&body?).map_err(corrupt)?;
        if let Event::JournalRestored(restored) = entry.event {
            restores.push((entry.seq, restored));
        }
    }
    Ok(restores)
}

/// The number of the last Z, or a greater one that a restored journal may have given out; 0 before the first.
pub(super) fn last_z(connection: &Connection) -> Result<u32, JournalError> {
    let last: u32 = connection
        .prepare_cached(
            "SELECT coalesce(max(body ->> '$.z'), 0) FROM entry WHERE kind = 'day_closed'",
        )?
        .query_row([], |row| row.get(0))?;
    let given_out = restores(connection)?.into_iter().map(|(_, it)| it.z_after);
    Ok(given_out.fold(last, u32::max))
}

/// Writes into `restored`, which is about to replace the journal, what [`crate::journal::restored`] says. `replaced` is
/// the present journal, if it can be read; `lost` how many of its entries the copy does not hold; `known_entries` how
/// many entries the till has ever known of.
pub(super) fn write_restore(
    restored: &mut Connection,
    replaced: Option<&Connection>,
    purpose: Purpose,
    lost: Option<u64>,
    known_entries: u64,
    now: UnixMs,
) -> Result<(), JournalError> {
    let transaction = restored.transaction()?;
    let (till, _) = first_entry(&transaction, purpose)?;
    let author = Author {
        till,
        by: None,
        approved_by: None,
    };
    let copied = head(&transaction)?;
    let replaced_head = replaced.and_then(|replaced| head(replaced).ok());
    let seen = replaced_head.map_or(0, |head| head.seq).max(copied.seq);
    // A sale has two entries at least and a close has one, so unknown entries bound what may have been given out.
    let unknown = u32::try_from(known_entries.saturating_sub(seen)).unwrap_or(u32::MAX);
    let known = |read: fn(&Connection) -> Result<u32, JournalError>, unknown: u32| {
        let here = read(&transaction)?;
        let there = replaced.and_then(|replaced| read(replaced).ok());
        Ok::<u32, JournalError>(here.max(there.unwrap_or(0)).saturating_add(unknown))
    };
    let event = JournalRestored {
        restored_head: chain::hex(&copied.hash),
        replaced_head: replaced_head.map(|head| head.hex()),
        lost_entries: lost,
        numbers_after: known(last_number, unknown.div_ceil(2))?,
        z_after: known(last_z, unknown)?,
    };
    append(&transaction, &author, now, [Event::JournalRestored(event)])?;
    if let Some(replaced) = replaced {
        take_over_watched(&transaction, replaced, &author)?;
    }
    Ok(transaction.commit()?)
}

/// Takes over the entries of every sale that the replaced journal still watches: its customer may be paying.
fn take_over_watched(
    restored: &Connection,
    replaced: &Connection,
    author: &Author,
) -> Result<(), JournalError> {
    for id in watched_sales(replaced)? {
        let id = sale_id(&id)?;
        // A sale of a damaged journal that does not follow is left in the file that is kept.
        let Ok(entries) = entries_of(replaced, id) else {
            continue;
        };
        let known = entries_of(restored, id)?;
        let before = match known.is_empty() {
            true => None,
            false => Some(Sale::fold(&known).map_err(corrupt)?),
        };
        let is_prefix = known
            .iter()
            .zip(&entries)
            .all(|(one, other)| one.event == other.event);
        let Some(missing) = entries.get(known.len()..).filter(|_| is_prefix) else {
            continue;
        };
        // Another gateway's invoice cannot be polled in this journal; its sale stays in the file that is kept.
        let is_own = missing.iter().all(|entry| match &entry.event {
            Event::InvoiceRequested { gateway, .. } => require_own(restored, gateway).is_ok(),
            _ => true,
        });
        if missing.is_empty() || !is_own || Sale::fold(&entries).is_err() {
            continue;
        }
        append_all(restored, author, missing)?;
        let sale = Sale::fold(&entries_of(restored, id)?).map_err(corrupt)?;
        projection::write(restored, before.as_ref(), &sale)?;
    }
    Ok(())
}

/// The ids of the sales with an invoice that is polled, in the order of their numbers; in a journal of this format or
/// of an earlier one.
fn watched_sales(connection: &Connection) -> Result<Vec<String>, JournalError> {
    let read = |watched: &str| -> Result<Vec<String>, rusqlite::Error> {
        let mut statement = connection.prepare(&format!(
            "SELECT id FROM sale WHERE number IN (SELECT sale FROM invoice WHERE {watched}) ORDER BY number"
        ))?;
        let ids = statement.query_map([], |row| row.get(0))?;
        ids.collect()
    };
    Ok(read("watched").or_else(|_| read("watch_until_unix_ms > 0"))?)
}
