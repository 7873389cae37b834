//! `poll-simulation`: plays a day of trade and prints its figures (docs/polling.md, *A day of trade*).

#![expect(clippy::print_stdout, reason = "it prints a table")]

use clap::Parser;
use ringup_core::sale::FoldError;
use simulation::polling::Comparison;
use simulation::polling::day::Day;

/// A day of trade in virtual time
#[derive(Debug, Parser)]
struct Args {
    /// Sales of the day
    #[arg(long, default_value_t = Day::default().sales)]
    sales: usize,
    /// Sales open at once in each rush
    #[arg(long, default_value_t = Day::default().open_at_once)]
    open: usize,
    /// Hours from the first to the last sale
    #[arg(long, default_value_t = Day::default().hours)]
    hours: u64,
    /// The till's budget, calls a minute
    #[arg(long, default_value_t = 30)]
    calls: u16,
    /// The same seed gives the same day
    #[arg(long, default_value_t = Day::default().seed)]
    seed: u64,
}

fn main() -> Result<(), FoldError> {
    let args = Args::parse();
    let day = Day {
        sales: args.sales,
        open_at_once: args.open,
        hours: args.hours,
        seed: args.seed,
        ..Day::default()
    };
    print!("{}", Comparison::of(&day, args.calls)?.report());
    Ok(())
}
