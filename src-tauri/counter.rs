//! What stands on the counter: the shop's till, or the practice till with its gateway. One at a time.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use practice::{Control, PracticeGateway};
use till::Till;
use till::clock::Clock;
use till::config::{Config, practice_folder};
use till::error::{Code, Fault, TillError};
use till::gateway::ApiBase;

/// No secret: the practice gateway lives on this machine and its money is play.
const PRACTICE_KEY: &str = "practice";

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
    state: Mutex<State>,
    on_open: Box<dyn Fn(&OpenTill) + Send + Sync>,
}

struct State {
    mode: Mode,
    open: Option<OpenTill>,
    // Lives as long as the practice till does.
    gateway: Option<PracticeGateway>,
}

impl Counter {
    /// A counter on which the till of `mode` will stand. `on_open` learns of each till that is opened.
    pub(crate) fn new(
        config: Config,
        mode: Mode,
        on_open: impl Fn(&OpenTill) + Send + Sync + 'static,
    ) -> Self {
        Self {
            config,
            state: Mutex::new(State {
                mode,
                open: None,
                gateway: None,
            }),
            on_open: Box::new(on_open),
        }
    }

    /// The open till; opens it if need be. A till that could not be opened is tried again.
    pub(crate) async fn open(&self) -> Result<OpenTill, Fault> {
        let mut state = self.state.lock().await;
        self.open_in(&mut state).await
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

    async fn open_in(&self, state: &mut State) -> Result<OpenTill, Fault> {
        if let Some(open) = &state.open {
            return Ok(open.clone());
        }
        let open = match state.mode {
            Mode::Live => OpenTill {
                till: Till::open(&self.config, Clock::system()).await?.printing(),
                mode: Mode::Live,
                customer: None,
            },
            Mode::Practice => {
                let gateway = start_practice(&self.config).await?;
                let base = ApiBase::parse(&gateway.base_url()).map_err(internal)?;
                let config = self.config.practice(base);
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
    till::make_private_folder(&folder)
        .map_err(|error| Fault::new(Code::JournalUnwritable, error.to_string()))?;
    let options = practice::Options {
        key: Some(PRACTICE_KEY.to_owned()),
        state_file: Some(folder.join("gateway.json")),
        ..practice::Options::default()
    };
    practice::start(options).await.map_err(internal)
}

fn internal(error: impl std::fmt::Display) -> Fault {
    Fault::from(TillError::Internal(error.to_string()))
}
