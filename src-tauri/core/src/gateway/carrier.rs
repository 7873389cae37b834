//! What carries a request to the gateway and brings its reply. In a shop that is HTTPS ([`super::send`]); a simulation
//! brings a gateway of its own within the process, so that thousands of days need no socket and no real second. What is
//! sent, and what a reply is worth, is decided on this side of it by the same code.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// Carries requests.
pub trait Carrier: Send + Sync {
    /// Carries one request, once. The time that it takes passes on tokio's clock.
    fn carry(&self, request: CarriedRequest) -> Carrying;
}

/// A request on its way.
pub type Carrying = Pin<Box<dyn Future<Output = Result<CarriedReply, CarryError>> + Send>>;

/// A request as it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedRequest {
    /// The path below the host: `/v1/invoice/info`.
    pub path: String,
    /// Its JSON.
    pub body: String,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedReply {
    /// The HTTP status.
    pub status: u16,
    /// The header `Date`.
    pub date: Option<String>,
    /// The header `Retry-After`.
    pub retry_after: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why nothing came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CarryError {
    /// No byte left: no DNS, no connection, TLS failed.
    NotSent(String),
    /// The time was over.
    TimedOut,
    /// The connection broke after the request had left.
    Broken(String),
}

/// Who carries a till's requests.
#[derive(Clone, Default)]
pub enum Line {
    /// The network.
    #[default]
    Network,
    /// This carrier.
    By(Arc<dyn Carrier>),
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Network => "Network",
            Self::By(_) => "By(…)",
        })
    }
}
