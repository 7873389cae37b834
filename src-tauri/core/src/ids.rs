//! Identifiers, a type each, so that the compiler tells an attempt from a sale.
//!
//! An id is unique over all tills; a number is counted from 1 on one till or within one sale.

use derive_more::{Display, From, FromStr};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use ts_rs::TS;
use uuid::Uuid;

/// The name under which the platform keeps the till's data and the API key.
pub const APP_ID: &str = "app.ringup.till";

/// The program's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A sale. Ids sort by the time they were drawn (RFC 9562, version 7).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    Display,
    From,
    FromStr,
)]
#[serde(transparent)]
pub struct SaleId(Uuid);

/// A cart that is held unpaid.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    Display,
    FromStr,
    TS,
)]
#[serde(transparent)]
#[ts(as = "String")]
pub struct CartId(Uuid);

/// An item of the shop's list.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    Display,
    FromStr,
    TS,
)]
#[serde(transparent)]
#[ts(as = "String")]
pub struct ItemId(Uuid);

/// A till. Its id is drawn once, when its journal is created.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Display, From, FromStr,
)]
#[serde(transparent)]
pub struct TillId(Uuid);

impl TillId {
    /// The first 16 hex digits of a hash of a text, salted with this till's id: enough to tell two texts apart, useless
    /// to anybody who wants the text.
    pub(crate) fn salted_fingerprint(self, text: &[u8]) -> String {
        let mut hash = Sha256::new();
        hash.update(self.to_string());
        hash.update(text);
        let digits = hash.finalize();
        let bytes = digits.iter().take(8);
        bytes.map(|byte| format!("{byte:02x}")).collect()
    }
}

/// One tap on *Charge*. The same tap sent twice opens one sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Display)]
#[serde(transparent)]
pub struct TapId(pub Uuid);

/// Gives an id its constructor and the same as `Default`.
macro_rules! drawn_by {
    ($($id:ident: $draw:path),+) => {$(
        impl $id {
            /// Draws a new id.
            pub fn new() -> Self {
                Self($draw())
            }
        }

        impl Default for $id {
            fn default() -> Self {
                Self::new()
            }
        }
    )+};
}

drawn_by!(SaleId: Uuid::now_v7, CartId: Uuid::now_v7, ItemId: Uuid::new_v4, TillId: Uuid::new_v4, TapId: Uuid::new_v4);

/// Longest code of a till: it stands before each sale's number on paper.
const MAX_CODE_CHARS: usize = 3;

/// The till's short name in sale labels (`A` in `A-000042`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Display)]
#[serde(transparent)]
pub struct TillCode(String);

impl TillCode {
    /// The code of a shop's first till.
    pub fn first() -> Self {
        Self("A".to_owned())
    }

    /// The code of one to three letters or digits, in capitals; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = (1..=MAX_CODE_CHARS).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        fits.then(|| Self(text.to_ascii_uppercase()))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code of the practice till, so that its labels differ from real ones.
    pub fn practice() -> Self {
        Self("P".to_owned())
    }
}

/// Declares what is counted from 1 without gaps.
macro_rules! counted {
    ($($(#[$doc:meta])+ $number:ident),+) => {$(
        $(#[$doc])+
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Display,
        )]
        #[serde(transparent)]
        pub struct $number(pub u32);
    )+};
}

counted! {
    /// A sale's number on this till, counted from 1 without gaps.
    SaleNumber,
    /// Which attempt of a sale, counted from 1 without gaps.
    AttemptNumber,
    /// Which refund of a sale, counted from 1 without gaps.
    RefundNumber,
    /// Which tender of a sale, counted from 1 without gaps.
    TenderNumber
}

/// The gateway's id of an invoice: opaque text. Every documented example is a UUID, but no rule says so
/// (docs/gateway.md, *POST /invoice/create*).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Display)]
#[serde(transparent)]
pub struct InvoiceId(pub String);
