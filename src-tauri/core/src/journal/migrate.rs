//! Brings a journal of an earlier format to this program's. No entry is touched; the projections are made
//! again (docs/journal.md, *Changing the format*).

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::carts;
use super::entries::{Author, append, corrupt, head, load, sale_id};
use super::error::JournalError;
use super::gateway::gateway_in;
use super::projection;
use super::schema::{self, FORMAT, FileKind};
use crate::clock::UnixMs;
use crate::files::AtomicFile;
use crate::sale::{Attempt, Entry, Event, Phase, Purpose, Sale};

/// What ended or was paid longer ago than this is not polled again: the older format gave it up by the clock.
const GIVEN_UP_AFTER_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Brings the journal at `path` to [`FORMAT`] in one transaction. A copy in the old format is kept beside it.
pub(super) fn to_current(
    connection: &mut Connection,
    path: &Path,
    found: i64,
    now: UnixMs,
) -> Result<(), JournalError> {
    keep_copy(connection, path, found)?;
    let transaction = connection.transaction()?;
    // Another program may have been faster.
    if !matches!(schema::kind(&transaction)?, FileKind::Older(_)) {
        return Ok(());
    }
    drop_projections(&transaction)?;
    transaction.execute_batch(schema::PROJECTIONS)?;
    let opened = {
        let mut statement = transaction
            .prepare("SELECT sale FROM entry WHERE kind = 'sale_opened' ORDER BY seq")?;
        let ids = statement.query_map([], |row| row.get::<_, String>(0))?;
        ids.collect::<Result<Vec<_>, _>>()?
    };
    let first: String =
        transaction.query_row("SELECT body FROM entry WHERE seq = 1", [], |row| row.get(0))?;
    let first: Entry = serde_json::from_str(&first).map_err(corrupt)?;
    let author = Author {
        till: first.till,
        by: None,
        approved_by: None,
    };
    // The formats before 4 did not say whose money it is. Practice has one gateway.
    let is_live =
        matches!(&first.event, Event::JournalOpened { purpose, .. } if *purpose == Purpose::Live);
    if let Some(gateway) = gateway_in(&transaction)?.filter(|_| found < 4 && is_live) {
        append(
            &transaction,
            &author,
            now,
            [Event::GatewayBound { gateway }],
        )?;
    }
    for id in opened {
        let id = sale_id(&id)?;
        let mut sale = load(&transaction, id)?;
        let events = missing_events(&sale, found, now);
        for entry in append(&transaction, &author, now, events)? {
            sale.apply(&entry).map_err(corrupt)?;
        }
        projection::write(&transaction, None, &sale)?;
    }
    carts::project_all(&transaction)?;
    transaction.execute_batch(schema::RULES)?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    Ok(transaction.commit()?)
}

/// What this format writes down and the format before did not.
fn missing_events(sale: &Sale, format: i64, now: UnixMs) -> Vec<Event> {
    let mut events = Vec::new();
    // Format 1 did not record that a payment was seen. Its screens rang until someone had seen it.
    if format < 2 && sale.paid_at().is_some() && sale.unseen() {
        events.push(Event::PaymentSeen { sale: sale.id });
    }
    // Format 2 ended each watch by the clock. What ended or was paid within the last weeks is polled once more; for
    // all that is older, polling would take days.
    let given_up = |attempt: &&Attempt| match &attempt.phase {
        _ if format >= 3 => false,
        Phase::Ended { at } | Phase::Paid { at, .. } => {
            !attempt.settled() && now.0.saturating_sub(at.0) >= GIVEN_UP_AFTER_MS
        }
        _ => false,
    };
    let ended = sale.attempts.iter().filter(given_up);
    events.extend(ended.map(|attempt| Event::InvoiceWatchEnded {
        sale: sale.id,
        attempt: attempt.number,
    }));
    events
}

/// Drops all that is made from the entries. The full-text index drops its own tables.
fn drop_projections(transaction: &Connection) -> Result<(), JournalError> {
    let mut statement = transaction.prepare(
        r"SELECT type, name FROM sqlite_schema
         WHERE (type IN ('table', 'view') OR (type = 'index' AND tbl_name = 'entry' AND sql IS NOT NULL))
           AND name NOT LIKE 'sale\_note\_%' ESCAPE '\'
           AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
           AND name NOT IN ('entry', 'entry_sale')
         ORDER BY type",
    )?;
    let names = statement.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    })?;
    for (kind, name) in names.collect::<Result<Vec<_>, _>>()? {
        let name = name.replace('"', "\"\"");
        transaction.execute_batch(&format!("DROP {kind} \"{name}\""))?;
    }
    Ok(())
}

/// Keeps a copy in the old format, so that the shop can go back to the older program. A file of that name counts only
/// if it is whole and holds what the journal holds; an unfinished or foreign one is not trusted, and not deleted.
fn keep_copy(connection: &Connection, path: &Path, format: i64) -> Result<(), JournalError> {
    let names = std::iter::once(format!("format-{format}.sqlite"))
        .chain((2..100).map(|n| format!("format-{format}-{n}.sqlite")));
    for name in names {
        let copy = path.with_extension(name);
        let size = std::fs::metadata(&copy).map(|file| file.len());
        if size.is_ok_and(|size| size > 0) {
            if is_whole_copy(connection, &copy, format).unwrap_or(false) {
                return Ok(());
            }
            continue;
        }
        let file = AtomicFile::create(&copy)?;
        let unfinished = file.unfinished_path().to_string_lossy().into_owned();
        connection.execute("VACUUM INTO ?1", [unfinished])?;
        if !is_whole_copy(connection, file.unfinished_path(), format)? {
            return Err(JournalError::Corrupt(
                "the safety copy before the migration is not whole".to_owned(),
            ));
        }
        file.commit()?;
        return Ok(());
    }
    Err(JournalError::Corrupt(
        "there is no room for a safety copy before the migration".to_owned(),
    ))
}

/// Whether the file is a whole journal of this format with the same last entry.
fn is_whole_copy(journal: &Connection, copy: &Path, format: i64) -> Result<bool, JournalError> {
    let copy = Connection::open_with_flags(
        copy,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    let check: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    Ok(check == "ok"
        && schema::kind(&copy)? == FileKind::Older(format)
        && head(&copy)? == head(journal)?)
}
