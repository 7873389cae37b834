//! Verifies a journal: replays all entries and compares every field of the chain, the entries and the projections
//! (docs/journal.md, *Verifying*). A field that were not compared could be changed by anyone.

use std::ops::RangeInclusive;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use serde::Serialize;

use super::chain::{self, Hash};
use super::entries::corrupt;
use super::error::JournalError;
use super::readable::{Readable, open_readable};
use super::{carts, schema, verify_closes, verify_notes, verify_sales};
use crate::failpoints::{self, Failpoint};
use crate::ids::TillCode;
use crate::sale::{Entry, Event};

/// A journal in which nothing is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// How many entries it holds.
    pub entries: u64,
    /// How many sales they make.
    pub sales: u64,
    /// The hash of the last entry, hex. Noted down, it proves the journal later.
    pub head: String,
}

/// The first thing that is wrong in a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct VerifyFailure {
    /// The number of the wrong entry; `None` when a projection is wrong.
    pub entry: Option<u64>,
    /// Where, in words: `entry 12`, `sale 7, field state`.
    pub place: String,
    /// What is wrong.
    pub problem: String,
    /// The stable name of what the back office's signed head proves (docs/contract.md, *The back office*).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
}

impl VerifyFailure {
    /// The journal does not go on from a state that was noted down or copied before.
    pub fn not_continued(since: &str) -> Self {
        let problem = "its end was cut off, or it was rewritten";
        Self::in_row(format!("the state {since}"), problem)
    }

    /// What the back office has signed proves that something is wrong with the whole journal.
    pub fn proved(code: &'static str, problem: impl Into<String>) -> Self {
        let code = Some(code);
        let failure = Self::in_row("the journal".to_owned(), problem);
        Self { code, ..failure }
    }

    pub(super) fn in_entry(seq: u64, problem: impl Into<String>) -> Self {
        Self {
            entry: Some(seq),
            place: format!("entry {seq}"),
            problem: problem.into(),
            code: None,
        }
    }

    pub(super) fn in_row(place: String, problem: impl Into<String>) -> Self {
        Self {
            entry: None,
            place,
            problem: problem.into(),
            code: None,
        }
    }
}

/// Verifies a journal that may be too damaged to be opened.
///
/// # Errors
/// [`JournalError`] when there is no journal at `path`, or it cannot be read. What is wrong in a readable file,
/// also an earlier format, is the inner error.
pub fn verify_file(path: &Path) -> Result<Result<Verified, VerifyFailure>, JournalError> {
    let file = open_to_verify(path)?;
    let connection = &file.connection;
    match schema::kind(connection)? {
        schema::FileKind::Empty => return Err(JournalError::NotAJournal),
        schema::FileKind::Older(format) => {
            let problem = format!("format {format}: opening it once with this program renews it");
            return Ok(Err(VerifyFailure::in_row("the file".to_owned(), problem)));
        }
        schema::FileKind::Journal => {}
    }
    verify(connection)
}

/// Opens a journal for writing, because SQLite shares memory between programs through a file beside; never created.
/// In a folder that cannot be written it is only read.
fn open_to_verify(path: &Path) -> Result<Readable, JournalError> {
    let usual = || {
        let connection = Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        schema::set_busy_timeout(&connection)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        schema::kind(&connection)?;
        Ok(Readable {
            connection,
            copied: None,
        })
    };
    match usual() {
        Err(JournalError::Unwritable(_)) => open_readable(path),
        other => other,
    }
}

/// Whether the journal at `path` holds an entry with this hash, of which at least the first 16 hex digits are given:
/// the number of that entry. Somebody who noted the hash down can tell by it that nothing before was cut off or
/// rewritten.
///
/// # Errors
/// As [`verify_file`].
pub fn entry_with_head(path: &Path, digits: &str) -> Result<Option<u64>, JournalError> {
    let file = open_to_verify(path)?;
    let connection = &file.connection;
    let found: Option<i64> = connection
        .query_row(
            "SELECT seq FROM entry WHERE substr(hex(hash), 1, length(?1)) = upper(?1)
             ORDER BY seq DESC LIMIT 1",
            [digits],
            |row| row.get(0),
        )
        .optional()?;
    Ok(found.map(i64::unsigned_abs))
}

/// Verifies an open journal.
pub(super) fn verify(
    connection: &Connection,
) -> Result<Result<Verified, VerifyFailure>, JournalError> {
    // One snapshot, and nothing is written, so that selling goes on meanwhile.
    let transaction = connection.unchecked_transaction()?;
    check_all(&transaction)
}

/// One part of the check, of a journal with a whole chain.
type Check = fn(&Connection, &VerifiedChain) -> Result<Result<(), VerifyFailure>, JournalError>;

/// Checks the chain in its order, then sale by sale, so that a journal of any size takes no more memory than its
/// longest sale.
fn check_all(connection: &Connection) -> Result<Result<Verified, VerifyFailure>, JournalError> {
    let verified_chain = match check_chain(connection)? {
        Ok(verified_chain) => verified_chain,
        Err(failure) => return Ok(Err(failure)),
    };
    failpoints::reached(Failpoint::ChainVerified);
    let checks: [Check; 5] = [
        verify_sales::check,
        |connection, _| carts::check(connection),
        |connection, _| verify_closes::check_closes(connection),
        |connection, _| check_schema(connection),
        |connection, _| verify_notes::check(connection),
    ];
    for check in checks {
        if let Err(failure) = check(connection, &verified_chain)? {
            return Ok(Err(failure));
        }
    }
    Ok(Ok(Verified {
        entries: verified_chain.entries,
        sales: verified_chain.sales(),
        head: chain::hex(&verified_chain.head),
    }))
}

/// What is known of a journal with a whole chain.
pub(super) struct VerifiedChain {
    entries: u64,
    head: Hash,
    till: Option<crate::ids::TillId>,
    /// The numbers of the sales, in ranges without gaps. Only a restore leaves a gap between them.
    pub(super) numbers: Vec<RangeInclusive<u32>>,
    /// Numbers up to this may have been given out by a journal that a restore replaced.
    numbers_after: u32,
    /// The gateway that the journal belongs to, as far as the entries so far say.
    gateway: Option<String>,
    /// The short code that the journal was opened with, and the one that holds.
    codes: Option<(TillCode, TillCode)>,
    /// How many entries are about a sale.
    pub(super) of_sales: u64,
}

fn check_chain(
    connection: &Connection,
) -> Result<Result<VerifiedChain, VerifyFailure>, JournalError> {
    let mut statement = connection.prepare("SELECT seq, body, hash FROM entry ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut verified_chain = VerifiedChain {
        entries: 0,
        head: chain::BEFORE_FIRST,
        till: None,
        numbers: Vec::new(),
        numbers_after: 0,
        gateway: None,
        codes: None,
        of_sales: 0,
    };
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        if let Err(failure) =
            verified_chain.add(seq, row.get_ref(1)?.as_str().map_err(corrupt)?, row.get(2)?)
        {
            return Ok(Err(failure));
        }
    }
    if verified_chain.entries == 0 {
        return Ok(Err(VerifyFailure::in_entry(1, "it is missing")));
    }
    Ok(Ok(verified_chain))
}

impl VerifiedChain {
    /// Checks the next row of the table and adds it.
    fn add(&mut self, seq: i64, body: &str, hash: Hash) -> Result<(), VerifyFailure> {
        let expected = self.entries + 1;
        let failure = |problem: String| VerifyFailure::in_entry(expected, problem);
        if u64::try_from(seq) != Ok(expected) {
            return Err(failure(format!("it is missing; entry {seq} stands there")));
        }
        if chain::next(&self.head, body) != hash {
            return Err(failure("its hash is not that of its text".to_owned()));
        }
        let entry: Entry = serde_json::from_str(body)
            .map_err(|error| failure(format!("not readable: {error}")))?;
        if chain::canonical(&entry).ok().as_deref() != Some(body) {
            return Err(failure("its text is not as this till writes it".to_owned()));
        }
        if entry.seq != expected {
            return Err(failure(format!("it calls itself entry {}", entry.seq)));
        }
        if *self.till.get_or_insert(entry.till) != entry.till {
            return Err(failure("another till wrote it".to_owned()));
        }
        self.add_kind(&entry).map_err(failure)?;
        self.entries = expected;
        self.head = hash;
        Ok(())
    }

    /// How many sales were opened.
    fn sales(&self) -> u64 {
        let counts = self.numbers.iter().map(|range| {
            let (first, last) = (u64::from(*range.start()), u64::from(*range.end()));
            (last + 1).saturating_sub(first)
        });
        counts.sum()
    }

    /// Numbers go up by one. After a restore they may skip up to what was given out before, and must go on after it.
    fn add_number(&mut self, number: u32) -> Result<(), String> {
        let last = self.numbers.last().map_or(0, |range| *range.end());
        let follows = last.checked_add(1) == Some(number);
        let taken_over = number > last && number <= self.numbers_after;
        let after_restore = self.numbers_after.max(last).checked_add(1) == Some(number);
        match self.numbers.last_mut() {
            Some(range) if follows => *range = *range.start()..=number,
            _ if follows || taken_over || after_restore => self.numbers.push(number..=number),
            _ => return Err(format!("sale {number} follows {last}")),
        }
        Ok(())
    }

    /// Checks whether an entry of this kind can be at this place, as far as that is known without its sale.
    fn add_kind(&mut self, entry: &Entry) -> Result<(), String> {
        match (&entry.event, entry.event.sale()) {
            (Event::JournalOpened { code, gateway, .. }, _) if entry.seq == 1 => {
                self.gateway.clone_from(gateway);
                self.codes = Some((code.clone(), code.clone()));
                Ok(())
            }
            (Event::JournalOpened { .. }, _) => Err("the journal is opened twice".to_owned()),
            _ if entry.seq == 1 => Err("it does not open the journal".to_owned()),
            (Event::JournalRestored(restored), _) => {
                self.numbers_after = self.numbers_after.max(restored.numbers_after);
                Ok(())
            }
            (Event::GatewayBound { gateway }, _) => self.bind(gateway),
            (Event::TillCodeChanged { code }, _) => {
                self.codes = self
                    .codes
                    .take()
                    .map(|(opening, _)| (opening, code.clone()));
                Ok(())
            }
            (_, None) => Ok(()),
            (event, Some(_)) => {
                self.of_sales += 1;
                match event {
                    Event::SaleOpened { number, code, .. } => {
                        self.add_code(number.0, code.as_ref())?;
                        self.add_number(number.0)
                    }
                    Event::InvoiceRequested { gateway, .. } => self.check_gateway(gateway),
                    _ => Ok(()),
                }
            }
        }
    }

    /// A journal is bound once, or once more while it holds no sale.
    fn bind(&mut self, gateway: &str) -> Result<(), String> {
        match &self.gateway {
            Some(bound) if self.of_sales > 0 => Err(format!("the journal belongs to {bound}")),
            _ => {
                self.gateway = Some(gateway.to_owned());
                Ok(())
            }
        }
    }

    fn check_gateway(&self, asked: &str) -> Result<(), String> {
        match &self.gateway {
            Some(bound) if bound != asked => Err(format!("the journal belongs to {bound}")),
            _ => Ok(()),
        }
    }

    /// A sale bears the code that holds. One that was taken over from a replaced journal has that journal's.
    fn add_code(&self, number: u32, code: Option<&TillCode>) -> Result<(), String> {
        match &self.codes {
            Some((opening, holds))
                if number > self.numbers_after && code.unwrap_or(opening) != holds =>
            {
                Err(format!("the till's code is {holds}"))
            }
            _ => Ok(()),
        }
    }
}

/// The tables, indexes and triggers must be those of this program. The triggers keep entries from being changed.
fn check_schema(connection: &Connection) -> Result<Result<(), VerifyFailure>, JournalError> {
    let reference = Connection::open_in_memory()?;
    reference.execute_batch(&schema::tables())?;
    let (found, expected) = (
        schema::definitions(connection)?,
        schema::definitions(&reference)?,
    );
    for part in &expected {
        if !found.contains(part) {
            return Ok(Err(VerifyFailure::in_row(
                part.0.clone(),
                "it is missing or altered",
            )));
        }
    }
    match found.iter().find(|part| !expected.contains(part)) {
        Some(extra) => Ok(Err(VerifyFailure::in_row(
            extra.0.clone(),
            "it is not the till's",
        ))),
        None => Ok(Ok(())),
    }
}
