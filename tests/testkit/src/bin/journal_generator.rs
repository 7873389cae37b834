//! `journal-generator FOLDER`: writes a journal into a data folder, for trying the till by hand with many sales.

#![expect(clippy::print_stdout, reason = "it tells how far it is")]

use std::path::PathBuf;
use std::time::Instant;

use clap::Parser;
use ringup_core::journal::JournalError;
use ringup_testkit::journal_generator::{Plan, write};

/// Writes the journal of a shop with many sales
#[derive(Debug, Parser)]
struct Args {
    /// The till's data folder (`RINGUP_DATA_DIR`)
    folder: PathBuf,
    /// The number of sales
    #[arg(long, default_value_t = Plan::default().sales)]
    sales: u32,
    /// The number of days
    #[arg(long, default_value_t = Plan::default().days)]
    days: u32,
    /// The same seed gives the same journal
    #[arg(long, default_value_t = Plan::default().seed)]
    seed: u64,
}

fn main() -> Result<(), JournalError> {
    let args = Args::parse();
    let plan = Plan {
        sales: args.sales,
        days: args.days,
        seed: args.seed,
    };
    let begun = Instant::now();
    let journal = args.folder.join("journal.sqlite");
    write(&journal, plan, |sold| {
        println!("{sold} sales, {} s", begun.elapsed().as_secs());
    })
}
