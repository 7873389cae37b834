//! What can go wrong with a call, as JSON names it, and which of it HTTP cannot carry.

use std::collections::BTreeMap;

use axum::http::{HeaderName, HeaderValue, header};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What happens to a call. Its *work* is what the API does for it: a `create` makes an invoice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallFault {
    /// The work is done and answered after so many milliseconds (two minutes at most).
    DelayMs(u64),
    /// The work is not done, and no answer comes until the client leaves, two minutes at most.
    Hang,
    /// The work is done, and no answer comes until the client leaves, two minutes at most.
    HangAfterWork,
    /// The work is not done; the connection is reset (TCP RST).
    ResetBeforeWork,
    /// The work is done; the connection is reset in place of the answer.
    ResetAfterWork,
    /// The work is done; the connection is closed (TCP FIN) in place of the answer.
    CloseAfterWork,
    /// Another status is sent in place of the answer.
    Status(StatusFault),
    /// The answer is sent with extra or replaced headers.
    Headers(BTreeMap<String, String>),
    /// The answer's status and headers are sent with another body.
    Body(FalseBody),
    /// The headers promise the whole body; half of it is sent and the connection closed.
    Truncated,
    /// The body comes `bytes` at a time, `every_ms` apart.
    SlowBody {
        /// Bytes at a time.
        bytes: usize,
        /// Milliseconds between.
        every_ms: u64,
    },
    /// `info` answers from the state before the last change, as a read replica that lags behind does. With `for_ms`,
    /// only while that change is younger by the gateway's clock.
    Stale {
        /// How long a change stays unseen. `None`: as long as the rule lasts.
        #[serde(default)]
        for_ms: Option<u64>,
    },
    /// The answer's JSON is changed at JSON pointers (RFC 6901), for example `/pay_url`.
    Edit {
        /// Pointer to value. The parent must be an object.
        #[serde(default)]
        set: BTreeMap<String, Value>,
        /// Pointers of members to leave out.
        #[serde(default)]
        remove: Vec<String>,
    },
}

impl CallFault {
    /// Refuses what HTTP cannot carry, with a reason.
    pub(crate) fn validate(&self) -> Result<(), String> {
        let headers = match self {
            Self::Status(fault) => {
                if !(200..600).contains(&fault.code) {
                    return Err(format!("status.code: 200 to 599, not {}", fault.code));
                }
                if let Some(content_type) = &fault.content_type
                    && HeaderValue::from_str(content_type).is_err()
                {
                    return Err("status.content_type: not a header value".to_owned());
                }
                if let Some(body) = &fault.body {
                    body.validate()?;
                }
                &fault.headers
            }
            Self::Headers(headers) => headers,
            Self::Body(body) => return body.validate(),
            Self::SlowBody { bytes: 0, .. } => return Err("slow_body.bytes: at least 1".to_owned()),
            Self::Edit { set, remove } => {
                let mut paths = set.keys().chain(remove);
                return match paths.find(|path| !path.starts_with('/')) {
                    None => Ok(()),
                    Some(path) => Err(format!("edit: {path:?} is not a JSON pointer (/a/b)")),
                };
            }
            _ => return Ok(()),
        };
        for (name, value) in headers {
            let Ok(parsed) = HeaderName::from_bytes(name.as_bytes()) else {
                return Err(format!("headers: {name:?} is not a header name"));
            };
            if [header::CONTENT_LENGTH, header::TRANSFER_ENCODING].contains(&parsed) {
                return Err(format!("headers: {name} cannot be set, use `truncated`"));
            }
            if HeaderValue::from_str(value).is_err() {
                return Err(format!(
                    "headers: the value of {name} is not a header value"
                ));
            }
        }
        Ok(())
    }
}

/// A status that is not the answer's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusFault {
    /// 200 to 599.
    pub code: u16,
    /// The body. `None`: it is empty.
    #[serde(default)]
    pub body: Option<FalseBody>,
    /// More headers, for example `Retry-After`.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Default: `text/html` if the body is text that begins with `<`, else `application/json`;
    /// without a body none.
    #[serde(default)]
    pub content_type: Option<String>,
    /// Whether the work is done. Default: it is not.
    #[serde(default, rename = "work")]
    pub effect: Effect,
}

impl StatusFault {
    /// A status with an empty body, no work done.
    pub fn new(code: u16) -> Self {
        Self {
            code,
            body: None,
            headers: BTreeMap::new(),
            content_type: None,
            effect: Effect::NotDone,
        }
    }
}

/// Whether a call's work is done although its answer is false.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect {
    /// It is done before the false answer.
    #[serde(rename = "before")]
    Done,
    /// It is not done.
    #[default]
    #[serde(rename = "none")]
    NotDone,
}

/// A body that is not the answer's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FalseBody {
    /// These bytes.
    Text(String),
    /// This JSON.
    Json(Value),
    /// So many bytes of white space (1 GiB at most) and then the true answer, without a `Content-Length`. A reader
    /// without a limit finds it valid.
    HugeBytes(u64),
    /// Arrays nested so deep (10 million at most).
    NestedDepth(u32),
}

impl FalseBody {
    fn validate(&self) -> Result<(), String> {
        match self {
            Self::HugeBytes(bytes) if *bytes > 1 << 30 => Err("huge_bytes: 1 GiB at most".into()),
            Self::NestedDepth(depth) if *depth > 10_000_000 => {
                Err("nested_depth: 10000000 at most".into())
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fault_of(words: Value) -> CallFault {
        serde_json::from_value(words).unwrap()
    }

    #[test]
    fn every_fault_is_read_from_its_json() {
        let faults = json!([
            {"delay_ms": 5}, "hang", "hang_after_work", "reset_before_work", "reset_after_work",
            "close_after_work", {"status": {"code": 502}},
            {"status": {"code": 429, "body": {"text": "<p>"}, "headers": {"Retry-After": "3"},
                "content_type": "text/html", "work": "before"}},
            {"headers": {"Date": "yesterday"}}, {"body": {"json": []}}, {"body": {"huge_bytes": 9}},
            {"body": {"nested_depth": 9}}, "truncated", {"slow_body": {"bytes": 1, "every_ms": 1}},
            {"stale": {}}, {"stale": {"for_ms": 9}},
            {"edit": {"set": {"/pay_url": 1}, "remove": ["/invoice/id"]}},
        ]);
        for fault in faults.as_array().unwrap() {
            fault_of(fault.clone()).validate().unwrap();
        }
    }

    #[test]
    fn what_http_cannot_carry_is_refused() {
        for fault in [
            json!({"status": {"code": 101}}),
            json!({"status": {"code": 600}}),
            json!({"status": {"code": 200, "content_type": "a\nb"}}),
            json!({"status": {"code": 200, "headers": {"a b": "c"}}}),
            json!({"headers": {"a": "b\r\nc"}}),
            json!({"headers": {"Content-Length": "3"}}),
            json!({"body": {"huge_bytes": 5_000_000_000_u64}}),
            json!({"slow_body": {"bytes": 0, "every_ms": 1}}),
            json!({"edit": {"remove": ["pay_url"]}}),
        ] {
            assert!(fault_of(fault.clone()).validate().is_err(), "{fault}");
        }
    }
}
