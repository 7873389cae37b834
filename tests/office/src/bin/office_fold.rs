//! `office-fold`: folds a book to its end, unless it is ended at a named moment before. The tests of the fold start it.

use std::error::Error;
use std::path::PathBuf;

use clap::Parser;
use ringup_core::clock::UnixMs;
use ringup_office::failpoints::{self, Failpoint};
use ringup_office::store::Store;

#[derive(Parser)]
struct Arguments {
    /// The book's file, or the address of its database.
    book: String,
    /// The moment at which the process ends.
    #[arg(long)]
    end_at: Failpoint,
    /// How often that moment is passed before.
    #[arg(long)]
    passes: u32,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let store = match arguments.book.starts_with("postgresql://") {
        true => Store::postgres(&arguments.book).await?,
        false => Store::sqlite(&PathBuf::from(&arguments.book)).await?,
    };
    failpoints::end_at(arguments.end_at, arguments.passes);
    store.fold_all(UnixMs(1_800_000_000_000)).await?;
    Ok(())
}
