//! The same till without a window (docs/contract.md, *Commands*), and the door to the window.

mod backup;
mod day;
mod doctor;
mod export;
mod key;
mod out;
mod pin;
mod practice_gateway;
mod receipt;
mod sale;
mod sales;
mod secret;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use ringup_core::TillError;
use ringup_core::calendar::Day;
use ringup_core::config::Config;
use ringup_core::error::Fault;
use ringup_core::settings::Settings;

use crate::active_till::Mode;
use crate::{gui, log};
use out::Out;

/// Ringup: a till for crypto payments.
#[derive(Debug, Parser)]
#[command(name = "ringup", version)]
struct Args {
    /// Practise: no real money, no key, no network
    #[arg(long)]
    practice: bool,
    /// Full screen and locked: closed by the PIN alone
    #[arg(long)]
    kiosk: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The API key in the system's keychain
    Key {
        #[command(subcommand)]
        command: key::Command,
    },
    /// The PIN before settings, refunds, the day's close and leaving kiosk mode
    Pin {
        #[command(subcommand)]
        command: pin::Command,
    },
    /// One sale: shows the QR here and waits until it is paid or over
    Charge(sale::ChargeArgs),
    /// Asks about every open invoice until none is open
    Watch {
        /// Go on until every payment is credited
        #[arg(long)]
        until_settled: bool,
        /// One JSON object a line for each change
        #[arg(long)]
        json: bool,
    },
    /// The sales book, newest first
    Sales(sales::SalesArgs),
    /// The receipt of a paid sale: its text, a file, or paper
    Receipt(receipt::ReceiptArgs),
    /// The X report: what a day has brought so far
    Report {
        /// One of the shop's days, for example 2026-11-21; today when left out
        #[arg(long)]
        day: Option<Day>,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// The Z report: closes the day
    CloseDay {
        /// Also when sales are still open: they go over into the next day
        #[arg(long)]
        carry: bool,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// The sales book as a file
    Export(export::ExportArgs),
    /// Replays the journal and compares every field
    Verify {
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// A consistent copy of the journal, verified; selling may go on meanwhile
    Backup(backup::BackupArgs),
    /// Puts a copy in the journal's place, after a check
    Restore(backup::RestoreArgs),
    /// Looks at everything the till needs, one line each
    Doctor {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// The practice gateway alone, on this machine
    PracticeGateway {
        /// The port; any free one when left out
        #[arg(long, default_value_t = 0)]
        port: u16,
    },
}

/// How a command ended (docs/contract.md, *Exit codes*).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Done,
    Failed,
    Usage,
    Unpaid,
    NoInvoice,
    Review,
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        Self::from(match end {
            End::Done => 0,
            End::Failed => 1,
            End::Usage => 2,
            End::Unpaid => 3,
            End::NoInvoice => 4,
            End::Review => 5,
        })
    }
}

/// Runs the program as its arguments say.
pub fn run() -> ExitCode {
    let args = Args::parse();
    forbid_core_dumps();
    keep_files_private();
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(error) => return fail(&Fault::from(TillError::from(error))),
    };
    #[cfg(target_os = "linux")]
    if args.command.is_none() {
        crate::windows::webkit::reduce_memory_use();
    }
    log::write_to(&config.data_dir);
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&Fault::from(TillError::Internal(error.to_string()))),
    };
    let Some(command) = args.command else {
        tauri::async_runtime::set(runtime.handle().clone());
        let mode = if args.practice {
            Mode::Practice
        } else {
            Mode::Live
        };
        let kiosk = args.kiosk || Settings::load(&config.data_dir).kiosk.at_start;
        return match gui::run(config, mode, kiosk) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => fail(&Fault::from(TillError::Internal(error.to_string()))),
        };
    };
    let end = runtime.block_on(run_command(command, &config));
    // A keychain call that hangs has a thread that would be waited for.
    runtime.shutdown_background();
    match end {
        Ok(end) => end.into(),
        Err(fault) => fail(&fault),
    }
}

/// A dump of this program's memory would hold the key.
fn forbid_core_dumps() {
    #[cfg(unix)]
    if rlimit::setrlimit(rlimit::Resource::CORE, 0, 0).is_err() {
        tracing::warn!("core dumps cannot be switched off");
    }
}

/// Whatever this program and those that it starts create is for its owner alone: logs, and what the
/// screen's engine keeps, are not made by our own hand.
fn keep_files_private() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

async fn run_command(command: Command, config: &Config) -> Result<End, Fault> {
    match command {
        Command::Key { command } => key::run(command, config).await,
        Command::Pin { command } => pin::run(&command, config),
        Command::Charge(args) => sale::charge(args, config).await,
        Command::Watch {
            until_settled,
            json,
        } => sale::watch(until_settled, Out::new(json), config).await,
        Command::Sales(args) => sales::run(args, config).await,
        Command::Receipt(args) => receipt::run(args, config).await,
        Command::Report { day, json } => day::report(day, Out::new(json), config).await,
        Command::CloseDay { carry, json } => day::close(carry, Out::new(json), config).await,
        Command::Export(args) => export::run(args, config).await,
        Command::Verify { json } => verify::run(Out::new(json), config),
        Command::Backup(args) => backup::back_up(&args, config),
        Command::Restore(args) => backup::restore(&args, config),
        Command::Doctor { json } => doctor::run(Out::new(json), config).await,
        Command::PracticeGateway { port } => practice_gateway::run(port).await,
    }
}

fn fail(fault: &Fault) -> ExitCode {
    out::complain(fault);
    End::Failed.into()
}
