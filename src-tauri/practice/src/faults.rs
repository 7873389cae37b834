//! Which call goes wrong, and how: rules that are matched in the order they were added.
//!
//! This is the decision alone; [`crate::send`] carries it out. A call is spoilt by the first rule
//! that matches it and has no calls left to skip.

use serde::{Deserialize, Serialize};

use crate::act::Act;
use crate::requests::Endpoint;

/// The calls a rule looks at.
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
    /// How many matching calls are spoilt; `None` (`null`): all, until cleared. Default 1.
    #[serde(default = "once")]
    pub times: Option<u32>,
    /// How many matching calls pass first. Default 0.
    #[serde(default)]
    pub skip: u32,
    /// What happens.
    pub act: Act,
}

// serde wants the type of the field, and the field's `None` has a meaning of its own.
#[expect(clippy::unnecessary_wraps, reason = "the default of an optional field")]
fn once() -> Option<u32> {
    Some(1)
}

impl FaultRule {
    /// A rule for the next call of `endpoint`.
    pub fn next(endpoint: Target, act: Act) -> Self {
        Self {
            endpoint,
            invoice: None,
            times: Some(1),
            skip: 0,
            act,
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

/// A rule that waits for its calls.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArmedRule {
    /// Given when the rule was added.
    pub number: u64,
    /// What is left of it: `times` and `skip` count down.
    pub rule: FaultRule,
}

/// The rules in their order.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    armed: Vec<ArmedRule>,
    added: u64,
}

impl Faults {
    pub(crate) fn add(&mut self, rule: FaultRule) -> u64 {
        self.added += 1;
        self.armed.push(ArmedRule {
            number: self.added,
            rule,
        });
        self.added
    }

    pub(crate) fn armed(&self) -> Vec<ArmedRule> {
        self.armed.clone()
    }

    pub(crate) fn clear(&mut self) {
        self.armed.clear();
    }

    /// What happens to this call; counts the rules down.
    pub(crate) fn take(&mut self, endpoint: Endpoint, invoice: Option<&str>) -> Option<Act> {
        let mut act = None;
        for ArmedRule { rule, .. } in &mut self.armed {
            let named = rule.invoice.is_none() || rule.invoice.as_deref() == invoice;
            if !rule.endpoint.covers(endpoint) || !named || rule.times == Some(0) {
                continue;
            }
            if rule.skip > 0 {
                rule.skip -= 1;
                continue;
            }
            rule.times = rule.times.map(|times| times - 1);
            act = Some(rule.act.clone());
            break;
        }
        self.armed.retain(|armed| armed.rule.times != Some(0));
        act
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
    fn a_rule_spoils_one_call_unless_told_otherwise() {
        let mut faults = Faults::default();
        faults.add(rule(json!({"endpoint": "create", "act": "hang"})));
        assert_eq!(faults.take(Endpoint::Info, None), None);
        assert_eq!(faults.take(Endpoint::Create, None), Some(Act::Hang));
        assert_eq!(faults.take(Endpoint::Create, None), None);
        assert_eq!(faults.armed(), []);
    }

    #[test]
    fn a_rule_with_an_unknown_word_is_none() {
        let odd = json!({"endpoint": "any", "act": "hang", "time": 3});
        assert!(serde_json::from_value::<FaultRule>(odd).is_err());
    }

    #[test]
    fn null_times_lasts_until_cleared() {
        let mut faults = Faults::default();
        faults.add(rule(
            json!({"endpoint": "any", "times": null, "act": {"delay_ms": 1}}),
        ));
        for _ in 0..9 {
            assert_eq!(faults.take(Endpoint::Create, None), Some(Act::DelayMs(1)));
        }
        faults.clear();
        assert_eq!(faults.take(Endpoint::Create, None), None);
    }

    #[test]
    fn skip_lets_matching_calls_pass_and_others_do_not_count() {
        let mut faults = Faults::default();
        faults.add(
            FaultRule::next(Target::Info, Act::Hang)
                .after(1)
                .times(2)
                .for_invoice("a"),
        );
        let calls = [Some("a"), Some("b"), None, Some("a"), Some("a"), Some("a")];
        let acts = calls.map(|invoice| faults.take(Endpoint::Info, invoice).is_some());
        assert_eq!(acts, [false, false, false, true, true, false]);
    }

    #[test]
    fn a_call_is_spoilt_by_the_first_rule_alone() {
        let mut faults = Faults::default();
        faults.add(FaultRule::next(Target::Info, Act::Hang).after(1));
        faults.add(FaultRule::next(Target::Any, Act::Truncated).times(2));
        let mut next = || faults.take(Endpoint::Info, None);
        assert_eq!(next(), Some(Act::Truncated));
        assert_eq!(next(), Some(Act::Hang));
        assert_eq!(next(), Some(Act::Truncated));
        assert_eq!(next(), None);
    }
}
