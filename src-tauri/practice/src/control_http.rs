//! The control API over HTTP: for scripts, for end-to-end tests, and for the curious with `curl`.
//!
//! Bodies are JSON. An error is `{"error":{"code","message"}}` with 404 (no such invoice), 409 (the
//! invoice stands where this cannot happen) or 422 (the body).
//!
//! | call | body | does |
//! |---|---|---|
//! | `GET /control/invoices` | | `{"invoices":[…]}`, the oldest first |
//! | `GET /control/invoices/{id}` | | one invoice: what was asked, where it stands, what `info` says |
//! | `POST /control/invoices/{id}/choose` | `{"crypto":"USDT","network":"TRC20"}` | the customer picks a coin |
//! | `POST …/pay` | | the customer pays, in the first coin if none was picked |
//! | `POST …/process` | | the payment is credited to the merchant |
//! | `POST …/end` | | the invoice ends unpaid before its time |
//! | `POST …/pay-late` | | the payment of an ended invoice arrives |
//! | `POST …/set` | `{"fiat_amount":"99","pay_status":"odd"}` | `info` says these fields from now on, true or not |
//! | `POST …/omit` | `["is_paid"]` | `info` leaves these fields out from now on |
//! | `POST …/honest` | | takes back `set` and `omit` |
//! | `GET /control/coins` | | `{"coins":[…]}`, what `choose` accepts |
//! | `GET /control/requests` | | `{"counts":{"create":1,"info":7},"requests":[…]}`: what the API was asked |
//! | `DELETE /control/requests` | | empties that log |
//! | `GET /control/faults` | | `{"faults":[…]}`, the rules that still wait for calls |
//! | `POST /control/faults` | a rule, below | adds a rule: `{"number":1}` |
//! | `DELETE /control/faults` | | drops every rule |
//! | `POST /control/reset` | | forgets invoices, rules and requests |
//!
//! Every `POST` on an invoice answers with that invoice.
//!
//! A rule ([`FaultRule`]) says which calls go wrong, and how:
//!
//! ```json
//! {"endpoint": "info", "invoice": "179a…", "times": 2, "skip": 1, "act": "reset_after_work"}
//! ```
//!
//! `endpoint` is `create`, `info` or `any`. `invoice` narrows it to one invoice. `times` calls are
//! spoilt (default 1; `null`: all, until cleared) after `skip` have passed (default 0). `act` is one of
//!
//! ```json
//! {"delay_ms": 800}
//! "hang"
//! "hang_after_work"
//! "reset_before_work"
//! "reset_after_work"
//! "close_after_work"
//! {"status": {"code": 502, "body": {"text": "<h1>Bad gateway</h1>"}, "content_type": "text/html"}}
//! {"status": {"code": 429, "headers": {"Retry-After": "3"}, "work": "none"}}
//! {"headers": {"Date": "Thu, 01 Jan 1970 00:00:00 GMT"}}
//! {"body": {"text": "{\"invoice\":{"}}
//! {"body": {"json": []}}
//! {"body": {"huge_bytes": 100000000}}
//! {"body": {"nested_depth": 100000}}
//! "truncated"
//! {"slow_body": {"bytes": 1, "every_ms": 50}}
//! {"stale": {}}
//! {"stale": {"for_ms": 3000}}
//! {"edit": {"set": {"/pay_url": "https://elsewhere.example/"}, "remove": ["/invoice/id"]}}
//! ```
//!
//! [`Act`](crate::Act) tells what each does.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    control::{Control, ControlError, InvoiceView},
    error_body::error,
    faults::FaultRule,
    gateway::Gateway,
    requests::Endpoint,
};

/// The routes below `/control`.
pub(crate) fn routes() -> Router<Arc<Gateway>> {
    Router::new()
        .route("/control/invoices", get(invoices))
        .route("/control/invoices/{id}", get(invoice))
        .route("/control/invoices/{id}/{verb}", post(change))
        .route("/control/coins", get(coins))
        .route("/control/requests", get(requests).delete(clear_requests))
        .route(
            "/control/faults",
            get(faults).post(add_fault).delete(clear_faults),
        )
        .route("/control/reset", post(reset))
}

/// An error on its way out.
struct Refused {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl From<ControlError> for Refused {
    fn from(reason: ControlError) -> Self {
        let status = match reason {
            ControlError::UnknownInvoice(_) => StatusCode::NOT_FOUND,
            ControlError::WrongStage(_) => StatusCode::CONFLICT,
            ControlError::UnknownCoin { .. } | ControlError::BadRule(_) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
        };
        Self {
            status,
            code: reason.code(),
            message: reason.to_string(),
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        error(self.status, self.code, &self.message)
    }
}

fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refused> {
    serde_json::from_slice(body).map_err(|reason| Refused {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        code: "bad_body",
        message: format!("the body: {reason}"),
    })
}

async fn invoices(State(gateway): State<Arc<Gateway>>) -> Json<Value> {
    Json(json!({"invoices": Control(gateway).invoices()}))
}

async fn invoice(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
) -> Result<Json<InvoiceView>, Refused> {
    Ok(Json(Control(gateway).invoice(&id)?))
}

/// The body of `choose`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CoinAsked {
    crypto: String,
    network: String,
}

async fn change(
    State(gateway): State<Arc<Gateway>>,
    Path((id, verb)): Path<(String, String)>,
    body: Bytes,
) -> Result<Json<InvoiceView>, Refused> {
    let control = Control(gateway);
    let changed = match verb.as_str() {
        "choose" => {
            let coin: CoinAsked = read(&body)?;
            control.choose_coin(&id, &coin.crypto, &coin.network)
        }
        "pay" => control.pay(&id),
        "process" => control.process(&id),
        "end" => control.end(&id),
        "pay-late" => control.pay_late(&id),
        "set" => control.set(&id, read(&body)?),
        "omit" => control.omit(&id, read::<Vec<String>>(&body)?),
        "honest" => control.be_honest(&id),
        _ => {
            return Err(Refused {
                status: StatusCode::NOT_FOUND,
                code: "unknown_verb",
                message: "choose, pay, process, end, pay-late, set, omit or honest".to_owned(),
            });
        }
    };
    Ok(Json(changed?))
}

async fn coins(State(gateway): State<Arc<Gateway>>) -> Json<Value> {
    Json(json!({"coins": Control(gateway).coins()}))
}

async fn requests(State(gateway): State<Arc<Gateway>>) -> Json<Value> {
    let control = Control(gateway);
    let counts = json!({
        "create": control.count(Endpoint::Create),
        "info": control.count(Endpoint::Info),
    });
    Json(json!({"counts": counts, "requests": control.requests()}))
}

async fn clear_requests(State(gateway): State<Arc<Gateway>>) -> StatusCode {
    Control(gateway).clear_requests();
    StatusCode::NO_CONTENT
}

async fn faults(State(gateway): State<Arc<Gateway>>) -> Json<Value> {
    Json(json!({"faults": Control(gateway).faults()}))
}

async fn add_fault(
    State(gateway): State<Arc<Gateway>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let rule: FaultRule = read(&body)?;
    let number = Control(gateway).add_fault(rule)?;
    Ok(Json(json!({"number": number})))
}

async fn clear_faults(State(gateway): State<Arc<Gateway>>) -> StatusCode {
    Control(gateway).clear_faults();
    StatusCode::NO_CONTENT
}

async fn reset(State(gateway): State<Arc<Gateway>>) -> StatusCode {
    Control(gateway).reset();
    StatusCode::NO_CONTENT
}
