//! What the gateway answered, as entries keep it. Part of the journal's format, like [`super::Entry`].

use serde::{Deserialize, Serialize};

use crate::ids::InvoiceId;

/// Why no invoice came of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Stable code, the same as the screen's.
    pub code: String,
    /// For engineers.
    pub message: String,
    /// The HTTP status, when there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The invoice that was made but cannot be shown, when its address failed the host check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice_id: Option<InvoiceId>,
    /// The gateway asked to wait so long before the next try, seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u64>,
}

/// The gateway's words about an invoice, as they came (gateway.md, *POST /invoice/info*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// `id`
    pub id: InvoiceId,
    /// `pay_status`
    pub pay_status: String,
    /// `is_paid`
    pub is_paid: bool,
    /// `is_testing`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_testing: Option<bool>,
    /// `fiat_amount`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fiat_amount: Option<String>,
    /// `fiat_currency`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fiat_currency: Option<String>,
    /// `processing_status`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processing_status: Option<String>,
    /// `crypto`, once the customer chose
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crypto: Option<String>,
    /// `network`, once the customer chose
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// `crypto_amount`, once the customer chose
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crypto_amount: Option<String>,
    /// `network_fee`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_fee: Option<String>,
}

impl Report {
    /// The money was credited to the merchant.
    pub fn is_processed(&self) -> bool {
        self.processing_status.as_deref() == Some("processed")
    }

    /// The coin as totals name it: `USDT TRC20`, or `BTC` alone where the network is called the same or
    /// not at all; `?` where the gateway named none.
    pub fn coin(&self) -> String {
        match (self.crypto.as_deref(), self.network.as_deref()) {
            (None, _) => "?".to_owned(),
            (Some(crypto), Some(network)) if network != crypto => format!("{crypto} {network}"),
            (Some(crypto), _) => crypto.to_owned(),
        }
    }
}

/// In what a paid report contradicts the sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mismatch {
    /// Another invoice answered.
    Id,
    /// Another amount, or none that can be read.
    Amount,
    /// Another currency, or none.
    Currency,
    /// Test money for real, real for test, or unsaid.
    Test,
}

impl Mismatch {
    /// The code that the screen knows it by.
    pub fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Amount => "amount",
            Self::Currency => "currency",
            Self::Test => "test",
        }
    }
}
