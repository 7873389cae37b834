//! The loop's hand on the till's process: lines in, lines out, SIGKILL.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use ringup_core::failpoints::Failpoint;

use super::protocol::{Asked, Said};
use super::sabotage::Sabotage;

/// A till that lives.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    orders: ChildStdin,
    said: Receiver<Said>,
}

/// What came while the loop listened.
#[derive(Debug)]
pub(crate) enum Heard {
    Line(Said),
    Nothing,
    /// It ended, although nobody killed it.
    Gone,
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
        let (Some(orders), Some(lines)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("the till's process has no pipes"));
        };
        let (sender, said) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(lines).lines() {
                // The kill may have cut the last line: then it was not said.
                let said = line.ok().and_then(|line| serde_json::from_str(&line).ok());
                if said.is_none_or(|said| sender.send(said).is_err()) {
                    return;
                }
            }
        });
        Ok(Self {
            child,
            orders,
            said,
        })
    }

    pub(crate) fn ask(&mut self, asked: &Asked) -> io::Result<()> {
        let mut line = serde_json::to_string(asked)?;
        line.push('\n');
        self.orders.write_all(line.as_bytes())
    }

    pub(crate) fn listen(&self, wait: Duration) -> Heard {
        match self.said.recv_timeout(wait) {
            Ok(said) => Heard::Line(said),
            Err(RecvTimeoutError::Timeout) => Heard::Nothing,
            Err(RecvTimeoutError::Disconnected) => Heard::Gone,
        }
    }

    /// Ends it as a crash does, and gives what it had said by then.
    pub(crate) fn kill(mut self) -> io::Result<Vec<Said>> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(self.said.iter().collect())
    }
}
