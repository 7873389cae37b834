//! What a message says: a mail in its reader's language, a webhook as JSON. Names that tills and people have chosen come
//! from outside: in a mail each is one line, and nothing of them can become a header.

use std::collections::BTreeMap;

use ringup_core::calendar::{Zone, to_iso_8601};
use ringup_core::clock::UnixMs;
use ringup_core::i18n::{Language, NumberFormat};
use ringup_core::money::{Money, with_decimals};
use ringup_core::receipt::{self, Charset, ReceiptError};
use ringup_core::report::CloseView;
use ringup_core::sale::OwnTender;
use ringup_core::settings::{Settings, TenderChoice};
use serde_json::{Value, json};

use super::{OwnersPages, WordEvent, one_line};
use crate::pages::texts;
use crate::store::TakenDelivery;

/// The longest name of a till in a message, characters.
const MAX_NAME_CHARS: usize = 60;
/// The longest subject, characters.
const MAX_SUBJECT_CHARS: usize = 150;

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MailText {
    pub(super) subject: String,
    pub(super) text: String,
}

/// What is told, and to whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) event: &'a WordEvent,
    /// What the owner calls the till; empty: it is about none.
    pub(crate) till_name: &'a str,
    pub(crate) at_unix_ms: i64,
    pub(crate) language: Language,
}

impl<'a> From<&'a TakenDelivery> for Told<'a> {
    fn from(taken: &'a TakenDelivery) -> Self {
        Self {
            event: &taken.event,
            till_name: &taken.till_name,
            at_unix_ms: taken.at_unix_ms,
            language: taken.address.language,
        }
    }
}

/// What is said in words, each by the name that the texts call it by.
fn words(told: Told<'_>, zone: &Zone) -> Vec<(&'static str, String)> {
    let format = NumberFormat(told.language);
    let money = |money: Money| format.money(money);
    let time = |at: i64| format.time(UnixMs(at), zone);
    let mut words = vec![
        ("till", one_line(told.till_name, MAX_NAME_CHARS)),
        ("at", time(told.at_unix_ms)),
    ];
    if let Some(sale) = told.event.sale() {
        words.push(("sale", sale.label.clone()));
        words.push(("amount", money(sale.amount)));
    }
    match told.event {
        WordEvent::Refunded { refunded, .. } => words.push(("refunded", money(*refunded))),
        WordEvent::DrawerDiffers {
            expected,
            counted,
            difference,
        } => words.extend([
            ("expected", money(*expected)),
            ("counted", money(*counted)),
            ("difference", money(*difference)),
        ]),
        WordEvent::DayClosed { z, day } => {
            words.extend([("z", z.to_string()), ("day", day.clone())]);
        }
        WordEvent::TillSilent { since_unix_ms } => words.push(("since", time(*since_unix_ms))),
        WordEvent::TillQuarantined { seq, .. } => words.push(("seq", seq.to_string())),
        WordEvent::TillDecided { number, verdict } => {
            let verdict = texts::of(told.language).text(&format!("verdict-{verdict}"));
            words.extend([("number", number.to_string()), ("verdict", verdict)]);
        }
        _ => {}
    }
    words
}

/// The message in one line.
pub(crate) fn headline(told: Told<'_>, zone: &Zone) -> String {
    let words = words(told, zone);
    let words: Vec<_> = words
        .iter()
        .map(|(name, it)| (*name, it.as_str()))
        .collect();
    texts::of(told.language).text_with(&text_of(told.event), &words)
}

fn text_of(event: &WordEvent) -> String {
    let name = event.name().replace('.', "-");
    format!("told-{name}")
}

/// The mail.
pub(super) fn mail(taken: &TakenDelivery, pages: &OwnersPages) -> MailText {
    let texts = texts::of(taken.address.language);
    let words = words(taken.into(), &pages.zone);
    let words: Vec<_> = words
        .iter()
        .map(|(name, it)| (*name, it.as_str()))
        .collect();
    let said = texts.text_with(&format!("{}-say", text_of(&taken.event)), &words);
    let link = |path: &str| format!("https://{}{path}", pages.address);
    let mut lines = vec![said, String::new()];
    if !taken.till.is_empty() {
        lines.push(texts.text_with("told-till", &words));
    }
    lines.push(texts.text_with("told-at", &words));
    lines.push(texts.text_with("told-look", &[("link", &link(&path_of(taken)))]));
    lines.push(String::new());
    lines.push(texts.text_with("told-why", &[("link", &link("/word"))]));
    MailText {
        subject: one_line(&headline(taken.into(), &pages.zone), MAX_SUBJECT_CHARS),
        text: lines.join("\n"),
    }
}

/// The owner's page that shows more of it.
fn path_of(taken: &TakenDelivery) -> String {
    let till = &taken.till;
    match (&taken.event, taken.event.sale()) {
        (_, Some(sale)) => format!("/sales/{till}/{}", sale.number),
        (WordEvent::DayClosed { z, .. }, _) => format!("/closes/{till}/{z}"),
        (WordEvent::DrawerDiffers { .. }, _) => format!("/drawers?till={till}"),
        (WordEvent::TillQuarantined { .. } | WordEvent::TillDecided { .. }, _) => {
            format!("/tills/{till}/decide")
        }
        (WordEvent::TillSilent { .. }, _) => "/tills".to_owned(),
        _ => "/word".to_owned(),
    }
}

/// A Z report as the till itself would write it, with the name of its file.
pub(super) fn close_pdf(
    taken: &TakenDelivery,
    close: &CloseView,
    own_tenders: &BTreeMap<String, String>,
) -> Result<(String, Vec<u8>), ReceiptError> {
    let language = taken.address.language;
    // Of the till's settings a Z report needs what the shop calls its own tenders.
    let own = own_tenders.iter().map(|(id, name)| {
        TenderChoice::Own(OwnTender {
            id: id.clone(),
            name: one_line(name, MAX_NAME_CHARS),
        })
    });
    let settings = Settings {
        tenders: own.collect(),
        ..Settings::default()
    };
    let rows = receipt::layout_close(close, &settings, texts::of(language), Charset::Font);
    let name = one_line(&taken.till_name, MAX_NAME_CHARS);
    let title = format!("Z {}, {name}", close.z);
    let pdf = receipt::pdf(&rows, settings.printing.paper, &title, language.tag())?;
    // Letters and digits alone: whatever opens it may give a file's name a meaning.
    let day: String = close
        .day
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '-')
        .take(10)
        .collect();
    Ok((
        format!("Z-{}-{}-{day}.pdf", plain(&close.till), close.z),
        pdf,
    ))
}

fn plain(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    letters.take(8).collect()
}

/// The webhook's body (Standard Webhooks: `type`, `timestamp`, `data`). Amounts are decimal text.
pub(super) fn hook_body(
    taken: &TakenDelivery,
    pages: &OwnersPages,
    close: Option<&CloseView>,
    pdf: Option<&str>,
) -> Result<Vec<u8>, serde_json::Error> {
    let utc = Zone::named("UTC").unwrap_or_else(|| pages.zone.clone());
    let mut data = serde_json::to_value(&taken.event)?;
    if let Some(data) = data.as_object_mut() {
        data.remove("what");
        add_currency(data);
        if !taken.till.is_empty() {
            data.insert("till".to_owned(), taken.till.clone().into());
            data.insert("till_name".to_owned(), taken.till_name.clone().into());
        }
        let link = format!("https://{}{}", pages.address, path_of(taken));
        data.insert("link".to_owned(), link.into());
    }
    let mut data = with_decimals(data);
    if let (Some(data), Some(close)) = (data.as_object_mut(), close) {
        let sums = serde_json::to_value(close)?;
        for name in ["totals", "drawer", "head", "seq"] {
            let value = sums.get(name).cloned().unwrap_or(Value::Null);
            data.insert(name.to_owned(), with_decimals(value));
        }
        if let Some(pdf) = pdf {
            data.insert("pdf_base64".to_owned(), pdf.into());
        }
    }
    serde_json::to_vec(&json!({
        "type": taken.event.name(),
        "timestamp": to_iso_8601(UnixMs(taken.at_unix_ms), &utc),
        "data": data,
    }))
}

/// Amounts lose their currency when they become decimal text, so it stands beside them.
fn add_currency(data: &mut serde_json::Map<String, Value>) {
    let currency = |value: &Value| value.get("currency").cloned();
    let sale = data.get("sale").and_then(|sale| sale.get("amount"));
    let amount = sale.or_else(|| data.get("difference"));
    if let Some(currency) = amount.and_then(currency) {
        data.insert("currency".to_owned(), currency);
    }
}

/// The language of a tag that a form sends.
pub(crate) fn language_of(tag: &str) -> Option<Language> {
    tag.parse().ok()
}
