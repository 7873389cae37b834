//! `ringup-office report` and `export`: what the owner reads, without a browser.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use ringup_core::calendar::{Day, Zone, bounds, day_of};
use ringup_core::clock::UnixMs;
use ringup_core::export::{ExportFormat, ExportOfTills, ExportRows};
use ringup_core::money::{Money, with_decimals};
use ringup_core::sale::DayTotals;
use ringup_office::book::{DayBook, TillDay};
use ringup_office::export::{ExportedTills, export as write_export};
use ringup_office::store::Store;

use super::{Failure, print_line};

/// The time zone of the shop's days.
#[derive(Debug, Args)]
struct ZoneArgs {
    /// The time zone of the shop's days, for example Europe/Berlin; this machine's by default
    #[arg(long, env = "RINGUP_OFFICE_ZONE", value_name = "NAME")]
    zone: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// The shop's day, for example 2026-11-21; today by default
    #[arg(long)]
    day: Option<Day>,
    #[command(flatten)]
    zone: ZoneArgs,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// What kind of file
    #[arg(long, required_unless_present = "spreadsheet")]
    format: Option<Format>,
    /// What is a row: a movement of money, a tender, a line of a cart, a movement of cash
    #[arg(long, value_enum, default_value_t = Rows::Sales)]
    rows: Rows,
    /// A CSV as the Excel of this language reads it
    #[arg(long = "for", value_name = "SPREADSHEET", conflicts_with = "format")]
    spreadsheet: Option<Spreadsheet>,
    /// The first of the shop's days, for example 2026-11-21
    #[arg(long)]
    from: Option<Day>,
    /// The last, included
    #[arg(long)]
    to: Option<Day>,
    /// This till alone, by its id or its name
    #[arg(long)]
    till: Option<String>,
    /// The tills in quarantine instead of the others
    #[arg(long)]
    quarantined: bool,
    #[command(flatten)]
    zone: ZoneArgs,
    /// Standard output when left out
    file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Json,
    Xlsx,
}

/// What is a row of the file: see [`ExportRows`].
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Rows {
    Sales,
    Tenders,
    Lines,
    Cash,
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

impl From<Rows> for ExportRows {
    fn from(rows: Rows) -> Self {
        match rows {
            Rows::Sales => Self::Sales,
            Rows::Tenders => Self::Tenders,
            Rows::Lines => Self::Lines,
            Rows::Cash => Self::Cash,
        }
    }
}

/// The format that the options ask for.
fn format_of(format: Option<Format>, spreadsheet: Option<Spreadsheet>) -> ExportFormat {
    match (spreadsheet, format) {
        (Some(Spreadsheet::English), _) => ExportFormat::ExcelEn,
        (Some(Spreadsheet::German), _) => ExportFormat::ExcelDe,
        (Some(Spreadsheet::Russian), _) => ExportFormat::ExcelRu,
        (None, Some(Format::Json)) => ExportFormat::Json,
        (None, Some(Format::Xlsx)) => ExportFormat::Xlsx,
        (None, Some(Format::Csv) | None) => ExportFormat::Csv,
    }
}

impl ZoneArgs {
    fn zone(&self) -> Result<Zone, Failure> {
        match &self.zone {
            None => Ok(Zone::system()),
            Some(name) => {
                Zone::named(name).ok_or_else(|| format!("there is no time zone {name}").into())
            }
        }
    }
}

pub(super) async fn report(
    store: &Store,
    args: &ReportArgs,
    now: UnixMs,
) -> Result<ExitCode, Failure> {
    let zone = args.zone.zone()?;
    let folded = store.fold_all(now).await?;
    let day = args.day.unwrap_or_else(|| day_of(now, &zone));
    let book = store.day(day, &zone, now).await?;
    print_line(&match args.json {
        true => with_decimals(serde_json::to_value(&book)?).to_string(),
        false => describe(&book),
    });
    // Sums that lack something must not pass for whole.
    Ok(match folded.held {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

/// The day for people: the shop, each till, and those whose money is told apart.
fn describe(book: &DayBook) -> String {
    let mut lines = vec![format!("{} ({})", book.day, book.zone)];
    totals_lines(&mut lines, "", &book.totals, &book.test);
    for till in &book.tills {
        till_lines(&mut lines, till);
    }
    for till in &book.apart {
        let why = till.quarantine.as_deref().unwrap_or_default();
        lines.push(format!("Apart, in no sum above: quarantine, {why}"));
        till_lines(&mut lines, till);
    }
    lines.join("\n")
}

fn till_lines(lines: &mut Vec<String>, till: &TillDay) {
    let code = till.code.as_deref().unwrap_or("-");
    lines.push(format!("{} ({code})", till.name));
    if till.behind > 0 {
        lines.push(format!(
            "  {} entries are missing in these sums",
            till.behind
        ));
    }
    totals_lines(lines, "  ", &till.totals, &till.test);
}

fn totals_lines(lines: &mut Vec<String>, indent: &str, totals: &DayTotals, test: &DayTotals) {
    for (currency, sums) in &totals.0 {
        let money = |minor| Money::from_minor(minor, *currency);
        lines.push(format!(
            "{indent}{currency}  paid {} ({}), refunds {} ({})",
            money(sums.paid_minor),
            sums.payments,
            money(sums.refunds_minor),
            sums.refunds
        ));
        for (tender, sums) in &sums.tenders {
            lines.push(format!(
                "{indent}  {tender}  paid {} ({}), refunds {}",
                money(sums.paid_minor),
                sums.payments,
                money(sums.refunds_minor)
            ));
        }
    }
    for (currency, sums) in &test.0 {
        let paid = Money::from_minor(sums.paid_minor, *currency);
        lines.push(format!("{indent}{currency}  test money, in no sum: {paid}"));
    }
}

pub(super) async fn export(
    store: &Store,
    args: &ExportArgs,
    now: UnixMs,
) -> Result<ExitCode, Failure> {
    let zone = args.zone.zone()?;
    store.fold_all(now).await?;
    let till = match &args.till {
        None => None,
        Some(name) => Some(super::till_named(&store.tills().await?, name)?.till.clone()),
    };
    let tills = ExportedTills {
        till,
        apart: args.quarantined,
    };
    let wanted = ExportOfTills {
        format: format_of(args.format, args.spreadsheet),
        rows: args.rows.into(),
        from: args
            .from
            .map_or(UnixMs(i64::MIN), |day| bounds(day, &zone).0),
        to: args.to.map_or(UnixMs(i64::MAX), |day| bounds(day, &zone).1),
        zone,
    };
    match &args.file {
        None => {
            let mut out = io::stdout();
            write_export(store, &tills, wanted, &mut out).await?;
            out.flush()?;
        }
        Some(path) => {
            // Whole or not at all.
            let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
            let folder = folder.unwrap_or(std::path::Path::new("."));
            let mut file = io::BufWriter::new(tempfile::NamedTempFile::new_in(folder)?);
            write_export(store, &tills, wanted, &mut file).await?;
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.as_file().sync_all()?;
            file.persist(path)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
