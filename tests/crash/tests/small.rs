//! The crash tests, in a size for every run of the tests. Long runs are made by hand (docs/crash-tests.md).

use std::path::PathBuf;

use crash::kill::{self, Failed, Sabotage, Violation};
use crash::power::{self, Flush};
use ringup_core::failpoints::Failpoint;

/// Always the same seed, so that a failure repeats; other seeds are for runs by hand.
const SEED: u64 = 1;

fn crash_loop(cycles: u32, sabotage: Option<Sabotage>) -> Result<kill::Stats, Failed> {
    println!("crash loop: {cycles} cycles, seed {SEED}, sabotage {sabotage:?}");
    let program = PathBuf::from(env!("CARGO_BIN_EXE_crash-loop"));
    kill::run(&kill::Options {
        program,
        cycles,
        seed: SEED,
        sabotage,
    })
}

#[test]
fn two_hundred_kills_lose_nothing() {
    let stats = crash_loop(200, None).unwrap_or_else(|failed| panic!("{failed}"));
    println!("{stats}");
    assert_eq!(stats.cycles, 200);
    for point in Failpoint::ALL {
        assert!(
            stats.at.contains_key(point),
            "nobody was killed at {point:?}"
        );
    }
    assert!(
        stats.at_random > 50 && stats.paid > 20 && stats.uncertain > 10,
        "{stats:?}"
    );
}

#[test]
fn a_charge_acknowledged_before_it_is_written_is_noticed() {
    let failed = crash_loop(100, Some(Sabotage::AcknowledgeBeforeWriting)).unwrap_err();
    assert!(
        matches!(
            failed,
            Failed::Broken {
                violation: Violation::Lost { .. },
                ..
            }
        ),
        "{failed}"
    );
}

#[test]
fn a_request_sent_again_after_the_kill_is_noticed() {
    let failed = crash_loop(100, Some(Sabotage::RequestAgain)).unwrap_err();
    let twice = matches!(
        failed,
        Failed::Broken {
            violation: Violation::RequestedTwice { .. },
            ..
        }
    );
    assert!(twice, "{failed}");
}

fn power_cut(flush: Flush) -> Result<power::Stats, power::Failed> {
    println!("power cut: 200 cycles, seed {SEED}, flush {flush:?}");
    let options = power::Options {
        cycles: 200,
        seed: SEED,
        flush,
    };
    let stats = power::run(options)?;
    println!("{stats}");
    Ok(stats)
}

#[test]
fn two_hundred_power_cuts_lose_nothing_acknowledged() {
    let stats = power_cut(Flush::Full).unwrap_or_else(|failed| panic!("{failed}"));
    assert_eq!((stats.cycles, stats.lost), (200, 0));
    assert!(
        stats.opening > 10 && stats.writing > 50 && stats.closing > 0,
        "{stats:?}"
    );
    assert!(
        stats.torn > 50,
        "the disk loses what was not flushed: {stats:?}"
    );
}

#[test]
fn without_a_flush_at_each_commit_the_same_cuts_lose_sales() {
    let stats = power_cut(Flush::Normal).unwrap_or_else(|failed| panic!("{failed}"));
    assert!(
        stats.lost > 100 && stats.losing > 20,
        "the crash_loop is blind: {stats:?}"
    );
}
