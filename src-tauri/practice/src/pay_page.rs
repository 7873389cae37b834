//! The pay page: what the customer sees in a browser, where they pick a coin and pay.
//!
//! It is made of plain forms, so that it works without scripts, and no script may run. What the shop sent is escaped.

use std::{
    fmt::{self, Write},
    sync::Arc,
};

use axum::{
    Form, Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    coins::{COINS, Coin},
    control::{Control, ControlError, InvoiceView},
    gateway::Gateway,
    invoice::{CoinChoice, InvoiceState},
};

/// The routes below `/invoice`.
pub(crate) fn routes() -> Router<Arc<Gateway>> {
    Router::new()
        .route("/invoice/{id}", get(show))
        .route("/invoice/{id}/choose", post(choose))
        .route("/invoice/{id}/pay", post(pay))
}

async fn show(State(gateway): State<Arc<Gateway>>, Path(id): Path<String>) -> Response {
    match Control(gateway).invoice(&id) {
        Ok(invoice) => {
            let waiting = matches!(invoice.state, InvoiceState::Waiting { .. });
            page(StatusCode::OK, waiting, &invoice_html(&invoice))
        }
        Err(_) => no_such_invoice(),
    }
}

/// The form that a coin's button sends: `USDT TRC20`.
#[derive(Deserialize)]
struct CoinPicked {
    coin: String,
}

async fn choose(
    State(gateway): State<Arc<Gateway>>,
    Path(id): Path<String>,
    Form(picked): Form<CoinPicked>,
) -> Response {
    let (crypto, network) = picked.coin.split_once(' ').unwrap_or_default();
    redirect_back(&id, Control(gateway).choose_coin(&id, crypto, network))
}

async fn pay(State(gateway): State<Arc<Gateway>>, Path(id): Path<String>) -> Response {
    redirect_back(&id, Control(gateway).pay(&id))
}

/// Sends the browser back to the page with `GET`, so that a reload repeats nothing. Someone who pays too late, or
/// twice, is shown the invoice's state.
fn redirect_back(id: &str, result: Result<InvoiceView, ControlError>) -> Response {
    match result {
        Ok(_) | Err(ControlError::WrongState(_) | ControlError::UnknownCoin { .. }) => {
            Redirect::to(&format!("/invoice/{id}")).into_response()
        }
        Err(_) => no_such_invoice(),
    }
}

fn no_such_invoice() -> Response {
    let body = "<h1>No such invoice</h1><p>It was never made here, or it is long over.</p>";
    page(StatusCode::NOT_FOUND, false, body)
}

fn invoice_html(invoice: &InvoiceView) -> String {
    let request = &invoice.request;
    let mut html = String::new();
    if let Some(description) = &request.description {
        html += &format!("<p class=what>{}</p>", Escaped(description));
    }
    let (amount, currency) = (Escaped(request.amount.text()), request.currency.code());
    html += &format!("<p class=amount>{amount} {currency}</p>");
    match &invoice.state {
        InvoiceState::Waiting { choice: None } => {
            html += "<h1>Choose a coin</h1>";
            html += &coin_form(&invoice.id);
        }
        InvoiceState::Waiting {
            choice: Some(choice),
        } => {
            html += "<h1>Send exactly</h1>";
            html += &amount_owed(choice);
            html += &format!(
                "<p>to <code>practice-{crypto}-{network}-{id}</code></p>\
                 <form method=post action='/invoice/{id}/pay'>\
                 <button class=pay id=pay>Pay</button></form><h2>or choose another coin</h2>",
                crypto = Escaped(&choice.crypto),
                network = Escaped(&choice.network),
                id = Escaped(&invoice.id),
            );
            html += &coin_form(&invoice.id);
        }
        InvoiceState::Paid { choice, .. } => {
            html += "<h1 class=good id=paid>Paid</h1>";
            html += &amount_owed(choice);
            if let Some(url) = &request.redirect_url {
                let url = Escaped(url);
                html += &format!(
                    "<p><a href='{url}' rel='noreferrer noopener'>Back to the shop</a></p>"
                );
            }
        }
        InvoiceState::Ended { .. } => {
            html += "<h1 class=bad id=ended>Expired</h1><p>Ask the shop for a new code.</p>";
        }
    }
    html
}

fn coin_form(id: &str) -> String {
    let buttons = COINS.map(|Coin { crypto, network, .. }| {
        format!(
            "<button name=coin value='{crypto} {network}'>{crypto} <small>{network}</small></button>"
        )
    });
    format!(
        "<form method=post action='/invoice/{}/choose'>{}</form>",
        Escaped(id),
        buttons.concat()
    )
}

fn amount_owed(choice: &CoinChoice) -> String {
    format!(
        "<p class=owed>{} {} <small>{}</small></p>",
        Escaped(&choice.crypto_amount),
        Escaped(&choice.crypto),
        Escaped(&choice.network)
    )
}

/// Text that is safe between tags and between quotes.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|letter| match letter {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            letter => f.write_char(letter),
        })
    }
}

const STYLE: &str = "\
*{box-sizing:border-box}body{margin:0;font:18px/1.4 system-ui,sans-serif;color:#111;background:#eee}\
header{background:#7a2e00;color:#fff;padding:12px;text-align:center;font-weight:700}\
main{max-width:420px;margin:24px auto;padding:24px;background:#fff;border-radius:12px;text-align:center}\
h1{font-size:24px;margin:12px 0}h2{font-size:16px;margin:24px 0 8px;font-weight:400}p{margin:8px 0}\
.amount{font-size:40px;font-weight:700}.owed{font-size:24px}.what{color:#444}\
.good{color:#0b6b2e}.bad{color:#a11212}code{font-size:14px;overflow-wrap:anywhere}\
button{display:block;width:100%;min-height:52px;margin:8px 0;font:inherit;color:#111;background:#fff;\
border:2px solid #555;border-radius:8px;cursor:pointer}\
.pay{color:#fff;background:#0b6b2e;border-color:#0b6b2e;font-weight:700}";

/// A whole page. While the invoice can still change, the page reloads itself.
fn page(status: StatusCode, reloads: bool, main: &str) -> Response {
    let nonce = Uuid::new_v4().simple().to_string();
    let html = format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8>\
         <meta name=viewport content='width=device-width, initial-scale=1'>\
         <title>Practice payment</title><style nonce={nonce}>{STYLE}</style></head>\
         <body><header>Practice: no real money</header><main>{main}</main></body></html>"
    );
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    let head = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, policy.as_str()),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Not `no-referrer`: browsers would then send `Origin: null` with the page's own forms.
        (header::REFERRER_POLICY, "same-origin"),
    ];
    let mut response = (status, head, html).into_response();
    if reloads {
        response
            .headers_mut()
            .insert(header::REFRESH, header::HeaderValue::from_static("5"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_shop_sent_cannot_become_a_tag_or_leave_its_quotes() {
        let text = Escaped("<b a='1' c=\"2\">&amp;").to_string();
        assert_eq!(text, "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;amp;");
    }
}
