//! Takes connections. Each has a time for its handshake and for its headers, and there are only so many at once, so that
//! a till that hangs, or a stranger, cannot keep the others out for long.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use rustls::ServerConfig;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::Office;
use super::connections::{Connections, Visitor};

/// How many connections there may be, where the system has room for so many.
const CONNECTIONS: usize = 4096;
/// How many open files are left for the database and all else.
const OTHER_FILES: usize = 192;
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
    let connections = Connections::at_most(room());
    // It ends with this set.
    let mut looking = JoinSet::new();
    looking.spawn(office.keep_looking());
    let router = TowerToHyperService::new(office.router());
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let (acceptor, router) = (acceptor.clone(), router.clone());
        connections.admit(move |slot| {
            let visitor = Visitor::new(peer.ip(), Arc::new(slot));
            let serving = tokio::spawn(async move {
                let handshake = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream));
                let Ok(Ok(stream)) = handshake.await else {
                    return;
                };
                let call = service_fn(move |mut request: Request<Incoming>| {
                    request.extensions_mut().insert(visitor.clone());
                    router.call(request)
                });
                let served = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(HEADERS)
                    .serve_connection(TokioIo::new(stream), call)
                    .await;
                if let Err(error) = served {
                    tracing::debug!(%error, "a connection broke");
                }
            });
            serving.abort_handle()
        });
    }
}

/// How many connections the system has room for: its limit of open files is raised as far as it goes.
fn room() -> usize {
    #[cfg(unix)]
    {
        let wanted = CONNECTIONS + OTHER_FILES;
        let granted = rlimit::increase_nofile_limit(u64::try_from(wanted).unwrap_or(u64::MAX));
        let granted = granted.ok().and_then(|files| usize::try_from(files).ok());
        let room = granted.unwrap_or(1024).saturating_sub(OTHER_FILES);
        room.clamp(64, CONNECTIONS)
    }
    #[cfg(not(unix))]
    CONNECTIONS
}
