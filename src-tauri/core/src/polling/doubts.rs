//! Payments that the gateway seems to take back. One answer may be stale, from a server that lags behind the others;
//! several over minutes that agree are money in question (docs/gateway.md, row *`is_paid` false again after paid*).
//! Pure: times come in as values.

use std::collections::HashMap;

use super::AttemptKey;
use crate::breaks::{self, Break};

/// So many answers in a row must agree.
const ANSWERS: u32 = 3;
/// They must lie at least this far apart, first to last.
const APART_MS: u64 = 10 * 60 * 1000;

/// The answers so far, by invoice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Doubts(HashMap<AttemptKey, Doubt>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Doubt {
    answers: u32,
    first_ms: u64,
}

impl Doubts {
    /// Takes one more answer about a paid invoice: whether it contradicts the payment. Returns whether the payment is
    /// in question by now. `now_ms` is a clock that only goes forward.
    pub(crate) fn note(&mut self, key: AttemptKey, contradicts: bool, now_ms: u64) -> bool {
        if !contradicts {
            self.0.remove(&key);
            return false;
        }
        let doubt = self.0.entry(key).or_insert(Doubt {
            answers: 0,
            first_ms: now_ms,
        });
        doubt.answers = doubt.answers.saturating_add(1);
        breaks::is(Break::DoubtAtOnce)
            || doubt.answers >= ANSWERS && now_ms.saturating_sub(doubt.first_ms) >= APART_MS
    }

    /// Whether an answer has contradicted the payment and the next must not wait for the settlement's turn.
    pub(crate) fn contains(&self, key: AttemptKey) -> bool {
        self.0.contains_key(&key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AttemptNumber, SaleId};

    const MINUTE_MS: u64 = 60_000;

    #[test]
    fn three_answers_over_ten_minutes_that_agree_are_a_doubt() {
        let key = (SaleId::new(), AttemptNumber(1));
        let mut doubts = Doubts::default();
        assert!(!doubts.note(key, true, 0));
        assert!(!doubts.note(key, true, MINUTE_MS), "two");
        assert!(!doubts.note(key, true, 9 * MINUTE_MS), "nine minutes");
        assert!(doubts.note(key, true, 10 * MINUTE_MS));
    }

    #[test]
    fn a_stale_answer_between_two_good_ones_is_none() {
        let key = (SaleId::new(), AttemptNumber(1));
        let mut doubts = Doubts::default();
        for minute in 0..60 {
            let stale = minute % 3 != 0;
            assert!(!doubts.note(key, stale, minute * 5 * MINUTE_MS));
        }
        assert!(
            doubts.contains(key),
            "the next answer does not wait half an hour"
        );
    }
}
