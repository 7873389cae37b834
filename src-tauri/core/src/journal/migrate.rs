//! Brings a journal of an earlier format to this program's. No entry is touched; the projections are made
//! again (docs/journal.md, *Changing the format*).

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::entries::{Author, append, corrupt, load, sale_id};
use super::error::JournalError;
use super::projection;
use super::schema::{self, FORMAT, FileKind};
use crate::clock::UnixMs;
use crate::sale::{Entry, Event};

/// Brings the journal at `path` to [`FORMAT`] in one transaction. A copy in the old format is kept beside it.
pub(super) fn to_current(
    connection: &mut Connection,
    path: &Path,
    found: i64,
    now: UnixMs,
) -> Result<(), JournalError> {
    keep_copy(connection, path, found)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have been faster.
    if !matches!(schema::kind(&transaction)?, FileKind::Older(_)) {
        return Ok(());
    }
    transaction.execute_batch("DROP TABLE sale; DROP TABLE invoice;")?;
    transaction.execute_batch(schema::PROJECTIONS)?;
    let opened = {
        let mut statement = transaction
            .prepare("SELECT sale FROM entry WHERE kind = 'sale_opened' ORDER BY seq")?;
        let ids = statement.query_map([], |row| row.get::<_, String>(0))?;
        ids.collect::<Result<Vec<_>, _>>()?
    };
    let first: String =
        transaction.query_row("SELECT body FROM entry WHERE seq = 1", [], |row| row.get(0))?;
    let author = Author {
        till: serde_json::from_str::<Entry>(&first).map_err(corrupt)?.till,
        by: None,
    };
    for id in opened {
        let id = sale_id(&id)?;
        let mut sale = load(&transaction, id)?;
        if sale.unseen() {
            // Format 1 did not record that a payment was seen. Its screens rang until someone had seen it.
            let seen = Event::PaymentSeen { sale: id };
            for entry in append(&transaction, &author, now, [seen])? {
                sale.apply(&entry).map_err(corrupt)?;
            }
        }
        projection::write(&transaction, None, &sale)?;
    }
    transaction.pragma_update(None, "user_version", FORMAT)?;
    Ok(transaction.commit()?)
}

/// Keeps a copy in the old format, so that the shop can go back to the older program.
fn keep_copy(connection: &Connection, path: &Path, format: i64) -> Result<(), JournalError> {
    let copy = path.with_extension(format!("format-{format}.sqlite"));
    if copy.exists() {
        return Ok(());
    }
    crate::files::make_private_file(&copy)?;
    let name = copy.to_string_lossy();
    connection.execute("VACUUM INTO ?1", [&name])?;
    Ok(())
}
