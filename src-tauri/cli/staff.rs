//! `ringup staff`: cashiers with PINs of their own, without a window. As with `ringup pin`, nobody is asked who they are:
//! whoever has a shell as the till's user has its files (docs/staff.md).

use clap::Subcommand;
use secrecy::{ExposeSecret as _, SecretString};

use ringup_core::append_to_closed_journal;
use ringup_core::clock::Clock;
use ringup_core::config::Config;
use ringup_core::error::Fault;
use ringup_core::pin::{Lock, PinError};
use ringup_core::sale::{Event, StaffChange};
use ringup_core::settings::Settings;
use ringup_core::staff::{PersonChange, Register, Role, StaffError};

use super::Outcome;
use super::output::print_line;
use super::secret;

/// Far longer than any PIN: what is longer is not a PIN.
const MAX_INPUT_BYTES: u64 = 64;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Lists the cashiers: name, role, and whether they have a PIN or a fob
    List,
    /// Takes in a cashier with the PIN that is typed, or that standard input holds
    Add {
        /// The name, as it stands in the book
        name: String,
        /// `cashier`, `supervisor` or `owner`
        #[arg(long, default_value = "cashier")]
        role: Role,
    },
    /// Gives a cashier another PIN: typed, or from standard input
    Pin {
        /// The name
        name: String,
    },
    /// Takes a cashier's role, PIN and fob away
    Remove {
        /// The name
        name: String,
    },
    /// Takes all PINs and fobs away; also when their file is damaged
    Clear,
}

pub(super) fn run(command: &Command, config: &Config) -> Result<Outcome, Fault> {
    let register = Register::in_folder(&config.data_dir, Clock::system());
    let shop_pin = Lock::in_folder(&config.data_dir, Clock::system()).is_set();
    match command {
        Command::List => list(&register, config),
        Command::Add { name, role } => change(&register, config, name, Some(*role), shop_pin)?,
        Command::Pin { name } if register.role_of(name).is_none() => {
            return Err(StaffError::Unknown.into());
        }
        Command::Pin { name } => change(&register, config, name, None, shop_pin)?,
        Command::Remove { name } => {
            if !register.check_removal(name, shop_pin)? {
                return Err(StaffError::Unknown.into());
            }
            append(config, name, StaffChange::Removed, None, Vec::new())?;
            register.remove(name, shop_pin)?;
        }
        Command::Clear => {
            append(config, "*", StaffChange::Removed, None, Vec::new())?;
            register.clear()?;
        }
    }
    Ok(Outcome::Done)
}

fn list(register: &Register, config: &Config) {
    let named = Settings::load(&config.data_dir).cashiers;
    for person in register.view(&named).people {
        let has = [(person.pin, "pin"), (person.fob, "fob")];
        let has = has.into_iter().filter(|(has, _)| *has);
        let words: Vec<_> = has.map(|(_, word)| word).collect();
        let proofs = if words.is_empty() {
            "-".to_owned()
        } else {
            words.join(",")
        };
        print_line(&format!(
            "{}\t{}\t{proofs}",
            person.name,
            person.role.as_str()
        ));
    }
}

fn change(
    register: &Register,
    config: &Config,
    name: &str,
    role: Option<Role>,
    shop_pin: bool,
) -> Result<(), Fault> {
    let pin = secret::read("PIN: ", MAX_INPUT_BYTES).or(Err(PinError::Invalid))?;
    let pin = SecretString::from(pin.expose_secret().trim());
    Lock::validate(&pin)?;
    let change = PersonChange {
        role,
        pin: Some(pin),
        fob: None,
    };
    let is_new = register.check_change(name, &change, shop_pin)?;
    let what = if is_new {
        StaffChange::Added
    } else {
        StaffChange::Changed
    };
    append(config, name, what, role, change.fields())?;
    Ok(register.change(name, &change, shop_pin)?)
}

fn append(
    config: &Config,
    name: &str,
    change: StaffChange,
    role: Option<Role>,
    fields: Vec<String>,
) -> Result<(), Fault> {
    let event = Event::StaffChanged {
        cashier: name.to_owned(),
        change,
        role,
        fields,
    };
    Ok(append_to_closed_journal(
        config,
        event,
        Clock::system().now(),
    )?)
}
