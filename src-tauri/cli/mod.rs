//! The command line: the same till without a window (docs/contract.md, *Commands*). Without a subcommand the window
//! opens.

mod backup;
mod day;
mod doctor;
mod drawer;
mod events;
mod export;
mod key;
mod office;
mod output;
mod pin;
mod practice_gateway;
mod receipt;
mod sale;
mod sales;
mod secret;
mod staff;
mod verify;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use ringup_core::TillError;
use ringup_core::calendar::Day;
use ringup_core::config::Config;
use ringup_core::error::{Code, Fault};
use ringup_core::settings::Settings;

use crate::active_till::Mode;
use crate::{gui, log};
use output::Output;
use watch::WatchUntil;

/// Ringup: a till for crypto payments.
#[derive(Debug, Parser)]
#[command(name = "ringup", version)]
struct Args {
    /// Practice mode: no real money, no key, no network
    #[arg(long)]
    practice: bool,
    /// Kiosk mode: full screen, closed with the PIN only
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
    /// The PIN for settings, refunds, the day's close and leaving kiosk mode
    Pin {
        #[command(subcommand)]
        command: pin::Command,
    },
    /// Cashiers with PINs of their own
    Staff {
        #[command(subcommand)]
        command: staff::Command,
    },
    /// One sale: shows the QR code here and waits until it is paid or has ended
    Charge(sale::ChargeArgs),
    /// Polls every watched invoice at least once, then on until none is open
    Watch {
        /// Go on until every payment is settled
        #[arg(long)]
        until_settled: bool,
        /// Go on for good, as a service
        #[arg(long)]
        follow: bool,
        /// One JSON object a line for each change
        #[arg(long)]
        json: bool,
    },
    /// The sales book, newest first
    Sales(sales::SalesArgs),
    /// The receipt of a paid sale: as text, as a file, or on paper
    Receipt(receipt::ReceiptArgs),
    /// The X report: the sums of a day so far
    Report {
        /// One of the shop's days, for example 2026-11-21; today by default
        #[arg(long)]
        day: Option<Day>,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// The Z report: closes the day
    CloseDay {
        /// Even if sales are open: they are carried over into the next day
        #[arg(long)]
        carry: bool,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// The cash drawer: float, pay-ins, pay-outs, bank drops, counts
    Drawer {
        #[command(subcommand)]
        command: drawer::DrawerCommand,
        /// One JSON object
        #[arg(long, global = true)]
        json: bool,
    },
    /// What happened to the till itself: starts, settings, key, PIN, drawer, restores
    Events(events::EventsArgs),
    /// The sales book as a file
    Export(export::ExportArgs),
    /// Replays the journal and compares every field
    Verify {
        /// An earlier copy, or at least 16 digits of a head that was noted down: the journal must go on from there
        #[arg(long, value_name = "COPY")]
        since: Option<String>,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// A consistent, verified copy of the journal; selling can go on meanwhile
    Backup(backup::BackupArgs),
    /// Verifies a copy and replaces the journal with it
    Restore(backup::RestoreArgs),
    /// Checks everything the till needs, one line each
    Doctor {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// The back office that this till sends its journal to
    Office {
        #[command(subcommand)]
        command: office::Command,
    },
    /// The practice gateway alone, on this machine
    PracticeGateway {
        /// The port; any free one by default
        #[arg(long, default_value_t = 0)]
        port: u16,
    },
}

/// How a command ended (docs/contract.md, *Exit codes*).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    Failed,
    Usage,
    Unpaid,
    NoInvoice,
    Review,
    Test,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Failed => 1,
            Outcome::Usage => 2,
            Outcome::Unpaid => 3,
            Outcome::NoInvoice => 4,
            Outcome::Review => 5,
            Outcome::Test => 6,
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
            Err(fault) => fail(&fault),
        };
    };
    let sells = matches!(command, Command::Charge(_));
    let outcome = runtime.block_on(run_command(command, &config));
    // Otherwise the program would wait for the thread of a keychain call that hangs.
    runtime.shutdown_background();
    match outcome {
        // Whoever reads the exit code of a sale needs to know what became of it, printed or not.
        Ok(Outcome::Done) if output::is_output_lost() && !sells => {
            let message = "standard output cannot be written";
            fail(&Fault::new(Code::FileUnwritable, message))
        }
        Ok(outcome) => outcome.into(),
        Err(fault) => fail(&fault),
    }
}

/// A core dump would contain the API key, and so would the memory that another program of the user reads.
fn forbid_core_dumps() {
    #[cfg(unix)]
    if rlimit::setrlimit(rlimit::Resource::CORE, 0, 0).is_err() {
        tracing::warn!("core dumps cannot be switched off");
    }
    // A system that pipes dumps into a program ignores that limit (core(5)).
    #[cfg(target_os = "linux")]
    if rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)
        .is_err()
    {
        tracing::warn!("the memory of this program can be read by others of the user");
    }
}

/// Makes every file that this program creates readable for its user only. The log and the web engine's files are
/// created by libraries that do not ask.
fn keep_files_private() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

async fn run_command(command: Command, config: &Config) -> Result<Outcome, Fault> {
    match command {
        Command::Key { command } => key::run(command, config).await,
        Command::Pin { command } => pin::run(&command, config),
        Command::Staff { command } => staff::run(&command, config),
        Command::Charge(args) => sale::charge(args, config).await,
        Command::Watch {
            until_settled,
            follow,
            json,
        } => {
            let until = WatchUntil::of(until_settled, follow);
            watch::run(until, Output::new(json), config).await
        }
        Command::Sales(args) => sales::run(args, config).await,
        Command::Receipt(args) => receipt::run(args, config).await,
        Command::Report { day, json } => day::report(day, Output::new(json), config).await,
        Command::CloseDay { carry, json } => day::close(carry, Output::new(json), config).await,
        Command::Drawer { command, json } => {
            drawer::drawer(command, Output::new(json), config).await
        }
        Command::Events(args) => events::run(args, config).await,
        Command::Export(args) => export::run(args, config).await,
        Command::Verify { since, json } => verify::run(since.as_deref(), Output::new(json), config),
        Command::Backup(args) => backup::back_up(&args, config),
        Command::Restore(args) => backup::restore(&args, config),
        Command::Doctor { json } => doctor::run(Output::new(json), config).await,
        Command::Office { command } => office::run(command, config).await,
        Command::PracticeGateway { port } => practice_gateway::run(port).await,
    }
}

/// Prints a fault and ends the program, where no error can be returned.
pub(crate) fn exit_with(fault: &Fault) -> ! {
    output::print_error(fault);
    std::process::exit(1)
}

fn fail(fault: &Fault) -> ExitCode {
    output::print_error(fault);
    Outcome::Failed.into()
}
