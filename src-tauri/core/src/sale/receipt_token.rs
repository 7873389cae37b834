//! What opens a sale's receipt at the back office, and nothing else: 128 bits that nobody can guess. The till draws them
//! when the sale is opened and writes them down with it, so that the customer can be shown where the receipt will be
//! before anything has arrived there (docs/receipts.md, *Receipts for phones*).
//!
//! The office looks a receipt up by the SHA-256 of whatever stands in the address. So how long an answer takes tells
//! nothing of a token that there is, and a text that is no token goes the way of any other.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom as _, SystemRandom};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// How many bytes it has.
const TOKEN_BYTES: usize = 16;
/// No more of a text is looked at: a longer one is no token, whatever it begins with.
const MAX_HASHED_BYTES: usize = 64;

/// What opens one receipt. No `Debug` shows it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ReceiptToken([u8; TOKEN_BYTES]);

impl ReceiptToken {
    /// Draws one from the system's randomness; `None`: the system has none to give, and the sale goes on without.
    pub fn draw() -> Option<Self> {
        let mut bytes = [0; TOKEN_BYTES];
        SystemRandom::new().fill(&mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// The token of this text; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// Its text: 22 letters, digits, dashes and underscores.
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Where its receipt is at the office.
    pub fn path(&self) -> String {
        format!("/r/{}", self.reveal())
    }

    /// By what the office finds it.
    pub fn hash(&self) -> [u8; 32] {
        Self::hash_of_text(&self.reveal())
    }

    /// By what the office would find a token of this text, which may be any.
    pub fn hash_of_text(text: &str) -> [u8; 32] {
        let bytes = text.bytes().take(MAX_HASHED_BYTES);
        Sha256::digest(bytes.collect::<Vec<u8>>()).into()
    }
}

impl std::fmt::Debug for ReceiptToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReceiptToken")
    }
}

impl Serialize for ReceiptToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.reveal())
    }
}

impl<'de> Deserialize<'de> for ReceiptToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("a receipt's token has 22 letters"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_is_another_and_has_a_text_of_its_own() {
        let drawn: BTreeSet<String> = (0..1000)
            .map(|_| ReceiptToken::draw().expect("randomness").reveal())
            .collect();
        assert_eq!(drawn.len(), 1000);
        for text in drawn {
            assert_eq!(text.len(), 22);
            let token = ReceiptToken::parse(&text).expect("a token");
            assert_eq!(token.reveal(), text);
            assert_eq!(token.hash(), ReceiptToken::hash_of_text(&text));
            assert_eq!(token.path(), format!("/r/{text}"));
            assert!(!format!("{token:?}").contains(&text));
        }
    }

    proptest! {
        #[test]
        fn no_other_text_is_one_of_a_token(text in "\\PC{0,30}|[A-Za-z0-9_=-]{20,24}") {
            if let Some(token) = ReceiptToken::parse(&text) {
                prop_assert_eq!(token.reveal(), text);
            }
        }

        #[test]
        fn what_follows_a_token_makes_it_another_text(more in "\\PC{1,100}") {
            let text = ReceiptToken([7; 16]).reveal();
            let longer = format!("{text}{more}");
            prop_assert_ne!(ReceiptToken::hash_of_text(&longer), ReceiptToken::hash_of_text(&text));
        }
    }
}
