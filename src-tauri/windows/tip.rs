//! The question for a tip: as the cashier's screen asks it, as the customer sees it, and the answer.

use serde::{Deserialize, Serialize};

use ringup_core::money::{Currency, Money};

/// More than the settings allow, with *round up* and *no tip*.
const MAX_OFFERS: usize = 12;

/// The question for a tip, as the cashier's screen asks it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct TipQuestion {
    /// The amount without a tip. Decimal text.
    pub(super) amount: String,
    pub(super) currency: Currency,
    pub(super) offers: Vec<TipOffer>,
}

/// A tip that the customer can choose with one touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct TipOffer {
    pub(super) kind: TipKind,
    /// Decimal text.
    pub(super) tip: String,
    /// The amount with the tip. Decimal text.
    pub(super) total: String,
}

/// How a tip is calculated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case", tag = "is")]
#[ts(export)]
pub(crate) enum TipKind {
    /// A share of the amount.
    Share {
        /// Hundredths of a percent.
        rate: u32,
    },
    /// The amount rounded up.
    RoundUp,
    /// No tip.
    None,
}

/// The question for a tip, as the customer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct DisplayTip {
    /// The question's number: an answer to an older question is refused.
    pub(super) ask: u32,
    pub(super) question: TipQuestion,
    /// The offer that the customer chose, counted from 0.
    pub(super) chosen: Option<u32>,
}

/// The customer's choice, as it is sent to the cashier's window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct TipChosen {
    /// The question's number.
    pub(crate) ask: u32,
    /// The offer, counted from 0.
    pub(crate) offer: u32,
}

impl TipQuestion {
    /// What is wrong with the question, in English; `None`: nothing.
    pub(super) fn problem(&self) -> Option<&'static str> {
        let money = |text: &str| Money::parse(text, self.currency).is_ok();
        if self.offers.is_empty() || self.offers.len() > MAX_OFFERS {
            return Some("a question has 1 to 12 offers");
        }
        let is_valid = |offer: &TipOffer| money(&offer.tip) && money(&offer.total);
        (!money(&self.amount) || !self.offers.iter().all(is_valid))
            .then_some("it holds text that is no amount")
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::windows) fn question() -> TipQuestion {
        let offer = |kind, tip: &str, total: &str| TipOffer {
            kind,
            tip: tip.to_owned(),
            total: total.to_owned(),
        };
        TipQuestion {
            amount: "12.50".to_owned(),
            currency: Currency::Eur,
            offers: vec![
                offer(TipKind::Share { rate: 1000 }, "1.25", "13.75"),
                offer(TipKind::RoundUp, "0.50", "13.00"),
                offer(TipKind::None, "0.00", "12.50"),
            ],
        }
    }
}
