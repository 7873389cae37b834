//! The question for a tip: as the cashier's screen asks it, as the customer sees it, and the answer.

use serde::{Deserialize, Serialize};

use ringup_core::money::Money;

/// More than the settings allow, with *round up* and *no tip*.
const MAX_OFFERS: usize = 12;

/// The question for a tip, as the cashier's screen asks it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct TipQuestion {
    /// The amount without a tip.
    pub(super) amount: Money,
    pub(super) offers: Vec<TipOffer>,
}

/// A tip that the customer can choose with one touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct TipOffer {
    pub(super) kind: TipKind,
    pub(super) tip: Money,
    /// The amount with the tip.
    pub(super) total: Money,
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
        if self.offers.is_empty() || self.offers.len() > MAX_OFFERS {
            return Some("a question has 1 to 12 offers");
        }
        let is_amount =
            |money: Money| money.minor() >= 0 && money.currency() == self.amount.currency();
        let is_valid = |offer: &TipOffer| is_amount(offer.tip) && is_amount(offer.total);
        (!is_amount(self.amount) || !self.offers.iter().all(is_valid))
            .then_some("an amount is negative or of another currency")
    }
}

#[cfg(test)]
pub(super) mod tests {
    use ringup_core::money::Currency;

    use super::*;

    pub(in crate::windows) fn question() -> TipQuestion {
        let money = |minor| Money::from_minor(minor, Currency::Eur);
        let offer = |kind, tip, total| TipOffer {
            kind,
            tip: money(tip),
            total: money(total),
        };
        TipQuestion {
            amount: money(1250),
            offers: vec![
                offer(TipKind::Share { rate: 1000 }, 125, 1375),
                offer(TipKind::RoundUp, 50, 1300),
                offer(TipKind::None, 0, 1250),
            ],
        }
    }
}
