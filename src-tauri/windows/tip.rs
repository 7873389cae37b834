//! The question for a tip: as the cashier's screen puts it, as the customer sees it, and the answer.

use serde::{Deserialize, Serialize};

use ringup_core::money::{Currency, Money};

/// More than the settings let a shop offer, with rounding up and none.
const MOST_TIPS: usize = 12;

/// The question for a tip, as the cashier's screen puts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct TipQuestion {
    /// What is to be paid without a tip. Decimal text.
    pub(super) amount: String,
    pub(super) currency: Currency,
    pub(super) offers: Vec<TipOffer>,
}

/// A tip that the customer can take with one touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct TipOffer {
    pub(super) kind: TipKind,
    /// Decimal text.
    pub(super) tip: String,
    /// With the tip. Decimal text.
    pub(super) total: String,
}

/// How a tip came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case", tag = "is")]
#[ts(export)]
pub(crate) enum TipKind {
    /// A share of the amount.
    Share {
        /// In hundredths of a per cent.
        rate: u32,
    },
    /// Up to a round amount.
    RoundUp,
    /// None at all.
    None,
}

/// The question for a tip, as the customer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct DisplayTip {
    /// Which question this is: an answer to an older one counts for nothing.
    pub(super) ask: u32,
    pub(super) question: TipQuestion,
    /// Which of the offers the customer took, counted from 0.
    pub(super) chosen: Option<u32>,
}

/// What the customer took, as the cashier's window is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct TipChosen {
    pub(crate) ask: u32,
    /// Which of the offers, counted from 0.
    pub(crate) offer: u32,
}

impl TipQuestion {
    pub(super) fn problem(&self) -> Option<&'static str> {
        let money = |text: &str| Money::parse(text, self.currency).is_ok();
        if self.offers.is_empty() || self.offers.len() > MOST_TIPS {
            return Some("a question has 1 to 12 answers");
        }
        let sound = |offer: &TipOffer| money(&offer.tip) && money(&offer.total);
        (!money(&self.amount) || !self.offers.iter().all(sound)).then_some("it holds no amount")
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
