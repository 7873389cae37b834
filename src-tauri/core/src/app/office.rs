//! The till and its back office: pairing, leaving, and what is known of it. Nothing is sent unless the till is paired
//! ([`super::office_sending`]), and nothing that sells ever waits for it. A practice till has no office.

use parking_lot::Mutex;
use serde::Serialize;

use super::office_sending::Sender;
use super::{Inner, Till, TillError, TillEvent};
use crate::auto_backup::BackupStatus;
use crate::clock::UnixMs;
use crate::error::Fault;
use crate::keychain::Keychain;
use crate::office::{
    Client, Contact, KeptHead, KeptProfile, OfficeError, OfficeProfile, OfficeState, PairRequest,
    Pairing, PairingCode, PublicAddress, Reply, ReportedCopies, ReportedPrinter, SecretToken,
    ShortHead, TillReport, Trouble,
};
use crate::sale::Purpose;

/// What the till knows of its office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct OfficeStatus {
    /// What the office calls this till.
    pub name: String,
    /// Its host and port.
    pub address: String,
    /// The start of its certificate's fingerprint; `None`: a public authority has signed it.
    pub fingerprint: Option<String>,
    /// Whether the office has what the till has written.
    pub state: OfficeState,
    /// Why it has not, if anything failed.
    pub fault: Option<Fault>,
    /// When it last answered.
    pub answered_at_unix_ms: Option<UnixMs>,
    /// How many entries the office has signed for, by the last head that was kept.
    pub sent: u64,
    /// When it signed that head, seconds since 1970-01-01 UTC by its clock.
    pub signed_at_unix: Option<i64>,
    /// That head in short.
    pub head: Option<ShortHead>,
    /// How many entries the journal has.
    pub entries: u64,
    /// The address by which phones and the gateway reach the office; `None`: by none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub public_address: Option<String>,
}

/// The till's way to its office, as far as this program has gone it.
#[derive(Debug, Default)]
pub(super) struct OfficeContact {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    contact: Contact,
    state: OfficeState,
    fault: Option<Fault>,
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
        KeptProfile::forget(&inner.data_dir);
        let now = inner.clock.now();
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
            token_since_unix_ms: Some(now),
        };
        pairing.save(&inner.data_dir)?;
        inner.load_shared();
        inner.office_forgotten();
        inner.office_answered();
        self.office_status().await?.ok_or(TillError::OfficeNone)
    }

    /// Leaves the office: nothing more is sent, and the token is gone. What the office has stays there.
    ///
    /// # Errors
    /// [`TillError::OfficeNone`], [`TillError::Keychain`], [`TillError::Pairing`].
    pub async fn leave_office(&self) -> Result<(), TillError> {
        let inner = &self.inner;
        let pairing = inner.pairing()?.ok_or(TillError::OfficeNone)?;
        // First the file: without it nothing is sent, whatever the keychain does.
        Pairing::remove(&inner.data_dir)?;
        KeptHead::forget(&inner.journal_path);
        KeptProfile::forget(&inner.data_dir);
        inner.forget_shared();
        inner.office_forgotten();
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
        let kept = inner.kept_head();
        let entries = inner.journal.call(|file| file.last_seq()).await?;
        let sent = kept.as_ref().map_or(0, |kept| kept.head.seq);
        let kept_at = kept.as_ref().map(|kept| kept.kept_at_unix_ms);
        let known = inner.office.known.lock();
        Ok(Some(OfficeStatus {
            name: pairing.name,
            address: pairing.address,
            fingerprint: pairing.fingerprint,
            state: known.contact.state(sent < entries, inner.clock.now()),
            fault: known.fault.clone(),
            answered_at_unix_ms: known.contact.answered_at.max(kept_at),
            sent,
            signed_at_unix: kept.as_ref().map(|kept| kept.head.signed_at_unix),
            head: kept.as_ref().and_then(KeptHead::in_short),
            entries,
            public_address: inner.public_address().map(String::from),
        }))
    }

    /// Whether the office has what the till has written, in a word.
    pub fn office_state(&self) -> OfficeState {
        let inner = &self.inner;
        match inner.pairing() {
            Ok(Some(_)) => match inner.office.known.lock().state {
                OfficeState::None => OfficeState::Sending,
                state => state,
            },
            _ => OfficeState::None,
        }
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
        sender.renew_token_when_old(&self.inner).await
    }
}

impl Inner {
    /// The office of this journal's till. The shop's other journals, of other gateways, have none.
    pub(super) fn pairing(&self) -> Result<Option<Pairing>, TillError> {
        let pairing = Pairing::load(&self.data_dir)?;
        Ok(pairing.filter(|pairing| pairing.till == self.till_id && self.is_live()))
    }

    /// What the till says of itself to its office.
    pub(super) fn report(&self) -> TillReport {
        let copies = self.backup_state();
        TillReport {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            printer: match self.settings().printing.printer {
                None => ReportedPrinter::None,
                Some(_) => self.last_print(),
            },
            copies: match copies.status {
                BackupStatus::Off => ReportedCopies::Off,
                BackupStatus::Waiting => ReportedCopies::Waiting,
                BackupStatus::Good => ReportedCopies::Good,
                BackupStatus::FolderMissing => ReportedCopies::FolderMissing,
                BackupStatus::Failed => ReportedCopies::Failed,
            },
            copied_at_unix_ms: copies.last_good.map(|copy| copy.at_unix_ms),
        }
    }

    fn is_live(&self) -> bool {
        self.purpose == Purpose::Live
    }

    fn kept_head(&self) -> Option<KeptHead> {
        KeptHead::of_journal(&self.journal_path).ok().flatten()
    }

    /// What the office has told about itself; nothing where the till has none.
    fn office_profile(&self) -> OfficeProfile {
        let pairing = self.pairing().ok().flatten();
        let profile = pairing.map(|it| KeptProfile::of_office(&it.office, &self.data_dir));
        profile.unwrap_or_default()
    }

    /// The address by which the world reaches the office; `None`: the till has no office, or the office no such address.
    pub(super) fn public_address(&self) -> Option<PublicAddress> {
        self.office_profile().public_address
    }

    /// Where the gateway may call the office about an invoice. `None`: the office does not listen, the shop has another
    /// webhook, or the gateway has refused an invoice with this one lately. Then everything is as without an office.
    pub(super) fn office_webhook(&self) -> Option<String> {
        if self.settings.get(|settings| settings.webhook.is_some()) {
            return None;
        }
        let pairing = self.pairing().ok().flatten()?;
        KeptProfile::webhook(&pairing.office, self.clock.now(), &self.data_dir)
    }

    /// The gateway has refused a request. If the office's webhook was in it, the next one goes without: an office must not
    /// keep a till from selling.
    pub(super) fn note_request_refused(&self, webhook: Option<&str>) {
        let own = self.office_webhook();
        if own.is_some() && own.as_deref() == webhook {
            tracing::warn!("the gateway refused an invoice; the office's webhook is left out");
            if let Ok(Some(pairing)) = self.pairing() {
                KeptProfile::note_refused(&pairing.office, self.clock.now(), &self.data_dir);
            }
        }
    }

    /// The head that the office has signed last, for paper; `None`: the till has no office, or nothing was signed yet.
    pub(super) fn signed_head(&self) -> Option<ShortHead> {
        self.pairing().ok().flatten()?;
        self.kept_head()?.in_short()
    }

    /// The office did what it was asked.
    pub(super) fn office_answered(&self) {
        let now = self.clock.now();
        self.change_contact(|known| {
            known.contact.succeeded(now);
            known.fault = None;
            OfficeState::Sending
        });
    }

    /// It did not.
    pub(super) async fn office_failed(&self, error: TillError) {
        let trouble = match &error {
            TillError::Office(error) => Trouble::of(error),
            _ => Trouble::Passing,
        };
        let fault = Fault::from(error);
        let now = self.clock.now();
        let entries = self.journal.call(|file| file.last_seq()).await;
        let sent = self.kept_head().map_or(0, |kept| kept.head.seq);
        let is_waiting = entries.is_ok_and(|entries| sent < entries);
        self.change_contact(|known| {
            known.contact.failed(trouble, now);
            known.fault = Some(fault);
            known.contact.state(is_waiting, now)
        });
    }

    /// The till has left its office, or has another one.
    pub(super) fn office_forgotten(&self) {
        self.change_contact(|known| {
            *known = Known {
                state: known.state,
                ..Known::default()
            };
            OfficeState::None
        });
    }

    /// Changes what is known, and tells the screens when the word for it has changed.
    fn change_contact(&self, change: impl FnOnce(&mut Known) -> OfficeState) {
        let told = {
            let mut known = self.office.known.lock();
            let before = known.state;
            known.state = change(&mut known);
            (known.state != before).then_some(known.state)
        };
        if let Some(state) = told {
            self.emit(TillEvent::OfficeChanged(state));
        }
    }
}
