//! Takes connections. Each has a time for its handshake and for its headers, and there are only so many at once, so that
//! a till that hangs, or a stranger, cannot keep the others out for long.

use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use rustls::ServerConfig;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::Office;

/// How many connections there may be; the next ones wait in the system's queue.
const CONNECTIONS: usize = 2048;
/// The longest time for a handshake, and for the headers of a call.
const HANDSHAKE: Duration = Duration::from_secs(10);
const HEADERS: Duration = Duration::from_secs(10);
/// How long to wait when the system has no more of something.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves the office on this listener, and folds what comes, until the program ends.
pub async fn serve(office: Office, listener: TcpListener, tls: Arc<ServerConfig>) {
    // A task of its own, because folding may keep a thread busy; it ends with this set.
    let mut folding = JoinSet::new();
    folding.spawn(office.keep_folding());
    let acceptor = TlsAcceptor::from(tls);
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    let router = office.router();
    loop {
        let Ok(permit) = Arc::clone(&connections).acquire_owned().await else {
            return;
        };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let (acceptor, router) = (acceptor.clone(), router.clone());
        tokio::spawn(async move {
            let _permit = permit;
            let handshake = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream));
            let Ok(Ok(stream)) = handshake.await else {
                return;
            };
            let served = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEADERS)
                .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
                .await;
            if let Err(error) = served {
                tracing::debug!(%error, "a connection broke");
            }
        });
    }
}
