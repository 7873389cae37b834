//! Which till is open: the shop's own, or the practice till with its gateway. One at a time, because both use the
//! same windows and the same lock. Who may do what at it is in [`staff`].

mod staff;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use ringup_core::auto_backup::{RestoreCandidate, RestoreOffer};
use ringup_core::clock::Clock;
use ringup_core::config::{Config, JOURNAL, practice_folder};
use ringup_core::error::{Code, Fault};
use ringup_core::gateway::ApiBase;
use ringup_core::journal::{ResetError, entry_count, reset_practice};
use ringup_core::money::Money;
use ringup_core::pin::{Lock, LockView, PinError};
use ringup_core::sale::{Event, Purpose};
use ringup_core::settings::Settings;
use ringup_core::staff::Guard;
use ringup_core::{ProgramStart, Till, TillError, append_to_closed_journal};
use ringup_practice::{Control, PracticeGateway};

/// Not a secret: the practice gateway runs on this machine and handles play money.
const PRACTICE_KEY: &str = "practice";

/// The practice gateway's invoices, in the practice folder.
const GATEWAY_STATE: &str = "gateway.json";

/// How long to wait for a journal that is just being closed: 40 times 50 ms, two seconds in all.
const CLOSING_TRIES: u32 = 40;
const CLOSING_WAIT: Duration = Duration::from_millis(50);

/// Whose money a till handles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub(crate) enum Mode {
    /// The shop's: real money.
    Live,
    /// Play money.
    Practice,
}

/// An open till and, in practice mode, control of its gateway.
#[derive(Clone)]
pub(crate) struct OpenTill {
    pub(crate) till: Till,
    pub(crate) mode: Mode,
    /// In practice mode: acts as the customer.
    pub(crate) customer: Option<Control>,
}

/// The till that is open. It is opened when it is first needed.
pub(crate) struct ActiveTill {
    config: Config,
    /// The PIN's lock. It belongs to the program, not to a till: switching to practice does not open it.
    lock: Arc<Lock>,
    /// Who is signed on and may do what, likewise.
    guard: Arc<Guard>,
    state: Mutex<State>,
    on_open: Box<dyn Fn(&OpenTill) + Send + Sync>,
}

struct State {
    mode: Mode,
    open: Option<OpenTill>,
    /// Runs as long as the practice till is open.
    gateway: Option<PracticeGateway>,
    /// The backup that the screen offers to restore, when the till cannot be opened.
    offer: Option<RestoreCandidate>,
    /// The shop's journal has the start of this program.
    start_recorded: bool,
}

/// Where a journal is that is to be restored, and whose money belongs there.
struct JournalPlace {
    folder: PathBuf,
    journal: PathBuf,
    purpose: Purpose,
    gateway: Option<String>,
}

impl ActiveTill {
    /// The till of `mode`, not opened yet. `on_open` is called with each till that is opened.
    pub(crate) fn new(
        config: Config,
        mode: Mode,
        on_open: impl Fn(&OpenTill) + Send + Sync + 'static,
    ) -> Self {
        let lock = Arc::new(Lock::in_folder(&config.data_dir, Clock::system()));
        let guard = Guard::in_folder(&config.data_dir, Arc::clone(&lock), Clock::system());
        Self {
            lock,
            guard: Arc::new(guard),
            config,
            state: Mutex::new(State {
                mode,
                open: None,
                gateway: None,
                offer: None,
                start_recorded: false,
            }),
            on_open: Box::new(on_open),
        }
    }

    /// The open till; opens it if it is not open. After a failure the next call tries again.
    ///
    /// # Errors
    /// Those of [`Till::open`]; in practice mode `internal` when the practice gateway cannot start.
    pub(crate) async fn open(&self) -> Result<OpenTill, Fault> {
        let mut state = self.state.lock().await;
        self.open_in(&mut state).await
    }

    /// The till if it is open already.
    pub(crate) async fn opened(&self) -> Option<OpenTill> {
        self.state.lock().await.open.clone()
    }

    /// Checks that staff is at the till: where customers serve themselves, that the PIN was entered.
    ///
    /// # Errors
    /// `pin_needed`; those of [`Self::open`].
    pub(crate) async fn check_staff(&self) -> Result<(), Fault> {
        if self.open().await?.till.settings().kiosk.self_service {
            self.guard.require_open()?;
        }
        Ok(())
    }

    /// Checks the PIN that was typed for one call; none is needed while the shop has none.
    ///
    /// # Errors
    /// `pin_needed` with `typed` in its detail; those of [`Lock::unlock`].
    pub(crate) async fn check_typed_pin(&self, typed: Option<SecretString>) -> Result<(), Fault> {
        if !self.lock.is_set() {
            return Ok(());
        }
        let Some(pin) = typed else {
            return Err(Fault::from(PinError::Needed).with("typed", "yes"));
        };
        self.with_lock(move |lock| lock.unlock(&pin)).await?;
        Ok(())
    }

    /// Checks that the practice till is open.
    ///
    /// # Errors
    /// `practice_only`; those of [`Self::open`].
    pub(crate) async fn check_practice(&self) -> Result<(), Fault> {
        match self.open().await?.mode {
            Mode::Practice => Ok(()),
            Mode::Live => Err(not_in_practice()),
        }
    }

    /// Checks that this amount may be charged: where customers serve themselves, that it is offered or the PIN was
    /// entered.
    ///
    /// # Errors
    /// `not_offered`; those of [`Self::open`].
    pub(crate) async fn check_offered(&self, amount: Money) -> Result<(), Fault> {
        let kiosk = self.open().await?.till.settings().kiosk;
        if kiosk.self_service && !kiosk.offers(amount) {
            let refused = |_| Fault::new(Code::NotOffered, "this amount is not offered here");
            self.guard.require_open().map_err(refused)?;
        }
        Ok(())
    }

    /// Who is signed on and may do what.
    pub(crate) fn guard(&self) -> &Guard {
        &self.guard
    }

    /// The PIN's lock.
    pub(crate) fn lock(&self) -> &Lock {
        &self.lock
    }

    /// Sets or checks the PIN on a thread that may block: hashing is slow by design.
    pub(crate) async fn with_lock(
        &self,
        work: impl FnOnce(&Lock) -> Result<LockView, PinError> + Send + 'static,
    ) -> Result<LockView, Fault> {
        let lock = Arc::clone(&self.lock);
        Ok(run_blocking(move || work(&lock)).await??)
    }

    /// Checks that settings may be saved: self-service needs a PIN.
    ///
    /// # Errors
    /// `pin_missing`.
    pub(crate) fn check_self_service_pin(&self, settings: &Settings) -> Result<(), Fault> {
        if settings.kiosk.self_service && !self.lock.is_set() && !self.guard.in_force() {
            return Err(PinError::Missing.into());
        }
        Ok(())
    }

    /// Checks that the PIN may be removed: self-service needs one.
    ///
    /// # Errors
    /// `pin_missing`; those of [`Self::open`].
    async fn check_pin_removable(&self) -> Result<(), Fault> {
        if self.guard.in_force() {
            return Ok(self.guard.register().check_shop_pin_removal()?);
        }
        if self.open().await?.till.settings().kiosk.self_service {
            return Err(PinError::Missing.into());
        }
        Ok(())
    }

    /// Sets the PIN. It stands in the journal before it counts; but a journal that cannot be written must not keep anybody
    /// from locking the till.
    ///
    /// # Errors
    /// Those of [`Lock::set`].
    pub(crate) async fn set_pin(&self, pin: SecretString) -> Result<LockView, Fault> {
        Lock::validate(&pin)?;
        if let Err(fault) = self.append_event(Event::PinChanged { set: true }).await {
            tracing::error!(%fault, "that a PIN is set cannot be written down");
        }
        self.with_lock(move |lock| lock.set(Some(&pin))).await
    }

    /// Removes the PIN, once that stands in the journal.
    ///
    /// # Errors
    /// `pin_missing` where self-service needs one; those of the journal and of [`Lock::set`]. The PIN stays then.
    pub(crate) async fn clear_pin(&self) -> Result<LockView, Fault> {
        self.check_pin_removable().await?;
        let count = self.lock.unrecorded_refusals();
        if count > 0 {
            self.append_event(refused(count, None)).await?;
        }
        self.append_event(Event::PinChanged { set: false }).await?;
        self.with_lock(|lock| lock.set(None)).await
    }

    /// Writes down the wrong PINs that were typed, at most once a minute. The lock refuses them whether or not that
    /// works, and counts them until it does.
    pub(crate) async fn record_refused_pins(&self) {
        self.record_refused_cashiers().await;
        let lock = Arc::clone(&self.lock);
        let Ok(Some(count)) = run_blocking(move || lock.refusals_to_record()).await else {
            return;
        };
        if let Err(fault) = self.append_event(refused(count, None)).await {
            tracing::error!(%fault, "wrong PINs cannot be written down yet");
            return;
        }
        let lock = Arc::clone(&self.lock);
        if let Ok(Err(error)) = run_blocking(move || lock.note_recorded(count)).await {
            tracing::error!(%error, "wrong PINs will be written down once more");
        }
    }

    /// Writes a technical event into the shop's journal, whichever till is open.
    pub(crate) async fn append_event(&self, event: Event) -> Result<(), Fault> {
        let state = self.state.lock().await;
        self.append_event_in(&state, event).await
    }

    async fn append_event_in(&self, state: &State, event: Event) -> Result<(), Fault> {
        if let (Mode::Live, Some(open)) = (state.mode, &state.open) {
            return Ok(open.till.append_event(event).await?);
        }
        let config = self.config.clone();
        let append = move || {
            // Who only practises has no book yet, and gets none by it.
            if !config.book_journal().exists() {
                return Ok(());
            }
            append_to_closed_journal(&config, event, Clock::system().now())
        };
        Ok(run_blocking(append).await??)
    }

    /// Switches to the till of another mode. The sales of the one before stay in its own journal; its open
    /// invoices are polled again when it is opened again.
    pub(crate) async fn switch(&self, mode: Mode) -> Result<OpenTill, Fault> {
        let mut state = self.state.lock().await;
        if state.mode != mode {
            state.open = None;
            if let Some(gateway) = state.gateway.take() {
                gateway.stop().await;
            }
            state.mode = mode;
        }
        self.open_in(&mut state).await
    }

    /// Deletes everything that was sold in practice mode, and opens it again. Its settings and items stay. The shop's
    /// journal says so first: what was sold in practice cannot be looked up any more.
    ///
    /// # Errors
    /// `practice_only` in live mode, `journal_in_use`, `journal_unwritable`; those of the shop's journal, and then nothing
    /// is deleted.
    pub(crate) async fn reset_practice(&self) -> Result<OpenTill, Fault> {
        let mut state = self.state.lock().await;
        if state.mode != Mode::Practice {
            return Err(Fault::new(
                Code::PracticeOnly,
                "the till is not in practice mode",
            ));
        }
        let folder = practice_folder(&self.config.data_dir);
        let entries = entry_count(&folder.join(JOURNAL)).ok();
        self.append_event_in(&state, Event::PracticeReset { entries })
            .await?;
        state.open = None;
        if let Some(gateway) = state.gateway.take() {
            gateway.stop().await;
        }
        let deleted = run_blocking(move || delete_practice_sales(&folder)).await;
        // The till is opened again even if that failed.
        let open = self.open_in(&mut state).await?;
        deleted??;
        Ok(open)
    }

    /// The newest usable backup of a journal that cannot be opened.
    pub(crate) async fn newest_offer(&self) -> Result<Option<RestoreOffer>, Fault> {
        let mut state = self.state.lock().await;
        let JournalPlace {
            folder,
            journal,
            purpose,
            gateway,
        } = self.journal_to_restore(&state)?;
        let find = move || {
            let now = Clock::system().now();
            RestoreCandidate::newest(&folder, journal, purpose, gateway.as_deref(), now)
        };
        state.offer = run_blocking(find).await?;
        Ok(state.offer.as_ref().map(RestoreCandidate::offer))
    }

    /// The backup in a file that somebody chose.
    pub(crate) async fn offer_of(&self, file: PathBuf) -> Result<RestoreOffer, Fault> {
        let mut state = self.state.lock().await;
        let JournalPlace {
            journal,
            purpose,
            gateway,
            ..
        } = self.journal_to_restore(&state)?;
        let read = move || {
            let now = Clock::system().now();
            RestoreCandidate::of_file(&file, journal, purpose, gateway.as_deref(), now)
        };
        let offer = run_blocking(read).await??;
        Ok(state.offer.insert(offer).offer())
    }

    /// Restores the offered backup with this head, and opens the till.
    ///
    /// # Errors
    /// `restore_none` when no such backup was offered, `journal_in_use` when the till is open.
    pub(crate) async fn restore(&self, head: &str) -> Result<OpenTill, Fault> {
        let mut state = self.state.lock().await;
        self.journal_to_restore(&state)?;
        let offered = state
            .offer
            .take()
            .filter(|offer| offer.offer().head == head);
        let offer =
            offered.ok_or_else(|| Fault::new(Code::RestoreNone, "no such backup was offered"))?;
        let accept = move || offer.accept(Clock::system().now());
        run_blocking(accept).await??;
        self.open_in(&mut state).await
    }

    /// The place of the journal that is to be restored. Its till must not be open.
    fn journal_to_restore(&self, state: &State) -> Result<JournalPlace, Fault> {
        if state.open.is_some() {
            return Err(Fault::new(Code::JournalInUse, "the till is open"));
        }
        Ok(match state.mode {
            Mode::Live => JournalPlace {
                folder: self.config.data_dir.clone(),
                journal: self.config.live_journal(false),
                purpose: Purpose::Live,
                gateway: Some(self.config.api.authority()),
            },
            Mode::Practice => {
                let folder = practice_folder(&self.config.data_dir);
                JournalPlace {
                    journal: folder.join(JOURNAL),
                    folder,
                    purpose: Purpose::Practice,
                    gateway: None,
                }
            }
        })
    }

    async fn open_in(&self, state: &mut State) -> Result<OpenTill, Fault> {
        if let Some(open) = &state.open {
            return Ok(open.clone());
        }
        let open = match state.mode {
            Mode::Live => OpenTill {
                till: Till::open(&self.config, Clock::system())
                    .await?
                    .with_auto_print()
                    .with_auto_backup()
                    .with_update_watch(),
                mode: Mode::Live,
                customer: None,
            },
            Mode::Practice => {
                let gateway = start_practice(&self.config).await?;
                let base = ApiBase::parse(&gateway.base_url()).map_err(internal)?;
                let config = self.config.practice(base);
                if let Err(error) =
                    Settings::seed_practice_settings(&self.config.data_dir, &config.data_dir)
                {
                    tracing::warn!(%error, "practice mode does not have the shop's settings");
                }
                let key = SecretString::from(PRACTICE_KEY);
                let open = OpenTill {
                    till: Till::open_practice(&config, Clock::system(), key)
                        .await?
                        .with_auto_print(),
                    mode: Mode::Practice,
                    customer: Some(gateway.control()),
                };
                state.gateway = Some(gateway);
                open
            }
        };
        // Once for the program, and not for each return from practice.
        if open.mode == Mode::Live && !state.start_recorded {
            state.start_recorded = true;
            if let Err(error) = open.till.record_start(ProgramStart::Lasting).await {
                tracing::error!(%error, "the start cannot be written down");
            }
        }
        if let Some(name) = self.guard.signed_on() {
            open.till.set_proven_cashier(Some(name));
        }
        (self.on_open)(&open);
        state.open = Some(open.clone());
        Ok(open)
    }
}

/// Wrong PINs as the journal tells them.
pub(crate) fn refused(count: u32, cashier: Option<String>) -> Event {
    Event::PinRefused { count, cashier }
}

async fn start_practice(config: &Config) -> Result<PracticeGateway, Fault> {
    let folder = practice_folder(&config.data_dir);
    ringup_core::make_private_folder(&folder)
        .map_err(|error| Fault::new(Code::JournalUnwritable, error.to_string()))?;
    let options = ringup_practice::Options {
        key: Some(PRACTICE_KEY.to_owned()),
        state_file: Some(folder.join(GATEWAY_STATE)),
        ..ringup_practice::Options::default()
    };
    ringup_practice::start(options).await.map_err(internal)
}

/// Deletes the sales of practice mode and its gateway's invoices. A till that was open a moment ago may take a
/// moment to close its journal.
fn delete_practice_sales(folder: &Path) -> Result<(), Fault> {
    let journal = folder.join(JOURNAL);
    let mut tries = 0;
    while let Err(error) = reset_practice(&journal) {
        tries += 1;
        if !matches!(error, ResetError::InUse) || tries > CLOSING_TRIES {
            return Err(error.into());
        }
        std::thread::sleep(CLOSING_WAIT);
    }
    match std::fs::remove_file(folder.join(GATEWAY_STATE)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(ResetError::Unwritable(error).into())
        }
        _ => Ok(()),
    }
}

/// Runs work that blocks on a thread for such work.
pub(crate) async fn run_blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(internal)
}

fn not_in_practice() -> Fault {
    Fault::new(Code::PracticeOnly, "the till is not in practice mode")
}

fn internal(error: impl std::fmt::Display) -> Fault {
    Fault::from(TillError::Internal(error.to_string()))
}
