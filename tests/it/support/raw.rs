//! A server that says whatever it is told to, HTTP or not.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::Value;

/// Counts who comes and answers them all alike.
pub(crate) struct RawServer {
    pub(crate) port: u16,
    connections: Arc<AtomicUsize>,
}

impl RawServer {
    pub(crate) fn start(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        // Ends with the test's process.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                count.fetch_add(1, Ordering::SeqCst);
                // A client that has left in the meantime is no concern of the server's.
                stream.and_then(|stream| reply(stream, &answer)).ok();
            }
        });
        Self { port, connections }
    }

    /// How many have come.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// What a [`LiarServer`] says to a request: its path, its JSON.
type Answer = Box<dyn Fn(&str, &Value) -> Vec<u8> + Send>;

/// A gateway that says what a test tells it to, whatever was asked.
#[derive(Clone)]
pub(crate) struct LiarServer {
    pub(crate) port: u16,
    answer: Arc<Mutex<Answer>>,
}

impl LiarServer {
    /// Says nothing to anyone, until it is told what to say.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let silent: Answer = Box::new(|_, _| Vec::new());
        let answer = Arc::new(Mutex::new(silent));
        let told = Arc::clone(&answer);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let told = Arc::clone(&told);
                std::thread::spawn(move || {
                    // A client that has left in the meantime is no concern of the server's.
                    stream.and_then(|stream| lie(stream, &told)).ok();
                });
            }
        });
        Self { port, answer }
    }

    /// From now on it says this.
    pub(crate) fn says(&self, answer: impl Fn(&str, &Value) -> Vec<u8> + Send + 'static) {
        *self.answer.lock().unwrap() = Box::new(answer);
    }
}

/// An answer whose end is that of the connection.
pub(crate) fn http(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status} x\r\nConnection: close\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

fn lie(mut stream: TcpStream, told: &Mutex<Answer>) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    let (path, body) = loop {
        let text = String::from_utf8_lossy(&request);
        if let Some((head, body)) = text.split_once("\r\n\r\n")
            && let Ok(body) = serde_json::from_str(body)
        {
            break (head.split(' ').nth(1).unwrap().to_owned(), body);
        }
        match stream.read(&mut piece)? {
            0 => return Ok(()),
            read => request.extend_from_slice(&piece[..read]),
        }
    };
    let answer = told.lock().unwrap()(&path, &body);
    stream.write_all(&answer)
}

/// Reads the request to its end, which is that of its JSON, and answers.
fn reply(mut stream: TcpStream, answer: &[u8]) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    while !request.ends_with(b"}") {
        match stream.read(&mut piece)? {
            0 => return Ok(()),
            read => request.extend_from_slice(&piece[..read]),
        }
    }
    stream.write_all(answer)
}

/// A port on which nobody listens.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}
