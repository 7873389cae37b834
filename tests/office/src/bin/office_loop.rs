//! `office-loop --kills N --seed S --book BOOK`: kills tills, offices and their database again and again
//! (docs/crash-tests.md).

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use office_tests::trial::{
    self, Book, OfficeRole, Options, Stats, TillRole, sell_until_killed, serve_until_killed,
};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    child: Option<Role>,
    /// How many kills at least.
    #[arg(long, default_value_t = 200)]
    kills: u32,
    /// The kills of one part, which begins with new books and the next seed.
    #[arg(long, default_value_t = 500)]
    part: u32,
    /// Decides what happens and when the kills come.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where the book is: `file`, `postgres` (which is killed as well), `synchronous_replica` (which takes the place of a
    /// primary that is lost), or `asynchronous_replica`, which the loop must notice.
    #[arg(long, default_value = "file")]
    book: Book,
    /// The office says that a batch is stored before it is, which the loop must notice.
    #[arg(long)]
    lie: bool,
}

#[derive(Subcommand)]
enum Role {
    /// An office, which is killed; the loop starts it.
    Office(OfficeRole),
    /// A till, in the same way.
    Till(TillRole),
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.child {
        Some(Role::Office(role)) => serve_until_killed(role).await,
        Some(Role::Till(role)) => sell_until_killed(role).await,
        None => repeat(&arguments).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            writeln!(std::io::stderr(), "{error}").ok();
            ExitCode::FAILURE
        }
    }
}

async fn repeat(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let begun = std::time::Instant::now();
    let mut sum = Stats::default();
    let mut out = std::io::stdout();
    let mut seed = arguments.seed;
    while sum.kills() < arguments.kills {
        let stats = trial::run(&Options {
            program: std::env::current_exe()?,
            kills: arguments.part.min(arguments.kills - sum.kills()),
            seed,
            book: arguments.book,
            lie: arguments.lie,
        })
        .await
        .map_err(|error| format!("seed {seed}: {error}"))?;
        sum.add(&stats);
        let took = begun.elapsed().as_secs();
        writeln!(out, "seed {seed}: {} kills so far, {took} s", sum.kills())?;
        seed += 1;
    }
    writeln!(out, "{sum:#?}")?;
    Ok(())
}
