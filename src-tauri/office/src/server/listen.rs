//! Takes connections. Each has a time for its handshake and for its headers, and there are only so many at once, so that
//! a till that hangs, or a stranger, cannot keep the others out for long.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::Office;
use super::connections::{Connections, Visitor};

/// How many connections there may be, where the system has room for so many.
const CONNECTIONS: usize = 4096;
/// How many open files are left for the database and all else.
const OTHER_FILES: usize = 192;
/// The longest time for a handshake, and for the headers of a call.
const HANDSHAKE: Duration = Duration::from_secs(10);
const HEADERS: Duration = Duration::from_secs(10);
/// How long calls may take that are under way when the office stops: a little more than any call may.
const LAST_CALLS: Duration = Duration::from_secs(22);
/// How long to wait when the system has no more of something.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves the office on this listener, and folds what comes, until the program ends.
pub async fn serve(office: Office, listener: TcpListener, tls: Arc<ServerConfig>) {
    serve_until(office, listener, tls, std::future::pending()).await;
}

/// Serves the office until `stop`: then it takes no more connections and no more calls, and returns when those under way
/// have their answers, or have had the time for it.
pub async fn serve_until(
    office: Office,
    listener: TcpListener,
    tls: Arc<ServerConfig>,
    stop: impl Future<Output = ()>,
) {
    // Tasks of their own, because folding may keep a thread busy; they end with this set.
    let mut beside = JoinSet::new();
    beside.spawn(office.keep_folding());
    beside.spawn(office.keep_looking());
    beside.spawn(office.keep_sending());
    beside.spawn(office.keep_hinting());
    let acceptor = TlsAcceptor::from(tls);
    let connections = Connections::at_most(room());
    let router = office.clone().router();
    let (stopping, stopped) = watch::channel(false);
    let mut stop = std::pin::pin!(stop);
    loop {
        let taken = tokio::select! {
            taken = listener.accept() => taken,
            () = &mut stop => break,
        };
        let (stream, peer) = match taken {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let (acceptor, router, stopped) = (acceptor.clone(), router.clone(), stopped.clone());
        let open = office.metrics().connection();
        connections.admit(move |slot| {
            let visitor = Visitor::new(peer.ip(), Arc::new(slot));
            let serving = tokio::spawn(async move {
                let _open = open;
                let handshake = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream));
                if let Ok(Ok(stream)) = handshake.await {
                    answer(stream, router, visitor, stopped).await;
                }
            });
            serving.abort_handle()
        });
    }
    drop((listener, stopped));
    stopping.send_replace(true);
    office.end_streams();
    office.stop();
    // Each connection holds a receiver until it ends.
    if tokio::time::timeout(LAST_CALLS, stopping.closed())
        .await
        .is_err()
    {
        tracing::warn!("some calls were still under way");
    }
}

/// Answers the calls of one connection; once it is to stop, only the one that is under way.
async fn answer(
    stream: TlsStream<TcpStream>,
    router: Router,
    visitor: Visitor,
    mut stopped: watch::Receiver<bool>,
) {
    let router = TowerToHyperService::new(router);
    let call = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(visitor.clone());
        router.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .serve_connection(TokioIo::new(stream), call);
    let mut connection = std::pin::pin!(connection);
    let told = async { stopped.wait_for(|stopped| *stopped).await.is_ok() };
    let served = tokio::select! {
        served = connection.as_mut() => served,
        _ = told => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = served {
        tracing::debug!(%error, "a connection broke");
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
