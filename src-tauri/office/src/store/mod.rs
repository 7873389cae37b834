//! The office's book: the entries of all tills, in PostgreSQL or in one SQLite file. Both keep the same tables and the same
//! promises; `tests/office` asks the same questions of each.
//!
//! Every write is one transaction, and each can be run again: what it is to do, it finds out within the transaction. So a
//! transaction that the database gave up, and one of which nobody knows whether it was committed, are both simply run
//! once more.

/// Runs a transaction, again where that may help. What it is to do it finds out within, so running it twice does no more
/// than running it once. A macro: the compiler cannot yet tell of an async closure that borrows whether it may change
/// threads.
macro_rules! transaction {
    ($store:expr, |$tx:ident| $work:expr) => {
        transaction!(begin, $store, |$tx| $work)
    };
    ($begin:ident, $store:expr, |$tx:ident| $work:expr) => {{
        let mut tried = 1;
        loop {
            let done: Result<_, $crate::store::StoreError> = async {
                let whole = $store.engine.$begin().await?;
                let $tx = &whole;
                let result = $work?;
                whole.commit().await?;
                Ok(result)
            }
            .await;
            if !$store.is_run_again(&done, &mut tried).await {
                break done;
            }
        }
    }};
}

/// The same for what is decided by rows of one till alone, one of which it changes from what it was: whoever decides
/// something else about that till changes the same row. It gets into no other till's way, as serialisable transactions do
/// whose rows lie on the same pages.
macro_rules! till_transaction {
    ($store:expr, |$tx:ident| $work:expr) => {
        transaction!(begin_for_till, $store, |$tx| $work)
    };
}

/// The same for what only reads, all of it as of one moment.
macro_rules! snapshot {
    ($store:expr, |$tx:ident| $work:expr) => {{
        let mut tried = 1;
        loop {
            let done: Result<_, $crate::store::StoreError> = async {
                let whole = $store.engine.begin_snapshot().await?;
                let $tx = &whole;
                let result = $work?;
                whole.end().await?;
                Ok(result)
            }
            .await;
            if !$store.is_run_again(&done, &mut tried).await {
                break done;
            }
        }
    }};
}

mod address;
mod append;
mod audit;
mod book_rows;
mod book_tables;
mod branch_money;
mod contact;
mod decision;
mod deliveries;
mod folding;
mod fork;
mod hints;
mod outbox;
mod owners;
mod positions;
mod questions;
mod receipts;
mod retention;
mod schema;
mod sessions;
mod shared;
mod sql;
mod tills;
mod verify;
mod word_addresses;
mod word_tables;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rand::RngExt as _;
use tokio::sync::Notify;

use ringup_core::clock::UnixMs;

pub use append::{AppendError, Appended, Head};
pub use audit::{AUDIT_PAGE, Act, AuditRow};
pub use branch_money::Sums;
pub use decision::{DecideError, Decision, NewDecision, SHORTEST_NAME, Verdict};
pub use deliveries::{DELIVERIES_PAGE, DeliveryRow, DeliveryState, LEASE_MS, TakenDelivery};
pub use folding::Folded;
pub use fork::Branch;
pub use owners::{Owner, OwnerRow, SetupOutcome};
pub use positions::Position;
pub use receipts::BookReceipt;
pub use schema::VERSION;
pub use sessions::{AT_MOST_MS, IDLE_MS, SecretHash};
pub use shared::{
    Edit, NewVersion, Offer, ShareError, TillSettings, VERSIONS_KEPT, Version, VersionRow,
};
pub use tills::{Alarm, PairError, TillRow, Token, TokenError};
pub use verify::{BookFault, VerifiedBook};
pub use word_addresses::{MAX_ADDRESSES, WordAddress, WordLimits, WordWay};

use sql::Engine;

/// How often a transaction is begun before its caller is told to come again.
const TRIES: u32 = 8;
/// How many prepared statements an SQLite connection keeps.
const STATEMENTS: usize = 128;
/// The longest pause before the second try, milliseconds; it doubles with each.
const PAUSE_MS: u64 = 10;

/// The book.
#[derive(Clone)]
pub struct Store {
    engine: Engine,
    /// Entries have come here.
    appended: Arc<Notify>,
    /// How often a transaction was run again.
    retries: Arc<AtomicU64>,
}

/// Why the book cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The address of the database is none.
    #[error("the address of the database: {0}")]
    Address(String),
    /// The database cannot be reached, or broke off: what was asked may be done or not.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// Another transaction was in the way.
    #[error("the database was busy with the same rows: {0}")]
    Conflict(String),
    /// A newer program has written it.
    #[error("the book has version {0}, and this program knows version {VERSION}: it is too old")]
    Newer(i64),
    /// It does not hold what this program wrote.
    #[error("the book is damaged: {0}")]
    Corrupt(String),
    /// Anything else that the database reports.
    #[error("the database: {0}")]
    Failed(String),
}

impl StoreError {
    /// Whether the same transaction may do better when it is run again.
    fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Conflict(_))
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.engine {
            Engine::Postgres(_) => "Store(PostgreSQL)",
            Engine::Sqlite { .. } => "Store(SQLite)",
        })
    }
}

impl Store {
    /// Opens the book in a PostgreSQL, or in what speaks its protocol, and makes its tables where there are none.
    ///
    /// # Errors
    /// Every variant of [`StoreError`].
    pub async fn postgres(url: &str) -> Result<Self, StoreError> {
        let engine = Engine::postgres(url)?;
        Self::migrated(engine).await
    }

    /// Opens the book in an SQLite file, and makes the file where there is none, readable by its owner alone.
    ///
    /// # Errors
    /// Every variant of [`StoreError`] but `Address`.
    pub async fn sqlite(path: &Path) -> Result<Self, StoreError> {
        crate::private_file::make(path).map_err(|error| StoreError::Failed(error.to_string()))?;
        let open = || {
            let connection = rusqlite::Connection::open(path)?;
            connection.busy_timeout(Duration::from_secs(5))?;
            connection.pragma_update(None, "journal_mode", "WAL")?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            connection.pragma_update(None, "trusted_schema", false)?;
            connection.set_prepared_statement_cache_capacity(STATEMENTS);
            Ok::<_, StoreError>(connection)
        };
        let (writer, reader) = (open()?, open()?);
        reader.pragma_update(None, "query_only", true)?;
        Self::migrated(Engine::sqlite(writer, reader)).await
    }

    /// Waits until entries have come to this office that nobody has waited for before.
    pub(crate) async fn appended(&self) {
        self.appended.notified().await;
    }

    async fn migrated(engine: Engine) -> Result<Self, StoreError> {
        let is_postgres = matches!(engine, Engine::Postgres(_));
        let store = Self {
            engine,
            appended: Arc::default(),
            retries: Arc::default(),
        };
        transaction!(store, |tx| schema::migrate(tx, is_postgres).await)?;
        Ok(store)
    }

    /// How often this program has run a transaction again because the database gave it up.
    pub fn retries(&self) -> u64 {
        self.retries.load(Ordering::Relaxed)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError`]: it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let tx = self.engine.begin().await?;
        tx.query("SELECT value FROM meta WHERE name = 'version'", &[])
            .await?;
        tx.commit().await
    }

    /// Writes down by which key this book is signed, unless it was before: the key that it then is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn signing_key(&self, own: &str) -> Result<String, StoreError> {
        transaction!(self, |tx| match schema::get_meta(tx, "public_key").await? {
            Some(known) => Ok::<_, StoreError>(known),
            None => {
                schema::set_meta(tx, "public_key", own).await?;
                Ok(own.to_owned())
            }
        })
    }

    /// Whether a transaction that ended so is run again: waits for that, and says yes.
    async fn is_run_again<T>(&self, done: &Result<T, StoreError>, tried: &mut u32) -> bool {
        match done {
            Err(error) if error.is_passing() && *tried < TRIES => {
                tracing::debug!(%error, tried, "the transaction is run again");
                let longest = PAUSE_MS << *tried;
                let pause = rand::rng().random_range(0..longest);
                tokio::time::sleep(Duration::from_millis(pause)).await;
                *tried += 1;
                self.retries.fetch_add(1, Ordering::Relaxed);
                true
            }
            _ => false,
        }
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(reported) = error.as_db_error() else {
            return Self::Unavailable(with_causes(&error));
        };
        let message = format!("{} ({})", reported.message(), reported.code().code());
        match reported.code().code() {
            // Serialisation failure, deadlock; two that make the same tables or the same row at once; a statement after
            // one that failed so: several are under way, and which answer is read first is not said.
            "40001" | "40P01" | "23505" | "42P07" | "42710" | "25P02" => Self::Conflict(message),
            // A shutdown, a start, too many connections, a connection that broke, a server that may not be written any
            // more because another has taken its place.
            code if code.starts_with("57P")
                || code.starts_with("08")
                || matches!(code, "53300" | "25006") =>
            {
                Self::Unavailable(message)
            }
            _ => Self::Failed(message),
        }
    }
}

/// An error and what led to it, each cause that says something new.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !said.contains(&more) {
            said = format!("{said}: {more}");
        }
        cause = error.source();
    }
    said
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
        match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => Self::Conflict(error.to_string()),
            _ => Self::Failed(error.to_string()),
        }
    }
}

/// A moment as the tables hold it.
fn moment(now: UnixMs) -> sql::Value {
    sql::Value::Int(now.0)
}
