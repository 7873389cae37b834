//! `ringup key`: the key comes in by standard input and never goes out.

use clap::Subcommand;

use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::Fault;
use ringup_core::{KeyStatus, Till, TillError};

use super::End;
use super::out::print;
use super::secret;

/// No key is longer by far; a longer input is something else.
const LONGEST_INPUT: u64 = 4096;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Stores the key that is typed, or that standard input holds
    Set,
    /// Forgets it
    Clear,
    /// Says whether there is one: `stored` or `none`
    Status,
}

pub(super) async fn run(command: Command, config: &Config) -> Result<End, Fault> {
    let till = Till::open_without_polling(config, Clock::system()).await?;
    let status = match command {
        Command::Set => {
            let key = secret::read("Key: ", LONGEST_INPUT);
            let key = key.or(Err(TillError::KeyInvalid("it is not text")))?;
            till.set_key(key).await?
        }
        Command::Clear => till.clear_key().await?,
        Command::Status => till.key_status().await?,
    };
    print(match status {
        KeyStatus::Stored => "stored",
        KeyStatus::None => "none",
    });
    Ok(End::Done)
}
