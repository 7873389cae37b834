//! What can go wrong in a call, sorted by the one question that matters: may an invoice exist now?

use super::rules::{PayUrlError, bounded};
use super::send::{Reply, SendError};
use crate::ids::InvoiceId;

/// Whether anything may have been made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// No byte left this machine: it may be sent again.
    NotSent,
    /// The gateway made nothing, or made what may not be shown: nobody can pay.
    Refused,
    /// It may have been made; nobody saw its address.
    Uncertain,
}

/// Why there is no invoice to show (gateway.md, rows *error body* and *refused or uncertain*).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are what the texts say")]
pub enum CreateError {
    /// No DNS, connection refused, TLS failed.
    #[error("the gateway cannot be reached: {cause}")]
    Unreachable { cause: String },
    /// 401 or 403.
    #[error("the gateway refuses the API key (HTTP {status})")]
    KeyRefused { status: u16 },
    /// 429.
    #[error("the gateway asks to slow down (HTTP 429)")]
    RateLimited { retry_after_s: Option<u64> },
    /// Any other 4xx.
    #[error("{reason} (HTTP {status})")]
    Refused { status: u16, reason: String },
    /// Its address is not the gateway's own.
    #[error("the address of invoice {invoice_id} is not shown: {cause}")]
    PayUrl {
        invoice_id: InvoiceId,
        cause: PayUrlError,
    },
    /// No answer in time.
    #[error("the gateway did not answer in time")]
    TimedOut,
    /// 3xx, 5xx.
    #[error("the gateway failed: {reason} (HTTP {status})")]
    Answered { status: u16, reason: String },
    /// A 2xx that is not what was documented.
    #[error("the gateway's answer cannot be read: {cause} (HTTP {status})")]
    Unreadable { status: u16, cause: String },
    /// The connection broke after the request had left.
    #[error("the connection broke: {cause}")]
    Broken { cause: String },
}

impl CreateError {
    /// Whether an invoice may exist.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Unreachable { .. } => Outcome::NotSent,
            Self::KeyRefused { .. }
            | Self::RateLimited { .. }
            | Self::Refused { .. }
            | Self::PayUrl { .. } => Outcome::Refused,
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
            | Self::PayUrl { .. }
            | Self::TimedOut
            | Self::Broken { .. } => None,
        }
    }

    pub(super) fn of_reply(reply: &Reply) -> Self {
        let status = reply.status.as_u16();
        match status {
            401 | 403 => Self::KeyRefused { status },
            429 => Self::RateLimited {
                retry_after_s: reply.retry_after_s,
            },
            400..=499 => Self::Refused {
                status,
                reason: reason(reply),
            },
            _ => Self::Answered {
                status,
                reason: reason(reply),
            },
        }
    }
}

impl From<SendError> for CreateError {
    fn from(error: SendError) -> Self {
        match error {
            SendError::NotSent(cause) => Self::Unreachable { cause },
            SendError::TimedOut => Self::TimedOut,
            SendError::Broken(cause) => Self::Broken { cause },
            SendError::TooLarge { status } => Self::Unreadable {
                status,
                cause: "it is too large".to_owned(),
            },
        }
    }
}

/// Why nothing was learned of an invoice. None of these says that it is unpaid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are what the texts say")]
pub enum InfoError {
    /// No DNS, connection refused, TLS failed.
    #[error("the gateway cannot be reached: {cause}")]
    Unreachable { cause: String },
    /// 401 or 403: asking again is useless until there is another key.
    #[error("the gateway refuses the API key (HTTP {status})")]
    KeyRefused { status: u16 },
    /// No answer in time.
    #[error("the gateway did not answer in time")]
    TimedOut,
    /// Any other status but 2xx.
    #[error("the gateway failed: {reason} (HTTP {status})")]
    Answered {
        status: u16,
        reason: String,
        retry_after_s: Option<u64>,
    },
    /// A 2xx that is not what was documented.
    #[error("the gateway's answer cannot be read: {cause}")]
    Unreadable { cause: String },
    /// The connection broke.
    #[error("the connection broke: {cause}")]
    Broken { cause: String },
}

impl InfoError {
    /// How long the gateway asked to wait, seconds.
    pub fn retry_after_s(&self) -> Option<u64> {
        match self {
            Self::Answered { retry_after_s, .. } => *retry_after_s,
            _ => None,
        }
    }

    pub(super) fn of_reply(reply: &Reply) -> Self {
        let status = reply.status.as_u16();
        match status {
            401 | 403 => Self::KeyRefused { status },
            _ => Self::Answered {
                status,
                reason: reason(reply),
                retry_after_s: reply.retry_after_s,
            },
        }
    }
}

impl From<SendError> for InfoError {
    fn from(error: SendError) -> Self {
        match error {
            SendError::NotSent(cause) => Self::Unreachable { cause },
            SendError::TimedOut => Self::TimedOut,
            SendError::Broken(cause) => Self::Broken { cause },
            SendError::TooLarge { .. } => Self::Unreadable {
                cause: "it is too large".to_owned(),
            },
        }
    }
}

/// The gateway's own words for a failure, in whatever shape they come: `{"error":{"code":…,
/// "message":…}}` by its clients, HTML from a proxy, or nothing.
fn reason(reply: &Reply) -> String {
    let told = reply
        .body
        .as_ref()
        .ok()
        .and_then(|body| serde_json::from_slice::<serde_json::Value>(body).ok())
        .and_then(|body| {
            let error = body.get("error")?;
            let code = match error.get("code") {
                Some(serde_json::Value::String(code)) => Some(code.clone()),
                Some(serde_json::Value::Number(code)) => Some(code.to_string()),
                _ => None,
            };
            let message = error.get("message").and_then(serde_json::Value::as_str);
            match (code, message) {
                (Some(code), Some(message)) => Some(format!("{code}: {message}")),
                (Some(code), None) => Some(code),
                (None, Some(message)) => Some(message.to_owned()),
                (None, None) => None,
            }
        });
    match told {
        Some(told) => bounded(&told),
        None => reply
            .status
            .canonical_reason()
            .unwrap_or("it gave no reason")
            .to_owned(),
    }
}
