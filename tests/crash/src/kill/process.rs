//! The till's process as the loop controls it: lines in, lines out, and SIGKILL.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use ringup_core::failpoints::Failpoint;

use super::protocol::{Message, Request};
use super::sabotage::Sabotage;

/// A running till.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    requests: ChildStdin,
    messages: Receiver<Message>,
}

/// What came while the loop waited for a message.
#[derive(Debug)]
pub(crate) enum Received {
    Message(Message),
    Nothing,
    /// The process ended, although nobody killed it.
    Ended,
}

impl Process {
    pub(crate) fn start(
        program: &Path,
        folder: &Path,
        base: &str,
        arm: Option<Failpoint>,
        sabotage: Option<Sabotage>,
    ) -> io::Result<Self> {
        let mut command = Command::new(program);
        command
            .arg("till")
            .arg("--folder")
            .arg(folder)
            .args(["--base", base]);
        if let Some(point) = arm {
            command.arg("--arm").arg(serde_json::to_string(&point)?);
        }
        if let Some(sabotage) = sabotage {
            command.args(["--sabotage", sabotage.as_str()]);
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(requests), Some(lines)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("the till's process has no pipes"));
        };
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(lines).lines() {
                // The kill may have cut the last line off, which then was not sent.
                let message = line.ok().and_then(|line| serde_json::from_str(&line).ok());
                if message.is_none_or(|message| sender.send(message).is_err()) {
                    return;
                }
            }
        });
        Ok(Self {
            child,
            requests,
            messages,
        })
    }

    pub(crate) fn send(&mut self, request: &Request) -> io::Result<()> {
        let mut line = serde_json::to_string(request)?;
        line.push('\n');
        self.requests.write_all(line.as_bytes())
    }

    /// Waits for the next message, this long at most.
    pub(crate) fn receive(&self, wait: Duration) -> Received {
        match self.messages.recv_timeout(wait) {
            Ok(message) => Received::Message(message),
            Err(RecvTimeoutError::Timeout) => Received::Nothing,
            Err(RecvTimeoutError::Disconnected) => Received::Ended,
        }
    }

    /// Kills it, as a crash would; returns the messages that it had sent by then.
    pub(crate) fn kill(mut self) -> io::Result<Vec<Message>> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(self.messages.iter().collect())
    }
}
