//! `ringup receipt`: prints the receipt of a sale as text, into a file, or on the receipt printer.

use std::path::PathBuf;

use clap::Args;

use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::Fault;
use ringup_core::printer::PrintOutcome;
use ringup_core::{ProgramStart, ReceiptFormat, Till};

use super::Outcome;
use super::output;

/// What to do with the receipt. Without any option its text is printed.
#[derive(Debug, Args)]
pub(super) struct ReceiptArgs {
    /// The sale's number
    number: u32,
    /// Save it as a picture
    #[arg(long, value_name = "FILE")]
    png: Option<PathBuf>,
    /// Save it as a page
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
    /// Print it on the receipt printer
    #[arg(long)]
    print: bool,
}

pub(super) async fn run(args: ReceiptArgs, config: &Config) -> Result<Outcome, Fault> {
    let till = Till::open_to_read(config, Clock::system()).await?;
    let number = args.number;
    if !args.print && args.png.is_none() && args.pdf.is_none() {
        output::print_line(&till.receipt_text(number).await?);
        return Ok(Outcome::Done);
    }
    till.record_start(ProgramStart::Brief).await?;
    for (path, format) in [
        (args.png, ReceiptFormat::Png),
        (args.pdf, ReceiptFormat::Pdf),
    ] {
        if let Some(path) = path {
            till.save_receipt(number, format, &path).await?;
        }
    }
    if args.print {
        let printed = till.print_receipt(number).await?;
        if printed.outcome == PrintOutcome::Unconfirmed {
            output::print_line("Sent. This printer does not say whether it has printed.");
        }
    }
    Ok(Outcome::Done)
}
