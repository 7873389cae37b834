//! What a printer says of a job: before it, whether it can print (DLE EOT, which it answers at once); after it, whether
//! the job is done (GS r, which it answers once everything before it is printed).

use std::io::{self, ErrorKind};
use std::time::{Duration, Instant};

use escpos::utils::{RealTimeStatusRequest, RealTimeStatusResponse};

use super::abilities::{Abilities, Ability};
use super::reply::{Reply, ask, is_job_end, is_status, wait_for_quiet};
use super::transport::Transport;
use super::{PrintOutcome, PrinterError, PrinterLimits};

/// DLE EOT 2: why is the printer offline?
const OFFLINE_CAUSE: [u8; 3] = [0x10, 0x04, 2];
/// DLE EOT 4: is there paper?
const PAPER_SENSOR: [u8; 3] = [0x10, 0x04, 4];
/// GS r 1: the paper sensor's status, transmitted when everything before this is printed.
const JOB_END: [u8; 3] = [0x1d, b'r', 1];
/// The bits of the answer to GS r 1 that say that the paper is out.
const PAPER_OUT: u8 = 0b0000_1100;

/// What a printer reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrinterStatus {
    /// It can print.
    Answered {
        /// Whether the paper roll is almost at its end.
        paper_low: bool,
    },
    /// It is there and reports nothing: some printers cannot.
    NoStatus,
}

/// Asks for the printer's status.
pub(super) fn query_status(
    transport: &mut dyn Transport,
    limits: PrinterLimits,
) -> Result<PrinterStatus, PrinterError> {
    let unreachable = |error: io::Error| PrinterError::Unreachable(error.to_string());
    // What a print server says when it is connected to is no answer.
    wait_for_quiet(transport).map_err(unreachable)?;
    status(transport, limits.answer).map_err(|trouble| match trouble {
        PrinterFault::Reported(error) => error,
        PrinterFault::Transport(error) => unreachable(error),
    })
}

/// Sends a job to the printer and waits for its end, as far as the printer tells it. Calls `begin` before the first byte
/// of the job leaves.
pub(super) fn print(
    transport: &mut dyn Transport,
    job: &[u8],
    abilities: &mut Abilities,
    begin: impl FnOnce() -> Result<(), PrinterError>,
    limits: PrinterLimits,
) -> Result<PrintOutcome, PrinterError> {
    let deadline = Instant::now() + limits.whole;
    if abilities.status != Ability::No {
        let answered = query_status(transport, limits)? != PrinterStatus::NoStatus;
        abilities.status = match (answered, abilities.status) {
            (true, _) => Ability::Yes,
            (false, Ability::Yes) => {
                let silent = "it does not answer any more".to_owned();
                return Err(PrinterError::Unreachable(silent));
            }
            (false, _) => Ability::No,
        };
    }
    begin()?;
    transport
        .send(job, deadline)
        .map_err(|error| PrinterError::Failed(error.to_string()))?;
    if abilities.status == Ability::No {
        // It has said nothing, so a connection that it breaks now says nothing either.
        transport.end(Instant::now() + limits.answer).ok();
        return Ok(PrintOutcome::Unconfirmed);
    }
    if abilities.job_end == Ability::No {
        status_after(transport, limits)?;
        transport.end(Instant::now() + limits.answer).ok();
        return Ok(PrintOutcome::Unconfirmed);
    }
    wait_for_job_end(transport, abilities, deadline, limits)
}

/// Asks whether the job is printed.
fn wait_for_job_end(
    transport: &mut dyn Transport,
    abilities: &mut Abilities,
    deadline: Instant,
    limits: PrinterLimits,
) -> Result<PrintOutcome, PrinterError> {
    let unconfirmed = |cause: &str| PrinterError::Unconfirmed(cause.to_owned());
    let learned_that_it_cannot = |abilities: &mut Abilities| {
        let was_unknown = abilities.job_end == Ability::Unknown;
        if was_unknown {
            abilities.job_end = Ability::No;
        }
        was_unknown
    };
    match ask(transport, &JOB_END, deadline, is_job_end) {
        Ok(Reply::Answer(byte)) => {
            abilities.job_end = Ability::Yes;
            if byte & PAPER_OUT != 0 {
                return Err(PrinterError::OutOfPaper);
            }
            // It has printed. How it ends the connection changes nothing about that.
            transport.end(Instant::now() + limits.answer).ok();
            Ok(PrintOutcome::Confirmed)
        }
        Ok(Reply::Silence | Reply::Noise) => {
            status_after(transport, limits)?;
            if learned_that_it_cannot(abilities) {
                return Ok(PrintOutcome::Unconfirmed);
            }
            Err(unconfirmed("it took too long"))
        }
        // It closes in good order once it has everything: its way to say nothing.
        Err(error)
            if error.kind() == ErrorKind::UnexpectedEof && learned_that_it_cannot(abilities) =>
        {
            Ok(PrintOutcome::Unconfirmed)
        }
        Err(error) => Err(unconfirmed(&error.to_string())),
    }
}

/// The status after a job that the printer has whole and does not confirm.
fn status_after(transport: &mut dyn Transport, limits: PrinterLimits) -> Result<(), PrinterError> {
    match status(transport, limits.answer) {
        Ok(PrinterStatus::Answered { .. }) => Ok(()),
        Ok(PrinterStatus::NoStatus) => Err(PrinterError::Unconfirmed(
            "it does not answer any more".to_owned(),
        )),
        Err(PrinterFault::Reported(error)) => Err(error),
        Err(PrinterFault::Transport(error)) => Err(PrinterError::Unconfirmed(error.to_string())),
    }
}

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

    let mut query = |question: [u8; 3], request| {
        let reply = ask(transport, &question, Instant::now() + timeout, is_status)?;
        Ok::<_, io::Error>(match reply {
            Reply::Answer(byte) => RealTimeStatusResponse::parse(request, byte).ok(),
            Reply::Silence | Reply::Noise => None,
        })
    };
    let Some(paper) = query(PAPER_SENSOR, RealTimeStatusRequest::RollPaperSensor)? else {
        return Ok(PrinterStatus::NoStatus);
    };
    let Some(cause) = query(OFFLINE_CAUSE, RealTimeStatusRequest::OfflineCause)? else {
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
