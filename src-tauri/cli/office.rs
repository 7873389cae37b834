//! `ringup office`: the back office that this till sends its journal to (docs/office.md).

use std::path::PathBuf;

use clap::Subcommand;
use secrecy::ExposeSecret as _;

use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::{Code, Fault};
use ringup_core::{OfficeStatus, ProgramStart, SharedStatus, Till, TillError};

use super::Outcome;
use super::output::{Output, print_line};
use super::secret;

/// Far longer than any pairing code.
const MAX_INPUT_BYTES: u64 = 4096;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Pairs this till with the office that shows this code
    Pair {
        /// The code; read from standard input when it is given neither here nor as a file
        #[arg(conflicts_with = "file")]
        code: Option<String>,
        /// The file that the office has written the code into
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// Which office this till is paired with, and how much of its journal has arrived there
    Status {
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Sends what has not arrived yet and ends; the window and `watch --follow` send by themselves
    Send,
    /// Takes over what the shop's office shares and says what this till has of it; the window and `watch --follow` do it by
    /// themselves
    Settings {
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Offers this till's items, taxes, cashiers and texts to the office, whose owner may make them the shop's
    OfferSettings,
    /// Leaves the office: nothing more is sent
    Leave,
}

pub(super) async fn run(command: Command, config: &Config) -> Result<Outcome, Fault> {
    let till = Till::open_without_polling(config, Clock::system()).await?;
    if matches!(
        command,
        Command::Pair { .. } | Command::Leave | Command::Settings { .. }
    ) {
        till.record_start(ProgramStart::Brief).await?;
    }
    match command {
        Command::Pair { code, file } => {
            let code = match (code, file) {
                (Some(code), _) => code,
                (None, Some(file)) => std::fs::read_to_string(&file).map_err(|error| {
                    let message = format!("{}: {error}", file.display());
                    Fault::new(Code::OfficeCodeInvalid, message)
                })?,
                (None, None) => {
                    let typed = secret::read("Code: ", MAX_INPUT_BYTES);
                    let typed = typed.or(Err(TillError::OfficeCode))?;
                    typed.expose_secret().to_owned()
                }
            };
            print_line(&describe(&till.pair_with_office(&code).await?));
        }
        Command::Status { json } => match till.office_status().await? {
            Some(status) => Output::new(json).print(&status, describe),
            None => return Err(TillError::OfficeNone.into()),
        },
        Command::Send => {
            till.send_to_office().await?;
            if let Some(status) = till.office_status().await? {
                print_line(&describe(&status));
            }
        }
        Command::Settings { json } => {
            till.take_shared_settings().await?;
            match till.shared_settings() {
                Some(status) => Output::new(json).print(&status, describe_shared),
                None => return Err(TillError::OfficeNone.into()),
            }
        }
        Command::OfferSettings => {
            till.offer_settings().await?;
            print_line("offered");
        }
        Command::Leave => {
            till.leave_office().await?;
            print_line("none");
        }
    }
    Ok(Outcome::Done)
}

fn describe_shared(status: &SharedStatus) -> String {
    let mut lines = vec![match status.number {
        0 => "The office shares nothing.".to_owned(),
        number => format!("Version {number}."),
    }];
    for it in &status.sections {
        let held = match (it.locked, it.changed) {
            (true, _) => "changed at the office alone",
            (false, true) => "changed at this till",
            (false, false) => "as the office has it",
        };
        lines.push(format!("{}: {held}", it.section.as_str()));
    }
    lines.extend(status.refused.iter().map(|it| format!("refused: {it}")));
    lines.join("\n")
}

fn describe(status: &OfficeStatus) -> String {
    format!(
        "Paired as {} with {}: {} of {} entries have arrived.",
        status.name, status.address, status.sent, status.entries
    )
}
