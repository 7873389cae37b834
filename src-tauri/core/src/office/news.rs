//! What an office has to say to a till that holds a call open for it: `GET /v1/news`. A till asks with what it knows
//! already; the office answers as soon as there is something else, or with nothing when the time is over.
//!
//! An answer is an object of parts, each of which may be missing. Today there is one: *hints*, invoices that somebody says
//! something has happened to. A hint decides nothing. It makes the till ask the gateway, as often as its budget has room.

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ids::InvoiceId;

/// The version of the answer's form.
pub const NEWS_VERSION: u32 = 1;
/// The longest time for which an office holds a call.
pub const LONGEST_HOLD: Duration = Duration::from_secs(20);
/// Most hints of an answer that are read, and most that a till says it has had.
pub const MOST_HINTS: usize = 32;
/// Longest id of an invoice that a hint may name, bytes: the longest that the gateway gives.
const MAX_INVOICE_BYTES: usize = 128;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// [`NEWS_VERSION`].
    pub version: u32,
    /// Invoices to ask about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<Hint>,
}

/// Somebody says that something has happened to an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// By this number the till says that it has had it.
    pub id: u32,
    /// The invoice.
    pub invoice: InvoiceId,
}

/// The hints that a till has had lately, so that it is not told them again.
#[derive(Debug, Default)]
pub(crate) struct HintsHad(VecDeque<u32>);

impl News {
    /// An answer with these hints.
    pub fn of(hints: Vec<Hint>) -> Self {
        Self {
            version: NEWS_VERSION,
            hints,
        }
    }
}

impl HintsHad {
    /// Those of an answer that are new and name an invoice that may be one.
    pub(crate) fn take_new(&mut self, news: News) -> Vec<InvoiceId> {
        let mut invoices = Vec::new();
        for hint in news.hints.into_iter().take(MOST_HINTS) {
            if self.0.contains(&hint.id) {
                continue;
            }
            self.0.push_back(hint.id);
            if self.0.len() > MOST_HINTS {
                self.0.pop_front();
            }
            if (1..=MAX_INVOICE_BYTES).contains(&hint.invoice.0.len()) {
                invoices.push(hint.invoice);
            }
        }
        invoices
    }

    /// As the call says them.
    pub(crate) fn ids(&self) -> String {
        let ids: Vec<_> = self.0.iter().map(u32::to_string).collect();
        ids.join(".")
    }
}

/// The hints that a call says its till has had. What is no number is passed over.
pub fn hints_had(ids: &str) -> Vec<u32> {
    let ids = ids.split('.').take(MOST_HINTS);
    ids.filter_map(|id| id.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(id: u32, invoice: &str) -> Hint {
        Hint {
            id,
            invoice: InvoiceId(invoice.to_owned()),
        }
    }

    #[test]
    fn a_hint_is_taken_once() {
        let mut had = HintsHad::default();
        let news = News::of(vec![hint(7, "a"), hint(8, "b"), hint(7, "c")]);
        assert_eq!(had.take_new(news.clone()).len(), 2);
        assert!(had.take_new(news).is_empty());
        assert_eq!(hints_had(&had.ids()), [7, 8]);
        assert_eq!(hints_had("7.x..99999999999.-1.8"), [7, 8]);
    }

    #[test]
    fn answers_of_any_length_are_remembered_within_bounds() {
        let mut had = HintsHad::default();
        for from in [0, 1000] {
            let many = (from..from + 1000).map(|id| hint(id, "a")).collect();
            assert_eq!(had.take_new(News::of(many)).len(), MOST_HINTS);
        }
        assert_eq!(hints_had(&had.ids()).len(), MOST_HINTS);
        let long = News::of(vec![hint(1, ""), hint(2, &"a".repeat(129))]);
        assert!(had.take_new(long).is_empty());
    }

    #[test]
    fn parts_of_later_versions_are_passed_over() {
        let text = r#"{"version":2,"settings":{"version":7}}"#;
        let news: News = serde_json::from_str(text).expect("news");
        assert_eq!(news.hints, []);
        let nothing = serde_json::to_string(&News::of(Vec::new())).expect("JSON");
        assert_eq!(nothing, r#"{"version":1}"#);
    }
}
