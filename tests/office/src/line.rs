//! A bad line between tills and office: it delays, and cuts connections in the middle of either direction. What is sent over
//! it is encrypted, so nobody on it can repeat or reorder calls; that the proxy behind it does ([`crate::proxy`]).

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Most bytes that a connection carries before it is cut, if it is.
const CUT_WITHIN: usize = 12_000;
/// The longest delay of a piece, milliseconds.
const DELAY_MS: u64 = 8;

/// The line. It lasts as long as its runtime.
pub(crate) struct Line {
    /// Where tills find it.
    pub(crate) address: SocketAddr,
    kind: Arc<AtomicBool>,
}

impl Line {
    /// A bad line to the office on this port.
    pub(crate) async fn start(to: u16, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let kind = Arc::new(AtomicBool::new(false));
        let is_kind = Arc::clone(&kind);
        tokio::spawn(async move {
            let mut random = StdRng::seed_from_u64(seed);
            while let Ok((till, _)) = listener.accept().await {
                let Ok(office) = TcpStream::connect(("127.0.0.1", to)).await else {
                    continue;
                };
                let kind = is_kind.load(Ordering::SeqCst);
                let mut end = || match !kind && random.random_bool(0.3) {
                    true => random.random_range(0..CUT_WITHIN),
                    false => usize::MAX,
                };
                let (up, down) = (end(), end());
                let delay = if kind {
                    0
                } else {
                    random.random_range(0..DELAY_MS)
                };
                tokio::spawn(async move {
                    let (mut from_till, mut to_till) = till.into_split();
                    let (mut from_office, mut to_office) = office.into_split();
                    // Whichever is cut first cuts the other.
                    tokio::select! {
                        () = carry(&mut from_till, &mut to_office, up, delay) => {}
                        () = carry(&mut from_office, &mut to_till, down, delay) => {}
                    }
                });
            }
        });
        Self { address, kind }
    }

    /// Whether new connections are good from now on.
    pub(crate) fn be_kind(&self, kind: bool) {
        self.kind.store(kind, Ordering::SeqCst);
    }
}

/// Carries so many bytes, each piece after a delay.
async fn carry(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    mut left: usize,
    delay_ms: u64,
) {
    let mut piece = vec![0; 2048];
    while left > 0 {
        let Ok(read @ 1..) = from.read(&mut piece).await else {
            return;
        };
        tokio::time::sleep(Duration::from_millis(delay_ms)).await;
        let bytes = piece.get(..read.min(left)).unwrap_or_default();
        if to.write_all(bytes).await.is_err() {
            return;
        }
        left -= bytes.len();
    }
}
