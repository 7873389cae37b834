//! The way of shared settings from the office to this till: it asks when the office has said that there is another version,
//! and now and then; and it tells what it has taken. It comes after the journal: what was sold is sent first.

use std::time::Duration;

use tokio::time::Instant;

use super::office_sending::Sender;
use super::{Inner, Till, TillError};
use crate::files;
use crate::office::PairingError;
use crate::shared_settings::{SettingsReport, SharedSettings};

/// How often the office is asked although it has not said anything.
const ASKED_ANYWAY: Duration = Duration::from_secs(30);
/// How long after a failure it is asked again.
const ASKED_AGAIN: Duration = Duration::from_secs(15);
/// One program at a time takes what has come.
const LOCK: &str = "shared-settings.lock";

/// What is known of it since the program started.
#[derive(Debug, Default)]
pub(super) struct SharedLine {
    /// When the office is asked next; `None`: at once.
    next: Option<Instant>,
    /// What the office was told last.
    told: Option<SettingsReport>,
    /// The version that the office had announced when it was asked last.
    asked_for: Option<u64>,
}

impl Till {
    /// Takes over what the shop's office shares, and tells it so. For a command that ends; the window does it by itself.
    ///
    /// # Errors
    /// [`TillError::OfficeNone`], [`TillError::Office`]; those of the till's own files and of the journal.
    pub async fn take_shared_settings(&self) -> Result<(), TillError> {
        let mut sender = Sender::open(&self.inner).await?;
        let sender = sender.as_mut().ok_or(TillError::OfficeNone)?;
        sender.keep_settings(&self.inner).await
    }

    /// Offers this till's own items, taxes, cashiers and texts to the office. There they count once its owner takes them.
    ///
    /// # Errors
    /// [`TillError::OfficeNone`], [`TillError::Office`], [`TillError::Staff`].
    pub async fn offer_settings(&self) -> Result<(), TillError> {
        let sender = Sender::open(&self.inner).await?;
        let sender = sender.ok_or(TillError::OfficeNone)?;
        let offered = SharedSettings::of_till(&self.inner.own_shared()?);
        Ok(sender
            .client
            .offer(&sender.token, &offered.to_document())
            .await?)
    }
}

/// Finishes what a program has begun to take and did not live to finish, and puts back what may not differ: the till has all
/// that it needs for it.
pub(super) async fn finish(till: &Inner) {
    let done = async {
        let lock = files::open_lock(&till.data_dir.join(LOCK)).map_err(PairingError::File)?;
        match lock.try_lock() {
            Ok(()) => till.take_shared(None).await,
            Err(_) => Ok(()),
        }
    };
    if let Err(error) = done.await {
        tracing::warn!(%error, "what was taken from the back office is not in the till's files yet");
    }
}

impl Sender {
    /// Takes what there is to be taken, if it is time. A failure keeps nothing from being sold or sent.
    pub(super) async fn keep_settings_when_due(&mut self, till: &Inner) {
        let announced = self.client.announced();
        let is_news = announced.is_some() && announced != self.shared.asked_for;
        let is_due = self.shared.next.is_none_or(|at| Instant::now() >= at);
        if !is_due && !is_news {
            return;
        }
        self.shared.asked_for = announced;
        let wait = match self.keep_settings(till).await {
            Ok(()) => ASKED_ANYWAY,
            Err(error) => {
                tracing::warn!(%error, "the shop's shared settings are not taken now");
                ASKED_AGAIN
            }
        };
        self.shared.next = Some(Instant::now() + wait);
    }

    async fn keep_settings(&mut self, till: &Inner) -> Result<(), TillError> {
        let lock = files::open_lock(&till.data_dir.join(LOCK)).map_err(PairingError::File)?;
        if lock.try_lock().is_err() {
            // Another program is about it; what it takes is read at the next look.
            return Ok(());
        }
        till.follow_other_program();
        till.take_shared(None).await?;
        let known = till.shared_tag();
        let came = self.client.settings(&self.token, known.as_deref()).await?;
        till.take_shared(came).await?;
        let report = till.shared_report();
        if report.is_some() && report != self.shared.told {
            if let Some(report) = &report {
                self.client.report_settings(&self.token, report).await?;
            }
            self.shared.told = report;
        }
        Ok(())
    }
}
