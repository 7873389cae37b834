//! The sales book as a file, made from a snapshot while the shop goes on selling.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Deserialize;

use super::{Till, TillError, run_blocking};
use crate::calendar::{Day, bounds};
use crate::clock::UnixMs;
use crate::export::{
    ExportControl, ExportError, ExportFormat, ExportProgress, ExportQuery, ExportRows, to_file,
    to_writer,
};

/// What to export.
#[derive(Debug, Clone, Copy, Deserialize, ts_rs::TS)]
#[ts(export)]
pub struct Export {
    /// The format of the file.
    pub format: ExportFormat,
    /// What is a row of it.
    #[serde(default)]
    pub rows: ExportRows,
    /// The first of the shop's days; `None`: from the beginning.
    pub from: Option<Day>,
    /// The last of the shop's days, included; `None`: to the end.
    pub to: Option<Day>,
}

/// Where to export to.
pub enum ExportTo {
    /// A file, which is replaced whole or not at all.
    File(PathBuf),
    /// A writer.
    Writer(Box<dyn Write + Send>),
}

impl Till {
    /// Exports the sales book. Returns the number of rows; `None` when `cancelled` was set meanwhile, and then
    /// there is no file.
    ///
    /// # Errors
    /// [`TillError::AccountsMissing`] (bookings, and the settings do not name all accounts), [`TillError::ExportUnwritable`],
    /// [`TillError::FileProtected`], [`TillError::Journal`].
    pub async fn export(
        &self,
        export: Export,
        to: ExportTo,
        mut progress: impl FnMut(ExportProgress) + Send + 'static,
        cancelled: Arc<AtomicBool>,
    ) -> Result<Option<u64>, TillError> {
        let path = self.inner.journal_path.clone();
        let zone = self.zone();
        let from = export
            .from
            .map_or(UnixMs(i64::MIN), |day| bounds(day, &zone).0);
        let until = export
            .to
            .map_or(UnixMs(i64::MAX), |day| bounds(day, &zone).1);
        let query = ExportQuery {
            format: export.format,
            rows: export.rows,
            settings: self.inner.settings(),
            from,
            to: until,
            zone,
            code: self.inner.opening_code.clone(),
            till: self.inner.till_id,
        };
        run_blocking(move || {
            let control = ExportControl {
                progress: &mut progress,
                cancelled: &cancelled,
            };
            let written = match to {
                ExportTo::File(file) => to_file(&path, &query, &file, control),
                ExportTo::Writer(mut out) => to_writer(&path, &query, &mut out, control),
            };
            match written {
                Ok(rows) => Ok(Some(rows)),
                Err(ExportError::Cancelled) => Ok(None),
                Err(ExportError::Journal(error)) => Err(error.into()),
                Err(ExportError::AccountsMissing(missing)) => {
                    Err(TillError::AccountsMissing(missing.join(", ")))
                }
                Err(ExportError::Protected(file)) => Err(file.into()),
                Err(ExportError::Unwritable(error)) => {
                    Err(TillError::ExportUnwritable(error.to_string()))
                }
            }
        })
        .await
    }
}
