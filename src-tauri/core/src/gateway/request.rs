//! What is asked for, checked before it is sent: a request that the gateway would refuse is refused
//! here, with the name of the field (gateway.md, *POST /invoice/create*).

use serde::Serialize;
use url::Url;

use crate::ids::{AttemptNumber, SaleId, SaleNumber, TillId};
use crate::money::Money;

/// An invoice's life, minutes.
pub const LIFETIME_MINUTES: std::ops::RangeInclusive<u16> = 3..=1440;

const PAYLOAD_CHARS: std::ops::RangeInclusive<usize> = 5..=16_384;
const URL_CHARS: std::ops::RangeInclusive<usize> = 10..=2048;
const DESCRIPTION_CHARS: std::ops::RangeInclusive<usize> = 3..=256;

/// One invoice to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRequest {
    /// What is to be paid.
    pub amount: Money,
    /// Its life, minutes.
    pub lifetime_minutes: u16,
    /// The till's own reference, for the merchant's back office.
    pub payload: Option<String>,
    /// Where the gateway reports to the shop's back office. https.
    pub webhook: Option<String>,
    /// What the customer reads.
    pub description: Option<String>,
    /// Where the customer goes after paying.
    pub redirect_url: Option<String>,
}

/// What the till tells the merchant's back office of an invoice, in `payload` (gateway.md, row *no
/// idempotency key, no list call*).
#[derive(Debug, Clone, Serialize)]
pub struct Reference {
    /// The till.
    pub till: TillId,
    /// The sale.
    pub sale: SaleId,
    /// Its number.
    pub number: SaleNumber,
    /// Which of its invoices.
    pub attempt: AttemptNumber,
}

impl Reference {
    /// As JSON. Always within the gateway's 5 to 16384 characters.
    pub fn to_payload(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }
}

/// A field that the gateway would refuse.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct FieldError {
    /// The field's name, as the API and the settings call it.
    pub field: &'static str,
    /// What is wrong with it.
    pub problem: &'static str,
}

impl CreateRequest {
    /// Checks every field.
    ///
    /// # Errors
    /// One [`FieldError`] for each field that is wrong.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let errors: Vec<FieldError> = [
            check_amount(self.amount),
            check_lifetime(self.lifetime_minutes),
            self.payload.as_deref().and_then(check_payload),
            self.webhook.as_deref().and_then(check_webhook),
            self.redirect_url.as_deref().and_then(check_redirect_url),
            self.description.as_deref().and_then(check_description),
        ]
        .into_iter()
        .flatten()
        .collect();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
}

fn fail(field: &'static str, problem: &'static str) -> Option<FieldError> {
    Some(FieldError { field, problem })
}

fn check_amount(amount: Money) -> Option<FieldError> {
    if amount.within_limits().is_ok() {
        None
    } else {
        fail("amount", "is outside the gateway's limits")
    }
}

pub(crate) fn check_lifetime(minutes: u16) -> Option<FieldError> {
    if LIFETIME_MINUTES.contains(&minutes) {
        None
    } else {
        fail("lifetime", "must be 3 to 1440 minutes")
    }
}

fn check_payload(payload: &str) -> Option<FieldError> {
    if PAYLOAD_CHARS.contains(&payload.chars().count()) {
        None
    } else {
        fail("payload", "must be 5 to 16384 characters")
    }
}

pub(crate) fn check_webhook(webhook: &str) -> Option<FieldError> {
    check_url(
        "webhook",
        webhook,
        &["https"],
        "must be an https address of 10 to 2048 characters",
    )
}

pub(crate) fn check_redirect_url(url: &str) -> Option<FieldError> {
    check_url(
        "redirect_url",
        url,
        &["http", "https"],
        "must be an http or https address of 10 to 2048 characters",
    )
}

fn check_url(
    field: &'static str,
    text: &str,
    schemes: &[&str],
    problem: &'static str,
) -> Option<FieldError> {
    let well_formed = URL_CHARS.contains(&text.chars().count())
        && text.chars().all(|c| !c.is_whitespace() && !c.is_control())
        && Url::parse(text)
            .is_ok_and(|url| schemes.contains(&url.scheme()) && url.host_str().is_some());
    if well_formed {
        None
    } else {
        fail(field, problem)
    }
}

pub(crate) fn check_description(text: &str) -> Option<FieldError> {
    if !DESCRIPTION_CHARS.contains(&text.chars().count()) {
        return fail("description", "must be 3 to 256 characters");
    }
    if text.chars().all(super::rules::in_description_alphabet) {
        None
    } else {
        fail(
            "description",
            "may hold Latin and Russian letters, digits, spaces and # alone",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn request() -> CreateRequest {
        CreateRequest {
            amount: Money::from_minor(1250, Currency::Eur),
            lifetime_minutes: 15,
            payload: None,
            webhook: None,
            description: None,
            redirect_url: None,
        }
    }

    #[test]
    fn each_wrong_field_has_one_error_of_its_own() {
        let wrong = CreateRequest {
            amount: Money::from_minor(99, Currency::Eur),
            lifetime_minutes: 2,
            payload: Some("abcd".into()),
            webhook: Some("http://shop.example/hook".into()),
            description: Some("a!".into()),
            redirect_url: Some("javascript:alert(1)".into()),
        };
        let fields: Vec<_> = wrong
            .validate()
            .expect_err("all wrong")
            .into_iter()
            .map(|error| error.field)
            .collect();
        assert_eq!(
            fields,
            [
                "amount",
                "lifetime",
                "payload",
                "webhook",
                "redirect_url",
                "description"
            ]
        );
        assert_eq!(request().validate(), Ok(()));
    }

    #[test]
    fn the_edges_are_the_gateways() {
        let lifetime = |minutes| check_lifetime(minutes).is_none();
        assert_eq!([2, 3, 1440, 1441].map(lifetime), [false, true, true, false]);
        let payload = |chars: usize| check_payload(&"ж".repeat(chars)).is_none();
        assert_eq!(
            [4, 5, 16_384, 16_385].map(payload),
            [false, true, true, false]
        );
        let description = |chars: usize| check_description(&"ё".repeat(chars)).is_none();
        assert_eq!(
            [2, 3, 256, 257].map(description),
            [false, true, true, false]
        );
        let webhook = |chars: usize| {
            let head = "https://a/";
            check_webhook(&format!("{head}{}", "x".repeat(chars - head.len()))).is_none()
        };
        assert_eq!([10, 2048, 2049].map(webhook), [true, true, false]);
    }

    #[test]
    fn addresses_are_of_the_right_kind() {
        assert!(check_redirect_url("http://shop.example/thanks").is_none());
        assert!(check_webhook("http://shop.example/thanks").is_some());
        for text in [
            "https://",
            "https:// shop.example",
            "https://shop.example/a\nb",
            "mailto:a@b.example",
        ] {
            assert!(check_redirect_url(text).is_some(), "{text}");
        }
    }
}
