//! The real program, run and read, and the practice gateway that it starts, remote-controlled.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use serde_json::{Value, json};

use crate::desktop::{Desktop, wait_until};

/// A program that says nothing for so long has lost its way.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running program whose lines are read one by one. It is ended with the test.
pub(crate) struct Program {
    child: Child,
    lines: mpsc::Receiver<String>,
    errors: mpsc::Receiver<String>,
}

impl Program {
    pub(crate) fn start(command: &mut Command) -> Self {
        Self::start_with(command, "")
    }

    /// With this on its standard input.
    fn start_with(command: &mut Command, input: &str) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that refuses to start does not read it.
        stdin.write_all(input.as_bytes()).ok();
        Self {
            lines: lines(child.stdout.take().unwrap()),
            errors: lines(child.stderr.take().unwrap()),
            child,
        }
    }

    /// The next line; `None` when it has said its last.
    pub(crate) fn line(&mut self) -> Option<String> {
        next(&self.lines)
    }

    /// The next line, which is a sale in JSON.
    pub(crate) fn sale(&mut self) -> Value {
        let Some(line) = self.line() else {
            let errors: Vec<_> = std::iter::from_fn(|| next(&self.errors)).collect();
            panic!("it ends: {}, {errors:?}", self.child.wait().unwrap());
        };
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("a line of JSON, not {line}"))
    }

    /// The next line of its standard error.
    pub(crate) fn error(&mut self) -> Option<String> {
        next(&self.errors)
    }

    /// The sale once it is in this state.
    pub(crate) fn sale_when(&mut self, state: &str) -> Value {
        loop {
            let sale = self.sale();
            if sale["state"] == state {
                return sale;
            }
        }
    }

    /// As `kill` names it.
    pub(crate) fn id(&self) -> String {
        self.child.id().to_string()
    }

    /// SIGKILL.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Its exit code and what it wrote to standard error.
    pub(crate) fn ended(self) -> (i32, String) {
        let (code, _, errors) = self.told();
        (code, errors)
    }

    /// Its exit code and the rest of what it said.
    pub(crate) fn told(mut self) -> (i32, String, String) {
        let rest = |lines| {
            let lines = std::iter::from_fn(|| next(lines));
            lines.map(|line| line + "\n").collect()
        };
        let (out, errors): (String, String) = (rest(&self.lines), rest(&self.errors));
        let status = self.child.wait().unwrap();
        let code = status.code();
        let code = code.unwrap_or_else(|| panic!("{status} after {out}{errors}"));
        (code, out, errors)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn lines(from: impl Read + Send + 'static) -> mpsc::Receiver<String> {
    let (said, heard) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines() {
            // The test may have heard enough.
            said.send(line.unwrap()).ok();
        }
    });
    heard
}

fn next(lines: &mpsc::Receiver<String>) -> Option<String> {
    match lines.recv_timeout(PATIENCE) {
        Ok(line) => Some(line),
        Err(RecvTimeoutError::Disconnected) => None,
        Err(RecvTimeoutError::Timeout) => panic!("the program says nothing and does not end"),
    }
}

/// Runs a command to its end: exit code, standard output, standard error.
pub(crate) fn run(command: &mut Command) -> (i32, String, String) {
    Program::start(command).told()
}

/// The same with this on its standard input.
pub(crate) fn run_with(command: &mut Command, input: &str) -> (i32, String, String) {
    Program::start_with(command, input).told()
}

/// Runs `ringup key set` with this on its standard input.
pub(crate) fn key_set(mut ringup: Command, key: &str) -> (i32, String, String) {
    let command = ringup.args(["key", "set"]);
    Program::start_with(command, &format!("{key}\n")).told()
}

/// The code that a failed command names first on standard error.
pub(crate) fn said(errors: &str) -> &str {
    errors.split(':').next().unwrap()
}

/// `ringup practice-gateway`, and its control API over HTTP.
pub(crate) struct Remote {
    program: Program,
    pub(crate) url: String,
    port: u16,
}

impl Remote {
    /// Starts it on a free port.
    pub(crate) fn start(desktop: &Desktop) -> Self {
        Self::start_as(desktop.ringup().arg("practice-gateway"))
    }

    /// Starts it as told.
    pub(crate) fn start_as(command: &mut Command) -> Self {
        let mut program = Program::start(command);
        let first = program.line().unwrap();
        let url = first.strip_prefix("RINGUP_API_URL=").unwrap().to_owned();
        let host = url.strip_prefix("http://127.0.0.1:").unwrap();
        let port = host.strip_suffix("/v1").unwrap().parse().unwrap();
        Self { program, url, port }
    }

    /// The program, told of this gateway and to ask it fast.
    pub(crate) fn ringup(&self, desktop: &Desktop) -> Command {
        let mut ringup = desktop.ringup();
        ringup
            .env("RINGUP_API_URL", &self.url)
            .env("RINGUP_POLL_MS", "30");
        ringup
    }

    /// What happens to an invoice: `pay`, `end`, …
    pub(crate) fn act(&self, sale: &Value, verb: &str) {
        self.act_with(sale, verb, &json!({}));
    }

    pub(crate) fn act_with(&self, sale: &Value, verb: &str, body: &Value) {
        let id = sale["invoice_id"].as_str().unwrap();
        self.call("POST", &format!("/control/invoices/{id}/{verb}"), body);
    }

    /// Adds a fault rule.
    pub(crate) fn spoil(&self, rule: &Value) {
        self.call("POST", "/control/faults", rule);
    }

    /// Drops every fault rule.
    pub(crate) fn be_well(&self) {
        self.call("DELETE", "/control/faults", &json!({}));
    }

    /// How often an endpoint was called.
    pub(crate) fn count(&self, endpoint: &str) -> u64 {
        let answer = self.call("GET", "/control/requests", &json!({}));
        answer["counts"][endpoint].as_u64().unwrap()
    }

    /// Waits until an endpoint has been called so often.
    pub(crate) fn called(&self, endpoint: &str, count: u64) {
        wait_until("the gateway is called", || self.count(endpoint) >= count);
    }

    /// One call. The server closes after it, so that the end of the answer is plain to see.
    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let (port, body) = (self.port, body.to_string());
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 2"), "{method} {path}: {answer}");
        serde_json::from_str(body).unwrap_or(Value::Null)
    }

    /// The program itself.
    pub(crate) fn into_program(self) -> Program {
        self.program
    }
}
