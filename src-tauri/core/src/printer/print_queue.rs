//! A printer behind a queue of CUPS, through its commands `lp`, `lpstat` and `cancel`. They find the server as every
//! other program of the desktop does. A queue tells when a job has gone to the printer, not whether it is on paper.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{PrintOutcome, PrinterError, PrinterLimits, PrinterStatus};

/// How often the queue is asked whether the job has left it.
const ASK_EVERY: Duration = Duration::from_millis(250);
/// How often a command that runs is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// The names of all queues; none without CUPS.
pub(super) fn names(limits: PrinterLimits) -> Vec<String> {
    let deadline = Instant::now() + limits.connect;
    let said = run(command("lpstat", &["-e"]), &[], deadline).unwrap_or_default();
    said.lines().map(|line| line.trim().to_owned()).collect()
}

/// Whether the queue exists and takes jobs.
///
/// # Errors
/// [`PrinterError::Unreachable`] without CUPS or such a queue, [`PrinterError::NotReady`] for one that is stopped.
pub(super) fn query_status(
    name: &str,
    limits: PrinterLimits,
) -> Result<PrinterStatus, PrinterError> {
    let deadline = Instant::now() + limits.connect;
    let unreachable = |error: io::Error| PrinterError::Unreachable(error.to_string());
    let state = run(command("lpstat", &["-p", name]), &[], deadline).map_err(unreachable)?;
    // CUPS' own words with the locale C: "printer NAME disabled since …".
    if state.starts_with(&format!("printer {name} disabled")) {
        return Err(PrinterError::NotReady("its queue is stopped"));
    }
    let accepts = run(command("lpstat", &["-a", name]), &[], deadline).map_err(unreachable)?;
    if accepts.starts_with(&format!("{name} not accepting")) {
        return Err(PrinterError::NotReady("its queue takes no jobs"));
    }
    Ok(PrinterStatus::NoStatus)
}

/// Hands a job to the queue as it is (`raw`) and waits until the queue has handed it on. One that stays is cancelled,
/// so that it is not printed hours later.
///
/// # Errors
/// Those of [`query_status`]; [`PrinterError::Failed`] when the queue refuses the job or keeps it.
pub(super) fn print(
    name: &str,
    job: &[u8],
    begin: impl FnOnce() -> Result<(), PrinterError>,
    limits: PrinterLimits,
) -> Result<PrintOutcome, PrinterError> {
    let deadline = Instant::now() + limits.whole;
    query_status(name, limits)?;
    let failed = |error: io::Error| PrinterError::Failed(error.to_string());
    begin()?;
    let lp = command("lp", &["-d", name, "-t", "Ringup", "-o", "raw"]);
    let answer = run(lp, job, deadline).map_err(failed)?;
    // "request id is NAME-12 (1 file(s))"
    let id = answer
        .split_whitespace()
        .find(|word| {
            word.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with('-'))
        })
        .ok_or_else(|| PrinterError::Failed("the queue gave the job no number".to_owned()))?;
    loop {
        let waiting = command("lpstat", &["-W", "not-completed", "-o", name]);
        let waiting = run(waiting, &[], deadline);
        if waiting.is_ok_and(|jobs| !jobs.split_whitespace().any(|word| word == id)) {
            return Ok(PrintOutcome::Unconfirmed);
        }
        if Instant::now() + ASK_EVERY >= deadline {
            let soon = Instant::now() + limits.answer;
            let cancelled = run(command("cancel", &[id]), &[], soon);
            tracing::warn!(
                job = id,
                cancelled = cancelled.is_ok(),
                "the queue kept the job"
            );
            return Err(PrinterError::Failed(
                "its queue did not hand the job on, and it was cancelled".to_owned(),
            ));
        }
        std::thread::sleep(ASK_EVERY);
    }
}

fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        // Their words are read, so they must be in one language.
        .env("LC_ALL", "C")
        .env_remove("LANGUAGE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What the command printed.
///
/// # Errors
/// `TimedOut` when it has not ended by then (it is killed), `Other` with its words when it failed.
fn run(mut command: Command, input: &[u8], deadline: Instant) -> io::Result<String> {
    let mut child = command.spawn().map_err(|error| {
        let program = command.get_program().to_string_lossy().into_owned();
        io::Error::new(error.kind(), format!("{program} (of CUPS): {error}"))
    })?;
    let written = child.stdin.take().map(|mut stdin| stdin.write_all(input));
    let status = loop {
        match child.try_wait()? {
            Some(status) => break status,
            None if Instant::now() >= deadline => {
                child.kill().ok();
                child.wait().ok();
                return Err(io::Error::new(ErrorKind::TimedOut, "CUPS does not answer"));
            }
            None => std::thread::sleep(LOOK_EVERY),
        }
    };
    let (out, errors) = (read(&mut child, true), read(&mut child, false));
    if !status.success() {
        return Err(io::Error::other(errors.trim().to_owned()));
    }
    written.transpose()?;
    Ok(out)
}

/// What the command wrote: a few lines, so no pipe is ever full.
fn read(child: &mut Child, output: bool) -> String {
    let mut text = Vec::new();
    if output {
        child
            .stdout
            .take()
            .map(|mut out| out.read_to_end(&mut text));
    } else {
        child
            .stderr
            .take()
            .map(|mut errors| errors.read_to_end(&mut text));
    }
    String::from_utf8_lossy(&text).into_owned()
}
