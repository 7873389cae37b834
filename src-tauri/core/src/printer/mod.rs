//! The receipt printer: how it is reached, what it says of itself, and a job brought to it within limits.
//! A printer that is off, slow or out of paper costs a receipt, never a sale.

mod status;
mod transport;

pub use status::PrinterStatus;

use std::time::Duration;

pub use crate::settings::PrinterPort;

/// How long a printer may take.
#[derive(Debug, Clone, Copy)]
pub struct PrinterLimits {
    /// To be reached.
    pub connect: Duration,
    /// To say how it is. One that says nothing is printed on all the same.
    pub answer: Duration,
    /// For everything, from the first to the last.
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

/// Why nothing, or perhaps not all, was printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrinterError {
    /// It is off, elsewhere, or not to be opened. Nothing was printed.
    #[error("the printer cannot be reached: {0}")]
    Unreachable(String),
    /// It says so itself.
    #[error("the printer is out of paper")]
    OutOfPaper,
    /// It says that it cannot print now. Nothing more was printed.
    #[error("the printer is not ready: {0}")]
    NotReady(&'static str),
    /// It broke off, or took too long. A part may be on the paper.
    #[error("the printer did not finish: {0}")]
    Failed(String),
}

/// Brings a job to the printer and waits until it is on the paper, as far as this printer says.
/// `heard` means that this printer has answered before: its silence is a fault then.
///
/// # Errors
/// [`PrinterError`], within the limits.
pub(crate) async fn print(
    port: PrinterPort,
    job: Vec<u8>,
    heard: bool,
    limits: PrinterLimits,
) -> Result<PrinterStatus, PrinterError> {
    within(limits, move || {
        let mut transport = transport::open(&port, limits)?;
        status::print(transport.as_mut(), &job, heard, limits)
    })
    .await
}

/// Asks the printer how it is, and prints nothing.
///
/// # Errors
/// [`PrinterError`], within the limits.
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

/// The calls block, and some of the system's (a name server's, a driver's) know no limit: whoever waits
/// is let go in any case.
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
