//! The client of the cru.cash merchant API: two calls, and every rule about what their answers are
//! worth. Money is decided in [`crate::sale`]; here it is decided only what was heard.

mod base;
mod error;
mod request;
mod rules;
mod send;
mod wire;

use std::time::Duration;

use secrecy::SecretString;

pub use base::{ApiBase, BaseError};
pub use error::{CreateError, InfoError, Outcome};
pub use request::{CreateRequest, FieldError, LIFETIME_MINUTES, Reference};
pub(crate) use request::{check_lifetime, check_redirect_url, check_webhook};
pub use rules::{PayUrlError, check_pay_url, description};

use crate::clock::{Clock, UnixMs};
use crate::ids::InvoiceId;
use crate::sale::{Invoice, Report};
use send::Sender;

/// Limits of one call.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// To a connection, TLS included.
    pub connect: Duration,
    /// From the first step to the last byte of the answer.
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

/// The client. Cheap to clone; holds no key.
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

    /// The API asked.
    pub fn base(&self) -> &ApiBase {
        &self.base
    }

    /// Asks for an invoice, once. Nothing here repeats it (gateway.md, *a reply to create that never
    /// came*).
    ///
    /// # Errors
    /// [`CreateError`]; its [`outcome`](CreateError::outcome) says whether an invoice may exist.
    pub async fn create(
        &self,
        key: &SecretString,
        request: &CreateRequest,
    ) -> Result<Invoice, CreateError> {
        let body = wire::create_body(request);
        let reply = self
            .sender
            .post(self.base.endpoint("invoice/create"), key, &body)
            .await?;
        if !reply.status.is_success() {
            return Err(CreateError::of_reply(&reply));
        }
        let status = reply.status.as_u16();
        let clock_offset_ms = reply.clock_offset_ms;
        let said = wire::read_created(reply.whole_body()?)
            .map_err(|cause| CreateError::Unreadable { status, cause })?;
        let pay_url =
            check_pay_url(&said.pay_url, &self.base).map_err(|cause| CreateError::PayUrl {
                invoice_id: said.invoice_id.clone(),
                cause,
            })?;
        Ok(Invoice {
            id: said.invoice_id,
            pay_url,
            expires_at_unix: said.expires_at_unix,
            test: said.test,
            clock_offset_ms,
        })
    }

    /// Asks how an invoice is.
    ///
    /// # Errors
    /// [`InfoError`]; none of them says anything about the invoice.
    pub async fn info(&self, key: &SecretString, id: &InvoiceId) -> Result<Report, InfoError> {
        let body = wire::info_body(id);
        let reply = self
            .sender
            .post(self.base.endpoint("invoice/info"), key, &body)
            .await?;
        if !reply.status.is_success() {
            return Err(InfoError::of_reply(&reply));
        }
        wire::read_report(reply.whole_body()?).map_err(|cause| InfoError::Unreadable { cause })
    }

    /// The gateway's clock minus this machine's, milliseconds, as last heard. For countdowns only.
    pub fn clock_offset_ms(&self) -> Option<i64> {
        self.sender.clock_offset_ms()
    }

    /// When the gateway last answered anything at all.
    pub fn last_answer(&self) -> Option<UnixMs> {
        self.sender.last_answer()
    }
}
