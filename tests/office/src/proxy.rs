//! A proxy that stands where a load balancer stands, with the office's own certificate, so that it can do what no line can:
//! lose a request or only its answer, send a request twice, bring one again long after, bring an answer late in the place
//! of the next one, or to another till.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::serve::Listener;
use parking_lot::Mutex;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use ringup_office::certificate::Certificate;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::trial::Stats;

/// How many old requests it remembers.
const KEPT: usize = 200;
/// The longest delay of a request or an answer, milliseconds.
const DELAY_MS: u64 = 60;
/// What of a request the office is to see.
const PASSED_ON: [HeaderName; 3] = [AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE];

/// The proxy. It lasts as long as its runtime.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    between: Arc<Between>,
}

struct Between {
    offices: Vec<u16>,
    http: reqwest::Client,
    is_kind: AtomicBool,
    memory: Mutex<Memory>,
}

/// What it remembers.
struct Memory {
    random: StdRng,
    requests: VecDeque<Request>,
    /// The last answer to each token.
    answers: HashMap<Vec<u8>, Answer>,
    lost: u32,
    repeated: u32,
    reordered: u32,
}

#[derive(Clone)]
struct Request {
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Bytes,
}

#[derive(Clone)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// What it does to one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mischief {
    None,
    LoseRequest,
    LoseAnswer,
    Repeat,
    AnswerOfBefore,
    AnswerOfAnother,
}

impl Proxy {
    /// A proxy to the offices on these ports, whose keys are in this folder.
    pub(crate) async fn start(folder: &Path, offices: Vec<u16>, seed: u64) -> Self {
        let certificate = Certificate::own(&folder.join("office.pem")).unwrap();
        let tcp = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = tcp.local_addr().unwrap();
        let acceptor = TlsAcceptor::from(certificate.server_config().unwrap());
        // The first installation stays; a second is refused, which is harmless.
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = reqwest::Client::builder()
            .tls_danger_accept_invalid_certs(true)
            .build();
        let between = Arc::new(Between {
            offices,
            http: http.unwrap(),
            is_kind: AtomicBool::new(false),
            memory: Mutex::new(Memory {
                random: StdRng::seed_from_u64(seed),
                requests: VecDeque::new(),
                answers: HashMap::new(),
                lost: 0,
                repeated: 0,
                reordered: 0,
            }),
        });
        let router = Router::new()
            .fallback(pass)
            .with_state(Arc::clone(&between));
        tokio::spawn(axum::serve(Tls { tcp, acceptor }, router).into_future());
        Self { address, between }
    }

    /// Whether it passes everything on as it is from now on. What it still keeps comes late all the same.
    pub(crate) fn be_kind(&self, kind: bool) {
        self.between.is_kind.store(kind, Ordering::SeqCst);
    }

    /// What it did.
    pub(crate) fn count(&self, stats: &mut Stats) {
        let memory = self.between.memory.lock();
        stats.lost += memory.lost;
        stats.repeated += memory.repeated;
        stats.reordered += memory.reordered;
    }
}

/// Takes TLS connections for axum.
struct Tls {
    tcp: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let Ok((stream, address)) = self.tcp.accept().await else {
                continue;
            };
            let handshake = self.acceptor.accept(stream);
            let shaken = tokio::time::timeout(Duration::from_millis(500), handshake).await;
            if let Ok(Ok(stream)) = shaken {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.tcp.local_addr()
    }
}

/// Passes a call on, or not quite.
async fn pass(
    State(between): State<Arc<Between>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut kept = HeaderMap::new();
    for name in PASSED_ON {
        if let Some(value) = headers.get(&name) {
            kept.insert(name, value.clone());
        }
    }
    let request = Request {
        method,
        path: uri.path().to_owned(),
        headers: kept,
        body,
    };
    let (mischief, before, after) = between.think_of(&request);
    tokio::time::sleep(before).await;
    let answer = match mischief {
        Mischief::LoseRequest => None,
        Mischief::LoseAnswer => between.ask(&request).await.and(None),
        Mischief::Repeat => {
            let (first, second) = tokio::join!(between.ask(&request), between.ask(&request));
            second.or(first)
        }
        Mischief::None => between.ask(&request).await,
        Mischief::AnswerOfBefore | Mischief::AnswerOfAnother => {
            let right = between.ask(&request).await;
            between.other_answer(&request, mischief).or(right)
        }
    };
    tokio::time::sleep(after).await;
    match answer {
        Some(answer) => (answer.status, answer.headers, answer.body).into_response(),
        None => StatusCode::BAD_GATEWAY.into_response(),
    }
}

impl Between {
    /// What to do to this request, and how long to wait before and after it. An old one may go first or come after.
    fn think_of(self: &Arc<Self>, request: &Request) -> (Mischief, Duration, Duration) {
        let mut memory = self.memory.lock();
        let memory = &mut *memory;
        if self.is_kind.load(Ordering::SeqCst) {
            return (Mischief::None, Duration::ZERO, Duration::ZERO);
        }
        let random = &mut memory.random;
        let mut delay = || match random.random_bool(0.15) {
            true => Duration::from_millis(random.random_range(0..DELAY_MS)),
            false => Duration::ZERO,
        };
        let (before, after, old_after) = (delay(), delay(), delay());
        let mischief = match memory.random.random_range(0..100) {
            0..5 => Mischief::LoseRequest,
            5..12 => Mischief::LoseAnswer,
            12..22 => Mischief::Repeat,
            22..28 => Mischief::AnswerOfBefore,
            28..31 => Mischief::AnswerOfAnother,
            _ => Mischief::None,
        };
        match mischief {
            Mischief::LoseRequest | Mischief::LoseAnswer => memory.lost += 1,
            Mischief::Repeat => memory.repeated += 1,
            _ => {}
        }
        if memory.random.random_bool(0.15) && !memory.requests.is_empty() {
            let at = memory.random.random_range(0..memory.requests.len());
            if let Some(old) = memory.requests.get(at).cloned() {
                memory.reordered += 1;
                let between = Arc::clone(self);
                tokio::spawn(async move {
                    tokio::time::sleep(old_after).await;
                    between.ask(&old).await
                });
            }
        }
        if memory.requests.len() >= KEPT {
            memory.requests.pop_front();
        }
        memory.requests.push_back(request.clone());
        (mischief, before, after)
    }

    /// An answer that was meant for an earlier call of this till, or for another till.
    fn other_answer(&self, request: &Request, mischief: Mischief) -> Option<Answer> {
        let mut memory = self.memory.lock();
        let own = request.headers.get(AUTHORIZATION)?.as_bytes();
        let other = match mischief {
            Mischief::AnswerOfBefore => memory.answers.get(own),
            _ => memory
                .answers
                .iter()
                .find_map(|(token, answer)| (token.as_slice() != own).then_some(answer)),
        };
        let other = other.cloned()?;
        memory.reordered += 1;
        Some(other)
    }

    /// Asks one of the offices that are there.
    async fn ask(&self, request: &Request) -> Option<Answer> {
        let first = {
            let mut memory = self.memory.lock();
            memory.random.random_range(0..self.offices.len())
        };
        for place in 0..self.offices.len() {
            let port = self.offices.get((first + place) % self.offices.len())?;
            let url = format!("https://127.0.0.1:{port}{}", request.path);
            let call = self
                .http
                .request(request.method.clone(), url)
                .headers(request.headers.clone())
                .body(request.body.clone());
            let response = match call.send().await {
                Ok(response) => response,
                // It does not listen: another may.
                Err(error) if error.is_connect() => continue,
                Err(_) => return None,
            };
            let (status, mut headers) = (response.status(), HeaderMap::new());
            if let Some(kind) = response.headers().get(CONTENT_TYPE) {
                headers.insert(CONTENT_TYPE, kind.clone());
            }
            let body = response.bytes().await.ok()?;
            let answer = Answer {
                status,
                headers,
                body,
            };
            if let Some(token) = request
                .headers
                .get(AUTHORIZATION)
                .filter(|_| status.is_success())
            {
                let mut memory = self.memory.lock();
                memory
                    .answers
                    .insert(token.as_bytes().to_vec(), answer.clone());
            }
            return Some(answer);
        }
        None
    }
}
