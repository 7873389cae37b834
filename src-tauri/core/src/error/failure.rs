//! What the journal keeps of a request that made no invoice.

use super::Code;
use crate::gateway::CreateError;
use crate::sale::Failure;

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
        code: code.as_str(),
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
        code: Code::Interrupted.as_str(),
        message: "the till stopped before the gateway's answer was written down".to_owned(),
        status: None,
        invoice_id: None,
        retry_after_s: None,
    }
}
