//! The program `ringup-office`: without a command it serves; with one it looks into the book or changes who may send
//! (docs/office.md).

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
