//! Carries out the fault of a call: delays, breaks or replaces its answer.

use std::{convert::Infallible, io, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde_json::Value;

use super::{CallFault, Effect, FalseBody, StatusFault};
use crate::{api::Answer, connection::ConnectionHandle, gateway::Gateway};

/// The longest that a call is kept waiting, because a client without a time limit must not wait for ever.
const LONGEST_WAIT: Duration = Duration::from_secs(120);

/// A huge body is sent in pieces of this size.
const PIECE_BYTES: u64 = 64 * 1024;

/// Answers a call that suffers `fault`. `work` does what the call asks for; `stale` gives the report of an `info` from
/// before the invoice's last change.
pub(super) async fn inject(
    fault: CallFault,
    gateway: Arc<Gateway>,
    connection: &ConnectionHandle,
    work: impl Fn() -> Answer,
    stale: impl Fn(Option<u64>) -> Option<Value>,
) -> Response {
    match fault {
        CallFault::DelayMs(ms) => {
            tokio::time::sleep(Duration::from_millis(ms).min(LONGEST_WAIT)).await;
            work().into_response()
        }
        CallFault::Hang => hang(connection).await,
        CallFault::HangAfterWork => {
            work();
            hang(connection).await
        }
        CallFault::ResetBeforeWork => {
            connection.reset();
            never_sent()
        }
        CallFault::ResetAfterWork => {
            work();
            connection.reset();
            never_sent()
        }
        CallFault::CloseAfterWork => {
            work();
            connection.close();
            never_sent()
        }
        CallFault::Status(fault) => {
            let truth = (fault.effect == Effect::Done).then(work);
            false_status(fault, truth.map(|answer| answer.body))
        }
        CallFault::Headers(headers) => {
            let mut response = work().into_response();
            put_headers(response.headers_mut(), headers);
            response
        }
        CallFault::Body(body) => {
            let truth = work();
            let head = [(header::CONTENT_TYPE, content_type(&body))];
            let body = false_body(body, Some(truth.body));
            (truth.status, truth.headers, head, body).into_response()
        }
        CallFault::Truncated => with_body(work(), |bytes| truncated(&bytes)),
        CallFault::SlowBody {
            bytes: step,
            every_ms,
        } => {
            let every = Duration::from_millis(every_ms).min(LONGEST_WAIT);
            with_body(work(), |bytes| slow(gateway, bytes, step, every))
        }
        CallFault::Stale { for_ms } => {
            let mut answer = work();
            if let Some(report) = stale(for_ms).filter(|_| answer.status == StatusCode::OK) {
                answer.body = report;
            }
            answer.into_response()
        }
        CallFault::Edit { set, remove } => {
            let mut answer = work();
            for (path, value) in set {
                edit(&mut answer.body, &path, Some(value));
            }
            for path in remove {
                edit(&mut answer.body, &path, None);
            }
            answer.into_response()
        }
    }
}

/// The response of a call whose connection is ended before it could be sent.
fn never_sent() -> Response {
    StatusCode::OK.into_response()
}

/// The server drops this future when the client leaves.
async fn hang(connection: &ConnectionHandle) -> Response {
    tokio::time::sleep(LONGEST_WAIT).await;
    connection.close();
    never_sent()
}

fn false_status(fault: StatusFault, truth: Option<Value>) -> Response {
    let status = StatusCode::from_u16(fault.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let content_type = match fault.content_type {
        Some(own) => HeaderValue::try_from(own).ok(),
        None => fault.body.as_ref().map(content_type),
    };
    let mut response = match fault.body {
        Some(body) => (status, false_body(body, truth)).into_response(),
        None => status.into_response(),
    };
    if let Some(content_type) = content_type {
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, content_type);
    }
    put_headers(response.headers_mut(), fault.headers);
    response
}

/// `text/html`, as proxies send it, if the body looks like HTML; else JSON, valid or not.
fn content_type(body: &FalseBody) -> HeaderValue {
    HeaderValue::from_static(match body {
        FalseBody::Text(text) if text.trim_start().starts_with('<') => "text/html",
        _ => "application/json",
    })
}

fn put_headers(headers: &mut HeaderMap, more: impl IntoIterator<Item = (String, String)>) {
    for (name, value) in more {
        // Both were checked when the rule was added.
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
}

fn false_body(body: FalseBody, truth: Option<Value>) -> Body {
    match body {
        FalseBody::Text(text) => Body::from(text),
        FalseBody::Json(value) => Body::from(value.to_string()),
        FalseBody::HugeBytes(bytes) => huge(bytes, truth.map(|value| value.to_string())),
        FalseBody::NestedDepth(depth) => {
            let depth = usize::try_from(depth).unwrap_or_default();
            Body::from("[".repeat(depth) + &"]".repeat(depth))
        }
    }
}

/// `bytes` of white space and then `last`.
fn huge(bytes: u64, last: Option<String>) -> Body {
    let blank = Bytes::from(vec![b' '; usize::try_from(PIECE_BYTES).unwrap_or_default()]);
    let pieces = stream::unfold((bytes, last), move |(left, mut last)| {
        let piece = match left {
            0 => last.take().map(|last| (Bytes::from(last), 0)),
            left => {
                let size = left.min(PIECE_BYTES);
                let piece = blank.slice(..usize::try_from(size).unwrap_or_default());
                Some((piece, left - size))
            }
        };
        async move { piece.map(|(piece, left)| (Ok::<_, Infallible>(piece), (left, last))) }
    });
    Body::from_stream(pieces)
}

/// The answer with its true length in the header, and a body made of its bytes.
fn with_body(answer: Answer, body: impl FnOnce(Bytes) -> Body) -> Response {
    let bytes = Bytes::from(answer.body.to_string());
    let head = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (header::CONTENT_LENGTH, HeaderValue::from(bytes.len())),
    ];
    (answer.status, answer.headers, head, body(bytes)).into_response()
}

fn truncated(bytes: &Bytes) -> Body {
    let half = bytes.slice(..bytes.len() / 2);
    let pieces = stream::unfold(Some(half), |half| async move {
        match half {
            Some(half) => Some((Ok(half), None)),
            None => {
                // The server flushes the half before the error ends the connection.
                tokio::task::yield_now().await;
                Some((Err(io::Error::from(io::ErrorKind::ConnectionAborted)), None))
            }
        }
    });
    Body::from_stream(pieces)
}

fn slow(gateway: Arc<Gateway>, bytes: Bytes, step: usize, every: Duration) -> Body {
    let pieces = stream::unfold((gateway, bytes), move |(gateway, mut left)| async move {
        if left.is_empty() {
            return None;
        }
        tokio::select! {
            () = tokio::time::sleep(every) => {
                let piece = left.split_to(step.min(left.len()));
                Some((Ok(piece), (gateway, left)))
            }
            () = gateway.stopped() => {
                let stopped = io::Error::from(io::ErrorKind::ConnectionAborted);
                Some((Err(stopped), (gateway, Bytes::new())))
            }
        }
    });
    Body::from_stream(pieces)
}

/// Puts a value where a JSON pointer (RFC 6901) points, or removes what is there.
fn edit(body: &mut Value, pointer: &str, value: Option<Value>) {
    let Some((parent, name)) = pointer.rsplit_once('/') else {
        return;
    };
    let name = name.replace("~1", "/").replace("~0", "~");
    if let Some(Value::Object(parent)) = body.pointer_mut(parent) {
        match value {
            Some(value) => parent.insert(name, value),
            None => parent.remove(&name),
        };
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_pointer_sets_and_removes_members() {
        let mut body = json!({"invoice": {"id": "a", "x/y": 1}, "pay_url": "b"});
        edit(&mut body, "/pay_url", Some(json!("c")));
        edit(&mut body, "/invoice/id", None);
        edit(&mut body, "/invoice/x~1y", Some(json!(2)));
        edit(&mut body, "/new", Some(json!(3)));
        edit(&mut body, "/none/at/all", Some(json!(4)));
        assert_eq!(
            body,
            json!({"invoice": {"x/y": 2}, "pay_url": "c", "new": 3})
        );
    }
}
