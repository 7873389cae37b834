//! The book into a file, from a snapshot, while the shop goes on selling.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::Till;
use crate::calendar::{Day, bounds};
use crate::clock::UnixMs;
use crate::error::TillError;
use crate::export::{
    ExportControl, ExportError, ExportFormat, ExportProgress, ExportQuery, to_file, to_writer,
};

/// What to export.
#[derive(Debug, Clone, Copy)]
pub struct Export {
    /// What kind of file.
    pub format: ExportFormat,
    /// The first of the shop's days; none: from the beginning.
    pub from: Option<Day>,
    /// The last, included; none: to the end.
    pub to: Option<Day>,
}

/// Where to.
pub enum ExportTo {
    /// A file, replaced whole or not at all.
    File(PathBuf),
    /// Whatever takes it.
    Writer(Box<dyn Write + Send>),
}

impl Till {
    /// Writes the book. Returns how many rows there were; none when `cancelled` was set meanwhile, and then
    /// there is no file.
    ///
    /// # Errors
    /// [`TillError::ExportUnwritable`], [`TillError::Journal`].
    pub async fn export(
        &self,
        export: Export,
        to: ExportTo,
        mut progress: impl FnMut(ExportProgress) + Send + 'static,
        cancelled: Arc<AtomicBool>,
    ) -> Result<Option<u64>, TillError> {
        let path = self.inner.journal.call(|file| Ok(file.path())).await?;
        let zone = self.settings().zone();
        let from = export
            .from
            .map_or(UnixMs(i64::MIN), |day| bounds(day, &zone).0);
        let until = export
            .to
            .map_or(UnixMs(i64::MAX), |day| bounds(day, &zone).1);
        let query = ExportQuery {
            format: export.format,
            from,
            to: until,
            zone,
            code: self.inner.code.clone(),
        };
        let written = tokio::task::spawn_blocking(move || {
            let control = ExportControl {
                progress: &mut progress,
                cancelled: &cancelled,
            };
            match to {
                ExportTo::File(file) => to_file(&path, &query, &file, control),
                ExportTo::Writer(mut out) => to_writer(&path, &query, &mut out, control),
            }
        });
        let written = written
            .await
            .map_err(|error| TillError::Internal(error.to_string()))?;
        match written {
            Ok(rows) => Ok(Some(rows)),
            Err(ExportError::Cancelled) => Ok(None),
            Err(ExportError::Journal(error)) => Err(error.into()),
            Err(ExportError::Unwritable(error)) => {
                Err(TillError::ExportUnwritable(error.to_string()))
            }
        }
    }
}
