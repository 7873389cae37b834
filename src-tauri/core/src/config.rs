//! Where the till keeps its data and which gateway it uses: read from the environment once, at the start
//! (docs/contract.md, *Environment*).

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::files;
use crate::gateway::{ApiBase, BaseError};
use crate::ids::APP_ID;
use crate::journal;

/// The keychain's user for the key of cru.cash.
const KEY_USER: &str = "api-key";

/// The name of the journal's file in the data folder.
pub const JOURNAL: &str = files::JOURNAL_FILE;

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
    /// A variable is not text. The data folder's may be any bytes, as paths are.
    #[error("{0} cannot be read: it is not UTF-8 text")]
    NotText(&'static str),
    /// The pace is not a whole number.
    #[error("{POLL_MS} must be a number of milliseconds")]
    Pace,
    /// Others may write into the data folder: they could put another journal or another PIN there.
    #[error("others may write into the data folder; mend it with: chmod go-w {}", shell_quoted(.0))]
    FolderOpenToOthers(PathBuf),
}

impl Config {
    /// The configuration by the process's environment; an empty variable counts as missing.
    ///
    /// # Errors
    /// As [`Config::read`], and [`ConfigError::FolderOpenToOthers`]. A till that would ask the wrong machine or sell into
    /// another folder must not start.
    pub fn from_env() -> Result<Self, ConfigError> {
        let config = Self::read(|name| std::env::var_os(name).filter(|value| !value.is_empty()))?;
        check_folder(&config.data_dir)?;
        Ok(config)
    }

    /// The configuration by the variables that `variable` finds by their names.
    ///
    /// # Errors
    /// [`ConfigError::NoHome`], [`ConfigError::Api`], [`ConfigError::NotText`], [`ConfigError::Pace`].
    pub fn read<Value: Into<OsString>>(
        variable: impl Fn(&str) -> Option<Value>,
    ) -> Result<Self, ConfigError> {
        let variable = |name: &str| variable(name).map(Into::<OsString>::into);
        let text = |name: &'static str| match variable(name).map(OsString::into_string) {
            Some(Err(_)) => Err(ConfigError::NotText(name)),
            Some(Ok(text)) => Ok(Some(text)),
            None => Ok(None),
        };
        let data_dir = match variable(DATA_DIR) {
            Some(folder) => PathBuf::from(folder),
            None => directories::BaseDirs::new()
                .ok_or(ConfigError::NoHome)?
                .data_dir()
                .join(APP_ID),
        };
        let api = match text(API_URL)? {
            Some(url) => ApiBase::parse(&url)?,
            None => ApiBase::cru_cash()?,
        };
        let pace = match text(POLL_MS)? {
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

    /// The file `journal.sqlite`: practice's only journal, and the shop's for the gateway that came first.
    pub fn journal(&self) -> PathBuf {
        self.data_dir.join(JOURNAL)
    }

    /// The shop's journal for the money of this API's gateway. It may have to be made. `alone`: no other program has a
    /// journal of the folder open.
    pub fn live_journal(&self, alone: bool) -> PathBuf {
        journal::journal_of(&self.data_dir, &self.api.authority(), alone)
    }

    /// The shop's journal for a look into the book, for which no gateway is asked: that of this API's gateway, or, if
    /// it has none yet, `journal.sqlite`, whose money it may be.
    pub fn book_journal(&self) -> PathBuf {
        let own = self.live_journal(false);
        if own.exists() { own } else { self.journal() }
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

#[cfg_attr(
    not(unix),
    expect(unused_variables, reason = "who may write is not asked there")
)]
/// Refuses a folder that others than its owner may write into. One that is not there yet is made for its owner alone.
fn check_folder(folder: &Path) -> Result<(), ConfigError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        const WRITABLE_BY_OTHERS: u32 = 0o022;
        let mode = folder.metadata().map_or(0, |it| it.permissions().mode());
        if mode & WRITABLE_BY_OTHERS != 0 {
            return Err(ConfigError::FolderOpenToOthers(folder.to_owned()));
        }
    }
    Ok(())
}

/// A path as a shell takes it for one word.
fn shell_quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
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

    #[cfg(unix)]
    #[test]
    fn a_folder_is_bytes_and_what_is_no_text_stops_the_start() {
        use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
        let latin_1 = || OsString::from_vec(b"/srv/caf\xe9".to_vec());
        let config = Config::read(|name| (name == DATA_DIR).then(latin_1)).expect("a folder");
        assert_eq!(config.data_dir.as_os_str().as_bytes(), b"/srv/caf\xe9");
        for variable in [API_URL, POLL_MS] {
            let read = Config::read(|name| [DATA_DIR, variable].contains(&name).then(latin_1));
            assert_eq!(read.map(drop), Err(ConfigError::NotText(variable)));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_others_may_write_into_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        for (mode, accepted) in [
            (0o700, true),
            (0o755, true),
            (0o775, false),
            (0o757, false),
            (0o1777, false),
        ] {
            let rights = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(folder.path(), rights).expect("set");
            assert_eq!(check_folder(folder.path()).is_ok(), accepted, "{mode:o}");
        }
        assert_eq!(check_folder(&folder.path().join("not yet")), Ok(()));
        let refused = ConfigError::FolderOpenToOthers(PathBuf::from("/srv/it's"));
        assert!(
            refused.to_string().ends_with(r"chmod go-w '/srv/it'\''s'"),
            "{refused}"
        );
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
