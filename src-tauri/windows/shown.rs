//! What the customer's display shows: the sale that was last put before the customer, or the question for
//! a tip. Types of their own, so that nothing of the cashier's can slip in.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use till::error::{Code, Fault};
use till::looks::Theme;
use till::money::{Currency, Money};
use till::qr::QrImage;
use till::sale::{SaleState, SaleView};
use till::words::system_language;

use crate::counter::{Mode, OpenTill};

/// How long a sale that is over stays before the customer once the cashier is elsewhere.
const OVER_SHOWN: Duration = Duration::from_secs(20);

/// More than the settings let a shop offer, with rounding up and none.
const MOST_TIPS: usize = 12;

/// All that the display ever knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct DisplayState {
    mode: Mode,
    /// The colours that the shop chose.
    theme: Theme,
    /// The shop's name.
    shop: Option<String>,
    /// The language that the shop chose.
    language: Option<String>,
    /// BCP 47.
    system_language: String,
    /// What the customer is asked before there is a sale; it stands before any sale.
    tip: Option<DisplayTip>,
    /// What is to be paid now; none: nothing.
    sale: Option<DisplaySale>,
}

/// A sale, as far as it is the customer's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct DisplaySale {
    face: DisplayFace,
    /// Decimal text.
    amount: String,
    currency: Currency,
    /// Made in test mode.
    test: bool,
    /// Unix seconds of the gateway's clock.
    #[ts(type = "number | null")]
    expires_at: Option<i64>,
    /// The gateway's clock minus this machine's.
    #[ts(type = "number | null")]
    clock_offset_ms: Option<i64>,
    /// The customer's coin, once chosen, and how much of it.
    crypto: Option<String>,
    network: Option<String>,
    crypto_amount: Option<String>,
    qr: Option<QrImage>,
}

/// What the customer sees of a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub(crate) enum DisplayFace {
    /// The code is being asked for.
    Requesting,
    /// Here is the code.
    Awaiting,
    /// A coin was chosen.
    Chosen,
    /// Paid.
    Paid,
    /// Over, unpaid.
    Ended,
}

/// The question for a tip, as the cashier's screen puts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct TipQuestion {
    /// What is to be paid without a tip. Decimal text.
    amount: String,
    currency: Currency,
    offers: Vec<TipOffer>,
}

/// A tip that the customer can take with one touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct TipOffer {
    kind: TipKind,
    /// Decimal text.
    tip: String,
    /// With the tip. Decimal text.
    total: String,
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
    ask: u32,
    question: TipQuestion,
    /// Which of the offers the customer took, counted from 0.
    chosen: Option<u32>,
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
    fn problem(&self) -> Option<&'static str> {
        let money = |text: &str| Money::parse(text, self.currency).is_ok();
        if self.offers.is_empty() || self.offers.len() > MOST_TIPS {
            return Some("a question has 1 to 12 answers");
        }
        let sound = |offer: &TipOffer| money(&offer.tip) && money(&offer.total);
        (!money(&self.amount) || !self.offers.iter().all(sound)).then_some("it holds no amount")
    }
}

/// What is before the customer: it stays there while the cashier looks something up.
#[derive(Default)]
pub(crate) struct Customer(Mutex<Before>);

#[derive(Default)]
struct Before {
    sale: Option<(Mode, u32)>,
    /// Since when it is over with nobody at the till looking at it.
    over_since: Option<Instant>,
    tip: Option<(Mode, DisplayTip)>,
    asks: u32,
}

impl Customer {
    /// This sale is put before the customer.
    pub(crate) fn put(&self, mode: Mode, number: u32) {
        let mut before = self.before();
        before.sale = Some((mode, number));
        before.over_since = None;
        before.tip = None;
    }

    /// The cashier goes on to the next sale.
    pub(crate) fn leave(&self) {
        let mut before = self.before();
        before.sale = None;
        before.tip = None;
    }

    /// A tip is asked for: the sale before is another customer's. Gives the number of the question.
    pub(crate) fn ask(&self, mode: Mode, question: TipQuestion) -> Result<u32, Fault> {
        if let Some(problem) = question.problem() {
            return Err(Fault::new(Code::NotOffered, problem));
        }
        let mut before = self.before();
        before.sale = None;
        before.asks = before.asks.wrapping_add(1);
        let ask = before.asks;
        let tip = DisplayTip {
            ask,
            question,
            chosen: None,
        };
        before.tip = Some((mode, tip));
        Ok(ask)
    }

    /// The question is answered, or taken back.
    pub(crate) fn asked(&self) {
        self.before().tip = None;
    }

    /// The customer's answer to the question that stands before them now.
    pub(crate) fn choose(&self, ask: u32, offer: u32) -> Result<TipChosen, Fault> {
        let mut before = self.before();
        let tip = before.tip.as_mut().map(|(_, tip)| tip);
        let offered = |tip: &&mut DisplayTip| {
            let place = usize::try_from(offer).unwrap_or(usize::MAX);
            tip.ask == ask && place < tip.question.offers.len()
        };
        match tip.filter(offered) {
            Some(tip) => {
                tip.chosen = Some(offer);
                Ok(TipChosen { ask, offer })
            }
            None => Err(Fault::new(Code::NotOffered, "nobody asks for this tip")),
        }
    }

    fn tip(&self, mode: Mode) -> Option<DisplayTip> {
        let before = self.before();
        let tip = before.tip.as_ref().filter(|(of, _)| *of == mode);
        tip.map(|(_, tip)| tip.clone())
    }

    fn sale(&self, mode: Mode) -> Option<u32> {
        let sale = self.before().sale.filter(|(of, _)| *of == mode);
        sale.map(|(_, number)| number)
    }

    /// Whether the sale is still shown; one that is over and that nobody looks at goes after a while.
    fn stays(&self, over_and_left: bool, now: Instant) -> bool {
        let mut before = self.before();
        if !over_and_left {
            before.over_since = None;
            return true;
        }
        let since = *before.over_since.get_or_insert(now);
        let stays = now.saturating_duration_since(since) < OVER_SHOWN;
        if !stays {
            before.sale = None;
        }
        stays
    }

    fn before(&self) -> MutexGuard<'_, Before> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl DisplayState {
    /// What the customer may see now.
    pub(crate) async fn now(customer: &Customer, open: Option<&OpenTill>) -> Self {
        let settings = open.map(|open| open.till.settings());
        Self {
            mode: open.map_or(Mode::Live, |open| open.mode),
            theme: settings
                .as_ref()
                .map(|settings| settings.looks.theme)
                .unwrap_or_default(),
            shop: settings
                .as_ref()
                .and_then(|settings| settings.shop.name.clone()),
            language: settings.and_then(|settings| settings.language),
            system_language: system_language(),
            tip: open.and_then(|open| customer.tip(open.mode)),
            sale: match open {
                Some(open) => sale_before(customer, open).await,
                None => None,
            },
        }
    }
}

async fn sale_before(customer: &Customer, open: &OpenTill) -> Option<DisplaySale> {
    let till = &open.till;
    let sale = till.sale(customer.sale(open.mode)?).await.ok()?;
    let face = face(&sale)?;
    let over = matches!(face, DisplayFace::Paid | DisplayFace::Ended);
    let in_front = till.looked_at() == Some(sale.number);
    if !customer.stays(over && !in_front, Instant::now()) {
        return None;
    }
    let qr = match face {
        DisplayFace::Awaiting | DisplayFace::Chosen => till.qr(sale.number).await.ok(),
        DisplayFace::Requesting | DisplayFace::Paid | DisplayFace::Ended => None,
    };
    Some(DisplaySale {
        face,
        amount: sale.amount,
        currency: sale.currency,
        test: sale.test,
        expires_at: sale.expires_at,
        clock_offset_ms: sale.clock_offset_ms,
        crypto: sale.crypto,
        network: sale.network,
        crypto_amount: sale.crypto_amount,
        qr,
    })
}

/// None: what is between the cashier and the gateway is no business of the customer's.
fn face(sale: &SaleView) -> Option<DisplayFace> {
    match sale.state {
        SaleState::Requesting => Some(DisplayFace::Requesting),
        SaleState::Awaiting => Some(DisplayFace::Awaiting),
        SaleState::Chosen => Some(DisplayFace::Chosen),
        SaleState::Paid => Some(DisplayFace::Paid),
        SaleState::Ended => Some(DisplayFace::Ended),
        SaleState::Stopped | SaleState::Refused | SaleState::Uncertain | SaleState::Review => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question() -> TipQuestion {
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

    /// Every name in it, with the names above it.
    fn names(value: &serde_json::Value, above: &str, all: &mut std::collections::BTreeSet<String>) {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, value) in fields {
                    let name = format!("{above}{name}");
                    names(value, &format!("{name}."), all);
                    all.insert(name);
                }
            }
            serde_json::Value::Array(values) => {
                for value in values {
                    names(value, above, all);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn the_display_knows_this_and_nothing_of_the_cashiers() {
        let customer = Customer::default();
        customer.ask(Mode::Live, question()).expect("asked");
        let state = DisplayState {
            mode: Mode::Live,
            theme: Theme::default(),
            shop: Some(String::new()),
            language: Some(String::new()),
            system_language: String::new(),
            tip: customer.tip(Mode::Live),
            sale: Some(DisplaySale {
                face: DisplayFace::Chosen,
                amount: String::new(),
                currency: Currency::Eur,
                test: false,
                expires_at: Some(1),
                clock_offset_ms: Some(1),
                crypto: Some(String::new()),
                network: Some(String::new()),
                crypto_amount: Some(String::new()),
                qr: Some(QrImage {
                    modules: 45,
                    data_url: String::new(),
                }),
            }),
        };
        let mut all = std::collections::BTreeSet::new();
        names(&serde_json::to_value(&state).expect("JSON"), "", &mut all);
        // No number of a sale, no note, no cashier, no basket, no address, nothing of the gateway's.
        let known = "language mode sale sale.amount sale.clock_offset_ms sale.crypto sale.crypto_amount \
            sale.currency sale.expires_at sale.face sale.network sale.qr sale.qr.data_url sale.qr.modules \
            sale.test shop system_language theme tip tip.ask tip.chosen tip.question tip.question.amount \
            tip.question.currency tip.question.offers tip.question.offers.kind \
            tip.question.offers.kind.is tip.question.offers.kind.rate tip.question.offers.tip \
            tip.question.offers.total";
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        assert_eq!(all, known.split_whitespace().collect::<Vec<_>>());
    }

    #[test]
    fn the_customer_answers_the_question_before_them_and_no_other() {
        let customer = Customer::default();
        assert!(customer.choose(0, 0).is_err(), "nothing is asked");
        let first = customer.ask(Mode::Live, question()).expect("asked");
        assert!(customer.choose(first, 3).is_err(), "there are three");
        let chosen = customer.choose(first, 1).expect("offered");
        assert_eq!(
            chosen,
            TipChosen {
                ask: first,
                offer: 1
            }
        );
        assert_eq!(customer.tip(Mode::Live).and_then(|tip| tip.chosen), Some(1));
        assert_eq!(customer.tip(Mode::Practice), None);
        let second = customer.ask(Mode::Live, question()).expect("asked");
        assert!(customer.choose(first, 1).is_err(), "that was another sale");
        customer.choose(second, 2).expect("offered");
        customer.asked();
        assert!(customer.choose(second, 2).is_err(), "it is charged");
        let strange = |change: fn(&mut TipQuestion)| {
            let mut strange = question();
            change(&mut strange);
            customer.ask(Mode::Live, strange).is_err()
        };
        assert!(strange(|question| question.offers.clear()));
        assert!(strange(|question| question.amount = "twelve".to_owned()));
        assert!(strange(|question| question.offers[0].tip = "-1".to_owned()));
    }

    #[test]
    fn a_sale_stays_before_its_customer_until_it_is_over_and_left() {
        let customer = Customer::default();
        let now = Instant::now();
        customer.put(Mode::Live, 7);
        assert_eq!(customer.sale(Mode::Live), Some(7));
        assert_eq!(customer.sale(Mode::Practice), None, "another till's number");
        // Under way, or over and in front of the cashier: as long as it takes.
        assert!(customer.stays(false, now + OVER_SHOWN * 100));
        assert!(customer.stays(true, now));
        assert!(customer.stays(true, now + OVER_SHOWN / 2));
        assert!(!customer.stays(true, now + OVER_SHOWN));
        assert_eq!(customer.sale(Mode::Live), None);
        customer.put(Mode::Live, 8);
        customer.leave();
        assert_eq!(customer.sale(Mode::Live), None);
    }
}
