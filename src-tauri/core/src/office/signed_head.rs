//! The head of a till's journal as the office holds it, signed with the office's key (Ed25519, RFC 8032). A chain proves
//! that nothing within it was changed; this proves how far it went.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ED25519, Ed25519KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use super::hash::EntryHash;
use crate::ids::TillId;

/// A head, and the office's word for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedHead {
    /// Whose journal.
    pub till: TillId,
    /// The number of the last entry that the office holds; 0: none.
    pub seq: u64,
    /// Its hash.
    pub hash: EntryHash,
    /// When the office signed, seconds since 1970-01-01 UTC by its clock.
    pub signed_at_unix: i64,
    /// Over the lines of docs/contract.md, *The back office*, base64.
    pub signature: String,
}

/// The office's public key, base64.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicKey(pub String);

impl SignedHead {
    /// Signs a head.
    pub fn sign(
        key: &Ed25519KeyPair,
        till: TillId,
        seq: u64,
        hash: EntryHash,
        signed_at_unix: i64,
    ) -> Self {
        let mut head = Self {
            till,
            seq,
            hash,
            signed_at_unix,
            signature: String::new(),
        };
        head.signature = STANDARD.encode(key.sign(head.text().as_bytes()));
        head
    }

    /// What is signed: the purpose first, so that no signature of this key over something else can be taken for one.
    fn text(&self) -> String {
        let Self {
            till,
            seq,
            hash,
            signed_at_unix,
            ..
        } = self;
        format!("ringup head 1\n{till}\n{seq}\n{hash}\n{signed_at_unix}\n")
    }

    /// Whether the office of this key said so.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        let decoded = STANDARD
            .decode(&key.0)
            .ok()
            .zip(STANDARD.decode(&self.signature).ok());
        decoded.is_some_and(|(key, signature)| {
            let key = UnparsedPublicKey::new(&ED25519, key);
            key.verify(self.text().as_bytes(), &signature).is_ok()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::KeyPair as _;

    #[test]
    fn a_head_that_was_changed_in_any_field_is_not_the_offices() {
        let key = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).expect("a key");
        let public = PublicKey(STANDARD.encode(key.public_key()));
        let head = SignedHead::sign(&key, TillId::new(), 7, EntryHash([1; 32]), 1_700_000_000);
        assert!(head.is_signed_by(&public));
        let other = Ed25519KeyPair::from_seed_unchecked(&[8; 32]).expect("a key");
        assert!(!head.is_signed_by(&PublicKey(STANDARD.encode(other.public_key()))));
        assert!(!head.is_signed_by(&PublicKey("no key".to_owned())));
        let changes: [fn(&mut SignedHead); 5] = [
            |head| head.till = TillId::new(),
            |head| head.seq -= 1,
            |head| head.hash = EntryHash([2; 32]),
            |head| head.signed_at_unix += 1,
            |head| head.signature.clear(),
        ];
        for change in changes {
            let mut changed = head.clone();
            change(&mut changed);
            assert!(!changed.is_signed_by(&public), "{changed:?}");
        }
    }
}
