//! What can go wrong in a call. An error of `create` is sorted by the one question that matters then: may an
//! invoice exist now?

use reqwest::StatusCode;
use serde_json::Value;

use super::bounded_text::bounded;
use super::certificate_time::{Blame, CertificateTime};
use super::pay_url::PayUrlError;
use super::send::CallError;
use crate::error::Code;
use crate::ids::InvoiceId;
use crate::sale::Failure;

/// Whether a failed `create` may have made an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// No byte left this machine: the request may be sent again.
    NotSent,
    /// The gateway made no invoice, or one whose address may not be shown: nobody can pay it.
    Refused,
    /// It may have made one, whose address nobody saw.
    Uncertain,
}

/// Why there is no invoice to show (docs/gateway.md, rows *error body* and *refused or uncertain*).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateError {
    /// No connection: no DNS, connection refused, TLS failed.
    #[error("the gateway cannot be reached: {cause}")]
    Unreachable {
        /// The network's error, for engineers.
        cause: String,
    },
    /// No connection: the gateway's certificate is not valid at the time that this machine's clock shows.
    #[error("{0}")]
    CertificateTime(CertificateTime),
    /// HTTP 401 or 403.
    #[error("the gateway refuses the API key (HTTP {status})")]
    KeyRefused {
        /// The HTTP status.
        status: u16,
    },
    /// HTTP 429.
    #[error("the gateway asks to slow down (HTTP 429)")]
    RateLimited {
        /// How long the gateway asked to wait, seconds.
        retry_after_s: Option<u64>,
    },
    /// Any other 4xx.
    #[error("{reason} (HTTP {status})")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The gateway's reason, 200 characters at most; the status' standard phrase when it gave none.
        reason: String,
    },
    /// The invoice was made, but its address is not the gateway's own.
    #[error("the address of invoice {invoice_id} is not shown: {cause}")]
    PayUrl {
        /// The invoice.
        invoice_id: InvoiceId,
        /// What is wrong with its address.
        cause: PayUrlError,
    },
    /// The gateway named an invoice that belongs to another attempt. One payment must not close two sales.
    #[error("invoice {invoice_id} belongs to another attempt already")]
    InvoiceTaken {
        /// The invoice.
        invoice_id: InvoiceId,
    },
    /// No answer in time.
    #[error("the gateway did not answer in time")]
    TimedOut,
    /// A 3xx or 5xx.
    #[error("the gateway failed: {reason} (HTTP {status})")]
    Answered {
        /// The HTTP status.
        status: u16,
        /// As in [`CreateError::Refused`].
        reason: String,
    },
    /// A 2xx that is not what is documented.
    #[error("the gateway's answer cannot be read: {cause} (HTTP {status})")]
    Unreadable {
        /// The HTTP status.
        status: u16,
        /// What is wrong with the answer, for engineers.
        cause: String,
    },
    /// The connection broke after the request had left.
    #[error("the connection broke: {cause}")]
    Broken {
        /// The network's error, for engineers.
        cause: String,
    },
}

impl CreateError {
    /// Whether an invoice may exist.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Unreachable { .. } | Self::CertificateTime(_) => Outcome::NotSent,
            Self::KeyRefused { .. }
            | Self::RateLimited { .. }
            | Self::Refused { .. }
            | Self::PayUrl { .. }
            | Self::InvoiceTaken { .. } => Outcome::Refused,
            Self::TimedOut
            | Self::Answered { .. }
            | Self::Unreadable { .. }
            | Self::Broken { .. } => Outcome::Uncertain,
        }
    }

    /// The HTTP status, where there was one that matters.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::KeyRefused { status }
            | Self::Refused { status, .. }
            | Self::Answered { status, .. }
            | Self::Unreadable { status, .. } => Some(*status),
            Self::RateLimited { .. } => Some(429),
            Self::Unreachable { .. }
            | Self::CertificateTime(_)
            | Self::PayUrl { .. }
            | Self::InvoiceTaken { .. }
            | Self::TimedOut
            | Self::Broken { .. } => None,
        }
    }

    fn code(&self) -> Code {
        match self {
            Self::Unreachable { .. } => Code::GatewayUnreachable,
            Self::CertificateTime(time) => certificate_code(time),
            Self::KeyRefused { .. } => Code::KeyRefused,
            Self::RateLimited { .. } => Code::GatewayRateLimited,
            Self::Refused { .. } => Code::GatewayRefused,
            Self::PayUrl { .. } => Code::PayUrlRefused,
            Self::InvoiceTaken { .. } => Code::InvoiceTaken,
            Self::TimedOut => Code::GatewayTimeout,
            Self::Answered { .. } => Code::GatewayFailed,
            Self::Unreadable { .. } => Code::GatewayUnreadable,
            Self::Broken { .. } => Code::GatewayBrokenConnection,
        }
    }
}

/// The error as the journal keeps it.
impl From<CreateError> for Failure {
    fn from(error: CreateError) -> Self {
        Self {
            code: error.code().as_str().to_owned(),
            message: error.to_string(),
            status: error.status(),
            retry_after_s: match error {
                CreateError::RateLimited { retry_after_s } => retry_after_s,
                _ => None,
            },
            invoice_id: match error {
                CreateError::PayUrl { invoice_id, .. }
                | CreateError::InvoiceTaken { invoice_id } => Some(invoice_id),
                _ => None,
            },
        }
    }
}

impl From<CallError> for CreateError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::NotSent(cause) => Self::Unreachable { cause },
            CallError::CertificateTime(time) => Self::CertificateTime(time),
            CallError::TimedOut => Self::TimedOut,
            CallError::Broken(cause) => Self::Broken { cause },
            CallError::Unreadable { status, cause } => Self::Unreadable { status, cause },
            CallError::Status {
                status,
                reason,
                retry_after_s,
            } => match status {
                401 | 403 => Self::KeyRefused { status },
                429 => Self::RateLimited { retry_after_s },
                400..=499 => Self::Refused { status, reason },
                _ => Self::Answered { status, reason },
            },
        }
    }
}

/// Why nothing was learned of an invoice. None of these says that it is unpaid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InfoError {
    /// No connection: no DNS, connection refused, TLS failed.
    #[error("the gateway cannot be reached: {cause}")]
    Unreachable {
        /// The network's error, for engineers.
        cause: String,
    },
    /// No connection: the gateway's certificate is not valid at the time that this machine's clock shows.
    #[error("{0}")]
    CertificateTime(CertificateTime),
    /// HTTP 401 or 403.
    #[error("the gateway refuses the API key (HTTP {status})")]
    KeyRefused {
        /// The HTTP status.
        status: u16,
    },
    /// No answer in time.
    #[error("the gateway did not answer in time")]
    TimedOut,
    /// Any other status but 2xx.
    #[error("the gateway failed: {reason} (HTTP {status})")]
    Answered {
        /// The HTTP status.
        status: u16,
        /// The gateway's reason, 200 characters at most; the status' standard phrase when it gave none.
        reason: String,
        /// How long the gateway asked to wait, seconds.
        retry_after_s: Option<u64>,
    },
    /// A 2xx that is not what is documented.
    #[error("the gateway's answer cannot be read: {cause}")]
    Unreadable {
        /// What is wrong with the answer, for engineers.
        cause: String,
    },
    /// The connection broke.
    #[error("the connection broke: {cause}")]
    Broken {
        /// The network's error, for engineers.
        cause: String,
    },
}

impl InfoError {
    /// Whether the gateway says that it has no such invoice (HTTP 404, 410).
    pub(crate) fn says_unknown_invoice(&self) -> bool {
        matches!(
            self,
            Self::Answered {
                status: 404 | 410,
                ..
            }
        )
    }

    /// How long the gateway asked to wait, seconds.
    pub fn retry_after_s(&self) -> Option<u64> {
        match self {
            Self::Answered { retry_after_s, .. } => *retry_after_s,
            _ => None,
        }
    }

    pub(crate) fn code(&self) -> Code {
        match self {
            Self::KeyRefused { .. } => Code::KeyRefused,
            Self::Unreachable { .. } => Code::GatewayUnreachable,
            Self::CertificateTime(time) => certificate_code(time),
            Self::TimedOut => Code::GatewayTimeout,
            Self::Answered { .. } => Code::GatewayFailed,
            Self::Unreadable { .. } => Code::GatewayUnreadable,
            Self::Broken { .. } => Code::GatewayBrokenConnection,
        }
    }
}

impl From<CallError> for InfoError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::NotSent(cause) => Self::Unreachable { cause },
            CallError::CertificateTime(time) => Self::CertificateTime(time),
            CallError::TimedOut => Self::TimedOut,
            CallError::Broken(cause) => Self::Broken { cause },
            CallError::Unreadable { cause, .. } => Self::Unreadable { cause },
            CallError::Status {
                status: status @ (401 | 403),
                ..
            } => Self::KeyRefused { status },
            CallError::Status {
                status,
                reason,
                retry_after_s,
            } => Self::Answered {
                status,
                reason,
                retry_after_s,
            },
        }
    }
}

fn certificate_code(time: &CertificateTime) -> Code {
    match time.blame {
        Blame::Clock => Code::ClockWrong,
        Blame::Either => Code::CertificateExpired,
    }
}

/// The gateway's reason for an error, whatever shape its body has: `{"error":{"code":…, "message":…}}` by
/// the gateway's own clients, HTML from a proxy, or nothing.
pub(super) fn reason(status: StatusCode, body: Option<&[u8]>) -> String {
    let given = body
        .and_then(|body| serde_json::from_slice::<Value>(body).ok())
        .and_then(|body| {
            let error = body.get("error")?;
            let code = match error.get("code") {
                Some(Value::String(code)) => Some(code.clone()),
                Some(Value::Number(code)) => Some(code.to_string()),
                _ => None,
            };
            let message = error.get("message").and_then(Value::as_str);
            let parts = [code.as_deref(), message].map(Option::into_iter);
            let parts: Vec<_> = parts.into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join(": "))
        });
    match given {
        Some(given) => bounded(&given),
        None => status
            .canonical_reason()
            .unwrap_or("it gave no reason")
            .to_owned(),
    }
}
