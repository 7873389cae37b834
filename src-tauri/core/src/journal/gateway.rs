//! Whose money a journal holds. It belongs to one gateway, by its first entry or by a later `gateway_bound`, and takes
//! no request for an invoice of another. Where several gateways are used in one data folder, each has a file of its own.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension as _};

use super::entries::{append, commit};
use super::error::JournalError;
use super::file::JournalFile;
use super::readable::open_to_look;
use super::schema;
use crate::clock::UnixMs;
use crate::files::JOURNAL_FILE;
use crate::gateway::CRU_CASH_AUTHORITY;
use crate::ids::TillCode;
use crate::sale::Event;

/// Longest part of a file's name that a gateway gives, characters. A longer host shares it with others, and the
/// number behind tells them apart.
const MAX_NAME_CHARS: usize = 80;
/// Files of gateways whose names look alike.
const MAX_ALIKE: u32 = 100;

/// The gateway that a till asks, for opening its journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnGateway {
    /// `api.cru.cash`, or `host:port`.
    pub name: String,
    /// The short code of a till whose journal is created.
    pub till_code: TillCode,
    /// No other program has the journal open: one without a sale may be bound anew.
    pub alone: bool,
}

/// The gateway that the entries name as the journal's.
fn bound(connection: &Connection) -> Result<Option<String>, JournalError> {
    let bound = connection
        .prepare_cached(
            "SELECT coalesce((SELECT body ->> '$.gateway' FROM entry WHERE kind = 'gateway_bound'
                              ORDER BY seq DESC LIMIT 1),
                             (SELECT body ->> '$.gateway' FROM entry WHERE seq = 1))",
        )?
        .query_row([], |row| row.get(0))?;
    Ok(bound)
}

/// The gateway of a journal, of whichever format. One that names none belongs to the gateway that its invoices were
/// requested of: to cru.cash if any was, because real money counts, otherwise to the last.
pub(super) fn gateway_in(connection: &Connection) -> Result<Option<String>, JournalError> {
    if let Some(bound) = bound(connection)? {
        return Ok(Some(bound));
    }
    let asked = connection
        .query_row(
            "SELECT body ->> '$.gateway' AS gateway FROM entry WHERE kind = 'invoice_requested'
             ORDER BY gateway = ?1 DESC, seq DESC LIMIT 1",
            [CRU_CASH_AUTHORITY],
            |row| row.get(0),
        )
        .optional()?;
    Ok(asked)
}

/// Refuses a request of another gateway than the journal's.
pub(super) fn require_own(connection: &Connection, asked: &str) -> Result<(), JournalError> {
    match bound(connection)? {
        Some(bound) if bound != asked => Err(JournalError::OtherGateway {
            bound,
            asked: asked.to_owned(),
        }),
        _ => Ok(()),
    }
}

/// Whether the journal has a sale.
pub(super) fn holds_sale(connection: &Connection) -> Result<bool, JournalError> {
    Ok(connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM entry WHERE sale IS NOT NULL)",
        [],
        |row| row.get(0),
    )?)
}

impl JournalFile {
    /// The gateway whose money the journal holds; `None`: practice, or one that was opened for no gateway.
    ///
    /// # Errors
    /// [`JournalError::Busy`], [`JournalError::Unreadable`], and what SQLite reports of the disk.
    pub fn gateway(&self) -> Result<Option<String>, JournalError> {
        bound(&self.connection)
    }

    /// Writes down whose money the journal holds, if that is not known yet or it holds none and nobody else has it open.
    pub(super) fn bind(&mut self, own: &OwnGateway, now: UnixMs) -> Result<(), JournalError> {
        let author = self.author();
        let transaction = self.connection.transaction()?;
        let gateway = match bound(&transaction)? {
            Some(bound) if bound == own.name => return Ok(()),
            Some(_) if !own.alone || holds_sale(&transaction)? => return Ok(()),
            Some(_) => own.name.clone(),
            None => gateway_in(&transaction)?.unwrap_or_else(|| own.name.clone()),
        };
        append(
            &transaction,
            &author,
            now,
            [Event::GatewayBound { gateway }],
        )?;
        commit(transaction)
    }
}

/// The gateway of the journal or copy in a file; `None`: it does not say.
///
/// # Errors
/// [`JournalError`] when there is no journal at `path`, or it cannot be read.
pub fn gateway_of(path: &Path) -> Result<Option<String>, JournalError> {
    gateway_in(&open_to_look(path)?.connection)
}

/// The gateway whose money is in the journal in a file; `None`: it does not say, or holds no sale.
///
/// # Errors
/// As [`gateway_of`].
pub fn money_of(path: &Path) -> Result<Option<String>, JournalError> {
    let owner = owner(path)?;
    Ok(owner.gateway.filter(|_| owner.has_sold))
}

/// The journal for the money of this gateway: `journal.sqlite` in the folder, which belongs to the gateway that came
/// first, or a file beside it. While it holds no sale it is anybody's who has it `alone`. One that cannot be read is
/// taken for this gateway's, so that its trouble is told, unless the gateway has a file of its own.
pub fn journal_of(folder: &Path, gateway: &str, alone: bool) -> PathBuf {
    let first = folder.join(JOURNAL_FILE);
    if is_missing(&first) {
        return first;
    }
    let is_own = |path: &Path| owner(path).is_ok_and(|owner| owner.is(gateway));
    let beside = names(gateway).map(|name| folder.join(name));
    let Some(beside) = { beside }.find(|path| is_missing(path) || is_own(path)) else {
        return first;
    };
    let is_first = match owner(&first) {
        Ok(owner) if owner.is(gateway) => true,
        Ok(owner) => is_missing(&beside) && (owner.gateway.is_none() || alone && !owner.has_sold),
        Err(_) => is_missing(&beside),
    };
    if is_first { first } else { beside }
}

/// Whose money a journal holds, and whether it holds any.
struct Owner {
    gateway: Option<String>,
    has_sold: bool,
}

impl Owner {
    fn is(&self, gateway: &str) -> bool {
        self.gateway.as_deref() == Some(gateway)
    }
}

fn owner(path: &Path) -> Result<Owner, JournalError> {
    let opened = open_to_look(path)?;
    let connection = &opened.connection;
    if schema::kind(connection)? == schema::FileKind::Empty {
        return Err(JournalError::NotAJournal);
    }
    Ok(Owner {
        gateway: gateway_in(connection)?,
        has_sold: holds_sale(connection)?,
    })
}

fn is_missing(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|file| file.len() == 0)
        || matches!(path.symlink_metadata(), Err(error) if error.kind() == std::io::ErrorKind::NotFound)
}

/// The names that a gateway's file may have.
fn names(gateway: &str) -> impl Iterator<Item = String> {
    let safe = |char: char| match char {
        'a'..='z' | '0'..='9' | '.' | '-' => char,
        _ => '_',
    };
    let part: String = gateway.chars().map(safe).take(MAX_NAME_CHARS).collect();
    let numbered = part.clone();
    std::iter::once(format!("journal@{part}.sqlite"))
        .chain((2..MAX_ALIKE).map(move |n| format!("journal@{numbered}~{n}.sqlite")))
}
