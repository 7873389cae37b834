//! What the customer's display shows. It has types of its own, so that a field that is added to a sale for the
//! cashier does not reach the customer.

use std::time::Instant;

use serde::Serialize;

use ringup_core::i18n::{Language, system_language};
use ringup_core::money::Money;
use ringup_core::qr::QrImage;
use ringup_core::sale::{SaleState, SaleView};
use ringup_core::settings::{Settings, Theme};

use super::display_session::DisplaySession;
use super::tip::DisplayTip;
use crate::active_till::{Mode, OpenTill};

/// Everything that the display's page is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct DisplayState {
    mode: Mode,
    /// The gateway whose money it is; `None`: nothing is open yet.
    gateway: Option<String>,
    /// As set in the settings.
    theme: Theme,
    /// The shop's name.
    shop: Option<String>,
    /// The customer's choice, else as set in the settings; `None`: the system's.
    language: Option<String>,
    /// What the customer can choose among; none where there is no choice.
    languages: Vec<Language>,
    /// BCP 47.
    system_language: String,
    /// A question for a tip; while there is one, no sale is shown.
    tip: Option<DisplayTip>,
    /// The sale to be paid; `None`: nothing is to be paid.
    sale: Option<DisplaySale>,
}

/// The part of a sale that the customer may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub(crate) struct DisplaySale {
    face: DisplayFace,
    amount: Money,
    /// What is still to be paid; `None` while nothing of it was paid, and when all was.
    outstanding: Option<Money>,
    /// What goes back of the cash that was handed over last.
    change: Option<Money>,
    /// Made in test mode.
    test: bool,
    /// Unix seconds of the gateway's clock.
    expires_at: Option<i64>,
    /// The gateway's clock minus this machine's, milliseconds.
    clock_offset_ms: Option<i64>,
    /// The coin that the customer chose, its network, and how much of it is to be sent.
    crypto: Option<String>,
    network: Option<String>,
    crypto_amount: Option<String>,
    qr: Option<QrImage>,
    /// Where the customer finds the receipt, once it is paid.
    receipt_qr: Option<QrImage>,
}

/// The state of a sale as the customer sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub(crate) enum DisplayFace {
    /// The invoice was requested.
    Requesting,
    /// The code can be scanned.
    Awaiting,
    /// A coin was chosen.
    Chosen,
    /// Paid.
    Paid,
    /// The invoice ended unpaid.
    Ended,
    /// A part was paid, and no code is shown for the rest.
    PartPaid,
}

impl DisplayState {
    /// What the customer may see now. `open`: the till, if it is open.
    pub(crate) async fn now(session: &DisplaySession, open: Option<&OpenTill>) -> Self {
        let settings = open.map(|open| open.till.settings());
        let shown = match open {
            Some(open) => shown_sale(session, open).await,
            None => None,
        };
        let (sale, chosen) = match shown {
            Some((sale, chosen)) => (Some(sale), chosen),
            None => {
                let chosen = session.language(Instant::now());
                (None, chosen.map(|language| language.tag().to_owned()))
            }
        };
        Self {
            mode: open.map_or(Mode::Live, |open| open.mode),
            gateway: open.map(|open| open.till.gateway_name().to_owned()),
            theme: settings
                .as_ref()
                .map(|settings| settings.looks.theme)
                .unwrap_or_default(),
            shop: settings
                .as_ref()
                .and_then(|settings| settings.shop.name.clone()),
            languages: settings
                .as_ref()
                .map(Settings::offered_languages)
                .unwrap_or_default(),
            language: chosen.or_else(|| {
                let settings = settings?;
                let first = settings.customer_language.map(|it| it.tag().to_owned());
                first.or(settings.language)
            }),
            system_language: system_language(),
            tip: open.and_then(|open| session.tip(open.mode)),
            sale,
        }
    }
}

/// The sale before the customer, and the language that was chosen for it.
async fn shown_sale(
    session: &DisplaySession,
    open: &OpenTill,
) -> Option<(DisplaySale, Option<String>)> {
    let till = &open.till;
    let sale = till.sale(session.sale(open.mode)?).await.ok()?;
    let face = face(&sale)?;
    let finished = matches!(face, DisplayFace::Paid | DisplayFace::Ended);
    let on_screen = till.on_screen() == Some(sale.number);
    if !session.still_shows_sale(finished && !on_screen, Instant::now()) {
        return None;
    }
    let qr = match face {
        DisplayFace::Awaiting | DisplayFace::Chosen => till.qr(sale.number).await.ok(),
        DisplayFace::Requesting
        | DisplayFace::Paid
        | DisplayFace::Ended
        | DisplayFace::PartPaid => None,
    };
    let receipt_qr = match face {
        DisplayFace::Paid => till.receipt_qr(sale.number).await.ok().flatten(),
        _ => None,
    };
    let in_part = 1..sale.amount.minor();
    let shown = DisplaySale {
        face,
        amount: sale.amount,
        outstanding: Some(sale.outstanding).filter(|rest| in_part.contains(&rest.minor())),
        change: sale.change.filter(|change| change.minor() > 0),
        test: sale.test,
        expires_at: sale.expires_at,
        clock_offset_ms: sale.clock_offset_ms,
        crypto: sale.crypto,
        network: sale.network,
        crypto_amount: sale.crypto_amount,
        qr,
        receipt_qr,
    };
    Some((shown, sale.language))
}

/// `None` for states that only the cashier can do something about: the display shows no sale then.
fn face(sale: &SaleView) -> Option<DisplayFace> {
    match sale.state {
        SaleState::Requesting => Some(DisplayFace::Requesting),
        SaleState::Awaiting => Some(DisplayFace::Awaiting),
        SaleState::Chosen => Some(DisplayFace::Chosen),
        SaleState::Paid => Some(DisplayFace::Paid),
        SaleState::Ended => Some(DisplayFace::Ended),
        SaleState::PartPaid => Some(DisplayFace::PartPaid),
        SaleState::Stopped | SaleState::Refused | SaleState::Uncertain | SaleState::Review => None,
    }
}

#[cfg(test)]
mod tests {
    use ringup_core::money::Currency;

    use super::*;
    use crate::windows::tip::tests::question;

    /// Collects the path of every field: `sale.qr.modules`.
    fn field_paths(
        value: &serde_json::Value,
        above: &str,
        all: &mut std::collections::BTreeSet<String>,
    ) {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, value) in fields {
                    let name = format!("{above}{name}");
                    field_paths(value, &format!("{name}."), all);
                    all.insert(name);
                }
            }
            serde_json::Value::Array(values) => {
                for value in values {
                    field_paths(value, above, all);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn the_display_is_given_these_fields_and_no_others() {
        let session = DisplaySession::default();
        session.ask_tip(Mode::Live, question()).expect("asked");
        let state = DisplayState {
            mode: Mode::Live,
            gateway: Some(String::new()),
            theme: Theme::default(),
            shop: Some(String::new()),
            language: Some(String::new()),
            languages: vec![Language::Pl],
            system_language: String::new(),
            tip: session.tip(Mode::Live),
            sale: Some(DisplaySale {
                face: DisplayFace::Chosen,
                amount: Money::from_minor(1, Currency::Eur),
                outstanding: Some(Money::from_minor(1, Currency::Eur)),
                change: Some(Money::from_minor(1, Currency::Eur)),
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
                receipt_qr: Some(QrImage {
                    modules: 41,
                    data_url: String::new(),
                }),
            }),
        };
        let mut all = std::collections::BTreeSet::new();
        field_paths(&serde_json::to_value(&state).expect("JSON"), "", &mut all);
        // No sale number, note, cashier, basket, address, or anything that the gateway says.
        let known = "gateway language languages mode sale sale.amount sale.amount.currency sale.amount.minor \
            sale.change sale.change.currency sale.change.minor sale.clock_offset_ms sale.crypto sale.crypto_amount \
            sale.expires_at sale.face sale.network sale.outstanding sale.outstanding.currency sale.outstanding.minor \
            sale.qr sale.qr.data_url sale.qr.modules sale.receipt_qr sale.receipt_qr.data_url \
            sale.receipt_qr.modules \
            sale.test shop system_language theme tip tip.ask tip.chosen tip.question tip.question.amount \
            tip.question.amount.currency tip.question.amount.minor tip.question.offers \
            tip.question.offers.kind tip.question.offers.kind.is tip.question.offers.kind.rate \
            tip.question.offers.tip tip.question.offers.tip.currency tip.question.offers.tip.minor \
            tip.question.offers.total tip.question.offers.total.currency tip.question.offers.total.minor";
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        assert_eq!(all, known.split_whitespace().collect::<Vec<_>>());
    }
}
