//! Whole shops keep their promises, the same seed gives the same shop, and a broken rule is noticed.

#![cfg(feature = "shops")]
#![expect(clippy::print_stdout, reason = "seeds are printed")]

use std::collections::BTreeSet;

use ringup_core::breaks::Break;
use simulation::shop::many::{break_rule, play, play_days};
use simulation::shop::plan::Plan;
use simulation::shop::shrink::shrink;

const SALES: u64 = 10;
/// Without optimisation a shop-day takes seconds; `scripts/test` plays 200 with it.
const DAYS: u64 = 8;

#[test]
fn shop_days_break_no_promise() {
    let summary = play_days(1, DAYS, SALES, 2);
    let stats = summary.stats;
    println!(
        "seeds from 1 on, {} shop-days, {} an hour: {stats:?}",
        stats.days,
        summary.days_an_hour()
    );
    for (seed, violations) in &summary.failed {
        println!("make simulate ARGS=\"--seed {seed} --sales {SALES}\": {violations:?}");
    }
    let failed: Vec<_> = summary.failed.keys().collect();
    assert!(failed.is_empty(), "seeds {failed:?}");
    // Otherwise nothing was tried.
    assert!(stats.paid > DAYS, "{stats:?}");
}

#[test]
fn the_same_seed_gives_the_same_shop() {
    let traces = |seeds: std::ops::Range<u64>| -> Vec<u64> {
        seeds.map(|seed| play(seed, SALES, None).trace).collect()
    };
    let (once, again) = (traces(40..42), traces(40..42));
    assert_eq!(once, again);
    let different: BTreeSet<_> = once.iter().collect();
    assert_eq!(different.len(), once.len());
}

#[test]
fn broken_rules_are_noticed_and_the_plan_that_shows_it_becomes_short() {
    for rule in [Break::CommitForgotten, Break::GrandTotalForgets] {
        let it = break_rule(rule, 1, 12, 1, SALES);
        println!("{}: found in seed {}, by {:?}", it.rule, it.played, it.by);
        assert_eq!(it.found, 1, "{rule:?}");
    }
    ringup_core::breaks::set(Some(Break::HashAlone));
    let plan = Plan::of(1, SALES);
    let (short, plays) = shrink(&plan, "chain");
    ringup_core::breaks::set(None);
    println!(
        "{} of {} events, {plays} plays",
        short.events.len(),
        plan.events.len()
    );
    assert!(short.events.len() <= 2, "{:?}", short.events);
}
