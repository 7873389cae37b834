//! The one function that sends. Each call is bounded in time and size, follows no redirect and is sent once.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Response, StatusCode, redirect, retry};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::Timeouts;
use super::base::ApiBase;
use super::bounded_text::bounded;
use super::carrier::{CarriedReply, CarriedRequest, Carrier, CarryError};
use super::certificate_time::CertificateTime;
use super::error::reason;
use crate::clock::{Clock, UnixMs};

/// Largest body of an error that is read (docs/gateway.md, row *error body*).
const MAX_ERROR_BODY_BYTES: usize = 64 * 1024;
/// Largest body of an answer that is read: `/info` repeats a payload of up to 16384 characters, each of them
/// up to six bytes when escaped.
const MAX_BODY_BYTES: usize = 256 * 1024;
/// How long an unused connection is kept: longer than the time between two polls, shorter than a proxy keeps
/// it, so that no request meets a connection that the other side has just closed.
const IDLE_CONNECTION: Duration = Duration::from_secs(30);
/// A connection that carries calls is asked this often whether it is still there, and as long waited for: after a
/// change of network the next call opens another, instead of running into its time limit on the dead one (HTTP/2 keeps
/// a connection whose calls were given up).
const PING: Duration = Duration::from_secs(5);
/// Longest `Retry-After` that is obeyed, seconds.
const MAX_RETRY_AFTER_S: u64 = 3600;

/// Sends requests. Clones share connections and what the replies said of the time.
#[derive(Debug, Clone)]
pub(super) struct Sender {
    way: Way,
    clock: Clock,
    last_reply: Arc<Mutex<LastReply>>,
}

/// How requests leave.
#[derive(Clone)]
enum Way {
    Http(reqwest::Client),
    Carried(Arc<dyn Carrier>),
}

impl std::fmt::Debug for Way {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Http(_) => "Http",
            Self::Carried(_) => "Carried",
        })
    }
}

/// A reply whose headers are there.
enum Arriving {
    Http(Response),
    Carried(CarriedReply),
}

/// What the replies so far said of the time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LastReply {
    /// When the last reply came, by this machine's clock.
    pub(super) at: Option<UnixMs>,
    /// The gateway's clock minus this machine's, milliseconds, by the last `Date` header.
    pub(super) clock_offset_ms: Option<i64>,
}

/// A reply of the kind that was asked for.
#[derive(Debug)]
pub(super) struct Answer<T> {
    pub(super) content: T,
    /// The gateway's clock minus this machine's, milliseconds, by this reply's `Date` header.
    pub(super) clock_offset_ms: Option<i64>,
}

/// Why a call brought no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CallError {
    /// It failed before a byte of the request left.
    NotSent(String),
    /// The same, because the gateway's certificate is not valid at the time that this machine's clock shows.
    CertificateTime(CertificateTime),
    /// The time was over.
    TimedOut,
    /// The connection broke after the request had left.
    Broken(String),
    /// Any status but 2xx.
    Status {
        status: u16,
        reason: String,
        retry_after_s: Option<u64>,
    },
    /// A 2xx whose body is too large or not the documented one.
    Unreadable { status: u16, cause: String },
}

impl Sender {
    pub(super) fn new(base: &ApiBase, timeouts: Timeouts, clock: Clock) -> Result<Self, String> {
        // The first installation stays; a second is refused, which is harmless.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("ringup/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(timeouts.connect)
            .timeout(timeouts.whole_call)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .pool_idle_timeout(IDLE_CONNECTION)
            .http2_keep_alive_interval(PING)
            .http2_keep_alive_timeout(PING)
            .https_only(base.is_encrypted());
        if base.is_loopback() {
            builder = builder.no_proxy();
        }
        if !base.is_encrypted() {
            // Practice mode also works on a machine without certificates.
            builder = builder.tls_certs_only([]);
        }
        let http = builder.build().map_err(|error| innermost_cause(&error))?;
        Ok(Self {
            way: Way::Http(http),
            clock,
            last_reply: Arc::default(),
        })
    }

    pub(super) fn carried(carrier: Arc<dyn Carrier>, clock: Clock) -> Self {
        Self {
            way: Way::Carried(carrier),
            clock,
            last_reply: Arc::default(),
        }
    }

    /// Sends `body` once and lets `read` read a 2xx's body.
    pub(super) async fn call<T>(
        &self,
        url: Url,
        key: &SecretString,
        body: &serde_json::Value,
        read: impl FnOnce(&[u8]) -> Result<T, String>,
    ) -> Result<Answer<T>, CallError> {
        let mut response = match &self.way {
            Way::Http(http) => Arriving::Http(self.post(http, url, key, body).await?),
            Way::Carried(carrier) => {
                let request = CarriedRequest {
                    path: url.path().to_owned(),
                    body: body.to_string(),
                };
                Arriving::Carried(carrier.carry(request).await?)
            }
        };
        let (clock_offset_ms, retry_after_s) = self.note_reply(&response);
        let status = response.status();
        if !status.is_success() {
            // A 4xx is a 4xx even when its body breaks off.
            let body = read_body(&mut response, MAX_ERROR_BODY_BYTES).await.ok();
            return Err(CallError::Status {
                status: status.as_u16(),
                reason: reason(status, body.as_deref()),
                retry_after_s,
            });
        }
        let body = read_body(&mut response, MAX_BODY_BYTES).await?;
        let content = read(&body).map_err(|cause| CallError::Unreadable {
            status: status.as_u16(),
            cause,
        })?;
        Ok(Answer {
            content,
            clock_offset_ms,
        })
    }

    /// What the replies so far said of the time.
    pub(super) fn last_reply(&self) -> LastReply {
        *self.last_reply.lock()
    }

    async fn post(
        &self,
        http: &reqwest::Client,
        url: Url,
        key: &SecretString,
        body: &serde_json::Value,
    ) -> Result<Response, CallError> {
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", key.expose_secret()))
            .ok()
            .ok_or_else(|| CallError::NotSent("the key is not plain text".to_owned()))?;
        bearer.set_sensitive(true);
        let request = http
            .post(url)
            .header(AUTHORIZATION, bearer)
            .header(CONTENT_TYPE, "application/json")
            .body(body.to_string());
        request.send().await.map_err(|error| {
            if error.is_connect() || error.is_builder() {
                let clock_offset_ms = self.last_reply().clock_offset_ms;
                match CertificateTime::of(&error, self.clock.now(), clock_offset_ms) {
                    Some(time) => CallError::CertificateTime(time),
                    None => CallError::NotSent(innermost_cause(&error)),
                }
            } else {
                CallError::after_sending(&error)
            }
        })
    }

    /// The clock's offset and the `Retry-After` that the headers tell.
    fn note_reply(&self, response: &Arriving) -> (Option<i64>, Option<u64>) {
        let now = self.clock.now();
        let text = |name: HeaderName| response.header(&name);
        let clock_offset_ms = text(DATE)
            .and_then(http_date_ms)
            .and_then(|date_ms| date_ms.checked_sub(now.0));
        let mut last = self.last_reply.lock();
        last.at = Some(now);
        last.clock_offset_ms = clock_offset_ms.or(last.clock_offset_ms);
        let retry_after_s = text(RETRY_AFTER)
            .and_then(|text| retry_after_s(text, now, clock_offset_ms.unwrap_or(0)));
        (clock_offset_ms, retry_after_s)
    }
}

impl Arriving {
    fn status(&self) -> StatusCode {
        match self {
            Self::Http(response) => response.status(),
            // One that HTTP does not know is the other side's failure.
            Self::Carried(reply) => {
                StatusCode::from_u16(reply.status).unwrap_or(StatusCode::BAD_GATEWAY)
            }
        }
    }

    fn header(&self, name: &HeaderName) -> Option<&str> {
        match self {
            Self::Http(response) => response.headers().get(name)?.to_str().ok(),
            Self::Carried(reply) if *name == DATE => reply.date.as_deref(),
            Self::Carried(reply) if *name == RETRY_AFTER => reply.retry_after.as_deref(),
            Self::Carried(_) => None,
        }
    }

    /// The next part of the body; `None` at its end.
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, CallError> {
        match self {
            Self::Http(response) => match response.chunk().await {
                Ok(chunk) => Ok(chunk.map(Vec::from)),
                Err(error) => Err(CallError::after_sending(&error)),
            },
            Self::Carried(reply) => {
                let body = std::mem::take(&mut reply.body);
                Ok((!body.is_empty()).then_some(body))
            }
        }
    }
}

impl From<CarryError> for CallError {
    fn from(error: CarryError) -> Self {
        match error {
            CarryError::NotSent(cause) => Self::NotSent(cause),
            CarryError::TimedOut => Self::TimedOut,
            CarryError::Broken(cause) => Self::Broken(cause),
        }
    }
}

impl CallError {
    fn after_sending(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::TimedOut
        } else {
            Self::Broken(innermost_cause(error))
        }
    }
}

async fn read_body(response: &mut Arriving, max_bytes: usize) -> Result<Vec<u8>, CallError> {
    let status = response.status().as_u16();
    let mut body = Vec::new();
    loop {
        match response.chunk().await? {
            Some(chunk) if body.len() + chunk.len() <= max_bytes => {
                body.extend_from_slice(&chunk);
            }
            Some(_) => {
                let cause = "it is too large".to_owned();
                return Err(CallError::Unreadable { status, cause });
            }
            None => return Ok(body),
        }
    }
}

/// The innermost cause: reqwest's own text only repeats the address.
fn innermost_cause(error: &reqwest::Error) -> String {
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

/// The seconds to wait, which the header gives as such or as a date of the gateway's clock (RFC 9110,
/// 10.2.3).
fn retry_after_s(text: &str, now: UnixMs, clock_offset_ms: i64) -> Option<u64> {
    let seconds = text.trim().parse().ok().or_else(|| {
        let gateway_now = now.plus(clock_offset_ms);
        let wait_ms = http_date_ms(text)?.checked_sub(gateway_now.0)?.max(0);
        u64::try_from(wait_ms).ok().map(|ms| ms.div_ceil(1000))
    })?;
    Some(seconds.min(MAX_RETRY_AFTER_S))
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
        // The date is that of the gateway's clock, which is ten seconds ahead.
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
