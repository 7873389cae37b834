//! `ringup pin`: sets the PIN from standard input, and removes it without asking for it. Whoever has a shell as the
//! till's user could delete the file as well; the PIN protects the till against people at its window (docs/kiosk.md).

use clap::Subcommand;
use secrecy::{ExposeSecret as _, SecretString};

use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::Fault;
use ringup_core::pin::{Lock, PinError};
use ringup_core::sale::Event;
use ringup_core::settings::Settings;
use ringup_core::{TillError, append_to_closed_journal};

use super::Outcome;
use super::output::{print_error, print_line};
use super::secret;

/// Far longer than any PIN: what is longer is not a PIN.
const MAX_INPUT_BYTES: u64 = 64;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Sets the PIN that is typed, or that standard input holds: 4 to 12 digits
    Set,
    /// Removes it; also for a PIN that was forgotten
    Clear,
    /// Says whether there is one: `set` or `none`
    Status,
}

pub(super) fn run(command: &Command, config: &Config) -> Result<Outcome, Fault> {
    let lock = Lock::in_folder(&config.data_dir, Clock::system());
    match command {
        Command::Set => {
            let pin = read_pin()?;
            Lock::validate(&pin)?;
            // A journal that cannot be written must not keep anybody from locking the till.
            if let Err(error) = append(config, Event::PinChanged { set: true }) {
                print_error(&error.into());
            }
            lock.set(Some(&pin))?;
        }
        Command::Clear if Settings::load(&config.data_dir).kiosk.self_service => {
            return Err(PinError::Missing.into());
        }
        Command::Clear => {
            let count = lock.unrecorded_refusals();
            if count > 0 {
                append(
                    config,
                    Event::PinRefused {
                        count,
                        cashier: None,
                    },
                )?;
            }
            append(config, Event::PinChanged { set: false })?;
            lock.set(None)?;
        }
        Command::Status => {}
    }
    print_line(if lock.is_set() { "set" } else { "none" });
    Ok(Outcome::Done)
}

fn append(config: &Config, event: Event) -> Result<(), TillError> {
    append_to_closed_journal(config, event, Clock::system().now())
}

fn read_pin() -> Result<SecretString, PinError> {
    let pin = secret::read("PIN: ", MAX_INPUT_BYTES).or(Err(PinError::Invalid))?;
    Ok(SecretString::from(pin.expose_secret().trim()))
}
