//! `ringup key`: stores and removes the API key. It is read from standard input and never printed.

use clap::Subcommand;

use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::Fault;
use ringup_core::{KeyStatus, OpenInvoices, ProgramStart, Till, TillError};

use super::Outcome;
use super::output::print_line;
use super::secret;

/// Far longer than any key: what is longer is not a key.
const MAX_INPUT_BYTES: u64 = 4096;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Stores the key that is typed, or that standard input holds
    Set(ChangeArgs),
    /// Forgets it
    Clear(ChangeArgs),
    /// Says whether there is one: `stored` or `none`
    Status,
}

#[derive(Debug, clap::Args)]
pub(super) struct ChangeArgs {
    /// Even if codes that may still be paid are lost from sight, because another account's key cannot see them
    #[arg(long)]
    lose_open: bool,
}

impl ChangeArgs {
    fn open_invoices(&self) -> OpenInvoices {
        if self.lose_open {
            OpenInvoices::Lose
        } else {
            OpenInvoices::Keep
        }
    }
}

pub(super) async fn run(command: Command, config: &Config) -> Result<Outcome, Fault> {
    let till = Till::open_without_polling(config, Clock::system()).await?;
    if !matches!(command, Command::Status) {
        till.record_start(ProgramStart::Brief).await?;
    }
    let status = match command {
        Command::Set(args) => {
            let key = secret::read("Key: ", MAX_INPUT_BYTES);
            let key = key.or(Err(TillError::KeyInvalid("it is not text")))?;
            till.set_key(key, args.open_invoices()).await?
        }
        Command::Clear(args) => till.clear_key(args.open_invoices()).await?,
        Command::Status => till.key_status().await?,
    };
    print_line(match status {
        KeyStatus::Stored => "stored",
        KeyStatus::None => "none",
    });
    Ok(Outcome::Done)
}
