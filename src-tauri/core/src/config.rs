//! Where the till keeps its data and which gateway it uses: read from the environment once, at the start
//! (docs/contract.md, *Environment*).

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::files;
use crate::gateway::{ApiBase, BaseError};
use crate::ids::APP_ID;

/// The keychain's user for the key of cru.cash.
const KEY_USER: &str = "api-key";

/// The name of the journal's file in the data folder.
pub const JOURNAL: &str = "journal.sqlite";

const DATA_DIR: &str = "RINGUP_DATA_DIR";
const API_URL: &str = "RINGUP_API_URL";
const POLL_MS: &str = "RINGUP_POLL_MS";

/// The pace of polling that the gateway publishes (docs/gateway.md, *POST /invoice/info*).
const PUBLISHED_PACE: Duration = Duration::from_secs(5);
/// The fastest pace that can be set; a faster one would load even a gateway on this machine.
const FASTEST_PACE: Duration = Duration::from_millis(20);
/// The pace in practice mode, where nobody should have to wait.
const PRACTICE_PACE: Duration = Duration::from_millis(500);

/// What a till is started with.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder of journal, settings and logs.
    pub data_dir: PathBuf,
    /// The gateway's API.
    pub api: ApiBase,
    /// The time between two polls of the invoice on screen.
    pub pace: Duration,
}

/// Why the till cannot start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The platform names no folder for data.
    #[error("there is no home folder; set {DATA_DIR}")]
    NoHome,
    /// The API's address is not accepted.
    #[error("{API_URL}: {0}")]
    Api(#[from] BaseError),
    /// The pace is not a whole number.
    #[error("{POLL_MS} must be a number of milliseconds")]
    Pace,
}

impl Config {
    /// The configuration by the process's environment; an empty variable counts as missing.
    ///
    /// # Errors
    /// As [`Config::read`]. A till that would ask the wrong machine must not start.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::read(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// The configuration by the variables that `variable` finds by their names.
    ///
    /// # Errors
    /// [`ConfigError::NoHome`], [`ConfigError::Api`], [`ConfigError::Pace`].
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let data_dir = match variable(DATA_DIR) {
            Some(folder) => PathBuf::from(folder),
            None => directories::BaseDirs::new()
                .ok_or(ConfigError::NoHome)?
                .data_dir()
                .join(APP_ID),
        };
        let api = match variable(API_URL) {
            Some(url) => ApiBase::parse(&url)?,
            None => ApiBase::cru_cash()?,
        };
        let pace = match variable(POLL_MS) {
            Some(ms) if api.is_loopback() => {
                let ms = ms.trim().parse().or(Err(ConfigError::Pace))?;
                Duration::from_millis(ms).max(FASTEST_PACE)
            }
            _ => PUBLISHED_PACE,
        };
        Ok(Self {
            data_dir,
            api,
            pace,
        })
    }

    /// The journal's file.
    pub fn journal(&self) -> PathBuf {
        self.data_dir.join(JOURNAL)
    }

    /// The keychain's user for this API. Each API has its own, so that a test never touches the shop's key.
    pub fn key_user(&self) -> String {
        if self.api.is_cru_cash() {
            KEY_USER.to_owned()
        } else {
            format!("{KEY_USER}@{}", self.api.authority())
        }
    }

    /// The same till in practice mode, with a folder of its own and the gateway at `api`.
    #[must_use]
    pub fn practice(&self, api: ApiBase) -> Self {
        Self {
            data_dir: practice_folder(&self.data_dir),
            api,
            pace: PRACTICE_PACE,
        }
    }
}

/// The data folder of practice mode.
pub fn practice_folder(data_dir: &Path) -> PathBuf {
    data_dir.join(files::PRACTICE_FOLDER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(|name| {
            let pair = pairs.iter().find(|(key, _)| *key == name);
            pair.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_default_is_cru_cash_at_the_published_pace() {
        let config = read(&[(DATA_DIR, "data")]).expect("enough");
        assert!(config.api.is_cru_cash());
        assert_eq!(config.key_user(), "api-key");
        assert_eq!(config.pace, PUBLISHED_PACE);
    }

    #[test]
    fn another_gateway_has_another_key_and_may_be_polled_faster() {
        let api = (API_URL, "http://127.0.0.1:4141/v1");
        let config = read(&[(DATA_DIR, "data"), api, (POLL_MS, "100")]).expect("loopback");
        assert_eq!(config.key_user(), "api-key@127.0.0.1:4141");
        assert_eq!(config.pace, Duration::from_millis(100));
    }

    #[test]
    fn only_a_gateway_on_this_machine_may_be_polled_faster() {
        let api = (API_URL, "https://api.example.com/v1");
        let config = read(&[(DATA_DIR, "data"), api, (POLL_MS, "1")]).expect("https");
        assert_eq!(config.pace, PUBLISHED_PACE);
    }

    #[test]
    fn a_wrong_address_stops_the_start() {
        let api = (API_URL, "http://api.cru.cash/v1");
        assert_eq!(
            read(&[(DATA_DIR, "data"), api]).map(drop),
            Err(ConfigError::Api(BaseError::NotEncrypted))
        );
    }
}
