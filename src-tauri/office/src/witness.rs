//! The office's key, by which it signs what it holds of each till.
//!
//! It lies in a file beside the book and not in the book: who can change the book's rows must not be able to sign what
//! they then say. The book knows the public half, and an office with another key refuses to open it.

use std::io;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _};

use ringup_core::clock::UnixMs;
use ringup_core::ids::TillId;
use ringup_core::office::{PublicKey, SignedHead};

use crate::private_file;
use crate::store::Head;

/// Why there is no key to sign with.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// The disk.
    #[error("the office's key: {0}")]
    File(#[from] io::Error),
    /// The file holds no key.
    #[error("the office's key cannot be read: it is damaged")]
    Damaged,
}

/// The office's key.
#[derive(Debug)]
pub struct Witness {
    key: Ed25519KeyPair,
    derives: hmac::Key,
}

impl Witness {
    /// The key in this file; it is made once.
    ///
    /// # Errors
    /// [`WitnessError`]. A damaged key is never replaced: the tills know it.
    pub fn open(path: &Path) -> Result<Self, WitnessError> {
        let stored = match std::fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let drawn = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new());
                let drawn = drawn.or(Err(WitnessError::Damaged))?;
                match private_file::write_new(path, drawn.as_ref()) {
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                    other => other?,
                }
                std::fs::read(path)?
            }
            other => other?,
        };
        let key = Ed25519KeyPair::from_pkcs8(&stored).or(Err(WitnessError::Damaged))?;
        let derives = hmac::Key::new(hmac::HMAC_SHA256, &stored);
        Ok(Self { key, derives })
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(STANDARD.encode(self.key.public_key()))
    }

    /// A secret of this office for a purpose of its own. It is the same in every office that has this key, and is in no
    /// book.
    pub fn secret_for(&self, purpose: &str) -> [u8; 32] {
        let tag = hmac::sign(
            &self.derives,
            format!("ringup secret\n{purpose}").as_bytes(),
        );
        let mut secret = [0; 32];
        secret.copy_from_slice(tag.as_ref());
        secret
    }

    /// The office's word that it holds this head of this till.
    pub fn sign(&self, till: TillId, head: Head, now: UnixMs) -> SignedHead {
        let signed_at_unix = now.0.div_euclid(1000);
        SignedHead::sign(&self.key, till, head.seq, head.hash, signed_at_unix)
    }
}
