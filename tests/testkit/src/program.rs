//! Runs the till's program, reads what it prints, and controls the practice gateway that it can start.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use serde_json::{Value, json};

use crate::{Desktop, wait_until};

/// A program that prints nothing for this long hangs.
const SILENCE: Duration = Duration::from_secs(30);

/// A running program whose lines are read one by one. It is killed when this is dropped.
#[derive(Debug)]
pub struct Program {
    child: Child,
    lines: mpsc::Receiver<String>,
    errors: mpsc::Receiver<String>,
}

impl Program {
    /// Starts a program with nothing on its standard input.
    pub fn start(command: &mut Command) -> Self {
        Self::start_with(command, "")
    }

    /// Starts a program with this on its standard input.
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

    /// The next line; `None` at the end of its output.
    pub fn line(&mut self) -> Option<String> {
        next(&self.lines)
    }

    /// The next line, which is a sale in JSON.
    pub fn sale(&mut self) -> Value {
        let Some(line) = self.line() else {
            let errors: Vec<_> = std::iter::from_fn(|| next(&self.errors)).collect();
            panic!("it ends: {}, {errors:?}", self.child.wait().unwrap());
        };
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("a line of JSON, not {line}"))
    }

    /// The next line of its standard error.
    pub fn error(&mut self) -> Option<String> {
        next(&self.errors)
    }

    /// The next line that is a sale in this state.
    pub fn sale_in_state(&mut self, state: &str) -> Value {
        loop {
            let sale = self.sale();
            if sale["state"] == state {
                return sale;
            }
        }
    }

    /// Its process id.
    pub fn id(&self) -> String {
        self.child.id().to_string()
    }

    /// Kills it (SIGKILL).
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for its end: exit code, the rest of its standard error.
    pub fn exit(self) -> (i32, String) {
        let (code, _, errors) = self.output();
        (code, errors)
    }

    /// Waits for its end: exit code, the rest of its standard output, the rest of its standard error.
    pub fn output(mut self) -> (i32, String, String) {
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
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines() {
            // The test may have stopped reading.
            sender.send(line.unwrap()).ok();
        }
    });
    receiver
}

fn next(lines: &mpsc::Receiver<String>) -> Option<String> {
    match lines.recv_timeout(SILENCE) {
        Ok(line) => Some(line),
        Err(RecvTimeoutError::Disconnected) => None,
        Err(RecvTimeoutError::Timeout) => panic!("the program prints nothing and does not end"),
    }
}

/// Runs a command to its end; returns its exit code, standard output and standard error.
pub fn run(command: &mut Command) -> (i32, String, String) {
    Program::start(command).output()
}

/// The same with this on the command's standard input.
pub fn run_with(command: &mut Command, input: &str) -> (i32, String, String) {
    Program::start_with(command, input).output()
}

/// Runs `ringup key set` with this on its standard input.
pub fn key_set(mut ringup: Command, key: &str) -> (i32, String, String) {
    let command = ringup.args(["key", "set"]);
    Program::start_with(command, &format!("{key}\n")).output()
}

/// The error code with which the standard error of a failed command begins.
pub fn error_code(errors: &str) -> &str {
    errors.split(':').next().unwrap()
}

/// `ringup practice-gateway`, a gateway in a process of its own, controlled over HTTP.
#[derive(Debug)]
pub struct GatewayProgram {
    program: Program,
    /// Its API base, for `RINGUP_API_URL`.
    pub url: String,
    port: u16,
    control_token: String,
}

impl GatewayProgram {
    /// Starts it on a free port.
    pub fn start(desktop: &Desktop) -> Self {
        Self::start_as(desktop.ringup().arg("practice-gateway"))
    }

    /// Starts it with this command.
    pub fn start_as(command: &mut Command) -> Self {
        let mut program = Program::start(command);
        let first = program.line().unwrap();
        let url = first.strip_prefix("RINGUP_API_URL=").unwrap().to_owned();
        let host = url.strip_prefix("http://127.0.0.1:").unwrap();
        let port = host.strip_suffix("/v1").unwrap().parse().unwrap();
        let second = program.line().unwrap();
        let token = second.strip_prefix("CONTROL_TOKEN=").unwrap();
        Self {
            control_token: token.to_owned(),
            program,
            url,
            port,
        }
    }

    /// The till's program, set to ask this gateway every 30 ms.
    pub fn ringup(&self, desktop: &Desktop) -> Command {
        let mut ringup = desktop.ringup();
        ringup
            .env("RINGUP_API_URL", &self.url)
            .env("RINGUP_POLL_MS", "30");
        ringup
    }

    /// Does something to a sale's invoice: `pay`, `end`, …
    pub fn act(&self, sale: &Value, verb: &str) {
        self.act_with(sale, verb, &json!({}));
    }

    /// The same with a JSON body.
    pub fn act_with(&self, sale: &Value, verb: &str, body: &Value) {
        let id = sale["invoice_id"].as_str().unwrap();
        self.call("POST", &format!("/control/invoices/{id}/{verb}"), body);
    }

    /// Adds a fault rule.
    pub fn add_fault(&self, rule: &Value) {
        self.call("POST", "/control/faults", rule);
    }

    /// Removes every fault rule.
    pub fn clear_faults(&self) {
        self.call("DELETE", "/control/faults", &json!({}));
    }

    /// How often an endpoint was called.
    pub fn count(&self, endpoint: &str) -> u64 {
        let answer = self.call("GET", "/control/requests", &json!({}));
        answer["counts"][endpoint].as_u64().unwrap()
    }

    /// The bodies of the calls of an endpoint, oldest first.
    pub fn requests(&self, endpoint: &str) -> Vec<Value> {
        let answer = self.call("GET", "/control/requests", &json!({}));
        let requests = answer["requests"].as_array().unwrap();
        let of_endpoint = requests.iter().filter(|it| it["endpoint"] == endpoint);
        of_endpoint.map(|it| it["body"].clone()).collect()
    }

    /// How it calls webhooks from now on.
    pub fn set_webhooks(&self, mode: &Value) {
        self.call("POST", "/control/webhooks", mode);
    }

    /// Waits until an endpoint has been called this often in all.
    pub fn wait_for_calls(&self, endpoint: &str, count: u64) {
        wait_until("the gateway is called", || self.count(endpoint) >= count);
    }

    /// Makes one call. The server closes the connection after it, which marks the end of the answer.
    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let (port, body) = (self.port, body.to_string());
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
             Authorization: Bearer {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.control_token,
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
    pub fn into_program(self) -> Program {
        self.program
    }
}
