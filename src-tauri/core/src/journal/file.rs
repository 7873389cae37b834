//! The journal's file: opened, and opened again.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::chain::{self, Head};
use super::day_close::Running;
use super::entries::{Author, check_tail, first_entry, hash_of, head, insert};
use super::error::JournalError;
use super::{migrate, schema};
use crate::clock::UnixMs;
use crate::failpoints::{self, Failpoint};
use crate::ids::{TillCode, TillId};
use crate::sale::{Entry, Event, Purpose};

/// An open journal.
#[derive(Debug)]
pub struct JournalFile {
    pub(super) connection: Connection,
    pub(super) till: TillId,
    pub(super) code: TillCode,
    pub(super) purpose: Purpose,
    pub(super) running: Running,
    /// Who is at the till.
    pub(super) by: Option<String>,
}

impl JournalFile {
    /// Opens the journal at `path`, making it (readable by its owner alone) when there is none.
    ///
    /// # Errors
    /// [`JournalError`]; the file is left as it was.
    pub fn open(path: &Path, purpose: Purpose, now: UnixMs) -> Result<Self, JournalError> {
        Self::open_as(path, purpose, TillId::new(), now)
    }

    /// The same. A journal that is made is of the till of this id.
    ///
    /// # Errors
    /// As [`JournalFile::open`].
    pub fn open_as(
        path: &Path,
        purpose: Purpose,
        till: TillId,
        now: UnixMs,
    ) -> Result<Self, JournalError> {
        if let Some(folder) = path.parent() {
            crate::files::make_private_folder(folder)?;
        }
        crate::files::make_private_file(path)?;
        let mut connection = Connection::open(path)?;
        // Looked at before anything is set or written: what is refused stays as it is, byte for byte.
        let kind = inspect(&connection, purpose)?;
        schema::prepare(&connection)?;
        if let schema::FileKind::Older(format) = kind {
            migrate::to_current(&mut connection, path, format, now)?;
        }
        if kind == schema::FileKind::Empty {
            let code = match purpose {
                Purpose::Live => TillCode::first(),
                Purpose::Practice => TillCode::practice(),
            };
            schema::create(&mut connection, |connection| {
                let first = Entry {
                    seq: 1,
                    till,
                    at: now,
                    by: None,
                    event: Event::JournalOpened { code, purpose },
                };
                insert(connection, &first, &chain::BEFORE_ALL)?;
                failpoints::reached(Failpoint::JournalWritten);
                Ok(())
            })?;
            failpoints::reached(Failpoint::JournalMade);
        }
        Self::ready(connection, purpose)
    }

    /// Opens the journal again after the disk failed under it. It must be the same, with everything that
    /// was acknowledged up to `known`, and the disk must take what it is given; none is ever made anew.
    pub(super) fn reopen(
        path: &Path,
        purpose: Purpose,
        till: TillId,
        known: &Head,
    ) -> Result<Self, JournalError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        if inspect(&connection, purpose)? != schema::FileKind::Journal {
            return Err(JournalError::Corrupt("it was emptied".to_owned()));
        }
        schema::prepare(&connection)?;
        let file = Self::ready(connection, purpose)?;
        if file.till != till {
            return Err(JournalError::NotAJournal);
        }
        if hash_of(&file.connection, known.seq)? != Some(known.hash) {
            let gone = format!("entry {}, which was written, is gone", known.seq);
            return Err(JournalError::Corrupt(gone));
        }
        // After a failed flush the system may show what the disk does not hold: all of it is written
        // once more. Then a write that changes nothing, to know that the next one has a chance.
        let busy: i64 =
            file.connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy != 0 {
            tracing::info!("another program reads the journal; it is not rewritten");
        }
        file.write_nothing()?;
        Ok(file)
    }

    /// Whether a write would be taken now; it waits for nobody.
    pub(super) fn takes_a_write(&self) -> bool {
        let at_once = self.connection.busy_timeout(Duration::ZERO);
        let taken = at_once.is_ok() && self.write_nothing().is_ok();
        let waits = schema::wait_for_others(&self.connection);
        taken && waits.is_ok()
    }

    /// Moves a long write-ahead log into the file, and waits for nobody. It is for a moment in which nobody
    /// waits: it takes as long as many commits.
    ///
    /// # Errors
    /// [`JournalError`]. Nothing is lost then: what was committed stays in the log.
    pub fn checkpoint(&self) -> Result<(), JournalError> {
        let pages: i64 = self
            .connection
            .prepare_cached("PRAGMA wal_checkpoint(NOOP)")?
            .query_row([], |row| {
                Ok(row.get::<_, i64>(1)?.saturating_sub(row.get(2)?))
            })?;
        if pages >= schema::LONG_LOG_PAGES {
            self.connection
                .prepare_cached("PRAGMA wal_checkpoint(PASSIVE)")?
                .query_row([], |_| Ok(()))?;
        }
        Ok(())
    }

    fn write_nothing(&self) -> Result<(), JournalError> {
        let connection = &self.connection;
        Ok(connection.pragma_update(None, "user_version", schema::FORMAT)?)
    }

    fn ready(connection: Connection, purpose: Purpose) -> Result<Self, JournalError> {
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        let (till, code) = first_entry(&connection, purpose)?;
        failpoints::reached(Failpoint::TailChecked);
        Ok(Self {
            connection,
            till,
            code,
            purpose,
            running: Running::default(),
            by: None,
        })
    }

    /// The last entry.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn head(&self) -> Result<Head, JournalError> {
        head(&self.connection)
    }

    /// The till's id.
    pub fn till(&self) -> TillId {
        self.till
    }

    /// Real money or practice.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The till's short code.
    pub fn code(&self) -> &TillCode {
        &self.code
    }

    /// Whose hand the next entry is written in.
    pub(super) fn author(&self) -> Author {
        Author {
            till: self.till,
            by: self.by.clone(),
        }
    }

    /// The number of the last entry.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn last_seq(&self) -> Result<u64, JournalError> {
        let last: i64 = self
            .connection
            .prepare_cached("SELECT coalesce(max(seq), 0) FROM entry")?
            .query_row([], |row| row.get(0))?;
        Ok(last.unsigned_abs())
    }

    /// The number of the last day's close.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn last_close(&self) -> Result<Option<u64>, JournalError> {
        let last: Option<i64> = self
            .connection
            .prepare_cached("SELECT max(seq) FROM entry WHERE kind = 'day_closed'")?
            .query_row([], |row| row.get(0))?;
        Ok(last.map(i64::unsigned_abs))
    }

    /// Replays all and compares every field.
    ///
    /// # Errors
    /// [`JournalError`] when the file cannot be read; what is wrong in it is told in the answer.
    pub fn verify(&self) -> Result<Result<super::Verified, super::VerifyFailure>, JournalError> {
        super::verify::verify(&self.connection)
    }
}

/// What a file is; a journal's beginning and end are looked at. Nothing is written, not even when the
/// connection is closed.
fn inspect(connection: &Connection, purpose: Purpose) -> Result<schema::FileKind, JournalError> {
    schema::wait_for_others(connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let kind = schema::kind(connection)?;
    if kind != schema::FileKind::Empty {
        first_entry(connection, purpose)?;
        check_tail(connection)?;
    }
    Ok(kind)
}
