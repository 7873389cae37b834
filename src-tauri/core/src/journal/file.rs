//! The journal's file: how it is opened, and opened again after the disk has failed.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use tempfile::TempDir;

use super::chain::{self, Head};
use super::day_close::TotalsSinceClose;
use super::entries::{Author, check_tail, corrupt, first_entry, hash_of, head, insert};
use super::error::JournalError;
use super::gateway::OwnGateway;
use super::opened_files::OpenedFiles;
use super::{migrate, noted_head, schema};
use crate::clock::UnixMs;
use crate::failpoints::{self, Failpoint};
use crate::ids::{TillCode, TillId};
use crate::sale::{Entry, Event, Purpose};

/// An open journal (see [`crate::journal`]).
#[derive(Debug)]
pub struct JournalFile {
    pub(super) connection: Connection,
    pub(super) till: TillId,
    /// The one that the journal was opened with.
    pub(super) code: TillCode,
    pub(super) purpose: Purpose,
    pub(super) since_close: TotalsSinceClose,
    /// Which files it has open.
    pub(super) opened_files: Option<OpenedFiles>,
    /// The folder of a journal that was copied to be read. Removed after the connection is closed.
    _copied: Option<TempDir>,
    /// The cashier, when the shop names its cashiers.
    pub(super) by: Option<String>,
    /// Who lends the right to what is written now ([`super::approval`]).
    pub(super) approved_by: Option<String>,
}

impl JournalFile {
    /// Opens the journal at `path`. If there is none, it is created, readable by its owner only. A journal of an
    /// earlier format is brought to this one (docs/journal.md, *Changing the format*).
    ///
    /// # Errors
    /// Every variant of [`JournalError`] but `Gone`; the file is unchanged then.
    pub fn open(path: &Path, purpose: Purpose, now: UnixMs) -> Result<Self, JournalError> {
        Self::open_as(path, purpose, TillId::new(), now)
    }

    /// Like [`JournalFile::open`], for the money of this gateway: a journal that is created says so in its first
    /// entry, and one that belongs to no gateway yet is bound to it. One that belongs to another is opened as it is
    /// ([`JournalFile::gateway`]), and takes no request.
    ///
    /// # Errors
    /// As [`JournalFile::open`].
    pub fn open_for(
        path: &Path,
        purpose: Purpose,
        gateway: Option<&OwnGateway>,
        now: UnixMs,
    ) -> Result<Self, JournalError> {
        let mut file = Self::open_file(path, purpose, TillId::new(), gateway, now)?;
        if let Some(gateway) = gateway {
            file.bind(gateway, now)?;
        }
        Ok(file)
    }

    /// Like [`JournalFile::open`], but a journal that is created belongs to the till of this id.
    ///
    /// # Errors
    /// As [`JournalFile::open`].
    pub fn open_as(
        path: &Path,
        purpose: Purpose,
        till: TillId,
        now: UnixMs,
    ) -> Result<Self, JournalError> {
        Self::open_file(path, purpose, till, None, now)
    }

    fn open_file(
        path: &Path,
        purpose: Purpose,
        till: TillId,
        gateway: Option<&OwnGateway>,
        now: UnixMs,
    ) -> Result<Self, JournalError> {
        if let Some(folder) = path.parent() {
            crate::files::make_private_folder(folder)?;
        }
        crate::files::make_private_file(path)?;
        let mut connection = Connection::open(path)?;
        // Every transaction of a journal means to write, and must not find another program's entry in between.
        connection.set_transaction_behavior(TransactionBehavior::Immediate);
        // Before anything is set or written: a file that is refused must not change by a byte.
        let kind = inspect(&connection, purpose)?;
        schema::prepare(&connection)?;
        if let schema::FileKind::Older(format) = kind {
            migrate::to_current(&mut connection, path, format, now)?;
        }
        if kind == schema::FileKind::Empty {
            let code = match (purpose, gateway) {
                (Purpose::Practice, _) => TillCode::practice(),
                (Purpose::Live, Some(gateway)) => gateway.till_code.clone(),
                (Purpose::Live, None) => TillCode::first(),
            };
            schema::create(&mut connection, |connection| {
                let first = Entry {
                    seq: 1,
                    till,
                    at: now,
                    by: None,
                    approved_by: None,
                    event: Event::JournalOpened {
                        code,
                        purpose,
                        gateway: gateway.map(|gateway| gateway.name.clone()),
                    },
                };
                insert(connection, &first, &chain::BEFORE_FIRST)?;
                failpoints::reached(Failpoint::JournalWritten);
                Ok(())
            })?;
            failpoints::reached(Failpoint::JournalMade);
        }
        Self::from_connection(connection, path, purpose)
    }

    /// Opens the journal again after the disk has failed or another file took its place. It must be the same journal
    /// with every entry up to `acknowledged`, and the disk must accept a write; a file that was put there must be whole
    /// from its first entry. It is never created here, and a file that is refused does not change.
    pub(super) fn reopen(
        path: &Path,
        purpose: Purpose,
        till: TillId,
        acknowledged: &Head,
        trusted: Trusted,
    ) -> Result<Self, JournalError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        if inspect(&connection, purpose)? != schema::FileKind::Journal {
            return Err(corrupt("it was emptied"));
        }
        if first_entry(&connection, purpose)?.0 != till {
            return Err(JournalError::NotAJournal);
        }
        let seq = acknowledged.seq;
        if hash_of(&connection, seq)? != Some(acknowledged.hash) {
            return Err(corrupt(format!("entry {seq}, which was written, is gone")));
        }
        if trusted == Trusted::No {
            super::verify::verify(&connection)?.map_err(corrupt)?;
        }
        schema::prepare(&connection)?;
        let file = Self::from_connection(connection, path, purpose)?;
        // After a failed flush the system may show data that the disk does not hold, so all of it is written
        // again. Then a write that changes nothing shows whether the disk accepts writes.
        let busy: i64 =
            file.connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy != 0 {
            tracing::info!("another program reads the journal; its log is not written again");
        }
        file.probe_write()?;
        Ok(file)
    }

    /// Whether a write would be accepted now. It does not wait for another program's lock.
    pub(super) fn is_writable(&self) -> bool {
        let no_wait = self.connection.busy_timeout(Duration::ZERO);
        let written = no_wait.is_ok() && self.probe_write().is_ok();
        schema::set_busy_timeout(&self.connection).is_ok() && written
    }

    /// Moves a long write-ahead log into the file, without waiting for another program. It takes as long as
    /// many commits, so it is called while no job waits.
    ///
    /// # Errors
    /// [`JournalError::Unwritable`], [`JournalError::Busy`], [`JournalError::Unreadable`]. Nothing is lost: what
    /// was committed stays in the log.
    pub fn checkpoint(&self) -> Result<(), JournalError> {
        let pages: i64 = self
            .connection
            .prepare_cached("PRAGMA wal_checkpoint(NOOP)")?
            .query_row([], |row| {
                Ok(row.get::<_, i64>(1)?.saturating_sub(row.get(2)?))
            })?;
        if pages >= schema::CHECKPOINT_PAGES {
            self.connection
                .prepare_cached("PRAGMA wal_checkpoint(PASSIVE)")?
                .query_row([], |_| Ok(()))?;
        }
        Ok(())
    }

    /// Writes without changing anything.
    pub(super) fn probe_write(&self) -> Result<(), JournalError> {
        let connection = &self.connection;
        Ok(connection.pragma_update(None, "user_version", schema::FORMAT)?)
    }

    fn from_connection(
        connection: Connection,
        path: &Path,
        purpose: Purpose,
    ) -> Result<Self, JournalError> {
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        let journal = Self::of_readable(connection, None, purpose)?;
        failpoints::reached(Failpoint::TailChecked);
        Ok(Self {
            // The log is open by now, so all files are there.
            opened_files: OpenedFiles::of(path),
            ..journal
        })
    }

    /// A journal that is only read. It has no place: nothing is written into it.
    pub(super) fn of_readable(
        connection: Connection,
        copied: Option<TempDir>,
        purpose: Purpose,
    ) -> Result<Self, JournalError> {
        connection.set_prepared_statement_cache_capacity(schema::STATEMENT_CACHE);
        let (till, code) = first_entry(&connection, purpose)?;
        Ok(Self {
            opened_files: None,
            _copied: copied,
            connection,
            till,
            code,
            purpose,
            since_close: TotalsSinceClose::default(),
            by: None,
            approved_by: None,
        })
    }

    /// The last entry's number and hash.
    ///
    /// # Errors
    /// [`JournalError::Busy`], [`JournalError::Unreadable`], and what SQLite reports of the disk.
    pub fn head(&self) -> Result<Head, JournalError> {
        head(&self.connection)
    }

    /// Whether the journal goes on from a state that was seen before: it holds that many entries with that last hash,
    /// or says that it was restored since. Otherwise its end was cut off, or an older copy was put in its place
    /// without a word.
    ///
    /// # Errors
    /// As [`JournalFile::head`].
    pub fn continues(
        &self,
        entries: u64,
        head: &str,
        seen_at: UnixMs,
    ) -> Result<bool, JournalError> {
        noted_head::continues(&self.connection, entries, head, seen_at)
    }

    /// The till's id.
    pub fn till(&self) -> TillId {
        self.till
    }

    /// Real money or practice.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The short code that the journal was opened with; [`JournalFile::current_code`] is the one that holds now.
    pub fn code(&self) -> &TillCode {
        &self.code
    }

    /// Who writes the next entry.
    pub(super) fn author(&self) -> Author {
        Author {
            till: self.till,
            by: self.by.clone(),
            approved_by: self.approved_by.clone(),
        }
    }

    /// The number of the last entry.
    ///
    /// # Errors
    /// As [`JournalFile::head`].
    pub fn last_seq(&self) -> Result<u64, JournalError> {
        Ok(self.head()?.seq)
    }

    /// Replays all entries and compares every field (docs/journal.md, *Verifying*).
    ///
    /// # Errors
    /// [`JournalError`] when the file cannot be read. What is wrong in a readable file is the inner error.
    pub fn verify(&self) -> Result<Result<super::Verified, super::VerifyFailure>, JournalError> {
        super::verify::verify(&self.connection)
    }
}

/// Whether the file that is opened again is known to be the one that was open before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trusted {
    /// It is: the disk failed.
    Yes,
    /// Somebody put it there.
    No,
}

/// What a file is. The beginning and the end of a journal are checked. Nothing is written, not even when the
/// connection is closed.
fn inspect(connection: &Connection, purpose: Purpose) -> Result<schema::FileKind, JournalError> {
    schema::set_busy_timeout(connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let kind = schema::kind(connection)?;
    if kind != schema::FileKind::Empty {
        first_entry(connection, purpose)?;
        check_tail(connection)?;
    }
    Ok(kind)
}
