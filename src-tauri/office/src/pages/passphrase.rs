//! An owner's passphrase: what may be one, and its hash (Argon2id with the parameters of RFC 9106's second choice, as the
//! crate has them). Hashing takes memory and time by design, so only so many run at once.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Semaphore;

/// The fewest characters: long enough to be no word, few enough for a phone (NIST SP 800-63B-4, 3.1.1.2 asks for 8 beside
/// another factor and 15 without).
pub const MIN_CHARS: usize = 12;
/// The most bytes: more is no passphrase.
pub const MAX_BYTES: usize = 256;
/// How many are hashed at once.
const AT_ONCE: usize = 2;

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// The hash of a passphrase that nobody has: what is compared where there is no such owner, so that it takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let drawn: [u8; 32] = rand::random();
    hash_now(&drawn).unwrap_or_default()
});

/// Why a passphrase is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PassphraseError {
    /// It is shorter than [`MIN_CHARS`].
    #[error("a passphrase has {MIN_CHARS} characters at least")]
    TooShort,
    /// It is longer than [`MAX_BYTES`].
    #[error("a passphrase has {MAX_BYTES} bytes at most")]
    TooLong,
    /// The machine has no memory for it.
    #[error("the passphrase cannot be hashed")]
    NotHashed,
}

/// The hash of a new passphrase, a PHC string.
///
/// # Errors
/// [`PassphraseError`].
pub async fn hash(passphrase: SecretString) -> Result<String, PassphraseError> {
    let text = passphrase.expose_secret();
    if text.chars().count() < MIN_CHARS {
        return Err(PassphraseError::TooShort);
    }
    if text.len() > MAX_BYTES {
        return Err(PassphraseError::TooLong);
    }
    let hashed = in_turn(move || hash_now(passphrase.expose_secret().as_bytes()).ok()).await;
    hashed.flatten().ok_or(PassphraseError::NotHashed)
}

/// Whether the hash, if there is one, is this passphrase's. It takes the same time where there is none.
pub async fn is_of(passphrase: SecretString, hash: Option<String>) -> bool {
    if passphrase.expose_secret().len() > MAX_BYTES {
        return false;
    }
    let is_somebodys = hash.is_some();
    let verified = in_turn(move || {
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let Ok(hash) = PasswordHash::new(&hash) else {
            return false;
        };
        Argon2::default()
            .verify_password(passphrase.expose_secret().as_bytes(), &hash)
            .is_ok()
    });
    verified.await.unwrap_or(false) && is_somebodys
}

fn hash_now(passphrase: &[u8]) -> Result<String, argon2::password_hash::Error> {
    let hash: PasswordHash = Argon2::default().hash_password(passphrase)?;
    Ok(hash.to_string())
}

/// Runs it on a thread that may take long, when its turn has come.
async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let _turn = TURNS.acquire().await.ok()?;
    tokio::task::spawn_blocking(work).await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_passphrase_itself_opens() {
        let secret = |text: &str| SecretString::from(text);
        let hashed = hash(secret("correct horse battery")).await.expect("hashed");
        assert!(hashed.starts_with("$argon2id$"), "{hashed}");
        assert!(is_of(secret("correct horse battery"), Some(hashed.clone())).await);
        assert!(!is_of(secret("correct horse battery "), Some(hashed)).await);
        assert!(!is_of(secret("correct horse battery"), None).await);
        assert!(!is_of(secret("correct horse battery"), Some("no hash".to_owned())).await);
    }

    #[tokio::test]
    async fn what_is_too_short_or_too_long_is_none() {
        let of = async |text: String| hash(SecretString::from(text)).await;
        assert_eq!(of("ё".repeat(11)).await, Err(PassphraseError::TooShort));
        assert_eq!(of("x".repeat(257)).await, Err(PassphraseError::TooLong));
        assert!(of("ё".repeat(12)).await.is_ok());
    }
}
