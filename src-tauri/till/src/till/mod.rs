//! The till: the one façade that the window and the command line call.

mod ask;
mod backup;
mod book;
mod cashiers;
mod charge;
mod day;
mod export;
mod items;
mod key;
mod receipts;
mod sales;
mod trouble;

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use serde::Serialize;
use tokio::sync::{Notify, broadcast};

pub use book::NewRefund;
pub use charge::Charge;
pub use export::{Export, ExportTo};
pub use key::KeyStatus;
pub(crate) use key::Keys;
pub(crate) use receipts::PrinterDesk;
pub use receipts::{ReceiptFormat, ReceiptView};
pub use sales::{SalesPage, SalesQuery};
pub use trouble::JournalState;

use crate::clock::{Clock, UnixMs};
use crate::config::Config;
use crate::copies::BackupState;
use crate::error::{Fault, TillError};
use crate::files;
use crate::gateway::{self, Timeouts};
use crate::ids::{SaleId, SaleNumber, TillCode, TillId};
use crate::items::{Item, ItemsFile};
use crate::journal::{Journal, JournalError, JournalFile, Verified, Wrong, verify_file};
use crate::keychain::Keychain;
use crate::points::{self, Point};
use crate::qr::{self, QrImage};
use crate::sale::{Attempt, Phase, Purpose, Sale, SaleView};
use crate::settings::{Settings, SettingsFile};
pub use crate::watch::NetworkState;
use crate::watch::{InFlight, Network, Pacer};

/// Events that a slow listener may be behind by.
const EVENTS_KEPT: usize = 256;

/// An open till. Cheap to clone; the watch stops with the last clone.
#[derive(Debug, Clone)]
pub struct Till {
    inner: Arc<Inner>,
    watch: Option<Arc<[StopOnDrop; 2]>>,
    printing: Option<Arc<StopOnDrop>>,
    copies: Option<Arc<StopOnDrop>>,
}

/// What happens while nobody asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TillEvent {
    /// A sale is not as it was.
    SaleChanged(Box<SaleView>),
    /// The way to the gateway.
    NetworkChanged(NetworkState),
    /// The gateway answered about a sale, changed or not.
    Checked(CheckedView),
    /// A copy of the journal was made, or could not be.
    BackupChanged(BackupState),
    /// The journal stopped serving, or serves again.
    JournalChanged(JournalState),
    /// Something failed that nobody had asked for.
    Fault(Fault),
}

/// When the gateway last answered about a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct CheckedView {
    /// The sale.
    pub number: u32,
    /// By the till's clock.
    #[ts(type = "number")]
    pub checked_at_unix_ms: UnixMs,
}

/// What the parts of the till share.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) journal: Journal,
    journal_path: PathBuf,
    pub(crate) gateway: gateway::Client,
    /// As attempts name it in the journal.
    pub(crate) gateway_name: String,
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    pub(crate) pace_ms: u64,
    pub(crate) till_id: TillId,
    pub(crate) code: TillCode,
    /// Whose money it is.
    pub(crate) purpose: Purpose,
    /// The journal's last entry when this program opened it.
    pub(crate) opened_at_seq: u64,
    /// The revision of each sale that was told last.
    told: Mutex<HashMap<SaleId, u64>>,
    settings: Mutex<Settings>,
    settings_file: SettingsFile,
    cashier_file: cashiers::CashierFile,
    items: Mutex<Vec<Item>>,
    items_file: ItemsFile,
    copies: Mutex<backup::Copies>,
    /// One copy at a time.
    copying: tokio::sync::Mutex<()>,
    /// Ends the rest of who makes copies.
    copy_soon: Notify,
    events: broadcast::Sender<TillEvent>,
    network: Mutex<Network>,
    checked: Mutex<HashMap<SaleNumber, UnixMs>>,
    /// When this till was opened: the forward clock counts from here.
    started: Instant,
    /// What the asking so far was.
    pacer: Mutex<Pacer>,
    /// The sale that the cashier sees.
    on_screen: Mutex<Option<SaleNumber>>,
    /// Calls to `/info` on their way.
    pub(crate) asking: InFlight,
    /// Calls to `create` on their way.
    pub(crate) creating: InFlight,
    pub(crate) printer: PrinterDesk,
    /// Ends the watch's rest.
    pub(crate) wake: Notify,
}

/// Ends a task of the till when the last till goes.
#[derive(Debug)]
struct StopOnDrop(tokio::task::AbortHandle);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

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
        let watch = tokio::spawn(crate::watch::run(Arc::clone(&self.inner)));
        let trouble = tokio::spawn(trouble::run(Arc::clone(&self.inner)));
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
        points::reached(Point::PresenceTaken);
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
            pacer: Mutex::default(),
            on_screen: Mutex::default(),
            asking: InFlight::default(),
            creating: InFlight::default(),
            printer: PrinterDesk::default(),
            wake: Notify::new(),
        });
        if alone {
            inner.give_up_all_requests().await?;
        }
        points::reached(Point::OrphansGivenUp);
        Ok(Self {
            inner,
            watch: None,
            printing: None,
            copies: None,
        })
    }

    /// What happens from now on. A listener that falls far behind is told so and should look anew.
    pub fn events(&self) -> broadcast::Receiver<TillEvent> {
        self.inner.events.subscribe()
    }

    /// The till's short code.
    pub fn code(&self) -> &TillCode {
        &self.inner.code
    }

    /// The gateway asked, as people name it.
    pub fn gateway_name(&self) -> &str {
        &self.inner.gateway_name
    }

    /// The way to the gateway.
    pub fn network(&self) -> NetworkState {
        lock(&self.inner.network).state()
    }

    /// When the gateway last answered about each sale that this process asked about.
    pub fn checked(&self) -> Vec<CheckedView> {
        lock(&self.inner.checked)
            .iter()
            .map(|(number, at)| CheckedView {
                number: number.0,
                checked_at_unix_ms: *at,
            })
            .collect()
    }

    /// The sales that are not over.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn open_sales(&self) -> Result<Vec<SaleView>, TillError> {
        let sales = self.inner.journal.call(|file| file.open_sales()).await?;
        Ok(sales.iter().map(|sale| self.inner.view(sale)).collect())
    }

    /// The sales with an invoice that the gateway is still asked about, paid ones that are not yet
    /// credited among them.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn watched_sales(&self) -> Result<Vec<SaleView>, TillError> {
        let (name, now) = (self.inner.gateway_name.clone(), self.inner.clock.now());
        let look = move |file: &mut JournalFile| {
            let watched = file.watched(&name, now)?;
            let numbers: BTreeSet<_> = watched.iter().map(|watched| watched.number).collect();
            let sales = numbers.into_iter().map(|number| file.sale(number));
            sales
                .filter_map(Result::transpose)
                .collect::<Result<Vec<_>, _>>()
        };
        let sales = self.inner.journal.call(look).await?;
        Ok(sales.iter().map(|sale| self.inner.view(sale)).collect())
    }

    /// One sale.
    ///
    /// # Errors
    /// [`TillError::SaleUnknown`], [`TillError::Journal`].
    pub async fn sale(&self, number: u32) -> Result<SaleView, TillError> {
        let sale = self.inner.find(number).await?;
        Ok(self.inner.view(&sale))
    }

    /// The QR of a sale that can still be paid.
    ///
    /// # Errors
    /// [`TillError::QrNone`] when there is no address to show.
    pub async fn qr(&self, number: u32) -> Result<QrImage, TillError> {
        let sale = self.inner.find(number).await?;
        let payable = |attempt: &&Attempt| matches!(attempt.phase, Phase::Open);
        let invoice = sale
            .current()
            .filter(payable)
            .and_then(|attempt| attempt.invoice.as_ref());
        let url = &invoice.ok_or(TillError::QrNone(number))?.pay_url;
        Ok(qr::picture(url)?)
    }

    /// How many open invoices belong to other gateways than the one asked.
    ///
    /// # Errors
    /// [`TillError::Journal`].
    pub async fn watched_elsewhere(&self) -> Result<u32, TillError> {
        let (name, now) = (self.inner.gateway_name.clone(), self.inner.clock.now());
        let count = move |file: &mut JournalFile| file.watched_elsewhere(&name, now);
        Ok(self.inner.journal.call(count).await?)
    }

    /// Replays the journal and compares every field, as it stands now. Selling goes on meanwhile.
    ///
    /// # Errors
    /// [`TillError::Journal`] when it cannot be read at all.
    pub async fn verify(&self) -> Result<Result<Verified, Wrong>, TillError> {
        let path = self.inner.journal_path.clone();
        let verified = tokio::task::spawn_blocking(move || verify_file(&path)).await;
        let verified = verified.map_err(|error| TillError::Internal(error.to_string()))?;
        Ok(verified?)
    }

    /// The settings.
    pub fn settings(&self) -> Settings {
        lock(&self.inner.settings).clone()
    }

    /// Keeps settings, tidied. On the disk before they count.
    ///
    /// # Errors
    /// [`TillError::Settings`]; the old ones stay then.
    pub fn save_settings(&self, settings: Settings) -> Result<Settings, TillError> {
        let settings = settings
            .checked()
            .map_err(crate::settings::SettingsError::from)?;
        let settings = self.inner.change_settings(|kept| {
            // What a screen sends names no folder to write to.
            let backup_folder = kept.backup_folder.take();
            *kept = Settings {
                backup_folder,
                ..settings
            };
        })?;
        self.sign_off_strangers()?;
        Ok(settings)
    }
}

impl Inner {
    fn change_settings(&self, change: impl FnOnce(&mut Settings)) -> Result<Settings, TillError> {
        let mut kept = lock(&self.settings);
        let mut settings = kept.clone();
        change(&mut settings);
        self.settings_file.write(&settings)?;
        kept.clone_from(&settings);
        Ok(settings)
    }

    pub(crate) fn settings(&self) -> Settings {
        lock(&self.settings).clone()
    }

    pub(crate) fn view(&self, sale: &Sale) -> SaleView {
        let mut view = SaleView::of(sale, &self.code);
        // Heard a moment ago is better than heard when the invoice was made.
        view.clock_offset_ms = self.gateway.clock_offset_ms().or(view.clock_offset_ms);
        view
    }

    pub(crate) async fn find(&self, number: u32) -> Result<Sale, TillError> {
        self.journal
            .call(move |file| file.sale(SaleNumber(number)))
            .await?
            .ok_or(TillError::SaleUnknown(number))
    }

    pub(crate) fn tell(&self, event: TillEvent) {
        // Nobody listens: then nobody needs to know.
        self.events.send(event).ok();
    }

    pub(crate) fn tell_sale(&self, sale: &Sale) {
        lock(&self.told).insert(sale.id, sale.revision);
        self.tell(TillEvent::SaleChanged(Box::new(self.view(sale))));
    }

    /// Tells what another program wrote about a sale, unless it was told.
    pub(crate) fn tell_news(&self, sale: &Sale) {
        let told = lock(&self.told).get(&sale.id).copied();
        if told.is_none_or(|told| told < sale.revision) {
            self.tell_sale(sale);
        }
    }

    pub(crate) fn network_is(&self, change: impl FnOnce(Network) -> Network) {
        let (before, after) = {
            let mut network = lock(&self.network);
            let before = network.state();
            *network = change(*network);
            (before, network.state())
        };
        if before != after {
            self.tell(TillEvent::NetworkChanged(after));
        }
    }

    pub(crate) fn checked(&self, number: SaleNumber) {
        let at = self.clock.now();
        lock(&self.checked).insert(number, at);
        self.tell(TillEvent::Checked(CheckedView {
            number: number.0,
            checked_at_unix_ms: at,
        }));
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

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
