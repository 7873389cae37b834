//! What tests make `info` say against the truth: fields that are set or left out, and answers that are out of date.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Invoice;

/// The fields of `info` that are not what the invoice's state says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Overrides {
    set: Map<String, Value>,
    omit: BTreeSet<String>,
}

impl Overrides {
    pub(super) fn apply(&self, mut answer: Value) -> Value {
        if let Some(fields) = answer.as_object_mut() {
            fields.extend(self.set.clone());
            fields.retain(|field, _| !self.omit.contains(field));
        }
        answer
    }
}

impl Invoice {
    /// From now on `info` gives these fields, true or not.
    pub(crate) fn set_fields(&mut self, fields: Map<String, Value>) {
        for (field, value) in fields {
            self.overrides.omit.remove(&field);
            self.overrides.set.insert(field, value);
        }
    }

    /// From now on `info` leaves these fields out.
    pub(crate) fn omit_fields(&mut self, fields: impl IntoIterator<Item = String>) {
        self.overrides.omit.extend(fields);
    }

    /// From now on `info` is true again.
    pub(crate) fn clear_overrides(&mut self) {
        self.overrides = Overrides::default();
    }

    /// The answer of `info` from the state before the last change; with `for_ms`, only while that change is younger.
    /// Overrides hold here too.
    pub(crate) fn stale_info(&self, for_ms: Option<u64>, now: Timestamp) -> Value {
        let stale = self.last_change.as_ref().filter(|change| {
            let age_ms = now.as_millisecond().saturating_sub(change.at_ms);
            for_ms.is_none_or(|for_ms| !u64::try_from(age_ms).is_ok_and(|age_ms| age_ms >= for_ms))
        });
        self.info_in(stale.map_or(&self.state, |change| &change.from))
    }
}
