//! Which calls go wrong, and how: rules that are matched in the order in which they were added. A call suffers the
//! fault of the first rule that matches it and has no calls left to skip. This module decides; [`super::inject`]
//! carries out.

use serde::{Deserialize, Serialize};

use super::CallFault;
use crate::api::Endpoint;

/// The endpoints that a rule applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// `create` alone.
    Create,
    /// `info` alone.
    Info,
    /// Both.
    Any,
}

impl Target {
    fn covers(self, endpoint: Endpoint) -> bool {
        match self {
            Self::Any => true,
            Self::Create => endpoint == Endpoint::Create,
            Self::Info => endpoint == Endpoint::Info,
        }
    }
}

/// A rule: which calls, how many of them, and what happens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// The endpoint.
    pub endpoint: Target,
    /// Only calls that ask for this invoice. A `create` asks for none, so it never matches.
    #[serde(default)]
    pub invoice: Option<String>,
    /// How many matching calls suffer the fault. `None` (`null`): all, until the rule is cleared. Default 1.
    #[serde(default = "once")]
    pub times: Option<u32>,
    /// How many matching calls pass first. Default 0.
    #[serde(default)]
    pub skip: u32,
    /// What happens to them.
    #[serde(rename = "act")]
    pub fault: CallFault,
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the default of a field whose `None` has a meaning of its own"
)]
fn once() -> Option<u32> {
    Some(1)
}

impl FaultRule {
    /// A rule for the next call of `endpoint`.
    pub fn next(endpoint: Target, fault: CallFault) -> Self {
        Self {
            endpoint,
            invoice: None,
            times: Some(1),
            skip: 0,
            fault,
        }
    }

    /// The same rule for every call until cleared.
    #[must_use]
    pub fn always(self) -> Self {
        Self {
            times: None,
            ..self
        }
    }

    /// The same rule for `times` calls.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self {
            times: Some(times),
            ..self
        }
    }

    /// The same rule after `skip` matching calls.
    #[must_use]
    pub fn after(self, skip: u32) -> Self {
        Self { skip, ..self }
    }

    /// The same rule for calls about one invoice.
    #[must_use]
    pub fn for_invoice(self, id: impl Into<String>) -> Self {
        Self {
            invoice: Some(id.into()),
            ..self
        }
    }
}

/// A rule that still waits for calls.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PendingRule {
    /// Its number, given when it was added.
    pub number: u64,
    /// What is left of it: `times` and `skip` count down.
    pub rule: FaultRule,
}

/// The rules in their order.
#[derive(Debug, Default)]
pub(super) struct FaultRules {
    pending: Vec<PendingRule>,
    added: u64,
}

impl FaultRules {
    pub(super) fn add(&mut self, rule: FaultRule) -> u64 {
        self.added += 1;
        self.pending.push(PendingRule {
            number: self.added,
            rule,
        });
        self.added
    }

    pub(super) fn pending(&self) -> Vec<PendingRule> {
        self.pending.clone()
    }

    /// The fault that this call suffers, if any. Counts the rules down.
    pub(super) fn take(&mut self, endpoint: Endpoint, invoice: Option<&str>) -> Option<CallFault> {
        let mut fault = None;
        for PendingRule { rule, .. } in &mut self.pending {
            let about_it = rule.invoice.is_none() || rule.invoice.as_deref() == invoice;
            if !rule.endpoint.covers(endpoint) || !about_it || rule.times == Some(0) {
                continue;
            }
            if rule.skip > 0 {
                rule.skip -= 1;
                continue;
            }
            rule.times = rule.times.map(|times| times - 1);
            fault = Some(rule.fault.clone());
            break;
        }
        self.pending.retain(|pending| pending.rule.times != Some(0));
        fault
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn rule(text: Value) -> FaultRule {
        serde_json::from_value(text).unwrap()
    }

    #[test]
    fn a_rule_holds_for_one_call_unless_told_otherwise() {
        let mut rules = FaultRules::default();
        rules.add(rule(json!({"endpoint": "create", "act": "hang"})));
        assert_eq!(rules.take(Endpoint::Info, None), None);
        assert_eq!(rules.take(Endpoint::Create, None), Some(CallFault::Hang));
        assert_eq!(rules.take(Endpoint::Create, None), None);
        assert_eq!(rules.pending(), []);
    }

    #[test]
    fn a_rule_with_an_unknown_word_is_none() {
        let odd = json!({"endpoint": "any", "act": "hang", "time": 3});
        assert!(serde_json::from_value::<FaultRule>(odd).is_err());
    }

    #[test]
    fn null_times_lasts_for_ever() {
        let mut rules = FaultRules::default();
        rules.add(rule(
            json!({"endpoint": "any", "times": null, "act": {"delay_ms": 1}}),
        ));
        for _ in 0..9 {
            assert_eq!(
                rules.take(Endpoint::Create, None),
                Some(CallFault::DelayMs(1))
            );
        }
    }

    #[test]
    fn skip_lets_matching_calls_pass_and_others_do_not_count() {
        let mut rules = FaultRules::default();
        rules.add(
            FaultRule::next(Target::Info, CallFault::Hang)
                .after(1)
                .times(2)
                .for_invoice("a"),
        );
        let calls = [Some("a"), Some("b"), None, Some("a"), Some("a"), Some("a")];
        let suffered = calls.map(|invoice| rules.take(Endpoint::Info, invoice).is_some());
        assert_eq!(suffered, [false, false, false, true, true, false]);
    }

    #[test]
    fn a_call_suffers_the_first_rule_alone() {
        let mut rules = FaultRules::default();
        rules.add(FaultRule::next(Target::Info, CallFault::Hang).after(1));
        rules.add(FaultRule::next(Target::Any, CallFault::Truncated).times(2));
        let mut next = || rules.take(Endpoint::Info, None);
        assert_eq!(next(), Some(CallFault::Truncated));
        assert_eq!(next(), Some(CallFault::Hang));
        assert_eq!(next(), Some(CallFault::Truncated));
        assert_eq!(next(), None);
    }
}
