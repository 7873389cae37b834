//! The API's JSON, in both directions. Extra fields are ignored; a missing `id`, `pay_url`, `is_paid` or
//! `pay_status`, or a wrong type, is a protocol error (docs/gateway.md, row *extra fields / missing fields*).

use serde::Deserialize;
use serde_json::{Value, json};

use super::bounded_text::bounded;
use super::request::CreateRequest;
use crate::ids::InvoiceId;
use crate::sale::{Invoice, Report};

/// Longest invoice id accepted, bytes.
const MAX_INVOICE_ID_BYTES: usize = 128;

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

/// The invoice that `create` made. Its address is not checked yet, and the clock's offset is not known here.
pub(super) fn read_created(body: &[u8]) -> Result<Invoice, String> {
    #[derive(Deserialize)]
    struct Created {
        invoice: CreatedInvoice,
        pay_url: String,
        #[serde(default)]
        test_mode: Option<bool>,
    }
    #[derive(Deserialize)]
    struct CreatedInvoice {
        id: String,
        #[serde(default)]
        expires_at: Option<i64>,
    }
    let created: Created = read(body)?;
    Ok(Invoice {
        id: invoice_id(created.invoice.id)?,
        pay_url: created.pay_url,
        expires_at_unix: created.invoice.expires_at,
        // An invoice that does not say counts as real; should `/info` call it a test, the sale goes to
        // review.
        test: created.test_mode.unwrap_or(false),
        clock_offset_ms: None,
    })
}

/// What the gateway says of an invoice.
pub(super) fn read_report(body: &[u8]) -> Result<Report, String> {
    #[derive(Deserialize)]
    struct Info {
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
        #[serde(default)]
        payload: Value,
    }
    let info: Info = read(body)?;
    let text = |text: Option<String>| text.map(|text| bounded(&text));
    // What the gateway says until the customer has picked a coin means the same as nothing.
    let unless = |placeholder: &str, value: Option<String>| {
        text(value).filter(|text| !text.is_empty() && text != placeholder)
    };
    Ok(Report {
        id: invoice_id(info.id)?,
        pay_status: bounded(&info.pay_status),
        is_paid: info.is_paid,
        is_testing: info.is_testing,
        fiat_amount: text(info.fiat_amount),
        fiat_currency: text(info.fiat_currency),
        processing_status: text(info.processing_status),
        crypto: unless("NONE", info.crypto),
        network: unless("NONE", info.network),
        crypto_amount: unless("0", info.crypto_amount),
        network_fee: unless("0", info.network_fee),
        payload: payload_text(info.payload),
    })
}

/// The payload as text; `None` when there is none (docs/gateway.md, row *`payload` `""`, `null`, absent*).
fn payload_text(payload: Value) -> Option<String> {
    let text = match payload {
        Value::Null => return None,
        Value::String(text) => text,
        other => other.to_string(),
    };
    (!text.is_empty()).then(|| bounded(&text))
}

fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| bounded(&error.to_string()))
}

fn invoice_id(text: String) -> Result<InvoiceId, String> {
    let valid = (1..=MAX_INVOICE_ID_BYTES).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_graphic());
    if valid {
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
        fn no_body_makes_the_reader_panic(body in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(read_created(&body).is_err());
            prop_assert!(read_report(&body).is_err());
        }

        #[test]
        fn a_report_without_a_required_field_is_refused(missing in 0..3_usize) {
            let mut report = json!({"id": "i", "pay_status": "paid", "is_paid": true});
            let object = report.as_object_mut().expect("an object");
            object.remove(["id", "pay_status", "is_paid"][missing]);
            prop_assert!(read_report(report.to_string().as_bytes()).is_err());
        }
    }

    #[test]
    fn is_paid_is_a_boolean_and_nothing_like_it() {
        for word in [json!("true"), json!(1), json!(null), json!([true])] {
            let body = json!({"id": "i", "pay_status": "paid", "is_paid": word}).to_string();
            assert!(read_report(body.as_bytes()).is_err(), "{word}");
        }
    }

    #[test]
    fn long_text_is_cut_and_deep_nesting_refused() {
        let body = json!({"id": "i", "pay_status": "x".repeat(9000), "is_paid": false}).to_string();
        let report = read_report(body.as_bytes()).expect("readable");
        assert_eq!(report.pay_status.len(), 200);
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(read_report(deep.as_bytes()).is_err());
    }
}
