//! Starts and stops the gateway: its port, its state file, its routes.

use std::{fmt, io, net::Ipv4Addr, path::PathBuf, sync::Arc, time::Duration};

use axum::{Router, http::StatusCode, middleware, response::Response, routing::any};
use parking_lot::Mutex;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};
use uuid::Uuid;

use crate::{
    api,
    clock::Clock,
    connection::{ConnectionHandle, ConnectionListener},
    control::Control,
    control_http,
    error_body::error,
    gateway::Gateway,
    invoice::Invoice,
    loopback_only::loopback_only,
    pay_page,
    state_file::{Saved, StateFile},
    webhook::{self, Webhooks},
};

/// How long [`PracticeGateway::stop`] waits for calls that are being answered.
const STOP_WAIT: Duration = Duration::from_secs(2);

/// How the gateway runs. The default is any free port, any key, no test mode, nothing kept.
#[derive(Clone, Default)]
pub struct Options {
    /// The port on 127.0.0.1. 0: the last run's, as the state file has it, if it is free; else any.
    pub port: u16,
    /// The one accepted API key. `None`: any key that is not empty is accepted.
    pub key: Option<String>,
    /// Invoices are made in test mode (`test_mode`, `is_testing`).
    pub test_mode: bool,
    /// The file that keeps invoices over restarts; its folder must exist. `None`: they are not kept.
    pub state_file: Option<PathBuf>,
    /// The time by which invoices expire.
    pub clock: Clock,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("port", &self.port)
            .field("key", &self.key.as_ref().map(|_| "…"))
            .field("test_mode", &self.test_mode)
            .field("state_file", &self.state_file)
            .finish_non_exhaustive()
    }
}

/// Why the gateway did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken or not allowed.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Listen {
        /// The port asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The state file cannot be read or written.
    #[error("cannot use {}: {source}", path.display())]
    StateFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// A running gateway. It stops when this is dropped.
#[derive(Debug)]
pub struct PracticeGateway {
    control: Control,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
}

/// Starts a gateway on loopback. Needs a tokio runtime with time and I/O.
///
/// # Errors
/// [`StartError`]. A state file that can be read but not understood is no error: it is renamed to
/// `….unreadable` and the gateway starts empty.
pub async fn start(options: Options) -> Result<PracticeGateway, StartError> {
    let Options {
        port,
        key,
        test_mode,
        state_file,
        clock,
    } = options;
    let state_file = state_file.map(StateFile);
    let (listener, port, invoices) = restore(port, state_file.as_ref()).await?;
    let (stop, stopping) = watch::channel(false);
    let (webhooks, calls) = Webhooks::new();
    tokio::spawn(webhook::deliver(calls));
    let gateway = Arc::new(Gateway {
        webhooks,
        clock,
        key,
        control_token: Uuid::new_v4().simple().to_string(),
        test_mode,
        port,
        state_file,
        invoices: Mutex::new(invoices),
        #[cfg(feature = "test-api")]
        test: crate::test_api::TestState::default(),
        stopping,
    });
    let stopped = {
        let gateway = Arc::clone(&gateway);
        async move { gateway.stopped().await }
    };
    let service = routes(&gateway).into_make_service_with_connect_info::<ConnectionHandle>();
    let server = tokio::spawn(async move {
        let serve =
            axum::serve(ConnectionListener(listener), service).with_graceful_shutdown(stopped);
        if let Err(error) = serve.await {
            tracing::error!(%error, "practice gateway stopped");
        }
    });
    Ok(PracticeGateway {
        control: Control(gateway),
        stop,
        server,
    })
}

/// Listens on `port`, or on the last run's where it is 0 and that one is free. Gives the listener, its port and the
/// invoices that the state file holds.
async fn restore(
    port: u16,
    state_file: Option<&StateFile>,
) -> Result<(TcpListener, u16, Vec<Invoice>), StartError> {
    let failed = |file: &StateFile, source| StartError::StateFile {
        path: file.0.clone(),
        source,
    };
    let saved = match state_file {
        None => Saved::default(),
        Some(file) => file.load().map_err(|source| failed(file, source))?,
    };
    let listen = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let listener = match (port, saved.port) {
        (0, Some(last)) => match listen(last).await {
            Ok(listener) => Ok(listener),
            Err(_) => listen(0).await,
        },
        _ => listen(port).await,
    };
    let bound = listener.and_then(|listener| Ok((listener.local_addr()?.port(), listener)));
    let (port, listener) = bound.map_err(|source| StartError::Listen { port, source })?;
    if let Some(file) = state_file {
        let saved = Saved::new(port, saved.invoices.clone());
        file.save(&saved).map_err(|source| failed(file, source))?;
    }
    Ok((listener, port, saved.invoices))
}

fn routes(gateway: &Arc<Gateway>) -> Router {
    Router::new()
        .route("/v1/invoice/create", any(api::create))
        .route("/v1/invoice/info", any(api::info))
        .merge(pay_page::routes())
        .merge(control_http::routes(gateway))
        .fallback(not_found)
        .method_not_allowed_fallback(not_allowed)
        .layer(middleware::from_fn_with_state(
            Arc::clone(gateway),
            loopback_only,
        ))
        .with_state(Arc::clone(gateway))
}

async fn not_found() -> Response {
    error(StatusCode::NOT_FOUND, "not_found", "no such path")
}

async fn not_allowed() -> Response {
    error(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        "not with this method",
    )
}

impl PracticeGateway {
    /// The base of the API: `http://127.0.0.1:PORT/v1`.
    pub fn base_url(&self) -> String {
        format!("{}/v1", self.control.0.origin())
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.control.0.port
    }

    /// The bearer token of the control API over HTTP, new at each start.
    pub fn control_token(&self) -> &str {
        &self.control.0.control_token
    }

    /// What customer and gateway do with an invoice.
    pub fn control(&self) -> Control {
        self.control.clone()
    }

    /// Stops listening and closes every connection; calls that hang are cut off. The port is free
    /// afterwards.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        if tokio::time::timeout(STOP_WAIT, &mut self.server)
            .await
            .is_err()
        {
            self.server.abort();
        }
    }
}
