//! Measurements in a process of their own, because the peak memory of a process never goes down again.

#![expect(
    clippy::print_stdout,
    reason = "it is asked by the process that started it"
)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use ringup_core::export::{ExportFormat, ExportRows};
use ringup_core::journal::verify_file;
use ringup_core::{Export, ExportTo};
use serde::{Deserialize, Serialize};

use crate::{Failed, shop};

/// The result of such a measurement.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Measurement {
    pub(crate) ms: f64,
    /// Rows or entries processed.
    pub(crate) count: u64,
    /// The peak memory of the process.
    pub(crate) peak_mib: f64,
}

/// Starts this program again to make a measurement; returns its result.
pub(crate) fn measure(what: &str, folder: &Path) -> Result<Measurement, Failed> {
    let output = Command::new(std::env::current_exe()?)
        .arg(what)
        .arg(folder)
        .output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let folder = folder.display();
        return Err(Failed::Other(format!("{what} of {folder}: {said}")));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

pub(crate) async fn export(folder: &Path) -> Result<(), Failed> {
    let till = shop::till_in(folder).await?;
    let file = tempfile_beside(folder);
    let export = Export {
        format: ExportFormat::Csv,
        rows: ExportRows::Sales,
        from: None,
        to: None,
    };
    let begun = Instant::now();
    let to = ExportTo::File(file.clone());
    let rows = till.export(export, to, |_| {}, Arc::default()).await?;
    let measurement = finish(begun, rows.unwrap_or(0))?;
    std::fs::remove_file(file)?;
    println!("{measurement}");
    Ok(())
}

pub(crate) fn verify(folder: &Path) -> Result<(), Failed> {
    let begun = Instant::now();
    let verified = verify_file(&folder.join("journal.sqlite"))?;
    let verified = verified.map_err(|wrong| Failed::Other(wrong.to_string()))?;
    println!("{}", finish(begun, verified.entries)?);
    Ok(())
}

fn tempfile_beside(folder: &Path) -> PathBuf {
    folder.join(format!("export-{}.csv", std::process::id()))
}

fn finish(begun: Instant, count: u64) -> Result<String, Failed> {
    let ms = begun.elapsed().as_secs_f64() * 1000.0;
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak_kib: f64 = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .ok_or_else(|| {
            Failed::Other("the system does not say how much memory the process has".to_owned())
        })?;
    let peak_mib = peak_kib / 1024.0;
    Ok(serde_json::to_string(&Measurement {
        ms,
        count,
        peak_mib,
    })?)
}
