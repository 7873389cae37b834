//! What stands on the counter: the shop's till, or the practice till with its gateway. One at a time.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use ringup_core::Till;
use ringup_core::auto_backup::{Offer, RestoreOffer};
use ringup_core::clock::Clock;
use ringup_core::config::{Config, JOURNAL, practice_folder};
use ringup_core::error::{Code, Fault, TillError};
use ringup_core::gateway::ApiBase;
use ringup_core::journal::{ResetError, reset_practice};
use ringup_core::pin::{Lock, LockView, PinError};
use ringup_core::sale::Purpose;
use ringup_core::settings::Settings;
use ringup_practice::{Control, PracticeGateway};

/// No secret: the practice gateway lives on this machine and its money is play.
const PRACTICE_KEY: &str = "practice";

/// What the practice gateway remembers, in practice's folder.
const GATEWAY_STATE: &str = "gateway.json";

/// How long a journal that was just closed is waited for: two seconds in all.
const LET_GO_TRIES: u32 = 40;
const LET_GO_STEP: Duration = Duration::from_millis(50);

/// Whose money it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub(crate) enum Mode {
    /// The shop's.
    Live,
    /// Nobody's.
    Practice,
}

/// An open till and, in practice, the gateway that it plays with.
#[derive(Clone)]
pub(crate) struct OpenTill {
    pub(crate) till: Till,
    pub(crate) mode: Mode,
    /// The customer's side of practice.
    pub(crate) customer: Option<Control>,
}

/// The till that is open, opened when it is first needed.
pub(crate) struct Counter {
    config: Config,
    /// Before what not everybody may: of the whole program, so practice is no way around it.
    lock: Arc<Lock>,
    state: Mutex<State>,
    on_open: Box<dyn Fn(&OpenTill) + Send + Sync>,
}

struct State {
    mode: Mode,
    open: Option<OpenTill>,
    // Lives as long as the practice till does.
    gateway: Option<PracticeGateway>,
    /// The copy that was shown to whoever stands before a till that cannot be opened.
    offer: Option<Offer>,
}

impl Counter {
    /// A counter on which the till of `mode` will stand. `on_open` learns of each till that is opened.
    pub(crate) fn new(
        config: Config,
        mode: Mode,
        on_open: impl Fn(&OpenTill) + Send + Sync + 'static,
    ) -> Self {
        Self {
            lock: Arc::new(Lock::in_folder(&config.data_dir, Clock::system())),
            config,
            state: Mutex::new(State {
                mode,
                open: None,
                gateway: None,
                offer: None,
            }),
            on_open: Box::new(on_open),
        }
    }

    /// The open till; opens it if need be. A till that could not be opened is tried again.
    pub(crate) async fn open(&self) -> Result<OpenTill, Fault> {
        let mut state = self.state.lock().await;
        self.open_in(&mut state).await
    }

    /// The till, if it is open already.
    pub(crate) async fn opened(&self) -> Option<OpenTill> {
        self.state.lock().await.open.clone()
    }

    /// The open till, for what needs the PIN.
    pub(crate) async fn open_unlocked(&self) -> Result<OpenTill, Fault> {
        self.lock.need()?;
        self.open().await
    }

    /// The open till, for what customers who serve themselves have no business with: the books.
    pub(crate) async fn open_book(&self) -> Result<OpenTill, Fault> {
        let open = self.open().await?;
        if open.till.settings().kiosk.self_service {
            self.lock.need()?;
        }
        Ok(open)
    }

    /// The open till, to charge this: customers who serve themselves pay what is offered, no other amount.
    pub(crate) async fn open_to_charge(
        &self,
        amount: &str,
        currency: &str,
    ) -> Result<OpenTill, Fault> {
        let open = self.open().await?;
        let kiosk = open.till.settings().kiosk;
        if kiosk.self_service && !kiosk.offers(amount, currency) {
            let refused = |_| Fault::new(Code::NotOffered, "this amount is not offered here");
            self.lock.need().map_err(refused)?;
        }
        Ok(open)
    }

    /// The lock before what not everybody may.
    pub(crate) fn lock(&self) -> &Lock {
        &self.lock
    }

    /// Does what is slow by design where nothing waits for it.
    pub(crate) async fn with_lock(
        &self,
        work: impl FnOnce(&Lock) -> Result<LockView, PinError> + Send + 'static,
    ) -> Result<LockView, Fault> {
        let lock = Arc::clone(&self.lock);
        let done = tokio::task::spawn_blocking(move || work(&lock)).await;
        Ok(done.map_err(internal)??)
    }

    /// Whether settings may be kept: a self-service till has a PIN.
    pub(crate) fn may_keep(&self, settings: &Settings) -> Result<(), Fault> {
        if settings.kiosk.self_service && !self.lock.is_set() {
            return Err(PinError::Missing.into());
        }
        Ok(())
    }

    /// Whether the PIN may be taken away.
    pub(crate) async fn may_do_without_pin(&self) -> Result<(), Fault> {
        let open = self.open_unlocked().await?;
        if open.till.settings().kiosk.self_service {
            return Err(PinError::Missing.into());
        }
        Ok(())
    }

    /// Puts the till of another mode on the counter. Its sales stay in its own journal, and its open
    /// invoices are watched again when it comes back.
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

    /// Practice from its beginning: all that was sold in it is forgotten. Its settings and items stay.
    pub(crate) async fn practise_anew(&self) -> Result<OpenTill, Fault> {
        let mut state = self.state.lock().await;
        if state.mode != Mode::Practice {
            return Err(Fault::new(Code::PracticeOnly, "this is no practice till"));
        }
        state.open = None;
        if let Some(gateway) = state.gateway.take() {
            gateway.stop().await;
        }
        let folder = practice_folder(&self.config.data_dir);
        let forgotten = tokio::task::spawn_blocking(move || reset_practice_in(&folder)).await;
        // Whatever came of it, a till is on the counter again.
        let open = self.open_in(&mut state).await?;
        forgotten.map_err(internal)??;
        Ok(open)
    }

    /// The newest good copy of the journal that cannot be opened.
    pub(crate) async fn newest_offer(&self) -> Result<Option<RestoreOffer>, Fault> {
        let mut state = self.state.lock().await;
        let (folder, journal, purpose) = self.journal_of(&state)?;
        let look = move || Offer::newest(&folder, journal, purpose, Clock::system().now());
        state.offer = tokio::task::spawn_blocking(look).await.map_err(internal)?;
        Ok(state.offer.as_ref().map(Offer::view))
    }

    /// The copy in a file that somebody chose.
    pub(crate) async fn offer_of(&self, file: PathBuf) -> Result<RestoreOffer, Fault> {
        let mut state = self.state.lock().await;
        let (_, journal, purpose) = self.journal_of(&state)?;
        let look = move || Offer::of_file(&file, journal, purpose, Clock::system().now());
        let offer = tokio::task::spawn_blocking(look)
            .await
            .map_err(internal)??;
        Ok(state.offer.insert(offer).view())
    }

    /// Puts the copy with this head, which was shown, in the journal's place, and opens the till.
    pub(crate) async fn restore(&self, head: &str) -> Result<OpenTill, Fault> {
        let mut state = self.state.lock().await;
        self.journal_of(&state)?;
        let shown = state.offer.take().filter(|offer| offer.view().head == head);
        let offer = shown.ok_or_else(|| Fault::new(Code::RestoreNone, "no such copy was shown"))?;
        let accept = move || offer.accept(Clock::system().now());
        tokio::task::spawn_blocking(accept)
            .await
            .map_err(internal)??;
        self.open_in(&mut state).await
    }

    /// The till's folder, its journal and whose money is in it; nothing of an open till is replaced.
    fn journal_of(&self, state: &State) -> Result<(PathBuf, PathBuf, Purpose), Fault> {
        if state.open.is_some() {
            return Err(Fault::new(Code::JournalInUse, "the till is open"));
        }
        let mut config = self.config.clone();
        let purpose = match state.mode {
            Mode::Live => Purpose::Live,
            Mode::Practice => {
                config.data_dir = practice_folder(&config.data_dir);
                Purpose::Practice
            }
        };
        let journal = config.journal();
        Ok((config.data_dir, journal, purpose))
    }

    async fn open_in(&self, state: &mut State) -> Result<OpenTill, Fault> {
        if let Some(open) = &state.open {
            return Ok(open.clone());
        }
        let open = match state.mode {
            Mode::Live => OpenTill {
                till: Till::open(&self.config, Clock::system())
                    .await?
                    .printing()
                    .keeping_copies(),
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
                    tracing::warn!(%error, "practice does not look like the shop");
                }
                let key = SecretString::from(PRACTICE_KEY);
                let open = OpenTill {
                    till: Till::open_practice(&config, Clock::system(), key)
                        .await?
                        .printing(),
                    mode: Mode::Practice,
                    customer: Some(gateway.control()),
                };
                state.gateway = Some(gateway);
                open
            }
        };
        (self.on_open)(&open);
        state.open = Some(open.clone());
        Ok(open)
    }
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

/// Removes what practice sold and what its gateway knows of it. The till that was open a moment ago may
/// need another to let its journal go.
fn reset_practice_in(folder: &Path) -> Result<(), Fault> {
    let journal = folder.join(JOURNAL);
    let mut tries = 0;
    while let Err(error) = reset_practice(&journal) {
        tries += 1;
        if !matches!(error, ResetError::InUse) || tries > LET_GO_TRIES {
            return Err(error.into());
        }
        std::thread::sleep(LET_GO_STEP);
    }
    match std::fs::remove_file(folder.join(GATEWAY_STATE)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(ResetError::Unwritable(error).into())
        }
        _ => Ok(()),
    }
}

fn internal(error: impl std::fmt::Display) -> Fault {
    Fault::from(TillError::Internal(error.to_string()))
}
