//! Names of things, each of its own type, so that an attempt is never taken for a sale.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A sale, unique over all tills; time-ordered (RFC 9562, version 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SaleId(Uuid);

impl SaleId {
    /// A new id.
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }
}

impl From<Uuid> for SaleId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

impl Default for SaleId {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Display for SaleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// An item of the shop's list.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS,
)]
#[serde(transparent)]
#[ts(as = "String")]
pub struct ItemId(Uuid);

impl ItemId {
    /// A new id.
    pub fn new() -> Self {
        Self(Uuid::new_v4())
    }
}

impl Default for ItemId {
    fn default() -> Self {
        Self::new()
    }
}

/// The till itself, drawn once when its journal is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TillId(Uuid);

impl TillId {
    /// A new id.
    pub fn new() -> Self {
        Self(Uuid::new_v4())
    }
}

impl From<Uuid> for TillId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

impl Default for TillId {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Display for TillId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The till's short name in sale labels (`A` in `A-000042`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TillCode(String);

impl TillCode {
    /// The code of a shop's first till.
    pub fn first() -> Self {
        Self("A".to_owned())
    }

    /// The code of the practice till: its labels are told from real ones at a glance.
    pub fn practice() -> Self {
        Self("P".to_owned())
    }
}

impl std::fmt::Display for TillCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A sale's number on this till, counted from 1 without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SaleNumber(pub u32);

impl std::fmt::Display for SaleNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Which invoice of a sale, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AttemptNumber(pub u32);

impl std::fmt::Display for AttemptNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Which refund of a sale, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RefundNumber(pub u32);

impl std::fmt::Display for RefundNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// One tap on *Charge*. The same tap sent twice is the same sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TapId(pub Uuid);

impl TapId {
    /// A tap of its own, for callers that have no button.
    pub fn new() -> Self {
        Self(Uuid::new_v4())
    }
}

impl Default for TapId {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Display for TapId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The gateway's name of an invoice. Opaque: a UUID in every example, but only the gateway says so.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InvoiceId(pub String);

impl std::fmt::Display for InvoiceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
