//! `crash-loop --cycles N --seed S`: kills the till again and again (docs/crash-tests.md).

use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};
use crash::kill::{ChildOptions, Options, Sabotage, run, run_till};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    child: Option<Role>,
    /// How many kills.
    #[arg(long, default_value_t = 200)]
    cycles: u32,
    /// Decides what happens and when the kill comes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Makes the till break a guarantee, which the loop must notice.
    #[arg(long)]
    sabotage: Option<Sabotage>,
}

#[derive(Subcommand)]
enum Role {
    /// The process that is killed; the loop starts it.
    Till(ChildOptions),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.child {
        Some(Role::Till(options)) => run_till(options),
        None => repeat(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn repeat(arguments: &Arguments) -> Result<(), String> {
    let Arguments {
        cycles,
        seed,
        sabotage,
        ..
    } = *arguments;
    println!("crash loop: {cycles} cycles, seed {seed}");
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let begun = Instant::now();
    let stats = run(&Options {
        program,
        cycles,
        seed,
        sabotage,
    })
    .map_err(|error| error.to_string())?;
    println!("{stats}");
    println!("  {} s", begun.elapsed().as_secs());
    Ok(())
}
