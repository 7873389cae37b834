//! What every request passes: only this computer's own programs are answered, each answer has a `Date`, and no call
//! outlives the server.

use std::sync::Arc;

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};

use crate::{connection::ConnectionHandle, error_body::error, gateway::Gateway};

/// Wraps every route.
pub(crate) async fn loopback_only(
    State(gateway): State<Arc<Gateway>>,
    ConnectInfo(connection): ConnectInfo<ConnectionHandle>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = match check(request.headers(), gateway.port) {
        Err(message) => error(StatusCode::FORBIDDEN, "not_from_here", message),
        Ok(()) => tokio::select! {
            response = next.run(request) => response,
            () = gateway.stopped() => {
                connection.close();
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            }
        },
    };
    // From the gateway's own clock, so that the client can compare it with `expires_at`.
    if !response.headers().contains_key(header::DATE)
        && let Some(date) = http_date(gateway.clock.now())
    {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

fn http_date(now: Timestamp) -> Option<HeaderValue> {
    let text = DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&now)
        .ok()?;
    HeaderValue::try_from(text).ok()
}

/// Binding to loopback keeps other machines out, but not the web pages in this machine's browser. A name of theirs
/// that resolves to 127.0.0.1 shows in `Host`, a page of another origin in `Origin`.
fn check(headers: &HeaderMap, port: u16) -> Result<(), &'static str> {
    let text = |name| match headers.get(name) {
        None => Ok(None),
        Some(value) => HeaderValue::to_str(value).map(Some),
    };
    let host_is_ours = matches!(text(header::HOST), Ok(Some(host)) if is_loopback(host));
    if !host_is_ours {
        return Err("the Host header must name loopback");
    }
    let origin_is_ours = match text(header::ORIGIN) {
        Ok(None) => true,
        Ok(Some(origin)) => origin
            .strip_prefix("http://")
            .is_some_and(|rest| is_loopback(rest) && rest.ends_with(&format!(":{port}"))),
        Err(_) => false,
    };
    if !origin_is_ours {
        return Err("requests from other origins are refused");
    }
    Ok(())
}

/// `127.0.0.1`, `localhost` or `[::1]`, with a port or without.
fn is_loopback(host: &str) -> bool {
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| {
        host.strip_prefix(name)
            .is_some_and(|rest| match rest.strip_prefix(':') {
                Some(port) => port.parse::<u16>().is_ok(),
                None => rest.is_empty(),
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(host: Option<&str>, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in [(header::HOST, host), (header::ORIGIN, origin)] {
            if let Some(value) = value {
                headers.insert(name, value.parse().unwrap());
            }
        }
        check(&headers, 8080).is_ok()
    }

    #[test]
    fn the_host_must_be_loopback() {
        for good in ["127.0.0.1:8080", "localhost:8080", "127.0.0.1", "[::1]:9"] {
            assert!(passes(Some(good), None), "{good}");
        }
        for bad in [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost:",
            "localhost:x",
            "",
        ] {
            assert!(!passes(Some(bad), None), "{bad}");
        }
        assert!(!passes(None, None));
    }

    #[test]
    fn an_origin_must_be_this_server() {
        let host = Some("127.0.0.1:8080");
        for good in ["http://127.0.0.1:8080", "http://localhost:8080"] {
            assert!(passes(host, Some(good)), "{good}");
        }
        for bad in [
            "null",
            "http://127.0.0.1",
            "http://127.0.0.1:18080",
            "http://127.0.0.1:80",
            "https://127.0.0.1:8080",
            "http://evil.example:8080",
            "http://localhost.evil.example:8080",
        ] {
            assert!(!passes(host, Some(bad)), "{bad}");
        }
    }

    #[test]
    fn the_date_is_in_the_form_of_http() {
        let date = http_date(Timestamp::from_second(1_773_687_671).unwrap()).unwrap();
        assert_eq!(date, "Mon, 16 Mar 2026 19:01:11 GMT");
    }
}
