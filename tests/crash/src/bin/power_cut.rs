//! `power-cut --cycles N --seed S [--flush normal]`: cuts the power of the journal's disk again and again
//! (docs/crash-tests.md).

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use crash::power::{Flush, Options, run};

#[derive(Parser)]
struct Arguments {
    /// How many cuts.
    #[arg(long, default_value_t = 1000)]
    cycles: u32,
    /// Decides what is written, when the power is cut, and what remains.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// `normal` is the control: it must lose entries.
    #[arg(long, default_value = "full")]
    flush: Flush,
}

fn main() -> ExitCode {
    let Arguments {
        cycles,
        seed,
        flush,
    } = Arguments::parse();
    println!("power cut: {cycles} cycles, seed {seed}, flush {flush:?}");
    let begun = Instant::now();
    match run(Options {
        cycles,
        seed,
        flush,
    }) {
        Ok(stats) => {
            println!("{stats}\n  {} s", begun.elapsed().as_secs());
            ExitCode::SUCCESS
        }
        Err(failed) => {
            eprintln!("{failed}");
            ExitCode::FAILURE
        }
    }
}
