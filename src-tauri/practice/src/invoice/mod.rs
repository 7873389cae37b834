//! One invoice and what can happen to it, as plain functions of its state and the time.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    coins::{Coin, USDT_TRC20},
    order::Order,
};

/// The coin a customer picked and what they owe in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// For example `USDT`.
    pub crypto: String,
    /// For example `TRC20`.
    pub network: String,
    /// Decimal string in the coin.
    pub crypto_amount: String,
    /// Decimal string in the coin.
    pub network_fee: String,
}

/// Where an invoice stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Stage {
    /// The customer can choose and pay.
    Waiting {
        /// The coin, once picked.
        choice: Option<Choice>,
    },
    /// Over, unpaid.
    Ended {
        /// The coin, if one was picked in time.
        choice: Option<Choice>,
    },
    /// Paid: nothing but settlement happens any more.
    Paid {
        /// The coin it was paid in.
        choice: Choice,
        /// The payment came after the end.
        late: bool,
        /// Credited to the merchant.
        settled: bool,
    },
}

impl Stage {
    /// One word for messages.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::Ended { .. } => "ended",
            Self::Paid { settled: false, .. } => "paid",
            Self::Paid { settled: true, .. } => "settled",
        }
    }

    fn choice(&self) -> Option<&Choice> {
        match self {
            Self::Waiting { choice } | Self::Ended { choice } => choice.as_ref(),
            Self::Paid { choice, .. } => Some(choice),
        }
    }
}

/// The invoice stands where this cannot happen to it; the word is [`Stage::word`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the invoice is {0}")]
pub struct WrongStage(pub &'static str);

/// Which state `info` answers from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    /// As it is.
    Now,
    /// As it was before its last change; with a time, only if that change is younger.
    Before { for_ms: Option<u64> },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Change {
    from: Stage,
    at_ms: i64,
}

/// What the control API made `info` say against the truth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Lies {
    set: Map<String, Value>,
    omit: BTreeSet<String>,
}

/// An invoice of the practice gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Invoice {
    id: String,
    order: Order,
    test: bool,
    created_at_unix: i64,
    expires_at_unix: i64,
    stage: Stage,
    last_change: Option<Change>,
    #[serde(default)]
    lies: Lies,
}

impl Invoice {
    /// Opens an invoice; it expires `lifetime_minutes` from `now`.
    pub(crate) fn open(id: String, order: Order, test: bool, now: Timestamp) -> Self {
        let created_at_unix = now.as_second();
        Self {
            expires_at_unix: created_at_unix + i64::from(order.lifetime_minutes) * 60,
            id,
            order,
            test,
            created_at_unix,
            stage: Stage::Waiting { choice: None },
            last_change: None,
            lies: Lies::default(),
        }
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn order(&self) -> &Order {
        &self.order
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

    pub(crate) fn stage(&self) -> &Stage {
        &self.stage
    }

    fn become_stage(&mut self, stage: Stage, at_ms: i64) {
        let from = std::mem::replace(&mut self.stage, stage);
        self.last_change = Some(Change { from, at_ms });
    }

    /// Lets the clock do its part: an unpaid invoice ends when its lifetime is over.
    pub(crate) fn tick(&mut self, now: Timestamp) {
        if let Stage::Waiting { choice } = &self.stage
            && now.as_second() >= self.expires_at_unix
        {
            let choice = choice.clone();
            let at_ms = self.expires_at_unix.saturating_mul(1000);
            self.become_stage(Stage::Ended { choice }, at_ms);
        }
    }

    /// The customer picks a coin, or another one.
    pub(crate) fn choose(&mut self, coin: Coin, now: Timestamp) -> Result<(), WrongStage> {
        self.tick(now);
        let Stage::Waiting { .. } = &self.stage else {
            return Err(WrongStage(self.stage.word()));
        };
        let choice = Some(self.owed_in(coin));
        self.become_stage(Stage::Waiting { choice }, now.as_millisecond());
        Ok(())
    }

    /// The customer pays in time, in [`USDT_TRC20`] if they picked nothing.
    pub(crate) fn pay(&mut self, now: Timestamp) -> Result<(), WrongStage> {
        self.tick(now);
        let Stage::Waiting { choice } = &self.stage else {
            return Err(WrongStage(self.stage.word()));
        };
        let choice = choice.clone();
        self.paid(choice, false, now);
        Ok(())
    }

    /// The payment arrives after the end.
    pub(crate) fn pay_late(&mut self, now: Timestamp) -> Result<(), WrongStage> {
        self.tick(now);
        let Stage::Ended { choice } = &self.stage else {
            return Err(WrongStage(self.stage.word()));
        };
        let choice = choice.clone();
        self.paid(choice, true, now);
        Ok(())
    }

    /// The merchant is credited.
    pub(crate) fn process(&mut self, now: Timestamp) -> Result<(), WrongStage> {
        self.tick(now);
        let Stage::Paid {
            choice,
            late,
            settled: false,
        } = &self.stage
        else {
            return Err(WrongStage(self.stage.word()));
        };
        let stage = Stage::Paid {
            choice: choice.clone(),
            late: *late,
            settled: true,
        };
        self.become_stage(stage, now.as_millisecond());
        Ok(())
    }

    /// Ends an unpaid invoice before its time.
    pub(crate) fn end(&mut self, now: Timestamp) -> Result<(), WrongStage> {
        self.tick(now);
        let Stage::Waiting { choice } = &self.stage else {
            return Err(WrongStage(self.stage.word()));
        };
        let choice = choice.clone();
        self.become_stage(Stage::Ended { choice }, now.as_millisecond());
        Ok(())
    }

    fn paid(&mut self, choice: Option<Choice>, late: bool, now: Timestamp) {
        let choice = choice.unwrap_or_else(|| self.owed_in(USDT_TRC20));
        self.become_stage(
            Stage::Paid {
                choice,
                late,
                settled: false,
            },
            now.as_millisecond(),
        );
    }

    fn owed_in(&self, coin: Coin) -> Choice {
        coin.choice_for(&self.order.amount, self.order.currency)
    }

    /// From now on `info` says these fields, whatever is true.
    pub(crate) fn set(&mut self, fields: Map<String, Value>) {
        for (field, value) in fields {
            self.lies.omit.remove(&field);
            self.lies.set.insert(field, value);
        }
    }

    /// From now on `info` leaves these fields out.
    pub(crate) fn omit(&mut self, fields: impl IntoIterator<Item = String>) {
        self.lies.omit.extend(fields);
    }

    /// `info` is honest again.
    pub(crate) fn be_honest(&mut self) {
        self.lies = Lies::default();
    }

    /// The answer of `info`. Fields that were set or omitted stay so in a stale answer too.
    pub(crate) fn info(&self, seen: Seen, now: Timestamp) -> Value {
        let stage = self.stage_seen(seen, now);
        let (pay_status, processing_status) = match stage {
            Stage::Waiting { .. } => ("not_paid", "pending"),
            Stage::Ended { .. } => ("end", "pending"),
            Stage::Paid { settled: false, .. } => ("paid", "processing"),
            Stage::Paid { settled: true, .. } => ("paid", "processed"),
        };
        let choice = stage.choice();
        let created_at = Timestamp::from_second(self.created_at_unix).unwrap_or_default();
        let mut answer = json!({
            "id": self.id,
            "fiat_amount": self.order.amount.text(),
            "fiat_currency": self.order.currency.code(),
            "crypto_amount": choice.map_or("0", |choice| &choice.crypto_amount),
            "network_fee": choice.map_or("0", |choice| &choice.network_fee),
            "crypto": choice.map_or("NONE", |choice| &choice.crypto),
            "network": choice.map_or("NONE", |choice| &choice.network),
            "pay_status": pay_status,
            "processing_status": processing_status,
            "is_paid": matches!(stage, Stage::Paid { .. }),
            "created_at": created_at.to_string(),
            "is_testing": self.test,
            "payload": self.order.payload.as_deref().unwrap_or(""),
        });
        if let Some(fields) = answer.as_object_mut() {
            fields.extend(self.lies.set.clone());
            fields.retain(|field, _| !self.lies.omit.contains(field));
        }
        answer
    }

    fn stage_seen(&self, seen: Seen, now: Timestamp) -> &Stage {
        match (seen, &self.last_change) {
            (Seen::Before { for_ms: None }, Some(change)) => &change.from,
            (
                Seen::Before {
                    for_ms: Some(for_ms),
                },
                Some(change),
            ) => {
                let age_ms = now.as_millisecond().saturating_sub(change.at_ms);
                match u64::try_from(age_ms) {
                    Ok(age_ms) if age_ms >= for_ms => &self.stage,
                    _ => &change.from,
                }
            }
            _ => &self.stage,
        }
    }
}

#[cfg(test)]
mod tests;
