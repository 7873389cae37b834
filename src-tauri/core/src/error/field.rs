//! What is wrong with one field of a form: the answer that a screen shows beside the field.

use serde::Serialize;

/// A field that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS, thiserror::Error)]
#[error("{field}: {problem}")]
#[ts(export)]
pub struct FieldError {
    /// The stable path of the field, as JSON spells it: `lifetime_minutes`, `kiosk.offers`. A list has one
    /// path for all its rows.
    #[ts(type = "string")]
    pub field: &'static str,
    /// What is wrong with it, in English.
    #[ts(type = "string")]
    pub problem: &'static str,
}

/// Collects the wrong fields of a form, one error each at most.
#[derive(Debug, Default)]
pub(crate) struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// Notes `problem` unless the field is `valid` or has a problem already.
    pub(crate) fn require(&mut self, valid: bool, field: &'static str, problem: &'static str) {
        if !valid && self.0.iter().all(|error| error.field != field) {
            self.0.push(FieldError { field, problem });
        }
    }

    /// The wrong fields, in the order in which they were checked.
    pub(crate) fn into_vec(self) -> Vec<FieldError> {
        self.0
    }

    /// `Ok(form)` when no field is wrong.
    ///
    /// # Errors
    /// The wrong fields, in the order in which they were checked; never an empty list.
    pub(crate) fn into_result<T>(self, form: T) -> Result<T, Vec<FieldError>> {
        if self.0.is_empty() {
            Ok(form)
        } else {
            Err(self.0)
        }
    }
}
