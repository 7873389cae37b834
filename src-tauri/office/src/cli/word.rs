//! `ringup-office word`: where word to the owner goes, what became of it, and whether it arrives.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use ringup_office::store::{DeliveryState, WordAddress, WordWay};
use ringup_office::witness::Witness;
use ringup_office::word::{HookSecrets, MailServer, Networks, Outcome, Sender, WordConfig};

use super::{Failure, print, print_line};

/// By what an office sends word.
#[derive(Debug, Args)]
pub(super) struct WordArgs {
    /// The mail server for word to the owner: smtps://user@mail.example, or smtp://… with STARTTLS. A password belongs into
    /// the environment or into the file below, not here. ?ca=FILE names authorities that this machine does not know
    #[arg(
        long,
        env = "RINGUP_OFFICE_SMTP",
        hide_env_values = true,
        value_name = "URL",
        requires = "mail_from",
        global = true
    )]
    smtp: Option<String>,
    /// A file with the mail server's password; for the office's user alone
    #[arg(
        long,
        env = "RINGUP_OFFICE_SMTP_PASSWORD_FILE",
        value_name = "FILE",
        global = true
    )]
    smtp_password_file: Option<PathBuf>,
    /// From whom mails are: "Ringup <till@shop.example>"
    #[arg(
        long,
        env = "RINGUP_OFFICE_MAIL_FROM",
        value_name = "ADDRESS",
        global = true
    )]
    mail_from: Option<String>,
    /// Private networks to which webhooks may go, with commas between them: 192.168.1.0/24. None by default
    #[arg(
        long,
        env = "RINGUP_OFFICE_WEBHOOK_NETWORKS",
        value_name = "NETWORKS",
        global = true
    )]
    webhook_networks: Option<String>,
}

impl WordArgs {
    pub(super) fn config(&self, witness: &Witness) -> Result<WordConfig, Failure> {
        let mail = match (&self.smtp, &self.mail_from) {
            (Some(address), Some(from)) => Some(MailServer::read(
                address,
                self.smtp_password_file.as_deref(),
                from,
            )?),
            _ => None,
        };
        let networks = self.webhook_networks.as_deref().unwrap_or_default();
        Ok(WordConfig {
            mail,
            secrets: HookSecrets::new(witness.secret_for("webhooks")),
            networks: networks.parse::<Networks>()?,
        })
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum WordCommand {
    /// The addresses, and the last words to them
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Sends a word of trial to an address, and says what came of it
    Test {
        /// Its id, or the address itself
        address: String,
    },
}

pub(super) async fn carry_out(command: &WordCommand, sender: &Sender) -> Result<ExitCode, Failure> {
    match command {
        WordCommand::List { json } => list(sender, *json).await,
        WordCommand::Test { address } => test(sender, address).await,
    }
}

async fn list(sender: &Sender, json: bool) -> Result<ExitCode, Failure> {
    let store = sender.store();
    for address in store.word_addresses().await? {
        let kinds: Vec<&str> = address.events.keys().map(|kind| kind.as_str()).collect();
        let shown = json!({
            "address": address.id,
            "way": address.way,
            "target": address.shown(),
            "language": address.language.tag(),
            "events": kinds,
        });
        print(json, &shown, |_| {
            let way = way(address.way);
            format!(
                "{way}\t{}\t{}\t{}",
                address.id,
                address.shown(),
                kinds.join(" ")
            )
        })?;
    }
    for row in store.deliveries(None).await? {
        print(json, &row, |row| {
            let state = match row.state {
                DeliveryState::Waiting => "waiting",
                DeliveryState::Delivered => "delivered",
                DeliveryState::GivenUp => "given up",
            };
            let what = row.event.name();
            format!(
                "{state}\t{}\t{what}\t{}\ttried {}\t{}",
                row.id, row.target, row.tries, row.answer
            )
        })?;
    }
    Ok(ExitCode::SUCCESS)
}

fn way(way: WordWay) -> &'static str {
    way.into()
}

async fn test(sender: &Sender, address: &str) -> Result<ExitCode, Failure> {
    let store = sender.store();
    let all = store.word_addresses().await?;
    let is_named = |it: &&WordAddress| it.id == address || it.target == address;
    let found = all.iter().find(is_named);
    let found = found.ok_or_else(|| format!("there is no address {address}"))?;
    let now = sender.now();
    let id = store.try_word(&found.id, now).await?;
    let id = id.ok_or("ten words of trial within an hour are enough")?;
    let Some(taken) = store.take_delivery(&id, now).await? else {
        print_line("another office sends it; ringup-office word list tells what came of it");
        return Ok(ExitCode::SUCCESS);
    };
    let outcome = sender.deliver(&taken).await;
    print_line(outcome.answer());
    Ok(match outcome {
        Outcome::Delivered { .. } => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}
