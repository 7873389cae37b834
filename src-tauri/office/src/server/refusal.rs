//! How the office says no: a status for programs in between, a stable code for the till, a sentence for people.

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use ringup_core::office::{BatchFault, Refusal};

use crate::store::{AppendError, PairError, StoreError, TokenError};

/// When to come again, seconds, where the office cannot do it now.
const COME_AGAIN_S: &str = "2";

/// A refusal.
#[derive(Debug)]
pub(crate) struct Refused {
    status: u16,
    refusal: Refusal,
}

/// A refusal of this status and code.
pub(super) fn refuse(status: u16, code: &str, message: &str) -> Refused {
    Refused {
        status,
        refusal: Refusal {
            code: code.to_owned(),
            message: message.to_owned(),
        },
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status);
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.refusal)).into_response();
        if status.is_server_error() {
            let again = HeaderValue::from_static(COME_AGAIN_S);
            response.headers_mut().insert(RETRY_AFTER, again);
        }
        response
    }
}

impl From<StoreError> for Refused {
    /// What the database says is for the log: it may name hosts and users.
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the book");
        refuse(503, "busy", "the book cannot be read or written now")
    }
}

impl From<TokenError> for Refused {
    fn from(error: TokenError) -> Self {
        let code = match error {
            TokenError::Unknown => "token_unknown",
            TokenError::Revoked => "token_revoked",
            TokenError::Replaced => "token_replaced",
        };
        refuse(401, code, &error.to_string())
    }
}

impl From<PairError> for Refused {
    fn from(error: PairError) -> Self {
        match error {
            PairError::Store(error) => error.into(),
            PairError::CodeInvalid => refuse(403, "code_invalid", &error.to_string()),
        }
    }
}

impl From<AppendError> for Refused {
    fn from(error: AppendError) -> Self {
        let message = error.to_string();
        match error {
            AppendError::Token(error) => error.into(),
            AppendError::Store(error) => error.into(),
            AppendError::Gap(_) => refuse(409, "gap", &message),
            AppendError::Forked { .. } => refuse(409, "quarantined", &message),
            AppendError::SetAside { .. } => refuse(409, "set_aside", &message),
            AppendError::Batch(fault) => {
                let code = match fault {
                    BatchFault::ChainBroken { .. } => "chain_broken",
                    BatchFault::OtherTill { .. } => "other_till",
                    BatchFault::Practice => "practice_refused",
                    _ => "batch_invalid",
                };
                refuse(422, code, &message)
            }
        }
    }
}
