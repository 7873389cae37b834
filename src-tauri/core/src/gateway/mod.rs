//! The client of the cru.cash merchant API (docs/gateway.md): two calls, `create` and `info`, and every rule
//! about what may be sent and what an answer is worth. It reads what the gateway says; whether a sale is paid
//! is decided in [`crate::sale`].

mod base;
mod bounded_text;
mod carrier;
mod certificate_time;
mod error;
mod pay_url;
mod request;
mod retry;
mod send;
mod wire;

use std::time::Duration;

use secrecy::SecretString;

pub(crate) use base::is_loopback;
pub use base::{ApiBase, BaseError, CRU_CASH_AUTHORITY, PRACTICE_AUTHORITY};
pub use carrier::{CarriedReply, CarriedRequest, Carrier, CarryError, Carrying, Line};
pub use certificate_time::{Blame, CertificateTime};
pub use error::{CreateError, InfoError, Outcome};
pub use pay_url::{PayUrlError, check_pay_url};
pub use request::{CreateRequest, Reference};
pub use retry::retry_delay;

use crate::clock::{Clock, UnixMs};
use crate::ids::InvoiceId;
use crate::sale::{Invoice, Report};
use send::Sender;

/// The limits of one call.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// Until the connection is made, TLS included.
    pub connect: Duration,
    /// Until the last byte of the answer is read.
    pub whole_call: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            whole_call: Duration::from_secs(15),
        }
    }
}

/// The client. It is cheap to clone and holds no key.
#[derive(Debug, Clone)]
pub struct Client {
    base: ApiBase,
    sender: Sender,
}

impl Client {
    /// A client of the API at `base`.
    ///
    /// # Errors
    /// A text for engineers when TLS cannot be set up on this machine.
    pub fn new(base: ApiBase, timeouts: Timeouts, clock: Clock) -> Result<Self, String> {
        let sender = Sender::new(&base, timeouts, clock)?;
        Ok(Self { base, sender })
    }

    /// A client of the API at `base` with this line to it.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn on_line(base: ApiBase, line: Line, clock: Clock) -> Result<Self, String> {
        match line {
            Line::Network => Self::new(base, Timeouts::default(), clock),
            Line::By(carrier) => Ok(Self {
                base,
                sender: Sender::carried(carrier, clock),
            }),
        }
    }

    /// The API's address.
    pub fn base(&self) -> &ApiBase {
        &self.base
    }

    /// Requests an invoice, once; [`retry_delay`] says whether the caller may try again. The invoice's address
    /// is checked: it can be shown.
    ///
    /// # Errors
    /// Every variant of [`CreateError`]; [`CreateError::outcome`] says whether an invoice may exist.
    pub async fn create(
        &self,
        key: &SecretString,
        request: &CreateRequest,
    ) -> Result<Invoice, CreateError> {
        let (url, body) = (
            self.base.endpoint("invoice/create"),
            wire::create_body(request),
        );
        let answer = self
            .sender
            .call(url, key, &body, wire::read_created)
            .await?;
        let invoice = answer.content;
        match check_pay_url(&invoice.pay_url, &self.base) {
            Ok(pay_url) => Ok(Invoice {
                pay_url,
                clock_offset_ms: answer.clock_offset_ms,
                ..invoice
            }),
            Err(cause) => Err(CreateError::PayUrl {
                invoice_id: invoice.id,
                cause,
            }),
        }
    }

    /// Asks for the state of an invoice.
    ///
    /// # Errors
    /// Every variant of [`InfoError`]; none of them says anything about the invoice.
    pub async fn info(&self, key: &SecretString, id: &InvoiceId) -> Result<Report, InfoError> {
        let (url, body) = (self.base.endpoint("invoice/info"), wire::info_body(id));
        let answer = self.sender.call(url, key, &body, wire::read_report).await?;
        Ok(answer.content)
    }

    /// The gateway's clock minus this machine's, milliseconds, by its last `Date` header; `None` until one
    /// came. For countdowns only.
    pub fn clock_offset_ms(&self) -> Option<i64> {
        self.sender.last_reply().clock_offset_ms
    }

    /// When the gateway last replied to a call, whatever the status; `None` until then.
    pub fn last_answer(&self) -> Option<UnixMs> {
        self.sender.last_reply().at
    }
}
