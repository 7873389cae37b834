//! What the office counts about itself, as Prometheus reads it (text format 0.0.4): numbers and till ids, nothing of a
//! sale, a person or a secret.
//!
//! The format is a line for each number, so no library is needed for it. It is told on a port of its own, on this machine
//! alone: the door that tills and owners use has no secret for a scraper, and nobody outside learns how much is sold.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use parking_lot::Mutex;
use tokio::net::TcpListener;

use super::Office;
use crate::store::{Store, StoreError};

/// The upper ends of the classes into which the times of calls are counted, milliseconds.
const CLASSES_MS: [u64; 10] = [2, 5, 10, 25, 50, 100, 250, 1_000, 5_000, 20_000];

/// The counts of one office, since it was started.
#[derive(Debug, Clone, Default)]
pub(super) struct Metrics {
    inner: Arc<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    calls: Mutex<BTreeMap<(String, u16), u64>>,
    times: Mutex<BTreeMap<String, Times>>,
    entries: AtomicU64,
    connections: AtomicU64,
}

/// The times of one kind of call.
#[derive(Debug, Default)]
struct Times {
    /// How many took at most so long, each class by itself.
    classes: [u64; CLASSES_MS.len()],
    count: u64,
    sum_us: u128,
}

/// A connection that is counted as long as this lives.
pub(super) struct Connection(Metrics);

impl Metrics {
    /// Counts a call of this route: its status, and how long it took.
    pub(super) fn called(&self, route: &str, status: StatusCode, took: Duration) {
        let key = (route.to_owned(), status.as_u16());
        *self.inner.calls.lock().entry(key).or_default() += 1;
        let mut times = self.inner.times.lock();
        let times = times.entry(route.to_owned()).or_default();
        let class = CLASSES_MS
            .iter()
            .position(|end| took <= Duration::from_millis(*end));
        if let Some(class) = class.and_then(|at| times.classes.get_mut(at)) {
            *class += 1;
        }
        times.count += 1;
        times.sum_us += took.as_micros();
    }

    /// Counts entries that were stored.
    pub(super) fn stored(&self, entries: u64) {
        self.inner.entries.fetch_add(entries, Ordering::Relaxed);
    }

    /// Counts a connection, until what is returned is dropped.
    pub(super) fn connection(&self) -> Connection {
        self.inner.connections.fetch_add(1, Ordering::Relaxed);
        Connection(self.clone())
    }

    /// All of it, with what the book says of its tills. Without the book, what this office counted itself.
    async fn text(&self, store: &Store) -> String {
        let mut text = String::new();
        self.add_calls(&mut text);
        let stored = self.inner.entries.load(Ordering::Relaxed);
        number(
            &mut text,
            "entries_stored_total",
            "counter",
            "Entries that this office has stored",
            stored,
        );
        let connections = self.inner.connections.load(Ordering::Relaxed);
        number(
            &mut text,
            "connections",
            "gauge",
            "Connections that are open now",
            connections,
        );
        let retried = store.retries();
        number(
            &mut text,
            "transactions_run_again_total",
            "counter",
            "Transactions that the database gave up and that were run again",
            retried,
        );
        let book = add_book(&mut text, store).await;
        let up = u64::from(book.is_ok());
        number(
            &mut text,
            "book_up",
            "gauge",
            "Whether the book answers",
            up,
        );
        text
    }

    fn add_calls(&self, text: &mut String) {
        head(text, "calls_total", "counter", "Calls, by route and status");
        for ((route, status), calls) in &*self.inner.calls.lock() {
            let labels = format!("route=\"{route}\",status=\"{status}\"");
            line(text, "calls_total", &labels, calls);
        }
        head(text, "call_seconds", "histogram", "How long calls took");
        for (route, times) in &*self.inner.times.lock() {
            let mut so_far = 0;
            for (end, class) in CLASSES_MS.iter().zip(times.classes) {
                so_far += class;
                let labels = format!(
                    "route=\"{route}\",le=\"{}\"",
                    seconds(u128::from(*end) * 1000)
                );
                line(text, "call_seconds_bucket", &labels, so_far);
            }
            let labels = format!("route=\"{route}\"");
            line(
                text,
                "call_seconds_bucket",
                &format!("{labels},le=\"+Inf\""),
                times.count,
            );
            line(text, "call_seconds_sum", &labels, seconds(times.sum_us));
            line(text, "call_seconds_count", &labels, times.count);
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.inner.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What the book says: how far each till is, when it was last heard of, and how many alarms there are.
async fn add_book(text: &mut String, store: &Store) -> Result<(), StoreError> {
    let (tills, alarms) = (store.tills().await?, store.alarms().await?);
    head(
        text,
        "till_entries",
        "gauge",
        "Entries that the book holds of each till",
    );
    for till in &tills {
        line(
            text,
            "till_entries",
            &format!("till=\"{}\"", till.till),
            till.entries,
        );
    }
    head(
        text,
        "till_last_batch_timestamp_seconds",
        "gauge",
        "When its last batch came",
    );
    for till in &tills {
        if let Some(at_ms) = till.last_at_unix_ms {
            let at = at_ms.div_euclid(1000);
            line(
                text,
                "till_last_batch_timestamp_seconds",
                &format!("till=\"{}\"", till.till),
                at,
            );
        }
    }
    let quarantined = tills.iter().filter(|it| it.quarantine.is_some()).count();
    number(
        text,
        "tills_in_quarantine",
        "gauge",
        "Tills in quarantine",
        quarantined,
    );
    number(
        text,
        "alarms",
        "gauge",
        "Alarms that were raised",
        alarms.len(),
    );
    Ok(())
}

/// Microseconds as a decimal number of seconds.
fn seconds(us: u128) -> String {
    format!("{}.{:06}", us / 1_000_000, us % 1_000_000)
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    writeln!(text, "# HELP ringup_office_{name} {help}").ok();
    writeln!(text, "# TYPE ringup_office_{name} {kind}").ok();
}

fn line(text: &mut String, name: &str, labels: &str, value: impl std::fmt::Display) {
    writeln!(text, "ringup_office_{name}{{{labels}}} {value}").ok();
}

/// A number without labels.
fn number(text: &mut String, name: &str, kind: &str, help: &str, value: impl std::fmt::Display) {
    head(text, name, kind, help);
    writeln!(text, "ringup_office_{name} {value}").ok();
}

/// Tells the metrics of an office on this listener, over plain HTTP, until the program ends.
///
/// # Errors
/// Those of the network.
pub async fn serve_metrics(office: Office, listener: TcpListener) -> std::io::Result<()> {
    let router = Router::new()
        .route("/metrics", get(metrics))
        .with_state(office);
    axum::serve(listener, router).await
}

async fn metrics(State(office): State<Office>) -> Response {
    let text = office.metrics().text(&office.inner.store).await;
    let kind = [(CONTENT_TYPE, "text/plain; version=0.0.4")];
    (kind, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_counted_into_every_class_that_holds_them() {
        let metrics = Metrics::default();
        for ms in [1, 5, 30, 60_000] {
            metrics.called("/v1/head", StatusCode::OK, Duration::from_millis(ms));
        }
        metrics.called("/v1/head", StatusCode::UNAUTHORIZED, Duration::ZERO);
        let mut text = String::new();
        metrics.add_calls(&mut text);
        for line in [
            r#"ringup_office_calls_total{route="/v1/head",status="200"} 4"#,
            r#"ringup_office_calls_total{route="/v1/head",status="401"} 1"#,
            r#"ringup_office_call_seconds_bucket{route="/v1/head",le="0.002000"} 2"#,
            r#"ringup_office_call_seconds_bucket{route="/v1/head",le="0.005000"} 3"#,
            r#"ringup_office_call_seconds_bucket{route="/v1/head",le="20.000000"} 4"#,
            r#"ringup_office_call_seconds_bucket{route="/v1/head",le="+Inf"} 5"#,
            r#"ringup_office_call_seconds_sum{route="/v1/head"} 60.036000"#,
        ] {
            assert!(text.lines().any(|it| it == line), "{line}\n{text}");
        }
    }

    #[test]
    fn connections_are_counted_while_they_are_open() {
        let metrics = Metrics::default();
        let open = (metrics.connection(), metrics.connection());
        assert_eq!(metrics.inner.connections.load(Ordering::Relaxed), 2);
        drop(open);
        assert_eq!(metrics.inner.connections.load(Ordering::Relaxed), 0);
    }
}
