//! The stable name of each kind of error.

use serde::{Deserialize, Serialize};

/// What the screens, scripts and the journal know an error by. A variant is added only when a screen says
/// something of its own for it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    ts_rs::TS,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
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
    AmountUnusual,
    CurrencyUnknown,
    NoteTooLong,
    BasketMismatch,
    ItemsInvalid,
    ItemsUnreadable,
    ItemsUnwritable,
    SettingsInvalid,
    SettingsShared,
    SettingsUnwritable,
    KeyMissing,
    KeyInvalid,
    KeyInUse,
    KeyRefused,
    KeychainNoService,
    KeychainLocked,
    KeychainHangs,
    KeychainFailed,
    KeychainNoCollection,
    KeychainAmbiguous,
    KeychainNotAKey,
    GatewayUnreachable,
    GatewayRefused,
    GatewayRateLimited,
    PayUrlRefused,
    InvoiceTaken,
    GatewayTimeout,
    GatewayFailed,
    GatewayUnreadable,
    GatewayBrokenConnection,
    TlsUnavailable,
    ClockWrong,
    CertificateExpired,
    Interrupted,
    JournalUnwritable,
    JournalNewer,
    JournalCorrupt,
    JournalUnreadable,
    JournalInUse,
    JournalOtherGateway,
    JournalReplaced,
    BackupUnwritable,
    BackupTaken,
    BackupDamaged,
    BackupFolderMissing,
    HistoryBroken,
    BackupUnflushed,
    RestoreUnusable,
    RestoreLoses,
    RestoreOtherTill,
    RestoreOtherGateway,
    RestoreNone,
    SaleUnknown,
    SaleNotRetryable,
    QrNone,
    TenderOff,
    TenderTooMuch,
    GivenTooLittle,
    TenderUnknown,
    TenderRefunded,
    TenderClosed,
    DrawerOff,
    CountWrong,
    RefundTooMuch,
    RefundUnknown,
    ReasonMissing,
    CartGone,
    OfficeCodeInvalid,
    OfficeNone,
    OfficeQuarantined,
    OfficeRefused,
    OfficeSetAside,
    OfficeTokenRefused,
    OfficeUnreachable,
    CartUnnamed,
    SaleNotInReview,
    SaleNotToWriteOff,
    DayOpenSales,
    DayAlreadyClosed,
    ReceiptNone,
    PrinterNone,
    PrinterUnreachable,
    PrinterOutOfPaper,
    PrinterNotReady,
    PrinterFailed,
    PrinterUnconfirmed,
    FileUnwritable,
    FileProtected,
    AccountsMissing,
    PinNeeded,
    PinWrong,
    PinWait,
    PinInvalid,
    PinMissing,
    PinUnreadable,
    PinUnwritable,
    CashierUnknown,
    RightNeeded,
    OwnerMissing,
    FobInvalid,
    FobTaken,
    StaffUnreadable,
    StaffUnwritable,
    NotOffered,
    PracticeOnly,
    ConfigInvalid,
    Internal,
}

impl Code {
    /// The code as JSON, the journal and `data-code` spell it: `amount_empty`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The code of this name; [`Code::Internal`] for a name that only a later version knows.
    pub(crate) fn from_name(name: &str) -> Self {
        name.parse().unwrap_or(Self::Internal)
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray as _;

    use super::*;

    #[test]
    fn every_code_has_the_same_name_in_json_and_in_the_journal() {
        for code in Code::VARIANTS {
            assert_eq!(serde_json::json!(code), code.as_str());
            assert_eq!(Code::from_name(code.as_str()), *code);
        }
        assert_eq!(Code::AmountNotANumber.as_str(), "amount_not_a_number");
    }

    #[test]
    fn an_unknown_name_is_internal() {
        assert_eq!(Code::from_name("of a later version"), Code::Internal);
    }
}
