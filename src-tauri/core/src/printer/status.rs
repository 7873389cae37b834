//! What is said to a printer and what it says back: before a job, how it is (DLE EOT, answered at once);
//! after it, whether the job is done (GS r, answered in turn, after everything before it).

use std::io;
use std::time::{Duration, Instant};

use escpos::utils::{RealTimeStatusRequest, RealTimeStatusResponse};

use super::transport::Transport;
use super::{PrinterError, PrinterLimits};

/// DLE EOT n, without the byte that follows it for other n only.
const OFFLINE_CAUSE: [u8; 3] = [0x10, 0x04, 2];
const PAPER_SENSOR: [u8; 3] = [0x10, 0x04, 4];
/// GS r 1: transmit the paper sensor's status, when its turn comes.
const DONE: [u8; 3] = [0x1d, b'r', 1];

/// How a printer took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrinterStatus {
    /// It said that it is well, and that the job is done.
    Answered {
        /// The roll is almost at its end.
        paper_low: bool,
    },
    /// It took everything and said nothing: there are printers that cannot.
    NoStatus,
}

/// Asks how the printer is.
pub(super) fn query_status(
    transport: &mut dyn Transport,
    limits: PrinterLimits,
) -> Result<PrinterStatus, PrinterError> {
    status(transport, limits.answer).map_err(|trouble| match trouble {
        PrinterFault::Told(error) => error,
        PrinterFault::Transport(error) => PrinterError::Unreachable(error.to_string()),
    })
}

/// Brings a job to the printer.
pub(super) fn print(
    transport: &mut dyn Transport,
    job: &[u8],
    heard: bool,
    limits: PrinterLimits,
) -> Result<PrinterStatus, PrinterError> {
    let until = Instant::now() + limits.whole;
    let before = query_status(transport, limits)?;
    if before == PrinterStatus::NoStatus && heard {
        let silent = "it does not answer any more".to_owned();
        return Err(PrinterError::Unreachable(silent));
    }
    let failed = |error: io::Error| PrinterError::Failed(error.to_string());
    transport.send(job, until).map_err(failed)?;
    if before == PrinterStatus::NoStatus {
        transport
            .end(Instant::now() + limits.answer)
            .map_err(failed)?;
        return Ok(before);
    }
    transport.send(&DONE, until).map_err(failed)?;
    match wait_for(transport, until, is_done) {
        Ok(Some(byte)) => {
            transport
                .end(Instant::now() + limits.answer)
                .map_err(failed)?;
            Ok(PrinterStatus::Answered {
                paper_low: byte & 0b0000_0011 != 0 || before == LOW,
            })
        }
        Ok(None) => Err(match status(transport, limits.answer) {
            Err(PrinterFault::Told(error)) => error,
            Err(PrinterFault::Transport(error)) => failed(error),
            Ok(_) => PrinterError::Failed("it took too long".to_owned()),
        }),
        Err(error) => Err(failed(error)),
    }
}

const LOW: PrinterStatus = PrinterStatus::Answered { paper_low: true };

enum PrinterFault {
    Told(PrinterError),
    Transport(io::Error),
}

impl From<io::Error> for PrinterFault {
    fn from(error: io::Error) -> Self {
        Self::Transport(error)
    }
}

fn status(
    transport: &mut dyn Transport,
    patience: Duration,
) -> Result<PrinterStatus, PrinterFault> {
    use RealTimeStatusResponse as Say;

    let mut ask = |question: [u8; 3], request| {
        transport.send(&question, Instant::now() + patience)?;
        let answer = wait_for(transport, Instant::now() + patience, is_status)?;
        Ok::<_, io::Error>(
            answer.and_then(|byte| RealTimeStatusResponse::parse(request, byte).ok()),
        )
    };
    let Some(paper) = ask(PAPER_SENSOR, RealTimeStatusRequest::RollPaperSensor)? else {
        return Ok(PrinterStatus::NoStatus);
    };
    let Some(cause) = ask(OFFLINE_CAUSE, RealTimeStatusRequest::OfflineCause)? else {
        return Ok(PrinterStatus::NoStatus);
    };
    let says = |of: &std::collections::HashMap<Say, bool>, what| of.get(&what).copied();
    if says(&paper, Say::RollPaperEndSensorPaperPresent) == Some(false)
        || says(&cause, Say::PrintingStopsDueToPaperEnd) == Some(true)
    {
        return Err(PrinterFault::Told(PrinterError::OutOfPaper));
    }
    if says(&cause, Say::CoverClosed) == Some(false) {
        return Err(PrinterFault::Told(PrinterError::NotReady(
            "its cover is open",
        )));
    }
    if says(&cause, Say::ErrorOccurred) == Some(true) {
        return Err(PrinterFault::Told(PrinterError::NotReady(
            "it reports an error",
        )));
    }
    Ok(PrinterStatus::Answered {
        paper_low: says(&paper, Say::RollPaperNearEndSensorPaperAdequate) == Some(false),
    })
}

/// The first byte of the form that is waited for: printers may say other things in between.
fn wait_for(
    transport: &mut dyn Transport,
    until: Instant,
    wanted: impl Fn(u8) -> bool,
) -> io::Result<Option<u8>> {
    loop {
        match transport.receive(until)? {
            Some(byte) if wanted(byte) => return Ok(Some(byte)),
            Some(_) => {}
            None => return Ok(None),
        }
    }
}

/// `0xx1xx10`: an answer to DLE EOT.
fn is_status(byte: u8) -> bool {
    byte & 0b1001_0011 == 0b0001_0010
}

/// `0xx0xxxx`: an answer to GS r.
fn is_done(byte: u8) -> bool {
    byte & 0b1001_0000 == 0
}
