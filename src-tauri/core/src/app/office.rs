//! The till and its back office: pairing, leaving, what is known of it, and the task that sends what is in the journal.
//!
//! Nothing is sent unless the till is paired, and nothing that sells ever waits for it: the task reads entries that are on
//! the disk already, one batch at a time. A practice till has no office.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde::Serialize;

use super::{Inner, Till, TillError};
use crate::clock::UnixMs;
use crate::journal::JournalFile;
use crate::keychain::Keychain;
use crate::office::{
    Backoff, Batch, Client, KeptHead, OfficeError, PairRequest, Pairing, PairingCode, Reply,
    SecretToken, SignedHead,
};
use crate::sale::Purpose;

/// How often a till that is not paired looks whether it is by now: another program may have paired it.
const UNPAIRED: Duration = Duration::from_secs(5);

/// What the till knows of its office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfficeStatus {
    /// What the office calls this till.
    pub name: String,
    /// Its host and port.
    pub address: String,
    /// How many entries the office has signed for, by the last head that was kept.
    pub sent: u64,
    /// When it signed that head, seconds since 1970-01-01 UTC by its clock.
    pub signed_at_unix: Option<i64>,
    /// How many entries the journal has.
    pub entries: u64,
}

impl Till {
    /// Pairs this till with the office of a code. What is in the journal is sent from then on.
    ///
    /// # Errors
    /// [`TillError::Office`], [`TillError::OfficeCode`], [`TillError::Keychain`], [`TillError::Pairing`]. The till is not
    /// paired then, though the code may be used up.
    pub async fn pair_with_office(&self, code: &str) -> Result<OfficeStatus, TillError> {
        let inner = &self.inner;
        if inner.purpose == Purpose::Practice {
            return Err(TillError::OfficeNone);
        }
        let code: PairingCode = code.parse().or(Err(TillError::OfficeCode))?;
        let till = inner.till_id;
        let keychain = Keychain::new(Pairing::token_user(till));
        // A keychain that fails must not cost the code.
        keychain.get().await?;
        let client = Client::new(&code.address, code.fingerprint)?;
        let request = PairRequest {
            secret: SecretToken(code.secret.clone()),
            till,
        };
        let answer = client.pair(&request).await.map_err(|error| match error {
            OfficeError::Refused(refusal) if refusal.code == "code_invalid" => {
                TillError::OfficeCode
            }
            other => other.into(),
        })?;
        keychain.set(answer.token.0).await?;
        KeptHead::forget(&inner.journal_path);
        let pairing = Pairing {
            till,
            address: code.address,
            fingerprint: code.fingerprint.as_ref().map(Pairing::fingerprint_text),
            office: answer.office,
            name: answer
                .name
                .chars()
                .filter(|c| !c.is_control())
                .take(100)
                .collect(),
        };
        pairing.save(&inner.data_dir)?;
        self.office_status().await?.ok_or(TillError::OfficeNone)
    }

    /// Leaves the office: nothing more is sent, and the token is gone. What the office has stays there.
    ///
    /// # Errors
    /// [`TillError::OfficeNone`], [`TillError::Keychain`], [`TillError::Pairing`].
    pub async fn leave_office(&self) -> Result<(), TillError> {
        let inner = &self.inner;
        let pairing = Pairing::load(&inner.data_dir)?.ok_or(TillError::OfficeNone)?;
        // First the file: without it nothing is sent, whatever the keychain does.
        Pairing::remove(&inner.data_dir)?;
        KeptHead::forget(&inner.journal_path);
        Keychain::new(Pairing::token_user(pairing.till))
            .clear()
            .await?;
        Ok(())
    }

    /// What is known of the office; `None`: the till is not paired.
    ///
    /// # Errors
    /// [`TillError::Pairing`], [`TillError::Journal`].
    pub async fn office_status(&self) -> Result<Option<OfficeStatus>, TillError> {
        let inner = &self.inner;
        let Some(pairing) = inner.pairing()? else {
            return Ok(None);
        };
        let kept = KeptHead::of_journal(&inner.journal_path).ok().flatten();
        let head = kept.map(|kept| kept.head);
        Ok(Some(OfficeStatus {
            name: pairing.name,
            address: pairing.address,
            sent: head.as_ref().map_or(0, |head| head.seq),
            signed_at_unix: head.map(|head| head.signed_at_unix),
            entries: inner.journal.call(|file| file.last_seq()).await?,
        }))
    }

    /// Sends until the office has everything, or refuses, or cannot be reached. For a command that ends; the window does
    /// it by itself.
    ///
    /// # Errors
    /// [`TillError::OfficeNone`], [`TillError::Office`], [`TillError::Keychain`], [`TillError::Journal`].
    pub async fn send_to_office(&self) -> Result<(), TillError> {
        let mut sender = Sender::open(&self.inner)
            .await?
            .ok_or(TillError::OfficeNone)?;
        while sender.send_once(&self.inner).await? == Reply::Taken {}
        Ok(())
    }
}

impl Inner {
    /// The office of this journal's till. The shop's other journals, of other gateways, have none.
    fn pairing(&self) -> Result<Option<Pairing>, TillError> {
        let pairing = Pairing::load(&self.data_dir)?;
        Ok(pairing.filter(|pairing| pairing.till == self.till_id))
    }
}

/// Sends what is in the journal, as long as the till lives.
pub(super) async fn run(till: Arc<Inner>) {
    if till.purpose == Purpose::Practice {
        return;
    }
    let mut backoff = Backoff::default();
    let mut sender: Option<Sender> = None;
    loop {
        let wait = match round(&till, &mut sender).await {
            Ok(None) => UNPAIRED,
            Ok(Some(reply)) => backoff.wait(reply, rand::random()),
            Err(error) => {
                tracing::warn!(%error, "nothing is sent to the back office");
                // What was known of the office is asked anew.
                sender = None;
                backoff.wait(reply_to(&error), rand::random())
            }
        };
        sleep_until_paired_anew(&till, wait).await;
    }
}

/// Waits, but no longer than until the till is paired anew or has left: what an office refused is no word of another.
async fn sleep_until_paired_anew(till: &Inner, wait: Duration) {
    let before = till.pairing().ok();
    let until = tokio::time::Instant::now() + wait;
    loop {
        let slice = tokio::time::Instant::now() + UNPAIRED;
        tokio::time::sleep_until(until.min(slice)).await;
        let is_over = tokio::time::Instant::now() >= until;
        if is_over || till.pairing().ok() != before {
            return;
        }
    }
}

/// One batch at most. `None`: the till is not paired.
async fn round(till: &Arc<Inner>, sender: &mut Option<Sender>) -> Result<Option<Reply>, TillError> {
    // Asked each time: a till that has left its office sends nothing more.
    let pairing = till.pairing()?;
    if sender.as_ref().map(|it| &it.pairing) != pairing.as_ref() {
        *sender = Sender::open(till).await?;
    }
    match sender {
        None => Ok(None),
        Some(sender) => Ok(Some(sender.send_once(till).await?)),
    }
}

/// What a failure means for the next try.
fn reply_to(error: &TillError) -> Reply {
    match error {
        TillError::Office(OfficeError::Busy { retry_after }) => Reply::Later(*retry_after),
        // Something came in between: the head that is asked next tells what is missing.
        TillError::Office(OfficeError::Refused(refusal)) if refusal.code == "gap" => {
            Reply::Later(None)
        }
        TillError::Office(OfficeError::Refused(_) | OfficeError::HeadForged) => Reply::Refused,
        _ => Reply::Later(None),
    }
}

/// A till that sends.
struct Sender {
    pairing: Pairing,
    token: SecretString,
    client: Client,
    journal: PathBuf,
    /// The last head that the office has signed; `None`: it is to be asked.
    head: Option<SignedHead>,
}

impl Sender {
    /// The sender of this till, if it is paired.
    async fn open(till: &Inner) -> Result<Option<Self>, TillError> {
        let Some(pairing) = till.pairing()? else {
            return Ok(None);
        };
        let keychain = Keychain::new(Pairing::token_user(pairing.till));
        let token = keychain.get().await?.ok_or(TillError::OfficeNone)?;
        Ok(Some(Self {
            client: Client::new(&pairing.address, pairing.pin()?)?,
            token,
            journal: till.journal_path.clone(),
            head: None,
            pairing,
        }))
    }

    /// Sends one batch, if there is one.
    async fn send_once(&mut self, till: &Inner) -> Result<Reply, TillError> {
        let head = match &self.head {
            Some(head) => head.clone(),
            None => {
                let Pairing {
                    till: id, office, ..
                } = &self.pairing;
                let head = self.client.head(&self.token, *id, office).await?;
                self.keep(&head, till);
                head
            }
        };
        let read = move |file: &mut JournalFile| next_batch(file, &head);
        let Some(batch) = till.journal.call(read).await? else {
            return Ok(Reply::Nothing);
        };
        let Pairing {
            till: id, office, ..
        } = &self.pairing;
        let head = self.client.send(&self.token, *id, office, &batch).await?;
        // A head that does not move would send the same batch without a pause.
        let moved = self
            .head
            .as_ref()
            .is_none_or(|before| head.seq > before.seq);
        self.keep(&head, till);
        Ok(if moved {
            Reply::Taken
        } else {
            Reply::Later(None)
        })
    }

    /// Keeps what the office has signed, beside the journal as well, unless it signed more before: an office that lost
    /// something does not unsay it.
    fn keep(&mut self, head: &SignedHead, till: &Inner) {
        self.head = Some(head.clone());
        let before = KeptHead::of_journal(&self.journal).ok().flatten();
        if before.is_none_or(|before| head.seq >= before.head.seq) {
            let kept = KeptHead {
                office: self.pairing.office.clone(),
                head: head.clone(),
                kept_at_unix_ms: till.clock.now(),
            };
            kept.keep(&self.journal);
        }
    }
}

/// What the office has not got. Where the journal does not hold what the office has signed, it is sent from before that
/// on: the office then sees the fork, and says so.
fn next_batch(
    file: &JournalFile,
    head: &SignedHead,
) -> Result<Option<Batch>, crate::journal::JournalError> {
    let known =
        head.seq == 0 || file.continues(head.seq, &head.hash.to_string(), UnixMs(i64::MAX))?;
    if known {
        return Batch::after(file, head.seq);
    }
    let last = file.last_seq()?.min(head.seq);
    tracing::error!(
        entry = head.seq,
        "the journal does not hold what the back office has signed"
    );
    Batch::after(file, last.saturating_sub(1))
}
