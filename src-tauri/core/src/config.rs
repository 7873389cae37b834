//! Where the till lives and whom it asks: read from the environment once, at the start
//! (contract.md, *Environment*).

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::gateway::{ApiBase, BaseError};

/// The name under which the platform keeps the till's data and its key.
pub const APP_ID: &str = "app.ringup.till";

/// The keychain's user for the key of cru.cash itself.
const KEY_USER: &str = "api-key";

/// The name of a till's journal in its folder.
pub const JOURNAL: &str = "journal.sqlite";

const DATA_DIR: &str = "RINGUP_DATA_DIR";
const API_URL: &str = "RINGUP_API_URL";
const POLL_MS: &str = "RINGUP_POLL_MS";

/// The pace of asking that the gateway publishes (gateway.md, *POST /invoice/info*).
const PUBLISHED_PACE: Duration = Duration::from_secs(5);
/// Faster would be a load, even on this machine.
const FASTEST_PACE: Duration = Duration::from_millis(20);

/// The surroundings of a till.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where journal, settings and logs live.
    pub data_dir: PathBuf,
    /// The API.
    pub api: ApiBase,
    /// How often an invoice on screen is asked about.
    pub pace: Duration,
}

/// Why the till does not start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The platform names no place for data.
    #[error("there is no home folder; set {DATA_DIR}")]
    NoHome,
    /// The API's address.
    #[error("{API_URL}: {0}")]
    Api(#[from] BaseError),
    /// The pace.
    #[error("{POLL_MS} must be a number of milliseconds")]
    Pace,
}

impl Config {
    /// As the environment says.
    ///
    /// # Errors
    /// [`ConfigError`]: a till that would ask the wrong machine must not start.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::read(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// As `variable` says of each name.
    ///
    /// # Errors
    /// [`ConfigError`].
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

    /// The journal of real money.
    pub fn journal(&self) -> PathBuf {
        self.data_dir.join(JOURNAL)
    }

    /// The keychain's user for this API: a test never touches the shop's key.
    pub fn key_user(&self) -> String {
        if self.api.is_cru_cash() {
            KEY_USER.to_owned()
        } else {
            format!("{KEY_USER}@{}", self.api.authority())
        }
    }

    /// The same till in practice: a folder of its own, another gateway, no wait to speak of.
    #[must_use]
    pub fn practice(&self, api: ApiBase) -> Self {
        Self {
            data_dir: practice_folder(&self.data_dir),
            api,
            pace: Duration::from_millis(500),
        }
    }
}

/// Where practice keeps what it keeps.
pub fn practice_folder(data_dir: &Path) -> PathBuf {
    data_dir.join("practice")
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
    fn without_a_word_it_is_the_shops_till() {
        let config = read(&[(DATA_DIR, "data")]).expect("enough");
        assert!(config.api.is_cru_cash());
        assert_eq!(config.key_user(), "api-key");
        assert_eq!(config.pace, PUBLISHED_PACE);
    }

    #[test]
    fn another_gateway_has_another_key_and_may_be_asked_faster() {
        let api = (API_URL, "http://127.0.0.1:4141/v1");
        let config = read(&[(DATA_DIR, "data"), api, (POLL_MS, "100")]).expect("loopback");
        assert_eq!(config.key_user(), "api-key@127.0.0.1:4141");
        assert_eq!(config.pace, Duration::from_millis(100));
    }

    #[test]
    fn the_published_pace_is_kept_with_any_gateway_but_ones_own_machine() {
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
