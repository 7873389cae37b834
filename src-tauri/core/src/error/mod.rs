//! What goes wrong, for the two who read it: a stable code for the screen and for engineers, and the
//! facts of the case. The screen has the cashier's words for each code in its message files.
//!
//! * [`TillError`] is what can go wrong inside, each part's error as that part tells it.
//! * `faults` gives each of them its code and its facts.
//! * `failure` is the same for what an entry of the journal keeps of it.

mod failure;
mod faults;
mod till_error;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use failure::{failure_of, interrupted};
pub use till_error::TillError;

use crate::journal::JournalError;
use crate::sale::Failure;

/// What the screen branches on. A variant is added only when a screen says something of its own for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
#[expect(
    missing_docs,
    reason = "each is explained where it is made, and in the message files"
)]
pub enum Code {
    AmountEmpty,
    AmountNotANumber,
    AmountTooManyDecimals,
    AmountBelowMinimum,
    AmountAboveMaximum,
    CurrencyUnknown,
    NoteTooLong,
    BasketMismatch,
    ItemsInvalid,
    ItemsUnreadable,
    ItemsUnwritable,
    SettingsInvalid,
    SettingsUnwritable,
    KeyMissing,
    KeyInvalid,
    KeyRefused,
    KeychainNoService,
    KeychainLocked,
    KeychainHangs,
    KeychainFailed,
    GatewayUnreachable,
    GatewayRefused,
    GatewayRateLimited,
    PayUrlRefused,
    GatewayTimeout,
    GatewayFailed,
    GatewayUnreadable,
    GatewayBrokenConnection,
    TlsUnavailable,
    Interrupted,
    JournalUnwritable,
    JournalNewer,
    JournalCorrupt,
    JournalUnreadable,
    JournalInUse,
    BackupUnwritable,
    BackupTaken,
    BackupDamaged,
    BackupFolderMissing,
    RestoreUnusable,
    RestoreLoses,
    RestoreOtherTill,
    RestoreNone,
    SaleUnknown,
    SaleNotRetryable,
    QrNone,
    RefundTooMuch,
    RefundUnknown,
    ReasonMissing,
    SaleNotInReview,
    DayOpenSales,
    DayAlreadyClosed,
    ReceiptNone,
    PrinterNone,
    PrinterUnreachable,
    PrinterOutOfPaper,
    PrinterNotReady,
    PrinterFailed,
    FileUnwritable,
    PinNeeded,
    PinWrong,
    PinWait,
    PinInvalid,
    PinMissing,
    PinUnreadable,
    PinUnwritable,
    CashierUnknown,
    NotOffered,
    PracticeOnly,
    ConfigInvalid,
    Internal,
}

impl Code {
    /// The word outside Rust: in JSON, in the journal, in `data-code`.
    pub fn as_str(self) -> String {
        // A unit variant is always a JSON string.
        serde_json::to_value(self)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// What the shop can do about a journal that did not serve.
    pub(crate) fn of_journal(error: &JournalError) -> Self {
        match error {
            JournalError::Newer { .. } => Self::JournalNewer,
            JournalError::Corrupt(_) | JournalError::NotAJournal => Self::JournalCorrupt,
            JournalError::Unwritable(_) | JournalError::Busy(_) => Self::JournalUnwritable,
            JournalError::Unreadable(_) => Self::JournalUnreadable,
            JournalError::Gone => Self::Internal,
        }
    }

    fn from_name(word: &str) -> Self {
        serde_json::from_value(serde_json::Value::String(word.to_owned())).unwrap_or(Self::Internal)
    }
}

/// An error at the edge: `{code, message, detail}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS, thiserror::Error)]
#[error("{message}")]
#[ts(export)]
pub struct Fault {
    /// Stable.
    #[ts(type = "string")]
    pub code: Code,
    /// For engineers, in English. Never holds the key.
    pub message: String,
    /// The facts that the cashier's words need, by name.
    pub detail: BTreeMap<String, String>,
}

impl Fault {
    /// A fault of this code.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            detail: BTreeMap::new(),
        }
    }

    /// The same with one more fact.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.detail.insert(name.to_owned(), value.to_string());
        self
    }

    /// The fault that a journaled failure was.
    pub fn of_failure(failure: &Failure) -> Self {
        let fault = Self::new(Code::from_name(&failure.code), failure.message.clone())
            .with("reason", &failure.message);
        let fault = match failure.status {
            Some(status) => fault.with("status", status),
            None => fault,
        };
        let fault = match failure.retry_after_s {
            Some(seconds) => fault.with("retry_after_seconds", seconds),
            None => fault,
        };
        match &failure.invoice_id {
            Some(id) => fault.with("invoice_id", id),
            None => fault,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Currency, Money};

    #[test]
    fn the_shape_outside_is_code_message_detail() {
        let error = Money::parse_charge("0.50", Currency::Eur).expect_err("below the minimum");
        let json = serde_json::to_string(&Fault::from(TillError::from(error))).expect("JSON");
        assert_eq!(
            json,
            r#"{"code":"amount_below_minimum","message":"the least that can be charged is 1.00 EUR","detail":{"currency":"EUR","minimum":"1.00"}}"#
        );
    }

    #[test]
    fn a_word_nobody_knows_is_internal() {
        assert_eq!(Code::from_name("gateway_timeout"), Code::GatewayTimeout);
        assert_eq!(Code::from_name("of a later version"), Code::Internal);
    }
}
