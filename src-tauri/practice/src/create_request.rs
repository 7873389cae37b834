//! What `create` accepts: every rule of the documentation's request table (docs/gateway.md, *POST /invoice/create*).
//! A call is told the first field that breaks one.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

use crate::amount::{Amount, Currency};

/// What a shop asked for with `create`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateRequest {
    /// How long the invoice can be paid, in minutes.
    pub lifetime_minutes: u16,
    /// What is to be paid.
    pub amount: Amount,
    /// The currency of `amount`.
    pub currency: Currency,
    /// The shop's own text, returned by `info`, never shown to the customer.
    pub payload: Option<String>,
    /// Where the shop's back office listens. It is called when the invoice is paid, on this machine alone.
    pub webhook: Option<String>,
    /// `ui.description`, shown on the pay page.
    pub description: Option<String>,
    /// `ui.redirect_url`, offered on the pay page after the payment.
    pub redirect_url: Option<String>,
}

/// The first field of a request that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FieldError {
    pub(crate) field: &'static str,
    pub(crate) rule: String,
}

fn refuse<T>(field: &'static str, rule: impl Into<String>) -> Result<T, FieldError> {
    Err(FieldError {
        field,
        rule: rule.into(),
    })
}

impl CreateRequest {
    /// Length of its texts, bytes.
    pub(crate) fn text_bytes(&self) -> usize {
        let texts = [
            &self.payload,
            &self.webhook,
            &self.description,
            &self.redirect_url,
        ];
        texts.into_iter().flatten().map(String::len).sum()
    }

    /// Reads the body of `create`. Unknown fields are ignored; a `null` is not a string.
    pub(crate) fn read(body: &Map<String, Value>) -> Result<Self, FieldError> {
        let lifetime_minutes = match body.get("lifetime") {
            None => return refuse("lifetime", "required"),
            Some(value) => value
                .as_u64()
                .and_then(|minutes| u16::try_from(minutes).ok()),
        };
        let Some(lifetime_minutes @ 3..=1440) = lifetime_minutes else {
            return refuse("lifetime", "a whole number of minutes, 3 to 1440");
        };
        let Some(amount) = text(body, "amount", "amount")? else {
            return refuse("amount", "required");
        };
        let Some(currency) = text(body, "currency", "currency")? else {
            return refuse("currency", "required");
        };
        let Ok(currency) = currency.parse::<Currency>() else {
            return refuse("currency", "RUB, USD or EUR");
        };
        let amount = match Amount::parse(amount, currency) {
            Ok(amount) => amount,
            Err(rule) => return refuse("amount", rule),
        };
        let payload = text(body, "payload", "payload")?;
        if let Some(payload) = payload {
            length("payload", payload, 5, 16_384)?;
        }
        let webhook = text(body, "webhook", "webhook")?;
        if let Some(webhook) = webhook {
            address("webhook", webhook, &["https"])?;
        }
        let nothing = Map::new();
        let ui = match body.get("ui") {
            None => &nothing,
            Some(Value::Object(ui)) => ui,
            Some(_) => return refuse("ui", "an object"),
        };
        let description = text(ui, "description", "ui.description")?;
        if let Some(description) = description {
            length("ui.description", description, 3, 256)?;
            if !description.chars().all(is_description_letter) {
                return refuse(
                    "ui.description",
                    "Latin letters, Cyrillic letters, digits, space and # only",
                );
            }
        }
        let redirect_url = text(ui, "redirect_url", "ui.redirect_url")?;
        if let Some(redirect_url) = redirect_url {
            address("ui.redirect_url", redirect_url, &["http", "https"])?;
        }
        Ok(Self {
            lifetime_minutes,
            amount,
            currency,
            payload: payload.map(str::to_owned),
            webhook: webhook.map(str::to_owned),
            description: description.map(str::to_owned),
            redirect_url: redirect_url.map(str::to_owned),
        })
    }
}

fn text<'a>(
    body: &'a Map<String, Value>,
    key: &str,
    field: &'static str,
) -> Result<Option<&'a str>, FieldError> {
    match body.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => refuse(field, "a string"),
    }
}

fn length(field: &'static str, text: &str, least: usize, most: usize) -> Result<(), FieldError> {
    if (least..=most).contains(&text.chars().count()) {
        return Ok(());
    }
    refuse(field, format!("{least} to {most} characters"))
}

fn address(field: &'static str, text: &str, schemes: &[&str]) -> Result<(), FieldError> {
    length(field, text, 10, 2048)?;
    // The parser forgives spaces and missing slashes that other parsers would trip over.
    let plain = text
        .chars()
        .all(|letter| !letter.is_whitespace() && !letter.is_control());
    let accepted = Url::parse(text).is_ok_and(|url| {
        schemes.contains(&url.scheme())
            && url.has_host()
            && schemes.iter().any(|scheme| {
                text.get(..scheme.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
                    && text
                        .get(scheme.len()..)
                        .is_some_and(|rest| rest.starts_with("://"))
            })
    });
    if plain && accepted {
        return Ok(());
    }
    refuse(field, format!("a URL with {}", schemes.join(" or ")))
}

/// Which Cyrillic letters pass is not documented: the Russian ones are sure to.
fn is_description_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || matches!(letter, ' ' | '#' | 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(change: &[(&str, Value)]) -> Result<CreateRequest, FieldError> {
        let mut body = json!({"lifetime": 15, "amount": "12.5", "currency": "EUR"});
        for (key, value) in change {
            match key.split_once('.') {
                Some((outer, inner)) => body[outer] = json!({inner: value}),
                None => body[*key] = value.clone(),
            }
        }
        CreateRequest::read(body.as_object().unwrap())
    }

    fn refused(field: &str, value: Value) -> bool {
        match read(&[(field, value)]) {
            Ok(_) => false,
            Err(error) => {
                assert_eq!(error.field, field);
                true
            }
        }
    }

    #[test]
    fn what_is_required_is_missed_by_name() {
        for field in ["lifetime", "amount", "currency"] {
            let mut body = json!({"lifetime": 15, "amount": "12.5", "currency": "EUR"});
            body.as_object_mut().unwrap().remove(field);
            let error = CreateRequest::read(body.as_object().unwrap()).unwrap_err();
            assert_eq!((error.field, error.rule.as_str()), (field, "required"));
        }
    }

    #[test]
    fn lifetime_is_whole_minutes_from_3_to_1440() {
        for good in [json!(3), json!(1440)] {
            assert!(!refused("lifetime", good));
        }
        for bad in [
            json!(2),
            json!(1441),
            json!(-3),
            json!(3.5),
            json!("15"),
            json!(null),
        ] {
            assert!(refused("lifetime", bad.clone()), "{bad}");
        }
    }

    #[test]
    fn amount_is_a_plain_decimal_string() {
        for good in ["1", "1.0", "12.50", "999999.99", "10000000", "10000000.00"] {
            assert!(!refused("amount", json!(good)), "{good}");
        }
        let bad = [
            "",
            ".",
            "1.",
            ".5",
            "1.234",
            "-5",
            "+5",
            "1e3",
            "1,5",
            "1 000",
            " 5",
            "05",
            "0",
            "0.99",
            "10000000.01",
            "99999999999999999999",
            "٥",
            "1.2.3",
        ];
        for bad in bad {
            assert!(refused("amount", json!(bad)), "{bad}");
        }
        assert!(refused("amount", json!(12.5)));
    }

    #[test]
    fn amount_has_a_minimum_in_each_currency() {
        let ask = |amount: &str, currency: &str| {
            read(&[("amount", json!(amount)), ("currency", json!(currency))])
        };
        assert_eq!(ask("99.99", "RUB").unwrap_err().rule, "at least 100 RUB");
        assert_eq!(ask("0.99", "USD").unwrap_err().rule, "at least 1 USD");
        assert_eq!(ask("0.99", "EUR").unwrap_err().rule, "at least 1 EUR");
        assert_eq!(
            ask("10000000.01", "RUB").unwrap_err().rule,
            "at most 10000000 RUB"
        );
        assert_eq!(ask("100", "RUB").unwrap().amount.minor(), 10_000);
    }

    #[test]
    fn currency_is_one_of_three() {
        for bad in [json!("GBP"), json!("eur"), json!(""), json!(978)] {
            assert!(refused("currency", bad));
        }
    }

    #[test]
    fn payload_is_counted_in_characters() {
        assert!(!refused("payload", json!("пятью")));
        assert!(!refused("payload", json!("é".repeat(16_384))));
        assert!(refused("payload", json!("four")));
        assert!(refused("payload", json!("x".repeat(16_385))));
        assert!(refused("payload", json!({"sale": 1})));
    }

    #[test]
    fn webhook_is_https_alone() {
        assert!(!refused("webhook", json!("https://shop.example/hook")));
        for bad in [
            "http://shop.example/hook",
            "https://",
            "https:shop.example/hook",
            " https://shop.example/hook",
            "https://shop.example/a b",
            "ftp://shop.example/hook",
            "not an address",
            "https://a",
        ] {
            assert!(refused("webhook", json!(bad)), "{bad}");
        }
        assert!(refused(
            "webhook",
            json!(format!("https://shop.example/{}", "x".repeat(2048)))
        ));
    }

    #[test]
    fn redirect_is_http_or_https() {
        for good in ["http://shop.example/", "https://shop.example/"] {
            assert!(!refused("ui.redirect_url", json!(good)));
        }
        for bad in ["javascript:alert(1)", "http://a", "data:text/html,hello"] {
            assert!(refused("ui.redirect_url", json!(bad)), "{bad}");
        }
    }

    #[test]
    fn description_has_its_own_alphabet() {
        for good in ["abc", "Чай и ёлка #42", &"x".repeat(256)] {
            assert!(!refused("ui.description", json!(good)), "{good}");
        }
        for bad in [
            "ab",
            "Tea & cake",
            "tea, 2",
            "Café",
            "Їжак",
            "tea\n2",
            "tea <b>",
            "٣٣٣",
        ] {
            assert!(refused("ui.description", json!(bad)), "{bad}");
        }
        assert!(refused("ui.description", json!("x".repeat(257))));
        assert!(refused("ui", json!("tea")));
    }
}
