//! Makes a plan that breaks a promise short: events are left out, many at once and then fewer, as long as the same promise
//! is broken.

use super::plan::{Plan, Planned};
use super::run::run;

/// How many plays a shrinking may take.
const MOST_RUNS: u32 = 300;

/// The plan with these events of it left in.
fn with(plan: &Plan, events: Vec<Planned>) -> Plan {
    Plan {
        events,
        ..plan.clone()
    }
}

/// A plan that breaks the same rule, with as few events as were found, and how many plays that took.
pub fn shrink(plan: &Plan, rule: &str) -> (Plan, u32) {
    let mut runs = 0;
    let mut breaks = |plan: &Plan| {
        runs += 1;
        run(plan).is_ok_and(|outcomes| outcomes.violations.iter().any(|it| it.rule == rule))
    };
    let mut shortest = plan.clone();
    let mut parts = 2_usize;
    let mut tries = 0;
    while shortest.events.len() > 1 && tries < MOST_RUNS {
        let length = shortest.events.len();
        let size = length.div_ceil(parts);
        let mut found = None;
        for part in 0..parts {
            let (begin, end) = (part * size, ((part + 1) * size).min(length));
            if begin >= end || tries >= MOST_RUNS {
                break;
            }
            let outside = |index: &usize| !(begin..end).contains(index);
            let events = shortest.events.iter().enumerate();
            let events = events.filter(|(index, _)| outside(index));
            let tried = with(&shortest, events.map(|(_, event)| event.clone()).collect());
            tries += 1;
            if breaks(&tried) {
                found = Some(tried);
                break;
            }
        }
        match found {
            Some(tried) => {
                shortest = tried;
                parts = (parts - 1).max(2);
            }
            None if size == 1 => break,
            None => parts = (parts * 2).min(length),
        }
    }
    (shortest, runs)
}
