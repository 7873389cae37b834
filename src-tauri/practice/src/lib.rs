//! The practice gateway: the merchant API of cru.cash and its pay page over real HTTP on loopback.
//!
//! With it a till can be learned, demonstrated and tested without a key, a network or money. It is written from the
//! API's documentation alone (docs/gateway.md) and shares no code with the till's client, so that one mistake is not
//! made on both sides.
//!
//! [`start`] binds `127.0.0.1` and serves:
//!
//! | path | what |
//! |---|---|
//! | `POST /v1/invoice/create`, `POST /v1/invoice/info` | the API, with every documented rule |
//! | `GET /invoice/{id}` | the customer's pay page (`POST …/choose` and `…/pay` are its forms) |
//! | `/control/…` | what customer and gateway do with an invoice: see [`control_http`] and, in process, [`Control`] |
//!
//! When an invoice is paid, its `webhook` is called, if that is on this machine.
//!
//! Every request must name a loopback `Host`, and one that carries an `Origin` must carry this server's own: a page
//! from elsewhere in the same browser can neither pay nor control anything.
//!
//! The feature `test-api` adds what tests alone need, `test_api`: calls that fail on purpose, reports that are not
//! true, and a log of requests. The till's release build does without.

mod amount;
mod api;
mod clock;
mod coins;
mod connection;
mod control;
pub mod control_http;
mod create_request;
mod error_body;
mod gateway;
mod invoice;
mod loopback_only;
mod pay_page;
mod server;
mod state_file;
#[cfg(feature = "test-api")]
pub mod test_api;
mod webhook;

pub use amount::{Amount, Currency};
pub use api::{Authorization, Endpoint};
pub use clock::Clock;
pub use coins::{COINS, Coin};
pub use control::{Control, ControlError, InvoiceView};
pub use create_request::CreateRequest;
pub use invoice::{CoinChoice, InvoiceState, WrongState};
pub use server::{Options, PracticeGateway, StartError, start};
#[cfg(feature = "test-api")]
pub use test_api::{
    CallFault, Effect, FalseBody, FaultRule, PendingRule, RequestRecord, StatusFault, Target,
    WebhookMode,
};
