//! `ringup export`: writes the sales book into a file, or on standard output.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::error::ErrorKind;
use clap::{Args, ValueEnum};

use ringup_core::calendar::Day;
use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::Fault;
use ringup_core::export::{ExportFormat, ExportProgress, ExportRows};
use ringup_core::{Export, ExportTo, Till};

use super::Outcome;

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// What kind of file; datev: the drawer's cash for DATEV's Kassenbuch online
    #[arg(long, required_unless_present = "spreadsheet")]
    format: Option<Format>,
    /// What is a row: a movement of money, a tender, a line of a cart, a movement of cash, a debit or credit
    #[arg(long, value_enum, default_value_t = Rows::Sales)]
    rows: Rows,
    /// A CSV as the Excel of this language reads it
    #[arg(long = "for", value_name = "SPREADSHEET")]
    spreadsheet: Option<Spreadsheet>,
    /// The first of the shop's days, for example 2026-11-21
    #[arg(long)]
    from: Option<Day>,
    /// The last, included
    #[arg(long)]
    to: Option<Day>,
    /// Standard output when left out
    file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Json,
    Xlsx,
    Datev,
}

/// What is a row of the file: see [`ExportRows`].
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Rows {
    Sales,
    Tenders,
    Lines,
    Cash,
    Bookings,
}

impl From<Rows> for ExportRows {
    fn from(rows: Rows) -> Self {
        match rows {
            Rows::Sales => Self::Sales,
            Rows::Tenders => Self::Tenders,
            Rows::Lines => Self::Lines,
            Rows::Cash => Self::Cash,
            Rows::Bookings => Self::Bookings,
        }
    }
}

/// An Excel, by its language.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Spreadsheet {
    #[value(name = "excel-en")]
    English,
    #[value(name = "excel-de")]
    German,
    #[value(name = "excel-ru")]
    Russian,
}

/// The format that two options ask for; `None`: they contradict each other.
fn format_of(format: Option<Format>, spreadsheet: Option<Spreadsheet>) -> Option<ExportFormat> {
    match (format, spreadsheet) {
        (None | Some(Format::Csv), Some(spreadsheet)) => Some(match spreadsheet {
            Spreadsheet::English => ExportFormat::ExcelEn,
            Spreadsheet::German => ExportFormat::ExcelDe,
            Spreadsheet::Russian => ExportFormat::ExcelRu,
        }),
        (None | Some(Format::Csv), None) => Some(ExportFormat::Csv),
        (Some(Format::Json), None) => Some(ExportFormat::Json),
        (Some(Format::Xlsx), None) => Some(ExportFormat::Xlsx),
        (Some(Format::Datev), None) => Some(ExportFormat::Datev),
        (Some(Format::Json | Format::Xlsx | Format::Datev), Some(_)) => None,
    }
}

pub(super) async fn run(args: ExportArgs, config: &Config) -> Result<Outcome, Fault> {
    let Some(format) = format_of(args.format, args.spreadsheet) else {
        let error = clap::Error::raw(
            ErrorKind::ArgumentConflict,
            "--for is of CSV alone; the others are the same in every language\n",
        );
        error.print().ok();
        return Ok(Outcome::Usage);
    };
    let till = Till::open_to_read(config, Clock::system()).await?;
    let export = Export {
        format,
        rows: args.rows.into(),
        from: args.from,
        to: args.to,
    };
    let to = match args.file {
        Some(path) => ExportTo::File(path),
        None => ExportTo::Writer(Box::new(io::stdout())),
    };
    let cancelled = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&cancelled);
    let interrupt = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            flag.store(true, Ordering::Relaxed);
        }
    });
    let is_shown = io::stderr().is_terminal();
    let progress = move |progress: ExportProgress| {
        if is_shown {
            draw_bar(progress);
        }
    };
    let rows = till.export(export, to, progress, cancelled).await;
    interrupt.abort();
    // `None`: cancelled, and there is no file.
    Ok(rows?.map_or(Outcome::Failed, |_| Outcome::Done))
}

/// Draws a progress bar in one line, over the bar before.
fn draw_bar(ExportProgress { done, total }: ExportProgress) {
    const WIDTH: u64 = 30;
    let filled = done.saturating_mul(WIDTH) / total.max(1);
    let filled = usize::try_from(filled).unwrap_or_default();
    let rest = usize::try_from(WIDTH)
        .unwrap_or_default()
        .saturating_sub(filled);
    let end = if done == total { "\n" } else { "" };
    let (filled, rest) = ("#".repeat(filled), ".".repeat(rest));
    let mut out = io::stderr().lock();
    write!(out, "\r[{filled}{rest}] {done} of {total}{end}")
        .and_then(|()| out.flush())
        .ok();
}
