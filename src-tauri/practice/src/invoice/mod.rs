//! One invoice and what can happen to it, as plain functions of its state and the time.

#[cfg(feature = "test-api")]
mod overrides;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    coins::{Coin, USDT_TRC20},
    create_request::CreateRequest,
};

/// The coin a customer picked and what they owe in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoinChoice {
    /// For example `USDT`.
    pub crypto: String,
    /// For example `TRC20`.
    pub network: String,
    /// Decimal string in the coin.
    pub crypto_amount: String,
    /// Decimal string in the coin.
    pub network_fee: String,
}

/// The state of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum InvoiceState {
    /// The customer can choose and pay.
    Waiting {
        /// The coin, once picked.
        choice: Option<CoinChoice>,
    },
    /// Over, unpaid.
    Ended {
        /// The coin, if one was picked in time.
        choice: Option<CoinChoice>,
    },
    /// Paid: it can only be settled.
    Paid {
        /// The coin it was paid in.
        choice: CoinChoice,
        /// The payment came after the end.
        late: bool,
        /// Credited to the merchant.
        settled: bool,
    },
}

impl InvoiceState {
    /// The state's name in messages: `waiting`, `ended`, `paid` or `settled`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::Ended { .. } => "ended",
            Self::Paid { settled: false, .. } => "paid",
            Self::Paid { settled: true, .. } => "settled",
        }
    }

    fn choice(&self) -> Option<&CoinChoice> {
        match self {
            Self::Waiting { choice } | Self::Ended { choice } => choice.as_ref(),
            Self::Paid { choice, .. } => Some(choice),
        }
    }
}

/// The invoice is in a state in which this cannot happen to it: the name is [`InvoiceState::as_str`]'s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the invoice is {0}")]
pub struct WrongState(pub &'static str);

/// The state before the last change, for answers of a server that lags behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Change {
    from: InvoiceState,
    at_ms: i64,
}

/// An invoice of the practice gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Invoice {
    id: String,
    #[serde(rename = "order")]
    request: CreateRequest,
    test: bool,
    created_at_unix: i64,
    expires_at_unix: i64,
    #[serde(rename = "stage")]
    state: InvoiceState,
    last_change: Option<Change>,
    #[cfg(feature = "test-api")]
    #[serde(default, rename = "lies")]
    overrides: overrides::Overrides,
}

impl Invoice {
    /// Opens an invoice; it expires `lifetime_minutes` from `now`.
    pub(crate) fn open(id: String, request: CreateRequest, test: bool, now: Timestamp) -> Self {
        let created_at_unix = now.as_second();
        Self {
            expires_at_unix: created_at_unix + i64::from(request.lifetime_minutes) * 60,
            id,
            request,
            test,
            created_at_unix,
            state: InvoiceState::Waiting { choice: None },
            last_change: None,
            #[cfg(feature = "test-api")]
            overrides: overrides::Overrides::default(),
        }
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn request(&self) -> &CreateRequest {
        &self.request
    }

    /// About what it takes in memory, bytes.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Self>() + self.request.text_bytes()
    }

    /// The customer can still pay it.
    pub(crate) fn is_waiting(&self) -> bool {
        matches!(self.state, InvoiceState::Waiting { .. })
    }

    pub(crate) fn is_test(&self) -> bool {
        self.test
    }

    pub(crate) fn created_at_unix(&self) -> i64 {
        self.created_at_unix
    }

    pub(crate) fn expires_at_unix(&self) -> i64 {
        self.expires_at_unix
    }

    pub(crate) fn state(&self) -> &InvoiceState {
        &self.state
    }

    fn enter(&mut self, state: InvoiceState, at_ms: i64) {
        let from = std::mem::replace(&mut self.state, state);
        self.last_change = Some(Change { from, at_ms });
    }

    /// Ends an unpaid invoice whose lifetime is over.
    pub(crate) fn end_if_expired(&mut self, now: Timestamp) {
        if let InvoiceState::Waiting { choice } = &self.state
            && now.as_second() >= self.expires_at_unix
        {
            let choice = choice.clone();
            let at_ms = self.expires_at_unix.saturating_mul(1000);
            self.enter(InvoiceState::Ended { choice }, at_ms);
        }
    }

    fn wrong_state<T>(&self) -> Result<T, WrongState> {
        Err(WrongState(self.state.as_str()))
    }

    /// The coin that was chosen, if the invoice still waits.
    fn waiting(&mut self, now: Timestamp) -> Result<Option<CoinChoice>, WrongState> {
        self.end_if_expired(now);
        match &self.state {
            InvoiceState::Waiting { choice } => Ok(choice.clone()),
            _ => self.wrong_state(),
        }
    }

    /// The customer picks a coin, or another one.
    pub(crate) fn choose(&mut self, coin: Coin, now: Timestamp) -> Result<(), WrongState> {
        self.waiting(now)?;
        let choice = Some(self.choice_of(coin));
        self.enter(InvoiceState::Waiting { choice }, now.as_millisecond());
        Ok(())
    }

    /// The customer pays in time, in [`USDT_TRC20`] if they picked nothing.
    pub(crate) fn pay(&mut self, now: Timestamp) -> Result<(), WrongState> {
        let choice = self.waiting(now)?;
        self.enter_paid(choice, false, now);
        Ok(())
    }

    /// The payment arrives after the end.
    pub(crate) fn pay_late(&mut self, now: Timestamp) -> Result<(), WrongState> {
        self.end_if_expired(now);
        let InvoiceState::Ended { choice } = &self.state else {
            return self.wrong_state();
        };
        let choice = choice.clone();
        self.enter_paid(choice, true, now);
        Ok(())
    }

    /// The payment is credited to the merchant.
    pub(crate) fn process(&mut self, now: Timestamp) -> Result<(), WrongState> {
        self.end_if_expired(now);
        let mut paid = self.state.clone();
        let InvoiceState::Paid { settled, .. } = &mut paid else {
            return self.wrong_state();
        };
        if std::mem::replace(settled, true) {
            return self.wrong_state();
        }
        self.enter(paid, now.as_millisecond());
        Ok(())
    }

    /// Ends an unpaid invoice before its time.
    pub(crate) fn end(&mut self, now: Timestamp) -> Result<(), WrongState> {
        let choice = self.waiting(now)?;
        self.enter(InvoiceState::Ended { choice }, now.as_millisecond());
        Ok(())
    }

    fn enter_paid(&mut self, choice: Option<CoinChoice>, late: bool, now: Timestamp) {
        let paid = InvoiceState::Paid {
            choice: choice.unwrap_or_else(|| self.choice_of(USDT_TRC20)),
            late,
            settled: false,
        };
        self.enter(paid, now.as_millisecond());
    }

    fn choice_of(&self, coin: Coin) -> CoinChoice {
        coin.choice_for(&self.request.amount, self.request.currency)
    }

    /// The answer of `info`.
    pub(crate) fn info(&self) -> Value {
        self.info_in(&self.state)
    }

    /// The answer of `info` if the invoice were in this state.
    fn info_in(&self, state: &InvoiceState) -> Value {
        let (pay_status, processing_status) = match state {
            InvoiceState::Waiting { .. } => ("not_paid", "pending"),
            InvoiceState::Ended { .. } => ("end", "pending"),
            InvoiceState::Paid { settled: false, .. } => ("paid", "processing"),
            InvoiceState::Paid { settled: true, .. } => ("paid", "processed"),
        };
        let choice = state.choice();
        let created_at = Timestamp::from_second(self.created_at_unix).unwrap_or_default();
        let answer = json!({
            "id": self.id,
            "fiat_amount": self.request.amount.text(),
            "fiat_currency": self.request.currency.code(),
            "crypto_amount": choice.map_or("0", |choice| &choice.crypto_amount),
            "network_fee": choice.map_or("0", |choice| &choice.network_fee),
            "crypto": choice.map_or("NONE", |choice| &choice.crypto),
            "network": choice.map_or("NONE", |choice| &choice.network),
            "pay_status": pay_status,
            "processing_status": processing_status,
            "is_paid": matches!(state, InvoiceState::Paid { .. }),
            "created_at": created_at.to_string(),
            "is_testing": self.test,
            "payload": self.request.payload.as_deref().unwrap_or(""),
        });
        #[cfg(feature = "test-api")]
        let answer = self.overrides.apply(answer);
        answer
    }
}

#[cfg(test)]
mod tests;
