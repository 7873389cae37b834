//! Tells the answer to a question from everything else that a printer sends: automatic status reports (ASB), flow
//! control, and what print servers say of their own accord, such as a greeting.
//!
//! The forms are those of Epson's ESC/POS reference (DLE EOT, GS r, GS a). Only the fixed bits of a byte are told apart
//! by them, so text may look like an answer. An answer is therefore one byte alone: when more comes with it, the
//! question is asked again after the line has gone quiet.

use std::io;
use std::time::{Duration, Instant};

use super::transport::Transport;

/// How long the line must be silent to be quiet.
const QUIET: Duration = Duration::from_millis(40);
/// How often a question is asked before what comes is taken for noise.
const ATTEMPTS: u32 = 4;
/// The most bytes that are skipped while waiting for quiet.
const MAX_SKIPPED: usize = 4096;
/// Bytes of an automatic status report after its first.
const REPORT_REST: usize = 3;

/// What came back after a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    /// One byte of the wanted form.
    Answer(u8),
    /// Nothing.
    Silence,
    /// Something, but never one byte of the wanted form alone.
    Noise,
}

/// Asks a question and waits for its answer.
///
/// # Errors
/// Those of the connection before an answer has come. What happens to it afterwards is not the answer's matter.
pub(super) fn ask(
    transport: &mut dyn Transport,
    question: &[u8],
    deadline: Instant,
    is_answer: impl Fn(u8) -> bool,
) -> io::Result<Reply> {
    for _ in 0..ATTEMPTS {
        transport.send(question, deadline)?;
        match next(transport, deadline)? {
            None => return Ok(Reply::Silence),
            Some(Unasked::Byte(byte)) => {
                // A connection that breaks now has brought its answer all the same.
                let alone = wait_for_quiet(transport).unwrap_or(true);
                if alone && is_answer(byte) {
                    return Ok(Reply::Answer(byte));
                }
            }
            Some(Unasked::Noise) => {
                wait_for_quiet(transport)?;
            }
        }
        if Instant::now() >= deadline {
            break;
        }
    }
    Ok(Reply::Noise)
}

/// Skips what is sent until the line is quiet. Returns whether it was quiet from the start, status reports aside.
///
/// # Errors
/// Those of the connection.
pub(super) fn wait_for_quiet(transport: &mut dyn Transport) -> io::Result<bool> {
    for skipped in 0..MAX_SKIPPED {
        if next_soon(transport)?.is_none() {
            return Ok(skipped == 0);
        }
    }
    Ok(false)
}

/// What was received, status reports and flow control left out.
enum Unasked {
    /// A byte that may be an answer.
    Byte(u8),
    /// A report that broke off.
    Noise,
}

fn next(transport: &mut dyn Transport, deadline: Instant) -> io::Result<Option<Unasked>> {
    loop {
        let Some(byte) = transport.receive(deadline)? else {
            return Ok(None);
        };
        if let Some(unasked) = sort(transport, byte)? {
            return Ok(Some(unasked));
        }
    }
}

fn next_soon(transport: &mut dyn Transport) -> io::Result<Option<Unasked>> {
    loop {
        let Some(byte) = transport.receive_soon(QUIET)? else {
            return Ok(None);
        };
        if let Some(unasked) = sort(transport, byte)? {
            return Ok(Some(unasked));
        }
    }
}

/// `None`: flow control, or a whole status report.
fn sort(transport: &mut dyn Transport, byte: u8) -> io::Result<Option<Unasked>> {
    if is_flow_control(byte) {
        return Ok(None);
    }
    if !is_report_start(byte) {
        return Ok(Some(Unasked::Byte(byte)));
    }
    for _ in 0..REPORT_REST {
        match transport.receive_soon(QUIET)? {
            Some(byte) if is_report_rest(byte) => {}
            _ => return Ok(Some(Unasked::Noise)),
        }
    }
    Ok(None)
}

/// `0xx1xx10`: an answer to DLE EOT.
pub(super) fn is_status(byte: u8) -> bool {
    byte & 0b1001_0011 == 0b0001_0010
}

/// `0xx0xxxx`: an answer to GS r.
pub(super) fn is_job_end(byte: u8) -> bool {
    byte & 0b1001_0000 == 0
}

/// `0xx1xx00`: the first byte of an automatic status report.
fn is_report_start(byte: u8) -> bool {
    byte & 0b1001_0011 == 0b0001_0000
}

/// `0xx0xxxx`: each of its other bytes, which alone would be an answer to GS r.
fn is_report_rest(byte: u8) -> bool {
    byte & 0b1001_0000 == 0
}

/// XON and XOFF.
fn is_flow_control(byte: u8) -> bool {
    matches!(byte, 0x11 | 0x13)
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use proptest::prelude::*;

    use super::*;

    /// A line on which each question brings the next of these bursts.
    struct Script {
        bursts: VecDeque<Vec<u8>>,
        waiting: VecDeque<u8>,
        asked: usize,
    }

    impl Script {
        fn new(bursts: &[&[u8]]) -> Self {
            Self {
                bursts: bursts.iter().map(|burst| burst.to_vec()).collect(),
                waiting: VecDeque::new(),
                asked: 0,
            }
        }
    }

    impl Transport for Script {
        fn send(&mut self, _: &[u8], _: Instant) -> io::Result<()> {
            self.asked += 1;
            self.waiting
                .extend(self.bursts.pop_front().unwrap_or_default());
            Ok(())
        }

        fn receive(&mut self, _: Instant) -> io::Result<Option<u8>> {
            Ok(self.waiting.pop_front())
        }

        fn end(&mut self, _: Instant) -> io::Result<()> {
            Ok(())
        }
    }

    fn asked(script: &mut Script, is_answer: impl Fn(u8) -> bool) -> Reply {
        let deadline = Instant::now() + Duration::from_secs(5);
        ask(script, b"?", deadline, is_answer).expect("a line")
    }

    const REPORT: [u8; 4] = [0x14, 0, 0, 0x0f];

    #[test]
    fn a_status_report_is_no_answer() {
        let mut reports = Script::new(&[&REPORT]);
        assert_eq!(asked(&mut reports, is_job_end), Reply::Silence);
        let before_and_after = [REPORT.as_slice(), &[0x00], &REPORT].concat();
        let mut answers = Script::new(&[&before_and_after]);
        assert_eq!(asked(&mut answers, is_job_end), Reply::Answer(0));
        let mut answers = Script::new(&[&[0x13, 0x12, 0x11]]);
        assert_eq!(asked(&mut answers, is_status), Reply::Answer(0x12));
    }

    #[test]
    fn words_are_no_answer_and_the_question_is_asked_again() {
        // `r` has the form of an answer, and would mean that the paper is out.
        assert!(is_status(b'r'));
        let mut greets = Script::new(&[b"ready\r\n\x12", b"\x12"]);
        assert_eq!(asked(&mut greets, is_status), Reply::Answer(0x12));
        assert_eq!(greets.asked, 2);
        let line: &[u8] = b"printer at your service\r\n";
        let mut chatters = Script::new(&[line; 9]);
        assert_eq!(asked(&mut chatters, is_status), Reply::Noise);
        assert_eq!(asked(&mut chatters, is_job_end), Reply::Noise);
    }

    proptest! {
        #[test]
        fn no_text_before_an_answer_is_taken_for_it(text in "[ -~\r\n]{1,80}", form: bool) {
            let is_answer = if form { is_status } else { is_job_end };
            let first = [text.as_bytes(), &[0x12]].concat();
            let mut script = Script::new(&[&first, &[0x12], &[0x12], &[0x12]]);
            let reply = asked(&mut script, is_answer);
            let expected = if form { Reply::Answer(0x12) } else { Reply::Noise };
            // A text may have the form of a report, and the answer stands alone then.
            prop_assert_eq!(reply, expected);
        }
    }
}
