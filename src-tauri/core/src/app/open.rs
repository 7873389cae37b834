//! Opening a till: its folder, its journal, its key, and the tasks that run beside it.

use std::fs::File;
use std::sync::Arc;

use parking_lot::Mutex;
use secrecy::SecretString;

use super::auto_backup::AutoBackup;
use super::cashiers::CashierFile;
use super::events::Events;
use super::items::ItemStore;
use super::key::Keys;
use super::poll::Polling;
use super::receipts::PrintQueue;
use super::settings::SettingsStore;
use super::{Inner, Till, TillError, journal_health, poll_loop};
use crate::clock::Clock;
use crate::config::Config;
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
    /// Opens the shop's till, with its key in the system's keychain, and starts polling.
    ///
    /// # Errors
    /// [`TillError::Journal`] when the journal cannot be used, [`TillError::TlsUnavailable`] when this machine has
    /// no certificates. Nothing was changed then.
    pub async fn open(config: &Config, clock: Clock) -> Result<Self, TillError> {
        let till = Self::open_without_polling(config, clock).await?;
        Ok(till.with_polling())
    }

    /// Opens the shop's till for one command, without polling: a payment found meanwhile would be journaled and
    /// announced to nobody.
    ///
    /// # Errors
    /// As [`Till::open`].
    pub async fn open_without_polling(config: &Config, clock: Clock) -> Result<Self, TillError> {
        let keys = Keys::in_keychain(Keychain::new(config.key_user()));
        Self::assemble(config, clock, Purpose::Live, config.api.authority(), keys).await
    }

    /// Opens the practice till and starts polling. `key` is the practice gateway's, which is no secret.
    ///
    /// # Errors
    /// As [`Till::open`].
    pub async fn open_practice(
        config: &Config,
        clock: Clock,
        key: SecretString,
    ) -> Result<Self, TillError> {
        let keys = Keys::fixed(key);
        // The practice gateway's port differs from start to start, but its invoices stay.
        let name = "practice".to_owned();
        let till = Self::assemble(config, clock, Purpose::Practice, name, keys).await?;
        Ok(till.with_polling())
    }

    /// The same till, which polls its watched invoices and reports when the journal fails. A listener that wants
    /// every event subscribes before.
    #[must_use]
    pub fn with_polling(self) -> Self {
        let inner = Arc::clone(&self.inner);
        self.with_task(journal_health::run(Arc::clone(&inner)))
            .with_task(poll_loop::run(inner))
    }

    async fn assemble(
        config: &Config,
        clock: Clock,
        purpose: Purpose,
        gateway_name: String,
        keys: Keys,
    ) -> Result<Self, TillError> {
        // Before anything else, because a journal that is being replaced must not be opened.
        let (presence, alone) = register_presence(config)?;
        failpoints::reached(Failpoint::PresenceTaken);
        let path = config.journal();
        let journal = Journal::open_with(path, purpose, clock.now(), presence).await?;
        let (till_id, code, opened_at_seq) = journal
            .call(|file| Ok((file.till(), file.code().clone(), file.last_seq()?)))
            .await?;
        let gateway = gateway::Client::new(config.api.clone(), Timeouts::default(), clock.clone())
            .map_err(TillError::TlsUnavailable)?;
        let settings = SettingsStore::open(SettingsFile::in_folder(&config.data_dir));
        let cashier_file = CashierFile::in_folder(&config.data_dir);
        journal.set_cashier(settings.get(|settings| cashier_file.read(&settings.cashiers)));
        let inner = Arc::new(Inner {
            journal,
            journal_path: config.journal(),
            opened_at_seq,
            till_id,
            code,
            purpose,
            clock,
            gateway,
            gateway_name,
            keys,
            network: Mutex::default(),
            polling: Polling::new(config.pace),
            creates: InFlight::default(),
            events: Events::default(),
            settings,
            items: ItemStore::open(ItemsFile::in_folder(&config.data_dir)),
            cashier_file,
            auto_backup: AutoBackup::in_folder(&config.data_dir),
            print_queue: PrintQueue::in_folder(&config.data_dir),
        });
        if alone {
            inner.give_up_all_requests().await?;
        }
        failpoints::reached(Failpoint::OrphansGivenUp);
        Ok(Self {
            inner,
            tasks: Vec::new(),
        })
    }
}

/// Registers this program as one that has the journal open, and says whether it is the only one.
pub(super) fn register_presence(config: &Config) -> Result<(File, bool), TillError> {
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
