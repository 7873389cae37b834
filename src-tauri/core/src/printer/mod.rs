//! The receipt printer: how it is reached, what it can say of itself, and how a job is sent to it within time limits. A
//! printer that is off, slow or out of paper costs a receipt, never a sale.

mod abilities;
#[cfg(unix)]
mod device_file;
mod nearby;
mod print_queue;
mod reply;
mod status;
mod transport;

pub(crate) use abilities::AbilitiesFile;
pub use abilities::{Abilities, Ability};
pub use nearby::NearbyPrinter;
pub(crate) use nearby::nearby_printers;
pub use status::PrinterStatus;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde::Serialize;

pub use crate::settings::PrinterPort;

/// Bits on a serial line for each byte: a start bit, eight bits, a stop bit.
const SERIAL_BITS_PER_BYTE: u64 = 10;

/// How long a printer may take for each step.
#[derive(Debug, Clone, Copy)]
pub struct PrinterLimits {
    /// To accept a connection.
    pub connect: Duration,
    /// To report its status. A printer that reports none is printed on all the same.
    pub answer: Duration,
    /// For the whole job, all steps together, besides the time that its bytes take on a serial line.
    pub whole: Duration,
}

impl Default for PrinterLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            answer: Duration::from_secs(2),
            whole: Duration::from_secs(15),
        }
    }
}

impl PrinterLimits {
    /// The same, with time for so many bytes where the line is slow: a receipt printed as a picture takes a serial
    /// line of 9600 bits a second more than a minute.
    fn for_job(self, port: &PrinterPort, bytes: usize) -> Self {
        let PrinterPort::Serial { baud, .. } = port else {
            return self;
        };
        let bits = u64::try_from(bytes).unwrap_or(u64::MAX) * SERIAL_BITS_PER_BYTE;
        let on_the_line = Duration::from_millis(bits * 1000 / u64::from((*baud).max(1)));
        Self {
            whole: self.whole.saturating_add(on_the_line),
            ..self
        }
    }
}

/// What is known of a job that was sent whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PrintOutcome {
    /// The printer says that it is printed.
    Confirmed,
    /// This printer, or the queue before it, does not say whether a job is printed.
    Unconfirmed,
}

/// Why nothing was printed, or perhaps not all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrinterError {
    /// It is off, disconnected, or cannot be opened. Nothing was printed.
    #[error("the printer cannot be reached: {0}")]
    Unreachable(String),
    /// It reports that it has no paper.
    #[error("the printer is out of paper")]
    OutOfPaper,
    /// It reports that it cannot print now.
    #[error("the printer is not ready: {0}")]
    NotReady(&'static str),
    /// It broke the connection before it had the whole job, or took too long. A part may be printed.
    #[error("the printer did not finish: {0}")]
    Failed(String),
    /// It has the whole job, and did not say that it is printed, although it may have been expected to.
    #[error("the printer did not confirm the job: {0}")]
    Unconfirmed(String),
    /// What the job does cannot be written down, so it was not sent.
    #[error("the job cannot be written down and was not sent: {0}")]
    NotRecorded(String),
}

/// How a job went.
#[derive(Debug)]
pub struct PrintReport {
    /// What is known of it, or what went wrong.
    pub result: Result<PrintOutcome, PrinterError>,
    /// Whether any of it left this machine. The drawer may be open then: its pulse comes first.
    pub begun: bool,
    /// What the printer can say, with what this job taught.
    pub abilities: Abilities,
}

/// Sends a job to the printer and waits until it is printed, as far as this printer reports that. `abilities` is what
/// is known of the printer so far; what it is known not to answer is not asked.
pub async fn print(
    port: PrinterPort,
    job: Vec<u8>,
    abilities: Abilities,
    limits: PrinterLimits,
) -> PrintReport {
    print_recorded(port, job, abilities, limits, || Ok(())).await
}

/// Like [`print()`], and calls `record` on a thread that may block, right before the first byte of the job leaves. Its error
/// keeps all of the job here.
pub(crate) async fn print_recorded(
    port: PrinterPort,
    job: Vec<u8>,
    abilities: Abilities,
    limits: PrinterLimits,
    record: impl FnOnce() -> Result<(), PrinterError> + Send + 'static,
) -> PrintReport {
    let limits = limits.for_job(&port, job.len());
    let begun = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&begun);
    let done = within(limits, move || {
        let mut abilities = abilities;
        let begin = || {
            record()?;
            flag.store(true, Ordering::Release);
            Ok(())
        };
        let result = match &port {
            PrinterPort::Queue { name } => print_queue::print(name, &job, begin, limits),
            port => transport::open(port, limits).and_then(|mut transport| {
                status::print(transport.as_mut(), &job, &mut abilities, begin, limits)
            }),
        };
        (result, abilities)
    });
    let (result, abilities) = match done.await {
        Ok(done) => done,
        Err(error) => (Err(error), abilities),
    };
    PrintReport {
        result,
        begun: begun.load(Ordering::Acquire),
        abilities,
    }
}

/// Asks the printer for its status and prints nothing.
///
/// # Errors
/// Every [`PrinterError`] but `Unconfirmed`, within the limits.
pub async fn query_status(
    port: PrinterPort,
    limits: PrinterLimits,
) -> Result<PrinterStatus, PrinterError> {
    within(limits, move || match &port {
        PrinterPort::Queue { name } => print_queue::query_status(name, limits),
        port => {
            let mut transport = transport::open(port, limits)?;
            status::query_status(transport.as_mut(), limits)
        }
    })
    .await?
}

/// Runs blocking work on a thread of its own and waits no longer than the limits allow: some of the system's calls (a
/// name server's, a driver's) have no time limit.
async fn within<T: Send + 'static>(
    limits: PrinterLimits,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, PrinterError> {
    let grace = limits.connect.saturating_add(limits.answer * 2);
    let (done, waiting) = tokio::sync::oneshot::channel();
    let thread = std::thread::Builder::new().name("printer".to_owned());
    let started = thread.spawn(move || done.send(work()).ok());
    if let Err(error) = started {
        return Err(PrinterError::Unreachable(error.to_string()));
    }
    match tokio::time::timeout(limits.whole.saturating_add(grace), waiting).await {
        Ok(Ok(outcome)) => Ok(outcome),
        Ok(Err(_)) => Err(PrinterError::Failed("its thread ended".to_owned())),
        Err(_) => Err(PrinterError::Failed("it took too long".to_owned())),
    }
}
