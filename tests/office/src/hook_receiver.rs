//! A receiver of webhooks: real HTTP, which fails as a test wants it, and which checks each signature as the Standard
//! Webhooks convention says.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use serde_json::Value;

/// How it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HookMood {
    /// With this status, and these headers, each with its line's end.
    Says(u16, String),
    /// Not at all.
    Hangs,
    /// It reads the message, and the connection breaks.
    Drops,
    /// It answers without an end.
    Floods,
}

/// A message that came.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceivedHook {
    /// Its path.
    pub path: String,
    /// Its headers, their names small.
    pub headers: Vec<(String, String)>,
    /// Its body as it came.
    pub raw: Vec<u8>,
    /// Its body.
    pub body: Value,
    /// It was told that it is taken.
    pub said_so: bool,
}

impl ReceivedHook {
    /// A header's value; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    /// Whether one of its signatures is made with this secret.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let key = secret.strip_prefix("whsec_").unwrap();
        let key = hmac::Key::new(hmac::HMAC_SHA256, &STANDARD.decode(key).unwrap());
        let (id, at) = (self.header("webhook-id"), self.header("webhook-timestamp"));
        let mut signed = format!("{id}.{at}.").into_bytes();
        signed.extend_from_slice(&self.raw);
        let signatures = self.header("webhook-signature").split(' ');
        let mut tags = signatures.filter_map(|it| STANDARD.decode(it.strip_prefix("v1,")?).ok());
        tags.any(|tag| hmac::verify(&key, &signed, &tag).is_ok())
    }
}

struct Shared {
    mood: Mutex<HookMood>,
    came: Mutex<Vec<ReceivedHook>>,
}

/// The receiver, on a free port of this machine. It runs until the test's process ends.
#[derive(Clone)]
pub struct HookReceiver {
    /// Its port.
    pub port: u16,
    shared: Arc<Shared>,
}

impl HookReceiver {
    /// One that takes what comes.
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            mood: Mutex::new(HookMood::Says(204, String::new())),
            came: Mutex::default(),
        });
        let receiver = Self { port, shared };
        let serving = receiver.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&serving.shared);
                std::thread::spawn(move || stream.and_then(|it| serve(it, &shared)).ok());
            }
        });
        receiver
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/word?key=secret", self.port)
    }

    /// From now on it answers so.
    pub fn set_mood(&self, mood: HookMood) {
        *self.shared.mood.lock().unwrap() = mood;
    }

    /// What has come.
    pub fn came(&self) -> Vec<ReceivedHook> {
        self.shared.came.lock().unwrap().clone()
    }
}

fn serve(stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mood = shared.mood.lock().unwrap().clone();
    let mut stream = BufReader::new(stream);
    let mut first = String::new();
    stream.read_line(&mut first)?;
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut headers, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? <= 2 {
            break;
        }
        let (name, value) = line.trim_end().split_once(": ").unwrap_or_default();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().unwrap();
        }
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let mut raw = vec![0; length];
    stream.read_exact(&mut raw)?;
    let said_so = matches!(mood, HookMood::Says(200..=299, _));
    let body = serde_json::from_slice(&raw).unwrap_or(Value::Null);
    shared.came.lock().unwrap().push(ReceivedHook {
        path,
        headers,
        raw,
        body,
        said_so,
    });
    let stream = stream.get_mut();
    match mood {
        HookMood::Says(status, headers) => {
            let head = format!("HTTP/1.1 {status} x\r\nContent-Length: 0\r\n{headers}\r\n");
            stream.write_all(head.as_bytes())
        }
        HookMood::Hangs => {
            std::thread::sleep(Duration::from_secs(120));
            Ok(())
        }
        HookMood::Drops => Ok(()),
        HookMood::Floods => {
            stream.write_all(b"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n")?;
            loop {
                stream.write_all(b"4\r\nmore\r\n")?;
            }
        }
    }
}
