//! How a till is opened: which program else has the journal open, whose key is used, what runs beside it.

use std::fs::File;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use tokio::sync::{Notify, broadcast};

use super::events::EVENTS_KEPT;
use super::{Inner, Keys, PrintQueue, StopOnDrop, Till, backup, cashiers, journal_health};
use crate::clock::Clock;
use crate::config::Config;
use crate::error::TillError;
use crate::failpoints::{self, Failpoint};
use crate::files;
use crate::gateway::{self, Timeouts};
use crate::items::ItemsFile;
use crate::journal::{Journal, JournalError};
use crate::keychain::Keychain;
use crate::polling::InFlight;
use crate::sale::Purpose;
use crate::settings::SettingsFile;

impl Till {
    /// Opens the shop's till: its journal, its key in the system's keychain, its watch.
    ///
    /// # Errors
    /// [`TillError::Journal`] when the journal cannot be used; nothing was changed then.
    pub async fn open(config: &Config, clock: Clock) -> Result<Self, TillError> {
        let till = Self::open_unwatched(config, clock).await?;
        Ok(till.watched())
    }

    /// Opens the shop's till without its watch, for an errand: a payment that it found on the way
    /// would be written down and told to nobody.
    ///
    /// # Errors
    /// As [`Till::open`].
    pub async fn open_unwatched(config: &Config, clock: Clock) -> Result<Self, TillError> {
        let keys = Keys::in_keychain(Keychain::new(config.key_user()));
        Self::assemble(config, clock, Purpose::Live, config.api.authority(), keys).await
    }

    /// Opens the practice till: a journal of its own, and a key that is no secret.
    ///
    /// # Errors
    /// As [`Till::open`].
    pub async fn open_practice(
        config: &Config,
        clock: Clock,
        key: secrecy::SecretString,
    ) -> Result<Self, TillError> {
        let keys = Keys::fixed(key);
        // Its port differs from start to start; its invoices do not.
        let name = "practice".to_owned();
        let till = Self::assemble(config, clock, Purpose::Practice, name, keys).await?;
        Ok(till.watched())
    }

    /// The same till with its watch running. Who wants to hear everything listens before.
    #[must_use]
    pub fn watched(mut self) -> Self {
        let watch = tokio::spawn(crate::polling::run(Arc::clone(&self.inner)));
        let trouble = tokio::spawn(journal_health::run(Arc::clone(&self.inner)));
        let tasks = [watch, trouble].map(|task| StopOnDrop(task.abort_handle()));
        self.watch = Some(Arc::new(tasks));
        self
    }

    async fn assemble(
        config: &Config,
        clock: Clock,
        purpose: Purpose,
        gateway_name: String,
        keys: Keys,
    ) -> Result<Self, TillError> {
        // First of all: a journal that is being replaced must not be opened.
        let (presence, alone) = presence(config)?;
        failpoints::reached(Failpoint::PresenceTaken);
        let path = config.journal();
        let journal = Journal::open_with(path, purpose, clock.now(), presence).await?;
        let (till_id, code, opened_at_seq) = journal
            .call(|file| Ok((file.till(), file.code().clone(), file.last_seq()?)))
            .await?;
        let gateway = gateway::Client::new(config.api.clone(), Timeouts::default(), clock.clone())
            .map_err(TillError::TlsUnavailable)?;
        let settings_file = SettingsFile::in_folder(&config.data_dir);
        let settings = settings_file.read();
        let cashier_file = cashiers::CashierFile::in_folder(&config.data_dir);
        journal.set_cashier(cashier_file.read(&settings.cashiers));
        let items_file = ItemsFile::in_folder(&config.data_dir);
        let inner = Arc::new(Inner {
            journal,
            journal_path: config.journal(),
            purpose,
            gateway,
            gateway_name,
            keys,
            clock,
            pace_ms: u64::try_from(config.pace.as_millis()).unwrap_or(u64::MAX),
            till_id,
            code,
            opened_at_seq,
            told: Mutex::default(),
            settings: Mutex::new(settings),
            settings_file,
            cashier_file,
            items: Mutex::new(items_file.read()),
            items_file,
            copies: Mutex::new(backup::Copies::in_folder(&config.data_dir)),
            copying: tokio::sync::Mutex::default(),
            copy_soon: Notify::new(),
            events: broadcast::channel(EVENTS_KEPT).0,
            network: Mutex::default(),
            checked: Mutex::default(),
            started: Instant::now(),
            scheduler: Mutex::default(),
            on_screen: Mutex::default(),
            asking: InFlight::default(),
            creating: InFlight::default(),
            printer: PrintQueue::default(),
            wake: Notify::new(),
        });
        if alone {
            inner.give_up_all_requests().await?;
        }
        failpoints::reached(Failpoint::OrphansGivenUp);
        Ok(Self {
            inner,
            watch: None,
            printing: None,
            copies: None,
        })
    }
}

/// Marks this program as one that has the journal open, and says whether it is the only one.
fn presence(config: &Config) -> Result<(File, bool), TillError> {
    let unwritable = |error: std::io::Error| TillError::Journal(JournalError::from(error));
    files::make_private_folder(&config.data_dir).map_err(unwritable)?;
    let file = files::open_lock(&config.data_dir.join(files::PRESENCE)).map_err(unwritable)?;
    let alone = file.try_lock().is_ok();
    if alone {
        file.unlock().map_err(unwritable)?;
    }
    file.lock_shared().map_err(unwritable)?;
    Ok((file, alone))
}
