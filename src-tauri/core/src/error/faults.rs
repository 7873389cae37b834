//! The code and the facts of everything that goes wrong: the one place where an error inside becomes what
//! the screen branches on.

use super::{Code, Fault, TillError};
use crate::gateway::{FieldError, InfoError};
use crate::items::{ItemsError, WrongItem};
use crate::journal::{BackupError, ResetError, RestoreError};
use crate::keychain::KeychainError;
use crate::money::MoneyError;
use crate::pin::{PinError, seconds};
use crate::printer::PrinterError;
use crate::settings::SettingsError;

impl From<TillError> for Fault {
    fn from(error: TillError) -> Self {
        let message = error.to_string();
        match error {
            TillError::Money(error) => money_fault(&error, message),
            TillError::Fields(errors) => match errors.first() {
                Some(error) => field_fault(error, message),
                None => Self::new(Code::SettingsInvalid, message),
            },
            TillError::Info(error) => Self::new(info_code(&error), message),
            TillError::Journal(error) => Self::new(Code::of_journal(&error), message),
            TillError::Backup(error) => backup_fault(&error, message),
            TillError::BackupFolderMissing(_) => Self::new(Code::BackupFolderMissing, message),
            TillError::Restore(error) => restore_fault(&error, message),
            TillError::Keychain(error) => Self::new(keychain_code(&error), message),
            TillError::KeyMissing => Self::new(Code::KeyMissing, message),
            TillError::KeyInvalid(_) => Self::new(Code::KeyInvalid, message),
            TillError::Settings(SettingsError::Invalid(error)) => field_fault(&error, message),
            TillError::Settings(SettingsError::Unwritable(_)) => {
                Self::new(Code::SettingsUnwritable, message)
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
            TillError::Printer(error) => Self::new(printer_code(&error), message),
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

fn info_code(error: &InfoError) -> Code {
    match error {
        InfoError::KeyRefused { .. } => Code::KeyRefused,
        InfoError::Unreachable { .. } => Code::GatewayUnreachable,
        InfoError::TimedOut => Code::GatewayTimeout,
        InfoError::Answered { .. } => Code::GatewayFailed,
        InfoError::Unreadable { .. } => Code::GatewayUnreadable,
        InfoError::Broken { .. } => Code::GatewayBrokenConnection,
    }
}

fn keychain_code(error: &KeychainError) -> Code {
    match error {
        KeychainError::NoService => Code::KeychainNoService,
        KeychainError::Locked => Code::KeychainLocked,
        KeychainError::Hangs => Code::KeychainHangs,
        KeychainError::Failed(_) => Code::KeychainFailed,
    }
}

fn printer_code(error: &PrinterError) -> Code {
    match error {
        PrinterError::Unreachable(_) => Code::PrinterUnreachable,
        PrinterError::OutOfPaper => Code::PrinterOutOfPaper,
        PrinterError::NotReady(_) => Code::PrinterNotReady,
        PrinterError::Failed(_) => Code::PrinterFailed,
    }
}

fn field_fault(FieldError { field, problem }: &FieldError, message: String) -> Fault {
    Fault::new(Code::SettingsInvalid, message)
        .with("field", field)
        .with("reason", problem)
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

impl From<ResetError> for Fault {
    fn from(error: ResetError) -> Self {
        let code = match &error {
            ResetError::InUse => Code::JournalInUse,
            ResetError::NotPractice => Code::JournalCorrupt,
            ResetError::Unwritable(_) => Code::JournalUnwritable,
        };
        Fault::new(code, error.to_string())
    }
}

fn items_fault(error: &ItemsError, message: String) -> Fault {
    match error {
        ItemsError::Wrong(WrongItem { place, problem }) => Fault::new(Code::ItemsInvalid, message)
            .with("place", place)
            .with("problem", problem.as_str()),
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
