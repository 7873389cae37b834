//! The line between a till and the gateway: it takes time, and it fails as the weather says.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use ringup_core::gateway::{CarriedReply, CarriedRequest, Carrier, CarryError, Carrying};

use super::gateway::{Call, Gateway};
use super::machine::Machine;
use super::plan::WeatherKind;

/// A call that is not answered times out after this.
const TIMEOUT: Duration = Duration::from_secs(15);
/// What a call takes, milliseconds.
const LATENCY_MS: u64 = 120;
const SLOW_MS: u64 = 9000;
/// Longest pause that a till must keep for a request to wait (docs/polling.md, *What else changes it*).
const LONGEST_PAUSE_S: u64 = 600;

/// The line of one start of the program.
pub struct Wire {
    machine: Arc<Machine>,
    gateway: Arc<Gateway>,
    /// Acts of people that are under way: their calls do not wait.
    people: Arc<AtomicU32>,
    run: u32,
    clock_set: bool,
}

impl Wire {
    /// A line.
    pub fn new(
        machine: Arc<Machine>,
        gateway: Arc<Gateway>,
        people: Arc<AtomicU32>,
        run: u32,
        clock_set: bool,
    ) -> Self {
        Self {
            machine,
            gateway,
            people,
            run,
            clock_set,
        }
    }
}

impl Carrier for Wire {
    fn carry(&self, request: CarriedRequest) -> Carrying {
        let (machine, gateway) = (Arc::clone(&self.machine), Arc::clone(&self.gateway));
        let call = Call {
            at_ms: machine.true_ms(),
            creates: request.path.ends_with("/create"),
            run: self.run,
            clock_set: self.clock_set,
        };
        let person = self.people.load(Ordering::Relaxed) > 0;
        Box::pin(async move {
            machine.step_or_stand().await;
            gateway.note_call(call, person || call.creates);
            carry(&machine, &gateway, request, call).await
        })
    }
}

async fn carry(
    machine: &Machine,
    gateway: &Gateway,
    request: CarriedRequest,
    call: Call,
) -> Result<CarriedReply, CarryError> {
    let kind = machine.weather_now();
    let half = Duration::from_millis(match kind {
        WeatherKind::Slow => 500 + machine.draw(SLOW_MS) / 2,
        _ => 10 + machine.draw(LATENCY_MS) / 2,
    });
    match kind {
        WeatherKind::Split => {
            tokio::time::sleep(half).await;
            return Err(CarryError::NotSent("connection refused".to_owned()));
        }
        WeatherKind::Tls => {
            tokio::time::sleep(half).await;
            return Err(CarryError::NotSent("invalid peer certificate".to_owned()));
        }
        WeatherKind::Silent => {
            tokio::time::sleep(TIMEOUT).await;
            return Err(CarryError::TimedOut);
        }
        _ => {}
    }
    tokio::time::sleep(half).await;
    if machine.is_dead() {
        std::future::pending::<()>().await;
    }
    let answer = gateway.answer(&request.path, &request.body, machine.true_ms(), kind);
    machine.step_or_stand().await;
    match kind {
        WeatherKind::AnswerLost => {
            tokio::time::sleep(TIMEOUT).await;
            return Err(CarryError::TimedOut);
        }
        WeatherKind::Broken => {
            tokio::time::sleep(half).await;
            return Err(CarryError::Broken("connection reset".to_owned()));
        }
        _ => {}
    }
    tokio::time::sleep(half).await;
    machine.step_or_stand().await;
    // A call that left before the gateway asked for a pause could not know of it, and a new invoice has a pause of its
    // own.
    if let Some(seconds) = answer.retry_after_s.filter(|_| !call.creates) {
        let wait_ms = seconds.min(LONGEST_PAUSE_S) * 1000;
        gateway.note_pause(machine.true_ms() + wait_ms);
    }
    Ok(CarriedReply {
        status: answer.status,
        date: Some(http_date(machine.true_unix_now_ms())),
        retry_after: answer.retry_after_s.map(|seconds| seconds.to_string()),
        body: answer.body,
    })
}

fn http_date(unix_ms: i64) -> String {
    let seconds = u64::try_from(unix_ms / 1000).unwrap_or(0);
    let at = std::time::UNIX_EPOCH + Duration::from_secs(seconds);
    httpdate::fmt_http_date(at)
}
