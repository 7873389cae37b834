//! The API key in the system's keychain: Secret Service on Linux, Keychain on macOS, Credential Manager on
//! Windows. The key is written and used, never shown.
//!
//! The system's calls block, and with a locked keychain may never return, so each of them runs on a thread of
//! its own and is given up after ten seconds.

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Mutex, oneshot};

use crate::ids::APP_ID;

/// The longest time that a call may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Why the keychain gave no answer. That it holds no key is an answer, not an error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// This machine has no keychain service.
    #[error("there is no keychain service on this machine")]
    NoService,
    /// It is locked.
    #[error("the keychain is locked")]
    Locked,
    /// It has no default collection, where new secrets go.
    #[error("the keychain has no default collection to put the key into")]
    NoCollection,
    /// It holds several entries for this till's key, and they differ.
    #[error(
        "the keychain holds {0} different entries for the key; storing the key again leaves one"
    )]
    Ambiguous(usize),
    /// What it holds cannot be a key.
    #[error("what the keychain holds is not a key: {0}")]
    NotAKey(&'static str),
    /// It did not answer within ten seconds.
    #[error("the keychain does not answer")]
    Hangs,
    /// Any other error of the system's.
    #[error("the keychain failed: {0}")]
    Failed(String),
}

/// The entry of one API in the system's keychain.
#[derive(Debug, Clone)]
pub struct Keychain {
    user: String,
    timeout: Duration,
    /// One call at a time: one that hangs is not joined by a second.
    calling: Arc<Mutex<()>>,
}

impl Keychain {
    /// The entry of this keychain user: `api-key`, or `api-key@host:port` for another API.
    pub fn new(user: String) -> Self {
        Self {
            user,
            timeout: TIMEOUT,
            calling: Arc::default(),
        }
    }

    /// The stored key, without white space around it; `None` when there is none. Several entries that hold the same
    /// key, as another program may have left them, are one.
    ///
    /// # Errors
    /// Every variant of [`KeychainError`] but `NoCollection`.
    pub async fn get(&self) -> Result<Option<SecretString>, KeychainError> {
        self.call(|entry| {
            let stored = match entry.get_password() {
                Err(keyring::Error::NoEntry) => return Ok(None),
                Err(keyring::Error::Ambiguous(entries)) => {
                    let entries = entries.into_iter().map(|inner| keyring::Entry { inner });
                    only_secret(&entries.collect::<Vec<_>>())?
                }
                stored => SecretString::from(stored.map_err(to_error)?),
            };
            parse_key(&stored).map(Some).map_err(KeychainError::NotAKey)
        })
        .await
    }

    /// Stores the key in place of the former one, or of all former ones.
    ///
    /// # Errors
    /// Every variant of [`KeychainError`] but `Ambiguous` and `NotAKey`; the former key may still be stored then.
    pub async fn set(&self, key: SecretString) -> Result<(), KeychainError> {
        self.call(move |entry| match entry.set_password(key.expose_secret()) {
            Err(keyring::Error::Ambiguous(entries)) => {
                // First the new key, then the others go: a failure on the way leaves a key that counts.
                let mut entries = entries.into_iter().map(|inner| keyring::Entry { inner });
                if let Some(first) = entries.next() {
                    first.set_password(key.expose_secret()).map_err(to_error)?;
                }
                delete_all(entries)
            }
            other => other.map_err(to_error),
        })
        .await
    }

    /// Deletes the key; all of them, where there are several.
    ///
    /// # Errors
    /// Every variant of [`KeychainError`] but `Ambiguous`, `NoCollection` and `NotAKey`; the key may still be stored
    /// then.
    pub async fn clear(&self) -> Result<(), KeychainError> {
        self.call(|entry| match entry.delete_credential() {
            Err(keyring::Error::NoEntry) => Ok(()),
            Err(keyring::Error::Ambiguous(entries)) => {
                delete_all(entries.into_iter().map(|inner| keyring::Entry { inner }))
            }
            other => other.map_err(to_error),
        })
        .await
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&keyring::Entry) -> Result<T, KeychainError> + Send + 'static,
    ) -> Result<T, KeychainError> {
        let (done, answer) = oneshot::channel();
        let user = self.user.clone();
        let calling = Arc::clone(&self.calling);
        let waited = tokio::time::timeout(self.timeout, async move {
            let permit = calling.lock_owned().await;
            std::thread::Builder::new()
                .name("keychain".to_owned())
                .spawn(move || {
                    let result = check_service().and_then(|collection| {
                        let entry = keyring::Entry::new(APP_ID, &user).map_err(to_error)?;
                        work(&entry).map_err(|error| match (error, collection) {
                            // The library takes a collection that is missing for one that is locked.
                            (KeychainError::Locked, DefaultCollection::Missing) => {
                                KeychainError::NoCollection
                            }
                            (error, _) => error,
                        })
                    });
                    drop(permit);
                    // It fails when the caller has given up.
                    done.send(result).ok();
                })
                .map_err(|error| KeychainError::Failed(error.to_string()))?;
            answer
                .await
                .or(Err(KeychainError::Failed("it crashed".to_owned())))?
        });
        waited.await.unwrap_or(Err(KeychainError::Hangs))
    }
}

/// Longest text that is accepted as a key, bytes.
const MAX_KEY_BYTES: usize = 512;

/// The key in a text: without the white space that pasting, or storing it by hand, brings along.
///
/// # Errors
/// Why the text cannot be a key. The text is not repeated.
pub(crate) fn parse_key(text: &SecretString) -> Result<SecretString, &'static str> {
    let key = text.expose_secret().trim();
    if key.is_empty() {
        return Err("it is empty");
    }
    if key.len() > MAX_KEY_BYTES {
        return Err("it is too long");
    }
    if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("it holds spaces or other characters no key has");
    }
    Ok(SecretString::from(key))
}

/// The secret that all these entries hold.
fn only_secret(entries: &[keyring::Entry]) -> Result<SecretString, KeychainError> {
    let mut only: Option<SecretString> = None;
    for entry in entries {
        let secret = SecretString::from(entry.get_password().map_err(to_error)?);
        let differs = only
            .as_ref()
            .is_some_and(|other| other.expose_secret().trim() != secret.expose_secret().trim());
        if differs {
            return Err(KeychainError::Ambiguous(entries.len()));
        }
        only = Some(secret);
    }
    only.ok_or(KeychainError::Ambiguous(entries.len()))
}

fn delete_all(entries: impl Iterator<Item = keyring::Entry>) -> Result<(), KeychainError> {
    for entry in entries {
        match entry.delete_credential() {
            Err(keyring::Error::NoEntry) => {}
            other => other.map_err(to_error)?,
        }
    }
    Ok(())
}

/// Whether the keychain has a collection that new secrets go to.
#[derive(Debug, Clone, Copy)]
enum DefaultCollection {
    Present,
    #[cfg_attr(
        not(target_os = "linux"),
        expect(dead_code, reason = "others have one")
    )]
    Missing,
}

/// The system's error without the secret's bytes, which some of its variants carry.
fn to_error(error: keyring::Error) -> KeychainError {
    match error {
        keyring::Error::NoDefaultStore => KeychainError::NoService,
        keyring::Error::NoStorageAccess(_) => KeychainError::Locked,
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => {
            KeychainError::NotAKey("it is no text")
        }
        other => KeychainError::Failed(other.to_string()),
    }
}

/// Checks that the service is there and unlocked before the library is called: an unlock dialog that nobody
/// sees would hang, and a library that failed to find its service once does not look again.
#[cfg(target_os = "linux")]
fn check_service() -> Result<DefaultCollection, KeychainError> {
    use zbus::blocking::{Connection, Proxy, fdo::DBusProxy};
    use zbus::names::BusName;

    const SERVICE: &str = "org.freedesktop.secrets";
    const ROOT: &str = "/org/freedesktop/secrets";

    let bus = Connection::session().or(Err(KeychainError::NoService))?;
    let failed = |error: &dyn std::error::Error| KeychainError::Failed(error.to_string());
    let names = DBusProxy::new(&bus).map_err(|error| failed(&error))?;
    let name = BusName::try_from(SERVICE).map_err(|error| failed(&error))?;
    let running = names.name_has_owner(name).map_err(|error| failed(&error))?;
    let startable = || {
        names
            .list_activatable_names()
            .is_ok_and(|names| names.iter().any(|name| name.as_str() == SERVICE))
    };
    if !running && !startable() {
        return Err(KeychainError::NoService);
    }
    // Secret Service API 0.2: the alias `default` names the collection that new secrets go to.
    let service = Proxy::new(&bus, SERVICE, ROOT, "org.freedesktop.Secret.Service")
        .map_err(|error| failed(&error))?;
    let collection: zbus::zvariant::OwnedObjectPath = service
        .call("ReadAlias", &"default")
        .map_err(|error| match error {
            // The bus could not start the service.
            zbus::Error::MethodError(ref name, ..)
                if name.as_str().starts_with("org.freedesktop.DBus.Error.S") =>
            {
                KeychainError::NoService
            }
            other => failed(&other),
        })?;
    if collection.as_str() == "/" {
        return Ok(DefaultCollection::Missing);
    }
    let collection = Proxy::new(
        &bus,
        SERVICE,
        collection.as_str(),
        "org.freedesktop.Secret.Collection",
    )
    .map_err(|error| failed(&error))?;
    match collection.get_property::<bool>("Locked") {
        Ok(true) => Err(KeychainError::Locked),
        Ok(false) => Ok(DefaultCollection::Present),
        Err(error) => Err(failed(&error)),
    }
}

/// The other systems' keychains answer at once.
#[cfg(not(target_os = "linux"))]
fn check_service() -> Result<DefaultCollection, KeychainError> {
    Ok(DefaultCollection::Present)
}
