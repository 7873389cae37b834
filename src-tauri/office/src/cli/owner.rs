//! `ringup-office owner`: who may sign in to the pages. What is done here is in the audit list, too.

use std::io::{self, IsTerminal as _, Read as _};
use std::process::ExitCode;

use clap::Subcommand;
use secrecy::SecretString;

use ringup_core::clock::UnixMs;
use ringup_office::pages::{draw_setup_secret, passphrase};
use ringup_office::store::{Act, Store};

use super::{Failure, print, print_line};

/// How long a setup link works.
const SETUP_VALID_MS: i64 = 60 * 60 * 1000;
/// The most bytes of a passphrase that come from a pipe.
const MAX_INPUT_BYTES: u64 = 4096;
/// The longest name, in characters, as on the pages.
const MAX_NAME_CHARS: usize = 60;
/// Who did what is done on the command line, and from where.
const HERE: &str = "ringup-office";

#[derive(Debug, Subcommand)]
pub(super) enum OwnerCommand {
    /// Who may sign in
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Gives an owner a passphrase, read from the terminal or from standard input; makes the owner where there is none
    SetPassphrase {
        /// By which the owner signs in
        name: String,
    },
    /// Shows a link that makes one owner, for an hour
    SetupLink,
    /// From now on this owner signs in without one-time codes, until they switch them on again
    ResetCodes {
        /// Whose
        name: String,
    },
    /// Takes an owner away; they are signed out everywhere
    Remove {
        /// Whom
        name: String,
    },
}

pub(super) async fn carry_out(
    command: &OwnerCommand,
    store: &Store,
    address: &str,
    now: UnixMs,
) -> Result<ExitCode, Failure> {
    match command {
        OwnerCommand::List { json } => {
            for owner in store.owners().await? {
                print(*json, &owner, |owner| {
                    let codes = if owner.has_code { "codes" } else { "-" };
                    format!("{}\t{codes}", owner.name)
                })?;
            }
        }
        OwnerCommand::SetPassphrase { name } => set_passphrase(store, name, now).await?,
        OwnerCommand::SetupLink => print_line(&setup_link(store, address, now).await?),
        OwnerCommand::ResetCodes { name } => {
            require(store, name).await?;
            store.note(HERE, Act::CodesOff, name, "", now).await?;
            store.set_code_secret(name, None).await?;
            print_line(&format!("{name} signs in without codes"));
        }
        OwnerCommand::Remove { name } => {
            require(store, name).await?;
            store.note(HERE, Act::OwnerRemoved, name, "", now).await?;
            store.remove_owner(name).await?;
            print_line(&format!("{name} is no owner any more"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A link that makes one owner.
pub(super) async fn setup_link(
    store: &Store,
    address: &str,
    now: UnixMs,
) -> Result<String, Failure> {
    let secret = draw_setup_secret();
    store.offer_setup(&secret, now.plus(SETUP_VALID_MS)).await?;
    Ok(format!("https://{address}/setup/{secret}"))
}

async fn require(store: &Store, name: &str) -> Result<(), Failure> {
    match store.owner(name).await? {
        Some(_) => Ok(()),
        None => Err(format!("there is no owner {name}").into()),
    }
}

async fn set_passphrase(store: &Store, name: &str, now: UnixMs) -> Result<(), Failure> {
    let name = name.trim();
    let fits = !name.is_empty() && name.chars().count() <= MAX_NAME_CHARS;
    if !fits || name.chars().any(char::is_control) {
        return Err(format!("a name has 1 to {MAX_NAME_CHARS} characters").into());
    }
    let hash = passphrase::hash(read_passphrase()?).await?;
    store.note(HERE, Act::PassphraseSet, name, "", now).await?;
    store.set_passphrase(name, &hash, now).await?;
    print_line(&format!("{name} signs in with it"));
    Ok(())
}

/// Typed twice without being shown, or a line of standard input.
fn read_passphrase() -> Result<SecretString, Failure> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        let typed = rpassword::prompt_password("Passphrase: ")?;
        if typed != rpassword::prompt_password("The same again: ")? {
            return Err("the two differ".into());
        }
        return Ok(typed.into());
    }
    let mut text = String::new();
    stdin.take(MAX_INPUT_BYTES).read_to_string(&mut text)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned().into())
}
