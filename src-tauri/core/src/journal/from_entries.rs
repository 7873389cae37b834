//! A journal made from the texts of its entries, as a back office holds them: to read it with the till's own code. It is
//! no copy to go on selling with: kinds of entries that this program does not know are left out.

use std::path::Path;

use rusqlite::{Connection, params};

use super::carts;
use super::chain;
use super::entries::{corrupt, load, sale_id, seq_bound};
use super::error::JournalError;
use super::projection;
use super::schema;
use crate::sale::Event;

/// A new journal that is being filled.
pub struct JournalFromEntries {
    connection: Connection,
    hash: chain::Hash,
}

/// What is read of an entry that is put in.
#[derive(serde::Deserialize)]
struct Head {
    seq: u64,
    kind: String,
}

impl JournalFromEntries {
    /// Makes it at this path, where nothing lies yet.
    ///
    /// # Errors
    /// What SQLite reports of the disk.
    pub fn create(path: &Path) -> Result<Self, JournalError> {
        crate::files::make_private_file(path)?;
        let mut connection = Connection::open(path)?;
        schema::prepare(&connection)?;
        // Whoever makes it throws it away: nothing is lost with it.
        connection.pragma_update(None, "synchronous", "OFF")?;
        schema::create(&mut connection, |_| Ok(()))?;
        connection.execute_batch("BEGIN")?;
        Ok(Self {
            connection,
            hash: chain::BEFORE_FIRST,
        })
    }

    /// Adds an entry by its text.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] for a text that is no entry; what SQLite reports of the disk.
    pub fn add(&mut self, body: &str) -> Result<(), JournalError> {
        let head: Head = serde_json::from_str(body).map_err(corrupt)?;
        self.hash = chain::next(&self.hash, body);
        if Event::is_known(&head.kind) {
            self.connection
                .prepare_cached("INSERT INTO entry (seq, body, hash) VALUES (?1, ?2, ?3)")?
                .execute(params![seq_bound(head.seq)?, body, self.hash])?;
        }
        Ok(())
    }

    /// Makes its tables from its entries.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] when entries do not follow from one another; what SQLite reports of the disk.
    pub fn finish(self) -> Result<(), JournalError> {
        let connection = &self.connection;
        let opened = {
            let sql = "SELECT sale FROM entry WHERE kind = 'sale_opened' ORDER BY seq";
            let mut statement = connection.prepare(sql)?;
            let ids = statement.query_map([], |row| row.get::<_, String>(0))?;
            ids.collect::<Result<Vec<_>, _>>()?
        };
        for id in opened {
            projection::write(connection, None, &load(connection, sale_id(&id)?)?)?;
        }
        carts::project_all(connection)?;
        Ok(connection.execute_batch("COMMIT")?)
    }
}
