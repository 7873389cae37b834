//! The API's JSON, in and out. Extra fields are ignored; a missing `id`, `pay_url`, `is_paid` or
//! `pay_status`, or a wrong type, is a protocol error (gateway.md, row *extra fields / missing
//! fields*).

use serde::Deserialize;
use serde_json::{Value, json};

use super::request::CreateRequest;
use super::rules::bounded;
use crate::ids::InvoiceId;
use crate::sale::Report;

/// Longer is no name of an invoice.
const LONGEST_ID: usize = 128;

pub(super) struct CreatedWire {
    pub(super) invoice_id: InvoiceId,
    pub(super) expires_at_unix: Option<i64>,
    pub(super) pay_url: String,
    pub(super) test: bool,
}

pub(super) fn create_body(request: &CreateRequest) -> Value {
    let mut body = serde_json::Map::new();
    let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
    put("lifetime", json!(request.lifetime_minutes));
    put("amount", json!(request.amount.to_gateway()));
    put("currency", json!(request.amount.currency().code()));
    if let Some(payload) = &request.payload {
        put("payload", json!(payload));
    }
    if let Some(webhook) = &request.webhook {
        put("webhook", json!(webhook));
    }
    let mut ui = serde_json::Map::new();
    if let Some(description) = &request.description {
        ui.insert("description".to_owned(), json!(description));
    }
    if let Some(redirect_url) = &request.redirect_url {
        ui.insert("redirect_url".to_owned(), json!(redirect_url));
    }
    if !ui.is_empty() {
        put("ui", Value::Object(ui));
    }
    Value::Object(body)
}

pub(super) fn info_body(id: &InvoiceId) -> Value {
    json!({ "invoice_id": id.0 })
}

pub(super) fn read_created(body: Vec<u8>) -> Result<CreatedWire, String> {
    #[derive(Deserialize)]
    struct Wire {
        invoice: Invoice,
        pay_url: String,
        #[serde(default)]
        test_mode: Option<bool>,
    }
    #[derive(Deserialize)]
    struct Invoice {
        id: String,
        #[serde(default)]
        expires_at: Option<i64>,
    }
    let wire: Wire = read(&body)?;
    Ok(CreatedWire {
        invoice_id: invoice_id(wire.invoice.id)?,
        expires_at_unix: wire.invoice.expires_at,
        pay_url: wire.pay_url,
        // What is not said to be a test counts as real: should `/info` say otherwise, it goes to review.
        test: wire.test_mode.unwrap_or(false),
    })
}

pub(super) fn read_report(body: Vec<u8>) -> Result<Report, String> {
    #[derive(Deserialize)]
    struct Wire {
        id: String,
        pay_status: String,
        is_paid: bool,
        #[serde(default)]
        is_testing: Option<bool>,
        #[serde(default)]
        fiat_amount: Option<String>,
        #[serde(default)]
        fiat_currency: Option<String>,
        #[serde(default)]
        processing_status: Option<String>,
        #[serde(default)]
        crypto: Option<String>,
        #[serde(default)]
        network: Option<String>,
        #[serde(default)]
        crypto_amount: Option<String>,
        #[serde(default)]
        network_fee: Option<String>,
    }
    let wire: Wire = read(&body)?;
    let kept = |word: Option<String>| word.map(|word| bounded(&word));
    let chosen =
        |word: Option<String>| kept(word).filter(|word| !matches!(word.as_str(), "" | "NONE"));
    let nonzero =
        |word: Option<String>| kept(word).filter(|word| !matches!(word.as_str(), "" | "0"));
    Ok(Report {
        id: invoice_id(wire.id)?,
        pay_status: bounded(&wire.pay_status),
        is_paid: wire.is_paid,
        is_testing: wire.is_testing,
        fiat_amount: kept(wire.fiat_amount),
        fiat_currency: kept(wire.fiat_currency),
        processing_status: kept(wire.processing_status),
        crypto: chosen(wire.crypto),
        network: chosen(wire.network),
        crypto_amount: nonzero(wire.crypto_amount),
        network_fee: nonzero(wire.network_fee),
    })
}

fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| bounded(&error.to_string()))
}

fn invoice_id(text: String) -> Result<InvoiceId, String> {
    let plain = !text.is_empty()
        && text.len() <= LONGEST_ID
        && text.bytes().all(|byte| byte.is_ascii_graphic());
    if plain {
        Ok(InvoiceId(text))
    } else {
        Err("the invoice has no usable id".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_body_makes_the_till_fall_over(body in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(read_created(body.clone()).is_err());
            prop_assert!(read_report(body).is_err());
        }

        #[test]
        fn a_report_is_read_only_with_the_four_that_matter(missing in 0..3_usize) {
            let mut report = json!({"id": "i", "pay_status": "paid", "is_paid": true});
            let object = report.as_object_mut().expect("an object");
            object.remove(["id", "pay_status", "is_paid"][missing]);
            prop_assert!(read_report(report.to_string().into_bytes()).is_err());
        }
    }

    #[test]
    fn is_paid_is_a_boolean_and_nothing_like_it() {
        for word in [json!("true"), json!(1), json!(null), json!([true])] {
            let body = json!({"id": "i", "pay_status": "paid", "is_paid": word}).to_string();
            assert!(read_report(body.into_bytes()).is_err(), "{word}");
        }
    }

    #[test]
    fn long_words_are_cut_and_deep_ones_refused() {
        let body = json!({"id": "i", "pay_status": "x".repeat(9000), "is_paid": false}).to_string();
        let report = read_report(body.into_bytes()).expect("readable");
        assert_eq!(report.pay_status.len(), 200);
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(read_report(deep.into_bytes()).is_err());
    }
}
