//! The tables, and how a file becomes one of ours.

use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, TransactionBehavior};

use super::error::JournalError;

/// This program's format of the journal. A file of a greater one is refused.
pub const FORMAT: i64 = 2;

/// "RING" in ASCII, so that `file` and a support engineer can tell what the file is.
pub(super) const APPLICATION_ID: i64 = 0x5249_4E47;

/// `kind` and `sale` are computed from the body: there is no copy that could differ from it.
const ENTRIES: &str = "
CREATE TABLE entry (
  seq  INTEGER PRIMARY KEY,
  body TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  kind TEXT GENERATED ALWAYS AS (body ->> '$.kind') VIRTUAL,
  sale TEXT GENERATED ALWAYS AS (body ->> '$.sale') VIRTUAL
) STRICT;

CREATE INDEX entry_sale ON entry (sale) WHERE sale IS NOT NULL;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
";

/// How the index over the notes takes them apart.
pub(super) const NOTE_WORDS: &str = "tokenize = 'trigram', detail = 'full'";

/// Made from the entries and nothing else: dropped and made anew when their shape changes.
pub(super) const PROJECTIONS: &str = "
CREATE INDEX entry_day_closed ON entry (seq) WHERE kind = 'day_closed';

CREATE TABLE sale (
  number            INTEGER PRIMARY KEY,
  id                TEXT NOT NULL UNIQUE,
  tap               TEXT NOT NULL UNIQUE,
  opened_at_unix_ms INTEGER NOT NULL,
  amount_minor      INTEGER NOT NULL,
  tip_minor         INTEGER NOT NULL,
  currency          TEXT NOT NULL,
  note              TEXT,
  state             TEXT NOT NULL,
  open              INTEGER NOT NULL,
  unseen            INTEGER NOT NULL,
  late              INTEGER NOT NULL,
  settled           INTEGER NOT NULL,
  test              INTEGER NOT NULL,
  paid_twice        INTEGER NOT NULL,
  paid_at_unix_ms   INTEGER,
  booked_at_unix_ms INTEGER NOT NULL,
  refunded_minor    INTEGER NOT NULL
) STRICT;

CREATE INDEX sale_unpaid ON sale (opened_at_unix_ms) WHERE paid_at_unix_ms IS NULL;
CREATE INDEX sale_open ON sale (number) WHERE open;
CREATE INDEX sale_unseen ON sale (number) WHERE unseen;
CREATE INDEX sale_booked ON sale (state, currency, test, booked_at_unix_ms);
CREATE INDEX sale_amount ON sale (amount_minor, state, currency, test, booked_at_unix_ms);

CREATE VIEW noted AS SELECT number, note FROM sale WHERE note IS NOT NULL;

CREATE VIRTUAL TABLE sale_note USING fts5 (
  note, content = 'noted', content_rowid = 'number', tokenize = 'trigram', detail = 'full'
);

CREATE TABLE invoice (
  sale                 INTEGER NOT NULL,
  attempt              INTEGER NOT NULL,
  gateway              TEXT NOT NULL,
  phase                TEXT NOT NULL,
  requested_at_unix_ms INTEGER NOT NULL,
  invoice_id           TEXT,
  pay_url              TEXT,
  expires_at_unix      INTEGER,
  test                 INTEGER NOT NULL,
  stopped              INTEGER NOT NULL,
  pay_status           TEXT,
  processing_status    TEXT,
  crypto               TEXT,
  network              TEXT,
  crypto_amount        TEXT,
  network_fee          TEXT,
  ended_at_unix_ms     INTEGER,
  paid_at_unix_ms      INTEGER,
  paid_seq             INTEGER,
  late                 INTEGER NOT NULL,
  again                INTEGER NOT NULL,
  settled              INTEGER NOT NULL,
  failure              TEXT,
  watch_until_unix_ms  INTEGER NOT NULL,
  PRIMARY KEY (sale, attempt)
) STRICT, WITHOUT ROWID;

CREATE INDEX invoice_watched ON invoice (watch_until_unix_ms) WHERE watch_until_unix_ms > 0;
CREATE INDEX invoice_id ON invoice (invoice_id) WHERE invoice_id IS NOT NULL;

CREATE TABLE refund (
  sale                 INTEGER NOT NULL,
  refund               INTEGER NOT NULL,
  seq                  INTEGER NOT NULL,
  at_unix_ms           INTEGER NOT NULL,
  amount_minor         INTEGER NOT NULL,
  way                  TEXT NOT NULL,
  taken_back_seq       INTEGER,
  taken_back_at_unix_ms INTEGER,
  PRIMARY KEY (sale, refund)
) STRICT, WITHOUT ROWID;

CREATE TABLE movement (
  seq           INTEGER PRIMARY KEY,
  at_unix_ms    INTEGER NOT NULL,
  sale          INTEGER NOT NULL,
  moved         TEXT NOT NULL,
  currency      TEXT NOT NULL,
  amount_minor  INTEGER NOT NULL,
  test          INTEGER NOT NULL,
  attempt       INTEGER,
  coin          TEXT,
  late          INTEGER NOT NULL,
  again         INTEGER NOT NULL,
  tip_minor     INTEGER NOT NULL,
  gross_by_rate TEXT,
  refund        INTEGER,
  way           TEXT
) STRICT;

CREATE INDEX movement_at ON movement (at_unix_ms);
CREATE INDEX movement_sale ON movement (sale);
";

/// The tables of an empty journal.
pub(super) fn tables() -> String {
    format!("{ENTRIES}{PROJECTIONS}")
}

/// Another program's commit is waited for this long before it is failed by.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) fn wait_for_others(connection: &Connection) -> Result<(), JournalError> {
    Ok(connection.busy_timeout(PATIENCE)?)
}

/// Statements kept ready: a sale's way takes some forty, and to parse one again costs more than to run it.
const STATEMENTS: usize = 128;

/// Pages of the write-ahead log after which a commit moves them into the file itself. Four times SQLite's own number:
/// the journal's thread does it before, while nobody waits ([`super::JournalFile::tidy`]).
const LONGEST_LOG_PAGES: i64 = 4 * LONG_LOG_PAGES;

/// Pages of the write-ahead log that are worth being moved.
pub(super) const LONG_LOG_PAGES: i64 = 1000;

/// Sets what every connection needs: durable commits, waiting for another program rather than failing.
pub(super) fn prepare(connection: &Connection) -> Result<(), JournalError> {
    wait_for_others(connection)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", LONGEST_LOG_PAGES)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // Otherwise a statement that may use a partial index is planned anew for each value bound to it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// What a file is to this program.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// Nothing in it yet.
    Empty,
    /// A journal of this format.
    Journal,
    /// A journal of an earlier one.
    Older(i64),
}

pub(super) fn kind(connection: &Connection) -> Result<FileKind, JournalError> {
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application_id = pragma("application_id")?;
    let format = pragma("user_version")?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (application_id, format) {
        (0, 0) if tables == 0 => Ok(FileKind::Empty),
        (APPLICATION_ID, FORMAT) => Ok(FileKind::Journal),
        (APPLICATION_ID, found) if (1..FORMAT).contains(&found) => Ok(FileKind::Older(found)),
        (APPLICATION_ID, found) if found > FORMAT => Err(JournalError::Newer {
            found,
            known: FORMAT,
        }),
        (APPLICATION_ID, found) => Err(JournalError::Corrupt(format!(
            "there has never been a format {found}"
        ))),
        _ => Err(JournalError::NotAJournal),
    }
}

/// Makes the tables in an empty file, together with what `then` writes, or not at all. Another
/// program may have been faster: then it is left as it is.
pub(super) fn create(
    connection: &mut Connection,
    then: impl FnOnce(&Connection) -> Result<(), JournalError>,
) -> Result<(), JournalError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if kind(&transaction)? != FileKind::Empty {
        return Ok(());
    }
    transaction.execute_batch(&tables())?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    then(&transaction)?;
    Ok(transaction.commit()?)
}

/// The tables, indexes and triggers of a connection, as text to compare.
pub(super) fn described(connection: &Connection) -> Result<Vec<(String, String)>, JournalError> {
    let mut statement = connection.prepare(
        "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY 1",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
