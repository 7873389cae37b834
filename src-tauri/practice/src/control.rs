//! The script of the play, in process: what the customer does, and what goes wrong.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    coins::{COINS, Coin},
    faults::{ArmedRule, FaultRule},
    gateway::Gateway,
    invoice::{Stage, WrongStage},
    order::Order,
    requests::{Endpoint, RequestLog, RequestRecord},
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
    /// The invoice stands where this cannot happen to it.
    #[error(transparent)]
    WrongStage(#[from] WrongStage),
    /// The fault rule asks for what HTTP cannot carry.
    #[error("bad fault rule: {0}")]
    BadRule(String),
}

impl ControlError {
    /// A word for programs: `unknown_invoice`, `unknown_coin`, `wrong_stage` or `bad_rule`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownInvoice(_) => "unknown_invoice",
            Self::UnknownCoin { .. } => "unknown_coin",
            Self::WrongStage(_) => "wrong_stage",
            Self::BadRule(_) => "bad_rule",
        }
    }
}

/// All there is to see of an invoice.
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
    pub order: Order,
    /// Where it truly stands.
    pub stage: Stage,
    /// What `info` answers now, lies included.
    pub info: Value,
}

/// A handle with every power of the HTTP control API. Cheap to clone; it may outlive the server.
#[derive(Clone)]
pub struct Control(pub(crate) Arc<Gateway>);

impl Control {
    /// All invoices, the oldest first.
    pub fn invoices(&self) -> Vec<InvoiceView> {
        self.0.all()
    }

    /// One invoice.
    ///
    /// # Errors
    /// [`ControlError::UnknownInvoice`].
    pub fn invoice(&self, id: &str) -> Result<InvoiceView, ControlError> {
        self.0.look(id, |invoice, now| self.0.view(invoice, now))
    }

    /// The coins a customer can choose.
    pub fn coins(&self) -> &'static [Coin] {
        &COINS
    }

    /// The customer picks a coin, or another one.
    ///
    /// # Errors
    /// [`ControlError::UnknownCoin`]; [`ControlError::WrongStage`] unless the invoice waits.
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
    /// [`ControlError::WrongStage`] unless the invoice waits.
    pub fn pay(&self, id: &str) -> Result<InvoiceView, ControlError> {
        self.0.change(id, |invoice, now| invoice.pay(now))
    }

    /// A paid invoice is credited to the merchant (`processed`).
    ///
    /// # Errors
    /// [`ControlError::WrongStage`] unless it is paid and not yet credited.
    pub fn process(&self, id: &str) -> Result<InvoiceView, ControlError> {
        self.0.change(id, |invoice, now| invoice.process(now))
    }

    /// An unpaid invoice ends before its time.
    ///
    /// # Errors
    /// [`ControlError::WrongStage`] unless the invoice waits.
    pub fn end(&self, id: &str) -> Result<InvoiceView, ControlError> {
        self.0.change(id, |invoice, now| invoice.end(now))
    }

    /// The payment of an ended invoice arrives.
    ///
    /// # Errors
    /// [`ControlError::WrongStage`] unless the invoice has ended unpaid.
    pub fn pay_late(&self, id: &str) -> Result<InvoiceView, ControlError> {
        self.0.change(id, |invoice, now| invoice.pay_late(now))
    }

    /// From now on `info` says these fields, true or not: any name, any JSON.
    ///
    /// # Errors
    /// [`ControlError::UnknownInvoice`].
    pub fn set(&self, id: &str, fields: Map<String, Value>) -> Result<InvoiceView, ControlError> {
        self.0.change(id, |invoice, _| {
            invoice.set(fields);
            Ok(())
        })
    }

    /// From now on `info` leaves these fields out.
    ///
    /// # Errors
    /// [`ControlError::UnknownInvoice`].
    pub fn omit<F: Into<String>>(
        &self,
        id: &str,
        fields: impl IntoIterator<Item = F>,
    ) -> Result<InvoiceView, ControlError> {
        self.0.change(id, |invoice, _| {
            invoice.omit(fields.into_iter().map(Into::into));
            Ok(())
        })
    }

    /// Takes back every [`set`](Self::set) and [`omit`](Self::omit) of an invoice.
    ///
    /// # Errors
    /// [`ControlError::UnknownInvoice`].
    pub fn be_honest(&self, id: &str) -> Result<InvoiceView, ControlError> {
        self.0.change(id, |invoice, _| {
            invoice.be_honest();
            Ok(())
        })
    }

    /// Adds a fault rule after those that wait already, and gives its number.
    ///
    /// # Errors
    /// [`ControlError::BadRule`].
    pub fn add_fault(&self, rule: FaultRule) -> Result<u64, ControlError> {
        rule.act.check().map_err(ControlError::BadRule)?;
        Ok(self.0.book().faults.add(rule))
    }

    /// The rules that still wait for calls.
    pub fn faults(&self) -> Vec<ArmedRule> {
        self.0.book().faults.armed()
    }

    /// Drops every rule. Calls that already hang or wait go on doing so.
    pub fn clear_faults(&self) {
        self.0.book().faults.clear();
    }

    /// The last 5000 requests to the API, the oldest first.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.0.book().requests.recent()
    }

    /// How often an endpoint was called since the start or the last clearing.
    pub fn count(&self, endpoint: Endpoint) -> u64 {
        self.0.book().requests.count(endpoint)
    }

    /// Waits until an endpoint has been called `count` times. A call counts when it has been read,
    /// before its work is done.
    pub async fn called(&self, endpoint: Endpoint, count: u64) {
        let mut requested = self.0.requested.subscribe();
        while self.count(endpoint) < count {
            if requested.changed().await.is_err() {
                return;
            }
        }
    }

    /// Empties the request log; counts and numbers start again.
    pub fn clear_requests(&self) {
        self.0.book().requests = RequestLog::default();
    }

    /// Forgets all: invoices, rules, requests.
    pub fn reset(&self) {
        self.0.reset();
    }
}

impl std::fmt::Debug for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Control({})", self.0.origin())
    }
}
