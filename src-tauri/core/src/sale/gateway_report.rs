//! The gateway's answers as entries keep them. Part of the journal's format, like [`super::Entry`].

use serde::{Deserialize, Serialize};

use crate::error::{Code, Fault};
use crate::ids::InvoiceId;

/// Why a request led to no invoice that can be shown.
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The same stable code as [`crate::error::Code`].
    pub code: String,
    /// For engineers, in English.
    pub message: String,
    /// The HTTP status, when there was one.
    pub status: Option<u16>,
    /// The invoice that was created but must not be shown, because its address failed the host check.
    pub invoice_id: Option<InvoiceId>,
    /// How long the gateway asked to wait before the next try, seconds.
    pub retry_after_s: Option<u64>,
}

impl Failure {
    /// The failure of a request whose program stopped before the answer was written down.
    pub(crate) fn interrupted() -> Self {
        Self {
            code: Code::Interrupted.as_str().to_owned(),
            message: "the till stopped before the gateway's answer was written down".to_owned(),
            status: None,
            invoice_id: None,
            retry_after_s: None,
        }
    }
}

impl From<&Failure> for Fault {
    fn from(failure: &Failure) -> Self {
        Self::new(Code::from_name(&failure.code), &failure.message)
            .with("reason", &failure.message)
            .with_some("status", failure.status)
            .with_some("retry_after_seconds", failure.retry_after_s)
            .with_some("invoice_id", failure.invoice_id.as_ref())
    }
}

/// The gateway's report about an invoice, its words unchanged (docs/gateway.md, *POST /invoice/info*).
#[serde_with::skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Report {
    /// `id`
    pub id: InvoiceId,
    /// `pay_status`
    pub pay_status: String,
    /// `is_paid`
    pub is_paid: bool,
    /// `is_testing`
    pub is_testing: Option<bool>,
    /// `fiat_amount`
    pub fiat_amount: Option<String>,
    /// `fiat_currency`
    pub fiat_currency: Option<String>,
    /// `processing_status`
    pub processing_status: Option<String>,
    /// `crypto`, once the customer chose
    pub crypto: Option<String>,
    /// `network`, once the customer chose
    pub network: Option<String>,
    /// `crypto_amount`, once the customer chose
    pub crypto_amount: Option<String>,
    /// `network_fee`
    pub network_fee: Option<String>,
    /// `payload`, kept only when it is not the reference that this attempt sent
    pub payload: Option<String>,
}

impl Report {
    /// Whether `pay_status` is one of the words that the gateway documents.
    pub fn has_known_status(&self) -> bool {
        matches!(self.pay_status.as_str(), "not_paid" | "paid" | "end")
    }

    /// Whether the money was credited to the merchant.
    pub fn is_processed(&self) -> bool {
        self.processing_status.as_deref() == Some("processed")
    }

    /// The coin as totals name it: `USDT TRC20`; `BTC` alone when the network has the same name or none; `?`
    /// when the gateway named no coin.
    pub fn coin(&self) -> String {
        match (self.crypto.as_deref(), self.network.as_deref()) {
            (None, _) => "?".to_owned(),
            (Some(crypto), Some(network)) if network != crypto => format!("{crypto} {network}"),
            (Some(crypto), _) => crypto.to_owned(),
        }
    }
}

/// In what a report that says paid contradicts the sale (docs/gateway.md, row *when a sale is paid*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Mismatch {
    /// It is about another invoice.
    Id,
    /// Another amount, or none that is readable.
    Amount,
    /// Another currency, or none.
    Currency,
    /// Test money instead of real money, real instead of test, or not said.
    Test,
    /// It was created for another sale, or for another attempt of this one.
    Payload,
}

impl Mismatch {
    /// The word it is stored under, and that screens get.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
