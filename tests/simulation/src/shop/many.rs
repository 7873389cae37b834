//! Plays many seeds, on as many threads as are wanted; and the table of rules that are broken on purpose.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use ringup_core::breaks::{self, Break};

use super::oracle::Violation;
use super::plan::Plan;
use super::run::{Outcomes, Stats, run};

/// What came of many seeds.
#[derive(Debug, Default)]
pub struct Summary {
    /// The sums of all.
    pub stats: Stats,
    /// The seeds that broke a promise, and which.
    pub failed: BTreeMap<u64, Vec<Violation>>,
    /// How long it took.
    pub took: Duration,
}

impl Summary {
    fn add(&mut self, seed: u64, outcomes: Outcomes) {
        let (sum, it) = (&mut self.stats, outcomes.stats);
        sum.days += it.days;
        sum.sales += it.sales;
        sum.entries += it.entries;
        sum.paid += it.paid;
        sum.calls += it.calls;
        sum.starts += it.starts;
        sum.done += it.done;
        sum.refused += it.refused;
        sum.cut_off += it.cut_off;
        sum.lost += it.lost;
        if !outcomes.violations.is_empty() {
            self.failed.insert(seed, outcomes.violations);
        }
    }

    /// Shop-days an hour.
    pub fn days_an_hour(&self) -> u64 {
        let ms = u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX);
        self.stats.days * 3_600_000 / ms.max(1)
    }
}

/// Plays one seed, with a rule broken or none.
pub fn play(seed: u64, sales: u64, broken: Option<Break>) -> Outcomes {
    breaks::set(broken);
    let outcomes = run(&Plan::of(seed, sales));
    breaks::set(None);
    outcomes.unwrap_or_else(|error| Outcomes {
        violations: vec![Violation::new("simulation", error)],
        ..Outcomes::default()
    })
}

/// Plays seeds from the first on until so many shop-days are over.
pub fn play_days(first: u64, days: u64, sales: u64, threads: usize) -> Summary {
    let began = Instant::now();
    let (next, over) = (AtomicU64::new(first), AtomicU64::new(0));
    let summary = Mutex::new(Summary::default());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while over.load(Ordering::Relaxed) < days {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    let outcomes = play(seed, sales, None);
                    over.fetch_add(outcomes.stats.days.max(1), Ordering::Relaxed);
                    summary.lock().add(seed, outcomes);
                }
            });
        }
    });
    let mut summary = summary.into_inner();
    summary.took = began.elapsed();
    summary
}

/// In how many of these seeds a broken rule is found, and which promises name it.
#[derive(Debug)]
pub struct BreakFound {
    /// The rule.
    pub rule: &'static str,
    /// Seeds that were played.
    pub played: u64,
    /// Seeds in which it was found.
    pub found: u64,
    /// What the oracle said, the most frequent first.
    pub by: Vec<String>,
}

/// Breaks a rule in seeds from the first on; stops early once it was found in `enough` of them.
pub fn break_rule(broken: Break, first: u64, seeds: u64, enough: u64, sales: u64) -> BreakFound {
    let (mut played, mut found) = (0, 0);
    let mut by: BTreeMap<String, u64> = BTreeMap::new();
    for seed in first..first + seeds {
        if found >= enough {
            break;
        }
        played += 1;
        let outcomes = play(seed, sales, Some(broken));
        found += u64::from(!outcomes.violations.is_empty());
        let mut rules: Vec<_> = outcomes.violations.into_iter().map(|it| it.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            *by.entry(rule).or_default() += 1;
        }
    }
    let mut by: Vec<_> = by.into_iter().collect();
    by.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    BreakFound {
        rule: broken.into(),
        played,
        found,
        by: by.into_iter().map(|(rule, _)| rule).collect(),
    }
}
