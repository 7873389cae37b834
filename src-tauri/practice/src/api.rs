//! The two endpoints of the API: what they check, in which order, and what they answer (docs/gateway.md, *POST
//! /invoice/create* and *POST /invoice/info*). The documentation is silent about errors, so their codes are ours.

use std::sync::Arc;

use axum::{
    Json,
    body::{Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{create_request::CreateRequest, error_body::error_body, gateway::Gateway};

/// An endpoint of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// `POST /v1/invoice/create`.
    Create,
    /// `POST /v1/invoice/info`.
    Info,
}

/// What the `Authorization` header is worth. Its value is never kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Authorization {
    /// No such header.
    Absent,
    /// Not a bearer key, or not the accepted one.
    Wrong,
    /// An accepted key.
    Valid,
}

/// Longest body that is read, bytes: the longest payload with every character escaped (16384 × 12 bytes), and the
/// rest.
const BODY_LIMIT: usize = 256 * 1024;

/// The answer to a call.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    fn ok(body: Value) -> Self {
        Self {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body,
        }
    }

    fn error(status: StatusCode, code: &str, message: &str) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: error_body(code, message),
        }
    }

    fn with(mut self, name: header::HeaderName, value: &'static str) -> Self {
        self.headers.insert(name, HeaderValue::from_static(value));
        self
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        (self.status, self.headers, Json(self.body)).into_response()
    }
}

/// `POST /v1/invoice/create`.
pub(crate) async fn create(State(gateway): State<Arc<Gateway>>, request: Request) -> Response {
    call(Endpoint::Create, gateway, request).await
}

/// `POST /v1/invoice/info`.
pub(crate) async fn info(State(gateway): State<Arc<Gateway>>, request: Request) -> Response {
    call(Endpoint::Info, gateway, request).await
}

/// A request whose body has been read.
pub(crate) struct Call {
    pub(crate) endpoint: Endpoint,
    pub(crate) method: Method,
    pub(crate) authorization: Authorization,
    /// `None` when it was longer than [`BODY_LIMIT`], or was not read because the key is not accepted.
    pub(crate) body: Option<Bytes>,
    is_json: bool,
}

async fn call(endpoint: Endpoint, gateway: Arc<Gateway>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let authorization = gateway.authorization(&parts.headers);
    // Nothing of a stranger's body is read or kept.
    let body = match authorization {
        Authorization::Valid => to_bytes(body, BODY_LIMIT).await.ok(),
        Authorization::Absent | Authorization::Wrong => None,
    };
    let call = Call {
        endpoint,
        is_json: is_json(&parts.headers),
        authorization,
        body,
        method: parts.method.clone(),
    };
    #[cfg(feature = "test-api")]
    return crate::test_api::answer(gateway, &parts, call).await;
    #[cfg(not(feature = "test-api"))]
    answer(&gateway, &call).into_response()
}

/// `application/json`, with parameters or without.
fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// Checks a call and does what it asks for.
pub(crate) fn answer(gateway: &Gateway, call: &Call) -> Answer {
    if call.method != Method::POST {
        return Answer::error(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "use POST",
        )
        .with(header::ALLOW, "POST");
    }
    let unauthorized = |message| {
        Answer::error(StatusCode::UNAUTHORIZED, "unauthorized", message)
            .with(header::WWW_AUTHENTICATE, "Bearer")
    };
    match call.authorization {
        Authorization::Valid => {}
        Authorization::Absent => return unauthorized("Authorization: Bearer <API key> is missing"),
        Authorization::Wrong => return unauthorized("the API key is wrong or revoked"),
    }
    if !call.is_json {
        return Answer::error(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "Content-Type: application/json is required",
        );
    }
    let Some(body) = &call.body else {
        return Answer::error(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            "the body is too large",
        );
    };
    let body: Map<String, Value> = match serde_json::from_slice(body) {
        Ok(body) => body,
        Err(error) => {
            let message = format!("the body is not a JSON object: {error}");
            return Answer::error(StatusCode::BAD_REQUEST, "bad_json", &message);
        }
    };
    match call.endpoint {
        Endpoint::Create => create_invoice(gateway, &body),
        Endpoint::Info => report_invoice(gateway, &body),
    }
}

fn invalid(field: &str, rule: &str) -> Answer {
    let message = format!("{field}: {rule}");
    Answer::error(StatusCode::UNPROCESSABLE_ENTITY, "invalid_field", &message)
}

fn create_invoice(gateway: &Gateway, body: &Map<String, Value>) -> Answer {
    match CreateRequest::read(body) {
        Ok(asked) => {
            let invoice = gateway.open_invoice(asked);
            Answer::ok(json!({
                "invoice": {"id": invoice.id, "expires_at": invoice.expires_at_unix},
                "pay_url": invoice.pay_url,
                "test_mode": invoice.test,
            }))
        }
        Err(error) => invalid(error.field, &error.rule),
    }
}

fn report_invoice(gateway: &Gateway, body: &Map<String, Value>) -> Answer {
    let id = match body.get("invoice_id") {
        Some(Value::String(id)) => id,
        Some(_) => return invalid("invoice_id", "a string"),
        None => return invalid("invoice_id", "required"),
    };
    match gateway.with_invoice(id, |invoice, _| invoice.info()) {
        Ok(info) => Answer::ok(info),
        Err(error) => Answer::error(
            StatusCode::NOT_FOUND,
            "invoice_not_found",
            &error.to_string(),
        ),
    }
}
