//! The status that a printer reports: before a job, whether it can print (DLE EOT, which it answers at once); after it,
//! whether the job is done (GS r, which it answers once everything before it is printed).

use std::io;
use std::time::{Duration, Instant};

use escpos::utils::{RealTimeStatusRequest, RealTimeStatusResponse};

use super::transport::Transport;
use super::{PrinterError, PrinterLimits};

/// DLE EOT 2: why is the printer offline?
const OFFLINE_CAUSE: [u8; 3] = [0x10, 0x04, 2];
/// DLE EOT 4: is there paper?
const PAPER_SENSOR: [u8; 3] = [0x10, 0x04, 4];
/// GS r 1: the paper sensor's status, transmitted when everything before this is printed.
const JOB_END: [u8; 3] = [0x1d, b'r', 1];

/// What a printer reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrinterStatus {
    /// It can print and, after a job, has finished it.
    Answered {
        /// Whether the paper roll is almost at its end.
        paper_low: bool,
    },
    /// It accepted everything and reported nothing: some printers cannot.
    NoStatus,
}

/// Asks for the printer's status.
pub(super) fn query_status(
    transport: &mut dyn Transport,
    limits: PrinterLimits,
) -> Result<PrinterStatus, PrinterError> {
    status(transport, limits.answer).map_err(|trouble| match trouble {
        PrinterFault::Reported(error) => error,
        PrinterFault::Transport(error) => PrinterError::Unreachable(error.to_string()),
    })
}

/// Sends a job to the printer and waits for its end.
pub(super) fn print(
    transport: &mut dyn Transport,
    job: &[u8],
    has_answered: bool,
    limits: PrinterLimits,
) -> Result<PrinterStatus, PrinterError> {
    let deadline = Instant::now() + limits.whole;
    let before = query_status(transport, limits)?;
    if before == PrinterStatus::NoStatus && has_answered {
        let silent = "it does not answer any more".to_owned();
        return Err(PrinterError::Unreachable(silent));
    }
    let failed = |error: io::Error| PrinterError::Failed(error.to_string());
    transport.send(job, deadline).map_err(failed)?;
    if before == PrinterStatus::NoStatus {
        transport
            .end(Instant::now() + limits.answer)
            .map_err(failed)?;
        return Ok(before);
    }
    transport.send(&JOB_END, deadline).map_err(failed)?;
    match wait_for(transport, deadline, is_job_end) {
        Ok(Some(byte)) => {
            transport
                .end(Instant::now() + limits.answer)
                .map_err(failed)?;
            Ok(PrinterStatus::Answered {
                paper_low: byte & 0b0000_0011 != 0 || before == PAPER_LOW,
            })
        }
        Ok(None) => Err(match status(transport, limits.answer) {
            Err(PrinterFault::Reported(error)) => error,
            Err(PrinterFault::Transport(error)) => failed(error),
            Ok(_) => PrinterError::Failed("it took too long".to_owned()),
        }),
        Err(error) => Err(failed(error)),
    }
}

const PAPER_LOW: PrinterStatus = PrinterStatus::Answered { paper_low: true };

enum PrinterFault {
    Reported(PrinterError),
    Transport(io::Error),
}

impl From<io::Error> for PrinterFault {
    fn from(error: io::Error) -> Self {
        Self::Transport(error)
    }
}

fn status(transport: &mut dyn Transport, timeout: Duration) -> Result<PrinterStatus, PrinterFault> {
    use RealTimeStatusResponse as Sensor;

    let mut ask = |question: [u8; 3], request| {
        transport.send(&question, Instant::now() + timeout)?;
        let answer = wait_for(transport, Instant::now() + timeout, is_status)?;
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
    let reads =
        |status: &std::collections::HashMap<Sensor, bool>, sensor| status.get(&sensor).copied();
    if reads(&paper, Sensor::RollPaperEndSensorPaperPresent) == Some(false)
        || reads(&cause, Sensor::PrintingStopsDueToPaperEnd) == Some(true)
    {
        return Err(PrinterFault::Reported(PrinterError::OutOfPaper));
    }
    if reads(&cause, Sensor::CoverClosed) == Some(false) {
        return Err(PrinterFault::Reported(PrinterError::NotReady(
            "its cover is open",
        )));
    }
    if reads(&cause, Sensor::ErrorOccurred) == Some(true) {
        return Err(PrinterFault::Reported(PrinterError::NotReady(
            "it reports an error",
        )));
    }
    Ok(PrinterStatus::Answered {
        paper_low: reads(&paper, Sensor::RollPaperNearEndSensorPaperAdequate) == Some(false),
    })
}

/// The first byte of the wanted form. Other bytes are skipped: printers may report other things in between.
fn wait_for(
    transport: &mut dyn Transport,
    deadline: Instant,
    wanted: impl Fn(u8) -> bool,
) -> io::Result<Option<u8>> {
    loop {
        match transport.receive(deadline)? {
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
fn is_job_end(byte: u8) -> bool {
    byte & 0b1001_0000 == 0
}
