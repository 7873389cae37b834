//! The log of requests, for tests that must know what a client really sent, and how often.

use std::collections::{BTreeMap, VecDeque};

use axum::http::{HeaderMap, header};
use serde::Serialize;
use serde_json::Value;

use crate::api::{Authorization, Endpoint};

/// One request to `/v1/…`, as it came.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RequestRecord {
    /// 1 for the first request since the start or the last clearing.
    pub number: u64,
    /// Unix milliseconds by the gateway's clock.
    pub at_unix_ms: i64,
    /// The endpoint that the path names, whatever the method.
    pub endpoint: Endpoint,
    /// For example `POST`.
    pub method: String,
    /// Path with query.
    pub path: String,
    /// Names in lower case, without `authorization`; repeated headers are joined by `, `.
    pub headers: BTreeMap<String, String>,
    /// What the `authorization` header was worth.
    pub authorization: Authorization,
    /// The body if it was JSON.
    pub body: Option<Value>,
    /// Length of the body in bytes, JSON or not; 0 when it was not read because the key is not accepted.
    pub body_bytes: usize,
    /// Of an `info` its `invoice_id`, of a `create` the invoice that it made.
    pub invoice: Option<String>,
}

/// How many requests are kept; older ones are only counted.
const KEPT: usize = 5000;

/// Most that the kept requests together may hold, bytes. A request itself is at most 256 KiB of body and what HTTP
/// allows of headers.
const KEPT_BYTES: usize = 16 * 1024 * 1024;

impl RequestRecord {
    /// About what it takes in memory, bytes; the same from its first to its last day.
    fn bytes(&self) -> usize {
        let headers: usize = self.headers.iter().map(|(k, v)| k.len() + v.len()).sum();
        // A parsed body takes several times its text.
        const PARSED: usize = 4;
        size_of::<Self>() + self.path.len() + headers + PARSED * self.body_bytes
    }
}

/// The last requests and the count of all.
#[derive(Debug, Default)]
pub(super) struct RequestLog {
    recent: VecDeque<RequestRecord>,
    recent_bytes: usize,
    counts: BTreeMap<Endpoint, u64>,
    total: u64,
}

impl RequestLog {
    /// Adds a request and gives it its number.
    pub(super) fn add(&mut self, mut record: RequestRecord) -> u64 {
        self.total += 1;
        *self.counts.entry(record.endpoint).or_default() += 1;
        record.number = self.total;
        self.recent_bytes += record.bytes();
        self.recent.push_back(record);
        while self.recent.len() > KEPT || self.recent_bytes > KEPT_BYTES {
            let Some(oldest) = self.recent.pop_front() else {
                break;
            };
            self.recent_bytes -= oldest.bytes();
        }
        self.total
    }

    /// Adds to a `create` the invoice that it made.
    pub(super) fn set_invoice(&mut self, number: u64, invoice: &str) {
        if let Some(record) = self
            .recent
            .iter_mut()
            .rev()
            .find(|record| record.number == number)
        {
            record.invoice = Some(invoice.to_owned());
        }
    }

    pub(super) fn count(&self, endpoint: Endpoint) -> u64 {
        self.counts.get(&endpoint).copied().unwrap_or_default()
    }

    pub(super) fn recent(&self) -> Vec<RequestRecord> {
        self.recent.iter().cloned().collect()
    }
}

/// Every header but the key.
pub(super) fn headers_without_key(headers: &HeaderMap) -> BTreeMap<String, String> {
    let mut kept: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in headers
        .iter()
        .filter(|(name, _)| **name != header::AUTHORIZATION)
    {
        let value = String::from_utf8_lossy(value.as_bytes());
        kept.entry(name.as_str().to_owned())
            .and_modify(|all| {
                all.push_str(", ");
                all.push_str(&value);
            })
            .or_insert_with(|| value.into_owned());
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(endpoint: Endpoint) -> RequestRecord {
        RequestRecord {
            number: 0,
            at_unix_ms: 0,
            endpoint,
            method: "POST".into(),
            path: "/v1/invoice/info".into(),
            headers: BTreeMap::new(),
            authorization: Authorization::Valid,
            body: None,
            body_bytes: 0,
            invoice: None,
        }
    }

    #[test]
    fn the_log_is_bounded_and_the_count_is_not() {
        let mut log = RequestLog::default();
        for _ in 0..KEPT + 3 {
            log.add(record(Endpoint::Info));
        }
        assert_eq!(log.recent().len(), KEPT);
        assert_eq!(log.recent()[0].number, 4);
        assert_eq!(log.count(Endpoint::Info), KEPT as u64 + 3);
        assert_eq!(log.count(Endpoint::Create), 0);
    }

    #[test]
    fn the_log_is_bounded_by_bytes_too() {
        let mut log = RequestLog::default();
        for _ in 0..40 {
            let mut long = record(Endpoint::Create);
            long.path = "x".repeat(1024 * 1024);
            log.add(long);
        }
        assert!(log.recent_bytes <= KEPT_BYTES);
        assert_eq!(log.recent().len(), 15);
        assert_eq!(log.recent()[14].number, 40);
        log.add(record(Endpoint::Info));
        assert_eq!(log.count(Endpoint::Create), 40);
    }

    #[test]
    fn the_key_is_not_among_the_headers() {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, "Bearer canary".parse().unwrap());
        headers.append("x-one", "a".parse().unwrap());
        headers.append("x-one", "b".parse().unwrap());
        let kept = headers_without_key(&headers);
        assert_eq!(
            kept.into_iter().collect::<Vec<_>>(),
            [("x-one".into(), "a, b".into())]
        );
    }
}
