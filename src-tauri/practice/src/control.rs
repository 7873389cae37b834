//! What customer and gateway do with an invoice, in process: the customer chooses a coin and pays, the gateway credits
//! the payment or ends the invoice.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::{
    coins::{COINS, Coin},
    create_request::CreateRequest,
    gateway::Gateway,
    invoice::{InvoiceState, WrongState},
};

/// Why the control API refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ControlError {
    /// The gateway knows no such invoice.
    #[error("no invoice {0}")]
    UnknownInvoice(String),
    /// Not in [`COINS`].
    #[error("no coin {crypto} on {network}")]
    UnknownCoin {
        /// As asked.
        crypto: String,
        /// As asked.
        network: String,
    },
    /// The invoice is in a state in which this cannot happen to it.
    #[error(transparent)]
    WrongState(#[from] WrongState),
    /// The fault rule asks for what HTTP cannot carry.
    #[cfg(feature = "test-api")]
    #[error("bad fault rule: {0}")]
    BadRule(String),
}

impl ControlError {
    /// The error's name for programs: `unknown_invoice`, `unknown_coin`, `wrong_stage` or `bad_rule`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownInvoice(_) => "unknown_invoice",
            Self::UnknownCoin { .. } => "unknown_coin",
            Self::WrongState(_) => "wrong_stage",
            #[cfg(feature = "test-api")]
            Self::BadRule(_) => "bad_rule",
        }
    }
}

/// An invoice as the control API shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InvoiceView {
    /// The invoice.
    pub id: String,
    /// What the customer opens.
    pub pay_url: String,
    /// Unix seconds.
    pub created_at_unix: i64,
    /// Unix seconds.
    pub expires_at_unix: i64,
    /// Made in test mode.
    pub test: bool,
    /// What the shop asked for.
    #[serde(rename = "order")]
    pub request: CreateRequest,
    /// Its true state.
    #[serde(rename = "stage")]
    pub state: InvoiceState,
    /// What `info` answers now, true or not.
    pub info: Value,
}

/// A handle that does what the HTTP control API does. It is cheap to clone and may outlive the server.
#[derive(Clone)]
pub struct Control(pub(crate) Arc<Gateway>);

impl Control {
    /// All invoices, the oldest first.
    pub fn invoices(&self) -> Vec<InvoiceView> {
        self.0.invoice_views()
    }

    /// One invoice.
    ///
    /// # Errors
    /// [`ControlError::UnknownInvoice`].
    pub fn invoice(&self, id: &str) -> Result<InvoiceView, ControlError> {
        self.0.with_invoice(id, |invoice, _| self.0.view(invoice))
    }

    /// The coins a customer can choose.
    pub fn coins(&self) -> &'static [Coin] {
        &COINS
    }

    /// The customer picks a coin, or another one.
    ///
    /// # Errors
    /// [`ControlError::UnknownCoin`]; [`ControlError::WrongState`] unless the invoice waits.
    pub fn choose_coin(
        &self,
        id: &str,
        crypto: &str,
        network: &str,
    ) -> Result<InvoiceView, ControlError> {
        let coin = Coin::find(crypto, network).ok_or_else(|| ControlError::UnknownCoin {
            crypto: crypto.to_owned(),
            network: network.to_owned(),
        })?;
        self.0.change(id, |invoice, now| invoice.choose(coin, now))
    }

    /// The customer pays, in the first of [`COINS`] if none was picked.
    ///
    /// # Errors
    /// [`ControlError::WrongState`] unless the invoice waits.
    pub fn pay(&self, id: &str) -> Result<InvoiceView, ControlError> {
        self.0.change(id, |invoice, now| invoice.pay(now))
    }

    /// A paid invoice is credited to the merchant (`processed`).
    ///
    /// # Errors
    /// [`ControlError::WrongState`] unless it is paid and not yet credited.
    pub fn process(&self, id: &str) -> Result<InvoiceView, ControlError> {
        self.0.change(id, |invoice, now| invoice.process(now))
    }

    /// An unpaid invoice ends before its time.
    ///
    /// # Errors
    /// [`ControlError::WrongState`] unless the invoice waits.
    pub fn end(&self, id: &str) -> Result<InvoiceView, ControlError> {
        self.0.change(id, |invoice, now| invoice.end(now))
    }

    /// The payment of an ended invoice arrives.
    ///
    /// # Errors
    /// [`ControlError::WrongState`] unless the invoice has ended unpaid.
    pub fn pay_late(&self, id: &str) -> Result<InvoiceView, ControlError> {
        self.0.change(id, |invoice, now| invoice.pay_late(now))
    }

    /// Forgets all invoices, and whatever a test has set up.
    pub fn reset(&self) {
        self.0.reset();
    }
}

impl std::fmt::Debug for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Control({})", self.0.origin())
    }
}
