//! The one place that sends. Bounded in time and in size, follows no redirect, repeats nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderValue, RETRY_AFTER};
use reqwest::{StatusCode, redirect, retry};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::Timeouts;
use super::base::ApiBase;
use super::rules::bounded;
use crate::clock::{Clock, UnixMs};

/// Of an error's body (gateway.md, row *error body*).
const LARGEST_ERROR_BODY: usize = 64 * 1024;
/// Of an answer's body: `/info` repeats a payload of up to 16384 characters, each of them up to six
/// bytes when escaped.
const LARGEST_BODY: usize = 256 * 1024;
/// Longer than the pace of asking, shorter than what a proxy keeps a silent connection for: a request
/// is not to meet a connection that the other side has just closed.
const IDLE_CONNECTION: Duration = Duration::from_secs(30);
/// No `Retry-After` is obeyed for longer.
const LONGEST_RETRY_AFTER_S: u64 = 3600;
/// Not yet heard.
const NEVER: i64 = i64::MIN;

#[derive(Debug, Clone)]
pub(super) struct Sender {
    http: reqwest::Client,
    clock: Clock,
    heard: Arc<Heard>,
}

#[derive(Debug)]
struct Heard {
    clock_offset_ms: AtomicI64,
    at_unix_ms: AtomicI64,
}

/// What came back: the status at least.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) retry_after_s: Option<u64>,
    pub(super) clock_offset_ms: Option<i64>,
    /// The body, or how reading it failed. A 4xx is a 4xx even when its body breaks off.
    pub(super) body: Result<Vec<u8>, SendError>,
}

impl Reply {
    pub(super) fn whole_body(self) -> Result<Vec<u8>, SendError> {
        self.body
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SendError {
    /// Before any byte of the request left.
    NotSent(String),
    TimedOut,
    Broken(String),
    TooLarge {
        status: u16,
    },
}

impl Sender {
    pub(super) fn new(base: &ApiBase, timeouts: Timeouts, clock: Clock) -> Result<Self, String> {
        // Installing twice is refused and harmless: the first stays.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("ringup/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(timeouts.connect)
            .timeout(timeouts.whole_call)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .pool_idle_timeout(IDLE_CONNECTION)
            .https_only(base.is_encrypted());
        if base.is_loopback() {
            builder = builder.no_proxy();
        }
        if !base.is_encrypted() {
            // Practice works on a machine that has no certificates.
            builder = builder.tls_certs_only([]);
        }
        Ok(Self {
            http: builder.build().map_err(|error| cause(&error))?,
            clock,
            heard: Arc::new(Heard {
                clock_offset_ms: AtomicI64::new(NEVER),
                at_unix_ms: AtomicI64::new(NEVER),
            }),
        })
    }

    pub(super) async fn post(
        &self,
        url: Url,
        key: &SecretString,
        body: &serde_json::Value,
    ) -> Result<Reply, SendError> {
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", key.expose_secret()))
            .ok()
            .ok_or_else(|| SendError::NotSent("the key is not plain text".to_owned()))?;
        bearer.set_sensitive(true);
        let mut response = self
            .http
            .post(url)
            .header(AUTHORIZATION, bearer)
            .header(CONTENT_TYPE, "application/json")
            .body(body.to_string())
            .send()
            .await
            .map_err(|error| {
                if error.is_connect() || error.is_builder() {
                    SendError::NotSent(cause(&error))
                } else if error.is_timeout() {
                    SendError::TimedOut
                } else {
                    SendError::Broken(cause(&error))
                }
            })?;

        let now = self.clock.now();
        let status = response.status();
        let header = |name| {
            let value = response.headers().get(name);
            value.and_then(|value: &HeaderValue| value.to_str().ok())
        };
        let clock_offset_ms = header(DATE)
            .and_then(http_date_ms)
            .and_then(|date_ms| date_ms.checked_sub(now.0));
        let retry_after_s = header(RETRY_AFTER)
            .and_then(|value| retry_after_s(value, now, clock_offset_ms.unwrap_or(0)));
        self.heard.at_unix_ms.store(now.0, Ordering::Relaxed);
        if let Some(offset) = clock_offset_ms {
            self.heard.clock_offset_ms.store(offset, Ordering::Relaxed);
        }

        let limit = if status.is_success() {
            LARGEST_BODY
        } else {
            LARGEST_ERROR_BODY
        };
        let body = read_body(&mut response, limit).await;
        Ok(Reply {
            status,
            retry_after_s,
            clock_offset_ms,
            body,
        })
    }

    pub(super) fn clock_offset_ms(&self) -> Option<i64> {
        let offset = self.heard.clock_offset_ms.load(Ordering::Relaxed);
        (offset != NEVER).then_some(offset)
    }

    pub(super) fn last_answer(&self) -> Option<UnixMs> {
        let at = self.heard.at_unix_ms.load(Ordering::Relaxed);
        (at != NEVER).then_some(UnixMs(at))
    }
}

async fn read_body(response: &mut reqwest::Response, limit: usize) -> Result<Vec<u8>, SendError> {
    let status = response.status().as_u16();
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() <= limit => body.extend_from_slice(&chunk),
            Ok(Some(_)) => return Err(SendError::TooLarge { status }),
            Ok(None) => return Ok(body),
            Err(error) if error.is_timeout() => return Err(SendError::TimedOut),
            Err(error) => return Err(SendError::Broken(cause(&error))),
        }
    }
}

/// The innermost cause: reqwest's own text only repeats the address.
fn cause(error: &reqwest::Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    bounded(&innermost.to_string())
}

fn http_date_ms(text: &str) -> Option<i64> {
    let date = httpdate::parse_http_date(text).ok()?;
    let since = date.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

/// Seconds to wait: given as such, or as a date of the gateway's clock (RFC 9110, 10.2.3).
fn retry_after_s(text: &str, now: UnixMs, clock_offset_ms: i64) -> Option<u64> {
    let seconds = text.trim().parse().ok().or_else(|| {
        let there = now.plus(clock_offset_ms);
        let wait_ms = http_date_ms(text)?.checked_sub(there.0)?.max(0);
        u64::try_from(wait_ms).ok().map(|ms| ms.div_ceil(1000))
    })?;
    Some(seconds.min(LONGEST_RETRY_AFTER_S))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date_and_bounded() {
        let now = UnixMs(http_date_ms("Sat, 21 Nov 2026 10:00:00 GMT").expect("a date"));
        assert_eq!(retry_after_s("7", now, 0), Some(7));
        assert_eq!(retry_after_s(" 99999999 ", now, 0), Some(3600));
        assert_eq!(
            retry_after_s("Sat, 21 Nov 2026 10:00:30 GMT", now, 0),
            Some(30)
        );
        // The date is of the gateway's clock, which is ten seconds ahead.
        assert_eq!(
            retry_after_s("Sat, 21 Nov 2026 10:00:30 GMT", now, 10_000),
            Some(20)
        );
        assert_eq!(
            retry_after_s("Sat, 21 Nov 2026 09:00:00 GMT", now, 0),
            Some(0)
        );
        assert_eq!(retry_after_s("soon", now, 0), None);
        assert_eq!(retry_after_s("-1", now, 0), None);
    }
}
