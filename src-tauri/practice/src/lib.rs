//! The practice gateway: the merchant API of cru.cash and its pay page over real HTTP on loopback.
//!
//! It exists so that a till can be learned, demonstrated and tested without a key, a network or
//! money. It is written from the API's documentation alone and shares no code with the till's
//! client, so that one mistake is not made on both sides.
//!
//! [`start`] binds `127.0.0.1` and serves:
//!
//! | path | what |
//! |---|---|
//! | `POST /v1/invoice/create`, `POST /v1/invoice/info` | the API, with every documented rule |
//! | `GET /invoice/{id}` | the customer's pay page (`POST …/choose` and `…/pay` are its forms) |
//! | `/control/…` | the script of the play: see [`control_http`] and, in process, [`Control`] |
//!
//! Every request must name a loopback `Host`, and one that carries an `Origin` must carry this
//! server's own: a web page open elsewhere in the browser cannot play with the till.

mod act;
mod amount;
mod api;
mod clock;
mod coins;
mod connection;
mod control;
pub mod control_http;
mod error_body;
mod faults;
mod gateway;
mod guard;
mod invoice;
mod order;
mod pay_page;
mod requests;
mod send;
mod server;
mod state_file;

pub use act::{Act, FalseBody, StatusAct, Work};
pub use amount::{Amount, Currency};
pub use clock::Clock;
pub use coins::{COINS, Coin};
pub use control::{Control, ControlError, InvoiceView};
pub use faults::{ArmedRule, FaultRule, Target};
pub use invoice::{Choice, Stage, WrongStage};
pub use order::Order;
pub use requests::{Authorization, Endpoint, RequestRecord};
pub use server::{Options, PracticeGateway, StartError, start};
