//! The tables of the journal, the settings of its connections, and what kind of file a file is.

use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::error::JournalError;
use crate::breaks::{self, Break};

/// The format that this program writes (docs/journal.md, *The file*). A file of a greater one is refused.
pub const FORMAT: i64 = 6;

/// By which tools recognise the file.
pub(super) const APPLICATION_ID: i64 = crate::files::JOURNAL_APPLICATION_ID;

/// `kind` and `sale` are computed from the body, so no copy can differ from it.
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

/// How the full-text index splits the notes into tokens.
pub(super) const NOTE_TOKENS: &str = "tokenize = 'trigram', detail = 'full'";

/// Made from the entries alone: dropped and made again when their shape changes.
pub(super) const PROJECTIONS: &str = "
CREATE INDEX entry_day_closed ON entry (seq) WHERE kind = 'day_closed';
CREATE INDEX entry_technical ON entry (kind, seq) WHERE sale IS NULL;
CREATE INDEX entry_restored ON entry (seq) WHERE kind = 'journal_restored';
CREATE INDEX entry_gateway_bound ON entry (seq) WHERE kind = 'gateway_bound';
CREATE INDEX entry_till_code_changed ON entry (seq) WHERE kind = 'till_code_changed';
CREATE INDEX entry_settled_by_hand ON entry (seq) WHERE kind IN ('review_closed', 'sale_written_off');

CREATE TABLE sale (
  number            INTEGER PRIMARY KEY,
  id                TEXT NOT NULL UNIQUE,
  code              TEXT,
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
  amount_minor         INTEGER NOT NULL,
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
  watched              INTEGER NOT NULL,
  PRIMARY KEY (sale, attempt)
) STRICT, WITHOUT ROWID;

CREATE INDEX invoice_watched ON invoice (requested_at_unix_ms) WHERE watched;
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

CREATE TABLE cart (
  id              TEXT PRIMARY KEY,
  tap             TEXT UNIQUE,
  seq             INTEGER NOT NULL,
  held_at_unix_ms INTEGER NOT NULL,
  label           TEXT NOT NULL,
  currency        TEXT NOT NULL,
  amount_minor    INTEGER NOT NULL,
  ended_seq       INTEGER,
  ended           TEXT
) STRICT;

CREATE INDEX cart_held ON cart (seq) WHERE ended_seq IS NULL;
CREATE INDEX cart_dropped ON cart (ended_seq) WHERE ended = 'dropped';

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
  way           TEXT,
  tax_by_rate   TEXT,
  tender        INTEGER,
  own           TEXT,
  given_minor   INTEGER,
  rounding_minor INTEGER NOT NULL,
  beyond_minor  INTEGER NOT NULL,
  by_category   TEXT
) STRICT;

CREATE INDEX movement_at ON movement (at_unix_ms);
CREATE INDEX movement_sale ON movement (sale);
";

/// One payment closes one sale, so an invoice belongs to one attempt. The rule is added after the rows of an older
/// file are made: a file that breaks it already still opens, and `verify` names the invoice.
pub(super) const RULES: &str = "
CREATE TRIGGER invoice_is_of_one_attempt BEFORE INSERT ON invoice
WHEN EXISTS (SELECT 1 FROM invoice AS i WHERE i.invoice_id = NEW.invoice_id AND i.gateway = NEW.gateway)
BEGIN SELECT RAISE(ABORT, 'an invoice belongs to one attempt'); END;

CREATE TRIGGER invoice_stays_of_one_attempt BEFORE UPDATE OF invoice_id ON invoice
WHEN EXISTS (SELECT 1 FROM invoice AS i WHERE i.invoice_id = NEW.invoice_id AND i.gateway = NEW.gateway
             AND (i.sale, i.attempt) <> (NEW.sale, NEW.attempt))
BEGIN SELECT RAISE(ABORT, 'an invoice belongs to one attempt'); END;
";

/// The tables of an empty journal.
pub(super) fn tables() -> String {
    format!("{ENTRIES}{PROJECTIONS}{RULES}")
}

/// How long another program's lock is waited for before [`JournalError::Busy`].
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Makes a connection wait for another program's lock for a while instead of failing at once.
pub(super) fn set_busy_timeout(connection: &Connection) -> Result<(), JournalError> {
    Ok(connection.busy_timeout(BUSY_TIMEOUT)?)
}

/// How many prepared statements are kept. A sale uses some forty, and parsing one costs more than running it.
pub(super) const STATEMENT_CACHE: usize = 128;

/// Pages of the write-ahead log that [`super::JournalFile::checkpoint`] waits for before it moves them into the
/// file. It is SQLite's default for a commit.
pub(super) const CHECKPOINT_PAGES: i64 = 1000;

/// Pages of the write-ahead log after which a commit itself moves them into the file. Usually the journal's
/// thread has done so before, while no job waited.
const COMMIT_CHECKPOINT_PAGES: i64 = 4 * CHECKPOINT_PAGES;

/// Sets what every writing connection needs: durable commits, and waiting for another program's lock.
pub(super) fn prepare(connection: &Connection) -> Result<(), JournalError> {
    set_busy_timeout(connection)?;
    connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    connection.pragma_update(None, "journal_mode", "WAL")?;
    let flushes = if breaks::is(Break::NoFlush) {
        "OFF"
    } else {
        "FULL"
    };
    connection.pragma_update(None, "synchronous", flushes)?;
    connection.pragma_update(None, "wal_autocheckpoint", COMMIT_CHECKPOINT_PAGES)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // Otherwise a statement that could use a partial index is planned again for each value bound to it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// What kind of file a file is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// An empty one.
    Empty,
    /// A journal of this format.
    Journal,
    /// A journal of this earlier format.
    Older(i64),
}

/// What kind of file the connection has open. A foreign, newer or impossible one is an error.
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

/// Creates the tables in an empty file together with what `then` writes, or nothing. If another program was
/// faster, the file is left as it is.
pub(super) fn create(
    connection: &mut Connection,
    then: impl FnOnce(&Connection) -> Result<(), JournalError>,
) -> Result<(), JournalError> {
    let transaction = connection.transaction()?;
    if kind(&transaction)? != FileKind::Empty {
        return Ok(());
    }
    transaction.execute_batch(&tables())?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    then(&transaction)?;
    Ok(transaction.commit()?)
}

/// The tables, indexes and triggers of a database by name, as SQL.
pub(super) fn definitions(connection: &Connection) -> Result<Vec<(String, String)>, JournalError> {
    let mut statement = connection.prepare(
        "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY 1",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
