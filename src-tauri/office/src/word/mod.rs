//! Word to the owner: what has happened goes out by e-mail or as a webhook, to the addresses that the owner has chosen for
//! it.
//!
//! The fold writes an event down in the transaction in which it saw it ([`crate::store`], table `word`), with one delivery
//! for each address that wants it. A task of each office takes what is due by a lease and sends it; a lease that an office
//! did not end comes to another one. So an event is told at least once, with an id that stays the same however often it is
//! sent, and selling waits for none of it.

mod content;
mod event;
mod hook;
mod hook_url;
mod mail;
mod mail_server;
mod network;
mod retry;
mod sending;

use ringup_core::calendar::Zone;

pub(crate) use content::{Told, headline, language_of};
pub use event::{SaleFacts, WordEvent, WordKind};
pub use hook::HookSecrets;
pub use hook_url::{HookUrl, HookUrlError};
pub use mail_server::{MailServer, MailServerError};
pub use network::Networks;
pub use retry::Outcome;
pub(crate) use retry::next_try;
pub use sending::{Sender, keep_sending};

/// By what an office sends word.
#[derive(Debug, Clone, Default)]
pub struct WordConfig {
    /// The mail server; `None`: no e-mail leaves.
    pub mail: Option<MailServer>,
    /// What webhooks are signed with.
    pub secrets: HookSecrets,
    /// Private networks to which webhooks may go.
    pub networks: Networks,
}

/// Where a message points its reader.
#[derive(Debug, Clone)]
pub(crate) struct OwnersPages {
    /// Host and port of the owner's pages.
    pub(crate) address: String,
    /// The zone in which times are told.
    pub(crate) zone: Zone,
}

/// A text from outside as it may stand in a message: one line of a reasonable length, without control characters or signs
/// that turn its direction.
pub(crate) fn one_line(text: &str, longest: usize) -> String {
    let is_seen = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(is_seen).take(longest).collect()
}

/// Whether a text is an e-mail address that every mail server takes.
pub(crate) fn is_mail_address(text: &str) -> bool {
    text.is_ascii() && text.len() <= 254 && text.parse::<lettre::Address>().is_ok()
}
