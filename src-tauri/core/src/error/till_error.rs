//! Everything that can go wrong inside the till, in one type: what its façade answers with.

use crate::calendar::Day;
use crate::config::ConfigError;
use crate::gateway::{FieldError, InfoError};
use crate::items::ItemsError;
use crate::journal::{BackupError, JournalError, RestoreError};
use crate::keychain::KeychainError;
use crate::money::{Money, MoneyError};
use crate::printer::PrinterError;
use crate::receipt::ReceiptError;
use crate::sale::BasketError;
use crate::settings::SettingsError;

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
