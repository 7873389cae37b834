//! A server that answers whatever a test tells it to, HTTP or not: for what no gateway should say and some may.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::Value;

/// The bytes that answer a request, made from its path and its JSON.
type Answer = Box<dyn Fn(&str, &Value) -> Vec<u8> + Send>;

struct Shared {
    answer: Mutex<Answer>,
    connections: AtomicUsize,
}

/// A server on a free port of this machine. It runs until the test's process ends.
#[derive(Clone)]
pub struct RawServer {
    /// Its port.
    pub port: u16,
    shared: Arc<Shared>,
}

impl RawServer {
    /// A server that answers every request with these bytes and then closes the connection.
    pub fn start(answer: impl Into<Vec<u8>>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let answer = answer.into();
        let shared = Arc::new(Shared {
            answer: Mutex::new(Box::new(move |_, _| answer.clone())),
            connections: AtomicUsize::new(0),
        });
        let server = Self { port, shared };
        let serving = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                serving.shared.connections.fetch_add(1, Ordering::SeqCst);
                let shared = Arc::clone(&serving.shared);
                // A client may close the connection at any moment.
                std::thread::spawn(move || stream.and_then(|stream| serve(stream, &shared)).ok());
            }
        });
        server
    }

    /// Makes the answers from the request's path and JSON from now on.
    pub fn set_answer(&self, answer: impl Fn(&str, &Value) -> Vec<u8> + Send + 'static) {
        *self.shared.answer.lock().unwrap() = Box::new(answer);
    }

    /// How many connections there have been.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }
}

/// An HTTP answer that ends with its connection.
pub fn http(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status} x\r\nConnection: close\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

/// A port on which nobody listens.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// Reads a request to its end, which is that of its JSON, if it has any, and answers it.
fn serve(mut stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    let (path, body) = loop {
        let text = String::from_utf8_lossy(&request);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let body = match head.starts_with("GET ") {
                true => Ok(Value::Null),
                false => serde_json::from_str(body),
            };
            if let Ok(body) = body {
                break (head.split(' ').nth(1).unwrap().to_owned(), body);
            }
        }
        match stream.read(&mut piece)? {
            0 => return Ok(()),
            read => request.extend_from_slice(&piece[..read]),
        }
    };
    let answer = shared.answer.lock().unwrap()(&path, &body);
    stream.write_all(&answer)
}
