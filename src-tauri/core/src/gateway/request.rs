//! What a request for an invoice contains, checked before it is sent: what the gateway would refuse is
//! refused here, with the name of the field (docs/gateway.md, *POST /invoice/create*).

use serde::Serialize;

use crate::error::{FieldError, FieldErrors};
use crate::field_rules;
use crate::ids::{AttemptNumber, SaleId, SaleNumber, TillId};
use crate::money::Money;

/// A request for one invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRequest {
    /// The amount to be paid.
    pub amount: Money,
    /// How long the invoice can be paid, minutes.
    pub lifetime_minutes: u16,
    /// The till's reference, for the merchant's back office.
    pub payload: Option<String>,
    /// Where the gateway reports to the shop's back office; https.
    pub webhook: Option<String>,
    /// What the customer reads on the pay page.
    pub description: Option<String>,
    /// Where the customer goes after paying.
    pub redirect_url: Option<String>,
}

/// The till's reference in `payload`, by which the merchant's back office finds the sale of an invoice
/// (docs/gateway.md, row *no idempotency key, no list call*).
#[derive(Debug, Clone, Serialize)]
pub struct Reference {
    /// The till.
    pub till: TillId,
    /// The sale.
    pub sale: SaleId,
    /// The sale's number on this till.
    pub number: SaleNumber,
    /// The attempt that the invoice belongs to.
    pub attempt: AttemptNumber,
    /// The first 16 hex digits of the journal's head when it was sent: the gateway keeps a witness of the journal.
    pub head: String,
}

impl Reference {
    /// The reference as JSON; always within the gateway's 5 to 16384 characters.
    pub fn to_payload(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }
}

impl CreateRequest {
    /// Checks every field.
    ///
    /// # Errors
    /// The wrong fields, named as the API names them: `amount`, `lifetime`, `payload`, `webhook`,
    /// `redirect_url`, `description`.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut errors = FieldErrors::default();
        errors.require(
            self.amount.within_limits().is_ok(),
            "amount",
            "is outside the gateway's limits",
        );
        field_rules::lifetime(&mut errors, "lifetime", self.lifetime_minutes);
        if let Some(payload) = &self.payload {
            field_rules::payload(&mut errors, payload);
        }
        if let Some(webhook) = &self.webhook {
            field_rules::webhook(&mut errors, webhook);
        }
        if let Some(redirect_url) = &self.redirect_url {
            field_rules::redirect_url(&mut errors, redirect_url);
        }
        if let Some(description) = &self.description {
            field_rules::description(&mut errors, description);
        }
        errors.into_result(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    #[test]
    fn each_wrong_field_has_one_error_of_its_own() {
        let valid = CreateRequest {
            amount: Money::from_minor(1250, Currency::Eur),
            lifetime_minutes: 15,
            payload: None,
            webhook: None,
            description: None,
            redirect_url: None,
        };
        assert_eq!(valid.validate(), Ok(()));
        let wrong = CreateRequest {
            amount: Money::from_minor(99, Currency::Eur),
            lifetime_minutes: 2,
            payload: Some("abcd".into()),
            webhook: Some("http://shop.example/hook".into()),
            description: Some("a!".into()),
            redirect_url: Some("javascript:alert(1)".into()),
        };
        let errors = wrong.validate().expect_err("all wrong");
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
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
    }
}
