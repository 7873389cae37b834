//! The shape of an error outside the core.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Code, FieldError};

/// An error as JSON, screens and the command line see it: `{code, message, detail}`, and `fields` when a
/// form was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS, thiserror::Error)]
#[error("{message}")]
#[ts(export)]
pub struct Fault {
    /// Stable.
    #[ts(type = "string")]
    pub code: Code,
    /// For engineers, in English. Never holds the key.
    pub message: String,
    /// The facts that the cashier's text needs, by name. For a refused form `field` and `reason` are those
    /// of the first wrong field.
    pub detail: BTreeMap<String, String>,
    /// Every wrong field of a refused form; empty, and left out of JSON, for all other faults.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<FieldError>>")]
    pub fields: Vec<FieldError>,
}

impl Fault {
    /// A fault without details.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            detail: BTreeMap::new(),
            fields: Vec::new(),
        }
    }

    /// A form that was refused because of these fields.
    pub fn of_fields(fields: Vec<FieldError>) -> Self {
        let first = fields.first().cloned();
        let fault = match &first {
            Some(error) => Self::new(Code::SettingsInvalid, error.to_string())
                .with("field", error.field)
                .with("reason", error.problem),
            None => Self::new(Code::SettingsInvalid, ""),
        };
        Self { fields, ..fault }
    }

    /// The same with one more detail.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.detail.insert(name.to_owned(), value.to_string());
        self
    }

    /// The same with one more detail, if there is a value.
    #[must_use]
    pub fn with_some(self, name: &str, value: Option<impl std::fmt::Display>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_outside_is_code_message_detail() {
        let fault = Fault::new(Code::AmountBelowMinimum, "too little")
            .with("minimum", "1.00")
            .with("currency", "EUR");
        assert_eq!(
            serde_json::to_string(&fault).expect("JSON"),
            r#"{"code":"amount_below_minimum","message":"too little","detail":{"currency":"EUR","minimum":"1.00"}}"#
        );
    }

    #[test]
    fn a_refused_form_names_all_wrong_fields_and_details_the_first() {
        let field = |field, problem| FieldError { field, problem };
        let fault = Fault::of_fields(vec![field("a", "is empty"), field("b.c", "is odd")]);
        assert_eq!(
            serde_json::to_string(&fault).expect("JSON"),
            r#"{"code":"settings_invalid","message":"a: is empty","detail":{"field":"a","reason":"is empty"},"fields":[{"field":"a","problem":"is empty"},{"field":"b.c","problem":"is odd"}]}"#
        );
    }
}
