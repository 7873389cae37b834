//! The book as a file, in the rows and columns of a till's own export and by its code: each till's entries are made into a
//! journal in a folder that goes away, one till after the other.

use std::io::Write;
use std::path::Path;

use ringup_core::export::{ExportError, ExportFile, ExportOfTills, TillJournal};
use ringup_core::ids::{TillCode, TillId};
use ringup_core::journal::JournalFromEntries;
use ringup_core::sale::OwnTender;

use crate::store::{Store, StoreError};

/// How many entries are read at once.
const PAGE: u64 = 500;

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum OfficeExportError {
    /// The book.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The rows, or what they are written into.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A till's entries cannot be read.
    #[error("the entries of till {till}: {problem}")]
    Till {
        /// Whose.
        till: String,
        /// Why.
        problem: String,
    },
    /// There is no room for a till's journal.
    #[error("a temporary folder: {0}")]
    Folder(#[from] std::io::Error),
}

/// Which tills are exported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportedTills {
    /// This one alone, by its id; `None`: all.
    pub till: Option<String>,
    /// Those in quarantine instead of the others. The money of both is never in one file.
    pub apart: bool,
}

/// Writes the rows of these tills, by their names, and returns how many there are.
///
/// # Errors
/// Every variant of [`OfficeExportError`].
pub async fn export(
    store: &Store,
    tills: &ExportedTills,
    export: ExportOfTills,
    out: &mut (dyn Write + Send),
) -> Result<u64, OfficeExportError> {
    let mut file = ExportFile::begin(export, out)?;
    for till in store.till_states().await? {
        let is_wanted = tills
            .till
            .as_ref()
            .is_none_or(|wanted| *wanted == till.till);
        if !is_wanted || till.quarantine.is_some() != tills.apart || till.folded_seq == 0 {
            continue;
        }
        let damaged = |problem: String| OfficeExportError::Till {
            till: till.till.clone(),
            problem,
        };
        if let Some(held) = till.held {
            let problem = format!("entry {}: {}", held.seq, held.code);
            return Err(damaged(problem));
        }
        let id: TillId = till
            .till
            .parse()
            .or(Err(damaged("no id of a till".to_owned())))?;
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("journal.sqlite");
        fill(store, id, till.folded_seq, &path).await?;
        let (code, names) = store.names_of(id).await?;
        let own = names.into_iter().map(|(id, name)| OwnTender { id, name });
        let journal = TillJournal {
            path,
            till: id,
            code: code.unwrap_or_else(TillCode::first),
            own_tenders: own.collect(),
        };
        tokio::task::block_in_place(|| file.add(journal))?;
    }
    Ok(file.end()?)
}

/// Makes a journal of a till's entries up to this one.
async fn fill(
    store: &Store,
    till: TillId,
    last: u64,
    path: &Path,
) -> Result<(), OfficeExportError> {
    let damaged = |error: ringup_core::journal::JournalError| OfficeExportError::Till {
        till: till.to_string(),
        problem: error.to_string(),
    };
    let mut journal = JournalFromEntries::create(path).map_err(damaged)?;
    let mut next = 1;
    while next <= last {
        let left = (last - next).saturating_add(1);
        let bodies = store.entries(till, next, left.min(PAGE)).await?;
        if bodies.is_empty() {
            break;
        }
        next += u64::try_from(bodies.len()).unwrap_or(PAGE);
        tokio::task::block_in_place(|| bodies.iter().try_for_each(|body| journal.add(body)))
            .map_err(damaged)?;
    }
    tokio::task::block_in_place(|| journal.finish()).map_err(damaged)
}
