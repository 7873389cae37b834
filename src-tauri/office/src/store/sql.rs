//! One way to speak with both databases: statements in the SQL that PostgreSQL and SQLite share, with `?1` for the first
//! argument, and values of three kinds. What differs is here and nowhere else.
//!
//! No statement needs more of PostgreSQL than everything that speaks its protocol has: no NOTIFY, no advisory lock, no
//! sequence, no cursor. Transactions are serialisable, but for what is guarded by one row of its till; one that the database
//! gives up is run again by [`super::Store`].

use std::sync::Arc;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use futures_util::future::try_join_all;
use parking_lot::Mutex;
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type};

use super::StoreError;
use super::address::Address;

/// How many connections one office keeps to its PostgreSQL.
const POOL: usize = 16;

/// Which database it is.
#[derive(Clone)]
pub(super) enum Engine {
    Postgres(Pool),
    Sqlite {
        writer: SharedConnection,
        /// For what only reads: it waits for no write, and no write for it.
        reader: SharedConnection,
    },
}

/// A connection, and the turn to use it.
type SharedConnection = Arc<Turn<Mutex<rusqlite::Connection>>>;

/// A value of a column or an argument. Its `Debug` says nothing of its content: the driver logs arguments, and they are
/// what shops sell, and secrets' hashes.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Int,
    Text,
    Bytes,
}

/// A row of an answer.
pub(super) type Row = Vec<Value>;

/// A transaction. Dropped before [`Tx::commit`] it has done nothing.
pub(super) struct Tx {
    connection: Option<Connection>,
}

enum Connection {
    Postgres(Box<Object>),
    /// The turn to use it is held for the whole transaction; the lock within, for one statement.
    Sqlite(OwnedMutexGuard<Mutex<rusqlite::Connection>>),
}

impl Engine {
    /// A pool of connections to a PostgreSQL. Nothing is connected yet.
    pub(super) fn postgres(url: &str) -> Result<Self, StoreError> {
        let Address { config, tls } = Address::read(url)?;
        let recycling_method = RecyclingMethod::Fast;
        let recycle = ManagerConfig { recycling_method };
        let manager = Manager::from_config(config, tls, recycle);
        let pool = Pool::builder(manager).max_size(POOL).build();
        Ok(Self::Postgres(pool.map_err(|error| {
            StoreError::Address(format!("{error}"))
        })?))
    }

    /// An SQLite file that is open twice, once to be read.
    pub(super) fn sqlite(writer: rusqlite::Connection, reader: rusqlite::Connection) -> Self {
        let shared = |connection| Arc::new(Turn::new(Mutex::new(connection)));
        Self::Sqlite {
            writer: shared(writer),
            reader: shared(reader),
        }
    }

    /// Begins a transaction that only reads, all of it as of one moment. It is in nobody's way.
    pub(super) async fn begin_snapshot(&self) -> Result<Tx, StoreError> {
        match self {
            Self::Postgres(pool) => {
                begin_postgres(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await
            }
            Self::Sqlite { reader, .. } => begin_sqlite(reader, "BEGIN").await,
        }
    }

    /// Begins a transaction that sees the database as of one moment, and ends without effect where somebody else has changed
    /// a row that it changes.
    pub(super) async fn begin_for_till(&self) -> Result<Tx, StoreError> {
        match self {
            Self::Postgres(pool) => {
                begin_postgres(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ").await
            }
            Self::Sqlite { .. } => self.begin().await,
        }
    }

    /// Begins a transaction that sees and leaves the database as if it were alone.
    pub(super) async fn begin(&self) -> Result<Tx, StoreError> {
        match self {
            Self::Postgres(pool) => {
                begin_postgres(pool, "BEGIN ISOLATION LEVEL SERIALIZABLE").await
            }
            Self::Sqlite { writer, .. } => begin_sqlite(writer, "BEGIN IMMEDIATE").await,
        }
    }
}

async fn begin_postgres(pool: &Pool, begin: &str) -> Result<Tx, StoreError> {
    let client = pool.get().await.map_err(|error| match error {
        deadpool_postgres::PoolError::Backend(error) => StoreError::from(error),
        other => StoreError::Unavailable(other.to_string()),
    })?;
    // Owned by the transaction before it begins: a connection that fails here is not given back.
    let tx = Tx {
        connection: Some(Connection::Postgres(Box::new(client))),
    };
    if let Connection::Postgres(client) = tx.connection()? {
        client.batch_execute(begin).await?;
    }
    Ok(tx)
}

async fn begin_sqlite(connection: &SharedConnection, begin: &str) -> Result<Tx, StoreError> {
    let connection = Arc::clone(connection).lock_owned().await;
    tokio::task::block_in_place(|| connection.lock().execute_batch(begin))?;
    Ok(Tx {
        connection: Some(Connection::Sqlite(connection)),
    })
}

impl Tx {
    /// Runs a statement and returns its rows.
    pub(super) async fn query(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        match self.connection()? {
            Connection::Postgres(client) => {
                let statement = client.prepare_cached(&sql.replace('?', "$")).await?;
                let rows = client.query(&statement, &arguments(values)).await?;
                rows.iter().map(postgres_row).collect()
            }
            Connection::Sqlite(connection) => tokio::task::block_in_place(|| {
                let connection = connection.lock();
                let mut statement = connection.prepare_cached(sql)?;
                let columns = statement.column_count();
                let arguments = rusqlite::params_from_iter(values);
                let rows = statement.query_map(arguments, |row| sqlite_row(row, columns))?;
                Ok(rows.collect::<Result<_, _>>()?)
            }),
        }
    }

    /// Runs a statement once for each row of values, without waiting for one before the next is sent: the rows of each.
    pub(super) async fn query_each(
        &self,
        sql: &str,
        each: &[Row],
    ) -> Result<Vec<Vec<Row>>, StoreError> {
        match self.connection()? {
            Connection::Postgres(client) => {
                let statement = client.prepare_cached(&sql.replace('?', "$")).await?;
                let statement = &statement;
                let calls = each
                    .iter()
                    .map(|row| async move { client.query(statement, &arguments(row)).await });
                let answers = try_join_all(calls).await?;
                let rows = |rows: &Vec<_>| rows.iter().map(postgres_row).collect();
                answers.iter().map(rows).collect()
            }
            Connection::Sqlite(_) => {
                let mut answers = Vec::with_capacity(each.len());
                for values in each {
                    answers.push(self.query(sql, values).await?);
                }
                Ok(answers)
            }
        }
    }

    /// Runs a statement and returns how many rows it changed.
    pub(super) async fn execute(&self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        self.execute_each(sql, &[values.to_vec()]).await
    }

    /// Runs a statement once for each row of values, without waiting for one before the next is sent.
    pub(super) async fn execute_each(&self, sql: &str, rows: &[Row]) -> Result<u64, StoreError> {
        match self.connection()? {
            Connection::Postgres(client) => {
                let statement = client.prepare_cached(&sql.replace('?', "$")).await?;
                let statement = &statement;
                let calls = rows
                    .iter()
                    .map(|row| async move { client.execute(statement, &arguments(row)).await });
                Ok(try_join_all(calls).await?.into_iter().sum())
            }
            Connection::Sqlite(connection) => tokio::task::block_in_place(|| {
                let connection = connection.lock();
                let mut statement = connection.prepare_cached(sql)?;
                let mut changed = 0;
                for row in rows {
                    changed += statement.execute(rusqlite::params_from_iter(row))?;
                }
                Ok(u64::try_from(changed).unwrap_or(u64::MAX))
            }),
        }
    }

    /// Adds rows to a table, with a value for each of these columns: in PostgreSQL all by one statement.
    pub(super) async fn insert_all(
        &self,
        table: &str,
        columns: &[(&str, Kind)],
        rows: &[Row],
    ) -> Result<(), StoreError> {
        let names: Vec<_> = columns.iter().map(|(name, _)| *name).collect();
        let names = names.join(", ");
        let places = (1..=columns.len()).zip(columns);
        match self.connection()? {
            Connection::Postgres(client) => {
                let arrays = places.map(|(place, (_, kind))| match kind {
                    Kind::Int => format!("${place}::BIGINT[]"),
                    Kind::Text => format!("${place}::TEXT[]"),
                    Kind::Bytes => format!("${place}::BYTEA[]"),
                });
                let arrays = arrays.collect::<Vec<_>>().join(", ");
                let sql = format!("INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays})");
                let statement = client.prepare_cached(&sql).await?;
                let by_column: Vec<Vec<&Value>> = (0..columns.len())
                    .map(|at| rows.iter().filter_map(|row| row.get(at)).collect())
                    .collect();
                let arguments: Vec<_> = by_column.iter().map(|it| it as _).collect();
                client.execute(&statement, &arguments).await?;
                Ok(())
            }
            Connection::Sqlite(_) => {
                let places: Vec<_> = places.map(|(place, _)| format!("?{place}")).collect();
                let places = places.join(", ");
                let sql = format!("INSERT INTO {table} ({names}) VALUES ({places})");
                self.execute_each(&sql, rows).await?;
                Ok(())
            }
        }
    }

    /// Makes it last. After an error nobody knows whether it does: the caller asks again.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        #[cfg(feature = "test-api")]
        if crate::failpoints::is_lying() {
            tokio::spawn(async move {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                self.commit_now().await
            });
            return Ok(());
        }
        self.commit_now().await
    }

    /// Ends a transaction that only read.
    pub(super) async fn end(self) -> Result<(), StoreError> {
        self.commit_now().await
    }

    async fn commit_now(mut self) -> Result<(), StoreError> {
        match self.connection()? {
            Connection::Postgres(client) => client.batch_execute("COMMIT").await?,
            Connection::Sqlite(connection) => {
                tokio::task::block_in_place(|| connection.lock().execute_batch("COMMIT"))?;
            }
        }
        // Given back whole.
        self.connection = None;
        Ok(())
    }

    fn connection(&self) -> Result<&Connection, StoreError> {
        let gone = || StoreError::Unavailable("the connection is gone".to_owned());
        self.connection.as_ref().ok_or_else(gone)
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        match self.connection.take() {
            // A connection in the middle of something is closed; the database takes back what it had begun.
            Some(Connection::Postgres(client)) => drop(Object::take(*client)),
            Some(Connection::Sqlite(connection)) => {
                if let Err(error) = connection.lock().execute_batch("ROLLBACK") {
                    tracing::debug!(%error, "nothing to take back");
                }
            }
            None => {}
        }
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Int(_) => f.write_str("Int"),
            Self::Text(text) => write!(f, "Text of {} bytes", text.len()),
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
        }
    }
}

impl Value {
    /// The number in a column.
    pub(super) fn int(&self) -> Result<i64, StoreError> {
        match self {
            Self::Int(number) => Ok(*number),
            other => Err(StoreError::Corrupt(format!("{other:?} is no number"))),
        }
    }

    /// The text in a column.
    pub(super) fn text(&self) -> Result<&str, StoreError> {
        match self {
            Self::Text(text) => Ok(text),
            other => Err(StoreError::Corrupt(format!("{other:?} is no text"))),
        }
    }

    /// The bytes in a column.
    pub(super) fn bytes(&self) -> Result<&[u8], StoreError> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            other => Err(StoreError::Corrupt(format!("{other:?} are no bytes"))),
        }
    }
}

/// A text as an argument.
pub(super) fn text(value: impl std::fmt::Display) -> Value {
    Value::Text(value.to_string())
}

/// An entry's number as an argument.
pub(super) fn int(value: u64) -> Value {
    Value::Int(i64::try_from(value).unwrap_or(i64::MAX))
}

fn arguments(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as _).collect()
}

impl ToSql for Value {
    fn to_sql(
        &self,
        to: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) => number.to_sql_checked(to, out),
            Self::Text(text) => text.to_sql_checked(to, out),
            Self::Bytes(bytes) => bytes.to_sql_checked(to, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    tokio_postgres::types::to_sql_checked!();
}

fn postgres_row(row: &tokio_postgres::Row) -> Result<Row, StoreError> {
    let value = |(at, column): (usize, &tokio_postgres::Column)| {
        Ok(match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(at)?.map(Value::Int),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.map(Value::Bytes),
            _ => row.try_get::<_, Option<String>>(at)?.map(Value::Text),
        }
        .unwrap_or(Value::Null))
    };
    row.columns().iter().enumerate().map(value).collect()
}

fn sqlite_row(row: &rusqlite::Row<'_>, columns: usize) -> rusqlite::Result<Row> {
    use rusqlite::types::Value as Stored;
    let value = |at| {
        Ok(match row.get::<_, Stored>(at)? {
            Stored::Integer(number) => Value::Int(number),
            Stored::Text(text) => Value::Text(text),
            Stored::Blob(bytes) => Value::Bytes(bytes),
            Stored::Null | Stored::Real(_) => Value::Null,
        })
    };
    (0..columns).map(value).collect()
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, ValueRef};
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
