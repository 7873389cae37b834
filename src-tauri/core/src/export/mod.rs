//! The sales book as a file for spreadsheets and other programs: CSV (RFC 4180, or as an Excel reads it), XLSX or JSON.
//! docs/export.md lists its columns; new ones are added at the end, and none is ever removed.

mod bookings;
mod cash_rows;
mod datev;
mod file_format;
mod line_rows;
mod of_tills;
mod record;
mod spreadsheet;
mod table;
mod tender_rows;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

use crate::calendar::Zone;
use crate::clock::UnixMs;
use crate::files::{OutputPath, ProtectedFile};
use crate::i18n::{Language, Messages};
use crate::ids::{TillCode, TillId};
use crate::journal::{BookSnapshot, JournalError};
use crate::settings::Settings;
use bookings::Document;
use datev::DatevWriter;
use file_format::RowWriter;
use spreadsheet::{Cell, Dialect};
use table::Table;

pub use of_tills::{ExportFile, ExportOfTills, TillJournal};

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
    /// The drawer's cash as DATEV's Kassenbuch online imports it.
    Datev,
}

/// What is a row of an export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ExportRows {
    /// A movement of money, or a sale that brought none.
    #[default]
    Sales,
    /// A tender that was taken, taken back, or that money went back by.
    Tenders,
    /// A line of a sale's cart.
    Lines,
    /// A movement of the drawer's cash.
    Cash,
    /// A debit or a credit.
    Bookings,
}

impl ExportRows {
    fn table(self) -> Table {
        match self {
            Self::Sales => record::TABLE,
            Self::Tenders => tender_rows::TABLE,
            Self::Lines => line_rows::TABLE,
            Self::Cash => cash_rows::TABLE,
            Self::Bookings => bookings::TABLE,
        }
    }
}

impl ExportFormat {
    /// The extension of such a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv | Self::ExcelEn | Self::ExcelDe | Self::ExcelRu | Self::Datev => "csv",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
        }
    }

    /// How its CSV is written.
    fn dialect(self) -> Dialect {
        let (separator, decimal_mark, for_excel) = match self {
            Self::Csv | Self::Json | Self::Xlsx => (b',', '.', false),
            Self::ExcelEn => (b',', '.', true),
            Self::ExcelDe | Self::ExcelRu | Self::Datev => (b';', ',', true),
        };
        Dialect {
            separator,
            decimal_mark,
            for_excel,
        }
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
    /// The settings do not say which accounts these are booked to.
    #[error("the settings name no account for: {}", .0.join(", "))]
    AccountsMissing(Vec<String>),
}

/// Which rows are exported, and how times and sale numbers are written.
#[derive(Debug, Clone)]
pub(crate) struct ExportQuery {
    pub(crate) format: ExportFormat,
    pub(crate) rows: ExportRows,
    pub(crate) from: UnixMs,
    pub(crate) to: UnixMs,
    pub(crate) zone: Zone,
    /// The short code that the journal was opened with.
    pub(crate) code: TillCode,
    pub(crate) till: TillId,
    /// The shop's tenders by name, its accounts and its language.
    pub(crate) settings: Settings,
}

impl ExportQuery {
    /// The name of a tender, for its word in sums.
    fn tender_name(&self, word: &str) -> String {
        self.settings.tender_name(word).to_owned()
    }

    /// The number of an account.
    fn account(&self, what: &str) -> Option<&str> {
        self.settings.accounts.get(what).map(String::as_str)
    }

    /// A decimal as the file has it.
    fn decimal(&self, text: &str) -> String {
        self.format.dialect().decimal(text)
    }

    fn messages(&self) -> Messages {
        let language = self.settings.language.clone();
        let language = language.unwrap_or_else(crate::i18n::system_language);
        // DATEV's programs are German, whatever the till speaks.
        Messages::of(match self.format {
            ExportFormat::Datev => Language::De,
            _ => Language::of_screens(&language),
        })
    }
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
/// [`ExportError::Journal`], [`ExportError::Unwritable`], [`ExportError::Cancelled`], [`ExportError::AccountsMissing`].
pub(crate) fn to_writer(
    journal: &Path,
    query: &ExportQuery,
    out: &mut (dyn Write + Send),
    control: ExportControl<'_>,
) -> Result<u64, ExportError> {
    let snapshot = BookSnapshot::open(journal)?;
    let mut book = Book {
        snapshot: &snapshot,
        query,
        control,
        done: 0,
    };
    if query.format == ExportFormat::Datev {
        return book.write_datev(out);
    }
    if query.rows == ExportRows::Bookings {
        book.require_accounts()?;
    }
    let mut writer = RowWriter::begin(query.format, query.rows.table(), out)?;
    let mut count = 0;
    book.each_row(|row| {
        count += 1;
        Ok(writer.write(row)?)
    })?;
    writer.end()?;
    Ok(count)
}

/// The book while it is exported.
struct Book<'b, 'c> {
    snapshot: &'b BookSnapshot,
    query: &'b ExportQuery,
    control: ExportControl<'c>,
    /// What was read so far.
    done: u64,
}

impl Book<'_, '_> {
    /// One more of so many was read.
    fn step(&mut self, total: u64) -> Result<(), ExportError> {
        if self.control.cancelled.load(Ordering::Relaxed) {
            return Err(ExportError::Cancelled);
        }
        self.done += 1;
        let done = self.done.min(total);
        if self.done.is_multiple_of(ROWS_PER_REPORT) || self.done == total {
            (self.control.progress)(ExportProgress { done, total });
        }
        Ok(())
    }

    /// Calls `each` for every row of the file.
    fn each_row(
        &mut self,
        mut each: impl FnMut(Vec<Cell>) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let (snapshot, query) = (self.snapshot, self.query);
        let (from, to) = (query.from, query.to);
        let total = snapshot.row_count(from, to)?;
        match query.rows {
            ExportRows::Sales => snapshot.each_row(from, to, |row| {
                self.step(total)?;
                each(record::cells(row, query))
            }),
            ExportRows::Tenders => snapshot.each_row(from, to, |row| {
                self.step(total)?;
                tender_rows::cells(row, query).map_or(Ok(()), &mut each)
            }),
            ExportRows::Lines => snapshot.each_cart(from, to, |cart| {
                self.step(total)?;
                line_rows::rows(&cart, query)
                    .into_iter()
                    .try_for_each(&mut each)
            }),
            ExportRows::Cash => snapshot.cash(from, to)?.into_iter().try_for_each(|row| {
                self.step(total)?;
                each(cash_rows::cells(row, query))
            }),
            ExportRows::Bookings => self
                .each_document(|document| document.rows(query).into_iter().try_for_each(&mut each)),
        }
    }

    /// Calls `each` for every document, in order of time.
    fn each_document(
        &mut self,
        mut each: impl FnMut(Document) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let (snapshot, query) = (self.snapshot, self.query);
        let messages = query.messages();
        let cash = snapshot.cash(query.from, query.to)?.into_iter();
        let cash = cash.filter_map(|row| Document::of_cash(row, query, &messages));
        let mut cash = cash.peekable();
        let total = snapshot.row_count(query.from, query.to)?;
        snapshot.each_row(query.from, query.to, |row| {
            self.step(total)?;
            let Some(document) = Document::of_row(row, query, &messages) else {
                return Ok(());
            };
            let place = (document.at, document.seq);
            while let Some(earlier) = cash.next_if(|other| (other.at, other.seq) < place) {
                each(earlier)?;
            }
            each(document)
        })?;
        cash.try_for_each(each)
    }

    /// Whether the settings name every account that is needed.
    fn require_accounts(&mut self) -> Result<(), ExportError> {
        let query = self.query;
        let mut missing = BTreeSet::new();
        self.each_document(|document| {
            let needs = document.needs().into_iter();
            missing.extend(needs.filter(|what| query.account(what).is_none()));
            Ok(())
        })?;
        self.done = 0;
        match missing.is_empty() {
            true => Ok(()),
            false => Err(ExportError::AccountsMissing(missing.into_iter().collect())),
        }
    }

    fn write_datev(&mut self, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
        let query = self.query;
        let mut writer = DatevWriter::begin(out)?;
        let mut rows = 0;
        self.each_document(|document| {
            rows += writer.write(&document, query)?;
            Ok(())
        })?;
        writer.end()?;
        Ok(rows)
    }
}

#[cfg(test)]
mod tests;
