//! The journals of several tills in one file, one after the other, with the rows and columns of one till's export. Which
//! till a row is of, its column `till` says.

use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use super::file_format::RowWriter;
use super::{Book, ExportControl, ExportError, ExportFormat, ExportQuery, ExportRows};
use crate::calendar::Zone;
use crate::clock::UnixMs;
use crate::ids::{TillCode, TillId};
use crate::journal::BookSnapshot;
use crate::sale::OwnTender;
use crate::settings::{Settings, TenderChoice};

/// The journal of one till among several.
#[derive(Debug, Clone)]
pub struct TillJournal {
    /// Its file.
    pub path: PathBuf,
    /// The till that it belongs to.
    pub till: TillId,
    /// The short code that it was opened with.
    pub code: TillCode,
    /// The shop's own tenders, by the names that its entries call them last.
    pub own_tenders: Vec<OwnTender>,
}

/// What is exported of several tills.
#[derive(Debug, Clone)]
pub struct ExportOfTills {
    /// The format of the file. Not DATEV's, which is the drawer of one till.
    pub format: ExportFormat,
    /// What is a row. Not a booking: only a till's settings name the accounts.
    pub rows: ExportRows,
    /// From this moment on.
    pub from: UnixMs,
    /// Before this one.
    pub to: UnixMs,
    /// The zone of days and times.
    pub zone: Zone,
}

/// A file that the rows of several tills are written into.
pub struct ExportFile<'w> {
    export: ExportOfTills,
    writer: RowWriter<'w>,
    rows: u64,
}

impl<'w> ExportFile<'w> {
    /// Begins it.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`].
    pub fn begin(
        export: ExportOfTills,
        out: &'w mut (dyn Write + Send),
    ) -> Result<Self, ExportError> {
        let writer = RowWriter::begin(export.format, export.rows.table(), out)?;
        Ok(Self {
            export,
            writer,
            rows: 0,
        })
    }

    /// Adds the rows of one till.
    ///
    /// # Errors
    /// [`ExportError::Journal`], [`ExportError::Unwritable`].
    pub fn add(&mut self, journal: TillJournal) -> Result<(), ExportError> {
        let own = journal.own_tenders.into_iter().map(TenderChoice::Own);
        let query = ExportQuery {
            format: self.export.format,
            rows: self.export.rows,
            from: self.export.from,
            to: self.export.to,
            zone: self.export.zone.clone(),
            code: journal.code,
            till: journal.till,
            settings: Settings {
                tenders: own.collect(),
                ..Settings::default()
            },
        };
        let snapshot = BookSnapshot::open(&journal.path)?;
        let never = AtomicBool::new(false);
        let mut book = Book {
            snapshot: &snapshot,
            query: &query,
            control: ExportControl {
                progress: &mut |_| {},
                cancelled: &never,
            },
            done: 0,
        };
        book.each_row(|row| {
            self.rows += 1;
            Ok(self.writer.write(row)?)
        })
    }

    /// Ends it and returns how many rows it has.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`].
    pub fn end(self) -> Result<u64, ExportError> {
        self.writer.end()?;
        Ok(self.rows)
    }
}
