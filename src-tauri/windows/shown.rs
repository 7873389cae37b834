//! What the customer's display shows of what is before the customer. Types of its own, so that nothing of
//! the cashier's can slip in.

use std::time::Instant;

use serde::Serialize;

use ringup_core::i18n::system_language;
use ringup_core::money::Currency;
use ringup_core::qr::QrImage;
use ringup_core::sale::{SaleState, SaleView};
use ringup_core::settings::Theme;

use super::customer::Customer;
use super::tip::DisplayTip;
use crate::counter::{Mode, OpenTill};

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
    use crate::windows::tip::tests::question;

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
}
