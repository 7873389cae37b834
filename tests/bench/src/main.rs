//! `make bench`: how much time, memory and disk the till takes, compared with a peer that does the same in the same run
//! on the same machine. It prints a table and saves it as JSON and Markdown (docs/performance.md).
//!
//! * `machine` describes the machine; `spread` makes medians of times; `figures` is the table.
//! * `shop` makes journals and opens tills on them; `alone` measures in a process of its own; `sqlite` is the peer.
//! * Each subject is a module that adds rows: `append`, `book`, `catch_up`, `growth`, `office_pages`, `opening`, `whole`,
//!   `payers`, `qr`, `sizes`, `window`; `office_program` is the back office that two of them ask.

#![expect(clippy::print_stdout, reason = "figures are printed")]

mod alone;
mod append;
mod book;
mod catch_up;
mod figures;
mod growth;
mod machine;
mod office_pages;
mod office_program;
mod opening;
mod payers;
mod qr;
mod shop;
mod sizes;
mod spread;
mod sqlite;
mod whole;
mod window;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use figures::Figures;
use shop::Shop;

/// Measures how much time, memory and disk the till takes
#[derive(Debug, Parser)]
struct Args {
    #[command(subcommand)]
    alone: Option<Alone>,
    /// Sales of the large book
    #[arg(long, default_value_t = 1_000_000)]
    sales: u32,
    /// Sales of the largest book, which is only queried, never read as a whole; 0: none
    #[arg(long, default_value_t = 5_000_000)]
    largest: u32,
    /// Entries that 500 tills send to the back office
    #[arg(long, default_value_t = 5_000_000)]
    entries: u32,
    /// How often each query is made
    #[arg(long, default_value_t = 100)]
    runs: usize,
    /// Only rows whose label contains this, for example `book: search`
    #[arg(long)]
    only: Option<String>,
    /// An earlier build of the till, to measure this one beside it
    #[arg(long, value_name = "FILE")]
    earlier: Option<PathBuf>,
    /// The folder for results, and for the journals, which the next run uses again
    #[arg(long, default_value = "target/bench")]
    folder: PathBuf,
}

/// What a process of its own measures.
#[derive(Debug, Clone, Subcommand)]
enum Alone {
    /// Writes the whole book as CSV
    Export {
        /// The till's data folder
        folder: PathBuf,
    },
    /// Verifies the journal
    Verify {
        /// The till's data folder
        folder: PathBuf,
    },
}

/// Why the run failed.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Till(#[from] ringup_core::TillError),
    #[error(transparent)]
    Journal(#[from] ringup_core::journal::JournalError),
    #[error(transparent)]
    Config(#[from] ringup_core::config::ConfigError),
    #[error(transparent)]
    Settings(#[from] ringup_core::settings::SettingsError),
    #[error(transparent)]
    Driver(#[from] thirtyfour::error::WebDriverError),
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    #[error(transparent)]
    Qr(#[from] ringup_core::qr::QrError),
    #[error(transparent)]
    Modules(#[from] qrcode::types::QrError),
    #[error(transparent)]
    Fold(#[from] ringup_core::sale::FoldError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A window never showed the picture that it shows at rest.
    #[error("{0}: its picture never came")]
    Unseen(&'static str),
    #[error("{0}")]
    Other(String),
}

/// Sales of the small book.
const FEW: u32 = 10_000;
/// Sales of the middle book, for comparisons with a larger one.
const MANY: u32 = 100_000;

/// The subjects that need journals.
const BOOKS: [&str; 6] = [
    append::SUBJECT,
    growth::SUBJECT,
    book::SUBJECT,
    opening::SUBJECT,
    "export",
    "verify",
];

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failed> {
    let args = Args::parse();
    match args.alone {
        Some(Alone::Export { folder }) => alone::export(&folder).await,
        Some(Alone::Verify { folder }) => alone::verify(&folder),
        None => measure(&args).await,
    }
}

async fn measure(args: &Args) -> Result<(), Failed> {
    std::fs::create_dir_all(&args.folder)?;
    let machine = machine::describe(&args.folder);
    println!("{machine}\n");
    let mut figures = Figures::new(machine, args.only.clone(), args.folder.clone());
    window::measure(
        args.runs,
        &args.folder,
        args.earlier.as_deref(),
        &mut figures,
    )
    .await?;
    figures.keep()?;
    if !figures.wants_windows_alone() {
        append::flush(&args.folder, &mut figures)?;
        qr::measure(&args.folder, args.runs, &mut figures)?;
        payers::measure(&mut figures)?;
        sizes::measure(&args.folder, &mut figures)?;
        figures.keep()?;
        books(args, &mut figures).await?;
        let caught_up = catch_up::measure(&args.folder, args.entries, &mut figures).await;
        figures.or_leave_out(catch_up::SUBJECT, caught_up);
        let pages = office_pages::measure(&args.folder, args.largest, args.runs, &mut figures);
        let pages = pages.await;
        figures.or_leave_out(office_pages::SUBJECT, pages);
    }
    print!("\n{}", figures.table());
    figures.keep()
}

/// Measures the subjects that need journals.
async fn books(args: &Args, figures: &mut Figures) -> Result<(), Failed> {
    if !BOOKS.iter().any(|subject| figures.wants_some(subject)) {
        return Ok(());
    }
    let empty = shop::made(&args.folder, 0)?;
    let few = shop::made(&args.folder, FEW.min(args.sales))?;
    let many = shop::made(&args.folder, MANY.min(args.sales))?;
    let large = shop::made(&args.folder, args.sales)?;
    let largest = match shop::has_room(&args.folder, args.largest)? {
        _ if args.largest <= args.sales => None,
        Ok(()) => Some(shop::made(&args.folder, args.largest)?),
        Err(why) => {
            figures.leave_out(&format!("a book of {} sales", args.largest), &why);
            None
        }
    };
    let asked: Vec<&Shop> = [&few, &large].into_iter().chain(&largest).collect();

    append::measure(&[&few, &many], &args.folder, figures).await?;
    growth::measure(&asked, args.runs, figures).await?;
    for shop in asked {
        book::measure(shop, args.runs, figures).await?;
        figures.keep()?;
    }
    if figures.wants(opening::SUBJECT, opening::WHAT) {
        for large in std::iter::once(&large).chain(&largest) {
            opening::measure(&empty, large, args.runs, figures).await?;
        }
    }
    whole::measure(&[&many, &large], figures)
}
