//! The sales book as a file for spreadsheets and other programs: CSV (RFC 4180) or JSON. Its columns stand
//! in docs/export.md; a column is added at the end and never taken away.

mod file_format;
mod record;

use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

use crate::calendar::Zone;
use crate::clock::UnixMs;
use crate::files::AtomicFile;
use crate::ids::TillCode;
use crate::journal::{JournalError, each_row};
use file_format::RowWriter;
use record::Record;

/// How often the progress is told.
const ROWS_A_STEP: u64 = 500;

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum ExportFormat {
    /// RFC 4180, UTF-8 with a byte-order mark, as spreadsheets want it.
    Csv,
    /// An array of objects.
    Json,
}

impl ExportFormat {
    /// How the names of such files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct ExportProgress {
    /// Rows written.
    #[ts(type = "number")]
    pub done: u64,
    /// Rows in all.
    #[ts(type = "number")]
    pub total: u64,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The disk, or whatever it is written to.
    #[error("the file cannot be written: {0}")]
    Unwritable(#[from] io::Error),
    /// Someone called it off.
    #[error("the export was called off")]
    Cancelled,
}

/// What is exported, and how times and numbers are written.
#[derive(Debug, Clone)]
pub(crate) struct ExportQuery {
    pub(crate) format: ExportFormat,
    pub(crate) from: UnixMs,
    pub(crate) to: UnixMs,
    pub(crate) zone: Zone,
    pub(crate) code: TillCode,
}

/// Who is told, and who may call it off.
pub(crate) struct ExportControl<'c> {
    pub(crate) progress: &'c mut dyn FnMut(ExportProgress),
    pub(crate) cancelled: &'c AtomicBool,
}

/// Writes the rows to the file at `path`, whole or not at all ([`AtomicFile`]), and returns their number.
pub(crate) fn to_file(
    journal: &Path,
    query: &ExportQuery,
    path: &Path,
    control: ExportControl<'_>,
) -> Result<u64, ExportError> {
    let mut out = io::BufWriter::new(AtomicFile::create(path)?);
    let rows = to_writer(journal, query, &mut out, control)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.commit()?;
    Ok(rows)
}

/// Writes to whatever takes it. Returns how many rows there were.
pub(crate) fn to_writer(
    journal: &Path,
    query: &ExportQuery,
    out: &mut dyn Write,
    control: ExportControl<'_>,
) -> Result<u64, ExportError> {
    let mut sheet = RowWriter::begin(query.format, out)?;
    let mut done = 0;
    let ExportControl {
        progress,
        cancelled,
    } = control;
    each_row(journal, query.from, query.to, |row, total| {
        if cancelled.load(Ordering::Relaxed) {
            return Err(ExportError::Cancelled);
        }
        sheet.write(Record::of(row, query))?;
        done += 1;
        if done % ROWS_A_STEP == 0 || done == total {
            progress(ExportProgress { done, total });
        }
        Ok(())
    })?;
    sheet.end()?;
    Ok(done)
}
