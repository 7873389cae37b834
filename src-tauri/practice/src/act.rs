//! What can happen to a call that a rule spoils: the words, and what HTTP cannot carry.

use std::collections::BTreeMap;

use axum::http::{HeaderName, HeaderValue, header};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What happens to a call. `work` is what the API does: a `create` that is kept, an `info` answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// The work waits so many milliseconds (two minutes at most), then all is well.
    DelayMs(u64),
    /// No work and no answer until the client leaves, two minutes at most.
    Hang,
    /// The work is done, and no answer comes until the client leaves, two minutes at most.
    HangAfterWork,
    /// The connection is reset (TCP RST); nothing is done.
    ResetBeforeWork,
    /// The work is done; the connection is reset in place of the answer.
    ResetAfterWork,
    /// The work is done; the connection is closed (TCP FIN) in place of the answer.
    CloseAfterWork,
    /// Another status in place of the answer.
    Status(StatusAct),
    /// The answer with extra or replaced headers.
    Headers(BTreeMap<String, String>),
    /// The answer's status and headers with another body.
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
    /// `info` answers from the state before the last change. With `for_ms`, only while that change
    /// is younger by the gateway's clock: a read replica that lags.
    Stale {
        /// How long a change stays unseen; `None`: in every answer the rule covers.
        #[serde(default)]
        for_ms: Option<u64>,
    },
    /// The JSON of the answer, changed by JSON pointers (RFC 6901), for example `/pay_url`.
    Edit {
        /// Pointer to value. The parent must be an object.
        #[serde(default)]
        set: BTreeMap<String, Value>,
        /// Pointers of members to leave out.
        #[serde(default)]
        remove: Vec<String>,
    },
}

impl Act {
    /// Refuses what HTTP could not carry.
    pub(crate) fn check(&self) -> Result<(), String> {
        let headers = match self {
            Self::Status(act) => {
                if !(200..600).contains(&act.code) {
                    return Err(format!("status.code: 200 to 599, not {}", act.code));
                }
                if let Some(content_type) = &act.content_type
                    && HeaderValue::from_str(content_type).is_err()
                {
                    return Err("status.content_type: not a header value".to_owned());
                }
                if let Some(body) = &act.body {
                    body.check()?;
                }
                &act.headers
            }
            Self::Headers(headers) => headers,
            Self::Body(body) => return body.check(),
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

/// A false status.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusAct {
    /// 200 to 599.
    pub code: u16,
    /// The body; none: an empty one.
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
    #[serde(default)]
    pub work: Work,
}

impl StatusAct {
    /// A status with an empty body, no work done.
    pub fn new(code: u16) -> Self {
        Self {
            code,
            body: None,
            headers: BTreeMap::new(),
            content_type: None,
            work: Work::None,
        }
    }
}

/// Whether a call does its work although its answer is false.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// It does it, then answers falsely.
    Before,
    /// It does nothing.
    #[default]
    None,
}

/// A body that is not the answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FalseBody {
    /// These bytes.
    Text(String),
    /// This JSON.
    Json(Value),
    /// So many bytes of white space (1 GiB at most) and then the true answer, without a
    /// `Content-Length`: valid to a reader without a limit.
    HugeBytes(u64),
    /// So many arrays in each other (10 million at most).
    NestedDepth(u32),
}

impl FalseBody {
    fn check(&self) -> Result<(), String> {
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

    fn act_of(words: Value) -> Act {
        serde_json::from_value(words).unwrap()
    }

    #[test]
    fn every_act_has_its_words() {
        let acts = json!([
            {"delay_ms": 5}, "hang", "hang_after_work", "reset_before_work", "reset_after_work",
            "close_after_work", {"status": {"code": 502}},
            {"status": {"code": 429, "body": {"text": "<p>"}, "headers": {"Retry-After": "3"},
                "content_type": "text/html", "work": "before"}},
            {"headers": {"Date": "yesterday"}}, {"body": {"json": []}}, {"body": {"huge_bytes": 9}},
            {"body": {"nested_depth": 9}}, "truncated", {"slow_body": {"bytes": 1, "every_ms": 1}},
            {"stale": {}}, {"stale": {"for_ms": 9}},
            {"edit": {"set": {"/pay_url": 1}, "remove": ["/invoice/id"]}},
        ]);
        for act in acts.as_array().unwrap() {
            act_of(act.clone()).check().unwrap();
        }
    }

    #[test]
    fn what_http_cannot_carry_is_refused() {
        for act in [
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
            assert!(act_of(act.clone()).check().is_err(), "{act}");
        }
    }
}
