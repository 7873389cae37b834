//! The two endpoints of the API: what they check, in which order, and what they answer.

use axum::{
    body::{Bytes, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use serde_json::{Map, Value, json};
use std::sync::Arc;

use crate::{
    connection::Line,
    error_body::error_body,
    gateway::Gateway,
    invoice::Seen,
    order::Order,
    requests::{Authorization, Endpoint, RequestRecord, headers_without_key},
    send,
};

/// Room for the longest payload with every character escaped (16384 × 12 bytes), and the rest.
const BODY_LIMIT: usize = 256 * 1024;

/// What the API has to say, before anything goes wrong with it.
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

/// `POST /v1/invoice/create`.
pub(crate) async fn create(
    State(gateway): State<Arc<Gateway>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
) -> Response {
    call(Endpoint::Create, gateway, line, request).await
}

/// `POST /v1/invoice/info`.
pub(crate) async fn info(
    State(gateway): State<Arc<Gateway>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
) -> Response {
    call(Endpoint::Info, gateway, line, request).await
}

/// A request that has been read.
struct Call {
    method: Method,
    is_json: bool,
    authorization: Authorization,
    /// `None` when it was longer than [`BODY_LIMIT`].
    body: Option<Bytes>,
    /// Its number in the log.
    number: u64,
}

async fn call(endpoint: Endpoint, gateway: Arc<Gateway>, line: Line, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, BODY_LIMIT).await.ok();
    let json: Option<Value> = body
        .as_ref()
        .and_then(|body| serde_json::from_slice(body).ok());
    let asked = match endpoint {
        Endpoint::Create => None,
        Endpoint::Info => json
            .as_ref()
            .and_then(|json| json.get("invoice_id"))
            .and_then(Value::as_str)
            .map(str::to_owned),
    };
    let authorization = gateway.authorization(&parts.headers);
    let number = gateway.note(RequestRecord {
        number: 0,
        at_unix_ms: gateway.clock.now().as_millisecond(),
        endpoint,
        method: parts.method.to_string(),
        path: parts.uri.to_string(),
        headers: headers_without_key(&parts.headers),
        authorization,
        body: json,
        body_bytes: body.as_ref().map_or(0, Bytes::len),
        invoice: asked.clone(),
    });
    let act = gateway.take_fault(endpoint, asked.as_deref());
    let call = Call {
        method: parts.method,
        is_json: is_json(&parts.headers),
        authorization,
        body,
        number,
    };
    let work = |seen| answer(&gateway, endpoint, &call, seen);
    send::send(Arc::clone(&gateway), &line, act, work).await
}

/// `application/json`, with parameters or without.
fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn answer(gateway: &Gateway, endpoint: Endpoint, call: &Call, seen: Seen) -> Answer {
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
    match endpoint {
        Endpoint::Create => open(gateway, &body, call.number),
        Endpoint::Info => report(gateway, &body, seen),
    }
}

fn invalid(field: &str, rule: &str) -> Answer {
    let message = format!("{field}: {rule}");
    Answer::error(StatusCode::UNPROCESSABLE_ENTITY, "invalid_field", &message)
}

fn open(gateway: &Gateway, body: &Map<String, Value>, number: u64) -> Answer {
    match Order::read(body) {
        Ok(order) => {
            let invoice = gateway.open_invoice(order, number);
            Answer::ok(json!({
                "invoice": {"id": invoice.id, "expires_at": invoice.expires_at_unix},
                "pay_url": invoice.pay_url,
                "test_mode": invoice.test,
            }))
        }
        Err(error) => invalid(error.field, &error.rule),
    }
}

fn report(gateway: &Gateway, body: &Map<String, Value>, seen: Seen) -> Answer {
    let id = match body.get("invoice_id") {
        Some(Value::String(id)) => id,
        Some(_) => return invalid("invoice_id", "a string"),
        None => return invalid("invoice_id", "required"),
    };
    match gateway.look(id, |invoice, now| invoice.info(seen, now)) {
        Ok(info) => Answer::ok(info),
        Err(error) => Answer::error(
            StatusCode::NOT_FOUND,
            "invoice_not_found",
            &error.to_string(),
        ),
    }
}
