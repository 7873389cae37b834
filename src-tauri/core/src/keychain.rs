//! The API key in the system's keychain: Secret Service on Linux, Keychain on macOS, Credential
//! Manager on Windows. It is written and used, never shown.
//!
//! The system's calls block, and on a locked keychain may never return, so each runs on a thread of
//! its own and is waited for no longer than ten seconds.

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Mutex, oneshot};

use crate::config::APP_ID;

/// How long a call is waited for.
const LIMIT: Duration = Duration::from_secs(10);

/// Why the keychain did not serve. *No key yet* is not among them: it is an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// No program on this machine keeps secrets.
    #[error("there is no keychain service on this machine")]
    NoService,
    /// It wants its own password first.
    #[error("the keychain is locked")]
    Locked,
    /// It did not answer.
    #[error("the keychain does not answer")]
    Hangs,
    /// Anything else it said.
    #[error("the keychain failed: {0}")]
    Failed(String),
}

/// The entry of one API in the system's keychain.
#[derive(Debug, Clone)]
pub struct Keychain {
    user: String,
    limit: Duration,
    /// A call that hangs is not joined by a second one.
    turn: Arc<Mutex<()>>,
}

impl Keychain {
    /// The entry of this user ([`crate::config::Config::key_user`]).
    pub fn new(user: String) -> Self {
        Self {
            user,
            limit: LIMIT,
            turn: Arc::default(),
        }
    }

    /// The key, if one is stored.
    ///
    /// # Errors
    /// [`KeychainError`].
    pub async fn get(&self) -> Result<Option<SecretString>, KeychainError> {
        self.call(|entry| match entry.get_password() {
            Ok(key) => Ok(Some(SecretString::from(key))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    /// Stores the key in place of the one there is.
    ///
    /// # Errors
    /// [`KeychainError`]; then the one there was may still be there.
    pub async fn set(&self, key: SecretString) -> Result<(), KeychainError> {
        self.call(move |entry| entry.set_password(key.expose_secret()))
            .await
    }

    /// Forgets the key.
    ///
    /// # Errors
    /// [`KeychainError`].
    pub async fn clear(&self) -> Result<(), KeychainError> {
        self.call(|entry| match entry.delete_credential() {
            Err(keyring::Error::NoEntry) => Ok(()),
            other => other,
        })
        .await
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&keyring::Entry) -> keyring::Result<T> + Send + 'static,
    ) -> Result<T, KeychainError> {
        let (done, answer) = oneshot::channel();
        let user = self.user.clone();
        let turn = Arc::clone(&self.turn);
        let waited = tokio::time::timeout(self.limit, async move {
            let turn = turn.lock_owned().await;
            std::thread::Builder::new()
                .name("keychain".to_owned())
                .spawn(move || {
                    let result = ready().and_then(|()| {
                        let entry = keyring::Entry::new(APP_ID, &user).map_err(sort)?;
                        work(&entry).map_err(sort)
                    });
                    drop(turn);
                    // Given up on: nobody waits for the answer any more.
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

/// Sorts what the system says. No variant that carries the secret's bytes is ever printed.
fn sort(error: keyring::Error) -> KeychainError {
    match error {
        keyring::Error::NoDefaultStore => KeychainError::NoService,
        keyring::Error::NoStorageAccess(_) => KeychainError::Locked,
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => {
            KeychainError::Failed("what is stored is not a key".to_owned())
        }
        other => KeychainError::Failed(other.to_string()),
    }
}

/// Looks before it asks: an unlock dialog that nobody sees would hang, and a keychain library that
/// failed to find its service once would not look again.
#[cfg(target_os = "linux")]
fn ready() -> Result<(), KeychainError> {
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
            // The bus could not start it.
            zbus::Error::MethodError(ref name, ..)
                if name.as_str().starts_with("org.freedesktop.DBus.Error.S") =>
            {
                KeychainError::NoService
            }
            other => failed(&other),
        })?;
    if collection.as_str() == "/" {
        return Ok(());
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
        Ok(false) => Ok(()),
        Err(error) => Err(failed(&error)),
    }
}

/// Elsewhere the system answers at once.
#[cfg(not(target_os = "linux"))]
fn ready() -> Result<(), KeychainError> {
    Ok(())
}
