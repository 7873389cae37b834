//! Everything that can go wrong inside the till, in one type, and what each error is called outside. It lies in
//! `app` because it knows the errors of every other module.

use crate::calendar::Day;
use crate::config::ConfigError;
use crate::error::{Code, Fault, FieldError};
use crate::files::ProtectedFile;
use crate::gateway::InfoError;
use crate::items::{ItemsError, WrongItem};
use crate::journal::{BackupError, JournalError, ResetError, RestoreError};
use crate::keychain::KeychainError;
use crate::money::{Money, MoneyError};
use crate::office::{OfficeError, OfficeState, PairingError, Trouble};
use crate::printer::PrinterError;
use crate::qr::QrError;
use crate::receipt::ReceiptError;
use crate::sale::{BasketError, CartError};
use crate::settings::SettingsError;
use crate::shared_settings::Section;
use crate::staff::StaffError;

/// Everything that can go wrong inside the till.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the texts say what each means")]
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
    #[error("the journal does not go on from {}, which knows of {entries} entries", .copy.display())]
    HistoryBroken {
        copy: std::path::PathBuf,
        entries: u64,
    },
    #[error("the folder for copies is not there: {0}")]
    BackupFolderMissing(String),
    #[error(transparent)]
    Restore(#[from] RestoreError),
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    #[error("no API key is stored")]
    KeyMissing,
    #[error("this cannot be an API key: {0}")]
    KeyInvalid(&'static str),
    #[error(
        "{0} codes may still be paid under the present key, and the gateway does not answer about them with the other"
    )]
    KeyInUse(usize),
    #[error(transparent)]
    Office(#[from] OfficeError),
    #[error("this is no pairing code, or it was used, or its time is over")]
    OfficeCode,
    #[error("this till is not paired with a back office")]
    OfficeNone,
    #[error("the shop's {} are changed at the back office", .0.as_str())]
    SettingsShared(Section),
    #[error(transparent)]
    Staff(#[from] StaffError),
    #[error(transparent)]
    Pairing(#[from] PairingError),
    #[error("the shop has no cashier of this name")]
    CashierUnknown,
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Basket(#[from] BasketError),
    #[error(transparent)]
    Items(#[from] ItemsError),
    #[error("{amount} {currency} is far more than usual: it must be confirmed", currency = .amount.currency())]
    AmountUnusual {
        amount: Money,
        /// The largest that needs no confirmation.
        limit: Money,
        /// What the shop usually takes.
        usual: Option<Money>,
    },
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
    #[error("the shop does not take this")]
    TenderOff,
    #[error("at most {0} {currency} can be taken", currency = .0.currency())]
    TenderTooMuch(Money),
    #[error("{0} {currency} is due: less was handed over", currency = .0.currency())]
    GivenTooLittle(Money),
    #[error("there is no tender {0} that stands")]
    TenderUnknown(u32),
    #[error("money of sale {0} went back: void the refund first")]
    TenderRefunded(u32),
    #[error("tender {0} is in a Z report")]
    TenderClosed(u32),
    #[error("the shop counts no drawer")]
    DrawerOff,
    #[error("there is no refund {0} that stands")]
    RefundUnknown(u32),
    #[error("a reason is needed")]
    ReasonMissing,
    #[error("a held cart needs a name of one line, at most {0} characters")]
    CartUnnamed(usize),
    #[error("sale {0} is not in review")]
    SaleNotInReview(u32),
    #[error("sale {0} has nothing to write off")]
    SaleNotToWriteOff(u32),
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
    #[error(transparent)]
    FileProtected(#[from] ProtectedFile),
    #[error("the file cannot be written: {0}")]
    FileUnwritable(std::io::Error),
    #[error("the file cannot be written: {0}")]
    ExportUnwritable(String),
    #[error("the settings name no account for: {0}")]
    AccountsMissing(String),
    #[error("the QR could not be drawn: {0}")]
    Qr(#[from] QrError),
    #[error("the gateway's certificate cannot be checked on this machine: {0}")]
    TlsUnavailable(String),
    #[error("{0}")]
    Internal(String),
}

/// A task of the till panicked or was stopped.
impl From<tokio::task::JoinError> for TillError {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<TillError> for Fault {
    fn from(error: TillError) -> Self {
        let fault = Self::new(code(&error), error.to_string());
        match error {
            TillError::Fields(fields) | TillError::Settings(SettingsError::Invalid(fields)) => {
                Self::of_fields(fields)
            }
            TillError::Money(MoneyError::BelowMinimum(minimum)) => fault
                .with("minimum", minimum)
                .with("currency", minimum.currency()),
            TillError::Money(MoneyError::AboveMaximum(maximum)) => fault
                .with("maximum", maximum)
                .with("currency", maximum.currency()),
            TillError::AmountUnusual {
                amount,
                limit,
                usual,
            } => fault
                .with("amount", amount)
                .with("maximum", limit)
                .with_some("usual", usual)
                .with("currency", amount.currency()),
            TillError::TenderTooMuch(most) => {
                fault.with("most", most).with("currency", most.currency())
            }
            TillError::GivenTooLittle(due) => {
                fault.with("due", due).with("currency", due.currency())
            }
            TillError::TenderUnknown(tender) | TillError::TenderClosed(tender) => {
                fault.with("tender", tender)
            }
            TillError::RefundTooMuch(most) => {
                fault.with("most", most).with("currency", most.currency())
            }
            TillError::Journal(JournalError::OtherGateway { bound, asked }) => {
                fault.with("bound", bound).with("asked", asked)
            }
            TillError::Journal(JournalError::Cart(CartError::Gone(label))) => {
                fault.with("label", label)
            }
            TillError::Journal(error) => with_kept(fault, &error),
            TillError::Backup(error) => fault.with("reason", error),
            TillError::HistoryBroken { copy, entries } => {
                fault.with("file", copy.display()).with("entries", entries)
            }
            TillError::Restore(error) => error.into(),
            TillError::Items(ItemsError::Wrong(WrongItem { place, problem })) => {
                fault.with("place", place).with("problem", problem.as_str())
            }
            TillError::NoteTooLong(limit) | TillError::CartUnnamed(limit) => {
                fault.with("limit", limit)
            }
            TillError::SaleUnknown(number)
            | TillError::SaleNotRetryable { number, .. }
            | TillError::QrNone(number)
            | TillError::TenderRefunded(number)
            | TillError::SaleNotInReview(number)
            | TillError::SaleNotToWriteOff(number)
            | TillError::ReceiptNone(number) => fault.with("number", number),
            TillError::RefundUnknown(refund) => fault.with("refund", refund),
            TillError::DayOpenSales(count) | TillError::KeyInUse(count) => {
                fault.with("count", count)
            }
            TillError::DayAlreadyClosed { day, z } => fault.with("day", day).with("z", z),
            TillError::ExportUnwritable(reason) => fault.with("reason", reason),
            TillError::AccountsMissing(accounts) => fault.with("accounts", accounts),
            _ => fault,
        }
    }
}

impl From<RestoreError> for Fault {
    fn from(error: RestoreError) -> Self {
        let fault = Self::new(restore_code(&error), error.to_string());
        match error {
            RestoreError::Unusable(reason) => fault.with("reason", reason),
            RestoreError::LosesEntries { count } => fault.with("count", count),
            RestoreError::OtherTill { copy, here } => fault.with("copy", copy).with("here", here),
            RestoreError::OtherGateway { copy, here } => {
                fault.with("copy", copy).with("here", here)
            }
            _ => fault,
        }
    }
}

impl From<ResetError> for Fault {
    fn from(error: ResetError) -> Self {
        let code = match &error {
            ResetError::InUse => Code::JournalInUse,
            ResetError::NotPractice => Code::JournalCorrupt,
            ResetError::Unwritable(_) => Code::JournalUnwritable,
        };
        Self::new(code, error.to_string())
    }
}

fn code(error: &TillError) -> Code {
    match error {
        TillError::Money(error) => money_code(error),
        TillError::Fields(_) | TillError::Settings(SettingsError::Invalid(_)) => {
            Code::SettingsInvalid
        }
        TillError::Settings(SettingsError::Unwritable(_)) => Code::SettingsUnwritable,
        TillError::Info(error) => error.code(),
        TillError::Journal(error) => journal_code(error),
        TillError::Backup(error) => backup_code(error),
        TillError::BackupFolderMissing(_) => Code::BackupFolderMissing,
        TillError::HistoryBroken { .. } => Code::HistoryBroken,
        TillError::Restore(error) => restore_code(error),
        TillError::Keychain(error) => keychain_code(error),
        TillError::KeyMissing => Code::KeyMissing,
        TillError::KeyInvalid(_) => Code::KeyInvalid,
        TillError::KeyInUse(_) => Code::KeyInUse,
        TillError::Office(error) => office_code(error),
        TillError::OfficeCode => Code::OfficeCodeInvalid,
        TillError::OfficeNone => Code::OfficeNone,
        TillError::SettingsShared(_) => Code::SettingsShared,
        TillError::Staff(StaffError::Unwritable(_)) => Code::StaffUnwritable,
        TillError::Staff(_) => Code::StaffUnreadable,
        TillError::Pairing(_) => Code::FileUnwritable,
        TillError::CashierUnknown => Code::CashierUnknown,
        TillError::Config(_) => Code::ConfigInvalid,
        TillError::Basket(_) => Code::BasketMismatch,
        TillError::Items(error) => items_code(error),
        TillError::AmountUnusual { .. } => Code::AmountUnusual,
        TillError::NoteTooLong(_) => Code::NoteTooLong,
        TillError::SaleUnknown(_) => Code::SaleUnknown,
        TillError::SaleNotRetryable { .. } => Code::SaleNotRetryable,
        TillError::QrNone(_) => Code::QrNone,
        TillError::TenderOff => Code::TenderOff,
        TillError::TenderTooMuch(_) => Code::TenderTooMuch,
        TillError::GivenTooLittle(_) => Code::GivenTooLittle,
        TillError::TenderUnknown(_) => Code::TenderUnknown,
        TillError::TenderRefunded(_) => Code::TenderRefunded,
        TillError::TenderClosed(_) => Code::TenderClosed,
        TillError::DrawerOff => Code::DrawerOff,
        TillError::RefundTooMuch(_) => Code::RefundTooMuch,
        TillError::RefundUnknown(_) => Code::RefundUnknown,
        TillError::ReasonMissing => Code::ReasonMissing,
        TillError::CartUnnamed(_) => Code::CartUnnamed,
        TillError::SaleNotInReview(_) => Code::SaleNotInReview,
        TillError::SaleNotToWriteOff(_) => Code::SaleNotToWriteOff,
        TillError::DayOpenSales(_) => Code::DayOpenSales,
        TillError::DayAlreadyClosed { .. } => Code::DayAlreadyClosed,
        TillError::ReceiptNone(_) => Code::ReceiptNone,
        TillError::PrinterNone => Code::PrinterNone,
        TillError::Printer(error) => printer_code(error),
        TillError::FileProtected(file) => protected_code(file),
        TillError::FileUnwritable(_) | TillError::ExportUnwritable(_) => Code::FileUnwritable,
        TillError::AccountsMissing(_) => Code::AccountsMissing,
        TillError::TlsUnavailable(_) => Code::TlsUnavailable,
        TillError::Receipt(_) | TillError::Qr(_) | TillError::Internal(_) => Code::Internal,
    }
}

/// Says where the entries of a journal that was replaced are kept.
pub(super) fn with_kept(fault: Fault, error: &JournalError) -> Fault {
    match error {
        JournalError::Replaced { kept } => {
            fault.with_some("file", kept.as_ref().map(|kept| kept.display()))
        }
        _ => fault,
    }
}

/// The code of a journal that does not serve, which says what the shop can do about it.
pub(super) fn journal_code(error: &JournalError) -> Code {
    match error {
        JournalError::Newer { .. } => Code::JournalNewer,
        JournalError::Corrupt(_) | JournalError::NotAJournal => Code::JournalCorrupt,
        JournalError::Unwritable(_) | JournalError::Busy(_) => Code::JournalUnwritable,
        JournalError::Unreadable(_) => Code::JournalUnreadable,
        JournalError::DayClosedSince => Code::TenderClosed,
        JournalError::Count(_) => Code::CountWrong,
        JournalError::OtherGateway { .. } => Code::JournalOtherGateway,
        JournalError::Replaced { .. } => Code::JournalReplaced,
        JournalError::Cart(CartError::Gone(_)) => Code::CartGone,
        JournalError::Cart(_) => Code::BasketMismatch,
        JournalError::Gone => Code::Internal,
    }
}

fn money_code(error: &MoneyError) -> Code {
    match error {
        MoneyError::Empty => Code::AmountEmpty,
        MoneyError::NotANumber => Code::AmountNotANumber,
        MoneyError::TooManyDecimals => Code::AmountTooManyDecimals,
        MoneyError::BelowMinimum(_) => Code::AmountBelowMinimum,
        MoneyError::AboveMaximum(_) => Code::AmountAboveMaximum,
        MoneyError::UnknownCurrency => Code::CurrencyUnknown,
    }
}

fn office_code(error: &OfficeError) -> Code {
    match Trouble::of(error) {
        Trouble::Lasting(OfficeState::Quarantined) => Code::OfficeQuarantined,
        Trouble::Lasting(OfficeState::SetAside) => Code::OfficeSetAside,
        Trouble::Lasting(OfficeState::TokenRefused) => Code::OfficeTokenRefused,
        Trouble::Lasting(_) => Code::OfficeRefused,
        Trouble::Passing => match error {
            OfficeError::Refused(_) => Code::OfficeRefused,
            _ => Code::OfficeUnreachable,
        },
    }
}

fn keychain_code(error: &KeychainError) -> Code {
    match error {
        KeychainError::NoService => Code::KeychainNoService,
        KeychainError::Locked => Code::KeychainLocked,
        KeychainError::NoCollection => Code::KeychainNoCollection,
        KeychainError::Ambiguous(_) => Code::KeychainAmbiguous,
        KeychainError::NotAKey(_) => Code::KeychainNotAKey,
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
        PrinterError::Unconfirmed(_) => Code::PrinterUnconfirmed,
        PrinterError::NotRecorded(_) => Code::JournalUnwritable,
    }
}

fn backup_code(error: &BackupError) -> Code {
    match error {
        BackupError::NoJournal => Code::JournalUnreadable,
        BackupError::Journal(error) => journal_code(error),
        BackupError::Unwritable(_) => Code::BackupUnwritable,
        BackupError::Taken(_) | BackupError::Protected(_) => Code::BackupTaken,
        BackupError::Damaged(_) => Code::BackupDamaged,
    }
}

fn protected_code(file: &ProtectedFile) -> Code {
    match file {
        ProtectedFile::OfTheTill(_)
        | ProtectedFile::Journal(_)
        | ProtectedFile::DatabaseInUse(_) => Code::FileProtected,
        ProtectedFile::NoFile(_) | ProtectedFile::Unknown { .. } => Code::FileUnwritable,
    }
}

fn restore_code(error: &RestoreError) -> Code {
    match error {
        RestoreError::InUse => Code::JournalInUse,
        RestoreError::Unusable(_) => Code::RestoreUnusable,
        RestoreError::LosesEntries { .. } | RestoreError::LosesUnknown => Code::RestoreLoses,
        RestoreError::OtherTill { .. } => Code::RestoreOtherTill,
        RestoreError::OtherGateway { .. } => Code::RestoreOtherGateway,
        RestoreError::Unwritable(_) => Code::JournalUnwritable,
    }
}

fn items_code(error: &ItemsError) -> Code {
    match error {
        ItemsError::Wrong(_) => Code::ItemsInvalid,
        ItemsError::Unreadable(_) => Code::ItemsUnreadable,
        ItemsError::Unwritable(_) => Code::ItemsUnwritable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    #[test]
    fn an_amount_below_the_minimum_tells_the_minimum() {
        let error = Money::parse_charge("0.50", Currency::Eur).expect_err("below the minimum");
        let json = serde_json::to_string(&Fault::from(TillError::from(error))).expect("JSON");
        assert_eq!(
            json,
            r#"{"code":"amount_below_minimum","message":"the least that can be charged is 1.00 EUR","detail":{"currency":"EUR","minimum":"1.00"}}"#
        );
    }
}
