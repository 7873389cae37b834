//! The task that sends what is in the journal to the office: entries that are on the disk already, one batch at a time.
//! It also takes another token now and then, and sends a journal that the office holds another one of, so that both are
//! there when somebody decides.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;

use super::shared_line::{self, SharedLine};
use super::{Inner, TillError, TillEvent};
use crate::files;
use crate::journal::JournalFile;
use crate::keychain::Keychain;
use crate::office::{
    Backoff, Batch, Client, EntryHash, KeptHead, KeptProfile, OfficeError, OfficeState, Pairing,
    PairingError, ReceiptTexts, Reply, SignedHead, Trouble,
};
use crate::sale::Purpose;

/// How often a till that is not paired looks whether it is by now: another program may have paired it.
const UNPAIRED: Duration = Duration::from_secs(5);
/// How long a change of a sale is left alone: a tap has more to write, and nobody at the office sees the difference.
const AFTER_SALE: Duration = Duration::from_millis(150);
/// How often the office is asked for its head although there is nothing to send: it may have lost something, or not
/// take this till any more.
const ASKED_ANYWAY: Duration = Duration::from_secs(300);
/// How long after a failure another token is asked for again.
const RENEWED_AGAIN: Duration = Duration::from_secs(3600);
/// How long after the office was told the shop's words on receipts it is told them again: when it was, and when it was not.
const TEXTS_AGAIN: Duration = Duration::from_secs(3600);
const TEXTS_AFTER_FAILURE: Duration = Duration::from_secs(60);
/// One program at a time takes another token: the one that is stored last must be one that is valid.
const TOKEN_LOCK: &str = "office.lock";

/// Sends what is in the journal, as long as the till lives.
pub(super) async fn run(till: Arc<Inner>) {
    if till.purpose == Purpose::Practice {
        return;
    }
    shared_line::finish(&till).await;
    let mut backoff = Backoff::default();
    let mut sender: Option<Sender> = None;
    loop {
        let mut events = till.events.subscribe();
        let wait = match round(&till, &mut sender).await {
            Ok(None) => {
                till.office_forgotten();
                till.leave_shared();
                UNPAIRED
            }
            Ok(Some(reply)) => {
                if let Reply::Taken | Reply::Nothing = reply {
                    till.office_answered();
                }
                let wait = backoff.wait(reply, rand::random());
                if reply == Reply::Nothing {
                    sleep_until_sold(&mut events, wait).await;
                    continue;
                }
                wait
            }
            Err(error) => {
                tracing::warn!(%error, "nothing is sent to the back office");
                let reply = reply_to(&error);
                // What was known of the office is asked anew; not what it keeps beside its book.
                match &mut sender {
                    Some(sender) if reply == Reply::Undecided => sender.head = None,
                    sender => *sender = None,
                }
                till.office_failed(error).await;
                backoff.wait(reply, rand::random())
            }
        };
        sleep_until_paired_anew(&till, wait).await;
    }
}

/// Waits until a sale of this program has changed and is left alone for a moment, and at most so long: what other programs
/// of this till write is looked for then.
async fn sleep_until_sold(events: &mut broadcast::Receiver<TillEvent>, wait: Duration) {
    let sold = async {
        loop {
            match events.recv().await {
                Ok(TillEvent::SaleChanged(_)) | Err(RecvError::Lagged(_)) => return,
                Ok(_) => {}
                // Nobody will say anything any more.
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    };
    if tokio::time::timeout(wait, sold).await.is_ok() {
        tokio::time::sleep(AFTER_SALE).await;
    }
}

/// Waits, but no longer than until the till is paired anew or has left: what an office refused is no word of another.
pub(super) async fn sleep_until_paired_anew(till: &Inner, wait: Duration) {
    let before = till.pairing().ok();
    let until = Instant::now() + wait;
    loop {
        let slice = Instant::now() + UNPAIRED;
        tokio::time::sleep_until(until.min(slice)).await;
        if Instant::now() >= until || till.pairing().ok() != before {
            return;
        }
    }
}

/// One batch at most. `None`: the till is not paired.
async fn round(till: &Arc<Inner>, sender: &mut Option<Sender>) -> Result<Option<Reply>, TillError> {
    // Asked each time: a till that has left its office sends nothing more, and one whose token another program has
    // changed takes the new one.
    let pairing = till.pairing()?;
    if sender.as_ref().map(|it| &it.pairing) != pairing.as_ref() {
        *sender = Sender::open(till).await?;
    }
    let Some(open) = sender else {
        return Ok(None);
    };
    match open.send_once(till).await {
        Ok(reply) => {
            if reply == Reply::Nothing {
                if let Err(error) = open.renew_token_when_old(till).await {
                    tracing::warn!(%error, "the till keeps its token for now");
                }
                open.keep_settings_when_due(till).await;
            }
            Ok(Some(reply))
        }
        Err(error) => {
            // Another program may have stored a newer one.
            if is_token_refused(&error)
                && let Ok(Some(stored)) = Sender::open(till).await
                && stored.has_another_token(open)
            {
                *open = stored;
                return Ok(Some(Reply::Taken));
            }
            Err(error)
        }
    }
}

pub(super) fn is_token_refused(error: &TillError) -> bool {
    let refused = Trouble::Lasting(OfficeState::TokenRefused);
    matches!(error, TillError::Office(error) if Trouble::of(error) == refused)
}

/// What a failure means for the next try.
pub(super) fn reply_to(error: &TillError) -> Reply {
    let TillError::Office(error) = error else {
        return Reply::Later(None);
    };
    match (Trouble::of(error), error) {
        (_, OfficeError::Busy { retry_after }) => Reply::Later(*retry_after),
        // Something came in between: the head that is asked next tells what is missing.
        (Trouble::Passing, _) => Reply::Later(None),
        (Trouble::Lasting(OfficeState::Quarantined | OfficeState::SetAside), _) => Reply::Undecided,
        (Trouble::Lasting(_), _) => Reply::Refused,
    }
}

/// A till that sends.
pub(super) struct Sender {
    pairing: Pairing,
    pub(super) token: SecretString,
    pub(super) client: Client,
    pub(super) shared: SharedLine,
    journal: PathBuf,
    /// The last head that the office has signed; `None`: it is to be asked.
    head: Option<SignedHead>,
    /// When the office last answered; `None`: it has not yet.
    answered: Option<Instant>,
    /// What goes beside the office's book.
    beside: Option<Beside>,
    /// Before then no other token is asked for.
    renewed_after: Option<Instant>,
    /// The shop's words on receipts that the office was told last, and when it is told them again.
    receipt_texts: Option<(ReceiptTexts, Instant)>,
}

/// How far a journal is sent that the office holds another one of.
struct Beside {
    /// The head of that other one.
    head: EntryHash,
    /// The last entry that the office has: one that both journals hold, or one that it keeps beside its book.
    sent: u64,
}

impl Sender {
    /// The sender of this till, if it is paired.
    pub(super) async fn open(till: &Inner) -> Result<Option<Self>, TillError> {
        let Some(pairing) = till.pairing()? else {
            return Ok(None);
        };
        let keychain = Keychain::new(Pairing::token_user(pairing.till));
        let token = keychain.get().await?.ok_or(TillError::OfficeNone)?;
        Ok(Some(Self {
            client: Client::new(&pairing.address, pairing.pin()?)?,
            token,
            shared: SharedLine::default(),
            journal: till.journal_path.clone(),
            head: None,
            answered: None,
            beside: None,
            renewed_after: None,
            receipt_texts: None,
            pairing,
        }))
    }

    fn has_another_token(&self, than: &Self) -> bool {
        self.token.expose_secret() != than.token.expose_secret()
    }

    /// Sends one batch, if there is one.
    pub(super) async fn send_once(&mut self, till: &Inner) -> Result<Reply, TillError> {
        self.client.report(&till.report());
        let head = self.known_head(till).await?;
        let seq = head.seq;
        let own = till.journal.call(move |file| file.hash_at(seq)).await?;
        if seq > 0 && own != Some(head.hash.0) {
            return self.send_beside(till, head).await;
        }
        self.beside = None;
        self.keep(&head, till)?;
        self.send_receipt_texts(till).await;
        let read = move |file: &mut JournalFile| Batch::after(file, seq);
        let Some(batch) = till.journal.call(read).await? else {
            return Ok(Reply::Nothing);
        };
        let head = self.send(&batch).await?;
        // A head that does not move would send the same batch without a pause.
        let moved = head.seq > seq;
        self.keep(&head, till)?;
        Ok(match moved {
            true => Reply::Taken,
            false => Reply::Later(None),
        })
    }

    /// Tells the office the shop's words on receipts when they have changed, and now and then: its book may be an older
    /// one. They are no part of the journal, so what goes wrong with them holds no entry up.
    async fn send_receipt_texts(&mut self, till: &Inner) {
        let Some(texts) = till.receipt_texts() else {
            return;
        };
        let known = self.receipt_texts.as_ref();
        if known.is_some_and(|(told, again_at)| *told == texts && Instant::now() < *again_at) {
            return;
        }
        let sent = self.client.send_receipt_texts(&self.token, &texts).await;
        let again = match &sent {
            Ok(()) => TEXTS_AGAIN,
            Err(error) => {
                tracing::warn!(%error, "the back office was not told what stands on receipts");
                TEXTS_AFTER_FAILURE
            }
        };
        self.receipt_texts = Some((texts, Instant::now() + again));
    }

    /// The head that the office signed last. It is asked for where that is not known, or was long ago.
    async fn known_head(&mut self, till: &Inner) -> Result<SignedHead, TillError> {
        let is_recent = self.answered.is_some_and(|at| at.elapsed() < ASKED_ANYWAY);
        if let Some(head) = self.head.clone().filter(|_| is_recent) {
            return Ok(head);
        }
        let Pairing {
            till: id, office, ..
        } = &self.pairing;
        let head = self.client.head(&self.token, *id, office).await?;
        self.answered = Some(Instant::now());
        self.head = Some(head.clone());
        self.ask_for_profile(till).await;
        Ok(head)
    }

    /// Asks what the office tells about itself. Sending needs none of it, so a failure waits for the next time.
    async fn ask_for_profile(&self, till: &Inner) {
        match self.client.profile(&self.token).await {
            // A till that has left meanwhile keeps nothing of it.
            Ok(profile) => {
                if let Ok(Some(pairing)) = till.pairing() {
                    KeptProfile::keep(&pairing.office, profile, &till.data_dir);
                }
            }
            Err(error) => tracing::debug!(%error, "the back office tells nothing about itself"),
        }
    }

    async fn send(&mut self, batch: &Batch) -> Result<SignedHead, TillError> {
        let Pairing { till, office, .. } = &self.pairing;
        let head = self.client.send(&self.token, *till, office, batch).await?;
        self.answered = Some(Instant::now());
        self.head = Some(head.clone());
        Ok(head)
    }

    /// Sends the next part of a journal that does not hold what the office has signed, from the last entry on that both
    /// hold: the office keeps it beside its book, and says so.
    async fn send_beside(&mut self, till: &Inner, head: SignedHead) -> Result<Reply, TillError> {
        let mut beside = match self.beside.take() {
            Some(beside) if beside.head == head.hash => beside,
            _ => self.begin_beside(till, &head).await?,
        };
        let from = beside.sent;
        let read = move |file: &mut JournalFile| Batch::after(file, from);
        let Some(batch) = till.journal.call(read).await? else {
            self.head = None;
            self.beside = Some(beside);
            return Ok(Reply::Undecided);
        };
        let sent = self.send(&batch).await;
        let is_kept = match &sent {
            Err(error) => reply_to(error) == Reply::Undecided,
            Ok(_) => false,
        };
        if is_kept {
            beside.sent = batch.last_seq();
        }
        let seq = beside.sent;
        self.beside = Some(beside);
        let is_all = till.journal.call(|file| file.last_seq()).await? <= seq;
        match sent {
            Err(_) if is_kept && !is_all => Ok(Reply::Taken),
            Err(error) => Err(error),
            // Somebody has decided for this journal meanwhile.
            Ok(_) => Ok(Reply::Taken),
        }
    }

    /// Finds the last entry that both journals hold. What the office has signed is kept as evidence, unless the journal
    /// says itself that it was restored there.
    async fn begin_beside(&self, till: &Inner, head: &SignedHead) -> Result<Beside, TillError> {
        tracing::error!(
            entry = head.seq,
            "the journal does not hold what the back office has signed"
        );
        let last = till.journal.call(|file| file.last_seq()).await?;
        // Both hold entry `shared`; from `differs` on none is the same.
        let (mut shared, mut differs) = (0, last.min(head.seq).saturating_add(1));
        while differs - shared > 1 {
            let middle = shared + (differs - shared) / 2;
            let own = till.journal.call(move |file| file.hash_at(middle)).await?;
            let theirs = self.client.hash_at(&self.token, middle).await?;
            match own.is_some() && own == theirs.map(|hash| hash.0) {
                true => shared = middle,
                false => differs = middle,
            }
        }
        let read = move |file: &mut JournalFile| Batch::after(file, shared);
        let next = till.journal.call(read).await?;
        if !next.is_some_and(|next| next.begins_with_a_restore()) {
            self.keep(head, till)?;
        }
        Ok(Beside {
            head: head.hash,
            sent: shared,
        })
    }

    /// Keeps what the office has signed beside the journal.
    fn keep(&self, head: &SignedHead, till: &Inner) -> Result<(), TillError> {
        let kept = KeptHead {
            office: self.pairing.office.clone(),
            head: head.clone(),
            kept_at_unix_ms: till.clock.now(),
        };
        let before = KeptHead::of_journal(&self.journal).ok().flatten();
        if before.is_none_or(|before| before.head != kept.head) {
            kept.keep_if_newer(&self.journal)?;
        }
        Ok(())
    }

    /// Takes another token when it is time. The present one stays valid until the other is used, and the other is used
    /// only once it is in the keychain: wherever the till ends on the way, the one that it finds there is valid.
    pub(super) async fn renew_token_when_old(&mut self, till: &Inner) -> Result<(), TillError> {
        let now = till.clock.now();
        let too_early = self.renewed_after.is_some_and(|at| Instant::now() < at);
        if too_early || !self.pairing.is_token_old(now) {
            return Ok(());
        }
        self.renewed_after = Some(Instant::now() + RENEWED_AGAIN);
        let lock = files::open_lock(&till.data_dir.join(TOKEN_LOCK)).map_err(PairingError::File)?;
        // Another program is about it, or has been: the pairing tells, and the next round takes what it has stored.
        if lock.try_lock().is_err() || till.pairing()?.as_ref() != Some(&self.pairing) {
            return Ok(());
        }
        let token = self.client.renew(&self.token).await?.0;
        Keychain::new(Pairing::token_user(self.pairing.till))
            .set(token.clone())
            .await?;
        self.token = token;
        self.pairing.token_since_unix_ms = Some(now);
        self.pairing.save(&till.data_dir)?;
        Ok(())
    }
}
