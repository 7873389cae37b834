//! The receipt printer: how it is reached, what status it reports, and how a job is sent to it within time limits. A
//! printer that is off, slow or out of paper costs a receipt, never a sale.

mod status;
mod transport;

pub use status::PrinterStatus;

use std::time::Duration;

pub use crate::settings::PrinterPort;

/// How long a printer may take for each step.
#[derive(Debug, Clone, Copy)]
pub struct PrinterLimits {
    /// To accept a connection.
    pub connect: Duration,
    /// To report its status. A printer that reports none is printed on all the same.
    pub answer: Duration,
    /// For the whole job, all steps together.
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
    /// It broke the connection or took too long. A part may be printed.
    #[error("the printer did not finish: {0}")]
    Failed(String),
}

/// Sends a job to the printer and waits until it is printed, as far as this printer reports that. `has_answered` says
/// that this printer has reported its status before, so that silence is an error now.
///
/// # Errors
/// Every [`PrinterError`], within the limits.
pub(crate) async fn print(
    port: PrinterPort,
    job: Vec<u8>,
    has_answered: bool,
    limits: PrinterLimits,
) -> Result<PrinterStatus, PrinterError> {
    within(limits, move || {
        let mut transport = transport::open(&port, limits)?;
        status::print(transport.as_mut(), &job, has_answered, limits)
    })
    .await
}

/// Asks the printer for its status and prints nothing.
///
/// # Errors
/// Every [`PrinterError`], within the limits.
pub async fn query_status(
    port: PrinterPort,
    limits: PrinterLimits,
) -> Result<PrinterStatus, PrinterError> {
    within(limits, move || {
        let mut transport = transport::open(&port, limits)?;
        status::query_status(transport.as_mut(), limits)
    })
    .await
}

/// Runs blocking work on a thread of its own and waits no longer than the limits allow: some of the system's calls (a
/// name server's, a driver's) have no time limit.
async fn within(
    limits: PrinterLimits,
    work: impl FnOnce() -> Result<PrinterStatus, PrinterError> + Send + 'static,
) -> Result<PrinterStatus, PrinterError> {
    let late = || Err(PrinterError::Failed("it took too long".to_owned()));
    let grace = limits.answer;
    let (done, waiting) = tokio::sync::oneshot::channel();
    let thread = std::thread::Builder::new().name("printer".to_owned());
    let started = thread.spawn(move || done.send(work()).ok());
    if let Err(error) = started {
        return Err(PrinterError::Unreachable(error.to_string()));
    }
    match tokio::time::timeout(limits.whole.saturating_add(grace), waiting).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(PrinterError::Failed("its thread ended".to_owned())),
        Err(_) => late(),
    }
}
