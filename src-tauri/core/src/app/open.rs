//! Opening a till: its folder, its journal, its key, and the tasks that run beside it.

use std::fs::File;
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use secrecy::SecretString;

use super::auto_backup::AutoBackup;
use super::cashiers::CashierFile;
use super::events::Events;
use super::items::ItemStore;
use super::key::Keys;
use super::office::OfficeContact;
use super::poll::Polling;
use super::receipts::PrintQueue;
use super::settings::SettingsStore;
use super::shared_settings::SharedKnown;
use super::spent_calls::SpentCalls;
use super::updates::UpdateWatch;
use super::{
    Inner, Surroundings, Till, TillError, journal_health, office_news, office_sending, poll_loop,
};
use crate::clock::Clock;
use crate::config::Config;
use crate::failpoints::{self, Failpoint};
use crate::files;
use crate::gateway::{self, PRACTICE_AUTHORITY};
use crate::ids::TillCode;
use crate::items::ItemsFile;
use crate::journal::{Access, Journal, JournalError, JournalFile, OwnGateway};
use crate::keychain::Keychain;
use crate::polling::InFlight;
use crate::sale::Purpose;
use crate::settings::{Settings, SettingsFile};

/// Which journal a till opens.
#[derive(Debug, Clone, Copy)]
enum Book {
    /// The practice till's.
    Practice,
    /// The shop's for the money of the configured gateway.
    Own,
    /// The same, or, if there is none, the one that is there.
    Any,
}

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

    /// Opens the shop's till for a command that reads the book or closes the day, and asks no gateway: on the journal of
    /// the configured gateway, or, if it has none yet, on `journal.sqlite`, whose money it may be.
    ///
    /// # Errors
    /// As [`Till::open`].
    pub async fn open_book(config: &Config, clock: Clock) -> Result<Self, TillError> {
        let keys = Keys::in_keychain(Keychain::new(config.key_user()));
        Self::assemble(config, clock.into(), Book::Any, keys, Access::Write).await
    }

    /// The same for a command that only reads. A folder that cannot be written, as on a CD or of another user, will do:
    /// what would be journaled is refused then.
    ///
    /// # Errors
    /// As [`Till::open`].
    pub async fn open_to_read(config: &Config, clock: Clock) -> Result<Self, TillError> {
        match Self::open_book(config, clock.clone()).await {
            Err(TillError::Journal(JournalError::Unwritable(_)))
                if config.book_journal().exists() => {}
            other => return other,
        }
        let keys = Keys::in_keychain(Keychain::new(config.key_user()));
        Self::assemble(config, clock.into(), Book::Any, keys, Access::Read).await
    }

    /// Opens the shop's till for one command, without polling: a payment found meanwhile would be journaled and
    /// announced to nobody.
    ///
    /// # Errors
    /// As [`Till::open`].
    pub async fn open_without_polling(config: &Config, clock: Clock) -> Result<Self, TillError> {
        let keys = Keys::in_keychain(Keychain::new(config.key_user()));
        Self::assemble(config, clock.into(), Book::Own, keys, Access::Write).await
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
        let till =
            Self::assemble(config, clock.into(), Book::Practice, keys, Access::Write).await?;
        Ok(till.with_polling())
    }

    /// Opens the shop's till with this key on surroundings that the caller brings, without polling.
    ///
    /// # Errors
    /// As [`Till::open`].
    pub async fn open_in(
        config: &Config,
        surroundings: Surroundings,
        key: SecretString,
    ) -> Result<Self, TillError> {
        let keys = Keys::fixed(key);
        Self::assemble(config, surroundings, Book::Own, keys, Access::Write).await
    }

    /// The same till, which polls its watched invoices and reports when the journal fails. A listener that wants
    /// every event subscribes before.
    #[must_use]
    pub fn with_polling(self) -> Self {
        let inner = Arc::clone(&self.inner);
        self.with_task(journal_health::run(Arc::clone(&inner)))
            .with_task(office_sending::run(Arc::clone(&inner)))
            .with_task(office_news::run(Arc::clone(&inner)))
            .with_task(poll_loop::run(inner))
    }

    async fn assemble(
        config: &Config,
        surroundings: Surroundings,
        book: Book,
        keys: Keys,
        access: Access,
    ) -> Result<Self, TillError> {
        let Surroundings {
            clock,
            line,
            journal: jobs_run,
            jitter,
            reads_journal_every,
        } = surroundings;
        // Before anything else, because a journal that is being replaced must not be opened.
        let (presence, alone) = match access {
            Access::Write => {
                let (presence, alone) = register_presence(config)?;
                // A program that ends does not wait for what it notes down beside the journal.
                files::remove_abandoned(&config.data_dir).ok();
                (Some(presence), alone)
            }
            Access::Read => (None, false),
        };
        failpoints::reached(Failpoint::PresenceTaken);
        let (path, own, purpose) = match book {
            Book::Practice => (config.journal(), None, Purpose::Practice),
            Book::Own => (config.live_journal(alone), Some(alone), Purpose::Live),
            Book::Any => (config.book_journal(), Some(false), Purpose::Live),
        };
        let own = own.map(|alone| OwnGateway {
            name: config.api.authority(),
            till_code: Settings::load(&config.data_dir)
                .code()
                .unwrap_or_else(TillCode::first),
            alone,
        });
        let gateway_name = match &own {
            Some(own) => own.name.clone(),
            // The practice gateway's port differs from start to start, but its invoices stay.
            None => PRACTICE_AUTHORITY.to_owned(),
        };
        let now = clock.now();
        let journal =
            Journal::open_with(path.clone(), purpose, own, access, now, presence, jobs_run).await?;
        let read = |file: &mut JournalFile| {
            let codes = (file.code().clone(), file.current_code()?);
            Ok((file.till(), codes, file.gateway()?, file.last_seq()?))
        };
        let (till_id, (opening_code, code), bound, opened_at_seq) = journal.call(read).await?;
        let gateway = gateway::Client::on_line(config.api.clone(), line, clock.clone())
            .map_err(TillError::TlsUnavailable)?;
        let settings = SettingsStore::open(SettingsFile::in_folder(&config.data_dir));
        let cashier_file = CashierFile::in_folder(&config.data_dir);
        journal.set_cashier(settings.get(|settings| cashier_file.read(&settings.cashiers)));
        let spent = match access {
            Access::Write => SpentCalls::open(&config.data_dir),
            Access::Read => (SpentCalls::none(), Vec::new()),
        };
        let inner = Arc::new(Inner {
            journal,
            auto_backup: AutoBackup::of_journal(&path),
            office: OfficeContact::default(),
            shared: SharedKnown::default(),
            journal_path: path,
            data_dir: config.data_dir.clone(),
            history_fault: OnceLock::new(),
            read_only: access == Access::Read,
            opened_at_seq,
            till_id,
            opening_code,
            code: Mutex::new(code),
            purpose,
            clock,
            gateway,
            journal_gateway: bound.unwrap_or_else(|| gateway_name.clone()),
            asked_gateway: gateway_name,
            keys,
            network: Mutex::default(),
            polling: Polling::new(config.pace, spent, now, (jitter, reads_journal_every)),
            creates: InFlight::default(),
            events: Events::default(),
            settings,
            items: ItemStore::open(ItemsFile::in_folder(&config.data_dir)),
            cashier_file,
            print_queue: PrintQueue::in_folder(&config.data_dir),
            updates: UpdateWatch::in_folder(&config.data_dir),
        });
        inner.load_shared();
        if let Err(error @ TillError::HistoryBroken { .. }) = inner.assert_continues().await {
            tracing::error!(%error, "the journal's past");
            inner.history_fault.set(error.into()).ok();
        }
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
