//! `simulate`: plays shops by their seeds and judges their books (docs/simulation.md).

#![expect(clippy::print_stdout, reason = "it prints what it found")]

use std::process::ExitCode;

use clap::Parser;
use ringup_core::breaks::Break;
use simulation::shop::many::{Summary, break_rule, play, play_days};
use simulation::shop::plan::Plan;
use simulation::shop::shrink::shrink;
use strum::VariantArray as _;

/// Shops in virtual time, with the till's own core
#[derive(Debug, Parser)]
struct Args {
    /// How many shop-days
    #[arg(long, default_value_t = 2000)]
    days: u64,
    /// The first seed
    #[arg(long, default_value_t = 1)]
    first: u64,
    /// Play this seed alone, and print what it broke, shortened
    #[arg(long)]
    seed: Option<u64>,
    /// Customers a day
    #[arg(long, default_value_t = 40)]
    sales: u64,
    /// Threads
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Break each rule on purpose, and print in how many seeds that was found
    #[arg(long)]
    breaks: bool,
    /// Break this rule alone
    #[arg(long)]
    broken: Option<String>,
    /// How many seeds each broken rule is tried in
    #[arg(long, default_value_t = 20)]
    seeds: u64,
    /// A broken rule is enough found in so many seeds
    #[arg(long, default_value_t = u64::MAX)]
    enough: u64,
    /// Do not shorten a plan that broke a promise
    #[arg(long)]
    whole: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match args.seed {
        Some(seed) => one(&args, seed),
        None if args.breaks || args.broken.is_some() => table(&args),
        None => many(&args),
    }
}

fn rule_named(name: &str) -> Option<Break> {
    Break::VARIANTS
        .iter()
        .copied()
        .find(|it| Into::<&str>::into(it) == name)
}

fn one(args: &Args, seed: u64) -> ExitCode {
    let broken = args.broken.as_deref().and_then(rule_named);
    let outcomes = play(seed, args.sales, broken);
    println!("{:?}, trace {:016x}", outcomes.stats, outcomes.trace);
    for violation in &outcomes.violations {
        println!("{}: {}", violation.rule, violation.text);
    }
    let Some(first) = outcomes.violations.first() else {
        return ExitCode::SUCCESS;
    };
    if !args.whole {
        ringup_core::breaks::set(broken);
        let plan = Plan::of(seed, args.sales);
        let (short, runs) = shrink(&plan, &first.rule);
        let (was, is) = (plan.events.len(), short.events.len());
        println!(
            "\n{}: {is} of {was} events are enough ({runs} plays):",
            first.rule
        );
        for event in &short.events {
            println!("{:>10} ms  #{} {:?}", event.at_ms, event.id, event.what);
        }
        println!("{:?}", short.shop);
    }
    ExitCode::FAILURE
}

fn many(args: &Args) -> ExitCode {
    let summary = play_days(args.first, args.days, args.sales, args.threads);
    let Summary {
        stats,
        failed,
        took,
    } = &summary;
    println!(
        "{} shop-days in {} s, {} an hour: {} sales, {} entries, {} paid invoices, {} calls, {} starts, {} power cuts that lost something",
        stats.days,
        took.as_secs(),
        summary.days_an_hour(),
        stats.sales,
        stats.entries,
        stats.paid,
        stats.calls,
        stats.starts,
        stats.lost
    );
    println!(
        "{} acts done, {} refused, {} cut off",
        stats.done, stats.refused, stats.cut_off
    );
    println!("{} seeds broke a promise", failed.len());
    for (seed, violations) in failed {
        println!(
            "\nmake simulate ARGS=\"--seed {seed} --sales {}\"",
            args.sales
        );
        for violation in violations.iter().take(4) {
            println!("  {}: {}", violation.rule, violation.text);
        }
    }
    match failed.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

fn table(args: &Args) -> ExitCode {
    let all = Break::VARIANTS.iter().copied();
    let one = args.broken.as_deref().map(rule_named);
    let rules: Vec<_> = match one {
        Some(rule) => rule.into_iter().collect(),
        None => all.collect(),
    };
    println!("| broken on purpose | found in | of seeds | by |\n|---|---:|---:|---|");
    let mut missed = 0;
    for rule in rules {
        let it = break_rule(rule, args.first, args.seeds, args.enough, args.sales);
        missed += u32::from(it.found == 0);
        let by: Vec<_> = it.by.iter().take(3).map(|it| format!("`{it}`")).collect();
        println!(
            "| `{}` | {} | {} | {} |",
            it.rule,
            it.found,
            it.played,
            by.join(", ")
        );
    }
    match missed {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
