//! Guarantees broken on purpose. A loop that did not notice would prove nothing.

use ringup_core::Till;
use ringup_core::clock::{Clock, UnixMs};
use ringup_core::config::Config;
use ringup_core::gateway::{Client, CreateRequest, Reference, Timeouts};
use ringup_core::ids::SaleNumber;
use ringup_core::journal::JournalFile;
use ringup_core::money::Money;
use ringup_core::sale::{Phase, Purpose};
use serde_json::json;

use super::child::{key, text};
use super::protocol::Message;

/// How the till's process breaks a guarantee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Sabotage {
    /// It acknowledges a charge before it is written.
    AcknowledgeBeforeWriting,
    /// It repeats, after a kill, the request for an invoice that was under way.
    RequestAgain,
}

impl Sabotage {
    /// Its name on the command line.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::AcknowledgeBeforeWriting => "acknowledge-before-writing",
            Self::RequestAgain => "request-again",
        }
    }
}

/// The acknowledgement of a sale that does not exist yet.
pub(super) async fn premature_acknowledgement(request: u64, till: &Till, amount: Money) -> Message {
    let mut number = 1;
    while till.sale(number).await.is_ok() {
        number += 1;
    }
    let sale = json!({"number": number, "amount": amount});
    Message::Done { request, sale }
}

/// The requests that were under way when the till was killed.
pub(super) fn orphans(config: &Config) -> Result<Vec<CreateRequest>, String> {
    let file = JournalFile::open(&config.journal(), Purpose::Practice, UnixMs(0)).map_err(text)?;
    let mut orphans = Vec::new();
    for number in 1.. {
        let Some(sale) = file.sale(SaleNumber(number)).map_err(text)? else {
            break;
        };
        let last = sale.attempts.last();
        if let Some(attempt) = last.filter(|attempt| attempt.phase == Phase::Requesting) {
            let reference = Reference {
                head: "0".repeat(16),
                till: file.till(),
                sale: sale.id,
                number: sale.number,
                attempt: attempt.number,
            };
            orphans.push(CreateRequest {
                amount: sale.amount,
                lifetime_minutes: 15,
                payload: reference.to_payload(),
                webhook: None,
                description: None,
                redirect_url: None,
            });
        }
    }
    Ok(orphans)
}

/// Sends these requests once more.
pub(super) async fn request_again(
    config: &Config,
    orphans: Vec<CreateRequest>,
) -> Result<(), String> {
    let client = Client::new(config.api.clone(), Timeouts::default(), Clock::system())?;
    for request in orphans {
        client.create(&key(), &request).await.map_err(text)?;
    }
    Ok(())
}
