//! What is said to a printer and what it says back: before a job, how it is (DLE EOT, answered at once);
//! after it, whether the job is done (GS r, answered in turn, after everything before it).

use std::io;
use std::time::{Duration, Instant};

use escpos::utils::{RealTimeStatusRequest, RealTimeStatusResponse};

use super::wire::Wire;
use super::{PrinterError, PrinterLimits};

/// DLE EOT n, without the byte that follows it for other n only.
const OFFLINE_CAUSE: [u8; 3] = [0x10, 0x04, 2];
const PAPER_SENSOR: [u8; 3] = [0x10, 0x04, 4];
/// GS r 1: transmit the paper sensor's status, when its turn comes.
const DONE: [u8; 3] = [0x1d, b'r', 1];

/// How a printer took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talked {
    /// It said that it is well, and that the job is done.
    Answered {
        /// The roll is almost at its end.
        paper_low: bool,
    },
    /// It took everything and said nothing: there are printers that cannot.
    Mute,
}

/// Asks how the printer is.
pub(super) fn look(wire: &mut dyn Wire, limits: PrinterLimits) -> Result<Talked, PrinterError> {
    status(wire, limits.answer).map_err(|trouble| match trouble {
        Trouble::Told(error) => error,
        Trouble::Wire(error) => PrinterError::Unreachable(error.to_string()),
    })
}

/// Brings a job to the printer.
pub(super) fn print(
    wire: &mut dyn Wire,
    job: &[u8],
    heard: bool,
    limits: PrinterLimits,
) -> Result<Talked, PrinterError> {
    let until = Instant::now() + limits.whole;
    let before = look(wire, limits)?;
    if before == Talked::Mute && heard {
        let silent = "it does not answer any more".to_owned();
        return Err(PrinterError::Unreachable(silent));
    }
    let failed = |error: io::Error| PrinterError::Failed(error.to_string());
    wire.send(job, until).map_err(failed)?;
    if before == Talked::Mute {
        wire.end(Instant::now() + limits.answer).map_err(failed)?;
        return Ok(before);
    }
    wire.send(&DONE, until).map_err(failed)?;
    match wait_for(wire, until, is_done) {
        Ok(Some(byte)) => {
            wire.end(Instant::now() + limits.answer).map_err(failed)?;
            Ok(Talked::Answered {
                paper_low: byte & 0b0000_0011 != 0 || before == LOW,
            })
        }
        Ok(None) => Err(match status(wire, limits.answer) {
            Err(Trouble::Told(error)) => error,
            Err(Trouble::Wire(error)) => failed(error),
            Ok(_) => PrinterError::Failed("it took too long".to_owned()),
        }),
        Err(error) => Err(failed(error)),
    }
}

const LOW: Talked = Talked::Answered { paper_low: true };

enum Trouble {
    Told(PrinterError),
    Wire(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Wire(error)
    }
}

fn status(wire: &mut dyn Wire, patience: Duration) -> Result<Talked, Trouble> {
    use RealTimeStatusResponse as Say;

    let mut ask = |question: [u8; 3], request| {
        wire.send(&question, Instant::now() + patience)?;
        let answer = wait_for(wire, Instant::now() + patience, is_status)?;
        Ok::<_, io::Error>(
            answer.and_then(|byte| RealTimeStatusResponse::parse(request, byte).ok()),
        )
    };
    let Some(paper) = ask(PAPER_SENSOR, RealTimeStatusRequest::RollPaperSensor)? else {
        return Ok(Talked::Mute);
    };
    let Some(cause) = ask(OFFLINE_CAUSE, RealTimeStatusRequest::OfflineCause)? else {
        return Ok(Talked::Mute);
    };
    let says = |of: &std::collections::HashMap<Say, bool>, what| of.get(&what).copied();
    if says(&paper, Say::RollPaperEndSensorPaperPresent) == Some(false)
        || says(&cause, Say::PrintingStopsDueToPaperEnd) == Some(true)
    {
        return Err(Trouble::Told(PrinterError::OutOfPaper));
    }
    if says(&cause, Say::CoverClosed) == Some(false) {
        return Err(Trouble::Told(PrinterError::NotReady("its cover is open")));
    }
    if says(&cause, Say::ErrorOccurred) == Some(true) {
        return Err(Trouble::Told(PrinterError::NotReady("it reports an error")));
    }
    Ok(Talked::Answered {
        paper_low: says(&paper, Say::RollPaperNearEndSensorPaperAdequate) == Some(false),
    })
}

/// The first byte of the form that is waited for: printers may say other things in between.
fn wait_for(
    wire: &mut dyn Wire,
    until: Instant,
    wanted: impl Fn(u8) -> bool,
) -> io::Result<Option<u8>> {
    loop {
        match wire.receive(until)? {
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
