//! The sales book as a file for spreadsheets and other programs: CSV (RFC 4180, or as an Excel reads it), XLSX or JSON.
//! docs/export.md lists its columns; new ones are added at the end, and none is ever removed.

mod file_format;
mod record;
mod spreadsheet;

use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

use crate::calendar::Zone;
use crate::clock::UnixMs;
use crate::files::{OutputPath, ProtectedFile};
use crate::ids::{TillCode, TillId};
use crate::journal::{JournalError, each_row};
use file_format::RowWriter;
use record::Record;
use spreadsheet::Dialect;

/// Progress is reported after so many rows.
const ROWS_PER_REPORT: u64 = 500;

/// The format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum ExportFormat {
    /// RFC 4180, UTF-8 with a byte-order mark.
    Csv,
    /// An array of objects.
    Json,
    /// A workbook of Excel (ECMA-376). Its cells say themselves what they are, so it is read alike in every country.
    Xlsx,
    /// CSV as an English Excel reads it.
    ExcelEn,
    /// CSV as a German Excel reads it.
    ExcelDe,
    /// CSV as a Russian Excel reads it.
    ExcelRu,
}

impl ExportFormat {
    /// The extension of such a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv | Self::ExcelEn | Self::ExcelDe | Self::ExcelRu => "csv",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
        }
    }

    /// How its CSV differs from the plain one, if it does.
    fn dialect(self) -> Option<Dialect> {
        let (separator, decimal_mark) = match self {
            Self::Csv | Self::Json | Self::Xlsx => return None,
            Self::ExcelEn => (b',', '.'),
            Self::ExcelDe | Self::ExcelRu => (b';', ','),
        };
        Some(Dialect {
            separator,
            decimal_mark,
        })
    }
}

/// How far an export has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct ExportProgress {
    /// Rows written so far.
    pub done: u64,
    /// Rows in all.
    pub total: u64,
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The journal cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The file must not be replaced.
    #[error(transparent)]
    Protected(#[from] ProtectedFile),
    /// The file, or whatever the rows go to, cannot be written.
    #[error("the file cannot be written: {0}")]
    Unwritable(#[from] io::Error),
    /// It was cancelled.
    #[error("the export was called off")]
    Cancelled,
}

/// Which rows are exported, and how times and sale numbers are written.
#[derive(Debug, Clone)]
pub(crate) struct ExportQuery {
    pub(crate) format: ExportFormat,
    pub(crate) from: UnixMs,
    pub(crate) to: UnixMs,
    pub(crate) zone: Zone,
    /// The short code that the journal was opened with.
    pub(crate) code: TillCode,
    pub(crate) till: TillId,
}

/// Reports the progress of an export and cancels it.
pub(crate) struct ExportControl<'c> {
    pub(crate) progress: &'c mut dyn FnMut(ExportProgress),
    pub(crate) cancelled: &'c AtomicBool,
}

/// Writes the rows to the file at `path`, whole or not at all, and returns their number.
///
/// # Errors
/// As [`to_writer`], and [`ExportError::Protected`].
pub(crate) fn to_file(
    journal: &Path,
    query: &ExportQuery,
    path: &Path,
    control: ExportControl<'_>,
) -> Result<u64, ExportError> {
    let mut out = io::BufWriter::new(OutputPath::new(path, journal)?.create()?);
    let rows = to_writer(journal, query, &mut out, control)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.commit()?;
    Ok(rows)
}

/// Writes the rows to `out` and returns their number.
///
/// # Errors
/// [`ExportError::Journal`], [`ExportError::Unwritable`], [`ExportError::Cancelled`].
pub(crate) fn to_writer(
    journal: &Path,
    query: &ExportQuery,
    out: &mut (dyn Write + Send),
    control: ExportControl<'_>,
) -> Result<u64, ExportError> {
    let mut writer = RowWriter::begin(query.format, out)?;
    let mut done = 0;
    let ExportControl {
        progress,
        cancelled,
    } = control;
    each_row(journal, query.from, query.to, |row, total| {
        if cancelled.load(Ordering::Relaxed) {
            return Err(ExportError::Cancelled);
        }
        writer.write(Record::of(row, query))?;
        done += 1;
        if done % ROWS_PER_REPORT == 0 || done == total {
            progress(ExportProgress { done, total });
        }
        Ok(())
    })?;
    writer.end()?;
    Ok(done)
}
