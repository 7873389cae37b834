//! What goes wrong, for the two who read it: a stable code for the screen and for engineers, and the
//! facts of the case. The screen has the cashier's words for each code in its message files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::config::ConfigError;
use crate::day::Day;
use crate::gateway::{CreateError, FieldError, InfoError};
use crate::items::{ItemsError, WrongItem};
use crate::journal::{BackupError, ForgetError, JournalError, RestoreError};
use crate::keychain::KeychainError;
use crate::money::{Money, MoneyError};
use crate::pin::{PinError, seconds};
use crate::printer::PrinterError;
use crate::receipt::ReceiptError;
use crate::sale::{BasketError, Failure};
use crate::settings::SettingsError;

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
    pub fn word(self) -> String {
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

    fn from_word(word: &str) -> Self {
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
        let fault = Self::new(Code::from_word(&failure.code), failure.message.clone())
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

/// Everything that can go wrong inside the till.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each wraps the error of the module it names")]
pub enum TillError {
    #[error(transparent)]
    Money(#[from] MoneyError),
    #[error("{}", .0.first().map_or_else(String::new, ToString::to_string))]
    Fields(Vec<FieldError>),
    #[error(transparent)]
    Info(#[from] InfoError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error("the folder for copies is not there: {0}")]
    BackupFolderMissing(String),
    #[error(transparent)]
    Restore(#[from] RestoreError),
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    #[error("no API key is stored")]
    KeyMissing,
    #[error("the shop has no cashier of this name")]
    CashierUnknown,
    #[error("this cannot be an API key: {0}")]
    KeyInvalid(&'static str),
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Basket(#[from] BasketError),
    #[error(transparent)]
    Items(#[from] ItemsError),
    #[error("the note is longer than {0} characters")]
    NoteTooLong(usize),
    #[error("there is no sale {0}")]
    SaleUnknown(u32),
    #[error("sale {number} is {state}: there is nothing to try again")]
    SaleNotRetryable { number: u32, state: &'static str },
    #[error("sale {0} has no address to show")]
    QrNone(u32),
    #[error("at most {0} {currency} can go back", currency = .0.currency())]
    RefundTooMuch(Money),
    #[error("there is no refund {0} that stands")]
    RefundUnknown(u32),
    #[error("a reason is needed")]
    ReasonMissing,
    #[error("sale {0} is not in review")]
    SaleNotInReview(u32),
    #[error("{0} sales are still open")]
    DayOpenSales(usize),
    #[error("{day} was closed as Z {z}, and no money has moved since")]
    DayAlreadyClosed { day: Day, z: u32 },
    #[error("sale {0} was not paid: there is no receipt of it")]
    ReceiptNone(u32),
    #[error("no receipt printer is set up")]
    PrinterNone,
    #[error(transparent)]
    Printer(#[from] PrinterError),
    #[error(transparent)]
    Receipt(#[from] ReceiptError),
    #[error("the file cannot be written: {0}")]
    FileUnwritable(std::io::Error),
    #[error("the file cannot be written: {0}")]
    ExportUnwritable(String),
    #[error("the QR could not be drawn: {0}")]
    Qr(#[from] crate::qr::QrError),
    #[error("the gateway's certificate cannot be checked on this machine: {0}")]
    TlsUnavailable(String),
    #[error("{0}")]
    Internal(String),
}

impl From<TillError> for Fault {
    fn from(error: TillError) -> Self {
        let message = error.to_string();
        match error {
            TillError::Money(error) => money_fault(&error, message),
            TillError::Fields(errors) => {
                let fault = Self::new(Code::SettingsInvalid, message);
                match errors.first() {
                    Some(error) => fault
                        .with("field", error.field)
                        .with("reason", error.problem),
                    None => fault,
                }
            }
            TillError::Info(error) => {
                let code = match error {
                    InfoError::KeyRefused { .. } => Code::KeyRefused,
                    InfoError::Unreachable { .. } => Code::GatewayUnreachable,
                    InfoError::TimedOut => Code::GatewayTimeout,
                    InfoError::Answered { .. } => Code::GatewayFailed,
                    InfoError::Unreadable { .. } => Code::GatewayUnreadable,
                    InfoError::Broken { .. } => Code::GatewayBrokenConnection,
                };
                Self::new(code, message)
            }
            TillError::Journal(error) => {
                let code = Code::of_journal(&error);
                Self::new(code, message)
            }
            TillError::Backup(error) => backup_fault(&error, message),
            TillError::BackupFolderMissing(_) => Self::new(Code::BackupFolderMissing, message),
            TillError::Restore(error) => restore_fault(&error, message),
            TillError::Keychain(error) => {
                let code = match error {
                    KeychainError::NoService => Code::KeychainNoService,
                    KeychainError::Locked => Code::KeychainLocked,
                    KeychainError::Hangs => Code::KeychainHangs,
                    KeychainError::Failed(_) => Code::KeychainFailed,
                };
                Self::new(code, message)
            }
            TillError::KeyMissing => Self::new(Code::KeyMissing, message),
            TillError::KeyInvalid(_) => Self::new(Code::KeyInvalid, message),
            TillError::Settings(error) => {
                let fault = Self::new(
                    match error {
                        SettingsError::Unwritable(_) => Code::SettingsUnwritable,
                        SettingsError::Invalid(_) => Code::SettingsInvalid,
                    },
                    message,
                );
                match error {
                    SettingsError::Invalid(FieldError { field, problem }) => {
                        fault.with("field", field).with("reason", problem)
                    }
                    SettingsError::Unwritable(_) => fault,
                }
            }
            TillError::Basket(_) => Self::new(Code::BasketMismatch, message),
            TillError::Items(error) => items_fault(&error, message),
            TillError::Config(_) => Self::new(Code::ConfigInvalid, message),
            TillError::NoteTooLong(limit) => {
                Self::new(Code::NoteTooLong, message).with("limit", limit)
            }
            TillError::SaleUnknown(number) => {
                Self::new(Code::SaleUnknown, message).with("number", number)
            }
            TillError::SaleNotRetryable { number, .. } => {
                Self::new(Code::SaleNotRetryable, message).with("number", number)
            }
            TillError::QrNone(number) => Self::new(Code::QrNone, message).with("number", number),
            TillError::RefundTooMuch(most) => Self::new(Code::RefundTooMuch, message)
                .with("most", most)
                .with("currency", most.currency()),
            TillError::RefundUnknown(refund) => {
                Self::new(Code::RefundUnknown, message).with("refund", refund)
            }
            TillError::ReasonMissing => Self::new(Code::ReasonMissing, message),
            TillError::SaleNotInReview(number) => {
                Self::new(Code::SaleNotInReview, message).with("number", number)
            }
            TillError::DayOpenSales(count) => {
                Self::new(Code::DayOpenSales, message).with("count", count)
            }
            TillError::DayAlreadyClosed { day, z } => Self::new(Code::DayAlreadyClosed, message)
                .with("day", day)
                .with("z", z),
            TillError::ReceiptNone(number) => {
                Self::new(Code::ReceiptNone, message).with("number", number)
            }
            TillError::CashierUnknown => Self::new(Code::CashierUnknown, message),
            TillError::PrinterNone => Self::new(Code::PrinterNone, message),
            TillError::Printer(error) => {
                let code = match error {
                    PrinterError::Unreachable(_) => Code::PrinterUnreachable,
                    PrinterError::OutOfPaper => Code::PrinterOutOfPaper,
                    PrinterError::NotReady(_) => Code::PrinterNotReady,
                    PrinterError::Failed(_) => Code::PrinterFailed,
                };
                Self::new(code, message)
            }
            TillError::FileUnwritable(_) => Self::new(Code::FileUnwritable, message),
            TillError::TlsUnavailable(_) => Self::new(Code::TlsUnavailable, message),
            TillError::Receipt(_) | TillError::Qr(_) | TillError::Internal(_) => {
                Self::new(Code::Internal, message)
            }
            TillError::ExportUnwritable(reason) => {
                Self::new(Code::FileUnwritable, message).with("reason", reason)
            }
        }
    }
}

impl From<PinError> for Fault {
    fn from(error: PinError) -> Self {
        let message = error.to_string();
        let code = match error {
            PinError::Needed => Code::PinNeeded,
            PinError::Wrong { .. } => Code::PinWrong,
            PinError::Wait { .. } => Code::PinWait,
            PinError::Invalid => Code::PinInvalid,
            PinError::Missing => Code::PinMissing,
            PinError::Unreadable(_) => Code::PinUnreadable,
            PinError::Unwritable(_) => Code::PinUnwritable,
        };
        let fault = Self::new(code, message);
        match error {
            PinError::Wrong { wait_ms } | PinError::Wait { wait_ms } => {
                fault.with("retry_after_seconds", seconds(wait_ms))
            }
            _ => fault,
        }
    }
}

fn backup_fault(error: &BackupError, message: String) -> Fault {
    let code = match error {
        BackupError::NoJournal => Code::JournalUnreadable,
        BackupError::Journal(error) => Code::of_journal(error),
        BackupError::Unwritable(_) => Code::BackupUnwritable,
        BackupError::Taken(_) => Code::BackupTaken,
        BackupError::Damaged(_) => Code::BackupDamaged,
    };
    Fault::new(code, message.clone()).with("reason", message)
}

fn restore_fault(error: &RestoreError, message: String) -> Fault {
    match error {
        RestoreError::InUse => Fault::new(Code::JournalInUse, message),
        RestoreError::Unusable(reason) => {
            Fault::new(Code::RestoreUnusable, message).with("reason", reason)
        }
        RestoreError::LosesEntries { count } => {
            Fault::new(Code::RestoreLoses, message).with("count", count)
        }
        RestoreError::LosesUnknown => Fault::new(Code::RestoreLoses, message),
        RestoreError::OtherTill => Fault::new(Code::RestoreOtherTill, message),
        RestoreError::Unwritable(_) => Fault::new(Code::JournalUnwritable, message),
    }
}

impl From<ForgetError> for Fault {
    fn from(error: ForgetError) -> Self {
        let code = match &error {
            ForgetError::InUse => Code::JournalInUse,
            ForgetError::NotPractice => Code::JournalCorrupt,
            ForgetError::Unwritable(_) => Code::JournalUnwritable,
        };
        Fault::new(code, error.to_string())
    }
}

fn items_fault(error: &ItemsError, message: String) -> Fault {
    match error {
        ItemsError::Wrong(WrongItem { place, problem }) => Fault::new(Code::ItemsInvalid, message)
            .with("place", place)
            .with("problem", problem.word()),
        ItemsError::Unreadable(_) => Fault::new(Code::ItemsUnreadable, message),
        ItemsError::Unwritable(_) => Fault::new(Code::ItemsUnwritable, message),
    }
}

fn money_fault(error: &MoneyError, message: String) -> Fault {
    match error {
        MoneyError::Empty => Fault::new(Code::AmountEmpty, message),
        MoneyError::NotANumber => Fault::new(Code::AmountNotANumber, message),
        MoneyError::TooManyDecimals => Fault::new(Code::AmountTooManyDecimals, message),
        MoneyError::BelowMinimum(minimum) => Fault::new(Code::AmountBelowMinimum, message)
            .with("minimum", minimum)
            .with("currency", minimum.currency()),
        MoneyError::AboveMaximum(maximum) => Fault::new(Code::AmountAboveMaximum, message)
            .with("maximum", maximum)
            .with("currency", maximum.currency()),
        MoneyError::UnknownCurrency => Fault::new(Code::CurrencyUnknown, message),
    }
}

/// How a failed request for an invoice is journaled.
pub(crate) fn failure_of(error: &CreateError) -> Failure {
    let code = match error {
        CreateError::Unreachable { .. } => Code::GatewayUnreachable,
        CreateError::KeyRefused { .. } => Code::KeyRefused,
        CreateError::RateLimited { .. } => Code::GatewayRateLimited,
        CreateError::Refused { .. } => Code::GatewayRefused,
        CreateError::PayUrl { .. } => Code::PayUrlRefused,
        CreateError::TimedOut => Code::GatewayTimeout,
        CreateError::Answered { .. } => Code::GatewayFailed,
        CreateError::Unreadable { .. } => Code::GatewayUnreadable,
        CreateError::Broken { .. } => Code::GatewayBrokenConnection,
    };
    Failure {
        code: code.word(),
        message: error.to_string(),
        status: error.status(),
        invoice_id: match error {
            CreateError::PayUrl { invoice_id, .. } => Some(invoice_id.clone()),
            _ => None,
        },
        retry_after_s: match error {
            CreateError::RateLimited { retry_after_s } => *retry_after_s,
            _ => None,
        },
    }
}

/// How an attempt is journaled whose program stopped before the answer came.
pub(crate) fn interrupted() -> Failure {
    Failure {
        code: Code::Interrupted.word(),
        message: "the till stopped before the gateway's answer was written down".to_owned(),
        status: None,
        invoice_id: None,
        retry_after_s: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

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
        assert_eq!(Code::from_word("gateway_timeout"), Code::GatewayTimeout);
        assert_eq!(Code::from_word("of a later version"), Code::Internal);
    }
}
