//! The control API over HTTP: for scripts, for tests of the whole program, and for trying the till with `curl`.
//!
//! A call carries `Authorization: Bearer TOKEN`, with the token that the gateway made at its start: another program on
//! this machine can neither pay an invoice nor read one. Bodies are JSON. An error is `{"error":{"code","message"}}`
//! with 401 (the token), 404 (no such invoice), 409 (the invoice's state does not allow it) or 422 (the body).
//!
//! | call | body | does |
//! |---|---|---|
//! | `GET /control/invoices` | | `{"invoices":[…]}`, the oldest first |
//! | `GET /control/invoices/{id}` | | one invoice: what was asked for, its state, what `info` says |
//! | `POST /control/invoices/{id}/choose` | `{"crypto":"USDT","network":"TRC20"}` | the customer picks a coin |
//! | `POST …/pay` | | the customer pays, in the first coin if none was picked |
//! | `POST …/process` | | the payment is credited to the merchant |
//! | `POST …/end` | | the invoice ends unpaid before its time |
//! | `POST …/pay-late` | | the payment of an ended invoice arrives |
//! | `GET /control/coins` | | `{"coins":[…]}`, what `choose` accepts |
//! | `POST /control/reset` | | forgets everything |
//!
//! Every `POST` on an invoice answers with that invoice.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Request, State},
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    api::Authorization,
    control::{Control, ControlError, InvoiceView},
    error_body::error,
    gateway::Gateway,
};

/// The routes below `/control`.
pub(crate) fn routes(gateway: &Arc<Gateway>) -> Router<Arc<Gateway>> {
    let routes = Router::new()
        .route("/control/invoices", get(invoices))
        .route("/control/invoices/{id}", get(invoice))
        .route("/control/invoices/{id}/{verb}", post(change))
        .route("/control/coins", get(coins))
        .route("/control/reset", post(reset));
    #[cfg(feature = "test-api")]
    let routes = routes.merge(crate::test_api::routes());
    routes.route_layer(middleware::from_fn_with_state(
        Arc::clone(gateway),
        with_token_only,
    ))
}

/// Wraps every route below `/control`.
async fn with_token_only(
    State(gateway): State<Arc<Gateway>>,
    request: Request,
    next: Next,
) -> Response {
    match gateway.control_authorization(request.headers()) {
        Authorization::Valid => next.run(request).await,
        Authorization::Absent | Authorization::Wrong => error(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "Authorization: Bearer <token> is needed; the gateway prints it at its start",
        ),
    }
}

/// An error as it is answered.
pub(crate) struct Refused {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl From<ControlError> for Refused {
    fn from(reason: ControlError) -> Self {
        let status = match reason {
            ControlError::UnknownInvoice(_) => StatusCode::NOT_FOUND,
            ControlError::WrongState(_) => StatusCode::CONFLICT,
            ControlError::UnknownCoin { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            #[cfg(feature = "test-api")]
            ControlError::BadRule(_) => StatusCode::UNPROCESSABLE_ENTITY,
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

pub(crate) fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refused> {
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
struct CoinPicked {
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
            let coin: CoinPicked = read(&body)?;
            control.choose_coin(&id, &coin.crypto, &coin.network)
        }
        "pay" => control.pay(&id),
        "process" => control.process(&id),
        "end" => control.end(&id),
        "pay-late" => control.pay_late(&id),
        #[cfg(feature = "test-api")]
        verb @ ("set" | "omit" | "honest") => {
            crate::test_api::override_info(&control, &id, verb, &body)?
        }
        _ => {
            return Err(Refused {
                status: StatusCode::NOT_FOUND,
                code: "unknown_verb",
                message: "choose, pay, process, end, pay-late; for tests set, omit, honest"
                    .to_owned(),
            });
        }
    };
    Ok(Json(changed?))
}

async fn coins(State(gateway): State<Arc<Gateway>>) -> Json<Value> {
    Json(json!({"coins": Control(gateway).coins()}))
}

async fn reset(State(gateway): State<Arc<Gateway>>) -> StatusCode {
    Control(gateway).reset();
    StatusCode::NO_CONTENT
}
