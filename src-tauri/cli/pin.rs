//! `ringup pin`: set by standard input, taken away without being asked for. Who has a shell as the till's
//! user can delete the file as well; the PIN is for hands at the counter (docs/kiosk.md).

use clap::Subcommand;
use secrecy::{ExposeSecret as _, SecretString};

use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::Fault;
use ringup_core::pin::{Lock, PinError};
use ringup_core::settings::Settings;

use super::End;
use super::out::print;
use super::secret;

/// No PIN is longer by far; a longer input is something else.
const LONGEST_INPUT: u64 = 64;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Sets the PIN that is typed, or that standard input holds: 4 to 12 digits
    Set,
    /// Takes it away; also the way back when it is forgotten
    Clear,
    /// Says whether there is one: `set` or `none`
    Status,
}

pub(super) fn run(command: &Command, config: &Config) -> Result<End, Fault> {
    let lock = Lock::in_folder(&config.data_dir, Clock::system());
    match command {
        Command::Set => {
            lock.set(Some(&read_pin()?))?;
        }
        Command::Clear if Settings::load(&config.data_dir).kiosk.self_service => {
            return Err(PinError::Missing.into());
        }
        Command::Clear => {
            lock.set(None)?;
        }
        Command::Status => {}
    }
    print(if lock.is_set() { "set" } else { "none" });
    Ok(End::Done)
}

fn read_pin() -> Result<SecretString, PinError> {
    let pin = secret::read("PIN: ", LONGEST_INPUT).or(Err(PinError::Invalid))?;
    Ok(SecretString::from(pin.expose_secret().trim()))
}
