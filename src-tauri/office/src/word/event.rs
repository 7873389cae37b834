//! What word is given of. Only what an owner needs to know that they have to look: no cashier's name, no note, no
//! customer's data.

use ringup_core::money::Money;
use serde::{Deserialize, Serialize};

/// A kind of event. Each address chooses among them.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum WordKind {
    /// A sale was paid after its end.
    PaidLate,
    /// More was paid than a sale's amount.
    PaidTwice,
    /// The gateway contradicts a sale.
    Review,
    /// More than the limit was given back at once.
    Refund,
    /// A count found another sum in the drawer than should have been there.
    Drawer,
    /// A day was closed.
    Closed,
    /// A till has not been heard of for too long.
    Silent,
    /// A till is in quarantine, or somebody has decided about it.
    Quarantine,
    /// The owner tries an address.
    Test,
}

impl WordKind {
    /// The word it is stored under.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Those that an address can choose.
    pub const CHOSEN: [Self; 8] = [
        Self::PaidLate,
        Self::PaidTwice,
        Self::Review,
        Self::Refund,
        Self::Drawer,
        Self::Closed,
        Self::Silent,
        Self::Quarantine,
    ];
}

/// What is told of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleFacts {
    /// Its number as it is printed.
    pub label: String,
    /// Its number at its till.
    pub number: u32,
    /// Its amount.
    pub amount: Money,
}

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum WordEvent {
    /// A sale was paid after its end, or after the cashier had stopped waiting.
    PaidLate {
        /// Which.
        sale: SaleFacts,
    },
    /// More was paid than a sale's amount.
    PaidTwice {
        /// Which.
        sale: SaleFacts,
    },
    /// The gateway contradicts a sale.
    InReview {
        /// Which.
        sale: SaleFacts,
    },
    /// Money was given back.
    Refunded {
        /// Of which sale.
        sale: SaleFacts,
        /// How much.
        refunded: Money,
    },
    /// A count found another sum than should have been there.
    DrawerDiffers {
        /// What should have been there.
        expected: Money,
        /// What was there.
        counted: Money,
        /// What was there more; negative when something was missing.
        difference: Money,
    },
    /// A day was closed.
    DayClosed {
        /// The number of its Z report.
        z: u32,
        /// The shop's day.
        day: String,
    },
    /// A till has not been heard of since.
    TillSilent {
        /// When it was heard of last, milliseconds since 1970-01-01 UTC.
        since_unix_ms: i64,
    },
    /// Other entries came of a till than the book holds.
    TillQuarantined {
        /// Why: `forked` or `restored`.
        why: String,
        /// The first entry that differs.
        seq: u64,
    },
    /// Somebody has decided about a branch of a till.
    TillDecided {
        /// The decision's number among the till's.
        number: u64,
        /// `refuse` or `follow`.
        verdict: String,
    },
    /// The owner tries an address.
    Test {},
}

impl WordEvent {
    /// By which kind it is chosen.
    pub fn kind(&self) -> WordKind {
        match self {
            Self::PaidLate { .. } => WordKind::PaidLate,
            Self::PaidTwice { .. } => WordKind::PaidTwice,
            Self::InReview { .. } => WordKind::Review,
            Self::Refunded { .. } => WordKind::Refund,
            Self::DrawerDiffers { .. } => WordKind::Drawer,
            Self::DayClosed { .. } => WordKind::Closed,
            Self::TillSilent { .. } => WordKind::Silent,
            Self::TillQuarantined { .. } | Self::TillDecided { .. } => WordKind::Quarantine,
            Self::Test {} => WordKind::Test,
        }
    }

    /// Its name in a webhook's `type`, and, with its dots as dashes, in the texts of a mail.
    pub fn name(&self) -> &'static str {
        match self {
            Self::PaidLate { .. } => "sale.paid_late",
            Self::PaidTwice { .. } => "sale.paid_twice",
            Self::InReview { .. } => "sale.in_review",
            Self::Refunded { .. } => "sale.refunded",
            Self::DrawerDiffers { .. } => "drawer.differs",
            Self::DayClosed { .. } => "day.closed",
            Self::TillSilent { .. } => "till.silent",
            Self::TillQuarantined { .. } => "till.quarantined",
            Self::TillDecided { .. } => "till.decided",
            Self::Test {} => "test",
        }
    }

    /// The sale that it is about.
    pub fn sale(&self) -> Option<&SaleFacts> {
        match self {
            Self::PaidLate { sale }
            | Self::PaidTwice { sale }
            | Self::InReview { sale }
            | Self::Refunded { sale, .. } => Some(sale),
            _ => None,
        }
    }
}
