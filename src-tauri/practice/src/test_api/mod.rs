//! What tests alone need of the gateway: calls that fail on purpose, reports that are not true, and a log of requests.
//! It stands behind the feature `test-api`, and the till's release build does without.
//!
//! It adds to [`Control`], and to the [control API over HTTP](crate::control_http):
//!
//! | call | body | does |
//! |---|---|---|
//! | `POST /control/invoices/{id}/set` | `{"fiat_amount":"99","pay_status":"odd"}` | `info` gives these fields from now on, true or not |
//! | `POST …/omit` | `["is_paid"]` | `info` leaves these fields out from now on |
//! | `POST …/honest` | | takes back `set` and `omit` |
//! | `GET /control/requests` | | `{"counts":{"create":1,"info":7},"requests":[…]}`: what the API was asked |
//! | `DELETE /control/requests` | | empties that log |
//! | `GET /control/faults` | | `{"faults":[…]}`, the rules that still wait for calls |
//! | `POST /control/faults` | a rule, below | adds a rule: `{"number":1}` |
//! | `DELETE /control/faults` | | drops every rule |
//! | `POST /control/webhooks` | `"never"`, `"once"`, `"twice"`, `{"late_ms":800}`, `"garbage"` | how webhooks are called from now on |
//!
//! A rule ([`FaultRule`]) says which calls go wrong, and how:
//!
//! ```json
//! {"endpoint": "info", "invoice": "179a…", "times": 2, "skip": 1, "act": "reset_after_work"}
//! ```
//!
//! `endpoint` is `create`, `info` or `any`. `invoice` narrows it to one invoice. `times` calls suffer the fault
//! (default 1; `null`: all, until cleared) after `skip` have passed (default 0). `act` is one of the following, which
//! [`CallFault`] explains:
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

mod call_fault;
mod fault_rule;
mod inject;
mod request_log;
mod webhook_mode;

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{ConnectInfo, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use parking_lot::Mutex;
use serde_json::{Map, Value, json};
use tokio::sync::watch;

pub use call_fault::{CallFault, Effect, FalseBody, StatusFault};
pub use fault_rule::{FaultRule, PendingRule, Target};
pub use request_log::RequestRecord;
pub use webhook_mode::WebhookMode;

use crate::{
    api::{self, Call, Endpoint},
    connection::ConnectionHandle,
    control::{Control, ControlError, InvoiceView},
    control_http::{Refused, read},
    gateway::Gateway,
};
use fault_rule::FaultRules;
use request_log::{RequestLog, headers_without_key};

/// What a test has set up, and what it can read afterwards.
#[derive(Debug, Default)]
pub(crate) struct TestState {
    rules: Mutex<FaultRules>,
    requests: Mutex<RequestLog>,
    webhook_mode: Mutex<WebhookMode>,
    /// Tells those who wait in [`Control::called`] that the log grew.
    logged: watch::Sender<()>,
}

impl TestState {
    pub(crate) fn reset(&self) {
        *self.rules.lock() = FaultRules::default();
        *self.requests.lock() = RequestLog::default();
        *self.webhook_mode.lock() = WebhookMode::default();
    }

    pub(crate) fn webhook_mode(&self) -> WebhookMode {
        *self.webhook_mode.lock()
    }
}

/// Logs a call and answers it, or lets it suffer its fault.
pub(crate) async fn answer(gateway: Arc<Gateway>, parts: &Parts, call: Call) -> Response {
    let json = call.body.as_ref();
    let json: Option<Value> = json.and_then(|body| serde_json::from_slice(body).ok());
    let invoice = match call.endpoint {
        Endpoint::Create => None,
        Endpoint::Info => json.as_ref().and_then(|json| text_at(json, "/invoice_id")),
    };
    let number = gateway.test.requests.lock().add(RequestRecord {
        number: 0,
        at_unix_ms: gateway.clock.now().as_millisecond(),
        endpoint: call.endpoint,
        method: parts.method.to_string(),
        path: parts.uri.to_string(),
        headers: headers_without_key(&parts.headers),
        authorization: call.authorization,
        body: json,
        body_bytes: call.body.as_ref().map_or(0, Bytes::len),
        invoice: invoice.clone(),
    });
    gateway.test.logged.send_replace(());
    let fault = gateway
        .test
        .rules
        .lock()
        .take(call.endpoint, invoice.as_deref());
    let work = || {
        let answer = api::answer(&gateway, &call);
        if let Some(made) = text_at(&answer.body, "/invoice/id") {
            gateway.test.requests.lock().set_invoice(number, &made);
        }
        answer
    };
    let stale = |for_ms| {
        let report = gateway.with_invoice(invoice.as_deref()?, |invoice, now| {
            invoice.stale_info(for_ms, now)
        });
        report.ok()
    };
    match (
        fault,
        parts.extensions.get::<ConnectInfo<ConnectionHandle>>(),
    ) {
        (Some(fault), Some(ConnectInfo(connection))) => {
            inject::inject(fault, Arc::clone(&gateway), connection, work, stale).await
        }
        _ => work().into_response(),
    }
}

fn text_at(json: &Value, pointer: &str) -> Option<String> {
    json.pointer(pointer)?.as_str().map(str::to_owned)
}

impl Control {
    /// From now on `info` gives these fields, true or not: any name, any JSON.
    ///
    /// # Errors
    /// [`ControlError::UnknownInvoice`].
    pub fn set_fields(
        &self,
        id: &str,
        fields: Map<String, Value>,
    ) -> Result<InvoiceView, ControlError> {
        self.0.change(id, |invoice, _| {
            invoice.set_fields(fields);
            Ok(())
        })
    }

    /// From now on `info` leaves these fields out.
    ///
    /// # Errors
    /// [`ControlError::UnknownInvoice`].
    pub fn omit_fields<F: Into<String>>(
        &self,
        id: &str,
        fields: impl IntoIterator<Item = F>,
    ) -> Result<InvoiceView, ControlError> {
        self.0.change(id, |invoice, _| {
            invoice.omit_fields(fields.into_iter().map(Into::into));
            Ok(())
        })
    }

    /// Takes back every [`set_fields`](Self::set_fields) and [`omit_fields`](Self::omit_fields) of an invoice.
    ///
    /// # Errors
    /// [`ControlError::UnknownInvoice`].
    pub fn clear_overrides(&self, id: &str) -> Result<InvoiceView, ControlError> {
        self.0.change(id, |invoice, _| {
            invoice.clear_overrides();
            Ok(())
        })
    }

    /// Adds a fault rule after those that wait already, and gives its number.
    ///
    /// # Errors
    /// [`ControlError::BadRule`].
    pub fn add_fault(&self, rule: FaultRule) -> Result<u64, ControlError> {
        rule.fault.validate().map_err(ControlError::BadRule)?;
        Ok(self.0.test.rules.lock().add(rule))
    }

    /// The rules that still wait for calls.
    pub fn faults(&self) -> Vec<PendingRule> {
        self.0.test.rules.lock().pending()
    }

    /// Drops every rule. Calls that hang or wait already go on doing so.
    pub fn clear_faults(&self) {
        *self.0.test.rules.lock() = FaultRules::default();
    }

    /// The last 5000 requests to the API, the oldest first.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.0.test.requests.lock().recent()
    }

    /// How often an endpoint was called since the start or the last clearing.
    pub fn count(&self, endpoint: Endpoint) -> u64 {
        self.0.test.requests.lock().count(endpoint)
    }

    /// Waits until an endpoint has been called `count` times. A call counts once it has been read, before its work is
    /// done.
    pub async fn called(&self, endpoint: Endpoint, count: u64) {
        let mut logged = self.0.test.logged.subscribe();
        while self.count(endpoint) < count {
            if logged.changed().await.is_err() {
                return;
            }
        }
    }

    /// How webhooks are called from now on.
    pub fn set_webhooks(&self, mode: WebhookMode) {
        *self.0.test.webhook_mode.lock() = mode;
    }

    /// Empties the request log; counts and numbers start again.
    pub fn clear_requests(&self) {
        *self.0.test.requests.lock() = RequestLog::default();
    }
}

/// `POST /control/invoices/{id}/{verb}` for `set`, `omit` and `honest`.
pub(crate) fn override_info(
    control: &Control,
    id: &str,
    verb: &str,
    body: &Bytes,
) -> Result<Result<InvoiceView, ControlError>, Refused> {
    Ok(match verb {
        "set" => control.set_fields(id, read(body)?),
        "omit" => control.omit_fields(id, read::<Vec<String>>(body)?),
        _ => control.clear_overrides(id),
    })
}

/// The routes of requests and faults below `/control`.
pub(crate) fn routes() -> Router<Arc<Gateway>> {
    Router::new()
        .route("/control/requests", get(requests).delete(clear_requests))
        .route(
            "/control/faults",
            get(faults).post(add_fault).delete(clear_faults),
        )
        .route("/control/webhooks", post(set_webhooks))
}

async fn set_webhooks(
    State(gateway): State<Arc<Gateway>>,
    body: Bytes,
) -> Result<StatusCode, Refused> {
    Control(gateway).set_webhooks(read(&body)?);
    Ok(StatusCode::NO_CONTENT)
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
